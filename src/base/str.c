/* SPDX-License-Identifier: MIT */
/* Comparing, trimming and cutting lent text, byte by byte and without a locale. */
#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct str str_of(const char *text)
{
	return text ? (struct str){ text, strlen(text) } : (struct str){ "", 0 };
}

struct str str_copy(struct arena *arena, struct str s)
{
	char *text = arena_text(arena, s.len + 1);
	if (s.len)
		memcpy(text, s.text, s.len);
	text[s.len] = 0;
	return (struct str){ text, s.len };
}

struct str str_format(struct arena *arena, const char *format, ...)
{
	char usual[256]; /* room for nearly all, which are then formatted once */
	va_list args;
	va_start(args, format);
	int len = vsnprintf(usual, sizeof usual, format, args);
	va_end(args);
	if (len < 0)
		return S("");
	if ((size_t)len < sizeof usual)
		return str_copy(arena, (struct str){ usual, (size_t)len });
	char *text = arena_text(arena, (size_t)len + 1);
	va_start(args, format);
	vsnprintf(text, (size_t)len + 1, format, args);
	va_end(args);
	return (struct str){ text, (size_t)len };
}

bool str_equal(struct str a, struct str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.text, b.text, a.len) == 0);
}

bool str_is(struct str s, const char *text)
{
	return str_equal(s, str_of(text));
}

int str_compare(struct str a, struct str b)
{
	size_t len = a.len < b.len ? a.len : b.len;
	int order = len ? memcmp(a.text, b.text, len) : 0;
	if (order)
		return order;
	return a.len < b.len ? -1 : a.len > b.len;
}

static unsigned char fold(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

bool str_equal_fold(struct str a, struct str b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (fold(a.text[i]) != fold(b.text[i]))
			return false;
	return true;
}

bool str_starts(struct str s, const char *prefix)
{
	size_t len = strlen(prefix);
	return s.len >= len && memcmp(s.text, prefix, len) == 0;
}

bool str_ends(struct str s, const char *suffix)
{
	size_t len = strlen(suffix);
	return s.len >= len && memcmp(s.text + s.len - len, suffix, len) == 0;
}

static size_t space_at_start(struct str s)
{
	if (s.len >= 1 && (s.text[0] == ' ' || (s.text[0] >= '\t' && s.text[0] <= '\r')))
		return 1;
	if (str_starts(s, "\xC2\xA0"))
		return 2;
	return str_starts(s, "\xEF\xBB\xBF") ? 3 : 0;
}

static size_t space_at_end(struct str s)
{
	if (s.len >= 1 && space_at_start((struct str){ s.text + s.len - 1, 1 }))
		return 1;
	if (str_ends(s, "\xC2\xA0"))
		return 2;
	return str_ends(s, "\xEF\xBB\xBF") ? 3 : 0;
}

struct str str_trim(struct str s)
{
	for (size_t n; (n = space_at_start(s)) > 0;)
		s = (struct str){ s.text + n, s.len - n };
	for (size_t n; (n = space_at_end(s)) > 0;)
		s.len -= n;
	return s;
}

struct str str_sub(struct str s, size_t from, size_t len)
{
	if (from > s.len)
		from = s.len;
	if (len > s.len - from)
		len = s.len - from;
	return (struct str){ from ? s.text + from : s.text, len };
}

size_t str_find(struct str s, struct str part)
{
	size_t at = 0;
	while (part.len && at + part.len <= s.len) {
		const char *first = memchr(s.text + at, part.text[0], s.len - part.len - at + 1);
		if (!first)
			break;
		at = (size_t)(first - s.text);
		if (memcmp(first, part.text, part.len) == 0)
			return at;
		at++;
	}
	return s.len;
}

size_t str_index(struct str s, char c)
{
	const char *at = s.len ? memchr(s.text, c, s.len) : NULL;
	return at ? (size_t)(at - s.text) : s.len;
}

bool str_next_word(struct str *rest, struct str *word)
{
	size_t from = 0;
	while (from < rest->len && strchr(" ,;\t\r\n", rest->text[from]))
		from++;
	size_t end = from;
	while (end < rest->len && !strchr(" ,;\t\r\n", rest->text[end]))
		end++;
	*word = str_sub(*rest, from, end - from);
	*rest = str_sub(*rest, end, rest->len);
	return word->len > 0;
}

bool str_list_names(struct str list, struct str word)
{
	struct str rest = list, item;
	bool any = false;
	while (str_next_word(&rest, &item)) {
		any = true;
		if (str_equal_fold(item, word))
			return true;
	}
	return !any;
}

bool str_number(struct str s, int64_t *number)
{
	int64_t value = 0;
	if (s.len == 0 || s.len > 18)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		if (s.text[i] < '0' || s.text[i] > '9')
			return false;
		value = value * 10 + (s.text[i] - '0');
	}
	*number = value;
	return true;
}

