/* SPDX-License-Identifier: MIT */
/* Languages that open or not, names of countries, homes of a language, time zones. */
#include "../sanitized.h"
#include "oracle.h"

#include <time.h>

static void unknown_languages_do_not_open(void **state)
{
	(void)state;
	static const char *const tags[] = { "",
					    "xx",
					    "und",
					    "root",
					    "de_DE!",
					    "-",
					    "deutsch",
					    "qaa",
					    "d",
					    "en-",
					    "\xff\xfe",
					    "ar-u-nu-tlatn",
					    "en-u-nu-roman",
					    "metadata" };
	struct arena arena;
	arena_init(&arena);
	uloc_setDefault("th_TH", &(UErrorCode){ U_ZERO_ERROR });
	for (size_t i = 0; i < LENGTH(tags); i++)
		if (words_open(&arena, str_of(tags[i])))
			fail_msg("'%s' opens", tags[i]);
	assert_non_null(words_open(&arena, S("de-AT")));
	assert_non_null(words_open(&arena, S("de-XX")));
	arena_release(&arena);
}

static void a_language_introduces_itself(void **state)
{
	(void)state;
	static const char *const names[][2] = {
		{ "de", "Deutsch" },
		{ "fr", "Français" },
		{ "pt-BR", "Português (Brasil)" },
		{ "zh-Hans", "简体中文" },
		{ "zh-Hant", "繁體中文" },
		{ "ja", "日本語" },
	};
	struct arena arena;
	arena_init(&arena);
	for (size_t i = 0; i < LENGTH(names); i++) {
		struct words *words = words_open(&arena, str_of(names[i][0]));
		assert_true(str_is(words_tag(words), names[i][0]));
		if (!str_is(words_own_name(words), names[i][1]))
			fail_msg("%s is '%.*s'", names[i][0], STR(words_own_name(words)));
	}
	assert_true(words_right_to_left(words_open(&arena, S("ar"))));
	assert_false(words_right_to_left(words_open(&arena, S("tr"))));
	arena_release(&arena);
}

static void country_is(const char *tag, const char *code, const char *expected)
{
	struct arena arena;
	arena_init(&arena);
	struct str name = words_country(words_open(&arena, str_of(tag)), &arena, str_of(code));
	if (!str_is(name, expected))
		fail_msg("%s %s is '%.*s', expected '%s'", tag, code, STR(name), expected);
	arena_release(&arena);
}

static void countries_have_names(void **state)
{
	(void)state;
	country_is("de", "DE", "Deutschland");
	country_is("en", "XK", "Kosovo");
	country_is("ja", "DE", "ドイツ");
	country_is("en", "EU", "European Union");
	country_is("en", "US-HI", "United States (HI)");
	country_is("en", "ZZ", "ZZ");
	country_is("en", "", "");
	country_is("en", "d", "d");
	country_is("en", "de", "de");
	country_is("en", "QQ-1", "QQ-1");
	country_is("en", "EUROPE", "EUROPE");
}

static void homes_are(const char *tag, const char *first, const char *also, const char *never)
{
	struct arena arena;
	size_t count;
	bool has_also = false;
	arena_init(&arena);
	const struct str *homes = words_homes(words_open(&arena, str_of(tag)), &count);
	if (!count || !str_is(homes[0], first))
		fail_msg("%s does not begin with %s", tag, first);
	for (size_t i = 0; i < count; i++) {
		has_also |= str_is(homes[i], also);
		assert_false(str_is(homes[i], never));
		for (size_t j = 0; j < i; j++)
			assert_false(str_equal(homes[i], homes[j]));
	}
	if (!has_also)
		fail_msg("%s is not at home in %s", tag, also);
	arena_release(&arena);
}

static void languages_have_homes(void **state)
{
	(void)state;
	homes_are("de", "DE", "AT", "FR");
	homes_are("de-AT", "AT", "DE", "FR");
	homes_are("en", "US", "GB", "DE");
	homes_are("pt-BR", "BR", "PT", "ES");
	homes_are("pt-PT", "PT", "BR", "ES");
	homes_are("zh-Hans", "CN", "SG", "TW");
	homes_are("zh-TW", "TW", "HK", "CN");
	homes_are("fi", "FI", "FI", "SE");
	homes_are("ja", "JP", "JP", "CN");
	homes_are("tr", "TR", "TR", "CY");
}

static void zones_are_known_or_not(void **state)
{
	(void)state;
	static const char *const known[] = { "Asia/Shanghai",
					     "Europe/Berlin",
					     "UTC",
					     "Etc/GMT+5",
					     "America/Argentina/Buenos_Aires",
					     "CET",
					     "Japan",
					     "Asia/Kolkata",
					     "EST5EDT" };
	static const char *const unknown[] = { "Asia/Peking",
					       "asia/shanghai",
					       "Etc/Unknown",
					       "BST",
					       "CST",
					       "IST",
					       "PST",
					       "GMT+3",
					       "",
					       "+08:00",
					       "Asia/Shanghai ",
					       "Asia/\xc3\xa4" };
	for (size_t i = 0; i < LENGTH(known); i++)
		if (!words_zone_known(str_of(known[i])))
			fail_msg("'%s' is not known", known[i]);
	for (size_t i = 0; i < LENGTH(unknown); i++)
		if (words_zone_known(str_of(unknown[i])))
			fail_msg("'%s' is known", unknown[i]);
}

static void offsets_follow_the_season(void **state)
{
	(void)state;
	enum { WINTER = 20468 /* 2026-01-15 */, SUMMER = 20649 /* 2026-07-15 */ };
	assert_int_equal(words_zone_offset(S("Asia/Shanghai"), WINTER), 480);
	assert_int_equal(words_zone_offset(S("Europe/Berlin"), WINTER), 60);
	assert_int_equal(words_zone_offset(S("Europe/Berlin"), SUMMER), 120);
	assert_int_equal(words_zone_offset(S("America/New_York"), SUMMER), -240);
	assert_int_equal(words_zone_offset(S("Asia/Kathmandu"), SUMMER), 345);
	assert_int_equal(words_zone_offset(S("UTC"), SUMMER), 0);
	/* the clock goes forward at 01:00 UTC on 2026-03-29, so midnight is still winter */
	assert_int_equal(words_zone_offset(S("Europe/Berlin"), 20541), 60);
	assert_int_equal(words_zone_offset(S("Europe/Berlin"), 20542), 120);
}

/* A shop of five products builds in 50 ms, so a language may cost 5; sanitizers cost more. */
static void opening_stays_quick(void **state)
{
	(void)state;
	struct arena arena;
	struct timespec start, end;
	double best = 1e9;
	arena_init(&arena);
	for (int round = 0; round < 10; round++) {
		clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start);
		assert_non_null(words_open(&arena, S("de")));
		clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
		double took = (double)(end.tv_sec - start.tv_sec) * 1e3 +
			      (double)(end.tv_nsec - start.tv_nsec) / 1e6;
		best = took < best ? took : best;
	}
	if (best > (SANITIZED ? 25 : 5))
		fail_msg("opening a language takes %.1f ms", best);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(unknown_languages_do_not_open),
		cmocka_unit_test(a_language_introduces_itself),
		cmocka_unit_test(countries_have_names),
		cmocka_unit_test(languages_have_homes),
		cmocka_unit_test(zones_are_known_or_not),
		cmocka_unit_test(offsets_follow_the_season),
		cmocka_unit_test(opening_stays_quick),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
