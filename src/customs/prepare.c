/* SPDX-License-Identifier: MIT */
/*
 * The shop's rows in, tables by country out. The one idea: everything is put where a parcel
 * will look for it, and sorted by what decides, so that the order of rows in a file does not.
 */
#include "customs/tables.h"

#include <stdlib.h>
#include <string.h>

static size_t letters(struct place place)
{
	char a = place.code[0], b = place.code[1];
	if (a < 'A' || a > 'Z' || b < 'A' || b > 'Z')
		return SIZE_MAX;
	return (size_t)(a - 'A') * 26 + (size_t)(b - 'A');
}

struct country *country_find(const struct customs *customs, struct place place)
{
	size_t slot = letters(place);
	if (slot == SIZE_MAX)
		return place.code[0] == '*' ? customs->elsewhere : NULL;
	struct country *country = customs->by_letters[slot];
	bool region = place.code[2];
	while (country && (region ? !place_equal(country->place, place) : country->place.code[2]))
		country = country->next;
	return country;
}

bool place_outside_union(struct place place)
{
	static const struct place outside[] = {
		{ "ES-CN" }, { "ES-CE" }, { "ES-ML" }, { "ES-GC" }, { "ES-TF" }, { "FI-01" },
	};
	for (size_t i = 0; place.code[2] && i < sizeof outside / sizeof *outside; i++)
		if (place_equal(place, outside[i]))
			return true;
	return false;
}

bool place_inside_union(const struct customs *customs, struct place place)
{
	size_t slot = letters(place);
	return slot != SIZE_MAX && customs->member[slot] && !place_outside_union(place);
}

struct chain country_chain(const struct customs *customs, struct place place)
{
	struct chain chain = { .elsewhere = customs->elsewhere };
	chain.own[0] = country_find(customs, place);
	if (place_outside_union(place))
		chain.elsewhere = NULL;
	else if (place.code[2] == '-')
		chain.own[1] = country_find(customs, place_country(place));
	return chain;
}

static struct country *country_get(struct arena *arena, struct customs *customs, struct place place)
{
	struct country *country = country_find(customs, place);
	size_t slot = letters(place);
	if (country || (slot == SIZE_MAX && place.code[0] != '*'))
		return country;
	country = arena_new(arena, sizeof *country);
	country->place = place;
	if (slot == SIZE_MAX) {
		customs->elsewhere = country;
	} else {
		country->next = customs->by_letters[slot];
		customs->by_letters[slot] = country;
	}
	customs->all = arena_push(arena, customs->all, &customs->country_count, sizeof *customs->all);
	customs->all[customs->country_count - 1] = country;
	return country;
}

static bool same_conditions(const struct variant *a, const struct variant *b)
{
	if (a->condition_count != b->condition_count || a->weight != b->weight)
		return false;
	for (size_t i = 0; i < a->condition_count; i++) {
		bool found = false;
		for (size_t j = 0; j < b->condition_count; j++) {
			const struct condition *left = &a->conditions[i], *right = &b->conditions[j];
			found |= left->subject == right->subject && left->kind == right->kind &&
				 left->group == right->group && left->group_count == right->group_count &&
				 place_equal(left->place, right->place);
		}
		if (!found)
			return false;
	}
	return true;
}

static struct variant *variant_get(struct arena *arena, struct country *country,
				   const struct variant *wanted)
{
	for (size_t i = 0; i < country->variant_count; i++)
		if (same_conditions(&country->variants[i], wanted))
			return &country->variants[i];
	country->variants = arena_push(arena, country->variants, &country->variant_count,
				       sizeof *country->variants);
	struct variant *variant = &country->variants[country->variant_count - 1];
	*variant = *wanted;
	return variant;
}

static void add_rows(struct arena *arena, struct customs *customs, struct diag *diag)
{
	const struct shop *shop = customs->shop;
	for (size_t i = 0; i < shop->customs_count; i++) {
		const struct customs_rule *rule = &shop->customs[i];
		struct variant wanted;
		struct country *country = country_get(arena, customs, rule->country);
		if (!variant_parse(rule->variant, rule->variant_pos, &wanted, diag) || !country)
			continue;
		struct variant *variant = variant_get(arena, country, &wanted);
		variant->rows = arena_push(arena, variant->rows, &variant->row_count, sizeof *variant->rows);
		import_row_parse(arena, rule, &variant->rows[variant->row_count - 1], diag);
	}
}

static void add_charges(struct arena *arena, struct customs *customs, struct diag *diag)
{
	const struct shop *shop = customs->shop;
	for (size_t i = 0; i < shop->charge_count; i++) {
		struct country *country = country_get(arena, customs, shop->charges[i].country);
		if (!country)
			continue;
		country->charges =
			arena_push(arena, country->charges, &country->charge_count, sizeof *country->charges);
		charge_parse(&shop->charges[i], &country->charges[country->charge_count - 1], diag);
	}
}

static void add_tariffs(struct arena *arena, struct customs *customs, struct diag *diag)
{
	const struct shop *shop = customs->shop;
	for (size_t i = 0; i < shop->tariff_count; i++) {
		struct country *country = country_get(arena, customs, shop->tariffs[i].country);
		if (!country || shop->tariffs[i].hs.len > 10)
			continue;
		country->tariffs =
			arena_push(arena, country->tariffs, &country->tariff_count, sizeof *country->tariffs);
		tariff_parse(arena, &shop->tariffs[i], &country->tariffs[country->tariff_count - 1], diag);
		country->lengths |= 1u << shop->tariffs[i].hs.len;
	}
}

static int by_line(struct pos a, struct pos b)
{
	return (a.line > b.line) - (a.line < b.line);
}

