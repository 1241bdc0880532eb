/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as products.csv: no crash, no leak, every cell whole UTF-8 with a place, and the
 * same rows and complaints however the bytes are cut into pieces.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "table/feed.h"
#include "table/inside.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char folder[] = "/tmp/upfront-fuzz-XXXXXX";

static void remove_folder(void)
{
	int open = folder_open_path(folder, false);
	file_remove(open, "products.csv");
	folder_close(open);
	rmdir(folder);
}

static void write_input(struct str bytes)
{
	static bool made;
	if (!made && mkdtemp(folder))
		atexit(remove_folder);
	made = true;
	int open = folder_open_path(folder, false);
	assert(open >= 0 && file_replace(open, "products.csv", bytes) == 0);
	folder_close(open);
}

static uint64_t hash_cell(const struct cell *cell, uint64_t hash)
{
	assert(str_is_utf8(cell->text));
	assert(!cell->text.len || !memchr(cell->text.text, 0, cell->text.len));
	assert(cell->text.len <= TABLE_CELL_MAX);
	assert(str_equal(cell->text, str_trim(cell->text)));
	assert(cell->pos.file && cell->pos.line >= 1 && cell->pos.column >= 1);
	hash = hash_number((uint64_t)cell->pos.line << 32 | cell->pos.column, hash);
	return hash_str(cell->text, hash);
}

static uint64_t hash_said(struct diag *diag, uint64_t hash)
{
	struct pos pos;
	enum severity severity;
	struct str text;
	for (size_t i = 0; diag_get(diag, i, &pos, &severity, &text); i++) {
		assert(str_is_utf8(text));
		hash = hash_number((uint64_t)pos.line << 32 | pos.column, hash_str(text, hash));
	}
	return hash;
}

static void no_language(void *context, struct str language, int column)
{
	(void)context;
	assert(language.len >= 2 && column >= 0);
}

/* A hash of all that a reader of the table can see. */
static uint64_t read_input(const char *country, size_t piece)
{
	struct arena arena, rows;
	struct diag *diag = diag_new(folder);
	struct table_options options = { .folder = folder };
	struct row row;
	uint64_t hash = 0;
	strcpy(options.country, country);
	arena_init(&arena);
	arena_init(&rows);
	struct table *table = table_open_in_pieces(&arena, "products.csv", &options, diag, piece);
	int columns[] = { table_column(table, "price"), table_column(table, "shipping_weight") };
	table_column(table, "id");
	table_translations(table, "title", no_language, NULL);
	hash = hash_number((uint64_t)table_decimal(table, columns, 2), hash);
	table_name_unknown(table);
	while (table_next(table, &rows, &row)) {
		hash = hash_number(row.hash, hash_number((uint64_t)row.offset, hash));
		for (size_t i = 0; i < row.count; i++)
			hash = hash_cell(&row.cells[i], hash);
		arena_reset(&rows);
	}
	hash = hash_said(diag, hash);
	table_close(table);
	arena_release(&arena);
	arena_release(&rows);
	diag_free(diag);
	return hash;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const countries[] = { "DE", "CN", "JP", "RU" };
	const char *country = countries[size % 4];
	write_input((struct str){ (const char *)data, size });
	uint64_t whole = read_input(country, FEED_PIECE);
	assert(read_input(country, 1) == whole);
	assert(read_input(country, 7) == whole);
	return 0;
}
