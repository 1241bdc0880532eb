/* SPDX-License-Identifier: MIT */
/*
 * Fractions in, fractions out. The one idea: nothing is reduced until it would not fit
 * otherwise. The numbers of one parcel share their denominators (powers of ten, one exchange
 * rate), so adding mostly needs no multiplication and a greatest common divisor almost never.
 */
#include "customs/exact.h"

#include <assert.h>

#define DIGITS_MAX INT64_C(999999999999999999) /* 18 digits, as a decimal holds */

static const int64_t powers[] = {
	1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000,
};

struct exact exact_of(int64_t whole)
{
	return (struct exact){ whole, 1 };
}

struct exact exact_decimal(struct decimal number)
{
	return (struct exact){ number.digits, powers[number.scale] };
}

static unsigned __int128 magnitude(__int128 x)
{
	return x < 0 ? 0 - (unsigned __int128)x : (unsigned __int128)x;
}

/* Greatest common divisor; of 0 and b it is b. */
static unsigned __int128 common(unsigned __int128 a, unsigned __int128 b)
{
	while (b >> 64) {
		unsigned __int128 rest = a % b;
		a = b;
		b = rest;
	}
	while (b) {
		uint64_t rest = (uint64_t)(a % b);
		a = b;
		b = rest;
	}
	return a;
}

static struct exact reduce(struct exact x)
{
	unsigned __int128 divisor = common(magnitude(x.over), (unsigned __int128)x.under);
	if (divisor > 1) {
		x.over /= (__int128)divisor;
		x.under /= (__int128)divisor;
	}
	return x;
}

/* How often `small` goes into `large`; 0 where something is left. Mostly 64 bits are enough, and cheap. */
static __int128 times(__int128 small, __int128 large)
{
	if (!((unsigned __int128)large >> 64)) {
		uint64_t quotient = (uint64_t)large / (uint64_t)small;
		return quotient * (uint64_t)small == (uint64_t)large ? (__int128)quotient : 0;
	}
	return large % small == 0 ? large / small : 0;
}

static bool scale_up(struct exact *x, __int128 factor)
{
	return !__builtin_mul_overflow(x->over, factor, &x->over) &&
	       !__builtin_mul_overflow(x->under, factor, &x->under);
}

/* Gives both the same denominator; false when it does not fit. */
static bool align(struct exact *a, struct exact *b)
{
	struct exact *coarse = a->under < b->under ? a : b, *fine = coarse == a ? b : a;
	__int128 factor = times(coarse->under, fine->under);
	if (factor)
		return scale_up(coarse, factor);
	__int128 shared = (__int128)common((unsigned __int128)a->under, (unsigned __int128)b->under);
	__int128 for_a = b->under / shared, for_b = a->under / shared;
	return scale_up(a, for_a) && scale_up(b, for_b);
}

static bool try_add(struct exact a, struct exact b, struct exact *sum)
{
	if ((a.under != b.under && !align(&a, &b)) ||
	    __builtin_add_overflow(a.over, b.over, &sum->over))
		return false;
	sum->under = a.under;
	return true;
}

struct exact exact_add_any(struct exact a, struct exact b)
{
	struct exact sum;
	if (!exact_known(a) || !exact_known(b))
		return EXACT_UNKNOWN;
	if (a.over == 0)
		return b;
	if (b.over == 0)
		return a;
	if (try_add(a, b, &sum) || try_add(reduce(a), reduce(b), &sum))
		return sum;
	return EXACT_UNKNOWN;
}

static struct exact negative(struct exact x)
{
	if (__builtin_sub_overflow((__int128)0, x.over, &x.over))
		return EXACT_UNKNOWN;
	return x;
}

struct exact exact_subtract(struct exact a, struct exact b)
{
	return exact_add(a, negative(b));
}

static bool try_multiply(struct exact a, struct exact b, struct exact *product)
{
	return !__builtin_mul_overflow(a.over, b.over, &product->over) &&
	       !__builtin_mul_overflow(a.under, b.under, &product->under);
}

/* Cancels across before multiplying: what is left is as small as it can be. */
static bool multiply_reduced(struct exact a, struct exact b, struct exact *product)
{
	struct exact left = reduce((struct exact){ a.over, b.under });
	struct exact right = reduce((struct exact){ b.over, a.under });
	struct exact rest_left = reduce((struct exact){ left.over, right.under });
	struct exact rest_right = reduce((struct exact){ right.over, left.under });
	return try_multiply((struct exact){ rest_left.over, rest_left.under },
			    (struct exact){ rest_right.over, rest_right.under }, product);
}

