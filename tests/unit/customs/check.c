/* SPDX-License-Identifier: MIT */
/* What customs says about tables that are each readable but not right together. */
#include "unit/shop/little_shop.h"

#include "customs/customs.h"

#define HEAD "country,variant,valid_from,valid_to,currency,over,up_to,test,duty,duty_on,tax," \
	     "tax_on,collected_by,checked_on\n"

#define CODES "country,variant,valid_from,valid_to,currency,over,up_to,test,duty,duty_on,tax," \
	      "tax_on,collected_by,checked_on,hs_digits\n"

static void load(struct little_shop *little, const char *customs)
{
	little_put(little, "customs.csv", customs);
	customs_new(&little->arena, little_load(little), little->diag);
}

static void finds(const char *customs, const char *expected)
{
	struct little_shop little;
	little_open(&little);
	load(&little, customs);
	little_says(&little, expected);
	little_close(&little);
}

static void whole_tables_are_silent(void **state)
{
	(void)state;
	finds(HEAD "DE,,2021-07-01,2026-06-30,EUR,,150,,none,,19%,goods+freight,,2026-11-01\n"
		   "DE,,2021-07-01,2026-06-30,EUR,150,,,tariff,goods+freight,19%,goods+duty,,2026-11-01\n"
		   "DE,,2026-07-01,,EUR,,150,,3 EUR per_line,,19%,goods+duty,,2026-11-01\n"
		   "DE,,2026-07-01,,EUR,150,,,tariff,goods+freight,19%,goods+duty,,2026-11-01\n"
		   "DE,from=US,2026-07-01,,EUR,,500,,none,,0%,,,2026-11-01\n",
	      "");
}

static void gaps_leave_values_without_a_rule(void **state)
{
	(void)state;
	finds(HEAD "DE,,2026-01-01,,EUR,,150,,none,,19%,goods,,\n"
		   "DE,,2026-01-01,,EUR,160,,,none,,19%,goods,,\n",
	      "content/customs.csv:3:1: warning: between line 2 and this row of 'DE' values have no rule "
	      "and stay not known; let 'over' be the 'up_to' before it\n");
	finds(HEAD "DE,,2026-01-01,,EUR,22,,,none,,19%,goods,,\n",
	      "content/customs.csv:2:1: warning: no row of 'DE' holds for values up to this row's 'over'; "
	      "they stay not known\n");
	finds(HEAD "DE,,2024-01-01,2024-12-31,EUR,,,,none,,19%,goods,,\n"
		   "DE,,2025-01-02,,EUR,,,,none,,19%,goods,,\n",
	      "content/customs.csv:3:1: warning: on the days before this row no row of 'DE' holds; what "
	      "import costs then is not known\n");
}

static void overlaps_give_a_value_two_rules(void **state)
{
	(void)state;
	finds(HEAD "DE,,2026-01-01,,EUR,,150,,none,,19%,goods,,\n"
		   "DE,,2026-01-01,,EUR,140,,,none,,19%,goods,,\n",
	      "content/customs.csv:3:1: error: this row and the one in line 2 hold for the same values "
	      "and days of 'DE'; end one of them with valid_to, over or up_to\n");
	finds(HEAD "DE,,2026-02-01,,EUR,,,,none,,19%,goods,,\n"
		   "DE,,2026-01-01,2026-02-01,EUR,,200,,none,,19%,goods,,\n",
	      "content/customs.csv:3:1: error: this row and the one in line 2 hold for the same values "
	      "and days of 'DE'; end one of them with valid_to, over or up_to\n");
	finds(HEAD "DE,,2026-01-01,,EUR,,150,,none,,19%,goods,,\n"
		   "DE,,2026-01-01,,EUR,150,,goods+freight,none,,19%,goods,,\n",
	      "content/customs.csv:3:26: error: the bands of 'DE' test different values on the same days; "
	      "write the same 'test' in all of them\n");
}

static void a_band_that_no_value_reaches(void **state)
{
	(void)state;
	struct little_shop little;
	little_open(&little);
	little_put(&little, "fx.csv", "date,from,to,rate\n2026-11-20,EUR,USD,1.16\n");
	load(&little, HEAD "DE,,2026-01-01,,EUR,,100 EUR,,none,,19%,goods,,\n"
			   "DE,,2026-01-01,,EUR,100 EUR,110 USD,,none,,19%,goods,,\n");
	little_says(&little, "content/customs.csv:3:1: error: no value is over 'over' and up to 'up_to' "
			     "of this row; exchange or correct them\n");
	little_close(&little);
}

