/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_BUILD_TURNS_H
#define UPFRONT_BUILD_TURNS_H

/*
 * turns - on which coming days something in the tables turns, and what.
 *
 * Internal to build/, for the calendar.
 */

#include "shop/shop.h"

/* Something that turns: rows of one table that begin on a day are one of these. */
struct turning {
	int32_t date;
	struct str reason;
	bool promises; /* delivery times turn with it, and not only from day to day */
};

struct turnings {
	struct turning *items; /* by date, and then in the order in which they are told */
	size_t count;
};

/* All turns of the `days` days after the shop's date. */
void turnings_find(struct arena *arena, const struct shop *shop, int days,
		   struct turnings *turnings);

#endif
