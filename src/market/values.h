/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_MARKET_VALUES_H
#define UPFRONT_MARKET_VALUES_H

/*
 * values - the small languages in the `value` cells of a profile.
 *
 * Internal to market/. Each function reads one value; false means that it cannot be understood,
 * has been reported at the cell with the way out, and changed nothing.
 *
 *	struct taking t = { arena, diag, rule };
 *	if (value_words(&t, rule->value, &form->tags))
 *		...
 */

#include "market/form.h"

struct taking {
	struct arena *arena;
	struct diag *diag;
	const struct market_rule *rule; /* whose value is read */
};

/* Reports an error at the value's cell; returns false. */
bool value_fault(struct taking *t, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A list; white space, commas and semicolons separate. */
bool value_words(struct taking *t, struct str value, struct words *words);

/* The same, of `known` words only (ended by an empty one); `what` names them: "block". */
bool value_known_words(struct taking *t, struct str value, const struct str *known,
		       const char *what, struct words *words);

/* Names of tags: "p br h2"; and one of them. */
bool value_tags(struct taking *t, struct str value, struct words *words);
bool value_tag(struct taking *t, struct str value);

/* Hosts such as "shop.example", or the word `all` alone. */
bool value_hosts(struct taking *t, struct str value, const char *all, struct words *words);

/* Tags of languages: "de pt-BR"; and one of them, or "*". */
bool value_languages(struct taking *t, struct str value, struct words *words);
bool value_language(struct taking *t, struct str value);

/* The index of one of `words`. */
bool value_choice(struct taking *t, struct str value, const char *const *words, size_t count,
		  int *choice);

bool value_number(struct taking *t, struct str value, int64_t *number);

/* "40000 bytes", "800 characters", "64 KB", "10240 shift_jis". */
bool value_amount(struct taking *t, struct str value, int64_t *amount, enum market_unit *unit);

/* "strong=b em=" (as `example` shows) and "–=- U+00A0=U+0020": pairs added to what is there. */
bool value_pairs(struct taking *t, struct str value, bool characters, const char *example,
		 struct pair **pairs, size_t *count);

/* As it is, or, where all of it is written so, "U+000A U+000A" as the characters. */
struct str value_characters(struct taking *t, struct str value);

/* "emoji han U+2122 € U+0020-U+007E": ranges added to what is there. */
bool value_ranges(struct taking *t, struct str value, struct ranges *ranges);

/* "li: b p": what stands before the colon, and the rest; both trimmed. */
bool value_headed(struct taking *t, struct str value, const char *example, struct str *head,
		  struct str *rest);

/* "markup li=3 br=50 cjk=1.43" */
bool value_counting(struct taking *t, struct str value, struct counting *counting);

#endif
