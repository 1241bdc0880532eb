/* SPDX-License-Identifier: MIT */
/* Seasons and a day in, the statistics of earlier years' same weeks out. */
#include "promise/peak.h"

#include "promise/door.h"

void peaks_find(struct peaks *peaks, struct arena *arena, const struct shop *shop,
		const struct log *log, int32_t today)
{
	*peaks = (struct peaks){ NULL, 0 };
	for (size_t i = 0; i < shop->season_count; i++) {
		struct weeks weeks = { .season = &shop->seasons[i] };
		if (!season_at(weeks.season, today, today + ORDER_DAYS - 1, &weeks.now))
			continue;
		weeks.count = season_before(shop, weeks.season, weeks.now, weeks.days);
		peaks->of = arena_push(arena, peaks->of, &peaks->count, sizeof *peaks->of);
		struct peak *peak = &peaks->of[peaks->count - 1];
		peak->weeks = weeks;
		peak->statistics = statistics_at(arena, shop, log, today, &weeks);
	}
}
