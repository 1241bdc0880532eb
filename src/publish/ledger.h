/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PUBLISH_LEDGER_H
#define UPFRONT_PUBLISH_LEDGER_H

/*
 * ledger - what was last pasted into each listing, and on which day.
 *
 * Not what was built: a seller pastes when there is time, and until then a buyer reads the old
 * text. One table, out/.upfront/ledger.csv, a row for each listing's field:
 *
 *	id,marketplace,site,language,field,listing,pasted,text,values
 *	LAMP-1,ebay,ebay.de,de,description,110000000134,2026-11-22,x91a0...,x77c2... x03de...
 *
 * `text` is the hash by which the archive keeps the text, or 0 when the text was taken out;
 * `values` are the hashes of the sets of values it stood on. It may be edited, sorted and saved by a
 * spreadsheet. A row that cannot be read is named with its place and counts for nothing, but it
 * stays in the file: rows that did not change are written back as the bytes they were.
 *
 *	struct ledger *ledger = ledger_read("out/.upfront", diag);
 *	struct ledger_row *row = ledger_find(ledger, key);
 *	ledger_tick(ledger, &name, date, text, shared, own);
 *	if (ledger_write(ledger, folder) < 0)
 *		complain(errno);
 *	ledger_free(ledger);
 *
 * Written beside and renamed: whole at every moment. Two writers are kept apart by the lock of
 * the output folder, which the caller holds.
 */

#include "base/diag.h"
#include "publish/shelf.h"

struct ledger_row {
	const struct shelf_name *name; /* NULL: the file has it; kept of rows that may have to be written */
	uint64_t key; /* shelf_key of the name */
	uint64_t text; /* 0: taken out of the listing */
	uint64_t shared, own; /* sets of values; 0: none or not known */
	int32_t pasted;
	uint32_t line; /* in the file; 0: new */
	bool changed;
	int64_t offset; /* of the row's first byte */
};

struct ledger;

/* `memory` is the path of out/.upfront. Never NULL; without a file it is empty. Faults are warnings. */
struct ledger *ledger_read(const char *memory, struct diag *diag);
void ledger_free(struct ledger *ledger); /* NULL is fine */

size_t ledger_count(const struct ledger *ledger);
const struct ledger_row *ledger_row(const struct ledger *ledger, size_t index);

/* The newest row of a listing's field; or NULL. */
const struct ledger_row *ledger_find(const struct ledger *ledger, uint64_t key);

/* Notes that the text was pasted on that day: a new row, or another content for the one there is. */
void ledger_tick(struct ledger *ledger, const struct shelf_name *name, int32_t date, uint64_t text,
		 uint64_t shared, uint64_t own);

/*
 * Writes the file into the open folder out/.upfront. -1 with errno; EINVAL when the file is in a
 * form of its own and has rows that cannot be read: writing it anew would lose them.
 */
int ledger_write(struct ledger *ledger, int folder);

/* Reads a hash as the ledger writes it: x and 16 hexadecimal digits, which no spreadsheet takes for a number; or 0. */
bool ledger_read_hash(struct str s, uint64_t *hash);

/* Hash of all that was read: has anything been pasted since? */
uint64_t ledger_hash(const struct ledger *ledger);

#endif
