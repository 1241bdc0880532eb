/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a cell of the customs tables: a term, a duty, a tariff, a percentage or a variant.
 * What is refused was reported, what is taken gives a figure that is known or says that it is not.
 */
#include "fuzz.h"

#include "customs/tables.h"

static void a_term(struct scan *scan, unsigned allowed)
{
	struct exact parts[PARTS];
	struct term term;
	for (size_t i = 0; i < PARTS; i++)
		parts[i] = exact_of((int64_t)i * 1000 + 7);
	if (!term_parse(scan, allowed, &term))
		return;
	struct exact value = term_value(&term, parts);
	assert(!exact_known(value) || value.over >= 0);
	assert(!(term.parts & ~allowed) && !(term.plain & ~term.parts) && term_equal(&term, &term));
}

static void a_levy(struct scan *scan, bool duty)
{
	struct arena arena;
	struct levy levy;
	struct levy_options options = { { "EUR" }, duty };
	arena_init(&arena);
	if (levy_parse(&arena, scan, &options, &levy))
		for (size_t i = 0; i < levy.count; i++) {
			assert(exact_known(levy.parts[i].number) || levy.parts[i].unit == LEVY_TARIFF);
			assert(levy.parts[i].unit != LEVY_PER_WEIGHT || levy.parts[i].per_g > 0);
		}
	arena_release(&arena);
}

static void a_percentage(struct scan *scan)
{
	bool given;
	struct exact share;
	if (percent_parse(scan, &given, &share))
		assert(exact_known(share) && share.over >= 0);
}

static void a_variant(struct str text, struct diag *diag)
{
	struct variant variant;
	if (variant_parse(text, (struct pos){ "input", 1, 1 }, &variant, diag))
		assert(variant.condition_count <= CONDITIONS_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size)
		return 0;
	struct str text = fuzz_text(data + 1, size - 1);
	if (!str_is_utf8(text)) /* cells are: table/ saw to it */
		return 0;
	struct diag *diag = diag_new(".");
	for (const char *sign = ".,"; *sign; sign++) {
		struct scan scan = scan_of(text, (struct pos){ "input", 1, 1 }, *sign, diag);
		switch (data[0]) {
		case 't':
			a_term(&scan, TERM_TAX_ON);
			break;
		case 'd':
			a_levy(&scan, true);
			break;
		case 'r':
			a_levy(&scan, false);
			break;
		case 'p':
			a_percentage(&scan);
			break;
		default:
			a_variant(text, diag);
		}
	}
	struct pos pos;
	enum severity severity;
	struct str said;
	for (size_t i = 0; diag_get(diag, i, &pos, &severity, &said); i++)
		assert(str_is_utf8(said) && pos.column >= 1);
	diag_free(diag);
	return 0;
}
