/* SPDX-License-Identifier: MIT */
/* Whole percents against R's quantiles, and the days of the levels. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#define MATHLIB_STANDALONE
#include <Rmath.h>

#include "promise/bound.h"

static double drawn(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (double)(*seed >> 11) / 9007199254740992.0;
}

/* Rising shares of a made-up lane, with what few or many parcels know of them. */
static void make_curve(uint64_t *seed, double *share, double *variance)
{
	double parcels = 2 * pow(10000, drawn(seed)), last = 1 - 0.05 * drawn(seed), left = 1;
	double drift = 0.02 * drawn(seed), pace = 0.02 + 0.3 * drawn(seed);
	for (int n = 0; n < PROMISE_DAYS; n++) {
		left *= n < 4 ? 1 : 1 - pace * drawn(seed);
		share[n] = last * (1 - left);
		variance[n] = share[n] * (1 - share[n]) * (1 / (parcels + 1) + drift);
	}
}

/* R is asked for each whole percent below the share. */
static int percent_of_r(double share, double variance, double confidence)
{
	double parcels = share * (1 - share) / variance - 1;
	if (!(share > 0 && share < 1 && parcels > 1))
		return 0;
	int percent = (int)fmin(99, floor(100 * share));
	while (percent > 0 && pbeta(percent / 100.0, share * parcels, (1 - share) * parcels, 1, 0) >
				      1 - confidence)
		percent--;
	return percent;
}

static void claims_are_the_floor_of_the_quantile(void **state)
{
	(void)state;
	static const double confidences[] = { 0.5, 0.8, 0.9, 0.95, 0.99 };
	uint64_t seed = 3;
	for (int round = 0; round < 1500; round++) {
		double share[PROMISE_DAYS], variance[PROMISE_DAYS];
		uint8_t claim[PROMISE_DAYS];
		double confidence = confidences[round % 5];
		int most = 0;
		make_curve(&seed, share, variance);
		bound_claims(claim, share, variance, confidence);
		for (int n = 0; n < PROMISE_DAYS; n++) {
			int theirs = percent_of_r(share[n], variance[n], confidence);
			most = theirs > most ? theirs : most;
			if (claim[n] != most)
				fail_msg("round %d day %d: %d, R says %d", round, n, claim[n], most);
		}
	}
}

static void a_certain_share_is_not_claimed(void **state)
{
	(void)state;
	double share[PROMISE_DAYS], variance[PROMISE_DAYS];
	uint8_t claim[PROMISE_DAYS];
	for (int n = 0; n < PROMISE_DAYS; n++) {
		share[n] = n < 10 ? 0 : n < 20 ? 0.999999 : 1;
		variance[n] = n < 10 ? 0 : 1e-9;
	}
	bound_claims(claim, share, variance, 0.9);
	assert_int_equal(claim[9], 0);
	assert_int_equal(claim[19], 99);
	assert_int_equal(claim[90], 99);
}

static void a_variance_that_says_nothing_claims_nothing(void **state)
{
	(void)state;
	assert_true(bound_share(0.9, 0.09, 0.9) == 0);
	assert_true(bound_share(0.9, 1, 0.9) == 0);
	assert_true(bound_share(0, 0, 0.9) == 0 && bound_share(1, 0, 0.9) == 0);
	assert_true(bound_share(0.9, NAN, 0.9) == 0 && bound_share(NAN, 0.01, 0.9) == 0);
}

static void a_level_is_reached_on_its_first_day(void **state)
{
	(void)state;
	struct curve curve = { .share = { 0 } };
	for (int n = 0; n < PROMISE_DAYS; n++)
		curve.claim[n] = (uint8_t)(n < 7 ? 0 : n < 12 ? 79 : n < 15 ? 80 : 94);
	bound_days(&curve);
	assert_int_equal(curve.claim_days[CLAIM_50], 7);
	assert_int_equal(curve.claim_days[CLAIM_80], 12);
	assert_int_equal(curve.claim_days[CLAIM_90], 15);
	assert_int_equal(curve.claim_days[CLAIM_95], -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(claims_are_the_floor_of_the_quantile),
		cmocka_unit_test(a_certain_share_is_not_claimed),
		cmocka_unit_test(a_variance_that_says_nothing_claims_nothing),
		cmocka_unit_test(a_level_is_reached_on_its_first_day),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
