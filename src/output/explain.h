/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_OUTPUT_EXPLAIN_H
#define UPFRONT_OUTPUT_EXPLAIN_H

/*
 * explain - where every number of one product to one country comes from.
 *
 * The same offers, promises and amounts as the pages, with their steps: as text for the seller, or as
 * the JSON object of FORMATS section 5.
 */

#include "output/scope.h"

struct explain_request {
	const struct product *product;
	struct place to;
	struct str service; /* only this one; empty: all */
	int64_t quantity;
};

/* Adds the answer as text, or as one JSON object. */
void explain_text(const struct workings *workings, const struct explain_request *request,
		  struct buf *out);
void explain_json(const struct workings *workings, const struct explain_request *request,
		  struct buf *out);

#endif
