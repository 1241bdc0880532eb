/* SPDX-License-Identifier: MIT */
/* seasons.csv: what is read, what is refused, and which days a season takes. */
#include "little_shop.h"

#include "shop/season.h"

static int32_t day(const char *text)
{
	int32_t date;
	assert_true(date_parse(str_of(text), &date));
	return date;
}

static void ends_that_are_no_peak_are_named(void **state)
{
	(void)state;
	little_case("seasons.csv",
		    "name,from,to,countries\n"
		    "Rush,12-01,2026-12-31,*\n"
		    "Back,2026-12-31,2026-12-01,\n"
		    "Shop,15-Nov,12-31,\n"
		    "Long,2026-01-01,2026-12-31,\n"
		    "None,13-40,01-06,\n"
		    "Fair,11-15,11-30,Atlantis\n",
		    "content/seasons.csv:2:12: error: one end is a date and the other a day of every "
		    "year; write both like '2026-12-01', or both like '12-01'\n"
		    "content/seasons.csv:3:17: error: 'to' lies before 'from'; exchange them\n"
		    "content/seasons.csv:4:6: error: '15-Nov' is neither a date nor a day of every year; "
		    "write '2026-12-01' or '12-01', in a column formatted as text\n"
		    "content/seasons.csv:5:17: error: a peak of more than 183 days is none; part it\n"
		    "content/seasons.csv:6:6: error: '13-40' is neither a date nor a day of every year; "
		    "write '2026-12-01' or '12-01', in a column formatted as text\n"
		    "content/seasons.csv:7:18: error: 'Atlantis' is no country; write its two letters of "
		    "ISO 3166, such as 'DE', or a region such as 'US-HI'\n");
}

static void a_season_comes_every_year_or_on_its_dates(void **state)
{
	(void)state;
	struct little_shop little;
	struct validity days, earlier[SEASON_YEARS];
	struct place de = { "DE" }, cn = { "CN" }, us = { "US" };
	little_open(&little);
	little_put(&little, "seasons.csv",
		   "name,name:de,from,to,countries\nChristmas,Weihnachten,12-01,01-06,EU\n"
		   "Festival,,2025-01-22,2025-02-12,CN\nFestival,,2026-02-08,2026-03-03,CN\n"
		   "Festival,,2027-01-28,2027-02-20,CN\nLeap,,02-29,02-29,\n");
	const struct shop *shop = little_load(&little);
	little_says(&little, "");
	assert_int_equal(shop->season_count, 5);
	const struct season *christmas = &shop->seasons[0], *festival = &shop->seasons[3];
	assert_true(season_at(christmas, day("2027-01-03"), day("2027-01-09"), &days));
	assert_true(days.from == day("2026-12-01") && days.to == day("2027-01-06"));
	assert_false(season_at(christmas, day("2026-11-22"), day("2026-11-28"), &days));
	assert_true(season_at(christmas, day("2026-11-25"), day("2026-12-01"), &days));
	assert_true(season_covers(christmas, cn, de) && !season_covers(christmas, cn, us));
	assert_int_equal(season_before(shop, christmas, days, earlier), SEASON_YEARS);
	assert_true(earlier[1].from == day("2024-12-01") && earlier[1].to == day("2025-01-06"));
	assert_true(season_covers(festival, cn, us) && !season_covers(festival, us, de));
	assert_true(season_at(festival, day("2027-02-01"), day("2027-02-07"), &days));
	assert_int_equal(season_before(shop, festival, days, earlier), 2);
	assert_true(earlier[0].from == day("2026-02-08") && earlier[1].to == day("2025-02-12"));
	/* the first of its name: the same days of the calendar */
	assert_int_equal(season_before(shop, &shop->seasons[1], shop->seasons[1].days, earlier),
			 SEASON_YEARS);
	assert_true(earlier[0].from == day("2024-01-22"));
	assert_true(season_at(&shop->seasons[4], day("2027-02-26"), day("2027-03-04"), &days));
	assert_true(days.from == day("2027-02-28"));
	little_close(&little);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ends_that_are_no_peak_are_named),
		cmocka_unit_test(a_season_comes_every_year_or_on_its_dates),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
