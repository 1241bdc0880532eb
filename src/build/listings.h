/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_BUILD_LISTINGS_H
#define UPFRONT_BUILD_LISTINGS_H

/*
 * listings - the snippets of all listings, tried before the gate and published behind it.
 *
 * Internal to build/. A product's listings are made by a hand, one a worker: the text of its class for the
 * listing's buyers, run once for all listings that share it, then fitted into each field of the marketplace.
 *
 *	listings_prepare(work);			// profiles, sites, what is kept once a shop
 *	listings_try(hand, product);		// while the catalog is scanned
 *	listings_settle(work);			// what only the whole catalog can tell
 *	listings_render(work);			// out/listings, out/bulk, report/coverage.csv
 *
 * The catalog is taken in pieces of LISTING_UNIT products. A piece in which nothing changed is not read, and a bulk
 * file holds the listings of one piece: no importer takes a file of any size.
 */

#include "build/work.h"
#include "market/market.h"
#include "output/bulk.h"
#include "output/fitting.h"
#include "output/listing.h"

/* From LISTINGS_SHARED on nobody edits the files by hand, and those of the same text are one file with many names. */
enum { LISTING_UNIT = 1000, LISTING_FIELDS_MAX = 16, COVERED_MAX = 2000, LISTINGS_SHARED = 2000 };

/* What a marketplace keeps once a shop, in one language. */
struct shop_snippet {
	const struct market *market;
	const struct market_field *field;
	size_t language;
	struct str bytes; /* empty: the last build's stands */
	struct str html;  /* the part of the shop's text it was made from */
	int64_t count, limit;
	struct str left_out;
};

/* What is the same for all listings. */
struct listings {
	struct markets *markets;
	const struct market **of; /* one for each of shop->listing_markets; NULL: no profile */
	struct fittings *fittings;
	struct shop_snippet *shop_snippets;
	size_t shop_snippet_count;
	struct buf *coverage; /* one a unit; NULL when it is not asked for */
	bool *clean;	      /* units in which nothing changed */
	size_t units, next;
};

struct ran_text;

/* One listing under way: its text and what came of each field. */
struct listing_made {
	const struct listing *listing;
	const struct market *market;
	const struct market_site *site; /* NULL: not known, or none is named */
	const struct listing_text *text;
	struct ran_text *ran; /* lent until the next listing is made */
	bool known; /* are the amounts due at the border known? */
	size_t count;
	const struct market_field *fields[LISTING_FIELDS_MAX];
	bool fits[LISTING_FIELDS_MAX];
	struct fitted fitted[LISTING_FIELDS_MAX]; /* in the hand's arena */
};

/* A bulk file under way: its last rows stand in `text`, those before in the stream. */
struct bulk_file {
	const struct bulk *bulk;
	const struct market *market;
	struct str site; /* empty: one for all */
	size_t language;
	struct buf text, name;
	struct publisher_stream *stream; /* NULL until there is much */
};

/* The bulk files of one piece of the catalog; zeroed at the start. Their buffers serve the next piece. */
struct bulk_files {
	struct bulk_file *items;
	size_t count;
};

/* Begins the files in which the listing has a row. */
void bulk_files_name(struct bulk_files *files, const struct market *market,
		     const struct listing *listing);

/* Publishes the files of a piece and begins anew; a build of some products leaves them as they are. */
void bulk_files_put(struct bulk_files *files, struct work *work, size_t unit);

/* Keeps those files as the last build left them; false when one is not there. */
bool bulk_files_keep(struct bulk_files *files, struct work *work, size_t unit);

void bulk_files_drop(struct bulk_files *files); /* begins anew; what was named only is forgotten */
void bulk_files_release(struct bulk_files *files);

/* A text with the product's values in it, and what is known of it for all listings that say it. */
struct ran_text {
	const struct listing_text *text;
	size_t language, destination; /* what it was asked for by */
	struct buf html;
	struct holes holes;
	struct fit_text fit; /* of both */
	uint64_t title_passed; /* bits of market_field.refuses: those fields take the product's title */
	uint64_t own_set; /* of its own values, once the shelf was given them; else 0 */
	bool known;	      /* are the amounts due at the border known? */
	struct str trouble;
};

struct listing_hand {
	struct work *work;
	struct arena arena; /* of one product */
	struct arena own;
	bool writes; /* else it only asks whether everything fits, and there are no bytes */
	struct page_runner *runner;
	struct fitter *fitter;
	struct ran_text *ran; /* texts that were run for the product; their memory serves the next one */
	size_t ran_count, ran_room;
	struct str trouble; /* what the last text could not write; empty when it was well */
	uint64_t class_key;
};

/* Adds the listing's rows to its files, which are begun where needed. */
void bulk_files_add(struct bulk_files *files, struct work *work, size_t unit,
		    const struct listing_made *made, const struct product *product, struct str slug);

/* The product's listings; false when there are none. */
bool product_is_listed(const struct work *work, size_t product, const struct listing **all,
		       size_t *count);

/* The product behind the last one of a piece. */
size_t listing_unit_end(const struct work *work, size_t unit);

/*
 * Finds the pieces in which nothing changed and keeps their files. True when nothing changed at all, the report of
 * coverage included.
 */
bool listings_find_clean(struct work *work);

struct listing_hand *listing_hand_new(struct work *work, bool writes);
void listing_hand_free(struct listing_hand *hand);

/* Turns to another product. */
void listing_hand_begin(struct listing_hand *hand, const struct product *product);

/*
 * Makes the snippets of a listing. False when its text could not be written: `hand->trouble` names the value. A field
 * that does not fit has `fits` false and a reason.
 */
bool listing_make(struct listing_hand *hand, const struct listing *listing,
		  const struct product *product, struct str slug, struct listing_made *made);

/* Adds the file's name: the slug, what tells it from the product's other listings there, the field. */
void listing_name(struct buf *out, const struct listing *all, size_t count,
		  const struct listing *listing, struct str slug, const struct market_field *field);

/* "listings/ebay/de" */
void listing_folder(struct buf *out, const struct work *work, const struct market *market,
		    size_t language);

/* The market of the listing, or NULL. */
const struct market *listing_market(const struct work *work, const struct listing *listing);

/*
 * Where the listing's buyers live, in shop->destinations; SIZE_MAX: the home of its language. False
 * when they live where no service goes.
 */
bool listing_destination(const struct work *work, const struct listing *listing, size_t *destination);

/* Is the field one of those of which each listing has its own? */
bool field_is_listed(const struct market_field *field);

/* Adds the rows of coverage.csv for a listing. */
void coverage_add(struct buf *out, const struct work *work, const struct listing_made *made,
		  const struct product *product);

/* Findings about one listing that was made; any number of threads. */
void listing_check(struct work *work, const struct listing_made *made,
		   const struct product *product);

/* Which service the text of a listing speaks of. */
struct spoken {
	const struct market *market; /* NULL: no profile */
	const struct service *service; /* NULL: none */
};

/* Findings about a product's rows of settings.csv, held against what its listings say. */
void settings_check(struct work *work, const struct product *product, const struct spoken *spoken,
		    size_t count);

/* Findings about the seller's own texts: what a marketplace in use would refuse. */
void texts_check(struct work *work);

void listings_prepare(struct work *work);
void listings_try(struct listing_hand *hand, const struct product *product);
void listings_settle(struct work *work);
void listings_render(struct work *work);
void listings_release(struct work *work);

#endif
