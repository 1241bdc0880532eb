/* SPDX-License-Identifier: MIT */
/* handling.csv, closures.csv and ontime.csv. */
#include "little_shop.h"

static void profiles_are_read(void **state)
{
	(void)state;
	struct little_shop little;
	little_open(&little);
	little_put(&little, "handling.csv",
		   "profile,days_min,days_max,cutoff,timezone,workdays\nstock,1,2,15:00,Europe/"
		   "Berlin,Mon-Sat\n"
		   "made,3,5,,,\nweekend,0,0,9:30,,Fri\xE2\x80\x93Mon\nodd,1,1,,,\"Wednesday, "
		   "sun\"\n");
	const struct shop *shop = little_load(&little);
	little_says(&little, "");
	assert_int_equal(shop->handling_count, 4);
	assert_int_equal(shop->handlings[0].cutoff, 900);
	assert_int_equal(shop->handlings[0].workdays, 0x3F);
	assert_true(str_is(shop->handlings[0].timezone, "Europe/Berlin"));
	const struct handling *made = map_find(&shop->handling_by_profile, S("made"));
	assert_int_equal(made->index, 1);
	assert_int_equal(made->cutoff, -1);
	assert_int_equal(made->workdays, 0x1F);
	assert_true(str_is(made->timezone, "Asia/Shanghai"));
	assert_int_equal(shop->handlings[2].workdays,
			 1 << FRIDAY | 1 << SATURDAY | 1 << SUNDAY | 1 << MONDAY);
	assert_int_equal(shop->handlings[2].cutoff, 570);
	assert_int_equal(shop->handlings[3].workdays, 1 << WEDNESDAY | 1 << SUNDAY);
	shop_check_unused(shop, 0xB, little.diag);
	little_says(
		&little,
		"content/handling.csv:4:1: warning: no product is handled by profile 'weekend'; "
		"name it in the 'handling' column of content/products.csv, or take it out\n");
	little_close(&little);
}

static void wrong_profiles_are_named(void **state)
{
	(void)state;
	little_case(
		"handling.csv",
		"profile,days_min,days_max,cutoff,timezone,workdays\nstock,3,2,15.00,Berlin,Mon "
		"Tus\n"
		"stock,,2,24:00,,\nfew,-1,1.5,,,\nreturn,3,2,,,\n",
		"content/handling.csv:2:11: error: '15.00' is no time of day; write it as '15:00'\n"
		"content/handling.csv:2:17: error: 'Berlin' is no time zone; write its region and "
		"city, such as 'Asia/Shanghai'\n"
		"content/handling.csv:2:24: error: 'Tus' is no weekday; write them as 'Mon Tue "
		"Wed' or 'Mon-Fri'\n"
		"content/handling.csv:3:1: error: profile 'stock' stands in line 2 already; remove "
		"one of the two, or part their days by 'valid_from' and 'valid_to'\n"
		"content/handling.csv:3:7: error: 'days_min' is empty; every row needs it\n"
		"content/handling.csv:3:10: error: '24:00' is no time of day; write it as '15:00'\n"
		"content/handling.csv:4:5: error: '-1' is no 'days_min'; write a whole number from "
		"0 to 180\n"
		"content/handling.csv:4:8: error: '1.5' is no 'days_max'; write a whole number "
		"from 0 to 180\n"
		"content/handling.csv:5:8: error: 'days_min' is more than 'days_max'; exchange "
		"them\n");
}

static void closures_are_spread_over_countries_and_kinds(void **state)
{
	(void)state;
	struct little_shop little;
	little_open(&little);
	little_put(&little, "closures.csv",
		   "country,from,to,kind,name,name:de\nCN,2026-10-01,2026-10-07,dispatch,National "
		   "Day,Feiertag\n"
		   "DE AT,25.12.2026,26.12.2026,delivery,Christmas,\nEU,2027-01-01,2027-01-01,,New "
		   "Year,\n");
	const struct shop *shop = little_load(&little);
	little_says(&little, "");
	assert_int_equal(shop->closure_count, 1 + 2 + 2 * 27);
	assert_string_equal(shop->closures[0].country.code, "CN");
	assert_int_equal(shop->closures[0].kind, CLOSURE_DISPATCH);
	assert_int_equal(shop->closures[0].days.to - shop->closures[0].days.from, 6);
	assert_true(str_is(translated_get(&shop->closures[0].name, 1), "Feiertag"));
	assert_string_equal(shop->closures[2].country.code, "AT");
	assert_int_equal(shop->closures[2].kind, CLOSURE_DELIVERY);
	assert_int_equal(shop->closures[3].kind, CLOSURE_DISPATCH);
	assert_int_equal(shop->closures[4].kind, CLOSURE_DELIVERY);
	little_close(&little);
}

