/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_TABLE_EXPORT_KINDS_H
#define UPFRONT_TABLE_EXPORT_KINDS_H

/*
 * export_kinds - which exports there are, and what their columns are to us.
 *
 * Data, but for one judge a kind; table/export.c lays a kind over a file. A new export is a
 * new entry here and a case in tests/unit/table/export.c.
 */

#include "table/export.h"

/* One of our columns, and a column of theirs that it may be made of; several are tried in turn. */
struct take {
	const char *ours;
	const char *theirs;
	enum how how;
	const char *unit;        /* WITH_UNIT: what the number counts, */
	const char *unit_column; /* or the column that says it; neither: shop.csv must */
	bool inherited;          /* a variant has its parent's when its own is empty */
};

struct export_kind {
	const char *name;         /* empty: our own form, with units in its headers */
	const char *marks[6];     /* columns that all must be there; NULL behind the last */
	const char *any[8];       /* one of these must be there, where some are named */
	const struct take *takes; /* up to one without `ours` */
	const char *keys[KEYS_MAX];
	enum fate (*judge)(const struct str *keys,
			   const struct str *group); /* NULL: every row stands */
	bool names_parents;                          /* by KEY_PARENT */
	const char *period[2];                       /* from when until when a sale price holds */
	char quote;                                  /* 0: quotes are text in this export */
};

extern const struct export_kind export_kinds[];
extern const size_t export_kind_count;

#endif
