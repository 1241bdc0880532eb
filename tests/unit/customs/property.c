/* SPDX-License-Identifier: MIT */
/*
 * What holds for all tables and parcels, tried on random ones: nothing is negative, the whole is
 * the sum of its parts, what was collected is not due again, more costs not less inside a band,
 * and the order of rows means nothing. The exact figures are looked at, not the shown ones.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "customs/work.h"

enum { ROUNDS = 300, PARCELS = 40, BANDS = 4 };

struct world {
	uint64_t seed;
	struct arena arena;
	struct diag *diag;
	struct shop shop;
	struct service services[3];
	struct customs_rule rules[BANDS];
	struct charge_rule charges[3];
	struct tariff_rule tariffs[4];
	struct fx_rate fx[3];
};

/* A multiplicative generator with good upper bits (splitmix). */
static uint64_t any(struct world *world, uint64_t below)
{
	uint64_t x = world->seed += 0x9E3779B97F4A7C15u;
	x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
	x = (x ^ x >> 27) * 0x94D049BB133111EBu;
	return (x ^ x >> 31) % below;
}

static struct str one_of(struct world *world, const char *const *words, size_t count)
{
	return str_of(words[any(world, count)]);
}

#define ONE_OF(world, words) one_of(world, words, sizeof words / sizeof *words)

static struct money money(uint64_t cents, const char *currency)
{
	struct money amount = { { (int64_t)cents, 2 }, { "" } };
	strcpy(amount.currency.code, currency);
	return amount;
}

static const char *const duties[] = {
	"none", "tariff", "12.5%", "60% - 20 USD", "3 EUR per_line", "2 EUR per_item", "inclusive 33.5%",
	"tariff + 10%", "5% MIN 1 EUR/kg", "8% MAX 9 USD", "1.10 USD/100 g",
};
static const char *const duty_bases[] = {
	"goods", "goods+freight", "0.60*goods", "1.10*goods+freight", "goods+charges",
};
static const char *const taxes[] = { "none", "19%", "8.1%", "25.5%" };
static const char *const tax_bases[] = { "goods+freight+duty", "inside:goods+freight+duty",
					 "1.10*goods+duty", "goods", "goods+freight+duty+charges" };
static const char *const rates[] = { "0%", "3.7%", "13.8% + 13.00 GBP/100 kg", "8% MIN 1 EUR/item",
				     "25% + 25% + 2.20 USD" };
static const char *const collectors[] = { "", "marketplace", "seller", "carrier" };

/* Bands one above the other that leave nothing out. */
static void make_rules(struct world *world)
{
	struct validity always = { DATE_NONE, DATE_NONE };
	struct str test = any(world, 2) ? S("goods") : S("goods+freight");
	uint64_t limit = 0;
	for (size_t i = 0; i < BANDS; i++) {
		struct customs_rule *rule = &world->rules[i];
		*rule = (struct customs_rule){ .country = { "DE" }, .validity = always, .test = test };
		rule->pos = (struct pos){ "customs.csv", (uint32_t)i + 2, 1 };
		rule->currency = money(0, "EUR").currency;
		if (i)
			rule->over = money(limit, "EUR");
		limit += 1 + any(world, 30000);
		if (i + 1 < BANDS)
			rule->up_to = money(limit, "EUR");
		rule->duty = ONE_OF(world, duties);
		rule->duty_on = ONE_OF(world, duty_bases);
		rule->tax = str_starts(rule->duty, "inclusive") ? S("") : ONE_OF(world, taxes);
		rule->tax_on = ONE_OF(world, tax_bases);
		rule->default_tariff = S("4.5%");
		if (any(world, 3) == 0)
			rule->tax_base_step = money(100, "EUR");
		if (any(world, 3) == 0)
			rule->waived_up_to = money(any(world, 2000), "EUR");
		rule->collected_by = ONE_OF(world, collectors);
		if (any(world, 2))
			rule->collected_up_to = money(any(world, 60000), "EUR");
	}
}

static void make_charges(struct world *world)
{
	struct validity always = { DATE_NONE, DATE_NONE };
	for (size_t i = 0; i < 3; i++) {
		struct charge_rule *rule = &world->charges[i];
		*rule = (struct charge_rule){ .country = { "DE" }, .validity = always };
		rule->pos = (struct pos){ "charges.csv", (uint32_t)i + 2, 1 };
		rule->always = any(world, 2);
		rule->per_line = any(world, 2);
		rule->has_percent = any(world, 2);
		rule->percent = (struct decimal){ (int64_t)any(world, 500), 2 };
		rule->percent_on = S("goods"); /* a share of duty and tax would go round in a circle */
		if (!rule->has_percent)
			rule->amount = money(any(world, 3000), any(world, 2) ? "EUR" : "USD");
		if (any(world, 2))
			rule->max = money(500 + any(world, 3000), "EUR");
		if (any(world, 4) == 0)
			rule->paid_by = S("carrier");
	}
}

