/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_CUSTOMS_LEVY_H
#define UPFRONT_CUSTOMS_LEVY_H

/*
 * levy - how much duty: a percentage, an amount, or several joined as tariffs join them.
 *
 *	8%                                13.8% + 13.00 GBP/100 kg
 *	60% - 20 USD                      5% MIN 1 EUR/kg
 *	3 EUR per_line                    tariff + 10%
 *
 * MIN stands before the least that is charged and MAX before the most, as the tariff of the
 * United Kingdom writes them: `a MIN b` is the greater of the two. Plus and minus bind
 * tighter; several MIN and MAX are worked from left to right. An amount alone is for the parcel.
 *
 *	struct levy levy;
 *	if (levy_parse(arena, &scan, &options, &levy))
 *		use(levy.parts[0].number);
 */

#include "base/arena.h"
#include "customs/scan.h"

enum levy_sign { LEVY_PLUS, LEVY_MINUS, LEVY_MIN, LEVY_MAX };

enum levy_unit {
	LEVY_PERCENT,	 /* of the base */
	LEVY_PER_PARCEL, /* an amount, in these four */
	LEVY_PER_LINE,
	LEVY_PER_ITEM,
	LEVY_PER_WEIGHT,
	LEVY_TARIFF /* what tariffs.csv says of the goods */
};

struct levy_part {
	enum levy_sign sign;
	enum levy_unit unit;
	struct exact number; /* 8% is 2/25; an amount in `currency`, for each `per_g` grams by weight */
	struct currency currency;
	int64_t per_g;
};

enum levy_kind {
	LEVY_OPEN, /* the cell is empty: not known */
	LEVY_NONE, /* nothing is levied */
	LEVY_SUM,
	LEVY_INCLUSIVE /* one percentage for duty and tax together */
};

struct levy {
	enum levy_kind kind;
	struct levy_part *parts;
	size_t count;
	bool percent; /* some part needs a base */
	bool tariff;  /* some part is the tariff */
};

struct levy_options {
	struct currency fallback; /* of amounts that name none; "" : they must */
	bool duty;		  /* a cell of `duty`: knows none, tariff and inclusive */
};

/* Beyond this many percent it is a slip of the pen and refused. */
enum { LEVY_PERCENT_MAX = 10000 };

/* Parses a whole cell into the arena. False when something was reported. */
bool levy_parse(struct arena *arena, struct scan *scan, const struct levy_options *options,
		struct levy *levy);

/* Parses one percentage such as `8.1%` (or `none`); *given is false when the cell is empty. */
bool percent_parse(struct scan *scan, bool *given, struct exact *share);

#endif
