/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_MARKET_TREE_H
#define UPFRONT_MARKET_TREE_H

/*
 * tree - our own well-formed HTML as nodes that can be moved about.
 *
 * Internal to market/: what the steps of lowering work on. The text is read strictly, since
 * upfront wrote it itself: entities, quotes and end tags must all be there. What a step takes
 * out is unlinked; nothing is freed before the arena.
 *
 *	struct tree tree;
 *	if (!tree_parse(&tree, arena, html))
 *		return fail(tree.why);
 */

#include "base/buf.h"

/* An element with data-block, and the block around it. */
struct block {
	struct str id;
	struct block *around; /* NULL: none */
	size_t order;         /* in the text */
	bool gone;
};

struct attribute {
	struct str name, value;
};

struct node {
	struct str name; /* of the element, lower case; empty: text */
	struct str text; /* decoded */
	struct attribute *attributes;
	size_t attribute_count;
	struct node *parent, *first, *last, *previous, *next;
	struct block *block; /* the nearest around it, or its own; NULL: none */
};

struct tree {
	struct arena *arena;
	struct node *root;     /* stands for the whole text; its name is "#" */
	struct block **blocks; /* in the order of the text */
	size_t block_count;
	struct str language; /* of the first element that has `lang`; empty: none */
	struct str why;      /* when parsing failed */
};

bool tree_parse(struct tree *tree, struct arena *arena, struct str html);

struct node *node_element(struct tree *tree, struct str name, struct block *block);
struct node *node_text(struct tree *tree, struct str text, struct block *block);

bool node_is(const struct node *node, const char *name);
bool node_is_text(const struct node *node);

/* Paragraphs, headings, lists, tables and the boxes around them; everything else runs in a line. */
bool node_is_block(const struct node *node);
bool node_is_heading(const struct node *node);
bool node_is_list(const struct node *node); /* ul, ol */

struct str node_attribute(const struct node *node, const char *name); /* empty: none */

/* The innermost block around both; NULL: none. */
struct block *block_around(struct block *a, struct block *b);

/* Links `node`, which must stand nowhere, into `parent` before `before` (NULL: at the end). */
void node_insert(struct node *parent, struct node *node, struct node *before);

/* Takes it out with all that is in it. */
void node_remove(struct node *node);

/* Puts its children in its place and takes it out; returns the first of them, or what followed. */
struct node *node_unwrap(struct node *node);

/* Moves all children of `from` to the end of `to`. */
void node_take_children(struct node *to, struct node *from);

/* The next node of a walk through everything in `top`; NULL at the end. */
struct node *node_after(const struct node *node,
			const struct node *top); /* passing over what is in it */
struct node *node_next(const struct node *node, const struct node *top);

/* Its text without markup, in the tree's arena. */
struct str node_all_text(struct tree *tree, const struct node *node);

/* Is there any text but white space, or an image? */
bool node_says_something(const struct node *node);

#endif
