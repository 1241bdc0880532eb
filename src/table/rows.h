/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_TABLE_ROWS_H
#define UPFRONT_TABLE_ROWS_H

/*
 * rows - the rows of a file as they stand there: cells with their places, no meaning yet.
 *
 * The only chapter that knows libcsv. It feeds libcsv in chunks that end behind a separator
 * or a line end, so that a cell that ends can only have ended with the chunk, and its place is
 * known exactly. Memory is one row, and rows have limits. A misplaced quote costs its row and
 * is reported; an unclosed one or a limit ends the reading and is reported where the cell began.
 *
 *	struct rows *rows = rows_open(source, ROWS_STRICT, diag);
 *	struct raw_row raw;
 *	while (rows && rows_next(rows, &raw))
 *		use(raw.text + raw.cells[0].from);
 *	rows_close(rows);
 */

#include "table/source.h"

/* A row beyond this many bytes is refused. */
enum { ROW_MAX = 64 * 1024 * 1024 };

/* Is a quote out of place an error, or text? */
enum rows_manner { ROWS_STRICT, ROWS_LAX };

/* A cell, trimmed; line ends inside it are line feeds. */
struct raw_cell {
	size_t from; /* in the row's text */
	size_t len;
	uint32_t line, column; /* of its first character, behind an opening quote */
};

/* Lent until the next row. */
struct raw_row {
	const char *text; /* all cells, a NUL behind each */
	size_t text_len;
	const struct raw_cell *cells; /* count of them, but no more than TABLE_COLUMNS_MAX */
	size_t count;
	uint32_t line;  /* on which it starts */
	int64_t offset; /* of that line on disk; -1 in a file that had to be decoded */
	uint64_t hash;
};

struct rows;

/* NULL when the file cannot be opened (reported). */
struct rows *rows_open(const struct source *source, enum rows_manner manner, struct diag *diag);
void rows_close(struct rows *rows); /* NULL is fine */

/* Starts again at the first row. */
void rows_rewind(struct rows *rows);

/* Goes on with the row that begins at the byte `offset` of a file in UTF-8, on line `line`. */
void rows_seek(struct rows *rows, int64_t offset, uint32_t line);

/* Ends the reading at a byte where a row ends, until rows_seek or rows_rewind is called. */
void rows_stop_at(struct rows *rows, int64_t offset);

/* The next row with a cell that is not empty. False at the end or when reading cannot go on. */
bool rows_next(struct rows *rows, struct raw_row *row);

/* Did reading stop before the end? (It was reported.) */
bool rows_failed(const struct rows *rows);

#endif
