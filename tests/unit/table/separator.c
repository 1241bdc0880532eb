/* SPDX-License-Identifier: MIT */
/* What separates the columns: counted, declared, or asked for. */
#include "fixture.h"

static const char *read_text(const char *text)
{
	fixture_write(&f, "t.csv", str_of(text));
	fixture_forget(&f);
	return fixture_read(&f, "t.csv");
}

static void the_even_one_is_taken(void **state)
{
	(void)state;
	assert_string_equal(read_text("a,b\n1,x;y\n2,z\n"), "2:1=1|2:3=x;y|\n3:1=2|3:3=z|\n");
	fixture_assert_quiet(&f);
	assert_string_equal(read_text("a;b\n1,5;x\n2;z\n"), "2:1=1,5|2:5=x|\n3:1=2|3:3=z|\n");
	assert_string_equal(fixture_said(&f), "t.csv:0:0: note: columns are separated by ';'\n");
	assert_string_equal(read_text("a\tb\n1,5;|\t\tx\n"), "");
	fixture_assert_said(&f, "note: columns are separated by a tab");
	assert_string_equal(read_text("a|b\n\"1|2\"|x\n"), "2:2=1|2|2:7=x|\n");
	fixture_assert_said(&f, "note: columns are separated by '|'");
}

static void one_column_needs_no_separator(void **state)
{
	(void)state;
	assert_string_equal(read_text("id\nA\nB\n"), "2:1=A|\n3:1=B|\n");
	fixture_assert_quiet(&f);
}

static void a_single_bad_row_hides_nothing(void **state)
{
	(void)state;
	assert_string_equal(read_text("a;b\n1;2\n3;4;5\n"), "2:1=1|2:3=2|\n");
	fixture_assert_said(&f, "t.csv:3:5: error: the row has 3 cells where the header has 2");
}

static void a_tie_shows_its_counts(void **state)
{
	(void)state;
	assert_string_equal(read_text("a,b;c;d\n1,2;3;4\n"), "");
	assert_string_equal(
		fixture_said(&f),
		"t.csv:1:0: error: what separates the columns is not clear: ',' gives 2 columns, "
		"';' gives 3 columns; set 'separator.t.csv' in shop.csv to comma, semicolon, tab "
		"or bar\n");
	assert_string_equal(read_text("a,b;c\n1\n"), "");
	fixture_assert_said(&f, "',' gives 2 columns in the first line only, ';' gives 2 columns "
				"in the first line only");
}

static void what_is_declared_is_obeyed(void **state)
{
	(void)state;
	struct setting settings[] = {
		{ S("separator.t.csv"), S(";"), { "content/shop.csv", 4, 9 } }
	};
	f.options.settings = settings;
	f.options.setting_count = 1;
	static const char *const semicolons[] = { ";", "semicolon", "Semicolon" };
	for (size_t i = 0; i < 3; i++) {
		settings[0].value = str_of(semicolons[i]);
		assert_string_equal(read_text("a,b;c\n1,2;3\n"), "2:1=1,2|2:5=3|\n");
		fixture_assert_quiet(&f);
	}
	settings[0].value = S("comma");
	assert_string_equal(read_text("a,b;c\n1,2;3\n"), "2:1=1|2:3=2;3|\n");
	settings[0].value = S("tab");
	assert_string_equal(read_text("a\tb;c\n1\t2;3\n"), "2:1=1|2:3=2;3|\n");
	settings[0].value = S("bar");
	assert_string_equal(read_text("sep=;\na|b;c\n1|2;3\n"), "3:1=1|2|3:5=3|\n");
	assert_string_equal(read_text("a|b;c\n1|2;3\n"), "2:1=1|2:3=2;3|\n");
	settings[0].value = S("space");
	assert_string_equal(read_text("a|b;c\n1|2;3\n"), "");
	assert_string_equal(fixture_said(&f),
			    "content/shop.csv:4:9: error: there is no separator 'space'; write "
			    "comma, semicolon, tab or bar\n");
}

static void a_setting_names_its_file_in_either_way(void **state)
{
	(void)state;
	struct setting setting = { S("separator.marketplaces/ebay.csv"), S("bar"), { "s", 1, 1 } };
	struct table_options options = { .settings = &setting, .setting_count = 1 };
	assert_ptr_equal(setting_for(&options, "separator", "content/marketplaces/ebay.csv"),
			 &setting);
	assert_null(setting_for(&options, "separator", "content/ebay.csv"));
	assert_null(setting_for(&options, "decimal", "content/marketplaces/ebay.csv"));
	setting.key = S("separator.ebay.csv");
	assert_ptr_equal(setting_for(&options, "separator", "content/marketplaces/ebay.csv"),
			 &setting);
}

/* Only the first hundred rows are counted; a later one that differs is a row with a fault. */
static void a_late_difference_is_a_ragged_row(void **state)
{
	(void)state;
	struct buf text = BUF_INIT;
	buf_add(&text, S("a;b\n"));
	for (int i = 0; i < 200; i++)
		buf_add(&text, S("1;2\n"));
	buf_add(&text, S("1;2;3\n"));
	buf_byte(&text, 0);
	read_text(text.text);
	fixture_assert_said(&f, "t.csv:202:5: error: the row has 3 cells where the header has 2");
	buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_even_one_is_taken, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(one_column_needs_no_separator, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(a_single_bad_row_hides_nothing, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(a_tie_shows_its_counts, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(what_is_declared_is_obeyed, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(a_setting_names_its_file_in_either_way, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(a_late_difference_is_a_ragged_row, fixture_setup, fixture_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
