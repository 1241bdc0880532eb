/* SPDX-License-Identifier: MIT */
/* Questions, headings and lists in, the form that the field takes out. Tables: tables.c. */
#include "market/lower.h"

#include "market/letters.h"

static bool takes_tag(const struct lowering *l, const char *name)
{
	const struct market_form *form = l->form;
	if (l->field->format == MARKET_PLAIN)
		return true; /* written as lines later on */
	for (size_t i = 0; i < form->map_count; i++)
		if (str_is(form->map[i].from, name))
			return true;
	return !form->tags.given || words_have(&form->tags, str_of(name));
}

/* The inside of `from` as a new element before `from`, which is taken out. */
static struct node *rename_to(struct lowering *l, struct node *from, const char *name)
{
	struct node *node = node_element(&l->tree, str_of(name), from->block);
	node_insert(from->parent, node, from);
	node_take_children(node, from);
	node_remove(from);
	return node;
}

/* All that runs in the line becomes bold; what was bold in it need not be so twice. */
static void make_bold(struct lowering *l, struct node *line)
{
	struct node *strong = node_element(&l->tree, S("strong"), line->block);
	node_take_children(strong, line);
	node_insert(line, strong, NULL);
	for (struct node *node = strong->first, *after; node; node = after) {
		after = node_next(node, strong);
		if (node_is(node, "strong") || node_is(node, "b")) {
			after = node->first ? node->first : node_after(node, strong);
			node_unwrap(node);
		}
	}
}

static void lower_question(struct lowering *l, struct node *question)
{
	struct node *line = rename_to(l, question, l->form->faq == FAQ_HEADING ? "h3" : "p");
	if (l->form->faq == FAQ_BOLD)
		make_bold(l, line);
}

static bool is_faq(const struct node *node)
{
	return node_is(node, "details") || node_is(node, "dl");
}

static void open_faq(struct lowering *l, struct node *faq)
{
	for (struct node *part = faq->first, *after; part; part = after) {
		after = part->next;
		if (node_is(part, "summary") || node_is(part, "dt"))
			lower_question(l, part);
		else if (node_is(part, "dd"))
			node_unwrap(part);
	}
	node_unwrap(faq);
}

static void remove_faq(struct lowering *l)
{
	struct str why = S("questions and answers have another place on this marketplace");
	for (size_t i = 0; i < l->tree.block_count; i++)
		if (str_is(l->tree.blocks[i]->id, "faq") && !l->tree.blocks[i]->gone)
			lose_block(l, l->tree.blocks[i], why, "faq");
	for (struct node *node = l->tree.root->first, *after; node; node = after) {
		after = is_faq(node) ? node_after(node, l->tree.root)
				     : node_next(node, l->tree.root);
		if (!is_faq(node))
			continue;
		lose(l, MARKET_LOST_ELEMENT, node->block, node->name, why, "faq");
		node_remove(node);
	}
}

static void lower_faq(struct lowering *l)
{
	bool keep = l->form->faq == FAQ_KEEP && takes_tag(l, "details") && takes_tag(l, "dl");
	if (keep && l->field->format != MARKET_PLAIN)
		return;
	if (l->form->faq == FAQ_LEAVES) {
		remove_faq(l);
		return;
	}
	for (struct node *node = l->tree.root->first, *after; node; node = after) {
		struct node *previous = node->previous, *parent = node->parent;
		if (!is_faq(node)) {
			after = node_next(node, l->tree.root);
			continue;
		}
		open_faq(l, node);
		after = previous ? node_next(previous, l->tree.root)
				 : node_next(parent, l->tree.root);
	}
}

static void to_capitals(struct lowering *l, struct node *line)
{
	bool turkish = str_starts(l->tree.language, "tr") || str_starts(l->tree.language, "az");
	for (struct node *node = line; node; node = node_next(node, line))
		if (node_is_text(node))
			node->text = letters_upper(l->arena, node->text, turkish);
}

static void lower_heading(struct lowering *l, struct node *heading)
{
	enum heading_form form = l->form->heading;
	if (form == HEADING_KEEP && l->field->format == MARKET_PLAIN)
		form = HEADING_LINE;
	if (form == HEADING_KEEP) {
		char name[3] = { 'h', heading->name.text[1], 0 };
		if (takes_tag(l, name))
			return;
		form = HEADING_BOLD;
	}
	struct node *line = rename_to(l, heading, "p");
	if (form == HEADING_BOLD)
		make_bold(l, line);
	if (form == HEADING_CAPITALS)
		to_capitals(l, line);
}

static void lower_headings(struct lowering *l)
{
	for (struct node *node = l->tree.root->first, *after; node; node = after) {
		after = node_next(node, l->tree.root);
		if (!node_is_heading(node))
			continue;
		after = node_after(node, l->tree.root);
		lower_heading(l, node);
	}
}

/* Items one after another in a single paragraph. */
static void join_items(struct lowering *l, struct node *list)
{
	struct node *line = node_element(&l->tree, S("p"), list->block);
	node_insert(list->parent, line, list);
	for (struct node *item = list->first; item; item = item->next) {
		if (line->first)
			node_insert(line, node_text(&l->tree, S("; "), item->block), NULL);
		lower_flatten(l, item, "; ");
		node_take_children(line, item);
	}
	node_remove(list);
}

/* Each item a paragraph; what is a block in it already stays one. */
static void scatter_items(struct node *list)
{
	for (struct node *item = list->first, *after; item; item = after) {
		after = item->next;
		if (item->first && !node_is_block(item->first))
			item->name = S("p");
		else
			node_unwrap(item);
	}
	node_unwrap(list);
}

/* The innermost lists first. */
static void lower_lists(struct lowering *l, struct node *top, bool line)
{
	for (struct node *node = top->first, *after; node; node = after) {
		after = node->next;
		lower_lists(l, node, line);
		if (node_is_list(node) && line)
			join_items(l, node);
		else if (node_is_list(node))
			scatter_items(node);
	}
}

void lower_structure(struct lowering *l)
{
	enum list_form form = l->form->list;
	lower_faq(l);
	lower_tables(l);
	lower_headings(l);
	if (form == LIST_KEEP && (!takes_tag(l, "ul") || !takes_tag(l, "li")))
		form = LIST_LINES;
	if (form != LIST_KEEP)
		lower_lists(l, l->tree.root, form == LIST_LINE);
}
