/* SPDX-License-Identifier: MIT */
/*
 * A finished tree in, bytes of the right size out: blocks leave in the profile's order until what
 * is left fits. A sentence is never cut.
 */
#include <inttypes.h>

#include "market/lower.h"

int64_t fit_limit(const struct market_field *field)
{
	return field->limit ? field->limit : field->working;
}

static bool may_leave(const struct lowering *l, const struct block *block, struct str id)
{
	return !block->gone && (!id.len || str_equal(block->id, id)) &&
	       !block_is_mandatory(l, block);
}

/* The last of the blocks that the profile drops first; then the last of all others. */
static struct block *next_to_leave(const struct lowering *l)
{
	const struct words *order = &l->form->drop_order;
	for (size_t i = 0; i <= order->count; i++) {
		struct str id = i < order->count ? order->items[i] : S("");
		for (size_t j = l->tree.block_count; j-- > 0;)
			if (may_leave(l, l->tree.blocks[j], id))
				return l->tree.blocks[j];
	}
	return NULL;
}

static const char *unit_name(const struct market_field *field)
{
	return field->unit == MARKET_BYTES       ? "bytes"
	       : field->unit == MARKET_SHIFT_JIS ? "bytes in Shift_JIS"
						 : "characters";
}

static void too_long(struct lowering *l, int64_t count)
{
	const struct market_field *field = l->field;
	const char *whose = field->limit_from;
	l->why = str_format(l->arena,
			    "'%.*s' takes %" PRId64
			    " %s%s, and what must stand in it needs %" PRId64 "; shorten the texts%s%s%s",
			    STR(field->title), fit_limit(field), unit_name(field),
			    field->limit ? "" : " (a working size, the limit is not known)", count,
			    whose ? ", or write the limit of " : "", whose ? whose : "",
			    whose ? " into content/marketplaces/local.csv" : "");
}

/* Lets blocks leave until the text fits. False when it cannot. */
static bool shorten(struct lowering *l, struct buf *out, int64_t *count)
{
	for (;;) {
		buf_reset(out);
		buf_add(out, l->prefix);
		lower_write(l, out);
		*count = market_count(l->field, buf_str(out));
		if (!fit_limit(l->field) || *count <= fit_limit(l->field))
			return true;
		struct block *block = next_to_leave(l);
		if (!block)
			break;
		lose_block(l, block,
			   str_format(l->arena,
				      "the text is too long: %" PRId64 " of %" PRId64 " %s", *count,
				      fit_limit(l->field), unit_name(l->field)),
			   l->field->limit ? "limit" : "working");
	}
	too_long(l, *count);
	return false;
}

static bool has_image(const struct lowering *l)
{
	for (const struct node *node = l->tree.root; node; node = node_next(node, l->tree.root))
		if (node_is(node, "img"))
			return true;
	return false;
}

static bool long_enough(struct lowering *l, int64_t count)
{
	const struct market_field *field = l->field;
	if (count >= field->minimum || (l->form->minimum_unless_image && has_image(l)))
		return true;
	l->why = str_format(l->arena,
			    "'%.*s' needs at least %" PRId64 " %s, and the text has %" PRId64,
			    STR(field->title), field->minimum, unit_name(field), count);
	return false;
}

bool fit_size(struct lowering *l, struct buf *out, int64_t *count)
{
	return shorten(l, out, count) && long_enough(l, *count);
}

/* The outermost block that a child of the root belongs to. */
static struct block *piece_of(const struct node *node)
{
	struct block *block = node->block;
	while (block && block->around)
		block = block->around;
	return block;
}

/* The size of the piece that begins at `*node`, by itself; moves `*node` behind it. */
static int64_t piece_size(struct lowering *l, const struct node **node)
{
	struct lowering alone = *l;
	struct buf out = BUF_INIT;
	alone.tree.root = lower_piece(l, node);
	lower_write(&alone, &out);
	int64_t size = market_count(l->field, buf_str(&out));
	buf_release(&out);
	return size;
}

/* How many pieces there are; `*big` is the block of the first that is too big, with its size. */
static int64_t measure(struct lowering *l, struct block **big, int64_t *size)
{
	int64_t pieces = 0, limit = l->form->block_limit;
	*size = 0;
	for (const struct node *node = l->tree.root->first; node; pieces++) {
		struct block *piece = piece_of(node);
		int64_t measured = piece_size(l, &node);
		if (!limit || measured <= limit || *size)
			continue;
		*big = piece;
		*size = measured;
	}
	return pieces;
}

bool fit_pieces(struct lowering *l)
{
	const struct market_form *form = l->form;
	if (!form->block_limit && !form->pieces_max)
		return true;
	for (;;) {
		struct block *block = NULL;
		int64_t size, pieces = measure(l, &block, &size);
		if (size) {
			struct str why = str_format(l->arena,
						    "a block of '%.*s' takes %" PRId64
						    " %s, and this one needs %" PRId64,
						    STR(l->field->title), form->block_limit,
						    unit_name(l->field), size);
			if (!give_up_block(l, block, why, "block_limit"))
				return false;
			continue;
		}
		if (!form->pieces_max || pieces <= form->pieces_max)
			return true;
		struct str why =
			str_format(l->arena, "'%.*s' takes %" PRId64 " blocks, not %" PRId64,
				   STR(l->field->title), form->pieces_max, pieces);
		block = next_to_leave(l);
		if (!block) {
			l->why = why;
			return false;
		}
		lose_block(l, block, why, "pieces_max");
	}
}
