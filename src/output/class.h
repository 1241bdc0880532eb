/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_OUTPUT_CLASS_H
#define UPFRONT_OUTPUT_CLASS_H

/*
 * class - product pages, folded for all products that no rule tells apart.
 *
 * The first product of a class that is met folds the pages of all languages for it; every
 * other one only runs what is left: title, price, addresses, amounts of customs.
 *
 *	const struct page_class *class = class_get(classes, product);
 *	class_run(runner, class, language, product, slug, &buf, &trouble);
 */

#include "output/edition.h"
#include "output/reasons.h"
#include "output/scope.h"

struct page_class {
	uint64_t key;  /* offer_class of its products */
	uint64_t hash; /* of the folded programs of all languages */
	struct str unknown; /* what a trial run could not write: the class has no pages; else empty */
};

struct classes;

/* `reasons` takes what the pages of the default language read; NULL: nobody asks. */
struct classes *classes_new(struct arena *arena, const struct workings *workings,
			    struct edition *const *editions, struct reasons *reasons);
void classes_release(struct classes *classes);

/* Gives the folded pages and listings back once nothing is rendered any more; keys and hashes stay. */
void classes_let_go(struct classes *classes);

/* The class of the product, folded and tried with it. Any number of threads. */
const struct page_class *class_get(struct classes *classes, const struct product *product);

/* What one worker needs to run pages: made once, used for one product after the other. */
struct page_runner;
struct page_runner *page_runner_new(struct arena *arena, const struct classes *classes);
void page_runner_release(struct page_runner *runner);

/* Renders the product's page in one language. False with the name that could not be written. */
bool class_run(struct page_runner *runner, const struct page_class *class, size_t language,
	       const struct product *product, struct str slug, struct buf *out,
	       struct str *trouble);

/* Likewise the packing slip, where the shop has slips. */
bool slip_run(struct page_runner *runner, const struct page_class *class, size_t language,
	      const struct product *product, struct str slug, struct buf *out, struct str *trouble);

size_t classes_count(const struct classes *classes);

#endif
