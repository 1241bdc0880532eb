/* SPDX-License-Identifier: MIT */
/*
 * Parcels and counted rows in, filled trees out. Every parcel is counted once for its route;
 * routes are then added to the groups that hold them, so a million parcels cost little more than
 * reading them.
 */
#include "promise/statistics.h"

#include <math.h>

#include "promise/counts.h"

/* What is known of a parcel, or of a counted row, on some day. */
struct sighting {
	int day;   /* from its beginning: came on it, or watched through it; below 0: not at all */
	bool came;
	bool lost; /* lost, returned, or silent for longer than the last day */
	bool open;
};

struct counting {
	struct arena *arena;
	const struct shop *shop;
	struct statistics *statistics;
	struct counts shipped, ordered; /* of the route in hand */
	struct orders **orders; /* of the same, by profile */
	double *decay; /* by age in days */
	int *months;   /* drift's numbers, by age in days */
	int32_t history;
	bool looking_back;
	const struct weeks *weeks; /* NULL: all days count */
	struct packed packed;
};

/* Do parcels of a way that begin on one of these days count? The greater part of a month must. */
static bool in_weeks(const struct weeks *weeks, int32_t first, int32_t last)
{
	int32_t days = 0;
	for (size_t i = 0; weeks && i < weeks->count; i++) {
		int32_t from = weeks->days[i].from > first ? weeks->days[i].from : first;
		int32_t to = weeks->days[i].to < last ? weeks->days[i].to : last;
		days += to >= from ? to - from + 1 : 0;
	}
	return !weeks || 2 * days > last - first + 1;
}

static bool on_the_way_of(const struct weeks *weeks, struct place from, struct place to)
{
	return !weeks || season_covers(weeks->season, from, to);
}

/* What is known on `today` of a parcel that has begun; looking back, what was written off later is still open. */
static struct sighting parcel_seen(const struct parcel *parcel, int32_t begun, int32_t today,
				   bool looking_back)
{
	struct sighting seen = { .day = today - 1 - begun }; /* the last day that has fully ended */
	bool written_off = parcel->status == PARCEL_LOST || parcel->status == PARCEL_RETURNED;
	if (parcel->delivered != DATE_NONE && parcel->delivered < today && !written_off) {
		seen.day = parcel->delivered - begun;
		seen.came = true;
	} else if ((written_off && !looking_back) || seen.day > LAST_DAY) {
		seen.day = LAST_DAY;
		seen.lost = true;
	} else {
		seen.open = written_off || parcel->delivered == DATE_NONE || parcel->delivered > today;
	}
	return seen;
}

bool parcel_handling(const struct shop *shop, const struct parcel *parcel,
		     const struct handling **handling)
{
	bool told = parcel->profile != PROFILE_NOT_NAMED && parcel->profile != PROFILE_LOST;
	*handling = told ? &shop->handlings[parcel->profile - 1]
			 : shop->handling_count ? &shop->handlings[0] : NULL;
	return told || shop->handling_count <= 1;
}

/* A row that stands for less than one parcel is one sighting of little weight. */
static double square_of(double parcels, double decay)
{
	return (parcels < 1 ? parcels * parcels : parcels) * decay * decay;
}

static int32_t month_of(int32_t date)
{
	int year, month, day;
	date_civil(date, &year, &month, &day);
	return date - day + 1;
}

/* Counts into a route's tally what `ppm` parcels of the same fate are. */
static void count_seen(struct tally *tally, const struct sighting *seen, int64_t ppm, double decay)
{
	double parcels = (double)ppm / 1e6;
	tally_add(tally, seen->day, seen->came, parcels * decay);
	tally->weight += parcels * decay;
	tally->squares += square_of(parcels, decay);
	tally->parcels_ppm += ppm;
	tally->lost_ppm += seen->lost ? ppm : 0;
	tally->open_ppm += seen->open ? ppm : 0;
}

static void widen(struct tally *tally, int32_t since, int32_t until)
{
	if (tally->since == DATE_NONE || since < tally->since)
		tally->since = since;
	if (until > tally->until)
		tally->until = until;
}

static void count_handover(struct counting *c, const struct parcel *parcel,
			   const struct route *route, const struct handling *handling)
{
	double parcels = parcel->row_ppm / 1e6;
	double decay = c->decay[c->statistics->today - parcel->ordered];
	size_t profile = handling ? handling->index + 1 : 0;
	struct orders **orders = &c->orders[profile];
	if (!*orders)
		*orders = handovers_orders(c->statistics->handovers, route->service, route->from, handling);
	orders_add(*orders, parcel->ordered, parcel->shipped, parcels * decay,
		   square_of(parcels, decay));
}

