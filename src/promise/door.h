/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PROMISE_DOOR_H
#define UPFRONT_PROMISE_DOOR_H

/*
 * door - from the order to the buyer's door: handling, then transit.
 *
 * For an order on each of the seven days from the build date: the working day of the hand-over,
 * the transit from there, and where the destination is closed on the day of arrival, the next
 * open one. The seven are averaged. Estimates are joined, with what each may be off; the bound is
 * taken once, at the end.
 *
 *	struct door door = { .handover = handover, .arrivals = arrivals, .today = today };
 *	door_estimate(&estimate, &door, &transit);
 *
 * Pure functions of what is handed in; arrivals live in the arena.
 */

#include "promise/handover.h"

enum { ORDER_DAYS = 7 };

/* When parcels that reach a destination are handed out: its closures pushed to the next open day. */
struct arrivals {
	bool always_open;
	const struct workdays *open;
	int16_t last_open[ORDER_DAYS + PROMISE_DAYS]; /* by day from today: the latest open one until then; -1: none */
};

struct arrivals *arrivals_new(struct arena *arena, const struct shop *shop, struct place to,
			      int32_t today);

struct door {
	const struct handover *handover;
	const struct arrivals *arrivals;
	int32_t today; /* the build date: the first of the days of order */
	int shift;     /* days from the order's day 0 to the first day that handling may count */
};

/* Share and variance from the order's day, from those of the transit. */
void door_estimate(struct estimate *estimate, const struct door *door,
		   const struct estimate *transit);

/* Is any closure ahead that can delay an order of the coming days? */
bool door_has_closures(const struct door *door);

/*
 * Delays a curve that was counted from the order, over weeks as they come, by what the closures
 * ahead do to the curve that was joined: it loses the same part of its share.
 */
void door_delay(struct estimate *counted, const struct door *door, const struct estimate *transit);

/*
 * The day, from the order, by which a parcel is there that is handed over after `handling`
 * working days and takes `transit` days, on the worst of the days of order; PROMISE_DAYS when
 * none is known.
 */
int door_worst_day(const struct door *door, int handling, int transit);

#endif
