/* SPDX-License-Identifier: MIT */
/* What a check finds about listings: each finding once, and nothing where nothing is wrong. */
#include "unit/build/fixture.h"

#define LISTINGS "id,marketplace,language,site,to,listing\n"
#define SETTINGS "id,marketplace,handling_days,service,price,returns_days\n"

/* The shop with these listings and these settings; each may be NULL. */
static void finds(const char *listings, const char *settings, const char *expected)
{
	struct bench bench;
	bench_open(&bench);
	if (listings)
		bench_put(&bench, "content/listings.csv", listings);
	if (settings)
		bench_put(&bench, "content/settings.csv", settings);
	bench_finds(&bench, expected);
	bench_close(&bench);
}

static void a_clean_shop_has_no_finding(void **state)
{
	(void)state;
	finds(NULL, NULL, "");
	finds(LISTINGS "LAMP-1,ebay,en,ebay.de,,1\nLAMP-1,etsy,en,,DE,2\nLAMP-2,shopify,en,,AT,\n"
		       "SHADE,tiktok,en,,DE,\nSHADE,amazon,en,amazon.de,,\n",
	      SETTINGS "LAMP-1,ebay,2,post,64.00 EUR,30\nLAMP-1,etsy,2,post,,\nLAMP-2,shopify,,,,\n", "");
}

static void a_text_that_does_not_fit_is_an_error(void **state)
{
	struct bench bench;
	(void)state;
	bench_open(&bench);
	bench_put(&bench, "content/listings.csv", LISTINGS "LAMP-1,ebay,en,ebay.de,,1\n");
	bench_put(&bench, "content/marketplaces/local.csv",
		  "market,field,rule,value\nebay,mobile_summary,limit,60 characters\n");
	bench_finds(&bench,
		    "content/listings.csv:2:1: error: the text for 'description' of eBay: 'Mobile summary, inside "
		    "the description' takes 60 characters, and what must stand in it needs 107; shorten the texts\n");
	bench_close(&bench);
}

/* The way out of a limit that differs by shop, and what happens to a text that does not keep it. */
static void a_limit_from_outside_names_its_file(void **state)
{
	struct bench bench;
	(void)state;
	bench_open(&bench);
	bench_put(&bench, "content/listings.csv", LISTINGS "LAMP-1,mercadolibre,en,,DE,\n");
	bench_put(&bench, "content/marketplaces/local.csv",
		  "market,field,rule,value\nmercadolibre,description,limit,60 characters\n");
	bench_finds(&bench,
		    "content/listings.csv:2:1: error: the text for 'description' of Mercado Libre: 'Item "
		    "description' takes 60 characters, and what must stand in it needs 1553; shorten the texts, or "
		    "write the limit of the category into content/marketplaces/local.csv; Mercado Libre publishes "
		    "the listing without such a text\n");
	bench_close(&bench);
}

/* A field of a policy is written once a shop, where templates/listing-shop.html has a section for it. */
static void a_field_without_a_section_is_a_warning(void **state)
{
	struct bench bench;
	(void)state;
	bench_open(&bench);
	bench_put(&bench, "content/listings.csv", LISTINGS "LAMP-1,ebay,en,ebay.de,,1\n");
	bench_put(&bench, "content/marketplaces/local.csv",
		  "market,field,rule,value\nebay,return_instructions,placement,allowed\n"
		  "ebay,custom_policy,placement,allowed\n");
	bench_finds(&bench,
		    "content/marketplaces/local.csv:3:30: warning: nothing is written for 'custom_policy' of eBay: "
		    "templates/listing-shop.html has no section with data-field=\"custom_policy\"; add one\n");
	bench_close(&bench);
}

static void a_language_that_the_field_does_not_take_is_an_error(void **state)
{
	(void)state;
	finds(LISTINGS "LAMP-1,coupang,en,,DE,\n", NULL,
	      "content/listings.csv:2:1: error: the text for 'contents' of Coupang: 'Item contents' must be "
	      "written in 'ko', and this text is in 'en'\n");
}

static void a_text_in_another_language_than_the_sites_is_an_error(void **state)
{
	static const char open[] = "market,field,rule,value\namazon,description,placement,allowed\n";
	struct bench bench;
	(void)state;
	bench_open(&bench);
	bench_put(&bench, "content/listings.csv", LISTINGS "LAMP-1,amazon,en,amazon.de,,1\n");
	bench_put(&bench, "content/marketplaces/local.csv", open);
	bench_finds(&bench,
		    "content/listings.csv:2:1: error: the text for 'description' of Amazon: 'Product description' on "
		    "amazon.de must be written in 'de', and this text is in 'en'; Amazon refuses such a text\n");
	bench_close(&bench);
}

