/* SPDX-License-Identifier: MIT */
/* Puts promise, customs and offer together, and tells the promise what words/ knows of time zones. */
#include "output/workings.h"

#include "words/words.h"

static void check_zone(struct str zone, struct pos pos, struct diag *diag)
{
	if (zone.len && !words_zone_known(zone))
		diag_error(diag, pos,
			   "there is no time zone '%.*s'; write one of the IANA database, such as "
			   "Europe/Berlin",
			   STR(zone));
}

static void check_zones(const struct shop *shop, struct diag *diag)
{
	check_zone(shop->settings.timezone, shop->settings.timezone_pos, diag);
	for (size_t i = 0; i < shop->handling_count; i++)
		check_zone(shop->handlings[i].timezone, shop->handlings[i].pos, diag);
	for (size_t i = 0; i < shop->support_count; i++)
		check_zone(shop->supports[i].timezone, shop->supports[i].pos, diag);
	for (size_t i = 0; i < shop->country_count; i++)
		for (size_t j = 0; j < shop->countries[i].timezone_count; j++)
			check_zone(shop->countries[i].timezones[j],
				   shop->countries[i].timezones_pos, diag);
}

void workings_init(struct workings *workings, struct arena *arena, const struct shop *shop,
		   struct diag *diag)
{
	workings_init_on(workings, arena, shop, shop->date, diag);
}

void workings_init_on(struct workings *workings, struct arena *arena, const struct shop *shop,
		      int32_t promised_on, struct diag *diag)
{
	check_zones(shop, diag);
	workings->shop = shop;
	workings->steady = NULL;
	struct shop *then = arena_new(arena, sizeof *then);
	*then = *shop;
	then->date = promised_on;
	workings->promises = promises_new(arena, then, diag);
	promises_set_zones(workings->promises, words_zone_offset);
	workings->customs = customs_new(arena, shop, diag);
	workings->offering = offering_new(arena, shop, workings->promises, diag);
}

void workings_listing_offers(const struct workings *workings, const struct product *product,
			     struct place to, struct offers *offers)
{
	offer_find(workings->offering, product, to, offers);
	for (size_t i = 0; i < offers->count; i++)
		if (offers->items[i].refusal == REFUSED_NOT)
			offers->items[i].promise =
				steady_get(workings->steady, offers->items[i].promise);
}

void workings_release(struct workings *workings)
{
	if (workings->offering)
		offering_release(workings->offering);
	steady_free(workings->steady);
	if (workings->promises)
		promises_free(workings->promises);
}