/* Length of the well-formed sequence at `at`, or 0. Table 3-7 of the Unicode Standard. */
static size_t utf8_length(const unsigned char *p, size_t left)
{
	if (p[0] < 0x80)
		return 1;
	if (p[0] < 0xC2 || left < 2)
		return 0;
	if (p[0] < 0xE0)
		return (p[1] & 0xC0) == 0x80 ? 2 : 0;
	if (p[0] < 0xF0) {
		unsigned char low = p[0] == 0xE0 ? 0xA0 : 0x80, high = p[0] == 0xED ? 0x9F : 0xBF;
		return left >= 3 && p[1] >= low && p[1] <= high && (p[2] & 0xC0) == 0x80 ? 3 : 0;
	}
	if (p[0] > 0xF4 || left < 4)
		return 0;
	unsigned char low = p[0] == 0xF0 ? 0x90 : 0x80, high = p[0] == 0xF4 ? 0x8F : 0xBF;
	return p[1] >= low && p[1] <= high && (p[2] & 0xC0) == 0x80 && (p[3] & 0xC0) == 0x80 ? 4 : 0;
}

bool str_is_utf8(struct str s)
{
	const unsigned char *p = (const unsigned char *)s.text;
	for (size_t i = 0; i < s.len;) {
		uint64_t eight;
		if (s.len - i >= 8 && (memcpy(&eight, p + i, 8), !(eight & 0x8080808080808080u))) {
			i += 8;
			continue;
		}
		size_t n = utf8_length(p + i, s.len - i);
		if (!n)
			return false;
		i += n;
	}
	return true;
}

uint32_t str_code_point(struct str s, size_t *at)
{
	const unsigned char *p = (const unsigned char *)s.text + *at;
	size_t n = utf8_length(p, s.len - *at);
	*at += n ? n : 1;
	switch (n) {
	case 1:
		return p[0];
	case 2:
		return (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
	case 3:
		return (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
	case 4:
		return (p[0] & 0x07u) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);
	default:
		return 0xFFFD;
	}
}

size_t str_code_points(struct str s)
{
	size_t count = 0;
	for (size_t at = 0; at < s.len; count++)
		str_code_point(s, &at);
	return count;
}

enum { NEAREST_MAX = 40 };

static size_t edit_distance(struct str a, struct str b)
{
	size_t row[NEAREST_MAX + 1];
	for (size_t j = 0; j <= b.len; j++)
		row[j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		size_t diagonal = row[0];
		row[0] = i;
		for (size_t j = 1; j <= b.len; j++) {
			size_t change = diagonal + (fold(a.text[i - 1]) != fold(b.text[j - 1]));
			size_t gap = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
			diagonal = row[j];
			row[j] = change < gap ? change : gap;
		}
	}
	return row[b.len];
}

struct str str_nearest(struct str s, const struct str *words, size_t count)
{
	struct str best = S("");
	size_t best_distance = s.len / 3 + 2;
	if (s.len > NEAREST_MAX)
		return best;
	for (size_t i = 0; i < count; i++) {
		if (words[i].len > NEAREST_MAX)
			continue;
		size_t distance = edit_distance(s, words[i]);
		if (distance < best_distance) {
			best_distance = distance;
			best = words[i];
		}
	}
	return best;
}
