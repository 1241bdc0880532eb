/* SPDX-License-Identifier: MIT */
/* A cell in, its meaning out: lists, amounts, pairs, ranges of characters, ways of counting. */
#include "market/values.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool value_fault(struct taking *t, const char *format, ...)
{
	char text[512];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	diag_error(t->diag, t->rule->pos, "%s", text);
	return false;
}

static void words_add(struct arena *arena, struct words *words, struct str word)
{
	words->items = arena_push(arena, words->items, &words->count, sizeof *words->items);
	words->items[words->count - 1] = word;
}

bool value_words(struct taking *t, struct str value, struct words *words)
{
	struct words read = { .given = true };
	struct str word;
	while (str_next_word(&value, &word))
		words_add(t->arena, &read, word);
	if (read.count == 1 && str_is(read.items[0], "none"))
		read.count = 0;
	*words = read;
	return true;
}

bool value_known_words(struct taking *t, struct str value, const struct str *known,
		       const char *what, struct words *words)
{
	struct words read;
	size_t known_count = 0;
	value_words(t, value, &read);
	while (known[known_count].len)
		known_count++;
	for (size_t i = 0; i < read.count; i++) {
		size_t at = 0;
		while (at < known_count && !str_equal(known[at], read.items[i]))
			at++;
		if (at < known_count)
			continue;
		struct str near = str_nearest(read.items[i], known, known_count);
		return near.len ? value_fault(t, "there is no %s '%.*s'; did you mean '%.*s'?",
					      what, STR(read.items[i]), STR(near))
				: value_fault(t, "there is no %s '%.*s'; the README lists them",
					      what, STR(read.items[i]));
	}
	*words = read;
	return true;
}

/* Are all bytes of the text among these? */
static bool consists_of(struct str text, const char *bytes)
{
	for (size_t i = 0; i < text.len; i++)
		if (!text.text[i] || !strchr(bytes, text.text[i]))
			return false;
	return text.len > 0;
}

bool value_tag(struct taking *t, struct str value)
{
	if (consists_of(value, "abcdefghijklmnopqrstuvwxyz0123456789"))
		return true;
	return value_fault(t,
			   "'%.*s' is no name of a tag; write it in small letters and without "
			   "brackets, such as 'li'",
			   STR(str_sub(value, 0, 60)));
}

bool value_tags(struct taking *t, struct str value, struct words *words)
{
	struct words read;
	value_words(t, value, &read);
	for (size_t i = 0; i < read.count; i++)
		if (!value_tag(t, read.items[i]))
			return false;
	*words = read;
	return true;
}

bool value_hosts(struct taking *t, struct str value, const char *all, struct words *words)
{
	struct words read;
	value_words(t, value, &read);
	for (size_t i = 0; i < read.count; i++) {
		struct str host = read.items[i];
		if (read.count == 1 && str_is(host, all))
			break;
		if (!consists_of(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				       "0123456789-.") ||
		    str_index(host, '.') == host.len)
			return value_fault(t,
					   "'%.*s' is no host; write it as 'shop.example', or "
					   "'none', or '%s' alone",
					   STR(str_sub(host, 0, 60)), all);
	}
	*words = read;
	return true;
}

