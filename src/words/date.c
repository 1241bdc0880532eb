/* SPDX-License-Identifier: MIT */
/*
 * A day in, its date in words out. ICU's pattern ("d. MMMM y") is cut into pieces once, with the
 * names it needs; writing walks the pieces.
 */
#include "words/inside.h"

#include <assert.h>
#include <string.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/ustring.h>

/* Which names a run of pattern letters wants. */
static const struct {
	char letter;
	uint8_t length;
	enum date_part part;
	UDateFormatSymbolType symbols;
} named[] = {
	{ 'M', 3, PART_MONTH_NAME, UDAT_SHORT_MONTHS },
	{ 'M', 4, PART_MONTH_NAME, UDAT_MONTHS },
	{ 'L', 3, PART_MONTH_NAME, UDAT_STANDALONE_SHORT_MONTHS },
	{ 'L', 4, PART_MONTH_NAME, UDAT_STANDALONE_MONTHS },
	{ 'E', 3, PART_WEEKDAY_NAME, UDAT_SHORT_WEEKDAYS },
	{ 'E', 4, PART_WEEKDAY_NAME, UDAT_WEEKDAYS },
	{ 'c', 3, PART_WEEKDAY_NAME, UDAT_STANDALONE_SHORT_WEEKDAYS },
	{ 'c', 4, PART_WEEKDAY_NAME, UDAT_STANDALONE_WEEKDAYS },
	{ 'G', 1, PART_LITERAL, UDAT_ERAS },
};

/* Reads `count` symbols from index `first` on. */
static struct str *symbols_copy(struct arena *arena, const UDateFormat *format,
				UDateFormatSymbolType type, int32_t first, int32_t count)
{
	struct str *names = arena_array(arena, (size_t)count, sizeof *names);
	for (int32_t i = 0; i < count; i++) {
		UErrorCode status = U_ZERO_ERROR;
		UChar text[TEXT_ROOM];
		int32_t len = udat_getSymbols(format, type, first + i, text, TEXT_ROOM, &status);
		icu_must(status);
		names[i] = utf8_copy(arena, text, len);
	}
	return names;
}

static void name_piece(struct date_piece *piece, struct arena *arena, const UDateFormat *format,
		       UChar letter, int32_t length)
{
	for (size_t i = 0; i < sizeof named / sizeof named[0]; i++) {
		if (named[i].letter != letter || named[i].length != length)
			continue;
		piece->part = named[i].part;
		if (piece->part == PART_MONTH_NAME)
			piece->names = symbols_copy(arena, format, named[i].symbols, 0, 12);
		else if (piece->part == PART_WEEKDAY_NAME) /* ICU counts Sunday as 1 */
			piece->names = symbols_copy(arena, format, named[i].symbols, 1, 7);
		else /* all our dates are in the second era, the common one */
			piece->text = symbols_copy(arena, format, named[i].symbols, 1, 1)[0];
		return;
	}
	bool known_letter = false;
	assert(known_letter);
	(void)known_letter;
}

static void letter_piece(struct date_piece *piece, struct arena *arena, const UDateFormat *format,
			 UChar letter, int32_t length)
{
	piece->width = (uint8_t)length;
	if (letter == 'y')
		piece->part = PART_YEAR;
	else if (letter == 'd')
		piece->part = PART_DAY;
	else if ((letter == 'M' || letter == 'L') && length < 3)
		piece->part = PART_MONTH;
	else
		name_piece(piece, arena, format, letter, length);
}

