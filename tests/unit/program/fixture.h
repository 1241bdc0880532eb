/* SPDX-License-Identifier: MIT */
/*
 * A little shop to write about: one root with a field of every kind, its values, and the few
 * steps from a text to what it writes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <stdlib.h>

#include <cmocka.h>

#include "program/program.h"

static const struct field level_fields[] = {
	{ "days", VALUE_NUMBER, NULL, "from order to door" },
	{ "share", VALUE_PERCENT, NULL, "of parcels" },
};
static const struct shape level_shape = SHAPE("level", level_fields);

static const struct field method_fields[] = {
	{ "name", VALUE_TEXT, NULL, "of the service" },
	{ "kind", VALUE_TEXT, NULL, "registered, express" },
	{ "fee", VALUE_MONEY, NULL, "shipping" },
	{ "days", VALUE_NUMBER, NULL, "at most" },
	{ "tracked", VALUE_YES_NO, NULL, "with tracking" },
	{ "levels", VALUE_LIST, &level_shape, "promises" },
};
static const struct shape method_shape = SHAPE("method", method_fields);

static const struct field product_fields[] = {
	{ "title", VALUE_TEXT, NULL, "its name" },
	{ "brand", VALUE_TEXT, NULL, "its maker" },
	{ "price", VALUE_MONEY, NULL, "with its currency" },
	{ "weight", VALUE_WEIGHT, NULL, "packed" },
	{ "since", VALUE_DATE, NULL, "first sold" },
	{ "stock", VALUE_NUMBER, NULL, "pieces" },
	{ "fragile", VALUE_YES_NO, NULL, "breaks" },
	{ "link", VALUE_TEXT, NULL, "in the shop" },
};
static const struct shape product_shape = SHAPE("product", product_fields);

static const struct field root_fields[] = {
	{ "product", VALUE_RECORD, &product_shape, "the product of the page" },
	{ "methods", VALUE_LIST, &method_shape, "ways to send it" },
	{ "share", VALUE_PERCENT, NULL, "there in time" },
	{ "who", VALUE_TEXT, NULL, "seller or buyer" },
	{ "base", VALUE_TEXT, NULL, "way to the web root" },
	{ "chart", VALUE_HTML, NULL, "a picture" },
	{ "note", VALUE_PROGRAM, NULL, "a section" },
};
static const struct shape root_shape = SHAPE("root", root_fields);

struct fixture {
	struct arena arena;
	struct diag *diag;
	const struct words *words;
	struct compiler *compiler;
	struct record *root;
	struct record *product;
	struct record *method[2];
	struct buf out;
	struct str trouble;
};

static struct amount euro(int64_t cents)
{
	return (struct amount){ cents, 2, "EUR" };
}

static struct record *fixture_method(struct fixture *f, const char *key, const char *name,
				     int64_t cents, int64_t days, bool tracked)
{
	struct record *method = record_new(&f->arena, &method_shape);
	const struct record **levels = arena_array(&f->arena, 2, sizeof *levels);
	for (int i = 0; i < 2; i++) {
		struct record *level = record_new(&f->arena, &level_shape);
		record_number(level, "days", days + i * 5);
		record_percent(level, "share", 80 + i * 15);
		levels[i] = level;
	}
	method->key = str_of(key);
	record_text(method, "name", str_of(name));
	record_text(method, "kind", tracked ? S("express") : S(""));
	record_money(method, "fee", euro(cents));
	record_number(method, "days", days);
	record_yes(method, "tracked", tracked);
	record_list(method, "levels", levels, 2);
	return method;
}

static void fixture_fill(struct fixture *f)
{
	f->product = record_new(&f->arena, &product_shape);
	record_text(f->product, "title", S("Lamp <\"A&B\">"));
	record_absent(f->product, "brand");
	record_money(f->product, "price", euro(6400));
	record_weight(f->product, "weight", 850);
	record_date(f->product, "since", 20793); /* 2026-12-06 */
	record_number(f->product, "stock", 3);
	record_yes(f->product, "fragile", true);
	record_text(f->product, "link", S("https://example.org/a b?x=1&y=%20"));
	f->method[0] = fixture_method(f, "ems", "EMS & co", 1850, 7, true);
	f->method[1] = fixture_method(f, "post", "Post", 0, 1, false);
	const struct record **methods = arena_array(&f->arena, 2, sizeof *methods);
	memcpy(methods, f->method, sizeof f->method);
	f->root = record_new(&f->arena, &root_shape);
	record_record(f->root, "product", f->product);
	record_list(f->root, "methods", methods, 2);
	record_percent(f->root, "share", 90);
	record_text(f->root, "who", S("seller"));
	record_text(f->root, "base", S("../"));
	record_html(f->root, "chart", S("<svg/>"));
}

