/* SPDX-License-Identifier: MIT */
/* A season and a day in, stretches of days out. */
#include "shop/season.h"

/* The 29th of February is the 28th where there is none. */
static int32_t day_in(int year, struct month_day day)
{
	int32_t date = DATE_NONE;
	if (!date_of(year, day.month, day.day, &date))
		date_of(year, day.month, day.day - 1, &date);
	return date;
}

static struct validity days_in(const struct season *season, int year)
{
	bool over_new_year = season->last.month < season->first.month ||
			     (season->last.month == season->first.month &&
			      season->last.day < season->first.day);
	return (struct validity){ day_in(year, season->first),
				  day_in(over_new_year ? year + 1 : year, season->last) };
}

bool season_at(const struct season *season, int32_t first, int32_t last, struct validity *days)
{
	struct validity asked = { first, last };
	int year, month, day;
	*days = season->days;
	if (!season->yearly)
		return validity_overlap(*days, asked);
	date_civil(first, &year, &month, &day);
	for (int begins = year - 1; begins <= year + 1; begins++) {
		*days = days_in(season, begins);
		if (validity_overlap(*days, asked))
			return true;
	}
	return false;
}

bool season_covers(const struct season *season, struct place from, struct place to)
{
	for (size_t i = 0; i < season->place_count; i++)
		if (str_is(place_str(&season->places[i]), "*") || place_within(to, season->places[i]) ||
		    place_within(from, season->places[i]))
			return true;
	return season->place_count == 0;
}

static int32_t years_before(int32_t date, int years)
{
	int year;
	struct month_day day;
	date_civil(date, &year, &day.month, &day.day);
	return day_in(year - years, day);
}

/* Dated rows of the same name, newest first. */
static size_t named_before(const struct shop *shop, const struct season *season, int32_t before,
			   struct validity earlier[SEASON_YEARS])
{
	size_t count = 0;
	while (count < SEASON_YEARS) {
		const struct season *newest = NULL;
		for (size_t i = 0; i < shop->season_count; i++) {
			const struct season *other = &shop->seasons[i];
			if (!other->yearly && str_equal(other->name.plain, season->name.plain) &&
			    other->days.from < before &&
			    (!newest || other->days.from > newest->days.from))
				newest = other;
		}
		if (!newest)
			break;
		earlier[count++] = newest->days;
		before = newest->days.from;
	}
	return count;
}

size_t season_before(const struct shop *shop, const struct season *season, struct validity now,
		     struct validity earlier[SEASON_YEARS])
{
	size_t count = season->yearly ? 0 : named_before(shop, season, now.from, earlier);
	if (count)
		return count;
	for (; count < SEASON_YEARS; count++) {
		int years = (int)count + 1;
		earlier[count] = (struct validity){ years_before(now.from, years),
						    years_before(now.to, years) };
	}
	return count;
}
