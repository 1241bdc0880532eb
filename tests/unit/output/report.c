/* SPDX-License-Identifier: MIT */
/* The seller's report: well-formed whatever the shop is called, honest where nothing is known. */
#include "../shop/little_shop.h"

#include <libxml/parser.h>

#include "output/report.h"

struct page {
	struct little_shop little;
	struct workings workings;
	struct buf html;
};

static void render(struct page *page)
{
	struct report_request request = { .workings = &page->workings, .profiles = 1 };
	const struct shop *shop = little_load(&page->little);
	workings_init(&page->workings, &page->little.arena, shop, page->little.diag);
	request.backtest = backtest_run(&page->little.arena, shop, page->little.diag);
	buf_init(&page->html);
	report_render(&request, &page->html);
	buf_byte(&page->html, 0);
	page->html.len--;
}

static void release(struct page *page)
{
	buf_release(&page->html);
	workings_release(&page->workings);
	little_close(&page->little);
}

/* As XML, without the doctype, which is HTML's. */
static void is_well_formed(struct str html)
{
	const char *doctype = "<!DOCTYPE html>\n";
	assert_true(str_starts(html, doctype));
	struct str rest = str_sub(html, strlen(doctype), html.len);
	xmlDoc *doc = xmlReadMemory(rest.text, (int)rest.len, "report", NULL, XML_PARSE_NONET);
	assert_non_null(doc);
	xmlFreeDoc(doc);
}

static bool has(const struct page *page, const char *part)
{
	return strstr(page->html.text, part) != NULL;
}

static void a_shop_of_five_tables_has_a_page(void **state)
{
	struct page page;
	(void)state;
	little_open(&page.little);
	render(&page);
	is_well_formed(buf_str(&page.html));
	assert_true(has(&page, "Nothing to judge yet"));
	assert_true(has(&page, "No parcels have been counted yet"));
	assert_true(has(&page, "There is no handling.csv"));
	assert_true(has(&page, "Germany"));
	assert_true(has(&page, "no rule: pages say that it is not known"));
	release(&page);
}

static void it_asks_nobody(void **state)
{
	struct page page;
	(void)state;
	little_open(&page.little);
	render(&page);
	assert_false(has(&page, "http"));
	assert_false(has(&page, "url("));
	assert_false(has(&page, "<script"));
	assert_false(has(&page, "<link"));
	release(&page);
}

static void hostile_names_stay_text(void **state)
{
	struct page page;
	(void)state;
	little_open(&page.little);
	little_put(&page.little, "shop.csv",
		   "key,value\nname,\"</title><script>\"\"&\"\nurl,https://"
		   "little.example\nlanguages,en de\n"
		   "currency,EUR\ncountry,CN\ntimezone,Asia/Shanghai\n");
	little_put(&page.little, "carriers.csv",
		   "service,carrier,name,days_min,days_max,on_time\n<b>&,Post,A,9,30,90%\nfast,"
		   "Fast,Express,,,\n");
	little_put(&page.little, "zones.csv", "service,zone,countries\n<b>&,EU,EU\nfast,WORLD,*\n");
	little_put(&page.little, "rates.csv",
		   "service,zone,up_to,price\n<b>&,EU,2 kg,9.00 EUR\nfast,WORLD,,30.00 EUR\n");
	little_put(&page.little, "handling.csv",
		   "profile,days_min,days_max\n\"<i title=\"\"x\"\">\",1,2\n");
	little_put(&page.little, "products.csv",
		   "id,title,price,shipping_weight,handling\nMUG,Mug,12.00 EUR,400 g,\"<i "
		   "title=\"\"x\"\">\"\n");
	render(&page);
	little_says(&page.little, "");
	is_well_formed(buf_str(&page.html));
	assert_false(has(&page, "<script>"));
	assert_false(has(&page, "<b>"));
	assert_false(has(&page, "<i "));
	assert_true(has(&page, "&lt;b&gt;&amp;"));
	release(&page);
}

/* Four parcels a day up to `until`, handed over `handling` days after the order, `slow` from June
 * on. */
