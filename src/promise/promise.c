/* SPDX-License-Identifier: MIT */
/*
 * Statistics in, promises out, one at a time. A promise is worked out under the lock when it is
 * first asked for; its numbers come from the statistics alone, so it does not matter who asks
 * first.
 */
#include "promise/promise.h"

#include <string.h>

#include "base/hash.h"
#include "base/map.h"
#include "promise/bound.h"
#include "promise/door.h"
#include "promise/inside.h"

enum {
	LANE_LEAST = 10,  /* effective parcels below which a lane's own counts carry nothing */
	ABOVE_LEAST = 30, /* what a coarser group must have to stand in for such a lane */
	ORDERS_TENTHS = 9, /* of a lane's parcels must have an order's day, to count from it */
	DAY_MINUTES = 24 * 60
};

const char *pooled_name(enum pooled pooled)
{
	static const char *const names[] = { "lane", "country", "zone", "service", "published",
					     "none" };
	return names[pooled];
}

/*
 * Day 0 is the shop's day of an order placed before the cut-off. Where the warehouse is a day
 * ahead of the shop at that moment, handling starts on its next day; it never starts earlier.
 */
int promises_shift(const struct promises *promises, const struct handling *handling)
{
	struct str shop_zone = promises->shop->settings.timezone;
	if (!promises->offset || !handling || !handling->timezone.len || !shop_zone.len ||
	    str_equal(handling->timezone, shop_zone))
		return 0;
	int32_t today = promises->statistics->today;
	int ahead = promises->offset(handling->timezone, today) - promises->offset(shop_zone, today);
	if (handling->cutoff < 0) /* the last minute of the shop's day, on the warehouse's clock */
		return DAY_MINUTES - 1 + ahead >= DAY_MINUTES;
	return handling->cutoff - 1 - ahead < 0; /* the last minute before the cut-off, on the shop's */
}

const struct lane *lane_carrier(const struct shop *shop, const struct lane *lane, bool own)
{
	double least = shop->settings.min_parcels;
	double counted = lane && own ? tally_effective(&lane->sum->tally) : 0;
	if (least < LANE_LEAST)
		least = LANE_LEAST;
	if (counted >= least)
		return lane;
	if (counted < LANE_LEAST && least < ABOVE_LEAST)
		least = ABOVE_LEAST;
	for (lane = lane && own ? lane->leans_on : lane; lane; lane = lane->leans_on)
		if (tally_effective(&lane->sum->tally) >= least)
			return lane;
	return NULL;
}

static enum pooled pooled_of(const struct lane *carrier, const struct lane *lane, bool own)
{
	static const enum pooled by_level[] = { POOLED_SERVICE, POOLED_ZONE, POOLED_COUNTRY,
						POOLED_COUNTRY };
	if (carrier == lane && own)
		return POOLED_LANE;
	return by_level[carrier->group.level];
}

static double confidence(const struct promises *promises)
{
	return promises->shop->settings.confidence_percent / 100.0;
}

/* Parcels counted in ranges of days claim only what chance and the spread between lanes cannot undo. */
static void be_sure(struct curve *curve, const struct estimate *estimate)
{
	uint8_t sure[PROMISE_DAYS];
	bound_claims(sure, estimate->share, estimate->variance, BOUND_SURE);
	for (int n = 0; n < PROMISE_DAYS; n++)
		if (sure[n] < curve->claim[n])
			curve->claim[n] = sure[n];
}

/* Bounds a curve: a claim must bear what is not known, and what will change. */
static void bound(const struct promises *promises, const struct standing *standing,
		  const struct drift *drift, const struct estimate *estimate, bool claim,
		  struct curve *curve)
{
	double variance[PROMISE_DAYS];
	memset(curve, 0, sizeof *curve);
	memcpy(curve->share, estimate->share, sizeof curve->share);
	if (!claim || !standing->carrier)
		return;
	for (int n = 0; n < PROMISE_DAYS; n++)
		variance[n] = estimate->variance[n] +
			      standing->drift * drift_variance(drift, estimate->share[n]);
	bound_claims(curve->claim, curve->share, variance, confidence(promises));
	if (standing->ranged)
		be_sure(curve, estimate);
}

