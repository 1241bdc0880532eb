/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_TABLE_SHOP_WORDS_H
#define UPFRONT_TABLE_SHOP_WORDS_H

/*
 * shop_words - what shop.csv says about its own encoding.
 *
 * The other tables are read by what shop.csv says; shop.csv itself is read before anything is
 * known. The keys `encoding` and `country` and their values are ASCII, and ASCII is the same
 * in every encoding that spreadsheets save, so these two are found in the bytes.
 */

#include "table/source.h"

struct shop_words {
	char encoding[64]; /* empty where nothing is declared */
	char country[3];   /* alpha-2 in capitals, or empty */
};

/* False when the file is not shop.csv, or says neither. */
bool shop_words_read(const struct source *source, struct shop_words *words);

#endif
