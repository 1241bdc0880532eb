/* SPDX-License-Identifier: MIT */
/*
 * A file that is cut and read in slices says what it says when one cursor reads it whole: the same rows at the
 * same places, the same faults in the same words.
 */
#include "fixture.h"

#include "table/slicer.h"

enum { FILES = 1000, PIECES = 60 };

static void show(struct buf *shown, const struct row *row)
{
	buf_addf(shown, "%u@%lld #%llx ", row->pos.line, (long long)row->offset,
		 (unsigned long long)row->hash);
	for (size_t i = 0; i < row->count; i++)
		buf_addf(shown, "%u:%u=%.*s|", row->cells[i].pos.line, row->cells[i].pos.column,
			 STR(row->cells[i].text));
	buf_byte(shown, '\n');
}

static void show_rest(struct buf *shown, struct cursor *cursor)
{
	struct row row;
	while (cursor_next(cursor, &f.arena, &row))
		show(shown, &row);
}

/* Rows, and what was said of them, read by one cursor; NULL when the table cannot be read. */
static bool read_whole(struct buf *shown)
{
	fixture_forget(&f);
	struct table *table = fixture_open(&f, "t.csv");
	struct cursor *cursor = table->readable ? cursor_open(table, f.diag) : NULL;
	if (cursor)
		show_rest(shown, cursor);
	cursor_close(cursor);
	table_close(table);
	buf_add(shown, str_of(fixture_said(&f)));
	return cursor;
}

/* The same in slices of `rows`; returns how many were cut. */
static size_t read_slices(struct buf *shown, size_t rows)
{
	size_t count = 0;
	struct slice slice;
	fixture_forget(&f);
	struct table *table = fixture_open(&f, "t.csv");
	struct slicer *slicer = slicer_open(table);
	struct cursor *cursor = cursor_open(table, f.diag);
	for (; slicer && slicer_next(slicer, rows, &slice); count++) {
		assert_true(slice.offset < slice.end);
		assert_true(cursor_slice(cursor, &slice));
		show_rest(shown, cursor);
	}
	if (slicer)
		assert_true(cursor_slice(cursor, &slice));
	show_rest(shown, cursor);
	slicer_close(slicer);
	cursor_close(cursor);
	table_close(table);
	buf_add(shown, str_of(fixture_said(&f)));
	return count;
}

static size_t same_in_slices(struct str bytes, size_t rows)
{
	struct buf whole = BUF_INIT, cut = BUF_INIT;
	size_t slices = 0;
	fixture_write(&f, "t.csv", bytes);
	if (read_whole(&whole)) {
		slices = read_slices(&cut, rows);
		if (!str_equal(buf_str(&whole), buf_str(&cut)))
			fail_msg("of\n%.*s\nwhole:\n%.*s\nin slices of %zu:\n%.*s", STR(bytes),
				 STR(buf_str(&whole)), rows, STR(buf_str(&cut)));
	}
	buf_release(&whole);
	buf_release(&cut);
	arena_reset(&f.arena);
	return slices;
}

static uint32_t draw(uint32_t *seed, uint32_t below)
{
	*seed = *seed * 1664525 + 1013904223;
	return (*seed >> 8) % below;
}

/* Cells as a spreadsheet writes them, with now and then something that no spreadsheet would. */
static void write_file(struct buf *bytes, uint32_t *seed)
{
	static const char *const cells[] = { "a", "\"b, c\"", "\"d \"\"e\"\"\"", "\"f\ng\"", "\"h\r\ni\"",
					     " j ", " \"k\" ", "\xc3\xa4", "", "\"\"" };
	static const char *const odd[] = { "\"", "\r", ",", "\n\n", "\"l\"m", "n\"o", "\t", "\"p\rq\"" };
	uint32_t rarely = draw(seed, 3) ? 1000 : 40;
	const char *line_end = draw(seed, 2) ? "\n" : "\r\n";
	for (int i = 0; i < PIECES; i++) {
		buf_add(bytes, str_of(cells[draw(seed, sizeof cells / sizeof *cells)]));
		if (!draw(seed, rarely))
			buf_add(bytes, str_of(odd[draw(seed, sizeof odd / sizeof *odd)]));
		buf_add(bytes, str_of(i % 2 ? line_end : ","));
	}
}

static void slices_are_the_whole(void **state)
{
	(void)state;
	uint32_t seed = 7;
	size_t slices = 0;
	for (int i = 0; i < FILES; i++) {
		struct buf bytes = BUF_INIT;
		buf_add(&bytes, S("x,y\n"));
		write_file(&bytes, &seed);
		f.piece = 1 + draw(&seed, 80);
		slices += same_in_slices(buf_str(&bytes), 1 + draw(&seed, 9));
		buf_release(&bytes);
	}
	f.piece = FEED_PIECE;
	assert_true(slices > FILES);
}

static void what_is_out_of_place_is_left_to_the_reader(void **state)
{
	(void)state;
	assert_int_equal(same_in_slices(S("a,b\n1,2\n3,4\n5,6\n"), 1), 3);
	assert_int_equal(same_in_slices(S("a,b\n1,2\n3,4\n5,6"), 1), 2);
	assert_int_equal(same_in_slices(S("a,b\n1,2\n3\",4\n5,6\n"), 1), 1);
	assert_int_equal(same_in_slices(S("a,b\n1,2\n\"3\"x,4\n5,6\n"), 1), 1);
	assert_int_equal(same_in_slices(S("a,b\n1,2\n\"3,4\n5,6\n"), 1), 1);
	assert_int_equal(same_in_slices(S("a,b\n1,2\n3,4\r5,6\n7,8\n"), 1), 1);
	assert_int_equal(same_in_slices(S("a,b\r\n1,2\r\n3,\"x\r\ny\"\r\n"), 1), 2);
}

static void some_tables_are_not_cut(void **state)
{
	(void)state;
	assert_int_equal(same_in_slices(S("a,\n1,2\n3,4\n"), 1), 0);
	assert_int_equal(same_in_slices(S("sep=;\na;b\n1;2\n"), 1), 0);
	assert_int_equal(same_in_slices(S("a,b\n\xe4,2\n"), 1), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(slices_are_the_whole, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(what_is_out_of_place_is_left_to_the_reader, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(some_tables_are_not_cut, fixture_setup, fixture_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
