/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_TESTS_FUZZ_NAMES_H
#define UPFRONT_TESTS_FUZZ_NAMES_H

/* names - a small scope with a value of each kind, for the targets that compile texts. */

#include "program/program.h"

static const struct field method_fields[] = {
	{ "name", VALUE_TEXT, NULL, "name" },
	{ "fee", VALUE_MONEY, NULL, "fee" },
	{ "days", VALUE_NUMBER, NULL, "days" },
	{ "tracked", VALUE_YES_NO, NULL, "tracked" },
};
static const struct shape method_shape = SHAPE("method", method_fields);

static const struct field shop_fields[] = {
	{ "name", VALUE_TEXT, NULL, "name" },
	{ "share", VALUE_PERCENT, NULL, "share" },
	{ "since", VALUE_DATE, NULL, "since" },
	{ "weight", VALUE_WEIGHT, NULL, "weight" },
};
static const struct shape shop_shape = SHAPE("shop", shop_fields);

static const struct field root_fields[] = {
	{ "shop", VALUE_RECORD, &shop_shape, "shop" },
	{ "methods", VALUE_LIST, &method_shape, "methods" },
	{ "title", VALUE_TEXT, NULL, "title" },
};
static const struct shape root_shape = SHAPE("names", root_fields);

static inline struct record *fuzz_method(struct arena *arena, const char *name, int64_t fee)
{
	struct record *method = record_new(arena, &method_shape);
	record_text(method, "name", str_of(name));
	record_money(method, "fee", (struct amount){ fee, 2, "EUR" });
	record_number(method, "days", fee % 7);
	record_yes(method, "tracked", fee % 2 == 0);
	return method;
}

/* Everything but the title, which comes later unless it is said. */
static inline struct record *fuzz_scope(struct arena *arena, bool with_title)
{
	const struct record **methods = arena_array(arena, 2, sizeof *methods);
	struct record *shop = record_new(arena, &shop_shape);
	struct record *root = record_new(arena, &root_shape);
	methods[0] = fuzz_method(arena, "post", 850);
	methods[1] = fuzz_method(arena, "<fast> & \"good\"", 3201);
	record_text(shop, "name", S("Lamps"));
	record_percent(shop, "share", 90);
	record_date(shop, "since", 20793);
	record_weight(shop, "weight", 1250);
	record_record(root, "shop", shop);
	record_list(root, "methods", methods, 2);
	if (with_title)
		record_text(root, "title", S("Lamp \"Moon\" <small>"));
	return root;
}

/*
 * Runs the program whole, and folded first: both must give the same. Folding in stages is what the
 * pages are made by, so a difference is a fault.
 */
static inline void fuzz_run(struct arena *arena, const struct program *program,
			    const struct words *words)
{
	struct buf whole = BUF_INIT, staged = BUF_INIT;
	struct str trouble;
	struct record *early = fuzz_scope(arena, false), *all = fuzz_scope(arena, true);
	bool ran = program_run(program, words, all, &whole, &trouble);
	const struct program *folded = program_fold(arena, program, words, early, NULL);
	bool ran_staged = program_run(folded, words, all, &staged, &trouble);
	if (ran != ran_staged || (ran && !str_equal(buf_str(&whole), buf_str(&staged))))
		abort();
	buf_release(&whole);
	buf_release(&staged);
}

#endif
