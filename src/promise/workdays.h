/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PROMISE_WORKDAYS_H
#define UPFRONT_PROMISE_WORKDAYS_H

/*
 * workdays - on which days something leaves, or arrives.
 *
 * The days of the week that count, less the closures of one place, over a stretch of time that
 * is fixed when the calendar is made. Counting starts at the first open day at or after the
 * start: an order of a Sunday is taken up on Monday, and one working day later is Tuesday.
 *
 *	struct workdays *days = workdays_new(arena, shop, CLOSURE_DISPATCH, from, 0x1f, today, until);
 *	int32_t leaves = workdays_after(days, today, 2);
 *
 * Lives in the arena; only read afterwards.
 */

#include "shop/shop.h"

enum { EVERY_WEEKDAY = 0x7f };

struct workdays {
	int32_t first, last; /* the stretch that is known, both inclusive */
	int32_t *open;	     /* the open days in it, in order */
	int32_t *before;     /* how many of them lie before the day, by day from `first`; one entry more */
	int32_t open_count;
};

/* `weekdays` has the bits MONDAY to SUNDAY; the closures are those of `kind` that hold in `place`. */
struct workdays *workdays_new(struct arena *arena, const struct shop *shop, enum closure_kind kind,
			      struct place place, uint8_t weekdays, int32_t first, int32_t last);

bool workdays_open(const struct workdays *days, int32_t date); /* outside of the stretch: yes */

/* The day `count` working days after `date`; DATE_NONE when it lies beyond the stretch. */
int32_t workdays_after(const struct workdays *days, int32_t date, int count);

/* The least count that workdays_after needs to reach `to` from `from`. */
int workdays_between(const struct workdays *days, int32_t from, int32_t to);

/* Does a closure of the kind touch the place between two days, both inclusive? */
bool workdays_closed_between(const struct shop *shop, enum closure_kind kind, struct place place,
			     int32_t first, int32_t last);

/* Business days as calendar days, whatever weekday they start on. */
int workdays_worst_case(int business_days);

#endif
