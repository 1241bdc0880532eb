/* SPDX-License-Identifier: MIT */
/*
 * In: final bytes with words for values, then values. Out: would the checker take the bytes with the values in
 * them? The one idea: all that the checker asks is asked of a tag, of a character, of one line as a
 * reader sees it, or of a sum. A value without signs of its own (`<`, `&`, quotes, a line end) can change only its line and the
 * sums.
 */
#include <string.h>

#include "market/check.h"
#include "market/unpack.h"

/* A line that values stand on, and the words between. */
struct proof_line {
	const struct market_field *field; /* whose rules it has to keep: the field's or its summary's */
	struct str text;
	struct market_gap *words; /* in `text` */
	size_t first, count;	  /* which gaps they are */
};

/* The sizes of one output without its words, one for each way of counting. */
struct proof_size {
	const struct market_field *field;
	int64_t *without;
	size_t images;
	size_t gaps; /* the first so many stand in it */
};

struct market_proof {
	const struct market_field *field;
	struct str language;
	size_t gap_count;
	struct proof_line *lines;
	size_t line_count;
	struct proof_size sizes[2];
	size_t size_count;
};

struct proving {
	struct market_proof *proof;
	struct arena *arena;
	struct str bytes;
	const struct market_gap *gaps;
	size_t met; /* words that were found again in what a reader sees */
};

/* Could `mark` begin with the end of the text and go on in a value? */
static bool ends_with_beginning(struct str text, struct str mark)
{
	for (size_t len = 1; len < mark.len; len++)
		if (text.len >= len &&
		    str_equal(str_sub(text, text.len - len, len), str_sub(mark, 0, len)))
			return true;
	return false;
}

static bool of_entity(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '#';
}

/* Would a value go on with what stands before it: an entity, a tag, a mark between pieces? */
static bool goes_on(const struct market_form *form, struct str before)
{
	size_t at = before.len;
	while (at && of_entity(before.text[at - 1]))
		at--;
	if (at && before.text[at - 1] == '&')
		return true;
	return str_ends(before, "<") || ends_with_beginning(before, form->between) ||
	       ends_with_beginning(before, form->after);
}

/* Sizes are plain sums where each character counts a whole number, and no piece has a size of its own. */
static bool adds_up(const struct market_field *field)
{
	if (field->form->block_limit)
		return false;
	for (size_t i = 0; i < field->form->counting_count; i++)
		if (field->form->counting[i].cjk_percent % 100)
			return false;
	return true;
}

static void add_line(struct proving *p, const struct market_field *field, struct str text, size_t from)
{
	struct market_proof *proof = p->proof;
	proof->lines = arena_push(p->arena, proof->lines, &proof->line_count, sizeof *proof->lines);
	proof->lines[proof->line_count - 1] = (struct proof_line){
		.field = field,
		.text = str_copy(p->arena, str_sub(text, from, str_index(str_sub(text, from, text.len), '\n'))),
		.first = p->met,
	};
}

/* Finds the words among `first` up to `last` in what a reader sees, in order, and keeps their lines. */
static bool find_words(struct proving *p, const struct market_field *field, struct str text, size_t last)
{
	struct market_proof *proof = p->proof;
	struct proof_line *line = NULL;
	size_t from = 0, begin = 0;
	for (; p->met < last; p->met++) {
		struct str word = str_sub(p->bytes, p->gaps[p->met].at, p->gaps[p->met].len);
		const char *found = memmem(text.text + from, text.len - from, word.text, word.len);
		if (!found)
			return false;
		size_t at = (size_t)(found - text.text), start = at;
		while (start && text.text[start - 1] != '\n')
			start--;
		if (!line || start != begin)
			add_line(p, field, text, start);
		begin = start;
		line = &proof->lines[proof->line_count - 1];
		line->words = arena_push(p->arena, line->words, &line->count, sizeof *line->words);
		line->words[line->count - 1] = (struct market_gap){ at - start, word.len };
		from = at + word.len;
	}
	return true;
}

static int64_t size_of(const struct checking *c, const struct counting *rule, struct str text)
{
	return check_count_by(c, rule, text, &text, 1);
}