/* The transit of a lane is the same for all profiles: it is bounded once and kept. */
static const struct curve *transit_of(struct promises *promises, const struct standing *standing,
				      const struct drift *drift, const struct estimate *estimate)
{
	size_t at = 4 * standing->lane->index + (standing->drift > 1 ? 2 : 0) + standing->own;
	struct curve **kept = &promises->transits[at];
	if (!*kept) {
		*kept = arena_new(&promises->memory, sizeof **kept);
		bound(promises, standing, drift, estimate, !promises->door_alone, *kept);
	}
	return *kept;
}

/* The carrier's own figure from its day on, at the worst of the weekdays; nothing before. */
static void publish_step(struct curve *curve, int day, int percent)
{
	memset(curve, 0, sizeof *curve);
	for (int n = day; n < PROMISE_DAYS; n++) {
		curve->share[n] = percent / 100.0;
		curve->claim[n] = (uint8_t)(percent < CLAIM_MOST ? percent : CLAIM_MOST);
	}
	bound_days(curve);
}

static bool take_published(struct promise *promise, const struct door *door)
{
	const struct service *service = promise->service;
	int day = lanes_published_day(service);
	if (day < 0 || day > LAST_DAY)
		return false;
	int handling = promise->handling && promise->handling->days_max > 0 ? promise->handling->days_max
									    : 0;
	promise->pooled = POOLED_PUBLISHED;
	promise->published = service->carrier;
	publish_step(&promise->transit, day, service->on_time_percent);
	publish_step(&promise->door, door_worst_day(door, handling, day), service->on_time_percent);
	return true;
}

static void take_counts(struct promise *promise, const struct standing *standing)
{
	const struct tally *counts = &standing->lane->sum->tally;
	if (standing->own) {
		promise->parcels = (counts->parcels_ppm + 500000) / 1000000;
		promise->lost = (counts->lost_ppm + 500000) / 1000000;
		promise->open = (counts->open_ppm + 500000) / 1000000;
	} else if (standing->carrier) {
		counts = &standing->carrier->sum->tally;
	}
	promise->since = counts->since;
	promise->until = counts->until;
}

void standing_find(struct standing *standing, const struct shop *shop,
		   const struct statistics *statistics, const struct promise *promise)
{
	*standing = (struct standing){ .statistics = statistics, .drift = 1 };
	standing->lane = lanes_find(statistics->lanes, promise->service, promise->from, promise->to,
				    &standing->own);
	standing->carrier = lane_carrier(shop, standing->lane, standing->own);
	for (const struct lane *lane = standing->lane; lane; lane = lane->leans_on)
		standing->ranged |= 2 * lane->sum->tally.ranged > lane->sum->tally.weight;
}

bool promises_next_peak(const struct promises *promises, const struct promise *promise, size_t *at,
			struct standing *standing)
{
	for (; *at < promises->peaks.count; (*at)++) {
		const struct peak *peak = &promises->peaks.of[*at];
		if (!season_covers(peak->weeks.season, promise->from, promise->to))
			continue;
		standing_find(standing, promises->shop, peak->statistics, promise);
		return true;
	}
	return false;
}

const struct lane *standing_from_order(const struct standing *standing,
				       const struct promise *promise, bool *own)
{
	const struct lane *counted = lanes_find(standing->statistics->order_lanes, promise->service,
						promise->from, promise->to, own);
	int64_t least = standing->lane->sum->tally.parcels_ppm * ORDERS_TENTHS;
	return counted && counted->sum->tally.parcels_ppm * 10 >= least ? counted : NULL;
}

/* The curve of a group for the lane asked about. */
static void take_estimate(struct estimate *estimate, const struct lane *lane, bool own)
{
	if (own)
		*estimate = lane->sum->estimate;
	else
		lane_unseen(lane, estimate);
}

