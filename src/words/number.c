/* SPDX-License-Identifier: MIT */
/*
 * Whole numbers in, a language's digits out. A form is learned by taking apart what ICU makes of
 * 1234567890.25; writing is then copying digits and signs.
 */
#include "words/inside.h"

#include <assert.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unumberformatter.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

enum { DIGIT_BYTES = 4, MOST_DIGITS = 20 };

static const uint64_t power_of_ten[] = {
	1,
	10,
	100,
	1000,
	10000,
	100000,
	1000000,
	10000000,
	100000000,
	1000000000,
	10000000000,
	100000000000,
	1000000000000,
	10000000000000,
	100000000000000,
	1000000000000000,
	10000000000000000,
	100000000000000000,
	1000000000000000000,
};

void samples_format(const char *locale, const char *skeleton, const char *const *numbers,
		    size_t count, struct sample *samples)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar wide[TEXT_ROOM];
	u_uastrncpy(wide, skeleton, TEXT_ROOM - 1);
	wide[TEXT_ROOM - 1] = 0;
	UNumberFormatter *formatter = unumf_openForSkeletonAndLocale(wide, -1, locale, &status);
	UFormattedNumber *result = unumf_openResult(&status);
	for (size_t i = 0; i < count; i++) {
		unumf_formatDecimal(formatter, numbers[i], -1, result, &status);
		samples[i].len = unumf_resultToString(result, samples[i].text, TEXT_ROOM, &status);
	}
	unumf_closeResult(result);
	unumf_close(formatter);
	icu_must(status);
}

static UChar32 next_character(const UChar *text, int32_t *at, int32_t end)
{
	UChar lead = text[(*at)++];
	if (!U16_IS_LEAD(lead) || *at >= end || !U16_IS_TRAIL(text[*at]))
		return lead;
	return U16_GET_SUPPLEMENTARY(lead, text[(*at)++]);
}

/* Finds the first digit, and the end of the last; false when there is none. */
static bool find_digits(const struct sample *sample, int32_t *first, int32_t *end)
{
	bool found = false;
	for (int32_t at = 0; at < sample->len;) {
		int32_t start = at;
		if (!u_isdigit(next_character(sample->text, &at, sample->len)))
			continue;
		if (!found)
			*first = start;
		*end = at;
		found = true;
	}
	return found;
}

bool sample_around(const struct sample *sample, struct sign *before, struct sign *behind)
{
	int32_t first = sample->len, end = sample->len;
	bool found = find_digits(sample, &first, &end);
	sign_set(before, sample->text, first);
	sign_set(behind, sample->text + end, sample->len - end);
	return found;
}

/* One run between digits: a group separator or the point. */
struct gap {
	int32_t start, end;
	uint8_t digits; /* since the gap before */
};

static size_t find_gaps(const struct sample *sample, struct gap gaps[static MOST_DIGITS])
{
	int32_t at = 0, end = 0;
	size_t count = 0;
	if (!find_digits(sample, &at, &end))
		return 0;
	uint8_t digits = 0;
	bool inside_gap = false;
	while (at < end) {
		int32_t start = at;
		if (u_isdigit(next_character(sample->text, &at, end))) {
			digits++;
			inside_gap = false;
			continue;
		}
		if (!inside_gap && count < MOST_DIGITS) {
			gaps[count++] = (struct gap){ start, at, digits };
			digits = 0;
			inside_gap = true;
		}
		gaps[count - 1].end = at;
	}
	return count;
}

static void learn_gaps(struct number_form *form, const struct sample *sample)
{
	struct gap gaps[MOST_DIGITS];
	size_t count = find_gaps(sample, gaps);
	assert(count > 0); /* the samples have two places behind a point */
	struct gap point = gaps[--count];
	sign_set(&form->point, sample->text + point.start, point.end - point.start);
	if (count == 0)
		return;
	struct gap group = gaps[count - 1];
	sign_set(&form->group, sample->text + group.start, group.end - group.start);
	form->last_group = point.digits;
	form->other_groups = count > 1 ? group.digits : point.digits;
}

void form_learn(const char *locale, const char *skeleton, struct number_form *form)
{
	enum { MANY, MINUS, SHORTER };
	static const char *const numbers[] = { "1234567890.25", "-1234567890.25", "123456.25",
					       "12345.25", "1234.25" };
	struct sample samples[sizeof numbers / sizeof numbers[0]], *shorter = &samples[SHORTER];
	struct gap gaps[MOST_DIGITS];
	samples_format(locale, skeleton, numbers, sizeof numbers / sizeof numbers[0], samples);
	memset(form, 0, sizeof *form);
	sample_around(&samples[MANY], &form->before, &form->behind);
	sample_around(&samples[MINUS], &form->minus_before, &form->minus_behind);
	learn_gaps(form, &samples[MANY]);
	/* Spanish and Polish leave four digits together, Ewe five */
	for (form->group_from = 7; form->group_from > 4; form->group_from--)
		if (find_gaps(shorter++, gaps) < 2)
			break;
}

