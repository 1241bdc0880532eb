/* SPDX-License-Identifier: MIT */
/*
 * Exact numbers as the seller types them. The one idea: digits and a scale, computed in 128
 * bits and refused where 18 digits do not hold the result, so nothing is ever lost in silence.
 */
#include "shop/money.h"

enum { SCALE_MAX = 9 };

#define DIGITS_MAX INT64_C(999999999999999999) /* 18 digits */

static const int64_t powers[] = {
	1,
	10,
	100,
	1000,
	10000,
	100000,
	1000000,
	10000000,
	100000000,
	1000000000,
	10000000000,
	100000000000,
	1000000000000,
	10000000000000,
	100000000000000,
	1000000000000000,
	10000000000000000,
	100000000000000000,
	1000000000000000000,
};

/* Takes the value when it fits, after dropping zeros at the end of too many places. */
static bool settle(__int128 digits, int scale, struct decimal *number)
{
	while (scale > 0 && digits % 10 == 0 &&
	       (scale > SCALE_MAX || digits > DIGITS_MAX || digits < -DIGITS_MAX)) {
		digits /= 10;
		scale--;
	}
	if (scale > SCALE_MAX || digits > DIGITS_MAX || digits < -DIGITS_MAX)
		return false;
	*number = (struct decimal){ (int64_t)digits, (uint8_t)scale };
	return true;
}

/* Length of the grouping sign at the start: the other one of . and , or a space or an apostrophe.
 */
static size_t grouping_sign(struct str s, char decimal_sign)
{
	static const char *const signs[] = {
		" ", "'", "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89", "\xE2\x80\x99",
	};
	if (s.len && s.text[0] == (decimal_sign == ',' ? '.' : ','))
		return 1;
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (str_starts(s, signs[i]))
			return str_of(signs[i]).len;
	return 0;
}

static size_t digit_run(struct str s)
{
	size_t len = 0;
	while (len < s.len && s.text[len] >= '0' && s.text[len] <= '9')
		len++;
	return len;
}

static bool take_digits(struct str s, __int128 *digits)
{
	for (size_t i = 0; i < s.len; i++) {
		*digits = *digits * 10 + (s.text[i] - '0');
		if (*digits > (__int128)DIGITS_MAX * DIGITS_MAX)
			return false;
	}
	return true;
}

/*
 * The digits before the decimal sign. Groups are of three; of two or three in the Indian way
 * (1,00,000), where the last is always of three; one number keeps to one grouping sign.
 */
static bool take_whole(struct str *rest, char decimal_sign, __int128 *digits)
{
	size_t run = digit_run(*rest), sign;
	struct str grouping = S("");
	if (!take_digits(str_sub(*rest, 0, run), digits))
		return false;
	*rest = str_sub(*rest, run, rest->len);
	size_t first = run;
	while (first > 0 && first <= 3 && (sign = grouping_sign(*rest, decimal_sign)) > 0) {
		struct str here = str_sub(*rest, 0, sign);
		struct str behind = str_sub(*rest, sign, rest->len);
		run = digit_run(behind);
		bool last = grouping_sign(str_sub(behind, run, behind.len), decimal_sign) == 0;
		if ((run != 3 && (run != 2 || last)) ||
		    (grouping.len && !str_equal(grouping, here)))
			return false;
		grouping = here;
		if (!take_digits(str_sub(behind, 0, run), digits))
			return false;
		*rest = str_sub(behind, run, behind.len);
	}
	return true;
}

bool decimal_parse(struct str s, char decimal_sign, struct decimal *number)
{
	struct str rest = str_trim(s);
	bool negative = false;
	if (str_starts(rest, "-") || str_starts(rest, "+")) {
		negative = rest.text[0] == '-';
		rest = str_sub(rest, 1, rest.len);
	} else if (str_starts(rest, "\xE2\x88\x92")) { /* the true minus sign */
		negative = true;
		rest = str_sub(rest, 3, rest.len);
	}
	__int128 digits = 0;
	size_t before = rest.len, places = 0;
	if (!take_whole(&rest, decimal_sign, &digits))
		return false;
	bool has_whole = rest.len < before;
	if (rest.len && rest.text[0] == decimal_sign) {
		rest = str_sub(rest, 1, rest.len);
		places = digit_run(rest);
		if (places == 0 || places > 30 || !take_digits(str_sub(rest, 0, places), &digits))
			return false;
		rest = str_sub(rest, places, rest.len);
	}
	if (rest.len || (!has_whole && !places))
		return false;
	return settle(negative ? -digits : digits, (int)places, number);
}

int decimal_compare(struct decimal a, struct decimal b)
{
	__int128 left = (__int128)a.digits * powers[b.scale];
	__int128 right = (__int128)b.digits * powers[a.scale];
	return (left > right) - (left < right);
}

bool decimal_add(struct decimal a, struct decimal b, struct decimal *sum)
{
	uint8_t scale = a.scale > b.scale ? a.scale : b.scale;
	__int128 left = (__int128)a.digits * powers[scale - a.scale];
	__int128 right = (__int128)b.digits * powers[scale - b.scale];
	return settle(left + right, scale, sum);
}

bool decimal_multiply(struct decimal a, struct decimal b, struct decimal *product)
{
	return settle((__int128)a.digits * b.digits, a.scale + b.scale, product);
}

struct decimal decimal_round(struct decimal number, uint8_t scale)
{
	if (number.scale <= scale)
		return number;
	int64_t unit = powers[number.scale - scale];
	int64_t whole = number.digits / unit, rest = number.digits % unit;
	if (rest >= unit - rest)
		whole++;
	else if (-rest >= unit + rest)
		whole--;
	return (struct decimal){ whole, scale };
}

void decimal_show(struct buf *buf, struct decimal number)
{
	uint64_t digits = number.digits < 0 ? 0 - (uint64_t)number.digits : (uint64_t)number.digits;
	uint64_t unit = (uint64_t)powers[number.scale];
	if (number.digits < 0)
		buf_byte(buf, '-');
	buf_number(buf, (int64_t)(digits / unit));
	if (!number.scale)
		return;
	buf_byte(buf, '.');
	for (uint64_t rest = digits % unit, place = unit / 10; place; place /= 10)
		buf_byte(buf, (char)('0' + rest / place % 10));
}
