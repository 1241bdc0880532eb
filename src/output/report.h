/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_OUTPUT_REPORT_H
#define UPFRONT_OUTPUT_REPORT_H

/*
 * report - the seller's report: out/report/index.html, and beside it what the last build changed.
 *
 * One page that works from disk: style and drawings are inside it, and it asks nobody for anything.
 * First what needs attention, then whether promises were kept, then what they rest on: lanes,
 * drift, thin lanes, handling, the age of statistics and rules, and what the buyers of
 * each country get. It is written from the tables and the date alone, so equal input gives equal
 * bytes; what changed from build to build has a page of its own, which the first shows in a frame.
 *
 *	struct report_request request = { &workings, backtest, profiles };
 *	report_render(&request, &out);
 *
 * Costs in proportion to lanes, not to products. In English, as all that only sellers read.
 */

#include "output/workings.h"
#include "promise/backtest.h"

struct report_request {
	const struct workings *workings;
	const struct backtest *backtest; /* NULL: not replayed */
	uint64_t profiles;		 /* handling profiles that products use, by index */
};

/* Adds the page. */
void report_render(const struct report_request *request, struct buf *out);

/* One file that a build wrote or removed. */
struct report_change {
	struct str path, reason;
	const char *change; /* "new", "changed", "removed" */
};

struct report_changes {
	const struct shop *shop;
	const struct report_change *items; /* in the order of changes.csv; it may hold more */
	size_t count;
	size_t made, changed, removed; /* of all */
};

enum { REPORT_CHANGES_MOST = 500 }; /* so many are worth listing on a page */

/* Adds the page of what changed. */
void report_changes_render(const struct report_changes *changes, struct buf *out);

#endif
