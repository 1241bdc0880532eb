/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_OUTPUT_FITTING_H
#define UPFRONT_OUTPUT_FITTING_H

/*
 * fitting - a listing's text in the form of a field, lowered once for all products that share it.
 *
 * Lowering and checking are dear and pure, and products of a class differ in a few amounts alone. So the
 * text with its holes is lowered once for each field and proven once by the checker (market_prove), and the values are
 * lowered each by itself. The checker reads the lines that values stand on once for all values that differ in digits alone. A
 * product then costs the copying of its bytes, or nothing while nobody asks for them. Where that does not give a
 * good text (a value too long, a hole that did not come through, a proof that does not hold) the
 * whole text is lowered and checked as it is. Which way is taken hangs on the text alone, so that bytes never depend on
 * what was lowered before.
 *
 *	struct fittings *fittings = fittings_new();		// one a build, for all threads
 *	struct fitter *fitter = fitter_new(fittings);		// one a worker
 *	struct fit_text text = fit_text_of(language, html, &holes);
 *	if (fit(fitter, field, &text, arena, &fitted))
 *		write(fitted.bytes);
 *	else
 *		report(fitted.why);
 *
 * A field with few bytes loses blocks by the length of its text; a word that stands for a value is as long as
 * an amount, so what leaves is the same for all products of a class.
 */

#include "market/market.h"
#include "program/program.h"

/* A text with words for its values, and the values; all of it lent. */
struct fit_text {
	struct str language; /* tag */
	struct str html;
	uint64_t hash; /* of the html */
	uint64_t shapes; /* of language and values, digits aside */
	const struct holes *holes;
};
struct fit_text fit_text_of(struct str language, struct str html, const struct holes *holes);

struct fitted {
	struct str bytes; /* in the caller's arena */
	struct str why;	  /* why there are none, likewise */
	int64_t count, limit;
	const struct market_removal *removals; /* what left the text; likewise, or for as long as the fittings */
	size_t removal_count;
	struct str left_out; /* the blocks among them, parted by spaces, each once; likewise */
};

/* What was lowered for all products of a class. Any number of threads. */
struct fittings;
struct fittings *fittings_new(void);
void fittings_free(struct fittings *fittings); /* NULL is fine */

struct fitter;
struct fitter *fitter_new(struct fittings *fittings);
void fitter_free(struct fitter *fitter); /* before the fittings; the next one knows what this one knew */

/* How many texts were lowered as a whole by this fitter, and how many were put together. */
void fitter_counts(const struct fitter *fitter, size_t *lowered, size_t *filled);

/* Does it fit? False: nothing does, and `why` says what. `bytes` stay empty. */
bool fit_try(struct fitter *fitter, const struct market_field *field, const struct fit_text *text,
	     struct arena *arena, struct fitted *fitted);

/* The same, and the bytes. */
bool fit(struct fitter *fitter, const struct market_field *field, const struct fit_text *text,
	 struct arena *arena, struct fitted *fitted);

/* Adds the text with its values in their places. */
void holes_fill(struct buf *out, struct str html, const struct holes *holes);

#endif
