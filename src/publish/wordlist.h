/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PUBLISH_WORDLIST_H
#define UPFRONT_PUBLISH_WORDLIST_H

/*
 * wordlist - texts one after the other, each once, known by where it stands.
 *
 * Internal to publish/, for the shelf, which has some millions: a text costs its own bytes, four for its
 * length, and some for a number in the index.
 *
 *	struct wordlist words = { 0 };
 *	uint32_t at = wordlist_add(&words, S("ebay.de"));
 *	struct str again = word_at(buf_str(&words.text), at);
 *	wordlist_release(&words);
 */

#include "base/buf.h"

/* Numbers by the hash of what they stand for: the caller knows what that is, and compares. Zeroed it is empty. */
struct numbers {
	uint32_t *items; /* plus 1; 0: free */
	size_t room; /* a power of two */
	size_t count;
};

/* Makes room for one more. True: it is empty now, and all that is there has to be put in again. */
bool numbers_grow(struct numbers *numbers);
void numbers_put(struct numbers *numbers, uint64_t hash, uint32_t number);
void numbers_release(struct numbers *numbers);

/* The number at a place, counted up from the hash; false where the search ends. */
bool numbers_at(const struct numbers *numbers, size_t place, uint32_t *number);

struct wordlist {
	struct buf text; /* each word behind its length */
	struct numbers places;
};

/* Where the word stands; added when it is new. */
uint32_t wordlist_add(struct wordlist *list, struct str word);

/* SIZE_MAX: it is not there. */
size_t wordlist_find(const struct wordlist *list, struct str word);

/* The word that stands there; lent by the text. */
struct str word_at(struct str text, uint32_t at);

void wordlist_release(struct wordlist *list);

#endif
