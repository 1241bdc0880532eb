/* SPDX-License-Identifier: MIT */
/*
 * Rows about a country, a group or everywhere else in; one rule for each country out. The one
 * idea: what names a country more closely goes before what names it from afar, on the days that
 * both hold: the country itself, then a list or group, then "*".
 */
#include "shop/load.h"

#include <string.h>

struct held_days {
	struct validity validity;
	struct held_days *next;
};

/* A row to be spread out when all that is nearer has been read. */
struct spread_row {
	const void *rule;
	struct str rest;
	struct validity validity;
	struct place *places;
	size_t count;
	bool everywhere;
};

static struct str key_of(const struct spread *spread, struct place country, struct str rest)
{
	return str_format(spread->loading->arena, "%s\n%.*s", country.code, STR(rest));
}

static void hold(const struct spread *spread, struct map *map, struct str key,
		 struct validity validity)
{
	map->arena = spread->loading->arena;
	void **first = map_put(map, key);
	struct held_days *days = arena_new(map->arena, sizeof *days);
	*days = (struct held_days){ validity, *first };
	*first = days;
}

static bool holds(const struct map *map, struct str key, struct validity validity)
{
	for (const struct held_days *days = map_find(map, key); days; days = days->next)
		if (validity_overlap(days->validity, validity))
			return true;
	return false;
}

void load_spread_add(struct spread *spread, struct reader *r, struct column country,
		     struct str rest, const void *rule)
{
	struct place itself;
	struct spread_row row = { .rest = rest, .validity = r->validity };
	row.places = read_places(r, country, &row.count);
	if (r->bad)
		return;
	if (place_parse(read_text(r, country), &itself) && itself.code[0] != '*') {
		hold(spread, &spread->own, key_of(spread, itself, rest), r->validity);
		spread->keep(spread->loading, rule, itself, false);
		return;
	}
	for (size_t i = 0; i < row.count; i++)
		row.everywhere = row.everywhere || row.places[i].code[0] == '*';
	void *copy = arena_new(spread->loading->arena, spread->size);
	row.rule = memcpy(copy, rule, spread->size);
	spread->rows = arena_push(spread->loading->arena, spread->rows, &spread->count, sizeof row);
	spread->rows[spread->count - 1] = row;
}

static void spread_over_list(struct spread *spread, const struct spread_row *row)
{
	for (size_t i = 0; i < row->count; i++) {
		struct str key = key_of(spread, row->places[i], row->rest);
		if (holds(&spread->own, key, row->validity))
			continue;
		hold(spread, &spread->listed, key, row->validity);
		spread->keep(spread->loading, row->rule, row->places[i], true);
	}
}

static void spread_everywhere(struct spread *spread, const struct spread_row *row)
{
	struct place country;
	for (size_t i = 0; place_nth(i, &country); i++) {
		struct str key = key_of(spread, country, row->rest);
		if (!holds(&spread->own, key, row->validity) &&
		    !holds(&spread->listed, key, row->validity))
			spread->keep(spread->loading, row->rule, country, true);
	}
}

void load_spread_end(struct spread *spread)
{
	for (size_t i = 0; i < spread->count; i++)
		if (!spread->rows[i].everywhere)
			spread_over_list(spread, &spread->rows[i]);
	for (size_t i = 0; i < spread->count; i++)
		if (spread->rows[i].everywhere)
			spread_everywhere(spread, &spread->rows[i]);
}
