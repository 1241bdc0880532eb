/* SPDX-License-Identifier: MIT */
/*
 * A file's columns in, the mapping of a recognised export out; then row by row the cells that
 * it makes of theirs. No number is computed here: a weight keeps its digits and gets its unit.
 */
#include "table/export.h"

#include <string.h>

#include "table/export_kinds.h"
#include "table/inside.h"

static int find_written(struct table *table, const char *header)
{
	struct str folded = column_fold(&table->own, str_of(header));
	for (size_t i = 0; header && i < table->file_count; i++)
		if (str_equal(table->columns[i].written, folded))
			return (int)i;
	return -1;
}

static int find_and_use(struct table *table, const char *header)
{
	int column = find_written(table, header);
	if (column >= 0)
		table->columns[column].used = true;
	return column;
}

static bool is_kind(struct table *table, const struct export_kind *kind)
{
	size_t most = sizeof kind->marks / sizeof *kind->marks;
	for (size_t i = 0; i < most && kind->marks[i]; i++)
		if (find_written(table, kind->marks[i]) < 0)
			return false;
	most = sizeof kind->any / sizeof *kind->any;
	bool any = !kind->any[0];
	for (size_t i = 0; i < most && kind->any[i] && !any; i++)
		any = find_written(table, kind->any[i]) >= 0;
	return any;
}

/* The unit that shop.csv gives for an export that does not say it, or NULL (reported). */
static const char *declared_unit(struct table *table, int column)
{
	static const char *const units[] = { "g", "kg", "lb", "oz" };
	const struct setting *setting = setting_for(&table->options, "weight", table->source.name);
	for (size_t i = 0; setting && i < sizeof units / sizeof *units; i++)
		if (str_equal_fold(setting->value, str_of(units[i])))
			return units[i];
	struct column *header = &table->columns[column];
	diag_error(table->diag, setting ? setting->pos : header->pos,
		   "in which unit '%.*s' counts, the export does not say; set 'weight.%s' in "
		   "shop.csv to g, kg, lb or oz",
		   STR(header->header), source_short_name(table->source.name));
	return NULL;
}

/* The place of one of our columns among those made, added when it is new. */
static struct made *made_for(struct table *table, const char *ours, const struct export_kind *kind)
{
	struct mapping *mapping = &table->mapping;
	struct str name = column_fold(&table->own, str_of(ours));
	for (size_t i = 0; i < mapping->made_count; i++)
		if (str_equal(mapping->made[i].name, name))
			return &mapping->made[i];
	size_t most = 0;
	while (kind->takes[most].ours)
		most++;
	if (!mapping->made)
		mapping->made = arena_array(&table->own, most, sizeof *mapping->made);
	struct made *made = &mapping->made[mapping->made_count++];
	made->name = name;
	return made;
}

static void add_link(struct made *made, struct link link)
{
	for (size_t i = 0; i < made->link_count; i++)
		if (made->links[i].column == link.column && made->links[i].how == link.how)
			return;
	if (made->link_count < LINKS_MAX)
		made->links[made->link_count++] = link;
}

/* The file's own column of that name, if columns.csv renamed one or the seller added one. */
static void add_own_column(struct table *table, struct made *made, bool renamed)
{
	for (size_t i = 0; i < table->file_count; i++) {
		struct column *column = &table->columns[i];
		if (column->renamed != renamed || column->language.len ||
		    !str_equal(column->name, made->name))
			continue;
		column->used = true;
		add_link(made, (struct link){ (int)i, AS_IS, NULL, -1, { -1, -1 } });
	}
}

static void use_take(struct table *table, const struct export_kind *kind, const struct take *take)
{
	int column = find_written(table, take->theirs);
	int unit_column = take->unit_column ? find_and_use(table, take->unit_column) : -1;
	if (column < 0 || (take->unit_column && unit_column < 0))
		return;
	table->columns[column].used = true;
	const char *unit = take->unit;
	if (take->how == WITH_UNIT && !unit && unit_column < 0 &&
	    !(unit = declared_unit(table, column)))
		return;
	struct made *made = made_for(table, take->ours, kind);
	if (!made->link_count)
		add_own_column(table, made, true);
	made->inherited = made->inherited || take->inherited;
	struct link link = { .column = column, .how = take->how, .unit = unit };
	link.unit_column = unit_column;
	link.period[0] = find_and_use(table, kind->period[0]);
	link.period[1] = find_and_use(table, kind->period[1]);
	add_link(made, link);
}

/* Behind the file's columns stand those that are made of them. */
static void add_made_columns(struct table *table)
{
	struct mapping *mapping = &table->mapping;
	size_t count = table->file_count + mapping->made_count;
	struct column *columns = arena_array(&table->own, count, sizeof *columns);
	memcpy(columns, table->columns, table->file_count * sizeof *columns);
	table->columns = columns;
	table->count = count;
	for (size_t i = 0; i < mapping->made_count; i++) {
		struct made *made = &mapping->made[i];
		add_own_column(table, made, false);
		const struct column *first = &columns[made->links[0].column];
		columns[table->file_count + i] = (struct column){ .header = first->header,
								  .written = made->name,
								  .name = made->name,
								  .pos = first->pos };
	}
}

