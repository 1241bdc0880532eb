/* SPDX-License-Identifier: MIT */
/* Lent text: comparing, trimming, cutting, UTF-8, and the text that grows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/buf.h"

static void assert_str(struct str s, const char *expected)
{
	if (!str_is(s, expected))
		fail_msg("'%.*s' is not '%s'", STR(s), expected);
}

static void texts_are_compared_by_bytes(void **state)
{
	(void)state;
	assert_true(str_equal(S("abc"), S("abc")));
	assert_false(str_equal(S("abc"), S("abd")));
	assert_false(str_equal(S("abc"), S("ab")));
	assert_true(str_equal(str_of(NULL), S("")));
	assert_true(str_equal_fold(S("Post-1"), S("pOST-1")));
	assert_false(str_equal_fold(S("@"), S("`")));
	assert_false(str_equal_fold(S("\xC3\x84"), S("\xC3\xA4"))); /* only ASCII is folded */
	assert_true(str_compare(S("a"), S("b")) < 0);
	assert_true(str_compare(S("b"), S("a")) > 0);
	assert_true(str_compare(S("a"), S("aa")) < 0);
	assert_true(str_compare(S("\xC3\xA4"), S("z")) > 0);
	assert_int_equal(str_compare(S(""), S("")), 0);
	assert_true(str_starts(S("site/p"), "site"));
	assert_false(str_starts(S("sit"), "site"));
	assert_true(str_ends(S("p.html"), ".html"));
	assert_false(str_ends(S("html"), ".html"));
}

