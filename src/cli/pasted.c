/* SPDX-License-Identifier: MIT */
/* upfront pasted: notes in the ledger which texts stand in the listings now. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/map.h"
#include "cli/listing.h"
#include "publish/pending.h"
#include "shop/date.h"
#include "table/table.h"

struct ticking {
	const struct command_line *line;
	struct board board;
	struct diag *diag;
	size_t ticked;	/* rows of the ledger that are new or others now */
	size_t already; /* that stood there already */
};

static void tick(struct ticking *ticking, const struct shelf_row *row, int32_t date)
{
	struct ledger *ledger = ticking->board.ledger;
	struct shelf_name name = shelf_row_name(ticking->board.shelf, row);
	if (!pending_is(row, ledger_find(ledger, row->key))) {
		ticking->already += row->text != 0;
		return;
	}
	ledger_tick(ledger, &name, date, row->text, row->shared, row->own);
	ticking->ticked++;
}

/* All listings of the product, or of every one where `id` is NULL. False when there is none. */
static bool tick_product(struct ticking *ticking, const char *id)
{
	const struct shelf *shelf = ticking->board.shelf;
	bool found = false;
	for (size_t i = 0; i < shelf_count(shelf); i++) {
		const struct shelf_row *row = shelf_row(shelf, i);
		struct shelf_name name = shelf_row_name(shelf, row);
		if ((id && !str_is(name.id, id)) || !listing_wanted(ticking->line, &name))
			continue;
		found = true;
		tick(ticking, row, ticking->line->build.date);
	}
	return found;
}

static enum status tick_ids(struct ticking *ticking)
{
	for (size_t i = 0; i < ticking->line->id_count; i++)
		if (!tick_product(ticking, ticking->line->ids[i])) {
			fprintf(stderr, "upfront: no listing text was built for '%s'; nothing was noted\n",
				ticking->line->ids[i]);
			return STATUS_USAGE;
		}
	return STATUS_DONE;
}

enum { PARTS = 6, COLUMN_PASTED = PARTS, COLUMN_TEXT, COLUMNS };

static const struct shelf_row *row_of_key(const struct shelf *shelf, const struct map *keys,
					  uint64_t key)
{
	struct str bytes = { (const char *)&key, sizeof key };
	uintptr_t found = (uintptr_t)map_find(keys, bytes);
	return found ? shelf_row(shelf, found - 1) : NULL;
}

/* A row of the file: which text was pasted, and when. The values are known while it is the one that stands ready. */
static void tick_row(struct ticking *ticking, const struct row *from, const int *columns,
		     const struct map *keys)
{
	struct shelf_name name;
	struct str *const parts[PARTS] = { &name.id,	   &name.marketplace, &name.site,
					   &name.language, &name.field,	      &name.listing };
	for (size_t i = 0; i < PARTS; i++)
		*parts[i] = row_cell(from, columns[i])->text;
	const struct cell *day = row_cell(from, columns[COLUMN_PASTED]);
	const struct cell *text = row_cell(from, columns[COLUMN_TEXT]);
	const struct shelf_row *row =
		row_of_key(ticking->board.shelf, keys, shelf_key(&name));
	int32_t date = ticking->line->build.date;
	uint64_t hash;
	if (day->text.len && !date_parse(day->text, &date))
		diag_error(ticking->diag, day->pos, "'%.*s' is no day; write it as 2026-11-22",
			   STR(day->text));
	else if (!ledger_read_hash(text->text, &hash))
		diag_error(ticking->diag, text->pos, "'%.*s' is no text's number; save the ticks from the desk again",
			   STR(text->text));
	else if (!row)
		diag_warning(ticking->diag, from->pos, "no build made a text for this listing: passed over");
	else if (row->text == hash)
		tick(ticking, row, date);
	else {
		/* an older text was pasted than stands ready: the listing stays pending */
		ledger_tick(ticking->board.ledger, &name, date, hash, 0, 0);
		ticking->ticked++;
	}
}

static void index_keys(const struct shelf *shelf, struct map *keys)
{
	for (size_t i = shelf_count(shelf); i > 0; i--) {
		const struct shelf_row *row = shelf_row(shelf, i - 1);
		struct str bytes = { (const char *)&row->key, sizeof row->key };
		*map_put(keys, bytes) = (void *)(uintptr_t)i;
	}
}

static enum status tick_file(struct ticking *ticking)
{
	static const char *const names[COLUMNS] = { "id",      "marketplace", "site",	"language",
						    "field",   "listing",     "pasted", "text" };
	struct arena *arena = &ticking->board.arena;
	struct table_options options = { .folder = "." };
	struct table *table = table_open(arena, ticking->line->from, &options, ticking->diag);
	struct map keys = { .arena = arena };
	int columns[COLUMNS];
	struct row row;
	if (!table_exists(table) && !diag_errors(ticking->diag)) {
		fprintf(stderr, "upfront: there is no file '%s'\n", ticking->line->from);
		table_close(table);
		return STATUS_USAGE;
	}
	index_keys(ticking->board.shelf, &keys);
	bool complete = true;
	for (int i = 0; i < COLUMNS; i++) {
		columns[i] = table_column(table, names[i]);
		if (columns[i] >= 0 || i == COLUMN_PASTED || i == 2)
			continue;
		diag_error(ticking->diag, table_header_pos(table, -1),
			   "the column '%s' is missing; this is not a file of ticks that the desk saved", names[i]);
		complete = false;
	}
	table_column(table, "values");
	while (complete && table_next(table, arena, &row))
		tick_row(ticking, &row, columns, &keys);
	table_close(table);
	return diag_errors(ticking->diag) ? STATUS_CONTENT : STATUS_DONE;
}

static enum status choose(struct ticking *ticking)
{
	if (ticking->line->from)
		return tick_file(ticking);
	if (!ticking->line->all)
		return tick_ids(ticking);
	tick_product(ticking, NULL);
	return STATUS_DONE;
}

static enum status write_ledger(struct ticking *ticking)
{
	if (!ticking->ticked || ledger_write(ticking->board.ledger, ticking->board.folder) == 0)
		return STATUS_DONE;
	if (errno == EINVAL) {
		fputs("upfront: nothing was noted: the ledger has rows that cannot be read; mend or remove them first\n",
		      stderr);
		return STATUS_CONTENT;
	}
	fprintf(stderr, "upfront: error: cannot write '%s/ledger.csv': %s\n",
		ticking->board.memory.text, strerror(errno));
	return STATUS_SYSTEM;
}

enum status run_pasted(const struct command_line *line)
{
	struct ticking ticking = { .line = line, .diag = diag_new(".") };
	int64_t holder = 0;
	enum board_state state =
		board_open_locked(&ticking.board, line->build.out, ticking.diag, &holder);
	enum status status = listing_ready(state, &ticking.board, holder);
	if (status == STATUS_DONE) {
		status = choose(&ticking);
		show_diagnostics(ticking.diag, line->quiet);
		if (status == STATUS_DONE)
			status = write_ledger(&ticking);
		if (status == STATUS_DONE && !line->quiet)
			fprintf(stderr, "upfront: %zu noted as pasted, %zu stood there already\n",
				ticking.ticked, ticking.already);
	}
	board_close(&ticking.board);
	diag_free(ticking.diag);
	return status;
}