/* The language's texts may be NULL. */
static void fixture_begin(struct fixture *f, const char *tag, const struct messages *messages)
{
	memset(f, 0, sizeof *f);
	arena_init(&f->arena);
	f->diag = diag_new(".");
	f->words = words_open(&f->arena, str_of(tag));
	assert_non_null(f->words);
	f->compiler = compiler_new(&f->arena, ".", &root_shape, f->words, messages, f->diag);
	fixture_fill(f);
	record_program(f->root, "note",
		       message_compile(f->compiler, S("a < {product.price}"),
				       (struct pos){ "note", 1, 1 }, ESCAPE_TEXT));
}

static void fixture_end(struct fixture *f)
{
	buf_release(&f->out);
	diag_free(f->diag);
	arena_release(&f->arena);
}

/* All diagnostics, one a line, as "line:column text". */
static struct str fixture_errors(struct fixture *f)
{
	struct buf all = BUF_INIT;
	struct pos pos;
	enum severity severity;
	struct str text;
	for (size_t i = 0; diag_get(f->diag, i, &pos, &severity, &text); i++)
		buf_addf(&all, "%s%u:%u %.*s", i ? "\n" : "", pos.line, pos.column, STR(text));
	struct str copy = str_copy(&f->arena, buf_str(&all));
	buf_release(&all);
	return copy;
}

static void fixture_is(struct str found, const char *expected)
{
	if (str_is(found, expected))
		return;
	print_error("expected: %s\nfound:    %.*s\n", expected, STR(found));
	fail();
}

/* Runs the program in the fixture's scope; what it wrote is lent until the next run. */
static struct str fixture_run(struct fixture *f, const struct program *program)
{
	buf_reset(&f->out);
	if (!program) {
		print_error("does not compile: %.*s\n", STR(fixture_errors(f)));
		fail();
	}
	if (!program_run(program, f->words, f->root, &f->out, &f->trouble))
		return str_format(&f->arena, "trouble: %.*s", STR(f->trouble));
	return buf_str(&f->out);
}

static inline void message_is(struct fixture *f, const char *pattern, const char *expected)
{
	struct pos pos = { "text", 1, 1 };
	fixture_is(fixture_run(f, message_compile(f->compiler, str_of(pattern), pos, ESCAPE_NONE)),
		   expected);
}

/* A fresh diag, so that only what comes next is seen. */
static inline void fixture_forget(struct fixture *f, const char *tag)
{
	fixture_end(f);
	fixture_begin(f, tag, NULL);
}

static inline void message_fails(struct fixture *f, const char *pattern, const char *expected)
{
	struct str tag = words_tag(f->words);
	char copy[32];
	snprintf(copy, sizeof copy, "%.*s", STR(tag));
	fixture_forget(f, copy);
	assert_null(message_compile(f->compiler, str_of(pattern), (struct pos){ "text", 1, 1 },
				    ESCAPE_NONE));
	fixture_is(fixture_errors(f), expected);
}

static inline const struct program *template_of(struct fixture *f, const char *source)
{
	return template_parse(f->compiler, "templates/page.html", str_of(source));
}

static inline void template_is(struct fixture *f, const char *source, const char *expected)
{
	fixture_is(fixture_run(f, template_of(f, source)), expected);
}

static inline void template_fails(struct fixture *f, const char *source, const char *expected)
{
	fixture_forget(f, "en");
	assert_null(template_of(f, source));
	fixture_is(fixture_errors(f), expected);
}
