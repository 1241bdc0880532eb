/* SPDX-License-Identifier: MIT */
/*
 * In: HTML with words for values, and the values. Out: a field's bytes. Three memories: of lowered texts by
 * the hash of their HTML, for all workers; of lowered values, and of what the checker said of them, one each a worker.
 */
#include "output/fitting.h"

#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/map.h"

/* A lowered text, cut at its words. */
struct pattern {
	const struct market_field *field;
	uint64_t html;
	pthread_mutex_t lock;
	struct arena arena;
	bool ready;
	bool whole; /* cannot be filled: every text is lowered by itself */
	struct market_lowered low;
	struct str *pieces; /* count + 1 of them */
	int *indexes;	    /* of the holes between them */
	size_t count;
	size_t piece_len;		  /* bytes of all pieces */
	const struct market_proof *proof; /* NULL: every shape of it is checked as a whole */
};

struct fittings {
	pthread_mutex_t lock;
	struct arena arena;
	struct map patterns;
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

/* A value with its shape, and that in the field's form; NULL: it is written as it is. */
struct filling {
	struct str value, shape;
	const struct lowered_shape *lowered;
};

struct fitter {
	struct fittings *fittings;
	struct arena arena;   /* of what is remembered */
	struct arena scratch; /* of one text */
	struct map shapes, verdicts;
	struct buf html, shapes_text;
	struct filling *fillings; /* of the text under way */
	struct str *values;	  /* shapes in the field's form, for the checker */
	size_t room;
	size_t lowered, filled;
};

/* Forgotten and begun anew beyond so many bytes: a worker must not remember a whole catalog. */
enum { MEMORY_MAX = 64 * 1024 * 1024 };

/* Longer values are lowered with their text: they may be anything. */
enum { VALUE_MAX = 64 };

struct fit_text fit_text_of(struct str language, struct str html, const struct holes *holes)
{
	return (struct fit_text){ language, html, hash_str(html, 0), holes };
}

struct fittings *fittings_new(void)
{
	struct fittings *fittings = calloc(1, sizeof *fittings);
	if (!fittings)
		arena_exhausted();
	pthread_mutex_init(&fittings->lock, NULL);
	arena_init(&fittings->arena);
	fittings->patterns.arena = &fittings->arena;
	return fittings;
}

void fittings_free(struct fittings *fittings)
{
	if (!fittings)
		return;
	for (size_t i = 0; i < fittings->patterns.room; i++) {
		struct pattern *pattern = fittings->patterns.entries[i].value;
		if (!pattern)
			continue;
		pthread_mutex_destroy(&pattern->lock);
		arena_release(&pattern->arena);
	}
	arena_release(&fittings->arena);
	pthread_mutex_destroy(&fittings->lock);
	free(fittings);
}

struct fitter *fitter_new(struct fittings *fittings)
{
	struct fitter *f = calloc(1, sizeof *f);
	if (!f)
		arena_exhausted();
	f->fittings = fittings;
	arena_init(&f->arena);
	arena_init(&f->scratch);
	f->shapes.arena = f->verdicts.arena = &f->arena;
	return f;
}

void fitter_free(struct fitter *f)
{
	if (!f)
		return;
	arena_release(&f->arena);
	arena_release(&f->scratch);
	buf_release(&f->html);
	buf_release(&f->shapes_text);
	free(f->fillings);
	free(f->values);
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
static void cut(struct pattern *pattern)
{
	struct str bytes = pattern->low.bytes;
	size_t room = bytes.len / HOLE_LEN + 1, from = 0;
	pattern->pieces = arena_array(&pattern->arena, room + 1, sizeof *pattern->pieces);
	pattern->indexes = arena_array(&pattern->arena, room, sizeof *pattern->indexes);
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
	for (size_t i = 0; i <= pattern->count; i++)
		pattern->piece_len += pattern->pieces[i].len;
}

/* The checker reads the text once for all of its values. */
static void prove(struct pattern *pattern)
{
	struct market_gap *gaps = arena_array(&pattern->arena, pattern->count, sizeof *gaps);
	size_t at = 0;
	for (size_t i = 0; i < pattern->count; i++) {
		at += pattern->pieces[i].len;
		gaps[i] = (struct market_gap){ at, HOLE_LEN };
		at += HOLE_LEN;
	}
	pattern->proof = market_prove(pattern->field, pattern->low.bytes, pattern->low.language, gaps,
				      pattern->count, &pattern->arena);
}

static void lower_pattern(struct fitter *f, struct pattern *pattern, struct str html)
{
	arena_init(&pattern->arena);
	pattern->whole = !market_lower(pattern->field, html, &pattern->arena, &pattern->low);
	f->lowered++;
	pattern->whole = pattern->whole || has_changed_word(pattern->low.bytes);
	if (!pattern->whole)
		cut(pattern);
	if (!pattern->whole)
		prove(pattern);
	pattern->ready = true;
}

static const struct pattern *pattern_get(struct fitter *f, const struct market_field *field,
					 const struct fit_text *fit_text)
{
	struct fittings *shared = f->fittings;
	struct pattern key = { .field = field, .html = fit_text->hash };
	struct str text = { (const char *)&key, offsetof(struct pattern, html) + sizeof key.html };
	pthread_mutex_lock(&shared->lock);
	struct pattern *pattern = map_find(&shared->patterns, text);
	if (!pattern) {
		pattern = arena_new(&shared->arena, sizeof *pattern);
		pattern->field = field;
		pattern->html = key.html;
		pthread_mutex_init(&pattern->lock, NULL);
		text.text = (const char *)pattern;
		*map_put(&shared->patterns, text) = pattern;
	}
	pthread_mutex_unlock(&shared->lock);
	pthread_mutex_lock(&pattern->lock);
	if (!pattern->ready)
		lower_pattern(f, pattern, fit_text->html);
	pthread_mutex_unlock(&pattern->lock);
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
	/* where nothing is left of it, the words have moved together and the next ones were found */
	kept->bad = count_digits(kept->text) != count_digits(shape) || has_changed_word(kept->text) ||
		    memmem(kept->text.text, kept->text.len, HOLE_WORD, sizeof HOLE_WORD - 1);
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

/*
 * Finds the values that stand between the pieces, with their shapes. False when one of them does not come through by
 * itself. `key` becomes the hash of pattern and shapes.
 */
static bool find_values(struct fitter *f, const struct pattern *pattern, const struct fit_text *text,
			uint64_t *key)
{
	*key = hash_number((uintptr_t)pattern->field, pattern->html);
	if (pattern->count > f->room) {
		f->room = pattern->count;
		f->fillings = realloc(f->fillings, f->room * sizeof *f->fillings);
		f->values = realloc(f->values, f->room * sizeof *f->values);
		if (!f->fillings || !f->values)
			arena_exhausted();
	}
	char *room = buf_grow(&f->shapes_text, pattern->count * VALUE_MAX + 1);
	for (size_t i = 0; i < pattern->count; i++, room += VALUE_MAX) {
		size_t index = (size_t)pattern->indexes[i];
		if (index >= text->holes->count)
			return false;
		struct filling *filling = &f->fillings[i];
		*filling = (struct filling){ .value = hole_text(text->holes, index) };
		if (filling->value.len > VALUE_MAX)
			return false;
		filling->shape = shape_of(filling->value, room);
		*key = hash_str(filling->shape, *key);
		if (!is_plain(filling->value)) {
			filling->lowered = shape_get(f, pattern->field, text->language, filling->shape);
			if (filling->lowered->bad)
				return false;
		}
		f->values[i] = filling->lowered ? filling->lowered->text : filling->shape;
	}
	return true;
}

/* Writes the value in the field's form: its shape's, with its own digits. */
static char *put_value(char *to, const struct filling *filling)
{
	struct str form = filling->lowered ? filling->lowered->text : filling->value;
	memcpy(to, form.text, form.len);
	for (size_t i = 0, next = 0; filling->lowered && i < form.len; i++) {
		if (!is_digit(form.text[i]))
			continue;
		while (!is_digit(filling->value.text[next]))
			next++;
		to[i] = filling->value.text[next++];
	}
	return to + form.len;
}

/* The pieces with the values between, or with their shapes. */
static struct str fill(const struct fitter *f, const struct pattern *pattern, bool shapes,
		       struct arena *into)
{
	size_t len = pattern->piece_len;
	for (size_t i = 0; i < pattern->count; i++)
		len += f->values[i].len;
	char *text = arena_text(into, len), *to = text;
	for (size_t i = 0; i <= pattern->count; i++) {
		struct str piece = pattern->pieces[i];
		memcpy(to, piece.text, piece.len);
		to += piece.len;
		if (i == pattern->count)
			break;
		if (!shapes) {
			to = put_value(to, &f->fillings[i]);
			continue;
		}
		memcpy(to, f->values[i].text, f->values[i].len);
		to += f->values[i].len;
	}
	return (struct str){ text, len };
}

/* Values of the same shapes make a text as long and as good, so the checker reads one for all of them. */
static const struct verdict *judge(struct fitter *f, const struct pattern *pattern, uint64_t key)
{
	struct verdict *verdict = map_find(&f->verdicts, (struct str){ (const char *)&key, sizeof key });
	struct str why;
	if (verdict)
		return verdict;
	verdict = arena_new(&f->arena, sizeof *verdict);
	verdict->key = key;
	*map_put(&f->verdicts, (struct str){ (const char *)&verdict->key, sizeof key }) = verdict;
	verdict->good = pattern->proof && market_proof_holds(pattern->proof, f->values, &f->scratch,
							     &verdict->count);
	if (verdict->good)
		return verdict;
	struct str bytes = fill(f, pattern, true, &f->scratch);
	verdict->good = market_check(pattern->field, bytes, pattern->low.language, &f->scratch, &why);
	verdict->count = market_count(pattern->field, bytes);
	return verdict;
}

static struct market_removal *keep_removals(struct arena *arena, const struct market_lowered *low)
{
	struct market_removal *kept = arena_array(arena, low->removal_count, sizeof *kept);
	for (size_t i = 0; i < low->removal_count; i++) {
		kept[i] = low->removals[i];
		kept[i].block = str_copy(arena, kept[i].block);
		kept[i].what = str_copy(arena, kept[i].what);
		kept[i].why = str_copy(arena, kept[i].why);
	}
	return kept;
}

/* The text as it is, with its values in it. */
static bool fit_whole(struct fitter *f, const struct market_field *field,
		      const struct fit_text *text, struct arena *arena, bool write,
		      struct fitted *fitted)
{
	struct market_lowered low;
	struct str why = S("");
	buf_reset(&f->html);
	holes_fill(&f->html, text->html, text->holes);
	f->lowered++;
	bool fits = market_lower(field, buf_str(&f->html), &f->scratch, &low) &&
		    market_check(field, low.bytes, low.language, &f->scratch, &why);
	*fitted = (struct fitted){ .bytes = fits && write ? str_copy(arena, low.bytes) : S(""),
				   .why = str_copy(arena, low.why.len ? low.why : why),
				   .count = low.count,
				   .limit = low.limit,
				   .removals = keep_removals(arena, &low),
				   .removal_count = low.removal_count };
	return fits;
}

static bool fit_field(struct fitter *f, const struct market_field *field,
		      const struct fit_text *text, struct arena *arena, bool write,
		      struct fitted *fitted)
{
	uint64_t key;
	arena_reset(&f->scratch);
	forget(f);
	const struct pattern *pattern = pattern_get(f, field, text);
	if (pattern->whole || !find_values(f, pattern, text, &key))
		return fit_whole(f, field, text, arena, write, fitted);
	const struct verdict *verdict = judge(f, pattern, key);
	if (!verdict->good)
		return fit_whole(f, field, text, arena, write, fitted);
	f->filled++;
	*fitted = (struct fitted){ .bytes = write ? fill(f, pattern, false, arena) : S(""),
				   .count = verdict->count,
				   .limit = pattern->low.limit,
				   .removals = pattern->low.removals,
				   .removal_count = pattern->low.removal_count };
	return true;
}

bool fit_try(struct fitter *fitter, const struct market_field *field, const struct fit_text *text,
	     struct arena *arena, struct fitted *fitted)
{
	return fit_field(fitter, field, text, arena, false, fitted);
}

bool fit(struct fitter *fitter, const struct market_field *field, const struct fit_text *text,
	 struct arena *arena, struct fitted *fitted)
{
	return fit_field(fitter, field, text, arena, true, fitted);
}
