/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_SHOP_SHEET_H
#define UPFRONT_SHOP_SHEET_H

/*
 * sheet - one of the seller's tables with its columns resolved, row by row.
 *
 * Stands between table/, which knows files, and the loaders, which know names: a loader
 * declares its columns, and the sheet settles over the whole table what one cell cannot tell
 * (decimal sign, day or month first), names unknown and missing columns, and gives rows as
 * readers for shop/read.h.
 *
 *	struct sheet sheet;
 *	sheet_open(&sheet, arena, "content/rates.csv", &shop->reading, shop->date, diag);
 *	struct column up_to = sheet_column(&sheet, "up_to", NUMBER);
 *	struct column price = sheet_column(&sheet, "price", NEEDED | NUMBER);
 *	struct reader r;
 *	if (sheet_begin(&sheet))
 *		while (sheet_next(&sheet, arena, &r))
 *			rate->up_to_g = read_weight(&r, up_to, INT64_MAX);
 *	sheet_close(&sheet);
 *
 * `valid_from` and `valid_to` are read of every row, and `source`, `checked_on` and `note` are
 * known in every table, without being asked for. A sheet that has begun is only read, so
 * several threads may read rows of it.
 */

#include "shop/shop.h"

enum column_flags {
	PRESENT = 1, /* the file must have the column; its cells may be empty */
	FILLED = 2,  /* no cell of the column may be empty */
	NEEDED = PRESENT | FILLED,
	NUMBER = 4, /* settles the file's decimal sign */
	DATE = 8,   /* settles how its dates are written */
};

struct column {
	const char *name;
	int index; /* of the table; -1: the file has no such column */
	unsigned flags;
};

/* A text column with its translations. */
struct text_columns {
	struct column plain;
	struct column *by_language; /* one per language of the shop; index -1 where there is none */
	size_t language_count;
};

/* How the dates with slashes of a column are written. */
enum date_form { DATE_UNSETTLED, DATE_DAY_FIRST, DATE_MONTH_FIRST };

enum { SHEET_NUMBERS_MAX = 32, SHEET_DATES_MAX = 8 };

struct sheet {
	struct table *table;
	struct arena *arena; /* lives as long as the sheet */
	struct diag *diag;
	int32_t date;  /* of the build */
	char decimal;  /* sign, once begun */
	bool unsound;  /* the file itself was reported: missing columns are not */
	bool lacking;  /* a PRESENT column is missing */
	struct turns *turns; /* takes the coming days on which rows begin and end; may be NULL */
	struct column valid_from, valid_to, source, checked_on, note;
	int numbers[SHEET_NUMBERS_MAX];
	size_t number_count;
	struct {
		struct column column;
		enum date_form form;
	} dates[SHEET_DATES_MAX];
	size_t date_count;
};

struct reader {
	const struct sheet *sheet;
	struct arena *arena; /* where the row's texts live */
	struct row row;
	struct validity validity;
	bool holds; /* does the validity hold on the build date? */
	bool bad;   /* something in this row was reported as an error */
};

/* Opens the table; what is wrong with the file is reported. Close with sheet_close in any case. */
void sheet_open(struct sheet *sheet, struct arena *arena, const char *path,
		const struct table_options *options, int32_t date, struct diag *diag);
void sheet_close(struct sheet *sheet);

/* Declares a column; `flags` are of column_flags. All are declared before sheet_begin. */
struct column sheet_column(struct sheet *sheet, const char *name, unsigned flags);

/* Declares a text column with its translations into the shop's languages. */
struct text_columns sheet_text(struct sheet *sheet, const struct shop *shop, const char *name,
			       unsigned flags);

/*
 * Settles decimal sign and date forms over the whole table, and names unknown and missing
 * columns. False when there is nothing to read: no such file, or a needed column is missing.
 */
bool sheet_begin(struct sheet *sheet);

/* The next row, its texts in `arena`; false at the end. */
bool sheet_next(struct sheet *sheet, struct arena *arena, struct reader *reader);

/* A reader for a row that was taken before; reads its validity. */
void reader_of(struct reader *reader, const struct sheet *sheet, const struct row *row,
	       struct arena *arena);

/*
 * Rows that may stand only once for the same days. Reports when an earlier row of the same
 * key holds on some of this row's days; `what` and `name` say what it is (service 'cn-reg').
 * The key must live as long as `once`.
 */
struct once {
	struct map rows; /* key to a list of earlier rows; set .arena */
};
void sheet_once(struct reader *r, struct once *once, struct str key, struct column column,
		const char *what, struct str name);

#endif
