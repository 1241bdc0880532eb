/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_TABLE_FAMILY_H
#define UPFRONT_TABLE_FAMILY_H

/*
 * family - who inherits what from whom, among the rows of an export.
 *
 * A variant has its product's cells where its own are empty: of the row that opened its group,
 * or of the parent that it names. The first kind needs one remembered row; for the second all
 * parents are read in a pass before the first row, and of each is kept what can be inherited.
 * Columns that the export does not know, such as a seller's `hs_code`, are inherited too.
 *
 *	struct family *family = family_new(table, diag);
 *	while (rows_next(rows, &raw))
 *		if (family_takes(family, &raw, arena, &row))
 *			use(&row);
 *	family_announce(family);
 *	family_release(family);
 */

#include "table/inside.h"

struct family;

/* Reads the parents, where the export has some. */
struct family *family_new(struct table *table, struct diag *diag);
void family_release(struct family *family); /* NULL is fine */

/* Forgets the group and the counts, for another pass from the first row on. */
void family_rewind(struct family *family);

/* Fills the row when what stands in the file is a product to us; false when it is none. */
bool family_takes(struct family *family, const struct raw_row *raw, struct arena *arena,
		  struct row *row);

/* At the end of the file: says what was left out. */
void family_announce(const struct family *family);

#endif
