/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_CUSTOMS_EXACT_H
#define UPFRONT_CUSTOMS_EXACT_H

/*
 * exact - numbers that are never rounded on the way.
 *
 * A fraction of two 128-bit numbers: amounts, percentages, exchange rates and their inverses
 * meet without losing anything, and only the figure that is shown is rounded. What does not
 * fit becomes "not known" and stays so through every further step, so one question at the end
 * finds it: an overflow never turns into a number.
 *
 *	struct exact tax = exact_multiply(base, rate);
 *	struct decimal shown;
 *	if (exact_round(tax, 2, &shown))
 *		use(shown);
 *
 * Values, nothing to release. Comparing what is not known is our own fault.
 */

#include "shop/money.h"

/* over / under; under is positive, or 0 where the number is not known. */
struct exact {
	__int128 over;
	__int128 under;
};

#define EXACT_ZERO ((struct exact){ 0, 1 })
#define EXACT_UNKNOWN ((struct exact){ 0, 0 })

struct exact exact_of(int64_t whole);
struct exact exact_decimal(struct decimal number);

static inline bool exact_known(struct exact x)
{
	return x.under != 0;
}

static inline bool exact_is_zero(struct exact x)
{
	return x.over == 0 && x.under != 0;
}

/* The general ways of adding, multiplying and comparing; callers use the ones below. */
struct exact exact_add_any(struct exact a, struct exact b);
struct exact exact_multiply_any(struct exact a, struct exact b);
int exact_compare_any(struct exact a, struct exact b);

static inline bool exact_fits_64(__int128 x)
{
	return x == (int64_t)x;
}

static inline bool exact_is_short(struct exact x)
{
	return exact_fits_64(x.over) && exact_fits_64(x.under);
}

/* Not known where an operand is not, or where the result does not fit. */
static inline struct exact exact_add(struct exact a, struct exact b)
{
	struct exact sum = { 0, a.under };
	if (!a.over && a.under)
		return b;
	if (!b.over && b.under)
		return a;
	if (a.under == b.under && a.under && !__builtin_add_overflow(a.over, b.over, &sum.over))
		return sum;
	return exact_add_any(a, b);
}

/* Mostly all four fit in 64 bits, and then no product can overflow. */
static inline struct exact exact_multiply(struct exact a, struct exact b)
{
	if (!exact_is_short(a) || !exact_is_short(b) || !a.over || !b.over || !a.under || !b.under)
		return exact_multiply_any(a, b);
	return (struct exact){ (__int128)(int64_t)a.over * (int64_t)b.over,
			       (__int128)(int64_t)a.under * (int64_t)b.under };
}

struct exact exact_subtract(struct exact a, struct exact b);
struct exact exact_divide(struct exact a, struct exact b); /* by zero: not known */

/* -1, 0 or 1; both are known. Right for all fractions, however large. */
static inline int exact_compare(struct exact a, struct exact b)
{
	__int128 left = a.over, right = b.over;
	if (a.under != b.under || !a.under) {
		if (!a.under || !b.under || !exact_is_short(a) || !exact_is_short(b))
			return exact_compare_any(a, b);
		left = (__int128)(int64_t)a.over * (int64_t)b.under;
		right = (__int128)(int64_t)b.over * (int64_t)a.under;
	}
	return (left > right) - (left < right);
}

struct exact exact_least(struct exact a, struct exact b);
struct exact exact_greatest(struct exact a, struct exact b);

/* The nearest multiple of `step` (positive), half of it up. */
struct exact exact_round_to(struct exact x, struct exact step);

/* Rounded half up, away from zero. False when not known, or too large for a decimal. */
bool exact_round(struct exact x, uint8_t places, struct decimal *number);

#endif
