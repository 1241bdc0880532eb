/* SPDX-License-Identifier: MIT */
/* Ids become names of files: one rule, no clash, and nothing that leaves its folder. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/hash.h"
#include "base/map.h"
#include "plan/slug.h"

static void assert_slug(const char *id, size_t len, const char *expected)
{
	struct arena arena;
	struct buf out = BUF_INIT;
	arena_init(&arena);
	slug_add(&out, &arena, (struct str){ id, len });
	if (!str_is(buf_str(&out), expected))
		fail_msg("'%s' became '%.*s', not '%s'", id, STR(buf_str(&out)), expected);
	buf_release(&out);
	arena_release(&arena);
}

static void letters_and_digits_stay_all_else_is_a_hyphen(void **state)
{
	(void)state;
	static const char *const cases[][2] = {
		{ "LAMP-1", "lamp-1" },
		{ "abcxyz0189ABCXYZ", "abcxyz0189abcxyz" },
		{ "a/b", "a-b" },
		{ "a\\b", "a-b" },
		{ "..", "--" },
		{ ".", "-" },
		{ "../../etc/passwd", "------etc-passwd" },
		{ "/abs", "-abs" },
		{ "-rf", "-rf" },
		{ ".hidden", "-hidden" },
		{ "a b\tc\nd\re", "a-b-c-d-e" },
		{ "a\x01\x1F\x7F", "a---" },
		{ "<script>&\"'", "-script----" },
		{ "100%:*?|", "100-----" },
		{ "a_b~c", "a-b-c" },
		{ "", "" },
		/* composed, decomposed and capital are one name */
		{ "Caf\xC3\xA9", "caf\xC3\xA9" },
		{ "CAFE\xCC\x81", "caf\xC3\xA9" },
		{ "CAF\xC3\x89", "caf\xC3\xA9" },
		{ "Stra\xC3\x9F" "e", "strasse" },
		/* any script: Cyrillic, Greek with its final sigma, Chinese, Hebrew, Devanagari with its marks */
		{ "\xD0\x9B\xD0\x90\xD0\x9C\xD0\x9F\xD0\x90", "\xD0\xBB\xD0\xB0\xD0\xBC\xD0\xBF\xD0\xB0" },
		{ "\xCE\xA3\xCF\x82", "\xCF\x83\xCF\x83" },
		{ "\xE7\x81\xAF 1", "\xE7\x81\xAF-1" },
		{ "\xD7\x90\xD7\x91", "\xD7\x90\xD7\x91" },
		{ "\xE0\xA4\xB9\xE0\xA4\xBF", "\xE0\xA4\xB9\xE0\xA4\xBF" },
		/* the slashes, dots and spaces of other scripts are no letters */
		{ "a\xE2\x81\x84" "b", "a-b" },
		{ "a\xEF\xBC\x8F" "b", "a-b" },
		{ "\xEF\xBC\x8E\xEF\xBC\x8E", "--" },
		{ "a\xC2\xA0" "b\xE3\x80\x80" "c", "a-b-c" },
		{ "a\xE2\x80\x8B" "b", "a-b" },	      /* zero width */
		{ "a\xE2\x80\xAE" "b", "a-b" },	      /* turns the writing round */
		{ "\xF0\x9F\x92\xA1 lamp", "--lamp" },
		{ "a\xFF" "b", "a-b" }, /* broken UTF-8 */
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_slug(cases[i][0], strlen(cases[i][0]), cases[i][1]);
	assert_slug("a\0b", 3, "a-b");
}

struct shelf {
	struct arena arena;
	struct slugs slugs;
	uint32_t line;
};

static void shelf_open(struct shelf *shelf)
{
	memset(shelf, 0, sizeof *shelf);
	arena_init(&shelf->arena);
	shelf->line = 2;
}

static void shelf_close(struct shelf *shelf)
{
	slugs_release(&shelf->slugs);
	arena_release(&shelf->arena);
}

