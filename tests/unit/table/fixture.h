/* SPDX-License-Identifier: MIT */
#ifndef TESTS_UNIT_TABLE_FIXTURE_H
#define TESTS_UNIT_TABLE_FIXTURE_H

/*
 * fixture - a shop folder for one test: files are written from bytes, a table is read as a
 * text that shows every cell with its place, and diagnostics are asked for by their text.
 *
 *	struct fixture f;
 *	fixture_start(&f);
 *	fixture_write(&f, "rates.csv", S("a,b\n1,2\n"));
 *	assert_string_equal(fixture_read(&f, "rates.csv"), "2:1=1|2:3=2|\n");
 *	fixture_end(&f);
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "table/feed.h"
#include "table/inside.h"
#include "table/table.h"

struct fixture {
	char folder[64];
	struct arena arena;
	struct diag *diag;
	struct table_options options;
	size_t piece; /* bytes read at once */
	struct buf shown;
};

static inline void fixture_start(struct fixture *f)
{
	memset(f, 0, sizeof *f);
	strcpy(f->folder, "/tmp/upfront-table-XXXXXX");
	assert_non_null(mkdtemp(f->folder));
	arena_init(&f->arena);
	f->diag = diag_new(f->folder);
	f->options.folder = f->folder;
	strcpy(f->options.country, "DE");
	f->piece = FEED_PIECE;
}

/* Forgets what was reported so far. */
static inline void fixture_forget(struct fixture *f)
{
	diag_free(f->diag);
	f->diag = diag_new(f->folder);
}

static inline void fixture_end(struct fixture *f)
{
	struct str *names;
	size_t count;
	assert_int_equal(file_list(&f->arena, f->folder, &names, &count), 0);
	int folder = folder_open_path(f->folder, false);
	for (size_t i = 0; i < count; i++)
		file_remove(folder, names[i].text);
	folder_close(folder);
	assert_int_equal(rmdir(f->folder), 0);
	diag_free(f->diag);
	arena_release(&f->arena);
	buf_release(&f->shown);
}

static inline void fixture_write(struct fixture *f, const char *name, struct str bytes)
{
	int folder = folder_open_path(f->folder, false);
	assert_int_equal(file_replace(folder, name, bytes), 0);
	folder_close(folder);
}

static inline struct table *fixture_open(struct fixture *f, const char *name)
{
	return table_open_in_pieces(&f->arena, name, &f->options, f->diag, f->piece);
}

/* All rows as `line:column=text|` for every cell of the file, a line feed behind each row. */
static inline const char *fixture_rows(struct fixture *f, struct table *table)
{
	struct row row;
	buf_reset(&f->shown);
	while (table_next(table, &f->arena, &row)) {
		for (size_t i = 0; i < row.count; i++)
			buf_addf(&f->shown, "%u:%u=%.*s|", row.cells[i].pos.line,
				 row.cells[i].pos.column, STR(row.cells[i].text));
		buf_byte(&f->shown, '\n');
	}
	buf_byte(&f->shown, 0);
	return f->shown.text;
}

static inline const char *fixture_read(struct fixture *f, const char *name)
{
	struct table *table = fixture_open(f, name);
	const char *shown = fixture_rows(f, table);
	table_close(table);
	return shown;
}

/* All rows, only the texts of the columns named, each with a bar behind it. */
static inline const char *fixture_columns(struct fixture *f, struct table *table,
					  const char *const *names, size_t count)
{
	struct row row;
	int columns[16] = { 0 };
	buf_reset(&f->shown);
	for (size_t i = 0; i < count; i++)
		columns[i] = table_column(table, names[i]);
	while (table_next(table, &f->arena, &row)) {
		for (size_t i = 0; i < count; i++)
			buf_addf(&f->shown, "%.*s|", STR(row_cell(&row, columns[i])->text));
		buf_byte(&f->shown, '\n');
	}
	buf_byte(&f->shown, 0);
	return f->shown.text;
}

/* All diagnostics as one text, as the seller sees them without the lines. */
static inline const char *fixture_said(struct fixture *f)
{
	static const char *const names[] = { "note", "warning", "error" };
	struct pos pos;
	enum severity severity;
	struct str text;
	buf_reset(&f->shown);
	for (size_t i = 0; diag_get(f->diag, i, &pos, &severity, &text); i++)
		buf_addf(&f->shown, "%s:%u:%u: %s: %.*s\n", pos.file ? pos.file : "", pos.line,
			 pos.column, names[severity], STR(text));
	buf_byte(&f->shown, 0);
	return f->shown.text;
}

/* Was something reported that contains this text? Shows what was, if not. */
static inline void fixture_assert_said(struct fixture *f, const char *text)
{
	const char *said = fixture_said(f);
	if (!strstr(said, text))
		fail_msg("not said: %s\nsaid: %s", text, said);
}

static inline void fixture_assert_quiet(struct fixture *f)
{
	assert_string_equal(fixture_said(f), "");
}

/* The one fixture of a test program, anew for each test. */
static struct fixture f;

static inline int fixture_setup(void **state)
{
	(void)state;
	fixture_start(&f);
	return 0;
}

static inline int fixture_teardown(void **state)
{
	(void)state;
	fixture_end(&f);
	return 0;
}

#endif
