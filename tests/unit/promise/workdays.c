/* SPDX-License-Identifier: MIT */
/* Counting working days over weekends and closures, forwards and back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "promise/workdays.h"

enum { MONDAY_TO_FRIDAY = 0x1f };

static int32_t day(const char *text)
{
	int32_t date;
	assert_true(date_parse(str_of(text), &date));
	return date;
}

/* November 2026: the 22nd is a Sunday; the origin is closed from Tuesday 24 to Wednesday 25. */
static struct workdays *november(struct arena *arena, const char *place)
{
	struct closure closures[] = {
		{ .country = { "CN" }, .days = { day("2026-11-24"), day("2026-11-25") },
		  .kind = CLOSURE_DISPATCH },
		{ .country = { "CN" }, .days = { day("2026-11-27"), day("2026-11-27") },
		  .kind = CLOSURE_DELIVERY },
		{ .country = { "US-HI" }, .days = { DATE_NONE, DATE_NONE }, .kind = CLOSURE_DISPATCH },
	};
	struct shop shop = { .closures = closures, .closure_count = 3 };
	struct place origin;
	arena_init(arena);
	assert_true(place_parse(str_of(place), &origin));
	return workdays_new(arena, &shop, CLOSURE_DISPATCH, origin, MONDAY_TO_FRIDAY,
			    day("2026-11-16"), day("2026-12-31"));
}

static void counting_starts_at_the_first_open_day(void **state)
{
	(void)state;
	struct arena arena;
	struct workdays *days = november(&arena, "CN");
	assert_int_equal(workdays_after(days, day("2026-11-22"), 0), day("2026-11-23"));
	assert_int_equal(workdays_after(days, day("2026-11-22"), 1), day("2026-11-26"));
	assert_int_equal(workdays_after(days, day("2026-11-24"), 0), day("2026-11-26"));
	assert_int_equal(workdays_after(days, day("2026-11-20"), 0), day("2026-11-20"));
	assert_int_equal(workdays_after(days, day("2026-11-20"), 3), day("2026-11-27"));
	assert_int_equal(workdays_after(days, day("2026-12-31"), 1), DATE_NONE);
	arena_release(&arena);
}

static void a_closure_holds_in_regions_of_its_country_and_not_beyond(void **state)
{
	(void)state;
	struct arena arena;
	struct workdays *region = november(&arena, "CN-GD");
	assert_false(workdays_open(region, day("2026-11-24")));
	assert_true(workdays_open(region, day("2026-11-27")));
	arena_release(&arena);
	struct workdays *states = november(&arena, "US");
	assert_true(workdays_open(states, day("2026-11-24")));
	arena_release(&arena);
	struct workdays *hawaii = november(&arena, "US-HI");
	assert_int_equal(workdays_after(hawaii, day("2026-11-24"), 0), DATE_NONE);
	arena_release(&arena);
}

static void between_is_what_after_needs(void **state)
{
	(void)state;
	struct arena arena;
	struct workdays *days = november(&arena, "CN");
	for (int32_t from = day("2026-11-16"); from <= day("2026-12-05"); from++)
		for (int32_t to = from; to <= day("2026-12-20"); to++) {
			int count = workdays_between(days, from, to);
			assert_true(workdays_after(days, from, count) >= to);
			assert_true(!count || workdays_after(days, from, count - 1) < to);
		}
	arena_release(&arena);
}

static void business_days_are_calendar_days_on_the_worst_weekday(void **state)
{
	(void)state;
	struct arena arena;
	struct shop shop = { .closure_count = 0 };
	arena_init(&arena);
	struct workdays *days = workdays_new(&arena, &shop, CLOSURE_DELIVERY, (struct place){ "DE" },
					     MONDAY_TO_FRIDAY, day("2026-11-16"), day("2027-12-31"));
	for (int count = 0; count < 40; count++) {
		int worst = 0;
		for (int32_t from = day("2026-11-16"); from < day("2026-11-21"); from++) {
			int took = workdays_after(days, from, count) - from;
			worst = took > worst ? took : worst;
		}
		assert_int_equal(workdays_worst_case(count), worst);
	}
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counting_starts_at_the_first_open_day),
		cmocka_unit_test(a_closure_holds_in_regions_of_its_country_and_not_beyond),
		cmocka_unit_test(between_is_what_after_needs),
		cmocka_unit_test(business_days_are_calendar_days_on_the_worst_weekday),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