/* The sizes of the output without the words in it. */
static void keep_sizes(struct proving *p, const struct checking *c, struct str whole, struct str bytes,
		       size_t gaps)
{
	struct proof_size *size = &p->proof->sizes[p->proof->size_count++];
	struct unpacked unpacked;
	unpack(c->field, bytes, p->arena, &unpacked);
	if (c->field->summary)
		unpacked = (struct unpacked){ &whole, 1 };
	*size = (struct proof_size){ .field = c->field, .images = c->images, .gaps = gaps };
	size->without = arena_array(p->arena, c->form->counting_count, sizeof *size->without);
	for (size_t i = 0; i < c->form->counting_count; i++) {
		const struct counting *rule = &c->form->counting[i];
		size->without[i] = check_count_by(c, rule, whole, unpacked.pieces, unpacked.count);
		for (size_t g = 0; g < gaps; g++)
			size->without[i] -=
				size_of(c, rule, str_sub(p->bytes, p->gaps[g].at, p->gaps[g].len));
	}
}

static bool prove_output(struct proving *p, const struct market_field *field, struct str whole,
			 struct str bytes, size_t last)
{
	struct checking c = { .field = field,
			      .form = field->form,
			      .language = p->proof->language,
			      .arena = p->arena,
			      .text = BUF_INIT };
	bool good = adds_up(field) && check_output(&c, whole, bytes);
	for (size_t i = p->met; good && i < last; i++)
		good = !goes_on(field->form, str_sub(p->bytes, 0, p->gaps[i].at));
	good = good && find_words(p, field, buf_str(&c.text), last);
	if (good)
		keep_sizes(p, &c, whole, bytes, last);
	buf_release(&c.text);
	return good;
}

const struct market_proof *market_prove(const struct market_field *field, struct str bytes,
					struct str language, const struct market_gap *gaps,
					size_t count, struct arena *arena)
{
	struct market_proof *proof = arena_new(arena, sizeof *proof);
	struct proving p = { .proof = proof, .arena = arena, .bytes = bytes, .gaps = gaps };
	size_t end = check_summary_end(field, bytes), front = 0;
	proof->field = field;
	proof->language = str_copy(arena, language);
	proof->gap_count = count;
	if (!str_is_utf8(bytes))
		return NULL;
	while (front < count && gaps[front].at < end)
		front++;
	if (field->summary && market_emits(field->summary) &&
	    !prove_output(&p, field->summary, str_sub(bytes, 0, end), str_sub(bytes, 0, end), front))
		return NULL;
	return prove_output(&p, field, bytes, str_sub(bytes, end, bytes.len), count) ? proof : NULL;
}

/* A value that changes nothing but its line. */
static bool stays_in_line(const struct market_field *field, struct str value)
{
	const struct market_form *form = field->form;
	for (size_t i = 0; i < value.len; i++)
		if ((unsigned char)value.text[i] < ' ' || strchr("<>&\"\\/\x7F", value.text[i]) ||
		    (form->between.len && value.text[i] == form->between.text[0]) ||
		    (form->after.len && value.text[i] == form->after.text[0]))
			return false;
	return str_is_utf8(value);
}

static bool line_holds(const struct proof_line *line, struct str language, const struct str *values,
		       struct arena *scratch)
{
	struct checking c = { .field = line->field,
			      .form = line->field->form,
			      .language = language,
			      .arena = scratch,
			      .text = BUF_INIT };
	size_t from = 0;
	bool good = true;
	for (size_t i = 0; good && i < line->count; i++) {
		good = stays_in_line(line->field, values[line->first + i]);
		buf_add(&c.text, str_sub(line->text, from, line->words[i].at - from));
		buf_add(&c.text, values[line->first + i]);
		from = line->words[i].at + line->words[i].len;
	}
	buf_add(&c.text, str_sub(line->text, from, line->text.len));
	buf_byte(&c.text, '\n');
	good = good && check_text(&c);
	buf_release(&c.text);
	return good;
}

static bool size_holds(const struct proof_size *size, const struct str *values,
		       struct arena *scratch, int64_t *most)
{
	struct checking c = {
		.field = size->field, .form = size->field->form, .arena = scratch, .images = size->images
	};
	*most = 0;
	for (size_t i = 0; i < c.form->counting_count; i++) {
		int64_t sum = size->without[i];
		for (size_t g = 0; g < size->gaps; g++)
			sum += size_of(&c, &c.form->counting[i], values[g]);
		*most = sum > *most ? sum : *most;
	}
	return check_size(&c, *most);
}

bool market_proof_holds(const struct market_proof *proof, const struct str *values,
			struct arena *scratch, int64_t *size)
{
	for (size_t i = 0; i < proof->line_count; i++)
		if (!line_holds(&proof->lines[i], proof->language, values, scratch))
			return false;
	for (size_t i = 0; i < proof->size_count; i++)
		if (!size_holds(&proof->sizes[i], values, scratch, size))
			return false;
	return true;
}
