/* SPDX-License-Identifier: MIT */
/* A country in, the names of its time zones out. */
#include "output/time_zones.h"

#include "words/words.h"

struct time_zones time_zones_of(struct arena *arena, const struct shop *shop, struct place country)
{
	const struct country_facts *facts = shop_country(shop, country);
	if (facts && facts->timezone_count)
		return (struct time_zones){ facts->timezones, facts->timezone_count };
	struct time_zones zones;
	zones.names = words_country_zones(arena, place_str(&country), &zones.count);
	return zones;
}
