/* SPDX-License-Identifier: MIT */
/* Looking things up in the loaded shop. */
#include "shop/shop.h"

struct str translated_get(const struct translated *text, size_t language)
{
	struct str translation = text->by_language ? text->by_language[language] : S("");
	if (!translation.len)
		translation = text->plain;
	return translation.len || !text->by_language ? translation : text->by_language[0];
}

static bool names(const struct place *places, size_t count, struct place place)
{
	for (size_t i = 0; i < count; i++)
		if (place_equal(places[i], place))
			return true;
	return false;
}

/* The zone that names `named`, unless it takes out `to` or its country. */
static struct zone *zone_naming(const struct service *service, struct place named, struct place to)
{
	for (size_t i = 0; i < service->zone_count; i++) {
		struct zone *zone = &service->zones[i];
		if (names(zone->places, zone->place_count, named) &&
		    !names(zone->excluded, zone->excluded_count, to) &&
		    !names(zone->excluded, zone->excluded_count, place_country(to)))
			return zone;
	}
	return NULL;
}

struct zone *service_zone(const struct service *service, struct place to)
{
	struct zone *zone = zone_naming(service, to, to);
	if (!zone)
		zone = zone_naming(service, place_country(to), to);
	return zone ? zone : zone_naming(service, (struct place){ "*" }, to);
}

struct service *shop_service(const struct shop *shop, struct str id)
{
	return map_find(&shop->service_by_id, id);
}

static const struct country_facts *facts_of(const struct shop *shop, struct place place)
{
	for (size_t i = 0; i < shop->country_count; i++)
		if (place_equal(shop->countries[i].country, place))
			return &shop->countries[i];
	return NULL;
}

const struct country_facts *shop_country(const struct shop *shop, struct place country)
{
	const struct country_facts *facts = facts_of(shop, country);
	if (!facts)
		facts = facts_of(shop, place_country(country));
	return facts ? facts : facts_of(shop, (struct place){ "*" });
}
