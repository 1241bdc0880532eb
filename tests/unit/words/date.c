/* SPDX-License-Identifier: MIT */
/* Dates agree with ICU's formatters on the Gregorian calendar, in every style. */
#include "oracle.h"

#include <unicode/udat.h>
#include <unicode/udatpg.h>

static UDateFormat *icu_format(const char *tag, enum date_style style)
{
	static const UDateFormatStyle styles[] = { UDAT_SHORT, UDAT_MEDIUM, UDAT_LONG };
	static const UChar utc[] = { 'U', 'T', 'C', 0 };
	UErrorCode status = U_ZERO_ERROR;
	char locale[ULOC_FULLNAME_CAPACITY];
	UChar pattern[256], skeleton[16];
	UDateFormat *format;
	uloc_forLanguageTag(tag, locale, sizeof locale, NULL, &status);
	uloc_setKeywordValue("calendar", "gregorian", locale, sizeof locale, &status);
	if (style == DATE_DAY) {
		u_uastrcpy(skeleton, "MMMMEEEEd");
		UDateTimePatternGenerator *generator = udatpg_open(locale, &status);
		int32_t len = udatpg_getBestPattern(generator, skeleton, -1, pattern, 256, &status);
		udatpg_close(generator);
		format = udat_open(UDAT_PATTERN, UDAT_PATTERN, locale, utc, -1, pattern, len,
				   &status);
	} else {
		format = udat_open(UDAT_NONE, styles[style], locale, utc, -1, NULL, 0, &status);
	}
	assert_true(U_SUCCESS(status));
	return format;
}

static void language_agrees(const char *tag, struct buf *out, int rounds, uint64_t *seed)
{
	struct arena arena;
	arena_init(&arena);
	struct words *words = words_open(&arena, str_of(tag));
	for (enum date_style style = DATE_SHORT; style <= DATE_DAY; style++) {
		UDateFormat *format = icu_format(tag, style);
		for (int round = 0; round < rounds; round++) {
			/* 1900 to 2199 */
			int32_t date = (int32_t)(oracle_random(seed) % 109572) - 25567;
			UErrorCode status = U_ZERO_ERROR;
			UChar wide[256];
			char text[768], what[32];
			int32_t bytes = 0;
			int32_t len =
				udat_format(format, date * 86400000.0, wide, 256, NULL, &status);
			u_strToUTF8(text, sizeof text, &bytes, wide, len, &status);
			snprintf(what, sizeof what, "style %d, day %d", (int)style, (int)date);
			words_date(words, out, date, style);
			oracle_agrees(out, (struct str){ text, (size_t)bytes }, tag, what);
		}
		udat_close(format);
	}
	arena_release(&arena);
}

static void random_dates_agree(void **state)
{
	(void)state;
	struct buf out = BUF_INIT;
	uint64_t seed = 4;
	for (size_t i = 0; i < LENGTH(oracle_languages); i++)
		language_agrees(oracle_languages[i], &out, ROUNDS / 4, &seed);
	buf_release(&out);
}

static void every_locale_of_icu_agrees(void **state)
{
	(void)state;
	struct buf out = BUF_INIT;
	uint64_t seed = 5;
	for (int i = 0; i < uloc_countAvailable(); i++) {
		UErrorCode status = U_ZERO_ERROR;
		char tag[ULOC_FULLNAME_CAPACITY];
		uloc_toLanguageTag(uloc_getAvailable(i), tag, sizeof tag, true, &status);
		/* Hawaiian short dates have months in Roman numerals; we write them in digits */
		if (strncmp(tag, "haw", 3) == 0)
			continue;
		language_agrees(tag, &out, 30, &seed);
	}
	buf_release(&out);
}

static void a_day_is_written_in_four_ways(void **state)
{
	(void)state;
	static const char *const expected[] = { "12/6/26", "Dec 6, 2026", "December 6, 2026",
						"Sunday, December 6" };
	struct arena arena;
	struct buf out = BUF_INIT;
	arena_init(&arena);
	struct words *words = words_open(&arena, S("en"));
	for (enum date_style style = DATE_SHORT; style <= DATE_DAY; style++) {
		buf_reset(&out);
		words_date(words, &out, 20793, style);
		buf_byte(&out, '\0');
		assert_string_equal(out.text, expected[style]);
	}
	buf_release(&out);
	arena_release(&arena);
}

static void french_writes(struct words *words, int32_t date, const char *const expected[])
{
	struct buf out = BUF_INIT;
	for (enum date_style style = DATE_SHORT; style <= DATE_DAY; style++) {
		buf_reset(&out);
		words_date(words, &out, date, style);
		buf_byte(&out, '\0');
		assert_string_equal(out.text, expected[style]);
	}
	buf_release(&out);
}

static void the_first_of_a_month_is_written_as_told(void **state)
{
	(void)state;
	static const char *const as_icu[] = { "01/05/2026", "1 mai 2026", "1 mai 2026",
					      "vendredi 1 mai" };
	static const char *const first[] = { "01/05/2026", "1er mai 2026", "1er mai 2026",
					     "vendredi 1er mai" };
	static const char *const second[] = { "02/05/2026", "2 mai 2026", "2 mai 2026",
					      "samedi 2 mai" };
	static const char *const eleventh[] = { "11/05/2026", "11 mai 2026", "11 mai 2026",
						"lundi 11 mai" };
	struct arena arena;
	arena_init(&arena);
	struct words *words = words_open(&arena, S("fr"));
	french_writes(words, 20574, as_icu);
	words_first_day(words, S("1er"));
	french_writes(words, 20574, first);
	french_writes(words, 20575, second);
	french_writes(words, 20584, eleventh);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_dates_agree),
		cmocka_unit_test(every_locale_of_icu_agrees),
		cmocka_unit_test(a_day_is_written_in_four_ways),
		cmocka_unit_test(the_first_of_a_month_is_written_as_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
