/* SPDX-License-Identifier: MIT */
/* Files that are far too big or broken cost bounded memory, and are told with their place. */
#include "fixture.h"

#include <sys/resource.h>

/* Writes head, `count` times the body, tail. */
static void write_big(const char *head, const char *body, size_t count, const char *tail)
{
	struct buf text = BUF_INIT;
	buf_add(&text, str_of(head));
	for (size_t i = 0; i < count; i++)
		buf_add(&text, str_of(body));
	buf_add(&text, str_of(tail));
	fixture_write(&f, "t.csv", buf_str(&text));
	buf_release(&text);
}

/* Reads all rows and returns their count; no more than `most` bytes may be taken for them. */
static size_t count_rows(size_t most)
{
	struct arena arena;
	struct row row;
	size_t rows = 0;
	arena_init(&arena);
	struct table *table = fixture_open(&f, "t.csv");
	for (; table_next(table, &arena, &row); rows++) {
		assert_true(arena.taken <= most);
		arena_reset(&arena);
	}
	table_close(table);
	arena_release(&arena);
	return rows;
}

static void a_cell_may_have_one_megabyte(void **state)
{
	(void)state;
	write_big("a,b\n1,", "0123456789abcdef", TABLE_CELL_MAX / 16, "\n2,3\n");
	assert_int_equal(count_rows(2 * TABLE_CELL_MAX), 2);
	fixture_assert_quiet(&f);
	write_big("a,b\n1,2\n3,", "0123456789abcdef", TABLE_CELL_MAX / 16, "!\n2,3\n");
	assert_int_equal(count_rows(TABLE_CELL_MAX), 1);
	assert_string_equal(fixture_said(&f),
			    "t.csv:3:3: error: the cell that begins here is longer than 1 MB; its "
			    "text belongs into a file of its own\n");
}

static void an_unclosed_quote_in_a_big_file_is_found(void **state)
{
	(void)state;
	struct rusage before, after;
	write_big("a,b\n1,2\n3,\"four\n", "5,6\n", 8 * 1024 * 1024, "");
	getrusage(RUSAGE_SELF, &before);
	assert_int_equal(count_rows(TABLE_CELL_MAX), 1);
	getrusage(RUSAGE_SELF, &after);
	assert_string_equal(
		fixture_said(&f),
		"t.csv:3:3: error: the cell that begins here is longer than 1 MB; its closing "
		"quote is missing, or its text belongs into a file of its own\n");
	assert_true(after.ru_maxrss - before.ru_maxrss < 16 * 1024);
}

static void a_line_of_ten_megabytes_is_a_row(void **state)
{
	(void)state;
	struct buf text = BUF_INIT;
	for (int i = 0; i < 10; i++)
		buf_addf(&text, "%sc%d", i ? "," : "", i);
	buf_byte(&text, '\n');
	for (int i = 0; i < 10; i++) {
		if (i)
			buf_byte(&text, ',');
		memset(buf_grow(&text, TABLE_CELL_MAX), 'x', TABLE_CELL_MAX);
		text.len += TABLE_CELL_MAX;
	}
	buf_add(&text, S("\n,,,,,,,,,1\n"));
	fixture_write(&f, "t.csv", buf_str(&text));
	buf_release(&text);
	assert_int_equal(count_rows(12 * TABLE_CELL_MAX), 2);
	fixture_assert_quiet(&f);
}

static void a_row_has_its_limit(void **state)
{
	(void)state;
	struct buf text = BUF_INIT;
	for (int i = 0; i < 80; i++)
		buf_addf(&text, "%sc%d", i ? "," : "", i);
	buf_byte(&text, '\n');
	for (int i = 0; i < 80; i++) {
		if (i)
			buf_byte(&text, ',');
		memset(buf_grow(&text, TABLE_CELL_MAX), 'x', TABLE_CELL_MAX);
		text.len += TABLE_CELL_MAX;
	}
	fixture_write(&f, "t.csv", buf_str(&text));
	buf_release(&text);
	assert_int_equal(count_rows(TABLE_CELL_MAX), 0);
	fixture_assert_said(
		&f,
		"error: the row that reaches here is longer than 64 MB; is a line end missing?");
}

static void millions_of_empty_cells_take_no_memory(void **state)
{
	(void)state;
	struct rusage before, after;
	write_big("a,b\n1,2\n3,4", ",", 8 * 1024 * 1024, "\n5,6\n");
	getrusage(RUSAGE_SELF, &before);
	assert_int_equal(count_rows(TABLE_CELL_MAX), 2);
	getrusage(RUSAGE_SELF, &after);
	fixture_assert_said(&f,
			    "t.csv:3:5: error: the row has 8388610 cells where the header has 2");
	assert_true(after.ru_maxrss - before.ru_maxrss < 16 * 1024);
}

static void many_rows_take_the_memory_of_one(void **state)
{
	(void)state;
	write_big("a,b\n", "0123456789,\"0123456789\"\n", 200 * 1000, "");
	assert_int_equal(count_rows(64 * 1024), 200 * 1000);
	fixture_assert_quiet(&f);
}

static void a_file_that_changes_is_noticed(void **state)
{
	(void)state;
	struct row row;
	write_big("a,b\n", "1,2\n", 10, "");
	struct table *table = fixture_open(&f, "t.csv");
	assert_true(table_next(table, &f.arena, &row));
	write_big("a,b\n", "1,2\n", 11, "");
	while (table_next(table, &f.arena, &row))
		continue;
	table_close(table);
	assert_string_equal(
		fixture_said(&f),
		"t.csv:0:0: error: the file was changed while it was read; run again\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_cell_may_have_one_megabyte, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(an_unclosed_quote_in_a_big_file_is_found, fixture_setup,
						fixture_teardown),
		cmocka_unit_test_setup_teardown(a_line_of_ten_megabytes_is_a_row, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(a_row_has_its_limit, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(millions_of_empty_cells_take_no_memory, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(many_rows_take_the_memory_of_one, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(a_file_that_changes_is_noticed, fixture_setup, fixture_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
