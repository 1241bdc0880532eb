/* SPDX-License-Identifier: MIT */
/* shop.csv and columns.csv: defaults, wrong keys, and how the other files are read. */
#include "little_shop.h"

#define REQUIRED                                                                                   \
	"key,value\nname,Little\nurl,https://little.example/\nlanguages,en pt-BR\n"                \
	"currency,CHF\ncountry,UK\ntimezone,Europe/London\n"

static void defaults_are_worked_in(void **state)
{
	(void)state;
	struct little_shop little;
	little_open(&little);
	little_put(&little, "shop.csv", REQUIRED);
	const struct shop *shop = little_load(&little);
	const struct shop_settings *settings = &shop->settings;
	little_says(&little, "");
	assert_true(str_is(settings->name, "Little"));
	assert_true(str_is(settings->url, "https://little.example"));
	assert_string_equal(settings->currency.code, "CHF");
	assert_string_equal(settings->country.code, "GB");
	assert_string_equal(shop->reading.country, "GB");
	assert_true(str_is(settings->timezone, "Europe/London"));
	assert_int_equal(shop->language_count, 2);
	assert_true(str_is(shop->languages[1].tag, "pt-BR"));
	assert_int_equal(settings->confidence_percent, 90);
	assert_int_equal(settings->min_parcels, 20);
	assert_int_equal(settings->history_days, 1095);
	assert_int_equal(settings->stale_after_days, 180);
	assert_int_equal(settings->faq_count, 6);
	assert_int_equal(settings->reply_hours, -1);
	assert_int_equal(settings->grace_days, -1);
	assert_int_equal(settings->returns_days, -1);
	assert_int_equal(settings->address_rule.len, 0);
	assert_string_equal(settings->duty_share_up_to.currency.code, "");
	assert_false(settings->sharded);
	little_close(&little);
}

static void values_replace_defaults(void **state)
{
	(void)state;
	struct little_shop little;
	little_open(&little);
	little_put(
		&little, "shop.csv",
		"Key,Value\nduty_share_up_to,10\n" /* before the currency is known */
		"intercept value limit,100.00 USD\nConfidence,95%\nmin_parcels,30\npages,sharded\n"
		"address_rule,Payment\nreturns_payer,seller\nreply_hours,24\n"
		"name,Little\nurl,http://little.example/shop\nlanguages,en\ncurrency,JPY\n"
		"country,JPN\ntimezone,UTC\nphone,\n");
	const struct shop_settings *settings = &little_load(&little)->settings;
	little_says(&little, "");
	assert_int_equal(settings->confidence_percent, 95);
	assert_int_equal(settings->min_parcels, 30);
	assert_int_equal(settings->reply_hours, 24);
	assert_true(settings->sharded);
	assert_true(str_is(settings->address_rule, "payment"));
	assert_true(str_is(settings->returns_payer, "seller"));
	assert_string_equal(settings->duty_share_up_to.currency.code, "JPY");
	assert_int_equal(settings->duty_share_up_to.amount.digits, 10);
	assert_string_equal(settings->intercept_value_limit.currency.code, "USD");
	assert_int_equal(settings->phone.len, 0);
	little_close(&little);
}

static void without_shop_csv_nothing_else_is_said(void **state)
{
	(void)state;
	struct little_shop little;
	little_open(&little);
	little_remove(&little, "shop.csv");
	little_remove(&little, "rates.csv");
	little_load(&little);
	little_says(&little, "content/shop.csv: error: there is no such file, so this is no shop; "
			     "name the shop's folder, or make a new one with 'upfront init DIR'\n");
	little_close(&little);
}

static void required_keys_are_asked_for(void **state)
{
	(void)state;
	little_case("shop.csv",
		    "key,value\nname,Little\nurl,\nlanguages,en\ncurrency,EUR\ncountry,CN\n",
		    "content/shop.csv: error: the key 'timezone' is missing; add a row such as "
		    "'timezone,Asia/Shanghai'\n"
		    "content/shop.csv:3:5: error: 'url' is empty; every row needs it\n");
}

