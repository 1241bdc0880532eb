/* SPDX-License-Identifier: MIT */
/* Column names: how they are matched, renamed, translated, and what is wrong with a header. */
#include "fixture.h"

#include <stdio.h>

static struct table *open_text(const char *text)
{
	fixture_write(&f, "products.csv", str_of(text));
	return fixture_open(&f, "products.csv");
}

static void names_are_matched_by_what_they_say(void **state)
{
	(void)state;
	struct table *table = open_text(
		"ID, Shipping Weight ,HSCODE,\"Origin\nCountry\",ＰＲＩＣＥ,Größe\n1,2,3,4,5,6\n");
	assert_int_equal(table_column(table, "id"), 0);
	assert_int_equal(table_column(table, "shipping_weight"), 1);
	assert_int_equal(table_column(table, "hs_code"), 2);
	assert_int_equal(table_column(table, "origin_country"), 3);
	assert_int_equal(table_column(table, "price"), 4);
	assert_int_equal(table_column(table, "GRÖSSE"), 5);
	assert_int_equal(table_column(table, "weight"), -1);
	struct pos pos = table_header_pos(table, 1);
	assert_int_equal(pos.line, 1);
	assert_int_equal(pos.column, 5);
	assert_string_equal(pos.file, "products.csv");
	assert_int_equal(table_header_pos(table, -1).line, 1);
	assert_int_equal(table_header_pos(table, -1).column, 0);
	table_close(table);
	fixture_assert_quiet(&f);
}

static void two_columns_of_one_meaning_are_an_error(void **state)
{
	(void)state;
	struct table *table = open_text("id,Shipping Weight,title,shipping_weight\n1,2,3,4\n");
	table_close(table);
	assert_string_equal(fixture_said(&f), "products.csv:1:26: error: column 'shipping_weight' "
					      "means the same as 'Shipping Weight' at 1:4; remove "
					      "or rename one of them\n");
	fixture_forget(&f);
	table = open_text("id,title:de,title:DE\n1,2,3\n");
	table_close(table);
	fixture_assert_said(
		&f, "products.csv:1:13: error: column 'title:DE' means the same as 'title:de'");
}

static void a_cell_without_a_column_name_is_an_error(void **state)
{
	(void)state;
	struct table *table = open_text("id,,title,\n1,,x,\n2,y,z,\n3,w,v,\n");
	fixture_rows(&f, table);
	table_close(table);
	assert_string_equal(fixture_said(&f),
			    "products.csv:3:3: error: this cell stands in column 2, which has no "
			    "name; name it in line 1\n");
}

static void unknown_columns_are_named_once(void **state)
{
	(void)state;
	struct table *table = open_text("id,prize,colour,title:de\n1,2,3,4\n");
	table_column(table, "id");
	table_column(table, "price");
	table_name_unknown(table);
	table_name_unknown(table);
	table_close(table);
	assert_string_equal(
		fixture_said(&f),
		"products.csv:1:4: warning: unknown columns: 'prize' (did you mean 'price'?), "
		"'colour', 'title:de'; not used, unless content/columns.csv says what it is to us\n");
}

struct found {
	char text[100];
};

static void note_language(void *context, struct str language, int column)
{
	struct found *found = context;
	size_t len = strlen(found->text);
	snprintf(found->text + len, sizeof found->text - len, "%.*s=%d ", STR(language), column);
}

static void translations_are_found(void **state)
{
	(void)state;
	struct table *table =
		open_text("id,title,Title:de,title : zh-Hant,name:fr,title:,title:pt_BR,meta: x y\n"
			  "1,2,3,4,5,6,7,8\n");
	struct found found = { "" };
	table_translations(table, "title", note_language, &found);
	assert_string_equal(found.text, "de=2 zh-Hant=3 pt_BR=6 ");
	assert_int_equal(table_column(table, "title"), 1);
	assert_int_equal(table_column(table, "title:"), 5);
	assert_int_equal(table_column(table, "title:zh-hant"), 3);
	assert_int_equal(table_column(table, "title:fr"), -1);
	table_column(table, "id");
	table_name_unknown(table);
	table_close(table);
	assert_string_equal(fixture_said(&f), "products.csv:1:35: warning: unknown columns: "
					      "'name:fr', 'meta: x y'; not used, unless "
					      "content/columns.csv says what it is to us\n");
}

