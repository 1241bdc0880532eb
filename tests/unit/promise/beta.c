/* SPDX-License-Identifier: MIT */
/* The Beta distribution against known values, against R's, and at its edges. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#define MATHLIB_STANDALONE
#include <Rmath.h>

#include "promise/beta.h"

/* Equal numbers from equal seeds, from 0 to 1. */
static double drawn(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (double)(*seed >> 11) / 9007199254740992.0;
}

/* A number between two, as often small as big. */
static double drawn_between(uint64_t *seed, double least, double most)
{
	return least * pow(most / least, drawn(seed));
}

static void quantiles_are_the_known_ones(void **state)
{
	(void)state;
	static const double known[][4] = {
		{ 0.1, 45.5, 5.5, 0.8343387634 },	 { 0.1, 50.5, 0.5, 0.9734389220 },
		{ 0.1, 5000, 0.5, 0.9997294687 },	 { 0.1, 100000, 7, 0.9998946880 },
		{ 0.05, 3, 2.5, 0.2147699366 },		 { 0.01, 0.5, 0.5, 0.0002467198 },
	};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		struct beta beta = beta_of(known[i][1], known[i][2]);
		assert_true(fabs(beta_quantile(&beta, known[i][0]) - known[i][3]) < 1e-9);
	}
}

static void probabilities_are_those_of_r(void **state)
{
	(void)state;
	uint64_t seed = 1;
	for (int i = 0; i < 100000; i++) {
		double a = drawn_between(&seed, 0.01, 1e5), b = drawn_between(&seed, 0.01, 1e5);
		double x = drawn(&seed);
		struct beta beta = beta_of(a, b);
		if (fabs(beta_below(&beta, x) - pbeta(x, a, b, 1, 0)) > 1e-9)
			fail_msg("a %g b %g x %g: %.15g, R says %.15g", a, b, x, beta_below(&beta, x),
				 pbeta(x, a, b, 1, 0));
	}
}

/* The quantile is the last number with no more than p below it, so R's p at it must be p. */
static void quantiles_are_those_of_r(void **state)
{
	(void)state;
	uint64_t seed = 2;
	for (int i = 0; i < 100000; i++) {
		double parcels = drawn_between(&seed, 1.5, 40000), share = drawn(&seed);
		double p = 0.005 + 0.49 * drawn(&seed);
		double a = fmax(0.1, share * parcels), b = fmax(0.1, (1 - share) * parcels);
		struct beta beta = beta_of(a, b);
		double ours = beta_quantile(&beta, p), theirs = qbeta(p, a, b, 1, 0);
		if (fabs(ours - theirs) > 1e-6 && fabs(pbeta(ours, a, b, 1, 0) - p) > 1e-9)
			fail_msg("p %g a %g b %g: %.15g, R says %.15g", p, a, b, ours, theirs);
	}
}

static void counts_up_to_a_million_give_numbers(void **state)
{
	(void)state;
	static const double counts[] = { 0, 1, 2, 3, 7, 10, 99, 1000, 12345, 100000, 999999, 1e6 };
	static const double doubts[] = { 0.5, 0.2, 0.1, 0.05, 0.01 };
	enum { COUNTS = sizeof counts / sizeof *counts, DOUBTS = sizeof doubts / sizeof *doubts };
	for (int yes = 0; yes < COUNTS; yes++)
		for (int no = 0; no < COUNTS; no++)
			for (int i = 0; i < DOUBTS; i++) {
				struct beta beta = beta_of(counts[yes] + 0.5, counts[no] + 0.5);
				double bound = beta_quantile(&beta, doubts[i]);
				assert_true(bound >= 0 && bound < 1);
				assert_true(fabs(beta_below(&beta, bound) - doubts[i]) < 1e-6);
			}
}

static void the_ends_are_certain(void **state)
{
	(void)state;
	struct beta beta = beta_of(3, 4);
	assert_true(beta_below(&beta, -1) == 0 && beta_below(&beta, 0) == 0);
	assert_true(beta_below(&beta, 1) == 1 && beta_below(&beta, 2) == 1);
	assert_true(beta_below(&beta, NAN) == 0);
	assert_true(beta_quantile(&beta, 0) < 1e-5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quantiles_are_the_known_ones),
		cmocka_unit_test(probabilities_are_those_of_r),
		cmocka_unit_test(quantiles_are_those_of_r),
		cmocka_unit_test(counts_up_to_a_million_give_numbers),
		cmocka_unit_test(the_ends_are_certain),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
