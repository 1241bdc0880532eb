/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PUBLISH_LEDGER_ROWS_H
#define UPFRONT_PUBLISH_LEDGER_ROWS_H

/*
 * ledger_rows - the rows of a ledger that nobody but upfront has written.
 *
 * Internal to publish/. Hundreds of thousands of rows are read before `upfront pending` can say a word, and
 * hardly ever has anybody touched them. So a file that is what ledger_write writes, to the last byte of its form, is taken
 * apart without asking what its cells might be. At the first sign of anything else (a quote, another line end, a space at an
 * end, a day in another form) the answer is false, and table/ reads the file with all its patience.
 *
 *	if (!ledger_rows_scan(file, add, ledger))
 *		read_as_table(ledger);	// and forget what was added
 */

#include "publish/ledger.h"

/* Calls add(context, row) for each row behind the header; names are left out. */
bool ledger_rows_scan(struct str file, void (*add)(void *context, const struct ledger_row *row),
		      void *context);

#endif
