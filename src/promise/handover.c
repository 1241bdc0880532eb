/* SPDX-License-Identifier: MIT */
/*
 * Orders in, working days until the hand-over out. The same update as for transit: a service
 * and origin lean on the profile, the profile on its slowest day.
 */
#include "promise/handover.h"

#include <math.h>
#include <stdio.h>

#include "base/map.h"
#include "promise/beta.h"

enum {
	AHEAD = 400, /* days that calendars reach beyond today */
	DOUBTED_FROM = 20, /* orders, from which on a profile is held against them */
};

/* What a profile's slowest day is taken to hold for. */
static const double slowest_share = 0.9;

struct handovers {
	struct arena *arena;
	const struct shop *shop;
	int32_t first, today;
	struct map calendars; /* to struct workdays */
	struct map orders;    /* to struct orders */
	struct orders *first_orders, *last_orders;
};

/* The orders of a profile, or of those of a service and an origin. */
struct orders {
	struct orders *above; /* the profile's; NULL for the profile itself */
	struct orders *next;
	const struct handling *handling;
	const struct workdays *days;
	int32_t today;
	struct tally tally;
	struct estimate estimate;
	struct handover handover;
};

struct handovers *handovers_new(struct arena *arena, const struct shop *shop, int32_t first,
				int32_t today)
{
	struct handovers *handovers = arena_new(arena, sizeof *handovers);
	*handovers = (struct handovers){ .arena = arena, .shop = shop, .first = first, .today = today };
	handovers->calendars.arena = handovers->orders.arena = arena;
	return handovers;
}

static const struct workdays *calendar_of(struct handovers *handovers, struct place from,
					  const struct handling *handling, bool closures)
{
	char text[32];
	struct shop closed_never = { .closure_count = 0 };
	uint8_t weekdays = handling && handling->workdays ? handling->workdays : EVERY_WEEKDAY;
	int len = snprintf(text, sizeof text, "%s %d", closures ? from.code : "", weekdays);
	struct str key = { text, (size_t)len };
	struct workdays *days = map_find(&handovers->calendars, key);
	if (days)
		return days;
	days = workdays_new(handovers->arena, closures ? handovers->shop : &closed_never,
			    CLOSURE_DISPATCH, from, weekdays, handovers->first,
			    handovers->today + AHEAD);
	*map_put(&handovers->calendars, str_copy(handovers->arena, key)) = days;
	return days;
}

/* `service` NULL: all orders of the profile. */
static struct orders *orders_of(struct handovers *handovers, const struct service *service,
			      struct place from, const struct handling *handling, bool make)
{
	char text[64];
	int len = snprintf(text, sizeof text, "%d %d %s", handling ? (int)handling->index : -1,
			   service ? (int)service->index : -1, service ? from.code : "");
	struct str key = { text, (size_t)len };
	struct orders *orders = map_find(&handovers->orders, key);
	if (orders || !make)
		return orders;
	struct orders *above = service ? orders_of(handovers, NULL, from, handling, true) : NULL;
	orders = arena_new(handovers->arena, sizeof *orders);
	orders->above = above;
	orders->handling = handling;
	tally_init(&orders->tally);
	*map_put(&handovers->orders, str_copy(handovers->arena, key)) = orders;
	if (handovers->last_orders)
		handovers->last_orders->next = orders;
	else
		handovers->first_orders = orders;
	handovers->last_orders = orders;
	return orders;
}

struct orders *handovers_orders(struct handovers *handovers, const struct service *service,
				struct place from, const struct handling *handling)
{
	struct orders *orders = orders_of(handovers, service, from, handling, true);
	orders->days = calendar_of(handovers, from, handling, true);
	orders->today = handovers->today;
	return orders;
}

void orders_add(struct orders *orders, int32_t ordered, int32_t shipped, double weight,
		double square)
{
	bool came = shipped != DATE_NONE && shipped < orders->today;
	int day = came ? workdays_between(orders->days, ordered, shipped)
		       : workdays_between(orders->days, ordered, orders->today) - 1;
	tally_add(&orders->tally, day, came, weight);
	orders->tally.weight += weight;
	orders->tally.squares += square;
}

