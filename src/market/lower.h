/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_MARKET_LOWER_H
#define UPFRONT_MARKET_LOWER_H

/*
 * lower - the steps between our HTML and a field's bytes, in their order.
 *
 * Internal to market/. Each step changes the tree and leaves it well-formed; what it takes out
 * it notes with lose(). The order matters: structure before tags, tags before characters,
 * characters before looking for contact details, all of it before counting.
 */

#include "market/form.h"
#include "market/tree.h"

struct lowering {
	struct arena *arena;
	const struct market_field *field;
	const struct market_form *form;
	struct tree tree;
	bool in_summary;
	struct str prefix; /* the summary that stands in front, finished */
	bool *spoke;       /* whether each block said something at first, by its order */
	struct market_removal *removals;
	size_t removal_count;
	struct str why; /* set when the text cannot be brought into the form at all */
};

/* Notes what left the text. `rule` names the profile's rule, for provenance; may be NULL. */
void lose(struct lowering *l, enum market_loss kind, const struct block *block, struct str what,
	  struct str why, const char *rule);

/* Takes a block out with all that is in it, and what is then empty. */
void lose_block(struct lowering *l, struct block *block, struct str why, const char *rule);

bool block_is_mandatory(const struct lowering *l, const struct block *block);

/*
 * The block must leave, or, where it is mandatory or there is none, the text as a whole fails.
 * False in that case.
 */
bool give_up_block(struct lowering *l, struct block *block, struct str why, const char *rule);

/* Leaves only the blocks that the field takes. */
void lower_selection(struct lowering *l);

/* Boxes whose content runs in a line get paragraphs; white space as a browser shows it. */
void lower_settle(struct lowering *l);
void lower_spaces(struct lowering *l); /* the white space alone */

/* Puts the run of text and running elements from `first` on into a paragraph; returns what follows.
 */
struct node *lower_wrap(struct lowering *l, struct node *parent, struct node *first);

/* FAQ, tables, headings, lists: in this order, each into the form the field takes. */
void lower_structure(struct lowering *l);
void lower_tables(struct lowering *l);

/* Blocks inside a line give way to their running text, with `between` from one to the next. */
void lower_flatten(struct lowering *l, struct node *line, const char *between);

/* Drops, maps and unwraps elements; links and images by the field's policy. */
void lower_tags(struct lowering *l);

/* May the element bear the attribute, by "tag.name" or "*.name"? */
bool attribute_stands(const struct market_form *form, struct str tag, struct str name);

/* Does the policy let an address stand: host and scheme? */
bool link_stands(enum links policy, const struct words *hosts, struct str address);

/* Mends what may not stand in what. */
void lower_nesting(struct lowering *l);

/* Elements in which nothing is left. */
void lower_prune(struct lowering *l);

/* Substitutes characters, takes out signs without meaning; blocks with others leave. */
void lower_characters(struct lowering *l);

/* Takes out sentences with contact details, addresses on the web, and banned phrases. */
void lower_sentences(struct lowering *l);

/* Writes the final bytes of what is in the tree. */
void lower_write(struct lowering *l, struct buf *out);
void lower_write_plain(const struct lowering *l, const struct node *root, struct buf *out);

/*
 * The root's children from `*node` on that belong to one outermost block, under a root of their
 * own; moves `*node` behind them.
 */
struct node *lower_piece(struct lowering *l, const struct node **node);

/* The size that is obeyed: the limit, or while it is not known the working size; 0: none. */
int64_t fit_limit(const struct market_field *field);

/* Blocks that are too big by themselves, or too many, leave. False: `why`. */
bool fit_pieces(struct lowering *l);

/* Writes, counts, and lets blocks leave until it fits. False: `why`. */
bool fit_size(struct lowering *l, struct buf *out, int64_t *count);

/* market_lower without the last look by market_check: for tests that hold the two against each
 * other. */
bool lower_unchecked(const struct market_field *field, struct str html, struct arena *arena,
		     struct market_lowered *lowered);

#endif
