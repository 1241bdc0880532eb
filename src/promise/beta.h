/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PROMISE_BETA_H
#define UPFRONT_PROMISE_BETA_H

/*
 * beta - the Beta distribution, as far as bounds of shares need it.
 *
 * A share that was seen in few parcels is not one number but a spread of them; the Beta
 * distribution is that spread. Knows nothing of parcels. Pure functions, no state.
 *
 *	struct beta beta = beta_of(45.5, 5.5);
 *	if (beta_at_most(&beta, 0.83, 0.1))
 *		say("in nine cases of ten the share is above 83 percent");
 *
 * Parameters from 1e-9 to 1e9 give an answer; there is no failure to report.
 */

#include <stdbool.h>

/* One distribution, with what is worked out once for any number of questions. */
struct beta {
	double a, b;	/* weight of yes and of no, both above 0 */
	double log_norm; /* logarithm of the Beta function of a and b */
};

struct beta beta_of(double a, double b);

/* The probability that a value below x is drawn (the regularised incomplete Beta function). */
double beta_below(const struct beta *beta, double x);

/* Is beta_below(beta, x) at most p? The same answer, mostly after a few steps of the reckoning. */
bool beta_at_most(const struct beta *beta, double x, double p);

/*
 * The largest x with at most the probability p (0 to 1) below it: the inverse of beta_below, on
 * the lower side of the last bit.
 */
double beta_quantile(const struct beta *beta, double p);

#endif
