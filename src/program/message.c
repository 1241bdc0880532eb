/* SPDX-License-Identifier: MIT */
/*
 * A message in, operations out: ICU MessageFormat with names. An apostrophe quotes only in front of
 * a brace (and inside a branch in front of #), two apostrophes are one. Everything that could go
 * wrong when a page is made is refused here: unknown names, wrong types, plural forms that a
 * language lacks or does not have, a choice without `other`. Unlike ICU's, a # inside a select
 * inside a plural still is the number: whoever writes it there means that.
 */
#include "program/compile.h"

#include <string.h>

enum { EXACTS_MAX = 64 };

struct reader {
	struct writing *writing;
	const struct passage *passage;
	struct str text; /* the passage up to the message's end */
	size_t at;
	struct place *place;
	unsigned branches; /* that are around */
	const struct named *counted; /* what # stands for, or NULL */
	int64_t counted_offset;
};

static char here(const struct reader *reader)
{
	return reader->at < reader->text.len ? reader->text.text[reader->at] : 0;
}

static char next(const struct reader *reader)
{
	return reader->at + 1 < reader->text.len ? reader->text.text[reader->at + 1] : 0;
}

static void skip_space(struct reader *reader)
{
	while (here(reader) && strchr(" \t\r\n", here(reader)))
		reader->at++;
}

/* A word of name bytes; empty when there is none. */
static struct str read_word(struct reader *reader)
{
	size_t from = reader->at;
	while (reader->at < reader->text.len && is_name_byte(reader->text.text[reader->at]))
		reader->at++;
	return str_sub(reader->text, from, reader->at - from);
}

#define FAIL(reader, index, ...) fail((reader)->writing, (reader)->passage, index, __VA_ARGS__)

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
		FAIL(reader, reader->at, "the quote ' before '%c' is not closed", next(reader));
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

static void read_message(struct reader *reader, bool inside);

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
	if (str_is(word, "selectordinal"))
		FAIL(reader, index, "selectordinal is not understood; write the number itself");
	else if (near.len)
		FAIL(reader, index, "there is no format '%.*s'; did you mean '%.*s'?", STR(word),
		     STR(near));
	else
		FAIL(reader, index, "there is no format '%.*s'; there are number, percent, money, "
		     "date, weight, plural and select", STR(word));
}

