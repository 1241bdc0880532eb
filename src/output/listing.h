/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_OUTPUT_LISTING_H
#define UPFRONT_OUTPUT_LISTING_H

/*
 * listing - what a listing says of shipping, before a marketplace's form is given to it.
 *
 * templates/listing.html is one more page of an edition: folded once a language, once a class
 * of products and the place where the listing's buyers live, and run once a product.
 *
 *	const struct listing_text *text = listing_text_get(classes, product, class_key, language, to);
 *	listing_text_run(runner, text, product, slug, &html, &holes, &trouble);
 *
 * What is kept once a shop is templates/listing-shop.html; its parts are marked data-field="NAME".
 */

#include "output/class.h"
#include "plan/snippet.h"

struct listing_text {
	size_t language;
	bool carried;		     /* does any method go there? */
	struct place to;	     /* code "" when nothing goes anywhere */
	const struct promise *promise; /* of the recommended method; NULL unless carried */
	const struct service *service; /* likewise */
	enum payer payer;
	uint64_t hash;		       /* of the folded program */
	struct snippet_values values; /* what it read while it was folded */
};

/*
 * The text for the product's class, folded when it is first asked for. `class_key` is offer_class of the product;
 * `destination` in shop->destinations, or SIZE_MAX for the language's home. Any number of threads.
 */
const struct listing_text *listing_text_get(struct classes *classes, const struct product *product,
					    uint64_t class_key, size_t language, size_t destination);

/*
 * Writes the product's text with holes for its own values. False with the name that could not be
 * written. `known`: are the amounts due at the border known?
 */
bool listing_text_run(struct page_runner *runner, const struct listing_text *text,
		      const struct product *product, struct str slug, struct buf *out,
		      struct holes *holes, bool *known, struct str *trouble);

/* Runs templates/listing-shop.html. False with the name that could not be written. */
bool listing_shop_run(const struct edition *edition, const struct workings *workings,
		      struct buf *out, struct str *trouble);

/* The part of a shop's text for a field: the element with data-field="NAME"; empty when there is none. */
struct str listing_shop_part(struct str html, struct str field);

#endif
