/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_OUTPUT_BACKTEST_H
#define UPFRONT_OUTPUT_BACKTEST_H

/*
 * backtest - earlier promises and what came of them, for the seller to read.
 *
 * The same rows as a table for the eye, as CSV and as one JSON object. The table leaves out lanes
 * that kept their promise; the others have all of them. And what is still to be expected of a parcel
 * that has not come, by how long it has been waited for.
 *
 *	backtest_text(backtest, &out);
 *	show(buf_str(&out));
 *
 * Pure functions; all of it is English.
 */

#include "promise/backtest.h"

void backtest_text(const struct backtest *backtest, struct buf *out);
void backtest_csv(const struct backtest *backtest, struct buf *out);
void backtest_json(const struct backtest *backtest, int32_t date, struct buf *out);

/* The header of report/waiting.csv, and the rows of a lane: every fifth day, from the order. */
void waiting_head(struct buf *out);
void waiting_csv(const struct promise *promise, struct buf *out);

#endif
