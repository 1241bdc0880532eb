/* SPDX-License-Identifier: MIT */
/*
 * What every front end needs while it writes: where a byte stands, how a fault is told, and how
 * literal text, values and the texts of LANG.csv are put into a place.
 */
#include "program/compile.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void index_messages(struct map *keys, const struct messages *messages, bool skip_empty)
{
	for (size_t i = 0; messages && i < messages->count; i++) {
		const struct message *message = &messages->items[i];
		if (skip_empty && !message->pattern.len)
			continue;
		void **there = map_put(keys, message->key);
		if (!*there)
			*there = (void *)(uintptr_t)message;
	}
}

struct compiler *compiler_new(struct arena *arena, const char *folder, const struct shape *root,
			      const struct words *words, const struct messages *messages,
			      struct diag *diag)
{
	struct compiler *compiler = arena_new(arena, sizeof *compiler);
	compiler->arena = arena;
	compiler->folder = str_copy(arena, str_of(folder)).text;
	compiler->root = root;
	compiler->words = words;
	compiler->messages = messages;
	compiler->diag = diag;
	compiler->keys.arena = arena;
	compiler->fallback_keys.arena = arena;
	const struct messages *fallback = messages ? messages->fallback : NULL;
	/* an empty cell of a translation is one that was not made yet */
	index_messages(&compiler->keys, messages, fallback != NULL);
	index_messages(&compiler->fallback_keys, fallback, false);
	for (int n = 0; n < PLURALS_KNOWN; n++)
		compiler->plurals[n] = (uint8_t)words_plural(words, n);
	return compiler;
}

