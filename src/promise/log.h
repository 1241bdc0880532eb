/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PROMISE_LOG_H
#define UPFRONT_PROMISE_LOG_H

/*
 * log - the parcels of shipments.csv, one record each.
 *
 * The file is streamed once, and its parcels are handed to whoever counts them, many at a time and in the
 * order of their routes, so that he has one route in mind at a time. Rows that cannot be are left
 * out, counted, and named with their lines.
 *
 *	struct log_taker taker = { count_some, &counts, 0 };
 *	const struct log *log = log_read(arena, names, shop, diag, &taker);
 *	for (size_t i = 0; i < log->count; i++)		// those that were not handed on
 *		count(log_parcel(log, i));
 *
 * Memory: a route's name, and no more parcels than are held at once (96 a route, 131,072 at least, of
 * 24 bytes), however many rows there are. To that come parcels that cannot be counted before the end of the
 * log is known: those written off within the last 91 days, and, where a log runs on behind the build
 * date, those under way on it. Of a log of two years that is one row in a thousand, as a rule.
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
	bool later;		/* came after the build date */
};

enum { LOG_BLOCK = 2048 };

struct log {
	struct route *routes;
	size_t route_count;
	struct parcel **blocks; /* of LOG_BLOCK */
	size_t block_count;
	size_t count;	      /* parcels that are held: route by route */
	size_t undecided;     /* of them, left when others were handed on */
	int64_t parcels;      /* all, those handed on and those that begin later too */
	bool beyond;	      /* the log goes on behind the build date: the shop looks back */
	bool has_orders;      /* some row has both an order's day and a hand-over's */
	uint64_t hash;	      /* of the file's bytes; 0 when there is none */
};

/*
 * Takes the parcels that are held, route by route, before they are forgotten. The log's end is not known
 * yet: neither `beyond` nor `has_orders`.
 */
struct log_taker {
	void (*take)(void *context, const struct log *log);
	void *context;
	size_t most; /* parcels to be held at once; 0: as many as are reasonable; it must not matter */
};

/* The parcel of a number below log->count. */
static inline struct parcel *log_parcel(const struct log *log, size_t number)
{
	return &log->blocks[number / LOG_BLOCK][number % LOG_BLOCK];
}

/*
 * Reads the whole log for the build date into `arena`. The file's name, which diagnostics point at,
 * is taken from `names`: an arena that lives as long as they do. What is wrong with it goes to diag: unreadable cells
 * as errors, rows that contradict themselves or the calendar as warnings. Without a taker all
 * parcels are held.
 */
const struct log *log_read(struct arena *arena, struct arena *names, const struct shop *shop,
			   struct diag *diag, const struct log_taker *taker);

#endif
