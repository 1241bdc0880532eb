/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PROMISE_DRIFT_H
#define UPFRONT_PROMISE_DRIFT_H

/*
 * drift - how much one month differs from the next.
 *
 * A bound that only knows how many parcels were counted holds for the past. What was true
 * last month wanders, by more than chance: the variance between complete months, less what
 * chance alone would give, is added to every curve before it is bounded. The spread is known by
 * share, not by day, so that a quick lane takes it from where the service as a whole stands at
 * the same share.
 *
 *	drift_month(&drift, month, day, came, weight);	// every parcel
 *	drift_settle(&drift, arena);
 *	variance = estimate.variance[n] + drift_variance(&drift, estimate.share[n]);
 *
 * With few months the spread leans on one that fits cross-border post.
 */

#include "promise/estimate.h"

enum {
	DRIFT_OLD_ENOUGH = 60,	  /* days after a month's end until it counts as complete */
	DRIFT_MONTH_PARCELS = 30, /* a month with fewer is left out */
	DRIFT_LEVELS = 101
};

struct drift {
	struct arena *arena;
	struct drift_month *months; /* newest first met; one per month with parcels */
	int measured;		    /* complete months that were used */
	double variance[DRIFT_LEVELS]; /* by share in percent */
};

void drift_init(struct drift *drift, struct arena *arena);

/*
 * Counts a parcel handed over in the month that begins on `month`: it came on `day`, or did not
 * come by the last day that was watched (60 days at least, else the month is not complete).
 */
void drift_add(struct drift *drift, int32_t month, int day, bool came, double parcels);

/* Works out the spread from the months that are complete on `today`. */
void drift_settle(struct drift *drift, int32_t today);

/* Variance between months where the curve stands at `share`. */
double drift_variance(const struct drift *drift, double share);

#endif
