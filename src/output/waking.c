/* SPDX-License-Identifier: MIT */
/*
 * The hours of all zones are the same span, shifted; what they share is found by sliding each
 * beside the first one's.
 */
#include "output/waking.h"

#include "output/time_zones.h"
#include "words/words.h"

enum { DAY = 24 * 60, EVENING = 21 * 60, MORNING = 8 * 60 };

static int wrapped(int minutes)
{
	return (minutes % DAY + DAY) % DAY;
}

/* From -DAY/2 to DAY/2. */
static int nearest_turn(int minutes)
{
	int turned = wrapped(minutes);
	return turned > DAY / 2 ? turned - DAY : turned;
}

static void read_hours(struct waking *waking, const struct shop *shop, struct place country)
{
	const struct country_facts *facts = shop_country(shop, country);
	bool known = facts && facts->quiet_from >= 0 && facts->quiet_from != facts->quiet_to;
	waking->from = known ? facts->quiet_to : MORNING;
	waking->to = known ? facts->quiet_from : EVENING;
}

void waking_find(struct waking *waking, struct arena *arena, const struct shop *shop,
		 struct place country)
{
	struct place whole = place_country(country);
	struct time_zones zones = time_zones_of(arena, shop, whole);
	read_hours(waking, shop, whole);
	waking->utc_from = waking->utc_to = -1;
	waking->until = DATE_NONE;
	if (!zones.count)
		return;
	int length = wrapped(waking->to - waking->from);
	int start = waking->from - words_zone_offset(zones.names[0], shop->date);
	int latest = 0, earliest = 0;
	int32_t change = INT32_MAX;
	for (size_t i = 0; i < zones.count; i++) {
		int32_t next = words_zone_change(zones.names[i], shop->date);
		int shift = nearest_turn(waking->from - words_zone_offset(zones.names[i], shop->date) -
					 start);
		latest = shift > latest ? shift : latest;
		earliest = shift < earliest ? shift : earliest;
		change = next < change ? next : change;
	}
	if (change != INT32_MAX)
		waking->until = change > shop->date ? change - 1 : shop->date;
	if (earliest + length <= latest)
		return;
	waking->utc_from = wrapped(start + latest);
	waking->utc_to = wrapped(start + earliest + length);
}
