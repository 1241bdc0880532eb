/* SPDX-License-Identifier: MIT */
/* Terms and levies: what is understood, and what is said at which character where it is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "customs/levy.h"
#include "customs/term.h"

static const struct pos cell = { "content/customs.csv", 7, 40 };

/* The one diagnostic as "column: text", or "" when there is none. */
static void said(struct diag *diag, struct buf *out)
{
	struct pos pos;
	enum severity severity;
	struct str text;
	buf_reset(out);
	if (diag_get(diag, 0, &pos, &severity, &text))
		buf_addf(out, "%u: %.*s", pos.column, STR(text));
	assert_false(diag_get(diag, 1, &pos, &severity, &text));
}

static void refused(bool parsed, struct diag *diag, const char *expected)
{
	struct buf out = BUF_INIT;
	said(diag, &out);
	buf_byte(&out, 0);
	assert_string_equal(out.text, expected);
	assert_int_equal(parsed, expected[0] == 0);
	buf_release(&out);
	diag_free(diag);
}

static void term_says(const char *text, unsigned allowed, const char *expected)
{
	struct term term;
	struct diag *diag = diag_new(".");
	struct scan scan = scan_of(str_of(text), cell, '.', diag);
	refused(term_parse(&scan, allowed, &term), diag, expected);
}

static void levy_says(const char *text, bool duty, const char *expected)
{
	struct arena arena;
	struct levy levy;
	struct levy_options options = { { "" }, duty };
	struct diag *diag = diag_new(".");
	struct scan scan = scan_of(str_of(text), cell, '.', diag);
	arena_init(&arena);
	refused(levy_parse(&arena, &scan, &options, &levy), diag, expected);
	arena_release(&arena);
}

static void sums_of_parts_are_understood(void **state)
{
	(void)state;
	struct term term;
	struct diag *diag = diag_new(".");
	struct exact parts[PARTS] = { 0 };
	parts[PART_GOODS] = exact_of(100);
	parts[PART_FREIGHT] = exact_of(10);
	parts[PART_DUTY] = exact_of(5);
	struct scan scan = scan_of(S(" inside: 1,10 * Goods + freight+duty "), cell, ',', diag);
	assert_true(term_parse(&scan, TERM_TAX_ON, &term));
	assert_true(term.inside);
	assert_int_equal(exact_compare(term_value(&term, parts), exact_of(125)), 0);
	scan = scan_of(S("  "), cell, '.', diag);
	assert_true(term_parse(&scan, TERM_TEST, &term));
	assert_int_equal(term.parts, 0);
	assert_int_equal(diag_errors(diag), 0);
	diag_free(diag);
}

static void nonsense_in_a_sum_is_named_at_its_character(void **state)
{
	(void)state;
	term_says("goods+freight", TERM_TEST, "");
	term_says("goods+frieght", TERM_TEST,
		  "46: there is no 'frieght'; it may be goods, freight, duty, charges or excess");
	term_says("goods+duty", TERM_TEST, "46: 'duty' goes round in a circle here; leave it out");
	term_says("goods+duty", TERM_DUTY_ON, "46: 'duty' goes round in a circle here; leave it out");
	term_says("goods+duty", TERM_TAX_ON, "");
	term_says("goods+goods", TERM_TAX_ON, "46: 'goods' stands twice; write it once, with a factor");
	term_says("goods+", TERM_TAX_ON,
		  "46: a name is missing here: goods, freight, duty, charges or excess");
	term_says("1.10 goods", TERM_TAX_ON,
		  "40: a number stands alone; write it as a factor, such as 1.10*goods");
	term_says("goods-freight", TERM_TAX_ON,
		  "45: '-freight' is not understood; parts are joined with +");
	term_says("inside goods", TERM_TAX_ON,
		  "47: write inside: with a colon, such as inside:goods+duty");
	term_says("inside:goods", TERM_DUTY_ON, "40: 'inside:' belongs into tax_on alone");
	term_says("99999999999999999999*goods", TERM_TEST,
		  "40: '99999999999999999999' is no number with the decimal sign '.' of this file, or too "
		  "large");
}

static void levies_are_understood(void **state)
{
	(void)state;
	static const char *const duties[] = {
		"none", "tariff", "8%", "60% - 20 USD", "60% \xE2\x88\x92 20 USD", "3 EUR per_line",
		"3 EUR per_item", "3 EUR/parcel", "inclusive 33.5%", "tariff + 10%", "5% MIN 1 EUR/kg", "",
	};
	static const char *const rates[] = {
		"8%", "free", "13.8% + 13.00 GBP/100 kg", "25% + 25% + 288.20 GBP", "0.30 GBP/item MAX 5%",
		"\xE2\x82\xAC 3/kg", "1.5 USD/lb", "EUR 12 per tonne",
	};
	for (size_t i = 0; i < sizeof duties / sizeof *duties; i++)
		levy_says(duties[i], true, "");
	for (size_t i = 0; i < sizeof rates / sizeof *rates; i++)
		levy_says(rates[i], false, "");
}

static void nonsense_in_a_levy_is_named_at_its_character(void **state)
{
	(void)state;
	levy_says("8", false, "40: a % or a currency is missing behind the number");
	levy_says("1000000000%", false,
		  "40: a rate above 10000% is refused; is the decimal sign right?");
	levy_says("8% + ", false,
		  "45: write a percentage such as 8% or an amount such as 13.00 GBP/100 kg");
	levy_says("-8%", false,
		  "40: write a percentage such as 8% or an amount such as 13.00 GBP/100 kg");
	levy_says("tariff", false,
		  "40: write a percentage such as 8% or an amount such as 13.00 GBP/100 kg");
	levy_says("8%%", false, "42: '%' is not understood; parts are joined with + - MIN or MAX");
	levy_says("3 EUR/furlong", false,
		  "46: after the amount comes a weight such as 100 kg, or item, line or parcel");
	levy_says("3 EUR/0 kg", false,
		  "46: after the amount comes a weight such as 100 kg, or item, line or parcel");
	levy_says("inclusive 3 EUR", true, "40: after inclusive comes one percentage");
	levy_says("none 8%", true, "45: nothing may follow none");
	levy_says("ask the broker", true,
		  "40: write none, tariff, a percentage such as 8%, an amount such as 3 EUR per_line, or "
		  "inclusive and a percentage");
	levy_says("1%+1%+1%+1%+1%+1%+1%+1%+1%+1%+1%+1%+1%+1%+1%+1%+1%", false,
		  "88: more than 16 parts are refused");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sums_of_parts_are_understood),
		cmocka_unit_test(nonsense_in_a_sum_is_named_at_its_character),
		cmocka_unit_test(levies_are_understood),
		cmocka_unit_test(nonsense_in_a_levy_is_named_at_its_character),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
