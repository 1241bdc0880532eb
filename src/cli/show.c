/* SPDX-License-Identifier: MIT */
/* upfront show ID MARKET: the very bytes that were built for a listing on a day. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli/listing.h"
#include "shop/date.h"

/* A place of the archive that was asked for, and what stood there. */
struct match {
	struct str name; /* a line, see shelf_name_parse */
	uint64_t text;
	int32_t built;
};

struct looking {
	const struct command_line *line;
	struct board board;
	struct match *matches;
	size_t count;
	size_t named; /* places of that product there, on whatever day */
	bool failed;
};

static void look(void *context, struct str line)
{
	struct looking *looking = context;
	struct arena *arena = &looking->board.arena;
	struct shelf_name name;
	struct match match = { .name = line };
	if (looking->failed || !shelf_name_parse(line, &name) ||
	    !str_is(name.id, looking->line->words[0]) || !listing_wanted(looking->line, &name))
		return;
	looking->named++;
	int found = archive_on(looking->board.archive, shelf_key(&name), looking->line->on,
			       &match.text, &match.built);
	looking->failed = found < 0 && errno != ENOENT;
	if (found <= 0)
		return;
	for (size_t i = 0; i < looking->count; i++)
		if (str_equal(looking->matches[i].name, line)) /* named again after a lost shelf */
			return;
	match.name = str_copy(arena, line);
	looking->matches = arena_push(arena, looking->matches, &looking->count, sizeof match);
	looking->matches[looking->count - 1] = match;
}

static enum status show_one(struct looking *looking, const struct match *match)
{
	struct buf bytes = BUF_INIT;
	enum status status = STATUS_SYSTEM;
	if (archive_text(looking->board.archive, match->text, &bytes) == 0)
		status = show(buf_str(&bytes));
	else
		looking->failed = true;
	buf_release(&bytes);
	return status;
}

static enum status none(const struct looking *looking)
{
	struct buf day = BUF_INIT;
	date_add(&day, looking->line->on);
	if (looking->named)
		fprintf(stderr, "upfront: nothing stood ready for '%s' on '%s' on %.*s\n",
			looking->line->words[0], looking->line->words[1], STR(buf_str(&day)));
	else
		fprintf(stderr, "upfront: no text was ever built for '%s' on '%s' that fits\n",
			looking->line->words[0], looking->line->words[1]);
	buf_release(&day);
	return STATUS_USAGE;
}

static enum status several(const struct looking *looking)
{
	struct buf out = BUF_INIT;
	buf_add(&out, S("upfront: there are several; --language, --field and --listing choose one:\n"));
	for (size_t i = 0; i < looking->count; i++) {
		struct shelf_name name;
		shelf_name_parse(looking->matches[i].name, &name);
		buf_addf(&out, "  --language %.*s --field %.*s%s%.*s\n", STR(name.language),
			 STR(name.field), name.listing.len ? " --listing " : "", STR(name.listing));
	}
	fprintf(stderr, "%.*s", STR(buf_str(&out)));
	buf_release(&out);
	return STATUS_USAGE;
}

enum status run_show(const struct command_line *given)
{
	struct command_line line = *given;
	struct looking looking = { .line = &line };
	struct diag *diag = diag_new(line.shop);
	line.market = line.words[1];
	line.on = line.on_given ? line.on : line.build.date;
	/* a damaged shelf or ledger hides nothing of the past */
	enum board_state state = board_open(&looking.board, line.build.out, diag);
	enum status status = listing_ready(state == BOARD_DAMAGED ? BOARD_READY : state,
					   &looking.board, 0);
	if (status == STATUS_DONE) {
		if (archive_each_name(looking.board.archive, look, &looking) < 0)
			looking.failed = true;
		status = looking.failed	      ? STATUS_SYSTEM :
			 looking.count == 0 ? none(&looking) :
			 looking.count > 1  ? several(&looking) :
					      show_one(&looking, looking.matches);
		if (looking.failed)
			fprintf(stderr, "upfront: error: cannot read '%s': %s\n",
				archive_trouble(looking.board.archive), strerror(errno));
	}
	board_close(&looking.board);
	diag_free(diag);
	return status;
}
