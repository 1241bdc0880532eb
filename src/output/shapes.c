/* SPDX-License-Identifier: MIT */
/*
 * In: a value's shape and a field. Out: the shape in the field's form, cut out of a small text that was lowered with
 * it between two words.
 */
#include "output/shapes.h"

#include <stddef.h>
#include <string.h>

#include "base/hash.h"
#include "base/map.h"

struct shapes {
	struct arena *arena;
	struct map forms; /* field and shape -> struct lowered_shape */
};

/* Longer numbers may be taken for telephone numbers: what they are matters then. */
enum { DIGITS_ALIKE = 6 };

struct shapes *shapes_new(struct arena *arena)
{
	struct shapes *shapes = arena_new(arena, sizeof *shapes);
	*shapes = (struct shapes){ .arena = arena, .forms = { .arena = arena } };
	return shapes;
}

/* Letters and digits that no marketplace rewrites, with single spaces and signs between them. */
static bool is_plain(struct str value)
{
	for (size_t i = 0; i < value.len; i++) {
		char c = value.text[i];
		bool alone = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		bool between = (c == ' ' || c == '.' || c == ',') && i && i + 1 < value.len &&
			       value.text[i - 1] != ' ';
		if (!alone && !between)
			return false;
	}
	return true;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t count_digits(struct str text)
{
	size_t digits = 0;
	for (size_t i = 0; i < text.len; i++)
		digits += is_digit(text.text[i]);
	return digits;
}

struct str shape_of(struct str value, char *to)
{
	size_t digits = 0;
	for (size_t i = 0; i < value.len; i++) {
		bool digit = is_digit(value.text[i]);
		digits += digit;
		to[i] = digit ? '1' : value.text[i];
	}
	if (digits > DIGITS_ALIKE)
		memcpy(to, value.text, value.len);
	return (struct str){ to, value.len };
}

uint64_t shapes_hash(const struct holes *holes, struct str language)
{
	uint64_t hash = hash_str(language, holes->count);
	struct buf all = BUF_INIT;
	char *to = buf_grow(&all, holes->text.len + holes->count * sizeof holes->items->len);
	for (size_t i = 0; i < holes->count; i++) {
		struct str value = hole_text(holes, i);
		memcpy(to, &value.len, sizeof value.len);
		to = (char *)shape_of(value, to + sizeof value.len).text + value.len;
	}
	all.len = holes->count ? (size_t)(to - all.text) : 0;
	hash = hash_str(buf_str(&all), hash);
	buf_release(&all);
	return hash;
}

bool has_changed_word(struct str bytes)
{
	const char *end = bytes.text + bytes.len;
	for (const char *at = bytes.text; (at = memchr(at, 'Z', (size_t)(end - at))); at++)
		if (str_equal_fold(str_sub((struct str){ at, (size_t)(end - at) }, 0, sizeof HOLE_WORD - 1),
				   S(HOLE_WORD)))
			return true;
	return false;
}

/* Lowers the shape between two words, in a small text. */
static void lower(struct shapes *shapes, struct lowered_shape *kept, struct str language,
		  struct str shape, struct arena *scratch)
{
	static const char head[] = HOLE_WORD "xx ", tail[] = " " HOLE_WORD "yy";
	struct market_lowered low;
	struct buf html = BUF_INIT;
	/* a field takes some blocks only, so the value stands in one of each */
	buf_addf(&html, "<div lang=\"%.*s\">", STR(language));
	for (const struct str *block = market_blocks; block->len; block++)
		buf_addf(&html, "<p data-block=\"%.*s\">%s%.*s%s</p>", STR(*block), head, STR(shape),
			 tail);
	buf_add(&html, S("</div>"));
	struct str text = str_copy(scratch, buf_str(&html));
	buf_release(&html);
	kept->bad = true;
	if (!market_lower(kept->field, text, scratch, &low))
		return;
	const char *from = memmem(low.bytes.text, low.bytes.len, head, sizeof head - 1);
	if (!from)
		return;
	from += sizeof head - 1;
	size_t rest = low.bytes.len - (size_t)(from - low.bytes.text);
	const char *end = memmem(from, rest, tail, sizeof tail - 1);
	if (!end)
		return;
	kept->text = str_copy(shapes->arena, (struct str){ from, (size_t)(end - from) });
	/* where nothing is left of it, the words have moved together and the next ones were found */
	kept->bad = count_digits(kept->text) != count_digits(shape) || has_changed_word(kept->text) ||
		    memmem(kept->text.text, kept->text.len, HOLE_WORD, sizeof HOLE_WORD - 1);
}

const struct lowered_shape *shape_form(struct shapes *shapes, const struct market_field *field,
				       struct str language, struct str shape, struct arena *scratch)
{
	if (is_plain(shape))
		return NULL;
	struct lowered_shape key = { .field = field,
				     .shape = hash_str(shape, hash_str(language, 0)) };
	struct str name = { (const char *)&key,
			    offsetof(struct lowered_shape, shape) + sizeof key.shape };
	struct lowered_shape *kept = map_find(&shapes->forms, name);
	if (kept)
		return kept;
	kept = arena_new(shapes->arena, sizeof *kept);
	kept->field = field;
	kept->shape = key.shape;
	name.text = (const char *)kept;
	*map_put(&shapes->forms, name) = kept;
	lower(shapes, kept, language, shape, scratch);
	return kept;
}

char *shape_put(char *to, const struct lowered_shape *form, struct str value)
{
	struct str text = form ? form->text : value;
	memcpy(to, text.text, text.len);
	for (size_t i = 0, next = 0; form && i < text.len; i++) {
		if (!is_digit(text.text[i]))
			continue;
		while (!is_digit(value.text[next]))
			next++;
		to[i] = value.text[next++];
	}
	return to + text.len;
}
