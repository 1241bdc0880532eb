/* SPDX-License-Identifier: MIT */
/*
 * Share and variance in, a whole percent out. Only whether c/100 may be claimed is ever asked,
 * so no quantile is worked out: the search begins at a guess and asks one or two questions.
 */
#include "promise/bound.h"

#include <math.h>

#include "promise/beta.h"

/*
 * The Beta distribution of a mean and a variance; false when there is none. With less than two
 * parcels' worth of knowledge it would pile up at both ends and its lower end says nothing.
 */
static bool beta_of_moments(double share, double variance, struct beta *beta)
{
	if (!(share > 0 && share < 1 && variance > 0))
		return false;
	double parcels = share * (1 - share) / variance - 1;
	if (!(parcels > 1))
		return false;
	*beta = beta_of(share * parcels, (1 - share) * parcels);
	return true;
}

double bound_share(double share, double variance, double confidence)
{
	struct beta beta;
	if (!beta_of_moments(share, variance, &beta))
		return 0;
	return fmin(share, beta_quantile(&beta, 1 - confidence));
}

static bool claimable(const struct beta *beta, int percent, double doubt)
{
	return beta_at_most(beta, percent / 100.0, doubt);
}

/* The largest claimable percent from `least` (known to be) to `most`, near `guess`. */
static int search(const struct beta *beta, int least, int most, int guess, double doubt)
{
	int low = least, high = most + 1; /* low is claimable, high is not or is out of reach */
	guess = guess <= low ? low + 1 : guess > most ? most : guess;
	for (int step = 1; low + 1 < high; step *= 2) {
		if (claimable(beta, guess, doubt)) {
			low = guess;
			guess = low + step < high ? low + step : low + (high - low) / 2;
		} else {
			high = guess;
			guess = high - step > low ? high - step : low + (high - low) / 2;
		}
	}
	return low;
}

void bound_claims(uint8_t claim[PROMISE_DAYS], const double share[PROMISE_DAYS],
		  const double variance[PROMISE_DAYS], double confidence)
{
	double doubt = 1 - confidence;
	double spread = 3.1 * (confidence - 0.5); /* near enough to the normal quantile for a guess */
	int last = 0;
	for (int n = 0; n < PROMISE_DAYS; n++) {
		bool same = n > 0 && share[n] <= share[n - 1] && variance[n] >= variance[n - 1];
		int most = (int)(100 * share[n]);
		if (most > CLAIM_MOST)
			most = CLAIM_MOST;
		struct beta beta;
		if (!same && most > last && beta_of_moments(share[n], variance[n], &beta)) {
			int guess = (int)(100 * (share[n] - spread * sqrt(variance[n])));
			last = search(&beta, last, most, guess, doubt);
		}
		claim[n] = (uint8_t)last;
	}
}

void bound_days(struct curve *curve)
{
	static const uint8_t levels[CLAIM_LEVELS] = { 50, 80, 90, 95 };
	for (int level = 0; level < CLAIM_LEVELS; level++) {
		curve->claim_days[level] = -1;
		for (int n = PROMISE_DAYS - 1; n >= 0 && curve->claim[n] >= levels[level]; n--)
			curve->claim_days[level] = n;
	}
}
