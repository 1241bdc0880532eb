/* SPDX-License-Identifier: MIT */
/* In: the shop as it is today. Out: the coming days on which a row, a closure, a season or a clock turns. */
#include "build/turns.h"

#include <stdlib.h>

#include "output/time_zones.h"
#include "shop/season.h"
#include "words/words.h"

/* Orders of so many days decide over the season that a page reckons with. */
enum { ORDER_DAYS = 7 };

struct finding {
	struct arena *arena;
	const struct shop *shop;
	int32_t last;
	struct turnings *turnings;
};

static void add(struct finding *finding, int32_t date, struct str reason)
{
	struct turnings *turnings = finding->turnings;
	if (date <= finding->shop->date || date > finding->last)
		return;
	for (size_t i = 0; i < turnings->count; i++)
		if (turnings->items[i].date == date && str_equal(turnings->items[i].reason, reason))
			return;
	turnings->items = arena_push(finding->arena, turnings->items, &turnings->count,
				     sizeof *turnings->items);
	turnings->items[turnings->count - 1] = (struct turning){ date, reason, false };
}

/* One with which delivery times turn. */
static void add_timely(struct finding *finding, int32_t date, struct str reason)
{
	size_t before = finding->turnings->count;
	add(finding, date, reason);
	if (finding->turnings->count > before)
		finding->turnings->items[before].promises = true;
}

/* The file's own name behind its folders. */
static struct str base_name(const char *path)
{
	struct str name = str_of(path);
	for (size_t at; (at = str_index(name, '/')) < name.len;)
		name = str_sub(name, at + 1, name.len);
	return name;
}

static bool same_turn(const struct turn *a, const struct turn *b)
{
	return a->date == b->date && a->starts == b->starts &&
	       str_equal(str_of(a->pos.file), str_of(b->pos.file));
}

/* Rows of one file that begin or end on one day are told together, with the line of the first. */
static void add_rows(struct finding *finding)
{
	const struct turns *turns = &finding->shop->turns;
	for (size_t i = 0; i < turns->count; i++) {
		const struct turn *turn = &turns->items[i];
		size_t rows = 0, before = 0;
		if (turn->date > finding->last)
			continue;
		for (size_t j = 0; j < i && !before; j++)
			before += same_turn(turn, &turns->items[j]);
		for (size_t j = i; j < turns->count && !before; j++)
			rows += same_turn(turn, &turns->items[j]);
		if (before)
			continue;
		struct str name = base_name(turn->pos.file);
		add(finding, turn->date,
		    rows == 1 ? str_format(finding->arena, "%.*s:%u: the row %s", STR(name), turn->pos.line,
					   turn->starts ? "begins" : "has ended") :
				str_format(finding->arena, "%.*s:%u and below: %zu rows %s", STR(name),
					   turn->pos.line, rows, turn->starts ? "begin" : "have ended"));
	}
}

static void add_closures(struct finding *finding)
{
	const struct shop *shop = finding->shop;
	for (size_t i = 0; i < shop->closure_count; i++) {
		const struct closure *closure = &shop->closures[i];
		const char *kind = closure->kind == CLOSURE_DISPATCH ? "nothing leaves" : "nothing is delivered";
		add(finding, closure->days.from,
		    str_format(finding->arena, "closures.csv:%u: '%.*s' begins, %s in %s", closure->pos.line,
			       STR(closure->name.plain), kind, closure->country.code));
		if (closure->days.to != DATE_NONE)
			add(finding, closure->days.to + 1,
			    str_format(finding->arena, "closures.csv:%u: '%.*s' in %s is over",
				       closure->pos.line, STR(closure->name.plain), closure->country.code));
	}
}

static bool season_on(const struct season *season, int32_t date)
{
	struct validity days;
	return season_at(season, date, date + ORDER_DAYS - 1, &days);
}

