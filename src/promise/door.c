/* SPDX-License-Identifier: MIT */
/*
 * Two curves and two calendars in, one curve out. Standard deviations are joined as if the
 * shares of neighbouring days were off in the same direction, which they nearly are; that makes
 * up for leaving out what handling and transit are off together.
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
		if (mass <= 0)
			continue;
		for (int n = 0; n < PROMISE_DAYS - c; n++) {
			joined->share[n + c] += mass * transit[n];
			joined->by_transit[n + c] += mass * deviation[n];
		}
	}
	for (int t = 0; measured && t < PROMISE_DAYS; t++) {
		double mass = transit[t] - (t ? transit[t - 1] : 0);
		for (int n = 0; mass > 0 && n < PROMISE_DAYS - t; n++)
			joined->by_handling[n + t] += mass * offsets->deviation[n];
	}
}

struct arrivals *arrivals_new(struct arena *arena, const struct shop *shop, struct place to,
			      int32_t today)
{
	struct arrivals *arrivals = arena_new(arena, sizeof *arrivals);
	int32_t last = today + ORDER_DAYS + 2 * PROMISE_DAYS;
	arrivals->always_open = !workdays_closed_between(shop, CLOSURE_DELIVERY, to, today, last);
	if (arrivals->always_open)
		return arrivals;
	arrivals->open = workdays_new(arena, shop, CLOSURE_DELIVERY, to, EVERY_WEEKDAY, today, last);
	int16_t latest = -1;
	for (int n = 0; n < ORDER_DAYS + PROMISE_DAYS; n++) {
		if (workdays_open(arrivals->open, today + n))
			latest = (int16_t)n;
		arrivals->last_open[n] = latest;
	}
	return arrivals;
}

/* Adds the curve of one day of order; arrivals on closed days wait for the next open one. */
static void add_pushed(struct joined *sum, const struct joined *joined, double part,
		       const int16_t *last_open, int order_day)
{
	for (int n = 0; n < PROMISE_DAYS; n++) {
		int from = last_open[order_day + n] - order_day;
		if (from < 0)
			continue;
		sum->share[n] += part * joined->share[from];
		sum->by_transit[n] += part * joined->by_transit[from];
		sum->by_handling[n] += part * joined->by_handling[from];
	}
}

/* Without closures the days of order may be averaged before they are joined with the transit. */
static void join_days(struct joined *sum, const struct door *door, const double *transit,
		      const double *deviation)
{
	bool measured = door->handover->measured, always_open = door->arrivals->always_open;
	struct offsets offsets = { { 0 }, { 0 } };
	struct joined joined;
	for (int i = 0; i < ORDER_DAYS; i++) {
		add_offsets(&offsets, door, door->today + i, always_open ? 1.0 / ORDER_DAYS : 1);
		if (always_open)
			continue;
		join(&joined, &offsets, transit, deviation, measured);
		add_pushed(sum, &joined, 1.0 / ORDER_DAYS, door->arrivals->last_open, i);
		memset(&offsets, 0, sizeof offsets);
	}
	if (always_open)
		join(sum, &offsets, transit, deviation, measured);
}

void door_estimate(struct estimate *estimate, const struct door *door,
		   const struct estimate *transit)
{
	struct joined sum;
	double deviation[PROMISE_DAYS];
	memset(&sum, 0, sizeof sum);
	for (int n = 0; n < PROMISE_DAYS; n++)
		deviation[n] = sqrt(transit->variance[n]);
	join_days(&sum, door, transit->share, deviation);
	for (int n = 0; n < PROMISE_DAYS; n++) {
		estimate->share[n] = fmin(1, sum.share[n]);
		estimate->variance[n] = sum.by_transit[n] * sum.by_transit[n] +
					sum.by_handling[n] * sum.by_handling[n];
	}
}

bool door_has_closures(const struct door *door)
{
	const struct handover *handover = door->handover;
	int32_t last = door->today + ORDER_DAYS + LAST_DAY;
	return !door->arrivals->always_open || workdays_between(handover->days, door->today, last) !=
						       workdays_between(handover->plain, door->today, last);
}

void door_delay(struct estimate *counted, const struct door *door, const struct estimate *transit)
{
	static const struct arrivals always = { .always_open = true };
	struct handover handover = *door->handover;
	struct door open = *door;
	struct estimate with, without;
	handover.days = handover.plain;
	open.handover = &handover;
	open.arrivals = &always;
	door_estimate(&with, door, transit);
	door_estimate(&without, &open, transit);
	for (int n = 0; n < PROMISE_DAYS; n++) {
		double kept = without.share[n] > 0 ? fmin(1, with.share[n] / without.share[n]) : 1;
		counted->share[n] *= kept;
		counted->variance[n] *= kept * kept;
		if (n && counted->share[n] < counted->share[n - 1]) {
			counted->share[n] = counted->share[n - 1];
			counted->variance[n] = counted->variance[n - 1];
		}
	}
}

int door_worst_day(const struct door *door, int handling, int transit)
{
	int worst = 0;
	for (int i = 0; i < ORDER_DAYS && worst < PROMISE_DAYS; i++) {
		int32_t order_day = door->today + i;
		int32_t leaves = workdays_after(door->handover->days, order_day + door->shift, handling);
		int32_t there = leaves == DATE_NONE ? DATE_NONE : leaves + transit;
		if (there != DATE_NONE && !door->arrivals->always_open)
			there = workdays_after(door->arrivals->open, there, 0);
		int day = there == DATE_NONE || there - order_day > LAST_DAY ? PROMISE_DAYS
									      : there - order_day;
		worst = day > worst ? day : worst;
	}
	return worst;
}
