/* SPDX-License-Identifier: MIT */
/* products.csv: rows that become products, and what is said of those that do not. */
#include "little_shop.h"

#include <pthread.h>

#define HEADER                                                                                     \
	"id,title,title:de,price,currency,shipping_weight,dimensions,hs_code,origin,"              \
	"customs_description,handling,ships_from,fulfilment,services,contents,stock,gtin,"         \
	"box_contents,box_contents:de,packing,customs_value,image_link,availability,brand,link\n"

static void a_full_row_becomes_a_product(void **state)
{
	(void)state;
	struct little_shop little;
	struct product product;
	little_open(&little);
	little_put(&little, "handling.csv", "profile,days_min,days_max\nmade,3,5\nstock,1,2\n");
	little_put(&little, "products.csv",
		   HEADER "LAMP-1,\"Lamp, small\",\"Lampe, klein\",64.00,USD,850 g,30x20x12 "
			  "cm,9405.21.60,CHN,desk lamp,stock,DE-HE,marketplace,fast,battery "
			  "fragile,14,4006381333931,lamp; cable,Leuchte; "
			  "Kabel,box,50,https://little.example/1.jpg,in_stock,Little,https://"
			  "little.example/1\n"
			  "MUG,Mug,,12 EUR,,400,,,,,made,,,,,,,,,,,,,,\n");
	const struct shop *shop = little_load(&little);
	struct catalog *catalog = catalog_open(&little.arena, shop, little.diag);
	assert_true(catalog_readable(catalog));
	assert_true(catalog_find(catalog, &little.arena, S("LAMP-1"), &product));
	little_says(&little, "");
	assert_true(str_is(product.id, "LAMP-1"));
	assert_true(str_is(product.titles[0], "Lamp, small"));
	assert_true(str_is(product.titles[1], "Lampe, klein"));
	assert_int_equal(product.price.amount.digits, 6400);
	assert_string_equal(product.price.currency.code, "USD");
	assert_string_equal(product.customs_value.currency.code, "USD");
	assert_int_equal(product.weight_g, 850);
	assert_int_equal(product.volume_mm3, 7200000);
	assert_true(str_is(product.hs_code, "94052160"));
	assert_string_equal(product.origin.code, "CN");
	assert_true(str_is(product.customs_description, "desk lamp"));
	assert_ptr_equal(product.handling, &shop->handlings[1]);
	assert_string_equal(product.ships_from.code, "DE-HE");
	assert_int_equal(product.fulfilment, FULFILMENT_MARKETPLACE);
	assert_int_equal(product.services, 1u << 1);
	assert_int_equal(product.contents, 3);
	assert_true(str_is(product.stock, "14"));
	assert_true(str_is(translated_get(&product.box_contents, 1), "Leuchte; Kabel"));
	assert_true(str_is(translated_get(&product.packing, 1), "box"));
	assert_int_equal(product.pos.line, 2);
	assert_true(catalog_find(catalog, &little.arena, S("MUG"), &product));
	assert_true(str_is(product.titles[1], "Mug"));
	assert_string_equal(product.price.currency.code, "EUR");
	assert_string_equal(product.customs_value.currency.code, "");
	assert_string_equal(product.ships_from.code, "CN");
	assert_string_equal(product.origin.code, "");
	assert_int_equal(product.volume_mm3, 0);
	assert_true(product.services == UINT64_MAX);
	assert_int_equal(product.fulfilment, FULFILMENT_SELLER);
	assert_ptr_equal(product.handling, &shop->handlings[0]);
	assert_false(catalog_find(catalog, &little.arena, S("CUP"), &product));
	assert_int_not_equal(catalog_hash(catalog), 0);
	catalog_close(catalog);
	little_close(&little);
}

static void cells_have_names(void **state)
{
	(void)state;
	struct little_shop little;
	struct row row;
	struct buf names = BUF_INIT;
	little_open(&little);
	little_put(&little, "products.csv",
		   "id,title,title:de,price,shipping_weight\nMUG,Mug,Becher,12 EUR,400 g\n");
	struct catalog *catalog = catalog_open(&little.arena, little_load(&little), little.diag);
	assert_true(catalog_next(catalog, &little.arena, &row));
	for (size_t i = 0; i < catalog_columns(catalog); i++) {
		buf_add(&names, catalog_column_name(catalog, i));
		buf_byte(&names, '=');
		buf_add(&names, catalog_cell(catalog, &row, i)->text);
		buf_byte(&names, ' ');
	}
	buf_byte(&names, 0);
	assert_string_equal(names.text,
			    "id=MUG title=Mug title:de=Becher price=12 EUR shipping_weight=400 g ");
	assert_true(str_is(catalog_id(catalog, &row), "MUG"));
	assert_true(str_is(catalog_title(catalog, &row, 0), "Mug"));
	assert_true(str_is(catalog_title(catalog, &row, 1), "Becher"));
	assert_false(catalog_next(catalog, &little.arena, &row));
	catalog_rewind(catalog);
	assert_true(catalog_next(catalog, &little.arena, &row));
	catalog_close(catalog);
	buf_release(&names);
	little_close(&little);
}