static void take_mass(struct handover *handover, const struct estimate *estimate)
{
	for (int n = 0; n < PROMISE_DAYS; n++) {
		handover->mass[n] = estimate->share[n] - (n ? estimate->share[n - 1] : 0);
		handover->deviation[n] = sqrt(estimate->variance[n]);
		if (handover->mass[n] > 1e-9)
			handover->last = n;
	}
}

/* The slowest day of a profile; the order's own day without one. */
static int slowest_day(const struct handling *handling)
{
	int day = handling ? handling->days_max : 0;
	return day < 0 ? 0 : day > LAST_DAY ? LAST_DAY : day;
}

void handovers_estimate(struct handovers *handovers)
{
	for (struct orders *orders = handovers->first_orders; orders; orders = orders->next)
		if (orders->above)
			tally_sum(&orders->above->tally, &orders->tally);
	for (struct orders *orders = handovers->first_orders; orders; orders = orders->next) {
		struct estimate root;
		double strength = ESTIMATE_STRENGTH;
		if (orders->above && orders->above->tally.weight > orders->tally.weight)
			root = orders->above->estimate;
		else if (orders->handling)
			estimate_step(&root, slowest_day(orders->handling), 1);
		else {
			estimate_never(&root);
			strength = 1;
		}
		estimate_update(&orders->estimate, &orders->tally, &root, strength);
		orders->handover.measured = true;
		orders->handover.effective = tally_effective(&orders->tally);
		take_mass(&orders->handover, &orders->estimate);
	}
}

/* The first working day by which nine in ten were handed over; PROMISE_DAYS: none. */
static int measured_day(const struct estimate *counted)
{
	int day = 0;
	while (day < PROMISE_DAYS && counted->share[day] < slowest_share)
		day++;
	return day;
}

static void check_profile(const struct orders *orders, struct diag *diag)
{
	const struct handling *handling = orders->handling;
	struct estimate none, counted;
	double parcels = tally_effective(&orders->tally);
	int stated = slowest_day(handling);
	estimate_never(&none);
	estimate_update(&counted, &orders->tally, &none, 0);
	double share = counted.share[stated], kept = share * parcels;
	struct beta beta = beta_of(kept + 0.5, parcels - kept + 0.5);
	if (parcels < DOUBTED_FROM || beta_at_most(&beta, slowest_share, 0.95))
		return;
	int day = measured_day(&counted);
	if (day < PROMISE_DAYS)
		diag_warning(diag, handling->pos,
			     "profile '%.*s' says %d working days at most, but of %.0f orders only %.0f%% were "
			     "handed over by then, and 90%% within %d; write %d in 'days_max', or hand over "
			     "sooner",
			     STR(handling->profile), stated, parcels, floor(100 * share), day, day);
	else
		diag_warning(diag, handling->pos,
			     "profile '%.*s' says %d working days at most, but of %.0f orders only %.0f%% were "
			     "handed over by then, and never 90%%",
			     STR(handling->profile), stated, parcels, floor(100 * share));
}

void handovers_check(const struct handovers *handovers, struct diag *diag)
{
	for (const struct orders *orders = handovers->first_orders; orders; orders = orders->next)
		if (!orders->above && orders->handling)
			check_profile(orders, diag);
}

void handovers_find(struct handovers *handovers, const struct service *service, struct place from,
		    const struct handling *handling, struct handover *handover)
{
	const struct orders *orders = orders_of(handovers, service, from, handling, false);
	if (!orders)
		orders = orders_of(handovers, NULL, from, handling, false);
	*handover = orders ? orders->handover : (struct handover){ .last = slowest_day(handling) };
	if (!orders)
		handover->mass[handover->last] = 1;
	handover->days = calendar_of(handovers, from, handling, true);
	handover->plain = calendar_of(handovers, from, handling, false);
}
