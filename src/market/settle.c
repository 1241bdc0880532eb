/* SPDX-License-Identifier: MIT */
/*
 * The tree as it was parsed in, the same text in a plain order out: boxes hold blocks, blocks
 * hold either blocks or running text, and white space is what a browser would show. All later
 * steps lean on that.
 */
#include "market/lower.h"

/* Is the element's content running text? Everything else that is a block holds blocks. */
static bool holds_line(const struct node *node)
{
	return node_is_heading(node) || node_is(node, "p") || node_is(node, "summary") ||
	       node_is(node, "dt") || node_is(node, "caption");
}

/* May hold either, and needs no paragraph around a single run of text. */
static bool holds_either(const struct node *node)
{
	return node_is(node, "li") || node_is(node, "td") || node_is(node, "th");
}

/* Holds only certain parts; white space between them means nothing. */
static bool holds_parts(const struct node *node)
{
	return node_is_list(node) || node_is(node, "table") || node_is(node, "thead") ||
	       node_is(node, "tbody") || node_is(node, "tfoot") || node_is(node, "tr") ||
	       node_is(node, "dl") || node_is(node, "colgroup");
}

static bool has_block_child(const struct node *node)
{
	for (const struct node *child = node->first; child; child = child->next)
		if (node_is_block(child))
			return true;
	return false;
}

static bool is_blank(const struct node *node)
{
	return node_is_text(node) && !str_trim(node->text).len;
}

/* Running elements around blocks, and lines around blocks, give way: the blocks stand alone. */
static void free_blocks(struct node *top)
{
	for (struct node *node = top->first, *after; node; node = after) {
		after = node->next;
		free_blocks(node);
		if (node_is_text(node) || !has_block_child(node))
			continue;
		if (!node_is_block(node))
			node_unwrap(node);
		else if (holds_line(node))
			node->name = S("div");
	}
}

struct node *lower_wrap(struct lowering *l, struct node *parent, struct node *first)
{
	struct node *p = node_element(&l->tree, S("p"), first->block), *after = first;
	node_insert(parent, p, first);
	while (after && !node_is_block(after)) {
		struct node *next = after->next;
		node_remove(after);
		node_insert(p, after, NULL);
		p->block = block_around(p->block, after->block);
		after = next;
	}
	return after;
}

static void wrap_runs(struct lowering *l, struct node *box)
{
	bool parts = holds_parts(box);
	for (struct node *node = box->first, *after; node; node = after) {
		after = node->next;
		if (is_blank(node) && (parts || !node->previous || node_is_block(node->previous)))
			node_remove(node);
		else if (!node_is_block(node))
			after = lower_wrap(l, box, node);
	}
}

static void settle_boxes(struct lowering *l, struct node *node)
{
	if (node_is_block(node) && !holds_line(node) &&
	    !(holds_either(node) && !has_block_child(node)))
		wrap_runs(l, node);
	for (struct node *child = node->first; child; child = child->next)
		if (node_is_block(child))
			settle_boxes(l, child);
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* Runs of white space become one space. `*spaced`: does one stand before already? */
static struct str collapse(struct arena *arena, struct str text, bool *spaced)
{
	char *to = arena_text(arena, text.len + 1);
	size_t len = 0;
	for (size_t i = 0; i < text.len; i++) {
		bool space = is_space(text.text[i]);
		if (!space || !*spaced)
			to[len++] = space ? ' ' : text.text[i];
		*spaced = space;
	}
	return (struct str){ to, len };
}

static void trim_end(struct node *text)
{
	while (text && text->text.len && text->text.text[text->text.len - 1] == ' ')
		text->text.len--;
}

/* Where a walk through running text has come to. */
struct line {
	bool spaced;       /* nothing, or a space, stands before: another one would not show */
	struct node *last; /* the text before, in the same line */
};

static void end_line(struct line *line)
{
	trim_end(line->last);
	*line = (struct line){ .spaced = true };
}

static void settle_spaces(struct lowering *l, struct node *box, struct line *line)
{
	for (struct node *node = box->first; node; node = node->next) {
		bool ends = node_is_block(node) || node_is(node, "br");
		if (ends)
			end_line(line);
		settle_spaces(l, node, line);
		if (ends)
			end_line(line);
		if (node_is(node, "img"))
			*line = (struct line){ .spaced = false };
		if (!node_is_text(node))
			continue;
		node->text = collapse(l->arena, node->text, &line->spaced);
		if (node->text.len)
			line->last = node;
	}
}

void lower_spaces(struct lowering *l)
{
	struct line line = { .spaced = true };
	settle_spaces(l, l->tree.root, &line);
	end_line(&line);
}

void lower_settle(struct lowering *l)
{
	free_blocks(l->tree.root);
	settle_boxes(l, l->tree.root);
	lower_spaces(l);
}

static bool taken_by(const struct words *blocks, const struct block *block)
{
	return block && words_have(blocks, block->id);
}

/* Keeps what belongs to a taken block, and what is around it. */
static bool select_in(struct lowering *l, struct node *top)
{
	bool any = false;
	for (struct node *node = top->first, *after; node; node = after) {
		after = node->next;
		bool own = taken_by(&l->form->blocks, node->block);
		bool inner = !node_is_text(node) && select_in(l, node);
		if (!own && !inner)
			node_remove(node);
		any |= own || inner;
	}
	return any;
}

void lower_selection(struct lowering *l)
{
	if (!l->form->blocks.given)
		return;
	for (size_t i = 0; i < l->tree.block_count; i++) {
		struct block *block = l->tree.blocks[i];
		if (taken_by(&l->form->blocks, block))
			continue;
		block->gone = true;
		if (!l->in_summary)
			lose(l, MARKET_LOST_SELECTION, block, block->id,
			     str_format(l->arena, "'%.*s' takes other parts of the text",
					STR(l->field->title)),
			     "blocks");
	}
	select_in(l, l->tree.root);
}
