/* SPDX-License-Identifier: MIT */
/* Which service carries what where, and for how much: bands at their edges, limits, places. */
#include "../shop/little_shop.h"

#include "offer/offer.h"

struct desk {
	struct little_shop little;
	struct promises *promises;
	struct offering *offering;
};

static void desk_load(struct desk *desk)
{
	const struct shop *shop = little_load(&desk->little);
	little_says(&desk->little, "");
	desk->promises = promises_new(&desk->little.arena, shop, desk->little.diag);
	desk->offering =
		offering_new(&desk->little.arena, shop, desk->promises, desk->little.diag);
}

static void desk_close(struct desk *desk)
{
	offering_release(desk->offering);
	promises_free(desk->promises);
	little_close(&desk->little);
}

static struct money money(const char *text)
{
	struct money money = { .currency = { "" } };
	if (*text)
		assert_true(money_parse(str_of(text), '.', NULL, &money));
	return money;
}

static struct place place(const char *code)
{
	struct place place;
	assert_true(place_parse(str_of(code), &place));
	return place;
}

static struct product product_of(const char *price, int64_t grams)
{
	return (struct product){ .id = S("P"),
				 .price = money(price),
				 .weight_g = grams,
				 .ships_from = place("CN"),
				 .services = UINT64_MAX };
}

/* The offer of a service in words: its fee, or why not. */
static struct str offer_of(struct desk *desk, const struct product *product, const char *to,
			   const char *service)
{
	struct offers offers;
	struct buf text = BUF_INIT;
	offer_find(desk->offering, product, place(to), &offers);
	assert_int_equal(offers.count, desk->little.shop->service_count);
	for (size_t i = 0; i < offers.count; i++) {
		const struct offer *offer = &offers.items[i];
		assert_ptr_equal(offer->service, &desk->little.shop->services[i]);
		assert_int_equal(offer->refusal == REFUSED_NOT, offer->promise != NULL);
		assert_int_equal(offer->refusal == REFUSED_NOT, offer->rate != NULL);
		if (!str_is(offer->service->id, service))
			continue;
		if (offer->refusal == REFUSED_NOT)
			money_show(&text, offer->fee);
		else
			buf_add(&text, str_of(refusal_text(offer->refusal)));
	}
	struct str copy = str_copy(&desk->little.arena, buf_str(&text));
	buf_release(&text);
	return copy;
}

static void assert_offer(struct desk *desk, const struct product *product, const char *to,
			 const char *service, const char *expected)
{
	struct str found = offer_of(desk, product, to, service);
	if (!str_is(found, expected))
		fail_msg("%s to %s at %lld g for %lld: '%.*s', not '%s'", service, to,
			 (long long)product->weight_g, (long long)product->price.amount.digits,
			 STR(found), expected);
}

static void a_band_ends_with_its_last_gram(void **state)
{
	(void)state;
	static const struct {
		int64_t grams;
		const char *fee;
	} cases[] = {
		{ 0, "5.00 EUR" },     { 1, "5.00 EUR" },     { 499, "5.00 EUR" },
		{ 500, "5.00 EUR" },   { 501, "9.00 EUR" },   { 2000, "9.00 EUR" },
		{ 2001, "15.00 EUR" }, { 3000, "15.00 EUR" }, { 3001, "the parcel is heavier than it takes" },
	};
	struct desk desk;
	little_open(&desk.little);
	little_put(&desk.little, "rates.csv",
		   "service,zone,up_to,price\npost,EU,500 g,5.00 EUR\npost,EU,2 kg,9.00 EUR\n"
		   "post,EU,3 kg,15.00 EUR\npost,US,2 kg,11.00 EUR\nfast,WORLD,,30.00 EUR\n");
	desk_load(&desk);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct product product = product_of("12.00 EUR", cases[i].grams);
		assert_offer(&desk, &product, "DE", "post", cases[i].fee);
		assert_offer(&desk, &product, "DE", "fast", "30.00 EUR");
	}
	struct product heavy = product_of("12.00 EUR", INT64_MAX);
	assert_offer(&desk, &heavy, "DE", "fast", "30.00 EUR");
	assert_offer(&desk, &heavy, "DE", "post", "the parcel is heavier than it takes");
	desk_close(&desk);
}

