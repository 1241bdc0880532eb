/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_WORDS_WORDS_H
#define UPFRONT_WORDS_WORDS_H

/*
 * words - how a language writes numbers, money, dates, plurals and names of countries.
 *
 * ICU knows; this room alone asks it, once a language: patterns, digits and signs are taken
 * over when a language is opened and applied by us, so that formatting is fast, exact (money
 * from integers, rounded half up) and safe from many threads. A struct words lives in the
 * caller's arena and is never closed; what it answers never changes after words_open, and
 * words_first_day where it is called at all.
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

/*
 * Opens a language by its BCP 47 tag; takes about a millisecond. NULL when the tag is malformed or
 * ICU has no data for the language (a near match such as de for de-XX is fine). Extensions are
 * obeyed: `ar-u-nu-latn` is Arabic with the digits 0 to 9.
 */
struct words *words_open(struct arena *arena, struct str tag);

struct str words_tag(const struct words *words);
bool words_right_to_left(const struct words *words);

/* The language's name in itself ("Deutsch"), starting with a capital where it does so in a menu. */
struct str words_own_name(const struct words *words);

/* The name of another language in this one: "de" gives "German"; the tag when ICU has none. */
struct str words_language(const struct words *words, struct arena *arena, struct str tag);

/* Which plural form a whole number takes; the sign does not count. */
enum plural words_plural(const struct words *words, int64_t number);

/* The forms that the language has: bit 1 << PLURAL_ONE and so on. */
unsigned words_plural_forms(const struct words *words);

/* A whole number with the language's digits and grouping: 12345 -> "12.345". */
void words_number(const struct words *words, struct buf *out, int64_t number);

/* digits / 10^scale (scale up to 18) with all `scale` places shown: 15 / 10 -> "1,5". */
void words_decimal(const struct words *words, struct buf *out, int64_t digits, uint8_t scale);

/* A whole percentage: "90 %". */
void words_percent(const struct words *words, struct buf *out, int64_t percent);

/*
 * The amount with the currency's sign where the language puts it: "18,50 €", "-€3.00". No minus
 * before a zero.
 */
void words_money(const struct words *words, struct buf *out, struct amount amount);

/*
 * How the first of a month is written beside the month's name ("1er mai"), which ICU does not know;
 * until then, and beside a month's number always, as a number. The text lives as long as the words.
 */
void words_first_day(struct words *words, struct str text);

/* `date` in days since 1970-01-01, years 1583 to 9999; the Gregorian calendar in every language. */
void words_date(const struct words *words, struct buf *out, int32_t date, enum date_style style);

/* A time of day, minutes after midnight, on the clock of 24 hours: "09:30". */
void words_clock(const struct words *words, struct buf *out, int minutes);

/* The short name of a day of the week as it stands alone, Monday being 0: "Mon", "Mo". */
struct str words_weekday(const struct words *words, int weekday);

/* A weight in grams, not negative, as a buyer reads it: "850 g", "1.2 kg". */
void words_weight(const struct words *words, struct buf *out, int64_t grams);

/*
 * The name of an ISO 3166 country in the language; the code itself when ICU has none. A region
 * such as `US-HI` gives the country's name and the region's code, "United States (HI)", made in
 * the arena.
 */
struct str words_country(const struct words *words, struct arena *arena, struct str code);

/* "a, b and c". */
void words_list(const struct words *words, struct buf *out, const struct str *items, size_t count);

/* Sort order of two texts in the language: <0, 0 or >0. */
int words_compare(const struct words *words, struct str a, struct str b);

/*
 * Countries in which a buyer is likely to read the language ("de": DE AT CH ...), the likeliest
 * first; a country that the tag names itself (pt-PT) comes first. May be empty.
 */
const struct str *words_homes(const struct words *words, size_t *count);

/*
 * Case-folded lower case in NFC ("Straße" -> "strasse"), for paths and for telling names apart.
 * Broken UTF-8 becomes U+FFFD.
 */
struct str words_fold(struct arena *arena, struct str s);

/*
 * Is this a time zone of the IANA database, such as "Asia/Shanghai" or "UTC"? Three letters that
 * mean different zones to different people (BST, CST, IST) are not.
 */
bool words_zone_known(struct str zone);

/*
 * The city of a zone in the language: "America/New_York" gives "New York", "Нью-Йорк". The zone's
 * own name where it names no city ("UTC"). Takes up to a millisecond.
 */
struct str words_zone_city(const struct words *words, struct arena *arena, struct str zone);

/* Minutes east of UTC in a known zone at 00:00 UTC of the date. */
int words_zone_offset(struct str zone, int32_t date);

/* The day on which the zone's clocks are next put on or back, after the date; the largest number when never. */
int32_t words_zone_change(struct str zone, int32_t date);

/* The time zones in which people of a country live, made in the arena; none for an unknown country. */
const struct str *words_country_zones(struct arena *arena, struct str country, size_t *count);
/* The same at noon there: what clocks show on most of that day. */
int words_zone_offset_noon(struct str zone, int32_t date);

/*
 * For those who look for numbers in running text. The words that stand beside a number of minutes,
 * hours, days, weeks and months, folded, in every plural form; the number itself in words, folded
 * (empty where ICU cannot); the value of a digit of any script, or -1; is it a sign such as €?
 */
const struct str *words_time_units(const struct words *words, struct arena *arena, size_t *count);
struct str words_spellout(const struct words *words, struct arena *arena, int64_t number);
int words_digit(uint32_t code_point);
bool words_is_currency_sign(uint32_t code_point);

/* Is the character a letter, a digit or a mark on one, in any script? */
bool words_is_letter_or_digit(uint32_t code_point);

/* Versions of ICU, CLDR and the time zone data, for --version and the manifest. */
struct str words_version(struct arena *arena);

#endif
