/* SPDX-License-Identifier: MIT */
/* Folding, sorting, lists, and that no environment changes them. */
#include "oracle.h"

static void folds_to(const char *text, const char *expected)
{
	struct arena arena;
	arena_init(&arena);
	struct str folded = words_fold(&arena, str_of(text));
	if (!str_is(folded, expected))
		fail_msg("'%s' folds to '%.*s', expected '%s'", text, STR(folded), expected);
	assert_true(str_equal(words_fold(&arena, folded), folded));
	arena_release(&arena);
}

static void folding_tells_names_apart(void **state)
{
	(void)state;
	folds_to("", "");
	folds_to("LAMP-1", "lamp-1");
	folds_to("Straße", "strasse");
	folds_to("STRASSE", "strasse");
	folds_to("ΣΊΣΥΦΟΣ", "σίσυφοσ");
	folds_to("I\xc4\xb0",
		 "ii\xcc\x87"); /* capital I with dot, and no Turkish rule for the other */
	folds_to("e\xcc\x81t\xc3\x89", "été");
	folds_to("ﬁNE", "fine");
	folds_to("Ꭰ", "ꭰ");
	folds_to("台燈", "台燈");
	folds_to("a\xff", "a\xef\xbf\xbd");
}

static void joined(const char *tag, const char *items, const char *expected)
{
	struct arena arena;
	struct buf out = BUF_INIT;
	struct str list[8], rest = str_of(items);
	size_t count = 0;
	arena_init(&arena);
	while (count < LENGTH(list) && str_next_word(&rest, &list[count]))
		count++;
	words_list(words_open(&arena, str_of(tag)), &out, list, count);
	if (!str_is(buf_str(&out), expected))
		fail_msg("%s: '%.*s', expected '%s'", tag, STR(buf_str(&out)), expected);
	buf_release(&out);
	arena_release(&arena);
}

static void lists_are_joined_by_the_language(void **state)
{
	(void)state;
	joined("en", "", "");
	joined("en", "DHL", "DHL");
	joined("en", "DHL UPS", "DHL and UPS");
	joined("en", "DHL UPS EMS", "DHL, UPS, and EMS");
	joined("de", "DHL UPS EMS", "DHL, UPS und EMS");
	joined("es", "Francia Italia", "Francia e Italia");
	joined("es", "Francia Portugal", "Francia y Portugal");
	joined("ja", "A B C D", "A、B、C、D");
	joined("ar", "A B", "A وB");
}

static void long_lists_fit(void **state)
{
	(void)state;
	enum { MANY = 3000 };
	struct arena arena;
	struct buf out = BUF_INIT;
	static struct str list[MANY];
	arena_init(&arena);
	for (size_t i = 0; i < MANY; i++)
		list[i] = S("国");
	words_list(words_open(&arena, S("en")), &out, list, MANY);
	assert_int_equal(out.len, MANY * 3 + (MANY - 1) * 2 + 4);
	buf_release(&out);
	arena_release(&arena);
}

static void sorting_follows_the_language(void **state)
{
	(void)state;
	struct arena arena;
	arena_init(&arena);
	struct words *swedish = words_open(&arena, S("sv")), *german = words_open(&arena, S("de"));
	assert_true(words_compare(swedish, S("Österrike"), S("Zambia")) > 0);
	assert_true(words_compare(german, S("Österreich"), S("Sambia")) < 0);
	assert_int_equal(words_compare(german, S("a"), S("a")), 0);
	assert_true(words_compare(german, S(""), S("a")) < 0);
	arena_release(&arena);
}

static void environment_changes_nothing(void **state)
{
	(void)state;
	struct arena arena;
	struct buf before = BUF_INIT, after = BUF_INIT;
	arena_init(&arena);
	for (int round = 0; round < 2; round++) {
		struct buf *out = round ? &after : &before;
		uloc_setDefault(round ? "ar_EG" : "en_US", &(UErrorCode){ U_ZERO_ERROR });
		struct words *words = words_open(&arena, S("ca"));
		words_money(words, out, (struct amount){ -123456, 2, "JPY" });
		words_date(words, out, 20793, DATE_LONG);
		buf_add(out, words_country(words, &arena, S("DE")));
		buf_add(out, words_own_name(words));
		words_weight(words, out, 1250);
	}
	assert_true(before.len > 0);
	assert_true(str_equal(buf_str(&before), buf_str(&after)));
	buf_release(&before);
	buf_release(&after);
	arena_release(&arena);
}

static void version_names_the_data(void **state)
{
	(void)state;
	struct arena arena;
	arena_init(&arena);
	struct str version = words_version(&arena);
	assert_true(str_starts(version, "ICU " U_ICU_VERSION));
	assert_non_null(strstr(version.text, ", CLDR "));
	assert_non_null(strstr(version.text, ", time zones 20"));
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folding_tells_names_apart),
		cmocka_unit_test(lists_are_joined_by_the_language),
		cmocka_unit_test(long_lists_fit),
		cmocka_unit_test(sorting_follows_the_language),
		cmocka_unit_test(environment_changes_nothing),
		cmocka_unit_test(version_names_the_data),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
