/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_TESTS_WORDS_ORACLE_H
#define UPFRONT_TESTS_WORDS_ORACLE_H

/*
 * oracle - ICU's own formatters, to hold our writing against.
 *
 * Random numbers come from a fixed seed, so a failure is found again.
 */

#include "words/words.h"

#include <assert.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <unicode/uloc.h>
#include <unicode/unumberformatter.h>
#include <unicode/ustring.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

enum { ROUNDS = 100000 };

static const char *const oracle_languages[] = {
	"en", "de", "fr", "es", "it",      "nl",      "pl", "pt-BR",
	"ru", "tr", "ja", "ko", "zh-Hans", "zh-Hant", "ar",
};

static inline uint64_t oracle_random(uint64_t *state)
{
	uint64_t x = *state += 0x9E3779B97F4A7C15U;
	x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9U;
	x = (x ^ x >> 27) * 0x94D049BB133111EBU;
	return x ^ x >> 31;
}

/* A number of 1 to `most` digits, every length as likely, either sign. */
static inline int64_t oracle_number(uint64_t *state, unsigned most)
{
	unsigned digits = 1 + (unsigned)(oracle_random(state) % most);
	int64_t number = 0;
	while (digits--)
		number = number * 10 + (int64_t)(oracle_random(state) % 10);
	return oracle_random(state) & 1 ? -number : number;
}

/* digits / 10^scale as ICU reads it. */
static inline void oracle_decimal(char text[static 48], int64_t digits, unsigned scale)
{
	char plain[32];
	uint64_t size = digits < 0 ? 0 - (uint64_t)digits : (uint64_t)digits;
	int len = snprintf(plain, sizeof plain, "%0*llu", (int)scale + 1, (unsigned long long)size);
	snprintf(text, 48, "%s%.*s.%s", digits < 0 ? "-" : "", len - (int)scale, plain,
		 plain + len - (int)scale);
	if (!scale)
		text[strlen(text) - 1] = '\0';
}

struct oracle {
	UNumberFormatter *formatter;
	UFormattedNumber *result;
	char text[1024];
};

static inline void oracle_open(struct oracle *oracle, const char *tag, const char *skeleton)
{
	UErrorCode status = U_ZERO_ERROR;
	char locale[ULOC_FULLNAME_CAPACITY];
	UChar wide[256];
	uloc_forLanguageTag(tag, locale, sizeof locale, NULL, &status);
	u_uastrcpy(wide, skeleton);
	oracle->formatter = unumf_openForSkeletonAndLocale(wide, -1, locale, &status);
	oracle->result = unumf_openResult(&status);
	assert_true(U_SUCCESS(status));
}

static inline void oracle_close(struct oracle *oracle)
{
	unumf_close(oracle->formatter);
	unumf_closeResult(oracle->result);
}

/* What ICU makes of the decimal text; valid until the next call. */
static inline struct str oracle_format(struct oracle *oracle, const char *number)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar wide[512];
	int32_t bytes = 0;
	unumf_formatDecimal(oracle->formatter, number, -1, oracle->result, &status);
	int32_t len = unumf_resultToString(oracle->result, wide, 512, &status);
	u_strToUTF8(oracle->text, sizeof oracle->text, &bytes, wide, len, &status);
	assert_true(U_SUCCESS(status));
	return (struct str){ oracle->text, (size_t)bytes };
}

/* Fails with both texts when ours is another; empties ours for the next round. */
static inline void oracle_agrees(struct buf *ours, struct str icu, const char *tag,
				 const char *what)
{
	if (!str_equal(buf_str(ours), icu))
		fail_msg("%s %s: ours '%.*s', ICU '%.*s'", tag, what, STR(buf_str(ours)), STR(icu));
	buf_reset(ours);
}

#endif
