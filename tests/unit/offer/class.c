/* SPDX-License-Identifier: MIT */
/*
 * Products of one class are not told apart by any rule. Thousands of products are made from the
 * demo shop's; what a class's first product is offered, every other one of it is offered.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/map.h"
#include "offer/offer.h"

enum { PRODUCTS = 4000, DEMO_MAX = 200 };

struct desk {
	struct arena arena;
	struct diag *diag;
	struct shop *shop;
	struct promises *promises;
	struct offering *offering;
	struct product *demo[DEMO_MAX];
	size_t demo_count;
};

static struct desk desk;

static int open_desk(void **state)
{
	int32_t date;
	struct row row;
	(void)state;
	arena_init(&desk.arena);
	desk.diag = diag_new(".");
	if (!date_of(2026, 11, 22, &date))
		return -1;
	desk.shop = shop_load(&desk.arena, ".", date, desk.diag);
	desk.promises = promises_new(&desk.arena, desk.shop, desk.diag);
	desk.offering = offering_new(&desk.arena, desk.shop, desk.promises, desk.diag);
	struct catalog *catalog = catalog_open(&desk.arena, desk.shop, desk.diag);
	while (desk.demo_count < DEMO_MAX && catalog_next(catalog, &desk.arena, &row)) {
		struct product *product = arena_new(&desk.arena, sizeof *product);
		if (catalog_product(catalog, &row, &desk.arena, product))
			desk.demo[desk.demo_count++] = product;
	}
	catalog_close(catalog);
	return desk.demo_count < 10 || diag_errors(desk.diag);
}

static int close_desk(void **state)
{
	(void)state;
	offering_release(desk.offering);
	promises_free(desk.promises);
	diag_free(desk.diag);
	arena_release(&desk.arena);
	return 0;
}

static uint64_t random_state = 20261122;

static unsigned below(unsigned limit)
{
	random_state ^= random_state >> 12;
	random_state ^= random_state << 25;
	random_state ^= random_state >> 27;
	return (unsigned)((random_state * UINT64_C(2685821657736338717)) >> 33) % limit;
}

/* Prices and weights move over all bands and limits; now and then another cell is another. */
static struct product vary(const struct product *demo)
{
	struct product product = *demo;
	product.price.amount.digits = product.price.amount.digits * (10 + below(400)) / 100;
	product.weight_g = product.weight_g * (10 + below(500)) / 100 + 1;
	product.volume_mm3 = product.volume_mm3 * below(300) / 100;
	if (!below(5))
		product.contents = below(1u << 5);
	if (!below(7))
		product.services = below(2) ? UINT64_MAX : below(512);
	if (!below(9))
		product.handling = &desk.shop->handlings[below((unsigned)desk.shop->handling_count)];
	if (!below(11))
		product.ships_from = desk.demo[below((unsigned)desk.demo_count)]->ships_from;
	return product;
}

static uint64_t hash_money(struct money money, uint64_t hash)
{
	struct decimal plain = decimal_round(money.amount, 4);
	hash = hash_number((uint64_t)plain.digits, hash_number(plain.scale, hash));
	return hash_str(str_of(money.currency.code), hash);
}

/* Everything that the offers of a product to one place say. */
static uint64_t hash_offers(const struct offers *offers)
{
	uint64_t hash = hash_money(offers->registered_from, offers->rule);
	for (size_t i = 0; i < offers->count; i++) {
		const struct offer *offer = &offers->items[i];
		hash = hash_number(offer->refusal, hash);
		hash = hash_number(offer == offers->recommended, hash);
		hash = hash_number((uintptr_t)offer->zone, hash);
		hash = hash_number((uintptr_t)offer->rate, hash);
		hash = hash_number((uintptr_t)offer->promise, hash);
		hash = offer->refusal == REFUSED_NOT ? hash_money(offer->fee, hash) : hash;
	}
	return hash;
}

static uint64_t hash_everywhere(const struct product *product)
{
	uint64_t hash = hash_number(product->fulfilment, 0);
	for (size_t i = 0; i < desk.shop->destination_count; i++) {
		struct offers offers;
		offer_find(desk.offering, product, desk.shop->destinations[i], &offers);
		hash = hash_number(hash_offers(&offers), hash);
	}
	return hash;
}

struct seen {
	uint64_t class, offers;
	struct product product;
};

