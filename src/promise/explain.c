/* SPDX-License-Identifier: MIT */
/*
 * A promise in, its reckoning out: what was counted and where, what it leans on and how much,
 * what handling and closures add, what drift takes off, and where the bound lies.
 */
#include "promise/bound.h"
#include "promise/door.h"
#include "promise/replay.h"

#include <math.h>

static void add_place(struct buf *out, struct place place)
{
	buf_add(out, str_is(place_str(&place), "*") ? S("everywhere else") : place_str(&place));
}

static void add_group(struct buf *out, const struct group *group)
{
	switch (group->level) {
	case LEVEL_SERVICE:
		buf_add(out, S("all of the service"));
		break;
	case LEVEL_ZONE:
		buf_addf(out, "zone %.*s", STR(group->zone->id));
		break;
	case LEVEL_COUNTRY:
		buf_add(out, S("all to "));
		add_place(out, group->to);
		break;
	case LEVEL_LANE:
		add_place(out, group->from);
		buf_add(out, S(" to "));
		add_place(out, group->to);
		break;
	}
}

static void add_counts(struct buf *out, const struct tally *tally)
{
	buf_addf(out, "%lld parcels, %lld lost or returned, %lld under way",
		 (long long)((tally->parcels_ppm + 500000) / 1000000),
		 (long long)((tally->lost_ppm + 500000) / 1000000),
		 (long long)((tally->open_ppm + 500000) / 1000000));
	if (tally->since != DATE_NONE) {
		buf_add(out, S(", "));
		date_add(out, tally->since);
		buf_add(out, S(" to "));
		date_add(out, tally->until);
	}
	buf_addf(out, "; worth %.1f of today", tally_effective(tally));
}

/* The first day on which the share is reached, as "day 12", or "no day". */
static void add_day(struct buf *out, const double *share, double level)
{
	int n = 0;
	while (n < PROMISE_DAYS && share[n] < level)
		n++;
	if (n < PROMISE_DAYS)
		buf_addf(out, "day %d", n);
	else
		buf_add(out, S("no day"));
}

static void add_days(struct buf *out, const double *share)
{
	buf_add(out, S("half by "));
	add_day(out, share, 0.5);
	buf_add(out, S(", 90% by "));
	add_day(out, share, 0.9);
}

static void add_root(struct buf *out, const struct lane *lane)
{
	int day = lanes_published_day(lane->group.service);
	if (day >= 0)
		buf_addf(out, "root: what %.*s publishes, %d%% within %d calendar days, while few "
			      "parcels are known (counts as %d)\n",
			 STR(lane->group.service->carrier), lane->group.service->on_time_percent, day,
			 PUBLISHED_STRENGTH);
	else
		buf_add(out, S("root: one parcel more that never came\n"));
}

/* The chain from the root down to the lane, each with what it leans on. */
static void add_chain(struct buf *out, const struct lane *lane)
{
	if (lane->leans_on)
		add_chain(out, lane->leans_on);
	else
		add_root(out, lane);
	add_group(out, &lane->group);
	buf_add(out, S(": "));
	add_counts(out, &lane->sum->tally);
	if (lane->leans_on) {
		buf_add(out, S("; leans on "));
		add_group(out, &lane->leans_on->group);
		buf_addf(out, " as on %d parcels", ESTIMATE_STRENGTH);
	}
	buf_add(out, S("; "));
	add_days(out, lane->sum->estimate.share);
	buf_byte(out, '\n');
}

/* How recent parcels ran, and what that does to the curves. */
static void add_pace(struct buf *out, const struct lanes *lanes, const struct service *service)
{
	const struct pace *pace = lanes_pace(lanes, service);
	double power = pace_power(pace);
	if (pace->expected <= 0)
		return;
	buf_addf(out, "of late: of the parcels of the last %d days %.1f came where %.1f were expected (%d more as "
		      "expected on both sides); half of that is taken to go on, and is in all these curves: on "
		      "each day an awaited parcel is %.1f%% %s to come\n",
		 PACE_DAYS, pace->came, pace->expected, PACE_STRENGTH, 100 * fabs(power - 1),
		 power < 1 ? "less likely" : "likelier");
}

