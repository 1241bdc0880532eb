/* SPDX-License-Identifier: MIT */
/* Measures and numbers on boxes: text in, whole millimetres or a verdict out. */
#include "shop/goods.h"

#include "shop/money.h"

enum { SIDE_MAX_MM = 100000 };

struct length_unit {
	const char *name;
	int64_t micrometres;
};

/* A longer name stands before one that ends like it. */
static const struct length_unit units[] = {
	{ "mm", 1000 }, { "cm", 10000 }, { "in", 25400 }, { "\"", 25400 }, { "m", 1000000 },
};

/* Takes a unit from the end of a side; 0 when there is none. */
static int64_t take_unit(struct str *side)
{
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		size_t len = str_of(units[i].name).len;
		if (side->len > len &&
		    str_equal_fold(str_sub(*side, side->len - len, len), str_of(units[i].name))) {
			*side = str_trim(str_sub(*side, 0, side->len - len));
			return units[i].micrometres;
		}
	}
	return 0;
}

/* Where the next x, * or × stands, and how many bytes it has. */
static size_t next_times(struct str s, size_t *width)
{
	for (size_t i = 0; i < s.len; i++) {
		*width = str_starts(str_sub(s, i, 2), "\xC3\x97") ? 2 : 1;
		if (*width == 2 || s.text[i] == 'x' || s.text[i] == 'X' || s.text[i] == '*')
			return i;
	}
	*width = 0;
	return s.len;
}

static bool side_in_mm(struct str text, char decimal_sign, int64_t unit, int64_t *mm)
{
	struct decimal number;
	if (!decimal_parse(text, decimal_sign, &number) || number.digits <= 0)
		return false;
	__int128 scale = 1000;
	for (uint8_t i = 0; i < number.scale; i++)
		scale *= 10;
	__int128 length = ((__int128)number.digits * unit + scale - 1) / scale;
	if (length > SIDE_MAX_MM)
		return false;
	*mm = (int64_t)length;
	return true;
}

bool volume_parse(struct str s, char decimal_sign, int64_t *mm3)
{
	struct str sides[3], rest = str_trim(s);
	int64_t unit[3], volume = 1;
	for (int i = 0; i < 3; i++) {
		size_t width, end = next_times(rest, &width);
		if ((i < 2) != (width > 0))
			return false;
		sides[i] = str_trim(str_sub(rest, 0, end));
		unit[i] = take_unit(&sides[i]);
		rest = str_sub(rest, end + width, rest.len);
	}
	for (int i = 0; i < 3; i++) {
		int64_t mm;
		if (!unit[2] ||
		    !side_in_mm(sides[i], decimal_sign, unit[i] ? unit[i] : unit[2], &mm))
			return false;
		volume *= mm;
	}
	*mm3 = volume;
	return true;
}

bool gtin_holds(struct str gtin)
{
	int sum = 0;
	if (gtin.len != 8 && (gtin.len < 12 || gtin.len > 14))
		return false;
	for (size_t i = 0; i < gtin.len; i++) {
		char c = gtin.text[gtin.len - 1 - i];
		if (c < '0' || c > '9')
			return false;
		sum += (c - '0') * (i % 2 ? 3 : 1);
	}
	return sum % 10 == 0;
}
