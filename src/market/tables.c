/* SPDX-License-Identifier: MIT */
/*
 * Tables in; lists, lines or one line out. A row says its first cell, then each other cell with
 * the heading of its column: "Letter mail – Shipping: 5.00 EUR; Tracking: no".
 */
#include "market/lower.h"

enum { COLUMNS_MAX = 32 };

/* Headings of the columns; text "" where a column has none. */
struct headings {
	struct str text[COLUMNS_MAX];
	bool any;
};

static void add_text(struct lowering *l, struct node *to, struct node *before, struct str text)
{
	node_insert(to, node_text(&l->tree, text, to->block), before);
}

void lower_flatten(struct lowering *l, struct node *line, const char *between)
{
	bool first = true;
	for (struct node *node = line->first, *after; node; node = after) {
		after = node->next;
		if (!node_is_block(node)) {
			first = false;
			continue;
		}
		lower_flatten(l, node, between);
		if (!first && node->first)
			add_text(l, line, node, str_of(between));
		first &= !node->first;
		node_unwrap(node);
	}
}

static size_t span_of(const struct node *cell)
{
	int64_t span;
	return str_number(node_attribute(cell, "colspan"), &span) && span > 0 && span < COLUMNS_MAX
		       ? (size_t)span
		       : 1;
}

/* Is every cell of the row the heading of a column? */
static bool is_heading_row(const struct node *row)
{
	if (row->parent && node_is(row->parent, "thead"))
		return true;
	size_t cells = 0;
	for (const struct node *cell = row->first; cell; cell = cell->next, cells++)
		if (!node_is(cell, "th"))
			return false;
	return cells > 1;
}

static void read_headings(struct lowering *l, const struct node *row, struct headings *headings)
{
	size_t column = 0;
	for (const struct node *cell = row->first; cell && column < COLUMNS_MAX;
	     cell = cell->next) {
		struct str text = str_trim(node_all_text(&l->tree, cell));
		for (size_t i = span_of(cell); i && column < COLUMNS_MAX; i--)
			headings->text[column++] = text;
	}
	headings->any = true;
}

/* What stands before the cell's own text. */
static struct str lead_of(struct lowering *l, const struct headings *headings, size_t column,
			  size_t said)
{
	struct str heading = column < COLUMNS_MAX ? headings->text[column] : S("");
	const char *between = !said                        ? ""
			      : said == 1 && headings->any ? " \xE2\x80\x93 "
			      : said == 1                  ? ": "
							   : "; ";
	if (!said || !heading.len)
		return str_of(between);
	return str_format(l->arena, "%s%.*s: ", between, STR(heading));
}

/* Moves the cells of a row into a line. */
static void say_row(struct lowering *l, struct node *row, const struct headings *headings,
		    struct node *line)
{
	size_t column = 0, said = 0;
	for (struct node *cell = row->first; cell; cell = cell->next) {
		lower_flatten(l, cell, ", ");
		if (node_says_something(cell)) {
			struct str lead = lead_of(l, headings, column, said++);
			if (lead.len)
				add_text(l, line, NULL, lead);
			node_take_children(line, cell);
		}
		column += span_of(cell);
	}
}

/* Where the lines of a table go. */
struct saying {
	struct node *table; /* the lines go before it */
	struct node *list;  /* or into this */
	struct node *line;  /* or all into this one */
	struct headings headings;
};

static void say_line(struct lowering *l, struct saying *saying, struct node *row)
{
	if (saying->line) {
		if (saying->line->first)
			add_text(l, saying->line, NULL, S("; "));
		say_row(l, row, &saying->headings, saying->line);
		return;
	}
	struct node *line = node_element(&l->tree, saying->list ? S("li") : S("p"), row->block);
	say_row(l, row, &saying->headings, line);
	if (!line->first)
		return;
	if (saying->list)
		node_insert(saying->list, line, NULL);
	else
		node_insert(saying->table->parent, line, saying->table);
}

static void say_rows(struct lowering *l, struct saying *saying, struct node *part)
{
	for (struct node *row = part->first; row; row = row->next) {
		if (node_is(row, "thead") || node_is(row, "tbody") || node_is(row, "tfoot"))
			say_rows(l, saying, row);
		if (!node_is(row, "tr"))
			continue;
		if (!saying->headings.any && is_heading_row(row))
			read_headings(l, row, &saying->headings);
		else
			say_line(l, saying, row);
	}
}

static void say_caption(struct lowering *l, struct node *table)
{
	for (struct node *part = table->first; part; part = part->next) {
		if (!node_is(part, "caption") || !node_says_something(part))
			continue;
		struct node *line = node_element(&l->tree, S("p"), part->block);
		node_take_children(line, part);
		node_insert(table->parent, line, table);
	}
}

static void lower_table(struct lowering *l, struct node *table, enum table_form form)
{
	struct saying saying = { .table = table };
	say_caption(l, table);
	if (form == TABLE_LIST)
		saying.list = node_element(&l->tree, S("ul"), table->block);
	if (form == TABLE_LINE)
		saying.line = node_element(&l->tree, S("p"), table->block);
	struct node *whole = saying.list ? saying.list : saying.line;
	say_rows(l, &saying, table);
	if (whole && whole->first)
		node_insert(table->parent, whole, table);
	node_remove(table);
}

/* The innermost tables first: one in a cell becomes part of that cell's text. */
static void lower_tables_in(struct lowering *l, struct node *top, enum table_form form)
{
	for (struct node *node = top->first, *after; node; node = after) {
		after = node->next;
		lower_tables_in(l, node, form);
		if (node_is(node, "table"))
			lower_table(l, node, form);
	}
}

void lower_tables(struct lowering *l)
{
	const struct market_form *form = l->form;
	enum table_form table = form->table;
	bool taken = l->field->format != MARKET_PLAIN &&
		     (!form->tags.given ||
		      (words_have(&form->tags, S("table")) && words_have(&form->tags, S("tr")) &&
		       words_have(&form->tags, S("td"))));
	if (table == TABLE_KEEP && !taken)
		table = TABLE_LIST;
	if (table != TABLE_KEEP)
		lower_tables_in(l, l->tree.root, table);
}
