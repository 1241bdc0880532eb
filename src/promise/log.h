/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PROMISE_LOG_H
#define UPFRONT_PROMISE_LOG_H

/*
 * log - the parcels of shipments.csv, one record each.
 *
 * The file is streamed once; what stays is a small record a parcel, so that the same log can
 * be counted as it was known on any day (that is what a back-test does). Rows that cannot be
 * are left out, counted, and named with their lines; the rest is in the order of the routes, so that
 * whoever counts has one route in mind at a time.
 *
 *	const struct log *log = log_read(arena, names, shop, diag);
 *	for (const struct log_block *block = log->blocks; block; block = block->next)
 *		for (size_t i = 0; i < block->count; i++)
 *			count(&block->parcels[i]);
 *
 * Lives in the arena; only read afterwards. An absent file is an empty log.
 */

#include "shop/catalog.h"

/* A way that parcels take: all that go it share their counts. */
struct route {
	const struct service *service;
	struct place from;	 /* code "" only where all origins are counted together */
	struct place to;	 /* "*" where all destinations are counted together */
	const struct zone *zone; /* set when the counts are of a whole zone; `to` is empty then */
};

/* How a parcel was handled, when no profile is known. */
enum { PROFILE_NOT_NAMED = 0, PROFILE_LOST = UINT16_MAX /* its product is not in the catalog any more */ };

struct parcel {
	uint32_t route;		/* index in log->routes */
	uint32_t row_ppm;	/* parcels that the row stands for, in millionths; 0: left out */
	int32_t ordered;	/* DATE_NONE when not given */
	int32_t shipped;	/* DATE_NONE when not handed over yet */
	int32_t delivered;	/* DATE_NONE when it did not come, or not yet */
	uint16_t profile;	/* of its product: index plus 1 in shop->handlings, or as above */
	uint8_t status;		/* enum parcel_status */
};

enum { LOG_BLOCK = 2048 };

struct log_block {
	struct log_block *next;
	size_t count;
	struct parcel parcels[LOG_BLOCK];
};

struct log {
	struct route *routes;
	size_t route_count;
	struct log_block *blocks;
	struct log_block **index; /* the same, by number */
	size_t count;	      /* parcels in the blocks: route by route */
	bool beyond;	      /* the log goes on behind the build date: the shop looks back */
	bool has_orders;      /* some row has both an order's day and a hand-over's */
	int32_t last;	      /* latest day of anything in it up to the build date; DATE_NONE */
	int64_t old_ppm;      /* shipped before history_days */
	uint64_t hash;	      /* of the file's bytes; 0 when there is none */
};

/* The parcel of a number below log->count. */
static inline struct parcel *log_parcel(const struct log *log, size_t number)
{
	return &log->index[number / LOG_BLOCK]->parcels[number % LOG_BLOCK];
}

/*
 * Reads the whole log for the build date into `arena`. The file's name, which diagnostics point at,
 * is taken from `names`: an arena that lives as long as they do. What is wrong with it goes to diag: unreadable cells
 * as errors, rows that contradict themselves or the calendar as warnings.
 */
const struct log *log_read(struct arena *arena, struct arena *names, const struct shop *shop,
			   struct diag *diag);

#endif
