/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_TABLE_INSIDE_H
#define UPFRONT_TABLE_INSIDE_H

/*
 * inside - what a table is, for the chapters of this room.
 *
 * A table has the file's own columns, and behind them those that are made from an export's
 * columns (table/export.h). table_next has a cursor, and whoever must look ahead (the decimal
 * sign, parents of variations) opens another. What a table allocates for itself lies in an arena
 * of its own, since the caller's may be in another thread's hands when a row is read.
 */

#include "base/file.h"
#include "base/map.h"
#include "table/cursor.h"
#include "table/export.h"
#include "table/rows.h"
#include "table/table.h"

struct column {
	struct str header;   /* as written, empty for one that has no name */
	struct str written;  /* the same, folded */
	struct str name;     /* folded; ours where columns.csv renames it; without the language */
	struct str language; /* of `title:de`, as written; else empty */
	struct pos pos;      /* of the header cell */
	bool asked;          /* somebody knows this column, or an export uses it */
	bool used;           /* by a recognised export: its meaning is given away */
	bool renamed;        /* by columns.csv */
};

struct table {
	struct arena own;
	struct table_options options;
	struct diag *diag;
	struct source source;
	struct file_stat stat;
	uint64_t hash;
	bool has_slash;
	bool exists;
	bool readable; /* settled, with a header */

	struct column *columns;
	size_t file_count; /* columns of the file */
	size_t count;      /* with those made of them */
	struct pos header_pos;
	struct str *missing; /* names asked for in vain: what an unknown column may have meant */
	size_t missing_count;

	struct mapping mapping; /* of a recognised export */
	struct cursor *cursor;  /* of table_next, from the first row on */
};

/* table_open with another size of the pieces read at once; the size must not matter. */
struct table *table_open_in_pieces(struct arena *arena, const char *path,
				   const struct table_options *options, struct diag *diag,
				   size_t piece);

/* Folds a column name: no case, no spaces or underscores, one form for what looks the same. */
struct str column_fold(struct arena *arena, struct str name);

/* Reads the header row into the table's columns, and renames them. False when reported. */
bool columns_read(struct table *table, const struct raw_row *header);

/* Reports columns of one meaning, both named. */
void columns_check_doubles(struct table *table);

/* Index of the column with that folded name and language, or -1. Made columns come first. */
int columns_find(const struct table *table, struct str name, struct str language);

/*
 * Fills a row's cells, those made of an export's too; texts in the arena. Keys may be NULL
 * where the export has none.
 */
void row_fill(const struct table *table, const struct raw_row *raw, const struct str *keys,
	      struct arena *arena, struct row *row);

#endif
