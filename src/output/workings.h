/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_OUTPUT_WORKINGS_H
#define UPFRONT_OUTPUT_WORKINGS_H

/*
 * workings - what all pages and answers are worked out from.
 *
 *	struct workings workings;
 *	workings_init(&workings, arena, shop, diag);
 *	...
 *	workings_release(&workings);
 */

#include "customs/customs.h"
#include "offer/offer.h"
#include "promise/steady.h"

struct workings {
	const struct shop *shop;
	struct promises *promises;
	struct customs *customs;
	struct offering *offering;
	struct steady *steady; /* what listings were pasted with; NULL: nothing is known of that */
};

/* Reads the statistics, prepares customs and offers; what is wrong has been reported. */
void workings_init(struct workings *workings, struct arena *arena, const struct shop *shop,
		   struct diag *diag);

/* As offer_find, with the promises that a listing makes: steady ones. */
void workings_listing_offers(const struct workings *workings, const struct product *product,
			     struct place to, struct offers *offers);

/* The same with promises as they are made on another day; tables and rules stay those of the shop's. */
void workings_init_on(struct workings *workings, struct arena *arena, const struct shop *shop,
		      int32_t promised_on, struct diag *diag);

void workings_release(struct workings *workings);

#endif