/* Bounded curves from hand-over and from order. What drifts is known from all weeks alone. */
static void read_curves(struct promises *promises, const struct promise *promise,
			const struct standing *standing, const struct door *door,
			struct curve *transit, struct curve *to_door)
{
	const struct statistics *all = promises->statistics;
	const struct drift *drift = &all->drifts[promise->service->index];
	struct estimate estimate, joined;
	bool own;
	take_estimate(&estimate, standing->lane, standing->own);
	if (standing->statistics == all)
		*transit = *transit_of(promises, standing, drift, &estimate);
	else
		bound(promises, standing, drift, &estimate, !promises->door_alone, transit);
	const struct lane *counted = standing_from_order(standing, promise, &own);
	if (counted) {
		take_estimate(&joined, counted, own);
		drift = &all->order_drifts[promise->service->index];
		if (door_has_closures(door))
			door_delay(&joined, door, &estimate);
	} else {
		door_estimate(&joined, door, &estimate);
	}
	bound(promises, standing, drift, &joined, !promises->transit_alone, to_door);
}

static void take_worse(struct curve *curve, const struct curve *other)
{
	for (int n = 0; n < PROMISE_DAYS; n++) {
		if (other->share[n] < curve->share[n])
			curve->share[n] = other->share[n];
		if (other->claim[n] < curve->claim[n])
			curve->claim[n] = other->claim[n];
	}
}

/* In a peak: the worse of all weeks and of its own in earlier years. */
static void take_peaks(struct promises *promises, struct promise *promise, const struct door *door)
{
	struct standing standing;
	for (size_t at = 0; promises_next_peak(promises, promise, &at, &standing); at++) {
		struct curve transit, to_door;
		if (!standing.carrier)
			continue;
		read_curves(promises, promise, &standing, door, &transit, &to_door);
		take_worse(&promise->transit, &transit);
		take_worse(&promise->door, &to_door);
	}
}

/* Names the peak that the lane is in, rather one of which no earlier year is known. */
static void find_peak(const struct promises *promises, struct promise *promise)
{
	struct standing standing;
	promise->peak_known = true;
	for (size_t at = 0; promises_next_peak(promises, promise, &at, &standing); at++) {
		if (promise->peak && (standing.carrier || !promise->peak_known))
			continue;
		promise->peak = promises->peaks.of[at].weeks.season;
		promise->peak_known = standing.carrier != NULL;
	}
	promise->peak_known = promise->peak && promise->peak_known;
}

static void publish(const struct promises *promises, const struct promise *promise,
		    struct curve *curve)
{
	for (int n = 0; promises->levels && n < PROMISE_DAYS; n++)
		curve->claim[n] = promises->levels[promise->service->index].published[curve->claim[n]];
	bound_days(curve);
}

static void take_curves(struct promises *promises, struct promise *promise,
			struct standing *standing, const struct door *door)
{
	take_counts(promise, standing);
	if (!standing->carrier && take_published(promise, door))
		return;
	promise->pooled = standing->carrier ? pooled_of(standing->carrier, standing->lane, standing->own)
					    : POOLED_NONE;
	if (standing->carrier)
		find_peak(promises, promise);
	if (promise->peak && !promise->peak_known)
		standing->drift = DRIFT_IN_PEAK;
	read_curves(promises, promise, standing, door, &promise->transit, &promise->door);
	if (standing->carrier) {
		promise->loss_ppm = (int64_t)(1e6 * (1 - promise->transit.share[LAST_DAY]) + 0.5);
		take_peaks(promises, promise, door);
	}
	publish(promises, promise, &promise->transit);
	publish(promises, promise, &promise->door);
}

static void no_claims(struct promise *promise)
{
	bound_days(&promise->transit);
	bound_days(&promise->door);
}

