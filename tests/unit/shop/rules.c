/* SPDX-License-Identifier: MIT */
/* customs.csv, tariffs.csv, charges.csv, fx.csv: with their history, and groups spread out. */
#include "little_shop.h"

static const struct customs_rule *rule_for(const struct shop *shop, const char *country, size_t nth)
{
	for (size_t i = 0; i < shop->customs_count; i++)
		if (str_is(place_str(&shop->customs[i].country), country) && nth-- == 0)
			return &shop->customs[i];
	return NULL;
}

static void import_rules_keep_their_history(void **state)
{
	(void)state;
	struct little_shop little;
	little_open(&little);
	little_put(&little, "customs.csv",
		   "country,variant,valid_from,valid_to,currency,over,up_to,test,duty,duty_on,tax_"
		   "name,tax_name:de,tax,tax_on,tax_base_step,waived_up_to,collected_by,collected_"
		   "up_to,default_tariff,note,source,checked_on\n"
		   "CH,,2024-01-01,,CHF,,,,none,,VAT,MWST,8.1%,goods+freight,1,5,Carrier,62,,new,"
		   "law,2026-10-01\n"
		   "CH,,,2023-12-31,CHF,,,,none,,VAT,,7.7%,goods,,,,,,old,,\n"
		   "BR,kind=express,2024-08-01,,BRL,50 USD,3000 USD,goods,60% - 20 "
		   "USD,,,,,,,,,,20%,,,\n");
	const struct shop *shop = little_load(&little);
	little_says(&little, "");
	assert_int_equal(shop->customs_count, 3);
	const struct customs_rule *swiss = rule_for(shop, "CH", 0);
	assert_string_equal(swiss->currency.code, "CHF");
	assert_true(str_is(swiss->duty, "none"));
	assert_int_equal(swiss->duty_pos.column, 24);
	assert_true(str_is(swiss->tax, "8.1%"));
	assert_true(str_is(swiss->tax_name, "VAT"));
	assert_true(str_is(translated_get(&swiss->tax_names, 1), "MWST"));
	assert_int_equal(swiss->tax_base_step.amount.digits, 1);
	assert_string_equal(swiss->waived_up_to.currency.code, "CHF");
	assert_true(str_is(swiss->collected_by, "carrier"));
	assert_int_equal(swiss->collected_up_to.amount.digits, 62);
	assert_true(str_is(swiss->note, "new"));
	assert_true(str_is(swiss->source, "law"));
	assert_int_equal(swiss->checked_on, 20727);
	assert_int_equal(rule_for(shop, "CH", 1)->validity.from, DATE_NONE);
	assert_int_equal(rule_for(shop, "CH", 1)->checked_on, DATE_NONE);
	const struct customs_rule *brazil = rule_for(shop, "BR", 0);
	assert_true(str_is(brazil->variant, "kind=express"));
	assert_string_equal(brazil->currency.code, "BRL");
	assert_string_equal(brazil->over.currency.code, "USD");
	assert_true(str_is(brazil->default_tariff, "20%"));
	assert_int_equal(brazil->decimal_sign, '.');
	little_close(&little);
}

