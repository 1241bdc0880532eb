/* SPDX-License-Identifier: MIT */
/*
 * rates.csv in; the bands of each zone out, from light to heavy. Bands out of order are an
 * error and not sorted: mostly a unit is missing, and 2 kg were read as 2 g.
 */
#include "shop/load.h"

struct rate_reading {
	struct loading *loading;
	struct column service, zone, up_to, price, currency, per_kg, free_from;
	struct once once;
};

/* The zone that a row names; NULL when there is none (reported). */
static struct zone_place *rated_zone(struct rate_reading *rates, struct reader *r)
{
	struct loading *loading = rates->loading;
	struct service *service = load_service(loading, r, rates->service);
	struct str id = read_id(r, rates->zone), service_id = read_text(r, rates->service);
	if (!id.len || !map_find(&loading->shop->service_known, service_id))
		return NULL;
	struct zone_place *stands =
		map_find(&loading->zones, load_zone_key(loading, service_id, id));
	if (stands)
		return stands;
	if (!loading->zones.count) { /* zones.csv itself was reported */
		r->bad = true;
		return NULL;
	}
	struct str near = S("");
	if (service) {
		struct str *ids = arena_array(loading->arena, service->zone_count + 1, sizeof *ids);
		for (size_t i = 0; i < service->zone_count; i++)
			ids[i] = service->zones[i].id;
		near = str_nearest(id, ids, service->zone_count);
	}
	read_fault(r, rates->zone, "service '%s' has no zone '%s' in content/zones.csv%s%s%s",
		   shown(service_id).text, shown(id).text, near.len ? "; did you mean '" : "",
		   shown(near).text, near.len ? "'?" : "; add it there");
	return NULL;
}

/* Bands stand from light to heavy; a lighter one behind a heavier is often a missing unit. */
static bool fits_behind(struct rate_reading *rates, struct reader *r, const struct zone *zone,
			int64_t up_to)
{
	if (!zone->rate_count)
		return true;
	const struct rate *before = &zone->rates[zone->rate_count - 1];
	if (up_to > before->up_to_g)
		return true;
	if (up_to < before->up_to_g)
		read_fault(r, rates->up_to,
			   "this band is lighter than the one before it in line %u; put the bands "
			   "of a zone from light to heavy, and write the unit ('2 kg') where grams "
			   "are not meant",
			   before->pos.line);
	return false;
}

static void read_rate(struct rate_reading *rates, struct reader *r)
{
	struct loading *loading = rates->loading;
	struct currency currency =
		read_currency(r, rates->currency, loading->shop->settings.currency);
	struct zone_place *stands = rated_zone(rates, r);
	struct rate rate = { .pos = read_pos(r, rates->price) };
	rate.up_to_g = read_weight(r, rates->up_to, INT64_MAX);
	rate.price = read_money(r, rates->price, currency);
	rate.per_kg = read_money(r, rates->per_kg, currency);
	rate.free_from = read_money(r, rates->free_from, currency);
	if (r->bad) {
		if (stands)
			stands->misread = true;
		return;
	}
	struct str zone_id = read_text(r, rates->zone);
	struct str key =
		str_format(loading->arena, "%.*s\n%.*s\n%lld", STR(read_text(r, rates->service)),
			   STR(zone_id), (long long)rate.up_to_g);
	sheet_once(r, &rates->once, key, rates->up_to, "this band of zone", zone_id);
	if (r->bad || !r->holds || !stands || !stands->service)
		return;
	struct zone *zone = &stands->service->zones[stands->index];
	if (!fits_behind(rates, r, zone, rate.up_to_g))
		return;
	zone->rates = arena_push(loading->arena, zone->rates, &zone->rate_count, sizeof rate);
	zone->rates[zone->rate_count - 1] = rate;
}

static void check_rated(struct loading *loading)
{
	const struct shop *shop = loading->shop;
	struct buf today = BUF_INIT;
	date_add(&today, shop->date);
	for (size_t i = 0; i < shop->service_count; i++)
		for (size_t j = 0; j < shop->services[i].zone_count; j++) {
			const struct zone *zone = &shop->services[i].zones[j];
			const struct zone_place *stands =
				map_find(&loading->zones,
					 load_zone_key(loading, shop->services[i].id, zone->id));
			if (!zone->rate_count && !stands->misread)
				diag_error(loading->diag, zone->pos,
					   "zone '%s' of service '%s' has no price on %.*s; add "
					   "its rows to content/rates.csv",
					   shown(zone->id).text, shown(shop->services[i].id).text,
					   STR(buf_str(&today)));
		}
	buf_release(&today);
}

void load_rates(struct loading *loading)
{
	static const char path[] = "content/rates.csv";
	struct sheet sheet;
	struct rate_reading rates = { .loading = loading, .once = { { .arena = loading->arena } } };
	load_sheet(loading, &sheet, path);
	load_missing(loading, &sheet, path, "what each service costs");
	rates.service = sheet_column(&sheet, "service", NEEDED);
	rates.zone = sheet_column(&sheet, "zone", NEEDED);
	rates.up_to = sheet_column(&sheet, "up_to", PRESENT | NUMBER);
	rates.price = sheet_column(&sheet, "price", NEEDED | NUMBER);
	rates.currency = sheet_column(&sheet, "currency", 0);
	rates.per_kg = sheet_column(&sheet, "per_kg", NUMBER);
	rates.free_from = sheet_column(&sheet, "free_from", NUMBER);
	struct reader r;
	bool begun = sheet_begin(&sheet);
	while (begun && sheet_next(&sheet, loading->arena, &r))
		read_rate(&rates, &r);
	sheet_close(&sheet);
	if (begun)
		check_rated(loading);
}