static void says(const char *handling, const char *products, const char *expected)
{
	struct little_shop little;
	little_open(&little);
	if (handling)
		little_put(&little, "handling.csv", handling);
	little_products(&little, products);
	little_says(&little, expected);
	little_close(&little);
}

static void wrong_cells_are_named(void **state)
{
	(void)state;
	says("profile,days_min,days_max\nmade,3,5\nstock,1,2\n",
	     "id,title,price,currency,shipping_weight,hs_code,origin,handling,fulfilment,services,"
	     "contents,dimensions\n"
	     "8.51762E+09,Mug,-5,,0,940521601,Mars,stok,amazon,pots,batery,3x4\n"
	     ",,,,,8.51762E+09,,,,,,\n"
	     "CUP,Cup,12 EUR,USD,400 g,9405216010,EU,made,seller,post,,\n",
	     "content/products.csv:2:1: error: a spreadsheet shortened this 'id' to '8.51762E+09'; "
	     "format the column as text and enter the digits again\n"
	     "content/products.csv:2:17: error: '-5' is negative; an amount here starts at 0\n"
	     "content/products.csv:2:21: error: a weight of 0 cannot be; write what the packed "
	     "parcel weighs\n"
	     "content/products.csv:2:23: error: '940521601' has 9 digits, and HS codes have an "
	     "even number: a spreadsheet may have taken a leading zero; format the column as text "
	     "and enter it again\n"
	     "content/products.csv:2:33: error: 'Mars' is no country; write its two letters of ISO "
	     "3166, such as 'DE', or a region such as 'US-HI'\n"
	     "content/products.csv:2:38: error: there is no profile 'stok'; did you mean 'stock'?\n"
	     "content/products.csv:2:43: error: 'amazon' is no 'fulfilment'; it may be 'seller', "
	     "'marketplace'\n"
	     "content/products.csv:2:50: error: there is no service 'pots'; did you mean 'post'?\n"
	     "content/products.csv:2:55: error: no service refuses 'batery'; did you mean "
	     "'battery'?\n"
	     "content/products.csv:2:62: error: '3x4' is no size; write three lengths and their "
	     "unit, such as '30x20x12 cm'\n"
	     "content/products.csv:3:1: error: 'id' is empty; every row needs it\n"
	     "content/products.csv:3:2: error: 'title' is empty; every row needs it\n"
	     "content/products.csv:3:3: error: 'price' is empty; every row needs it\n"
	     "content/products.csv:3:5: error: 'shipping_weight' is empty; every row needs it\n"
	     "content/products.csv:3:6: error: a spreadsheet shortened this 'hs_code' to "
	     "'8.51762E+09'; format the column as text and enter the digits again\n"
	     "content/products.csv:3:19: error: 'handling' is empty; name a profile of "
	     "content/handling.csv, or call one there 'default'\n"
	     "content/products.csv:4:16: error: 'USD' is not the currency of the price '12 EUR'; "
	     "make them agree\n"
	     "content/products.csv:4:37: error: 'EU' stands for many countries; name one country "
	     "here\n");
}

static void doubtful_cells_are_warned_of(void **state)
{
	(void)state;
	says(NULL,
	     "id,title,price,shipping_weight,customs_description,contents,gtin\n"
	     "A,A,1,1.2,\"a very long description, letter by letter\",perfume,4006381333932\n"
	     "B,B,1,1200 kg,schöne Lampe mit fünfunddreißig Zei,food,\nC,C,1,2.50,,,036000291452\n",
	     "content/products.csv:2:7: warning: '1.2' is read as grams; write '1.2 kg' where "
	     "kilograms are meant\n"
	     "content/products.csv:2:12: warning: the description has 41 letters, and a customs "
	     "form has room for 35; shorten it\n"
	     "content/products.csv:2:55: warning: no service refuses 'perfume', so it does "
	     "nothing; name it in 'refuses' of content/carriers.csv, or take it out\n"
	     "content/products.csv:2:63: warning: '4006381333932' is no GTIN (8, 12, 13 or 14 "
	     "digits with a check digit); look it up on the package, and format the column as "
	     "text\n"
	     "content/products.csv:3:7: warning: '1200 kg' is more than a ton; is the unit right?\n"
	     "content/products.csv:4:7: warning: '2.50' is read as grams; write '2.50 kg' where "
	     "kilograms are meant\n");
}

