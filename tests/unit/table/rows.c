/* SPDX-License-Identifier: MIT */
/* Cells and their places: quotes, line ends, blank rows, and everything that is wrong with rows. */
#include "fixture.h"

static const char *read_text(struct str bytes)
{
	fixture_write(&f, "t.csv", bytes);
	fixture_forget(&f);
	return fixture_read(&f, "t.csv");
}

static void cells_know_their_place(void **state)
{
	(void)state;
	assert_string_equal(read_text(S("a,b,c\n1,two,3\n  4 , \"5, five\" ,6\n")),
			    "2:1=1|2:3=two|2:7=3|\n3:3=4|3:8=5, five|3:18=6|\n");
	fixture_assert_quiet(&f);
}

static void columns_count_characters_not_bytes(void **state)
{
	(void)state;
	assert_string_equal(read_text(S("a,b,c\nä灯😀,x,y\n\"灯\",\"ü\",z\n")),
			    "2:1=ä灯😀|2:5=x|2:7=y|\n3:2=灯|3:6=ü|3:9=z|\n");
	fixture_assert_quiet(&f);
}

static void a_cell_may_have_several_lines(void **state)
{
	(void)state;
	assert_string_equal(read_text(S("a,b,c\n1,\"x\r\ny\rz\",3\n4,5,6\n")),
			    "2:1=1|2:4=x\ny\nz|4:4=3|\n5:1=4|5:3=5|5:5=6|\n");
	assert_string_equal(read_text(S("a,b\n\"say \"\"hi\"\"\",2\n")),
			    "2:2=say \"hi\"|2:14=2|\n");
	fixture_assert_quiet(&f);
}

static void any_line_end_gives_the_same_rows(void **state)
{
	(void)state;
	static const char same[] = "2:1=1|2:3=2|\n3:1=3|3:4=x\ny|\n5:1=5|5:3=|\n";
	assert_string_equal(read_text(S("a,b\n1,2\n3,\"x\ny\"\n5,\n")), same);
	assert_string_equal(read_text(S("a,b\r\n1,2\r\n3,\"x\r\ny\"\r\n5,\r\n")), same);
	assert_string_equal(read_text(S("a,b\r1,2\r3,\"x\ry\"\r5,\r")), same);
	assert_string_equal(read_text(S("a,b\n1,2\r3,\"x\r\ny\"\r\n5,")), same);
	fixture_assert_quiet(&f);
}

static void empty_rows_are_passed_over(void **state)
{
	(void)state;
	assert_string_equal(read_text(S("\n ,\n\na,b\n\n  \n,\n1,2\n,,\n\n\r\n")),
			    "8:1=1|8:3=2|\n");
	fixture_assert_quiet(&f);
}

static void odd_spaces_are_trimmed(void **state)
{
	(void)state;
	assert_string_equal(read_text(S("a,b\n\xC2\xA0x\xC2\xA0,\"  y \"\n")), "2:2=x|2:8=y|\n");
	fixture_assert_quiet(&f);
}

static void a_byte_order_mark_is_no_text(void **state)
{
	(void)state;
	assert_string_equal(read_text(S("\xEF\xBB\xBF\"a\",b\n1,2\n")), "2:1=1|2:3=2|\n");
	fixture_assert_quiet(&f);
	struct table *table = fixture_open(&f, "t.csv");
	assert_int_equal(table_column(table, "a"), 0);
	table_close(table);
}

static void the_sep_line_is_obeyed(void **state)
{
	(void)state;
	assert_string_equal(read_text(S("sep=;\r\na;b\r\n1;2,5\r\n")), "3:1=1|3:3=2,5|\n");
	assert_string_equal(read_text(S("\"sep=|\"\na|b\n1|2,5\n")), "3:1=1|3:3=2,5|\n");
	assert_string_equal(read_text(S("\xEF\xBB\xBFSEP=\t\na\tb\n1\t\t\n")), "");
	fixture_assert_said(&f, "t.csv:3:4: error: the row has 3 cells where the header has 2, "
				"from here on too many");
	fixture_assert_said(&f, "a text with a tab in it must be quoted");
}

