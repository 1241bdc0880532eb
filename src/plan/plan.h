/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PLAN_PLAN_H
#define UPFRONT_PLAN_PLAN_H

/*
 * plan - which pages exist and where they lie.
 *
 * Listings are no pages, but their texts are made in the same stages: see plan/snippet.h.
 *
 * Every output is a folder (below the output folder) and a name in it; addresses on the web
 * are the same, below the shop's url. Nothing here reads or writes.
 *
 *	plan_folder(plan, PAGE_PRODUCT, language, slug, &folder);	// "site/de/p"
 *	plan_name(plan, PAGE_PRODUCT, slug, 0, &name);			// "lamp-1.html"
 */

#include "shop/shop.h"

enum page_kind {
	PAGE_START,    /* site/index.html */
	PAGE_SHOP,     /* site/LANG/index.html */
	PAGE_POLICY,   /* site/LANG/policy.html */
	PAGE_FAQ,      /* site/LANG/faq.html */
	PAGE_PRODUCTS, /* site/LANG/products/N.html: every product's title, PRODUCTS_A_PAGE a page */
	PAGE_TO,       /* site/LANG/to/CC.html */
	PAGE_PRODUCT,  /* site/LANG/p/SLUG.html, or p/xx/SLUG.html when sharded */
	PAGE_LISTING,  /* no page: the text from which a listing's snippets are made */
	PAGE_LISTING_SHOP, /* no page: what a marketplace keeps once per shop */
	PAGE_SLIP, /* slips/LANG/SLUG.html: the packing slip of a product, outside of the web root */
	PAGE_KINDS
};
enum { PRODUCTS_A_PAGE = 100, PLAN_SHARDS = 256 };

const char *page_kind_name(enum page_kind kind); /* as templates see it: "start", "shop", ... */
const char *page_template(enum page_kind kind);	 /* "templates/product.html" */

/* Adds the page's folder below the output folder. `slug` matters only to sharded products. */
void plan_folder(struct buf *out, const struct shop *shop, enum page_kind kind, size_t language,
		 struct str slug);

/* Adds the page's file name: from the slug, the country's code or the list's number. */
void plan_name(struct buf *out, enum page_kind kind, struct str slug_or_code, size_t number);

/* Adds the page's address below the web root: "de/p/lamp-1.html". */
void plan_path(struct buf *out, const struct shop *shop, enum page_kind kind, size_t language,
	       struct str slug_or_code, size_t number);

/* The way from a page up to the web root ("../../"), and to its language's folder ("../"). */
const char *plan_way_up(const struct shop *shop, enum page_kind kind);
const char *plan_way_home(const struct shop *shop, enum page_kind kind);

/* Which of the PLAN_SHARDS folders a slug lies in. */
unsigned plan_shard(struct str slug);

/* How many list pages `products` need; at least 1. */
size_t plan_list_pages(size_t products);

#endif
