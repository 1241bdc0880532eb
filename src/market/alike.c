/* SPDX-License-Identifier: MIT */
/* In: all fields of all marketplaces. Out: which of them refuse the same of a seller's text. */
#include "market/form.h"
#include "market/founding.h"

static bool same_words(const struct words *a, const struct words *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (!str_equal(a->items[i], b->items[i]))
			return false;
	return true;
}

/* All that contact_find asks of a form. */
static bool refuse_alike(const struct market_form *a, const struct market_form *b)
{
	if (a->contact != b->contact || a->balanced != b->balanced || a->banned_count != b->banned_count ||
	    !str_equal(a->address, b->address) || !same_words(&a->social_names, &b->social_names))
		return false;
	for (size_t i = 0; i < a->banned_count; i++)
		if (!str_equal(a->banned[i].language, b->banned[i].language) ||
		    !str_equal(a->banned[i].phrase, b->banned[i].phrase))
			return false;
	return true;
}

static void number(struct founding *founding, struct market_field *field,
		   const struct market_form ***kinds, size_t *count)
{
	size_t kind = 0;
	while (kind < *count && !refuse_alike((*kinds)[kind], field->form))
		kind++;
	if (kind == *count) {
		*kinds = arena_push(founding->arena, *kinds, count, sizeof **kinds);
		(*kinds)[kind] = field->form;
	}
	field->refuses = (unsigned)kind;
}

void founding_number(struct founding *founding, struct market *markets, size_t market_count)
{
	const struct market_form **kinds = NULL;
	size_t count = 0;
	for (size_t m = 0; m < market_count; m++) {
		for (size_t i = 0; i < markets[m].field_count; i++)
			number(founding, &markets[m].fields[i], &kinds, &count);
		for (size_t i = 0; i < markets[m].variant_count; i++)
			number(founding, &markets[m].variants[i], &kinds, &count);
	}
}
