/* SPDX-License-Identifier: MIT */
/*
 * Markdown without its placeholders in, HTML operations out. cmark makes a tree; we print it
 * ourselves, because a placeholder in a sentence, in an address and in a title is escaped in three
 * ways. The private characters of the cuts are met again wherever text is written.
 */
#include "program/markdown.h"

#include <cmark.h>
#include <string.h>

static struct buf *out_of(struct prose *prose)
{
	return &prose->writing->builder.text;
}

static void emit(struct prose *prose, struct str markup)
{
	buf_add(out_of(prose), markup);
}

/* The cut whose character stands at `at`, or NULL. */
static struct cut *cut_at(const struct prose *prose, struct str text, size_t at)
{
	if (at >= text.len || text.text[at] != '\xF4')
		return NULL;
	uint32_t code = str_code_point(text, &at);
	bool ours = code >= CUT_FIRST && code - CUT_FIRST < prose->cut_count;
	return ours ? &prose->cuts[code - CUT_FIRST] : NULL;
}

struct cut *prose_cut(const struct prose *prose, struct str text)
{
	return cut_at(prose, text, 0);
}

/* Writes text of the tree with what was cut out of it. */
static void write_text(struct prose *prose, const char *literal, struct place *place)
{
	struct str text = str_of(literal);
	while (text.len) {
		size_t run = str_index(text, '\xF4');
		literal_write(prose->writing, str_sub(text, 0, run), place);
		text = str_sub(text, run, text.len);
		if (!text.len)
			return;
		const struct cut *cut = cut_at(prose, text, 0);
		size_t used = cut ? CUT_BYTES : 1;
		if (cut && cut->omits)
			used += str_starts(str_sub(text, used, 1), " ");
		else if (cut)
			message_write(prose->writing, &prose->body, cut->from, cut->end, place);
		else
			literal_write(prose->writing, str_sub(text, 0, 1), place);
		text = str_sub(text, used, text.len);
	}
}

/* The byte of what cmark read at its line and column. */
static size_t offset_of(const struct prose *prose, cmark_node *node)
{
	struct str text = buf_str(&prose->text);
	int line = cmark_node_get_start_line(node), column = cmark_node_get_start_column(node);
	size_t at = 0;
	while (--line > 0 && at < text.len) {
		struct str rest = str_sub(text, at, text.len);
		size_t len = 0;
		while (len < rest.len && rest.text[len] != '\n' && rest.text[len] != '\r')
			len++;
		len += str_starts(str_sub(rest, len, 2), "\r\n");
		at += len + 1;
	}
	at += column > 0 ? (size_t)column - 1 : 0;
	return at < text.len ? at : text.len;
}

static void fail_node(struct prose *prose, cmark_node *node, const char *text)
{
	size_t at = offset_of(prose, node);
	fail(prose->writing, &prose->body, prose_source(prose, at), "%s", text);
}

/* --- links and images --- */

static void write_address(struct prose *prose, cmark_node *node, const char *url)
{
	struct str text = str_of(url);
	size_t literal = 0;
	while (literal < text.len && !cut_at(prose, text, literal))
		literal++;
	if (!url_is_safe(str_sub(text, 0, literal)))
		fail_node(prose, node,
			  "a link leads to http, https, mailto, tel or a relative address");
	struct place place = { .escape = ESCAPE_URL, .encode = true };
	write_text(prose, url, &place);
}

static void write_title(struct prose *prose, const char *title)
{
	if (title && *title) {
		struct place place = { .escape = ESCAPE_ATTRIBUTE };
		emit(prose, S(" title=\""));
		write_text(prose, title, &place);
		emit(prose, S("\""));
	}
	emit(prose, S(">"));
}

static void write_link(struct prose *prose, cmark_node *node, bool entering)
{
	if (!entering) {
		emit(prose, S("</a>"));
		return;
	}
	emit(prose, S("<a href=\""));
	write_address(prose, node, cmark_node_get_url(node));
	emit(prose, S("\""));
	write_title(prose, cmark_node_get_title(node));
}

/* An image's description is the text of what it holds, without tags. */
static void write_alt(struct prose *prose, cmark_node *image)
{
	struct place place = { .escape = ESCAPE_ATTRIBUTE };
	cmark_iter *iter = cmark_iter_new(image);
	for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
		cmark_node *node = cmark_iter_get_node(iter);
		cmark_node_type type = cmark_node_get_type(node);
		if (event != CMARK_EVENT_ENTER)
			continue;
		if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE)
			write_text(prose, cmark_node_get_literal(node), &place);
		else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
			emit(prose, S(" "));
	}
	cmark_iter_free(iter);
}

static void write_image(struct prose *prose, cmark_iter *iter, cmark_node *node)
{
	emit(prose, S("<img src=\""));
	write_address(prose, node, cmark_node_get_url(node));
	emit(prose, S("\" alt=\""));
	write_alt(prose, node);
	emit(prose, S("\""));
	write_title(prose, cmark_node_get_title(node));
	cmark_iter_reset(iter, node, CMARK_EVENT_EXIT);
}

/* --- blocks --- */

/* A block begins on a line of its own. */
static void new_line(struct prose *prose)
{
	const struct builder *builder = &prose->writing->builder;
	size_t len = builder->text.len;
	bool fresh = prose->fresh;
	prose->fresh = false;
	if (fresh)
		return;
	if (builder->count || len)
		if (len == builder->flushed || builder->text.text[len - 1] != '\n')
			emit(prose, S("\n"));
}

static void write_tag(struct prose *prose, const char *name, bool entering)
{
	buf_addf(out_of(prose), entering ? "<%s>" : "</%s>", name);
}

