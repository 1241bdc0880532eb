/* SPDX-License-Identifier: MIT */
/* A folder of its own for each test, files in it, and snippets for a lamp. */
#ifndef UPFRONT_TESTS_PUBLISH_FIXTURE_H
#define UPFRONT_TESTS_PUBLISH_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/hash.h"
#include "plan/snippet.h"

struct place_of_test {
	char path[64];
	int folder;
	struct arena arena;
};

static inline int set_up(void **state)
{
	struct place_of_test *test = calloc(1, sizeof *test);
	strcpy(test->path, "/tmp/upfront-test-XXXXXX");
	assert_non_null(mkdtemp(test->path));
	test->folder = folder_open_path(test->path, false);
	assert_true(test->folder >= 0);
	arena_init(&test->arena);
	*state = test;
	return 0;
}

static inline int tear_down(void **state)
{
	struct place_of_test *test = *state;
	folder_close(test->folder);
	int parent = folder_open_path("/tmp", false);
	folder_remove_tree(parent, test->path + 5);
	folder_close(parent);
	arena_release(&test->arena);
	free(test);
	return 0;
}

static inline struct str path_in(struct place_of_test *test, const char *name)
{
	return str_format(&test->arena, "%s/%s", test->path, name);
}

static inline void put_file(struct place_of_test *test, const char *name, const char *text)
{
	assert_int_equal(file_replace(test->folder, name, str_of(text)), 0);
}

static inline struct str get_file(struct place_of_test *test, const char *name)
{
	struct buf bytes = BUF_INIT;
	assert_int_equal(file_read(path_in(test, name).text, 1 << 20, &bytes), 0);
	struct str text = str_copy(&test->arena, buf_str(&bytes));
	buf_release(&bytes);
	return text;
}

static inline struct snippet lamp(struct place_of_test *test, const char *marketplace,
				  const char *language, const char *text)
{
	struct str bytes = str_copy(&test->arena, str_of(text));
	return (struct snippet){ .id = S("LAMP-1"),
				 .marketplace = str_of(marketplace),
				 .language = str_of(language),
				 .field = S("description"),
				 .listing = S("110"),
				 .title = S("Desk lamp"),
				 .path = str_format(&test->arena, "listings/%s/%s/lamp-1.description.html",
						    marketplace, language),
				 .bytes = bytes,
				 .hash = hash_str(bytes, 0),
				 .count = bytes.len,
				 .limit = 500000,
				 .unit = S("characters") };
}

#endif
