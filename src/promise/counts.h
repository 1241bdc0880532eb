/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PROMISE_COUNTS_H
#define UPFRONT_PROMISE_COUNTS_H

/*
 * counts - what was counted of a route, at work and at rest.
 *
 * While a route's parcels are counted its tallies lie open, five hundred words of them. Until the log hands on
 * more of them, they rest packed, with those of all other routes.
 *
 *	packed_init(&next, route_count);
 *	for (size_t route = 0; route < route_count; route++) {
 *		packed_get(&packed, route, &shipped, &ordered);
 *		count_more(&shipped, &ordered);
 *		packed_add(&next, &shipped, &ordered);
 *	}
 *	packed_release(&packed);
 */

#include "promise/pace.h"

/* The parcels of a route, from one beginning. Words of eight bytes, to be packed. */
struct counts {
	struct tally tally;
	struct recent recent;
	int64_t recent_rows, rows;
};

/* The counts of all routes, from both beginnings. */
struct packed {
	struct arena arena;
	struct buf room;
	struct str *routes;
	size_t count;
};

/* For as many routes. */
void packed_init(struct packed *packed, size_t routes);
void packed_release(struct packed *packed);

/* The counts of a route; none where there are none yet. */
void packed_get(const struct packed *packed, size_t route, struct counts *shipped,
		struct counts *ordered);

/* Adds those of the next route. */
void packed_add(struct packed *packed, const struct counts *shipped, const struct counts *ordered);

#endif
