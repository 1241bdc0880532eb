/* SPDX-License-Identifier: MIT */
/* Rows as they stand in the file in, rows of our columns out; what does not fit is told. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "table/family.h"
#include "table/inside.h"

struct cursor {
	struct table *table;
	struct diag *diag;
	struct rows *rows;
	struct family *family; /* NULL where every row stands for itself */
	bool *told;            /* by column: a cell stands under no name */
	bool ended;
};

struct cursor *cursor_open(struct table *table, struct diag *diag)
{
	struct rows *rows = rows_open(&table->source, ROWS_STRICT, diag);
	if (!rows)
		return NULL;
	struct cursor *cursor = calloc(1, sizeof *cursor);
	bool *told = calloc(table->file_count + 1, sizeof *told);
	if (!cursor || !told)
		arena_exhausted();
	*cursor = (struct cursor){ .table = table, .diag = diag, .rows = rows, .told = told };
	if (export_has_families(&table->mapping))
		cursor->family = family_new(table, diag);
	struct raw_row header;
	cursor->ended = !rows_next(rows, &header);
	return cursor;
}

void cursor_close(struct cursor *cursor)
{
	if (!cursor)
		return;
	rows_close(cursor->rows);
	family_release(cursor->family);
	free(cursor->told);
	free(cursor);
}

void cursor_rewind(struct cursor *cursor)
{
	struct raw_row header;
	rows_rewind(cursor->rows);
	if (cursor->family)
		family_rewind(cursor->family);
	cursor->ended = !rows_next(cursor->rows, &header);
}

bool cursor_seek(struct cursor *cursor, int64_t offset, uint32_t line)
{
	if (offset < 0 || !table_seekable(cursor->table))
		return false;
	rows_seek(cursor->rows, offset, line);
	cursor->ended = false;
	return true;
}

bool cursor_slice(struct cursor *cursor, const struct slice *slice)
{
	if (!cursor_seek(cursor, slice->offset, slice->line))
		return false;
	rows_stop_at(cursor->rows, slice->end);
	return true;
}

/* False for a row that cannot be delivered, since its cells may stand under the wrong names. */
static bool fits(struct cursor *cursor, const struct raw_row *raw)
{
	const struct table *table = cursor->table;
	struct pos pos = { table->source.name, raw->line, 0 };
	if (raw->count < table->file_count)
		diag_error(cursor->diag, pos,
			   "the row has %zu cells where the header has %zu; add the missing ones, "
			   "empty if need be",
			   raw->count, table->file_count);
	if (raw->count <= table->file_count)
		return true;
	const struct raw_cell *first = &raw->cells[table->file_count];
	if (table->file_count < TABLE_COLUMNS_MAX)
		pos = (struct pos){ pos.file, first->line, first->column };
	char separator = table->source.separator;
	diag_error(cursor->diag, pos,
		   "the row has %zu cells where the header has %zu, from here on too many; a text "
		   "with a %s in it must be quoted",
		   raw->count, table->file_count,
		   separator == '\t' ? "tab" : (char[]){ '\'', separator, '\'', 0 });
	return false;
}

static void tell_unnamed(struct cursor *cursor, const struct raw_row *raw)
{
	const struct table *table = cursor->table;
	for (size_t i = 0; i < raw->count; i++) {
		if (table->columns[i].header.len || !raw->cells[i].len || cursor->told[i])
			continue;
		cursor->told[i] = true;
		diag_error(cursor->diag,
			   (struct pos){ table->source.name, raw->cells[i].line,
					 raw->cells[i].column },
			   "this cell stands in column %zu, which has no name; name it in line %u",
			   i + 1, table->header_pos.line);
	}
}

void row_fill(const struct table *table, const struct raw_row *raw, const struct str *keys,
	      struct arena *arena, struct row *row)
{
	char *text = arena_text(arena, raw->text_len);
	memcpy(text, raw->text, raw->text_len);
	row->cells = arena_array(arena, table->count, sizeof *row->cells);
	row->count = table->count;
	row->pos = (struct pos){ table->source.name, raw->line, 1 };
	row->hash = raw->hash;
	row->offset = raw->offset;
	for (size_t i = 0; i < table->file_count && i < raw->count; i++) {
		const struct raw_cell *cell = &raw->cells[i];
		row->cells[i].text = (struct str){ text + cell->from, cell->len };
		row->cells[i].pos = (struct pos){ table->source.name, cell->line, cell->column };
	}
	for (size_t i = raw->count; i < table->file_count; i++)
		row->cells[i] = (struct cell){ S(""), row->pos };
	export_make(&table->mapping, keys, arena, row, table->file_count);
}

/* A file that is not what it was when it was settled cannot be trusted, nor can its rows. */
static void check_unchanged(struct cursor *cursor)
{
	const struct table *table = cursor->table;
	struct file_stat now;
	if (file_look(table->source.path, &now) == 0 && now.size == table->stat.size &&
	    now.mtime_ns == table->stat.mtime_ns && now.inode == table->stat.inode)
		return;
	diag_error(cursor->diag, (struct pos){ table->source.name, 0, 0 },
		   "the file was changed while it was read; run again");
}

bool cursor_next(struct cursor *cursor, struct arena *arena, struct row *row)
{
	struct raw_row raw;
	if (cursor->ended)
		return false;
	while (rows_next(cursor->rows, &raw)) {
		if (!fits(cursor, &raw))
			continue;
		tell_unnamed(cursor, &raw);
		if (!cursor->family)
			row_fill(cursor->table, &raw, NULL, arena, row);
		else if (!family_takes(cursor->family, &raw, arena, row))
			continue;
		return true;
	}
	cursor->ended = true;
	check_unchanged(cursor);
	if (cursor->family && !rows_failed(cursor->rows))
		family_announce(cursor->family);
	return false;
}