static void a_row_must_fit_the_header(void **state)
{
	(void)state;
	assert_string_equal(read_text(S("a,b,c\n1,2,3\n1,2\n1,2,3,4\n5,6,7\n")),
			    "2:1=1|2:3=2|2:5=3|\n3:1=1|3:3=2|3:1=|\n5:1=5|5:3=6|5:5=7|\n");
	assert_int_equal(diag_errors(f.diag), 2);
	fixture_assert_said(&f, "t.csv:3:0: error: the row has 2 cells where the header has 3");
	fixture_assert_said(
		&f,
		"t.csv:4:7: error: the row has 4 cells where the header has 3, from here on too "
		"many; a text with a ',' in it must be quoted");
}

static void a_row_after_a_long_cell_keeps_its_line(void **state)
{
	(void)state;
	read_text(S("a,b\n\"1\n2\n3\n\",x\n\n1,2,3\n"));
	fixture_assert_said(&f, "t.csv:7:5: error: the row has 3 cells");
}

static void an_inch_mark_costs_its_row_only(void **state)
{
	(void)state;
	assert_string_equal(read_text(S("a,b\nlamp,5\" screen\n1,2\n")), "3:1=1|3:3=2|\n");
	fixture_assert_said(&f,
			    "t.csv:2:7: error: a '\"' inside a cell that does not begin with one");
	fixture_assert_said(&f, "\"5\"\" screen\"");
	assert_int_equal(diag_errors(f.diag), 1);
}

static void text_behind_a_closing_quote_is_named(void **state)
{
	(void)state;
	assert_string_equal(read_text(S("a,b\n\"5\" screen\",x\n1,2\n")), "3:1=1|3:3=2|\n");
	fixture_assert_said(&f, "t.csv:2:5: error: 's' stands behind the closing quote of a cell");
	assert_string_equal(read_text(S("a,b\n1,\"open\n2,\"shut\"\n3,4\n")), "4:1=3|4:3=4|\n");
	fixture_assert_said(
		&f, "t.csv:3:4: error: the quoted cell that began in line 2 ends before this");
}

static void an_unclosed_quote_is_told_where_it_opened(void **state)
{
	(void)state;
	assert_string_equal(read_text(S("a,b\n1,2\n3, \"four\n5,6\n")), "2:1=1|2:3=2|\n");
	fixture_assert_said(&f, "t.csv:3:4: error: the quote that opens this cell is never closed");
	assert_string_equal(read_text(S("\"a,b\n1,2\n")), "");
	fixture_assert_said(&f, "t.csv:1:1: error: the quote that opens this cell is never closed");
}

static void a_file_without_header_says_so(void **state)
{
	(void)state;
	static const char said[] =
		"t.csv:0:0: error: the file is empty; its first line must name the columns\n";
	assert_string_equal(read_text(S("")), "");
	assert_string_equal(fixture_said(&f), said);
	assert_string_equal(read_text(S("\xEF\xBB\xBF\r\n\r\n , ,\n")), "");
	assert_string_equal(fixture_said(&f), said);
}

static void an_absent_file_is_an_empty_table(void **state)
{
	(void)state;
	struct table *table = fixture_open(&f, "none.csv");
	struct row row;
	assert_false(table_exists(table));
	assert_int_equal(table_column(table, "a"), -1);
	assert_int_equal(table_decimal(table, NULL, 0), '.');
	assert_false(table_next(table, &f.arena, &row));
	table_rewind(table);
	table_name_unknown(table);
	table_close(table);
	fixture_assert_quiet(&f);
}

static void a_folder_is_no_table(void **state)
{
	(void)state;
	struct table *table = fixture_open(&f, ".");
	assert_true(table_exists(table));
	table_close(table);
	fixture_assert_said(&f, "error: is no regular file; put a CSV file there");
}

static void nul_bytes_are_refused(void **state)
{
	(void)state;
	assert_string_equal(read_text(S("a,b\n1,\0\n")), "");
	fixture_assert_said(&f, "t.csv:2:3: error: has NUL bytes, which no text has");
	assert_string_equal(read_text(S("a\0,\0b\0\n\0")), "");
	fixture_assert_said(&f, "t.csv:1:2: error: has NUL bytes and looks like UTF-16LE without a "
				"byte order mark");
}