/* Counts a parcel from one of its beginnings, today or earlier; false when that is too long ago. */
static bool count_from(struct counting *c, struct counts *counts, struct drift *drift,
		       const struct parcel *parcel, int32_t begun)
{
	int32_t age = c->statistics->today - begun;
	if (age > c->history || (c->weeks && !in_weeks(c->weeks, begun, begun)))
		return false;
	struct sighting seen = parcel_seen(parcel, begun, c->statistics->today, c->looking_back);
	count_seen(&counts->tally, &seen, parcel->row_ppm, c->decay[age]);
	widen(&counts->tally, begun, begun);
	counts->rows++;
	if (age <= PACE_DAYS && !c->weeks) {
		recent_add(&counts->recent, seen.day, seen.came, parcel->row_ppm / 1e6);
		counts->recent_rows++;
	}
	drift_add(drift, c->months[age], seen.day, seen.came, parcel->row_ppm / 1e6);
	return true;
}

static void count_parcel(struct counting *c, const struct parcel *parcel, const struct route *route)
{
	struct statistics *statistics = c->statistics;
	const struct handling *handling;
	size_t service = route->service->index;
	if (!parcel->row_ppm)
		return;
	if (parcel->ordered != DATE_NONE && parcel->ordered < statistics->today &&
	    parcel_handling(c->shop, parcel, &handling) &&
	    count_from(c, &c->ordered, &statistics->order_drifts[service], parcel, parcel->ordered))
		count_handover(c, parcel, route, handling);
	if (parcel->shipped != DATE_NONE && parcel->shipped <= statistics->today &&
	    !count_from(c, &c->shipped, &statistics->drifts[service], parcel, parcel->shipped))
		statistics->old_ppm += parcel->row_ppm;
}

static void add_counts(struct lanes *lanes, const struct route *route, const struct counts *counts)
{
	if (counts->rows)
		lanes_add(lanes, route, &counts->tally, counts->rows,
			  counts->recent_rows ? &counts->recent : NULL);
}

/* Goes on where the route's counts stood when parcels were last handed on. */
static void start_route(struct counting *c, size_t route)
{
	packed_get(&c->packed, route, &c->shipped, &c->ordered);
	for (size_t i = 0; i <= c->shop->handling_count; i++)
		c->orders[i] = NULL;
}

static void end_route(struct counting *c, const struct route *route, const struct log *log)
{
	if (!on_the_way_of(c->weeks, route->from, route->to))
		return;
	add_counts(c->statistics->lanes, route, &c->shipped);
	if (log->has_orders)
		add_counts(c->statistics->order_lanes, route, &c->ordered);
}

/* Counts all parcels that are held; the routes' counts are packed, or added to the lanes. */
static void count_log(struct counting *c, const struct log *log, struct packed *packed)
{
	size_t i = 0;
	for (size_t route = 0; route < log->route_count; route++) {
		start_route(c, route);
		for (; i < log->count && log_parcel(log, i)->route == route; i++)
			count_parcel(c, log_parcel(log, i), &log->routes[route]);
		if (packed)
			packed_add(packed, &c->shipped, &c->ordered);
		else
			end_route(c, &log->routes[route], log);
	}
}

static int32_t end_of_month(int32_t first)
{
	return month_of(first + 31) - 1;
}

/*
 * What a counted row says. A bucket goes to its upper edge; an open one was watched through the
 * day before it; parcels under way that nobody watched have been so since their month ended, or
 * never came when no month is named.
 */
static struct sighting row_seen(const struct ontime *row, int32_t today)
{
	struct sighting seen = { .day = LAST_DAY };
	int32_t idle = row->period == DATE_NONE ? LAST_DAY + 1 : today - 1 - end_of_month(row->period);
	if (row->status == PARCEL_LOST || row->status == PARCEL_RETURNED) {
		seen.lost = true;
		return seen;
	}
	bool came = row->status == PARCEL_DELIVERED;
	seen.day = row->days_max < 0 ? row->days_min - 1 : row->days_max;
	seen.came = came && row->days_max >= 0;
	if (came)
		return seen;
	if (row->days_max == 0)
		seen.day = idle;
	seen.lost = row->period != DATE_NONE && idle > LAST_DAY;
	seen.open = !seen.lost;
	if (seen.lost)
		seen.day = LAST_DAY;
	return seen;
}

/* Looking back, a month's counts are known once its slow parcels have come: two months later. */
static bool row_counts(const struct counting *c, const struct ontime *row)
{
	int32_t today = c->statistics->today;
	if (row->status == PARCEL_CANCELLED || row->parcels_ppm <= 0)
		return false;
	if (c->weeks && (row->period == DATE_NONE ||
			 !in_weeks(c->weeks, row->period, end_of_month(row->period))))
		return false;
	if (today == c->shop->date)
		return row->period == DATE_NONE || row->period <= today;
	return row->period != DATE_NONE && end_of_month(row->period) + DRIFT_OLD_ENOUGH <= today;
}

