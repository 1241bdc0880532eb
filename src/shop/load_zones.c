/* SPDX-License-Identifier: MIT */
/*
 * zones.csv in; the zones of the services with their places, and the shop's destinations out.
 * Groups are spread out and `except` is worked out here, once. A country belongs to one zone
 * of a service at most: a second one is named with the line of the first.
 */
#include "shop/load.h"

#include <stdlib.h>
#include <string.h>

/* What is known while zones.csv is read. */
struct zone_reading {
	struct loading *loading;
	struct column service, zone, countries, except, remote;
	struct map holders; /* "service\nplace" to the zone's row that holds it today */
};

/* Who holds a place: the zone's id and where its row stands. */
struct holder {
	struct str zone;
	struct pos pos;
};

struct str load_zone_key(struct loading *loading, struct str service, struct str zone)
{
	return str_format(loading->arena, "%.*s\n%.*s", STR(service), STR(zone));
}

static bool contains(const struct place *places, size_t count, struct place place)
{
	for (size_t i = 0; i < count; i++)
		if (place_equal(places[i], place))
			return true;
	return false;
}

/*
 * The places of a row without those of `except`, and in `excluded` what "*" or a country must
 * still be told not to hold.
 */
static void work_out(struct zone_reading *z, struct reader *r, struct zone *row)
{
	size_t count, except_count;
	struct place *places = read_places(r, z->countries, &count);
	struct place *except = read_places(r, z->except, &except_count);
	row->places = arena_array(z->loading->arena, count + 1, sizeof *row->places);
	row->excluded = arena_array(z->loading->arena, except_count + 1, sizeof *row->excluded);
	for (size_t i = 0; i < count; i++)
		if (!contains(except, except_count, places[i]))
			row->places[row->place_count++] = places[i];
	for (size_t i = 0; i < except_count; i++) {
		struct place country = place_country(except[i]);
		bool within =
			contains(places, count, (struct place){ "*" }) ||
			(!place_equal(country, except[i]) && contains(places, count, country));
		if (within)
			row->excluded[row->excluded_count++] = except[i];
		else if (!contains(places, count, except[i]))
			diag_warning(z->loading->diag, read_pos(r, z->except),
				     "'%s' is not among the countries of this row; take it out of "
				     "'except'",
				     except[i].code);
	}
	if (count && !row->place_count)
		read_fault(r, z->except,
			   "'except' leaves no country in this row; take the row out");
}

/* Names of remote areas: codes of regions as a list, other words parted by commas or semicolons. */
static void read_remote(struct zone_reading *z, struct reader *r, struct zone *row)
{
	size_t count;
	struct place place;
	struct str *words = read_list(r, z->remote, &count);
	bool codes = true;
	for (size_t i = 0; i < count; i++)
		codes = codes && place_parse(words[i], &place);
	if (codes) {
		row->remote = words;
		row->remote_count = count;
		return;
	}
	struct str rest = read_text(r, z->remote);
	while (rest.len) {
		size_t comma = str_index(rest, ','), semicolon = str_index(rest, ';');
		size_t end = comma < semicolon ? comma : semicolon;
		struct str name = str_trim(str_sub(rest, 0, end));
		rest = str_sub(rest, end + 1, rest.len);
		if (!name.len)
			continue;
		row->remote =
			arena_push(z->loading->arena, row->remote, &row->remote_count, sizeof name);
		row->remote[row->remote_count - 1] = name;
	}
}

/* Names the first place that another zone of the service holds, and how many more there are. */
static void check_holders(struct zone_reading *z, struct reader *r, const struct service *service,
			  const struct zone *row)
{
	const struct holder *other = NULL;
	struct place first = { "" };
	size_t clashes = 0;
	for (size_t i = 0; i < row->place_count; i++) {
		struct str key = load_zone_key(z->loading, service->id, place_str(&row->places[i]));
		void **holder = map_put(&z->holders, key);
		const struct holder *earlier = *holder;
		if (!earlier) {
			struct holder *mine = arena_new(z->loading->arena, sizeof *mine);
			*mine = (struct holder){ row->id, row->pos };
			*holder = mine;
		} else if (!str_equal(earlier->zone, row->id) && clashes++ == 0) {
			other = earlier;
			first = row->places[i];
		}
	}
	if (clashes == 1)
		read_fault(r, z->countries,
			   "'%s' is in zone '%s' of line %u already; take it out of one of the "
			   "two, if need be with 'except'",
			   first.code, shown(other->zone).text, other->pos.line);
	else if (clashes)
		read_fault(r, z->countries,
			   "'%s' and %zu more are in other zones of this service already ('%s' of "
			   "line %u); take them out of one of the two, if need be with 'except'",
			   first.code, clashes - 1, shown(other->zone).text, other->pos.line);
}

