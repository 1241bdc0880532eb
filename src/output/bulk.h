/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_OUTPUT_BULK_H
#define UPFRONT_OUTPUT_BULK_H

/*
 * bulk - many snippets in the file that a marketplace's importer takes.
 *
 * A profile names the container of a field ("ebay-draft"); this room knows its columns and its way of writing cells.
 * A container may be written in several dialects, each its own file: Shopify's importer has two headers.
 *
 *	const struct bulk *bulk = bulk_find(field->container, 0);
 *	bulk_head(bulk, site, &out);
 *	bulk_row(bulk, &item, &out);
 *	bulk_finish(bulk, market, out, true, &bytes);	// in the importer's encoding
 *
 * No cell begins a formula where a spreadsheet opens the file, and each importer still reads what was meant: WooCommerce
 * takes off the apostrophe that its own exporter sets; the others trim a space. An importer overwrites what it is
 * given, so the files hold no product description where the shop's own stands: the text goes into
 * fields of its own (metafields, meta), which a theme shows.
 */

#include "market/market.h"
#include "shop/catalog.h"

struct bulk;

struct bulk_item {
	const struct shop *shop;
	const struct product *product;
	const struct listing *listing;
	const struct market_site *site; /* NULL when the profile does not know it */
	struct str title, slug;
	size_t title_limit; /* characters that the title may have; beyond, whole words leave; 0: any */
	/* What was made for the listing, by field: `bytes` are empty where it was withheld. */
	const struct market_field *const *fields;
	const struct str *bytes;
	size_t count;
};

/* The dialects of a container; NULL behind the last, and for a container that is no file of its own. */
const struct bulk *bulk_find(struct str container, size_t dialect);

/* What the dialect's file is called behind the marketplace's id: "" or "-old". */
const char *bulk_suffix(const struct bulk *bulk);

/* Is there one file a site? Else there is one a language. */
bool bulk_by_site(const struct bulk *bulk);

void bulk_head(const struct bulk *bulk, const struct market_site *site, struct buf *out);

/* Adds the listing's row, unless none of its texts has a column. */
void bulk_row(const struct bulk *bulk, const struct bulk_item *item, struct buf *out);

/*
 * A file's bytes from whole rows that were added, in the encoding of the marketplace's profile: the text itself, or in `bytes`.
 * `first`: does the file begin with them?
 */
struct str bulk_finish(const struct bulk *bulk, const struct market *market, struct str text,
		       bool first, struct buf *bytes);

#endif
