/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_BASE_STR_H
#define UPFRONT_BASE_STR_H

/*
 * str - a piece of text that somebody else owns.
 *
 * Pointer and length, UTF-8, no NUL at the end, may be empty, never NULL text with a
 * length. A struct str is passed by value and lent: it is valid as long as the arena or
 * buffer that it points into. Letters are compared without any locale.
 *
 *	struct str name = str_trim(cell.text);
 *	if (str_is(name, "express"))
 *		printf("%.*s\n", STR(name));
 */

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str {
	const char *text;
	size_t len; /* bytes */
};

/* The two arguments of a "%.*s". */
#define STR(s) (int)(s).len, (s).text

/* A struct str from a string literal. */
#define S(literal) ((struct str){ "" literal, sizeof(literal) - 1 })

/* Lends a C string. NULL gives the empty text. */
struct str str_of(const char *text);

/* Copies the text into the arena, with a NUL behind it that the length does not count. */
struct str str_copy(struct arena *arena, struct str s);

/* Formats into the arena, as printf does; NUL-terminated. */
struct str str_format(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

bool str_equal(struct str a, struct str b);
bool str_is(struct str s, const char *text);

/* Byte order, shorter first where one begins the other: <0, 0 or >0. */
int str_compare(struct str a, struct str b);

/* Equal when ASCII letters are compared without case. */
bool str_equal_fold(struct str a, struct str b);

bool str_starts(struct str s, const char *prefix);
bool str_ends(struct str s, const char *suffix);

/* Without white space (ASCII, U+00A0, U+FEFF) at both ends. */
struct str str_trim(struct str s);

/* From byte `from`, at most `len` bytes; clipped to what is there. */
struct str str_sub(struct str s, size_t from, size_t len);

/* Index of the first such byte, or s.len. */
size_t str_index(struct str s, char c);

/* Where `part` first stands in `s`, or s.len; an empty part stands nowhere. */
size_t str_find(struct str s, struct str part);

/*
 * Takes the next word of a list inside a cell from `*rest`: words are separated by spaces,
 * commas or semicolons. Returns false when there is none left.
 */
bool str_next_word(struct str *rest, struct str *word);

/* Is the word, whatever its case, in the list inside a cell? An empty list names everybody. */
bool str_list_names(struct str list, struct str word);

/* Reads a whole non-negative decimal number and nothing else; false when it is none or too big. */
bool str_number(struct str s, int64_t *number);

/* Is the text strict UTF-8 (no overlong forms, no surrogates)? */
bool str_is_utf8(struct str s);

/*
 * Reads one code point at `*at` of valid UTF-8 and moves `*at` behind it. On a broken byte it
 * returns 0xFFFD and moves one byte.
 */
uint32_t str_code_point(struct str s, size_t *at);

/* Code points in the text: the column of a byte offset is this of the text before it, plus 1. */
size_t str_code_points(struct str s);

/*
 * The word of `words` (count of them) that is nearest to `s` by edit distance, for "did you
 * mean"; empty when none is near.
 */
struct str str_nearest(struct str s, const struct str *words, size_t count);

#endif
