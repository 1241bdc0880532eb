/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PROMISE_BOUND_H
#define UPFRONT_PROMISE_BOUND_H

/*
 * bound - from a curve and its variance to whole percents that may be published.
 *
 * The share of day n is taken for Beta distributed with the curve's mean and variance; the
 * claim is the largest whole percent that the share exceeds with the confidence asked for. It
 * never falls from one day to the next, is never above the share itself, and never above 99.
 *
 *	bound_claims(claim, door.share, door.variance, 0.90);
 *
 * What was counted in ranges of days is known at the ends of the ranges alone. All claims stand there, none
 * has a day to spare, and nobody can check them day by day; so they must hold by themselves: also with
 * BOUND_SURE against chance and the spread between lanes, drift aside.
 */

#include "promise/promise.h"

enum { CLAIM_MOST = 99 };

/* Four standard deviations on one side. */
#define BOUND_SURE 0.99997

/* The unrounded bound of one share; 0 when the variance leaves nothing to say. */
double bound_share(double share, double variance, double confidence);

/* Claims of all days, whole percents. */
void bound_claims(uint8_t claim[PROMISE_DAYS], const double share[PROMISE_DAYS],
		  const double variance[PROMISE_DAYS], double confidence);

/* The first day on which each level is claimed. */
void bound_days(struct curve *curve);

#endif
