/* SPDX-License-Identifier: MIT */
/* From a text to a pointer, through every growth, and the hash under it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/hash.h"
#include "base/map.h"

static void what_is_put_is_found(void **state)
{
	(void)state;
	enum { KEYS = 20000 };
	struct arena arena;
	arena_init(&arena);
	struct map map = { .arena = &arena };
	assert_null(map_find(&map, S("nothing yet")));
	static int values[KEYS];
	for (int i = 0; i < KEYS; i++) {
		void **place = map_put(&map, str_format(&arena, "key %d", i));
		assert_null(*place);
		*place = &values[i];
	}
	assert_int_equal(map.count, KEYS);
	for (int i = 0; i < KEYS; i++)
		assert_ptr_equal(map_find(&map, str_format(&arena, "key %d", i)), &values[i]);
	assert_null(map_find(&map, S("key")));
	assert_null(map_find(&map, S("key 20000")));
	assert_null(map_find(&map, S("")));
	arena_release(&arena);
}

static void a_key_is_kept_once(void **state)
{
	(void)state;
	struct arena arena;
	int first, second;
	arena_init(&arena);
	struct map map = { .arena = &arena };
	*map_put(&map, S("post")) = &first;
	assert_ptr_equal(*map_put(&map, S("post")), &first);
	*map_put(&map, S("post")) = &second;
	assert_int_equal(map.count, 1);
	assert_ptr_equal(map_find(&map, S("post")), &second);
	*map_put(&map, S("")) = &first;
	assert_ptr_equal(map_find(&map, S("")), &first);
	assert_ptr_equal(map_find(&map, S("post")), &second);
	arena_release(&arena);
}

static void keys_may_hold_any_bytes(void **state)
{
	(void)state;
	struct arena arena;
	int values[3];
	arena_init(&arena);
	struct map map = { .arena = &arena };
	*map_put(&map, (struct str){ "a\0b", 3 }) = &values[0];
	*map_put(&map, (struct str){ "a\0c", 3 }) = &values[1];
	*map_put(&map, (struct str){ "a", 1 }) = &values[2];
	assert_ptr_equal(map_find(&map, (struct str){ "a\0b", 3 }), &values[0]);
	assert_ptr_equal(map_find(&map, (struct str){ "a\0c", 3 }), &values[1]);
	assert_ptr_equal(map_find(&map, (struct str){ "a", 1 }), &values[2]);
	arena_release(&arena);
}

/* Stored hashes are compared by later builds, perhaps on another machine: they must never change. */
static void hashes_are_the_published_ones(void **state)
{
	(void)state;
	assert_int_equal(hash_str(S(""), 0), 0x2D06800538D394C2);
	assert_int_equal(hash_str(S("xxhash"), 0), 0xAA4C2B42AE6B13DE);
	assert_int_not_equal(hash_str(S("xxhash"), 1), hash_str(S("xxhash"), 0));
	assert_int_not_equal(hash_number(1, 0), hash_number(0, 1));
	assert_int_not_equal(hash_number(1, 2), hash_number(2, 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_put_is_found),
		cmocka_unit_test(a_key_is_kept_once),
		cmocka_unit_test(keys_may_hold_any_bytes),
		cmocka_unit_test(hashes_are_the_published_ones),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
