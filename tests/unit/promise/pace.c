/* SPDX-License-Identifier: MIT */
/* Recent parcels held against the curve: what they say of the days to come, and what they leave alone. */
#include "../shop/little_shop.h"

#include <math.h>

#include "promise/inside.h"
#include "promise/pace.h"

static void near(double a, double b)
{
	if (!(fabs(a - b) < 1e-9))
		fail_msg("%.12g is not %.12g", a, b);
}

/* A fifth each on days 6 to 9, the last fifth never. */
static struct estimate fifths(void)
{
	struct estimate estimate;
	for (int n = 0; n < PROMISE_DAYS; n++) {
		estimate.share[n] = n < 6 ? 0 : n < 9 ? 0.2 * (n - 5) : 0.8;
		estimate.variance[n] = 0.001 * estimate.share[n] * (1 - estimate.share[n]);
	}
	return estimate;
}

/*
 * Of 400 parcels 300 were watched through day 6 and 40 of them came; 100 were seen no further than day 5.
 * A fifth of 300, so 60, was expected: (40 + 100) / (60 + 100), of which the root is taken.
 */
static void arrivals_are_held_against_expected_ones(void **state)
{
	(void)state;
	struct estimate lane = fifths();
	struct recent recent = { { 0 }, { 0 } }, sum = { { 0 }, { 0 } };
	struct pace pace = { 0, 0 };
	recent_add(&recent, 6, true, 40);
	recent_add(&recent, 6, false, 260);
	recent_add(&recent, 5, false, 100);
	recent_add(&recent, -1, false, 70);
	recent_add(&recent, PACE_DAYS + 1, true, 70);
	recent_sum(&sum, &recent);
	pace_count(&pace, &sum, &lane);
	near(pace.came, 40);
	near(pace.expected, 60);
	near(pace_power(&pace), sqrt(140 / 160.0));
}

static void nothing_recent_changes_nothing(void **state)
{
	(void)state;
	struct estimate lane = fifths(), before = lane;
	struct pace pace = { 0, 0 };
	pace_bend(&lane, pace_power(&pace));
	assert_memory_equal(&lane, &before, sizeof lane);
}

/* Of the 80 that come, 20 are there by day 6: 60 of 80 are left, and to the power 2 that is 45. */
static void what_never_comes_stays_away(void **state)
{
	(void)state;
	struct estimate lane = fifths();
	pace_bend(&lane, 2);
	near(lane.share[5], 0);
	near(lane.share[6], 0.35);
	near(lane.share[7], 0.6);
	near(lane.share[8], 0.75);
	near(lane.share[9], 0.8);
	near(lane.share[LAST_DAY], 0.8);
	for (int n = 0; n < PROMISE_DAYS; n++)
		near(lane.variance[n], 0.001 * lane.share[n] * (1 - lane.share[n]));
}

static void add_parcel(struct buf *text, int32_t shipped, int day, int32_t today)
{
	buf_add(text, S("post,DE,"));
	date_add(text, shipped);
	buf_byte(text, ',');
	if (shipped + day < today)
		date_add(text, shipped + day);
	buf_byte(text, '\n');
}

/* A year of parcels of 6 to 12 days; those of the last three weeks take `more`. */
static const struct promise *year(struct little_shop *little, struct promises **promises, int more)
{
	struct buf text = BUF_INIT;
	struct place germany = { "DE" }, china = { "CN" };
	int32_t today;
	assert_true(date_of(2026, 11, 22, &today));
	buf_add(&text, S("service,to,shipped,delivered\n"));
	for (int32_t day = today - 365; day < today; day++)
		for (int i = 0; i < 14; i++)
			add_parcel(&text, day, 6 + i / 2 + (day > today - 22 ? more : 0), today);
	buf_byte(&text, 0);
	little_open(little);
	little_put(little, "shipments.csv", text.text);
	const struct shop *shop = little_load(little);
	buf_release(&text);
	*promises = promises_new(&little->arena, shop, little->diag);
	return promise_get(*promises, &shop->services[0], germany, china, NULL);
}

static void a_post_that_slows_down_is_promised_later(void **state)
{
	(void)state;
	static const struct { int more; bool less_likely; } cases[] = { { 0, false }, { 5, true } };
	double within[2];
	for (int i = 0; i < 2; i++) {
		struct little_shop little;
		struct promises *promises;
		struct buf text = BUF_INIT;
		const struct promise *promise = year(&little, &promises, cases[i].more);
		within[i] = promise->transit.share[9];
		promise_explain(promises, promise, &text);
		buf_byte(&text, 0);
		assert_non_null(strstr(text.text, "of late: of the parcels of the last 30 days "));
		assert_int_equal(strstr(text.text, "% less likely to come") != NULL, cases[i].less_likely);
		buf_release(&text);
		promises_free(promises);
		little_close(&little);
	}
	assert_true(fabs(within[0] - 4 / 7.0) < 0.01);
	assert_true(within[1] < within[0] - 0.1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arrivals_are_held_against_expected_ones),
		cmocka_unit_test(nothing_recent_changes_nothing),
		cmocka_unit_test(what_never_comes_stays_away),
		cmocka_unit_test(a_post_that_slows_down_is_promised_later),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
