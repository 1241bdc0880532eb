/* SPDX-License-Identifier: MIT */
/* In: a promise. Out: which of a few sentences holds. */
#include "output/says.h"

enum { MILLION = 1000000 };

enum says says_of(const struct promise *promise)
{
	bool half = promise->door.claim_days[CLAIM_50] >= 0;
	bool likely = promise->door.claim_days[CLAIM_90] >= 0;
	if (promise->pooled == POOLED_PUBLISHED && half)
		return likely ? SAYS_CARRIER : SAYS_MOST;
	if (half)
		return likely ? SAYS_LIKELY : SAYS_HALF;
	return promise->service->days_max >= 0 ? SAYS_STATED : SAYS_NOTHING;
}

const char *says_name(enum says says)
{
	static const char *const names[] = { "likely", "half",   "carrier",
					     "most",   "stated", "nothing" };
	return names[says];
}

enum missing says_missing(const struct promise *promise, int *percent)
{
	static const int percents[] = { 80, 90, 95 };
	static const enum claim_level levels[] = { CLAIM_80, CLAIM_90, CLAIM_95 };
	if (promise->pooled == POOLED_PUBLISHED || promise->pooled == POOLED_NONE)
		return MISSING_NOTHING;
	for (size_t i = 0; i < sizeof percents / sizeof *percents; i++) {
		if (promise->door.claim_days[levels[i]] >= 0)
			continue;
		*percent = percents[i];
		return promise->loss_ppm > (100 - percents[i]) * (MILLION / 100) ? MISSING_LOST
										 : MISSING_FEW;
	}
	return MISSING_NOTHING;
}

int64_t says_one_in(const struct promise *promise)
{
	return promise->loss_ppm > 0 ? (MILLION + promise->loss_ppm / 2) / promise->loss_ppm : 0;
}
