/* SPDX-License-Identifier: MIT */
/* Nodes: making, moving, taking out, walking. */
#include "market/tree.h"

#include <string.h>

struct node *node_element(struct tree *tree, struct str name, struct block *block)
{
	struct node *node = arena_new(tree->arena, sizeof *node);
	node->name = name;
	node->block = block;
	return node;
}

struct node *node_text(struct tree *tree, struct str text, struct block *block)
{
	struct node *node = arena_new(tree->arena, sizeof *node);
	node->text = text;
	node->block = block;
	return node;
}

bool node_is(const struct node *node, const char *name)
{
	return str_is(node->name, name);
}

bool node_is_text(const struct node *node)
{
	return !node->name.len;
}

static bool is_one_of(const struct node *node, const char *const *names)
{
	for (size_t i = 0; names[i]; i++)
		if (node_is(node, names[i]))
			return true;
	return false;
}

bool node_is_heading(const struct node *node)
{
	return node->name.len == 2 && node->name.text[0] == 'h' && node->name.text[1] >= '1' &&
	       node->name.text[1] <= '6';
}

bool node_is_block(const struct node *node)
{
	static const char *const names[] = {
		"p",        "ul",      "ol",      "li",    "table", "caption",  "thead",
		"tbody",    "tfoot",   "tr",      "th",    "td",    "div",      "section",
		"article",  "details", "summary", "dl",    "dt",    "dd",       "blockquote",
		"header",   "footer",  "main",    "aside", "nav",   "figure",   "figcaption",
		"address",  "pre",     "hr",      "body",  "html",  "fieldset", "col",
		"colgroup", "#",       NULL
	};
	return node_is_heading(node) || is_one_of(node, names);
}

bool node_is_list(const struct node *node)
{
	return node_is(node, "ul") || node_is(node, "ol");
}

struct str node_attribute(const struct node *node, const char *name)
{
	for (size_t i = 0; i < node->attribute_count; i++)
		if (str_is(node->attributes[i].name, name))
			return node->attributes[i].value;
	return S("");
}

struct block *block_around(struct block *a, struct block *b)
{
	for (; a; a = a->around)
		for (struct block *other = b; other; other = other->around)
			if (other == a)
				return a;
	return NULL;
}

void node_insert(struct node *parent, struct node *node, struct node *before)
{
	node->parent = parent;
	node->next = before;
	node->previous = before ? before->previous : parent->last;
	if (node->previous)
		node->previous->next = node;
	else
		parent->first = node;
	if (before)
		before->previous = node;
	else
		parent->last = node;
}

void node_remove(struct node *node)
{
	if (node->previous)
		node->previous->next = node->next;
	else if (node->parent)
		node->parent->first = node->next;
	if (node->next)
		node->next->previous = node->previous;
	else if (node->parent)
		node->parent->last = node->previous;
	node->parent = node->previous = node->next = NULL;
}

struct node *node_unwrap(struct node *node)
{
	struct node *parent = node->parent, *behind = node->next, *first = node->first;
	while (node->first) {
		struct node *child = node->first;
		node_remove(child);
		node_insert(parent, child, node);
	}
	node_remove(node);
	return first ? first : behind;
}

void node_take_children(struct node *to, struct node *from)
{
	while (from->first) {
		struct node *child = from->first;
		node_remove(child);
		node_insert(to, child, NULL);
	}
}

struct node *node_after(const struct node *node, const struct node *top)
{
	while (node != top && !node->next)
		node = node->parent;
	return node == top ? NULL : node->next;
}

struct node *node_next(const struct node *node, const struct node *top)
{
	return node->first ? node->first : node_after(node, top);
}

struct str node_all_text(struct tree *tree, const struct node *node)
{
	struct buf buf = BUF_INIT;
	for (const struct node *at = node; at; at = node_next(at, node))
		buf_add(&buf, at->text);
	struct str text = str_copy(tree->arena, buf_str(&buf));
	buf_release(&buf);
	return text;
}

bool node_says_something(const struct node *node)
{
	for (const struct node *at = node; at; at = node_next(at, node))
		if (str_trim(at->text).len || node_is(at, "img"))
			return true;
	return false;
}
