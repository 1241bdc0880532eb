/* SPDX-License-Identifier: MIT */
/*
 * The door of the room: tables are built and checked, parcels are answered. Works out nothing
 * itself; rounds each figure once, from its own exact value.
 */
#include "customs/customs.h"

#include <string.h>

#include "customs/work.h"

const char *payer_name(enum payer payer)
{
	switch (payer) {
	case PAYER_NOBODY:
		return "nobody";
	case PAYER_BUYER:
		return "buyer";
	case PAYER_SELLER:
		return "seller";
	case PAYER_UNKNOWN:
		break;
	}
	return "unknown";
}

struct customs *customs_new(struct arena *arena, const struct shop *shop, struct diag *diag)
{
	struct customs *customs = arena_new(arena, sizeof *customs);
	customs->shop = shop;
	customs->fx = fx_new(arena, shop);
	customs_prepare(arena, customs, diag);
	customs_check(arena, customs, diag);
	return customs;
}

/* No border is crossed: within one country, or between members of the European Union. */
static bool no_border(const struct customs *customs, struct place from, struct place to)
{
	if (place_inside_union(customs, from) && place_inside_union(customs, to))
		return true;
	if (place_outside_union(from) || place_outside_union(to))
		return place_equal(from, to);
	return from.code[0] && from.code[0] == to.code[0] && from.code[1] == to.code[1];
}

struct customs_request customs_request_of(const struct product *product, int32_t date)
{
	return (struct customs_request){
		.from = product->ships_from,
		.origin = product->origin,
		.hs_code = product->hs_code,
		.goods = product->customs_value.currency.code[0] ? product->customs_value : product->price,
		.weight_g = product->weight_g,
		.quantity = 1,
		.date = date,
	};
}

enum payer customs_payer(const struct customs *customs, const struct service *service,
			 struct place to, struct place from)
{
	if (no_border(customs, from, to))
		return PAYER_NOBODY;
	if (!service || service->terms == TERMS_UNKNOWN)
		return PAYER_UNKNOWN;
	return service->terms == TERMS_DDP ? PAYER_SELLER : PAYER_BUYER;
}

bool customs_stale(const struct customs *customs, int32_t checked_on)
{
	const struct shop *shop = customs->shop;
	int32_t allowed = shop->settings.stale_after_days;
	return checked_on != DATE_NONE && allowed > 0 && (int64_t)shop->date - checked_on > allowed;
}

static bool show(struct exact amount, const struct currency *currency, uint8_t places,
		 struct money *money)
{
	money->currency = *currency;
	return exact_round(amount, places, &money->amount);
}

struct figures {
	struct exact goods, freight, duty, tax, charges, dues, at_checkout, on_delivery;
};

static bool show_all(struct landed *landed, const struct figures *figures, uint8_t places)
{
	const struct currency *currency = &landed->currency;
	struct exact sum = exact_add(exact_add(figures->goods, figures->freight), figures->dues);
	return show(figures->goods, currency, places, &landed->goods) &&
	       show(figures->freight, currency, places, &landed->freight) &&
	       show(figures->duty, currency, places, &landed->duty) &&
	       show(figures->tax, currency, places, &landed->tax) &&
	       show(figures->charges, currency, places, &landed->charges) &&
	       show(figures->at_checkout, currency, places, &landed->at_checkout) &&
	       show(figures->on_delivery, currency, places, &landed->on_delivery) &&
	       show(sum, currency, places, &landed->landed);
}

static void add_rule(struct landed *landed, const char *table, struct pos pos)
{
	for (size_t i = 0; i < landed->rule_count; i++)
		if (landed->rules[i].line == pos.line && landed->rules[i].table == table)
			return;
	landed->rules[landed->rule_count++] = (struct customs_rule_used){ table, pos.line };
}

