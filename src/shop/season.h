/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_SHOP_SEASON_H
#define UPFRONT_SHOP_SEASON_H

/*
 * season - weeks that come again, in which parcels take longer.
 *
 * A row of seasons.csv is a stretch of days with a name: dated ("2027-01-25" to "2027-02-13"), or
 * the same days of every year ("12-01" to "01-06", over New Year's Eve where the end lies before
 * the beginning). A peak whose days move is several dated rows of one name. Its earlier
 * years are the earlier rows of its name, or, where there are none, the same days of the calendar.
 *
 *	struct validity days;
 *	if (season_at(season, today, today + 6, &days))
 *		look_at_the_years_before(days);
 *
 * Pure functions.
 */

#include "shop/shop.h"

enum { SEASON_DAYS_MAX = 183, SEASON_YEARS = 10 };

/* The stretch of the season that touches the days from `first` to `last`; false when none does. */
bool season_at(const struct season *season, int32_t first, int32_t last, struct validity *days);

/* Does it hold for parcels of this way: where they come from, or where they go? */
bool season_covers(const struct season *season, struct place from, struct place to);

/*
 * The stretches of earlier years of a season that is on in `now`, newest first, at most
 * SEASON_YEARS; how many there are.
 */
size_t season_before(const struct shop *shop, const struct season *season, struct validity now,
		     struct validity earlier[SEASON_YEARS]);

#endif
