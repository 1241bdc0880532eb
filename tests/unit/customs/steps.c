/* SPDX-License-Identifier: MIT */
/* The way to a figure in words: every row and rate that it rests on is named with its line. */
#include "unit/shop/little_shop.h"

#include "customs/customs.h"

static void tells(struct little_shop *little, struct customs_request *request, const char *expected,
		  const char *rules)
{
	struct buf told = BUF_INIT;
	struct landed landed;
	const struct shop *shop = little_load(little);
	struct customs *customs = customs_new(&little->arena, shop, little->diag);
	little_says(little, "");
	request->service = &shop->services[0];
	request->from = shop->settings.country;
	request->date = shop->date;
	customs_quote(customs, request, true, &little->arena, &landed);
	assert_true(landed.known);
	for (size_t i = 0; i < landed.step_count; i++)
		buf_addf(&told, "%.*s\n", STR(landed.steps[i]));
	buf_byte(&told, 0);
	assert_string_equal(told.text, expected);
	buf_reset(&told);
	for (size_t i = 0; i < landed.rule_count; i++)
		buf_addf(&told, "%s:%u ", landed.rules[i].table, (unsigned)landed.rules[i].line);
	buf_byte(&told, 0);
	assert_string_equal(told.text, rules);
	buf_release(&told);
	little_close(little);
}

static void every_row_and_rate_is_named(void **state)
{
	(void)state;
	struct little_shop little;
	struct customs_request request = { .to = { "US" }, .hs_code = S("6912004400"), .quantity = 2,
					   .weight_g = 400, .origin = { "CN" } };
	request.goods = (struct money){ { 3200, 2 }, { "EUR" } };
	request.freight = (struct money){ { 1100, 2 }, { "EUR" } };
	little_open(&little);
	little_put(&little, "carriers.csv",
		   "service,carrier,name,kind,terms\npost,Post,Mail,registered,DAP\n"
		   "fast,Fast,Express,express,DAP\n");
	little_put(&little, "customs.csv",
		   "country,variant,valid_from,valid_to,currency,over,up_to,duty,duty_on,tax_name,tax,tax_on,"
		   "tax_base_step,waived_up_to,note\n"
		   "US,kind=registered,2026-01-01,2027-12-31,USD,50,800 EUR,tariff,goods,sales tax,8.1%,"
		   "goods+freight+duty,1,10,an example\n"
		   "US,,2026-01-01,,USD,,,none,,sales tax,none,,,,\n");
	little_put(&little, "tariffs.csv", "country,hs,rate,origin\nUS,6912,3%,\nUS,691200,9.8%,CN\n");
	little_put(&little, "charges.csv", "country,service,name,amount,when,paid_by\n"
					   "US,post,handling,5.00 USD,due,\nUS,,levy,1.00 EUR,always,carrier\n");
	little_put(&little, "fx.csv",
		   "date,from,to,rate\n2026-11-19,USD,EUR,0.80\n2026-11-20,EUR,USD,1.25\n");
	tells(&little, &request,
	      "goods: 2 x 32.00 EUR at 1 EUR = 1.25 USD of 2026-11-20 (fx.csv:3) = 80.00 USD\n"
	      "freight: 11.00 EUR at 1 EUR = 1.25 USD of 2026-11-20 (fx.csv:3) = 13.75 USD\n"
	      "rule of US from 2026-01-01 to 2027-12-31 for kind=registered: goods of 80.00 USD is over "
	      "50.00 USD and up to 800.00 EUR (customs.csv:2)\n"
	      "note on that rule: an example\n"
	      "tariff of HS 691200: 9.8% for goods made in CN (tariffs.csv:3)\n"
	      "duty: tariff on goods of 80.00 USD = 7.84 USD; not levied, as it is not more than "
	      "10.00 USD\n"
	      "sales tax: 8.1% on goods+freight+duty of 93.75 USD, rounded to 94.00 USD = 7.61 USD; not "
	      "levied, as it is not more than 10.00 USD\n"
	      "levy: 1.25 USD, paid by the carrier and not counted (charges.csv:3)\n"
	      "nothing is levied\n"
	      "together with goods and freight: 93.75 USD\n",
	      "customs.csv:2 tariffs.csv:3 charges.csv:3 fx.csv:3 ");
}

static void what_is_due_is_told_with_who_takes_it(void **state)
{
	(void)state;
	struct little_shop little;
	struct customs_request request = { .to = { "DE" }, .quantity = 1 };
	request.goods = (struct money){ { 6400, 2 }, { "EUR" } };
	request.freight = (struct money){ { 1850, 2 }, { "EUR" } };
	little_open(&little);
	little_put(&little, "customs.csv",
		   "country,valid_from,currency,up_to,duty,tax_name,tax,tax_on\n"
		   "DE,2026-07-01,EUR,150,3 EUR per_line,VAT,19%,goods+freight+duty\n");
	little_put(&little, "charges.csv", "country,service,name,amount\nDE,post,handling,6.00 EUR\n");
	tells(&little, &request,
	      "goods: 64.00 EUR\n"
	      "freight: 18.50 EUR\n"
	      "rule of DE from 2026-07-01: goods of 64.00 EUR is up to 150.00 EUR (customs.csv:2)\n"
	      "duty: 3 EUR per_line = 3.00 EUR\n"
	      "VAT: 19% on goods+freight+duty of 85.50 EUR = 16.25 EUR\n"
	      "handling: 6.00 EUR (charges.csv:2)\n"
	      "due on delivery: 25.25 EUR\n"
	      "together with goods and freight: 107.75 EUR\n",
	      "customs.csv:2 charges.csv:2 ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_and_rate_is_named),
		cmocka_unit_test(what_is_due_is_told_with_who_takes_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
