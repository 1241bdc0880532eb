/* SPDX-License-Identifier: MIT */
/* carriers.csv, zones.csv, rates.csv: what is joined, and what does not fit. */
#include "little_shop.h"

static void every_column_arrives(void **state)
{
	(void)state;
	struct little_shop little;
	little_open(&little);
	little_put(&little, "carriers.csv",
		   "service,carrier,name,name:de,name:fr,kind,ships_from,tracked,signature,insured_"
		   "up_to,max_weight,max_value,refuses,volumetric_divisor,terms,days_min,days_max,"
		   "on_time,day_unit,returns_to_sender,intercept,intercept_fee,tracking_url,"
		   "tracking_format\n"
		   "post,Post,Letter mail,Briefpost,Courrier,Registered,DEU,yes,No,40.00,2 kg,300 "
		   "USD,battery; "
		   "aerosol,6000,ddp,8,18,0.955,business,true,0,9,https://track.example/"
		   "{number},R@####\n"
		   "fast,Fast,Express,,,,,,,,,,,,,,,,,,,,,\n");
	const struct shop *shop = little_load(&little);
	little_says(&little, "content/carriers.csv:1:30: note: 'name:fr' is not used: 'fr' is not "
			     "among the languages of shop.csv\n");
	const struct service *post = shop_service(shop, S("post"));
	assert_non_null(post);
	assert_int_equal(post->index, 0);
	assert_true(str_is(translated_get(&post->name, 0), "Letter mail"));
	assert_true(str_is(translated_get(&post->name, 1), "Briefpost"));
	assert_string_equal(service_kind_name(post->kind), "registered");
	assert_string_equal(post->ships_from.code, "DE");
	assert_int_equal(post->tracked, ANSWER_YES);
	assert_int_equal(post->signature, ANSWER_NO);
	assert_int_equal(post->returns_to_sender, ANSWER_YES);
	assert_int_equal(post->intercept, ANSWER_NO);
	assert_string_equal(post->insured_up_to.currency.code, "EUR");
	assert_int_equal(post->max_weight_g, 2000);
	assert_string_equal(post->max_value.currency.code, "USD");
	assert_int_equal(post->volumetric_divisor, 6000);
	assert_int_equal(post->terms, TERMS_DDP);
	assert_int_equal(post->days_min, 8);
	assert_int_equal(post->days_max, 18);
	assert_int_equal(post->on_time_percent, 95);
	assert_int_equal(post->day_unit, DAYS_BUSINESS);
	assert_int_equal(post->intercept_fee.amount.digits, 9);
	assert_true(str_is(post->tracking_format, "R@####"));
	size_t flags = 0;
	for (size_t i = 0; i < shop->contents_count; i++)
		if (post->refuses >> i & 1) {
			assert_true(str_is(shop->contents[i], "battery") ||
				    str_is(shop->contents[i], "aerosol"));
			flags++;
		}
	assert_int_equal(flags, 2);
	const struct service *fast = shop_service(shop, S("fast"));
	assert_true(str_is(translated_get(&fast->name, 1), "Express"));
	assert_int_equal(fast->kind, KIND_UNKNOWN);
	assert_string_equal(fast->ships_from.code, "CN");
	assert_int_equal(fast->tracked, ANSWER_UNKNOWN);
	assert_int_equal(fast->days_max, -1);
	assert_int_equal(fast->on_time_percent, -1);
	assert_int_equal(fast->max_weight_g, 0);
	assert_string_equal(fast->max_value.currency.code, "");
	assert_int_equal(fast->terms, TERMS_UNKNOWN);
	assert_null(shop_service(shop, S("none")));
	little_close(&little);
}

