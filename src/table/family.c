/* SPDX-License-Identifier: MIT */
/* Rows as they stand in an export in, complete products out. */
#include "table/family.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

/* What a variant can have from another row. */
struct parent {
	struct cell *cells; /* as the table's columns; only those that are inherited have text */
	uint64_t hash;
	bool on_sale;
};

struct family {
	struct table *table;
	struct diag *diag;
	struct arena parent_memory;
	struct map parents; /* by SKU, and by `id:NUMBER` */
	struct arena group_memory;
	struct str group_keys[KEYS_MAX];
	struct parent *group; /* NULL before the first */
	size_t left_out;
	size_t dated_sales;
};

static bool is_inherited(const struct table *table, size_t i)
{
	if (i >= table->file_count)
		return table->mapping.made[i - table->file_count].inherited;
	return table->columns[i].asked && !table->columns[i].used;
}

static struct parent *remember(const struct table *table, struct arena *arena,
			       const struct row *row)
{
	struct parent *parent = arena_new(arena, sizeof *parent);
	parent->cells = arena_array(arena, row->count, sizeof *parent->cells);
	parent->hash = row->hash;
	parent->on_sale = true;
	for (size_t i = 0; i < row->count; i++)
		if (is_inherited(table, i) && row->cells[i].text.len)
			parent->cells[i] = (struct cell){ str_copy(arena, row->cells[i].text),
							  row->cells[i].pos };
	return parent;
}

static void inherit(const struct parent *parent, struct arena *arena, struct row *row)
{
	for (size_t i = 0; i < row->count; i++)
		if (!row->cells[i].text.len && parent->cells[i].text.len)
			row->cells[i] = (struct cell){ str_copy(arena, parent->cells[i].text),
						       parent->cells[i].pos };
	row->hash = hash_number(parent->hash, row->hash);
}

static void read_keys(const struct table *table, const struct raw_row *raw, struct str *keys)
{
	for (size_t i = 0; i < KEYS_MAX; i++) {
		int column = table->mapping.keys[i];
		bool there = column >= 0 && (size_t)column < raw->count;
		keys[i] = there ? (struct str){ raw->text + raw->cells[column].from,
						raw->cells[column].len }
				: S("");
	}
}

static void keep_parent(struct family *family, const struct row *row, const struct str *keys)
{
	struct arena *arena = &family->parent_memory;
	struct parent *parent = remember(family->table, arena, row);
	parent->on_sale = !str_is(keys[KEY_PUBLISHED], "0") && !str_is(keys[KEY_PUBLISHED], "-1");
	if (keys[KEY_SKU].len)
		*map_put(&family->parents, str_copy(arena, keys[KEY_SKU])) = parent;
	if (keys[KEY_ID].len)
		*map_put(&family->parents, str_format(arena, "id:%.*s", STR(keys[KEY_ID]))) =
			parent;
}

/* What is wrong in the file is told by the pass that delivers its rows. */
static void read_parents(struct family *family)
{
	struct table *table = family->table;
	struct diag *unheard = diag_new("");
	struct arena scratch;
	struct raw_row raw;
	arena_init(&scratch);
	struct rows *rows = rows_open(&table->source, ROWS_STRICT, unheard);
	bool header = rows && rows_next(rows, &raw);
	while (header && rows_next(rows, &raw)) {
		struct str keys[KEYS_MAX];
		struct row row;
		read_keys(table, &raw, keys);
		if (raw.count > table->file_count ||
		    export_judge(&table->mapping, keys, NULL) != ROW_PARENT)
			continue;
		row_fill(table, &raw, keys, &scratch, &row);
		keep_parent(family, &row, keys);
		arena_reset(&scratch);
	}
	rows_close(rows);
	arena_release(&scratch);
	diag_free(unheard);
}

struct family *family_new(struct table *table, struct diag *diag)
{
	struct family *family = calloc(1, sizeof *family);
	if (!family)
		arena_exhausted();
	family->table = table;
	family->diag = diag;
	arena_init(&family->parent_memory);
	arena_init(&family->group_memory);
	family->parents.arena = &family->parent_memory;
	if (export_names_parents(&table->mapping))
		read_parents(family);
	return family;
}

void family_release(struct family *family)
{
	if (!family)
		return;
	arena_release(&family->parent_memory);
	arena_release(&family->group_memory);
	free(family);
}

void family_rewind(struct family *family)
{
	family->group = NULL;
	family->left_out = family->dated_sales = 0;
}

static void open_group(struct family *family, const struct str *keys, const struct row *row)
{
	arena_reset(&family->group_memory);
	for (size_t i = 0; i < KEYS_MAX; i++)
		family->group_keys[i] = str_copy(&family->group_memory, keys[i]);
	family->group = remember(family->table, &family->group_memory, row);
}

/* A row that is left out may still open the group whose other variants are sold. */
static bool leave_out(struct family *family, const struct raw_row *raw, const struct str *keys)
{
	family->left_out++;
	if (family->group && str_equal(keys[KEY_GROUP], family->group_keys[KEY_GROUP]))
		return false;
	struct arena scratch;
	struct row row;
	arena_init(&scratch);
	row_fill(family->table, raw, keys, &scratch, &row);
	open_group(family, keys, &row);
	arena_release(&scratch);
	return false;
}

static const struct parent *find_parent(struct family *family, const struct raw_row *raw,
					struct str name)
{
	const struct parent *parent = map_find(&family->parents, name);
	if (parent)
		return parent;
	int column = family->table->mapping.keys[KEY_PARENT];
	struct pos pos = { family->table->source.name, raw->line, 0 };
	if (column >= 0 && (size_t)column < raw->count)
		pos = (struct pos){ pos.file, raw->cells[column].line, raw->cells[column].column };
	diag_error(family->diag, pos,
		   "the export has no variable product '%.*s' for this variation to inherit from; "
		   "export variable products too",
		   STR(name));
	return NULL;
}

bool family_takes(struct family *family, const struct raw_row *raw, struct arena *arena,
		  struct row *row)
{
	struct table *table = family->table;
	struct str keys[KEYS_MAX];
	read_keys(table, raw, keys);
	enum fate fate =
		export_judge(&table->mapping, keys, family->group ? family->group_keys : NULL);
	const struct parent *parent = NULL;
	if (fate == ROW_PART || fate == ROW_PARENT)
		return false;
	if (fate == ROW_CHILD)
		parent = find_parent(family, raw, keys[KEY_PARENT]);
	if (fate == ROW_LEFT_OUT || (parent && !parent->on_sale))
		return leave_out(family, raw, keys);
	row_fill(table, raw, keys, arena, row);
	family->dated_sales += export_has_dated_sale(&table->mapping, row);
	if (fate == ROW_STANDS)
		open_group(family, keys, row);
	if (fate == ROW_FOLLOWS)
		parent = family->group;
	if (parent)
		inherit(parent, arena, row);
	return true;
}

void family_announce(const struct family *family)
{
	struct pos pos = { family->table->source.name, 0, 0 };
	if (family->left_out)
		diag_note(family->diag, pos,
			  "%zu of the export's rows are left out: they are not on sale, or need no "
			  "shipping",
			  family->left_out);
	if (family->dated_sales)
		diag_note(family->diag, pos,
			  "%zu sale prices hold only for a time and are not used; the regular "
			  "price stands",
			  family->dated_sales);
}
