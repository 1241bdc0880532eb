/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_OUTPUT_ADVICE_H
#define UPFRONT_OUTPUT_ADVICE_H

/*
 * advice - which method for which value and place, as a rule that can be said.
 *
 * offer/ weighs methods for one product and place. Here the same is done for the lightest parcels to
 * every country, for the sentence in the policy (advice.low, advice.high) and for report/methods.csv, which
 * shows the reckoning of each country.
 */

#include "output/edition.h"
#include "output/workings.h"

/* Fills `advice` of the root of all editions, before they are folded. */
void editions_advise(struct edition *const *editions, const struct workings *workings);

/* Adds report/methods.csv: a row for each country and place of dispatch. */
void methods_report(const struct workings *workings, struct buf *out);

#endif
