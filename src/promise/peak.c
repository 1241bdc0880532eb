/* SPDX-License-Identifier: MIT */
/* Seasons and a day in, the statistics of earlier years' same weeks out. */
#include "promise/peak.h"

#include "promise/door.h"

void peaks_find(struct peaks *peaks, struct arena *arena, const struct shop *shop, int32_t today)
{
	*peaks = (struct peaks){ NULL, 0 };
	for (size_t i = 0; i < shop->season_count; i++) {
		struct weeks weeks = { .season = &shop->seasons[i] };
		if (!season_at(weeks.season, today, today + ORDER_DAYS - 1, &weeks.now))
			continue;
		weeks.count = season_before(shop, weeks.season, weeks.now, weeks.days);
		peaks->of = arena_push(arena, peaks->of, &peaks->count, sizeof *peaks->of);
		peaks->of[peaks->count - 1].weeks = weeks;
	}
	for (size_t i = 0; i < peaks->count; i++)
		peaks->of[i].statistics = statistics_new(arena, shop, today, &peaks->of[i].weeks);
}

void peaks_count(struct peaks *peaks, const struct log *log)
{
	for (size_t i = 0; i < peaks->count; i++)
		statistics_count(peaks->of[i].statistics, log);
}

void peaks_settle(struct peaks *peaks, const struct log *log)
{
	for (size_t i = 0; i < peaks->count; i++)
		statistics_settle(peaks->of[i].statistics, log);
}

void peaks_free(struct peaks *peaks)
{
	for (size_t i = 0; i < peaks->count; i++)
		statistics_free(peaks->of[i].statistics);
}
