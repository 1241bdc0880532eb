/* SPDX-License-Identifier: MIT */
/* A cell in, the list of its parts out, in the order in which they are worked. */
#include "customs/levy.h"

#include <string.h>

enum { PARTS_MAX = 16 };

static bool take_percent(struct scan *scan, size_t start, struct decimal number,
			 struct exact *share)
{
	if (decimal_compare(number, (struct decimal){ LEVY_PERCENT_MAX, 0 }) > 0)
		return scan_fail(scan, start, "a rate above %d%% is refused; is the decimal sign right?",
				 LEVY_PERCENT_MAX);
	*share = exact_divide(exact_decimal(number), exact_of(100));
	return true;
}

static bool take_weight(struct scan *scan, int64_t *grams)
{
	scan_more(scan);
	size_t start = scan->at;
	struct decimal number = { 1, 0 };
	if (scan_at_number(scan) && !scan_number(scan, &number))
		return false;
	struct str unit = scan_word(scan);
	if (str_equal_fold(unit, S("t")) || str_equal_fold(unit, S("tonne"))) {
		unit = S("kg");
		if (!decimal_multiply(number, (struct decimal){ 1000, 0 }, &number))
			return scan_fail(scan, start, "the weight is too large");
	}
	struct buf text = BUF_INIT;
	decimal_show(&text, number);
	buf_add(&text, unit);
	bool known = unit.len && weight_parse(buf_str(&text), '.', grams);
	buf_release(&text);
	if (!known || *grams <= 0)
		return scan_fail(scan, start, "after the amount comes a weight such as 100 kg, or item, line "
					      "or parcel");
	return true;
}

/* What an amount is for: `per_line`, `/item`, `/100 kg`; nothing at all is the parcel. */
static bool take_unit(struct scan *scan, struct levy_part *part)
{
	static const struct {
		const char *name;
		enum levy_unit unit;
	} units[] = {
		{ "parcel", LEVY_PER_PARCEL }, { "consignment", LEVY_PER_PARCEL },
		{ "line", LEVY_PER_LINE },     { "item", LEVY_PER_ITEM },
		{ "piece", LEVY_PER_ITEM },
	};
	bool slash = scan_take(scan, "/") || scan_take(scan, "per");
	part->unit = LEVY_PER_PARCEL;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		char joined[24] = "per_";
		for (size_t at = 0; units[i].name[at]; at++)
			joined[4 + at] = units[i].name[at];
		if (slash ? scan_take(scan, units[i].name) : scan_take(scan, joined)) {
			part->unit = units[i].unit;
			return true;
		}
	}
	if (!slash)
		return true;
	part->unit = LEVY_PER_WEIGHT;
	return take_weight(scan, &part->per_g);
}

static bool take_amount(struct scan *scan, size_t start, struct decimal number, bool has_currency,
			const struct levy_options *options, struct levy_part *part)
{
	if (!has_currency && !scan_currency(scan, &part->currency)) {
		if (!options->fallback.code[0])
			return scan_fail(scan, start, "a %% or a currency is missing behind the number");
		part->currency = options->fallback;
	}
	part->number = exact_decimal(number);
	return take_unit(scan, part);
}

static bool take_part(struct scan *scan, const struct levy_options *options, struct levy_part *part)
{
	struct decimal number;
	scan_more(scan);
	size_t start = scan->at;
	if (options->duty && scan_take(scan, "tariff")) {
		part->unit = LEVY_TARIFF;
		return true;
	}
	bool currency = scan_currency(scan, &part->currency);
	if (!currency && !scan_at_number(scan))
		return scan_fail(scan, start, options->duty ?
				 "write none, tariff, a percentage such as 8%%, an amount such as 3 EUR per_line, "
				 "or inclusive and a percentage" :
				 "write a percentage such as 8%% or an amount such as 13.00 GBP/100 kg");
	if (!scan_number(scan, &number))
		return false;
	if (!currency && scan_take(scan, "%")) {
		part->unit = LEVY_PERCENT;
		return take_percent(scan, start, number, &part->number);
	}
	return take_amount(scan, start, number, currency, options, part);
}

static bool take_sign(struct scan *scan, enum levy_sign *sign)
{
	if (scan_take(scan, "+"))
		*sign = LEVY_PLUS;
	else if (scan_take(scan, "-") || scan_take(scan, "\xE2\x88\x92"))
		*sign = LEVY_MINUS;
	else if (scan_take(scan, "MIN"))
		*sign = LEVY_MIN;
	else if (scan_take(scan, "MAX"))
		*sign = LEVY_MAX;
	else
		return false;
	return true;
}

static bool take_sum(struct arena *arena, struct scan *scan, const struct levy_options *options,
		     struct levy *levy)
{
	struct levy_part parts[PARTS_MAX];
	enum levy_sign sign = LEVY_PLUS;
	do {
		if (levy->count == PARTS_MAX)
			return scan_fail(scan, scan->at, "more than %d parts are refused", PARTS_MAX);
		struct levy_part *part = &parts[levy->count++];
		*part = (struct levy_part){ .sign = sign };
		if (!take_part(scan, options, part))
			return false;
		levy->percent |= part->unit == LEVY_PERCENT || part->unit == LEVY_TARIFF;
		levy->tariff |= part->unit == LEVY_TARIFF;
	} while (take_sign(scan, &sign));
	if (scan_more(scan))
		return scan_fail(scan, scan->at, "'%.*s' is not understood; parts are joined with + - MIN or "
						 "MAX", STR(scan_rest(scan)));
	levy->parts = arena_array(arena, levy->count, sizeof *parts);
	memcpy(levy->parts, parts, levy->count * sizeof *parts);
	return true;
}

bool levy_parse(struct arena *arena, struct scan *scan, const struct levy_options *options,
		struct levy *levy)
{
	*levy = (struct levy){ 0 };
	if (!scan_more(scan))
		return true;
	if (scan_take(scan, "none") || scan_take(scan, "free")) {
		levy->kind = LEVY_NONE;
		return !scan_more(scan) || scan_fail(scan, scan->at, "nothing may follow none");
	}
	size_t start = scan->at;
	bool inclusive = options->duty && scan_take(scan, "inclusive");
	levy->kind = inclusive ? LEVY_INCLUSIVE : LEVY_SUM;
	if (!take_sum(arena, scan, options, levy))
		return false;
	if (inclusive && (levy->count != 1 || levy->parts[0].unit != LEVY_PERCENT))
		return scan_fail(scan, start, "after inclusive comes one percentage");
	return true;
}

bool percent_parse(struct scan *scan, bool *given, struct exact *share)
{
	struct decimal number;
	*share = EXACT_ZERO;
	*given = scan_more(scan);
	if (!*given)
		return true;
	size_t start = scan->at;
	if (!scan_take(scan, "none")) {
		if (!scan_number(scan, &number))
			return false;
		if (!scan_take(scan, "%"))
			return scan_fail(scan, start, "a %% is missing behind the number");
		if (!take_percent(scan, start, number, share))
			return false;
	}
	return !scan_more(scan) || scan_fail(scan, scan->at, "nothing may follow the percentage");
}
