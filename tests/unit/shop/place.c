/* SPDX-License-Identifier: MIT */
/* Countries, regions and groups, held against the system's own list of ISO 3166. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "shop/money.h"
#include "shop/place.h"

static void codes_are_understood(void **state)
{
	(void)state;
	static const struct {
		const char *typed;
		const char *code; /* NULL: refused */
	} cases[] = {
		{ "DE", "DE" },       { "de", "DE" },        { "DEU", "DE" },
		{ "UK", "GB" },       { "EL", "GR" },        { "GBR", "GB" },
		{ "XK", "XK" },       { "*", "*" },          { "US-HI", "US-HI" },
		{ "us-hi", "US-HI" }, { "USA-HI", "US-HI" }, { "UK-NIR", "GB-NIR" },
		{ "PT-20", "PT-20" }, { "EU", NULL },        { "", NULL },
		{ "D", NULL },        { "XX", NULL },        { "XXX", NULL },
		{ "Germany", NULL },  { "US-", NULL },       { "US-HI-1", NULL },
		{ "US-ABCD", NULL },  { "-HI", NULL },       { "D E", NULL },
		{ "ADANDE", NULL },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct place place;
		bool read = place_parse(str_of(cases[i].typed), &place);
		if (read != (cases[i].code != NULL))
			fail_msg("'%s' was %s", cases[i].typed, read ? "read" : "refused");
		if (read)
			assert_string_equal(place.code, cases[i].code);
	}
}

/* Every country of the zone database's list of ISO 3166 has an entry, and a currency of ISO 4217.
 */
static void all_countries_are_known(void **state)
{
	(void)state;
	FILE *list = fopen("/usr/share/zoneinfo/iso3166.tab", "r");
	if (!list)
		skip();
	char line[256];
	size_t count = 0;
	while (fgets(line, sizeof line, list)) {
		struct place place;
		struct currency currency;
		if (line[0] == '#')
			continue;
		if (!place_parse((struct str){ line, 2 }, &place))
			fail_msg("%.2s is not known", line);
		if (!str_is(place_str(&place), "AQ") &&
		    !currency_parse(str_of(place_currency(place)), &currency))
			fail_msg("%.2s has no currency", line);
		count++;
	}
	fclose(list);
	assert_true(count >= 249);
}

static void groups_are_spread_out(void **state)
{
	(void)state;
	size_t count;
	const struct place *eu = place_group(S("EU"), &count);
	assert_int_equal(count, 27);
	for (size_t i = 0; i < count; i++)
		assert_true(place_in_eu(eu[i]));
	const struct place *eea = place_group(S("EEA"), &count);
	assert_int_equal(count, 30);
	assert_non_null(eea);
	assert_null(place_group(S("ASEAN"), &count));
	assert_false(place_in_eu((struct place){ "GB" }));
	assert_false(place_in_eu((struct place){ "NO" }));
	assert_true(place_in_eu((struct place){ "ES-CN" }));
}

static void regions_lie_within_their_country(void **state)
{
	(void)state;
	struct place hawaii = { "US-HI" }, states = { "US" }, canada = { "CA" };
	assert_true(place_equal(place_country(hawaii), states));
	assert_true(place_equal(place_country(states), states));
	assert_true(place_within(hawaii, states));
	assert_true(place_within(states, states));
	assert_false(place_within(states, hawaii));
	assert_false(place_within(hawaii, canada));
}

static void usual_currencies(void **state)
{
	(void)state;
	assert_string_equal(place_currency((struct place){ "CH" }), "CHF");
	assert_string_equal(place_currency((struct place){ "BG" }), "EUR");
	assert_string_equal(place_currency((struct place){ "US-HI" }), "USD");
	assert_string_equal(place_currency((struct place){ "AQ" }), "");
	assert_string_equal(place_currency((struct place){ "*" }), "");
	assert_string_equal(place_currency((struct place){ "" }), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(codes_are_understood),
		cmocka_unit_test(all_countries_are_known),
		cmocka_unit_test(groups_are_spread_out),
		cmocka_unit_test(regions_lie_within_their_country),
		cmocka_unit_test(usual_currencies),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
