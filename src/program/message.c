/* SPDX-License-Identifier: MIT */
/*
 * A message in, operations out: ICU MessageFormat with names. An apostrophe quotes only in front of
 * a brace (and inside a branch in front of #), two apostrophes are one. Everything that could go
 * wrong when a page is made is refused here: unknown names, wrong types, plural forms that a
 * language lacks or does not have, a choice without `other`. Unlike ICU's, a # inside a select
 * inside a plural still is the number: whoever writes it there means that.
 */
#include "program/message.h"

#include <assert.h>
#include <string.h>

char reader_here(const struct reader *reader)
{
	return reader->at < reader->text.len ? reader->text.text[reader->at] : 0;
}

char reader_next(const struct reader *reader)
{
	return reader->at + 1 < reader->text.len ? reader->text.text[reader->at + 1] : 0;
}

void reader_skip_space(struct reader *reader)
{
	while (reader_here(reader) && strchr(" \t\r\n", reader_here(reader)))
		reader->at++;
}

struct str reader_word(struct reader *reader)
{
	size_t from = reader->at;
	while (reader->at < reader->text.len && is_name_byte(reader->text.text[reader->at]))
		reader->at++;
	return str_sub(reader->text, from, reader->at - from);
}

/* --- braces and quotes --- */

bool message_begins(struct str text, size_t at)
{
	if (text.text[at] == '{')
		return true;
	return text.text[at] == '\'' && at + 1 < text.len &&
	       (text.text[at + 1] == '{' || text.text[at + 1] == '}');
}

/* Behind the quote that begins at `at`, or 0. */
static size_t skip_quote(struct str text, size_t at)
{
	for (size_t i = at + 1; i < text.len; i++) {
		if (text.text[i] != '\'')
			continue;
		if (i + 1 < text.len && text.text[i + 1] == '\'')
			i++;
		else
			return i + 1;
	}
	return 0;
}

size_t message_skip(struct str text, size_t at)
{
	size_t depth = 0;
	while (at < text.len) {
		char c = text.text[at];
		bool sign = depth > 1 && str_starts(str_sub(text, at, 2), "'#");
		if (sign || (c == '\'' && message_begins(text, at))) {
			at = skip_quote(text, at);
			if (!at || !depth)
				return at;
			continue;
		}
		at++;
		depth += c == '{';
		if (c == '}' && --depth == 0)
			return at;
	}
	return 0;
}

/* Writes what stands between quotes. */
static void read_quoted(struct reader *reader)
{
	size_t end = skip_quote(reader->text, reader->at);
	if (!end) {
		FAIL(reader, reader->at, "the quote ' before '%c' is not closed",
		     reader_next(reader));
		reader->at = reader->text.len;
		return;
	}
	struct str inside = str_sub(reader->text, reader->at + 1, end - reader->at - 2);
	while (inside.len) { /* two apostrophes are one, also here */
		size_t run = str_index(inside, '\'');
		run = run < inside.len ? run + 1 : run;
		literal_write(reader->writing, str_sub(inside, 0, run), reader->place);
		bool doubled = inside.text[run - 1] == '\'';
		inside = str_sub(inside, run + doubled, inside.len);
	}
	reader->at = end;
}

/* --- placeholders --- */

struct kind_word {
	const char *word;
	enum value_kind kinds[2]; /* what it can format; twice the same where it is one */
	enum format format;
};

static const struct kind_word kind_words[] = {
	{ "number", { VALUE_NUMBER, VALUE_PERCENT }, FORMAT_NUMBER },
	{ "percent", { VALUE_PERCENT, VALUE_NUMBER }, FORMAT_PERCENT },
	{ "money", { VALUE_MONEY, VALUE_MONEY }, FORMAT_MONEY },
	{ "date", { VALUE_DATE, VALUE_DATE }, FORMAT_DATE_MEDIUM },
	{ "weight", { VALUE_WEIGHT, VALUE_WEIGHT }, FORMAT_WEIGHT },
};

enum { KIND_WORDS = sizeof kind_words / sizeof *kind_words };

static void fail_kind_word(struct reader *reader, size_t index, struct str word)
{
	struct str words[KIND_WORDS + 2] = { S("plural"), S("select") };
	for (size_t i = 0; i < KIND_WORDS; i++)
		words[i + 2] = str_of(kind_words[i].word);
	struct str near = str_nearest(word, words, KIND_WORDS + 2);
	if (str_is(word, "if"))
		FAIL(reader, index,
		     "'if' stands at the beginning of a paragraph, a heading or a list item of "
		     "Markdown; elsewhere write {name, select, yes {...} other {...}}");
	else if (str_is(word, "selectordinal"))
		FAIL(reader, index, "selectordinal is not understood; write the number itself");
	else if (near.len)
		FAIL(reader, index, "there is no format '%.*s'; did you mean '%.*s'?", STR(word),
		     STR(near));
	else
		FAIL(reader, index,
		     "there is no format '%.*s'; there are number, percent, money, "
		     "date, weight, plural and select",
		     STR(word));
}

static bool read_date_style(struct reader *reader, enum format *format)
{
	static const char *const styles[] = { "short", "medium", "long", "day" };
	reader->at++;
	reader_skip_space(reader);
	size_t from = reader->at;
	struct str word = reader_word(reader);
	for (size_t i = 0; i < 4; i++)
		if (str_is(word, styles[i])) {
			*format = (enum format)(FORMAT_DATE_SHORT + i);
			reader_skip_space(reader);
			return true;
		}
	FAIL(reader, from, "there is no date style '%.*s'; there are short, medium, long and day",
	     STR(word));
	return false;
}