static void add_seasons(struct finding *finding)
{
	const struct shop *shop = finding->shop;
	for (size_t i = 0; i < shop->season_count; i++) {
		const struct season *season = &shop->seasons[i];
		for (int32_t day = shop->date + 1; day <= finding->last; day++) {
			bool on = season_on(season, day);
			if (on == season_on(season, day - 1))
				continue;
			add_timely(finding, day,
			    str_format(finding->arena, "seasons.csv:%u: '%.*s' %s", season->pos.line,
				       STR(season->name.plain),
				       on ? "begins within the week of the orders" : "is over"));
		}
	}
}

/* False when the row is not told of: another one of the same day of checking may be. */
static bool add_old(struct finding *finding, const char *table, struct pos pos,
		    struct validity validity, int32_t checked_on)
{
	int32_t allowed = finding->shop->settings.stale_after_days;
	if (checked_on == DATE_NONE || allowed <= 0 || !validity_holds(validity, checked_on + allowed + 1))
		return false;
	add(finding, checked_on + allowed + 1,
	    str_format(finding->arena, "%s: rules that were checked on the day of line %u are stale", table,
		       pos.line));
	return true;
}

/* One reason a table and day of checking: the first row's. */
static void add_ages(struct finding *finding)
{
	const struct shop *shop = finding->shop;
	int32_t last = DATE_NONE;
	for (size_t i = 0; i < shop->customs_count; i++) {
		const struct customs_rule *rule = &shop->customs[i];
		if (rule->checked_on != last &&
		    add_old(finding, "customs.csv", rule->pos, rule->validity, rule->checked_on))
			last = rule->checked_on;
	}
	last = DATE_NONE;
	for (size_t i = 0; i < shop->charge_count; i++) {
		const struct charge_rule *rule = &shop->charges[i];
		if (rule->checked_on != last &&
		    add_old(finding, "charges.csv", rule->pos, rule->validity, rule->checked_on))
			last = rule->checked_on;
	}
}

/* Every month of the statistics leaves when it is older than history_days. */
static void add_statistics(struct finding *finding)
{
	const struct shop *shop = finding->shop;
	int32_t last = DATE_NONE;
	for (size_t i = 0; i < shop->ontime_count; i++) {
		int32_t period = shop->ontimes[i].period;
		if (period == DATE_NONE || period == last)
			continue;
		last = period;
		int year, month, day;
		date_civil(period, &year, &month, &day);
		add_timely(finding, period + shop->settings.history_days + 1,
		    str_format(finding->arena, "ontime.csv: parcels of %04d-%02d are older than history_days",
			       year, month));
	}
}

static void add_clock(struct finding *finding, struct str zone)
{
	if (!zone.len || !words_zone_known(zone))
		return;
	for (int32_t day = words_zone_change(zone, finding->shop->date); day <= finding->last;
	     day = words_zone_change(zone, day + 1))
		add(finding, day, str_format(finding->arena, "the clocks of %.*s change", STR(zone)));
}

/* The shop's own clocks, and those of the countries where support is told in the buyer's time. */
static void add_clocks(struct finding *finding)
{
	const struct shop *shop = finding->shop;
	add_clock(finding, shop->settings.timezone);
	for (size_t i = 0; i < shop->support_count; i++)
		add_clock(finding, shop->supports[i].timezone);
	for (size_t i = 0; shop->support_count && i < shop->destination_count; i++) {
		struct place country = place_country(shop->destinations[i]);
		struct time_zones zones = time_zones_of(finding->arena, shop, country);
		for (size_t j = 0; j < zones.count; j++)
			add_clock(finding, zones.names[j]);
	}
}

static int by_date(const void *left, const void *right)
{
	const struct turning *a = left, *b = right;
	return a->date != b->date ? (a->date < b->date ? -1 : 1) : str_compare(a->reason, b->reason);
}

void turnings_find(struct arena *arena, const struct shop *shop, int days,
		   struct turnings *turnings)
{
	struct finding finding = { arena, shop, shop->date + days, turnings };
	*turnings = (struct turnings){ NULL, 0 };
	add_rows(&finding);
	add_closures(&finding);
	add_seasons(&finding);
	add_ages(&finding);
	add_statistics(&finding);
	add_clocks(&finding);
	if (turnings->count)
		qsort(turnings->items, turnings->count, sizeof *turnings->items, by_date);
}
