/* SPDX-License-Identifier: MIT */
/* Any bytes as a date and as a place; and as a day number: what is read comes back as it was. */
#include <stdlib.h>
#include <string.h>

#include "shop/date.h"
#include "shop/place.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
	if (!holds)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = { size ? (const char *)data : "", size };
	struct buf shown = BUF_INIT;
	struct place place, place_again;
	int32_t date, again;
	if (date_parse(text, &date)) {
		date_add(&shown, date);
		require(str_equal(buf_str(&shown), text));
	}
	if (size >= sizeof date) {
		int year, month, day;
		memcpy(&date, data, sizeof date);
		date_civil(date, &year, &month, &day);
		if (date_of(year, month, day, &again))
			require(again == date);
		require(date_weekday(date) <= SUNDAY);
	}
	if (place_parse(text, &place)) {
		require(place_parse(place_str(&place), &place_again));
		require(place_equal(place, place_again));
		require(place_within(place, place_country(place)));
		place_currency(place);
	}
	buf_release(&shown);
	return 0;
}