static void a_missing_rate_of_exchange_is_named_once(void **state)
{
	(void)state;
	finds(HEAD "US,,2026-01-01,,USD,,800,,none,,0%,,,\nUS,,2026-01-01,,USD,800,,,none,,0%,,,\n",
	      "content/customs.csv:2:1: warning: fx.csv has no rate between 'EUR' and 'USD' up to the "
	      "build date; add one, or what import costs in 'US' is not known\n");
	finds(HEAD "DE,,2026-01-01,,EUR,,,,20% - 20 USD,goods,0%,,,\n",
	      "content/customs.csv:2:1: warning: fx.csv has no rate between 'USD' and 'EUR' up to the "
	      "build date; add one, or what import costs in 'DE' is not known\n");
}

static void a_rate_needs_something_to_be_taken_of(void **state)
{
	(void)state;
	finds(HEAD "DE,,2026-01-01,,EUR,,,,5%,,19%,,,\n",
	      "content/customs.csv:2:27: warning: 'duty_on' is empty, so it is not known of what '5%' is "
	      "taken; write goods or goods+freight\n"
	      "content/customs.csv:2:32: warning: 'tax_on' is empty, so it is not known of what '19%' is "
	      "taken; write for example goods+freight+duty\n");
}

static void a_cap_needs_somebody_who_collects(void **state)
{
	(void)state;
	finds("country,valid_from,currency,duty,tax,tax_on,collected_up_to\n"
	      "DE,2026-01-01,EUR,none,19%,goods,150\n",
	      "content/customs.csv:2:1: warning: 'collected_up_to' says nothing without 'collected_by'; "
	      "write there marketplace or seller\n");
}

static void cells_that_cannot_be_meant(void **state)
{
	(void)state;
	finds(HEAD "DE,,2026-01-01,,EUR,,,,inclusive 33.5%,goods,19%,goods,,\n",
	      "content/customs.csv:2:46: error: 'inclusive' holds the tax already; leave 'tax' empty\n");
	finds(HEAD "DE,,2026-01-01,,EUR,,,,none,,100%,inside:goods,,\n",
	      "content/customs.csv:2:30: error: a tax inside its own base is less than 100%; correct the "
	      "rate or leave 'inside:' out\n");
	finds(HEAD "DE,,2026-01-01,,EUR,,,,10%,excess,0%,,,\n",
	      "content/customs.csv:2:28: error: 'excess' is the part above 'over', which is empty; fill "
	      "it in\n");
	finds(HEAD "DE,speed=fast,2026-01-01,,EUR,,,,none,,19%,goods,,\n",
	      "content/customs.csv:2:4: error: the variant 'speed=fast' is not understood; write "
	      "kind=express, origin=US or from=US\n");
	finds(HEAD "DE,from=US from=MX,2026-01-01,,EUR,,,,none,,19%,goods,,\n",
	      "content/customs.csv:2:4: error: the variant says 'from' twice; write a row for each\n");
	finds(HEAD "DE,,2026-01-01,,EUR,,,,none,,1e9%,goods,,\n",
	      "content/customs.csv:2:30: error: a % is missing behind the number\n");
	finds(HEAD "DE,,2026-01-01,,EUR,,,,none,,1000000000%,goods,,\n",
	      "content/customs.csv:2:30: error: a rate above 10000% is refused; is the decimal sign "
	      "right?\n");
}

static void charges_that_go_round_in_a_circle(void **state)
{
	(void)state;
	struct little_shop little;
	little_open(&little);
	little_put(&little, "charges.csv", "country,name,percent\nDE,fee,2%\n");
	load(&little, HEAD "DE,,2026-01-01,,EUR,,,,none,,19%,goods+charges,,\n");
	little_says(&little,
		    "content/customs.csv:2:34: error: 'charges' goes round in a circle: line 2 of charges.csv "
		    "is a share of duty or tax; give it 'percent_on' goods, or leave 'charges' out\n");
	little_close(&little);
}

static void duty_paid_where_the_carrier_collects(void **state)
{
	(void)state;
	struct little_shop little;
	little_open(&little);
	little_put(&little, "carriers.csv", "service,carrier,name,terms\npost,Post,Letter,DDP\n"
					    "fast,Fast,Express,DAP\n");
	load(&little, HEAD "DE,,2026-01-01,,EUR,,,,none,,19%,goods,carrier,\n"
			   "FR,,2026-01-01,,EUR,,,,none,,20%,goods,,\n");
	little_says(&little, "content/carriers.csv:2:1: warning: 'post' is DDP, but by line 2 of "
			     "customs.csv the carrier collects in 'DE'; is duty really paid there?\n");
	little_close(&little);
}

static void old_rules_are_looked_at_again(void **state)
{
	(void)state;
	finds(HEAD "DE,,2026-01-01,,EUR,,150,,none,,19%,goods,,2026-05-26\n"
		   "DE,,2026-01-01,,EUR,150,,,none,,19%,goods,,2026-05-25\n"
		   "FR,,2024-01-01,2025-12-31,EUR,,,,none,,20%,goods,,2024-01-01\n",
	      "content/customs.csv:3:1: warning: this row was checked 181 days ago; look at its source "
	      "again and write the day into 'checked_on'\n");
}

