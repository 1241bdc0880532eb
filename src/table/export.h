/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_TABLE_EXPORT_H
#define UPFRONT_TABLE_EXPORT_H

/*
 * export - a shop system's product export, read as if it were our own products.csv.
 *
 * An export is recognised by headers that only it has, is announced, and then delivers our
 * columns: each is made from one of theirs (or the first of several that is not empty), some
 * with their unit or spelling changed, none computed. Which rows are products of their own,
 * which only continue another, and which are no goods to ship, its judge says; table/family.h
 * lets variants inherit. Knows nothing of how files are read.
 */

#include "base/str.h"
#include "table/table.h"

enum { LINKS_MAX = 8, KEYS_MAX = 8 };

/* What a row of an export is to us. */
enum fate {
	ROW_STANDS,   /* a product; the rows of its group that follow inherit from it */
	ROW_FOLLOWS,  /* a variant in the group of the row before */
	ROW_CHILD,    /* a variant whose parent is named by the key KEY_PARENT */
	ROW_PARENT,   /* only there to be inherited from */
	ROW_PART,     /* a further image or location of a row that was delivered */
	ROW_LEFT_OUT, /* not on sale, or nothing that is shipped; counted and announced */
};

/* Keys that the export's rows are told apart by; each export gives them its own columns. */
enum {
	KEY_GROUP,
	KEY_SKU,
	KEY_PRICE,
	KEY_OPTION,
	KEY_OPTION_LAST = KEY_OPTION + 2,
	KEY_STATUS,
	KEY_SHIPPED
};

/* WooCommerce has other questions. */
enum { KEY_TYPE, KEY_PARENT = 2, KEY_ID, KEY_PUBLISHED };

/* How a cell of theirs becomes one of ours. */
enum how {
	AS_IS,
	WITH_UNIT,   /* a bare number gets the unit behind it */
	FIRST,       /* of a list separated by commas */
	IF_URL,      /* only an address that begins with http */
	SALE_PRICE,  /* only one that is not zero and holds for all time */
	BY_CHANNEL,  /* Amazon's fulfilment channel as seller or marketplace */
	NO_OPTIONS,  /* not BigCommerce's `[RT]Size=L`, which names a variant's options */
	FROM_HANDLE, /* with the options behind it, where a variant has no SKU */
};

struct link {
	int column; /* of the file */
	enum how how;
	const char *unit; /* WITH_UNIT: the unit itself, */
	int unit_column;  /* or the column that has it; -1 */
	int period[2];    /* SALE_PRICE: columns of its first and last day; -1 */
};

/* One of our columns, made of the first of these that gives something. */
struct made {
	struct str name;
	bool inherited; /* an empty one is the parent's */
	size_t link_count;
	struct link links[LINKS_MAX];
};

/* An export, as it lies over one file's columns. */
struct mapping {
	const struct export_kind *kind; /* NULL: our own form */
	struct made *made;
	size_t made_count;
	int keys[KEYS_MAX]; /* columns of the file; -1 */
};

struct table;

/* Recognises the table's columns and fills its mapping; adds the made columns to the table's. */
void export_recognise(struct table *table);

/* "Shopify products" and the like; "" for our own form. */
const char *export_name(const struct mapping *mapping);

/* Has the export rows that must be judged? */
bool export_has_families(const struct mapping *mapping);

/* Do its variants name their parent? */
bool export_names_parents(const struct mapping *mapping);

/* What is this row? `group` has the keys of the group's first row, or is NULL. */
enum fate export_judge(const struct mapping *mapping, const struct str *keys,
		       const struct str *group);

/* Fills in the made cells of a row whose file cells are there; new texts in the arena. */
void export_make(const struct mapping *mapping, const struct str *keys, struct arena *arena,
		 struct row *row, size_t file_count);

/* Has the row a sale price that holds only for a time? */
bool export_has_dated_sale(const struct mapping *mapping, const struct row *row);

#endif