static void each_started_kilogram_costs(void **state)
{
	(void)state;
	static const struct {
		int64_t grams;
		const char *post, *fast;
	} cases[] = {
		{ 500, "5.00 EUR", "33.50 EUR" },    { 501, "7.20 EUR", "33.50 EUR" },
		{ 1000, "7.20 EUR", "33.50 EUR" },   { 1001, "7.20 EUR", "37.00 EUR" },
		{ 1500, "7.20 EUR", "37.00 EUR" },   { 1501, "9.40 EUR", "37.00 EUR" },
		{ 2500, "9.40 EUR", "40.50 EUR" },   { 2501, "11.60 EUR", "40.50 EUR" },
		{ 3500, "11.60 EUR", "44.00 EUR" },  { 3501, "the parcel is heavier than it takes", "44.00 EUR" },
		{ 10000, "the parcel is heavier than it takes", "65.00 EUR" },
	};
	struct desk desk;
	little_open(&desk.little);
	little_put(&desk.little, "rates.csv",
		   "service,zone,up_to,price,per_kg\npost,EU,500 g,5.00 EUR,\n"
		   "post,EU,3500 g,5.00 EUR,2.20 EUR\npost,US,2 kg,11.00 EUR,\n"
		   "fast,WORLD,,30.00 EUR,3.50 EUR\n");
	desk_load(&desk);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct product product = product_of("12.00 EUR", cases[i].grams);
		assert_offer(&desk, &product, "FR", "post", cases[i].post);
		assert_offer(&desk, &product, "FR", "fast", cases[i].fast);
	}
	desk_close(&desk);
}

static void carriage_is_free_from_the_cent_on(void **state)
{
	(void)state;
	struct desk desk;
	little_open(&desk.little);
	little_put(&desk.little, "rates.csv",
		   "service,zone,up_to,price,per_kg,free_from\npost,EU,2 kg,5.00 EUR,1.00 EUR,49.90 EUR\n"
		   "post,US,2 kg,11.00 EUR,,\nfast,WORLD,,30.00 EUR,,49.90 USD\n");
	desk_load(&desk);
	struct product below = product_of("49.89 EUR", 400), at = product_of("49.90 EUR", 400),
		       above = product_of("1000 EUR", 400), dollars = product_of("60.00 USD", 400);
	assert_offer(&desk, &below, "DE", "post", "6.00 EUR");
	assert_offer(&desk, &at, "DE", "post", "0.00 EUR");
	assert_offer(&desk, &above, "DE", "post", "0.00 EUR");
	assert_offer(&desk, &above, "US", "post", "11.00 EUR");
	/* a value in another currency is never taken for more than it may be */
	assert_offer(&desk, &above, "DE", "fast", "30.00 EUR");
	assert_offer(&desk, &dollars, "DE", "post", "6.00 EUR");
	assert_offer(&desk, &dollars, "DE", "fast", "0.00 EUR");
	desk_close(&desk);
}

/* 30x20x12 cm is 7200 cm3: 1440 g at 5000 cm3 a kilogram. */
static void volume_weighs_where_a_divisor_stands(void **state)
{
	(void)state;
	static const struct {
		int64_t grams, mm3;
		const char *post, *fast;
	} cases[] = {
		{ 400, 7200000, "5.00 EUR", "40.00 EUR" },
		{ 1439, 7200000, "9.00 EUR", "40.00 EUR" },
		{ 1440, 7200000, "9.00 EUR", "40.00 EUR" },
		{ 1441, 7200000, "9.00 EUR", "60.00 EUR" },
		{ 400, 7200001, "5.00 EUR", "60.00 EUR" }, /* a started gram */
		{ 400, 0, "5.00 EUR", "40.00 EUR" },
		{ 400, 50000000, "5.00 EUR", "the parcel is heavier than it takes" },
	};
	struct desk desk;
	little_open(&desk.little);
	little_put(&desk.little, "carriers.csv",
		   "service,carrier,name,volumetric_divisor\npost,Post,Letter mail,\nfast,Fast,Express,5000\n");
	little_put(&desk.little, "rates.csv",
		   "service,zone,up_to,price\npost,EU,500 g,5.00 EUR\npost,EU,2 kg,9.00 EUR\n"
		   "post,US,2 kg,11.00 EUR\nfast,WORLD,1440 g,40.00 EUR\nfast,WORLD,2 kg,60.00 EUR\n");
	desk_load(&desk);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct product product = product_of("12.00 EUR", cases[i].grams);
		product.volume_mm3 = cases[i].mm3;
		assert_offer(&desk, &product, "DE", "post", cases[i].post);
		assert_offer(&desk, &product, "DE", "fast", cases[i].fast);
	}
	desk_close(&desk);
}