static void columns_csv_renames(void **state)
{
	(void)state;
	struct renaming renamings[] = {
		{ S("products"), S("Artikel Nr"), S("id"), { "content/columns.csv", 2, 1 } },
		{ S("Products.csv"), S("Preis"), S("price"), { "content/columns.csv", 3, 1 } },
		{ S("products"), S("Titel"), S("title:de"), { "content/columns.csv", 4, 1 } },
		{ S("products"), S("Farbe"), S("colour"), { "content/columns.csv", 5, 1 } },
		{ S("rates"), S("Preis"), S("per_kg"), { "content/columns.csv", 6, 1 } },
	};
	f.options.renamings = renamings;
	f.options.renaming_count = 5;
	struct table *table = open_text("ARTIKEL_NR,Preis,Titel\nA,2,Lampe\n");
	struct found found = { "" };
	assert_int_equal(table_column(table, "id"), 0);
	assert_int_equal(table_column(table, "price"), 1);
	assert_int_equal(table_column(table, "Preis"), -1);
	table_translations(table, "title", note_language, &found);
	assert_string_equal(found.text, "de=2 ");
	table_close(table);
	assert_string_equal(
		fixture_said(&f),
		"content/columns.csv:5:1: warning: products.csv has no column 'Farbe' to be "
		"renamed\n");
	fixture_forget(&f);
	table = open_text("Preis,price,Artikelnr,Titel,Farbe\n1,2,3,4,5\n");
	table_close(table);
	fixture_assert_said(
		&f, "products.csv:1:7: error: column 'price' means the same as 'Preis' at 1:1");
}

static void a_header_may_have_a_thousand_columns(void **state)
{
	(void)state;
	struct buf text = BUF_INIT;
	for (int i = 0; i < TABLE_COLUMNS_MAX; i++)
		buf_addf(&text, "%sc%d", i ? "," : "", i);
	buf_byte(&text, '\n');
	for (int i = 0; i < TABLE_COLUMNS_MAX; i++)
		buf_addf(&text, "%s%d", i ? "," : "", i);
	buf_byte(&text, '\n');
	fixture_write(&f, "t.csv", buf_str(&text));
	struct table *table = fixture_open(&f, "t.csv");
	struct row row;
	int last = table_column(table, "c999");
	assert_true(table_next(table, &f.arena, &row));
	assert_true(str_is(row_cell(&row, last)->text, "999"));
	table_close(table);
	fixture_assert_quiet(&f);
	buf_reset(&text);
	for (int i = 0; i <= TABLE_COLUMNS_MAX; i++)
		buf_addf(&text, "%sc%d", i ? "," : "", i);
	fixture_write(&f, "t.csv", buf_str(&text));
	table = fixture_open(&f, "t.csv");
	assert_false(table_next(table, &f.arena, &row));
	table_close(table);
	assert_string_equal(fixture_said(&f),
			    "t.csv:1:0: error: 1001 columns are more than the limit of 1000; leave "
			    "out those that are not needed\n");
	buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(names_are_matched_by_what_they_say, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(two_columns_of_one_meaning_are_an_error, fixture_setup,
						fixture_teardown),
		cmocka_unit_test_setup_teardown(a_cell_without_a_column_name_is_an_error, fixture_setup,
						fixture_teardown),
		cmocka_unit_test_setup_teardown(unknown_columns_are_named_once, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(translations_are_found, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(columns_csv_renames, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(a_header_may_have_a_thousand_columns, fixture_setup, fixture_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