static enum slug_meeting add(struct shelf *shelf, struct str id, size_t *other)
{
	enum slug_meeting meeting;
	size_t index = slugs_add(&shelf->slugs, &shelf->arena, id, shelf->line++, &meeting, other);
	assert_int_equal(index, shelf->slugs.count - 1);
	return meeting;
}

static struct str shown(struct shelf *shelf, size_t index)
{
	struct buf out = BUF_INIT;
	slugs_show(&shelf->slugs, index, &out);
	struct str name = str_copy(&shelf->arena, buf_str(&out));
	buf_release(&out);
	return name;
}

static bool has_hash_behind(struct str name, const char *base)
{
	size_t len = strlen(base);
	if (name.len != len + 9 || !str_starts(name, base) || name.text[len] != '-')
		return false;
	for (size_t i = len + 1; i < name.len; i++)
		if (!strchr("0123456789abcdef", name.text[i]))
			return false;
	return true;
}

static void ids_that_meet_both_get_a_hash(void **state)
{
	(void)state;
	struct shelf shelf;
	size_t other = 99;
	shelf_open(&shelf);
	assert_int_equal(add(&shelf, S("LAMP 1"), &other), SLUG_ALONE);
	assert_int_equal(add(&shelf, S("MUG"), &other), SLUG_ALONE);
	assert_true(str_is(shown(&shelf, 0), "lamp-1"));
	assert_int_equal(add(&shelf, S("lamp-1"), &other), SLUG_MET);
	assert_int_equal(other, 0);
	assert_int_equal(shelf.slugs.entries[other].line, 2);
	assert_int_equal(add(&shelf, S("Lamp/1"), &other), SLUG_MET);
	assert_int_equal(add(&shelf, S("MUG"), &other), SLUG_SAME);
	assert_int_equal(other, 1);
	assert_int_equal(shelf.slugs.met, 2);
	for (size_t i = 0; i < 4; i++)
		if (i != 1)
			assert_true(has_hash_behind(shown(&shelf, i), "lamp-1"));
	assert_true(str_is(shown(&shelf, 1), "mug"));
	assert_false(str_equal(shown(&shelf, 0), shown(&shelf, 2)));
	assert_false(str_equal(shown(&shelf, 0), shown(&shelf, 3)));
	assert_false(str_equal(shown(&shelf, 2), shown(&shelf, 3)));
	shelf_close(&shelf);
}

/* A row that moves keeps its address: a link that was sent to a buyer still works. */
static void the_order_of_rows_moves_no_address(void **state)
{
	(void)state;
	static const char *const ids[] = { "a b", "A-B", "a.b", "c" };
	struct shelf there, back;
	size_t other;
	shelf_open(&there);
	shelf_open(&back);
	for (size_t i = 0; i < 4; i++) {
		add(&there, str_of(ids[i]), &other);
		add(&back, str_of(ids[3 - i]), &other);
	}
	for (size_t i = 0; i < 4; i++)
		assert_true(str_equal(shown(&there, i), shown(&back, 3 - i)));
	shelf_close(&there);
	shelf_close(&back);
}

static void names_that_are_empty_or_too_long_get_a_hash(void **state)
{
	(void)state;
	struct shelf shelf;
	struct buf id = BUF_INIT;
	size_t other;
	shelf_open(&shelf);
	add(&shelf, S(""), &other);
	assert_true(has_hash_behind(shown(&shelf, 0), ""));
	for (int letters = 39; letters <= 90; letters++) { /* of three bytes: 117 to 270 */
		buf_reset(&id);
		for (int i = 0; i < letters; i++)
			buf_add(&id, S("\xE7\x81\xAF"));
		add(&shelf, buf_str(&id), &other);
		struct str name = shown(&shelf, shelf.slugs.count - 1);
		assert_true(str_is_utf8(name));
		assert_true(name.len <= 129);
		if (letters <= 40)
			assert_true(str_equal(name, buf_str(&id)));
	}
	/* equal in their first 120 bytes only */
	size_t first = shelf.slugs.count;
	buf_reset(&id);
	for (int i = 0; i < 200; i++)
		buf_byte(&id, 'x');
	assert_int_equal(add(&shelf, buf_str(&id), &other), SLUG_ALONE);
	id.text[199] = 'y';
	assert_int_equal(add(&shelf, buf_str(&id), &other), SLUG_MET);
	assert_int_equal(other, first);
	assert_false(str_equal(shown(&shelf, first), shown(&shelf, first + 1)));
	buf_release(&id);
	shelf_close(&shelf);
}

