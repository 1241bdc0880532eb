/* SPDX-License-Identifier: MIT */
/*
 * In: HTML with words for values, and the values. Out: a field's bytes. Two memories, one of lowered texts by the
 * hash of their HTML, one of lowered values; both belong to one worker.
 */
#include "output/fitting.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/map.h"

/* A lowered text, cut at its words. */
struct pattern {
	const struct market_field *field;
	uint64_t html;
	bool whole; /* cannot be filled: every text is lowered by itself */
	struct market_lowered low;
	struct str *pieces; /* count + 1 of them */
	int *indexes;	    /* of the holes between them */
	size_t count;
};

/* Values of one shape, digits aside ("1.11 EUR"), in a field's form. */
struct lowered_shape {
	const struct market_field *field;
	uint64_t shape;
	bool bad; /* it does not come through by itself */
	struct str text;
};

/* What the checker says of a text with values of these shapes, and how long it is. */
struct verdict {
	uint64_t key;
	bool good;
	int64_t count;
};

struct fitter {
	struct arena arena;   /* of what is remembered */
	struct arena scratch; /* of one text */
	struct map patterns, shapes, verdicts;
	struct buf html, bytes;
	size_t lowered, filled;
};

/* Forgotten and begun anew beyond so many bytes: a worker must not remember a whole catalog. */
enum { MEMORY_MAX = 64 * 1024 * 1024 };

/* Longer values are lowered with their text: they may be anything. */
enum { VALUE_MAX = 64 };

struct fitter *fitter_new(void)
{
	struct fitter *f = calloc(1, sizeof *f);
	if (!f)
		arena_exhausted();
	arena_init(&f->arena);
	arena_init(&f->scratch);
	f->patterns.arena = f->shapes.arena = f->verdicts.arena = &f->arena;
	return f;
}

void fitter_free(struct fitter *f)
{
	if (!f)
		return;
	arena_release(&f->arena);
	arena_release(&f->scratch);
	buf_release(&f->html);
	buf_release(&f->bytes);
	free(f);
}

void fitter_counts(const struct fitter *f, size_t *lowered, size_t *filled)
{
	*lowered = f->lowered;
	*filled = f->filled;
}

static void forget(struct fitter *f)
{
	if (f->arena.taken < MEMORY_MAX)
		return;
	arena_release(&f->arena);
	f->patterns = (struct map){ .arena = &f->arena };
	f->shapes = (struct map){ .arena = &f->arena };
	f->verdicts = (struct map){ .arena = &f->arena };
}

void holes_fill(struct buf *out, struct str html, const struct holes *holes)
{
	size_t from = 0;
	for (size_t at = 0; at < html.len;) {
		const char *next = memmem(html.text + at, html.len - at, HOLE_WORD,
					  sizeof HOLE_WORD - 1);
		if (!next)
			break;
		at = (size_t)(next - html.text);
		int index = hole_at(html, at);
		if (index < 0 || (size_t)index >= holes->count) {
			at++;
			continue;
		}
		buf_add(out, str_sub(html, from, at - from));
		buf_add(out, hole_text(holes, (size_t)index));
		from = at += HOLE_LEN;
	}
	buf_add(out, str_sub(html, from, html.len));
}

/* Did a word come through in capitals, or with one? Then it is not to be found, but it is there. */
static bool has_changed_word(struct str bytes)
{
	const char *end = bytes.text + bytes.len;
	for (const char *at = bytes.text; (at = memchr(at, 'Z', (size_t)(end - at))); at++)
		if (str_equal_fold(str_sub((struct str){ at, (size_t)(end - at) }, 0, sizeof HOLE_WORD - 1),
				   S(HOLE_WORD)))
			return true;
	return false;
}

