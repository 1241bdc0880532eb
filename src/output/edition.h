/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_OUTPUT_EDITION_H
#define UPFRONT_OUTPUT_EDITION_H

/*
 * edition - the shop in one language: its words, its texts, its pages half made.
 *
 * An edition reads text/LANG.csv, the Markdown of policy/LANG and faq/LANG and the templates,
 * compiles them, and folds in everything that is the same on all pages of the language: the
 * shop, the words, the policy, the questions. What is left in its pages waits for a class of
 * products, a country or a list.
 *
 *	struct edition **editions = editions_new(arena, shop, diag);
 *	if (diag_errors(diag))
 *		return -1;
 *	edition_fold(editions[0]);
 *	program_run(editions[0]->pages[PAGE_FAQ], editions[0]->words, scope, &buf, &trouble);
 *
 * An edition lives in the arena and is read by all threads once it is folded.
 */

#include "output/names.h"
#include "plan/plan.h"
#include "program/program.h"

struct letters;

struct edition {
	const struct shop *shop;
	size_t language; /* in shop->languages */
	const struct words *words;
	struct messages messages;
	struct texts *texts; /* its Markdown, with what it borrows from the default language */
	struct compiler *compiler;
	const struct program *pages[PAGE_KINDS]; /* folded by edition_fold */
	struct record *root;			 /* what is the same on all pages */
	const struct letters *letters;		 /* messages to buyers */
	struct str *country_names;		 /* one for each of shop->destinations */
	struct str *handling_cities; /* one for each of shop->handlings: whose time the cut-off is in */
	size_t *destinations_by_name;		 /* indexes into shop->destinations */
	size_t home; /* of the language, in shop->destinations; SIZE_MAX when none is served */
	struct edition *const *all; /* the editions of all languages, this one among them */
	struct arena *arena;
};

/*
 * Compiles the editions of all languages of the shop, in their order; the first is the one that others fall
 * back to. An array of shop->language_count; what is wrong has been reported.
 */
struct edition **editions_new(struct arena *arena, const struct shop *shop, struct diag *diag);

/* Folds the pages of the language. Needs a compile without errors. */
void edition_fold(struct edition *edition);

/* A record of the root shape in `arena` that shares what the edition knows; the rest is VALUE_LATER. */
struct record *edition_scope(const struct edition *edition, struct arena *arena);

/* page.* for one page: kind, ways, address and alternates. `slug_or_code` as in plan_path. */
struct record *edition_page(const struct edition *edition, struct arena *arena, enum page_kind kind,
			    struct str slug_or_code, size_t number);

/* Fills the record's `closures` with those of the kind and country in the days ahead. */
void edition_closures(const struct edition *edition, struct arena *arena, struct record *record,
		      enum closure_kind kind, struct place country, int days_ahead);

/*
 * The tag of the language that a text from a table is in, when it is not the page's: where it was not
 * translated, the default language's. Else empty.
 */
struct str edition_lang(const struct edition *edition, struct str text, struct str otherwise);
struct str edition_translated_lang(const struct edition *edition, const struct translated *text);

/* Fills a number or money, or says that it is absent: below 0, or without a currency. */
void fill_number(struct record *record, const char *field, int number);
void fill_money(struct record *record, const char *field, struct money money);

/* An amount as the words room takes it. */
struct amount amount_of(struct money money);

#endif
