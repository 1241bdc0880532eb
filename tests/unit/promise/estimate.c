/* SPDX-License-Identifier: MIT */
/* The update of a curve: worked examples, and what it must be at its limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "promise/bound.h"
#include "promise/estimate.h"

static void near(double a, double b)
{
	if (!(fabs(a - b) < 1e-6))
		fail_msg("%.9g is not %.9g", a, b);
}

static void count(struct tally *tally, int day, bool came)
{
	tally_add(tally, day, came, 1);
	tally->weight += 1;
	tally->squares += 1;
}

static void seven_parcels_and_a_parent(void **state)
{
	(void)state;
	static const double steps[] = { 0, 0, .1, .3, .6, .8, .9, .95, .97, .98, .985 };
	static const double known[][4] = {
		{ 2, 0.069565, 0.00269691, 0.015398 },	{ 3, 0.306735, 0.00918049, 0.186730 },
		{ 4, 0.571270, 0.01051191, 0.436592 },	{ 5, 0.717221, 0.00854152, 0.593494 },
		{ 6, 0.858610, 0.00535974, 0.758678 },	{ 7, 0.902115, 0.00375177, 0.818332 },
		{ 10, 0.932568, 0.00248028, 0.864688 },
	};
	struct estimate parent = { { 0 }, { 0 } }, lane;
	struct tally tally;
	for (int n = 0; n < PROMISE_DAYS; n++)
		parent.share[n] = steps[n < 10 ? n : 10];
	tally_init(&tally);
	count(&tally, 3, true);
	count(&tally, 3, true);
	count(&tally, 4, true);
	count(&tally, 6, true);
	count(&tally, 5, false);
	count(&tally, 2, false);
	count(&tally, LAST_DAY, false);
	estimate_update(&lane, &tally, &parent, 16);
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		int n = (int)known[i][0];
		near(lane.share[n], known[i][1]);
		near(lane.variance[n], known[i][2]);
		near(bound_share(lane.share[n], lane.variance[n], 0.9), known[i][3]);
	}
}

static void without_open_parcels_it_is_a_weighted_mean(void **state)
{
	(void)state;
	struct estimate parent, lane;
	struct tally tally;
	estimate_step(&parent, 5, 0.8);
	tally_init(&tally);
	for (int day = 3; day < 13; day++)
		count(&tally, day, true);
	for (int i = 0; i < 2; i++)
		count(&tally, LAST_DAY, false);
	estimate_update(&lane, &tally, &parent, 16);
	near(lane.share[2], 0);
	near(lane.share[4], 2 / 28.0);
	near(lane.share[5], (3 + 16 * 0.8) / 28);
	near(lane.share[LAST_DAY], (10 + 16 * 0.8) / 28);
}

static void without_a_parent_it_is_the_one_of_kaplan_and_meier(void **state)
{
	(void)state;
	struct estimate none, lane;
	struct tally tally;
	estimate_never(&none);
	tally_init(&tally);
	count(&tally, 2, true);
	count(&tally, 2, false);
	count(&tally, 4, true);
	count(&tally, 4, true);
	count(&tally, 6, false);
	estimate_update(&lane, &tally, &none, 0);
	near(lane.share[1], 0);
	near(lane.share[2], 1 / 5.0);
	near(lane.share[4], 1 - 4 / 5.0 * 1 / 3.0);
	near(lane.share[LAST_DAY], 1 - 4 / 5.0 * 1 / 3.0);
}

static void without_parcels_it_is_the_parent_and_less_sure(void **state)
{
	(void)state;
	struct estimate parent, lane;
	struct tally none;
	tally_init(&none);
	estimate_step(&parent, 5, 0.8);
	for (int n = 0; n < PROMISE_DAYS; n++)
		parent.variance[n] = 0.001;
	estimate_update(&lane, &none, &parent, 16);
	for (int n = 0; n < PROMISE_DAYS; n++)
		near(lane.share[n], parent.share[n]);
	near(lane.variance[5], 0.8 * 0.2 / 17 + 0.001);
}

static void open_parcels_do_not_pull_the_share_down(void **state)
{
	(void)state;
	struct estimate none, with, without;
	struct tally tally;
	estimate_never(&none);
	tally_init(&tally);
	for (int i = 0; i < 100; i++)
		count(&tally, 5 + i % 10, true);
	estimate_update(&without, &tally, &none, 1);
	for (int i = 0; i < 50; i++)
		count(&tally, 1, false);
	estimate_update(&with, &tally, &none, 1);
	near(with.share[30], without.share[30]);
	assert_true(with.variance[30] <= without.variance[30] + 1e-12);
}

static void old_parcels_are_worth_less(void **state)
{
	(void)state;
	struct tally tally;
	tally_init(&tally);
	near(tally_effective(&tally), 0);
	for (int i = 0; i < 10; i++) {
		tally.weight += 1;
		tally.squares += 1;
	}
	near(tally_effective(&tally), 10);
	tally.weight += 10 * 0.5;
	tally.squares += 10 * 0.25;
	near(tally_effective(&tally), 15 * 15 / 12.5);
}

static void any_counts_give_a_rising_curve(void **state)
{
	(void)state;
	static const double weights[] = { 0, 1e-6, 1, 1000, 1e6 };
	struct estimate never, step, lane;
	uint32_t seed = 7;
	estimate_never(&never);
	estimate_step(&step, 20, 1);
	for (int round = 0; round < 500; round++) {
		struct tally tally;
		tally_init(&tally);
		for (int i = 0; i < 20; i++) {
			seed = seed * 1664525 + 1013904223;
			double weight = weights[seed >> 8 & 3] * (seed >> 30 ? 1 : 1e6);
			tally_add(&tally, (int)(seed >> 12 & 127) - 2, seed >> 20 & 1 && (seed >> 12 & 127) > 1,
				  weight);
			tally.weight += weight;
			tally.squares += weight;
		}
		estimate_update(&lane, &tally, round & 1 ? &never : &step, round % 3 * 8);
		uint8_t claim[PROMISE_DAYS];
		bound_claims(claim, lane.share, lane.variance, 0.9);
		for (int n = 0; n < PROMISE_DAYS; n++) {
			assert_true(lane.share[n] >= (n ? lane.share[n - 1] : 0) && lane.share[n] <= 1);
			assert_true(lane.variance[n] >= 0 && isfinite(lane.variance[n]));
			assert_true(claim[n] <= 100 * lane.share[n] && claim[n] <= 99);
			assert_true(!n || claim[n] >= claim[n - 1]);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(seven_parcels_and_a_parent),
		cmocka_unit_test(without_open_parcels_it_is_a_weighted_mean),
		cmocka_unit_test(without_a_parent_it_is_the_one_of_kaplan_and_meier),
		cmocka_unit_test(without_parcels_it_is_the_parent_and_less_sure),
		cmocka_unit_test(open_parcels_do_not_pull_the_share_down),
		cmocka_unit_test(old_parcels_are_worth_less),
		cmocka_unit_test(any_counts_give_a_rising_curve),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