static uint64_t hash_of(const struct promise *promise)
{
	uint64_t hash = 0;
	const struct curve *curves[] = { &promise->transit, &promise->door };
	for (int i = 0; i < 2; i++) {
		struct str share = { (const char *)curves[i]->share, sizeof curves[i]->share };
		struct str claim = { (const char *)curves[i]->claim, sizeof curves[i]->claim };
		hash = hash_str(claim, hash_str(share, hash));
	}
	int64_t numbers[] = { promise->parcels, promise->lost,	 promise->open,	    promise->since,
			      promise->until,	promise->pooled, promise->loss_ppm, promise->peak_known };
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		hash = hash_number((uint64_t)numbers[i], hash);
	if (promise->peak)
		hash = hash_str(promise->peak->name.plain, hash);
	return hash_str(promise->published, hash);
}

/* The open days of a destination, kept for all lanes that lead there. */
static const struct arrivals *arrivals_at(struct promises *promises, struct place to)
{
	struct arrivals *arrivals = map_find(&promises->arrivals, place_str(&to));
	if (!arrivals) {
		arrivals = arrivals_new(&promises->memory, promises->shop, to, promises->statistics->today);
		*map_put(&promises->arrivals, str_copy(&promises->memory, place_str(&to))) = arrivals;
	}
	return arrivals;
}

static void work_out(struct promises *promises, struct promise *promise)
{
	struct handover handover;
	struct standing standing;
	standing_find(&standing, promises->shop, promises->statistics, promise);
	handovers_find(promises->statistics->handovers, promise->service, promise->from,
		       promise->handling, &handover);
	struct door door = { .handover = &handover, .arrivals = arrivals_at(promises, promise->to),
			     .today = promises->statistics->today,
			     .shift = promises_shift(promises, promise->handling) };
	promise->pooled = POOLED_NONE;
	promise->loss_ppm = -1;
	promise->since = promise->until = DATE_NONE;
	if (standing.lane)
		take_curves(promises, promise, &standing, &door);
	else if (!take_published(promise, &door))
		no_claims(promise);
	promise->hash = hash_of(promise);
}

/* What a promise is kept under; bytes behind the codes are zero. */
struct promise_key {
	uint32_t service, handling;
	char to[8], from[8];
};

static void set_code(char code[8], struct place place)
{
	memset(code, 0, 8);
	for (int i = 0; i < 8 && place.code[i]; i++)
		code[i] = place.code[i];
}

const struct promise *promise_get(struct promises *promises, const struct service *service,
				  struct place to, struct place from,
				  const struct handling *handling)
{
	struct promise_key key = { .service = (uint32_t)service->index,
				   .handling = handling ? (uint32_t)handling->index : UINT32_MAX };
	struct str text = { (const char *)&key, sizeof key };
	set_code(key.to, to);
	set_code(key.from, from);
	pthread_mutex_lock(&promises->lock);
	struct promise *promise = map_find(&promises->kept, text);
	if (!promise) {
		promise = arena_new(&promises->memory, sizeof *promise);
		promise->service = service;
		promise->to = to;
		promise->from = from;
		promise->handling = handling;
		work_out(promises, promise);
		*map_put(&promises->kept, str_copy(&promises->memory, text)) = promise;
	}
	pthread_mutex_unlock(&promises->lock);
	return promise;
}

double promise_waiting(const struct promise *promise, int waited, int days)
{
	const double *share = promise->door.share;
	bool known = promise->pooled <= POOLED_SERVICE;
	if (!known || waited > LAST_DAY)
		return -1;
	double before = waited < 0 ? 0 : share[waited];
	if (days <= waited || days < 0)
		return 0;
	double there = share[days > LAST_DAY ? LAST_DAY : days];
	return before < 1 ? (there - before) / (1 - before) : -1;
}

int promise_waiting_percent(const struct promise *promise, int waited, int days)
{
	double share = promise_waiting(promise, waited, days);
	int percent = (int)(100 * share + 1e-9); /* 0.29 * 100 is a little less than 29 */
	return share < 0 ? -1 : percent > CLAIM_MOST ? CLAIM_MOST : percent;
}
