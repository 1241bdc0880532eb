/* SPDX-License-Identifier: MIT */
/*
 * A request in, all exact figures out. The one idea: every figure is computed from exact
 * figures, and the first that is not known ends the work with a reason.
 */
#include "customs/work.h"

#include <stddef.h>
#include <string.h>

static struct exact pieces(const struct work *work)
{
	return exact_of(work->request->quantity > 1 ? work->request->quantity : 1);
}

static struct exact lines(const struct work *work)
{
	return exact_of(work->request->lines > 1 ? work->request->lines : 1);
}

static struct exact levy_value(struct work *work, const struct levy *levy, struct exact base);

/* The tariff's duty; not known where the tables hold none for the goods. */
static struct exact tariff_value(struct work *work, struct exact base)
{
	const struct customs_request *request = work->request;
	const struct levy *by_default = &work->row->default_tariff;
	const struct tariff *tariff =
		tariff_find(&work->chain, request->hs_code, request->origin, request->date);
	work->tariff = tariff;
	if (tariff && !tariff->bad)
		return levy_value(work, &tariff->levy, base);
	work->by_default = !tariff && by_default->kind != LEVY_OPEN;
	if (work->by_default)
		return levy_value(work, by_default, base);
	struct str why[] = { S("tariffs.csv has no duty rate of "), place_str(&request->to), S(" for "),
			     request->hs_code.len ? request->hs_code : S("goods without an HS code") };
	work_unknown_of(work, why, 4);
	return EXACT_UNKNOWN;
}

static struct exact part_value(struct work *work, const struct levy_part *part, struct exact base)
{
	if (part->unit == LEVY_TARIFF)
		return tariff_value(work, base);
	if (part->unit == LEVY_PERCENT)
		return exact_multiply(base, part->number);
	struct exact amount = work_convert(work, part->number, part->currency);
	if (!exact_known(amount))
		work_no_rate(work, part->currency);
	if (part->unit == LEVY_PER_LINE)
		return exact_multiply(amount, lines(work));
	if (part->unit == LEVY_PER_ITEM)
		return exact_multiply(amount, pieces(work));
	if (part->unit == LEVY_PER_PARCEL)
		return amount;
	struct exact grams = exact_multiply(exact_of(work->request->weight_g), pieces(work));
	return exact_divide(exact_multiply(amount, grams), exact_of(part->per_g));
}

static struct exact join(enum levy_sign sign, struct exact left, struct exact right)
{
	return sign == LEVY_MIN ? exact_greatest(left, right) :
	       sign == LEVY_MAX ? exact_least(left, right) :
				  right;
}

/* Sums between MIN and MAX, joined from left to right. */
static struct exact levy_value(struct work *work, const struct levy *levy, struct exact base)
{
	struct exact before = EXACT_ZERO, sum = EXACT_ZERO;
	enum levy_sign pending = LEVY_PLUS;
	for (size_t i = 0; i < levy->count; i++) {
		const struct levy_part *part = &levy->parts[i];
		struct exact value = part_value(work, part, base);
		if (part->sign == LEVY_PLUS) {
			sum = exact_add(sum, value);
		} else if (part->sign == LEVY_MINUS) {
			sum = exact_subtract(sum, value);
		} else {
			before = join(pending, before, sum);
			pending = part->sign;
			sum = value;
		}
	}
	return join(pending, before, sum);
}

/* What up to the row's limit is not levied at all. */
static struct exact waive(struct work *work, struct exact amount)
{
	struct money limit = work->row->rule->waived_up_to;
	if (!limit.currency.code[0] || !exact_known(amount))
		return amount;
	struct exact waived = work_convert(work, work->row->waived, limit.currency);
	if (!exact_known(waived))
		return EXACT_UNKNOWN;
	return exact_compare(amount, waived) <= 0 ? EXACT_ZERO : amount;
}

static bool too_large(struct work *work)
{
	return work->why.len ? false :
			       work_unknown(work, S("an amount is too large, or fx.csv lacks a rate for it"));
}