static void add_carrier(struct buf *out, const struct promises *promises,
			const struct promise *promise, const struct lane *lane, bool own)
{
	if (!own) {
		buf_add(out, S("this lane: no parcels of its own; leans on "));
		add_group(out, &lane->group);
		buf_addf(out, ", with a spread between lanes as of %d parcels\n", ESTIMATE_STRENGTH);
	}
	const struct lane *carrier = lane_carrier(promises->shop, lane, own);
	if (!carrier) {
		buf_addf(out, "no group has the parcels a claim needs (min_parcels %d)\n",
			 promises->shop->settings.min_parcels);
		return;
	}
	buf_addf(out, "the claim rests on: %s (", pooled_name(promise->pooled));
	add_group(out, &carrier->group);
	buf_add(out, S(")\n"));
}

static void add_drift_line(struct buf *out, const struct promises *promises,
			   const struct service *service)
{
	const struct drift *drift = &promises->statistics->drifts[service->index];
	buf_addf(out, "drift from month to month: standard deviation %.1f points at half, %.1f at 90%%",
		 100 * sqrt(drift_variance(drift, 0.5)), 100 * sqrt(drift_variance(drift, 0.9)));
	if (drift->measured >= 2)
		buf_addf(out, "; measured over %d complete months\n", drift->measured);
	else
		buf_add(out, S("; usual for the post between countries, too few complete months to measure\n"));
}

static void add_handling(struct buf *out, const struct promises *promises,
			 const struct promise *promise, const struct handover *handover)
{
	buf_add(out, S("handling: "));
	if (handover->measured) {
		double share = 0, mean = 0;
		for (int n = 0; n <= handover->last; n++) {
			share += handover->mass[n];
			mean += n * handover->mass[n];
		}
		buf_addf(out, "measured from %.1f orders, %.1f working days on average",
			 handover->effective, share > 0 ? mean / share : 0);
	} else {
		buf_addf(out, "%d working days, the slowest of the profile", handover->last);
	}
	if (promise->handling)
		buf_addf(out, " (profile %.*s)", STR(promise->handling->profile));
	if (promises_shift(promises, promise->handling))
		buf_add(out, S("; from the day after, since the cut-off is past there"));
	buf_add(out, S("; averaged over orders of the seven days from "));
	date_add(out, promises->statistics->today);
	buf_byte(out, '\n');
}

/* Whether the door was counted as it is, or joined from its halves. */
static void add_door(struct buf *out, const struct promise *promise,
		     const struct standing *standing)
{
	bool own;
	const struct lane *counted = standing_from_order(standing, promise, &own);
	if (counted) {
		buf_add(out, S("to the door, counted from the order: "));
		add_counts(out, &counted->sum->tally);
		buf_add(out, S("; "));
	} else {
		buf_add(out, S("to the door, from the order: "));
	}
	add_days(out, promise->door.share);
	buf_byte(out, '\n');
	if (counted)
		add_pace(out, standing->statistics->order_lanes, promise->service);
}

static void add_closures(struct buf *out, const struct promises *promises,
			 const struct promise *promise)
{
	const struct shop *shop = promises->shop;
	int32_t first = promises->statistics->today, last = first + ORDER_DAYS + LAST_DAY;
	for (size_t i = 0; i < shop->closure_count; i++) {
		const struct closure *closure = &shop->closures[i];
		struct place place = closure->kind == CLOSURE_DISPATCH ? promise->from : promise->to;
		struct validity ahead = { first, last };
		if (!place_within(place, closure->country) ||
		    !validity_overlap(closure->days, ahead))
			continue;
		buf_addf(out, "closed: %s in %s, %.*s, from ",
			 closure->kind == CLOSURE_DISPATCH ? "dispatch" : "delivery",
			 closure->country.code, STR(closure->name.plain));
		date_add(out, closure->days.from != DATE_NONE ? closure->days.from : first);
		buf_add(out, S(" to "));
		date_add(out, closure->days.to != DATE_NONE ? closure->days.to : last);
		buf_byte(out, '\n');
	}
}

static void add_claims(struct buf *out, const struct promises *promises,
		       const struct promise *promise)
{
	static const int levels[CLAIM_LEVELS] = { 50, 80, 90, 95 };
	if (promise->pooled == POOLED_PUBLISHED)
		buf_addf(out, "claims: as %.*s publishes them, after handling:",
			 STR(promise->published));
	else
		buf_addf(out, "claims, held with confidence %d%%, rounded down:",
			 promises->shop->settings.confidence_percent);
	for (int i = 0; i < CLAIM_LEVELS; i++) {
		int day = promise->door.claim_days[i];
		if (day < 0)
			buf_addf(out, " %d%% by no day", levels[i]);
		else
			buf_addf(out, " %d%% within %d days (best estimate there %.1f%%)", levels[i], day,
				 100 * promise->door.share[day]);
		buf_byte(out, i + 1 < CLAIM_LEVELS ? ',' : '\n');
	}
}