static bool count_row(struct counting *c, struct tally *tally, const struct ontime *row)
{
	int32_t today = c->statistics->today, age = 0, until = today;
	if (!row_counts(c, row))
		return false;
	if (row->period != DATE_NONE && end_of_month(row->period) < today)
		until = end_of_month(row->period);
	age = today - until;
	if (age > c->history) {
		c->statistics->old_ppm += row->parcels_ppm;
		return false;
	}
	struct sighting seen = row_seen(row, today);
	count_seen(tally, &seen, row->parcels_ppm, c->decay[age]);
	if (seen.came && row->days_min < row->days_max)
		tally->ranged += (double)row->parcels_ppm / 1e6 * c->decay[age];
	if (row->period == DATE_NONE)
		return true;
	widen(tally, row->period, until);
	drift_add(&c->statistics->drifts[row->service->index], drift_month(row->period), seen.day, seen.came,
		  (double)row->parcels_ppm / 1e6);
	return true;
}

static bool same_route(const struct ontime *a, const struct ontime *b)
{
	return a->service == b->service && a->zone == b->zone && place_equal(a->place, b->place) &&
	       place_equal(a->from, b->from);
}

/* Rows of one lane stand together as a rule: they are added to the groups together. */
static void count_rows(struct counting *c)
{
	const struct shop *shop = c->shop;
	for (size_t i = 0; i < shop->ontime_count;) {
		const struct ontime *first = &shop->ontimes[i];
		struct route route = { .service = first->service, .from = first->from,
				       .to = first->place, .zone = first->zone };
		struct tally tally;
		int64_t rows = 0;
		tally_init(&tally);
		for (; i < shop->ontime_count && same_route(first, &shop->ontimes[i]); i++)
			rows += count_row(c, &tally, &shop->ontimes[i]);
		if (!route.from.code[0])
			route.from = first->service->ships_from;
		if (rows && on_the_way_of(c->weeks, route.from, route.to))
			lanes_add(c->statistics->lanes, &route, &tally, rows, NULL);
	}
}

static void start_months(struct drift **drifts, const struct counting *c)
{
	int32_t today = c->statistics->today;
	*drifts = arena_array(c->arena, c->shop->service_count + 1, sizeof **drifts);
	for (size_t i = 0; i < c->shop->service_count; i++)
		drift_init(&(*drifts)[i], c->arena, today - c->history - 31, today);
}

/* What is counted from the order. */
static void start_orders(const struct counting *c)
{
	struct statistics *statistics = c->statistics;
	start_months(&statistics->order_drifts, c);
	statistics->handovers =
		handovers_new(c->arena, c->shop, statistics->today - c->history, statistics->today);
}

struct statistics *statistics_new(struct arena *arena, const struct shop *shop, int32_t today,
				  const struct weeks *weeks)
{
	struct statistics *statistics = arena_new(arena, sizeof *statistics);
	struct counting *c = arena_new(arena, sizeof *c);
	*c = (struct counting){ .arena = arena, .shop = shop, .statistics = statistics, .weeks = weeks };
	packed_init(&c->packed, 0);
	c->history = shop->settings.history_days;
	c->decay = arena_array(arena, (size_t)c->history + 1, sizeof *c->decay);
	c->months = arena_array(arena, (size_t)c->history + 1, sizeof *c->months);
	c->orders = arena_array(arena, shop->handling_count + 1, sizeof *c->orders);
	for (int32_t age = 0; age <= c->history; age++)
		c->months[age] = drift_month(today - age);
	for (int32_t age = 0; age <= c->history; age++)
		c->decay[age] = exp2(-(double)age / shop->settings.half_life_days);
	*statistics = (struct statistics){ .today = today, .counting = c };
	start_months(&statistics->drifts, c);
	start_orders(c);
	return statistics;
}

void statistics_count(struct statistics *statistics, const struct log *log)
{
	struct counting *c = statistics->counting;
	struct packed packed;
	packed_init(&packed, log->route_count);
	c->looking_back = statistics->today != c->shop->date;
	count_log(c, log, &packed);
	packed_release(&c->packed);
	c->packed = packed;
}

void statistics_settle(struct statistics *statistics, const struct log *log)
{
	struct counting *c = statistics->counting;
	const struct shop *shop = c->shop;
	int32_t today = statistics->today;
	c->looking_back = log->beyond || today != shop->date;
	statistics->lanes = lanes_new(c->arena, shop);
	statistics->order_lanes = lanes_new(c->arena, shop);
	count_log(c, log, NULL);
	statistics_free(statistics);
	if (!log->has_orders) /* orders that wait, and nothing to tell for how long */
		start_orders(c);
	count_rows(c);
	lanes_estimate(statistics->lanes);
	lanes_estimate(statistics->order_lanes);
	handovers_estimate(statistics->handovers);
	for (size_t i = 0; i < shop->service_count; i++) {
		drift_settle(&statistics->drifts[i], today);
		drift_settle(&statistics->order_drifts[i], today);
	}
}

void statistics_free(struct statistics *statistics)
{
	if (statistics->counting)
		packed_release(&statistics->counting->packed);
	statistics->counting = NULL;
}
