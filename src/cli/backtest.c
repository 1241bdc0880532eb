/* SPDX-License-Identifier: MIT */
/* upfront backtest: promises made from older parcels, held against newer ones. */
#include "cli/command.h"
#include "output/backtest.h"

static enum status hold(const struct command_line *line, struct arena *arena, struct diag *diag)
{
	struct buf out = BUF_INIT;
	const struct shop *shop = shop_load(arena, line->shop, line->build.date, diag);
	const struct backtest *backtest = backtest_run(arena, shop, diag);
	show_diagnostics(diag, line->quiet);
	if (diag_errors(diag))
		return STATUS_CONTENT;
	if (line->json)
		backtest_json(backtest, shop->date, &out);
	else
		backtest_text(backtest, &out);
	enum status status = show(buf_str(&out));
	buf_release(&out);
	return status;
}

enum status run_backtest(const struct command_line *line)
{
	struct arena arena;
	struct diag *diag = diag_new(line->shop);
	arena_init(&arena);
	enum status status = hold(line, &arena, diag);
	arena_release(&arena);
	diag_free(diag);
	return status;
}
