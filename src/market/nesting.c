/* SPDX-License-Identifier: MIT */
/* Elements in wrong places in, each in a place where the field takes it out. */
#include "market/lower.h"

static bool may_stand(const struct lowering *l, const struct node *parent, const struct node *child)
{
	const struct market_form *form = l->form;
	if (node_is(parent, "#"))
		return !form->top.given || words_have(&form->top, child->name);
	for (size_t i = 0; i < form->inside_count; i++)
		if (str_equal(form->inside[i].parent, parent->name))
			return words_have(&form->inside[i].children, child->name);
	return true;
}

/* The items of a list that may not stand inside an item come behind it. Returns what to look at
 * next. */
static struct node *hoist_items(struct node *list)
{
	struct node *item = list->parent, *behind = item->next, *after = list->next;
	while (list->first) {
		struct node *inner = list->first;
		node_remove(inner);
		node_insert(item->parent, inner, behind);
	}
	node_remove(list);
	return after;
}

/* The element goes, its text stays apart from its neighbours. */
static struct node *dissolve(struct lowering *l, struct node *node)
{
	struct node *first = node->first;
	if (node_is_block(node) && node->previous && first)
		node_insert(node->parent, node_text(&l->tree, S(" "), node->block), node);
	if (node_is_block(node) && node->next && first)
		node_insert(node->parent, node_text(&l->tree, S(" "), node->block), node->next);
	struct node *after = node->next;
	if (node_is(node, "br")) {
		first = node_text(&l->tree, S(" "), node->block);
		node_insert(node->parent, first, node);
	}
	node_unwrap(node);
	return first ? first : after;
}

static void mend(struct lowering *l, struct node *parent, int depth)
{
	const struct market_form *form = l->form;
	for (struct node *node = parent->first, *after; node; node = after) {
		after = node->next;
		bool top = node_is(parent, "#") && form->top.given;
		bool fits = node_is_text(node) ? !top : may_stand(l, parent, node);
		bool too_deep = form->depth && depth > form->depth && !node_is_text(node);
		if (fits && !too_deep) {
			mend(l, node, depth + 1);
			after = node->next;
			continue;
		}
		bool in_item =
			node_is(parent, "li") && parent->parent && node_is_list(parent->parent);
		if (!too_deep && node_is_list(node) && in_item)
			after = hoist_items(node);
		else if (top && !node_is_block(node) && words_have(&form->top, S("p"))) {
			lower_wrap(l, parent, node);
			after = node->parent;
		} else if (node_is_text(node))
			continue;
		else
			after = dissolve(l, node);
	}
}

void lower_nesting(struct lowering *l)
{
	if (l->field->format != MARKET_PLAIN)
		mend(l, l->tree.root, 1);
}

static bool may_be_empty(const struct node *node)
{
	return node_is(node, "br") || node_is(node, "img") || node_is(node, "hr") ||
	       node_is(node, "td") || node_is(node, "th") || node_is(node, "col") ||
	       node_is(node, "colgroup");
}

/* A break with nothing before or behind it in its block breaks no line. */
static bool breaks_nothing(const struct node *node)
{
	if (!node_is(node, "br") || !node_is_block(node->parent))
		return false;
	return !node->previous || !node->next || node_is_block(node->previous) ||
	       node_is_block(node->next);
}

static void prune(struct node *box)
{
	for (struct node *node = box->first, *after; node; node = after) {
		after = node->next;
		prune(node);
		bool empty = node_is_text(node) ? !node->text.len
						: !may_be_empty(node) && !node_says_something(node);
		if (empty)
			node_remove(node);
	}
	for (struct node *node = box->first, *after; node; node = after) {
		after = node->next;
		if (breaks_nothing(node))
			node_remove(node);
	}
	while (box->last && breaks_nothing(box->last))
		node_remove(box->last);
}

void lower_prune(struct lowering *l)
{
	prune(l->tree.root);
}
