/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_SHOP_CATALOG_H
#define UPFRONT_SHOP_CATALOG_H

/*
 * catalog - the products, one after the other.
 *
 * products.csv (or an export that table/ recognised) is never held whole: rows are taken from
 * it under a lock by any number of workers and become products in the worker's own arena.
 * Every row may be taken cheaply as it is (row hash, id, title) and only turned into a product
 * where it is needed.
 *
 *	struct catalog *catalog = catalog_open(arena, shop, diag);
 *	struct row row;
 *	while (catalog_next(catalog, scratch, &row)) {
 *		struct product product;
 *		if (catalog_product(catalog, &row, scratch, &product))
 *			use(&product);
 *	}
 *	catalog_close(catalog);
 *
 * catalog_product reports what is wrong with the row; it may be called from several threads at
 * once, catalog_next and catalog_cut from one at a time. Where the file can be cut, workers read slices of it
 * side by side, each with a cursor of its own.
 */

#include "shop/shop.h"
#include "table/slicer.h"

enum fulfilment { FULFILMENT_SELLER, FULFILMENT_MARKETPLACE };

struct product {
	struct str id;
	struct str *titles; /* one per shop->languages: the translation, else the plain title */
	struct money price;
	int64_t weight_g;
	int64_t volume_mm3; /* from `dimensions`; 0 when not given */
	struct str hs_code; /* digits only; empty when not given */
	struct place origin; /* of manufacture; code "" when not given */
	struct str customs_description;
	const struct handling *handling; /* NULL when the shop has no profiles */
	struct place ships_from;
	enum fulfilment fulfilment;
	uint64_t services; /* bit i: shop->services[i] is allowed (at most 64 services) */
	uint64_t contents; /* bit i: shop->contents[i] */
	struct str stock, link, image_link, brand, gtin, availability;
	struct translated box_contents, packing;
	struct money customs_value; /* currency "" : the price */
	struct pos pos;		    /* of the id */
	struct pos price_pos, weight_pos;
	uint64_t hash;	 /* of the row */
	int64_t offset; /* of the row in the file, for looking it up again */
};

struct catalog;

/* Opens products.csv and checks its header; never NULL. */
struct catalog *catalog_open(struct arena *arena, const struct shop *shop, struct diag *diag);
void catalog_close(struct catalog *catalog);
void catalog_rewind(struct catalog *catalog);
bool catalog_seek(struct catalog *catalog, int64_t offset, uint32_t line); /* as table_seek */

bool catalog_next(struct catalog *catalog, struct arena *arena, struct row *row);

/*
 * The next slice of at most so many rows, from the first row on. False: the catalog is not cut, or no further;
 * slice->end is then 0 when nothing was, else the slice is what is left.
 */
bool catalog_cut(struct catalog *catalog, size_t rows, struct slice *slice);

/* A cursor for the slices of one worker; NULL where rows cannot be found again by their offset. */
struct cursor *catalog_cursor(struct catalog *catalog);

/* As catalog_next, of the cursor's slice. */
bool catalog_read(const struct catalog *catalog, struct cursor *cursor, struct arena *arena,
		  struct row *row);

/* Can rows come? False when the file is absent or lacks a needed column (reported). */
bool catalog_readable(const struct catalog *catalog);

/* Cells of a row that are needed before it is a product. */
struct str catalog_id(const struct catalog *catalog, const struct row *row);
struct str catalog_title(const struct catalog *catalog, const struct row *row, size_t language);

/* How the product of a row is handled; NULL when it cannot be told (not reported), or the shop has no profiles. */
const struct handling *catalog_handling(const struct catalog *catalog, const struct row *row);

/* False when the row has errors (reported); strings are lent from the row's arena. */
bool catalog_product(const struct catalog *catalog, const struct row *row, struct arena *arena,
		     struct product *product);

/* Column names and the cells of a row by our names, to tell what changed between two rows. */
size_t catalog_columns(const struct catalog *catalog);
struct str catalog_column_name(const struct catalog *catalog, size_t index);
const struct cell *catalog_cell(const struct catalog *catalog, const struct row *row, size_t index);

/*
 * The text columns, between spaces and in the arena, that products.csv has but not for this language
 * ("title box_contents"); empty for the default language.
 */
struct str catalog_untranslated(const struct catalog *catalog, struct arena *arena,
				size_t language);

uint64_t catalog_hash(const struct catalog *catalog); /* of the file's bytes */

/*
 * Hash of what was settled for the file as a whole: encoding, separator, header, decimal sign, form of dates. Where it
 * is equal, a row of equal bytes is the same product.
 */
uint64_t catalog_reading(const struct catalog *catalog);

/* Finds one product by id in a pass of its own, for `explain`; false when there is none. */
bool catalog_find(struct catalog *catalog, struct arena *arena, struct str id,
		  struct product *product);

#endif
