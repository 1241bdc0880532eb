/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_WORDS_SOUGHT_H
#define UPFRONT_WORDS_SOUGHT_H

/*
 * sought - words as they are looked for in a text, and not as they are spelled.
 *
 * People write the same words in many ways: capitals, a Turkish I with or without its dot, Arabic with or
 * without its hamza and vowel signs, accents left out, "five-star" and "five star", Korean with and without
 * the space. This file alone knows what counts as the same. A text is read once and remembers where each of
 * its characters came from, so what is found can be shown in the text as it was written. It lives in the arena and
 * needs the text no longer.
 *
 *	struct sought text = words_sought(arena, letter), words = words_sought(arena, S("değerlendirme"));
 *	size_t at = sought_find(&text, &words);		// in `letter`; SIZE_MAX when it is not there
 */

#include "base/arena.h"
#include "base/str.h"

struct sought {
	const uint32_t *text; /* what is compared, in code points */
	const size_t *from;   /* where each of them came from, in what was given */
	size_t len;
};

/* Broken UTF-8 is compared as U+FFFD. */
struct sought words_sought(struct arena *arena, struct str s);

/*
 * Where the words first stand, as an offset into the text that was given; SIZE_MAX when nowhere, or when there
 * are no words. They begin a word, except in scripts that join words (Chinese, Japanese, Korean, Thai) or write
 * "and", "the" and "by" at the front of the next one (Arabic, Hebrew).
 */
size_t sought_find(const struct sought *text, const struct sought *words);

#endif
