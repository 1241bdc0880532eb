/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PROMISE_BACKTEST_H
#define UPFRONT_PROMISE_BACKTEST_H

/*
 * backtest - were earlier promises kept?
 *
 * Stands at the first of each of the six months before the build date, works out the promises from
 * what was known then, and holds them against the parcels of that month: of all for which a
 * share was promised within so many days, and whose days are over, how many came in time. Lost
 * and returned parcels did not come. Single parcels are judged from the order where orders are
 * known, else from the hand-over; counted ones from the hand-over. What a carrier publishes is not
 * our promise and not judged.
 *
 *	const struct backtest *backtest = backtest_run(arena, shop, diag);
 *	backtest_add(&text, backtest);
 *
 * Everything lives in the arena. Without statistics there are rows without parcels: nothing is
 * known, and the table says so.
 */

#include "promise/promise.h"

enum { BACKTEST_MONTHS = 6 };

/* The parcels of one month or of all, of one service or of all, at one level. */
struct backtest_row {
	const struct service *service; /* NULL: all */
	int32_t month;		       /* its first day, on which the promise was made; DATE_NONE: all */
	int claimed;		       /* the level, whole percent */
	double parcels;		       /* of that month */
	double due;		       /* for which a day was promised that is over */
	double kept;		       /* that came by that day */
	double days;		       /* promised days, the sum over those due */
};

struct backtest {
	struct backtest_row *rows; /* all services by month, then all months, then service by service */
	size_t count;
};

/* Reads the statistics again; what is wrong with them was said when the promises were made. */
const struct backtest *backtest_run(struct arena *arena, const struct shop *shop,
				    struct diag *diag);

/* The share kept of those due, or -1 where none was. */
double backtest_kept(const struct backtest_row *row);

/* Adds the table as text: claimed and kept beside each other, and how many parcels that rests on. */
void backtest_add(struct buf *out, const struct backtest *backtest);

#endif