static void white_space_is_trimmed_at_both_ends(void **state)
{
	(void)state;
	static const char *const cases[][2] = {
		{ "  a b \t\r\n", "a b" },   { "\xC2\xA0x\xC2\xA0", "x" }, { "\xEF\xBB\xBFx", "x" },
		{ "x\xEF\xBB\xBF ", "x" },   { "", "" },		   { " \t\xC2\xA0 ", "" },
		{ "\xC2", "\xC2" },	     { "a\xC2\xA1", "a\xC2\xA1" }, { "\v\fx", "x" },
		{ "\xE3\x80\x80x", "\xE3\x80\x80x" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_str(str_trim(str_of(cases[i][0])), cases[i][1]);
}

static void cutting_never_leaves_the_text(void **state)
{
	(void)state;
	assert_str(str_sub(S("abcdef"), 2, 3), "cde");
	assert_str(str_sub(S("abcdef"), 4, 30), "ef");
	assert_str(str_sub(S("abcdef"), 4, SIZE_MAX), "ef");
	assert_str(str_sub(S("abcdef"), 6, 1), "");
	assert_str(str_sub(S("abcdef"), SIZE_MAX, SIZE_MAX), "");
	assert_int_equal(str_index(S("a=b"), '='), 1);
	assert_int_equal(str_index(S("ab"), '='), 2);
	assert_int_equal(str_index(S(""), '='), 0);
}

static void a_list_in_a_cell_is_taken_word_by_word(void **state)
{
	(void)state;
	static const char *const words[] = { "DE", "AT", "CH", "US-HI" };
	struct str rest = S(" DE, AT;CH\t\n ;, US-HI ;"), word;
	for (size_t i = 0; i < 4; i++) {
		assert_true(str_next_word(&rest, &word));
		assert_str(word, words[i]);
	}
	assert_false(str_next_word(&rest, &word));
	assert_false(str_next_word(&rest, &word));
}

static void a_list_names(void **state)
{
	(void)state;
	assert_true(str_list_names(S("de, EN;fr"), S("en")));
	assert_false(str_list_names(S("de, EN;fr"), S("e")));
	assert_false(str_list_names(S("de"), S("")));
	assert_true(str_list_names(S(""), S("en")));
	assert_true(str_list_names(S(" ; "), S("en")));
}

static void numbers_are_whole_and_nothing_else(void **state)
{
	(void)state;
	int64_t number = -1;
	assert_true(str_number(S("0"), &number));
	assert_int_equal(number, 0);
	assert_true(str_number(S("999999999999999999"), &number));
	assert_int_equal(number, 999999999999999999);
	static const char *const none[] = { "", "-1", "+1", "1.0", " 1", "1 ", "0x1", "1e3",
					    "1000000000000000000" };
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		assert_false(str_number(str_of(none[i]), &number));
}

/* The first and last well-formed sequences of each length, and their neighbours that are not. */
static void utf8_is_strict(void **state)
{
	(void)state;
	static const char *const good[] = {
		"", "a", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
		"\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF", "eight is enough \xE2\x82\xAC",
	};
	static const char *const bad[] = {
		"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC2", "\xC2\x41", "\xC2\xC2", "\xE0\x9F\xBF",
		"\xE0\xA0", "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x8F\xBF\xBF", "\xF0\x90\x80",
		"\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFE", "\xFF", "seven77\xFF", "eight888\xFF",
		"a\xE2\x82",
	};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		if (!str_is_utf8(str_of(good[i])))
			fail_msg("good text %zu is refused", i);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (str_is_utf8(str_of(bad[i])))
			fail_msg("bad text %zu passes", i);
}

static void every_code_point_comes_back(void **state)
{
	(void)state;
	struct buf text = BUF_INIT;
	for (uint32_t c = 1; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 37) {
		if (c >= 0xD800 && c < 0xE000)
			continue;
		size_t at = 0;
		buf_reset(&text);
		buf_code_point(&text, c);
		assert_true(str_is_utf8(buf_str(&text)));
		assert_int_equal(str_code_point(buf_str(&text), &at), c);
		assert_int_equal(at, text.len);
	}
	buf_release(&text);
}

static void broken_bytes_are_passed_one_by_one(void **state)
{
	(void)state;
	struct str s = S("\xFF\xE2\x82z");
	size_t at = 0;
	assert_int_equal(str_code_point(s, &at), 0xFFFD);
	assert_int_equal(at, 1);
	assert_int_equal(str_code_point(s, &at), 0xFFFD);
	assert_int_equal(str_code_point(s, &at), 0xFFFD);
	assert_int_equal(str_code_point(s, &at), 'z');
	assert_int_equal(at, s.len);
	assert_int_equal(str_code_points(S("a\xC3\xA4\xE2\x82\xAC\xF0\x9F\x92\xA1")), 4);
}

static void the_nearest_word_is_offered_when_it_is_near(void **state)
{
	(void)state;
	const struct str words[] = { S("shipping_weight"), S("price"), S("title"), S("origin") };
	assert_str(str_nearest(S("shiping_weight"), words, 4), "shipping_weight");
	assert_str(str_nearest(S("Prise"), words, 4), "price");
	assert_str(str_nearest(S("PRICE"), words, 4), "price");
	assert_str(str_nearest(S("warehouse"), words, 4), "");
	assert_str(str_nearest(S("0123456789012345678901234567890123456789x"), words, 4), "");
	assert_str(str_nearest(S("price"), words, 0), "");
}

static void text_grows(void **state)
{
	(void)state;
	struct buf text = BUF_INIT, expected = BUF_INIT;
	assert_str(buf_str(&text), "");
	buf_add(&text, S(""));
	assert_str(buf_str(&text), "");
	buf_number(&text, INT64_MIN);
	buf_byte(&text, ' ');
	buf_number(&text, INT64_MAX);
	buf_byte(&text, ' ');
	buf_number(&text, 0);
	assert_str(buf_str(&text), "-9223372036854775808 9223372036854775807 0");
	buf_reset(&text);
	for (int i = 0; i < 5000; i++) {
		buf_addf(&text, "%d,", i);
		buf_number(&expected, i);
		buf_add(&expected, S(","));
	}
	assert_true(str_equal(buf_str(&text), buf_str(&expected)));
	size_t room = text.room;
	buf_reset(&text);
	assert_str(buf_str(&text), "");
	assert_int_equal(text.room, room);
	char *at = buf_grow(&text, 100000);
	memset(at, 'x', 100000);
	text.len += 100000;
	assert_ptr_equal(buf_grow(&text, 0), text.text + 100000);
	buf_release(&text);
	buf_release(&text);
	buf_release(&expected);
}

static void text_is_copied_and_formatted_into_an_arena(void **state)
{
	(void)state;
	struct arena arena;
	char source[] = "lamp";
	arena_init(&arena);
	struct str copy = str_copy(&arena, str_of(source));
	source[0] = 'd';
	assert_string_equal(copy.text, "lamp"); /* NUL behind it */
	assert_string_equal(str_copy(&arena, S("")).text, "");
	struct str made = str_format(&arena, "%.*s-%03d", STR(copy), 7);
	assert_string_equal(made.text, "lamp-007");
	assert_int_equal(made.len, 8);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_list_names),
		cmocka_unit_test(texts_are_compared_by_bytes),
		cmocka_unit_test(white_space_is_trimmed_at_both_ends),
		cmocka_unit_test(cutting_never_leaves_the_text),
		cmocka_unit_test(a_list_in_a_cell_is_taken_word_by_word),
		cmocka_unit_test(numbers_are_whole_and_nothing_else),
		cmocka_unit_test(utf8_is_strict),
		cmocka_unit_test(every_code_point_comes_back),
		cmocka_unit_test(broken_bytes_are_passed_one_by_one),
		cmocka_unit_test(the_nearest_word_is_offered_when_it_is_near),
		cmocka_unit_test(text_grows),
		cmocka_unit_test(text_is_copied_and_formatted_into_an_arena),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