static void dates_are_read_as_the_whole_column_allows(void **state)
{
	(void)state;
	struct little_shop little;
	struct buf text = BUF_INIT;
	little_open(&little);
	little_put(&little, "closures.csv",
		   "country,from,to\nCN,03/04/2026,5.4.2026\nCN,03/25/2026,2026-03-26\nCN,05/05/"
		   "2026,2026-05-05\n");
	const struct shop *shop = little_load(&little);
	little_says(&little, "");
	date_add(&text, shop->closures[0].days.from);
	date_add(&text, shop->closures[0].days.to);
	assert_true(str_is(buf_str(&text), "2026-03-042026-04-05"));
	buf_release(&text);
	little_close(&little);
	little_open(&little);
	little_put(&little, "closures.csv",
		   "country,from,to\nCN,03/04/2026,2026-12-31\nCN,25/03/2026,2026-12-31\n");
	shop = little_load(&little);
	little_says(&little, "");
	date_add(&text, shop->closures[0].days.from);
	assert_true(str_is(buf_str(&text), "2026-04-03"));
	buf_release(&text);
	little_close(&little);
}

static void dates_that_leave_it_open_are_asked_about(void **state)
{
	(void)state;
	little_case(
		"closures.csv",
		"country,from,to\nCN,2026-01-01,04/04/2026\nCN,2026-02-01,03/04/2026\n",
		"content/closures.csv:3:15: error: '03/04/2026' may have the day or the month "
		"first, and no date of this column tells which; write the dates as YYYY-MM-DD\n");
	little_case("closures.csv",
		    "country,from,to\nCN,2026-01-01,25/04/2026\nCN,2026-02-01,03/24/2026\n",
		    "content/closures.csv:3:15: error: '03/24/2026' has the month first, but "
		    "'25/04/2026' in line 2 the day; write all dates as YYYY-MM-DD\n");
}

static void damaged_dates_are_named(void **state)
{
	(void)state;
	little_case(
		"closures.csv",
		"country,from,to,kind\nCN,45992,2026-01-02,\nCN,soon,2026-13-01,never\n"
		"CN,2026-02-03,2026-02-01,\nCN,2026-02-03,,\n",
		"content/closures.csv:2:4: error: '45992' is how a spreadsheet counts 2025-12-01; "
		"format the column as text, or as a date of the form YYYY-MM-DD\n"
		"content/closures.csv:3:4: error: 'soon' is no date; write it as YYYY-MM-DD\n"
		"content/closures.csv:3:9: error: '2026-13-01' is no date; write it as YYYY-MM-DD\n"
		"content/closures.csv:3:20: error: 'never' is no 'kind'; it may be 'dispatch', "
		"'delivery'\n"
		"content/closures.csv:4:15: error: 'to' lies before 'from'; exchange them\n"
		"content/closures.csv:5:15: error: 'to' is empty; every row needs it\n");
}

