/* SPDX-License-Identifier: MIT */
/*
 * In: ledger.csv, by us or from somebody's spreadsheet. Out: the same file with some rows new.
 * The one idea: as long as the file has our own header, a row that did not change is copied as
 * it is, bytes and all, and so is whatever stands between rows that could be read.
 */
#include "publish/ledger.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/map.h"
#include "publish/ledger_rows.h"
#include "shop/date.h"
#include "table/table.h"
#include "table/write.h"

#define LEDGER_MAX ((size_t)1 << 30)
#define HEADER "id,marketplace,site,language,field,listing,pasted,text,values\n"

enum { COLUMNS = 9, COLUMN_LISTING = 5, COLUMN_PASTED, COLUMN_TEXT, COLUMN_VALUES };
static const char *const column_names[COLUMNS] = { "id",      "marketplace", "site",
						   "language", "field",	     "listing",
						   "pasted",   "text",	     "values" };

struct ledger {
	struct arena arena;
	struct str path;
	struct ledger_row *rows; /* grown by hand: an arena would keep every older copy */
	size_t count, room;
	uint32_t *table; /* open addressing by key: index plus 1; made when all is read */
	size_t table_room;
	uint64_t hash;
	bool plain;  /* the file begins with our own header, or there is none */
	bool broken; /* some rows could not be read */
};

static void index_row(struct ledger *ledger, uint32_t index)
{
	struct ledger_row *rows = ledger->rows;
	size_t at = rows[index].key & (ledger->table_room - 1);
	while (ledger->table[at] && rows[ledger->table[at] - 1].key != rows[index].key)
		at = (at + 1) & (ledger->table_room - 1);
	if (!ledger->table[at] || rows[ledger->table[at] - 1].pasted <= rows[index].pasted)
		ledger->table[at] = index + 1;
}

/* The table is made for all rows at once: most of them come from the file. */
static void index_rows(struct ledger *ledger)
{
	free(ledger->table);
	ledger->table_room = 16;
	while (ledger->table_room < ledger->room * 2)
		ledger->table_room *= 2;
	ledger->table = calloc(ledger->table_room, sizeof *ledger->table);
	if (!ledger->table)
		arena_exhausted();
	for (size_t i = 0; i < ledger->count; i++)
		index_row(ledger, (uint32_t)i);
}

static struct ledger_row *add_row(struct ledger *ledger, struct ledger_row row)
{
	if (ledger->count == ledger->room) {
		ledger->room = ledger->room ? ledger->room * 2 : 256;
		ledger->rows = realloc(ledger->rows, ledger->room * sizeof *ledger->rows);
		if (!ledger->rows)
			arena_exhausted();
		if (ledger->table)
			index_rows(ledger);
	}
	ledger->rows[ledger->count] = row;
	if (ledger->table)
		index_row(ledger, (uint32_t)ledger->count);
	return &ledger->rows[ledger->count++];
}

bool ledger_read_hash(struct str s, uint64_t *hash)
{
	*hash = 0;
	if (str_is(s, "0"))
		return true;
	if (s.len != 17 || s.text[0] != 'x')
		return false;
	for (size_t i = 1; i < s.len; i++) {
		char c = s.text[i];
		int digit = c >= '0' && c <= '9' ? c - '0' :
			    c >= 'a' && c <= 'f' ? c - 'a' + 10 :
						   -1;
		if (digit < 0)
			return false;
		*hash = *hash << 4 | (uint64_t)digit;
	}
	return true;
}

static bool read_values(struct str cell, struct ledger_row *row)
{
	struct str word;
	uint64_t *const sets[] = { &row->shared, &row->own };
	for (size_t i = 0; str_next_word(&cell, &word); i++)
		if (i >= 2 || !ledger_read_hash(word, sets[i]))
			return false;
	return true;
}

/* 1.1E+11: what a spreadsheet makes of a long number. */
static bool is_damaged(struct str s)
{
	size_t e = str_index(s, 'E');
	if (e == 0 || e == s.len || str_sub(s, e + 1, 1).len == 0 || s.text[e + 1] != '+')
		return false;
	for (size_t i = 0; i < e; i++)
		if ((s.text[i] < '0' || s.text[i] > '9') && s.text[i] != '.' && s.text[i] != ',')
			return false;
	return true;
}

/* A day as we write it, or as a spreadsheet shows it: 22.11.2026, and 11/22/2026 where it can be read in one way only. */
static bool read_day(struct str s, int32_t *day)
{
	int64_t parts[3];
	char mark = str_index(s, '.') < s.len ? '.' : '/';
	struct str rest = s;
	if (date_parse(s, day))
		return true;
	for (size_t i = 0; i < 3; i++) {
		size_t len = str_index(rest, mark);
		if (!str_number(str_sub(rest, 0, len), &parts[i]) || parts[i] > 9999 ||
		    (len == rest.len) != (i == 2))
			return false;
		rest = str_sub(rest, len + 1, rest.len);
	}
	if (mark == '/' && parts[0] <= 12 && parts[1] <= 12 && parts[0] != parts[1])
		return false;
	bool day_first = mark == '.' || parts[0] > 12;
	return date_of((int)parts[2], (int)parts[day_first], (int)parts[!day_first], day);
}

