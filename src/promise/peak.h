/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PROMISE_PEAK_H
#define UPFRONT_PROMISE_PEAK_H

/*
 * peak - the seasons that orders of the coming days fall into, and what earlier ones were like.
 *
 * For each season of seasons.csv that is on in the seven days of order, the same weeks of earlier
 * years are counted by themselves: lanes, zones and services with nothing but their parcels.
 * Whether that is enough to stand on is asked of a lane as ever; where it is not, the peak is
 * not known and drift counts DRIFT_IN_PEAK times.
 *
 *	peaks_find(&peaks, arena, shop, today);
 *	peaks_count(&peaks, log);
 *	peaks_settle(&peaks, log);
 *	for (size_t i = 0; i < peaks.count; i++)
 *		if (season_covers(peaks.of[i].weeks.season, from, to))
 *			look_at(peaks.of[i].statistics);
 *
 * Lives in the arena. Outside of every season nothing is counted and nothing taken.
 */

#include "promise/statistics.h"

enum { DRIFT_IN_PEAK = 2 };

struct peak {
	struct weeks weeks;
	struct statistics *statistics;
};

struct peaks {
	struct peak *of;
	size_t count;
};

void peaks_find(struct peaks *peaks, struct arena *arena, const struct shop *shop, int32_t today);

/* The same as for statistics, of all of them. */
void peaks_count(struct peaks *peaks, const struct log *log);
void peaks_settle(struct peaks *peaks, const struct log *log);
void peaks_free(struct peaks *peaks);

#endif
