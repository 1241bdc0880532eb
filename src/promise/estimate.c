/* SPDX-License-Identifier: MIT */
/*
 * A tally and a parent in, a curve out. Day by day: of those still awaited (at risk) a share
 * comes today (the hazard), and what is left shrinks by it.
 */
#include "promise/estimate.h"

#include <math.h>
#include <string.h>

void tally_init(struct tally *tally)
{
	memset(tally, 0, sizeof *tally);
	tally->since = tally->until = DATE_NONE;
}

void tally_add(struct tally *tally, int day, bool came, double weight)
{
	if (came && day <= LAST_DAY)
		tally->delivered[day] += weight;
	if (day >= 0)
		tally->left[day < LAST_DAY ? day : LAST_DAY] += weight;
}

static int32_t earlier(int32_t a, int32_t b)
{
	if (a == DATE_NONE || b == DATE_NONE)
		return a == DATE_NONE ? b : a;
	return a < b ? a : b;
}

void tally_sum(struct tally *tally, const struct tally *more)
{
	for (int n = 0; n < PROMISE_DAYS; n++) {
		tally->delivered[n] += more->delivered[n];
		tally->left[n] += more->left[n];
	}
	tally->weight += more->weight;
	tally->squares += more->squares;
	tally->ranged += more->ranged;
	tally->parcels_ppm += more->parcels_ppm;
	tally->lost_ppm += more->lost_ppm;
	tally->open_ppm += more->open_ppm;
	tally->since = earlier(tally->since, more->since);
	if (more->until > tally->until)
		tally->until = more->until;
}

double tally_effective(const struct tally *tally)
{
	return tally->squares > 0 ? tally->weight * tally->weight / tally->squares : 0;
}

/*
 * Variance by Greenwood's sum with the parent's parcels among those at risk, and the parent's own
 * variance as far as the curve still leans on it. Old parcels weigh less in the curve itself;
 * in the variance they count as what they are worth together.
 */
void estimate_update(struct estimate *estimate, const struct tally *tally,
		     const struct estimate *parent, double strength)
{
	double at_risk[PROMISE_DAYS];
	double sum = 0;
	for (int n = LAST_DAY; n >= 0; n--) {
		sum += tally->left[n];
		at_risk[n] = sum;
	}
	double worth = tally->weight > 0 ? tally_effective(tally) / tally->weight : 1;
	double survival = 1, parent_survival = 1, greenwood = 0;
	for (int n = 0; n < PROMISE_DAYS; n++) {
		double backing = strength * parent_survival;
		double risk = at_risk[n] + backing;
		double came = tally->delivered[n] +
			      strength * (parent->share[n] - (1 - parent_survival));
		double hazard = risk > 0 ? fmin(1, fmax(0, came / risk)) : 0;
		double counted = worth * at_risk[n] + backing;
		if (risk > 0 && hazard < 1)
			greenwood += hazard / ((1 - hazard) * (counted + 1));
		survival *= 1 - hazard;
		double leaning = risk > 0 ? backing / counted : 1;
		estimate->share[n] = 1 - survival;
		estimate->variance[n] = survival * survival * greenwood +
					leaning * leaning * parent->variance[n];
		parent_survival = 1 - parent->share[n];
	}
}

void estimate_never(struct estimate *estimate)
{
	memset(estimate, 0, sizeof *estimate);
}

void estimate_step(struct estimate *estimate, int day, double share)
{
	memset(estimate, 0, sizeof *estimate);
	for (int n = day < 0 ? 0 : day; n < PROMISE_DAYS; n++)
		estimate->share[n] = share;
}