/* What is wrong with the row, at which cell; NULL: nothing. */
static const char *fill_row(const struct row *from, const int *columns, struct ledger_row *row,
			    struct shelf_name *name, int *where)
{
	struct str *const parts[] = { &name->id,       &name->marketplace, &name->site,
				      &name->language, &name->field,	   &name->listing };
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		*parts[i] = row_cell(from, columns[i])->text;
	*where = COLUMN_PASTED;
	if (!read_day(row_cell(from, columns[COLUMN_PASTED])->text, &row->pasted))
		return "is no day; write it as 2026-11-22";
	*where = COLUMN_TEXT;
	if (!ledger_read_hash(row_cell(from, columns[COLUMN_TEXT])->text, &row->text))
		return "is no text's number: x and 16 digits, or 0 for a text that was taken out";
	*where = COLUMN_VALUES;
	if (!read_values(row_cell(from, columns[COLUMN_VALUES])->text, row))
		return "are no numbers of values; the cell may be empty";
	*where = COLUMN_LISTING;
	if (is_damaged(name->listing))
		return "was a number before a spreadsheet shortened it; format the column as text";
	*where = 1;
	if (!name->marketplace.len)
		return "names no marketplace";
	return NULL;
}

static const struct shelf_name *keep_name(struct arena *arena, const struct shelf_name *name)
{
	struct shelf_name *kept = arena_new(arena, sizeof *kept);
	*kept = *name;
	struct str *const parts[] = { &kept->id,       &kept->marketplace, &kept->site,
				      &kept->language, &kept->field,	   &kept->listing };
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		*parts[i] = str_copy(arena, *parts[i]);
	return kept;
}

static void read_rows(struct ledger *ledger, struct table *table, struct diag *diag)
{
	struct arena scratch;
	struct row from;
	int columns[COLUMNS], where;
	arena_init(&scratch);
	for (int i = 0; i < COLUMNS; i++) {
		columns[i] = table_column(table, column_names[i]);
		if (columns[i] < 0 && i != 2 && i != COLUMN_VALUES) {
			diag_error(diag, table_header_pos(table, -1), "the column '%s' is missing",
				   column_names[i]);
			ledger->broken = true;
		}
	}
	while (!ledger->broken && table_next(table, &scratch, &from)) {
		struct ledger_row row = { .line = from.pos.line, .offset = from.offset };
		struct shelf_name name;
		const char *wrong = fill_row(&from, columns, &row, &name, &where);
		if (wrong) {
			const struct cell *cell = row_cell(&from, columns[where]);
			diag_warning(diag, cell->pos, "'%.*s' %s; the row is kept, but counts for nothing",
				     STR(cell->text), wrong);
			ledger->broken = true;
		} else {
			row.key = shelf_key(&name);
			row.name = ledger->plain ? NULL : keep_name(&ledger->arena, &name);
			add_row(ledger, row);
		}
		arena_reset(&scratch);
		ledger->broken = ledger->broken && !ledger->plain;
	}
	arena_release(&scratch);
}

static void add_scanned(void *context, const struct ledger_row *row)
{
	add_row(context, *row);
}

/* Reads a file that is of our own making to the last row. */
static bool read_own(struct ledger *ledger)
{
	struct buf bytes = BUF_INIT;
	if (file_read(ledger->path.text, LEDGER_MAX, &bytes) < 0) {
		ledger->plain = errno == ENOENT;
		return ledger->plain;
	}
	struct str file = buf_str(&bytes);
	size_t header = sizeof HEADER - 2;
	char end = header < file.len ? file.text[header] : '\n';
	ledger->plain = str_equal(str_sub(file, 0, header), str_sub(S(HEADER), 0, header)) &&
			(end == '\n' || end == '\r');
	bool own = ledger->plain && end == '\n' && ledger_rows_scan(file, add_scanned, ledger);
	if (own)
		ledger->hash = hash_str(file, header);
	else
		ledger->count = 0;
	buf_release(&bytes);
	return own;
}

struct ledger *ledger_read(const char *memory, struct diag *diag)
{
	struct ledger *ledger = calloc(1, sizeof *ledger);
	struct table_options options = { .folder = memory };
	if (!ledger)
		arena_exhausted();
	arena_init(&ledger->arena);
	ledger->path = str_format(&ledger->arena, "%s/ledger.csv", memory);
	if (!read_own(ledger)) {
		size_t before = diag_errors(diag);
		struct table *table = table_open(&ledger->arena, "ledger.csv", &options, diag);
		if (table_exists(table)) {
			ledger->hash = table_hash(table);
			read_rows(ledger, table, diag);
		}
		table_close(table);
		ledger->broken = ledger->broken || (diag_errors(diag) > before && !ledger->plain);
	}
	index_rows(ledger);
	return ledger;
}

