/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_OUTPUT_EXPLAINED_H
#define UPFRONT_OUTPUT_EXPLAINED_H

/*
 * explained - the figures that explain shows, before they are text or JSON.
 *
 * Internal to output/.
 */

#include "output/explain.h"

struct explained_method {
	const struct offer *offer;
	struct landed landed; /* only when the offer is carried */
};

struct explained {
	struct arena arena;
	struct offers offers;
	struct explained_method methods[OFFER_SERVICES_MAX];
	size_t count;
};

void explained_find(const struct workings *workings, const struct explain_request *request,
		    struct explained *explained);
void explained_release(struct explained *explained);

#endif