static void wrong_cells_of_carriers_are_named(void **state)
{
	(void)state;
	little_case(
		"carriers.csv",
		"service,carrier,name,kind,tracked,max_weight,max_value,days_min,days_max,on_time,"
		"tracking_url,terms\n"
		"post,,Letter mail,slow,maybe,2 stone,-5 EUR,9,4,,https://track.example/,FOB\n"
		"fast,Fast,Express,,,,,3,,90%,,\n"
		"post,Post,Other,,,,,,,120%,,\n",
		"content/carriers.csv:2:6: error: 'carrier' is empty; every row needs it\n"
		"content/carriers.csv:2:19: error: 'slow' is no 'kind'; it may be 'express', "
		"'ems', 'registered', 'line', 'warehouse', 'economy'\n"
		"content/carriers.csv:2:24: error: 'maybe' is neither yes nor no; write 'yes' or "
		"'no', or nothing when unknown\n"
		"content/carriers.csv:2:30: error: '2 stone' is no weight; write it as '1.2 kg', "
		"'850 g', '2 lb' or '12 oz'\n"
		"content/carriers.csv:2:38: error: '-5 EUR' is negative; an amount here starts at "
		"0\n"
		"content/carriers.csv:2:45: error: 'days_min' is more than 'days_max'; exchange "
		"them\n"
		"content/carriers.csv:2:50: error: 'https://track.example/' is no tracking "
		"address; write it with '{number}' where the parcel's number goes, like "
		"'https://carrier.example/track?no={number}'\n"
		"content/carriers.csv:2:73: error: 'FOB' is no 'terms'; it may be 'DAP', 'DDP'\n"
		"content/carriers.csv:3:25: error: 'days_max' is empty; write both 'days_min' and "
		"'days_max', or neither\n"
		"content/carriers.csv:3:26: error: 'on_time' is the share that arrives within "
		"'days_max', which is empty; write it\n"
		"content/carriers.csv:4:1: error: service 'post' stands in line 2 already; remove "
		"one of the two, or part their days by 'valid_from' and 'valid_to'\n"
		"content/carriers.csv:4:23: error: '120%' is no share; write it as '0.95' or "
		"'95%'\n");
}

static void missing_tables_and_columns_are_asked_for(void **state)
{
	(void)state;
	struct little_shop little;
	little_open(&little);
	little_remove(&little, "zones.csv");
	little_put(&little, "rates.csv", "service,zone,up_to\n");
	little_load(&little);
	little_says(&little, "content/rates.csv:1: error: there is no column 'price'; add it, or "
			     "say in content/columns.csv which of yours it is\n"
			     "content/zones.csv: error: there is no such file, and it holds the "
			     "countries of each service's zones; 'upfront init DIR' makes a shop "
			     "with all tables to start from\n");
	little_close(&little);
}

static void one_broken_table_is_not_blamed_on_the_others(void **state)
{
	(void)state;
	little_case("carriers.csv", "service,carrier,name\n",
		    "content/carriers.csv: error: there is no service in it; add a row for each "
		    "service you ship with\n");
	little_case("carriers.csv", "service,name\npost,Mail\n",
		    "content/carriers.csv:1: error: there is no column 'carrier'; add it, or say "
		    "in content/columns.csv which of yours it is\n");
	little_case("zones.csv", "service,zone\npost,EU\n",
		    "content/zones.csv:1: error: there is no column 'countries'; add it, or say in "
		    "content/columns.csv which of yours it is\n");
}

static bool carried(const struct shop *shop, const char *service, const char *place,
		    const char *zone)
{
	struct place to;
	assert_true(place_parse(str_of(place), &to));
	const struct zone *found = service_zone(shop_service(shop, str_of(service)), to);
	return found ? str_is(found->id, zone) : !*zone;
}

