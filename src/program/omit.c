/* SPDX-License-Identifier: MIT */
/*
 * A block of Markdown in, the condition under which it is shown out. `{has.express, if}` at the
 * beginning of a paragraph, a heading or a list item leaves that block out where the shop's facts do
 * not call for it; a list of which every item may be left out goes with the last of them.
 */
#include "program/markdown.h"

#include <cmark.h>

/* Where the condition in `{condition, if}` ends; 0 when the cut is another placeholder. */
static size_t condition_end(const struct prose *prose, const struct cut *cut)
{
	struct str text = str_sub(prose->body.text, cut->from, cut->end - cut->from);
	if (text.len < 5 || text.text[0] != '{')
		return 0;
	struct str inside = str_trim(str_sub(text, 1, text.len - 2));
	if (!str_ends(inside, "if"))
		return 0;
	inside = str_trim(str_sub(inside, 0, inside.len - 2));
	if (!inside.len || inside.text[inside.len - 1] != ',')
		return 0;
	return (size_t)(inside.text + inside.len - 1 - prose->body.text.text);
}

/* The text with which a block begins, or NULL. */
static cmark_node *first_text(cmark_node *block)
{
	cmark_node *node = cmark_node_first_child(block);
	if (node && cmark_node_get_type(block) == CMARK_NODE_ITEM) {
		if (cmark_node_get_type(node) != CMARK_NODE_PARAGRAPH)
			return NULL;
		node = cmark_node_first_child(node);
	}
	return node && cmark_node_get_type(node) == CMARK_NODE_TEXT ? node : NULL;
}

/* The first paragraph of an item is the item's own matter. */
static bool carries(cmark_node *block)
{
	cmark_node *parent = cmark_node_parent(block);
	switch (cmark_node_get_type(block)) {
	case CMARK_NODE_PARAGRAPH:
		return !parent || cmark_node_get_type(parent) != CMARK_NODE_ITEM ||
		       cmark_node_previous(block) != NULL;
	case CMARK_NODE_HEADING:
	case CMARK_NODE_ITEM:
		return true;
	default:
		return false;
	}
}

static const struct expression *block_condition(struct prose *prose, cmark_node *block)
{
	cmark_node *text = first_text(block);
	if (!text)
		return NULL;
	struct cut *cut = prose_cut(prose, str_of(cmark_node_get_literal(text)));
	size_t end = cut ? condition_end(prose, cut) : 0;
	if (!end)
		return NULL;
	if (!cut->omits)
		cut->condition =
			expression_read(prose->writing, &prose->body, cut->from + 1, end);
	cut->omits = true;
	return cut->condition;
}

static const struct expression *list_condition(struct prose *prose, cmark_node *list)
{
	struct arena *arena = prose->writing->compiler->arena;
	const struct expression *any = NULL;
	cmark_node *item = cmark_node_first_child(list);
	for (; item; item = cmark_node_next(item)) {
		const struct expression *condition = block_condition(prose, item);
		if (!condition)
			return NULL;
		any = any ? expression_join(arena, EXPRESSION_OR, any, condition) : condition;
	}
	return any;
}

const struct expression *prose_condition(struct prose *prose, cmark_node *block)
{
	if (cmark_node_get_type(block) == CMARK_NODE_LIST)
		return list_condition(prose, block);
	return carries(block) ? block_condition(prose, block) : NULL;
}