void export_recognise(struct table *table)
{
	struct mapping *mapping = &table->mapping;
	if (!str_starts(str_of(source_short_name(table->source.name)), "products"))
		return;
	for (size_t i = 0; i < export_kind_count && !mapping->kind; i++)
		if (is_kind(table, &export_kinds[i]))
			mapping->kind = &export_kinds[i];
	const struct export_kind *kind = mapping->kind;
	if (!kind)
		return;
	for (size_t i = 0; i < KEYS_MAX; i++)
		mapping->keys[i] = find_and_use(table, kind->keys[i]);
	for (const struct take *take = kind->takes; take->ours; take++)
		use_take(table, kind, take);
	add_made_columns(table);
	table->source.quote = kind->quote;
	if (kind->name[0])
		diag_note(table->diag, (struct pos){ table->source.name, 0, 0 },
			  "read as an export: %s", kind->name);
}

const char *export_name(const struct mapping *mapping)
{
	return mapping->kind ? mapping->kind->name : "";
}

bool export_has_families(const struct mapping *mapping)
{
	return mapping->kind && mapping->kind->judge;
}

bool export_names_parents(const struct mapping *mapping)
{
	return mapping->kind && mapping->kind->names_parents;
}

enum fate export_judge(const struct mapping *mapping, const struct str *keys,
		       const struct str *group)
{
	return mapping->kind->judge(keys, group);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static struct str with_unit(struct arena *arena, struct str number, struct str unit)
{
	if (!unit.len || !is_digit(number.text[number.len - 1]))
		return number;
	return str_format(arena, "%.*s %.*s", STR(number), STR(unit));
}

static struct str by_channel(struct str channel)
{
	if (str_equal_fold(channel, S("DEFAULT")))
		return S("seller");
	return str_equal_fold(str_sub(channel, 0, 6), S("AMAZON")) ? S("marketplace") : S("");
}

static bool is_dated(const struct link *link, const struct row *row)
{
	return row_cell(row, link->period[0])->text.len || row_cell(row, link->period[1])->text.len;
}

static bool is_zero(struct str price)
{
	for (size_t i = 0; i < price.len; i++)
		if (price.text[i] >= '1' && price.text[i] <= '9')
			return false;
	return true;
}

/* The handle, with the options behind it: what a variant without SKU can be told by. */
static struct str from_handle(struct arena *arena, const struct str *keys)
{
	struct str id = keys[KEY_GROUP];
	for (int i = KEY_OPTION; i <= KEY_OPTION_LAST; i++)
		if (keys[i].len && !str_equal_fold(keys[i], S("Default Title")))
			id = str_format(arena, "%.*s-%.*s", STR(id), STR(keys[i]));
	return id;
}

static struct str make(const struct link *link, const struct str *keys, struct arena *arena,
		       const struct row *row)
{
	struct str text = row->cells[link->column].text;
	if (!text.len)
		return text;
	switch (link->how) {
	case AS_IS:
		return text;
	case WITH_UNIT:
		return with_unit(arena, text,
				 link->unit ? str_of(link->unit)
					    : row_cell(row, link->unit_column)->text);
	case FIRST:
		return str_trim(str_sub(text, 0, str_index(text, ',')));
	case IF_URL:
		return str_equal_fold(str_sub(text, 0, 4), S("http")) ? text : S("");
	case SALE_PRICE:
		return is_zero(text) || is_dated(link, row) ? S("") : text;
	case BY_CHANNEL:
		return by_channel(text);
	case NO_OPTIONS:
		return text.text[0] == '[' ? S("") : text;
	case FROM_HANDLE:
		return from_handle(arena, keys);
	}
	return S("");
}

void export_make(const struct mapping *mapping, const struct str *keys, struct arena *arena,
		 struct row *row, size_t file_count)
{
	for (size_t i = 0; i < mapping->made_count; i++) {
		const struct made *made = &mapping->made[i];
		struct cell *cell = &row->cells[file_count + i];
		*cell = (struct cell){ S(""), row->cells[made->links[0].column].pos };
		for (size_t k = 0; k < made->link_count && !cell->text.len; k++) {
			cell->text = make(&made->links[k], keys, arena, row);
			if (cell->text.len)
				cell->pos = row->cells[made->links[k].column].pos;
		}
	}
}

bool export_has_dated_sale(const struct mapping *mapping, const struct row *row)
{
	for (size_t i = 0; i < mapping->made_count; i++)
		for (size_t k = 0; k < mapping->made[i].link_count; k++) {
			const struct link *link = &mapping->made[i].links[k];
			if (link->how == SALE_PRICE && !is_zero(row->cells[link->column].text) &&
			    is_dated(link, row))
				return true;
		}
	return false;
}
