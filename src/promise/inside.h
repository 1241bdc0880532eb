/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PROMISE_INSIDE_H
#define UPFRONT_PROMISE_INSIDE_H

/*
 * inside - what promise.c, explain.c and backtest.c share: the promises as they are kept.
 *
 * For this room only. The memory is the promises' own, since promise_get takes from it on
 * any thread; the lock guards it, the kept promises, the transit curves and the calendars.
 */

#include <pthread.h>

#include "promise/backtest.h"
#include "promise/peak.h"

struct door;

/* By claim in percent, as it was bounded: what is published. Never more. */
struct levels {
	uint8_t published[100];
};

struct promises {
	struct arena memory;
	const struct shop *shop;
	uint64_t hash; /* of the log's file */
	struct statistics *statistics;
	struct peaks peaks;
	const struct levels *levels; /* by service; NULL: every claim is published as it is */
	const struct backtest *backtest; /* NULL: no single parcels are known */
	bool transit_alone, door_alone;	 /* claims of the other curve are not worked out */
	struct curve **transits; /* by lane, for itself and for lanes below it unseen, in and out of a peak */
	struct map kept;	 /* to struct promise */
	struct map arrivals;	 /* by destination, to struct arrivals */
	pthread_mutex_t lock;
	int (*offset)(struct str zone, int32_t date); /* NULL: all zones are the shop's */
};

/*
 * Promises as they would have been made on `today` from the log as it was known then. Nothing is counted
 * at first; the log's parcels are, as often as it hands on some; at its end all is worked out.
 */
struct promises *promises_begin(struct arena *arena, const struct shop *shop, int32_t today);
void promises_count(struct promises *promises, const struct log *log);
void promises_settle(struct promises *promises, const struct log *log);

/* promises_new with another number of parcels held at once; it must not matter. */
struct promises *promises_new_holding(struct arena *arena, const struct shop *shop,
				      struct diag *diag, size_t most);

/*
 * The last six months of a replay, held against what came. A shop that `learns` read its levels
 * by the months before, as far as the replay goes back.
 */
struct replay;
const struct backtest *backtest_of(struct arena *arena, const struct shop *shop,
				   const struct replay *replay, bool learns);

/*
 * The group that carries the claims of a lane: the finest one with enough parcels; NULL when
 * there is none. `lane` and `own` are what lanes_find gave.
 */
const struct lane *lane_carrier(const struct shop *shop, const struct lane *lane, bool own);

/*
 * What a lane stands on in one set of statistics: of all weeks, or of a peak's. `lane` is NULL
 * where its service has no parcels.
 */
struct standing {
	const struct statistics *statistics;
	const struct lane *lane;
	const struct lane *carrier; /* NULL: nothing may be claimed */
	bool own;		    /* the lane has parcels of its own */
	int drift;		    /* counts so many times */
	bool ranged;		    /* it, or what it leans on, was counted in ranges of days for the most part */
};
void standing_find(struct standing *standing, const struct shop *shop,
		   const struct statistics *statistics, const struct promise *promise);

/* The next peak of a lane at or behind `*at` in promises->peaks, with what it stands on; false: no more. */
bool promises_next_peak(const struct promises *promises, const struct promise *promise, size_t *at,
			struct standing *standing);

/*
 * The group whose curve to the door was counted as it is, from order to delivery: better than
 * joining its two halves, which were watched for different times. NULL where orders are known of
 * too few of the lane's parcels. `own` is as lanes_find gives it.
 */
const struct lane *standing_from_order(const struct standing *standing,
				       const struct promise *promise, bool *own);

/* Days from the order's day 0 to the first day that handling may count, 0 or more. */
int promises_shift(const struct promises *promises, const struct handling *handling);

#endif