/* An XML reference at `at`: the bytes that it takes and the bytes that it stands for. */
static void measure_reference(struct str source, size_t at, size_t *used, size_t *stands)
{
	struct str rest = str_sub(source, at, 12);
	size_t len = str_index(rest, ';');
	*used = len < rest.len ? len + 1 : 1;
	*stands = 1;
	if (rest.len < 4 || rest.text[1] != '#')
		return;
	uint32_t code = 0;
	bool hex = rest.text[2] == 'x';
	for (size_t i = hex ? 3 : 2; i < len; i++) {
		char c = rest.text[i];
		uint32_t digit = c <= '9' ? (uint32_t)(c - '0') : (uint32_t)((c | 32) - 'a' + 10);
		code = code * (hex ? 16 : 10) + digit;
	}
	*stands = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

/* How many bytes of XML source stand for how many of the text at `at`. */
static void measure(struct str source, size_t at, size_t *used, size_t *stands)
{
	struct str rest = str_sub(source, at, 9);
	*used = 1;
	*stands = 1;
	if (rest.text[0] == '&') {
		measure_reference(source, at, used, stands);
	} else if (str_starts(rest, "\r\n")) {
		*used = 2;
	} else if (str_is(rest, "<![CDATA[")) {
		*used = 9;
		*stands = 0;
	} else if (str_starts(rest, "]]>")) {
		*used = 3;
		*stands = 0;
	}
}

static void advance(struct pos *pos, struct str bytes)
{
	for (size_t i = 0; i < bytes.len; i++) {
		if (bytes.text[i] == '\n') {
			pos->line++;
			pos->column = 1;
		} else if ((bytes.text[i] & 0xC0) != 0x80) {
			pos->column++;
		}
	}
}

struct pos passage_pos(const struct passage *passage, size_t index)
{
	struct pos pos = passage->pos;
	if (!pos.line || !pos.column)
		return pos;
	if (!passage->source.len) {
		advance(&pos, str_sub(passage->text, 0, index));
		return pos;
	}
	size_t used, stands;
	for (size_t at = 0, seen = 0; seen < index && at < passage->source.len; at += used) {
		measure(passage->source, at, &used, &stands);
		advance(&pos, str_sub(passage->source, at, used));
		seen += stands;
	}
	return pos;
}

void writing_begin(struct writing *writing, struct compiler *compiler)
{
	memset(writing, 0, sizeof *writing);
	writing->compiler = compiler;
	builder_init(&writing->builder);
}

const struct program *writing_end(struct writing *writing, enum escape escape)
{
	struct compiler *compiler = writing->compiler;
	const struct program *program = NULL;
	if (!writing->failed)
		program =
			builder_finish(&writing->builder, compiler->arena, compiler->root, escape);
	builder_release(&writing->builder);
	return program;
}

void fail(struct writing *writing, const struct passage *passage, size_t index, const char *format,
	  ...)
{
	char text[1024];
	va_list args;
	writing->failed = true;
	if (writing->faults++ >= FAULTS_MAX)
		return;
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	struct diag *diag = writing->compiler->diag;
	struct pos pos = passage_pos(passage, index);
	const struct quoting *quoting = writing->quoting;
	if (quoting && quoting->used.file)
		diag_error(diag, pos, "%s (text '%.*s', named at %s:%u:%u)", text,
			   STR(quoting->key), quoting->used.file, quoting->used.line,
			   quoting->used.column);
	else
		diag_error(diag, pos, "%s", text);
}

/* --- text --- */

/* Adds text in which a run of white space counts as one, across what was added before. */
static void add_collapsed(struct builder *builder, struct str text)
{
	for (size_t at = 0; at < text.len;) {
		size_t end = at;
		bool line_end = false;
		for (; end < text.len && is_space(text.text[end]); end++)
			line_end |= text.text[end] == '\n';
		if (end > at)
			builder_soft(builder, line_end ? S("\n") : S(" "));
		for (at = end; end < text.len && !is_space(text.text[end]);)
			end++;
		escape_add(&builder->text, str_sub(text, at, end - at), ESCAPE_TEXT);
		at = end;
	}
}

/* The address goes on behind literal text. */
static void move_on(struct place *place, struct str text)
{
	size_t last = text.len;
	while (last && is_space(text.text[last - 1]))
		last--;
	struct str trimmed = str_sub(text, 0, last);
	if (place->restart == RESTART_COMMA && str_index(text, ',') < text.len) {
		/* behind a comma comes another address, behind that and a space its size */
		size_t comma = text.len;
		while (text.text[comma - 1] != ',')
			comma--;
		place->escape = ESCAPE_URL;
		text = str_trim(str_sub(text, comma, text.len));
	} else if (place->restart == RESTART_URL && trimmed.len >= 4 &&
		   str_equal_fold(str_sub(trimmed, trimmed.len - 4, 4), S("url="))) {
		place->escape = ESCAPE_URL;
		return;
	}
	if (!text.len)
		return;
	if (str_index(text, '?') < text.len || str_index(text, '#') < text.len)
		place->escape = ESCAPE_URL_QUERY;
	else if (place->escape == ESCAPE_URL)
		place->escape = ESCAPE_URL_PATH;
}

void literal_write(struct writing *writing, struct str text, struct place *place)
{
	struct buf *out = &writing->builder.text;
	switch (place->escape) {
	case ESCAPE_TEXT:
		if (place->collapse)
			add_collapsed(&writing->builder, text);
		else
			escape_add(out, text, ESCAPE_TEXT);
		return;
	case ESCAPE_URL:
	case ESCAPE_URL_PATH:
	case ESCAPE_URL_QUERY: /* the author wrote an address, not data */
		escape_add(out, text, place->encode ? ESCAPE_URL : ESCAPE_ATTRIBUTE);
		move_on(place, text);
		return;
	default:
		escape_add(out, text, place->escape);
	}
}

/* --- values --- */

static int default_format(enum value_kind kind)
{
	switch (kind) {
	case VALUE_NUMBER:
		return FORMAT_NUMBER;
	case VALUE_PERCENT:
		return FORMAT_PERCENT;
	case VALUE_MONEY:
		return FORMAT_MONEY;
	case VALUE_DATE:
		return FORMAT_DATE_MEDIUM;
	case VALUE_WEIGHT:
		return FORMAT_WEIGHT;
	case VALUE_TEXT:
		return FORMAT_TEXT;
	case VALUE_HTML:
		return FORMAT_HTML;
	case VALUE_PROGRAM:
		return FORMAT_PROGRAM;
	default:
		return -1;
	}
}

static const char *way_to_write(enum value_kind kind)
{
	switch (kind) {
	case VALUE_YES_NO:
		return "ask it with u:if or {..., select, yes {...} no {...}}";
	case VALUE_LIST:
		return "go through it with u:each";
	default:
		return "name a field of it";
	}
}

void value_write(struct writing *writing, const struct passage *passage, size_t index,
		 const struct named *named, int format, struct place *place)
{
	struct str name = named->path->name;
	if (format < 0)
		format = default_format(named->kind);
	if (format < 0) {
		fail(writing, passage, index, "'%.*s' is a %s and cannot be written: %s", STR(name),
		     value_kind_name(named->kind), way_to_write(named->kind));
		return;
	}
	bool markup = format == FORMAT_HTML || format == FORMAT_PROGRAM;
	if (markup && (place->escape != ESCAPE_TEXT || place->plain)) {
		fail(writing, passage, index, "'%.*s' holds markup and can only stand between tags",
		     STR(name));
		return;
	}
	struct op op = { .kind = OP_VALUE,
			 .escape = (uint8_t)place->escape,
			 .format = (uint8_t)format,
			 .value = { named->path, 0 } };
	builder_add(&writing->builder, op);
	if (place->escape == ESCAPE_URL)
		place->escape = ESCAPE_URL_PATH;
}

/* --- the texts of LANG.csv --- */

/* "content/text/de.csv": the file in which the texts of the language are kept. */
static const char *text_file(const struct compiler *compiler)
{
	const struct messages *messages = compiler->messages;
	if (messages && messages->count && messages->items[0].pos.file)
		return messages->items[0].pos.file;
	return str_format(compiler->arena, "content/text/%.*s.csv", STR(words_tag(compiler->words)))
		.text;
}

static void fail_no_text(struct writing *writing, const struct passage *passage, size_t index,
			 struct str key)
{
	struct compiler *compiler = writing->compiler;
	struct str *keys = NULL;
	size_t count = 0;
	for (const struct messages *m = compiler->messages; m; m = m->fallback)
		for (size_t i = 0; i < m->count; i++) {
			keys = arena_push(compiler->arena, keys, &count, sizeof *keys);
			keys[count - 1] = m->items[i].key;
		}
	struct str near = str_nearest(key, keys, count);
	if (near.len)
		fail(writing, passage, index, "there is no text '%.*s' in %s; did you mean '%.*s'?",
		     STR(key), text_file(compiler), STR(near));
	else
		fail(writing, passage, index, "there is no text '%.*s' in %s; add a row for it",
		     STR(key), text_file(compiler));
}

/* The text of the language itself or else of the default language. */
static const struct message *find_text(struct writing *writing, const struct passage *passage,
				       size_t index, struct str key, bool *foreign)
{
	struct compiler *compiler = writing->compiler;
	const struct message *message = map_find(&compiler->keys, key);
	*foreign = false;
	if (message)
		return message;
	message = map_find(&compiler->fallback_keys, key);
	if (!message) {
		fail_no_text(writing, passage, index, key);
		return NULL;
	}
	*foreign = true;
	return message;
}

static bool is_quoted_already(struct writing *writing, const struct passage *passage, size_t index,
			      struct str key)
{
	unsigned depth = 0;
	for (const struct quoting *q = writing->quoting; q; q = q->outer, depth++)
		if (str_equal(q->key, key)) {
			fail(writing, passage, index, "the text '%.*s' holds itself", STR(key));
			return true;
		}
	if (depth < NESTING_MAX)
		return false;
	fail(writing, passage, index, "texts are more than %d deep inside one another",
	     NESTING_MAX);
	return true;
}

/* May a tag stand here that says in which language the text is, and is it not said already? */
static bool is_markable(const struct writing *writing, const struct place *place)
{
	return place->escape == ESCAPE_TEXT && !place->plain &&
	       !(writing->quoting && writing->quoting->foreign) &&
	       writing->compiler->messages->fallback->tag.len;
}

static void mark_open(struct writing *writing)
{
	const struct messages *fallback = writing->compiler->messages->fallback;
	buf_addf(&writing->builder.text, "<span lang=\"%.*s\" dir=\"%s\">", STR(fallback->tag),
		 fallback->right_to_left ? "rtl" : "ltr");
}

void text_write(struct writing *writing, const struct passage *passage, size_t from, size_t len,
		struct place *place)
{
	struct str key = str_sub(passage->text, from, len);
	struct quoting quoting = { .used = passage_pos(passage, from), .outer = writing->quoting };
	if (is_quoted_already(writing, passage, from, key))
		return;
	const struct message *message = find_text(writing, passage, from, key, &quoting.foreign);
	if (!message)
		return;
	quoting.key = message->key;
	bool mark = quoting.foreign && is_markable(writing, place);
	if (mark)
		mark_open(writing);
	writing->quoting = &quoting;
	struct passage text = { .text = message->pattern, .pos = message->pos };
	message_write(writing, &text, 0, text.text.len, place);
	writing->quoting = quoting.outer;
	if (mark)
		buf_add(&writing->builder.text, S("</span>"));
}

const struct program *message_find(struct compiler *compiler, struct str key, struct pos pos,
				   enum escape escape)
{
	struct writing writing;
	struct place place = { .escape = escape };
	struct passage passage = { .text = key, .pos = pos };
	writing_begin(&writing, compiler);
	text_write(&writing, &passage, 0, key.len, &place);
	return writing_end(&writing, escape);
}

const struct program *message_compile(struct compiler *compiler, struct str pattern, struct pos pos,
				      enum escape escape)
{
	struct writing writing;
	struct place place = { .escape = escape };
	struct passage passage = { .text = pattern, .pos = pos };
	writing_begin(&writing, compiler);
	message_write(&writing, &passage, 0, pattern.len, &place);
	return writing_end(&writing, escape);
}
