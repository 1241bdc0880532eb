/* SPDX-License-Identifier: MIT */
/*
 * A parcel in, the row of customs.csv that applies to it out: by place, variant, day and the
 * value that the row tests, in the row's currency.
 */
#include "customs/work.h"

#include <string.h>

bool work_unknown(struct work *work, struct str why)
{
	work->why = why;
	return false;
}

static void use_rates(struct work *work, const struct exchange *exchange)
{
	for (size_t i = 0; i < exchange->count; i++) {
		size_t at = 0;
		while (at < work->rate_count && work->rates[at] != exchange->rows[i])
			at++;
		if (at == work->rate_count && at < RATES_MAX)
			work->rates[work->rate_count++] = exchange->rows[i];
	}
}

struct exact work_convert(struct work *work, struct exact amount, struct currency currency)
{
	struct exchange exchange;
	struct currency to = work->row->rule->currency;
	if (currency_equal(currency, to))
		return amount;
	if (!fx_find(work->customs->fx, currency, to, work->request->date, &exchange))
		return EXACT_UNKNOWN;
	use_rates(work, &exchange);
	return exact_multiply(amount, exchange.factor);
}

bool work_unknown_of(struct work *work, const struct str *pieces, size_t count)
{
	size_t len = 0;
	for (size_t i = 0; i < count; i++)
		len += pieces[i].len;
	char *text = arena_text(work->arena, len);
	work->why = (struct str){ text, len };
	for (size_t i = 0; i < count; text += pieces[i++].len)
		memcpy(text, pieces[i].text, pieces[i].len);
	return false;
}

bool work_no_rate(struct work *work, struct currency from)
{
	struct str why[] = { S("fx.csv has no rate from "), str_of(from.code), S(" to "),
			     str_of(work->row->rule->currency.code),
			     S(" up to this date, or the amount is too large") };
	return work_unknown_of(work, why, 5);
}

/* Rows of a country mostly share their currency. */
bool work_price(struct work *work, const struct import_row *row)
{
	const struct customs_request *request = work->request;
	const struct import_row *before = work->priced;
	work->row = row;
	if (before && currency_equal(before->rule->currency, row->rule->currency))
		return true;
	struct currency to = row->rule->currency;
	if (!fx_find(work->customs->fx, request->goods.currency, to, request->date, &work->goods_rate))
		return work_no_rate(work, request->goods.currency);
	bool has_freight = request->freight.currency.code[0];
	struct currency freight = has_freight ? request->freight.currency : to;
	if (currency_equal(freight, request->goods.currency))
		work->freight_rate = work->goods_rate;
	else if (!fx_find(work->customs->fx, freight, to, request->date, &work->freight_rate))
		return work_no_rate(work, freight);
	work->rate_count = 0;
	use_rates(work, &work->goods_rate);
	use_rates(work, &work->freight_rate);
	struct exact goods = exact_multiply(exact_decimal(request->goods.amount),
					    exact_of(request->quantity > 1 ? request->quantity : 1));
	work->parts[PART_GOODS] = exact_multiply(goods, work->goods_rate.factor);
	work->parts[PART_FREIGHT] = exact_multiply(
		has_freight ? exact_decimal(request->freight.amount) : EXACT_ZERO, work->freight_rate.factor);
	work->priced = row;
	return true;
}

enum place_in_band work_in_band(struct work *work, struct money over, struct exact over_amount,
				struct money up_to, struct exact up_to_amount)
{
	if (!exact_known(work->tested))
		return NOT_KNOWN;
	if (over.currency.code[0]) {
		struct exact limit = work_convert(work, over_amount, over.currency);
		if (!exact_known(limit))
			return NOT_KNOWN;
		if (exact_compare(work->tested, limit) <= 0)
			return BELOW;
	}
	if (up_to.currency.code[0]) {
		struct exact limit = work_convert(work, up_to_amount, up_to.currency);
		if (!exact_known(limit))
			return NOT_KNOWN;
		if (exact_compare(work->tested, limit) > 0)
			return ABOVE;
	}
	return INSIDE;
}

enum found { FOUND_NONE, FOUND, FOUND_UNKNOWN };

/* The variant's row for the date and the value; where one is not known, that is said. */
static enum found choose_in(struct work *work, const struct variant *variant, bool *dated)
{
	bool today = work->request->date == work->customs->shop->date;
	size_t count = today ? variant->today_count : variant->row_count;
	for (size_t i = 0; i < count; i++) {
		const struct import_row *row = today ? variant->today[i] : &variant->rows[i];
		const struct customs_rule *rule = row->rule;
		if (!today && !validity_holds(rule->validity, work->request->date))
			continue;
		*dated = true;
		if (row->bad)
			work_unknown(work, S("the rule in customs.csv has errors"));
		if (row->bad || !work_price(work, row))
			return FOUND_UNKNOWN;
		work->tested = term_value(&row->test, work->parts);
		enum place_in_band band = work_in_band(work, rule->over, row->over, rule->up_to, row->up_to);
		if (band == NOT_KNOWN) {
			bool top = rule->up_to.currency.code[0];
			work_no_rate(work, top ? rule->up_to.currency : rule->over.currency);
			return FOUND_UNKNOWN;
		}
		if (band == INSIDE) {
			work->variant = variant;
			return FOUND;
		}
	}
	return FOUND_NONE;
}

bool work_choose(struct work *work)
{
	const struct chain *chain = &work->chain;
	bool own = (chain->own[0] && chain->own[0]->variant_count) ||
		   (chain->own[1] && chain->own[1]->variant_count);
	const struct country *places[] = { own ? chain->own[0] : chain->elsewhere,
					   own ? chain->own[1] : NULL };
	bool dated = false, any = false;
	for (size_t i = 0; i < 2; i++)
		for (size_t j = 0; places[i] && j < places[i]->variant_count; j++) {
			const struct variant *variant = &places[i]->variants[j];
			if (!variant_matches(variant, work->request))
				continue;
			any = true;
			enum found found = choose_in(work, variant, &dated);
			if (found != FOUND_NONE)
				return found == FOUND;
		}
	struct str why[] = { S("customs.csv has no rule for "), place_str(&work->request->to),
			     !any ? S("") : !dated ? S(" on this date") : S(" for goods of this value") };
	return work_unknown_of(work, why, 3);
}
