/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_BUILD_WORK_H
#define UPFRONT_BUILD_WORK_H

/*
 * work - what one build has in its hands, passed from stage to stage.
 *
 * Internal to build/. Everything lives in the build's arena but the growing lists of products.
 */

#include <pthread.h>

#include "build/build.h"
#include "build/changes.h"
#include "build/pasting.h"
#include "market/market.h"
#include "output/class.h"
#include "output/page.h"
#include "plan/slug.h"
#include "publish/publish.h"

/* Products that the shop page shows. */
enum { FIRST_CARDS = 12 };

/* Rows of the last catalog that still stand as they are. */
struct unchanged {
	size_t head;   /* so many at the beginning */
	size_t tail;   /* from this one of the last catalog on, if the rows before end where it begins */
	int64_t shift; /* bytes by which the tail has moved */
};

/* What is remembered of a product between the two passes over the catalog. */
struct product_state {
	uint64_t row_hash; /* 0: to be looked at again by the next build */
	uint64_t card_hash; /* of what lists show: id and titles */
	const struct page_class *class; /* NULL: not looked at in this build */
	int64_t offset; /* of the row in products.csv */
	uint32_t old;	/* index in the last manifest; UINT32_MAX: new */
	uint16_t profile; /* handling profile: its index plus 1; 0: none */
};

struct work {
	const struct build_options *options;
	struct build_result *result;
	struct diag *diag;
	struct arena arena;
	uint64_t inputs;  /* digest of all files that were read, of the date and the program */
	uint64_t context; /* the same without products.csv */
	struct shop *shop;
	struct edition **editions;
	struct markets *markets;
	struct catalog *catalog;
	struct workings workings;
	struct publisher *publisher;
	struct manifest *last;
	bool texts_good;   /* templates and texts were compiled without an error: pages can be tried */
	bool same_context; /* only products can have changed since the last build */
	struct slugs slugs;
	struct unchanged unchanged; /* rows of the last catalog that need not be read */
	size_t next_old; /* where the next row is looked for in the last manifest first */
	bool scanned;	 /* the first pass has come to its end */
	struct product_state *products;
	size_t product_count, product_room;
	uint64_t *pages; /* product_count times languages: hashes of the pages' bytes */
	uint64_t listing; /* hash of titles and slugs in order */
	uint64_t profiles; /* handling profiles that products use, by index; known after the scan */
	bool same_profiles; /* the last build's products used the same ones */
	struct card *first_cards; /* for the shop page: FIRST_CARDS a language */
	size_t first_card_count;
	struct classes *classes;
	struct buf last_reads; /* out/.upfront/reads as the last build left it */
	struct reasons *reasons;
	struct str *rule_reasons; /* one a destination: the rule that turned since the last build; or empty */
	struct last_catalog *last_catalog; /* made when the first row differs */
	struct listings *listings; /* NULL: the shop has none */
	struct site_pages *site_pages; /* to be rendered; NULL: they are as they were */
	struct site_file *site_files; /* rendered, to be published after the gate */
	size_t site_file_count;
	struct mail *mail; /* messages to buyers, to be published after the gate; NULL: as they were */
	bool same_site; /* neither context, list of products nor output folders have changed */
	struct pasting *pasting; /* NULL when nothing is rendered */
	struct changes changes;
	pthread_mutex_t lock; /* of the catalog and of what several workers add to */
};

/* Digests of all files below content/ and templates/. False with the reason in result->trouble. */
bool inputs_digest(struct work *work);

/* First pass over the catalog: ids, slugs, and every row that is not known to be good. */
void catalog_scan(struct work *work);

/* Reads the first products, for the shop page. */
void cards_load(struct work *work);

/* The class of the product; what its pages cannot write is an error at the product. */
const struct page_class *product_class(struct work *work, const struct product *product);

/* Second pass: the pages of the products that have changed, and the lists. */
void products_render(struct work *work);

/*
 * All other files of the site, rendered into memory unless nothing they are made from has changed: planned and
 * gathered by one thread, rendered by any number.
 */
void site_plan(struct work *work);
void site_render(struct work *work);
void site_gather(struct work *work);

/* Publishes what was prepared, or keeps the files of the last build. */
void site_publish(struct work *work);

/* Publishes one page that is no product's. Any number of threads. */
void site_put(struct work *work, enum page_kind kind, size_t language, struct str code,
	      size_t number, struct str bytes);

/* All messages to buyers, likewise: planned by one thread, written into memory by any number. */
void messages_plan(struct work *work);
void messages_write(struct work *work, unsigned worker);

/* Publishes them below messages/, with their schedule. */
void messages_publish(struct work *work);
void messages_release(struct work *work);

/* The desk from which listings are pasted, when there are any: after pasting_finish. */
void desk_publish(struct work *work);

/* Reports below out/report. */
void reports_render(struct work *work);

/* report/duties.csv: import charges of every product and destination. */
void duties_render(struct work *work);

/* report/index.html, the seller's report. */
void report_publish(struct work *work);

/* Is this the first build of so many products that changes.csv only counts them? */
bool first_large_build(const struct work *work);

/* Why a listing's text was written, likewise; `class_key` is offer_class of the product. */
struct str reason_of_listing(struct work *work, size_t index, const struct row *row,
			     uint64_t class_key, enum change change);

/* Is the product one of those that --only names? */
bool product_wanted(const struct work *work, struct str id);

/* Finds the rules that began or ended since the last build; reason_of_rules tells a country's, or nothing. */
void rules_compare(struct work *work);
void rules_remember(struct work *work);
struct str reason_of_rules(const struct work *work, size_t destination);

/* Why a product's page was written, to live as long as the list of changes. */
struct str reason_of_page(struct work *work, size_t index, size_t language,
			  const struct row *row, enum change change);

/* Keeps a copy of products.csv for the next build to hold its rows against. */
void keep_catalog(struct work *work);
void last_catalog_close(struct work *work);

/* Adds the path of a changed page below the output folder. */
void page_change_path(const struct work *work, const struct page_change *page, struct buf *path);

/* Adds report/changes.csv to `out`. */
void changes_report(struct work *work, struct buf *out);

/* Adds report/changes.html; the changes are in order already. */
void changes_page(struct work *work, struct buf *out);

#endif
