/* SPDX-License-Identifier: MIT */
/*
 * Grams in, "850 g" or "1.2 kg" out. The unit's text may follow the plural form of the number
 * (Greek, Hebrew, Arabic), so it is learned once for each form that the language has.
 */
#include "words/inside.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* Thousandths: whole numbers first, then tenths, hundredths, thousandths. */
static const int samples[] = { 0,     1000,  2000,  3000,  4000,   5000, 6000, 7000, 8000,
			       11000, 12000, 20000, 21000, 100000, 100,  500,  1100, 1500,
			       2100,  2500,  10,    1250,  1,      1001, 2125 };

static void learn(const struct words *words, const char *skeleton, bool whole,
		  struct unit_form units[static PLURAL_OTHER + 1])
{
	enum { COUNT = sizeof samples / sizeof samples[0] };
	char texts[COUNT][16];
	const char *numbers[COUNT];
	enum plural plurals[COUNT];
	size_t count = 0;
	unsigned met = 0;
	for (size_t i = 0; i < COUNT; i++) {
		if (whole && samples[i] % 1000)
			break;
		enum plural plural = plural_of_number(words, samples[i] / 1000.0);
		if (met & 1U << plural)
			continue;
		met |= 1U << plural;
		snprintf(texts[count], sizeof texts[count], "%d.%03d", samples[i] / 1000,
			 samples[i] % 1000);
		numbers[count] = texts[count];
		plurals[count++] = plural;
	}
	struct sample made[PLURAL_OTHER + 1];
	samples_format(words->locale, skeleton, numbers, count, made);
	for (size_t i = 0; i < count; i++) {
		struct unit_form *unit = &units[plurals[i]];
		unit->without_number = !sample_around(&made[i], &unit->before, &unit->behind);
	}
	/* a form that no sample took is not met later either; yet it must not be empty */
	for (int i = PLURAL_ZERO; i <= PLURAL_OTHER; i++)
		if (!(met & 1U << i))
			units[i] = units[plurals[count - 1]];
}

void weights_learn(struct words *words)
{
	learn(words, "unit/gram unit-width-short .###", true, words->gram);
	learn(words, "unit/kilogram unit-width-short .###", false, words->kilogram);
}

static void add_sign(struct buf *out, const struct sign *sign)
{
	buf_add(out, (struct str){ sign->text, sign->len });
}

void words_weight(const struct words *words, struct buf *out, int64_t grams)
{
	assert(grams >= 0);
	bool light = grams < 1000;
	uint8_t scale = light ? 0 : 3;
	int64_t digits = grams;
	while (scale && digits % 10 == 0) {
		digits /= 10;
		scale--;
	}
	enum plural plural =
		scale ? plural_of_number(words, (double)grams / 1000) : words_plural(words, digits);
	const struct unit_form *unit = light ? &words->gram[plural] : &words->kilogram[plural];
	add_sign(out, &unit->before);
	if (!unit->without_number)
		plain_add(words, &words->number, out, plain_of(digits, scale, scale));
	add_sign(out, &unit->behind);
}