static bool read_date_style(struct reader *reader, enum format *format)
{
	static const char *const styles[] = { "short", "medium", "long", "day" };
	reader->at++;
	skip_space(reader);
	size_t from = reader->at;
	struct str word = read_word(reader);
	for (size_t i = 0; i < 4; i++)
		if (str_is(word, styles[i])) {
			*format = (enum format)(FORMAT_DATE_SHORT + i);
			skip_space(reader);
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
	skip_space(reader);
	if (here(reader) == ',' && found->format == FORMAT_DATE_MEDIUM &&
	    !read_date_style(reader, &format))
		return false;
	if (here(reader) != '}') {
		FAIL(reader, reader->at, "'}' is missing behind '%.*s, %.*s'",
		     STR(named->path->name), STR(word));
		return false;
	}
	value_write(reader->writing, reader->passage, name_at, named, (int)format, reader->place);
	return true;
}

/* --- plural and select --- */

struct choice {
	const struct named *named;
	size_t at; /* of its `{` */
	bool plural;
	int64_t offset;
	bool other;
	unsigned forms; /* bits of enum plural that it has */
	int64_t exacts[EXACTS_MAX];
	size_t exact_count;
	struct str *words;
	size_t word_count;
	struct place place; /* at the start of each branch */
};

static bool is_exact(const struct choice *choice, int64_t number)
{
	for (size_t i = 0; i < choice->exact_count; i++)
		if (choice->exacts[i] == number)
			return true;
	return false;
}

static bool has_word(const struct choice *choice, struct str word)
{
	for (size_t i = 0; i < choice->word_count; i++)
		if (str_equal(choice->words[i], word))
			return true;
	return false;
}

/* "one, few, many, other" */
static struct str list_forms(struct compiler *compiler, unsigned forms)
{
	struct str list = S("");
	for (unsigned p = PLURAL_ZERO; p <= PLURAL_OTHER; p++)
		if (forms & 1u << p)
			list = str_format(compiler->arena, "%.*s%s%s", STR(list),
					  list.len ? ", " : "", plural_name((enum plural)p));
	return list;
}

/* `=2` */
static bool read_exact(struct reader *reader, struct choice *choice, struct op *branch)
{
	size_t from = reader->at++;
	bool minus = here(reader) == '-';
	reader->at += minus;
	int64_t number;
	if (!str_number(read_word(reader), &number) || choice->exact_count == EXACTS_MAX) {
		FAIL(reader, from, "behind '=' stands a whole number, as in =0 {none}");
		return false;
	}
	number = minus ? -number : number;
	if (is_exact(choice, number)) {
		FAIL(reader, from, "there are two branches for =%lld", (long long)number);
		return false;
	}
	choice->exacts[choice->exact_count++] = number;
	branch->match = MATCH_EXACT;
	branch->exact = number;
	return true;
}

static bool read_plural_word(struct reader *reader, struct choice *choice, struct op *branch,
			     size_t from, struct str word)
{
	struct compiler *compiler = reader->writing->compiler;
	const struct quoting *quoting = reader->writing->quoting;
	unsigned forms = words_plural_forms(compiler->words);
	enum plural plural;
	if (!plural_parse(word, &plural)) {
		FAIL(reader, from, "'%.*s' is no plural form; '%.*s' has %.*s", STR(word),
		     STR(words_tag(compiler->words)), STR(list_forms(compiler, forms)));
		return false;
	}
	bool foreign = quoting && quoting->foreign;
	if (!(forms & 1u << plural) && plural != PLURAL_OTHER && !foreign) {
		FAIL(reader, from, "'%.*s' has no plural form '%.*s'; it has %.*s",
		     STR(words_tag(compiler->words)), STR(word), STR(list_forms(compiler, forms)));
		return false;
	}
	if (choice->forms & 1u << plural) {
		FAIL(reader, from, "there are two branches for '%.*s'", STR(word));
		return false;
	}
	choice->forms |= 1u << plural;
	choice->other |= plural == PLURAL_OTHER;
	branch->match = plural == PLURAL_OTHER ? MATCH_OTHER : MATCH_PLURAL;
	branch->plural = plural;
	return true;
}

static bool read_select_word(struct reader *reader, struct choice *choice, struct op *branch,
			     size_t from, struct str word)
{
	bool other = str_is(word, "other");
	if (choice->named->kind == VALUE_YES_NO && !other && !str_is(word, "yes") &&
	    !str_is(word, "no")) {
		FAIL(reader, from, "'%.*s' is a yes/no: its branches are yes, no and other",
		     STR(choice->named->path->name));
		return false;
	}
	if (has_word(choice, word)) {
		FAIL(reader, from, "there are two branches for '%.*s'", STR(word));
		return false;
	}
	struct arena *arena = reader->writing->compiler->arena;
	choice->words = arena_push(arena, choice->words, &choice->word_count, sizeof *choice->words);
	choice->words[choice->word_count - 1] = word;
	choice->other |= other;
	branch->match = other ? MATCH_OTHER : MATCH_WORD;
	branch->word = str_copy(arena, word);
	return true;
}

static bool read_selector(struct reader *reader, struct choice *choice, struct op *branch)
{
	if (choice->plural && here(reader) == '=')
		return read_exact(reader, choice, branch);
	size_t from = reader->at;
	struct str word = read_word(reader);
	if (!word.len) {
		FAIL(reader, from, "a branch is missing here, as in other {text}");
		return false;
	}
	return choice->plural ? read_plural_word(reader, choice, branch, from, word) :
				read_select_word(reader, choice, branch, from, word);
}

/* `one {# day}` */
static bool read_branch(struct reader *reader, struct choice *choice)
{
	struct op branch = { .kind = OP_BRANCH };
	size_t from = reader->at;
	if (!read_selector(reader, choice, &branch))
		return false;
	skip_space(reader);
	if (here(reader) != '{') {
		FAIL(reader, reader->at, "'{' is missing behind '%.*s'",
		     STR(str_sub(reader->text, from, reader->at - from)));
		return false;
	}
	reader->at++;
	*reader->place = choice->place;
	struct mark mark = builder_open(&reader->writing->builder, branch);
	reader->branches++;
	read_message(reader, true);
	reader->branches--;
	builder_close(&reader->writing->builder, mark);
	if (here(reader) != '}') {
		FAIL(reader, choice->at, "this '{' is not closed");
		return false;
	}
	reader->at++;
	skip_space(reader);
	return true;
}

static bool read_offset(struct reader *reader, struct choice *choice)
{
	if (!choice->plural || !str_starts(str_sub(reader->text, reader->at, 7), "offset:"))
		return true;
	size_t from = reader->at;
	reader->at += 7;
	skip_space(reader);
	if (!str_number(read_word(reader), &choice->offset)) {
		FAIL(reader, from, "behind 'offset:' stands a whole number");
		return false;
	}
	skip_space(reader);
	return true;
}

/* Every number has a form, and the language's own at that. */
static void check_plural(struct reader *reader, const struct choice *choice)
{
	struct compiler *compiler = reader->writing->compiler;
	const struct quoting *quoting = reader->writing->quoting;
	if (quoting && quoting->foreign)
		return;
	unsigned missing = 0;
	for (int64_t n = 0; n + choice->offset < PLURALS_KNOWN; n++) {
		unsigned form = 1u << compiler->plurals[n];
		if (((choice->forms | missing) & form) || is_exact(choice, n + choice->offset))
			continue;
		missing |= form;
		if (compiler->plurals[n] != PLURAL_OTHER) /* told already */
			FAIL(reader, choice->at,
			     "'%.*s' needs the plural form '%s', as for %lld; add %s {...}",
			     STR(words_tag(compiler->words)),
			     plural_name((enum plural)compiler->plurals[n]),
			     (long long)(n + choice->offset),
			     plural_name((enum plural)compiler->plurals[n]));
	}
}

static void check_choice(struct reader *reader, const struct choice *choice)
{
	bool both = choice->named->kind == VALUE_YES_NO && has_word(choice, S("yes")) &&
		    has_word(choice, S("no"));
	if (!choice->other && !both)
		FAIL(reader, choice->at, "the branch 'other' is missing; add other {...}");
	if (choice->plural)
		check_plural(reader, choice);
}

static bool check_chosen(struct reader *reader, const struct choice *choice, size_t word_at)
{
	enum value_kind kind = choice->named->kind;
	if (choice->plural ? kind == VALUE_NUMBER : kind == VALUE_TEXT || kind == VALUE_YES_NO)
		return true;
	FAIL(reader, word_at, "%s, but '%.*s' is a %s",
	     choice->plural ? "plural needs a number" : "select needs a text or a yes/no",
	     STR(choice->named->path->name), value_kind_name(kind));
	return false;
}

/* `, plural, ...}`: behind the word. */
static bool read_choice(struct reader *reader, const struct named *named, size_t open_at,
			bool plural, size_t word_at)
{
	struct choice choice = { .named = named, .at = open_at, .plural = plural,
				 .place = *reader->place };
	if (!check_chosen(reader, &choice, word_at))
		return false;
	if (here(reader) != ',') {
		FAIL(reader, reader->at, "branches are missing, as in %s",
		     plural ? "{n, plural, one {# day} other {# days}}" :
			      "{who, select, seller {we} other {they}}");
		return false;
	}
	reader->at++;
	skip_space(reader);
	if (!read_offset(reader, &choice))
		return false;
	struct reader outer = *reader;
	if (plural) {
		reader->counted = named;
		reader->counted_offset = choice.offset;
	}
	struct op op = { .kind = OP_CHOICE, .value = { named->path, choice.offset } };
	struct mark mark = builder_open(&reader->writing->builder, op);
	bool good = true;
	while (good && here(reader) && here(reader) != '}')
		good = read_branch(reader, &choice);
	builder_close(&reader->writing->builder, mark);
	reader->counted = outer.counted;
	reader->counted_offset = outer.counted_offset;
	if (reader->place->escape == ESCAPE_URL)
		reader->place->escape = ESCAPE_URL_PATH;
	if (good)
		check_choice(reader, &choice);
	return good;
}

/* Between the braces; false when it was given up. */
static bool read_inside(struct reader *reader, size_t open_at)
{
	skip_space(reader);
	size_t name_at = reader->at;
	struct str name = read_word(reader);
	if (!name.len) {
		FAIL(reader, open_at, "a name is missing behind '{'; a brace itself is written '{'");
		return false;
	}
	skip_space(reader);
	if (str_starts(name, "t.") && here(reader) == '}') {
		text_write(reader->writing, reader->passage, name_at + 2, name.len - 2,
			   reader->place);
		return true;
	}
	struct named named;
	if (!name_find(reader->writing, reader->passage, name_at, name.len, &named))
		return false;
	if (here(reader) == '}') {
		value_write(reader->writing, reader->passage, name_at, &named, -1, reader->place);
		return true;
	}
	if (here(reader) != ',') {
		FAIL(reader, reader->at, "'}' or ',' is missing behind '%.*s'", STR(name));
		return false;
	}
	reader->at++;
	skip_space(reader);
	size_t word_at = reader->at;
	struct str word = read_word(reader);
	skip_space(reader);
	if (str_is(word, "plural") || str_is(word, "select"))
		return read_choice(reader, &named, open_at, str_is(word, "plural"), word_at);
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
	} else if (here(reader) == '}') {
		reader->at++;
	} else {
		FAIL(reader, reader->at, "'}' is missing here");
		reader->at = end;
	}
}

