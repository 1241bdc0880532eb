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
#include "base/threads.h"
#include "output/shapes.h"

/* A lowered text, cut at its words. */
struct pattern {
	const struct market_field *field;
	uint64_t html;
	pthread_mutex_t lock;
	struct arena arena;
	bool ready;
	bool whole; /* cannot be filled: every text is lowered by itself */
	struct market_lowered low;
	struct str left_out; /* blocks, as in struct fitted */
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
	struct fitter *resting; /* given back; what they remember serves the next stage of the build */
};

/* What the checker says of a lowered text with values of certain shapes. */
struct verdict {
	uint64_t key; /* of the shapes that stand in it */
	bool good; /* else every such text is lowered by itself */
	int64_t count;
	size_t len; /* bytes */
	const struct lowered_shape **forms; /* one for each of its words; NULL: the value stands as it is */
};

/* The verdict for a text by the shapes of all of its values, also of those that left it. */
struct known {
	uint64_t key;
	const struct pattern *pattern;
	const struct verdict *verdict;
};

struct fitter {
	struct fittings *fittings;
	struct arena arena;   /* of what is remembered */
	struct arena scratch; /* of one text */
	struct shapes *shapes;
	struct map verdicts, known;
	struct buf html;
	size_t lowered, filled;
	struct fitter *next; /* of those that rest */
};

/* Forgotten and begun anew beyond so many bytes: a worker must not remember a whole catalog. */
enum { MEMORY_MAX = 64 * 1024 * 1024 };

struct fit_text fit_text_of(struct str language, struct str html, const struct holes *holes)
{
	return (struct fit_text){ language, html, hash_str(html, 0), shapes_hash(holes, language), holes };
}

struct fittings *fittings_new(void)
{
	struct fittings *fittings = calloc(1, sizeof *fittings);
	if (!fittings)
		arena_exhausted();
	threads_lock_init(&fittings->lock);
	arena_init(&fittings->arena);
	fittings->patterns.arena = &fittings->arena;
	return fittings;
}

static void begin_memory(struct fitter *f)
{
	f->shapes = shapes_new(&f->arena);
	f->verdicts = f->known = (struct map){ .arena = &f->arena };
}

/* One that rests, or NULL. */
static struct fitter *wake(struct fittings *fittings)
{
	pthread_mutex_lock(&fittings->lock);
	struct fitter *f = fittings->resting;
	if (f)
		fittings->resting = f->next;
	pthread_mutex_unlock(&fittings->lock);
	return f;
}

struct fitter *fitter_new(struct fittings *fittings)
{
	struct fitter *f = wake(fittings);
	if (f) {
		f->lowered = f->filled = 0;
		return f;
	}
	f = calloc(1, sizeof *f);
	if (!f)
		arena_exhausted();
	f->fittings = fittings;
	arena_init(&f->arena);
	arena_init(&f->scratch);
	begin_memory(f);
	return f;
}

void fitter_free(struct fitter *f)
{
	if (!f)
		return;
	arena_release(&f->scratch);
	buf_release(&f->html);
	f->html = (struct buf)BUF_INIT;
	pthread_mutex_lock(&f->fittings->lock);
	f->next = f->fittings->resting;
	f->fittings->resting = f;
	pthread_mutex_unlock(&f->fittings->lock);
}

