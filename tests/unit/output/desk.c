/* SPDX-License-Identifier: MIT */
/* The desk's page is put together, and its data cannot be anything but data. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "output/desk.h"
#include "shop/date.h"

static void the_page_takes_its_parts_in(void **state)
{
	(void)state;
	struct buf out = BUF_INIT;
	struct str html = S("<head><link rel=\"stylesheet\" href=\"desk.css\"/></head>"
			    "<body><script src=\"desk.js\"></script></body>");
	assert_true(desk_page(&out, html, S("p{}\n"), S("run();\n")));
	assert_true(str_is(buf_str(&out), "<head><style>\np{}\n</style></head>"
					  "<body><script>\nrun();\n</script></body>"));
	buf_reset(&out);
	assert_false(desk_page(&out, S("<head></head>"), S(""), S("")));
	assert_false(desk_page(&out, S(""), S(""), S("")));
	buf_release(&out);
}

static void a_listing_is_data(void **state)
{
	(void)state;
	struct buf out = BUF_INIT;
	struct desk_about about = { S("Kiln \"&\" Cable"), S("https://shop.example"), 20779, 9 };
	struct desk_item item = { .id = S("A\\\"B"),
				  .title = S("</script>"),
				  .marketplace = S("ebay"),
				  .path = S("listings/ebay/en/a.description.html"),
				  .text = S("x0000000000000001"),
				  .state = "never",
				  .pasted = DATE_NONE,
				  .count = 12,
				  .limit = 800,
				  .unit = S("characters"),
				  .bytes = S("one\n\ttwo \"three\"") };
	struct desk_value value = { S("a.fee"), S("1"), S("2"), S("content/rates.csv:5") };
	struct desk_stretch stretches[] = { { '-', { "1", 1 } }, { '+', { "2", 1 } } };
	desk_list(&out, &about, &item, 1);
	buf_byte(&out, 0);
	assert_non_null(strstr(out.text, "desk.list({\"shop\":\"Kiln \\\""));
	assert_non_null(strstr(out.text, "\"date\":\"2026-11-22\",\"all\":9,\"chunk\":50"));
	assert_non_null(strstr(out.text, "{\"id\":\"A\\\\\\\"B\""));
	assert_null(strstr(out.text, "</script>")); /* also where somebody puts the script into a page */
	assert_null(strstr(out.text, "pasted"));
	assert_non_null(strstr(out.text, "\"count\":12,\"limit\":800"));
	buf_reset(&out);
	item.values = &value;
	item.value_count = 1;
	item.stretches = stretches;
	item.stretch_count = 2;
	desk_chunk(&out, 3, &item, 1);
	assert_true(str_is(buf_str(&out),
			   "desk.chunk(3,[\n{\"bytes\":\"one\\u000a\\u0009two \\\"three\\\"\","
			   "\"values\":[[\"a.fee\",\"1\",\"2\",\"content/rates.csv:5\"]],"
			   "\"difference\":[[\"-\",\"1\"],[\"+\",\"2\"]]}\n]);\n"));
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_page_takes_its_parts_in),
		cmocka_unit_test(a_listing_is_data),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
