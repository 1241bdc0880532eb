/* SPDX-License-Identifier: MIT */
/* When buyers are awake, on the UTC clock: over midnight, over many zones, and around summer time. */
#include "unit/shop/little_shop.h"

#include "output/waking.h"
#include "words/words.h"

static struct waking waking_on(struct little_shop *little, const char *country, const char *date)
{
	struct place place;
	struct waking waking;
	assert_true(place_parse(str_of(country), &place));
	little_load(little);
	assert_true(date_parse(str_of(date), &little->shop->date));
	waking_find(&waking, &little->arena, little->shop, place);
	return waking;
}

static void is(const struct waking *waking, int from, int to, const char *until)
{
	int32_t day = DATE_NONE;
	assert_int_equal(waking->utc_from, from);
	assert_int_equal(waking->utc_to, to);
	if (until)
		assert_true(date_parse(str_of(until), &day));
	assert_int_equal(waking->until, day);
}

#define AT(hours, minutes) ((hours) * 60 + (minutes))

static void summer_time_moves_the_hours(void **state)
{
	(void)state;
	struct little_shop little;
	little_open(&little);
	little_put(&little, "countries.csv", "country,quiet_hours\nDE,20:00-08:00\n");
	struct waking winter = waking_on(&little, "DE", "2026-11-22");
	is(&winter, AT(7, 0), AT(19, 0), "2027-03-27");
	assert_int_equal(winter.from, AT(8, 0));
	assert_int_equal(winter.to, AT(20, 0));
	struct waking last = waking_on(&little, "DE", "2027-03-27");
	is(&last, AT(7, 0), AT(19, 0), "2027-03-27");
	struct waking summer = waking_on(&little, "DE", "2027-03-29");
	is(&summer, AT(6, 0), AT(18, 0), "2027-10-30");
	little_close(&little);
}

static void clocks_that_never_change_hold_for_ever(void **state)
{
	(void)state;
	struct little_shop little;
	little_open(&little);
	struct waking japan = waking_on(&little, "JP", "2026-11-22");
	is(&japan, AT(23, 0), AT(12, 0), NULL); /* 08:00 to 21:00 without a row */
	little_close(&little);
}

/* From Hawaii's morning to New York's evening. */
static void several_zones_share_what_all_have(void **state)
{
	(void)state;
	struct little_shop little;
	little_open(&little);
	little_put(&little, "countries.csv", "country,quiet_hours\nUS,21:00-08:00\n");
	struct waking all = waking_on(&little, "US", "2026-11-22");
	is(&all, AT(18, 0), AT(2, 0), "2027-03-13");
	little_put(&little, "countries.csv", "country,quiet_hours\nUS,10:00-08:00\n");
	struct waking none = waking_on(&little, "US", "2026-11-22");
	assert_int_equal(none.utc_from, -1);
	little_close(&little);
}

static void half_hours_are_kept(void **state)
{
	(void)state;
	struct little_shop little;
	little_open(&little);
	little_put(&little, "countries.csv", "country,quiet_hours\nIN,21:30-08:00\n");
	struct waking india = waking_on(&little, "IN", "2026-11-22");
	is(&india, AT(2, 30), AT(16, 0), NULL);
	little_close(&little);
}

static void hours_that_are_none_are_named(void **state)
{
	(void)state;
	struct little_shop little;
	little_open(&little);
	little_put(&little, "countries.csv", "country,quiet_hours\nDE,night\nFR,25:00-08:00\n");
	little_load(&little);
	little_says(&little,
		    "content/countries.csv:2:4: error: 'night' is no span of time; write it like "
		    "21:00-08:00\ncontent/countries.csv:3:4: error: '25:00-08:00' is no span of time; write "
		    "it like 21:00-08:00\n");
	little_close(&little);
}

/* Every country that ICU gives zones for has hours, or says that it has none in common. */
static void every_country_has_an_answer(void **state)
{
	(void)state;
	struct little_shop little;
	struct place place;
	little_open(&little);
	little_load(&little);
	for (size_t i = 0; place_nth(i, &place); i++) {
		struct waking waking;
		waking_find(&waking, &little.arena, little.shop, place);
		assert_in_range(waking.utc_from + 1, 0, 24 * 60);
		assert_true(waking.until == DATE_NONE || waking.until >= little.shop->date);
	}
	little_close(&little);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(summer_time_moves_the_hours),
		cmocka_unit_test(clocks_that_never_change_hold_for_ever),
		cmocka_unit_test(several_zones_share_what_all_have),
		cmocka_unit_test(half_hours_are_kept),
		cmocka_unit_test(hours_that_are_none_are_named),
		cmocka_unit_test(every_country_has_an_answer),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
