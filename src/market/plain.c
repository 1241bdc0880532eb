/* SPDX-License-Identifier: MIT */
/*
 * The finished tree in, lines of text out: paragraphs with a blank line between, items with a
 * bullet, and, where no line may end, all of it in one.
 */
#include "market/lower.h"

#include <string.h>

struct plain {
	const struct lowering *l;
	struct buf *out;
	bool item; /* was the last line an item? */
};

/* Would the characters from `at` on be read as an entity or a tag? */
static bool reads_as_markup(struct str text, size_t at)
{
	size_t end = at + 1;
	if (end >= text.len)
		return false;
	if (text.text[at] == '<')
		return strchr("/!?", text.text[end]) ||
		       (text.text[end] >= 'a' && text.text[end] <= 'z') ||
		       (text.text[end] >= 'A' && text.text[end] <= 'Z');
	while (end < text.len && end < at + 32 &&
	       (text.text[end] == '#' || (text.text[end] >= '0' && text.text[end] <= '9') ||
		(text.text[end] >= 'a' && text.text[end] <= 'z') ||
		(text.text[end] >= 'A' && text.text[end] <= 'Z')))
		end++;
	return end > at + 1 && end < text.len && text.text[end] == ';';
}

static void add_text(struct plain *plain, struct str text)
{
	bool encode = plain->l->form->entities;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.text[i];
		if (encode && (c == '&' || c == '<' || c == '>'))
			buf_add(plain->out, c == '&'   ? S("&amp;")
					    : c == '<' ? S("&lt;")
						       : S("&gt;"));
		else
			buf_byte(plain->out, c);
		if (!encode && (c == '&' || c == '<') && reads_as_markup(text, i))
			buf_byte(plain->out, ' ');
	}
}

/* All that runs in the line, without its elements; neighbours are read together. */
static void gather(struct buf *line, const struct node *node)
{
	buf_add(line, node->text);
	if (node_is(node, "br"))
		buf_byte(line, '\n');
	for (const struct node *child = node->first; child; child = child->next)
		if (!node_is_block(child))
			gather(line, child);
}

static void add_line(struct plain *plain, const struct node *node, struct str lead)
{
	struct buf line = BUF_INIT;
	for (const struct node *child = node->first; child; child = child->next)
		if (!node_is_block(child))
			gather(&line, child);
	struct str text = str_trim(buf_str(&line));
	if (text.len) {
		bool item = lead.len > 0;
		if (plain->out->len)
			buf_add(plain->out, item && plain->item ? S("\n") : S("\n\n"));
		buf_add(plain->out, lead);
		add_text(plain, text);
		plain->item = item;
	}
	buf_release(&line);
}

static void add_blocks(struct plain *plain, const struct node *box, int depth);

static void add_item(struct plain *plain, const struct node *item, size_t number, int depth)
{
	struct buf lead = BUF_INIT;
	for (int i = 1; i < depth; i++)
		buf_add(&lead, S("  "));
	if (number)
		buf_addf(&lead, "%zu. ", number);
	else
		buf_add(&lead, plain->l->form->bullet);
	const struct node *line = item;
	while (line->first && node_is_block(line->first) && !node_is_list(line->first))
		line = line->first; /* the item's first paragraph bears the bullet */
	add_line(plain, line, buf_str(&lead));
	buf_release(&lead);
	for (const struct node *child = item->first; child; child = child->next)
		if (node_is_block(child) && child != line)
			add_blocks(plain, child, depth);
}

static void add_blocks(struct plain *plain, const struct node *box, int depth)
{
	size_t number = 0;
	if (!node_is(box, "li"))
		add_line(plain, box, S(""));
	for (const struct node *child = box->first; child; child = child->next) {
		if (node_is(child, "li"))
			add_item(plain, child, node_is(box, "ol") ? ++number : 0, depth + 1);
		else if (node_is_block(child))
			add_blocks(plain, child, depth);
	}
}

static bool ends_sentence(struct str text)
{
	return text.len && (strchr(".!?:;,", text.text[text.len - 1]) ||
			    str_ends(text, "\xE3\x80\x82") || str_ends(text, "\xEF\xBC\x81") ||
			    str_ends(text, "\xEF\xBC\x9F") || str_ends(text, "\xE2\x80\xA6"));
}

/* One line of many: what was told apart by the end of a line now is by a full stop. */
static void join_lines(struct buf *out, struct str lines)
{
	while (lines.len) {
		size_t end = str_index(lines, '\n');
		struct str line = str_trim(str_sub(lines, 0, end));
		lines = str_sub(lines, end + 1, lines.len);
		if (!line.len)
			continue;
		if (out->len)
			buf_add(out, ends_sentence(buf_str(out)) ? S(" ") : S(". "));
		buf_add(out, line);
	}
}

static void end_lines(struct buf *out, struct str lines, const char *end)
{
	for (size_t i = 0; i < lines.len; i++)
		if (lines.text[i] == '\n')
			buf_add(out, str_of(end));
		else
			buf_byte(out, lines.text[i]);
}

void lower_write_plain(const struct lowering *l, const struct node *root, struct buf *out)
{
	struct buf text = BUF_INIT;
	struct plain plain = { .l = l, .out = &text };
	add_blocks(&plain, root, 0);
	if (l->form->newline == NEWLINE_NONE)
		join_lines(out, buf_str(&text));
	else
		end_lines(out, buf_str(&text),
			  l->form->newline == NEWLINE_CRLF      ? "\r\n"
			  : l->form->newline == NEWLINE_LITERAL ? "\\n"
								: "\n");
	buf_release(&text);
}
