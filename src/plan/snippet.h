/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PLAN_SNIPPET_H
#define UPFRONT_PLAN_SNIPPET_H

/*
 * snippet - one finished text for one field of one marketplace.
 *
 * A listing (a row of listings.csv) has a snippet for each field of its marketplace's profile that is
 * kept once a listing; a marketplace and language have one for each field that is kept once a
 * shop. Where the profile says no, the snippet is withheld: it has no bytes, and says which rule and where
 * its text belongs instead. Snippets are made by the build, any number at a time, and lent
 * for one call: whoever wants to keep something copies it.
 *
 *	ledger_note(ledger, &snippet);
 *
 * Its path tells a snippet from all others, also where a product is listed twice in one language.
 */

#include "base/diag.h"

/* A value that the text leans on: "to.methods.cn-reg.fee", "18.50 EUR"; the same in all languages. */
struct snippet_value {
	struct str name, value;
	struct pos pos; /* of the row it comes from; of none when it comes from many */
};

/* A value with such a name is a lane's figures as promise/steady.h writes them: not for people. */
#define SNIPPET_LANE "lane "

struct snippet_values {
	const struct snippet_value *items;
	size_t count;
};

struct snippet {
	struct str id;		/* of the product; empty for what is kept once a shop */
	struct str marketplace; /* "ebay" */
	struct str site;	/* "ebay.de"; empty when listings.csv names none */
	struct str language;	/* tag */
	struct str field;	/* as in the profile: "description" */
	struct str listing;	/* the marketplace's own number; empty when not given */
	struct str title;	/* of the product in the language; empty for a shop's */
	struct str path;	/* below the output folder: "listings/ebay/de/lamp-1.description.html" */
	struct str bytes;	/* the very bytes of that file; empty when withheld */
	uint64_t hash;		/* of the bytes; 0 when withheld */
	size_t count;		/* by the marketplace's own rule */
	size_t limit;		/* in the same unit; 0: none, or none is known */
	struct str unit;	/* "characters", "bytes" ... */
	struct str left_out;	/* blocks that did not fit or are not allowed, separated by spaces */
	struct str withheld;	/* why there is no text, with the rule's source; empty when there is one */
	struct str instead;	/* where the text belongs instead; empty when nowhere */
	struct pos pos;		/* of the row in listings.csv; of none for a shop's */
	/* What it leans on: `shared` is the same array for all products of a class. */
	struct snippet_values shared, own;
	uint64_t own_set; /* of `own`, where the shelf was given them before; 0: it was not */
};

/* Is there a text? */
static inline bool snippet_is_shown(const struct snippet *snippet)
{
	return snippet->withheld.len == 0;
}

#endif