static uint64_t random_state = 7;

static unsigned below(unsigned limit)
{
	random_state ^= random_state >> 12;
	random_state ^= random_state << 25;
	random_state ^= random_state >> 27;
	return (unsigned)((random_state * UINT64_C(2685821657736338717)) >> 33) % limit;
}

/* Any bytes at all: a name never leaves its folder, never vanishes, and is never two products'. */
static void nothing_escapes_and_nothing_meets(void **state)
{
	(void)state;
	static const char *const pieces[] = { "..", "/", "\\", ".", "a", "B", "-", " ", "\xC3\xA9", "\xFF",
					      "\xE7\x81\xAF", "1", "\x01", "e\xCC\x81", "%2e", ":" };
	struct shelf shelf;
	struct buf id = BUF_INIT;
	shelf_open(&shelf);
	struct map ids = { .arena = &shelf.arena }, names = { .arena = &shelf.arena };
	for (int i = 0; i < 20000; i++) {
		size_t other;
		buf_reset(&id);
		for (unsigned n = below(8); n; n--)
			buf_add(&id, str_of(pieces[below(sizeof pieces / sizeof *pieces)]));
		struct str copy = str_copy(&shelf.arena, buf_str(&id));
		if (map_find(&ids, copy)) {
			continue;
		}
		*map_put(&ids, copy) = &shelf;
		assert_int_not_equal(add(&shelf, copy, &other), SLUG_SAME);
	}
	assert_true(shelf.slugs.count > 5000);
	for (size_t i = 0; i < shelf.slugs.count; i++) {
		struct str name = shown(&shelf, i);
		assert_true(name.len > 0 && name.len < 200 && str_is_utf8(name));
		for (size_t c = 0; c < name.len; c++)
			assert_true((unsigned char)name.text[c] >= ' ' && !strchr("/\\.:%\x7F", name.text[c]));
		if (map_find(&names, name))
			fail_msg("two products lie at '%.*s'", STR(name));
		*map_put(&names, name) = &shelf;
	}
	buf_release(&id);
	shelf_close(&shelf);
}

/* An id that looks like another one with its hash: whatever the order, no two share an address. */
static void an_id_that_looks_hashed_meets_nobody(void **state)
{
	(void)state;
	for (int order = 0; order < 2; order++) {
		struct shelf shelf;
		struct buf id = BUF_INIT;
		size_t other;
		shelf_open(&shelf);
		buf_addf(&id, "lamp-1-%08x", (unsigned)(hash_str(S("LAMP 1"), 0) >> 32));
		if (order)
			add(&shelf, buf_str(&id), &other);
		add(&shelf, S("LAMP 1"), &other);
		add(&shelf, S("LAMP/1"), &other);
		if (!order)
			add(&shelf, buf_str(&id), &other);
		slugs_settle(&shelf.slugs);
		for (size_t i = 0; i < 3; i++)
			for (size_t j = 0; j < i; j++)
				assert_false(str_equal(shown(&shelf, i), shown(&shelf, j)));
		buf_release(&id);
		shelf_close(&shelf);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_and_digits_stay_all_else_is_a_hyphen),
		cmocka_unit_test(ids_that_meet_both_get_a_hash),
		cmocka_unit_test(the_order_of_rows_moves_no_address),
		cmocka_unit_test(names_that_are_empty_or_too_long_get_a_hash),
		cmocka_unit_test(nothing_escapes_and_nothing_meets),
		cmocka_unit_test(an_id_that_looks_hashed_meets_nobody),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