static void make_world(struct world *world, uint64_t seed)
{
	static const char *const prefixes[] = { "94", "9405", "940521", "94052160" };
	struct shop *shop = &world->shop;
	struct validity always = { DATE_NONE, DATE_NONE };
	memset(world, 0, sizeof *world);
	world->seed = seed;
	arena_init(&world->arena);
	world->diag = diag_new(".");
	make_rules(world);
	make_charges(world);
	for (size_t i = 0; i < 4; i++)
		world->tariffs[i] = (struct tariff_rule){ .country = { "DE" }, .hs = str_of(prefixes[i]),
							  .rate = ONE_OF(world, rates), .validity = always,
							  .pos = { "tariffs.csv", (uint32_t)i + 2, 1 } };
	static const char *const currencies[] = { "USD", "GBP", "JPY" };
	for (size_t i = 0; i < 3; i++)
		world->fx[i] = (struct fx_rate){ .date = 100, .from = { "EUR" },
						 .to = money(0, currencies[i]).currency,
						 .rate = { 1 + (int64_t)any(world, 2000000), 4 } };
	for (size_t i = 0; i < 3; i++)
		world->services[i] = (struct service){ .terms = (enum terms)i };
	*shop = (struct shop){ .date = 200, .customs = world->rules, .customs_count = BANDS,
			       .tariffs = world->tariffs, .tariff_count = 4, .charges = world->charges,
			       .charge_count = 3, .fx = world->fx, .fx_count = 3 };
	shop->settings.currency = money(0, "EUR").currency;
}

static void end_world(struct world *world)
{
	diag_free(world->diag);
	arena_release(&world->arena);
}

static void shuffle(struct world *world, void *items, size_t count, size_t size)
{
	char spare[sizeof(struct customs_rule) + sizeof(struct charge_rule)];
	char *bytes = items;
	for (size_t i = count; i > 1; i--) {
		size_t j = any(world, i);
		memcpy(spare, bytes + (i - 1) * size, size);
		memmove(bytes + (i - 1) * size, bytes + j * size, size);
		memcpy(bytes + j * size, spare, size);
	}
}

static struct customs_request any_parcel(struct world *world)
{
	static const char *const currencies[] = { "EUR", "USD", "GBP", "JPY" };
	return (struct customs_request){
		.service = &world->services[any(world, 3)],
		.to = { "DE" },
		.from = { "CN" },
		.hs_code = S("9405216010"),
		.goods = money(any(world, 100000), currencies[any(world, 4)]),
		.freight = money(any(world, 9000), currencies[any(world, 4)]),
		.weight_g = (int64_t)any(world, 3000),
		.quantity = 1 + (int64_t)any(world, 4),
		.lines = (int64_t)any(world, 3),
		.date = 200,
	};
}

static bool work(struct world *world, const struct customs *customs,
		 const struct customs_request *request, struct work *result)
{
	enum payer payer = customs_payer(customs, request->service, request->to, request->from);
	return work_out(customs, request, payer, &world->arena, result);
}

static void assert_shows(struct exact exact, struct money shown)
{
	struct decimal rounded;
	assert_true(exact_round(exact, 2, &rounded));
	assert_int_equal(decimal_compare(rounded, shown.amount), 0);
}

static void check_parcel(struct world *world, const struct customs *customs,
			 const struct customs_request *request)
{
	struct work result;
	struct landed landed;
	assert_true(work(world, customs, request, &result));
	customs_quote(customs, request, any(world, 2), &world->arena, &landed);
	assert_true(landed.known);
	for (size_t i = 0; i < PARTS; i++)
		assert_true(exact_known(result.parts[i]) && result.parts[i].over >= 0);
	struct exact value = exact_add(result.parts[PART_GOODS], result.parts[PART_FREIGHT]);
	struct exact dues = work_dues(&result);
	assert_shows(exact_add(value, dues), landed.landed);
	assert_shows(result.parts[PART_DUTY], landed.duty);
	assert_shows(result.parts[PART_TAX], landed.tax);
	bool seller = request->service->terms == TERMS_DDP;
	assert_shows(result.collected && !seller ? dues : EXACT_ZERO, landed.at_checkout);
	assert_shows(!result.collected && !seller ? dues : EXACT_ZERO, landed.on_delivery);
	assert_true(landed.at_checkout.amount.digits == 0 || landed.on_delivery.amount.digits == 0);
}

static void figures_hang_together(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
		struct world world;
		make_world(&world, seed);
		struct customs *customs = customs_new(&world.arena, &world.shop, world.diag);
		assert_int_equal(diag_errors(world.diag), 0);
		for (int i = 0; i < PARCELS; i++) {
			struct customs_request request = any_parcel(&world);
			check_parcel(&world, customs, &request);
		}
		end_world(&world);
	}
}

