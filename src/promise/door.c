/* SPDX-License-Identifier: MIT */
/*
 * Two curves and two calendars in, one curve out. Standard deviations are joined as if the
 * transit shares of neighbouring days were off in the same direction, which they nearly are:
 * the variance is never less than the true one.
 */
#include "promise/door.h"

#include <math.h>
#include <string.h>

/* The hand-over in calendar days from the order: what happens when, and how sure that is. */
struct offsets {
	double mass[PROMISE_DAYS];
	double deviation[PROMISE_DAYS]; /* of the share handed over up to that day */
};

struct joined {
	double share[PROMISE_DAYS];
	double by_transit[PROMISE_DAYS];  /* standard deviations */
	double by_handling[PROMISE_DAYS];
};

static void add_offsets(struct offsets *offsets, const struct door *door, int32_t order_day,
			double part)
{
	const struct handover *handover = door->handover;
	int next = 0;
	double deviation = 0;
	for (int w = 0; w <= handover->last; w++) {
		int32_t day = workdays_after(handover->days, order_day + door->shift, w);
		if (day == DATE_NONE || day - order_day > LAST_DAY)
			break;
		for (; next < day - order_day; next++)
			offsets->deviation[next] += part * deviation;
		offsets->mass[day - order_day] += part * handover->mass[w];
		deviation = handover->deviation[w];
	}
	for (; next < PROMISE_DAYS; next++)
		offsets->deviation[next] += part * deviation;
}

static void join(struct joined *joined, const struct offsets *offsets, const double *transit,
		 const double *deviation, bool measured)
{
	memset(joined, 0, sizeof *joined);
	for (int c = 0; c < PROMISE_DAYS; c++) {
		double mass = offsets->mass[c];
		for (int n = c; mass > 0 && n < PROMISE_DAYS; n++) {
			joined->share[n] += mass * transit[n - c];
			joined->by_transit[n] += mass * deviation[n - c];
		}
	}
	for (int t = 0; measured && t < PROMISE_DAYS; t++) {
		double mass = transit[t] - (t ? transit[t - 1] : 0);
		for (int n = t; mass > 0 && n < PROMISE_DAYS; n++)
			joined->by_handling[n] += mass * offsets->deviation[n - t];
	}
}

/* Adds a part of the curve; arrivals on closed days wait for the next open one. */
static void add_pushed(struct joined *sum, const struct joined *joined, double part,
		       const struct workdays *open, int32_t order_day)
{
	int from = -1; /* the last day on which something arrives */
	for (int n = 0; n < PROMISE_DAYS; n++) {
		if (!open || workdays_open(open, order_day + n))
			from = n;
		if (from < 0)
			continue;
		sum->share[n] += part * joined->share[from];
		sum->by_transit[n] += part * joined->by_transit[from];
		sum->by_handling[n] += part * joined->by_handling[from];
	}
}

/* The destination's open days, in which closures alone are missing; NULL when there are none. */
static struct workdays *arrivals(struct arena *arena, const struct door *door)
{
	int32_t last = door->today + ORDER_DAYS + PROMISE_DAYS;
	if (!workdays_closed_between(door->shop, CLOSURE_DELIVERY, door->to, door->today, last))
		return NULL;
	return workdays_new(arena, door->shop, CLOSURE_DELIVERY, door->to, EVERY_WEEKDAY, door->today,
			    last + PROMISE_DAYS);
}

void door_estimate(struct estimate *estimate, const struct door *door,
		   const struct estimate *transit)
{
	struct arena scratch;
	struct joined joined, sum;
	double deviation[PROMISE_DAYS];
	arena_init(&scratch);
	memset(&sum, 0, sizeof sum);
	for (int n = 0; n < PROMISE_DAYS; n++)
		deviation[n] = sqrt(transit->variance[n]);
	const struct workdays *open = arrivals(&scratch, door);
	struct offsets offsets;
	memset(&offsets, 0, sizeof offsets);
	for (int i = 0; i < ORDER_DAYS; i++) {
		add_offsets(&offsets, door, door->today + i, open ? 1 : 1.0 / ORDER_DAYS);
		if (!open && i < ORDER_DAYS - 1)
			continue; /* without closures the days of order may be averaged first */
		join(&joined, &offsets, transit->share, deviation, door->handover->measured);
		add_pushed(&sum, &joined, open ? 1.0 / ORDER_DAYS : 1, open, door->today + i);
		memset(&offsets, 0, sizeof offsets);
	}
	for (int n = 0; n < PROMISE_DAYS; n++) {
		estimate->share[n] = fmin(1, sum.share[n]);
		estimate->variance[n] = sum.by_transit[n] * sum.by_transit[n] +
					sum.by_handling[n] * sum.by_handling[n];
	}
	arena_release(&scratch);
}

int door_worst_day(const struct door *door, int handling, int transit)
{
	struct arena scratch;
	int worst = 0;
	arena_init(&scratch);
	const struct workdays *open = arrivals(&scratch, door);
	for (int i = 0; i < ORDER_DAYS && worst < PROMISE_DAYS; i++) {
		int32_t order_day = door->today + i;
		int32_t leaves = workdays_after(door->handover->days, order_day + door->shift, handling);
		int32_t there = leaves == DATE_NONE ? DATE_NONE : leaves + transit;
		if (there != DATE_NONE && open)
			there = workdays_after(open, there, 0);
		int day = there == DATE_NONE || there - order_day > LAST_DAY ? PROMISE_DAYS
									      : there - order_day;
		worst = day > worst ? day : worst;
	}
	arena_release(&scratch);
	return worst;
}