static void places_find_their_zone(void **state)
{
	(void)state;
	struct little_shop little;
	little_open(&little);
	little_put(&little, "zones.csv",
		   "service,zone,countries,except,remote\n"
		   "post,EU,EU,CY MT,\n"
		   "post,ISLANDS,\"CY, MT\",,\"Gozo; Comino, too\"\n"
		   "post,US,US,US-AK,US-HI PR\n"
		   "post,HAWAII,US-HI,,\n"
		   "post,US,CA,,\n" /* a zone may have several rows */
		   "fast,WORLD,*,RU EEA US-AK,\n");
	little_put(&little, "rates.csv",
		   "service,zone,up_to,price\npost,EU,,1\npost,ISLANDS,,1\npost,US,,1\npost,HAWAII,"
		   ",1\n"
		   "fast,WORLD,,1\n");
	const struct shop *shop = little_load(&little);
	little_says(&little, "");
	assert_true(carried(shop, "post", "DE", "EU"));
	assert_true(carried(shop, "post", "ES-CN", "EU"));
	assert_true(carried(shop, "post", "MT", "ISLANDS"));
	assert_true(carried(shop, "post", "US", "US"));
	assert_true(carried(shop, "post", "CA", "US"));
	assert_true(carried(shop, "post", "US-TX", "US"));
	assert_true(carried(shop, "post", "US-HI", "HAWAII"));
	assert_true(carried(shop, "post", "US-AK", ""));
	assert_true(carried(shop, "post", "CN", ""));
	assert_true(carried(shop, "fast", "JP", "WORLD"));
	assert_true(carried(shop, "fast", "RU", ""));
	assert_true(carried(shop, "fast", "NO", ""));
	assert_true(carried(shop, "fast", "US", "WORLD"));
	assert_true(carried(shop, "fast", "US-AK", ""));
	assert_int_equal(shop->destination_count, 29); /* EU, CA, US; "*" names none */
	assert_string_equal(shop->destinations[0].code, "AT");
	assert_string_equal(shop->destinations[28].code, "US");
	const struct service *post = shop_service(shop, S("post"));
	assert_int_equal(post->zones[1].remote_count, 3);
	assert_true(str_is(post->zones[1].remote[0], "Gozo"));
	assert_int_equal(post->zones[2].remote_count, 2);
	assert_true(str_is(post->zones[2].remote[1], "PR"));
	little_close(&little);
}

static void zones_that_clash_are_named(void **state)
{
	(void)state;
	little_case(
		"zones.csv",
		"service,zone,countries,except\npost,EU,EU,\npost,US,US "
		"DE,\npots,EU,FR,\nsea,A,FR,\n"
		"post,NORTH,SE NO FI,NO DK\nfast,WORLD,* Mars,\npost,NONE,FR,FR\n",
		"content/zones.csv:3:9: error: 'DE' is in zone 'EU' of line 2 already; take it out "
		"of one of the two, if need be with 'except'\n"
		"content/zones.csv:4:1: error: there is no service 'pots'; did you mean 'post'?\n"
		"content/zones.csv:5:1: error: there is no service 'sea'; content/carriers.csv "
		"lists them\n"
		"content/zones.csv:6:6: error: zone 'NORTH' of service 'post' has no price on "
		"2026-11-22; add its rows to content/rates.csv\n"
		"content/zones.csv:6:12: error: 'SE' and 1 more are in other zones of this service "
		"already ('EU' of line 2); take them out of one of the two, if need be with "
		"'except'\n"
		"content/zones.csv:6:21: warning: 'DK' is not among the countries of this row; "
		"take it out of 'except'\n"
		"content/zones.csv:7:12: error: 'Mars' is no country; write its two letters of ISO "
		"3166, such as 'DE', or a region such as 'US-HI'\n"
		"content/zones.csv:8:6: error: zone 'NONE' of service 'post' has no price on "
		"2026-11-22; add its rows to content/rates.csv\n"
		"content/zones.csv:8:14: error: 'except' leaves no country in this row; take the "
		"row out\n");
}

static void a_zone_needs_prices(void **state)
{
	(void)state;
	little_case(
		"rates.csv",
		"service,zone,up_to,price,valid_to\npost,EU,,5 EUR,\npost,US,,7 EUR,2026-11-21\n"
		"fast,WORLD,,cheap,\n",
		"content/rates.csv:4:13: error: 'cheap' is no amount of money; write it as '64.00 "
		"EUR'\n"
		"content/zones.csv:3:6: error: zone 'US' of service 'post' has no price on "
		"2026-11-22; add its rows to content/rates.csv\n");
}

