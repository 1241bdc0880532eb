/* SPDX-License-Identifier: MIT */
/*
 * Offers of the lightest bands in, the rule and its reckoning out. Shares are shown as they were
 * counted, in millionths, so that the break-even can be worked out again from the row.
 */
#include "output/advice.h"

#include "output/scope.h"
#include "table/write.h"

static void find_plain(const struct workings *w, struct place from, struct place to,
		       struct offers *offers)
{
	struct money nothing = { .currency = w->shop->settings.currency };
	offer_find_plain(w->offering, from, to, scope_handling(w->shop), nothing, offers);
}

void editions_advise(struct edition *const *editions, const struct workings *w)
{
	const struct shop *shop = w->shop;
	struct money low = { .currency = { "" } }, high = low;
	for (size_t i = 0; i < shop->destination_count; i++) {
		struct offers offers;
		find_plain(w, shop->settings.country, shop->destinations[i], &offers);
		struct money from = offers.registered_from;
		if (!offer_worth_telling(shop, &offers))
			continue;
		if (!low.currency.code[0] || decimal_compare(from.amount, low.amount) < 0)
			low = from;
		if (!high.currency.code[0] || decimal_compare(from.amount, high.amount) > 0)
			high = from;
	}
	for (size_t l = 0; l < shop->language_count; l++) {
		struct record *advice = record_new(editions[l]->arena, &advice_shape);
		fill_money(advice, "low", low);
		fill_money(advice, "high", high);
		record_yes(advice, "same", decimal_compare(low.amount, high.amount) == 0);
		record_record(editions[l]->root, "advice", advice);
	}
}

static void add_share(struct buf *out, int64_t ppm)
{
	if (ppm >= 0)
		buf_addf(out, "%lld.%06lld", (long long)(ppm / 1000000),
			 (long long)(ppm % 1000000));
	buf_byte(out, ',');
}

static void add_money(struct buf *out, struct money money)
{
	if (money.currency.code[0])
		money_show(out, money);
	buf_byte(out, ',');
}

/* service,fee,loss,late,insured_up_to,signature */
static void add_method(const struct shop *shop, const struct offer *offer, struct buf *out)
{
	static const char *const answers[] = { "", "no", "yes" };
	if (!offer) {
		buf_add(out, S(",,,,,,"));
		return;
	}
	write_cell(out, offer->service->id);
	buf_byte(out, ',');
	add_money(out, offer->fee);
	add_share(out, offer->promise->loss_ppm);
	add_share(out, offer_late_ppm(shop, offer->promise));
	add_money(out, offer->service->insured_up_to);
	buf_addf(out, "%s,", answers[offer->service->signature]);
}

/* The rule in one sentence, for the seller. */
static struct str sentence(struct arena *arena, const struct offers *offers)
{
	struct str id = offers->recommended->service->id;
	if (offers->registered_by) {
		struct buf from = BUF_INIT;
		money_show(&from, offers->registered_from);
		struct str text =
			str_format(arena, "orders of %.*s or more go by %.*s%s",
				   STR(buf_str(&from)), STR(offers->registered_by->service->id),
				   offers->registered_forced ? ": nothing cheaper takes them" : "");
		buf_release(&from);
		return text;
	}
	switch (offers->rule) {
	case RECOMMEND_ONLY:
		return str_format(arena, "all orders go by %.*s: nothing else goes there", STR(id));
	case RECOMMEND_REGISTERED:
		return str_format(arena,
				  "all orders go by %.*s: it saves more than it costs at any value",
				  STR(id));
	case RECOMMEND_UNMEASURED:
		return str_format(arena,
				  "all orders go by %.*s: what the cheapest loses was not counted",
				  STR(id));
	default:
		return str_format(arena, "all orders go by %.*s: nothing dearer is worth it",
				  STR(id));
	}
}

/* What the cheapest is weighed against: the tracked one that the rule names, if there is one. */
static const struct offer *weighed(const struct offers *offers)
{
	if (offers->registered_by)
		return offers->registered_by;
	return offers->recommended == offers->cheapest ? NULL : offers->recommended;
}

static void add_row(const struct workings *w, struct place from, struct place to,
		    struct arena *arena, struct buf *out)
{
	struct offers offers;
	find_plain(w, from, to, &offers);
	if (!offers.recommended)
		return;
	buf_addf(out, "%.*s,%.*s,", STR(place_str(&from)), STR(place_str(&to)));
	add_method(w->shop, offers.cheapest, out);
	add_method(w->shop, weighed(&offers), out);
	add_money(out, offers.registered_from);
	buf_addf(out, "%s,", recommendation_name(offers.rule));
	write_cell(out, sentence(arena, &offers));
	buf_byte(out, '\n');
}

/* Is it the first service from there? */
static bool first_from(const struct shop *shop, size_t service)
{
	for (size_t i = 0; i < service; i++)
		if (place_equal(shop->services[i].ships_from, shop->services[service].ships_from))
			return false;
	return true;
}

void methods_report(const struct workings *w, struct buf *out)
{
	const struct shop *shop = w->shop;
	struct arena arena;
	arena_init(&arena);
	buf_add(out,
		S("from,to,cheapest,fee,loss,late,insured_up_to,signature,tracked,tracked_fee,"
		  "tracked_loss,tracked_late,tracked_insured_up_to,tracked_signature,break_even,"
		  "rule,sentence\n"));
	for (size_t s = 0; s < shop->service_count; s++)
		for (size_t d = 0; first_from(shop, s) && d < shop->destination_count; d++)
			add_row(w, shop->services[s].ships_from, shop->destinations[d], &arena,
				out);
	arena_release(&arena);
}