static void rows_can_be_read_again(void **state)
{
	(void)state;
	fixture_write(&f, "t.csv", S("a,b\n1,2\n3,\"4\n5\"\n"));
	struct table *table = fixture_open(&f, "t.csv");
	struct row row;
	assert_true(table_next(table, &f.arena, &row));
	uint64_t first = row.hash;
	table_rewind(table);
	assert_string_equal(fixture_rows(&f, table), "2:1=1|2:3=2|\n3:1=3|3:4=4\n5|\n");
	table_rewind(table);
	assert_true(table_next(table, &f.arena, &row));
	assert_true(row.hash == first);
	table_close(table);
}

static void rows_tell_their_offset_and_hash(void **state)
{
	(void)state;
	fixture_write(&f, "t.csv",
		      S("\xEF\xBB\xBF"
			"a,b\r\n\r\n  1,ü\r\n\"3\n\",4\r\n1,ü\n"));
	struct table *table = fixture_open(&f, "t.csv");
	struct row rows[3];
	for (int i = 0; i < 3; i++)
		assert_true(table_next(table, &f.arena, &rows[i]));
	assert_int_equal(rows[0].offset, 10);
	assert_int_equal(rows[1].offset, 18);
	assert_int_equal(rows[2].offset, 26);
	assert_int_equal(rows[2].pos.line, 6);
	assert_true(rows[0].hash == rows[2].hash); /* spaces around cells are no change */
	assert_true(rows[0].hash != rows[1].hash);
	/* earlier rows stay what they were */
	assert_true(str_is(rows[0].cells[1].text, "ü"));
	assert_true(str_is(row_cell(&rows[1], 0)->text, "3"));
	assert_int_equal(row_cell(&rows[1], -1)->text.len, 0);
	table_close(table);
}

/* Reads with every size of piece and expects the same cells, places and diagnostics. */
static void sweep(struct str bytes, const char *name)
{
	fixture_write(&f, name, bytes);
	f.piece = FEED_PIECE;
	fixture_forget(&f);
	char *rows = strdup(fixture_read(&f, name)), *said = strdup(fixture_said(&f));
	for (f.piece = 1; f.piece <= bytes.len; f.piece++) {
		fixture_forget(&f);
		assert_string_equal(fixture_read(&f, name), rows);
		assert_string_equal(fixture_said(&f), said);
	}
	f.piece = FEED_PIECE;
	free(rows);
	free(said);
}

static void the_size_of_pieces_does_not_matter(void **state)
{
	(void)state;
	sweep(S("\xEF\xBB\xBF"
		"sep=;\r\n a ; \"b\" ;c\r\n\r\n  ä灯😀 ; \"q\"\"q\r\n\r\nr\" "
		";\r\n\"\";x;\xC2\xA0y\r1;2;3;4\n"),
	      "t.csv");
	sweep(S("a,b\n1,5\" x\n2,\"a\" \"b\"\n3,\"ok\"\n4,\"never\n"), "t.csv");
	sweep(S("a,b\n1,\xFF\n"), "t.csv");
	sweep(S("\xFF\xFE"
		"a\0,\0b\0\r\0\n\0\x6F\x70,\0\x3D\xD8\x00\xDE\n\0"),
	      "t.csv");
	sweep(S("Handle,Body (HTML),Variant SKU,Title,Variant Price,Variant Grams,Image Src\n"
		"l,,A,Lamp,1,20,i\nl,,B,,2,30,\nl,,,,,,j\n"),
	      "products.csv");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(cells_know_their_place, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(columns_count_characters_not_bytes, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(a_cell_may_have_several_lines, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(any_line_end_gives_the_same_rows, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(empty_rows_are_passed_over, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(odd_spaces_are_trimmed, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(a_byte_order_mark_is_no_text, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(the_sep_line_is_obeyed, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(a_row_must_fit_the_header, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(a_row_after_a_long_cell_keeps_its_line, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(an_inch_mark_costs_its_row_only, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(text_behind_a_closing_quote_is_named, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(an_unclosed_quote_is_told_where_it_opened, fixture_setup,
						fixture_teardown),
		cmocka_unit_test_setup_teardown(a_file_without_header_says_so, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(an_absent_file_is_an_empty_table, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(a_folder_is_no_table, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(nul_bytes_are_refused, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(rows_can_be_read_again, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(rows_tell_their_offset_and_hash, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(the_size_of_pieces_does_not_matter, fixture_setup, fixture_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