static void wrong_values_are_named(void **state)
{
	(void)state;
	little_case(
		"shop.csv",
		"key,value\nname,Little\nurl,little.example\nlanguages,english en "
		"en\ncurrency,EURO\n"
		"country,China\ntimezone,CST\nconfidence,0.999\nmin_parcels,0\nreply_hours,soon\n"
		"address_rule,never\npages,round\nduty_share_up_to,ten\nconfidance,0.8\nzzzzzzzzz,"
		"1\n"
		"name,Larger\n",
		"content/shop.csv:3:5: error: 'little.example' is no address of a shop; write it "
		"like 'https://shop.example'\n"
		"content/shop.csv:4:11: error: 'english' is no language; write tags such as 'en', "
		"'de' or 'pt-BR'\n"
		"content/shop.csv:4:11: error: language 'en' is named twice; name it once\n"
		"content/shop.csv:5:10: error: 'EURO' is no currency; write its three letters of "
		"ISO 4217, such as 'EUR'\n"
		"content/shop.csv:6:9: error: 'China' is no country; write its two letters of ISO "
		"3166, such as 'DE', or a region such as 'US-HI'\n"
		"content/shop.csv:7:10: error: 'CST' is no time zone; write its region and city, "
		"such as 'Asia/Shanghai'\n"
		"content/shop.csv:9:13: error: '0' is no 'min_parcels'; write a whole number from "
		"1 to 100000\n"
		"content/shop.csv:10:13: error: 'soon' is no 'reply_hours'; write a whole number "
		"from 1 to 720\n"
		"content/shop.csv:11:14: error: 'never' is no 'address_rule'; it may be 'order', "
		"'payment'\n"
		"content/shop.csv:12:7: error: 'round' is no 'pages'; it may be 'flat', 'sharded'\n"
		"content/shop.csv:13:18: error: 'ten' is no amount of money; write it as '64.00 "
		"EUR'\n"
		"content/shop.csv:14:1: warning: there is no key 'confidance'; did you mean "
		"'confidence'?\n"
		"content/shop.csv:15:1: warning: there is no key 'zzzzzzzzz', so nothing is done "
		"with it; take the row out\n"
		"content/shop.csv:16:1: error: key 'name' stands in line 2 already; remove one of "
		"the two, or part their days by 'valid_from' and 'valid_to'\n");
}

static void shares_out_of_range_are_refused(void **state)
{
	(void)state;
	little_case("shop.csv", REQUIRED "confidence,0.3\n",
		    "content/shop.csv:8:12: error: '0.3' is out of range; write a share from 0.50 "
		    "to 0.99\n");
	little_case(
		"shop.csv", REQUIRED "confidence,90\n",
		"content/shop.csv:8:12: error: '90' is no share; write it as '0.95' or '95%'\n");
}

static void a_key_may_change_on_a_day(void **state)
{
	(void)state;
	struct little_shop little;
	little_open(&little);
	little_put(&little, "shop.csv",
		   "key,value,valid_from,valid_to\nname,Old,,2026-06-30\nname,New,2026-07-01,\n"
		   "url,https://little.example,,\nlanguages,en,,\ncurrency,EUR,,\ncountry,CN,,\n"
		   "timezone,UTC,,\n");
	const struct shop *shop = little_load(&little);
	little_says(&little, "");
	assert_true(str_is(shop->settings.name, "New"));
	little_close(&little);
}

static void reading_follows_the_settings(void **state)
{
	(void)state;
	struct little_shop little;
	little_open(&little);
	little_put(&little, "shop.csv", REQUIRED "decimal.rates.csv,comma\n");
	little_put(&little, "rates.csv",
		   "service;zone;up_to;price\npost;EU;2 kg;1.234 CHF\npost;US;2 kg;11 "
		   "CHF\nfast;WORLD;;30\n");
	const struct shop *shop = little_load(&little);
	little_says(&little, "content/rates.csv: note: columns are separated by ';'\n");
	assert_int_equal(shop->services[0].zones[0].rates[0].price.amount.digits, 1234);
	assert_int_equal(shop->services[0].zones[0].rates[0].price.amount.scale, 0);
	assert_string_equal(shop->services[1].zones[0].rates[0].price.currency.code, "CHF");
	little_close(&little);
}

static void columns_may_have_other_names(void **state)
{
	(void)state;
	struct little_shop little;
	little_open(&little);
	little_put(&little, "columns.csv", "table,theirs,ours\nrates.csv,Tarif,price\n");
	little_put(&little, "rates.csv",
		   "service,zone,up_to,Tarif\npost,EU,,1.50\npost,US,,2.50\nfast,WORLD,,3.50\n");
	const struct shop *shop = little_load(&little);
	little_says(&little, "");
	assert_int_equal(shop->services[0].zones[0].rates[0].price.amount.digits, 150);
	little_close(&little);
}

static void the_hash_is_of_all_tables(void **state)
{
	(void)state;
	struct little_shop little, other;
	little_open(&little);
	little_open(&other);
	uint64_t first = little_load(&little)->hash;
	assert_int_equal(little_load(&other)->hash, first);
	little_put(&other, "questions.csv", "topic,country,asked\ncustoms,,1\n");
	assert_int_not_equal(little_load(&other)->hash, first);
	little_close(&little);
	little_close(&other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(defaults_are_worked_in),
		cmocka_unit_test(values_replace_defaults),
		cmocka_unit_test(without_shop_csv_nothing_else_is_said),
		cmocka_unit_test(required_keys_are_asked_for),
		cmocka_unit_test(wrong_values_are_named),
		cmocka_unit_test(shares_out_of_range_are_refused),
		cmocka_unit_test(a_key_may_change_on_a_day),
		cmocka_unit_test(reading_follows_the_settings),
		cmocka_unit_test(columns_may_have_other_names),
		cmocka_unit_test(the_hash_is_of_all_tables),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
