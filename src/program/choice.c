/* SPDX-License-Identifier: MIT */
/*
 * Plural and select in, an OP_CHOICE with its branches out. A choice must be complete before any
 * page is made: an `other`, no form that the language does not have, and one for every number.
 */
#include "program/message.h"

enum { EXACTS_MAX = 64 };

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
	bool minus = reader_here(reader) == '-';
	reader->at += minus;
	int64_t number;
	if (!str_number(reader_word(reader), &number) || choice->exact_count == EXACTS_MAX) {
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
	choice->words =
		arena_push(arena, choice->words, &choice->word_count, sizeof *choice->words);
	choice->words[choice->word_count - 1] = word;
	choice->other |= other;
	branch->match = other ? MATCH_OTHER : MATCH_WORD;
	branch->word = str_copy(arena, word);
	return true;
}

static bool read_selector(struct reader *reader, struct choice *choice, struct op *branch)
{
	if (choice->plural && reader_here(reader) == '=')
		return read_exact(reader, choice, branch);
	size_t from = reader->at;
	struct str word = reader_word(reader);
	if (!word.len) {
		FAIL(reader, from, "a branch is missing here, as in other {text}");
		return false;
	}
	return choice->plural ? read_plural_word(reader, choice, branch, from, word)
			      : read_select_word(reader, choice, branch, from, word);
}

/* `one {# day}` */
static bool read_branch(struct reader *reader, struct choice *choice)
{
	struct op branch = { .kind = OP_BRANCH };
	size_t from = reader->at;
	if (!read_selector(reader, choice, &branch))
		return false;
	reader_skip_space(reader);
	if (reader_here(reader) != '{') {
		FAIL(reader, reader->at, "'{' is missing behind '%.*s'",
		     STR(str_sub(reader->text, from, reader->at - from)));
		return false;
	}
	reader->at++;
	*reader->place = choice->place;
	struct mark mark = builder_open(&reader->writing->builder, branch);
	reader->branches++;
	reader_message(reader, true);
	reader->branches--;
	builder_close(&reader->writing->builder, mark);
	if (reader_here(reader) != '}') {
		FAIL(reader, choice->at, "this '{' is not closed");
		return false;
	}
	reader->at++;
	reader_skip_space(reader);
	return true;
}

static bool read_offset(struct reader *reader, struct choice *choice)
{
	if (!choice->plural || !str_starts(str_sub(reader->text, reader->at, 7), "offset:"))
		return true;
	size_t from = reader->at;
	reader->at += 7;
	reader_skip_space(reader);
	if (!str_number(reader_word(reader), &choice->offset)) {
		FAIL(reader, from, "behind 'offset:' stands a whole number");
		return false;
	}
	reader_skip_space(reader);
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

bool reader_choice(struct reader *reader, const struct named *named, size_t open_at, bool plural,
		   size_t word_at)
{
	struct choice choice = {
		.named = named, .at = open_at, .plural = plural, .place = *reader->place
	};
	if (!check_chosen(reader, &choice, word_at))
		return false;
	if (reader_here(reader) != ',') {
		FAIL(reader, reader->at, "branches are missing, as in %s",
		     plural ? "{n, plural, one {# day} other {# days}}"
			    : "{who, select, seller {we} other {they}}");
		return false;
	}
	reader->at++;
	reader_skip_space(reader);
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
	while (good && reader_here(reader) && reader_here(reader) != '}')
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
