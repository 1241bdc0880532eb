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
	struct str language; /* of the text; empty: not known */
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

/*
 * One output of the field, in a `c` with an empty text: `whole` is what counts, `bytes` what is read. Leaves
 * in c->text what a reader would see.
 */
bool check_output(struct checking *c, struct str whole, struct str bytes);

/* Where the field's second output ends that stands in front; 0 when there is none. */
size_t check_summary_end(const struct market_field *field, struct str bytes);

/* The size by one way of counting, of one piece after the other (or the whole with `container`). */
int64_t check_count_by(const struct checking *c, const struct counting *rule, struct str whole,
		       const struct str *pieces, size_t piece_count);

/* The largest count by the field's ways of counting. */
int64_t check_count(const struct checking *c, struct str whole, const struct str *pieces,
		    size_t piece_count);

/* Is the size within the field's limits? */
bool check_size(struct checking *c, int64_t count);

#endif