/* Every row that a figure rests on, once: the rule, the tariff, the charges, the rates. */
static void name_rules(const struct work *work, struct landed *landed)
{
	static const char customs[] = "customs.csv", tariffs[] = "tariffs.csv", charges[] = "charges.csv",
			  fx[] = "fx.csv";
	size_t most = 2 + work->applied_count + work->rate_count;
	landed->rules = arena_array(work->arena, most, sizeof *landed->rules);
	add_rule(landed, customs, work->row->rule->pos);
	if (work->tariff)
		add_rule(landed, tariffs, work->tariff->rule->pos);
	for (size_t i = 0; i < work->applied_count; i++)
		add_rule(landed, charges, work->applied[i].charge->rule->pos);
	for (size_t i = 0; i < work->rate_count; i++)
		add_rule(landed, fx, work->rates[i]->pos);
}

static void fill_unknown(struct landed *landed, struct str why)
{
	landed->known = false;
	landed->unknown_why = why.len ? why : S("the amounts are too large");
	landed->currency = (struct currency){ "" };
}

static void fill(const struct work *work, struct landed *landed)
{
	const struct customs_rule *rule = work->row->rule;
	struct exact dues = work_dues(work);
	struct figures figures = { work->parts[PART_GOODS], work->parts[PART_FREIGHT],
				   work->parts[PART_DUTY],  work->parts[PART_TAX],
				   work->parts[PART_CHARGES], dues, EXACT_ZERO, EXACT_ZERO };
	if (landed->payer != PAYER_SELLER)
		*(work->collected ? &figures.at_checkout : &figures.on_delivery) = dues;
	landed->currency = rule->currency;
	landed->known = show_all(landed, &figures, work->row->places);
	landed->fee_open = figures.on_delivery.over > 0 && !work->carrier_fee;
	if (!landed->known)
		fill_unknown(landed, S(""));
}

/* What is said of the row that applies, whether or not the figures are known. */
static void describe(const struct work *work, struct landed *landed)
{
	const struct customs_rule *rule = work->row->rule;
	landed->ruled = true;
	landed->stale = customs_stale(work->customs, rule->checked_on);
	landed->collected_by = rule->collected_by;
	if (work->row->checkout)
		landed->collected_up_to = rule->collected_up_to;
	landed->tax_name = rule->tax_name;
	landed->tax_names = &rule->tax_names;
	landed->checked_on = rule->checked_on;
	landed->valid_from = rule->validity.from;
	landed->note = rule->note;
	landed->source = rule->source;
	name_rules(work, landed);
}

/* Nothing is imported: goods and freight in the goods' currency, and nothing else. */
static void fill_no_border(const struct customs *customs, const struct customs_request *request,
			   struct landed *landed)
{
	struct exchange exchange;
	bool has_freight = request->freight.currency.code[0];
	struct currency freight = has_freight ? request->freight.currency : request->goods.currency;
	if (!fx_find(customs->fx, freight, request->goods.currency, request->date, &exchange)) {
		fill_unknown(landed, S("fx.csv has no rate from the freight's currency to the goods'"));
		return;
	}
	struct exact zero = EXACT_ZERO;
	struct exact cost = has_freight ? exact_decimal(request->freight.amount) : zero;
	struct figures figures = { exact_multiply(exact_decimal(request->goods.amount),
						  exact_of(request->quantity > 1 ? request->quantity : 1)),
				   exact_multiply(cost, exchange.factor), zero, zero, zero, zero, zero, zero };
	landed->currency = request->goods.currency;
	landed->known = show_all(landed, &figures, currency_exponent(landed->currency));
	if (!landed->known)
		fill_unknown(landed, S(""));
}

void customs_quote(const struct customs *customs, const struct customs_request *request,
		   bool with_steps, struct arena *arena, struct landed *landed)
{
	struct work work;
	memset(landed, 0, sizeof *landed);
	landed->checked_on = landed->valid_from = DATE_NONE;
	landed->payer = customs_payer(customs, request->service, request->to, request->from);
	if (landed->payer == PAYER_NOBODY) {
		fill_no_border(customs, request, landed);
		return;
	}
	bool known = work_out(customs, request, landed->payer, arena, &work);
	if (work.variant)
		describe(&work, landed);
	else /* a rule may be there all the same: for another value, or without a rate of exchange */
		customs_rules(customs, request->service, request->to, request->from, landed);
	if (!known) {
		fill_unknown(landed, work.why);
		return;
	}
	fill(&work, landed);
	if (with_steps && landed->known)
		landed->steps = work_steps(&work, &landed->step_count);
}