/* `#` in a plural: the number less the offset. */
static void read_number_sign(struct reader *reader)
{
	struct op op = { .kind = OP_VALUE, .escape = (uint8_t)reader->place->escape,
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
		char c = here(reader);
		if (c == '{' || c == '}' || (c == '#' && reader->counted))
			break;
		if (c == '\'' && (next(reader) == '\'' || message_begins(reader->text, reader->at) ||
				  (next(reader) == '#' && reader->branches)))
			break;
		reader->at++;
	}
	literal_write(reader->writing, str_sub(reader->text, from, reader->at - from),
		      reader->place);
}

static void read_apostrophe(struct reader *reader)
{
	if (next(reader) == '\'') {
		literal_write(reader->writing, S("'"), reader->place);
		reader->at += 2;
	} else {
		read_quoted(reader);
	}
}

/* Reads to the end, or `inside` a branch to its '}'. */
static void read_message(struct reader *reader, bool inside)
{
	if (reader->writing->nesting++ >= NESTING_MAX) {
		FAIL(reader, reader->at, "placeholders are more than %d deep inside one another",
		     NESTING_MAX);
		reader->at = reader->text.len;
	}
	while (reader->at < reader->text.len) {
		read_literal(reader);
		char c = here(reader);
		if (c == '}' && inside)
			break;
		if (c == '{') {
			read_placeholder(reader);
		} else if (c == '#') {
			read_number_sign(reader);
		} else if (c == '\'') {
			read_apostrophe(reader);
		} else if (c == '}') {
			FAIL(reader, reader->at, "there is no '{' to this '}'; a brace itself is written '}'");
			reader->at++;
		}
	}
	reader->writing->nesting--;
}

void message_write(struct writing *writing, const struct passage *passage, size_t from, size_t end,
		   struct place *place)
{
	struct reader reader = { .writing = writing, .passage = passage,
				 .text = str_sub(passage->text, 0, end), .at = from,
				 .place = place };
	read_message(&reader, false);
}
