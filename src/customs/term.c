/* SPDX-License-Identifier: MIT */
/* A cell in, a factor for each part out. */
#include "customs/term.h"

static const char *const names[PARTS] = {
	[PART_GOODS] = "goods",	    [PART_FREIGHT] = "freight", [PART_DUTY] = "duty",
	[PART_TAX] = "tax",	    [PART_CHARGES] = "charges", [PART_EXCESS] = "excess",
};

static bool find_part(struct str word, enum part *part)
{
	for (size_t i = 0; i < PARTS; i++)
		if (str_equal_fold(word, str_of(names[i]))) {
			*part = (enum part)i;
			return true;
		}
	return false;
}

static bool take_part(struct scan *scan, unsigned allowed, struct term *term)
{
	struct decimal factor = { 1, 0 };
	scan_more(scan);
	size_t start = scan->at;
	if (scan_at_number(scan)) {
		if (!scan_number(scan, &factor))
			return false;
		if (!scan_take(scan, "*"))
			return scan_fail(scan, start, "a number stands alone; write it as a factor, such as "
						      "1.10*goods");
	}
	scan_more(scan);
	size_t at = scan->at;
	struct str word = scan_word(scan);
	enum part part;
	if (!word.len)
		return scan_fail(scan, at, "a name is missing here: goods, freight, duty, charges or excess");
	if (!find_part(word, &part))
		return scan_fail(scan, at, "there is no '%.*s'; it may be goods, freight, duty, charges or "
					   "excess", STR(word));
	if (!(allowed & 1u << part))
		return scan_fail(scan, at, "'%s' goes round in a circle here; leave it out", names[part]);
	if (term->parts & 1u << part)
		return scan_fail(scan, at, "'%s' stands twice; write it once, with a factor", names[part]);
	term->factor[part] = exact_decimal(factor);
	term->parts |= 1u << part;
	if (exact_compare(term->factor[part], exact_of(1)) == 0)
		term->plain |= 1u << part;
	return true;
}

bool term_parse(struct scan *scan, unsigned allowed, struct term *term)
{
	*term = (struct term){ 0 };
	if (!scan_more(scan))
		return true;
	size_t start = scan->at;
	if (scan_take(scan, "inside")) {
		if (!scan_take(scan, ":"))
			return scan_fail(scan, scan->at, "write inside: with a colon, such as inside:goods+duty");
		if (!(allowed & 1u << PART_DUTY) || allowed & 1u << PART_TAX)
			return scan_fail(scan, start, "'inside:' belongs into tax_on alone");
		term->inside = true;
	}
	do {
		if (!take_part(scan, allowed, term))
			return false;
	} while (scan_take(scan, "+"));
	if (scan_more(scan))
		return scan_fail(scan, scan->at, "'%.*s' is not understood; parts are joined with +",
				 STR(scan_rest(scan)));
	return true;
}

struct exact term_value(const struct term *term, const struct exact *parts)
{
	struct exact sum = EXACT_ZERO;
	for (unsigned left = term->parts; left; left &= left - 1) {
		size_t i = (size_t)__builtin_ctz(left);
		bool plain = term->plain & 1u << i;
		sum = exact_add(sum, plain ? parts[i] : exact_multiply(term->factor[i], parts[i]));
	}
	return sum;
}

bool term_equal(const struct term *a, const struct term *b)
{
	if (a->parts != b->parts || a->inside != b->inside)
		return false;
	for (size_t i = 0; i < PARTS; i++)
		if (a->parts & 1u << i && exact_compare(a->factor[i], b->factor[i]) != 0)
			return false;
	return true;
}
