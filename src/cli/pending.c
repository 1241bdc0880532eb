/* SPDX-License-Identifier: MIT */
/* upfront pending: the listings to paste again, the worst first, and why. */
#include "publish/pending.h"

#include <stdio.h>

#include "cli/listing.h"
#include "publish/difference.h"

/* Differences are worked out for so many: nobody reads on before these are pasted. */
enum { DIFFERENCES_MAX = 100, VALUES_SHOWN = 4 };

/* "- 'text'", "it is withheld now: ..." */
static struct str reason_of(struct arena *arena, const struct board *board,
			    const struct pending *item)
{
	const struct value_change *worst = pending_worst(item);
	if (!item->row->text)
		return str_format(arena, "take the text out: %.*s",
				  STR(shelf_words(board->shelf, item->row->withheld)));
	if (!worst)
		return str_of(harm_text(item->harm));
	return str_format(arena, "%s: %.*s%s%.*s%s", harm_text(item->harm), STR(worst->name),
			  worst->place.len ? " (" : "", STR(worst->place),
			  worst->place.len ? ")" : "");
}

static void show_value(struct buf *out, const struct value_change *change)
{
	buf_add(out, S("    "));
	buf_add(out, change->name);
	buf_add(out, change->before.len ? S(": ") : S(": now "));
	buf_add(out, change->before.len ? change->before : change->now);
	if (change->before.len) {
		buf_add(out, change->now.len ? S(", now ") : S(", now gone"));
		buf_add(out, change->now);
	}
	if (change->place.len) {
		buf_add(out, S(" ("));
		buf_add(out, change->place);
		buf_byte(out, ')');
	}
	buf_byte(out, '\n');
}

static void show_values(struct buf *out, const struct pending *item)
{
	const struct value_changes *sets[] = { item->own, item->shared };
	size_t shown = 0, all = item->own->count + item->shared->count;
	/* the own ones first, unless the shared ones are worse */
	if (item->shared->harm < item->own->harm) {
		sets[0] = item->shared;
		sets[1] = item->own;
	}
	for (size_t s = 0; s < 2; s++)
		for (size_t i = 0; i < sets[s]->count && shown < VALUES_SHOWN; i++, shown++)
			show_value(out, &sets[s]->items[i]);
	if (all > shown)
		buf_addf(out, "    and %zu more\n", all - shown);
}

/* The word-level difference between what was pasted and what stands ready; nothing when the archive lacks one. */
static void add_difference(struct buf *out, const struct board *board, const struct pending *item)
{
	struct buf before = BUF_INIT, now = BUF_INIT;
	struct stretch *stretches;
	struct arena arena;
	arena_init(&arena);
	if (item->pasted && item->row->text &&
	    archive_text(board->archive, item->pasted->text, &before) == 0 &&
	    archive_text(board->archive, item->row->text, &now) == 0) {
		size_t count = difference_find(&arena, buf_str(&before), buf_str(&now), &stretches);
		difference_show(out, stretches, count);
	}
	arena_release(&arena);
	buf_release(&before);
	buf_release(&now);
}

static void show_item(struct buf *out, const struct board *board, const struct pending *item,
		      bool difference)
{
	struct shelf_name name = shelf_row_name(board->shelf, item->row);
	listing_describe(out, &name);
	if (!item->row->text)
		buf_addf(out, ": take the text out: %.*s\n",
			 STR(shelf_words(board->shelf, item->row->withheld)));
	else
		buf_addf(out, ": %s\n", harm_text(item->harm));
	if (item->harm == HARM_NEVER)
		return;
	show_values(out, item);
	if (!difference)
		return;
	buf_add(out, S("    "));
	size_t before = out->len;
	add_difference(out, board, item);
	if (out->len == before)
		out->len -= 4;
	else
		buf_byte(out, '\n');
}

static void show_list(struct buf *out, const struct board *board, const struct pending_list *list)
{
	size_t harms[HARM_NEVER + 1] = { 0 };
	for (size_t i = 0; i < list->count; i++) {
		harms[list->items[i].harm]++;
		show_item(out, board, &list->items[i], i < DIFFERENCES_MAX);
	}
	if (!list->count) {
		buf_addf(out, "nothing to paste: %zu texts stand as they should\n", list->up_to_date);
		return;
	}
	buf_addf(out, "%zu to paste: %zu promise too much, %zu on charges, %zu otherwise changed, %zu never pasted; "
		      "%zu stand as they should\n",
		 list->count, harms[HARM_PROMISE], harms[HARM_CHARGE], harms[HARM_OTHER],
		 harms[HARM_NEVER], list->up_to_date);
}

static void member(struct buf *out, const char *name, struct str value)
{
	buf_addf(out, ",\"%s\":", name);
	json_text(out, value);
}

static void json_values(struct buf *out, const struct pending *item)
{
	const struct value_changes *const sets[] = { item->own, item->shared };
	bool first = true;
	buf_add(out, S(",\"values\":["));
	for (size_t s = 0; s < 2; s++)
		for (size_t i = 0; i < sets[s]->count; i++) {
			const struct value_change *change = &sets[s]->items[i];
			buf_add(out, first ? S("{\"name\":") : S(",{\"name\":"));
			json_text(out, change->name);
			member(out, "old", change->before);
			member(out, "new", change->now);
			member(out, "place", change->place);
			buf_byte(out, '}');
			first = false;
		}
	buf_byte(out, ']');
}

static void json_item(struct buf *out, const struct board *board, const struct pending *item,
		      bool difference)
{
	struct arena arena;
	struct shelf_name name = shelf_row_name(board->shelf, item->row);
	const struct value_change *worst = pending_worst(item);
	struct buf words = BUF_INIT;
	arena_init(&arena);
	buf_add(out, S("{\"id\":"));
	json_text(out, name.id);
	member(out, "marketplace", name.marketplace);
	member(out, "language", name.language);
	member(out, "listing", name.listing);
	member(out, "field", name.field);
	member(out, "reason", reason_of(&arena, board, item));
	member(out, "old", worst ? worst->before : S(""));
	member(out, "new", worst ? worst->now : S(""));
	member(out, "harm", str_of(harm_name(item->harm)));
	member(out, "site", name.site);
	member(out, "path", shelf_words(board->shelf, item->row->path));
	json_values(out, item);
	if (difference)
		add_difference(&words, board, item);
	member(out, "difference", buf_str(&words));
	buf_byte(out, '}');
	buf_release(&words);
	arena_release(&arena);
}

static void json_list(struct buf *out, const struct board *board, const struct pending_list *list)
{
	buf_add(out, S("{\"pending\":["));
	for (size_t i = 0; i < list->count; i++) {
		if (i)
			buf_byte(out, ',');
		json_item(out, board, &list->items[i], i < DIFFERENCES_MAX);
	}
	buf_add(out, S("]}\n"));
}

enum status run_pending(const struct command_line *line)
{
	struct board board;
	struct buf out = BUF_INIT;
	struct diag *diag = diag_new(line->shop);
	enum status status = listing_ready(board_open(&board, line->build.out, diag), &board, 0);
	if (status == STATUS_DONE) {
		struct pending_list *list =
			pending_find(board.shelf, board.ledger, board.archive);
		show_diagnostics(diag, false);
		if (line->json)
			json_list(&out, &board, list);
		else
			show_list(&out, &board, list);
		status = show(buf_str(&out));
		pending_free(list);
	}
	buf_release(&out);
	board_close(&board);
	diag_free(diag);
	return status;
}
