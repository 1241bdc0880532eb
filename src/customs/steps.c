/* SPDX-License-Identifier: MIT */
/* A parcel that was worked out in, the way there in lines for people out: every row is named. */
#include "customs/work.h"

struct telling {
	const struct work *work;
	struct buf line;
	struct str *steps;
	size_t count;
};

static void add_amount(struct telling *telling, struct exact amount)
{
	struct money money = { .currency = telling->work->row->rule->currency };
	exact_round(amount, telling->work->row->places, &money.amount);
	money_show(&telling->line, money);
}

static void add_term(struct telling *telling, struct str typed, const char *fallback)
{
	buf_add(&telling->line, typed.len ? typed : str_of(fallback));
}

static void add_row(struct telling *telling, const char *table, struct pos pos)
{
	buf_addf(&telling->line, " (%s:%u)", table, (unsigned)pos.line);
}

static void end_step(struct telling *telling)
{
	struct arena *arena = telling->work->arena;
	telling->steps = arena_push(arena, telling->steps, &telling->count, sizeof *telling->steps);
	telling->steps[telling->count - 1] = str_copy(arena, buf_str(&telling->line));
	buf_reset(&telling->line);
}

static void tell_rates(struct telling *telling, const struct exchange *exchange)
{
	for (size_t i = 0; i < exchange->count; i++) {
		const struct fx_rate *row = exchange->rows[i];
		buf_addf(&telling->line, "%s 1 %s = ", i ? "," : " at", row->from.code);
		decimal_show(&telling->line, row->rate);
		buf_addf(&telling->line, " %s of ", row->to.code);
		date_add(&telling->line, row->date);
		add_row(telling, "fx.csv", row->pos);
	}
}

/* Rates that limits and amounts of the rules were converted at, not the goods or freight. */
static void tell_other_rates(struct telling *telling)
{
	const struct work *work = telling->work;
	const struct exchange *told[] = { &work->goods_rate, &work->freight_rate };
	for (size_t i = 0; i < work->rate_count; i++) {
		bool before = false;
		for (size_t j = 0; j < 2; j++)
			for (size_t k = 0; k < told[j]->count; k++)
				before |= told[j]->rows[k] == work->rates[i];
		if (before)
			continue;
		struct exchange exchange = { .rows = { work->rates[i] }, .count = 1 };
		buf_add(&telling->line, S("amounts of the rules converted"));
		tell_rates(telling, &exchange);
		end_step(telling);
	}
}

static void tell_value(struct telling *telling, const char *what, struct money typed,
		       int64_t pieces, const struct exchange *exchange, struct exact amount)
{
	buf_addf(&telling->line, "%s: ", what);
	if (pieces > 1)
		buf_addf(&telling->line, "%lld x ", (long long)pieces);
	money_show(&telling->line, typed);
	tell_rates(telling, exchange);
	if (pieces > 1 || exchange->count) {
		buf_add(&telling->line, S(" = "));
		add_amount(telling, amount);
	}
	end_step(telling);
}

static void add_validity(struct telling *telling, struct validity validity)
{
	if (validity.from != DATE_NONE) {
		buf_add(&telling->line, S(" from "));
		date_add(&telling->line, validity.from);
	}
	if (validity.to != DATE_NONE) {
		buf_add(&telling->line, S(" to "));
		date_add(&telling->line, validity.to);
	}
}

static void tell_rule(struct telling *telling)
{
	const struct work *work = telling->work;
	const struct customs_rule *rule = work->row->rule;
	buf_addf(&telling->line, "rule of %s", rule->country.code);
	add_validity(telling, rule->validity);
	if (work->variant->condition_count)
		buf_addf(&telling->line, " for %.*s", STR(rule->variant));
	buf_add(&telling->line, S(": "));
	add_term(telling, rule->test, "goods");
	buf_add(&telling->line, S(" of "));
	add_amount(telling, work->tested);
	if (rule->over.currency.code[0]) {
		buf_add(&telling->line, S(" is over "));
		money_show(&telling->line, rule->over);
	}
	if (rule->up_to.currency.code[0]) {
		buf_addf(&telling->line, "%s up to ", rule->over.currency.code[0] ? " and" : " is");
		money_show(&telling->line, rule->up_to);
	}
	add_row(telling, "customs.csv", rule->pos);
	end_step(telling);
	if (!rule->note.len)
		return;
	buf_addf(&telling->line, "note on that rule: %.*s", STR(rule->note));
	end_step(telling);
}

static void tell_tariff(struct telling *telling)
{
	const struct work *work = telling->work;
	if (work->tariff) {
		const struct tariff_rule *rule = work->tariff->rule;
		buf_addf(&telling->line, "tariff of HS %.*s: %.*s", STR(rule->hs), STR(rule->rate));
		if (rule->origin.code[0])
			buf_addf(&telling->line, " for goods made in %s", rule->origin.code);
		add_validity(telling, rule->validity);
		add_row(telling, "tariffs.csv", rule->pos);
		end_step(telling);
	} else if (work->by_default) {
		buf_addf(&telling->line, "tariff of all goods without a row of their own: %.*s",
			 STR(work->row->rule->default_tariff));
		add_row(telling, "customs.csv", work->row->rule->pos);
		end_step(telling);
	}
}

