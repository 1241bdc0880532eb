/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PROMISE_PACE_H
#define UPFRONT_PROMISE_PACE_H

/*
 * pace - do parcels run quicker or slower of late?
 *
 * A year of parcels says how quick a lane is as a rule; whether the post has slowed down since last month is
 * seen first in parcels that are mostly still under way. Of those that began within the last 30 days the
 * arrivals are held against what the lanes' own curves expected of parcels watched for as long (the
 * observed and expected deaths of Breslow 1975, as in the log-rank test). Their ratio says how much
 * likelier an awaited parcel is to come on a day than usual; few parcels do not move it, since 100 arrivals
 * as expected are added on both sides. Half of it is taken to go on: on a real log the whole of it made
 * promises worse in months that turned, and none of it in months that went on. What never comes stays as it was.
 *
 *	struct pace pace = { 0, 0 };
 *	pace_count(&pace, &recent, &lane->estimate);	// every lane
 *	pace_bend(&lane->estimate, pace_power(&pace));
 *
 * No state, no failure.
 */

#include "promise/estimate.h"

enum {
	PACE_DAYS = 30,	    /* since the beginning, of parcels that count as recent */
	PACE_STRENGTH = 100 /* arrivals as expected that are added */
};

/* Recent parcels by day: that came on it, and that were watched through it and not beyond. */
struct recent {
	double came[PACE_DAYS + 1], left[PACE_DAYS + 1];
};

/* Arrivals of recent parcels. */
struct pace {
	double came, expected;
};

/* Counts parcels that were watched through `day` (below 0: for no day) and came on it or did not. */
void recent_add(struct recent *recent, int day, bool came, double parcels);
void recent_sum(struct recent *recent, const struct recent *more);

void pace_count(struct pace *pace, const struct recent *recent, const struct estimate *lane);

/* The power to which the share still to come is taken: above 1 parcels run quicker; 1 without any. */
double pace_power(const struct pace *pace);

/* Runs a curve at that pace. It stands on as many parcels as before. */
void pace_bend(struct estimate *estimate, double power);

#endif