static void write_list(struct prose *prose, cmark_node *node, bool entering)
{
	bool bullets = cmark_node_get_list_type(node) == CMARK_BULLET_LIST;
	int start = cmark_node_get_list_start(node);
	new_line(prose);
	if (entering && !bullets && start != 1)
		buf_addf(out_of(prose), "<ol start=\"%d\">", start);
	else
		write_tag(prose, bullets ? "ul" : "ol", entering);
	emit(prose, S("\n"));
}

static void write_paragraph(struct prose *prose, cmark_node *node, bool entering)
{
	cmark_node *item = cmark_node_parent(node);
	cmark_node *list = item ? cmark_node_parent(item) : NULL;
	if (list && cmark_node_get_type(list) == CMARK_NODE_LIST && cmark_node_get_list_tight(list))
		return;
	if (entering)
		new_line(prose);
	write_tag(prose, "p", entering);
	if (!entering)
		emit(prose, S("\n"));
}

static void write_heading(struct prose *prose, cmark_node *node, bool entering)
{
	char name[] = { 'h', (char)('0' + cmark_node_get_heading_level(node)), 0 };
	if (entering)
		new_line(prose);
	write_tag(prose, name, entering);
	if (!entering)
		emit(prose, S("\n"));
}

static void write_code_block(struct prose *prose, cmark_node *node)
{
	struct place place = { .escape = ESCAPE_TEXT };
	new_line(prose);
	emit(prose, S("<pre><code>"));
	write_text(prose, cmark_node_get_literal(node), &place);
	emit(prose, S("</code></pre>\n"));
}

static void write_block(struct prose *prose, cmark_node *node, bool entering)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_BLOCK_QUOTE:
		new_line(prose);
		write_tag(prose, "blockquote", entering);
		emit(prose, S("\n"));
		return;
	case CMARK_NODE_LIST:
		write_list(prose, node, entering);
		return;
	case CMARK_NODE_ITEM:
		if (entering)
			new_line(prose);
		write_tag(prose, "li", entering);
		if (!entering)
			emit(prose, S("\n"));
		return;
	case CMARK_NODE_CODE_BLOCK:
		write_code_block(prose, node);
		return;
	case CMARK_NODE_PARAGRAPH:
		write_paragraph(prose, node, entering);
		return;
	case CMARK_NODE_HEADING:
		write_heading(prose, node, entering);
		return;
	case CMARK_NODE_THEMATIC_BREAK:
		new_line(prose);
		emit(prose, S("<hr>\n"));
		return;
	default:
		return;
	}
}

/* Blocks under a condition whose end has not come yet. */
struct open_blocks {
	cmark_node *blocks[NESTING_MAX];
	struct mark marks[NESTING_MAX];
	size_t count;
};

#define NO_HTML "HTML cannot stand in a text; write it with Markdown, or '\\<' for the sign itself"

static void write_inline(struct prose *prose, cmark_iter *iter, cmark_node *node, bool entering)
{
	struct place place = { .escape = ESCAPE_TEXT };
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_TEXT:
		write_text(prose, cmark_node_get_literal(node), &place);
		return;
	case CMARK_NODE_SOFTBREAK:
		emit(prose, S("\n"));
		return;
	case CMARK_NODE_LINEBREAK:
		emit(prose, S("<br>\n"));
		return;
	case CMARK_NODE_CODE:
		emit(prose, S("<code>"));
		write_text(prose, cmark_node_get_literal(node), &place);
		emit(prose, S("</code>"));
		return;
	case CMARK_NODE_EMPH:
		write_tag(prose, "em", entering);
		return;
	case CMARK_NODE_STRONG:
		write_tag(prose, "strong", entering);
		return;
	case CMARK_NODE_LINK:
		write_link(prose, node, entering);
		return;
	case CMARK_NODE_IMAGE:
		if (entering)
			write_image(prose, iter, node);
		return;
	case CMARK_NODE_HTML_BLOCK:
	case CMARK_NODE_HTML_INLINE:
		fail_node(prose, node, NO_HTML);
		return;
	default:
		write_block(prose, node, entering);
	}
}

/* A block with what decides whether it is shown around it. */
static void write_node(struct prose *prose, cmark_iter *iter, struct open_blocks *open, bool entering)
{
	cmark_node *node = cmark_iter_get_node(iter);
	const struct expression *condition = entering ? prose_condition(prose, node) : NULL;
	if (condition && open->count == NESTING_MAX) {
		fail_node(prose, node, "too many blocks with a condition stand inside one another");
	} else if (condition) {
		struct op when = { .kind = OP_IF, .condition = condition };
		new_line(prose);
		prose->fresh = true;
		open->blocks[open->count] = node;
		open->marks[open->count++] = builder_open(&prose->writing->builder, when);
	}
	write_inline(prose, iter, node, entering);
	if (entering || !open->count || open->blocks[open->count - 1] != node)
		return;
	builder_close(&prose->writing->builder, open->marks[--open->count]);
	prose->fresh = true;
}

void prose_write(struct prose *prose)
{
	struct str text = buf_str(&prose->text);
	struct open_blocks open = { .count = 0 };
	cmark_node *document = cmark_parse_document(text.text, text.len, CMARK_OPT_VALIDATE_UTF8);
	cmark_node *first = cmark_node_first_child(document);
	bool whole = !prose->lead || !first || cmark_node_get_type(first) != CMARK_NODE_PARAGRAPH;
	cmark_iter *iter = cmark_iter_new(whole ? document : first);
	for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;)
		write_node(prose, iter, &open, event == CMARK_EVENT_ENTER);
	cmark_iter_free(iter);
	cmark_node_free(document);
}
