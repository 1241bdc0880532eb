/* SPDX-License-Identifier: MIT */
/* Exact numbers, amounts with their currency, and weights. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "shop/money.h"

/* A number as it is typed, with which sign it is read, and as it is shown; NULL: refused. */
static void numbers_are_read_as_typed(void **state)
{
	(void)state;
	static const struct {
		const char *typed;
		char sign;
		const char *shown;
	} cases[] = {
		{ "0", '.', "0" },
		{ "18.50", '.', "18.50" },
		{ "18,50", ',', "18.50" },
		{ "-3", '.', "-3" },
		{ "+3", '.', "3" },
		{ "\xE2\x88\x92"
		  "3.5",
		  '.', "-3.5" },
		{ "-0.05", '.', "-0.05" },
		{ ".5", '.', "0.5" },
		{ "1,234.50", '.', "1234.50" },
		{ "1.234,50", ',', "1234.50" },
		{ "1,234,567", '.', "1234567" },
		{ "1,00,000", '.', "100000" },
		{ "1 234 567.8", '.', "1234567.8" },
		{ "1\xC2\xA0"
		  "234,5",
		  ',', "1234.5" },
		{ "1\xE2\x80\xAF"
		  "234,5",
		  ',', "1234.5" },
		{ "1'234.5", '.', "1234.5" },
		{ "1\xE2\x80\x99"
		  "234.5",
		  '.', "1234.5" },
		{ "0.123456789", '.', "0.123456789" },
		{ "0.1234567890000", '.', "0.123456789" },
		{ "999999999999999999", '.', "999999999999999999" },
		{ "1000000000000000000", '.', NULL },
		{ "99999999999999999999999999999999999999999999", '.', NULL },
		{ "0.1234567891", '.', NULL },
		{ "1234,5", '.', NULL },
		{ "12,34", '.', NULL },
		{ "1,2345", '.', NULL },
		{ "1234,567", '.', NULL },
		{ ",567", '.', NULL },
		{ "1,234 567", '.', NULL },
		{ "1.234.5", '.', NULL },
		{ "5.", '.', NULL },
		{ ".", '.', NULL },
		{ "-", '.', NULL },
		{ "--5", '.', NULL },
		{ "(5)", '.', NULL },
		{ "", '.', NULL },
		{ "1e3", '.', NULL },
		{ "8.51762E+09", '.', NULL },
		{ "12 EUR", '.', NULL },
		{ "\xD9\xA1\xD9\xA2", '.', NULL },
	};
	struct buf shown = BUF_INIT;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct decimal number;
		bool read = decimal_parse(str_of(cases[i].typed), cases[i].sign, &number);
		if (read != (cases[i].shown != NULL))
			fail_msg("'%s' was %s", cases[i].typed, read ? "read" : "refused");
		if (!read)
			continue;
		buf_reset(&shown);
		decimal_show(&shown, number);
		buf_byte(&shown, 0);
		assert_string_equal(shown.text, cases[i].shown);
	}
	buf_release(&shown);
}

static void numbers_of_different_scales_compare(void **state)
{
	(void)state;
	struct decimal small = { 150, 2 }, same = { 15, 1 }, huge = { 999999999999999999, 0 },
		       tiny = { -999999999999999999, 9 };
	assert_int_equal(decimal_compare(small, same), 0);
	assert_int_equal(decimal_compare(small, huge), -1);
	assert_int_equal(decimal_compare(huge, tiny), 1);
	assert_int_equal(decimal_compare(tiny, small), -1);
}

static void sums_and_products_are_exact_or_refused(void **state)
{
	(void)state;
	struct decimal result, huge = { 999999999999999999, 0 }, one = { 1, 0 }, cent = { 1, 2 };
	assert_true(decimal_add((struct decimal){ 1, 1 }, (struct decimal){ 2, 1 }, &result));
	assert_int_equal(decimal_compare(result, (struct decimal){ 3, 1 }), 0);
	assert_false(decimal_add(huge, one, &result));
	assert_false(decimal_add(huge, cent, &result));
	assert_true(
		decimal_multiply((struct decimal){ 1999, 2 }, (struct decimal){ 19, 2 }, &result));
	assert_int_equal(decimal_compare(result, (struct decimal){ 37981, 4 }), 0);
	assert_false(decimal_multiply(huge, (struct decimal){ 2, 0 }, &result));
	/* ten places, the last of them zero, are nine */
	assert_true(decimal_multiply((struct decimal){ 2, 5 }, (struct decimal){ 5, 5 }, &result));
	assert_int_equal(result.digits, 1);
	assert_int_equal(result.scale, 9);
	assert_false(decimal_multiply((struct decimal){ 1, 5 }, (struct decimal){ 1, 5 }, &result));
}