static void tell_waived(struct telling *telling, struct exact full, struct exact levied)
{
	if (exact_is_zero(full) || !exact_is_zero(levied))
		return;
	buf_add(&telling->line, S("; not levied, as it is not more than "));
	money_show(&telling->line, telling->work->row->rule->waived_up_to);
}

static void tell_duty(struct telling *telling)
{
	const struct work *work = telling->work;
	const struct customs_rule *rule = work->row->rule;
	tell_tariff(telling);
	buf_addf(&telling->line, "duty: %.*s", STR(rule->duty));
	if (work->row->duty.percent) {
		buf_addf(&telling->line, " on %.*s of ", STR(rule->duty_on));
		add_amount(telling, work->duty_base);
	}
	buf_add(&telling->line, S(" = "));
	add_amount(telling, work->duty_full);
	tell_waived(telling, work->duty_full, work->parts[PART_DUTY]);
	end_step(telling);
}

static void tell_tax(struct telling *telling)
{
	const struct work *work = telling->work;
	const struct customs_rule *rule = work->row->rule;
	struct str name = rule->tax_name.len ? rule->tax_name : S("tax");
	if (work->row->duty.kind == LEVY_INCLUSIVE) {
		buf_addf(&telling->line, "%.*s: inside the duty", STR(name));
	} else if (work->row->tax.over == 0) {
		buf_addf(&telling->line, "%.*s: none", STR(name));
	} else {
		buf_addf(&telling->line, "%.*s: %.*s on %.*s of ", STR(name), STR(rule->tax),
			 STR(rule->tax_on));
		add_amount(telling, work->tax_base);
		if (rule->tax_base_step.currency.code[0]) {
			buf_add(&telling->line, S(", rounded to "));
			add_amount(telling, work->tax_stepped);
		}
		buf_add(&telling->line, S(" = "));
		add_amount(telling, work->tax_full);
		tell_waived(telling, work->tax_full, work->parts[PART_TAX]);
	}
	end_step(telling);
}

static void tell_charges(struct telling *telling)
{
	const struct work *work = telling->work;
	for (size_t i = 0; i < work->applied_count; i++) {
		const struct charge_rule *rule = work->applied[i].charge->rule;
		struct str name = rule->name.plain.len ? rule->name.plain : S("charge");
		buf_addf(&telling->line, "%.*s: ", STR(name));
		add_amount(telling, work->applied[i].amount);
		if (!work->applied[i].charge->counted)
			buf_addf(&telling->line, ", paid by the %.*s and not counted", STR(rule->paid_by));
		add_row(telling, "charges.csv", rule->pos);
		end_step(telling);
	}
}

static void tell_payment(struct telling *telling)
{
	const struct work *work = telling->work;
	const struct customs_rule *rule = work->row->rule;
	struct exact dues = work_dues(work);
	if (exact_is_zero(dues)) {
		buf_add(&telling->line, S("nothing is levied"));
	} else if (work->payer == PAYER_SELLER) {
		buf_add(&telling->line, S("delivered duty paid: the seller pays "));
		add_amount(telling, dues);
	} else if (work->collected) {
		buf_addf(&telling->line, "collected with the order by the %.*s: ", STR(rule->collected_by));
		add_amount(telling, dues);
		buf_add(&telling->line, S(", nothing again on delivery"));
	} else {
		buf_add(&telling->line, S("due on delivery: "));
		add_amount(telling, dues);
		if (!work->carrier_fee)
			buf_add(&telling->line, S("; charges.csv tells no fee of the carrier for this service"));
	}
	end_step(telling);
}

struct str *work_steps(const struct work *work, size_t *count)
{
	const struct customs_request *request = work->request;
	struct telling telling = { .work = work };
	tell_value(&telling, "goods", request->goods, request->quantity, &work->goods_rate,
		   work->parts[PART_GOODS]);
	if (request->freight.currency.code[0])
		tell_value(&telling, "freight", request->freight, 1, &work->freight_rate,
			   work->parts[PART_FREIGHT]);
	tell_rule(&telling);
	tell_other_rates(&telling);
	tell_duty(&telling);
	tell_tax(&telling);
	tell_charges(&telling);
	tell_payment(&telling);
	buf_add(&telling.line, S("together with goods and freight: "));
	struct exact value = exact_add(work->parts[PART_GOODS], work->parts[PART_FREIGHT]);
	add_amount(&telling, exact_add(value, work_dues(work)));
	end_step(&telling);
	buf_release(&telling.line);
	*count = telling.count;
	return telling.steps;
}