static void a_product_that_nothing_carries_is_a_warning(void **state)
{
	struct bench bench;
	(void)state;
	bench_open(&bench);
	bench_put(&bench, "content/listings.csv", LISTINGS "LAMP-1,etsy,en,,DE,1\nSHADE,etsy,en,,DE,2\n");
	bench_put(&bench, "content/zones.csv", "service,zone,countries\npost,EU,EU\npost,CH,CH\nfast,CH,CH\n");
	bench_put(&bench, "content/rates.csv", "service,zone,up_to,price\npost,EU,500 g,8.00 EUR\nfast,CH,500 g,32.00 EUR\npost,CH,2 kg,8.00 EUR\n");
	bench_finds(&bench, "content/listings.csv:2:1: warning: no service carries 'LAMP-1' to 'DE', where the buyers "
			    "of this listing live; the text says so\n");
	bench_close(&bench);
}

static void arrivals_beyond_the_claim_window_are_a_warning(void **state)
{
	struct bench bench;
	(void)state;
	bench_open(&bench);
	bench_put(&bench, "content/listings.csv", LISTINGS "LAMP-1,etsy,en,,DE,1\n");
	bench_put(&bench, "content/marketplaces/local.csv", "market,field,rule,value\netsy,*,claim_window_days,60\n");
	bench_finds(&bench, "");
	bench_put(&bench, "content/marketplaces/local.csv", "market,field,rule,value\netsy,*,claim_window_days,10\n");
	bench_finds(&bench, "content/listings.csv:2:1: warning: the text speaks of arrivals within 19 days, and buyers at Etsy may open a "
			    "claim after 10; recommend a quicker service there, or answer for the days between\n");
	bench_close(&bench);
}

static void a_title_that_the_marketplace_refuses_is_a_warning(void **state)
{
	struct bench bench;
	(void)state;
	bench_open(&bench);
	bench_put(&bench, "content/products.csv",
		  "id,title,price,shipping_weight,hs_code,origin,handling\n"
		  "LAMP-1,Lamp from lamps@plain-lamps.example,64.00 EUR,850 g,9405210000,CN,stock\n"
		  "LAMP-2,Lamp,19.90 EUR,300 g,9405210000,CN,made\n");
	bench_put(&bench, "content/listings.csv",
		  LISTINGS "LAMP-1,ebay,en,ebay.de,,1\nLAMP-1,shopify,en,,DE,2\nLAMP-2,ebay,en,ebay.de,,3\n");
	bench_finds(&bench, "content/products.csv:2:1: warning: eBay refuses 'lamps@plain-lamps.example', which stands in the title "
			    "of 'LAMP-1'\n");
	bench_close(&bench);
}

static void a_sellers_own_text_that_a_marketplace_refuses_is_a_warning(void **state)
{
	struct bench bench;
	(void)state;
	bench_open(&bench);
	bench_put(&bench, "content/listings.csv", LISTINGS "LAMP-1,ebay,en,ebay.de,,1\n");
	bench_put(&bench, "content/faq/en/call.md",
		  "---\nquestion: Who answers?\n---\nWe do. Call +49 30 1234567 at any time.\n");
	bench_put(&bench, "content/remedies.csv",
		  "situation,remedy,order,text:en\nlate,wait,1,Ask us on WhatsApp.\n"
		  "late,refund,2,We refund the order.\n");
	bench_finds(&bench, "content/faq/en/call.md:4:13: warning: eBay refuses '+49 30 1234567' in 'description': the sentence is left out "
			    "there; word it otherwise\n"
			    "content/remedies.csv:2:11: warning: eBay refuses 'WhatsApp' in 'description': the sentence is left out there; word it otherwise\n");
	bench_put(&bench, "content/listings.csv", LISTINGS "LAMP-1,shopify,en,,DE,1\n");
	bench_finds(&bench, ""); /* the seller's own shop may say all that */
	bench_close(&bench);
}

/* --- settings.csv --- */

static void fields_that_contradict_the_text_are_warnings(void **state)
{
	(void)state;
	finds(LISTINGS "LAMP-1,etsy,en,,DE,2\n", SETTINGS "LAMP-1,etsy,1,fast,65.00 EUR,14\n",
	      "content/settings.csv:2:13: warning: etsy shows handling_days 1, and the text of 'LAMP-1' says up to 2 "
	      "(profile 'stock' in content/handling.csv); make them agree\n"
	      "content/settings.csv:2:15: warning: the listing offers 'fast', and the text of 'LAMP-1' speaks of 'post'; make them agree\n"
	      "content/settings.csv:2:20: warning: 'LAMP-1' costs 65.00 EUR there and 64.00 EUR in content/products.csv, from which import "
	      "charges are worked out; make them agree\n"
	      "content/settings.csv:2:30: warning: etsy shows returns_days 14 for 'LAMP-1', and content/shop.csv says 30; make them agree\n");
}