bool value_language(struct taking *t, struct str value)
{
	struct str base = str_sub(value, 0, str_index(value, '-'));
	if (str_is(value, "*") ||
	    (base.len >= 2 && base.len <= 3 &&
	     consists_of(base, "abcdefghijklmnopqrstuvwxyz") && value.len <= 35 &&
	     consists_of(value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")))
		return true;
	return value_fault(t, "'%.*s' is no language; write its tag, such as 'de' or 'pt-BR'",
			   STR(str_sub(value, 0, 60)));
}

bool value_languages(struct taking *t, struct str value, struct words *words)
{
	struct words read;
	value_words(t, value, &read);
	for (size_t i = 0; i < read.count; i++)
		if (!value_language(t, read.items[i]))
			return false;
	*words = read;
	return true;
}

bool value_choice(struct taking *t, struct str value, const char *const *words, size_t count,
		  int *choice)
{
	char list[200] = "";
	for (size_t i = 0; i < count; i++) {
		if (str_is(value, words[i])) {
			*choice = (int)i;
			return true;
		}
		size_t len = strlen(list);
		snprintf(list + len, sizeof list - len, "%s'%s'", i ? ", " : "", words[i]);
	}
	return value_fault(t, "'%.*s' is no value of '%.*s'; it may be %s",
			   STR(str_sub(value, 0, 60)), STR(t->rule->rule), list);
}

bool value_number(struct taking *t, struct str value, int64_t *number)
{
	if (str_number(value, number) && *number < 1000000000)
		return true;
	return value_fault(t, "'%.*s' is no whole number; write digits alone",
			   STR(str_sub(value, 0, 60)));
}

bool value_amount(struct taking *t, struct str value, int64_t *amount, enum market_unit *unit)
{
	static const struct {
		const char *name;
		enum market_unit unit;
		int64_t factor;
	} units[] = {
		{ "characters", MARKET_CHARACTERS, 1 },
		{ "bytes", MARKET_BYTES, 1 },
		{ "KB", MARKET_BYTES, 1024 },
		{ "shift_jis", MARKET_SHIFT_JIS, 1 },
	};
	struct str number, name, rest = value;
	int64_t read;
	if (!str_next_word(&rest, &number) || !str_next_word(&rest, &name) || str_trim(rest).len)
		return value_fault(t,
				   "'%.*s' is no size; write it as '4000 characters', "
				   "'40000 bytes', '64 KB' or '10240 shift_jis'",
				   STR(str_sub(value, 0, 60)));
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		if (!str_is(name, units[i].name))
			continue;
		if (!value_number(t, number, &read))
			return false;
		*amount = read * units[i].factor;
		*unit = units[i].unit;
		return true;
	}
	return value_fault(t,
			   "'%.*s' is no unit; it may be 'characters', 'bytes', 'KB' or "
			   "'shift_jis'",
			   STR(str_sub(name, 0, 60)));
}

/* Words between white space alone, since commas are characters to replace, too. */
static bool next_item(struct str *rest, struct str *item)
{
	size_t start = 0, end;
	while (start < rest->len && rest->text[start] == ' ')
		start++;
	for (end = start; end < rest->len && rest->text[end] != ' ';)
		end++;
	*item = str_sub(*rest, start, end - start);
	*rest = str_sub(*rest, end, rest->len);
	return item->len > 0;
}

/* "U+2013" at the beginning of the text; 0 when there is none. Moves behind it. */
static uint32_t take_code_point(struct str *text)
{
	uint32_t code = 0;
	size_t i = 2;
	if (text->len < 6 || text->text[0] != 'U' || text->text[1] != '+')
		return 0;
	for (; i < text->len && i < 8; i++) {
		char c = text->text[i];
		if (c >= '0' && c <= '9')
			code = code * 16 + (uint32_t)(c - '0');
		else if (c >= 'A' && c <= 'F')
			code = code * 16 + (uint32_t)(c - 'A' + 10);
		else
			break;
	}
	if (i < 6 || code > 0x10FFFF)
		return 0;
	*text = str_sub(*text, i, text->len);
	return code;
}

/* Characters as they are typed, or all written as U+XXXX. */
static struct str characters_of(struct arena *arena, struct str text)
{
	struct buf buf = BUF_INIT;
	struct str rest = text;
	uint32_t code = 0;
	while (rest.len && (code = take_code_point(&rest)))
		buf_code_point(&buf, code);
	struct str read = rest.len || !text.len ? text : str_copy(arena, buf_str(&buf));
	buf_release(&buf);
	return read;
}

struct str value_characters(struct taking *t, struct str value)
{
	struct buf buf = BUF_INIT;
	struct str rest = value, item;
	while (next_item(&rest, &item)) {
		uint32_t code = take_code_point(&item);
		if (!code || item.len) {
			buf_release(&buf);
			return value;
		}
		buf_code_point(&buf, code);
	}
	value = str_copy(t->arena, buf_str(&buf));
	buf_release(&buf);
	return value;
}

bool value_pairs(struct taking *t, struct str value, bool characters, const char *example,
		 struct pair **pairs, size_t *count)
{
	struct str item;
	while (next_item(&value, &item)) {
		size_t equals = item.len > 1 && item.text[0] == '=' ? 1 : str_index(item, '=');
		if (equals == item.len || (equals == 0 && item.len < 2) || item.text[equals] != '=')
			return value_fault(t, "'%.*s' is no pair; write it as '%s'",
					   STR(str_sub(item, 0, 60)), example);
		struct pair pair = { str_sub(item, 0, equals),
				     str_sub(item, equals + 1, item.len) };
		if (characters) {
			pair.from = characters_of(t->arena, pair.from);
			pair.to = characters_of(t->arena, pair.to);
		}
		*pairs = arena_push(t->arena, *pairs, count, sizeof pair);
		(*pairs)[*count - 1] = pair;
	}
	return true;
}

/* Names of ranges; several rows of one name belong together. Blocks and properties of Unicode. */
static const struct {
	const char *name;
	struct range range;
} range_names[] = {
	{ "ascii", { 0x20, 0x7E } },           { "latin", { 0x20, 0x7E } },
	{ "latin", { 0xA0, 0x24F } },          { "latin", { 0x1E00, 0x1EFF } },
	{ "control", { 0x01, 0x08 } },         { "control", { 0x0B, 0x0C } },
	{ "control", { 0x0E, 0x1F } },         { "control", { 0x7F, 0x9F } },
	{ "greek", { 0x370, 0x3FF } },         { "cyrillic", { 0x400, 0x52F } },
	{ "arabic", { 0x600, 0x6FF } },        { "hebrew", { 0x590, 0x5FF } },
	{ "thai", { 0xE00, 0xE7F } },          { "punctuation", { 0x2010, 0x2027 } },
	{ "punctuation", { 0x2030, 0x205E } }, { "currency", { 0x20A0, 0x20CF } },
	{ "mathematics", { 0x2200, 0x22FF } }, { "arrows", { 0x2190, 0x21FF } },
	{ "kana", { 0x3040, 0x30FF } },        { "kana", { 0xFF65, 0xFF9F } },
	{ "hangul", { 0x1100, 0x11FF } },      { "hangul", { 0xAC00, 0xD7AF } },
	{ "han", { 0x2E80, 0x2FDF } },         { "han", { 0x3005, 0x3007 } },
	{ "han", { 0x3400, 0x4DBF } },         { "han", { 0x4E00, 0x9FFF } },
	{ "han", { 0xF900, 0xFAFF } },         { "han", { 0x20000, 0x323AF } },
	{ "fullwidth", { 0x3000, 0x3020 } },   { "fullwidth", { 0xFF01, 0xFF64 } },
	{ "symbols", { 0x2300, 0x23FF } },     { "symbols", { 0x2460, 0x27BF } },
	{ "symbols", { 0x2900, 0x2BFF } },     { "emoji", { 0x200D, 0x200D } },
	{ "emoji", { 0x231A, 0x231B } },       { "emoji", { 0x23E9, 0x23FA } },
	{ "emoji", { 0x2600, 0x27BF } },       { "emoji", { 0x2B00, 0x2BFF } },
	{ "emoji", { 0xFE00, 0xFE0F } },       { "emoji", { 0x1F000, 0x1FAFF } },
	{ "emoji", { 0xE0000, 0xE007F } },
};
enum { RANGE_NAMES = sizeof range_names / sizeof *range_names };

static void ranges_add(struct arena *arena, struct ranges *ranges, struct range range)
{
	ranges->items = arena_push(arena, ranges->items, &ranges->count, sizeof *ranges->items);
	ranges->items[ranges->count - 1] = range;
}

/* One character, or two with a hyphen between, each as it is or as U+XXXX. */
static bool read_range(struct str item, struct range *range)
{
	size_t at = 0;
	struct str rest = item;
	range->first = take_code_point(&rest);
	if (!range->first) {
		range->first = str_code_point(rest, &at);
		rest = str_sub(rest, at, rest.len);
	}
	range->last = range->first;
	if (!rest.len)
		return true;
	rest = str_sub(rest, 1, rest.len);
	if (item.text[item.len - rest.len - 1] != '-' || !rest.len)
		return false;
	range->last = take_code_point(&rest);
	if (!range->last) {
		at = 0;
		range->last = str_code_point(rest, &at);
		rest = str_sub(rest, at, rest.len);
	}
	return !rest.len && range->first <= range->last;
}

bool value_ranges(struct taking *t, struct str value, struct ranges *ranges)
{
	struct str item, names[RANGE_NAMES];
	for (size_t i = 0; i < RANGE_NAMES; i++)
		names[i] = str_of(range_names[i].name);
	ranges->given = true;
	while (next_item(&value, &item)) {
		bool named = false;
		struct range range;
		for (size_t i = 0; i < RANGE_NAMES; i++) {
			if (!str_equal(names[i], item))
				continue;
			ranges_add(t->arena, ranges, range_names[i].range);
			named = true;
		}
		if (named)
			continue;
		if (!read_range(item, &range)) {
			struct str near = str_nearest(item, names, RANGE_NAMES);
			return near.len ? value_fault(t,
						      "there are no characters '%.*s'; did you "
						      "mean '%.*s'?",
						      STR(str_sub(item, 0, 60)), STR(near))
					: value_fault(t,
						      "'%.*s' is neither a character nor a range; "
						      "write it as 'U+0020-U+007E' or 'emoji'",
						      STR(str_sub(item, 0, 60)));
		}
		ranges_add(t->arena, ranges, range);
	}
	return true;
}

bool value_headed(struct taking *t, struct str value, const char *example, struct str *head,
		  struct str *rest)
{
	size_t colon = str_index(value, ':');
	*head = str_trim(str_sub(value, 0, colon));
	*rest = str_trim(str_sub(value, colon + 1, value.len));
	if (colon < value.len && head->len)
		return true;
	return value_fault(t, "'%.*s' has nothing before a colon; write it as '%s'",
			   STR(str_sub(value, 0, 60)), example);
}

/* "1.43": 143 */
static bool read_percent(struct str text, int *percent)
{
	int64_t whole, part = 0;
	size_t point = str_index(text, '.');
	struct str behind = str_sub(text, point + 1, text.len);
	if (!str_number(str_sub(text, 0, point), &whole) || whole > 100 || behind.len > 2 ||
	    (behind.len && !str_number(behind, &part)) || (point + 1 == text.len))
		return false;
	*percent = (int)(whole * 100 + (behind.len == 1 ? part * 10 : part));
	return true;
}

static bool counting_word(struct str word, struct counting *c)
{
	size_t equals = str_index(word, '=');
	struct str name = str_sub(word, 0, equals), cost = str_sub(word, equals + 1, word.len);
	int *costs[] = { &c->li, &c->br, &c->p, &c->nbsp };
	static const char *const names[] = { "li", "br", "p", "nbsp" };
	int64_t number;
	if (str_is(word, "markup") || str_is(word, "text")) {
		c->markup = str_is(word, "markup");
		return true;
	}
	if (str_is(word, "container")) {
		c->container = true;
		return true;
	}
	if (str_is(name, "cjk"))
		return read_percent(cost, &c->cjk_percent);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_is(name, names[i]) && str_number(cost, &number) && number <= 10000) {
			*costs[i] = (int)number;
			return true;
		}
	return false;
}

bool value_counting(struct taking *t, struct str value, struct counting *counting)
{
	struct counting read = { .li = -1, .br = -1, .p = -1, .nbsp = -1, .cjk_percent = 100 };
	struct str word;
	while (str_next_word(&value, &word))
		if (!counting_word(word, &read))
			return value_fault(t,
					   "'%.*s' is no way of counting; it may be 'markup', "
					   "'text', 'container', 'li=3', 'br=50', 'p=50', "
					   "'nbsp=1' or 'cjk=1.43'",
					   STR(str_sub(word, 0, 60)));
	*counting = read;
	return true;
}