static bool is_letter(UChar c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Takes literal text from pattern[at], without its quotes; returns where it ends. */
static int32_t literal_end(const UChar *pattern, int32_t len, int32_t at, struct sample *literal)
{
	bool quoted = false;
	literal->len = 0;
	for (; at < len && (quoted || !is_letter(pattern[at])); at++) {
		if (pattern[at] != '\'') {
			literal->text[literal->len++] = pattern[at];
		} else if (at + 1 < len && pattern[at + 1] == '\'') {
			literal->text[literal->len++] = pattern[at++];
		} else {
			quoted = !quoted;
		}
	}
	return at;
}

static void pattern_cut(struct date_form *form, struct arena *arena, const UDateFormat *format,
			const UChar *pattern, int32_t len)
{
	for (int32_t at = 0; at < len;) {
		assert(form->count < DATE_PIECES);
		struct date_piece *piece = &form->pieces[form->count++];
		if (!is_letter(pattern[at])) {
			struct sample literal;
			at = literal_end(pattern, len, at, &literal);
			piece->text = utf8_copy(arena, literal.text, literal.len);
			continue;
		}
		int32_t end = at;
		while (end < len && pattern[end] == pattern[at])
			end++;
		letter_piece(piece, arena, format, pattern[at], end - at);
		form->named |= piece->part == PART_MONTH_NAME;
		at = end;
	}
}

static void style_learn(struct words *words, struct arena *arena, enum date_style style)
{
	static const UDateFormatStyle styles[] = { UDAT_SHORT, UDAT_MEDIUM, UDAT_LONG, UDAT_FULL };
	UErrorCode status = U_ZERO_ERROR;
	UChar pattern[TEXT_ROOM];
	int32_t len = 0;
	UDateFormat *format =
		udat_open(UDAT_NONE, styles[style], words->locale, NULL, 0, NULL, 0, &status);
	if (style == DATE_DAY) {
		UChar skeleton[16];
		u_uastrcpy(skeleton, "MMMMEEEEd");
		UDateTimePatternGenerator *generator = udatpg_open(words->locale, &status);
		len = udatpg_getBestPattern(generator, skeleton, -1, pattern, TEXT_ROOM, &status);
		udatpg_close(generator);
	} else {
		len = udat_toPattern(format, false, pattern, TEXT_ROOM, &status);
	}
	icu_must(status);
	pattern_cut(&words->dates[style], arena, format, pattern, len);
	udat_close(format);
}

static void weekdays_learn(struct words *words, struct arena *arena)
{
	UErrorCode status = U_ZERO_ERROR;
	UDateFormat *format =
		udat_open(UDAT_NONE, UDAT_SHORT, words->locale, NULL, 0, NULL, 0, &status);
	icu_must(status);
	words->weekdays = symbols_copy(arena, format, UDAT_STANDALONE_SHORT_WEEKDAYS, 1, 7);
	udat_close(format);
}

struct str words_weekday(const struct words *words, int weekday)
{
	assert(weekday >= 0 && weekday < 7);
	return words->weekdays[(weekday + 1) % 7];
}

void dates_learn(struct words *words, struct arena *arena)
{
	weekdays_learn(words, arena);
	for (enum date_style style = DATE_SHORT; style <= DATE_DAY; style++)
		style_learn(words, arena, style);
}

struct civil {
	int year, month, day;
	int weekday; /* Sunday is 0 */
};

/* Years begin in March here, so that a leap day is the last of its year. */
static struct civil civil_of(int32_t date)
{
	int64_t day = (int64_t)date + 719468; /* since 0000-03-01 */
	int64_t era = (day >= 0 ? day : day - 146096) / 146097;
	int64_t of_era = day - era * 146097;
	int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * of_year + 2) / 153; /* March is 0 */
	struct civil civil;
	civil.day = (int)(of_year - (153 * month + 2) / 5 + 1);
	civil.month = (int)(month < 10 ? month + 3 : month - 9);
	civil.year = (int)(year + era * 400 + (civil.month <= 2));
	civil.weekday = (int)((((int64_t)date + 4) % 7 + 7) % 7); /* 1970-01-01 was a Thursday */
	return civil;
}

static void number_add(const struct words *words, struct buf *out, int number, uint8_t width)
{
	int digits[10], count = 0;
	do {
		digits[count++] = number % 10;
		number /= 10;
	} while (number);
	while (count < width && count < 10)
		digits[count++] = 0;
	while (count) {
		const struct sign *digit = &words->digits[digits[--count]];
		buf_add(out, (struct str){ digit->text, digit->len });
	}
}

void words_first_day(struct words *words, struct str text)
{
	words->first_day = text;
}

void words_date(const struct words *words, struct buf *out, int32_t date, enum date_style style)
{
	const struct date_form *form = &words->dates[style];
	struct civil civil = civil_of(date);
	for (size_t i = 0; i < form->count; i++) {
		const struct date_piece *piece = &form->pieces[i];
		switch (piece->part) {
		case PART_LITERAL:
			buf_add(out, piece->text);
			break;
		case PART_YEAR:
			number_add(words, out, piece->width == 2 ? civil.year % 100 : civil.year,
				   piece->width);
			break;
		case PART_MONTH:
			number_add(words, out, civil.month, piece->width);
			break;
		case PART_DAY:
			if (civil.day == 1 && piece->width < 2 && form->named &&
			    words->first_day.len)
				buf_add(out, words->first_day);
			else
				number_add(words, out, civil.day, piece->width);
			break;
		case PART_MONTH_NAME:
			buf_add(out, piece->names[civil.month - 1]);
			break;
		case PART_WEEKDAY_NAME:
			buf_add(out, piece->names[civil.weekday]);
			break;
		}
	}
}

void words_clock(const struct words *words, struct buf *out, int minutes)
{
	assert(minutes >= 0 && minutes < 24 * 60);
	number_add(words, out, minutes / 60, 2);
	buf_byte(out, ':');
	number_add(words, out, minutes % 60, 2);
}