static bool find_duty(struct work *work)
{
	const struct import_row *row = work->row;
	work->duty_full = EXACT_ZERO;
	if (row->duty.kind == LEVY_OPEN)
		return work_unknown(work, S("customs.csv leaves the duty open"));
	if (row->duty.percent) {
		if (!row->duty_on.parts)
			return work_unknown(work, S("customs.csv does not say on what the duty is charged"));
		work->duty_base = term_value(&row->duty_on, work->parts);
	}
	if (row->duty.kind != LEVY_NONE)
		work->duty_full = exact_greatest(levy_value(work, &row->duty, work->duty_base), EXACT_ZERO);
	work->parts[PART_DUTY] = waive(work, work->duty_full);
	return exact_known(work->parts[PART_DUTY]) || too_large(work);
}

/* The tax on the base: on top of it, or already inside what is to be paid. */
static struct exact tax_of(const struct import_row *row, struct exact base)
{
	struct exact tax = exact_multiply(base, row->tax);
	if (!row->tax_on.inside)
		return tax;
	return exact_divide(tax, exact_subtract(exact_of(1), row->tax));
}

static bool find_tax(struct work *work)
{
	const struct import_row *row = work->row;
	work->parts[PART_TAX] = work->tax_full = EXACT_ZERO;
	if (row->duty.kind == LEVY_INCLUSIVE || (row->tax_given && row->tax.over == 0))
		return true;
	if (!row->tax_given)
		return !row->rule->tax_name.len || work_unknown(work, S("customs.csv leaves the tax rate open"));
	if (!row->tax_on.parts)
		return work_unknown(work, S("customs.csv does not say on what the tax is charged"));
	work->tax_base = work->tax_stepped = term_value(&row->tax_on, work->parts);
	if (row->rule->tax_base_step.currency.code[0]) {
		struct currency currency = row->rule->tax_base_step.currency;
		work->tax_stepped = exact_round_to(work->tax_base, work_convert(work, row->step, currency));
	}
	work->tax_full = tax_of(row, work->tax_stepped);
	work->parts[PART_TAX] = waive(work, work->tax_full);
	return exact_known(work->parts[PART_TAX]) || too_large(work);
}

static bool concerns(const struct work *work, const struct charge *charge)
{
	const struct charge_rule *rule = charge->rule;
	return validity_holds(rule->validity, work->request->date) &&
	       (!rule->service || rule->service == work->request->service);
}

static struct exact charge_amount(struct work *work, const struct charge *charge)
{
	const struct charge_rule *rule = charge->rule;
	struct exact amount = rule->has_percent ?
				      exact_multiply(charge->percent, term_value(&charge->on, work->parts)) :
				      work_convert(work, charge->amount, rule->amount.currency);
	if (rule->min.currency.code[0])
		amount = exact_greatest(amount, work_convert(work, charge->min, rule->min.currency));
	if (rule->max.currency.code[0])
		amount = exact_least(amount, work_convert(work, charge->max, rule->max.currency));
	return rule->per_line ? exact_multiply(amount, lines(work)) : amount;
}

/* Adds the charges of a country that apply, those computed from duty and tax or all the others. */
static bool charge_from(struct work *work, const struct country *country, bool due,
			bool of_duty_or_tax)
{
	for (size_t i = 0; country && i < country->charge_count; i++) {
		const struct charge *charge = &country->charges[i];
		const struct charge_rule *rule = charge->rule;
		if (charge->of_duty_or_tax != of_duty_or_tax || (!rule->always && !due) ||
		    !concerns(work, charge))
			continue;
		enum place_in_band band =
			work_in_band(work, rule->over, charge->over, rule->up_to, charge->up_to);
		if (band == BELOW || band == ABOVE)
			continue;
		struct exact amount = charge_amount(work, charge);
		if (charge->bad || band == NOT_KNOWN || !exact_known(amount))
			return work_unknown(work, S("a charge of charges.csv cannot be worked out"));
		work->applied[work->applied_count++] = (struct applied){ charge, amount };
		work->carrier_fee |= rule->service != NULL;
		if (charge->counted)
			work->parts[PART_CHARGES] = exact_add(work->parts[PART_CHARGES], amount);
	}
	return true;
}