static void groups_stand_behind_a_countrys_own_rows(void **state)
{
	(void)state;
	struct little_shop little;
	little_open(&little);
	little_put(&little, "customs.csv",
		   "country,variant,valid_from,valid_to,tax\nEU,,2021-07-01,,20%\nEU,from=DE,,,\n"
		   "DE,,2026-01-01,,19%\n*,,,,30%\n");
	little_put(&little, "tariffs.csv",
		   "country,hs,rate,origin,valid_from\nEU,9405.21,3.7%,,2026-01-01\nEU,9405.21,3.9%"
		   ",,2026-07-01\n"
		   "FR,940521,4%,,2026-01-01\nUS,94,3.9%,CN,\n");
	little_put(&little, "charges.csv",
		   "country,name,amount,percent\nEU,fee,6 EUR,\nDE,fee,7 EUR,\nDE,other,,2.5%\n");
	const struct shop *shop = little_load(&little);
	little_says(&little, "");
	assert_int_equal(shop->customs_count, 1 + 26 + 27 + 250 - 27);
	const struct customs_rule *german = rule_for(shop, "DE", 0);
	assert_true(str_is(german->tax, "19%"));
	assert_true(str_is(rule_for(shop, "DE", 1)->variant, "from=DE"));
	assert_null(rule_for(shop, "DE", 2));
	assert_string_equal(rule_for(shop, "SE", 0)->currency.code, "EUR");
	assert_true(str_is(rule_for(shop, "SE", 0)->tax, "20%"));
	assert_null(rule_for(shop, "*", 0));
	assert_null(rule_for(shop, "SE", 2));
	assert_true(str_is(rule_for(shop, "JP", 0)->tax, "30%"));
	assert_string_equal(rule_for(shop, "JP", 0)->currency.code, "JPY");
	assert_int_equal(shop->tariff_count, 2 + 2 * 26);
	assert_true(str_is(shop->tariffs[0].hs, "940521"));
	assert_string_equal(shop->tariffs[0].country.code, "FR");
	assert_string_equal(shop->tariffs[1].origin.code, "CN");
	assert_int_equal(shop->charge_count, 2 + 26);
	assert_string_equal(shop->charges[0].country.code, "DE");
	assert_int_equal(shop->charges[0].amount.amount.digits, 7);
	assert_false(shop->charges[0].has_percent);
	assert_true(shop->charges[1].has_percent);
	assert_int_equal(shop->charges[1].percent.digits, 25);
	assert_int_equal(shop->charges[1].percent.scale, 1);
	little_close(&little);
}

static void wrong_rules_are_named(void **state)
{
	(void)state;
	little_case(
		"customs.csv",
		"country,valid_from,valid_to,currency,over,up_to,collected_by,checked_on\n"
		"ASEAN,2026-01-01,,,150,,,\nCH,2026-01-01,2025-01-01,CHFR,,,\"the post\",spring\n"
		"CH,,,CHF,100,50,,\nNO,,,NOK,,3000,,\nNO,2026-01-01,,NOK,,3000,,\n",
		"content/customs.csv:2:1: error: 'ASEAN' is no country; write its two letters of "
		"ISO 3166, such as 'DE', or a region such as 'US-HI'\n"
		"content/customs.csv:2:20: error: '150' names no currency; write it as '64.00 "
		"EUR'\n"
		"content/customs.csv:3:15: error: 'valid_to' lies before 'valid_from'; exchange "
		"them\n"
		"content/customs.csv:3:26: error: 'CHFR' is no currency; write its three letters "
		"of ISO 4217, such as 'EUR'\n"
		"content/customs.csv:3:34: error: 'the post' is no 'collected_by'; it may be "
		"'marketplace', 'seller', 'carrier'\n"
		"content/customs.csv:3:44: error: 'spring' is no date; write it as YYYY-MM-DD\n"
		"content/customs.csv:4:14: error: 'up_to' is not more than 'over', so no value "
		"lies between them\n"
		"content/customs.csv:6:1: error: this band of 'NO' stands in line 5 already; "
		"remove one of the two, or part their days by 'valid_from' and 'valid_to'\n");
}

static void damaged_hs_codes_are_named(void **state)
{
	(void)state;
	little_case(
		"tariffs.csv",
		"country,hs,rate,valid_from\nUS,8.51762E+09,3%,\nUS,305,3%,\nUS,94o5,3%,\nUS,"
		"940521601000,3%,\n"
		"US,9405,,\nUS,9404,3%,2026-01-01\nUS,94.04,4%,2026-01-01\nUS,9404,4%,2026-07-01\n",
		"content/tariffs.csv:2:4: error: a spreadsheet shortened this 'hs' to "
		"'8.51762E+09'; format the column as text and enter the digits again\n"
		"content/tariffs.csv:3:4: error: '305' has 3 digits, and HS codes have an even "
		"number: a spreadsheet may have taken a leading zero; format the column as text "
		"and enter it again\n"
		"content/tariffs.csv:4:4: error: '94o5' is no HS code; write its digits, such as "
		"'9405.21'\n"
		"content/tariffs.csv:5:4: error: '940521601000' has 12 digits; an HS code here has "
		"2 to 10\n"
		"content/tariffs.csv:6:9: error: 'rate' is empty; every row needs it\n"
		"content/tariffs.csv:8:4: error: the rate of '9404' stands in line 7 already; "
		"remove one of the two, or part their days by 'valid_from' and 'valid_to'\n");
}

