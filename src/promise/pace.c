/* SPDX-License-Identifier: MIT */
/* Recent parcels and curves in, the power out by which the curves are bent. */
#include "promise/pace.h"

#include <math.h>

void recent_add(struct recent *recent, int day, bool came, double parcels)
{
	if (day < 0 || day > PACE_DAYS)
		return;
	recent->came[day] += came ? parcels : 0;
	recent->left[day] += parcels;
}

void recent_sum(struct recent *recent, const struct recent *more)
{
	for (int n = 0; n <= PACE_DAYS; n++) {
		recent->came[n] += more->came[n];
		recent->left[n] += more->left[n];
	}
}

void pace_count(struct pace *pace, const struct recent *recent, const struct estimate *lane)
{
	double at_risk = 0;
	for (int n = PACE_DAYS; n >= 0; n--) {
		double before = n ? lane->share[n - 1] : 0;
		at_risk += recent->left[n];
		pace->came += recent->came[n];
		if (before < 1)
			pace->expected += at_risk * (lane->share[n] - before) / (1 - before);
	}
}

double pace_power(const struct pace *pace)
{
	return sqrt((pace->came + PACE_STRENGTH) / (pace->expected + PACE_STRENGTH));
}

/* The variance of a share that stands on as many parcels as one of another height. */
static double variance_at(double share, double old_share, double variance)
{
	double old = old_share * (1 - old_share);
	return old > 0 ? variance * share * (1 - share) / old : variance;
}

void pace_bend(struct estimate *estimate, double power)
{
	double arriving = estimate->share[LAST_DAY], last = -1, bent = 0;
	if (arriving <= 0 || fabs(power - 1) < 1e-12)
		return;
	for (int n = 0; n < PROMISE_DAYS; n++) {
		double share = estimate->share[n];
		if (share != last)
			bent = share < arriving ? arriving * (1 - pow(1 - share / arriving, power)) : arriving;
		estimate->variance[n] = variance_at(bent, share, estimate->variance[n]);
		estimate->share[n] = bent;
		last = share;
	}
}
