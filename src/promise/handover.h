/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PROMISE_HANDOVER_H
#define UPFRONT_PROMISE_HANDOVER_H

/*
 * handover - the days from the order to the carrier's hands.
 *
 * Where the log has both days, they are counted in working days of the profile and the origin,
 * so that past holidays do not look like slowness and coming ones are not forgotten. What was
 * counted for a service and an origin leans on all that was counted for the profile, and that
 * on the profile's slowest day; where nothing was counted, the slowest day it is. A shop without
 * profiles and without such a log hands over on the day of the order.
 *
 *	struct orders *orders = handovers_orders(handovers, service, from, profile);
 *	orders_add(orders, ordered, shipped, weight, square);
 *	handovers_estimate(handovers);
 *	handovers_find(handovers, service, from, profile, &handover);
 *
 * Filled by one thread; finding takes what is missing from the arena, so it is the caller's to lock.
 */

#include "base/diag.h"
#include "promise/estimate.h"
#include "promise/workdays.h"

struct handover {
	bool measured;
	int last;			/* working day of the last mass */
	double mass[PROMISE_DAYS];	/* share handed over on that working day after the order's */
	double deviation[PROMISE_DAYS]; /* standard deviation of the share up to that day */
	double effective;		/* parcels behind it */
	const struct workdays *days;	/* of the profile and the origin */
	const struct workdays *plain;	/* the same as if there were no closures */
};

struct handovers;

/* For counts since `first`, known up to the end of the day before `today`. */
struct handovers *handovers_new(struct arena *arena, const struct shop *shop, int32_t first,
				int32_t today);

/* Where the orders of a profile (NULL: none) for a service and an origin are counted; made when new. */
struct orders;
struct orders *handovers_orders(struct handovers *handovers, const struct service *service,
				struct place from, const struct handling *handling);

/* Counts one order; `shipped` is DATE_NONE (or not before today) while it waits. */
void orders_add(struct orders *orders, int32_t ordered, int32_t shipped, double weight,
		double square);

void handovers_estimate(struct handovers *handovers);

/*
 * Warns of profiles that promise less than was measured: of which so few orders were handed over within
 * the slowest day that nine in ten can hardly be true.
 */
void handovers_check(const struct handovers *handovers, struct diag *diag);

/* The hand-over of orders to come: measured, or the profile's slowest day. */
void handovers_find(struct handovers *handovers, const struct service *service, struct place from,
		    const struct handling *handling, struct handover *handover);

#endif
