/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PROMISE_BACKTEST_H
#define UPFRONT_PROMISE_BACKTEST_H

/*
 * backtest - were earlier promises kept?
 *
 * Stands at the first of each of the six months before the build date, makes the promises as they
 * would have been made then (levels that had fallen short are read higher, by what the six
 * months before had taught), and holds them against the parcels of that month: of all for which a
 * share was promised within so many days, and whose days are over, how many came in time. Lost
 * and returned parcels did not come. What a carrier publishes is not our promise and not judged.
 *
 * And the other way round: within how many days did the share come that was claimed?
 *
 *	const struct backtest *backtest = promises_backtest(promises);
 *	for (size_t i = 0; backtest && i < backtest->count; i++)
 *		show(&backtest->rows[i]);
 *
 * Everything lives in the arena. Without statistics there are rows without parcels: nothing is
 * known, and the table says so.
 */

#include "promise/promise.h"

enum { BACKTEST_MONTHS = 6, BACKTEST_LEVELS = 3, BACKTEST_POINTS = 50 };

/* The parcels of one month, service or lane, or of all, at one level. */
struct backtest_row {
	const struct service *service; /* NULL: all */
	struct place from, to;	       /* of a lane; codes "": all lanes */
	int32_t month;		       /* its first day, on which the promise was made; DATE_NONE: all */
	int claimed;		       /* the level, whole percent: 80, 90, 95 */
	double parcels;		       /* that began in the months judged */
	double due;		       /* for which a day was promised that is over */
	double kept;		       /* that came by that day */
	double days;		       /* promised days, the sum over those due */
	int needed;		       /* days within which the claimed share came; -1: on none, or not known */
};

/* How a row is to be read. */
enum backtest_verdict {
	BACKTEST_UNKNOWN, /* no parcel is due */
	BACKTEST_KEPT,
	BACKTEST_BROKEN, /* fewer came in time than chance explains: one time in twenty */
	BACKTEST_LONGER	 /* kept, but half as long again as was needed, and three days at least */
};
const char *backtest_verdict_name(enum backtest_verdict verdict); /* "", "kept", "broken", "longer than needed" */

/* All parcels for which the share was claimed by a day that is over. */
struct backtest_point {
	int claimed; /* 50 to 99 */
	double due, kept;
};

struct backtest {
	struct backtest_row *rows; /* all by month, all, then service by service, then lane by lane: 3 levels each */
	size_t count;
	struct backtest_point points[BACKTEST_POINTS]; /* what was claimed against what came */
};

/* Of the promises' own parcels, worked out with them; NULL when the shop has counted ones alone. */
const struct backtest *promises_backtest(const struct promises *promises);

/*
 * The same from the tables, counted parcels too. Reads the statistics again; what is wrong with them
 * was said when the promises were made.
 */
const struct backtest *backtest_run(struct arena *arena, const struct shop *shop,
				    struct diag *diag);

/* The share kept of those due, or -1 where none was. */
double backtest_kept(const struct backtest_row *row);

/* In nine cases of ten the share that would be kept of many such parcels lies between these. */
void backtest_interval(const struct backtest_row *row, double *low, double *high);

enum backtest_verdict backtest_verdict(const struct backtest_row *row);

#endif
