/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_MARKET_LETTERS_H
#define UPFRONT_MARKET_LETTERS_H

/*
 * letters - what is known of single characters: capitals, and what may be left out.
 *
 * Internal to market/. Latin, Greek and Cyrillic; other scripts have no capitals.
 *
 *	if (letters_lower(code) == letters_lower(other))
 *		same();
 */

#include "base/str.h"

/* The text in capitals; `turkish`: a small i becomes one with a dot. */
struct str letters_upper(struct arena *arena, struct str text, bool turkish);

uint32_t letters_lower(uint32_t code);

/* A letter or digit of any script: what a word consists of. */
bool letters_of_word(uint32_t code);

/* A sign that can be left out without changing what the text says: emoji, bullets, trade marks. */
bool letters_are_ornament(uint32_t code);

#endif
