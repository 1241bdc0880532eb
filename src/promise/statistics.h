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
 *	struct statistics *statistics = statistics_at(arena, shop, log, shop->date, NULL);
 *	const struct lane *lane = lanes_find(statistics->lanes, service, from, to, &own);
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
};

/* A peak in earlier years: only the parcels of these days count, where it holds. */
struct weeks {
	const struct season *season;
	struct validity now;
	struct validity days[SEASON_YEARS]; /* newest first */
	size_t count;
};

/* `weeks` NULL: all days, everywhere. */
struct statistics *statistics_at(struct arena *arena, const struct shop *shop,
				 const struct log *log, int32_t today, const struct weeks *weeks);

/* The profile that a parcel was handled by, NULL for none; false when there is no telling. */
bool parcel_handling(const struct shop *shop, const struct parcel *parcel,
		     const struct handling **handling);

#endif
