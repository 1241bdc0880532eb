/* SPDX-License-Identifier: MIT */
/*
 * Lines of text in, the same without the sentences that the field forbids out. A sentence goes
 * as a whole; in a table its row goes, of a question both question and answer, a heading goes
 * as it is.
 */
#include "market/contact.h"
#include "market/lower.h"

/* One line: the text nodes and breaks of a block, and all their text in one. */
struct running {
	struct node **parts; /* a break counts as one byte, the end of a line */
	size_t count;
	struct buf all;
};

static size_t part_length(const struct node *part)
{
	return node_is_text(part) ? part->text.len : part->parent != NULL;
}

/* Collects what runs in one line below `node`. */
static void gather(struct lowering *l, struct running *running, struct node *node)
{
	if (node_is_text(node) || node_is(node, "br")) {
		running->parts = arena_push(l->arena, running->parts, &running->count,
					    sizeof *running->parts);
		running->parts[running->count - 1] = node;
	}
	for (struct node *child = node->first; child; child = child->next)
		if (!node_is_block(child))
			gather(l, running, child);
}

static void join_parts(struct running *running)
{
	buf_reset(&running->all);
	for (size_t i = 0; i < running->count; i++)
		if (node_is_text(running->parts[i]))
			buf_add(&running->all, running->parts[i]->text);
		else if (running->parts[i]->parent)
			buf_byte(&running->all, '\n');
}

/* Is the character the end of a sentence, by itself or before a space? */
static bool ends_alone(uint32_t code)
{
	return code == 0x3002 || code == 0xFF01 || code == 0xFF1F;
}

static bool ends_before_space(uint32_t code)
{
	return code == '.' || code == '!' || code == '?' || code == 0x2026;
}

/* "z." and "3." are rather an abbreviation and an ordinal than the end of a sentence. */
static bool is_short_word(struct str text, size_t point)
{
	size_t from = point;
	while (from && text.text[from - 1] != ' ' && text.text[from - 1] != '\n')
		from--;
	struct str word = str_sub(text, from, point - from);
	int64_t number;
	if (from > 1 && text.text[from - 2] >= '0' && text.text[from - 2] <= '9')
		return false; /* the end of a longer number */
	return str_code_points(word) == 1 || (word.len == 2 && str_number(word, &number));
}

/* Small letters and digits go on with what an abbreviation began: "z. B. am 3. Mai". */
static bool begins_sentence(char c)
{
	return !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9');
}

/* Where the sentence that begins at `from` ends, its white space included. */
static size_t sentence_end(struct str text, size_t from)
{
	for (size_t at = from; at < text.len;) {
		size_t point = at;
		uint32_t code = str_code_point(text, &at);
		if (code == '\n' || ends_alone(code))
			return at;
		if (!ends_before_space(code) || at >= text.len || text.text[at] != ' ' ||
		    (code == '.' && is_short_word(text, point)))
			continue;
		while (at < text.len && text.text[at] == ' ')
			at++;
		if (at < text.len && begins_sentence(text.text[at]))
			return at;
	}
	return text.len;
}

/* Takes the bytes from `from` to `end` of the line out of its parts. */
static void cut(struct lowering *l, struct running *running, size_t from, size_t end)
{
	size_t start = 0;
	for (size_t i = 0; i < running->count; i++) {
		struct node *node = running->parts[i];
		size_t len = part_length(node), a = from > start ? from - start : 0,
		       b = end > start ? end - start : 0;
		start += len;
		if (a >= len || !b)
			continue;
		if (!node_is_text(node))
			node_remove(node);
		else
			node->text =
				str_format(l->arena, "%.*s%.*s", STR(str_sub(node->text, 0, a)),
					   STR(str_sub(node->text, b, len)));
	}
}

/* What must go with the line when something in it is forbidden; NULL: only the sentence. */
static struct node *bound_to(struct node *line)
{
	for (struct node *node = line; node->parent; node = node->parent) {
		if (node_is(node, "tr") && node->parent->parent)
			return node;
		if (node_is(node, "summary") && node_is(node->parent, "details"))
			return node->parent;
		if (node_is_heading(node) || node_is(node, "caption") || node_is(node, "dt"))
			return node;
	}
	return NULL;
}

static void report(struct lowering *l, const struct node *node, struct str text,
		   const struct found *found)
{
	struct str why = str_format(l->arena, "%s ('%.*s'), which %.*s forbids here", found->why,
				    STR(str_sub(found->text, 0, 80)), STR(l->field->market->name));
	lose(l, MARKET_LOST_SENTENCE, node->block, str_copy(l->arena, str_trim(text)), why,
	     found->rule);
	if (found->row)
		l->removals[l->removal_count - 1].rule = found->row;
}

/* False when the line went as a whole, with what it is bound to. */
static bool clean_line(struct lowering *l, struct node *line, struct running *running)
{
	struct found found;
	struct str all = buf_str(&running->all);
	for (size_t end, at = 0; at < all.len; at = end) {
		end = sentence_end(all, at);
		struct str sentence = str_sub(all, at, end - at);
		if (!contact_find(l->form, sentence, l->tree.language, &found))
			continue;
		struct node *bound = bound_to(line);
		report(l, line, bound ? node_all_text(&l->tree, bound) : sentence, &found);
		if (bound) {
			node_remove(bound);
			return false;
		}
		cut(l, running, at, end);
		join_parts(running);
		all = buf_str(&running->all);
		end = at;
	}
	return true;
}

/* What the pieces say together: a number that two sentences share is still a number. */
static bool clean_whole(struct lowering *l, struct node *line, struct running *running)
{
	struct found found;
	struct str all = buf_str(&running->all);
	if (!contact_find(l->form, all, l->tree.language, &found))
		return true;
	struct node *bound = bound_to(line);
	report(l, line, bound ? node_all_text(&l->tree, bound) : all, &found);
	if (bound) {
		node_remove(bound);
		return false;
	}
	cut(l, running, 0, all.len);
	return true;
}

/* Collects the line that begins at the node's child `*child`, up to a block; moves `*child` to that. */
static void gather_line(struct lowering *l, struct running *running, struct node **child)
{
	running->count = 0;
	running->parts = NULL;
	for (; *child && !node_is_block(*child); *child = (*child)->next)
		gather(l, running, *child);
	join_parts(running);
}

/* The lines of a block, which its inner blocks part. False: see clean_line. */
static bool clean_lines(struct lowering *l, struct node *node, struct running *running)
{
	for (struct node *child = node->first; child; child = child ? child->next : NULL) {
		gather_line(l, running, &child);
		if (running->count &&
		    (!clean_line(l, node, running) || !clean_whole(l, node, running)))
			return false;
	}
	return true;
}

static void clean(struct lowering *l)
{
	struct running running = { .all = BUF_INIT };
	for (struct node *node = l->tree.root; node; node = node_next(node, l->tree.root)) {
		if (node_is_block(node) && !clean_lines(l, node, &running))
			node = l->tree.root; /* part of the tree went: look again from the beginning
					      */
	}
	buf_release(&running.all);
}

void lower_sentences(struct lowering *l)
{
	if (!l->form->contact && !l->form->banned_count && !l->form->balanced)
		return;
	clean(l);
	lower_spaces(l);
}
