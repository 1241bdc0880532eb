/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_OUTPUT_DAYS_H
#define UPFRONT_OUTPUT_DAYS_H

/*
 * days - which day columns a table of shares shows.
 *
 * Internal to output/. All methods of a destination share one set of columns, so that a buyer compares
 * them at a glance: from the first plain number of days on which one of them may claim a tenth, to the first on
 * which none gets any better.
 */

#include "offer/offer.h"

enum { DAYS_MAX_COLUMNS = 6 };

struct days {
	int day[DAYS_MAX_COLUMNS];
	size_t count; /* 0 when no method claims anything */
};

void days_choose(struct days *days, const struct offer *const *offers, size_t count);

#endif
