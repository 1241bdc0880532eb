/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PROMISE_REPLAY_H
#define UPFRONT_PROMISE_REPLAY_H

/*
 * replay - promises as they would have been made earlier, and the parcels they were made for.
 *
 * Stands at the first of each of the months before the build date, works out the promises from
 * what was known then, and keeps of each way that parcels of that month took the day that was
 * promised at every level from 50 to 99 percent. The parcels of a month can then be held against
 * them as they were known on any later day: on the build date to report, and on the first of a
 * later month to know what would have been learnt by then.
 *
 *	struct replay *replay = replay_new(arena, shop, 6);
 *	replay_count(replay, log);	// while the log is read, as often as it hands on parcels
 *	replay_settle(replay, log);	// once, at its end
 *	replay_judge(replay, 0, shop->date, count, &sums);
 *	const struct levels *levels = replay_levels(replay, arena, 0, 6, shop->date);
 *	replay_free(replay);
 *
 * Single parcels are judged from the order where orders are known, else from the hand-over;
 * counted ones from the hand-over, as if sent on the last of their month. What a carrier publishes
 * is not our promise and promises no day. Only read once it is settled.
 */

#include "promise/inside.h"

enum {
	REPLAY_MOST = 12,  /* months */
	REPLAY_LEAST = 50, /* percent, the lowest level */
	REPLAY_LEVELS = 50,
	REPLAY_NEVER = 1 << 20, /* a day on which nothing came */
	REPLAY_NO_DAY = 255
};

/* Parcels of one service and handling that go the same way. */
struct way {
	size_t index; /* in the order of making */
	const struct service *service;
	struct place from, to;
	const struct handling *handling;
	bool from_order;
	uint8_t *promised[REPLAY_MOST]; /* by level less REPLAY_LEAST: the day, or REPLAY_NO_DAY; NULL: no parcels */
};

/* One or more parcels of the same fate, and what was promised for them. */
struct judged {
	const struct way *way;
	const uint8_t *promised; /* of the month judged */
	int watched;		 /* the last day, from the beginning, that has fully ended */
	int day;		 /* on which they came; REPLAY_NEVER */
	double parcels;
};

struct replay;

/* Nothing is counted yet. */
struct replay *replay_new(struct arena *arena, const struct shop *shop, int months);

/* Counts the parcels that the log holds; they may be forgotten then. */
void replay_count(struct replay *replay, const struct log *log);

/*
 * Counts those left at the log's end, and works out what was promised. Without parcels and counted months
 * there is nothing to judge.
 */
void replay_settle(struct replay *replay, const struct log *log);

void replay_free(struct replay *replay);

int replay_months(const struct replay *replay);
int32_t replay_first(const struct replay *replay, int month); /* its first day, on which was promised */
size_t replay_ways(const struct replay *replay);	      /* how many there are */

/* Gives each parcel of the month to `judge`, as it was known on the morning of `seen_on`. */
void replay_judge(const struct replay *replay, int month, int32_t seen_on,
		  void (*judge)(void *context, const struct judged *judged), void *context);

/*
 * What the promises of `count` months from `first` on teach, as known on `seen_on`: by service, which
 * claims are to be read lower. A level was kept when no more of its parcels were late than
 * two standard errors allow; else it is read at the next higher one that would have kept it.
 */
const struct levels *replay_levels(const struct replay *replay, struct arena *arena, int first,
				   int count, int32_t seen_on);

/* The claim that a level (REPLAY_LEAST and more) is read at: itself, or a higher one; 100: none. */
int levels_read_at(const struct levels *levels, int percent);

#endif
