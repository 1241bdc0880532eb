/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_OFFER_RECOMMEND_H
#define UPFRONT_OFFER_RECOMMEND_H

/*
 * recommend - which of several offers to take, and from which price on the answer changes.
 *
 * Internal to offer/. The break-even price of a dearer, tracked service is what it costs more,
 * divided by the measured loss of the cheapest. It is rounded down to a plain figure (25, 30,
 * 40, ...), so that a seller can say it in one sentence, and so that prices fall into few
 * intervals.
 */

#include "base/hash.h"
#include "offer/offer.h"

/* Prices at which some recommendation of a fees class changes, ascending, in minor units. */
struct breaks {
	uint64_t fees_class;
	int64_t *at;
	size_t count;
};

struct offering {
	const struct shop *shop;
	struct promises *promises;
	struct breaks_cache *cache;
};

/* Sets offers->recommended, its rule and registered_from. */
void recommend(const struct offering *offering, struct money price, struct offers *offers);

/* Number of the price's interval between the break-even prices of its fees class. */
uint64_t recommend_interval(const struct offering *offering, const struct product *product,
			    uint64_t fees_class);

/* The largest plain figure that is not above `minor` (1, 2, 3, 4, 5, 6, 8 times a power of ten and some between). */
int64_t plain_figure(int64_t minor);

#endif
