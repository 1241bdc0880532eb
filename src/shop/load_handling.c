/* SPDX-License-Identifier: MIT */
/* handling.csv and closures.csv in: how long the shop takes, and the days on which nothing moves.
 */
#include "shop/load.h"

/* Which profiles products use is kept in 64 bits. */
enum { PROFILES_MAX = 64, HANDLING_DAYS_MAX = 180 };

/* Monday to Friday, where a profile names no days. */
enum { USUAL_WORKDAYS = 0x1F };

struct handling_columns {
	struct column profile, days_min, days_max, cutoff, timezone, workdays;
};

static void read_handling(struct loading *loading, struct reader *r,
			  const struct handling_columns *c, struct handling *handling)
{
	*handling = (struct handling){ .profile = read_id(r, c->profile),
				       .pos = read_pos(r, c->profile) };
	handling->days_min = read_int(r, c->days_min, 0, HANDLING_DAYS_MAX, 0);
	handling->days_max = read_int(r, c->days_max, 0, HANDLING_DAYS_MAX, 0);
	handling->cutoff = read_time(r, c->cutoff, -1);
	handling->timezone = read_timezone(r, c->timezone, loading->shop->settings.timezone);
	handling->workdays = read_weekdays(r, c->workdays, USUAL_WORKDAYS);
	if (!r->bad && handling->days_min > handling->days_max)
		read_fault(r, c->days_min, "'days_min' is more than 'days_max'; exchange them");
}

static void keep_handling(struct loading *loading, struct reader *r, struct column column,
			  const struct handling *handling)
{
	struct shop *shop = loading->shop;
	if (shop->handling_count == PROFILES_MAX) {
		read_fault(r, column, "'%s' is one profile too many; %d may hold at a time",
			   shown(handling->profile).text, PROFILES_MAX);
		return;
	}
	shop->handlings = arena_push(loading->arena, shop->handlings, &shop->handling_count,
				     sizeof *handling);
	shop->handlings[shop->handling_count - 1] = *handling;
	shop->handlings[shop->handling_count - 1].index = shop->handling_count - 1;
}

void load_handling(struct loading *loading)
{
	struct shop *shop = loading->shop;
	struct sheet sheet;
	struct handling_columns c;
	struct once once = { { .arena = loading->arena } };
	load_sheet(loading, &sheet, "content/handling.csv");
	c.profile = sheet_column(&sheet, "profile", NEEDED);
	c.days_min = sheet_column(&sheet, "days_min", NEEDED);
	c.days_max = sheet_column(&sheet, "days_max", NEEDED);
	c.cutoff = sheet_column(&sheet, "cutoff", 0);
	c.timezone = sheet_column(&sheet, "timezone", 0);
	c.workdays = sheet_column(&sheet, "workdays", 0);
	struct reader r;
	bool begun = sheet_begin(&sheet);
	while (begun && sheet_next(&sheet, loading->arena, &r)) {
		struct handling handling;
		read_handling(loading, &r, &c, &handling);
		sheet_once(&r, &once, handling.profile, c.profile, "profile", handling.profile);
		if (!r.bad && r.holds)
			keep_handling(loading, &r, c.profile, &handling);
	}
	sheet_close(&sheet);
	for (size_t i = 0; i < shop->handling_count; i++)
		*map_put(&shop->handling_by_profile, shop->handlings[i].profile) =
			&shop->handlings[i];
}

void shop_check_unused(const struct shop *shop, uint64_t used_profiles, struct diag *diag)
{
	for (size_t i = 0; i < shop->handling_count; i++)
		if (!(used_profiles >> i & 1))
			diag_warning(diag, shop->handlings[i].pos,
				     "no product is handled by profile '%s'; name it in the "
				     "'handling' column of content/products.csv, or take it out",
				     shown(shop->handlings[i].profile).text);
}

/* One closure for each country; without a kind nothing leaves there and nothing is delivered. */
static void keep_closure(struct loading *loading, struct closure closure, int kind)
{
	struct shop *shop = loading->shop;
	for (int each = CLOSURE_DISPATCH; each <= CLOSURE_DELIVERY; each++) {
		if (kind >= 0 && each != kind)
			continue;
		closure.kind = (enum closure_kind)each;
		shop->closures = arena_push(loading->arena, shop->closures, &shop->closure_count,
					    sizeof closure);
		shop->closures[shop->closure_count - 1] = closure;
	}
}

void load_closures(struct loading *loading)
{
	static const char *const kinds[] = { "dispatch", "delivery" };
	struct sheet sheet;
	load_sheet(loading, &sheet, "content/closures.csv");
	struct column country = sheet_column(&sheet, "country", NEEDED);
	struct column from = sheet_column(&sheet, "from", NEEDED | DATE);
	struct column to = sheet_column(&sheet, "to", NEEDED | DATE);
	struct column kind_column = sheet_column(&sheet, "kind", 0);
	struct text_columns name = sheet_text(&sheet, loading->shop, "name", 0);
	struct reader r;
	bool begun = sheet_begin(&sheet);
	while (begun && sheet_next(&sheet, loading->arena, &r)) {
		size_t count;
		struct place *places = read_places(&r, country, &count);
		struct closure closure = { .pos = read_pos(&r, country) };
		closure.days = (struct validity){ read_date(&r, from), read_date(&r, to) };
		closure.name = read_translated(&r, &name);
		int kind = read_word(&r, kind_column, kinds, 2, -1);
		if (!r.bad && closure.days.from > closure.days.to)
			read_fault(&r, to, "'to' lies before 'from'; exchange them");
		for (size_t i = 0; i < count && !r.bad && r.holds; i++) {
			closure.country = places[i];
			keep_closure(loading, closure, kind);
		}
	}
	sheet_close(&sheet);
}
