/* SPDX-License-Identifier: MIT */
/*
 * The first rule of honest shipping, to the cent: the cheapest as long as what it loses and delays does
 * not cost more than what a surer one costs in addition.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "offer/recommend.h"

enum { NOT_KNOWN = -1 };

struct method {
	const char *id, *fee, *insured;
	enum answer tracked;
	int64_t loss_ppm;
	int claim_90; /* day; -1: none */
};

/* A shop of services that all go there, without tables. */
struct scene {
	struct arena arena;
	struct shop shop;
	struct offering offering;
	struct offers offers;
};

static struct money money(const char *text)
{
	struct money money = { .currency = { "" } };
	if (text)
		assert_true(money_parse(str_of(text), '.', NULL, &money));
	return money;
}

static void scene_open(struct scene *scene, const struct method *methods, size_t count)
{
	memset(scene, 0, sizeof *scene);
	arena_init(&scene->arena);
	scene->offering.shop = &scene->shop;
	scene->shop.settings.late_after_days = 30;
	scene->offers.count = count;
	for (size_t i = 0; i < count; i++) {
		struct service *service = arena_new(&scene->arena, sizeof *service);
		struct promise *promise = arena_new(&scene->arena, sizeof *promise);
		service->id = str_of(methods[i].id);
		service->index = i;
		service->tracked = methods[i].tracked;
		service->insured_up_to = money(methods[i].insured);
		promise->loss_ppm = methods[i].loss_ppm;
		promise->door.claim_days[CLAIM_90] = methods[i].claim_90;
		for (int day = 0; day < PROMISE_DAYS; day++) /* nothing is late */
			promise->door.share[day] = 1 - (double)methods[i].loss_ppm / 1e6;
		scene->offers.items[i] = (struct offer){ .service = service,
							 .fee = money(methods[i].fee),
							 .promise = promise };
	}
}

static void recommends(struct scene *scene, const char *price, const char *id, const char *rule,
		       const char *from)
{
	struct buf shown = BUF_INIT;
	recommend(&scene->offering, money(price), &scene->offers);
	const struct offers *offers = &scene->offers;
	if (offers->registered_from.currency.code[0])
		money_show(&shown, offers->registered_from);
	struct str chosen = offers->recommended ? offers->recommended->service->id : S("");
	if (!str_is(chosen, id) || strcmp(recommendation_name(offers->rule), rule) != 0 ||
	    !str_is(buf_str(&shown), from))
		fail_msg("at %s: %.*s by '%s' from '%.*s', not %s by '%s' from '%s'", price, STR(chosen),
			 recommendation_name(offers->rule), STR(buf_str(&shown)), id, rule, from);
	buf_release(&shown);
}