/* Cuts the lowered text at its words. Not every hole has to be there: blocks may have left. */
static void cut(struct fitter *f, struct pattern *pattern)
{
	struct str bytes = pattern->low.bytes;
	size_t room = bytes.len / HOLE_LEN + 1, from = 0;
	pattern->pieces = arena_array(&f->arena, room + 1, sizeof *pattern->pieces);
	pattern->indexes = arena_array(&f->arena, room, sizeof *pattern->indexes);
	for (size_t at = 0; at < bytes.len;) {
		const char *next =
			memmem(bytes.text + at, bytes.len - at, HOLE_WORD, sizeof HOLE_WORD - 1);
		if (!next)
			break;
		at = (size_t)(next - bytes.text);
		int index = hole_at(bytes, at);
		if (index < 0) {
			pattern->whole = true;
			return;
		}
		pattern->pieces[pattern->count] = str_sub(bytes, from, at - from);
		pattern->indexes[pattern->count++] = index;
		from = at += HOLE_LEN;
	}
	pattern->pieces[pattern->count] = str_sub(bytes, from, bytes.len);
}

static struct pattern *pattern_get(struct fitter *f, const struct market_field *field,
				   struct str html)
{
	struct pattern key = { .field = field, .html = hash_str(html, 0) };
	struct str text = { (const char *)&key, offsetof(struct pattern, html) + sizeof key.html };
	struct pattern *pattern = map_find(&f->patterns, text);
	if (pattern)
		return pattern;
	pattern = arena_new(&f->arena, sizeof *pattern);
	pattern->field = field;
	pattern->html = key.html;
	text.text = (const char *)pattern;
	*map_put(&f->patterns, text) = pattern;
	pattern->whole = !market_lower(field, html, &f->arena, &pattern->low);
	f->lowered++;
	pattern->whole = pattern->whole || has_changed_word(pattern->low.bytes);
	if (!pattern->whole)
		cut(f, pattern);
	return pattern;
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

/* Longer numbers may be taken for telephone numbers: what they are matters then. */
enum { DIGITS_ALIKE = 6 };

/* The value with all digits alike. */
static struct str shape_of(struct str value, char *shape)
{
	bool alike = count_digits(value) <= DIGITS_ALIKE;
	for (size_t i = 0; i < value.len; i++)
		shape[i] = alike && is_digit(value.text[i]) ? '1' : value.text[i];
	return (struct str){ shape, value.len };
}

/* Lowers the shape between two words, in a small text. */
static void lower_shape(struct fitter *f, struct lowered_shape *kept, struct str language,
			struct str shape)
{
	static const char head[] = HOLE_WORD "xx ", tail[] = " " HOLE_WORD "yy";
	struct market_lowered low;
	buf_reset(&f->html);
	/* a field takes some blocks only, so the value stands in one of each */
	buf_addf(&f->html, "<div lang=\"%.*s\">", STR(language));
	for (const struct str *block = market_blocks; block->len; block++)
		buf_addf(&f->html, "<p data-block=\"%.*s\">%s%.*s%s</p>", STR(*block), head,
			 STR(shape), tail);
	buf_add(&f->html, S("</div>"));
	kept->bad = true;
	if (!market_lower(kept->field, buf_str(&f->html), &f->scratch, &low))
		return;
	const char *from = memmem(low.bytes.text, low.bytes.len, head, sizeof head - 1);
	if (!from)
		return;
	from += sizeof head - 1;
	size_t rest = low.bytes.len - (size_t)(from - low.bytes.text);
	const char *end = memmem(from, rest, tail, sizeof tail - 1);
	if (!end)
		return;
	kept->text = str_copy(&f->arena, (struct str){ from, (size_t)(end - from) });
	kept->bad = count_digits(kept->text) != count_digits(shape);
}

static const struct lowered_shape *shape_get(struct fitter *f, const struct market_field *field,
					     struct str language, struct str shape)
{
	struct lowered_shape key = { .field = field,
				     .shape = hash_str(shape, hash_str(language, 0)) };
	struct str name = { (const char *)&key,
			    offsetof(struct lowered_shape, shape) + sizeof key.shape };
	struct lowered_shape *kept = map_find(&f->shapes, name);
	if (kept)
		return kept;
	kept = arena_new(&f->arena, sizeof *kept);
	kept->field = field;
	kept->shape = key.shape;
	name.text = (const char *)kept;
	*map_put(&f->shapes, name) = kept;
	lower_shape(f, kept, language, shape);
	return kept;
}

/* Adds the value in the field's form; `shape` is its own. False when it does not come through by itself. */
static bool add_value(struct fitter *f, const struct market_field *field, struct str language,
		      struct str value, struct str shape)
{
	if (is_plain(value)) {
		buf_add(&f->bytes, value);
		return true;
	}
	const struct lowered_shape *kept = shape_get(f, field, language, shape);
	if (kept->bad)
		return false;
	char *to = buf_grow(&f->bytes, kept->text.len);
	for (size_t i = 0, next = 0; i < kept->text.len; i++) {
		to[i] = kept->text.text[i];
		if (!is_digit(to[i]))
			continue;
		while (!is_digit(value.text[next]))
			next++;
		to[i] = value.text[next++];
	}
	f->bytes.len += kept->text.len;
	return true;
}

/*
 * Puts the values in their places, or with `shapes` what all values of their shapes have in common. False when one of them
 * does not fit there. `key` becomes the hash of pattern and shapes.
 */
static bool fill(struct fitter *f, const struct pattern *pattern, struct str language,
		 const struct holes *holes, bool shapes, uint64_t *key)
{
	char room[VALUE_MAX];
	buf_reset(&f->bytes);
	*key = hash_number((uintptr_t)pattern->field, pattern->html);
	for (size_t i = 0; i < pattern->count; i++) {
		size_t index = (size_t)pattern->indexes[i];
		buf_add(&f->bytes, pattern->pieces[i]);
		if (index >= holes->count)
			return false;
		struct str value = hole_text(holes, index);
		if (value.len > VALUE_MAX)
			return false;
		struct str shape = shape_of(value, room);
		*key = hash_str(shape, *key);
		if (!add_value(f, pattern->field, language, shapes ? shape : value, shape))
			return false;
	}
	buf_add(&f->bytes, pattern->pieces[pattern->count]);
	return true;
}

/* Values of the same shapes make a text as long and as good, so the checker reads one for all of them. */
static const struct verdict *judge(struct fitter *f, const struct pattern *pattern,
				   struct str language, const struct holes *holes, uint64_t key)
{
	struct verdict *verdict = map_find(&f->verdicts, (struct str){ (const char *)&key, sizeof key });
	struct str why;
	uint64_t again;
	if (verdict)
		return verdict;
	verdict = arena_new(&f->arena, sizeof *verdict);
	verdict->key = key;
	*map_put(&f->verdicts, (struct str){ (const char *)&verdict->key, sizeof key }) = verdict;
	fill(f, pattern, language, holes, true, &again);
	verdict->good = market_check(pattern->field, buf_str(&f->bytes), &f->scratch, &why);
	verdict->count = market_count(pattern->field, buf_str(&f->bytes));
	fill(f, pattern, language, holes, false, &again);
	return verdict;
}

/* The text as it is, with its values in it. */
static bool fit_whole(struct fitter *f, const struct market_field *field, struct str html,
		      const struct holes *holes, struct fitted *fitted)
{
	struct market_lowered low;
	buf_reset(&f->html);
	holes_fill(&f->html, html, holes);
	f->lowered++;
	bool fits = market_lower(field, buf_str(&f->html), &f->scratch, &low);
	*fitted = (struct fitted){ .bytes = low.bytes,
				   .why = low.why,
				   .count = low.count,
				   .limit = low.limit,
				   .removals = low.removals,
				   .removal_count = low.removal_count };
	return fits && market_check(field, low.bytes, &f->scratch, &fitted->why);
}

bool fit(struct fitter *f, const struct market_field *field, struct str language, struct str html,
	 const struct holes *holes, struct fitted *fitted)
{
	uint64_t key;
	arena_reset(&f->scratch);
	forget(f);
	const struct pattern *pattern = pattern_get(f, field, html);
	if (pattern->whole || !fill(f, pattern, language, holes, false, &key))
		return fit_whole(f, field, html, holes, fitted);
	const struct verdict *verdict = judge(f, pattern, language, holes, key);
	if (!verdict->good)
		return fit_whole(f, field, html, holes, fitted);
	f->filled++;
	*fitted = (struct fitted){ .bytes = buf_str(&f->bytes),
				   .count = verdict->count,
				   .limit = pattern->low.limit,
				   .removals = pattern->low.removals,
				   .removal_count = pattern->low.removal_count };
	return true;
}
