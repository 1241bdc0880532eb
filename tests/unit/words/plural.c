/* SPDX-License-Identifier: MIT */
/* Plural forms and weights, which follow them, agree with ICU in every locale. */
#include "oracle.h"

#include <unicode/upluralrules.h>

static void plurals_agree_in_every_locale(void **state)
{
	(void)state;
	static const int64_t great[] = { 1000,       1001,         1002,     2000,      9999,
					 10000,      20000,        100000,   100001,    1000000,
					 1000001,    2000000,      10000000, 100000000, 100000007,
					 1000000000, 1000000000000 };
	for (int i = 0; i < uloc_countAvailable(); i++) {
		UErrorCode status = U_ZERO_ERROR;
		const char *locale = uloc_getAvailable(i);
		char tag[ULOC_FULLNAME_CAPACITY], narrow[32];
		UChar wide[32];
		struct arena arena;
		arena_init(&arena);
		uloc_toLanguageTag(locale, tag, sizeof tag, true, &status);
		struct words *words = words_open(&arena, str_of(tag));
		UPluralRules *rules = uplrules_open(locale, &status);
		for (int64_t n = 0; n < 1000 + (int64_t)LENGTH(great); n++) {
			int64_t number = n < 1000 ? n : great[n - 1000];
			uplrules_select(rules, (double)number, wide, 32, &status);
			u_austrcpy(narrow, wide);
			enum plural plural = words_plural(words, number);
			if (strcmp(narrow, plural_name(plural)) != 0)
				fail_msg("%s %lld: ours %s, ICU %s", tag, (long long)number,
					 plural_name(plural), narrow);
			assert_int_equal(words_plural(words, -number), plural);
			assert_true(words_plural_forms(words) & 1U << plural);
		}
		uplrules_close(rules);
		arena_release(&arena);
	}
}

static void forms_are_the_languages_own(void **state)
{
	(void)state;
	struct arena arena;
	arena_init(&arena);
	assert_int_equal(words_plural_forms(words_open(&arena, S("ja"))), 1U << PLURAL_OTHER);
	assert_int_equal(words_plural_forms(words_open(&arena, S("ar"))), 63);
	assert_int_equal(words_plural_forms(words_open(&arena, S("de"))),
			 1U << PLURAL_ONE | 1U << PLURAL_OTHER);
	arena_release(&arena);
}

static void names_are_read_back(void **state)
{
	(void)state;
	for (enum plural plural = PLURAL_ZERO; plural <= PLURAL_OTHER; plural++) {
		enum plural back;
		assert_true(plural_parse(str_of(plural_name(plural)), &back));
		assert_int_equal(back, plural);
	}
	enum plural plural;
	assert_false(plural_parse(S("several"), &plural));
	assert_false(plural_parse(S(""), &plural));
}

static void weights_agree_in_every_locale(void **state)
{
	(void)state;
	struct buf out = BUF_INIT;
	uint64_t seed = 6;
	for (int i = 0; i < uloc_countAvailable(); i++) {
		UErrorCode status = U_ZERO_ERROR;
		char tag[ULOC_FULLNAME_CAPACITY];
		struct arena arena;
		struct oracle gram, kilogram;
		arena_init(&arena);
		uloc_toLanguageTag(uloc_getAvailable(i), tag, sizeof tag, true, &status);
		struct words *words = words_open(&arena, str_of(tag));
		oracle_open(&gram, tag, "unit/gram unit-width-short .###");
		oracle_open(&kilogram, tag, "unit/kilogram unit-width-short .###");
		for (int round = 0; round < 300; round++) {
			char text[48];
			int64_t grams = round < 100   ? round
					: round < 200 ? (round - 100) * 100
						      : llabs(oracle_number(&seed, 7));
			words_weight(words, &out, grams);
			oracle_decimal(text, grams, grams < 1000 ? 0 : 3);
			oracle_agrees(&out, oracle_format(grams < 1000 ? &gram : &kilogram, text),
				      tag, text);
		}
		oracle_close(&gram);
		oracle_close(&kilogram);
		arena_release(&arena);
	}
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plurals_agree_in_every_locale),
		cmocka_unit_test(forms_are_the_languages_own),
		cmocka_unit_test(names_are_read_back),
		cmocka_unit_test(weights_agree_in_every_locale),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
