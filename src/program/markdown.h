/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PROGRAM_MARKDOWN_H
#define UPFRONT_PROGRAM_MARKDOWN_H

/*
 * markdown - what markdown.c (files, front matter, placeholders) and prose.c (cmark's tree) tell
 * each other.
 *
 * cmark must not see placeholders: `{fee, money}` would be text to it, and `{a_b} {c_d}` emphasis.
 * So each is cut out and one private character put in its place; cmark takes that for a letter. The
 * cuts lie in the order of the text, so that a place in what cmark read is found in the file.
 */

#include "program/compile.h"

/* The first private character; the n-th cut has the n-th from here. Plane 16, nobody's letters. */
enum { CUT_FIRST = 0x100000, CUT_BYTES = 4, MARKDOWN_MAX = 64 * 1024 };

/* A placeholder or a quoted text that was cut out. */
struct cut {
	size_t from, end; /* in the body as the seller wrote it */
	size_t at;        /* of its character in what cmark reads */
	bool omits;       /* `{condition, if}` at the beginning of a block: it writes nothing */
	const struct expression *condition;
};

struct prose {
	struct writing *writing;
	struct passage body; /* as the seller wrote it, behind the front matter */
	struct cut *cuts;
	size_t cut_count;
	struct buf text; /* what cmark reads */
	bool lead;       /* the first paragraph only */
	bool fresh;      /* a line has just begun, though an operation stands before it */
};

struct cmark_node;

/* The byte of the body that stands at the byte `at` of what cmark reads. */
size_t prose_source(const struct prose *prose, size_t at);

/* Lets cmark read the text and writes HTML: all of it, or the first paragraph. */
void prose_write(struct prose *prose);

/* The cut whose character stands at the beginning of a text of cmark's tree, or NULL. */
struct cut *prose_cut(const struct prose *prose, struct str text);

/* The condition that decides whether a block of cmark's tree is shown; NULL: it always is. */
const struct expression *prose_condition(struct prose *prose, struct cmark_node *block);

#endif