static void codes_that_are_short_or_of_no_chapter(void **state)
{
	(void)state;
	struct little_shop little;
	struct product product = { .id = S("MUG"), .hs_code = S("6912"), .ships_from = { "CN" } };
	little_open(&little);
	little_put(&little, "customs.csv", CODES "US,,2026-01-01,,USD,,,,tariff,goods,0%,,,,10\n"
						"DE,,2026-01-01,,EUR,,,,none,,19%,goods,,,\n");
	little_put(&little, "fx.csv", "date,from,to,rate\n2026-11-20,EUR,USD,1.16\n");
	little_put(&little, "chapters.csv", "from,to,kind\n1,76,goods\n77,77,reserved\n"
					    "78,97,goods\n98,99,national\n");
	struct customs *customs = customs_new(&little.arena, little_load(&little), little.diag);
	customs_check_product(customs, &product, little.diag);
	product.hs_code = S("691200");
	customs_check_product(customs, &product, little.diag);
	product.hs_code = S("");
	customs_check_product(customs, &product, little.diag);
	product.hs_code = S("6912004400");
	customs_check_product(customs, &product, little.diag);
	product.hs_code = S("7701004400");
	customs_check_product(customs, &product, little.diag);
	product.hs_code = S("9903052000");
	customs_check_product(customs, &product, little.diag);
	product.hs_code = S("6912");
	product.ships_from = (struct place){ "US" };
	customs_check_product(customs, &product, little.diag);
	little_says(&little, " warning: 'MUG' has no hs_code, so its duty to US is not known; write at "
			     "least 10 digits\n"
			     " warning: the hs_code '6912' of 'MUG' has 4 digits; customs of US asks for 10\n"
			     " warning: the hs_code '691200' of 'MUG' has 6 digits; customs of US asks for 10\n"
			     " warning: the hs_code '7701004400' of 'MUG' begins with a chapter that does not exist; "
			     "look it up again, and look whether a spreadsheet has cut a zero off\n"
			     " warning: the hs_code '9903052000' of 'MUG' is of a national chapter, which other "
			     "countries do not know; write the code of the goods themselves\n");
	little_close(&little);
}

static void destinations_without_a_rule(void **state)
{
	(void)state;
	struct little_shop little;
	little_open(&little);
	little_put(&little, "customs.csv", HEAD "DE,,2026-01-01,,EUR,,,,none,,19%,goods,,\n");
	struct customs *customs = customs_new(&little.arena, little_load(&little), little.diag);
	customs_check_destinations(customs, little.diag);
	little_says(&little, "content/customs.csv: warning: there is no rule for 27 of the countries that are "
			     "served, and their pages say so: AT BE BG CY CZ DK EE ES FI FR GR HR HU IE IT LT "
			     "LU LV MT NL PL PT RO SE SI SK US\n");
	little_close(&little);
}

static bool of_customs(struct pos pos)
{
	static const char *const files[] = { "content/customs.csv", "content/tariffs.csv",
					     "content/charges.csv", "content/fx.csv" };
	for (size_t i = 0; pos.file && i < sizeof files / sizeof *files; i++)
		if (strcmp(pos.file, files[i]) == 0)
			return true;
	return false;
}

/* The demo shop's own tables, on its build date. */
static void what_the_demo_shop_ships_is_in_order(void **state)
{
	(void)state;
	struct arena arena;
	struct diag *diag = diag_new(".");
	struct pos pos;
	enum severity severity;
	struct str text;
	int32_t date;
	arena_init(&arena);
	assert_true(date_of(2026, 11, 22, &date));
	struct shop *shop = shop_load(&arena, ".", date, diag);
	assert_true(shop->customs_count > 200);
	customs_new(&arena, shop, diag);
	for (size_t i = 0; diag_get(diag, i, &pos, &severity, &text); i++)
		if (of_customs(pos))
			fail_msg("%s:%u: %.*s", pos.file, pos.line, STR(text));
	diag_free(diag);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_tables_are_silent),
		cmocka_unit_test(gaps_leave_values_without_a_rule),
		cmocka_unit_test(overlaps_give_a_value_two_rules),
		cmocka_unit_test(a_band_that_no_value_reaches),
		cmocka_unit_test(a_missing_rate_of_exchange_is_named_once),
		cmocka_unit_test(a_rate_needs_something_to_be_taken_of),
		cmocka_unit_test(a_cap_needs_somebody_who_collects),
		cmocka_unit_test(cells_that_cannot_be_meant),
		cmocka_unit_test(charges_that_go_round_in_a_circle),
		cmocka_unit_test(duty_paid_where_the_carrier_collects),
		cmocka_unit_test(old_rules_are_looked_at_again),
		cmocka_unit_test(codes_that_are_short_or_of_no_chapter),
		cmocka_unit_test(destinations_without_a_rule),
		cmocka_unit_test(what_the_demo_shop_ships_is_in_order),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