static void one_profile_or_default_needs_no_name(void **state)
{
	(void)state;
	const char *products = "id,title,price,shipping_weight\nMUG,Mug,12,400\n";
	says("profile,days_min,days_max\nmade,3,5\n", products, "");
	says("profile,days_min,days_max\nmade,3,5\ndefault,1,2\n", products, "");
	says(NULL, products, "");
	says("profile,days_min,days_max\nmade,3,5\nstock,1,2\n", products,
	     "content/products.csv:2:1: error: 'handling' is empty; name a profile of "
	     "content/handling.csv, or call one there 'default'\n");
}

static void a_missing_file_or_column_is_asked_for(void **state)
{
	(void)state;
	struct little_shop little;
	little_open(&little);
	little_remove(&little, "products.csv");
	struct catalog *catalog = catalog_open(&little.arena, little_load(&little), little.diag);
	struct row row;
	assert_false(catalog_readable(catalog));
	assert_false(catalog_next(catalog, &little.arena, &row));
	little_says(&little, "content/products.csv: error: there is no such file, and it holds "
			     "what is sold; put your products there, or the export of your shop "
			     "system as it is; 'upfront init DIR' makes one to start from\n");
	catalog_close(catalog);
	little_close(&little);
	says(NULL, "id,title,shipping_weight\nMUG,Mug,400\n",
	     "content/products.csv:1: error: there is no column 'price'; add it, or say in "
	     "content/columns.csv which of yours it is\n");
}

static void rows_of_another_day_are_passed_over(void **state)
{
	(void)state;
	struct little_shop little;
	struct row row;
	little_open(&little);
	little_put(&little, "products.csv",
		   "id,title,price,shipping_weight,valid_from,valid_to\nOLD,Old,1,400,,2026-11-21\n"
		   "NOW,Now,1,400,2026-11-22,22.11.2026\nNEW,New,1,400,2026-11-23,\n");
	struct catalog *catalog = catalog_open(&little.arena, little_load(&little), little.diag);
	assert_true(catalog_next(catalog, &little.arena, &row));
	assert_true(str_is(catalog_id(catalog, &row), "NOW"));
	assert_false(catalog_next(catalog, &little.arena, &row));
	little_says(&little, "");
	catalog_close(catalog);
	little_close(&little);
}

/* What several workers share: one catalog under a lock. */
struct workers {
	struct catalog *catalog;
	pthread_mutex_t lock;
	size_t good, bad;
};

static void *work(void *context)
{
	struct workers *workers = context;
	struct arena scratch;
	arena_init(&scratch);
	for (;;) {
		struct row row;
		struct product product;
		arena_reset(&scratch);
		pthread_mutex_lock(&workers->lock);
		bool more = catalog_next(workers->catalog, &scratch, &row);
		pthread_mutex_unlock(&workers->lock);
		if (!more)
			break;
		bool good = catalog_product(workers->catalog, &row, &scratch, &product);
		pthread_mutex_lock(&workers->lock);
		workers->good += good;
		workers->bad += !good;
		pthread_mutex_unlock(&workers->lock);
	}
	arena_release(&scratch);
	return NULL;
}

static void several_workers_share_a_catalog(void **state)
{
	(void)state;
	struct little_shop little;
	struct buf text = BUF_INIT;
	pthread_t threads[4];
	little_open(&little);
	buf_add(&text, S("id,title,price,shipping_weight,services\n"));
	for (int i = 0; i < 2000; i++)
		buf_addf(&text, "P%d,Product,%d.50,400 g,%s\n", i, i,
			 i % 10 ? "post fast" : "none");
	buf_byte(&text, 0);
	little_put(&little, "products.csv", text.text);
	struct workers workers = { .catalog = catalog_open(&little.arena, little_load(&little),
							   little.diag) };
	pthread_mutex_init(&workers.lock, NULL);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, work, &workers), 0);
	for (size_t i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(workers.good, 1800);
	assert_int_equal(workers.bad, 200);
	assert_int_equal(diag_errors(little.diag), 200);
	pthread_mutex_destroy(&workers.lock);
	catalog_close(workers.catalog);
	buf_release(&text);
	little_close(&little);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_full_row_becomes_a_product),
		cmocka_unit_test(cells_have_names),
		cmocka_unit_test(wrong_cells_are_named),
		cmocka_unit_test(doubtful_cells_are_warned_of),
		cmocka_unit_test(one_profile_or_default_needs_no_name),
		cmocka_unit_test(a_missing_file_or_column_is_asked_for),
		cmocka_unit_test(rows_of_another_day_are_passed_over),
		cmocka_unit_test(several_workers_share_a_catalog),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
