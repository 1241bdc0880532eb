/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_OUTPUT_WAKING_H
#define UPFRONT_OUTPUT_WAKING_H

/*
 * waking - when the buyers of a country are awake, on the seller's clock.
 *
 * countries.csv says in which hours nobody is written to; ICU knows when the clocks of the country's
 * time zones change. A country with several zones has the hours in which all of them are awake.
 *
 *	struct waking waking;
 *	waking_find(&waking, arena, shop, place);
 *	if (waking.utc_from >= 0)
 *		send(between waking.utc_from and waking.utc_to, up to the day waking.until);
 */

#include "shop/shop.h"

struct waking {
	int from, to;         /* local time, minutes after midnight: nobody is disturbed from..to */
	int utc_from, utc_to; /* the same on the UTC clock on the build date; -1: no hour suits all
				 zones, or no zone is known */
	int32_t until; /* last day on which that holds; DATE_NONE when the clocks never change */
};

void waking_find(struct waking *waking, struct arena *arena, const struct shop *shop,
		 struct place country);

#endif
