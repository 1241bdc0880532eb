/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_WORDS_INSIDE_H
#define UPFRONT_WORDS_INSIDE_H

/*
 * inside - what the files of this room share, and nobody else reads.
 *
 * A language is learned from ICU's own output: a sample number is formatted, and what stands
 * before, between and behind its digits is kept as a number_form. That covers every pattern,
 * spacing rule and bidi mark of every language without knowing any of them, and what we write
 * later is by construction what ICU would have written.
 */

#include "words/words.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unicode/utypes.h>

enum {
	SIGN_ROOM = 63,       /* bytes; the longest that ICU 72 has is below 40 */
	TEXT_ROOM = 512,      /* UTF-16 units of the longest thing asked from ICU at once */
	SMALL_PLURALS = 1000, /* whole numbers whose plural form is known without asking */
	MONEY_SLOTS = 64,     /* currencies remembered a language; a power of two */
	DATE_PIECES = 16
};

/* A few characters kept by value: a sign, a separator, a currency's symbol with its space. */
struct sign {
	uint8_t len;
	char text[SIGN_ROOM];
};

/* How a number is dressed. */
struct number_form {
	struct sign before, behind;             /* of a number from 0 on */
	struct sign minus_before, minus_behind; /* of a negative number */
	struct sign group, point;
	uint8_t last_group;   /* digits in the group before the point; 0: no grouping */
	uint8_t other_groups; /* digits in the groups before that one */
	uint8_t group_from;   /* whole digits from which on there is grouping */
};

/* Currencies learned so far: `key` is set last, by the one holder of the lock. */
struct money_slot {
	_Atomic uint32_t key; /* the currency's three letters; 0: free */
	struct number_form form;
};

struct money_forms {
	pthread_mutex_t lock; /* taken only to learn a currency that was not met before */
	struct money_slot slots[MONEY_SLOTS];
};

enum date_part {
	PART_LITERAL,
	PART_YEAR,
	PART_MONTH,
	PART_DAY,
	PART_MONTH_NAME,
	PART_WEEKDAY_NAME
};

struct date_piece {
	enum date_part part;
	uint8_t width;           /* least digits of a number; a year of width 2 loses its century */
	struct str text;         /* PART_LITERAL */
	const struct str *names; /* twelve months, or seven days with Sunday first */
};

struct date_form {
	size_t count;
	bool named; /* the month by its name */
	struct date_piece pieces[DATE_PIECES];
};

/* A unit's text around a number of one plural form. */
struct unit_form {
	struct sign before, behind;
	bool without_number; /* Arabic says "gram" for one gram */
};

struct words {
	struct str tag;     /* as the caller wrote it */
	const char *locale; /* ICU's name for it, with the Gregorian calendar */
	bool right_to_left;
	struct str own_name;
	struct sign digits[10];
	uint8_t plurals[SMALL_PLURALS];
	unsigned plural_forms;
	struct number_form number, percent;
	struct money_forms *money;
	struct unit_form gram[PLURAL_OTHER + 1], kilogram[PLURAL_OTHER + 1];
	struct date_form dates[DATE_DAY + 1];
	struct str first_day; /* beside a month's name; empty: a number */
	struct str *weekdays; /* short, as they stand alone, Sunday first */
	struct str *countries; /* 26 * 26, by the letters of the code; empty where unnamed */
	struct str *homes;
	size_t home_count;
};

/* The plural form of a number that need not be whole, by its shortest decimal digits. */
enum plural plural_of_number(const struct words *words, double number);

/* Each fills its part of a language that knows its locale; what ICU refuses is an assert. */
void numbers_learn(struct words *words, struct arena *arena);
void weights_learn(struct words *words); /* after plurals and numbers */
void plurals_learn(struct words *words);
void dates_learn(struct words *words, struct arena *arena);
void countries_learn(struct words *words, struct arena *arena);
void homes_learn(struct words *words, struct arena *arena);

/* From ICU's UTF-16 into the arena or into a sign. */
struct str utf8_copy(struct arena *arena, const UChar *text, int32_t len);
void sign_set(struct sign *sign, const UChar *text, int32_t len);

/* Every answer to an ICU call that only a broken installation can refuse. */
void icu_must(UErrorCode status);

/* UTF-16 text from ICU. */
struct sample {
	int32_t len;
	UChar text[TEXT_ROOM];
};

/* Formats decimal numbers ("-1.5") by an ICU number skeleton. */
void samples_format(const char *locale, const char *skeleton, const char *const *numbers,
		    size_t count, struct sample *samples);

/* Learns a form from a skeleton that shows two places behind the point. */
void form_learn(const char *locale, const char *skeleton, struct number_form *form);

/* What is before the first digit of a sample and behind its last; false when it has no digit. */
bool sample_around(const struct sample *sample, struct sign *before, struct sign *behind);

/* A number taken apart: whole.fraction, the fraction with leading zeros to `places`. */
struct plain {
	bool negative;
	uint64_t whole, fraction;
	uint8_t places;
};

/* digits / 10^scale, rounded half away from zero to `places`, or filled up with zeros. */
struct plain plain_of(int64_t digits, uint8_t scale, uint8_t places);

/* Writes the number as the form wants it, with the minus of a number below zero. */
void plain_add(const struct words *words, const struct number_form *form, struct buf *out,
	       struct plain plain);

#endif
