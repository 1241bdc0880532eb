/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_REVIEW_REVIEW_H
#define UPFRONT_REVIEW_REVIEW_H

/*
 * review - what a proof-reader would say of texts that compile.
 *
 * Reads the words of the templates, the policy, the questions and the messages once more, as text,
 * and holds them against the tables and the languages against one another: what a language lacks,
 * numbers typed by hand, names that one language uses and another does not, claims without a row that
 * vouches for them, questions that buyers ask and nobody answers, situations with one remedy only,
 * names in claims.csv that no text can ask for. Everything is told as a warning at its place, and a
 * strict build stops there; a single remedy is an error. Nothing here changes what is written.
 *
 *	review_texts(arena, shop, catalog, editions, diag);
 *
 * The register of advice says, for each piece of advice that the shop's content is built on, where it
 * is carried out, or what is missing: content/advice.csv in, out/report/advice.csv out.
 *
 *	review_advice(arena, shop, editions[0], &csv, diag);
 */

#include "output/edition.h"
#include "shop/catalog.h"

/* Reviews the texts of all languages; `editions` as editions_new gave them. */
void review_texts(struct arena *arena, const struct shop *shop, const struct catalog *catalog,
		  struct edition *const *editions, struct diag *diag);

/* Adds the report on advice to `out`; nothing when the shop has no register. */
void review_advice(struct arena *arena, const struct shop *shop, const struct edition *edition,
		   struct buf *out, struct diag *diag);

#endif
