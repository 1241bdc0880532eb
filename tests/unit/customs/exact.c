/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "customs/exact.h"

static struct exact ratio(int64_t over, int64_t under)
{
	return exact_divide(exact_of(over), exact_of(under));
}

static void assert_shown(struct exact x, uint8_t places, int64_t digits)
{
	struct decimal shown;
	assert_true(exact_round(x, places, &shown));
	assert_int_equal(shown.digits, digits);
	assert_int_equal(shown.scale, places);
}

static void thirds_make_a_whole(void **state)
{
	(void)state;
	struct exact third = ratio(1, 3);
	struct exact sum = exact_add(exact_add(third, third), third);
	assert_int_equal(exact_compare(sum, exact_of(1)), 0);
	assert_int_equal(exact_compare(exact_multiply(third, exact_of(3)), exact_of(1)), 0);
	assert_true(exact_is_zero(exact_subtract(sum, exact_of(1))));
	assert_int_equal(exact_compare(third, ratio(333333333, 1000000000)), 1);
}

static void halves_are_rounded_away_from_zero(void **state)
{
	(void)state;
	assert_shown(ratio(16245, 1000), 2, 1625);
	assert_shown(ratio(16244999, 1000000), 2, 1624);
	assert_shown(ratio(-16245, 1000), 2, -1625);
	assert_shown(ratio(1, 2), 0, 1);
	assert_shown(ratio(-1, 2), 0, -1);
	assert_shown(ratio(1, 3), 9, 333333333);
	assert_shown(ratio(2, 3), 0, 1);
	assert_shown(EXACT_ZERO, 3, 0);
}

static void steps_are_the_nearest(void **state)
{
	(void)state;
	struct exact franc = exact_of(1), five_cents = ratio(5, 100);
	assert_shown(exact_round_to(ratio(19670, 100), franc), 2, 19700);
	assert_shown(exact_round_to(ratio(19650, 100), franc), 2, 19700);
	assert_shown(exact_round_to(ratio(19649, 100), franc), 2, 19600);
	assert_shown(exact_round_to(ratio(1022, 1000), five_cents), 2, 100);
	assert_shown(exact_round_to(ratio(1025, 1000), five_cents), 2, 105);
}

/* Sums of fractions with many different primes below: the denominators alone outgrow 128 bits. */
static void what_does_not_fit_is_not_known(void **state)
{
	(void)state;
	static const int64_t primes[] = { 999999937, 999999929, 999999893, 999999883, 999999797 };
	struct exact sum = EXACT_ZERO;
	struct decimal shown;
	for (size_t i = 0; i < 5; i++)
		sum = exact_add(sum, ratio(1, primes[i]));
	assert_false(exact_known(sum));
	assert_false(exact_known(exact_add(sum, exact_of(1))));
	assert_false(exact_known(exact_multiply(EXACT_ZERO, sum)));
	assert_false(exact_known(exact_greatest(exact_of(1), sum)));
	assert_false(exact_round(sum, 2, &shown));
	struct exact large = exact_of(INT64_MAX);
	assert_true(exact_known(exact_multiply(large, large)));
	assert_false(exact_known(exact_multiply(exact_multiply(large, large), large)));
	assert_false(exact_round(large, 2, &shown));
}

/* Multiplying up and dividing down again stays exact as long as the result is small. */
static void what_cancels_does_not_overflow(void **state)
{
	(void)state;
	struct exact x = exact_of(1);
	for (int64_t i = 1; i <= 200; i++)
		x = exact_divide(exact_multiply(x, exact_of(1000003)), exact_of(1000003));
	assert_int_equal(exact_compare(x, exact_of(1)), 0);
}

static void large_fractions_are_compared_rightly(void **state)
{
	(void)state;
	struct exact a = exact_multiply(exact_of(INT64_MAX), ratio(INT64_MAX, INT64_MAX - 2));
	struct exact b = exact_multiply(exact_of(INT64_MAX), ratio(INT64_MAX - 4, INT64_MAX - 6));
	assert_int_equal(exact_compare(a, b), -1);
	assert_int_equal(exact_compare(b, a), 1);
	assert_int_equal(exact_compare(a, a), 0);
	assert_int_equal(exact_compare(exact_subtract(EXACT_ZERO, a), exact_subtract(EXACT_ZERO, b)), 1);
}

static void dividing_by_nothing_is_not_known(void **state)
{
	(void)state;
	assert_false(exact_known(exact_divide(exact_of(1), EXACT_ZERO)));
	assert_shown(exact_divide(exact_of(1), exact_of(-4)), 2, -25);
	assert_shown(exact_divide(exact_of(-1), exact_of(-4)), 2, 25);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(thirds_make_a_whole),
		cmocka_unit_test(halves_are_rounded_away_from_zero),
		cmocka_unit_test(steps_are_the_nearest),
		cmocka_unit_test(what_does_not_fit_is_not_known),
		cmocka_unit_test(what_cancels_does_not_overflow),
		cmocka_unit_test(large_fractions_are_compared_rightly),
		cmocka_unit_test(dividing_by_nothing_is_not_known),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
