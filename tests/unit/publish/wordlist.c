/* SPDX-License-Identifier: MIT */
/* Words, each kept once; and the order of a shelf, which is that of its paths, whatever they begin with. */
#include "unit/publish/fixture.h"

#include "publish/shelf.h"
#include "publish/wordlist.h"

static void a_word_is_kept_once(void **state)
{
	struct wordlist list = { 0 };
	char word[24];
	(void)state;
	for (int round = 0; round < 2; round++)
		for (int i = 0; i < 5000; i++) {
			snprintf(word, sizeof word, "word %d", i * 7);
			uint32_t at = wordlist_add(&list, str_of(word));
			assert_true(str_is(word_at(buf_str(&list.text), at), word));
			assert_int_equal(wordlist_find(&list, str_of(word)), at);
		}
	assert_int_equal(list.places.count, 5000);
	assert_int_equal(wordlist_find(&list, S("word 1")), SIZE_MAX);
	uint32_t nothing = wordlist_add(&list, S(""));
	assert_int_equal(wordlist_find(&list, S("")), nothing);
	assert_int_equal(word_at(buf_str(&list.text), nothing).len, 0);
	wordlist_release(&list);
}

/* Notes snippets at these paths, the last one twice, and reads their order. */
static void are_sorted(const char *const *paths, size_t count)
{
	struct shelf *shelf = shelf_new();
	for (size_t i = 0; i <= count; i++) {
		struct snippet snippet = { .id = S("A"), .path = str_of(paths[i % count]), .bytes = S("x"),
					   .hash = i + 1 };
		shelf_note(shelf, &snippet);
	}
	assert_int_equal(shelf_count(shelf), count);
	assert_true(shelf_has(shelf, str_of(paths[0])));
	assert_false(shelf_has(shelf, S("A")));
	shelf_sort(shelf);
	for (size_t i = 1; i < count; i++)
		assert_true(str_compare(shelf_words(shelf, shelf_row(shelf, i - 1)->path),
					shelf_words(shelf, shelf_row(shelf, i)->path)) < 0);
	shelf_free(shelf);
}

static void a_shelf_stands_in_the_order_of_its_paths(void **state)
{
	static const char *const usual[] = {
		"listings/woocommerce/en/lamp-1.short_description.html",
		"listings/woocommerce/en/lamp-1.description.html",
		"listings/woocommerce/en/lamp-10.description.html",
		"listings/ebay/en/lamp-1.description.html",
		"listings/ebay/de/\xC3\xA4.description.html",
		"listings/ebay/de/z.description.html",
		"listings/e",
		"listings/",
	};
	static const char *const mixed[] = { "listings/ebay/en/b.html", "lists/a", "a", "listings/ebay/en/a.html",
					     "list" };
	(void)state;
	are_sorted(usual, sizeof usual / sizeof *usual);
	are_sorted(mixed, sizeof mixed / sizeof *mixed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_word_is_kept_once),
		cmocka_unit_test(a_shelf_stands_in_the_order_of_its_paths),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
