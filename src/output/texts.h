/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_OUTPUT_TEXTS_H
#define UPFRONT_OUTPUT_TEXTS_H

/*
 * texts - what the seller wrote in one language: text/LANG.csv, policy/LANG and faq/LANG.
 *
 * Internal to output/. Sections and questions are ordered by `order` in their front matter,
 * then by file name; one with a `when` that does not hold is left out; questions that buyers
 * asked more often (questions.csv, by topic = file name) come first.
 */

#include "program/program.h"
#include "shop/shop.h"

struct texts;

/* Reads content/text/TAG.csv; a doubled key is an error. */
void texts_messages(struct arena *arena, const struct shop *shop, struct str tag,
		    struct messages *messages, struct diag *diag);

/* Compiles the Markdown of the language; what is wrong has been reported. */
struct texts *texts_read(struct arena *arena, const struct shop *shop, struct str tag,
			 struct compiler *compiler, struct diag *diag);

/*
 * Adds the sections and questions that only the default language has, folded with its words and root
 * and marked as its own: <div lang="en" dir="ltr">.
 */
void texts_borrow(struct texts *texts, const struct texts *from, const struct words *words,
		  const struct record *root);

/* Fills policy, faq and top_faq of the root, leaving out what its `when` excludes. */
void texts_fill(const struct texts *texts, struct record *root, int top_count);

#endif