static void a_profile_that_wants_agreement_is_named(void **state)
{
	(void)state;
	finds(LISTINGS "LAMP-1,ebay,en,ebay.de,,1\n", SETTINGS "LAMP-1,ebay,1,,,\n",
	      "content/settings.csv:2:13: warning: ebay shows handling_days 1, and the text of 'LAMP-1' says up to 2 "
	      "(profile 'stock' in content/handling.csv); make them agree, as eBay asks "
	      "(pages.ebay.com/help/sell/terms-conditions.html)\n");
}

static void only_what_the_rule_names_has_to_agree(void **state)
{
	static const struct {
		const char *rule, *found;
	} cases[] = {
		{ "none", "" },
		{ "handling_days", "content/settings.csv:2:13: warning: etsy shows handling_days 1, and the text of 'LAMP-1' "
				   "says up to 2 (profile 'stock' in content/handling.csv); make them agree\n" },
		{ "service", "content/settings.csv:2:15: warning: the listing offers 'fast', and the text of 'LAMP-1' speaks of 'post'; "
			     "make them agree\n" },
		{ "price", "content/settings.csv:2:20: warning: 'LAMP-1' costs 65.00 EUR there and 64.00 EUR in content/products.csv, "
			   "from which import charges are worked out; make them agree\n" },
		{ "returns_days", "content/settings.csv:2:30: warning: etsy shows returns_days 14 for 'LAMP-1', and content/shop.csv says "
				  "30; make them agree\n" },
	};
	struct bench bench;
	char local[120];
	(void)state;
	bench_open(&bench);
	bench_put(&bench, "content/listings.csv", LISTINGS "LAMP-1,etsy,en,,DE,2\n");
	bench_put(&bench, "content/settings.csv", SETTINGS "LAMP-1,etsy,1,fast,65.00 EUR,14\n");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		snprintf(local, sizeof local, "market,field,rule,value\netsy,*,agrees,%s\n", cases[i].rule);
		bench_put(&bench, "content/marketplaces/local.csv", local);
		bench_finds(&bench, cases[i].found);
	}
	bench_close(&bench);
}

static void a_service_that_the_product_leaves_out_is_a_warning(void **state)
{
	struct bench bench;
	(void)state;
	bench_open(&bench);
	bench_put(&bench, "content/products.csv", "id,title,price,shipping_weight,hs_code,handling,services\nLAMP-1,Lamp,64.00 EUR,850 g,9405210000,stock,post\n"
		  "LAMP-2,Lamp,64.00 EUR,850 g,9405210000,made,\n");
	bench_put(&bench, "content/listings.csv", LISTINGS "LAMP-1,etsy,en,,DE,2\n");
	bench_put(&bench, "content/settings.csv", "id,marketplace,service\nLAMP-1,etsy,fast\n");
	bench_finds(&bench, "content/settings.csv:2:13: warning: the listing offers 'fast', which 'services' of 'LAMP-1' in "
			    "content/products.csv leaves out\n");
	bench_close(&bench);
}

static void two_marketplaces_that_show_different_things_are_warnings(void **state)
{
	(void)state;
	finds(LISTINGS "LAMP-2,etsy,en,,DE,1\nLAMP-2,shopify,en,,DE,2\n",
	      "id,marketplace,handling_days,service\nLAMP-2,etsy,2,post\nLAMP-2,shopify,4,\n",
	      "content/settings.csv:3:16: warning: handling_days of 'LAMP-2' is 4 on shopify and 2 on etsy (line 2); buyers compare\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_clean_shop_has_no_finding),
		cmocka_unit_test(a_text_that_does_not_fit_is_an_error),
		cmocka_unit_test(a_limit_from_outside_names_its_file),
		cmocka_unit_test(a_field_without_a_section_is_a_warning),
		cmocka_unit_test(a_language_that_the_field_does_not_take_is_an_error),
		cmocka_unit_test(a_text_in_another_language_than_the_sites_is_an_error),
		cmocka_unit_test(a_product_that_nothing_carries_is_a_warning),
		cmocka_unit_test(arrivals_beyond_the_claim_window_are_a_warning),
		cmocka_unit_test(a_title_that_the_marketplace_refuses_is_a_warning),
		cmocka_unit_test(a_sellers_own_text_that_a_marketplace_refuses_is_a_warning),
		cmocka_unit_test(fields_that_contradict_the_text_are_warnings),
		cmocka_unit_test(a_profile_that_wants_agreement_is_named),
		cmocka_unit_test(only_what_the_rule_names_has_to_agree),
		cmocka_unit_test(a_service_that_the_product_leaves_out_is_a_warning),
		cmocka_unit_test(two_marketplaces_that_show_different_things_are_warnings),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