/* `, money}`: at the word. */
static bool read_format(struct reader *reader, const struct named *named, size_t name_at,
			struct str word, size_t word_at)
{
	const struct kind_word *found = NULL;
	for (size_t i = 0; i < KIND_WORDS && !found; i++)
		if (str_is(word, kind_words[i].word))
			found = &kind_words[i];
	if (!found) {
		fail_kind_word(reader, word_at, word);
		return false;
	}
	if (named->kind != found->kinds[0] && named->kind != found->kinds[1]) {
		FAIL(reader, word_at, "'%.*s' is a %s, not a %s", STR(named->path->name),
		     value_kind_name(named->kind), found->word);
		return false;
	}
	enum format format = found->format;
	reader_skip_space(reader);
	if (reader_here(reader) == ',' && found->format == FORMAT_DATE_MEDIUM &&
	    !read_date_style(reader, &format))
		return false;
	if (reader_here(reader) != '}') {
		FAIL(reader, reader->at, "'}' is missing behind '%.*s, %.*s'",
		     STR(named->path->name), STR(word));
		return false;
	}
	value_write(reader->writing, reader->passage, name_at, named, (int)format, reader->place);
	return true;
}

/* Between the braces; false when it was given up. */
static bool read_inside(struct reader *reader, size_t open_at)
{
	reader_skip_space(reader);
	size_t name_at = reader->at;
	struct str name = reader_word(reader);
	if (!name.len) {
		FAIL(reader, open_at,
		     "a name is missing behind '{'; a brace itself is written '{'");
		return false;
	}
	reader_skip_space(reader);
	if (str_starts(name, "t.") && reader_here(reader) == '}') {
		text_write(reader->writing, reader->passage, name_at + 2, name.len - 2,
			   reader->place);
		return true;
	}
	struct named named;
	if (!name_find(reader->writing, reader->passage, name_at, name.len, &named))
		return false;
	if (reader_here(reader) == '}') {
		value_write(reader->writing, reader->passage, name_at, &named, -1, reader->place);
		return true;
	}
	if (reader_here(reader) != ',') {
		FAIL(reader, reader->at, "'}' or ',' is missing behind '%.*s'", STR(name));
		return false;
	}
	reader->at++;
	reader_skip_space(reader);
	size_t word_at = reader->at;
	struct str word = reader_word(reader);
	reader_skip_space(reader);
	if (str_is(word, "plural") || str_is(word, "select"))
		return reader_choice(reader, &named, open_at, str_is(word, "plural"), word_at);
	return read_format(reader, &named, name_at, word, word_at);
}

static void read_placeholder(struct reader *reader)
{
	size_t open_at = reader->at;
	size_t end = message_skip(reader->text, open_at);
	if (!end) {
		FAIL(reader, open_at, "this '{' is not closed");
		reader->at = reader->text.len;
		return;
	}
	reader->at++;
	if (!read_inside(reader, open_at)) {
		reader->at = end;
	} else if (reader_here(reader) == '}') {
		reader->at++;
	} else {
		FAIL(reader, reader->at, "'}' is missing here");
		reader->at = end;
	}
}

/* `#` in a plural: the number less the offset. */
static void read_number_sign(struct reader *reader)
{
	assert(reader->counted);
	struct op op = { .kind = OP_VALUE,
			 .escape = (uint8_t)reader->place->escape,
			 .format = FORMAT_NUMBER,
			 .value = { reader->counted->path, reader->counted_offset } };
	builder_add(&reader->writing->builder, op);
	if (reader->place->escape == ESCAPE_URL)
		reader->place->escape = ESCAPE_URL_PATH;
	reader->at++;
}

/* Text up to the next byte that means something. */
static void read_literal(struct reader *reader)
{
	size_t from = reader->at;
	while (reader->at < reader->text.len) {
		char c = reader_here(reader);
		if (c == '{' || c == '}' || (c == '#' && reader->counted))
			break;
		if (c == '\'' &&
		    (reader_next(reader) == '\'' || message_begins(reader->text, reader->at) ||
		     (reader_next(reader) == '#' && reader->branches)))
			break;
		reader->at++;
	}
	literal_write(reader->writing, str_sub(reader->text, from, reader->at - from),
		      reader->place);
}

static void read_apostrophe(struct reader *reader)
{
	if (reader_next(reader) == '\'') {
		literal_write(reader->writing, S("'"), reader->place);
		reader->at += 2;
	} else {
		read_quoted(reader);
	}
}

void reader_message(struct reader *reader, bool inside)
{
	if (reader->writing->nesting++ >= NESTING_MAX) {
		FAIL(reader, reader->at, "placeholders are more than %d deep inside one another",
		     NESTING_MAX);
		reader->at = reader->text.len;
	}
	while (reader->at < reader->text.len) {
		read_literal(reader);
		char c = reader_here(reader);
		if (c == '}' && inside)
			break;
		if (c == '{') {
			read_placeholder(reader);
		} else if (c == '#') {
			read_number_sign(reader);
		} else if (c == '\'') {
			read_apostrophe(reader);
		} else if (c == '}') {
			FAIL(reader, reader->at,
			     "there is no '{' to this '}'; a brace itself is written '}'");
			reader->at++;
		}
	}
	reader->writing->nesting--;
}

void message_write(struct writing *writing, const struct passage *passage, size_t from, size_t end,
		   struct place *place)
{
	struct reader reader = { .writing = writing,
				 .passage = passage,
				 .text = str_sub(passage->text, 0, end),
				 .at = from,
				 .place = place };
	reader_message(&reader, false);
}
