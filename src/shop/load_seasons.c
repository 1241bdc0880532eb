/* SPDX-License-Identifier: MIT */
/*
 * seasons.csv in; the weeks in which the post is slower out. A peak either has its dates, or
 * comes every year on the same days: "12-01" to "01-06".
 */
#include "shop/load.h"

#include "shop/season.h"

struct season_columns {
	struct text_columns name;
	struct column from, to, countries;
};

/* "11-15", a day of every year. */
static bool day_of_year(struct str text, struct month_day *day)
{
	int64_t month, of_month;
	int32_t date;
	if (text.len != 5 || text.text[2] != '-' || !str_number(str_sub(text, 0, 2), &month) ||
	    !str_number(str_sub(text, 3, 2), &of_month) ||
	    !date_of(2024, (int)month, (int)of_month, &date)) /* a leap year knows them all */
		return false;
	*day = (struct month_day){ (int)month, (int)of_month };
	return true;
}

/* A date, or a day of every year: then `yearly` is set. */
static int32_t read_end(struct reader *r, struct column column, struct month_day *day, bool *yearly)
{
	struct str text = read_text(r, column);
	int32_t date;
	*yearly = day_of_year(text, day);
	if (*yearly || !text.len)
		return DATE_NONE;
	if (text.len >= 8)
		return read_date(r, column);
	if (!date_parse(text, &date))
		read_fault(r, column,
			   "'%s' is neither a date nor a day of every year; write '2026-12-01' or "
			   "'12-01', in a column formatted as text",
			   shown(text).text);
	return DATE_NONE;
}

static void read_season(struct reader *r, const struct season_columns *c, struct season *season)
{
	bool from_yearly, to_yearly;
	*season = (struct season){ .name = read_translated(r, &c->name),
				   .pos = read_pos(r, c->name.plain) };
	season->days.from = read_end(r, c->from, &season->first, &from_yearly);
	season->days.to = read_end(r, c->to, &season->last, &to_yearly);
	season->places = read_places(r, c->countries, &season->place_count);
	season->yearly = from_yearly;
	if (r->bad)
		return;
	if (from_yearly != to_yearly)
		read_fault(r, c->to, "one end is a date and the other a day of every year; write both "
				     "like '2026-12-01', or both like '12-01'");
	else if (!season->yearly && season->days.from > season->days.to)
		read_fault(r, c->to, "'to' lies before 'from'; exchange them");
	else if (!season->yearly && season->days.to - season->days.from > SEASON_DAYS_MAX)
		read_fault(r, c->to, "a peak of more than %d days is none; part it", SEASON_DAYS_MAX);
}

void load_seasons(struct loading *loading)
{
	struct shop *shop = loading->shop;
	struct sheet sheet;
	struct season_columns c;
	load_sheet(loading, &sheet, "content/seasons.csv");
	c.name = sheet_text(&sheet, shop, "name", NEEDED);
	c.from = sheet_column(&sheet, "from", NEEDED | DATE);
	c.to = sheet_column(&sheet, "to", NEEDED | DATE);
	c.countries = sheet_column(&sheet, "countries", 0);
	struct reader r;
	bool begun = sheet_begin(&sheet);
	while (begun && sheet_next(&sheet, loading->arena, &r)) {
		struct season season;
		read_season(&r, &c, &season);
		if (r.bad || !r.holds)
			continue;
		shop->seasons = arena_push(loading->arena, shop->seasons, &shop->season_count,
					   sizeof season);
		shop->seasons[shop->season_count - 1] = season;
	}
	sheet_close(&sheet);
}
