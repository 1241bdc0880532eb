/* SPDX-License-Identifier: MIT */
/* Where the pages lie, and the ways between them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "plan/plan.h"

static struct language languages[] = { { .tag = { "en", 2 } }, { .tag = { "pt-BR", 5 } } };

static struct shop shop_of(bool sharded)
{
	return (struct shop){ .languages = languages,
			      .language_count = 2,
			      .settings = { .sharded = sharded } };
}

static void pages_lie_where_the_formats_say(void **state)
{
	(void)state;
	static const struct {
		enum page_kind kind;
		size_t language, number;
		const char *name, *path, *up, *home;
	} cases[] = {
		{ PAGE_START, 0, 0, "", "index.html", "", "" },
		{ PAGE_SHOP, 0, 0, "", "en/index.html", "../", "" },
		{ PAGE_POLICY, 1, 0, "", "pt-BR/policy.html", "../", "" },
		{ PAGE_FAQ, 0, 0, "", "en/faq.html", "../", "" },
		{ PAGE_PRODUCTS, 1, 12, "", "pt-BR/products/12.html", "../../", "../" },
		{ PAGE_TO, 0, 0, "DE", "en/to/DE.html", "../../", "../" },
		{ PAGE_PRODUCT, 1, 0, "lamp-1", "pt-BR/p/lamp-1.html", "../../", "../" },
	};
	struct shop shop = shop_of(false);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf path = BUF_INIT, file = BUF_INIT;
		struct str name = str_of(cases[i].name);
		plan_path(&path, &shop, cases[i].kind, cases[i].language, name, cases[i].number);
		plan_folder(&file, &shop, cases[i].kind, cases[i].language, name);
		buf_byte(&file, '/');
		plan_name(&file, cases[i].kind, name, cases[i].number);
		assert_true(str_is(buf_str(&path), cases[i].path));
		/* the file is the address below site/ */
		assert_true(str_starts(buf_str(&file), "site/"));
		assert_true(str_is(str_sub(buf_str(&file), 5, file.len), cases[i].path));
		assert_string_equal(plan_way_up(&shop, cases[i].kind), cases[i].up);
		assert_string_equal(plan_way_home(&shop, cases[i].kind), cases[i].home);
		buf_release(&path);
		buf_release(&file);
	}
}

static void sharded_products_lie_in_256_folders(void **state)
{
	(void)state;
	struct shop shop = shop_of(true);
	unsigned used[PLAN_SHARDS] = { 0 }, empty = 0, most = 0;
	for (int i = 0; i < 25600; i++) {
		char slug[32], expected[64];
		struct buf path = BUF_INIT;
		snprintf(slug, sizeof slug, "lamp-%d", i);
		plan_path(&path, &shop, PAGE_PRODUCT, 0, str_of(slug), 0);
		unsigned shard = plan_shard(str_of(slug));
		assert_true(shard < PLAN_SHARDS);
		snprintf(expected, sizeof expected, "en/p/%02x/%s.html", shard, slug);
		assert_true(str_is(buf_str(&path), expected));
		if (++used[shard] > most)
			most = used[shard];
		buf_release(&path);
	}
	for (size_t i = 0; i < PLAN_SHARDS; i++)
		empty += !used[i];
	assert_int_equal(empty, 0);
	assert_true(most < 200);
	assert_string_equal(plan_way_up(&shop, PAGE_PRODUCT), "../../../");
	assert_string_equal(plan_way_home(&shop, PAGE_PRODUCT), "../../");
	assert_string_equal(plan_way_up(&shop, PAGE_TO), "../../"); /* only products are spread */
}

static void every_product_has_its_place_on_a_list(void **state)
{
	(void)state;
	assert_int_equal(plan_list_pages(0), 1);
	assert_int_equal(plan_list_pages(1), 1);
	assert_int_equal(plan_list_pages(PRODUCTS_A_PAGE), 1);
	assert_int_equal(plan_list_pages(PRODUCTS_A_PAGE + 1), 2);
	assert_int_equal(plan_list_pages(1000000), 10000);
}

static void each_kind_has_a_name_and_a_template(void **state)
{
	(void)state;
	for (int i = 0; i < PAGE_KINDS; i++) {
		char template[64];
		snprintf(template, sizeof template, "templates/%s.html", page_kind_name((enum page_kind)i));
		assert_string_equal(page_template((enum page_kind)i), template);
		for (int j = 0; j < i; j++)
			assert_string_not_equal(page_kind_name((enum page_kind)i),
						page_kind_name((enum page_kind)j));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages_lie_where_the_formats_say),
		cmocka_unit_test(sharded_products_lie_in_256_folders),
		cmocka_unit_test(every_product_has_its_place_on_a_list),
		cmocka_unit_test(each_kind_has_a_name_and_a_template),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
