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
	size_t pair; /* pair_of */
	bool turned;
	int32_t date;
	struct exact factor;
	const struct fx_rate *row;
};

struct span {
	uint32_t start, count;
};

struct fx {
	uint16_t number[CODES + 1]; /* of a code, from 1; 0: no row names it */
	size_t currencies;
	struct entry *entries;
	struct span *pairs;
	struct currency middle; /* the shop's */
	int32_t today;
	struct exchange *of_today; /* of each pair on the build date; not known where none converts */
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

static size_t number_of(const struct fx *fx, struct currency currency)
{
	return fx->number[code_index(currency)];
}

/* Of two numbers that are not 0. */
static size_t pair_of(const struct fx *fx, size_t from, size_t to)
{
	return (from - 1) * fx->currencies + to - 1;
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
		struct exact rate = exact_decimal(row->rate), inverse = exact_divide(exact_of(1), rate);
		size_t from = number_of(fx, row->from), to = number_of(fx, row->to);
		fx->entries[count++] = (struct entry){ pair_of(fx, from, to), false, row->date, rate, row };
		fx->entries[count++] = (struct entry){ pair_of(fx, to, from), true, row->date, inverse, row };
	}
	return count;
}

static const struct entry *newest(const struct fx *fx, size_t from, size_t to, int32_t date)
{
	if (!from || !to)
		return NULL;
	const struct span *span = &fx->pairs[pair_of(fx, from, to)];
	const struct entry *entry = &fx->entries[span->start];
	for (uint32_t i = 0; i < span->count; i++, entry++)
		if (entry->date <= date)
			return entry;
	return NULL;
}

/* The pair's own row, or the way through the shop's currency; not known where there is neither. */
static struct exchange exchange_on(const struct fx *fx, size_t from, size_t to, int32_t date)
{
	const struct entry *direct = newest(fx, from, to, date);
	if (direct)
		return (struct exchange){ direct->factor, { direct->row }, 1 };
	size_t middle = number_of(fx, fx->middle);
	const struct entry *there = newest(fx, from, middle, date);
	const struct entry *on = newest(fx, middle, to, date);
	if (!there || !on)
		return (struct exchange){ .factor = EXACT_UNKNOWN };
	return (struct exchange){ exact_multiply(there->factor, on->factor), { there->row, on->row }, 2 };
}

/* Nearly all parcels are of the build date, so its exchanges are looked up once. */
static void keep_today(struct arena *arena, struct fx *fx, int32_t date)
{
	fx->today = date;
	fx->of_today = arena_array(arena, fx->currencies * fx->currencies, sizeof *fx->of_today);
	for (size_t from = 1; from <= fx->currencies; from++)
		for (size_t to = 1; to <= fx->currencies; to++)
			fx->of_today[pair_of(fx, from, to)] = exchange_on(fx, from, to, date);
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
	keep_today(arena, fx, shop->date);
	return fx;
}

bool fx_find(const struct fx *fx, struct currency from, struct currency to, int32_t date,
	     struct exchange *exchange)
{
	*exchange = (struct exchange){ .factor = exact_of(1) };
	if (currency_equal(from, to))
		return true;
	size_t a = number_of(fx, from), b = number_of(fx, to);
	if (!a || !b)
		return false;
	*exchange = date == fx->today ? fx->of_today[pair_of(fx, a, b)] : exchange_on(fx, a, b, date);
	return exact_known(exchange->factor);
}
