/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_OUTPUT_REASONS_H
#define UPFRONT_OUTPUT_REASONS_H

/*
 * reasons - why a page is not what it was.
 *
 * Not guessed: what a class of products read while its page was folded, every name with
 * its value, is kept from build to build in out/.upfront/reads and held against what it reads
 * now.
 *
 *	reasons_note(reasons, class_key, reads);	// while folding, any number of threads
 *	text = reasons_of_class(reasons, class_key);	// "methods.cn-reg.fee: 18.50 EUR, now 19.20 EUR"
 */

#include "program/program.h"

struct reasons;

/* `last` is the content of the file of the last build, or empty; it has to live on. */
struct reasons *reasons_new(struct str last);
void reasons_free(struct reasons *reasons);

/* Remembers what a class read. Texts are copied; equal ones are kept once for all classes. */
void reasons_note(struct reasons *reasons, uint64_t class_key, const struct reads *reads);

/* What differs from the last build, at most three values; lent until reasons_free. Empty when the class was not known then. */
struct str reasons_of_class(struct reasons *reasons, uint64_t class_key);

/* Adds the file for the next build: classes noted now, and with `keep` those of the last that were not. */
void reasons_write(struct reasons *reasons, bool keep, struct buf *out);

/* Has anything been noted since? */
bool reasons_noted(const struct reasons *reasons);

#endif
