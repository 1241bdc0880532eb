/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_OUTPUT_CHART_H
#define UPFRONT_OUTPUT_CHART_H

/*
 * chart - promises as pictures: the curve of one lane, and many lanes on one scale.
 *
 * The curve: what may be claimed is a filled step curve, the best estimate a line above it; the
 * lighter band between them is what the data cannot promise. The strips: one bar a lane, from the day on
 * which half may be claimed to that of 95 %, a dot on nine in ten, all on one scale of days, so that the
 * fast one lies to the left and the sure one is short.
 *
 *	struct scale scale = scale_of(curves, count);
 *	for (size_t i = 0; i < count; i++)
 *		strip_draw(arena, &scale, curves[i], false, words);
 *	scale_draw(arena, &scale, words);
 *
 * Colours come from the stylesheet by class (chart-..., strip-...); without it the pictures are black on
 * white. Positions are whole units or tenths of a percent, so that equal curves give equal bytes. The drawings are
 * hidden from screen readers: the words beside them say the same.
 */

#include "promise/promise.h"
#include "words/words.h"

/* The drawing as markup in the arena; empty when nothing is claimed on any day. */
struct str chart_draw(struct arena *arena, const struct curve *curve, const struct words *words);

/* Days from 0 to `last` across the whole width, with a tick every `step`. */
struct scale {
	int last; /* 0: no curve claims anything */
	int step;
};

/* The scale on which all of the curves have room. */
struct scale scale_of(const struct curve *const *curves, size_t count);

/* The ticks with their days, to stand below the strips of the scale. */
struct str scale_draw(struct arena *arena, const struct scale *scale, const struct words *words);

/*
 * A curve as a strip: `hollow` gives its day alone, as a ring, for a figure that is not our own. A curve that
 * claims nothing gives ticks without a bar; a scale without days gives nothing.
 */
struct str strip_draw(struct arena *arena, const struct scale *scale, const struct curve *curve,
		      bool hollow, const struct words *words);

#endif
