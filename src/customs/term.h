/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_CUSTOMS_TERM_H
#define UPFRONT_CUSTOMS_TERM_H

/*
 * term - what a limit is tested on, and what duty and tax are charged on.
 *
 * A sum of parts with factors, as in `1.10*goods+duty`, or `inside:goods+freight+duty` for a
 * tax that is part of its own base. Parsed once into one factor a part.
 *
 *	struct term term;
 *	if (term_parse(&scan, TERM_TAX_ON, &term))
 *		base = term_value(&term, parts);
 */

#include "customs/scan.h"

enum part { PART_GOODS, PART_FREIGHT, PART_DUTY, PART_TAX, PART_CHARGES, PART_EXCESS, PARTS };

/* Which parts may be named where: what would go round in a circle may not. */
enum {
	TERM_TEST = 1 << PART_GOODS | 1 << PART_FREIGHT,
	TERM_DUTY_ON = TERM_TEST | 1 << PART_CHARGES | 1 << PART_EXCESS,
	TERM_TAX_ON = TERM_DUTY_ON | 1 << PART_DUTY,
	TERM_CHARGE_ON = TERM_TEST | 1 << PART_DUTY | 1 << PART_TAX,
};

struct term {
	struct exact factor[PARTS];
	unsigned parts; /* bit PART_...: is in the sum; 0: no term was given */
	unsigned plain; /* bit PART_...: its factor is 1 */
	bool inside;	/* the tax is part of what it is charged on */
};

/* Parses a whole cell; an empty one gives a term without parts. False when it was reported. */
bool term_parse(struct scan *scan, unsigned allowed, struct term *term);

/* The sum for the parcel's parts, indexed by enum part. */
struct exact term_value(const struct term *term, const struct exact *parts);

bool term_equal(const struct term *a, const struct term *b);

#endif
