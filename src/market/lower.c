/* SPDX-License-Identifier: MIT */
/*
 * A field and our HTML in, final bytes or the reason why not out: the steps in their order, and
 * the choice of blocks that leave when the text is too long.
 */
#include "market/lower.h"

void lose(struct lowering *l, enum market_loss kind, const struct block *block, struct str what,
	  struct str why, const char *rule)
{
	l->removals = arena_push(l->arena, l->removals, &l->removal_count, sizeof *l->removals);
	l->removals[l->removal_count - 1] = (struct market_removal){
		.kind = kind,
		.block = block ? block->id : S(""),
		.what = what,
		.why = why,
		.in_summary = l->in_summary,
		.rule = market_rule_find(l->field, rule),
	};
}

static bool is_inside(const struct block *block, const struct block *around)
{
	while (block && block != around)
		block = block->around;
	return block != NULL;
}

static void unlink_block(struct lowering *l, const struct block *block)
{
	for (struct node *node = l->tree.root->first, *after; node; node = after) {
		after = node_next(node, l->tree.root);
		if (!is_inside(node->block, block))
			continue;
		after = node_after(node, l->tree.root);
		node_remove(node);
	}
}

void lose_block(struct lowering *l, struct block *block, struct str why, const char *rule)
{
	for (size_t i = 0; i < l->tree.block_count; i++)
		if (is_inside(l->tree.blocks[i], block))
			l->tree.blocks[i]->gone = true;
	lose(l, MARKET_LOST_BLOCK, block, block->id, why, rule);
	unlink_block(l, block);
	lower_prune(l);
}

bool block_is_mandatory(const struct lowering *l, const struct block *block)
{
	for (size_t i = 0; i < l->tree.block_count; i++)
		if (!l->tree.blocks[i]->gone && is_inside(l->tree.blocks[i], block) &&
		    words_have(&l->form->mandatory, l->tree.blocks[i]->id))
			return true;
	return false;
}

bool give_up_block(struct lowering *l, struct block *block, struct str why, const char *rule)
{
	if (block && !block_is_mandatory(l, block)) {
		lose_block(l, block, why, rule);
		return true;
	}
	l->why = block ? str_format(l->arena, "%.*s, and '%.*s' must not be left out", STR(why),
				    STR(block->id))
		       : why;
	return false;
}

static bool language_fits(struct lowering *l)
{
	const struct market_field *field = l->field;
	struct str tag = l->tree.language;
	struct str base = str_sub(tag, 0, str_index(tag, '-'));
	for (size_t i = 0; i < field->language_count; i++)
		if (str_equal_fold(field->languages[i], tag) ||
		    str_equal_fold(field->languages[i], base))
			return true;
	if (!tag.len || !field->language_count)
		return true;
	l->why =
		str_format(l->arena, "'%.*s' must be written in '%.*s', and this text is in '%.*s'",
			   STR(field->title), STR(field->languages[0]), STR(tag));
	return false;
}

/* Does each block say something, by its order in the text? */
static bool *who_speaks(struct lowering *l)
{
	bool *speaks = arena_array(l->arena, l->tree.block_count + 1, sizeof *speaks);
	for (struct node *node = l->tree.root; node; node = node_next(node, l->tree.root))
		for (struct block *block = node->block; block && str_trim(node->text).len;
		     block = block->around)
			speaks[block->order] = true;
	return speaks;
}

/* A mandatory block of which nothing is left makes not a shorter text but a false one. */
static bool keep_mandatory(struct lowering *l)
{
	const bool *speaks = who_speaks(l);
	for (size_t i = 0; i < l->tree.block_count; i++) {
		struct str id = l->tree.blocks[i]->id;
		if (!l->spoke[i] || speaks[i] || !words_have(&l->form->mandatory, id))
			continue;
		l->why = str_format(l->arena,
				    "nothing is left of '%.*s', which must not be left out; say it "
				    "in words and forms that '%.*s' takes",
				    STR(id), STR(l->field->title));
		return false;
	}
	return true;
}

static bool take_steps(struct lowering *l)
{
	lower_selection(l);
	lower_settle(l);
	l->spoke = who_speaks(l);
	lower_structure(l);
	lower_tags(l);
	lower_nesting(l);
	lower_characters(l);
	if (l->why.len)
		return false;
	lower_sentences(l);
	lower_prune(l);
	return !l->why.len && fit_pieces(l);
}

/* One output of one field. */
static bool lower_one(const struct market_field *field, struct str html, bool in_summary,
		      struct lowering *l, struct buf *out, int64_t *count)
{
	*count = 0;
	if (!tree_parse(&l->tree, l->arena, html)) {
		l->why = l->tree.why;
		return false;
	}
	l->field = field;
	l->form = field->form;
	l->in_summary = in_summary;
	return language_fits(l) && take_steps(l) && fit_size(l, out, count) && keep_mandatory(l);
}

static bool lower_both(const struct market_field *field, struct str html, struct lowering *l,
		       struct buf *out, struct market_lowered *lowered)
{
	const struct market_field *summary = field->summary;
	struct buf text = BUF_INIT;
	bool good = true;
	if (summary && market_emits(summary)) {
		good = lower_one(summary, html, true, l, &text, &lowered->summary_count);
		lowered->summary_limit = fit_limit(summary);
		l->prefix = str_copy(l->arena, buf_str(&text));
		buf_reset(&text);
	}
	good = good && lower_one(field, html, false, l, &text, &lowered->count);
	buf_add(out, buf_str(&text));
	buf_release(&text);
	return good;
}

bool lower_unchecked(const struct market_field *field, struct str html, struct arena *arena,
		     struct market_lowered *lowered)
{
	struct lowering l = { .arena = arena };
	struct buf out = BUF_INIT;
	*lowered = (struct market_lowered){ .limit = fit_limit(field) };
	lowered->fits = lower_both(field, html, &l, &out, lowered);
	if (lowered->fits)
		lowered->bytes = str_copy(arena, buf_str(&out));
	lowered->language = l.tree.language;
	lowered->why = l.why;
	lowered->removals = l.removals;
	lowered->removal_count = l.removal_count;
	buf_release(&out);
	return lowered->fits;
}

bool market_lower(const struct market_field *field, struct str html, struct arena *arena,
		  struct market_lowered *lowered)
{
	struct str why;
	if (!lower_unchecked(field, html, arena, lowered))
		return false;
	if (market_check(field, lowered->bytes, lowered->language, arena, &why))
		return true;
	lowered->fits = false;
	lowered->bytes = S("");
	lowered->why =
		str_format(arena, "the finished text was read again and refused: %.*s", STR(why));
	return false;
}
