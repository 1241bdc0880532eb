/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_BUILD_CALENDAR_H
#define UPFRONT_BUILD_CALENDAR_H

/*
 * calendar - the coming days on which the pages will say something else.
 *
 * Days on which something in the tables turns (a row begins or ends, a closure, a season, clocks, the
 * age of a rule) are found first; then each of them and the day before are worked out whole, and only
 * days on which a page really differs are kept. Nothing is written.
 *
 *	struct calendar calendar;
 *	if (calendar_find(&options, 180, diag, &calendar) == STATUS_DONE)
 *		show(calendar.days, calendar.count);
 *	calendar_release(&calendar);
 *
 * Figures that drift a little from day to day (statistics grow older) are not turns.
 */

#include "build/build.h"

struct calendar_day {
	int32_t date;
	size_t pages;	 /* that say something else than the day before, or are new or gone */
	size_t listings; /* rows of listings.csv whose product's page in that language is among them */
	size_t errors;	 /* the content has so many on that day: nothing would be built */
	struct str *reasons; /* what turns, for people */
	size_t reason_count;
};

struct calendar {
	struct arena arena;
	struct calendar_day *days; /* in order */
	size_t count;
	size_t turning; /* days that were worked out because something turns on them */
};

/*
 * Looks at the `days` days after the build date. STATUS_CONTENT when the content has errors today, which
 * are in `diag`. Release in any case.
 */
enum status calendar_find(const struct build_options *options, int days, struct diag *diag,
			  struct calendar *calendar);
void calendar_release(struct calendar *calendar);

#endif
