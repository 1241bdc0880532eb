/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_WORDS_WORDS_H
#define UPFRONT_WORDS_WORDS_H

/*
 * words - how a language writes numbers, money, dates, plurals and names of countries.
 *
 * ICU knows; this room alone asks it, once a language: patterns, digits and signs are taken
 * over when a language is opened and applied by us, so that formatting is fast, exact (money
 * from integers, rounded half up) and safe from many threads. A struct words never changes
 * after words_open and lives in the caller's arena.
 *
 *	struct words *german = words_open(arena, S("de"));
 *	words_money(german, &buf, (struct amount){ 1850, 2, "EUR" });	// 18,50 €
 *	words_plural(german, 1);					// PLURAL_ONE
 */

#include "base/buf.h"

/* digits / 10^scale of a currency; rounded to the currency's ISO 4217 minor unit when shown. */
struct amount {
	int64_t digits;
	uint8_t scale;
	char currency[4];
};

enum plural { PLURAL_ZERO, PLURAL_ONE, PLURAL_TWO, PLURAL_FEW, PLURAL_MANY, PLURAL_OTHER };

/* "zero", "one", ... as CLDR names them; and back (false when there is no such word). */
const char *plural_name(enum plural plural);
bool plural_parse(struct str name, enum plural *plural);

enum date_style {
	DATE_SHORT,  /* 12/6/26 */
	DATE_MEDIUM, /* Dec 6, 2026 */
	DATE_LONG,   /* December 6, 2026 */
	DATE_DAY     /* Sunday, December 6 */
};

struct words;

/* NULL when ICU has no data for the tag (a near match such as de-AT for de is fine). */
struct words *words_open(struct arena *arena, struct str tag);

struct str words_tag(const struct words *words);
bool words_right_to_left(const struct words *words);

/* The language's name in itself ("Deutsch"), starting with a capital where it does so in a menu. */
struct str words_own_name(const struct words *words);

/* Which plural form a whole number takes; every form the language has is in the set (bit of enum plural). */
enum plural words_plural(const struct words *words, int64_t number);
unsigned words_plural_forms(const struct words *words);

void words_number(const struct words *words, struct buf *out, int64_t number);

/* digits / 10^scale with the language's signs: 1.5 -> "1,5". */
void words_decimal(const struct words *words, struct buf *out, int64_t digits, uint8_t scale);

/* A whole percentage: "90 %". */
void words_percent(const struct words *words, struct buf *out, int64_t percent);

void words_money(const struct words *words, struct buf *out, struct amount amount);

/* `date` in days since 1970-01-01. */
void words_date(const struct words *words, struct buf *out, int32_t date, enum date_style style);

/* A weight in grams, as a buyer reads it: "850 g", "1.2 kg". */
void words_weight(const struct words *words, struct buf *out, int64_t grams);

/* The name of an ISO 3166 country in the language; the code itself when ICU has none. `US-HI` gives the country's name and the region's code. */
struct str words_country(const struct words *words, struct str code);

/* "a, b and c". */
void words_list(const struct words *words, struct buf *out, const struct str *items, size_t count);

/* Sort order of two texts in the language. */
int words_compare(const struct words *words, struct str a, struct str b);

/* Countries in which the language is official or the likely home of its speakers ("de": DE AT CH ...), the likeliest first: may be empty. */
const struct str *words_homes(const struct words *words, size_t *count);

/* NFC, lower case, for paths and for telling names apart. */
struct str words_fold(struct arena *arena, struct str s);

/* Is this an IANA time zone? Minutes east of UTC there at the start of the date (UTC). */
bool words_zone_known(struct str zone);
int words_zone_offset(struct str zone, int32_t date);

/* Versions of ICU, CLDR and the time zone data, for --version and the manifest. */
struct str words_version(struct arena *arena);

#endif