static void the_order_of_rows_means_nothing(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
		struct world world, mixed;
		make_world(&world, seed);
		make_world(&mixed, seed);
		shuffle(&mixed, mixed.rules, BANDS, sizeof *mixed.rules);
		shuffle(&mixed, mixed.charges, 3, sizeof *mixed.charges);
		shuffle(&mixed, mixed.tariffs, 4, sizeof *mixed.tariffs);
		shuffle(&mixed, mixed.fx, 3, sizeof *mixed.fx);
		struct customs *first = customs_new(&world.arena, &world.shop, world.diag);
		struct customs *second = customs_new(&mixed.arena, &mixed.shop, mixed.diag);
		for (int i = 0; i < PARCELS; i++) {
			struct customs_request request = any_parcel(&world);
			struct work a, b;
			assert_true(work(&world, first, &request, &a));
			assert_true(work(&mixed, second, &request, &b));
			for (size_t j = 0; j < PARTS; j++)
				assert_int_equal(exact_compare(a.parts[j], b.parts[j]), 0);
			assert_int_equal(a.row->rule->pos.line, b.row->rule->pos.line);
		}
		end_world(&world);
		end_world(&mixed);
	}
}

/* Inside one band, of the same parcel, dearer goods never cost less duty, tax or charges. */
static void more_costs_not_less_inside_a_band(void **state)
{
	(void)state;
	size_t compared = 0;
	for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
		struct world world;
		make_world(&world, seed);
		struct customs *customs = customs_new(&world.arena, &world.shop, world.diag);
		for (int i = 0; i < PARCELS; i++) {
			struct customs_request request = any_parcel(&world);
			struct work less, more;
			assert_true(work(&world, customs, &request, &less));
			request.goods.amount.digits += (int64_t)any(&world, 3000);
			assert_true(work(&world, customs, &request, &more));
			if (less.row != more.row || less.collected != more.collected)
				continue;
			compared++;
			assert_true(exact_compare(less.parts[PART_DUTY], more.parts[PART_DUTY]) <= 0);
			assert_true(exact_compare(less.parts[PART_TAX], more.parts[PART_TAX]) <= 0);
			assert_true(exact_compare(work_dues(&less), work_dues(&more)) <= 0);
		}
		end_world(&world);
	}
	assert_true(compared > ROUNDS * PARCELS / 4);
}

/* Sums, prices and rates at the edge of what a cell holds: not known, or right, never wrong. */
static void huge_amounts_are_not_known(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
		struct world world;
		make_world(&world, seed);
		world.fx[0].rate = (struct decimal){ 999999999999999999, (uint8_t)any(&world, 10) };
		world.fx[1].rate = (struct decimal){ 1, 9 };
		struct customs *customs = customs_new(&world.arena, &world.shop, world.diag);
		struct customs_request request = any_parcel(&world);
		request.goods.amount = (struct decimal){ 999999999999999999, (uint8_t)any(&world, 10) };
		request.quantity = INT64_MAX >> any(&world, 60);
		request.weight_g = INT64_MAX >> any(&world, 60);
		struct landed landed;
		customs_quote(customs, &request, true, &world.arena, &landed);
		assert_true(landed.known || landed.unknown_why.len > 0);
		if (landed.known)
			assert_true(landed.landed.amount.digits >= 0 &&
				    decimal_compare(landed.landed.amount, landed.goods.amount) >= 0);
		end_world(&world);
	}
}

static bool same_freight(const void *context, int64_t pieces, struct money *freight)
{
	const struct customs_request *request = context;
	(void)pieces;
	*freight = request->freight;
	return true;
}

/* The first quantity of another band, found by division or halving, against counting up. */
static void the_next_band_is_the_first(void **state)
{
	(void)state;
	size_t found = 0;
	for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
		struct world world;
		make_world(&world, seed);
		struct customs *customs = customs_new(&world.arena, &world.shop, world.diag);
		struct customs_request request = any_parcel(&world);
		struct work first, more;
		struct landed landed;
		int64_t expected = 0;
		request.quantity = 1;
		assert_true(work(&world, customs, &request, &first));
		bool waived = first.row->rule->waived_up_to.currency.code[0] && !work_dues(&first).over;
		for (int64_t pieces = 2; pieces <= 50 && !expected; pieces++) {
			request.quantity = pieces;
			assert_true(work(&world, customs, &request, &more));
			bool due = waived && work_dues(&more).over > 0;
			expected = more.row != first.row || due ? pieces : 0;
		}
		request.quantity = 1;
		assert_int_equal(customs_next_band(customs, &request, 50, same_freight, &request,
						   &world.arena, &landed),
				 expected);
		found += expected > 0 && landed.known;
		end_world(&world);
	}
	assert_true(found > ROUNDS / 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(figures_hang_together),
		cmocka_unit_test(the_order_of_rows_means_nothing),
		cmocka_unit_test(more_costs_not_less_inside_a_band),
		cmocka_unit_test(huge_amounts_are_not_known),
		cmocka_unit_test(the_next_band_is_the_first),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
