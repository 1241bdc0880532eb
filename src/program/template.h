/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PROGRAM_TEMPLATE_H
#define UPFRONT_PROGRAM_TEMPLATE_H

/*
 * template - what template.c (files and XML), locate.c (places), html.c (elements) and attribute.c
 * (start tags) tell each other.
 *
 * A part is one template file that is being written: the page itself or what it includes. libxml2
 * reads it whole; every node then remembers in `_private` at which byte of the source it begins (an
 * attribute: its value), since libxml2 itself knows lines only. The document dies before
 * part_write returns.
 */

#include <libxml/tree.h>

#include "program/compile.h"

struct part {
	struct writing *writing;
	const char *path;  /* relative to the shop folder */
	struct str folder; /* the folder of the templates: "templates" */
	struct str source;
	const size_t *lines; /* where each line of it begins */
	size_t line_count;
	bool lost;                /* the parser gave up; what it says from there on is noise */
	unsigned depth;           /* elements around the place where it is included */
	const struct part *outer; /* what includes it, or NULL */
};

/* Finds the lines of the source; before anything else is asked of it. */
void part_index(struct part *part);

/* What stands before the outermost element, and where. */
enum doctype { DOCTYPE_NONE, DOCTYPE_HTML, DOCTYPE_OTHER };
enum doctype part_doctype(const struct part *part, size_t *start);

/* Tells every node of the well-formed document where it begins. */
void part_locate(const struct part *part, xmlNode *root);

/* The place of a byte of the source. */
struct pos part_pos(const struct part *part, size_t offset);

/* An attribute's value with its place; in the compiler's arena. */
struct passage part_attribute(const struct part *part, const xmlAttr *attr);

/* Writes the part that `outer` includes at `included`, where `depth` elements are around it. */
void part_write(struct part *outer, struct str path, unsigned depth, struct pos included);

/* Adds finished markup. */
void part_emit(struct part *part, struct str markup);

/* Is the name among `names`, whatever the case? */
bool is_one_of(struct str name, const char *const *names, size_t count);
#define IS_ONE_OF(name, names) is_one_of(name, names, sizeof(names) / sizeof *(names))

/* Is the text one name and nothing else? */
bool is_name(struct str text);

/* The name behind `u:`, or an empty text when the attribute is not ours. */
struct str directive_name(const xmlAttr *attr);

/* Does the text hold what looks like a placeholder with a name that is known here? */
bool holds_placeholder(const struct part *part, struct str text, size_t *at);

/* Writes the start tag with its attributes, those of u:attr- among them. */
void start_tag_write(struct part *part, const xmlNode *node);

/* What is around an element. */
struct surroundings {
	unsigned depth;
	bool plain;     /* inside <title> or <textarea>: no tags */
	bool preserved; /* inside <pre> or <textarea>: white space counts */
};

/* Writes an element with all that it holds. */
void element_write(struct part *part, xmlNode *node, struct surroundings around);

#endif
