/* SPDX-License-Identifier: MIT */
/*
 * In: the day of the last build and that of this one. Out: for each country the rule of customs.csv that
 * began or ended in between, which is why its pages say something else.
 */
#include "build/work.h"

static bool between(int32_t day, int32_t from, int32_t to)
{
	return day != DATE_NONE && day > from && day <= to;
}

/* One that begins says more than the one that it replaces. */
static struct str tell(struct work *work, struct place country, int32_t from, int32_t to)
{
	const struct shop *shop = work->shop;
	struct str reason = S("");
	for (size_t i = 0; i < shop->customs_count; i++) {
		const struct customs_rule *rule = &shop->customs[i];
		struct buf day = BUF_INIT;
		if (!place_equal(place_country(rule->country), place_country(country)))
			continue;
		bool begins = between(rule->validity.from, from, to);
		bool ends = !reason.len && rule->validity.to != DATE_NONE &&
			    between(rule->validity.to + 1, from, to);
		if (!begins && !ends)
			continue;
		date_add(&day, begins ? rule->validity.from : rule->validity.to);
		reason = str_format(&work->arena, "customs.csv:%u: a rule of %s %s %.*s", rule->pos.line,
				    country.code, begins ? "holds since" : "ended on", STR(buf_str(&day)));
		buf_release(&day);
		if (begins)
			return reason;
	}
	return reason;
}

void rules_compare(struct work *work)
{
	const struct shop *shop = work->shop;
	struct buf memory = BUF_INIT;
	int32_t last, now = shop->date;
	work->rule_reasons = arena_array(&work->arena, shop->destination_count, sizeof *work->rule_reasons);
	if (work->publisher)
		publisher_recall(work->publisher, "day", &memory);
	if (date_parse(buf_str(&memory), &last) && last != now)
		for (size_t i = 0; i < shop->destination_count; i++)
			work->rule_reasons[i] = tell(work, shop->destinations[i], last < now ? last : now,
						     last < now ? now : last);
	buf_release(&memory);
}

void rules_remember(struct work *work)
{
	struct buf day = BUF_INIT, last = BUF_INIT;
	date_add(&day, work->shop->date);
	publisher_recall(work->publisher, "day", &last);
	if (!str_equal(buf_str(&day), buf_str(&last)))
		publisher_remember(work->publisher, "day", buf_str(&day));
	buf_release(&day);
	buf_release(&last);
}

struct str reason_of_rules(const struct work *work, size_t destination)
{
	return destination < work->shop->destination_count ? work->rule_reasons[destination] : S("");
}
