/* SPDX-License-Identifier: MIT */
/*
 * Columns are declared, the table is looked through once for what only all of it can tell, and
 * rows come out as readers. The one idea: what a date with slashes means is a property of its
 * column, proved by a day above twelve, and asked for where nothing proves it.
 */
#include "shop/read.h"

void sheet_open(struct sheet *sheet, struct arena *arena, const char *path,
		const struct table_options *options, int32_t date, struct diag *diag)
{
	size_t errors = diag_errors(diag);
	*sheet = (struct sheet){ .arena = arena, .diag = diag, .date = date, .decimal = '.' };
	sheet->table = table_open(arena, path, options, diag);
	sheet->unsound = diag_errors(diag) > errors;
	sheet->valid_from = sheet_column(sheet, "valid_from", DATE);
	sheet->valid_to = sheet_column(sheet, "valid_to", DATE);
	sheet->source = sheet_column(sheet, "source", 0);
	sheet->checked_on = sheet_column(sheet, "checked_on", DATE);
	sheet->note = sheet_column(sheet, "note", 0);
}

void sheet_close(struct sheet *sheet)
{
	table_close(sheet->table);
	sheet->table = NULL;
}

static void settle_with(struct sheet *sheet, struct column column)
{
	if (column.index >= 0 && column.flags & NUMBER && sheet->number_count < SHEET_NUMBERS_MAX)
		sheet->numbers[sheet->number_count++] = column.index;
	if (column.index >= 0 && column.flags & DATE && sheet->date_count < SHEET_DATES_MAX)
		sheet->dates[sheet->date_count++].column = column;
}

static void miss(struct sheet *sheet, const char *name)
{
	sheet->lacking = true;
	if (table_exists(sheet->table) && !sheet->unsound)
		diag_error(sheet->diag, table_header_pos(sheet->table, -1),
			   "there is no column '%s'; add it, or say in content/columns.csv which "
			   "of yours it is",
			   name);
}

struct column sheet_column(struct sheet *sheet, const char *name, unsigned flags)
{
	struct column column = { name, table_column(sheet->table, name), flags };
	settle_with(sheet, column);
	if (column.index < 0 && flags & PRESENT)
		miss(sheet, name);
	return column;
}

/* Collects the translations of a text column while table/ lists them. */
struct translations {
	struct sheet *sheet;
	const struct shop *shop;
	struct text_columns *columns;
	struct str unused; /* languages that the shop has not, with a space between */
	size_t unused_count;
	struct pos pos; /* of the first of them */
};

/* The language before the first hyphen of a tag: "pt" of "pt-BR". */
static struct str base_language(struct str tag)
{
	return str_sub(tag, 0, str_index(tag, '-'));
}

static void found_translation(void *context, struct str language, int index)
{
	struct translations *found = context;
	bool used = false;
	for (size_t i = 0; i < found->columns->language_count; i++) {
		struct column *column = &found->columns->by_language[i];
		struct str tag = found->shop->languages[i].tag;
		bool exact = str_equal_fold(tag, language);
		if (exact || (column->index < 0 && str_equal_fold(base_language(tag), language)))
			column->index = index;
		used |= exact || str_equal_fold(base_language(tag), language);
	}
	if (used)
		return;
	if (!found->unused_count++)
		found->pos = table_header_pos(found->sheet->table, index);
	found->unused = str_format(found->sheet->arena, "%.*s%s%s", STR(found->unused),
				   found->unused.len ? " " : "", shown(language).text);
}

/* One note a column, however many languages the shop has left out. */
static void note_unused(const struct translations *found)
{
	const char *name = found->columns->plain.name, *unused = found->unused.text;
	if (found->unused_count == 1)
		diag_note(found->sheet->diag, found->pos,
			  "'%s:%s' is not used: '%s' is not among the languages of shop.csv", name,
			  unused, unused);
	else if (found->unused_count)
		diag_note(found->sheet->diag, found->pos,
			  "%zu translations of '%s' are not used: %s are not among the languages of shop.csv",
			  found->unused_count, name, unused);
}

struct text_columns sheet_text(struct sheet *sheet, const struct shop *shop, const char *name,
			       unsigned flags)
{
	struct text_columns columns = { .plain = sheet_column(sheet, name,
							      flags & ~(unsigned)PRESENT) };
	columns.plain.flags = flags;
	columns.language_count = shop->language_count;
	columns.by_language =
		arena_array(sheet->arena, shop->language_count + 1, sizeof *columns.by_language);
	for (size_t i = 0; i <= shop->language_count; i++)
		columns.by_language[i] = (struct column){ name, -1, 0 };
	struct translations found = { .sheet = sheet, .shop = shop, .columns = &columns };
	table_translations(sheet->table, name, found_translation, &found);
	note_unused(&found);
	if (columns.plain.index < 0 && shop->language_count)
		columns.plain.index = columns.by_language[0].index;
	if (columns.plain.index < 0 && flags & PRESENT)
		miss(sheet, name);
	return columns;
}

/* A date with slashes in two readings; false when it is none in either. */
static bool slashed(struct str s, bool *day_first, bool *month_first)
{
	int part[3];
	int32_t date;
	if (!date_numbers(s, '/', part))
		return false;
	*day_first = date_of(part[2], part[1], part[0], &date);
	*month_first = date_of(part[2], part[0], part[1], &date);
	return *day_first || *month_first;
}

/* What the dates of one column admit so far. */
struct evidence {
	struct cell any, day_first, month_first; /* text empty: none such */
};