/* Where two products of one class differ, for the message. */
static void tell_difference(const struct product *a, const struct product *b)
{
	for (size_t i = 0; i < desk.shop->destination_count; i++) {
		struct offers left, right;
		offer_find(desk.offering, a, desk.shop->destinations[i], &left);
		offer_find(desk.offering, b, desk.shop->destinations[i], &right);
		if (hash_offers(&left) != hash_offers(&right))
			fail_msg("%.*s (%lld, %lld g) and %.*s (%lld, %lld g) are of one class, but to %s "
				 "their offers differ",
				 STR(a->id), (long long)a->price.amount.digits, (long long)a->weight_g,
				 STR(b->id), (long long)b->price.amount.digits, (long long)b->weight_g,
				 desk.shop->destinations[i].code);
	}
	fail_msg("%.*s and %.*s are of one class, but not alike", STR(a->id), STR(b->id));
}

/* Counts the distinct keys that were met. */
static struct seen *meet(struct map *map, uint64_t key, const struct product *product)
{
	struct str text = { (const char *)&key, sizeof key };
	struct seen *seen = map_find(map, text);
	if (seen)
		return seen;
	seen = arena_new(&desk.arena, sizeof *seen);
	seen->class = key;
	seen->product = *product;
	seen->offers = hash_everywhere(product);
	text.text = (const char *)&seen->class;
	*map_put(map, text) = seen;
	return seen;
}

static void equal_classes_have_equal_offers(void **state)
{
	(void)state;
	struct map classes = { .arena = &desk.arena }, answers = { .arena = &desk.arena };
	size_t together = 0;
	for (size_t i = 0; i < PRODUCTS; i++) {
		struct product product = vary(desk.demo[i % desk.demo_count]);
		uint64_t class = offer_class(desk.offering, &product);
		assert_true(class == offer_class(desk.offering, &product));
		uint64_t offers = hash_everywhere(&product);
		const struct seen *first = meet(&classes, class, &product);
		meet(&answers, offers, &product);
		together += first->product.id.text != product.id.text;
		if (first->offers != offers)
			tell_difference(&first->product, &product);
	}
	print_message("%d products: %zu classes, %zu different answers\n", PRODUCTS, classes.count,
		      answers.count);
	/* classes exist to be shared, by different products too, and tell apart little that is alike */
	assert_true(classes.count < PRODUCTS / 2 && classes.count > 20);
	assert_true(together > PRODUCTS / 20);
	assert_true(classes.count >= answers.count && classes.count < answers.count * 3);
}

/* The few classes of a large catalog made from the demo (tests/bench/catalog.c) are no fault of the hash. */
static void a_large_catalog_has_few_classes(void **state)
{
	(void)state;
	struct map classes = { .arena = &desk.arena }, answers = { .arena = &desk.arena };
	for (size_t i = 0; i < 20000; i++) {
		struct product product = *desk.demo[i % desk.demo_count];
		product.price.amount.digits = product.price.amount.digits * (70 + below(60)) / 100;
		product.weight_g = product.weight_g * (60 + below(80)) / 100 + 1;
		meet(&classes, offer_class(desk.offering, &product), &product);
		if (!below(8))
			meet(&answers, hash_everywhere(&product), &product);
	}
	print_message("20000 products as the bench makes them: %zu classes, %zu different answers in "
		      "an eighth of them\n",
		      classes.count, answers.count);
	assert_in_range(classes.count, answers.count, answers.count * 2);
}

/* Each of these changes an offer somewhere, so it has to change the class. */
static void what_changes_an_offer_changes_the_class(void **state)
{
	(void)state;
	struct product base = *desk.demo[0];
	base.services = UINT64_MAX;
	base.contents = 0;
	base.volume_mm3 = 0;
	uint64_t class = offer_class(desk.offering, &base);
	struct product other = base;
	other.weight_g += 5000;
	assert_true(offer_class(desk.offering, &other) != class);
	other = base;
	other.services = 1;
	assert_true(offer_class(desk.offering, &other) != class);
	other = base;
	other.contents = UINT64_MAX;
	assert_true(offer_class(desk.offering, &other) != class);
	other = base;
	other.fulfilment = FULFILMENT_MARKETPLACE;
	assert_true(offer_class(desk.offering, &other) != class);
	other = base;
	other.handling = other.handling == desk.shop->handlings ? other.handling + 1 :
								  desk.shop->handlings;
	assert_true(offer_class(desk.offering, &other) != class);
	other = base;
	assert_true(place_parse(S("DE"), &other.ships_from));
	assert_true(offer_class(desk.offering, &other) != class);
	/* and this changes none */
	other = base;
	other.price.amount.digits++;
	assert_true(offer_class(desk.offering, &other) == class);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_classes_have_equal_offers),
		cmocka_unit_test(a_large_catalog_has_few_classes),
		cmocka_unit_test(what_changes_an_offer_changes_the_class),
	};
	return cmocka_run_group_tests(tests, open_desk, close_desk);
}
