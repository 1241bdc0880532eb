/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_TABLE_CURSOR_H
#define UPFRONT_TABLE_CURSOR_H

/*
 * cursor - one way through the rows of a table, in the order of the file.
 *
 * A cursor belongs to one thread and reads the file by itself, so that several workers read one table
 * at once, each a slice of it (table/slicer.h). What it allocates for itself is not in the caller's
 * arena. A file that has been changed since it was settled is reported when a cursor comes to an end.
 *
 *	struct cursor *cursor = cursor_open(table, diag);
 *	cursor_slice(cursor, &slice);
 *	while (cursor_next(cursor, scratch, &row))
 *		use(&row);
 *	cursor_close(cursor);
 */

#include "table/table.h"

/* Whole rows of a file: bytes on disk, and the line on which they begin. */
struct slice {
	int64_t offset, end;
	uint32_t line;
};

struct cursor;

/* A way through the rows from the first one on. NULL when the file cannot be opened (reported). */
struct cursor *cursor_open(struct table *table, struct diag *diag);
void cursor_close(struct cursor *cursor); /* NULL is fine */
void cursor_rewind(struct cursor *cursor);
bool cursor_seek(struct cursor *cursor, int64_t offset, uint32_t line); /* as table_seek */

/* Goes to the rows of a slice, and ends with them; false where cursor_seek is. */
bool cursor_slice(struct cursor *cursor, const struct slice *slice);

/* The next row of our columns, as table_next. */
bool cursor_next(struct cursor *cursor, struct arena *arena, struct row *row);

#endif
