/* SPDX-License-Identifier: MIT */
/* Statistics that cannot be right: each is named at its place, or with what was done about it. */
#include "../shop/little_shop.h"

#include <math.h>

#include "promise/promise.h"

static const struct promise *promised(struct promises *promises, const struct little_shop *little,
				      const char *service, const char *to)
{
	struct place place, from = { "CN" };
	assert_true(place_parse(str_of(to), &place));
	return promise_get(promises, shop_service(little->shop, str_of(service)), place, from, NULL);
}

/* A table of statistics, and all that is said of it. */
static void says(const char *table, const char *text, const char *expected)
{
	struct little_shop little;
	little_open(&little);
	little_put(&little, table, text);
	little_load(&little);
	promises_free(promises_new(&little.arena, little.shop, little.diag));
	little_says(&little, expected);
	little_close(&little);
}

static void a_lane_named_only_in_the_log(void **state)
{
	(void)state;
	says("shipments.csv", "service,to,shipped,delivered\npost,JP,2026-09-01,2026-09-11\n"
			      "post,JP,2026-09-02,2026-09-11\npost,DE,2026-09-02,2026-09-11\n",
	     "content/shipments.csv:2:1: warning: no zone of service 'post' in "
	     "content/zones.csv holds 'JP'; its parcels count for the service as a whole "
	     "alone: 2\n");
	says("ontime.csv", "service,to,days,parcels\npost,JP,9,5\npost,JP,10,5\n",
	     "content/ontime.csv:2:6: warning: no zone of service 'post' in "
	     "content/zones.csv holds 'JP'; its parcels count for the service as a whole "
	     "alone\n");
}

static void a_service_that_does_not_exist(void **state)
{
	(void)state;
	says("shipments.csv", "service,to,shipped,delivered\npigeon,DE,2026-09-01,2026-09-11\n",
	     "content/shipments.csv:2:1: warning: no service 'pigeon' is in force in "
	     "content/carriers.csv; rows with it to this destination are left out: 1\n");
	says("ontime.csv", "service,to,days,parcels\npigeon,DE,9,5\n",
	     "content/ontime.csv:2:1: error: there is no service 'pigeon'; "
	     "content/carriers.csv lists them\n");
}

static void days_below_nothing_and_beyond_a_year(void **state)
{
	(void)state;
	says("ontime.csv", "service,to,days,parcels\npost,DE,-3,5\npost,DE,400,5\npost,DE,9999,5\n",
	     "content/ontime.csv:2:9: error: '-3' is no number of days; write '9', '8-11' or"
	     " '>30' (up to 730)\n"
	     "content/ontime.csv:3:9: warning: '400' is more than a year; these parcels "
	     "count as not there within 90 days\n"
	     "content/ontime.csv:4:9: error: '9999' is no number of days; write '9', '8-11' "
	     "or '>30' (up to 730)\n");
	says("shipments.csv", "service,to,shipped,delivered\npost,DE,2026-09-11,2026-09-01\n"
			      "post,DE,2025-09-01,2026-10-06\n",
	     "content/shipments.csv: warning: 1 of 2 rows cannot be and are left out: 1 "
	     "delivered before it was shipped; correct them, or ask the carrier\n"
	     "content/shipments.csv:2:1: warning: this parcel is left out: delivered before "
	     "it was shipped\n"
	     "content/shipments.csv:3:1: warning: this parcel took 400 days and counts as "
	     "not there within 90; is the year right?\n");
}

static void dates_in_two_formats(void **state)
{
	(void)state;
	says("shipments.csv", "service,to,shipped,delivered\npost,DE,2026-09-01,09/12/2026\n"
			      "post,DE,01.09.2026,2026-09-11\npost,DE,25/09/2026,10/11/2026\n",
	     "content/shipments.csv:2:20: error: '09/12/2026' may have the day or the month "
	     "first, and no date of this column tells which; write the dates as YYYY-MM-DD\n");
	says("shipments.csv", "service,to,shipped,delivered\npost,DE,25/09/2026,2026-10-10\n"
			      "post,DE,09/26/2026,2026-10-11\n",
	     "content/shipments.csv:3:9: error: '09/26/2026' has the month first, but "
	     "'25/09/2026' in line 2 the day; write all dates as YYYY-MM-DD\n");
}

static void buckets_that_overlap(void **state)
{
	(void)state;
	says("ontime.csv", "service,to,days,parcels\npost,DE,5-8,40\npost,DE,8-11,40\n",
	     "content/ontime.csv:3:9: error: line 2 counts parcels of the same lane and "
	     "month with some of these days; join the two rows, or part their days\n");
}

static void a_million_parcels_on_one_day(void **state)
{
	(void)state;
	struct little_shop little;
	says("shipments.csv", "service,to,shipped,delivered,parcels\npost,DE,2026-09-01,2026-09-11,1000000\n",
	     "content/shipments.csv:2:31: error: a row cannot stand for '1000000' parcels; "
	     "write a number from 0 to 4294\n");
	little_open(&little);
	little_put(&little, "ontime.csv", "service,to,days,parcels\npost,DE,9,1000000\n");
	little_load(&little);
	struct promises *promises = promises_new(&little.arena, little.shop, little.diag);
	const struct promise *promise = promised(promises, &little, "post", "DE");
	for (int n = 0; n < PROMISE_DAYS; n++) {
		assert_true(isfinite(promise->door.share[n]) && promise->door.share[n] <= 1);
		assert_true(n < 9 ? promise->door.claim[n] == 0 : promise->door.claim[n] <= 99);
	}
	promises_free(promises);
	little_close(&little);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_lane_named_only_in_the_log),
		cmocka_unit_test(a_service_that_does_not_exist),
		cmocka_unit_test(days_below_nothing_and_beyond_a_year),
		cmocka_unit_test(dates_in_two_formats),
		cmocka_unit_test(buckets_that_overlap),
		cmocka_unit_test(a_million_parcels_on_one_day),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