static void a_service_needs_zones(void **state)
{
	(void)state;
	little_case("carriers.csv",
		    "service,carrier,name\npost,Post,Mail\nfast,Fast,Fast\nsea,Sea,Sea\n",
		    "content/carriers.csv:4:1: warning: service 'sea' goes nowhere; give it a row "
		    "in content/zones.csv\n");
}

static void bands_go_from_light_to_heavy(void **state)
{
	(void)state;
	struct little_shop little;
	little_open(&little);
	little_put(&little, "rates.csv",
		   "service,zone,up_to,price,currency,per_kg,free_from,valid_from,valid_to\n"
		   "post,EU,500 g,35,CNY,,,,2026-11-30\npost,EU,500 g,36,CNY,,,2026-12-01,\n"
		   "post,EU,2 kg,60,CNY,12.5,50 EUR,,\npost,EU,,90,CNY,,,,\n"
		   "post,US,,1,,,,,\nfast,WORLD,,1,,,,,\n");
	const struct shop *shop = little_load(&little);
	little_says(&little, "");
	const struct zone *zone = &shop->services[0].zones[0];
	assert_int_equal(zone->rate_count, 3);
	assert_int_equal(zone->rates[0].up_to_g, 500);
	assert_int_equal(zone->rates[0].price.amount.digits, 35);
	assert_string_equal(zone->rates[1].per_kg.currency.code, "CNY");
	assert_string_equal(zone->rates[1].free_from.currency.code, "EUR");
	assert_true(zone->rates[2].up_to_g == INT64_MAX);
	assert_string_equal(zone->rates[2].free_from.currency.code, "");
	assert_string_equal(shop->services[1].zones[0].rates[0].price.currency.code, "EUR");
	little_close(&little);
	little_case(
		"rates.csv",
		"service,zone,up_to,price\npost,EU,500 g,5\npost,EU,2,9\npost,EU,500 "
		"g,6\npost,EUR,1 kg,1\n"
		"pots,EU,1 kg,1\npost,US,,1\nfast,WORLD,,1\n",
		"content/rates.csv:3:9: error: this band is lighter than the one before it in line "
		"2; put the bands of a zone from light to heavy, and write the unit ('2 kg') where "
		"grams are not meant\n"
		"content/rates.csv:4:9: error: this band of zone 'EU' stands in line 2 already; "
		"remove one of the two, or part their days by 'valid_from' and 'valid_to'\n"
		"content/rates.csv:5:6: error: service 'post' has no zone 'EUR' in "
		"content/zones.csv; did you mean 'EU'?\n"
		"content/rates.csv:6:1: error: there is no service 'pots'; did you mean 'post'?\n");
}

static void what_does_not_hold_today_is_left_out_in_silence(void **state)
{
	(void)state;
	struct little_shop little;
	little_open(&little);
	little_put(&little, "carriers.csv",
		   "service,carrier,name,valid_from,valid_to\npost,Post,Mail,,\nfast,Fast,Fast,"
		   "2027-01-01,\n");
	const struct shop *shop = little_load(&little);
	little_says(&little, "");
	assert_int_equal(shop->service_count, 1);
	assert_null(shop_service(shop, S("fast")));
	little_close(&little);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_column_arrives),
		cmocka_unit_test(wrong_cells_of_carriers_are_named),
		cmocka_unit_test(missing_tables_and_columns_are_asked_for),
		cmocka_unit_test(one_broken_table_is_not_blamed_on_the_others),
		cmocka_unit_test(places_find_their_zone),
		cmocka_unit_test(zones_that_clash_are_named),
		cmocka_unit_test(a_zone_needs_prices),
		cmocka_unit_test(a_service_needs_zones),
		cmocka_unit_test(bands_go_from_light_to_heavy),
		cmocka_unit_test(what_does_not_hold_today_is_left_out_in_silence),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
