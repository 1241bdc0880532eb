/* SPDX-License-Identifier: MIT */
/*
 * Rows in, factors out. Every row is entered twice, as it stands and turned round, into the
 * list of its pair; lists run from the newest day back, so the first that is old enough counts.
 */
#include "customs/fx.h"

#include <stdlib.h>
#include <string.h>

enum { CODES = 26 * 26 * 26 };

struct entry {
	uint32_t pair; /* from * currencies + to */
	bool turned;
	int32_t date;
	struct exact factor;
	const struct fx_rate *row;
};

struct span {
	uint32_t start, count;
};

struct fx {
	uint16_t number[CODES]; /* of a code, from 1; 0: no row names it */
	size_t currencies;
	struct entry *entries;
	struct span *pairs;
	struct currency middle; /* the shop's */
};

static size_t code_index(struct currency currency)
{
	const char *code = currency.code;
	for (int i = 0; i < 3; i++)
		if (code[i] < 'A' || code[i] > 'Z')
			return CODES;
	return (size_t)(((code[0] - 'A') * 26 + code[1] - 'A') * 26 + code[2] - 'A');
}

static bool usable(const struct fx_rate *row)
{
	return row->rate.digits > 0 && code_index(row->from) < CODES && code_index(row->to) < CODES &&
	       !currency_equal(row->from, row->to);
}

static void number_currency(struct fx *fx, struct currency currency)
{
	uint16_t *number = &fx->number[code_index(currency)];
	if (!*number)
		*number = (uint16_t)++fx->currencies;
}

static uint32_t pair_of(const struct fx *fx, struct currency from, struct currency to)
{
	size_t a = code_index(from), b = code_index(to);
	if (a == CODES || b == CODES || !fx->number[a] || !fx->number[b])
		return UINT32_MAX;
	return (uint32_t)((fx->number[a] - 1u) * fx->currencies + fx->number[b] - 1u);
}

/* By pair, then the newest first; a row as it stands before one turned round. */
static int compare_entries(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;
	if (a->pair != b->pair)
		return a->pair < b->pair ? -1 : 1;
	if (a->date != b->date)
		return a->date > b->date ? -1 : 1;
	if (a->turned != b->turned)
		return a->turned ? 1 : -1;
	return decimal_compare(a->row->rate, b->row->rate);
}

static size_t enter(struct fx *fx, const struct shop *shop)
{
	size_t count = 0;
	for (size_t i = 0; i < shop->fx_count; i++) {
		const struct fx_rate *row = &shop->fx[i];
		if (!usable(row))
			continue;
		struct exact rate = exact_decimal(row->rate);
		fx->entries[count++] = (struct entry){ pair_of(fx, row->from, row->to), false, row->date,
						       rate, row };
		fx->entries[count++] = (struct entry){ pair_of(fx, row->to, row->from), true, row->date,
						       exact_divide(exact_of(1), rate), row };
	}
	return count;
}

struct fx *fx_new(struct arena *arena, const struct shop *shop)
{
	struct fx *fx = arena_new(arena, sizeof *fx);
	fx->middle = shop->settings.currency;
	for (size_t i = 0; i < shop->fx_count; i++)
		if (usable(&shop->fx[i])) {
			number_currency(fx, shop->fx[i].from);
			number_currency(fx, shop->fx[i].to);
		}
	fx->entries = arena_array(arena, shop->fx_count * 2, sizeof *fx->entries);
	fx->pairs = arena_array(arena, fx->currencies * fx->currencies, sizeof *fx->pairs);
	size_t count = enter(fx, shop);
	if (count)
		qsort(fx->entries, count, sizeof *fx->entries, compare_entries);
	for (size_t i = 0; i < count; i++) {
		struct span *span = &fx->pairs[fx->entries[i].pair];
		if (!span->count++)
			span->start = (uint32_t)i;
	}
	return fx;
}

static const struct entry *newest(const struct fx *fx, struct currency from, struct currency to,
				  int32_t date)
{
	uint32_t pair = pair_of(fx, from, to);
	if (pair == UINT32_MAX)
		return NULL;
	const struct entry *entry = &fx->entries[fx->pairs[pair].start];
	for (uint32_t i = 0; i < fx->pairs[pair].count; i++, entry++)
		if (entry->date <= date)
			return entry;
	return NULL;
}

bool fx_find(const struct fx *fx, struct currency from, struct currency to, int32_t date,
	     struct exchange *exchange)
{
	*exchange = (struct exchange){ .factor = exact_of(1) };
	if (currency_equal(from, to))
		return true;
	const struct entry *direct = newest(fx, from, to, date);
	if (direct) {
		*exchange = (struct exchange){ direct->factor, { direct->row }, 1 };
		return true;
	}
	const struct entry *there = newest(fx, from, fx->middle, date);
	const struct entry *on = newest(fx, fx->middle, to, date);
	if (!there || !on)
		return false;
	exchange->factor = exact_multiply(there->factor, on->factor);
	exchange->rows[0] = there->row;
	exchange->rows[1] = on->row;
	exchange->count = 2;
	return exact_known(exchange->factor);
}
