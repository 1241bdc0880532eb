/* SPDX-License-Identifier: MIT */
/* How people write numbers and times in running text: for those who look for them there. */
#include "words/inside.h"

#include <unicode/uchar.h>
#include <unicode/unum.h>
#include <unicode/ureldatefmt.h>

static const char *const unit_skeletons[] = {
	"unit/minute unit-width-full-name", "unit/hour unit-width-full-name",
	"unit/day unit-width-full-name",    "unit/week unit-width-full-name",
	"unit/month unit-width-full-name",
};

/* One number for each plural form that a language may have. */
static const char *const unit_numbers[] = { "1", "2", "3", "5", "11", "21", "100" };

enum { UNIT_NUMBERS = sizeof unit_numbers / sizeof unit_numbers[0] };

static struct str *unit_add(struct arena *arena, struct str *list, size_t *count, struct str unit)
{
	struct str folded = words_fold(arena, str_trim(unit));
	for (size_t i = 0; i < *count; i++)
		if (str_equal(list[i], folded))
			return list;
	if (!folded.len)
		return list;
	list = arena_push(arena, list, count, sizeof *list);
	list[*count - 1] = folded;
	return list;
}

/* Some languages count days by another word than the one in "in 5 days": Polish has doba and dni. */
static struct str *relative_add(const struct words *words, struct arena *arena, struct str *list,
				size_t *count)
{
	static const URelativeDateTimeUnit units[] = { UDAT_REL_UNIT_HOUR, UDAT_REL_UNIT_DAY,
						       UDAT_REL_UNIT_WEEK, UDAT_REL_UNIT_MONTH };
	static const double numbers[] = { 1, 2, 5, 100 };
	UErrorCode status = U_ZERO_ERROR;
	URelativeDateTimeFormatter *format = ureldatefmt_open(
		words->locale, NULL, UDAT_STYLE_LONG, UDISPCTX_CAPITALIZATION_NONE, &status);
	icu_must(status);
	for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
		for (size_t n = 0; n < sizeof numbers / sizeof numbers[0]; n++) {
			struct sample sample;
			struct sign before, behind;
			sample.len = ureldatefmt_formatNumeric(format, numbers[n], units[i],
							       sample.text, TEXT_ROOM, &status);
			icu_must(status);
			if (sample_around(&sample, &before, &behind))
				list = unit_add(arena, list, count,
						(struct str){ behind.text, behind.len });
		}
	ureldatefmt_close(format);
	return list;
}

const struct str *words_time_units(const struct words *words, struct arena *arena, size_t *count)
{
	struct str *list = NULL;
	*count = 0;
	for (size_t i = 0; i < sizeof unit_skeletons / sizeof unit_skeletons[0]; i++) {
		struct sample samples[UNIT_NUMBERS];
		samples_format(words->locale, unit_skeletons[i], unit_numbers, UNIT_NUMBERS, samples);
		for (size_t n = 0; n < UNIT_NUMBERS; n++) {
			struct sign before, behind;
			if (!sample_around(&samples[n], &before, &behind))
				continue;
			list = unit_add(arena, list, count,
					(struct str){ before.text, before.len });
			list = unit_add(arena, list, count,
					(struct str){ behind.text, behind.len });
		}
	}
	return relative_add(words, arena, list, count);
}

struct str words_spellout(const struct words *words, struct arena *arena, int64_t number)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar text[TEXT_ROOM];
	UNumberFormat *format =
		unum_open(UNUM_SPELLOUT, NULL, 0, words->locale, NULL, &status);
	int32_t len = U_SUCCESS(status) ?
			      unum_formatInt64(format, number, text, TEXT_ROOM, NULL, &status) :
			      0;
	unum_close(format);
	return U_FAILURE(status) ? S("") : words_fold(arena, utf8_copy(arena, text, len));
}

int words_digit(uint32_t code_point)
{
	return u_isdigit((UChar32)code_point) ? u_charDigitValue((UChar32)code_point) : -1;
}

bool words_is_currency_sign(uint32_t code_point)
{
	return u_charType((UChar32)code_point) == U_CURRENCY_SYMBOL;
}
