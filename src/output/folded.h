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
	uint64_t asked; /* bits: of which of the first 64 customs are asked for */
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

/* What a run of a listing's text asks for beside what a page does. */
struct listing_run {
	struct holes *holes; /* values are left out */
	bool known;	     /* set: are the first method's amounts of customs known? */
};

/* Notes the methods of `home->place` in the order of a class's page. */
void folded_home(const struct workings *workings, struct arena *arena,
		 const struct product *product, struct home *home);

/* Runs a folded program with the product's own values; `listing` is NULL for a page. */
bool runner_run(struct page_runner *runner, const struct program *program,
		const struct edition *edition, const struct home *home,
		const struct product *product, struct str slug, struct listing_run *listing,
		struct buf *out, struct str *trouble);

const struct edition *runner_edition(const struct page_runner *runner, size_t language);

/* Of classes_let_go and classes_release, the part of the listings. */
void listing_texts_let_go(struct classes *classes);
void listing_texts_release(struct classes *classes);

struct classes {
	const struct workings *workings;
	struct edition *const *editions;
	struct reasons *reasons;
	size_t language_count;
	pthread_mutex_t lock;
	struct arena arena;
	struct map by_key;
	struct map listings; /* of listing.c: class, language and destination -> text */
};

#endif
