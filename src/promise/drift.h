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
 *	drift_add(&drift, drift_month(shipped), day, came, 1);	// every parcel
 *	drift_settle(&drift, today);
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
	int base;		     /* number of the first month */
	int month_count;
	struct drift_month **months; /* by number from there on; NULL: no parcels */
	int measured;		    /* complete months that were used */
	double variance[DRIFT_LEVELS]; /* by share in percent */
};

/* For months from that of `oldest` to that of `today`. */
void drift_init(struct drift *drift, struct arena *arena, int32_t oldest, int32_t today);

/* The number of a day's month, from year 0 on. */
int drift_month(int32_t date);

/*
 * Counts a parcel handed over in a month (of drift_month; others are left out): it came on `day`, or did not
 * come by the last day that was watched (60 days at least, else the month is not complete).
 */
void drift_add(struct drift *drift, int month, int day, bool came, double parcels);

/* Works out the spread from the months that are complete on `today`. */
void drift_settle(struct drift *drift, int32_t today);

/* What one complete month gave. */
struct drift_share {
	int32_t first; /* its first day */
	double parcels;
	double share; /* that came within the days asked for */
};

/* The newest complete months that were used, at most `room`, oldest first: how many there are. */
size_t drift_months(const struct drift *drift, int32_t today, int days, struct drift_share *months,
		    size_t room);

/* Variance between months where the curve stands at `share`. */
double drift_variance(const struct drift *drift, double share);

#endif
