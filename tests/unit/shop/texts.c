/* SPDX-License-Identifier: MIT */
/* countries.csv, remedies.csv, support.csv, questions.csv. */
#include "little_shop.h"

static void what_is_said_to_buyers_is_read(void **state)
{
	(void)state;
	struct little_shop little;
	little_open(&little);
	little_put(&little, "countries.csv",
		   "country,pickup_days,slip,slip:de,post_url,customs_url,remote,quiet_hours\n"
		   "DE,7,collection "
		   "slip,Abholschein,https://post.example,,yes,21:00-08:00\nFR,,,,,,,\n");
	little_put(
		&little, "remedies.csv",
		"situation,remedy,up_to_value,order,when_days,text:en,text:de\n"
		"late,refund,60.00 EUR,2,14,Money back.,Geld zurück.\nlost,resend,,1,,Again.,\n");
	little_put(&little, "support.csv",
		   "channel,address,hours,days,timezone,languages,countries\n"
		   "email,hello@little.example,9:00-17:00,Mon-Fri,,en de,DE AT\n");
	little_put(
		&little, "questions.csv",
		"topic,country,asked,period\ncustoms,,12,2026-08\ncustoms,*,3,\ncustoms,DE,5,\n");
	const struct shop *shop = little_load(&little);
	little_says(&little, "");
	const struct country_facts *germany = shop_country(shop, (struct place){ "DE" });
	assert_int_equal(germany->pickup_days, 7);
	assert_true(str_is(translated_get(&germany->slip, 0), "collection slip"));
	assert_true(str_is(translated_get(&germany->slip, 1), "Abholschein"));
	assert_ptr_equal(shop_country(shop, (struct place){ "DE-BY" }), germany);
	assert_int_equal(shop_country(shop, (struct place){ "FR" })->pickup_days, -1);
	assert_null(shop_country(shop, (struct place){ "IT" }));
	assert_int_equal(shop->remedy_count, 2);
	assert_true(str_is(translated_get(&shop->remedies[0].text, 1), "Geld zurück."));
	assert_true(str_is(translated_get(&shop->remedies[1].text, 1), "Again."));
	assert_int_equal(shop->remedies[0].when_days, 14);
	assert_int_equal(shop->remedies[1].when_days, -1);
	assert_string_equal(shop->remedies[1].up_to_value.currency.code, "");
	assert_true(str_is(shop->supports[0].timezone, "Asia/Shanghai"));
	assert_int_equal(shop->question_count, 3);
	assert_int_equal(shop->questions[0].asked, 12);
	assert_int_equal(shop->questions[0].period, 20666);
	assert_string_equal(shop->questions[1].country.code, "");
	assert_string_equal(shop->questions[2].country.code, "DE");
	little_close(&little);
}

static void everywhere_else_has_facts_too(void **state)
{
	(void)state;
	struct little_shop little;
	little_open(&little);
	little_put(&little, "countries.csv", "country,pickup_days\n*,10\nEU,7\nDE-BY,5\n");
	const struct shop *shop = little_load(&little);
	little_says(&little, "");
	assert_int_equal(shop_country(shop, (struct place){ "JP" })->pickup_days, 10);
	assert_int_equal(shop_country(shop, (struct place){ "FR" })->pickup_days, 7);
	assert_int_equal(shop_country(shop, (struct place){ "DE" })->pickup_days, 7);
	assert_int_equal(shop_country(shop, (struct place){ "DE-BY" })->pickup_days, 5);
	little_close(&little);
}

static void wrong_cells_are_named(void **state)
{
	(void)state;
	little_case("countries.csv",
		    "country,pickup_days,post_url\nDE,soon,post.example\nDE,,\nEU,,\n",
		    "content/countries.csv:2:4: error: 'soon' is no 'pickup_days'; write a whole "
		    "number from 0 to 365\n"
		    "content/countries.csv:2:9: error: 'post.example' is no address of a page; "
		    "write it with 'https://'\n"
		    "content/countries.csv:3:1: error: country 'DE' stands in line 2 already; "
		    "remove one of the two, or part their days by 'valid_from' and 'valid_to'\n"
		    "content/countries.csv:4:1: error: country 'DE' stands in line 2 already; "
		    "remove one of the two, or part their days by 'valid_from' and 'valid_to'\n");
	little_case("remedies.csv", "situation,remedy,up_to_value,order\nlate,,much,first\n",
		    "content/remedies.csv:2:6: error: 'remedy' is empty; every row needs it\n"
		    "content/remedies.csv:2:7: error: 'much' is no amount of money; write it as "
		    "'64.00 EUR'\n"
		    "content/remedies.csv:2:12: error: 'first' is no 'order'; write a whole number "
		    "from 0 to 1000\n");
	little_case("support.csv",
		    "channel,address,days,timezone,countries\nchat,here,daily,CET,D\n",
		    "content/support.csv:2:11: error: 'daily' is no weekday; write them as 'Mon "
		    "Tue Wed' or 'Mon-Fri'\n"
		    "content/support.csv:2:17: error: 'CET' is no time zone; write its region and "
		    "city, such as 'Asia/Shanghai'\n"
		    "content/support.csv:2:21: error: 'D' is no country; write its two letters of "
		    "ISO 3166, such as 'DE', or a region such as 'US-HI'\n");
	little_case("questions.csv", "topic,country,asked\ncustoms,EU,1\ncustoms,,-1\n",
		    "content/questions.csv:2:9: error: 'EU' stands for many countries; name one "
		    "country here\n"
		    "content/questions.csv:3:10: error: '-1' is no 'asked'; write a whole number "
		    "from 0 to 1000000000\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_said_to_buyers_is_read),
		cmocka_unit_test(everywhere_else_has_facts_too),
		cmocka_unit_test(wrong_cells_are_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