static void put_parcels(struct little_shop *little, const char *until, int handling, int slow)
{
	struct buf text = BUF_INIT;
	int32_t last, june;
	assert_true(date_parse(str_of(until), &last) && date_of(2026, 6, 1, &june));
	buf_add(&text, S("service,to,ordered,shipped,delivered,id\n"));
	for (int32_t day = last - 300; day <= last; day++)
		for (int i = 0; i < 4; i++) {
			int32_t came = day + handling + 4 + i + (day >= june ? slow : 0);
			buf_add(&text, S("fast,DE,"));
			date_add(&text, day);
			buf_byte(&text, ',');
			date_add(&text, day + handling);
			buf_byte(&text, ',');
			if (came <= last)
				date_add(&text, came);
			buf_add(&text, S(",MUG\n"));
		}
	buf_byte(&text, 0);
	little_put(little, "shipments.csv", text.text);
	buf_release(&text);
}

static void fresh_statistics_need_nobody(void **state)
{
	struct page page;
	(void)state;
	little_open(&page.little);
	put_parcels(&page.little, "2026-11-20", 0, 0);
	render(&page);
	is_well_formed(buf_str(&page.html));
	assert_false(has(&page, "The newest parcels of"));
	assert_false(has(&page, "was claimed,"));
	assert_true(has(
		&page,
		"aria-label=\"Reliability diagram. Of what was claimed at 80%, 100.0% was kept."));
	release(&page);
}

static void old_statistics_are_named(void **state)
{
	struct page page;
	(void)state;
	little_open(&page.little);
	put_parcels(&page.little, "2026-03-01", 0, 0);
	render(&page);
	assert_true(has(&page, "<li><a href=\"#stale\">The newest parcels of fast were counted "));
	release(&page);
}

static void broken_promises_are_named(void **state)
{
	struct page page;
	(void)state;
	little_open(&page.little);
	put_parcels(&page.little, "2026-11-20", 0, 25);
	render(&page);
	is_well_formed(buf_str(&page.html));
	assert_true(has(&page, "<li><a href=\"#kept\">All services together: 80% was claimed, "));
	release(&page);
}

static void handling_that_is_slower_than_stated_is_named(void **state)
{
	struct page page;
	(void)state;
	little_open(&page.little);
	little_put(&page.little, "handling.csv", "profile,days_min,days_max\nquick,0,1\n");
	little_put(&page.little, "products.csv",
		   "id,title,price,shipping_weight,handling\nMUG,Mug,12.00 EUR,400 g,quick\n");
	put_parcels(&page.little, "2026-11-20", 6, 0);
	render(&page);
	assert_true(
		has(&page,
		    "Handling “quick” promises 1 working days; nine in ten orders left within "));
	release(&page);
}

static void changes_are_listed_and_escaped(void **state)
{
	struct little_shop little;
	struct buf html = BUF_INIT;
	static const struct report_change items[] = {
		{ S("site/en/p/a.html"), S("price: <1> & \"2\""), "changed" },
		{ S("site/en/p/b.html"), S("no longer planned"), "removed" },
	};
	(void)state;
	little_open(&little);
	struct report_changes changes = {
		.shop = little_load(&little), .items = items, .count = 2, .changed = 1, .removed = 1
	};
	report_changes_render(&changes, &html);
	is_well_formed(buf_str(&html));
	buf_byte(&html, 0);
	assert_non_null(strstr(html.text, "&lt;1&gt; &amp;"));
	assert_null(strstr(html.text, "all are in"));
	buf_reset(&html);
	changes.made = 700;
	report_changes_render(&changes, &html);
	buf_byte(&html, 0);
	assert_non_null(strstr(html.text, "all are in"));
	buf_release(&html);
	little_close(&little);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_shop_of_five_tables_has_a_page),
		cmocka_unit_test(it_asks_nobody),
		cmocka_unit_test(hostile_names_stay_text),
		cmocka_unit_test(fresh_statistics_need_nobody),
		cmocka_unit_test(old_statistics_are_named),
		cmocka_unit_test(broken_promises_are_named),
		cmocka_unit_test(handling_that_is_slower_than_stated_is_named),
		cmocka_unit_test(changes_are_listed_and_escaped),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	xmlCleanupParser();
	return failed;
}