static void rounding_is_half_up_away_from_zero(void **state)
{
	(void)state;
	static const struct {
		struct decimal from;
		uint8_t scale;
		int64_t digits;
	} cases[] = {
		{ { 125, 2 }, 1, 13 },
		{ { 124, 2 }, 1, 12 },
		{ { -125, 2 }, 1, -13 },
		{ { -124, 2 }, 1, -12 },
		{ { 5, 1 }, 0, 1 },
		{ { -5, 1 }, 0, -1 },
		{ { 4, 1 }, 0, 0 },
		{ { 1995, 3 }, 2, 200 },
		{ { 999999999999999999, 9 }, 0, 1000000000 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct decimal rounded = decimal_round(cases[i].from, cases[i].scale);
		assert_int_equal(rounded.digits, cases[i].digits);
		assert_int_equal(rounded.scale, cases[i].scale);
	}
	assert_int_equal(decimal_round((struct decimal){ 15, 1 }, 3).scale, 1);
}

static void currencies_have_the_exponents_of_iso_4217(void **state)
{
	(void)state;
	static const struct {
		const char *code;
		int exponent;
	} cases[] = {
		{ "EUR", 2 }, { "USD", 2 }, { "JPY", 0 }, { "KRW", 0 }, { "ISK", 0 }, { "CLP", 0 },
		{ "VND", 0 }, { "XOF", 0 }, { "UGX", 0 }, { "KWD", 3 }, { "BHD", 3 }, { "TND", 3 },
		{ "IQD", 3 }, { "LYD", 3 }, { "HUF", 2 }, { "TWD", 2 }, { "IDR", 2 }, { "CZK", 2 },
		{ "MGA", 2 }, { "CLF", 4 }, { "XCG", 2 },
	};
	struct currency currency;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_true(currency_parse(str_of(cases[i].code), &currency));
		assert_int_equal(currency_exponent(currency), cases[i].exponent);
	}
	assert_false(currency_parse(S("eur"), &currency));
	assert_false(currency_parse(S("XAU"), &currency));
	assert_false(currency_parse(S("EURO"), &currency));
	assert_false(currency_parse(S("R AF"), &currency));
	assert_false(currency_parse(S("D A"), &currency));
	assert_false(currency_parse(S(""), &currency));
}

static void amounts_are_read_and_shown(void **state)
{
	(void)state;
	static const struct {
		const char *typed;
		const char *shown; /* NULL: refused */
	} cases[] = {
		{ "64.00 EUR", "64.00 EUR" },
		{ "64 EUR", "64.00 EUR" },
		{ "EUR 64.5", "64.50 EUR" },
		{ "64.00EUR", "64.00 EUR" },
		{ "1,234.5 USD", "1234.50 USD" },
		{ "64", "64.00 CHF" },
		{ "64.00 \xE2\x82\xAC", "64.00 EUR" },
		{ "\xE2\x82\xAC 64", "64.00 EUR" },
		{ "1250.5 JPY", "1251 JPY" },
		{ "1.0005 KWD", "1.001 KWD" },
		{ "12.345 EUR", "12.35 EUR" },
		{ "-12.345 EUR", "-12.35 EUR" },
		{ "64.00 EURO", NULL },
		{ "64.00 XXX", NULL },
		{ "$64", NULL },
		{ "EUR", NULL },
		{ "EUR 64 EUR", NULL },
		{ "64,00 EUR", NULL },
		{ "", NULL },
	};
	struct currency francs = { "CHF" };
	struct buf shown = BUF_INIT;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct money money;
		bool read = money_parse(str_of(cases[i].typed), '.', &francs, &money);
		if (read != (cases[i].shown != NULL))
			fail_msg("'%s' was %s", cases[i].typed, read ? "read" : "refused");
		if (!read)
			continue;
		buf_reset(&shown);
		money_show(&shown, money);
		buf_byte(&shown, 0);
		assert_string_equal(shown.text, cases[i].shown);
	}
	buf_release(&shown);
	struct money money;
	assert_false(money_parse(S("64"), '.', NULL, &money));
}

static void weights_are_whole_grams_rounded_up(void **state)
{
	(void)state;
	static const struct {
		const char *typed;
		int64_t grams; /* -1: refused */
	} cases[] = {
		{ "1.2 kg", 1200 }, { "850 g", 850 },   { "850", 850 },
		{ "2 lb", 908 },    { "2 lbs", 908 },   { "12 oz", 341 },
		{ "16 oz", 454 },   { "0.0001 kg", 1 }, { "850.1 g", 851 },
		{ "0", 0 },         { "1.2KG", 1200 },  { "1,250 g", 1250 },
		{ "-5 g", -1 },     { "5 stone", -1 },  { "kg", -1 },
		{ "", -1 },         { "1.2.3 kg", -1 }, { "999999999999999999 kg", -1 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t grams = -1;
		if (!weight_parse(str_of(cases[i].typed), '.', &grams))
			grams = -1;
		if (grams != cases[i].grams)
			fail_msg("'%s' was read as %lld g", cases[i].typed, (long long)grams);
	}
	int64_t grams;
	assert_true(weight_parse(S("1,2 kg"), ',', &grams));
	assert_int_equal(grams, 1200);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_read_as_typed),
		cmocka_unit_test(numbers_of_different_scales_compare),
		cmocka_unit_test(sums_and_products_are_exact_or_refused),
		cmocka_unit_test(rounding_is_half_up_away_from_zero),
		cmocka_unit_test(currencies_have_the_exponents_of_iso_4217),
		cmocka_unit_test(amounts_are_read_and_shown),
		cmocka_unit_test(weights_are_whole_grams_rounded_up),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