static void parcels_are_counted(void **state)
{
	(void)state;
	struct little_shop little;
	little_open(&little);
	little_put(&little, "ontime.csv",
		   "service,to,days,parcels,from,status,period\npost,DEU,9,120,CN,,2026-09\n"
		   "post,EU,8-11,2.5,,delivered,\npost,US-HI,>30,1,,,\npost,*,,3,,lost,\npost,US,"
		   "14,2,,open,\n"
		   "fast,WORLD,12\xE2\x80\x93"
		   "13,0,,,\n");
	const struct shop *shop = little_load(&little);
	little_says(&little, "");
	assert_int_equal(shop->ontime_count, 6);
	const struct ontime *row = shop->ontimes;
	assert_ptr_equal(row->service, shop_service(shop, S("post")));
	assert_string_equal(row->place.code, "DE");
	assert_true(str_is(row->to, "DE"));
	assert_null(row->zone);
	assert_int_equal(row->days_min, 9);
	assert_int_equal(row->days_max, 9);
	assert_int_equal(row->parcels_ppm, 120000000);
	assert_string_equal(row->from.code, "CN");
	assert_int_equal(row->status, PARCEL_DELIVERED);
	assert_int_equal(row->period, 20697);
	assert_ptr_equal(row[1].zone, &row[1].service->zones[0]);
	assert_string_equal(row[1].place.code, "");
	assert_int_equal(row[1].days_max, 11);
	assert_int_equal(row[1].parcels_ppm, 2500000);
	assert_int_equal(row[1].period, DATE_NONE);
	assert_string_equal(row[2].place.code, "US-HI");
	assert_int_equal(row[2].days_min, 31);
	assert_int_equal(row[2].days_max, -1);
	assert_string_equal(row[3].place.code, "*");
	assert_int_equal(row[3].status, PARCEL_LOST);
	assert_int_equal(row[3].days_max, 0);
	assert_non_null(row[4].zone); /* a zone goes before a country of the same letters */
	assert_int_equal(row[4].status, PARCEL_OPEN);
	assert_int_equal(row[5].days_max, 13);
	little_close(&little);
}

static void wrong_counts_are_named(void **state)
{
	(void)state;
	little_case(
		"ontime.csv",
		"service,to,days,parcels,status,period\npots,DE,9,1,,\npost,ASIA,9,1,,\npost,DE,,1,"
		",\n"
		"post,DE,8-Nov,1,,\npost,DE,11-8,1,,\npost,DE,9,-1,,\npost,DE,9,many,late,Sep 26\n"
		"post,FR,8-11,1,,\npost,FR,11-12,1,,\npost,FR,>9,1,,\npost,FR,5,1,,46266\n"
		"post,FR,5,1,,2026-12\npost,FR,6,1,,2026-12\npost,FR,5,1,lost,\npost,FR,999,1,,\n",
		"content/ontime.csv:2:1: error: there is no service 'pots'; did you mean 'post'?\n"
		"content/ontime.csv:3:6: error: 'ASIA' is no country, no region, and no zone of "
		"service 'post'; write a code of ISO 3166, a zone of content/zones.csv, or '*'\n"
		"content/ontime.csv:4:9: error: 'days' is empty; write how many days these parcels "
		"took\n"
		"content/ontime.csv:5:9: error: a spreadsheet made the date '8-Nov' of this; "
		"format the column as text and write the days again, such as '8-11'\n"
		"content/ontime.csv:6:9: error: '11-8' is no number of days; write '9', '8-11' or "
		"'>30' (up to 730)\n"
		"content/ontime.csv:7:11: error: '-1' parcels cannot be; a count starts at 0\n"
		"content/ontime.csv:8:11: error: 'many' is no number; write it as '1234.5', with "
		"up to 9 decimals\n"
		"content/ontime.csv:8:16: error: 'late' is no 'status'; it may be 'delivered', "
		"'lost', 'returned', 'open', 'cancelled'\n"
		"content/ontime.csv:8:21: error: 'Sep 26' is no month; write it as YYYY-MM, in a "
		"column formatted as text\n"
		"content/ontime.csv:10:9: error: line 9 counts parcels of the same lane and month "
		"with some of these days; join the two rows, or part their days\n"
		"content/ontime.csv:11:9: error: line 9 counts parcels of the same lane and month "
		"with some of these days; join the two rows, or part their days\n"
		"content/ontime.csv:12:14: error: '46266' is how a spreadsheet counts 2026-09-01; "
		"format the column as text, or as a date of the form YYYY-MM-DD\n"
		"content/ontime.csv:13:14: warning: '2026-12' is after the date of this build; "
		"rows of such months are left out\n"
		"content/ontime.csv:16:9: error: '999' is no number of days; write '9', '8-11' or "
		"'>30' (up to 730)\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(profiles_are_read),
		cmocka_unit_test(wrong_profiles_are_named),
		cmocka_unit_test(closures_are_spread_over_countries_and_kinds),
		cmocka_unit_test(dates_are_read_as_the_whole_column_allows),
		cmocka_unit_test(dates_that_leave_it_open_are_asked_about),
		cmocka_unit_test(damaged_dates_are_named),
		cmocka_unit_test(parcels_are_counted),
		cmocka_unit_test(wrong_counts_are_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