static void figures_are_plain_and_never_above(void **state)
{
	(void)state;
	static const int64_t cases[][2] = {
		{ 0, 0 },	{ 1, 1 },	{ 9, 9 },	{ 10, 10 },	{ 11, 10 },
		{ 12, 12 },	{ 14, 12 },	{ 15, 15 },	{ 19, 15 },	{ 20, 20 },
		{ 24, 20 },	{ 25, 25 },	{ 29, 25 },	{ 30, 30 },	{ 39, 30 },
		{ 40, 40 },	{ 49, 40 },	{ 50, 50 },	{ 59, 50 },	{ 60, 60 },
		{ 74, 60 },	{ 75, 75 },	{ 79, 75 },	{ 80, 80 },	{ 99, 80 },
		{ 100, 100 },	{ 119, 100 },	{ 120, 120 },	{ 999, 800 },	{ 1000, 1000 },
		{ 1199, 1000 }, { 2499, 2000 }, { 2500, 2500 }, { 7499, 6000 }, { 7500, 7500 },
		{ 12345, 12000 }, { 99999999, 80000000 }, { INT64_MAX, 8000000000000000000 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(plain_figure(cases[i][0]), cases[i][1]);
	for (int64_t minor = 10, last = 10; minor < 3000000; minor += 1 + minor / 500) {
		int64_t plain = plain_figure(minor);
		assert_true(plain <= minor && plain * 4 >= minor * 3);
		assert_true(plain >= last);
		assert_int_equal(plain_figure(plain), plain);
		last = plain;
	}
}

/*
 * (8.00 * 1.005 - 5.00 * 1.02) / (0.02 - 0.005) = 196.00 EUR, said as 150.00; then
 * (30.00 * 1.0001 - 8.00 * 1.005) / (0.005 - 0.0001) = 4482.24 EUR, said as 4000.00.
 */
static void the_tracked_one_is_worth_it_from_the_break_even_on(void **state)
{
	(void)state;
	static const struct method methods[] = {
		{ "plain", "5.00 EUR", NULL, ANSWER_NO, 20000, 20 },
		{ "tracked", "8.00 EUR", NULL, ANSWER_YES, 5000, 15 },
		{ "express", "30.00 EUR", NULL, ANSWER_YES, 100, 5 },
	};
	struct scene scene;
	scene_open(&scene, methods, 3);
	recommends(&scene, "0 EUR", "plain", "cheapest", "150.00 EUR");
	recommends(&scene, "149.99 EUR", "plain", "cheapest", "150.00 EUR");
	recommends(&scene, "150.00 EUR", "tracked", "registered", "150.00 EUR");
	recommends(&scene, "3999.99 EUR", "tracked", "registered", "150.00 EUR");
	recommends(&scene, "4000 EUR", "express", "registered", "4000.00 EUR");
	arena_release(&scene.arena);
}

/* (7.15 - 5.00 * 1.031234) / 0.031234 = 63.84 EUR, said as 60.00. */
static void the_break_even_is_rounded_down_to_a_plain_figure(void **state)
{
	(void)state;
	static const struct method methods[] = {
		{ "tracked", "7.15 EUR", NULL, ANSWER_YES, 0, 15 },
		{ "plain", "5.00 EUR", NULL, ANSWER_UNKNOWN, 31234, 20 },
	};
	struct scene scene;
	scene_open(&scene, methods, 2);
	recommends(&scene, "59.99 EUR", "plain", "cheapest", "60.00 EUR");
	recommends(&scene, "60.00 EUR", "tracked", "registered", "60.00 EUR");
	arena_release(&scene.arena);
}

static void one_that_never_loses_needs_no_tracking(void **state)
{
	(void)state;
	static const struct method methods[] = {
		{ "plain", "5.00 EUR", NULL, ANSWER_NO, 0, 20 },
		{ "tracked", "5.01 EUR", NULL, ANSWER_YES, 0, 15 },
	};
	struct scene scene;
	scene_open(&scene, methods, 2);
	recommends(&scene, "100000 EUR", "plain", "cheapest", "");
	arena_release(&scene.arena);
}

static void what_nobody_counted_is_not_taken_for_safe(void **state)
{
	(void)state;
	static const struct method methods[] = {
		{ "plain", "5.00 EUR", NULL, ANSWER_NO, NOT_KNOWN, -1 },
		{ "tracked", "8.00 EUR", NULL, ANSWER_YES, NOT_KNOWN, -1 },
	};
	struct scene scene;
	scene_open(&scene, methods, 2);
	recommends(&scene, "1 EUR", "tracked", "unmeasured", "");
	scene.offers.count = 1;
	recommends(&scene, "1 EUR", "plain", "only", "");
	arena_release(&scene.arena);
}

/* Both lose 1 %: (6.00 - 5.00) * 1.01 / 0.01 = 101.00 EUR, if the insurance pays so much. */
static void insurance_pays_up_to_its_cover(void **state)
{
	(void)state;
	struct method methods[] = {
		{ "plain", "5.00 EUR", NULL, ANSWER_NO, 10000, 20 },
		{ "insured", "6.00 EUR", "200 EUR", ANSWER_NO, 10000, 20 },
	};
	struct scene scene;
	scene_open(&scene, methods, 2);
	recommends(&scene, "99.99 EUR", "plain", "cheapest", "100.00 EUR");
	recommends(&scene, "100 EUR", "insured", "registered", "100.00 EUR");
	recommends(&scene, "5000 EUR", "insured", "registered", "100.00 EUR");
	arena_release(&scene.arena);
	methods[1].insured = "40 EUR";
	scene_open(&scene, methods, 2);
	recommends(&scene, "5000 EUR", "plain", "cheapest", "");
	arena_release(&scene.arena);
}

/* (30.00 - 8.00 * 1.05) / 0.05 = 432.00 EUR, said as 400.00. */
static void dear_orders_go_by_what_loses_less_than_the_tracked_one(void **state)
{
	(void)state;
	static const struct method methods[] = {
		{ "express", "30.00 EUR", NULL, ANSWER_YES, 0, 5 },
		{ "tracked", "8.00 EUR", NULL, ANSWER_YES, 50000, 15 },
	};
	struct scene scene;
	scene_open(&scene, methods, 2);
	recommends(&scene, "399.99 EUR", "tracked", "cheapest", "400.00 EUR");
	recommends(&scene, "1000 EUR", "express", "registered", "400.00 EUR");
	arena_release(&scene.arena);
}

/* Half of the plain ones come late, and their fee is given back: 5.00 * 1.5 is more than 7.00. */
static void a_late_parcel_costs_its_fee(void **state)
{
	(void)state;
	static const struct method methods[] = {
		{ "plain", "5.00 EUR", NULL, ANSWER_NO, 0, 60 },
		{ "tracked", "7.00 EUR", NULL, ANSWER_YES, 0, 15 },
	};
	struct scene scene;
	scene_open(&scene, methods, 2);
	struct promise *late = (struct promise *)(uintptr_t)scene.offers.items[0].promise;
	late->door.share[30] = 0.5;
	recommends(&scene, "1 EUR", "tracked", "registered", "");
	scene.shop.settings.late_after_days = 40;
	recommends(&scene, "1 EUR", "plain", "cheapest", "");
	arena_release(&scene.arena);
}

static void a_method_is_weighed_only_for_orders_that_it_takes(void **state)
{
	(void)state;
	static const struct method methods[] = {
		{ "plain", "5.00 EUR", NULL, ANSWER_NO, 20000, 20 },
		{ "line", "6.00 EUR", NULL, ANSWER_YES, 1000, 15 },
		{ "express", "30.00 EUR", NULL, ANSWER_YES, 0, 5 },
	};
	struct scene scene;
	scene_open(&scene, methods, 3);
	struct service *line = (struct service *)(uintptr_t)scene.offers.items[1].service;
	struct service *plain = (struct service *)(uintptr_t)scene.offers.items[0].service;
	line->max_value = money("150 EUR");
	/* (6.006 - 5.10) / 0.019 = 47.68 EUR */
	recommends(&scene, "39.99 EUR", "plain", "cheapest", "40.00 EUR");
	recommends(&scene, "150 EUR", "line", "registered", "40.00 EUR");
	recommends(&scene, "150.01 EUR", "plain", "cheapest", "150.01 EUR");
	plain->max_value = money("100 EUR");
	recommends(&scene, "150.01 EUR", "express", "registered", "150.01 EUR");
	assert_true(scene.offers.registered_forced);
	assert_false(offer_worth_telling(&scene.shop, &scene.offers));
	arena_release(&scene.arena);
}

static void what_was_not_counted_of_dearer_ones_is_not_weighed(void **state)
{
	(void)state;
	static const struct method methods[] = {
		{ "plain", "5.00 EUR", NULL, ANSWER_NO, 20000, 20 },
		{ "new", "6.00 EUR", NULL, ANSWER_YES, NOT_KNOWN, -1 },
		{ "tracked", "8.00 EUR", NULL, ANSWER_YES, 0, 15 },
	};
	struct scene scene;
	scene_open(&scene, methods, 3);
	recommends(&scene, "1000 EUR", "tracked", "registered", "120.00 EUR");
	arena_release(&scene.arena);
}

static void of_equal_fees_and_days_the_signed_one_is_taken(void **state)
{
	(void)state;
	static const struct method methods[] = {
		{ "left at the door", "5.00 EUR", NULL, ANSWER_YES, 0, 9 },
		{ "signed", "5.00 EUR", NULL, ANSWER_YES, 0, 9 },
	};
	struct scene scene;
	scene_open(&scene, methods, 2);
	((struct service *)(uintptr_t)scene.offers.items[1].service)->signature = ANSWER_YES;
	recommends(&scene, "10 EUR", "signed", "cheapest", "");
	arena_release(&scene.arena);
}

static void without_a_tracked_one_the_cheapest_stays(void **state)
{
	(void)state;
	static const struct method methods[] = {
		{ "plain", "5.00 EUR", NULL, ANSWER_NO, 90000, 20 },
		{ "other", "6.00 EUR", NULL, ANSWER_UNKNOWN, NOT_KNOWN, 20 },
	};
	struct scene scene;
	scene_open(&scene, methods, 2);
	recommends(&scene, "1000 EUR", "plain", "cheapest", "");
	arena_release(&scene.arena);
}

static void equal_fees_go_to_the_faster_then_to_the_first(void **state)
{
	(void)state;
	static const struct method methods[] = {
		{ "unknown", "5.00 EUR", NULL, ANSWER_YES, 0, -1 },
		{ "slow", "5.000 EUR", NULL, ANSWER_YES, 0, 20 },
		{ "quick", "5 EUR", NULL, ANSWER_YES, 0, 9 },
		{ "quick too", "5.00 EUR", NULL, ANSWER_YES, 0, 9 },
	};
	struct scene scene;
	scene_open(&scene, methods, 4);
	recommends(&scene, "10 EUR", "quick", "cheapest", "");
	scene.offers.items[2].refusal = REFUSED_WEIGHT;
	recommends(&scene, "10 EUR", "quick too", "cheapest", "");
	scene.offers.items[3].refusal = REFUSED_ZONE;
	recommends(&scene, "10 EUR", "slow", "cheapest", "");
	scene.offers.items[1].refusal = REFUSED_VALUE;
	recommends(&scene, "10 EUR", "unknown", "only", "");
	scene.offers.items[0].refusal = REFUSED_VALUE;
	recommends(&scene, "10 EUR", "", "", "");
	arena_release(&scene.arena);
}

static struct fx_rate fx(int32_t date, const char *from, const char *to, int64_t digits,
			 uint8_t scale)
{
	struct fx_rate rate = { .date = date, .rate = { digits, scale } };
	assert_true(currency_parse(str_of(from), &rate.from));
	assert_true(currency_parse(str_of(to), &rate.to));
	return rate;
}

/*
 * 40 CNY and 8 EUR for a price in EUR: at 8.00 CNY a euro the plain one costs 5.00 EUR, and
 * (8.00 - 5.10) / 0.02 = 145.00 EUR, said as 120.00. The
 * newest rate at or before the build date counts, either way round.
 */
static void fees_are_compared_at_the_newest_rate(void **state)
{
	(void)state;
	static const struct method methods[] = {
		{ "plain", "40.00 CNY", NULL, ANSWER_NO, 20000, 20 },
		{ "tracked", "8.00 EUR", NULL, ANSWER_YES, 0, 15 },
	};
	struct fx_rate rates[] = {
		fx(100, "EUR", "CNY", 100, 0),	fx(200, "EUR", "CNY", 800, 2),
		fx(150, "CNY", "EUR", 5, 1),	fx(201, "EUR", "CNY", 1, 0),
		fx(200, "EUR", "USD", 1, 0),
	};
	struct scene scene;
	scene_open(&scene, methods, 2);
	scene.shop.fx = rates;
	scene.shop.fx_count = 5;
	scene.shop.date = 200;
	recommends(&scene, "119.99 EUR", "plain", "cheapest", "120.00 EUR");
	recommends(&scene, "120.00 EUR", "tracked", "registered", "120.00 EUR");
	scene.shop.date = 199; /* 0.5 EUR a yuan: 20.00 EUR, now the tracked one is the cheapest */
	recommends(&scene, "10 EUR", "tracked", "cheapest", "");
	scene.shop.date = 99; /* no rate yet: what cannot be compared is no candidate */
	recommends(&scene, "10 EUR", "tracked", "only", "");
	arena_release(&scene.arena);
}

/* Yen have no minor unit, dinars three digits: the reckoning is in the price's own. */
static void other_minor_units_are_counted_exactly(void **state)
{
	(void)state;
	static const struct method yen[] = {
		{ "plain", "500 JPY", NULL, ANSWER_NO, 20000, 20 },
		{ "tracked", "800 JPY", NULL, ANSWER_YES, 0, 15 },
	};
	static const struct method dinars[] = {
		{ "plain", "1.500 KWD", NULL, ANSWER_NO, 20000, 20 },
		{ "tracked", "1.800 KWD", NULL, ANSWER_YES, 0, 15 },
	};
	struct scene scene;
	scene_open(&scene, yen, 2);
	recommends(&scene, "11999 JPY", "plain", "cheapest", "12000 JPY");
	recommends(&scene, "12000 JPY", "tracked", "registered", "12000 JPY");
	arena_release(&scene.arena);
	scene_open(&scene, dinars, 2);
	recommends(&scene, "11.999 KWD", "plain", "cheapest", "12.000 KWD");
	recommends(&scene, "12 KWD", "tracked", "registered", "12.000 KWD");
	arena_release(&scene.arena);
}

static void huge_figures_do_not_overflow(void **state)
{
	(void)state;
	static const struct method methods[] = {
		{ "plain", "1.00 EUR", NULL, ANSWER_NO, 1, 20 },
		{ "tracked", "99999999999999.99 EUR", NULL, ANSWER_YES, 0, 15 },
	};
	struct scene scene;
	scene_open(&scene, methods, 2);
	recommends(&scene, "9999999999999999.99 EUR", "plain", "cheapest", "");
	arena_release(&scene.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(figures_are_plain_and_never_above),
		cmocka_unit_test(the_tracked_one_is_worth_it_from_the_break_even_on),
		cmocka_unit_test(the_break_even_is_rounded_down_to_a_plain_figure),
		cmocka_unit_test(one_that_never_loses_needs_no_tracking),
		cmocka_unit_test(what_nobody_counted_is_not_taken_for_safe),
		cmocka_unit_test(insurance_pays_up_to_its_cover),
		cmocka_unit_test(dear_orders_go_by_what_loses_less_than_the_tracked_one),
		cmocka_unit_test(a_late_parcel_costs_its_fee),
		cmocka_unit_test(a_method_is_weighed_only_for_orders_that_it_takes),
		cmocka_unit_test(what_was_not_counted_of_dearer_ones_is_not_weighed),
		cmocka_unit_test(of_equal_fees_and_days_the_signed_one_is_taken),
		cmocka_unit_test(without_a_tracked_one_the_cheapest_stays),
		cmocka_unit_test(equal_fees_go_to_the_faster_then_to_the_first),
		cmocka_unit_test(fees_are_compared_at_the_newest_rate),
		cmocka_unit_test(other_minor_units_are_counted_exactly),
		cmocka_unit_test(huge_figures_do_not_overflow),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
