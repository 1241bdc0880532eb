/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_BUILD_REASON_H
#define UPFRONT_BUILD_REASON_H

/*
 * reason - why a page is not what it was.
 *
 * Internal to build/. Not guessed: a product's row is held against the row that the last build
 * read, cell by cell, and what its class read while it was folded against what it read then.
 * For that, out/.upfront keeps the last catalog and the names and values each class read.
 */

#include "build/work.h"

/* The reason for one page, in the arena: "products.csv price: 64.00 EUR, now 65.00 EUR". */
struct str reason_of_page(struct work *work, struct arena *arena, size_t index,
			  enum change change);

#endif