static void *joined(struct arena *arena, const void *a, size_t a_count, const void *b,
		    size_t b_count, size_t size)
{
	char *both = arena_array(arena, a_count + b_count + 1, size);
	if (a_count)
		memcpy(both, a, a_count * size);
	if (b_count)
		memcpy(both + a_count * size, b, b_count * size);
	return both;
}

/* A zone may have several rows: the later ones add their places. */
static void keep_zone(struct loading *loading, struct service *service, struct zone_place *stands,
		      const struct zone *row)
{
	if (!stands->service) {
		stands->service = service;
		stands->index = service->zone_count;
		service->zones = arena_push(loading->arena, service->zones, &service->zone_count,
					    sizeof *row);
		service->zones[stands->index] = *row;
		return;
	}
	struct zone *zone = &service->zones[stands->index];
	zone->places = joined(loading->arena, zone->places, zone->place_count, row->places,
			      row->place_count, sizeof *row->places);
	zone->place_count += row->place_count;
	zone->excluded = joined(loading->arena, zone->excluded, zone->excluded_count, row->excluded,
				row->excluded_count, sizeof *row->excluded);
	zone->excluded_count += row->excluded_count;
	zone->remote = joined(loading->arena, zone->remote, zone->remote_count, row->remote,
			      row->remote_count, sizeof *row->remote);
	zone->remote_count += row->remote_count;
}

static void read_zone(struct zone_reading *z, struct reader *r)
{
	struct loading *loading = z->loading;
	struct service *service = load_service(loading, r, z->service);
	struct zone row = { .id = read_id(r, z->zone),
			    .service = service,
			    .pos = read_pos(r, z->zone) };
	struct str service_id = read_text(r, z->service);
	work_out(z, r, &row);
	read_remote(z, r, &row);
	if (!row.id.len || !service_id.len)
		return;
	void **known = map_put(&loading->zones, load_zone_key(loading, service_id, row.id));
	if (!*known)
		*known = arena_new(loading->arena, sizeof(struct zone_place));
	if (!r->holds || !service)
		return;
	check_holders(z, r, service, &row);
	keep_zone(loading, service, *known, &row);
}

static int by_code(const void *a, const void *b)
{
	return strcmp(((const struct place *)a)->code, ((const struct place *)b)->code);
}

/* Every country that a zone names; "*" names none, and a region alone is not its country. */
static void collect_destinations(struct shop *shop, struct arena *arena)
{
	size_t room = 0;
	for (size_t i = 0; i < shop->service_count; i++)
		for (size_t j = 0; j < shop->services[i].zone_count; j++)
			room += shop->services[i].zones[j].place_count;
	struct place *all = arena_array(arena, room + 1, sizeof *all);
	size_t count = 0;
	for (size_t i = 0; i < shop->service_count; i++)
		for (size_t j = 0; j < shop->services[i].zone_count; j++) {
			const struct zone *zone = &shop->services[i].zones[j];
			for (size_t k = 0; k < zone->place_count; k++)
				if (strlen(zone->places[k].code) == 2)
					all[count++] = zone->places[k];
		}
	qsort(all, count, sizeof *all, by_code);
	shop->destinations = all;
	for (size_t i = 0; i < count; i++)
		if (i == 0 || !place_equal(all[i], all[i - 1]))
			all[shop->destination_count++] = all[i];
}

void load_zones(struct loading *loading)
{
	static const char path[] = "content/zones.csv";
	struct shop *shop = loading->shop;
	struct sheet sheet;
	struct zone_reading z = { .loading = loading, .holders = { .arena = loading->arena } };
	load_sheet(loading, &sheet, path);
	load_missing(loading, &sheet, path, "the countries of each service's zones");
	z.service = sheet_column(&sheet, "service", NEEDED);
	z.zone = sheet_column(&sheet, "zone", NEEDED);
	z.countries = sheet_column(&sheet, "countries", NEEDED);
	z.except = sheet_column(&sheet, "except", 0);
	z.remote = sheet_column(&sheet, "remote", 0);
	struct reader r;
	bool begun = sheet_begin(&sheet);
	while (begun && sheet_next(&sheet, loading->arena, &r))
		read_zone(&z, &r);
	sheet_close(&sheet);
	for (size_t i = 0; begun && i < shop->service_count; i++)
		if (!shop->services[i].zone_count)
			diag_warning(
				loading->diag, shop->services[i].pos,
				"service '%s' goes nowhere; give it a row in content/zones.csv",
				shown(shop->services[i].id).text);
	collect_destinations(shop, loading->arena);
}