static void weigh(struct evidence *evidence, const struct cell *cell, struct arena *kept)
{
	bool day_first, month_first;
	if (!slashed(cell->text, &day_first, &month_first))
		return;
	struct cell *kind = &evidence->any;
	if (day_first != month_first)
		kind = day_first ? &evidence->day_first : &evidence->month_first;
	if (kind->text.len)
		return;
	size_t slash = str_index(cell->text, '/');
	struct str first = str_sub(cell->text, 0, slash);
	bool same = str_equal(first, str_sub(cell->text, slash + 1, first.len));
	if (kind != &evidence->any || !same)
		*kind = (struct cell){ str_copy(kept, cell->text), cell->pos };
}

static enum date_form judge(const struct sheet *sheet, const struct evidence *evidence)
{
	if (evidence->day_first.text.len && evidence->month_first.text.len) {
		diag_error(sheet->diag, evidence->month_first.pos,
			   "'%s' has the month first, but '%s' in line %u the day; write all dates "
			   "as YYYY-MM-DD",
			   shown(evidence->month_first.text).text,
			   shown(evidence->day_first.text).text, evidence->day_first.pos.line);
		return DATE_UNSETTLED;
	}
	if (evidence->month_first.text.len)
		return DATE_MONTH_FIRST;
	if (evidence->any.text.len && !evidence->day_first.text.len) {
		diag_error(sheet->diag, evidence->any.pos,
			   "'%s' may have the day or the month first, and no date of this column "
			   "tells which; write the dates as YYYY-MM-DD",
			   shown(evidence->any.text).text);
		return DATE_UNSETTLED;
	}
	return DATE_DAY_FIRST;
}

static void settle_dates(struct sheet *sheet)
{
	for (size_t i = 0; i < sheet->date_count; i++)
		sheet->dates[i].form = DATE_DAY_FIRST;
	if (!sheet->date_count || !table_has_slash(sheet->table))
		return;
	struct evidence evidence[SHEET_DATES_MAX] = { 0 };
	struct arena scratch, kept;
	arena_init(&scratch);
	arena_init(&kept);
	struct row row;
	while (table_next(sheet->table, &scratch, &row)) {
		for (size_t i = 0; i < sheet->date_count; i++)
			weigh(&evidence[i], row_cell(&row, sheet->dates[i].column.index), &kept);
		arena_reset(&scratch);
	}
	for (size_t i = 0; i < sheet->date_count; i++)
		sheet->dates[i].form = judge(sheet, &evidence[i]);
	table_rewind(sheet->table);
	arena_release(&scratch);
	arena_release(&kept);
}

bool sheet_begin(struct sheet *sheet)
{
	if (!table_exists(sheet->table))
		return false;
	table_name_unknown(sheet->table);
	if (sheet->lacking)
		return false;
	if (sheet->number_count)
		sheet->decimal = table_decimal(sheet->table, sheet->numbers, sheet->number_count);
	settle_dates(sheet);
	return true;
}

void reader_of(struct reader *reader, const struct sheet *sheet, const struct row *row,
	       struct arena *arena)
{
	*reader = (struct reader){ .sheet = sheet, .arena = arena, .row = *row };
	reader->validity.from = read_date(reader, sheet->valid_from);
	reader->validity.to = read_date(reader, sheet->valid_to);
	struct validity days = reader->validity;
	if (days.from != DATE_NONE && days.to != DATE_NONE && days.to < days.from)
		read_fault(reader, sheet->valid_to,
			   "'valid_to' lies before 'valid_from'; exchange them");
	reader->holds = validity_holds(reader->validity, sheet->date);
}

static void note_turn(const struct sheet *sheet, struct pos pos, int32_t date, bool starts)
{
	struct turns *turns = sheet->turns;
	if (date <= sheet->date || date == INT32_MAX)
		return;
	turns->items = arena_push(sheet->arena, turns->items, &turns->count, sizeof *turns->items);
	turns->items[turns->count - 1] = (struct turn){ date, starts, pos };
}

static void note_turns(const struct sheet *sheet, const struct reader *reader)
{
	struct validity days = reader->validity;
	if (!sheet->turns)
		return;
	if (days.from != DATE_NONE)
		note_turn(sheet, reader->row.pos, days.from, true);
	if (days.to != DATE_NONE && days.to < INT32_MAX)
		note_turn(sheet, reader->row.pos, days.to + 1, false);
}

bool sheet_next(struct sheet *sheet, struct arena *arena, struct reader *reader)
{
	struct row row;
	if (!table_next(sheet->table, arena, &row))
		return false;
	reader_of(reader, sheet, &row, arena);
	note_turns(sheet, reader);
	return true;
}

struct earlier {
	struct validity validity;
	struct pos pos;
	struct earlier *next;
};

void sheet_once(struct reader *r, struct once *once, struct str key, struct column column,
		const char *what, struct str name)
{
	void **first = map_put(&once->rows, key);
	for (const struct earlier *row = *first; row; row = row->next)
		if (validity_overlap(row->validity, r->validity)) {
			read_fault(r, column,
				   "%s '%s' stands in line %u already; remove one of the two, or "
				   "part their days by 'valid_from' and 'valid_to'",
				   what, shown(name).text, row->pos.line);
			return;
		}
	struct earlier *row = arena_new(once->rows.arena, sizeof *row);
	*row = (struct earlier){ r->validity, read_pos(r, column), *first };
	*first = row;
}
