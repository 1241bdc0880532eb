/* SPDX-License-Identifier: MIT */
/*
 * Characters in, those that the field takes out. A sign that says nothing by itself is left out;
 * a letter, digit or currency sign that cannot be written would change what the text says, so
 * its block leaves as a whole.
 */
#include "market/letters.h"
#include "market/lower.h"

static bool in_ranges(const struct ranges *ranges, uint32_t code)
{
	for (size_t i = 0; i < ranges->count; i++)
		if (code >= ranges->items[i].first && code <= ranges->items[i].last)
			return true;
	return false;
}

static bool taken(const struct market_form *form, uint32_t code)
{
	if (form->allow.given && !in_ranges(&form->allow, code))
		return false;
	return !in_ranges(&form->refuse, code);
}

static bool begins(struct str text, size_t at, struct str part)
{
	return part.len && str_equal(str_sub(text, at, part.len), part);
}

static struct str substitute(struct lowering *l, struct str text)
{
	const struct market_form *form = l->form;
	struct buf buf = BUF_INIT;
	for (size_t at = 0; at < text.len;) {
		size_t i = 0, from = at;
		while (i < form->replace_count && !begins(text, at, form->replace[i].from))
			i++;
		if (i < form->replace_count) {
			buf_add(&buf, form->replace[i].to);
			at += form->replace[i].from.len;
			continue;
		}
		str_code_point(text, &at);
		buf_add(&buf, str_sub(text, from, at - from));
	}
	struct str done = str_copy(l->arena, buf_str(&buf));
	buf_release(&buf);
	return done;
}

/* The first character that must not be lost and cannot be written; 0: none. */
static uint32_t needed(const struct market_form *form, struct str text)
{
	for (size_t at = 0; at < text.len;) {
		uint32_t code = str_code_point(text, &at);
		if (!taken(form, code) && !letters_are_ornament(code) && code != ' ')
			return code;
	}
	return 0;
}

static struct str describe(struct lowering *l, uint32_t code)
{
	struct buf buf = BUF_INIT;
	buf_code_point(&buf, code);
	struct str text =
		str_format(l->arena, "the character '%.*s' (U+%04X) cannot be written in '%.*s'",
			   STR(buf_str(&buf)), (unsigned)code, STR(l->field->title));
	buf_release(&buf);
	return text;
}

static void leave_out_ornaments(struct lowering *l, struct node *node)
{
	struct buf kept = BUF_INIT, lost = BUF_INIT;
	for (size_t at = 0, from = 0; at < node->text.len; from = at) {
		uint32_t code = str_code_point(node->text, &at);
		buf_add(taken(l->form, code) ? &kept : &lost, str_sub(node->text, from, at - from));
	}
	if (lost.len) {
		node->text = str_copy(l->arena, buf_str(&kept));
		lose(l, MARKET_LOST_CHARACTERS, node->block, str_copy(l->arena, buf_str(&lost)),
		     S("the field does not take these characters"),
		     l->form->allow.given ? "allow" : "refuse");
	}
	buf_release(&kept);
	buf_release(&lost);
}

/* Gives up one block after another, until all that is left can be written. */
static bool give_up_unwritable(struct lowering *l)
{
	struct node *node = l->tree.root;
	while (node) {
		uint32_t code = needed(l->form, node->text);
		if (!code) {
			node = node_next(node, l->tree.root);
			continue;
		}
		if (!give_up_block(l, node->block, describe(l, code),
				   l->form->allow.given ? "allow" : "refuse"))
			return false;
		node = l->tree.root;
	}
	return true;
}

void lower_characters(struct lowering *l)
{
	const struct market_form *form = l->form;
	for (struct node *node = l->tree.root; node; node = node_next(node, l->tree.root))
		if (node->text.len && form->replace_count)
			node->text = substitute(l, node->text);
	if (!form->allow.given && !form->refuse.count) {
		lower_spaces(l);
		return;
	}
	if (!give_up_unwritable(l))
		return;
	for (struct node *node = l->tree.root; node; node = node_next(node, l->tree.root))
		if (node->text.len)
			leave_out_ornaments(l, node);
	lower_spaces(l);
}
