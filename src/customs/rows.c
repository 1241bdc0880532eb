/* SPDX-License-Identifier: MIT */
/*
 * One typed row in, its parsed form out. What cannot be meant is reported at the cell in which
 * it stands; what is merely left open is only warned of where a rate would have nothing to be
 * taken of.
 */
#include "customs/tables.h"

static bool names(const struct term *term, enum part part)
{
	return term->parts & 1u << part;
}

static bool parse_term(struct str text, struct pos pos, char sign, unsigned allowed,
		       struct diag *diag, struct term *term)
{
	struct scan scan = scan_of(text, pos, sign, diag);
	return term_parse(&scan, allowed, term);
}

static struct term one_part(enum part part)
{
	struct term term = { .parts = 1u << part, .plain = 1u << part };
	term.factor[part] = exact_of(1);
	return term;
}

static bool parse_bases(const struct customs_rule *rule, struct import_row *row, struct diag *diag)
{
	char sign = rule->decimal_sign;
	bool good = parse_term(rule->test, rule->test_pos, sign, TERM_TEST, diag, &row->test);
	good &= parse_term(rule->duty_on, rule->duty_on_pos, sign, TERM_DUTY_ON, diag, &row->duty_on);
	good &= parse_term(rule->tax_on, rule->tax_on_pos, sign, TERM_TAX_ON, diag, &row->tax_on);
	if (!row->test.parts)
		row->test = one_part(PART_GOODS);
	const char *excess = "'excess' is the part above 'over', which is empty; fill it in";
	if (!rule->over.currency.code[0] && names(&row->duty_on, PART_EXCESS)) {
		diag_error(diag, rule->duty_on_pos, "%s", excess);
		good = false;
	}
	if (!rule->over.currency.code[0] && names(&row->tax_on, PART_EXCESS)) {
		diag_error(diag, rule->tax_on_pos, "%s", excess);
		good = false;
	}
	return good;
}

static bool parse_rates(struct arena *arena, const struct customs_rule *rule,
			struct import_row *row, struct diag *diag)
{
	struct levy_options duty = { rule->currency, true }, tariff = { rule->currency, false };
	struct scan scan = scan_of(rule->duty, rule->duty_pos, rule->decimal_sign, diag);
	bool good = levy_parse(arena, &scan, &duty, &row->duty);
	scan = scan_of(rule->default_tariff, rule->tariff_pos, rule->decimal_sign, diag);
	good &= levy_parse(arena, &scan, &tariff, &row->default_tariff);
	scan = scan_of(rule->tax, rule->tax_pos, rule->decimal_sign, diag);
	return good & percent_parse(&scan, &row->tax_given, &row->tax);
}

static bool fits_together(const struct customs_rule *rule, const struct import_row *row,
			  struct diag *diag)
{
	bool inclusive = row->duty.kind == LEVY_INCLUSIVE, taxed = row->tax.over > 0;
	if (rule->collected_up_to.currency.code[0] && !rule->collected_by.len)
		diag_warning(diag, rule->pos, "'collected_up_to' says nothing without 'collected_by'; write "
					      "there marketplace or seller");
	if (inclusive && taxed) {
		diag_error(diag, rule->tax_pos, "'inclusive' holds the tax already; leave 'tax' empty");
		return false;
	}
	if (row->tax_on.inside && exact_compare(row->tax, exact_of(1)) >= 0) {
		diag_error(diag, rule->tax_pos, "a tax inside its own base is less than 100%%; correct the rate "
						"or leave 'inside:' out");
		return false;
	}
	if (row->duty.percent && !row->duty_on.parts)
		diag_warning(diag, rule->duty_on_pos.file ? rule->duty_on_pos : rule->pos,
			     "'duty_on' is empty, so it is not known of what '%.*s' is taken; write goods or "
			     "goods+freight", STR(rule->duty));
	if (taxed && !row->tax_on.parts && row->duty.kind != LEVY_OPEN)
		diag_warning(diag, rule->tax_on_pos.file ? rule->tax_on_pos : rule->pos,
			     "'tax_on' is empty, so it is not known of what '%.*s' is taken; write for example "
			     "goods+freight+duty", STR(rule->tax));
	return true;
}

/* An amount of the row, and 0 where the cell is empty. Less than nothing is refused. */
static bool take_money(const struct customs_rule *rule, struct money money, const char *column,
		       struct diag *diag, struct exact *amount)
{
	*amount = exact_decimal(money.amount);
	if (!money.currency.code[0])
		*amount = EXACT_ZERO;
	if (amount->over >= 0)
		return true;
	diag_error(diag, rule->pos, "'%s' is less than nothing; write an amount of 0 or more", column);
	return false;
}

static bool take_amounts(const struct customs_rule *rule, struct import_row *row, struct diag *diag)
{
	bool good = take_money(rule, rule->over, "over", diag, &row->over);
	good &= take_money(rule, rule->up_to, "up_to", diag, &row->up_to);
	good &= take_money(rule, rule->tax_base_step, "tax_base_step", diag, &row->step);
	good &= take_money(rule, rule->waived_up_to, "waived_up_to", diag, &row->waived);
	good &= take_money(rule, rule->collected_up_to, "collected_up_to", diag, &row->cap);
	if (rule->tax_base_step.currency.code[0] && exact_is_zero(row->step)) {
		diag_error(diag, rule->pos, "a 'tax_base_step' of 0 cannot be; leave it empty where none is");
		good = false;
	}
	if (!rule->currency.code[0]) {
		diag_error(diag, rule->pos, "this rule has no 'currency'; fill it in");
		good = false;
	}
	return good;
}