static void add_weeks(struct buf *out, const struct weeks *weeks, int32_t since)
{
	for (size_t i = 0; i < weeks->count && weeks->days[i].to >= since; i++) {
		buf_add(out, i ? S(", ") : S(" "));
		date_add(out, weeks->days[i].from);
		buf_add(out, S(" to "));
		date_add(out, weeks->days[i].to);
	}
}

/* What the peaks of the coming days are known from, and what they do to the claims. */
static void add_peaks(struct buf *out, const struct promises *promises,
		      const struct promise *promise)
{
	struct standing standing;
	const struct statistics *all = promises->statistics;
	for (size_t at = 0; promises_next_peak(promises, promise, &at, &standing); at++) {
		const struct weeks *weeks = &promises->peaks.of[at].weeks;
		buf_addf(out, "peak: %.*s, ", STR(weeks->season->name.plain));
		date_add(out, weeks->now.from);
		buf_add(out, S(" to "));
		date_add(out, weeks->now.to);
		if (!standing.carrier) {
			buf_addf(out, "; too few parcels of earlier years' same weeks, so the drift counts "
				      "%d times\n", DRIFT_IN_PEAK);
			continue;
		}
		buf_add(out, S("; the same weeks of earlier years,"));
		add_weeks(out, weeks, all->today - promises->shop->settings.history_days);
		buf_add(out, S(": "));
		add_group(out, &standing.carrier->group);
		buf_add(out, S(" with "));
		add_counts(out, &standing.carrier->sum->tally);
		buf_add(out, S("; "));
		add_days(out, standing.carrier->sum->estimate.share);
		buf_add(out, S("; the worse of both is claimed\n"));
	}
}

/* Levels that are read higher, because promises read at them were not kept. */
static void add_levels(struct buf *out, const struct promises *promises,
		       const struct promise *promise)
{
	static const int claimed[] = { 50, 80, 90, 95 };
	bool any = false;
	for (int i = 0; promises->levels && i < CLAIM_LEVELS; i++) {
		int read = levels_read_at(&promises->levels[promise->service->index], claimed[i]);
		if (read == claimed[i])
			continue;
		buf_addf(out, any ? ", " : "earlier promises fell short: ");
		if (read < 100)
			buf_addf(out, "%d%% is said where %d%% was reckoned", claimed[i], read);
		else
			buf_addf(out, "%d%% is not said", claimed[i]);
		any = true;
	}
	if (any)
		buf_byte(out, '\n');
}

void promise_explain(struct promises *promises, const struct promise *promise, struct buf *out)
{
	struct handover handover;
	struct standing standing;
	pthread_mutex_lock(&promises->lock);
	standing_find(&standing, promises->shop, promises->statistics, promise);
	handovers_find(promises->statistics->handovers, promise->service, promise->from,
		       promise->handling, &handover);
	pthread_mutex_unlock(&promises->lock);
	if (standing.lane) {
		add_chain(out, standing.lane);
		add_pace(out, promises->statistics->lanes, promise->service);
		add_carrier(out, promises, promise, standing.lane, standing.own);
	} else {
		buf_add(out, S("no parcel of this service has been counted\n"));
	}
	if (standing.ranged)
		buf_addf(out, "counted in ranges of days: what is claimed must also hold with confidence %g%% "
			      "against chance and the spread between lanes; count single days to claim more\n",
			 100 * BOUND_SURE);
	if (promise->pooled <= POOLED_SERVICE) {
		add_drift_line(out, promises, promise->service);
		add_peaks(out, promises, promise);
		buf_add(out, S("transit, from hand-over: "));
		add_days(out, promise->transit.share);
		buf_byte(out, '\n');
	}
	add_handling(out, promises, promise, &handover);
	add_closures(out, promises, promise);
	if (promise->pooled == POOLED_NONE) {
		buf_add(out, S("claims: none; nothing is known that could carry one\n"));
		return;
	}
	if (promise->pooled != POOLED_PUBLISHED) {
		add_door(out, promise, &standing);
		add_levels(out, promises, promise);
	}
	add_claims(out, promises, promise);
}
