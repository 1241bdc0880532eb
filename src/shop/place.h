/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_SHOP_PLACE_H
#define UPFRONT_SHOP_PLACE_H

/*
 * place - a country, a region of one, or everywhere else.
 *
 * ISO 3166-1 alpha-2 and, behind a hyphen, the region of ISO 3166-2. Alpha-3 codes, UK and EL
 * are understood on reading and never written. Membership of EU and EEA is a dated table in
 * place.c with its source.
 */

#include "base/str.h"

/* "DE", "US-HI", "*" (everywhere else); NUL-terminated, compared with place_equal. */
struct place {
	char code[8];
};

/* Reads one place; false when ISO 3166 has no such country. */
bool place_parse(struct str s, struct place *place);

bool place_equal(struct place a, struct place b);
struct str place_str(const struct place *place); /* lent from the argument */

/* The country of a region; a country is its own. */
struct place place_country(struct place place);

/* Is `inner` the same as `outer`, or a region of it? */
bool place_within(struct place inner, struct place outer);

/* The countries that EU or EEA stands for; NULL when the word is no group. */
const struct place *place_group(struct str name, size_t *count);

bool place_in_eu(struct place place);

/* Every country in turn, by code; false behind the last. */
bool place_nth(size_t index, struct place *place);

/* The currency that is usual in a country, such as "CHF"; "" when not known. */
const char *place_currency(struct place place);

#endif