void import_row_parse(struct arena *arena, const struct customs_rule *rule, struct import_row *row,
		      struct diag *diag)
{
	*row = (struct import_row){ .rule = rule, .places = currency_exponent(rule->currency) };
	bool good = parse_bases(rule, row, diag);
	good &= parse_rates(arena, rule, row, diag);
	good &= take_amounts(rule, row, diag);
	row->bad = !good || !fits_together(rule, row, diag);
	row->checkout = str_is(rule->collected_by, "marketplace") || str_is(rule->collected_by, "seller");
}

void charge_parse(const struct charge_rule *rule, struct charge *charge, struct diag *diag)
{
	*charge = (struct charge){ .rule = rule,
				   .amount = exact_decimal(rule->amount.amount),
				   .min = exact_decimal(rule->min.amount),
				   .max = exact_decimal(rule->max.amount),
				   .over = exact_decimal(rule->over.amount),
				   .up_to = exact_decimal(rule->up_to.amount) };
	charge->percent = exact_divide(exact_decimal(rule->percent), exact_of(100));
	charge->counted = !str_is(rule->paid_by, "seller") && !str_is(rule->paid_by, "carrier") &&
			  !str_is(rule->paid_by, "marketplace");
	struct pos pos = rule->percent_on_pos.file ? rule->percent_on_pos : rule->pos;
	charge->bad = !parse_term(rule->percent_on, pos, rule->decimal_sign, TERM_CHARGE_ON, diag,
				  &charge->on);
	if (rule->has_percent && !charge->on.parts && !charge->bad) {
		charge->on = one_part(PART_DUTY);
		charge->on.factor[PART_TAX] = exact_of(1);
		charge->on.parts = charge->on.plain = 1u << PART_DUTY | 1u << PART_TAX;
	}
	charge->of_duty_or_tax = names(&charge->on, PART_DUTY) || names(&charge->on, PART_TAX);
	if (charge->amount.over < 0 || charge->percent.over < 0 || charge->min.over < 0 ||
	    charge->max.over < 0) {
		diag_error(diag, rule->pos, "a charge of less than nothing cannot be; write 0 or more");
		charge->bad = true;
	}
	if (exact_compare(charge->percent, exact_of(LEVY_PERCENT_MAX / 100)) > 0) {
		diag_error(diag, rule->pos, "a charge above %d%% is refused; is the decimal sign right?",
			   LEVY_PERCENT_MAX);
		charge->bad = true;
	}
}

void tariff_parse(struct arena *arena, const struct tariff_rule *rule, struct tariff *tariff,
		  struct diag *diag)
{
	struct levy_options options = { { "" }, false };
	*tariff = (struct tariff){ .key = tariff_key(rule->hs), .rule = rule };
	struct scan scan = scan_of(rule->rate, rule->rate_pos, rule->decimal_sign, diag);
	tariff->bad = !levy_parse(arena, &scan, &options, &tariff->levy);
	if (!tariff->bad && tariff->levy.kind == LEVY_OPEN) {
		diag_error(diag, rule->rate_pos, "the rate is empty; write one such as 8%%, or take the row out");
		tariff->bad = true;
	}
}

static const enum service_kind kinds[] = { KIND_EXPRESS, KIND_EMS, KIND_REGISTERED, KIND_LINE,
					   KIND_WAREHOUSE, KIND_ECONOMY };

static bool take_condition(struct str name, struct str value, struct condition *condition)
{
	*condition = (struct condition){ .kind = KIND_UNKNOWN };
	if (str_is(name, "kind")) {
		condition->subject = BY_KIND;
		for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
			if (str_equal_fold(value, str_of(service_kind_name(kinds[i]))))
				condition->kind = kinds[i];
		return condition->kind != KIND_UNKNOWN;
	}
	if (!str_is(name, "origin") && !str_is(name, "from"))
		return false;
	condition->subject = str_is(name, "origin") ? BY_ORIGIN : BY_FROM;
	condition->group = place_group(value, &condition->group_count);
	return condition->group || place_parse(value, &condition->place);
}

/* More conditions go before fewer, then a place before a group; kind before origin before from. */
static int weigh(const struct variant *variant)
{
	int weight = 0;
	for (size_t i = 0; i < variant->condition_count; i++) {
		const struct condition *condition = &variant->conditions[i];
		weight += 1000 + (condition->group ? 0 : 100) + (4 >> condition->subject);
	}
	return weight;
}

bool variant_parse(struct str text, struct pos pos, struct variant *variant, struct diag *diag)
{
	struct str rest = text, word;
	unsigned seen = 0;
	*variant = (struct variant){ .text = text };
	while (str_next_word(&rest, &word)) {
		size_t equals = str_index(word, '=');
		struct condition condition;
		if (equals == word.len || !take_condition(str_sub(word, 0, equals),
							  str_sub(word, equals + 1, word.len), &condition)) {
			diag_error(diag, pos, "the variant '%.*s' is not understood; write kind=express, origin=US "
					      "or from=US", STR(word));
			return false;
		}
		if (seen & 1u << condition.subject) {
			diag_error(diag, pos, "the variant says '%.*s' twice; write a row for each",
				   STR(str_sub(word, 0, equals)));
			return false;
		}
		seen |= 1u << condition.subject;
		variant->conditions[variant->condition_count++] = condition;
	}
	variant->weight = weigh(variant);
	return true;
}