static void limits_hold_to_the_gram_and_cent(void **state)
{
	(void)state;
	struct desk desk;
	little_open(&desk.little);
	little_put(&desk.little, "carriers.csv",
		   "service,carrier,name,max_weight,max_value\npost,Post,Letter mail,1 kg,\n"
		   "fast,Fast,Express,,300 EUR\n");
	desk_load(&desk);
	struct product light = product_of("300.00 EUR", 1000), heavy = product_of("300.01 EUR", 1001);
	assert_offer(&desk, &light, "DE", "post", "9.00 EUR");
	assert_offer(&desk, &heavy, "DE", "post", "the parcel is heavier than it takes");
	assert_offer(&desk, &light, "DE", "fast", "30.00 EUR");
	assert_offer(&desk, &heavy, "DE", "fast", "the product is dearer than it takes");
	desk_close(&desk);
}

static void what_a_service_leaves_out_is_told(void **state)
{
	(void)state;
	struct desk desk;
	little_open(&desk.little);
	little_put(&desk.little, "carriers.csv",
		   "service,carrier,name,ships_from,refuses\npost,Post,Letter mail,,battery liquid\n"
		   "fast,Fast,Express,DE,\n");
	little_put(&desk.little, "products.csv",
		   "id,title,price,shipping_weight,contents,services,ships_from,fulfilment\n"
		   "PLAIN,x,12 EUR,400 g,,,,\nLIGHT,x,12 EUR,400 g,fragile battery,,,\n"
		   "MUG,x,12 EUR,400 g,fragile,,,\nNEAR,x,12 EUR,400 g,,,DE-HE,\n"
		   "CHOSEN,x,12 EUR,400 g,,fast,,\nBOTH,x,12 EUR,400 g,,post fast,,\n"
		   "THEIRS,x,12 EUR,400 g,,,,marketplace\n");
	static const char *const cases[][3] = {
		{ "PLAIN", "5.00 EUR", "it starts from another country than the product" },
		{ "LIGHT", "it refuses what the product contains",
		  "it starts from another country than the product" },
		{ "MUG", "5.00 EUR", "it starts from another country than the product" },
		{ "NEAR", "it starts from another country than the product", "30.00 EUR" },
		{ "CHOSEN", "the product's 'services' leave it out",
		  "it starts from another country than the product" },
		{ "BOTH", "5.00 EUR", "it starts from another country than the product" },
		{ "THEIRS", "the marketplace ships this product itself",
		  "the marketplace ships this product itself" },
	};
	desk_load(&desk);
	struct catalog *catalog =
		catalog_open(&desk.little.arena, desk.little.shop, desk.little.diag);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct product product;
		assert_true(catalog_find(catalog, &desk.little.arena, str_of(cases[i][0]), &product));
		assert_offer(&desk, &product, "DE", "post", cases[i][1]);
		assert_offer(&desk, &product, "DE", "fast", cases[i][2]);
	}
	catalog_close(catalog);
	desk_close(&desk);
}

static void the_nearest_zone_counts_and_star_takes_the_rest(void **state)
{
	(void)state;
	static const char *const cases[][3] = {
		{ "DE", "1.00 EUR", "9.00 EUR" },    { "FR", "2.00 EUR", "9.00 EUR" },
		{ "CY", "3.00 EUR", "9.00 EUR" },    { "US", "3.00 EUR", "9.00 EUR" },
		{ "US-HI", "4.00 EUR", "9.00 EUR" }, { "US-TX", "3.00 EUR", "9.00 EUR" },
		{ "AU", "3.00 EUR", "9.00 EUR" },    { "RU", "it does not go there", "9.00 EUR" },
		{ "DE-HE", "1.00 EUR", "9.00 EUR" },
	};
	struct desk desk;
	little_open(&desk.little);
	little_put(&desk.little, "zones.csv",
		   "service,zone,countries,except\npost,NEAR,DE,\npost,EU,EU,DE CY\npost,ISLES,US-HI,\n"
		   "post,REST,*,RU\nfast,WORLD,*,\n");
	little_put(&desk.little, "rates.csv",
		   "service,zone,up_to,price\npost,NEAR,,1 EUR\npost,EU,,2 EUR\npost,REST,,3 EUR\n"
		   "post,ISLES,,4 EUR\nfast,WORLD,,9 EUR\n");
	desk_load(&desk);
	struct product product = product_of("12.00 EUR", 400);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_offer(&desk, &product, cases[i][0], "post", cases[i][1]);
		assert_offer(&desk, &product, cases[i][0], "fast", cases[i][2]);
	}
	desk_close(&desk);
}

