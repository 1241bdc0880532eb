/* SPDX-License-Identifier: MIT */
/*
 * Lines that are cut without the parser say what the parser says of them. In pieces of one byte no line is ever
 * whole, so that the parser reads all of them: the same cells at the same places, the same faults in the same words.
 */
#include "fixture.h"

enum { FILES = 3000 };

static uint32_t draw(uint32_t *seed, uint32_t below)
{
	*seed = *seed * 1664525 + 1013904223;
	return (*seed >> 8) % below;
}

/* A cell as spreadsheets write them; now and then with something out of place. */
static void add_cell(struct buf *bytes, uint32_t *seed, uint32_t rarely)
{
	static const char *const cells[] = { "a", "2026-11-22", "31/12/2025", "", "\"\"", "\"b\"", "\"c,d\"", "\" e \"",
					     " f ", "\t", "\xc3\xa4", "\"\xc3\xa4 \xe7\x81\xaf\"", "\xc2\xa0g", "\"h;i\"" };
	static const char *const odd[] = { "\"", "\"\"", "\r", "\n", "\r\n", "\"j\"\"k\"", "\"l\nm\"", "\"n\r\no\"",
					   " \"p\" ", "\"q\"r", "s\"t", ",\",", "\"\"\"\"", "\",\"" };
	buf_add(bytes, str_of(cells[draw(seed, sizeof cells / sizeof *cells)]));
	if (!draw(seed, rarely))
		buf_add(bytes, str_of(odd[draw(seed, sizeof odd / sizeof *odd)]));
}

/* Rows with cells missing and cells too many among them; the last may end without its line end. */
static void write_file(struct buf *bytes, uint32_t *seed)
{
	char separator = ",;\t"[draw(seed, 3)];
	uint32_t rarely = draw(seed, 3) ? 1000 : 25;
	const char *line_end = draw(seed, 2) ? "\r\n" : draw(seed, 8) ? "\n" : "\r";
	buf_addf(bytes, "%sx%cy%cz%s", draw(seed, 4) ? "" : "\xef\xbb\xbf", separator, separator, line_end);
	for (int row = 0; row < 12; row++) {
		uint32_t cells = draw(seed, 30) ? 3 : draw(seed, 5);
		for (uint32_t i = 0; i < cells; i++) {
			add_cell(bytes, seed, rarely);
			if (i + 1 < cells)
				buf_byte(bytes, separator);
		}
		if (row < 11 || draw(seed, 2))
			buf_add(bytes, str_of(draw(seed, 40) ? line_end : "\n"));
	}
}

/* All that a reader sees of the file. */
static void show(struct buf *shown, size_t piece)
{
	struct row row;
	f.piece = piece;
	fixture_forget(&f);
	struct table *table = fixture_open(&f, "t.csv");
	while (table_next(table, &f.arena, &row)) {
		buf_addf(shown, "%u@%lld #%llx ", row.pos.line, (long long)row.offset,
			 (unsigned long long)row.hash);
		for (size_t i = 0; i < row.count; i++)
			buf_addf(shown, "%u:%u=%.*s|", row.cells[i].pos.line, row.cells[i].pos.column,
				 STR(row.cells[i].text));
		buf_byte(shown, '\n');
	}
	table_close(table);
	buf_add(shown, str_of(fixture_said(&f)));
}

/* True when rows were read. */
static bool same_as_the_parser(struct str bytes)
{
	struct buf quick = BUF_INIT, parsed = BUF_INIT;
	fixture_write(&f, "t.csv", bytes);
	show(&quick, FEED_PIECE);
	show(&parsed, 1);
	if (!str_equal(buf_str(&quick), buf_str(&parsed)))
		fail_msg("of\n%.*s\nquick:\n%.*s\nparsed:\n%.*s", STR(bytes), STR(buf_str(&quick)),
			 STR(buf_str(&parsed)));
	bool rows = str_index(buf_str(&quick), '|') < quick.len;
	buf_release(&quick);
	buf_release(&parsed);
	arena_reset(&f.arena);
	return rows;
}

static void cutting_is_parsing(void **state)
{
	(void)state;
	uint32_t seed = 20261122;
	int read = 0;
	for (int i = 0; i < FILES; i++) {
		struct buf bytes = BUF_INIT;
		write_file(&bytes, &seed);
		read += same_as_the_parser(buf_str(&bytes));
		buf_release(&bytes);
	}
	f.piece = FEED_PIECE;
	assert_true(read > FILES / 2);
}

static void what_stands_next_to_quotes(void **state)
{
	(void)state;
	same_as_the_parser(S("a,b\r\n\"1\",\"2\"\r\n"));
	same_as_the_parser(S("a,b\n\"1,\"2\",\"3\"\n\"4\",5\n"));
	same_as_the_parser(S("a,b\n\"1\" ,2\n\"3\",4\n"));
	same_as_the_parser(S("a,b\n\"1\",2\r3,4\r\n\r\n\n5,6\n"));
	same_as_the_parser(S("a,b\r\n,\r\n\"\",\r\n7,\r\n"));
	same_as_the_parser(S("sep=;\r\na;b\r\n\"1;\";2\r\n"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(cutting_is_parsing, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(what_stands_next_to_quotes, fixture_setup, fixture_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