static void digits_learn(struct words *words)
{
	static const char *const numbers[] = { "1234567890" };
	struct sample sample;
	samples_format(words->locale, "group-off", numbers, 1, &sample);
	int32_t at = 0, end = 0;
	find_digits(&sample, &at, &end);
	while (at < end) {
		int32_t start = at;
		UChar32 c = next_character(sample.text, &at, end);
		if (u_isdigit(c))
			sign_set(&words->digits[u_charDigitValue(c)], sample.text + start,
				 at - start);
	}
}

void numbers_learn(struct words *words, struct arena *arena)
{
	digits_learn(words);
	form_learn(words->locale, ".00", &words->number);
	form_learn(words->locale, "percent .00", &words->percent);
	words->money = arena_new(arena, sizeof *words->money);
	pthread_mutex_init(&words->money->lock, NULL);
}

struct plain plain_of(int64_t digits, uint8_t scale, uint8_t places)
{
	assert(scale < sizeof power_of_ten / sizeof power_of_ten[0]);
	assert(places < sizeof power_of_ten / sizeof power_of_ten[0]);
	uint64_t size = digits < 0 ? 0 - (uint64_t)digits : (uint64_t)digits;
	if (scale > places) {
		uint64_t drop = power_of_ten[scale - places];
		uint64_t rest = size % drop;
		size = size / drop + (rest >= drop - rest);
		scale = places;
	}
	struct plain plain = { digits < 0 && size > 0, size / power_of_ten[scale],
			       size % power_of_ten[scale], places };
	plain.fraction *= power_of_ten[places - scale];
	return plain;
}

static char *put(char *at, const struct sign *sign)
{
	memcpy(at, sign->text, sign->len);
	return at + sign->len;
}

/* A digit is copied as four bytes, of which its own count. */
static char *put_digit(char *at, const struct words *words, unsigned digit)
{
	memcpy(at, words->digits[digit].text, DIGIT_BYTES);
	return at + words->digits[digit].len;
}

/* The number's decimal digits, last first; at least one. */
static unsigned split(uint64_t number, uint8_t digits[static MOST_DIGITS])
{
	unsigned count = 0;
	do {
		digits[count++] = (uint8_t)(number % 10);
		number /= 10;
	} while (number);
	return count;
}

static char *put_whole(char *at, const struct words *words, const struct number_form *form,
		       uint64_t whole)
{
	uint8_t digits[MOST_DIGITS];
	unsigned left = split(whole, digits);
	/* digits that still follow when the next separator is due */
	unsigned border = 0;
	if (form->last_group && left >= form->group_from) {
		border = form->last_group;
		while (border + form->other_groups < left)
			border += form->other_groups;
	}
	while (left) {
		at = put_digit(at, words, digits[--left]);
		if (!left || left != border)
			continue;
		at = put(at, &form->group);
		border = border > form->last_group ? border - form->other_groups : 0;
	}
	return at;
}

static char *put_fraction(char *at, const struct words *words, struct plain plain)
{
	for (unsigned place = plain.places; place > 0; place--) {
		uint64_t digit = plain.fraction / power_of_ten[place - 1] % 10;
		at = put_digit(at, words, (unsigned)digit);
	}
	return at;
}

void plain_add(const struct words *words, const struct number_form *form, struct buf *out,
	       struct plain plain)
{
	const struct sign *before = plain.negative ? &form->minus_before : &form->before;
	const struct sign *behind = plain.negative ? &form->minus_behind : &form->behind;
	size_t most = (size_t)before->len + behind->len + form->point.len +
		      2 * MOST_DIGITS * DIGIT_BYTES + MOST_DIGITS * (size_t)form->group.len;
	char *start = buf_grow(out, most);
	char *at = put(start, before);
	at = put_whole(at, words, form, plain.whole);
	if (plain.places) {
		at = put(at, &form->point);
		at = put_fraction(at, words, plain);
	}
	at = put(at, behind);
	out->len += (size_t)(at - start);
}

void words_number(const struct words *words, struct buf *out, int64_t number)
{
	plain_add(words, &words->number, out, plain_of(number, 0, 0));
}

void words_decimal(const struct words *words, struct buf *out, int64_t digits, uint8_t scale)
{
	plain_add(words, &words->number, out, plain_of(digits, scale, scale));
}

void words_percent(const struct words *words, struct buf *out, int64_t percent)
{
	plain_add(words, &words->percent, out, plain_of(percent, 0, 0));
}
