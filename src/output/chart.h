/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_OUTPUT_CHART_H
#define UPFRONT_OUTPUT_CHART_H

/*
 * chart - the curve of arrival as inline SVG.
 *
 * What may be claimed is a filled step curve, the best estimate a line above it: the band
 * between them is what the data cannot promise. Colours come from the stylesheet by class
 * (chart-claim, chart-share, chart-axis, chart-mark); without it the picture is black on white. The drawing is hidden from
 * screen readers: the table beside it holds the same figures.
 */

#include "promise/promise.h"
#include "words/words.h"

/* The drawing as markup in the arena; empty when nothing is claimed on any day. */
struct str chart_draw(struct arena *arena, const struct curve *curve, const struct words *words);

#endif
