/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_OUTPUT_FOLDED_H
#define UPFRONT_OUTPUT_FOLDED_H

/*
 * folded - what class.c keeps of a class and runner.c runs.
 *
 * Internal to output/.
 */

#include <pthread.h>

#include "base/map.h"
#include "output/class.h"

/* The methods of `to` in the order in which the class's page shows them. */
struct home {
	struct place place;
	const struct service **services;
	struct money *fees;
	size_t count;
};

/* What has been folded, and what the product's own stage still fills in `to`. */
struct folded_class {
	struct page_class shown;
	pthread_mutex_t lock;
	bool ready;
	struct arena arena;
	const struct program **programs; /* one a language */
	struct home *homes;		 /* one a language */
};

struct classes {
	const struct workings *workings;
	struct edition *const *editions;
	struct reasons *reasons;
	size_t language_count;
	pthread_mutex_t lock;
	struct arena arena;
	struct map by_key;
};

#endif