struct exact exact_multiply_any(struct exact a, struct exact b)
{
	struct exact product;
	if (!exact_known(a) || !exact_known(b))
		return EXACT_UNKNOWN;
	if (a.over == 0 || b.over == 0)
		return EXACT_ZERO;
	if (try_multiply(a, b, &product) || multiply_reduced(a, b, &product))
		return product;
	return EXACT_UNKNOWN;
}

struct exact exact_divide(struct exact a, struct exact b)
{
	struct exact inverse = { b.under, b.over };
	if (!exact_known(b) || b.over == 0)
		return EXACT_UNKNOWN;
	if (b.over < 0) {
		inverse.over = -b.under;
		if (__builtin_sub_overflow((__int128)0, b.over, &inverse.under))
			return EXACT_UNKNOWN;
	}
	return exact_multiply(a, inverse);
}

/* Rounded down, and what is left over: whole * under + rest == over, 0 <= rest < under. */
static __int128 floor_of(struct exact x, __int128 *rest)
{
	__int128 whole = x.over / x.under;
	*rest = x.over % x.under;
	if (*rest < 0) {
		*rest += x.under;
		whole--;
	}
	return whole;
}

/*
 * Compares whole parts, then turns the remainders upside down and goes on, as Euclid does:
 * nothing grows, so nothing can overflow.
 */
static int compare_slowly(struct exact a, struct exact b)
{
	for (int sign = 1;; sign = -sign) {
		__int128 rest_a, rest_b;
		__int128 whole_a = floor_of(a, &rest_a), whole_b = floor_of(b, &rest_b);
		if (whole_a != whole_b)
			return whole_a < whole_b ? -sign : sign;
		if (!rest_a || !rest_b)
			return rest_a == rest_b ? 0 : !rest_a ? -sign : sign;
		a = (struct exact){ a.under, rest_a };
		b = (struct exact){ b.under, rest_b };
	}
}

int exact_compare_any(struct exact a, struct exact b)
{
	assert(exact_known(a) && exact_known(b));
	__int128 left = a.over, right = b.over;
	if (a.under != b.under && (__builtin_mul_overflow(a.over, b.under, &left) ||
				   __builtin_mul_overflow(b.over, a.under, &right)))
		return compare_slowly(a, b);
	return (left > right) - (left < right);
}

struct exact exact_least(struct exact a, struct exact b)
{
	if (!exact_known(a) || !exact_known(b))
		return EXACT_UNKNOWN;
	return exact_compare(a, b) <= 0 ? a : b;
}

struct exact exact_greatest(struct exact a, struct exact b)
{
	if (!exact_known(a) || !exact_known(b))
		return EXACT_UNKNOWN;
	return exact_compare(a, b) >= 0 ? a : b;
}

/* The nearest whole number, halves away from zero; false where it does not fit. */
static bool nearest(struct exact x, __int128 *whole)
{
	unsigned __int128 size = magnitude(x.over), under = (unsigned __int128)x.under;
	unsigned __int128 result = size / under, rest = size % under;
	if (rest >= under - rest)
		result++;
	if (result >> 126)
		return false;
	*whole = x.over < 0 ? -(__int128)result : (__int128)result;
	return true;
}

struct exact exact_round_to(struct exact x, struct exact step)
{
	__int128 steps;
	struct exact count = exact_divide(x, step);
	if (!exact_known(count) || !nearest(count, &steps))
		return EXACT_UNKNOWN;
	return exact_multiply((struct exact){ steps, 1 }, step);
}

/* The same in 64 bits; false where the number times `power` needs more. */
static bool nearest_short(struct exact x, int64_t power, __int128 *whole)
{
	int64_t scaled;
	if (!exact_is_short(x) || __builtin_mul_overflow((int64_t)x.over, power, &scaled))
		return false;
	uint64_t size = scaled < 0 ? 0 - (uint64_t)scaled : (uint64_t)scaled, under = (uint64_t)x.under;
	uint64_t result = size / under, rest = size - result * under;
	result += rest >= under - rest;
	*whole = scaled < 0 ? -(__int128)result : (__int128)result;
	return true;
}

bool exact_round(struct exact x, uint8_t places, struct decimal *number)
{
	__int128 digits = x.over;
	if (!exact_known(x))
		return false;
	if (x.over && x.under != powers[places] && !nearest_short(x, powers[places], &digits)) {
		x = exact_multiply(x, exact_of(powers[places]));
		if (!exact_known(x) || !nearest(x, &digits))
			return false;
	}
	if (digits > DIGITS_MAX || digits < -DIGITS_MAX)
		return false;
	*number = (struct decimal){ (int64_t)digits, places };
	return true;
}
