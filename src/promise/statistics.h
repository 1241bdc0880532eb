/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PROMISE_STATISTICS_H
#define UPFRONT_PROMISE_STATISTICS_H

/*
 * statistics - all that was counted, as it was known on one day.
 *
 * Counts the log and ontime.csv into lanes, drift and hand-over. Old parcels weigh less (half
 * after half_life_days) and leave after history_days. Standing on an earlier day than the build's, what
 * came later is not known yet: parcels that came or were lost since are still open.
 *
 *	struct statistics *statistics = statistics_new(arena, shop, shop->date, NULL);
 *	statistics_count(statistics, log);	// while the log is read, as often as it hands on parcels
 *	statistics_settle(statistics, log);	// once, at its end
 *	const struct lane *lane = lanes_find(statistics->lanes, service, from, to, &own);
 *	statistics_free(statistics);
 *
 * Until they are settled, the counts of a route wait packed: some kilobytes, however many parcels
 * were counted. In the same order of counting the same sums.
 */

#include "promise/drift.h"
#include "promise/handover.h"
#include "promise/lanes.h"
#include "shop/season.h"

struct statistics {
	int32_t today;
	struct lanes *lanes;	   /* counted from the hand-over */
	struct lanes *order_lanes; /* counted from the order, where the log has it */
	struct drift *drifts;	    /* by service, counted from the hand-over */
	struct drift *order_drifts; /* counted from the order; without months where none is known */
	struct handovers *handovers;
	int64_t old_ppm; /* parcels left out because they are older than history_days */
	struct counting *counting; /* what is only needed to count; NULL once settled */
};

/* A peak in earlier years: only the parcels of these days count, where it holds. */
struct weeks {
	const struct season *season;
	struct validity now;
	struct validity days[SEASON_YEARS]; /* newest first */
	size_t count;
};

/* Nothing is counted yet. `weeks` NULL: all days, everywhere; else they live as long. */
struct statistics *statistics_new(struct arena *arena, const struct shop *shop, int32_t today,
				  const struct weeks *weeks);

/* Counts the parcels that the log holds; they may be forgotten then. */
void statistics_count(struct statistics *statistics, const struct log *log);

/* Counts those left at the log's end and ontime.csv, and works out all curves. */
void statistics_settle(struct statistics *statistics, const struct log *log);

/* Gives back what waits packed; the rest is the arena's. Once settled there is nothing. */
void statistics_free(struct statistics *statistics);

/* The profile that a parcel was handled by, NULL for none; false when there is no telling. */
bool parcel_handling(const struct shop *shop, const struct parcel *parcel,
		     const struct handling **handling);

#endif
