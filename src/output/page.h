/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_OUTPUT_PAGE_H
#define UPFRONT_OUTPUT_PAGE_H

/*
 * page - the pages that are about no product: start, shop, policy, questions, countries, lists.
 *
 *	struct page_request request = { .kind = PAGE_TO, .destination = 3 };
 *	page_render(edition, workings, &request, &buf, &trouble);
 *
 * All render into a buffer; where they lie is the plan's matter.
 */

#include "output/edition.h"
#include "output/scope.h"

/* A product as a list shows it. */
struct card {
	struct str id, title, slug;
	struct str default_title; /* in the default language */
};

struct page_request {
	enum page_kind kind;
	size_t destination;	  /* PAGE_TO: in shop->destinations */
	size_t number, count;	  /* PAGE_PRODUCTS: this list page, from 1, of so many */
	size_t product_count;	  /* of the shop */
	const struct card *cards; /* PAGE_PRODUCTS, PAGE_SHOP */
	size_t card_count;
};

/* False with the name that could not be written. */
bool page_render(const struct edition *edition, const struct workings *workings,
		 const struct page_request *request, struct buf *out, struct str *trouble);

#endif
