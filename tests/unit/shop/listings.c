/* SPDX-License-Identifier: MIT */
/* listings.csv and settings.csv. */
#include "little_shop.h"

#include "base/hash.h"

static void a_products_listings_are_found_by_its_id(void **state)
{
	(void)state;
	struct little_shop little;
	size_t count;
	little_open(&little);
	little_put(&little, "listings.csv",
		   "id,marketplace,language,listing,category,site,to\n"
		   "LAMP,ebay,en,110000000117,112581,ebay.de,\nCUP,etsy,en,,,,AT\n"
		   "LAMP,etsy,en,,,,\nLAMP,ebay,en,110000000118,112581,ebay.fr,\n");
	const struct shop *shop = little_load(&little);
	little_says(&little, "");
	const struct listing *lamp = shop_listings(shop, hash_str(S("LAMP"), 0), &count);
	assert_int_equal(count, 3);
	assert_true(str_is(lamp[0].number, "110000000117"));
	assert_true(str_is(lamp[0].site, "ebay.de"));
	assert_true(str_is(lamp[1].site, ""));
	assert_int_equal(lamp[0].market, lamp[2].market);
	assert_ptr_equal(lamp[0].category.text, lamp[2].category.text); /* kept once */
	assert_int_equal(listing_pos(&lamp[2]).line, 5);
	assert_int_equal(shop->listing_market_count, 2);
	assert_string_equal(shop_listings(shop, hash_str(S("CUP"), 0), &count)->to.code, "AT");
	assert_int_equal(count, 1);
	assert_null(shop_listings(shop, hash_str(S("POT"), 0), &count));
	assert_int_equal(count, 0);
	little_close(&little);
}

static void what_no_edition_can_say_is_told_at_its_cell(void **state)
{
	(void)state;
	little_case("listings.csv", "id,marketplace,language\nLAMP,ebay,xx\n",
		    "content/listings.csv:2:11: error: the shop has no texts in 'xx'; add it to languages in "
		    "content/shop.csv and write content/text/xx.csv, or take the row out\n");
	little_case("listings.csv", "id,marketplace,language\nLAMP,ebay,en\nLAMP,ebay,en\n",
		    "content/listings.csv:3:1: error: this listing stands twice, first on line 2; take one "
		    "out, or tell them apart by site or listing number\n");
	little_case("listings.csv", "id,marketplace,language,listing\nLAMP,ebay,en,1.10E+11\n",
		    "content/listings.csv:2:14: error: a spreadsheet shortened this 'listing' to '1.10E+11'; "
		    "format the column as text and enter the digits again\n");
}

static void settings_name_services_that_there_are(void **state)
{
	(void)state;
	little_case("settings.csv", "id,marketplace,service\nLAMP,ebay,psot\n",
		    "content/settings.csv:2:11: error: there is no service 'psot'; did you mean 'post'?\n");
	struct little_shop little;
	size_t count;
	little_open(&little);
	little_put(&little, "settings.csv",
		   "id,marketplace,handling_days,service,price\nLAMP,ebay,2,post,12.00 EUR\nLAMP,etsy,,,\n");
	const struct shop *shop = little_load(&little);
	little_says(&little, "");
	const struct listing_setting *rows =
		shop_listing_settings(shop, hash_str(S("LAMP"), 0), &count);
	assert_int_equal(count, 2);
	assert_int_equal(rows[0].handling_days, 2);
	assert_int_equal(rows[1].handling_days, -1);
	assert_string_equal(rows[1].price.currency.code, "");
	little_close(&little);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_products_listings_are_found_by_its_id),
		cmocka_unit_test(what_no_edition_can_say_is_told_at_its_cell),
		cmocka_unit_test(settings_name_services_that_there_are),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
