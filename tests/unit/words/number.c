/* SPDX-License-Identifier: MIT */
/* Numbers and percentages agree with ICU byte for byte. */
#include "oracle.h"

static void whole_numbers_agree(void **state)
{
	(void)state;
	struct arena arena;
	struct buf out = BUF_INIT;
	uint64_t seed = 1;
	arena_init(&arena);
	for (size_t i = 0; i < LENGTH(oracle_languages); i++) {
		struct oracle oracle;
		const char *tag = oracle_languages[i];
		struct words *words = words_open(&arena, str_of(tag));
		oracle_open(&oracle, tag, "precision-integer");
		for (int round = 0; round < ROUNDS; round++) {
			char text[48];
			int64_t number = oracle_number(&seed, 18);
			oracle_decimal(text, number, 0);
			words_number(words, &out, number);
			oracle_agrees(&out, oracle_format(&oracle, text), tag, text);
		}
		oracle_close(&oracle);
	}
	buf_release(&out);
	arena_release(&arena);
}

static void decimals_agree_at_every_scale(void **state)
{
	(void)state;
	static const char *const skeletons[] = {
		"precision-integer", ".0", ".00", ".000", ".0000", ".00000", ".000000"
	};
	struct arena arena;
	struct buf out = BUF_INIT;
	uint64_t seed = 2;
	arena_init(&arena);
	for (size_t i = 0; i < LENGTH(oracle_languages); i++) {
		const char *tag = oracle_languages[i];
		struct words *words = words_open(&arena, str_of(tag));
		for (unsigned scale = 0; scale < LENGTH(skeletons); scale++) {
			struct oracle oracle;
			oracle_open(&oracle, tag, skeletons[scale]);
			for (int round = 0; round < ROUNDS / (int)LENGTH(skeletons); round++) {
				char text[48];
				int64_t digits = oracle_number(&seed, 12);
				oracle_decimal(text, digits, scale);
				words_decimal(words, &out, digits, (uint8_t)scale);
				oracle_agrees(&out, oracle_format(&oracle, text), tag, text);
			}
			oracle_close(&oracle);
		}
	}
	buf_release(&out);
	arena_release(&arena);
}

static void percentages_agree(void **state)
{
	(void)state;
	struct arena arena;
	struct buf out = BUF_INIT;
	arena_init(&arena);
	for (size_t i = 0; i < LENGTH(oracle_languages); i++) {
		struct oracle oracle;
		const char *tag = oracle_languages[i];
		struct words *words = words_open(&arena, str_of(tag));
		oracle_open(&oracle, tag, "percent precision-integer");
		for (int percent = -1500; percent <= 15000; percent++) {
			char text[48];
			oracle_decimal(text, percent, 0);
			words_percent(words, &out, percent);
			oracle_agrees(&out, oracle_format(&oracle, text), tag, text);
		}
		oracle_close(&oracle);
	}
	buf_release(&out);
	arena_release(&arena);
}

static void every_locale_of_icu_agrees(void **state)
{
	(void)state;
	static const int64_t digits[] = { 0,       5,         -5,          99,    999,
					  1000,    -1000,     9999,        12345, 123456,
					  1234567, -12345678, 123456789012 };
	struct buf out = BUF_INIT;
	for (int i = 0; i < uloc_countAvailable(); i++) {
		UErrorCode status = U_ZERO_ERROR;
		char tag[ULOC_FULLNAME_CAPACITY];
		struct arena arena;
		struct oracle whole;
		uloc_toLanguageTag(uloc_getAvailable(i), tag, sizeof tag, true, &status);
		arena_init(&arena);
		struct words *words = words_open(&arena, str_of(tag));
		if (!words)
			fail_msg("'%s' does not open", tag);
		oracle_open(&whole, tag, "precision-integer");
		for (size_t j = 0; j < LENGTH(digits); j++) {
			char text[48];
			oracle_decimal(text, digits[j], 0);
			words_number(words, &out, digits[j]);
			oracle_agrees(&out, oracle_format(&whole, text), tag, text);
		}
		oracle_close(&whole);
		arena_release(&arena);
	}
	buf_release(&out);
}

static void the_extremes_are_written(void **state)
{
	(void)state;
	struct arena arena;
	struct buf out = BUF_INIT;
	arena_init(&arena);
	struct words *words = words_open(&arena, S("en"));
	words_number(words, &out, INT64_MIN);
	assert_true(str_is(buf_str(&out), "-9,223,372,036,854,775,808"));
	buf_reset(&out);
	words_decimal(words, &out, INT64_MAX, 18);
	assert_true(str_is(buf_str(&out), "9.223372036854775807"));
	buf_release(&out);
	arena_release(&arena);
}

static void extension_chooses_the_digits(void **state)
{
	(void)state;
	struct arena arena;
	struct buf out = BUF_INIT;
	arena_init(&arena);
	words_number(words_open(&arena, S("ar-u-nu-latn")), &out, 1234567);
	assert_true(str_is(buf_str(&out), "1,234,567"));
	buf_release(&out);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_numbers_agree),
		cmocka_unit_test(decimals_agree_at_every_scale),
		cmocka_unit_test(percentages_agree),
		cmocka_unit_test(every_locale_of_icu_agrees),
		cmocka_unit_test(the_extremes_are_written),
		cmocka_unit_test(extension_chooses_the_digits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