static void wrong_charges_are_named(void **state)
{
	(void)state;
	little_case(
		"charges.csv",
		"country,service,name,amount,percent,min,max,per,when\nDE,,a,,,,,,\nDE,,b,6 "
		"EUR,2%,,,,\n"
		"DE,pots,c,6 EUR,,,,,\nDE,,d,,two,5 EUR,4 EUR,box,never\nDE,,e,,2%,5 EUR,4 EUR,,\n"
		"DE,,f,6,,,,,\nFR,,g,1 EUR,,,,,\nFR,,g,2 EUR,,,,,\n",
		"content/charges.csv:2:1: warning: this charge has neither 'amount' nor 'percent', "
		"so what import costs where it applies is not known; write one of them\n"
		"content/charges.csv:3:13: error: this charge has both 'amount' and 'percent'; "
		"write two rows when both are due\n"
		"content/charges.csv:4:4: error: there is no service 'pots'; did you mean 'post'?\n"
		"content/charges.csv:5:8: error: 'two' is no percentage; write it as '2.5%'\n"
		"content/charges.csv:5:12: error: 'min' is more than 'max'; exchange them\n"
		"content/charges.csv:5:24: error: 'box' is no 'per'; it may be 'parcel', 'line'\n"
		"content/charges.csv:5:28: error: 'never' is no 'when'; it may be 'due', 'always'\n"
		"content/charges.csv:6:11: error: 'min' is more than 'max'; exchange them\n"
		"content/charges.csv:7:7: error: '6' names no currency; write it as '64.00 EUR'\n"
		"content/charges.csv:9:1: error: this charge of 'FR' stands in line 8 already; "
		"remove one of the two, or part their days by 'valid_from' and 'valid_to'\n");
	little_case(
		"charges.csv", "country,name\nDE,a\n",
		"content/charges.csv:1: error: there is neither a column 'amount' nor a column "
		"'percent'; add one of them\n"
		"content/charges.csv:2:1: warning: this charge has neither 'amount' nor 'percent', "
		"so what import costs where it applies is not known; write one of them\n");
}

static void exchange_rates_are_exact(void **state)
{
	(void)state;
	struct little_shop little;
	little_open(&little);
	little_put(&little, "fx.csv",
		   "date,from,to,rate,source\n2026-11-20,EUR,BGN,1.95583,board\n");
	const struct shop *shop = little_load(&little);
	little_says(&little, "");
	assert_int_equal(shop->fx_count, 1);
	assert_int_equal(shop->fx[0].rate.digits, 195583);
	assert_int_equal(shop->fx[0].rate.scale, 5);
	assert_int_equal(shop->fx[0].date, 20777);
	little_close(&little);
	little_case(
		"fx.csv",
		"date,from,to,rate\n2026-11-20,EUR,USD,0\n2026-11-20,EUR,EUR,1\n2026-11-20,EUR,"
		"Dollar,1.1\n"
		"2026-11-20,EUR,GBP,\"0,87\"\n46346,EUR,CHF,0.00000000012\n2026-11-20,EUR,JPY,180\n"
		"2026-11-20,EUR,JPY,181.5\n",
		"content/fx.csv:2:20: error: a rate of '0' cannot be; write how much of 'USD' one "
		"'EUR' is worth\n"
		"content/fx.csv:3:16: error: 'from' and 'to' are the same currency; take the row "
		"out\n"
		"content/fx.csv:4:16: error: 'Dollar' is no currency; write its three letters of "
		"ISO 4217, such as 'EUR'\n"
		"content/fx.csv:5:21: error: '0,87' does not go with '.', which is the decimal "
		"sign of this file; write all its numbers with the same sign\n"
		"content/fx.csv:6:1: error: '46346' is how a spreadsheet counts 2026-11-20; format "
		"the column as text, or as a date of the form YYYY-MM-DD\n"
		"content/fx.csv:6:15: error: '0.00000000012' is no number; write it as '1234.5', "
		"with up to 9 decimals\n"
		"content/fx.csv:8:20: error: the rate of that day of 'EUR-JPY' stands in line 7 "
		"already; remove one of the two, or part their days by 'valid_from' and "
		"'valid_to'\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(import_rules_keep_their_history),
		cmocka_unit_test(groups_stand_behind_a_countrys_own_rows),
		cmocka_unit_test(wrong_rules_are_named),
		cmocka_unit_test(damaged_hs_codes_are_named),
		cmocka_unit_test(wrong_charges_are_named),
		cmocka_unit_test(exchange_rates_are_exact),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
