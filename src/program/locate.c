/* SPDX-License-Identifier: MIT */
/*
 * Places in a template: libxml2's nodes know lines only, and an attribute not even that. So the
 * source is walked once more beside the tree, which is well-formed by now: tags come in the order
 * of the nodes, and each node is told where it begins.
 */
#include "program/template.h"

#include <string.h>

void part_index(struct part *part)
{
	struct arena *arena = part->writing->compiler->arena;
	size_t *lines = arena_push(arena, NULL, &part->line_count, sizeof *lines);
	lines[0] = 0;
	for (size_t at = 0; at < part->source.len; at++)
		if (part->source.text[at] == '\n') {
			lines = arena_push(arena, lines, &part->line_count, sizeof *lines);
			lines[part->line_count - 1] = at + 1;
		}
	part->lines = lines;
}

struct pos part_pos(const struct part *part, size_t offset)
{
	size_t low = 0, high = part->line_count; /* the line is in [low, high) */
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (part->lines[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	struct str before = str_sub(part->source, part->lines[low], offset - part->lines[low]);
	return (struct pos){ part->path, (uint32_t)low + 1, (uint32_t)str_code_points(before) + 1 };
}

struct passage part_attribute(const struct part *part, const xmlAttr *attr)
{
	size_t offset = (size_t)(uintptr_t)attr->_private;
	xmlChar *value = xmlNodeListGetString(attr->doc, attr->children, 1);
	struct passage passage = {
		.text = str_copy(part->writing->compiler->arena, str_of((const char *)value)),
		.pos = part_pos(part, offset),
		.source = str_sub(part->source, offset, part->source.len),
	};
	xmlFree(value);
	return passage;
}

struct cursor {
	struct str text;
	size_t at;
};

static bool is_at(const struct cursor *cursor, const char *mark)
{
	return str_starts(str_sub(cursor->text, cursor->at, cursor->text.len), mark);
}

static void skip_behind(struct cursor *cursor, const char *mark)
{
	while (cursor->at < cursor->text.len && !is_at(cursor, mark))
		cursor->at++;
	cursor->at += strlen(mark);
	if (cursor->at > cursor->text.len)
		cursor->at = cursor->text.len;
}

static char byte_at(const struct cursor *cursor)
{
	return cursor->at < cursor->text.len ? cursor->text.text[cursor->at] : 0;
}

static void skip_while(struct cursor *cursor, const char *set, bool in_set)
{
	while (byte_at(cursor) && (strchr(set, byte_at(cursor)) != NULL) == in_set)
		cursor->at++;
}

#define BLANKS " \t\r\n"

/* Moves behind what may stand before the doctype or the outermost element. */
static void skip_remarks(struct cursor *cursor)
{
	for (;;) {
		skip_while(cursor, BLANKS, true);
		if (is_at(cursor, "<?"))
			skip_behind(cursor, "?>");
		else if (is_at(cursor, "<!--"))
			skip_behind(cursor, "-->");
		else
			return;
	}
}

enum doctype part_doctype(const struct part *part, size_t *start)
{
	struct cursor cursor = { part->source, 0 };
	skip_remarks(&cursor);
	*start = cursor.at;
	if (!str_equal_fold(str_sub(cursor.text, cursor.at, 9), S("<!DOCTYPE")))
		return DOCTYPE_NONE;
	bool upper = is_at(&cursor, "<!DOCTYPE");
	cursor.at += 9;
	skip_while(&cursor, BLANKS, true);
	bool html = is_at(&cursor, "html");
	cursor.at += 4;
	skip_while(&cursor, BLANKS, true);
	return upper && html && byte_at(&cursor) == '>' ? DOCTYPE_HTML : DOCTYPE_OTHER;
}

/* Reads the attributes of the start tag; true when the element has content. */
static bool locate_attributes(struct cursor *cursor, xmlNode *node)
{
	xmlAttr *attr = node->properties;
	skip_while(cursor, BLANKS "/>", false);
	for (;;) {
		skip_while(cursor, BLANKS, true);
		char c = byte_at(cursor);
		if (c == '>' || c == '/' || !c) {
			skip_behind(cursor, ">");
			return c == '>';
		}
		bool declares = is_at(cursor, "xmlns=") || is_at(cursor, "xmlns:") ||
				is_at(cursor, "xmlns ");
		skip_while(cursor, "\"'", false);
		char quote[2] = { byte_at(cursor), 0 };
		cursor->at++;
		if (!declares && attr) {
			attr->_private = (void *)(uintptr_t)cursor->at;
			attr = attr->next;
		}
		skip_behind(cursor, quote);
	}
}

static void skip_empty_cdata(struct cursor *cursor)
{
	while (is_at(cursor, "<![CDATA[]]>"))
		skip_behind(cursor, "]]>");
}

static void locate_text(struct cursor *cursor)
{
	while (byte_at(cursor) && (byte_at(cursor) != '<' || is_at(cursor, "<![CDATA["))) {
		if (byte_at(cursor) == '<')
			skip_behind(cursor, "]]>");
		else
			cursor->at++;
	}
}

static void locate(struct cursor *cursor, xmlNode *node)
{
	if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
		node->_private = (void *)(uintptr_t)cursor->at;
		locate_text(cursor);
		return;
	}
	skip_empty_cdata(cursor);
	node->_private = (void *)(uintptr_t)cursor->at;
	if (node->type == XML_COMMENT_NODE) {
		skip_behind(cursor, "-->");
	} else if (node->type == XML_PI_NODE) {
		skip_behind(cursor, "?>");
	} else if (node->type == XML_ELEMENT_NODE && locate_attributes(cursor, node)) {
		for (xmlNode *child = node->children; child; child = child->next)
			locate(cursor, child);
		skip_empty_cdata(cursor);
		skip_behind(cursor, ">");
	}
}

void part_locate(const struct part *part, xmlNode *root)
{
	size_t start;
	struct cursor cursor = { part->source, 0 };
	skip_remarks(&cursor);
	if (part_doctype(part, &start) != DOCTYPE_NONE)
		skip_behind(&cursor, ">");
	skip_remarks(&cursor);
	locate(&cursor, root);
}
