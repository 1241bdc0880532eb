/* SPDX-License-Identifier: MIT */
/*
 * A path in, rows out. Opening is the first pass: the bytes are surveyed, the encoding and the
 * separator settled, the header read and an export recognised; then a cursor goes through.
 */
#include "table/table.h"

#include <errno.h>
#include <string.h>

#include "base/hash.h"
#include "table/encoding.h"
#include "table/feed.h"
#include "table/inside.h"
#include "table/separator.h"

/* False when there is nothing to read; what is wrong has been reported. */
static bool look(struct table *table, struct survey *survey)
{
	struct pos pos = { table->source.name, 0, 0 };
	if (survey_file(table->source.path, survey) < 0) {
		table->exists = errno != ENOENT;
		if (errno == EINVAL)
			diag_error(table->diag, pos, "is no regular file; put a CSV file there");
		else if (table->exists)
			diag_error(table->diag, pos, "cannot be read: %s", strerror(errno));
		return false;
	}
	table->exists = true;
	table->hash = survey->hash;
	table->has_slash = survey->slash;
	table->stat = survey->stat;
	return true;
}

static bool read_header(struct table *table)
{
	struct raw_row header;
	size_t before = diag_errors(table->diag);
	struct rows *rows = rows_open(&table->source, ROWS_STRICT, table->diag);
	bool there = rows && rows_next(rows, &header);
	bool fine = there && columns_read(table, &header);
	rows_close(rows);
	if (!there && diag_errors(table->diag) == before)
		diag_error(table->diag, (struct pos){ table->source.name, 0, 0 },
			   "the file is empty; its first line must name the columns");
	return fine;
}

/* Copies what the caller may not keep: the settings themselves live as long as the shop. */
static void describe(struct table *table, struct arena *arena, const char *path,
		     const struct table_options *options, size_t piece)
{
	struct str folder = str_of(options->folder);
	table->options = *options;
	table->source.name = str_copy(arena, str_of(path)).text;
	table->source.path = path[0] == '/' || !folder.len
				     ? table->source.name
				     : str_format(arena, "%.*s/%s", STR(folder), path).text;
	table->source.piece = piece;
	table->header_pos = (struct pos){ table->source.name, 1, 0 };
}

struct table *table_open_in_pieces(struct arena *arena, const char *path,
				   const struct table_options *options, struct diag *diag,
				   size_t piece)
{
	struct table *table = arena_new(arena, sizeof *table);
	struct survey survey;
	arena_init(&table->own);
	table->diag = diag;
	describe(table, arena, path, options, piece);
	if (!look(table, &survey) || !encoding_settle(&table->source, options, &survey, diag) ||
	    !separator_settle(&table->source, options, diag) || !read_header(table))
		return table;
	table->readable = true;
	export_recognise(table);
	columns_check_doubles(table);
	return table;
}

struct table *table_open(struct arena *arena, const char *path, const struct table_options *options,
			 struct diag *diag)
{
	return table_open_in_pieces(arena, path, options, diag, FEED_PIECE);
}

void table_close(struct table *table)
{
	cursor_close(table->cursor);
	table->cursor = NULL;
	table->readable = false;
	arena_release(&table->own);
}

bool table_exists(const struct table *table)
{
	return table->exists;
}

uint64_t table_hash(const struct table *table)
{
	return table->hash;
}

bool table_has_slash(const struct table *table)
{
	return table->has_slash;
}

uint64_t table_reading(const struct table *table)
{
	uint64_t hash = hash_str(str_of(table->source.converter), (unsigned char)table->source.separator);
	hash = hash_number((unsigned char)table->source.quote, hash);
	for (size_t i = 0; i < table->count; i++)
		hash = hash_str(table->columns[i].header, hash_number(i, hash));
	return hash_str(str_of(table_dialect(table)), hash);
}

const char *table_dialect(const struct table *table)
{
	return export_name(&table->mapping);
}

bool table_next(struct table *table, struct arena *arena, struct row *row)
{
	if (!table->readable)
		return false;
	if (!table->cursor && !(table->cursor = cursor_open(table, table->diag))) {
		table->readable = false;
		return false;
	}
	return cursor_next(table->cursor, arena, row);
}

void table_rewind(struct table *table)
{
	if (table->cursor)
		cursor_rewind(table->cursor);
}

bool table_seekable(const struct table *table)
{
	return table->readable && !table->source.converter[0] && !export_has_families(&table->mapping);
}

bool table_seek(struct table *table, int64_t offset, uint32_t line)
{
	if (!table->cursor && table->readable)
		table->cursor = cursor_open(table, table->diag);
	return table->cursor && cursor_seek(table->cursor, offset, line);
}

const struct cell *row_cell(const struct row *row, int column)
{
	static const struct cell nothing = { { "", 0 }, { NULL, 0, 0 } };
	if (column < 0 || (size_t)column >= row->count)
		return &nothing;
	return &row->cells[column];
}