void ledger_free(struct ledger *ledger)
{
	if (!ledger)
		return;
	free(ledger->rows);
	free(ledger->table);
	arena_release(&ledger->arena);
	free(ledger);
}

size_t ledger_count(const struct ledger *ledger)
{
	return ledger->count;
}

const struct ledger_row *ledger_row(const struct ledger *ledger, size_t index)
{
	return &ledger->rows[index];
}

uint64_t ledger_hash(const struct ledger *ledger)
{
	return ledger->hash;
}

static struct ledger_row *find_row(const struct ledger *ledger, uint64_t key)
{
	if (!ledger->count)
		return NULL;
	for (size_t at = key & (ledger->table_room - 1); ledger->table[at];
	     at = (at + 1) & (ledger->table_room - 1))
		if (ledger->rows[ledger->table[at] - 1].key == key)
			return &ledger->rows[ledger->table[at] - 1];
	return NULL;
}

const struct ledger_row *ledger_find(const struct ledger *ledger, uint64_t key)
{
	return find_row(ledger, key);
}

void ledger_tick(struct ledger *ledger, const struct shelf_name *name, int32_t date, uint64_t text,
		 uint64_t shared, uint64_t own)
{
	struct ledger_row row = { .key = shelf_key(name) };
	struct ledger_row *old = find_row(ledger, row.key);
	if (!old)
		old = add_row(ledger, row);
	if (old->line && old->pasted == date && old->text == text && old->shared == shared &&
	    old->own == own)
		return;
	old->name = keep_name(&ledger->arena, name);
	old->pasted = date;
	old->text = text;
	old->shared = shared;
	old->own = own;
	old->changed = true;
}

static void write_hash(struct buf *out, uint64_t hash)
{
	if (hash)
		buf_addf(out, "x%016llx", (unsigned long long)hash);
	else
		buf_byte(out, '0');
}

static void write_row(struct buf *out, const struct ledger_row *row)
{
	const struct shelf_name *name = row->name;
	const struct str parts[] = { name->id,	     name->marketplace, name->site,
				     name->language, name->field,	name->listing };
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		write_cell(out, parts[i]);
		buf_byte(out, ',');
	}
	date_add(out, row->pasted);
	buf_byte(out, ',');
	write_hash(out, row->text);
	buf_byte(out, ',');
	if (row->shared || row->own)
		write_hash(out, row->shared);
	if (row->own) {
		buf_byte(out, ' ');
		write_hash(out, row->own);
	}
	buf_byte(out, '\n');
}

/* Where the row that begins at `from` ends, behind its line end; quoted line ends are inside. */
static size_t row_end(struct str file, size_t from)
{
	bool quoted = false;
	for (size_t i = from; i < file.len; i++) {
		if (file.text[i] == '"')
			quoted = !quoted;
		else if (file.text[i] == '\n' && !quoted)
			return i + 1;
	}
	return file.len;
}

/* The old bytes with the changed rows replaced; rows lie in the order of the file. */
static void splice(const struct ledger *ledger, struct str file, struct buf *out)
{
	size_t at = 0;
	for (size_t i = 0; i < ledger->count; i++) {
		const struct ledger_row *row = &ledger->rows[i];
		if (!row->line || !row->changed)
			continue;
		buf_add(out, str_sub(file, at, (size_t)row->offset - at));
		write_row(out, row);
		at = row_end(file, (size_t)row->offset);
	}
	buf_add(out, str_sub(file, at, file.len));
	if (out->len && out->text[out->len - 1] != '\n')
		buf_byte(out, '\n');
}

int ledger_write(struct ledger *ledger, int folder)
{
	struct buf file = BUF_INIT, out = BUF_INIT;
	bool anew = !ledger->plain;
	if (anew && ledger->broken) {
		errno = EINVAL;
		return -1;
	}
	if (!anew && file_read(ledger->path.text, LEDGER_MAX, &file) < 0 && errno != ENOENT) {
		buf_release(&file);
		return -1;
	}
	if (!file.len)
		buf_add(&out, S(HEADER));
	else
		splice(ledger, buf_str(&file), &out);
	for (size_t i = 0; i < ledger->count; i++)
		if (anew || !ledger->rows[i].line)
			write_row(&out, &ledger->rows[i]);
	int result = file_replace(folder, "ledger.csv", buf_str(&out));
	int why = errno;
	buf_release(&file);
	buf_release(&out);
	errno = why;
	return result;
}
