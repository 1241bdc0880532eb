/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_OFFER_RECOMMEND_H
#define UPFRONT_OFFER_RECOMMEND_H

/*
 * recommend - which of several offers to take, and from which price on the answer changes.
 *
 * Internal to offer/. What a method costs the shop for an order of value V is
 *
 *	fee + loss * (fee + V - what the insurance pays) + late * fee
 *
 * A lost parcel is refunded with its fee; a late one has its fee given back. `loss` is the measured share
 * that never came, `late` the one that came later than shop.csv late_after_days; the insurance pays V up to
 * what it covers. The method that costs least is taken. For small values that is a cheap one, and from some value
 * on one that loses less or pays for it: the break-even of two methods beyond the cover of neither is
 *
 *	V = (fee' * (1 + loss' + late') - fee * (1 + loss + late)) / (loss - loss')
 *
 * A method of which nobody counted what it loses is weighed against nothing: it is taken only when it is
 * the cheapest and tracked or insured, or when nothing else goes there. Break-evens are rounded down to plain
 * figures (25, 30, 40, ...), so that a seller can say them in one sentence, and so that prices fall into few
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

/* Sets offers->recommended, its rule, registered_from and registered_by. */
void recommend(const struct offering *offering, struct money price, struct offers *offers);

/* Number of the price's interval between the break-even prices of its fees class. */
uint64_t recommend_interval(const struct offering *offering, const struct product *product,
			    uint64_t fees_class);

/* The largest plain figure that is not above `minor` (1, 2, 3, 4, 5, 6, 8 times a power of ten and some between). */
int64_t plain_figure(int64_t minor);

#endif
