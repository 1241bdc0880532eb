/* SPDX-License-Identifier: MIT */
/* Civil days and back, weekdays, and validities. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "shop/date.h"

static int32_t day(const char *text)
{
	int32_t date;
	assert_true(date_parse(str_of(text), &date));
	return date;
}

static void days_are_counted_from_1970(void **state)
{
	(void)state;
	assert_int_equal(day("1970-01-01"), 0);
	assert_int_equal(day("1969-12-31"), -1);
	assert_int_equal(day("2000-03-01"), 11017);
	assert_int_equal(day("2026-11-22"), 20779);
	assert_int_equal(day("1900-01-01"), -25567);
	assert_int_equal(day("2199-12-31"), 84005);
}

static void every_day_comes_back(void **state)
{
	(void)state;
	struct buf text = BUF_INIT;
	for (int32_t date = day("1900-01-01"); date <= day("2199-12-31"); date++) {
		int year, month, number;
		int32_t again;
		date_civil(date, &year, &month, &number);
		assert_true(date_of(year, month, number, &again));
		assert_int_equal(again, date);
		if (date % 97)
			continue;
		buf_reset(&text);
		date_add(&text, date);
		assert_true(date_parse(buf_str(&text), &again));
		assert_int_equal(again, date);
	}
	buf_release(&text);
}

static void leap_years_follow_the_gregorian_rule(void **state)
{
	(void)state;
	int32_t date;
	assert_true(date_of(2000, 2, 29, &date));
	assert_true(date_of(2028, 2, 29, &date));
	assert_false(date_of(1900, 2, 29, &date));
	assert_false(date_of(2100, 2, 29, &date));
	assert_false(date_of(2026, 2, 29, &date));
}

static void what_is_no_date_is_refused(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"",           "2026",       "2026-1-1",   "2026-13-01", "2026-00-10",  "2026-04-31",
		"2026-04-00", "1899-12-31", "2200-01-01", "2026/04/01", "2026-04-01 ", "20260401xx",
		"2026-04-0a", "-026-04-01", "45992",
	};
	int32_t date;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		assert_false(date_parse(str_of(texts[i]), &date));
}

static void weekdays_start_on_monday(void **state)
{
	(void)state;
	assert_int_equal(date_weekday(day("1970-01-01")), THURSDAY);
	assert_int_equal(date_weekday(day("2026-11-22")), SUNDAY);
	assert_int_equal(date_weekday(day("2026-11-23")), MONDAY);
	assert_int_equal(date_weekday(day("1969-12-29")), MONDAY);
	assert_int_equal(date_weekday(day("1969-12-28")), SUNDAY);
}

static void validities_include_both_ends(void **state)
{
	(void)state;
	struct validity year = { day("2026-01-01"), day("2026-12-31") };
	struct validity later = { day("2027-01-01"), DATE_NONE };
	struct validity always = { DATE_NONE, DATE_NONE };
	assert_true(validity_holds(year, day("2026-01-01")));
	assert_true(validity_holds(year, day("2026-12-31")));
	assert_false(validity_holds(year, day("2025-12-31")));
	assert_false(validity_holds(year, day("2027-01-01")));
	assert_true(validity_holds(later, day("2150-01-01")));
	assert_true(validity_holds(always, day("1950-01-01")));
	assert_false(validity_overlap(year, later));
	assert_false(validity_overlap(later, year));
	assert_true(validity_overlap(always, later));
	later.from = day("2026-12-31");
	assert_true(validity_overlap(year, later));
	assert_true(validity_overlap(later, year));
}

static void three_numbers_have_one_sign_between_them(void **state)
{
	(void)state;
	static const char *const wrong[] = { "", "1", "1/2", "1/2/", "/1/2", "1//2", "1/2/3/4", "1/2/3/", "1.2/3",
					     "1/2/10000", "99999999999/1/1", "1 /2/3", "-1/2/3", "1/2/3 ", "a/b/c" };
	int number[3];
	assert_true(date_numbers(S("31/12/2025"), '/', number));
	assert_true(number[0] == 31 && number[1] == 12 && number[2] == 2025);
	assert_true(date_numbers(S("0001.2.9999"), '.', number));
	assert_true(number[0] == 1 && number[1] == 2 && number[2] == 9999);
	assert_false(date_numbers(S("31.12.2025"), '/', number));
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_false(date_numbers(str_of(wrong[i]), '/', number));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_are_counted_from_1970),
		cmocka_unit_test(every_day_comes_back),
		cmocka_unit_test(leap_years_follow_the_gregorian_rule),
		cmocka_unit_test(what_is_no_date_is_refused),
		cmocka_unit_test(three_numbers_have_one_sign_between_them),
		cmocka_unit_test(weekdays_start_on_monday),
		cmocka_unit_test(validities_include_both_ends),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
