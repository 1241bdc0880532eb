/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_TABLE_TABLE_H
#define UPFRONT_TABLE_TABLE_H

/*
 * table - a CSV file as rows of cells that remember where they stood.
 *
 * The seller's spreadsheets come in here and nowhere else; only this room knows libcsv and
 * the encodings (ICU). A file is opened in a first pass that settles encoding, separator and
 * decimal sign for all of it (FORMATS section 1) and announces what it settled as a note;
 * then rows are read one by one, so that a catalog of any size needs the memory of one row.
 * Cells are UTF-8, trimmed, and know the line and column of their first byte.
 *
 *	struct table *rates = table_open(arena, "content/rates.csv", &options, diag);
 *	int price = table_column(rates, "price");
 *	struct row row;
 *	while (table_next(rates, scratch, &row))
 *		use(row_cell(&row, price)->text);
 *	table_close(rates);
 *
 * What is wrong with the file is told to diag; rows that could be read are delivered, short
 * ones too (as an error), long ones not. An absent file is an empty table. Rows without any
 * text are passed over. Columns are asked for before the first row: what a variant inherits
 * from its product in an export is kept for the columns that are known by then.
 */

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"

/* Refused beyond these, with the limit named: a cell in bytes, columns of a file. */
enum { TABLE_CELL_MAX = 1024 * 1024, TABLE_COLUMNS_MAX = 1000 };

/* How files of this shop are read; everything may be empty. */
struct table_options {
	const char *folder;	      /* the shop folder; file names below are relative to it */
	char country[3];	      /* of the shop: which legacy encoding is usual */
	struct str encoding;	      /* shop.csv `encoding`, obeyed strictly */
	const struct setting *settings; /* `encoding.FILE` and the like, of shop.csv; see below */
	size_t setting_count;
	const struct renaming *renamings; /* content/columns.csv */
	size_t renaming_count;
};

/* `encoding.FILE`, `separator.FILE`, `decimal.FILE`, `weight.FILE` (unit of an export's weights). */
struct setting {
	struct str key; /* such as "encoding.products.csv" */
	struct str value;
	struct pos pos;
};

/* A row of content/columns.csv: the seller's column name for one of ours. */
struct renaming {
	struct str table; /* "products" */
	struct str theirs;
	struct str ours;
	struct pos pos;
};

struct cell {
	struct str text; /* unquoted and trimmed; empty, never absent */
	struct pos pos;	 /* file, line, column of its first byte */
};

struct row {
	struct cell *cells; /* one for each of our columns, by the index that table_column gave */
	size_t count;
	struct pos pos; /* where the row starts */
	uint64_t hash;	/* of the row's raw cells: has it changed since the last build? */
	int64_t offset; /* of the row's first byte in the file as it is on disk, before decoding */
};

struct table;

/*
 * Opens and settles `path` (relative to options->folder). Never NULL. A file that cannot be
 * read or settled has been reported and has no rows.
 */
struct table *table_open(struct arena *arena, const char *path,
			 const struct table_options *options, struct diag *diag);
void table_close(struct table *table);

bool table_exists(const struct table *table);  /* is there such a file? */
uint64_t table_hash(const struct table *table); /* of the file's bytes as they are on disk */

/* Is there a '/' anywhere in the file? Without one no cell is a date with slashes. */
bool table_has_slash(const struct table *table);

/* Hash of encoding, separator and header: where it is equal, equal bytes of a row are equal cells. */
uint64_t table_reading(const struct table *table);

/*
 * Index of one of our columns, by its name in FORMATS (matched without case, spaces or
 * underscores; `title:de` in a language), or -1. Asking marks the column as known.
 */
int table_column(struct table *table, const char *name);

/*
 * The translations of a text column: calls found(context, language, column) for `name:LANG`
 * each; language is lent by the table.
 */
void table_translations(struct table *table, const char *name,
			void (*found)(void *context, struct str language, int column),
			void *context);

/* Place of a column's header; the header line when column is -1, for "column missing". */
struct pos table_header_pos(const struct table *table, int column);

/* Names once, as one warning, the columns that nobody asked for. */
void table_name_unknown(struct table *table);

/*
 * '.' or ',' as settled for this file by the cells of the columns given. Where they admit both
 * readings that is an error, which names `decimal.FILE`. Does not disturb table_next.
 */
char table_decimal(struct table *table, const int *columns, size_t count);

/* The next row, its cells in `arena`. False at the end, or when reading cannot go on (reported). */
bool table_next(struct table *table, struct arena *arena, struct row *row);

/* Starts again at the first row. */
void table_rewind(struct table *table);

/* Can rows of this file be found again? Not in another encoding, nor in an export whose rows hang together. */
bool table_seekable(const struct table *table);

/*
 * Goes on with a row that was read before: row.offset and row.pos.line of it. False when it is
 * not seekable.
 */
bool table_seek(struct table *table, int64_t offset, uint32_t line);

/* The cell of a column; column -1, or one that a short row lacks, is an empty cell at the row. */
const struct cell *row_cell(const struct row *row, int column);

/* The kind of export that a products.csv is ("Shopify products", ...), "" for our own form. */
const char *table_dialect(const struct table *table);

#endif