static bool charge_all(struct work *work, bool due, bool of_duty_or_tax)
{
	const struct chain *chain = &work->chain;
	bool own = (chain->own[0] && chain->own[0]->charge_count) ||
		   (chain->own[1] && chain->own[1]->charge_count);
	if (!own)
		return charge_from(work, chain->elsewhere, due, of_duty_or_tax);
	return charge_from(work, chain->own[0], due, of_duty_or_tax) &&
	       charge_from(work, chain->own[1], due, of_duty_or_tax);
}

static void room_for_charges(struct work *work)
{
	const struct country *places[] = { work->chain.own[0], work->chain.own[1], work->chain.elsewhere };
	size_t count = 0;
	for (size_t i = 0; i < 3; i++)
		count += places[i] ? places[i]->charge_count : 0;
	work->applied = count ? arena_array(work->arena, count, sizeof *work->applied) : NULL;
}

static bool levy_all(struct work *work)
{
	return find_duty(work) && find_tax(work);
}

/*
 * Whether anything is due on delivery is settled first, with the charges that are levied in any
 * case; then the charges for collecting it are added, and duty and tax worked out again where
 * the charges belong to their base.
 */
static bool levy_and_charge(struct work *work)
{
	const struct import_row *row = work->row;
	room_for_charges(work);
	work->parts[PART_CHARGES] = EXACT_ZERO;
	if (!charge_all(work, false, false) || !levy_all(work))
		return false;
	struct exact levied = exact_add(work->parts[PART_DUTY], work->parts[PART_TAX]);
	bool due = levied.over > 0 && !work->collected && work->payer != PAYER_SELLER;
	if (due && work->applied) {
		work->parts[PART_CHARGES] = EXACT_ZERO;
		work->applied_count = 0;
		if (!charge_all(work, true, false))
			return false;
		if ((row->duty_on.parts | row->tax_on.parts) & 1u << PART_CHARGES && !levy_all(work))
			return false;
	}
	return charge_all(work, due, true) && (exact_known(work->parts[PART_CHARGES]) || too_large(work));
}

static bool settle_collection(struct work *work)
{
	const struct customs_rule *rule = work->row->rule;
	work->collected = work->row->checkout;
	if (!work->collected || !rule->collected_up_to.currency.code[0])
		return true;
	struct exact cap = work_convert(work, work->row->cap, rule->collected_up_to.currency);
	if (!exact_known(cap))
		return work_no_rate(work, rule->collected_up_to.currency);
	work->collected = exact_compare(work->tested, cap) <= 0;
	return true;
}

static bool find_excess(struct work *work)
{
	struct money over = work->row->rule->over;
	work->parts[PART_EXCESS] = EXACT_ZERO;
	if (!over.currency.code[0])
		return true;
	struct exact limit = work_convert(work, work->row->over, over.currency);
	work->parts[PART_EXCESS] = exact_subtract(work->tested, limit);
	return exact_known(work->parts[PART_EXCESS]) || work_no_rate(work, over.currency);
}

bool work_out(const struct customs *customs, const struct customs_request *request,
	      enum payer payer, struct arena *arena, struct work *work)
{
	work->customs = customs;
	work->request = request;
	work->payer = payer;
	work->arena = arena;
	work->chain = country_chain(customs, request->to);
	memset(&work->why, 0, offsetof(struct work, rates) - offsetof(struct work, why));
	return work_choose(work) && find_excess(work) && settle_collection(work) && levy_and_charge(work);
}

struct exact work_dues(const struct work *work)
{
	struct exact levied = exact_add(work->parts[PART_DUTY], work->parts[PART_TAX]);
	return exact_add(levied, work->parts[PART_CHARGES]);
}
