/* SPDX-License-Identifier: MIT */
/* The decimal sign: settled by the first number that admits one reading, never guessed. */
#include "fixture.h"

/* The sign for a table whose number column has these cells, separated by bars. */
static char sign_of(const char *cells)
{
	struct buf text = BUF_INIT;
	buf_add(&text, S("id;price;note\n"));
	struct str rest = str_of(cells);
	while (rest.len) {
		size_t end_of_cell = str_index(rest, '|');
		buf_addf(&text, "A;%.*s;1.5\n", STR(str_sub(rest, 0, end_of_cell)));
		rest = str_sub(rest, end_of_cell + 1, rest.len);
	}
	fixture_write(&f, "t.csv", buf_str(&text));
	buf_release(&text);
	fixture_forget(&f);
	struct table *table = fixture_open(&f, "t.csv");
	int columns[] = { table_column(table, "price"), -1 };
	char sign = table_decimal(table, columns, 2);
	table_close(table);
	return sign;
}

static void one_reading_settles(void **state)
{
	(void)state;
	static const char *const points[] = {
		"64.00",           "0.850",     "1234.567",
		"1,234.5",         "1,234,567", "12,34,567.00",
		"850 g|1.2 kg",    "64.00 EUR", "13.8% + 13.00 GBP/100 kg",
		"1,234|2,345|5.5", "00.123",
	};
	static const char *const commas[] = {
		"64,00",      "0,850",     "1234,567",
		"1.234,5",    "1.234.567", "850 g|1,2 kg",
		"1 234,50 €", "1'234,5",   "1.234|2.345|5,5|6.5",
	};
	for (size_t i = 0; i < sizeof points / sizeof *points; i++)
		if (sign_of(points[i]) != '.' || diag_errors(f.diag))
			fail_msg("no point in %s: %s", points[i], fixture_said(&f));
	for (size_t i = 0; i < sizeof commas / sizeof *commas; i++)
		if (sign_of(commas[i]) != ',' || diag_errors(f.diag))
			fail_msg("no comma in %s: %s", commas[i], fixture_said(&f));
}

static void only_a_comma_is_announced(void **state)
{
	(void)state;
	sign_of("10|64,00|2,5");
	fixture_assert_said(
		&f, "t.csv:3:3: note: numbers are read with a decimal comma, as in '64,00'");
	sign_of("10|64.00");
	assert_null(strstr(fixture_said(&f), "decimal"));
}

static void whole_numbers_need_no_sign(void **state)
{
	(void)state;
	assert_int_equal(sign_of("10|200||a.b|1,23,4.5|1.2.3"), '.');
	assert_int_equal(diag_errors(f.diag), 0);
}

static void what_admits_two_readings_is_asked_for(void **state)
{
	(void)state;
	sign_of("10|1.234 g|2,345");
	fixture_assert_said(
		&f, "t.csv:3:3: error: '1.234 g' can be read in two ways and no number of the file "
		    "settles it; set 'decimal.t.csv' in shop.csv to point or comma");
}

static void what_is_declared_is_obeyed(void **state)
{
	(void)state;
	struct setting settings[] = {
		{ S("decimal.t.csv"), S(","), { "content/shop.csv", 4, 9 } }
	};
	f.options.settings = settings;
	f.options.setting_count = 1;
	assert_int_equal(sign_of("1.234"), ',');
	settings[0].value = S("Comma");
	assert_int_equal(sign_of("64.00"), ',');
	settings[0].value = S("point");
	assert_int_equal(sign_of("1.234"), '.');
	assert_int_equal(diag_errors(f.diag), 0);
	settings[0].value = S("dot");
	sign_of("1.234");
	fixture_assert_said(&f, "content/shop.csv:4:9: error: there is no decimal sign 'dot'; "
				"write point or comma");
}

/* Looking ahead must not cost rows. */
static void rows_are_read_from_where_they_were(void **state)
{
	(void)state;
	fixture_write(&f, "t.csv", S("a,b\n1,2\n3,4\n"));
	struct table *table = fixture_open(&f, "t.csv");
	struct row row;
	int column = table_column(table, "b");
	assert_true(table_next(table, &f.arena, &row));
	assert_int_equal(table_decimal(table, &column, 1), '.');
	assert_true(table_next(table, &f.arena, &row));
	assert_true(str_is(row_cell(&row, column)->text, "4"));
	assert_false(table_next(table, &f.arena, &row));
	table_close(table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(one_reading_settles, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(only_a_comma_is_announced, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(whole_numbers_need_no_sign, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(what_admits_two_readings_is_asked_for, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(what_is_declared_is_obeyed, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(rows_are_read_from_where_they_were, fixture_setup, fixture_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
