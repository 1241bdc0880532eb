/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PROMISE_ESTIMATE_H
#define UPFRONT_PROMISE_ESTIMATE_H

/*
 * estimate - from counted days to a curve, leaning on a coarser one.
 *
 * The counts of one group of parcels update the curve of the group above it: with many
 * parcels the result is what was counted (Kaplan-Meier's curve), with none it is the parent,
 * and parcels still under way or lost need no special case. It is the Bayes estimate under a
 * Dirichlet process (Susarla and Van Ryzin 1976, beta-Stacy process).
 *
 *	struct tally tally;
 *	tally_init(&tally);
 *	tally_add(&tally, 9, true, 1.0);	// one parcel came on day 9
 *	tally_add(&tally, 3, false, 1.0);	// another is under way, watched through day 3
 *	estimate_update(&lane, &tally, &country, ESTIMATE_STRENGTH);
 *
 * Weights are in parcels and never negative. No state, no failure.
 */

#include "promise/promise.h"

enum {
	LAST_DAY = PROMISE_DAYS - 1,
	ESTIMATE_STRENGTH = 16, /* parcels that the parent counts for */
	PUBLISHED_STRENGTH = 8	/* the same, for steps that a carrier publishes */
};

/* What was counted of a group of parcels: weights by day. */
struct tally {
	double delivered[PROMISE_DAYS]; /* came on that day */
	double left[PROMISE_DAYS];	/* watched through that day and not beyond; also those delivered */
	double weight;			/* sum of all weights, those not watched for a day too */
	double squares;			/* sum of the squares of the weights of single parcels */
	double ranged;			/* of the weight: came on one of several days, no telling which */
	int64_t parcels_ppm, lost_ppm, open_ppm; /* without weights, in millionths of a parcel */
	int32_t since, until;			 /* first and last day of the data; DATE_NONE */
};

/* A curve: the share that came within n days, and how far it may be off. */
struct estimate {
	double share[PROMISE_DAYS];
	double variance[PROMISE_DAYS];
};

void tally_init(struct tally *tally);

/*
 * Counts a parcel of `weight` that was watched through `day` (below 0: for no day at all; beyond
 * the last: to the end) and came on that day or did not.
 */
void tally_add(struct tally *tally, int day, bool came, double weight);

/* Adds all of `more`. */
void tally_sum(struct tally *tally, const struct tally *more);

/* How many equally weighted parcels the weights are worth (Kish): no more than were counted. */
double tally_effective(const struct tally *tally);

/* The curve of the counts with `parent` standing for `strength` parcels more. */
void estimate_update(struct estimate *estimate, const struct tally *tally,
		     const struct estimate *parent, double strength);

/* One parcel more, that never came: the root where nothing else is known. Strength 1. */
void estimate_never(struct estimate *estimate);

/* A published share from a day on, nothing before and nothing more behind. */
void estimate_step(struct estimate *estimate, int day, double share);

#endif
