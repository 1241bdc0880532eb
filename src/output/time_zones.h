/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_OUTPUT_TIME_ZONES_H
#define UPFRONT_OUTPUT_TIME_ZONES_H

/*
 * time_zones - in which time zones the buyers of a country live.
 *
 * What countries.csv says, else what ICU knows: that search goes through all zones of the world and
 * takes half a millisecond, so it is for those who need the answer alone.
 *
 *	struct time_zones zones = time_zones_of(arena, shop, place_country(to));
 *	if (zones.count)
 *		offset = words_zone_offset(zones.names[0], date);
 */

#include "shop/shop.h"

struct time_zones {
	const struct str *names;
	size_t count; /* 0: none is known */
};

struct time_zones time_zones_of(struct arena *arena, const struct shop *shop, struct place country);

#endif
