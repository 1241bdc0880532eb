/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_OUTPUT_SAYS_H
#define UPFRONT_OUTPUT_SAYS_H

/*
 * says - what a promise lets us say, before anybody has chosen the words.
 *
 * Internal to output/. Pages, listings and the seller's report ask here, so that all of them say
 * the same: half and nine in ten, half alone, the carrier's figure, days without a share, nothing;
 * and where a level has no day, why.
 */

#include "promise/promise.h"

enum says {
	SAYS_LIKELY, /* half and nine in ten, from our own parcels */
	SAYS_HALF,   /* half alone */
	SAYS_CARRIER, /* nine in ten, as the carrier publishes it */
	SAYS_MOST,    /* more than half, as the carrier publishes it */
	SAYS_STATED,  /* the carrier's days, without a share */
	SAYS_NOTHING
};
enum says says_of(const struct promise *promise);
const char *says_name(enum says says); /* "likely", "half", ... */

enum missing {
	MISSING_NOTHING, /* all levels have their day, or the figure is not ours */
	MISSING_LOST,	 /* more parcels never arrived than the level leaves room for */
	MISSING_FEW	 /* what was counted does not carry it */
};

/* The lowest of 80, 90 and 95 % that no day reaches, in `percent`, and why. */
enum missing says_missing(const struct promise *promise, int *percent);

/* One parcel in so many never arrived, of those counted; 0 when none is known to be lost. */
int64_t says_one_in(const struct promise *promise);

#endif