/* An open beginning is the earliest there is. */
static int latest_first(int32_t a, int32_t b)
{
	return (a < b) - (a > b);
}

static int compare_variants(const void *left, const void *right)
{
	const struct variant *a = left, *b = right;
	if (a->weight != b->weight)
		return a->weight > b->weight ? -1 : 1;
	return str_compare(a->text, b->text);
}

static int compare_rows(const void *left, const void *right)
{
	const struct customs_rule *a = ((const struct import_row *)left)->rule;
	const struct customs_rule *b = ((const struct import_row *)right)->rule;
	int order = latest_first(a->validity.from, b->validity.from);
	if (!order)
		order = decimal_compare(a->over.amount, b->over.amount);
	return order ? order : by_line(a->pos, b->pos);
}

static int compare_charges(const void *left, const void *right)
{
	const struct charge *a = left, *b = right;
	return by_line(a->rule->pos, b->rule->pos);
}

static int compare_tariffs(const void *left, const void *right)
{
	const struct tariff *a = left, *b = right;
	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	bool origin_a = a->rule->origin.code[0], origin_b = b->rule->origin.code[0];
	if (origin_a != origin_b)
		return origin_a ? -1 : 1;
	int order = latest_first(a->rule->validity.from, b->rule->validity.from);
	return order ? order : by_line(a->rule->pos, b->rule->pos);
}

static void sort(void *items, size_t count, size_t size, int (*compare)(const void *, const void *))
{
	if (count)
		qsort(items, count, size, compare);
}

/* Nearly all parcels are of the build date: the rows of other days are not even looked at for them. */
static void keep_today(struct arena *arena, struct variant *variant, int32_t date)
{
	variant->today = arena_array(arena, variant->row_count, sizeof(struct import_row *));
	for (size_t i = 0; i < variant->row_count; i++)
		if (validity_holds(variant->rows[i].rule->validity, date))
			variant->today[variant->today_count++] = &variant->rows[i];
}

static void sort_variant(struct arena *arena, struct variant *variant, int32_t date)
{
	sort(variant->rows, variant->row_count, sizeof *variant->rows, compare_rows);
	keep_today(arena, variant, date);
}

void customs_prepare(struct arena *arena, struct customs *customs, struct diag *diag)
{
	size_t members;
	const struct place *union_members = place_group(S("EU"), &members);
	for (size_t i = 0; i < members; i++)
		customs->member[letters(union_members[i])] = true;
	add_rows(arena, customs, diag);
	add_charges(arena, customs, diag);
	add_tariffs(arena, customs, diag);
	for (size_t i = 0; i < customs->country_count; i++) {
		struct country *country = customs->all[i];
		sort(country->variants, country->variant_count, sizeof *country->variants, compare_variants);
		for (size_t j = 0; j < country->variant_count; j++)
			sort_variant(arena, &country->variants[j], customs->shop->date);
		sort(country->charges, country->charge_count, sizeof *country->charges, compare_charges);
		sort(country->tariffs, country->tariff_count, sizeof *country->tariffs, compare_tariffs);
	}
}

static bool in_condition(const struct condition *condition, struct place place)
{
	if (!place.code[0])
		return false;
	if (!condition->group)
		return place_within(place, condition->place);
	for (size_t i = 0; i < condition->group_count; i++)
		if (place_within(place, condition->group[i]))
			return true;
	return false;
}

bool variant_matches(const struct variant *variant, const struct customs_request *request)
{
	for (size_t i = 0; i < variant->condition_count; i++) {
		const struct condition *condition = &variant->conditions[i];
		bool holds = condition->subject == BY_KIND ?
				     request->service && request->service->kind == condition->kind :
				     in_condition(condition, condition->subject == BY_FROM ? request->from :
											     request->origin);
		if (!holds)
			return false;
	}
	return true;
}

uint64_t tariff_key(struct str digits)
{
	uint64_t number = 0;
	for (size_t i = 0; i < digits.len; i++)
		number = number * 10 + (uint64_t)(digits.text[i] - '0');
	return (uint64_t)digits.len << 48 | number;
}

/* Index of the first tariff whose key is not less. */
static size_t lower_bound(const struct country *country, uint64_t key)
{
	size_t low = 0, high = country->tariff_count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (country->tariffs[middle].key < key)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static const struct tariff *with_key(const struct country *country, uint64_t key,
				     struct place origin, int32_t date)
{
	for (size_t i = lower_bound(country, key); i < country->tariff_count; i++) {
		const struct tariff *tariff = &country->tariffs[i];
		if (tariff->key != key)
			return NULL;
		struct place of = tariff->rule->origin;
		if (validity_holds(tariff->rule->validity, date) &&
		    (!of.code[0] || (origin.code[0] && place_within(origin, of))))
			return tariff;
	}
	return NULL;
}

static const struct tariff *longest(const struct country *country, struct str hs_code,
				    struct place origin, int32_t date)
{
	for (size_t len = hs_code.len < 10 ? hs_code.len : 10; len >= 2; len--) {
		if (!(country->lengths & 1u << len))
			continue;
		uint64_t key = tariff_key(str_sub(hs_code, 0, len));
		const struct tariff *tariff = with_key(country, key, origin, date);
		if (tariff)
			return tariff;
	}
	return NULL;
}

const struct tariff *tariff_find(const struct chain *chain, struct str hs_code, struct place origin,
				 int32_t date)
{
	const struct country *places[] = { chain->own[0], chain->own[1], chain->elsewhere };
	for (size_t i = 0; i < 3; i++) {
		const struct tariff *tariff = places[i] ? longest(places[i], hs_code, origin, date) : NULL;
		if (tariff)
			return tariff;
	}
	return NULL;
}
