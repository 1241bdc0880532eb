/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_OUTPUT_FITTING_H
#define UPFRONT_OUTPUT_FITTING_H

/*
 * fitting - a listing's text in the form of a field, lowered once for all products that share it.
 *
 * Lowering is dear and pure, and products of a class differ in a few amounts alone. So the
 * text with its holes is lowered once for each field, the values are lowered each by itself, and a
 * product only puts them in their places. The checker reads the finished bytes once for all values that differ in digits
 * alone. Where that does not give a good text (a value too long, a hole that did not come through, a check that
 * fails) the whole text is lowered as it is. Which way is taken hangs on the text alone, so that
 * bytes never depend on what was lowered before.
 *
 *	struct fitter *fitter = fitter_new();		// one a worker
 *	if (fit(fitter, field, language, html, &holes, &fitted))
 *		write(fitted.bytes);
 *	else
 *		report(fitted.why);
 *
 * A field with few bytes loses blocks by the length of its text; a word that stands for a value is as long as
 * an amount, so what leaves is the same for all products of a class.
 */

#include "market/market.h"
#include "program/program.h"

struct fitted {
	struct str bytes; /* lent until the next call */
	struct str why;	  /* why there are none */
	int64_t count, limit;
	const struct market_removal *removals; /* what left the text */
	size_t removal_count;
};

struct fitter;
struct fitter *fitter_new(void);
void fitter_free(struct fitter *fitter);

/* How many texts were lowered as a whole, and how many were put together. */
void fitter_counts(const struct fitter *fitter, size_t *lowered, size_t *filled);

/* False: nothing fits, and `why` says what. `html` has a word for each of the holes; `language` is a tag. */
bool fit(struct fitter *fitter, const struct market_field *field, struct str language,
	 struct str html, const struct holes *holes, struct fitted *fitted);

/* Adds the text with its values in their places. */
void holes_fill(struct buf *out, struct str html, const struct holes *holes);

#endif
