/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PUBLISH_DIFFERENCE_H
#define UPFRONT_PUBLISH_DIFFERENCE_H

/*
 * difference - two texts, word by word.
 *
 * A word is a run of letters and digits, a tag, a run of blanks, or any other single
 * character. The shortest way from the old text to the new one is found; where the two have next to
 * nothing in common, the whole middle counts as replaced.
 *
 *	struct stretch *stretches;
 *	size_t count = difference_find(&arena, old, new, &stretches);
 *	difference_show(&out, stretches, count);	// ... arrive within [-14-]{+18+} days ...
 */

#include "base/buf.h"

enum stretch_kind { STRETCH_SAME, STRETCH_GONE, STRETCH_ADDED };

struct stretch {
	enum stretch_kind kind;
	struct str text; /* lent from the old or the new text */
};

/* From the old text to the new; the stretches lie in the arena. None when the texts are equal. */
size_t difference_find(struct arena *arena, struct str before, struct str now,
		       struct stretch **stretches);

/* Adds it on one line for people: [-gone-]{+added+}, a few words around each change, "..." between. */
void difference_show(struct buf *out, const struct stretch *stretches, size_t count);

#endif
