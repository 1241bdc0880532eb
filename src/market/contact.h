/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_MARKET_CONTACT_H
#define UPFRONT_MARKET_CONTACT_H

/*
 * contact - does this piece of text hold what a field forbids to say?
 *
 * Internal to market/. What counts as an e-mail address, a telephone number or an address on the
 * web is written down in contact.c, in words; the checker has its own reading of the same words.
 *
 *	struct found found;
 *	if (contact_find(form, sentence, language, &found))
 *		leave_out(sentence, found.why);
 */

#include "market/form.h"

struct found {
	struct str text;               /* lent from the piece */
	const char *why;               /* "it holds an e-mail address" */
	const char *rule;              /* "contact", "banned" */
	const struct market_rule *row; /* of a banned phrase; else NULL */
};

/* What a name on the web ends in; ended by NULL. Endings that are words or abbreviations are not
 * there. */
extern const char *const web_endings[];

/* `language` empty: the banned phrases of all languages. */
bool contact_find(const struct market_form *form, struct str text, struct str language,
		  struct found *found);

#endif
