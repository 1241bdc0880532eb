/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PROMISE_FATES_H
#define UPFRONT_PROMISE_FATES_H

/*
 * fates - what became of the parcels that began in one month, in few bytes.
 *
 * To hold a promise against a parcel three things must be known of it: the lot it belongs to, the day of
 * the month on which it began, and on which day from then it came. Parcels that have all three in common are one
 * fate with a number, so that there are never more than a month's days times those of a promise, for a route
 * and lot; two or three bytes each.
 *
 *	struct buf more = BUF_INIT;
 *	struct str before = buf_str(&fates);
 *	for (size_t route = 0; route < routes; route++)
 *		fates_add(&more, &before, of_route[route].fates, of_route[route].count, scratch);
 *
 *	struct fates_reader reader = fates_read(&fates);
 *	while (fates_next(&reader, &fate))
 *		look_at(reader.route, &fate);
 */

#include "base/arena.h"
#include "promise/promise.h"

enum { FATE_NEVER = PROMISE_DAYS /* did not come, or on no day that a promise reaches */ };

struct fate {
	uint32_t lot; /* the caller's number */
	uint8_t begun; /* days since the month's first, below 31 */
	uint8_t day;   /* from then on which they came, or FATE_NEVER */
	int64_t ppm;   /* how many, in millionths of a parcel; not negative */
};

/*
 * Packs the fates of the next route into `out`: those that stood in `before`, which is moved behind them
 * (and empty where the route is new), and `count` fresh ones, which are sorted in place.
 */
void fates_add(struct buf *out, struct str *before, struct fate *fresh, size_t count,
	       struct arena *scratch);

/* From the first fate on, route by route, each once. */
struct fates_reader {
	size_t route; /* of the fate that was read last */
	struct str rest;
	uint64_t left; /* of the route */
	uint64_t key;
	bool begun;
};
struct fates_reader fates_read(const struct buf *packed);
bool fates_next(struct fates_reader *reader, struct fate *fate);

#endif
