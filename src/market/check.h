/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_MARKET_CHECK_H
#define UPFRONT_MARKET_CHECK_H

/*
 * check - final bytes, read again by somebody who did not write them.
 *
 * Internal to market/. Goes by the field's form alone: reads tags from left to right with a stack
 * of names, collects the text between them with a line for each block, and holds both against
 * the rules. Nothing of lowering is called here, so that a mistake there does not excuse itself.
 */

#include "market/form.h"

struct checking {
	const struct market_field *field;
	const struct market_form *form;
	struct arena *arena;
	struct buf text; /* what a reader would see */
	size_t images;
	struct str why; /* the first thing found; empty while all is well */
};

/* Notes what is wrong, unless something was before; returns false. */
bool check_fault(struct checking *c, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Tags, attributes, CSS, nesting, entities; adds the text to c->text. */
bool check_html(struct checking *c, struct str html);

/* No tags, no entities where they have no place; adds the text to c->text. */
bool check_plain(struct checking *c, struct str text);

/* Characters, contact details, banned phrases of c->text. */
bool check_text(struct checking *c);

/* The largest count by the field's ways of counting of one piece (or the whole with `container`).
 */
int64_t check_count(const struct checking *c, struct str whole, const struct str *pieces,
		    size_t piece_count);

#endif