static void what_nothing_carries_is_known(void **state)
{
	(void)state;
	struct desk desk;
	little_open(&desk.little);
	little_put(&desk.little, "rates.csv",
		   "service,zone,up_to,price\npost,EU,500 g,5.00 EUR\npost,US,2 kg,11.00 EUR\n"
		   "fast,WORLD,5 kg,30.00 EUR\n");
	desk_load(&desk);
	struct product light = product_of("12.00 EUR", 5000), heavy = product_of("12.00 EUR", 5001);
	struct product elsewhere = light, theirs = heavy;
	elsewhere.ships_from = place("JP");
	theirs.fulfilment = FULFILMENT_MARKETPLACE;
	assert_true(offer_anywhere(desk.offering, &light));
	assert_false(offer_anywhere(desk.offering, &heavy));
	assert_false(offer_anywhere(desk.offering, &elsewhere));
	assert_true(offer_anywhere(desk.offering, &theirs));
	struct offers offers;
	offer_find(desk.offering, &heavy, place("DE"), &offers);
	assert_null(offers.recommended);
	assert_int_equal(offers.rule, RECOMMEND_NONE);
	desk_close(&desk);
}

/* Fees that cannot be held against each other are named at each of their cells. */
static void fees_without_a_rate_of_exchange_are_errors(void **state)
{
	(void)state;
	struct desk desk;
	little_open(&desk.little);
	little_put(&desk.little, "rates.csv",
		   "service,zone,up_to,price\npost,EU,500 g,5.00 EUR\npost,US,2 kg,80.00 CNY\n"
		   "fast,WORLD,,30.00 USD\n");
	little_put(&desk.little, "fx.csv", "date,from,to,rate\n2026-11-20,EUR,CNY,8.25\n");
	desk.offering = NULL;
	const struct shop *shop = little_load(&desk.little);
	desk.promises = promises_new(&desk.little.arena, shop, desk.little.diag);
	desk.offering = offering_new(&desk.little.arena, shop, desk.promises, desk.little.diag);
	little_says(&desk.little,
		    "content/rates.csv:4:13: error: fees in USD cannot be compared with others: fx.csv "
		    "has no rate between USD and EUR\n");
	desk_close(&desk);
}

static void pages_about_no_product_show_the_lightest_band(void **state)
{
	(void)state;
	struct desk desk;
	struct buf text = BUF_INIT;
	struct money fee;
	little_open(&desk.little);
	little_put(&desk.little, "rates.csv",
		   "service,zone,up_to,price,per_kg,free_from\npost,EU,500 g,5.00 EUR,,0 EUR\n"
		   "post,EU,2 kg,9.00 EUR,,\npost,US,2 kg,11.00 EUR,,\nfast,WORLD,,30 EUR,2.5 EUR,\n");
	desk_load(&desk);
	const struct service *services = desk.little.shop->services;
	assert_true(offer_fee_from(service_zone(&services[0], place("DE")), &fee));
	money_show(&text, fee);
	assert_true(offer_fee_from(service_zone(&services[1], place("DE")), &fee));
	money_show(&text, fee);
	assert_true(str_is(buf_str(&text), "5.00 EUR32.50 EUR"));
	buf_release(&text);
	desk_close(&desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_band_ends_with_its_last_gram),
		cmocka_unit_test(each_started_kilogram_costs),
		cmocka_unit_test(carriage_is_free_from_the_cent_on),
		cmocka_unit_test(volume_weighs_where_a_divisor_stands),
		cmocka_unit_test(limits_hold_to_the_gram_and_cent),
		cmocka_unit_test(what_a_service_leaves_out_is_told),
		cmocka_unit_test(the_nearest_zone_counts_and_star_takes_the_rest),
		cmocka_unit_test(what_nothing_carries_is_known),
		cmocka_unit_test(fees_without_a_rate_of_exchange_are_errors),
		cmocka_unit_test(pages_about_no_product_show_the_lightest_band),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
