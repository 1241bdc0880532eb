/* SPDX-License-Identifier: MIT */
/* The finished tree in, the field's bytes out: HTML, or JSON around it. Plain text: plain.c. */
#include "market/lower.h"

static void add_escaped(struct buf *out, struct str text, bool in_attribute)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.text[i];
		if (c == '&')
			buf_add(out, S("&amp;"));
		else if (c == '<')
			buf_add(out, S("&lt;"));
		else if (c == '>')
			buf_add(out, S("&gt;"));
		else if (c == '"' && in_attribute)
			buf_add(out, S("&quot;"));
		else
			buf_byte(out, c);
	}
}

bool attribute_stands(const struct market_form *form, struct str tag, struct str name)
{
	for (size_t i = 0; i < form->attributes.count; i++) {
		struct str rule = form->attributes.items[i];
		size_t point = str_index(rule, '.');
		struct str of = str_sub(rule, 0, point);
		if ((str_is(of, "*") || str_equal(of, tag)) &&
		    str_equal(str_sub(rule, point + 1, rule.len), name))
			return true;
	}
	return false;
}

static void add_attribute(struct buf *out, const char *name, struct str value)
{
	buf_addf(out, " %s=\"", name);
	add_escaped(out, value, true);
	buf_byte(out, '"');
}

static struct str style_of(const struct market_form *form, struct str tag)
{
	for (size_t i = 0; form->css != CSS_NONE && i < form->style_count; i++)
		if (str_equal(form->styles[i].from, tag))
			return form->styles[i].to;
	return S("");
}

static void add_attributes(const struct lowering *l, struct buf *out, const struct node *node)
{
	const struct market_form *form = l->form;
	for (size_t i = 0; i < node->attribute_count; i++) {
		struct str name = node->attributes[i].name;
		bool ours = str_is(name, "style") || str_starts(name, "on") ||
			    (str_is(name, "target") && form->target.len);
		if (ours || !attribute_stands(form, node->name, name))
			continue;
		buf_byte(out, ' ');
		buf_add(out, name);
		buf_add(out, S("=\""));
		add_escaped(out, node->attributes[i].value, true);
		buf_byte(out, '"');
	}
	if (node_is(node, "a") && form->target.len)
		add_attribute(out, "target", form->target);
	struct str style = style_of(form, node->name);
	if (style.len)
		add_attribute(out, "style", style);
}

static bool is_void(const struct node *node)
{
	return node_is(node, "br") || node_is(node, "img") || node_is(node, "hr") ||
	       node_is(node, "col") || node_is(node, "wbr");
}

static void add_node(const struct lowering *l, struct buf *out, const struct node *node)
{
	if (node_is_text(node)) {
		add_escaped(out, node->text, false);
		return;
	}
	bool own_line = node_is_block(node) && l->form->newline == NEWLINE_LF &&
			l->field->format == MARKET_HTML;
	buf_byte(out, '<');
	buf_add(out, node->name);
	add_attributes(l, out, node);
	buf_byte(out, '>');
	for (const struct node *child = node->first; child; child = child->next)
		add_node(l, out, child);
	if (!is_void(node)) {
		buf_add(out, S("</"));
		buf_add(out, node->name);
		buf_byte(out, '>');
	}
	if (own_line)
		buf_byte(out, '\n');
}

/* Text inside a JSON string. */
static void add_json(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.text[i];
		if (c == '"' || c == '\\')
			buf_byte(out, '\\');
		if (c == '\n')
			buf_add(out, S("\\n"));
		else if (c < 0x20)
			buf_addf(out, "\\u%04x", c);
		else
			buf_byte(out, (char)c);
	}
}

static const struct block *outermost(const struct block *block)
{
	while (block && block->around)
		block = block->around;
	return block;
}

struct node *lower_piece(struct lowering *l, const struct node **node)
{
	struct node *root = node_element(&l->tree, S("#"), NULL);
	const struct block *block = outermost((*node)->block);
	for (; *node && outermost((*node)->block) == block; *node = (*node)->next) {
		struct node *copy = arena_new(l->arena, sizeof *copy);
		*copy = **node;
		node_insert(root, copy, NULL);
	}
	return root;
}

/* The root's text, as it stands between what is around it. */
static void write_piece(const struct lowering *l, const struct node *root, struct buf *out)
{
	struct buf piece = BUF_INIT;
	if (l->field->format == MARKET_PLAIN)
		lower_write_plain(l, root, &piece);
	for (const struct node *node = root->first; node && l->field->format != MARKET_PLAIN;
	     node = node->next)
		add_node(l, &piece, node);
	while (piece.len && piece.text[piece.len - 1] == '\n')
		piece.len--;
	if (l->field->in_json)
		add_json(out, buf_str(&piece));
	else
		buf_add(out, buf_str(&piece));
	buf_release(&piece);
}

void lower_write(struct lowering *l, struct buf *out)
{
	const struct market_form *form = l->form;
	buf_add(out, form->before);
	if (!form->between.len)
		write_piece(l, l->tree.root, out);
	for (const struct node *node = l->tree.root->first; node && form->between.len;) {
		write_piece(l, lower_piece(l, &node), out);
		if (node)
			buf_add(out, form->between);
	}
	buf_add(out, form->after);
}
