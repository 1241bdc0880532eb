/* SPDX-License-Identifier: MIT */
/* A small scope for the fuzz targets of program/, and what must hold of whatever compiles in it. */
#include <stdio.h>
#include <stdlib.h>

#include "program/program.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct field method_fields[] = {
	{ "name", VALUE_TEXT, NULL, "" },
	{ "fee", VALUE_MONEY, NULL, "" },
	{ "days", VALUE_NUMBER, NULL, "" },
	{ "tracked", VALUE_YES_NO, NULL, "" },
};
static const struct shape method_shape = SHAPE("method", method_fields);

static const struct field root_fields[] = {
	{ "a", VALUE_TEXT, NULL, "" },    { "n", VALUE_NUMBER, NULL, "" },
	{ "p", VALUE_PERCENT, NULL, "" }, { "y", VALUE_YES_NO, NULL, "" },
	{ "d", VALUE_DATE, NULL, "" },    { "w", VALUE_WEIGHT, NULL, "" },
	{ "m", VALUE_MONEY, NULL, "" },   { "h", VALUE_HTML, NULL, "" },
	{ "x", VALUE_ABSENT, NULL, "" },  { "l", VALUE_LIST, &method_shape, "" },
	{ "q", VALUE_PROGRAM, NULL, "" },
};
static const struct shape root_shape = SHAPE("root", root_fields);

struct scope {
	struct arena arena;
	struct diag *diag;
	const struct words *words;
	struct compiler *compiler;
	struct record *root;
};

/* Words are costly to open and never change: one for all inputs. */
static const struct words *english(void)
{
	static struct arena arena;
	static const struct words *words;
	if (!words)
		words = words_open(&arena, S("en"));
	return words;
}

static struct record *scope_method(struct scope *scope, const char *key, int64_t days)
{
	struct record *method = record_new(&scope->arena, &method_shape);
	method->key = str_of(key);
	record_text(method, "name", S("E & <MS>"));
	record_money(method, "fee", (struct amount){ 1850, 2, "EUR" });
	record_number(method, "days", days);
	record_yes(method, "tracked", days > 1);
	return method;
}

static inline void scope_begin(struct scope *scope)
{
	static const struct message texts[] = {
		{ { "hello", 5 }, { "hello {a}", 9 }, { "en.csv", 2, 7 } },
		{ { "self", 4 }, { "{t.self}", 8 }, { "en.csv", 3, 7 } },
	};
	static const struct messages messages = { .items = texts, .count = 2 };
	arena_init(&scope->arena);
	scope->diag = diag_new("/nonexistent");
	scope->words = english();
	scope->compiler = compiler_new(&scope->arena, "/nonexistent", &root_shape, scope->words,
				       &messages, scope->diag);
	const struct record **methods = arena_array(&scope->arena, 2, sizeof *methods);
	methods[0] = scope_method(scope, "ems", 7);
	methods[1] = scope_method(scope, "post", 1);
	struct record *root = scope->root = record_new(&scope->arena, &root_shape);
	record_text(root, "a", S("x \"<&>\" y"));
	record_number(root, "n", 3);
	record_percent(root, "p", 90);
	record_yes(root, "y", true);
	record_date(root, "d", 20793);
	record_weight(root, "w", 850);
	record_money(root, "m", (struct amount){ 6400, 2, "EUR" });
	record_html(root, "h", S("<svg/>"));
	record_absent(root, "x");
	record_list(root, "l", methods, 2);
	record_program(root, "q",
		       message_compile(scope->compiler, S("note {m}"), (struct pos){ "q", 1, 1 },
				       ESCAPE_TEXT));
}

static inline void scope_end(struct scope *scope)
{
	diag_free(scope->diag);
	arena_release(&scope->arena);
}

/* Folding in two steps gives what running gives; printing what was found wrong works. */
static inline void scope_check(struct scope *scope, const struct program *program)
{
	struct buf at_once = BUF_INIT, in_steps = BUF_INIT;
	struct str trouble;
	if (!program == !diag_errors(scope->diag))
		abort(); /* either it compiles or it says why not */
	if (program) {
		struct record partial = *scope->root;
		partial.values =
			arena_array(&scope->arena, root_shape.count, sizeof *partial.values);
		for (size_t i = 0; i < root_shape.count; i += 2)
			partial.values[i] = scope->root->values[i];
		const struct program *folded =
			program_fold(&scope->arena, program, scope->words, &partial, NULL);
		bool good = program_run(program, scope->words, scope->root, &at_once, &trouble);
		bool also = program_run(folded, scope->words, scope->root, &in_steps, &trouble);
		if (good != also || (good && !str_equal(buf_str(&at_once), buf_str(&in_steps))))
			abort();
	}
	buf_reset(&at_once);
	diag_print(scope->diag, &at_once, 50);
	buf_release(&at_once);
	buf_release(&in_steps);
}
