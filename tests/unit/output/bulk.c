/* SPDX-License-Identifier: MIT */
/* Rows that importers read, and in which no spreadsheet finds a formula. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "output/bulk.h"

static const char *row(const char *container, size_t dialect, const char *title, const char *text)
{
	static struct buf out, bytes;
	struct str fields_bytes[1] = { str_of(text) };
	struct market_field field = { .id = S("description"), .encoding = "UTF-8" };
	const struct market_field *fields[1] = { &field };
	struct product product = { .id = S("P"),
				   .price = { { 1250, 2 }, { "EUR" } },
				   .stock = S("7") };
	struct listing listing = { .category = S("42") };
	struct market_site site = { S("ebay.de"), S("DE"), S("Germany"), S("EUR"), NULL, 0 };
	struct bulk_item item = { .product = &product, .listing = &listing,
				  .site = &site,       .title = str_of(title), .title_limit = 80,
				  .slug = S("p"),      .fields = fields,
				  .bytes = fields_bytes, .count = 1 };
	const struct bulk *bulk = bulk_find(str_of(container), dialect);
	buf_reset(&out);
	buf_reset(&bytes);
	bulk_row(bulk, &item, &out);
	struct market market = { .fields = &field, .field_count = 1 };
	struct str finished = bulk_finish(bulk, &market, buf_str(&out), true, &bytes);
	if (!bytes.len)
		buf_add(&bytes, finished);
	buf_byte(&bytes, 0);
	return bytes.text;
}

static void a_cell_never_begins_a_formula(void **state)
{
	(void)state;
	assert_string_equal(row("ebay-draft", 0, "=1+1", "<p>x</p>"),
			    "Draft,P,42,\" =1+1\",,12.50,7,,NEW,<p>x</p>,FixedPrice\r\n");
	assert_string_equal(row("shopify-product", 0, "@A1", "<p>x</p>"), "\" @A1\",p,,<p>x</p>\n");
	assert_string_equal(row("woocommerce-product", 0, "-1", "+49"), "P,'-1,,'+49,\n");
	assert_string_equal(row("woocommerce-product", 0, "\xEF\xBC\x9D" "1", "x"),
			    "P,\" \xEF\xBC\x9D" "1\",,x,\n");
}

static void a_backslash_before_an_n_stays_one(void **state)
{
	(void)state;
	assert_string_equal(row("woocommerce-product", 0, "C:\\new", "a\\nb"),
			    "P,C:\\\\new,,a\\\\nb,\n");
	assert_string_equal(row("shopify-product", 1, "C:\\new", "x"), "p,C:\\new,,x\n");
}

static void a_title_is_one_line_of_whole_words(void **state)
{
	(void)state;
	char title[240] = "";
	for (int i = 0; i < 20; i++)
		strcat(title, "lampshade ");
	assert_string_equal(row("ebay-draft", 0, title, "x"),
			    "Draft,P,42,lampshade lampshade lampshade lampshade lampshade lampshade lampshade "
			    "lampshade,,12.50,7,,NEW,x,FixedPrice\r\n");
	assert_string_equal(row("shopify-product", 0, "two\nlines", "x"), "two lines,p,,x\n");
}

static void a_listing_without_a_text_has_no_row(void **state)
{
	(void)state;
	assert_string_equal(row("ebay-draft", 0, "Lamp", ""), "");
}

static void a_site_is_named_as_its_importer_calls_it(void **state)
{
	(void)state;
	struct buf out = BUF_INIT;
	struct market_site site = { S("ebay.de"), S("DE"), S("Germany"), S("EUR"), NULL, 0 };
	bulk_head(bulk_find(S("ebay-draft"), 0), &site, &out);
	buf_byte(&out, 0);
	assert_non_null(strstr(out.text, "#INFO,Version=0.0.2,Template= eBay-draft-listings-template_DE,"));
	assert_non_null(strstr(out.text,
			       "\nAction(SiteID=Germany|Country=DE|Currency=EUR|Version=1193|CC=UTF-8),Custom"));
	buf_release(&out);
	assert_null(bulk_find(S("allegro-sections"), 0));
	assert_null(bulk_find(S("shopify-product"), 2));
}

static void rakuten_reads_shift_jis(void **state)
{
	(void)state;
	struct buf out = BUF_INIT, bytes = BUF_INIT;
	const struct bulk *bulk = bulk_find(S("rakuten-rms"), 0);
	struct market_field field = { .container = S("rakuten-rms"), .encoding = "windows-31j" };
	struct market market = { .fields = &field, .field_count = 1 };
	bulk_head(bulk, NULL, &out);
	struct str finished = bulk_finish(bulk, &market, S("\xE3\x82\xB3\xF0\x9F\x92\xA1x"),
					  true, &bytes); /* katakana KO, an emoji, x */
	assert_int_equal(finished.len, 3);
	assert_memory_equal(finished.text, "\x83\x52x", 3);
	buf_release(&out);
	buf_release(&bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_cell_never_begins_a_formula),
		cmocka_unit_test(a_backslash_before_an_n_stays_one),
		cmocka_unit_test(a_title_is_one_line_of_whole_words),
		cmocka_unit_test(a_listing_without_a_text_has_no_row),
		cmocka_unit_test(a_site_is_named_as_its_importer_calls_it),
		cmocka_unit_test(rakuten_reads_shift_jis),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
