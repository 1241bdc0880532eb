/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PROMISE_STEADY_H
#define UPFRONT_PROMISE_STEADY_H

/*
 * steady - listings that do not change every night.
 *
 * A page is made anew each day; a listing is pasted by hand. So a listing keeps the figures that it was
 * last pasted with as long as they are honest and good enough: a number of days stays while it is not below
 * today's and today's is not shorter by more than `steady_days`; a share stays while it is not above today's
 * and today's is not higher by more than `steady_percent`, or was not reached more than `steady_days`
 * earlier. What the data no longer carry moves at once.
 *
 *	struct steady *steady = steady_new(arena, 2, 3);
 *	steady_recall(steady, "cn-reg DE CN default", line, pasted_on);
 *	promise = steady_get(steady, promise);		// what the listing says
 *
 * The state is the ledger and nothing else: equal tables, date and ledger give equal bytes. Of
 * several listings of one lane the one that was pasted last counts; on the same day the weaker
 * promise.
 */

#include "promise/promise.h"

struct steady;

/* The bands; 0 and 0: every figure is today's. */
struct steady *steady_new(struct arena *arena, int days, int percent);
void steady_free(struct steady *steady); /* NULL is fine */

/* The lane's name: service, destination, origin and handling profile, parted by spaces. */
struct str steady_lane(struct arena *arena, const struct promise *promise);

/* Adds the promise's figures as one line, to be recalled from. */
void steady_write(struct buf *out, const struct promise *promise);

/* Notes figures with which a lane was pasted. A line that is none is passed over. Before the first steady_get. */
void steady_recall(struct steady *steady, struct str lane, struct str line, int32_t pasted);

/* What a listing says of the lane: the promise itself, or one with figures kept. Safe from several threads. */
const struct promise *steady_get(struct steady *steady, const struct promise *today);

/* Hash of all that was recalled. */
uint64_t steady_hash(const struct steady *steady);

/* A figure that today's data would have moved: "days for" a percentage, "share by day" a day. */
struct steady_figure {
	const struct promise *lane;
	const char *name;
	int of; /* the percentage, or the day */
	int today, shown;
	int32_t pasted;
};

/* Calls each(context, figure) for every such figure of the lanes asked for, in an order that does not depend on threads. */
void steady_each(struct steady *steady,
		 void (*each)(void *context, const struct steady_figure *figure), void *context);

#endif