static void free_fitters(struct fitter *f)
{
	while (f) {
		struct fitter *next = f->next;
		arena_release(&f->arena);
		free(f);
		f = next;
	}
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
	free_fitters(fittings->resting);
	arena_release(&fittings->arena);
	pthread_mutex_destroy(&fittings->lock);
	free(fittings);
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
	begin_memory(f);
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

/* Is there nothing more to tell of it: no whole block of the text left, or it is named already? */
static bool is_told(struct str told, const struct market_removal *removal)
{
	struct str word;
	if (removal->kind != MARKET_LOST_BLOCK || removal->in_summary || !removal->block.len)
		return true;
	while (str_next_word(&told, &word))
		if (str_equal(word, removal->block))
			return true;
	return false;
}

static struct str left_out(struct arena *arena, const struct market_lowered *low)
{
	struct buf out = BUF_INIT;
	for (size_t i = 0; i < low->removal_count; i++) {
		if (is_told(buf_str(&out), &low->removals[i]))
			continue;
		if (out.len)
			buf_byte(&out, ' ');
		buf_add(&out, low->removals[i].block);
	}
	struct str blocks = str_copy(arena, buf_str(&out));
	buf_release(&out);
	return blocks;
}

static void lower_pattern(struct fitter *f, struct pattern *pattern, struct str html)
{
	arena_init(&pattern->arena);
	pattern->whole = !market_lower(pattern->field, html, &pattern->arena, &pattern->low);
	pattern->left_out = left_out(&pattern->arena, &pattern->low);
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

/* Shapes of the values that stand between the pieces. */
struct shown {
	struct str *values; /* the shapes in the field's form */
	const struct lowered_shape **forms;
	uint64_t key; /* of pattern and shapes */
};

/* False when one of the values does not come through by itself. */
static bool find_values(struct fitter *f, const struct pattern *pattern, const struct fit_text *text,
			struct shown *shown)
{
	char *room = arena_text(&f->scratch, pattern->count * VALUE_MAX);
	shown->values = arena_array(&f->scratch, pattern->count, sizeof *shown->values);
	shown->forms = arena_array(&f->scratch, pattern->count, sizeof(struct lowered_shape *));
	shown->key = hash_number((uintptr_t)pattern->field, pattern->html);
	for (size_t i = 0; i < pattern->count; i++, room += VALUE_MAX) {
		size_t index = (size_t)pattern->indexes[i];
		if (index >= text->holes->count)
			return false;
		struct str value = hole_text(text->holes, index);
		if (value.len > VALUE_MAX)
			return false;
		struct str shape = shape_of(value, room);
		shown->key = hash_str(shape, shown->key);
		const struct lowered_shape *form =
			shape_form(f->shapes, pattern->field, text->language, shape, &f->scratch);
		if (form && form->bad)
			return false;
		shown->forms[i] = form;
		shown->values[i] = form ? form->text : shape;
	}
	return true;
}

/* The pieces with something between. */
static struct str join(const struct pattern *pattern, const struct str *between, struct arena *into)
{
	size_t len = pattern->piece_len;
	for (size_t i = 0; i < pattern->count; i++)
		len += between[i].len;
	char *text = arena_text(into, len), *to = text;
	for (size_t i = 0; i <= pattern->count; i++) {
		to = mempcpy(to, pattern->pieces[i].text, pattern->pieces[i].len);
		if (i < pattern->count)
			to = mempcpy(to, between[i].text, between[i].len);
	}
	return (struct str){ text, len };
}

/* The pieces with the values between, in the field's form. */
static struct str fill(const struct known *known, const struct holes *holes, struct arena *into)
{
	const struct pattern *pattern = known->pattern;
	char *text = arena_text(into, known->verdict->len), *to = text;
	for (size_t i = 0; i <= pattern->count; i++) {
		to = mempcpy(to, pattern->pieces[i].text, pattern->pieces[i].len);
		if (i < pattern->count)
			to = shape_put(to, known->verdict->forms[i],
				       hole_text(holes, (size_t)pattern->indexes[i]));
	}
	return (struct str){ text, known->verdict->len };
}

static void ask_checker(struct fitter *f, const struct pattern *pattern, const struct shown *shown,
			struct verdict *verdict)
{
	struct str why;
	verdict->good = pattern->proof && market_proof_holds(pattern->proof, shown->values, &f->scratch,
							     &verdict->count);
	if (verdict->good)
		return;
	struct str bytes = join(pattern, shown->values, &f->scratch);
	verdict->good = market_check(pattern->field, bytes, pattern->low.language, &f->scratch, &why);
	verdict->count = market_count(pattern->field, bytes);
}

/* Values of the same shapes make a text as long and as good, so the checker reads one for all of them. */
static const struct verdict *judge(struct fitter *f, const struct pattern *pattern,
				   const struct shown *shown)
{
	struct verdict *verdict = map_find(
		&f->verdicts, (struct str){ (const char *)&shown->key, sizeof shown->key });
	if (verdict)
		return verdict;
	verdict = arena_new(&f->arena, sizeof *verdict);
	*verdict = (struct verdict){ .key = shown->key, .len = pattern->piece_len };
	*map_put(&f->verdicts, (struct str){ (const char *)&verdict->key, sizeof verdict->key }) = verdict;
	verdict->forms = arena_array(&f->arena, pattern->count, sizeof(struct lowered_shape *));
	for (size_t i = 0; i < pattern->count; i++) {
		verdict->forms[i] = shown->forms[i];
		verdict->len += shown->values[i].len;
	}
	ask_checker(f, pattern, shown, verdict);
	return verdict;
}

/* What is known of the text in the field; found out when it is first asked for. */
static const struct known *known_get(struct fitter *f, const struct market_field *field,
				     const struct fit_text *text)
{
	static const struct verdict by_itself = { .good = false };
	const uint64_t parts[] = { (uintptr_t)field, text->hash, text->shapes };
	uint64_t key = hash_str((struct str){ (const char *)parts, sizeof parts }, 0);
	struct known *known = map_find(&f->known, (struct str){ (const char *)&key, sizeof key });
	struct shown shown;
	if (known)
		return known;
	known = arena_new(&f->arena, sizeof *known);
	*known = (struct known){ key, pattern_get(f, field, text), &by_itself };
	*map_put(&f->known, (struct str){ (const char *)&known->key, sizeof key }) = known;
	if (!known->pattern->whole && find_values(f, known->pattern, text, &shown))
		known->verdict = judge(f, known->pattern, &shown);
	return known;
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
				   .removal_count = low.removal_count,
				   .left_out = left_out(arena, &low) };
	return fits;
}

static bool fit_field(struct fitter *f, const struct market_field *field,
		      const struct fit_text *text, struct arena *arena, bool write,
		      struct fitted *fitted)
{
	arena_reset(&f->scratch);
	forget(f);
	const struct known *known = known_get(f, field, text);
	if (!known->verdict->good)
		return fit_whole(f, field, text, arena, write, fitted);
	const struct market_lowered *low = &known->pattern->low;
	f->filled++;
	*fitted = (struct fitted){ .bytes = write ? fill(known, text->holes, arena) : S(""),
				   .count = known->verdict->count,
				   .limit = low->limit,
				   .removals = low->removals,
				   .removal_count = low->removal_count,
				   .left_out = known->pattern->left_out };
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
