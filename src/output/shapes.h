/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_OUTPUT_SHAPES_H
#define UPFRONT_OUTPUT_SHAPES_H

/*
 * shapes - values as a field takes them, lowered once for all that differ in digits alone.
 *
 * Internal to output/, for fitting.c. "12.90 EUR" and "47.10 EUR" are of one shape, "11.11 EUR": what a
 * field makes of the shape it makes of both, with their own digits. A worker has a memory of its own.
 *
 *	struct shapes *shapes = shapes_new(&arena);
 *	const struct lowered_shape *form = shape_form(shapes, field, language, shape, &scratch);
 *	to = shape_put(to, form, value);
 */

#include "market/market.h"
#include "program/program.h"

/* A shape in a field's form. */
struct lowered_shape {
	const struct market_field *field;
	uint64_t shape;
	bool bad; /* it does not come through by itself */
	struct str text;
};

/* Longer values are lowered with their text: they may be anything. */
enum { VALUE_MAX = 64 };

struct shapes;

/* An empty memory; all of it lives in the arena, and goes with it. */
struct shapes *shapes_new(struct arena *arena);

/* The value with all digits alike, written to `to`, which has room for it. */
struct str shape_of(struct str value, char *to);

/* The hash of all holes' shapes in their order, of values of any length. */
uint64_t shapes_hash(const struct holes *holes, struct str language);

/* NULL: the value is one that every field takes as it is. May be `bad`. */
const struct lowered_shape *shape_form(struct shapes *shapes, const struct market_field *field,
				       struct str language, struct str shape, struct arena *scratch);

/* Writes a value of the shape in the field's form, and returns where it ends. */
char *shape_put(char *to, const struct lowered_shape *form, struct str value);

/* Did a word come through in capitals, or with one? Then it is not to be found, but it is there. */
bool has_changed_word(struct str bytes);

#endif
