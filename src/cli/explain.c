/* SPDX-License-Identifier: MIT */
/* upfront explain ID CC: one product, one country, every number with its place. */
#include <stdio.h>

#include "cli/command.h"
#include "output/explain.h"

static enum status usage(const char *text, const char *subject)
{
	fprintf(stderr, "upfront: %s '%s'\n", text, subject);
	return STATUS_USAGE;
}

static enum status answer(const struct command_line *line, const struct workings *workings,
			  const struct explain_request *request)
{
	struct buf out = BUF_INIT;
	if (line->json)
		explain_json(workings, request, &out);
	else
		explain_text(workings, request, &out);
	enum status status = show(buf_str(&out));
	buf_release(&out);
	return status;
}

static enum status explain(const struct command_line *line, struct arena *arena, struct diag *diag)
{
	struct explain_request request = { .service = str_of(line->service), .quantity = line->quantity };
	struct product product;
	if (!place_parse(str_of(line->words[1]), &request.to))
		return usage("ISO 3166 has no country", line->words[1]);
	struct shop *shop = shop_load(arena, line->shop, line->build.date, diag);
	struct workings workings;
	workings_init(&workings, arena, shop, diag);
	struct catalog *catalog = catalog_open(arena, shop, diag);
	enum status status = STATUS_CONTENT;
	bool found = catalog_find(catalog, arena, str_of(line->words[0]), &product);
	if (diag_errors(diag)) {
		show_diagnostics(diag, true);
	} else if (!found) {
		status = usage("products.csv has no id", line->words[0]);
	} else if (request.service.len && !shop_service(shop, request.service)) {
		status = usage("carriers.csv has no service", line->service);
	} else {
		request.product = &product;
		status = answer(line, &workings, &request);
	}
	catalog_close(catalog);
	workings_release(&workings);
	return status;
}

enum status run_explain(const struct command_line *line)
{
	struct arena arena;
	struct diag *diag = diag_new(line->shop);
	arena_init(&arena);
	enum status status = explain(line, &arena, diag);
	arena_release(&arena);
	diag_free(diag);
	return status;
}
