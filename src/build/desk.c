/* SPDX-License-Identifier: MIT */
/*
 * In: shelf, ledger and archive, as this build leaves them. Out: out/desk. Pending listings come first, then those
 * that stand as they should, then those for which there is no text.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "build/work.h"
#include "output/desk.h"
#include "publish/difference.h"
#include "publish/pending.h"

#define PART_MAX ((size_t)1024 * 1024)

/* Values listed of each item: whoever needs more looks at report/changes.csv. */
enum { VALUES_MAX = 12 };

struct desk {
	struct work *work;
	struct pasted_board board;
	struct arena arena;   /* of the list */
	struct arena scratch; /* of a chunk */
	struct desk_item *items;
	const struct pending **pending; /* of each item; NULL: it is not */
	const struct shelf_row **rows;
	size_t count;
};

static struct str hash_text(struct arena *arena, uint64_t hash)
{
	return hash ? str_format(arena, "x%016llx", (unsigned long long)hash) : S("0");
}

static struct str reason_of(struct desk *desk, const struct pending *pending)
{
	const struct value_change *worst = pending_worst(pending);
	if (!pending->row->text)
		return S("The text has to be taken out of the listing");
	if (!worst)
		return S("");
	return str_format(&desk->arena, "%.*s: %.*s, now %.*s", STR(worst->name),
			  STR(worst->before.len ? worst->before : S("nothing")),
			  STR(worst->now.len ? worst->now : S("nothing")));
}

static void add_item(struct desk *desk, const struct shelf_row *row, const struct pending *pending)
{
	const struct shelf *shelf = desk->board.shelf;
	const struct ledger_row *pasted = ledger_find(desk->board.ledger, row->key);
	struct shelf_name name = shelf_row_name(shelf, row);
	if (desk->count == DESK_MAX)
		return;
	desk->rows[desk->count] = row;
	desk->pending[desk->count] = pending;
	desk->items[desk->count++] = (struct desk_item){
		.id = name.id,
		.title = shelf_words(shelf, row->title),
		.marketplace = name.marketplace,
		.site = name.site,
		.language = name.language,
		.field = name.field,
		.listing = name.listing,
		.path = shelf_words(shelf, row->path),
		.text = hash_text(&desk->arena, row->text),
		.state = pending ? harm_name(pending->harm) : row->text ? "done" : "withheld",
		.reason = pending ? reason_of(desk, pending) : S(""),
		.pasted = pasted ? pasted->pasted : DATE_NONE,
		.count = row->count,
		.limit = row->limit,
		.unit = shelf_words(shelf, row->unit),
		.left_out = shelf_words(shelf, row->left_out),
		.withheld = shelf_words(shelf, row->withheld),
		.instead = shelf_words(shelf, row->instead),
	};
}

static void choose(struct desk *desk, const struct pending_list *list)
{
	const struct shelf *shelf = desk->board.shelf;
	size_t count = shelf_count(shelf);
	desk->items = arena_array(&desk->arena, DESK_MAX, sizeof *desk->items);
	desk->pending = arena_array(&desk->arena, DESK_MAX, sizeof(struct pending *));
	desk->rows = arena_array(&desk->arena, DESK_MAX, sizeof(struct shelf_row *));
	for (size_t i = 0; i < list->count && desk->count < DESK_MAX; i++)
		add_item(desk, list->items[i].row, &list->items[i]);
	for (int shown = 1; shown >= 0; shown--)
		for (size_t i = 0; i < count && desk->count < DESK_MAX; i++) {
			const struct shelf_row *row = shelf_row(shelf, i);
			if ((row->text != 0) == (shown != 0) &&
			    !pending_is(row, ledger_find(desk->board.ledger, row->key)))
				add_item(desk, row, NULL);
		}
}

static struct str recall(struct desk *desk, uint64_t hash)
{
	struct buf bytes = BUF_INIT;
	struct str text = S("");
	if (hash && archive_text(desk->board.archive, hash, &bytes) == 0)
		text = str_copy(&desk->scratch, buf_str(&bytes));
	buf_release(&bytes);
	return text;
}

static void fill_values(struct desk *desk, struct desk_item *item, const struct pending *pending)
{
	const struct value_changes *const sets[] = { pending->own, pending->shared };
	struct desk_value *values = arena_array(&desk->scratch, VALUES_MAX, sizeof *values);
	for (int worst = HARM_PROMISE; worst <= HARM_OTHER; worst++)
		for (size_t s = 0; s < 2; s++)
			for (size_t i = 0; i < sets[s]->count && item->value_count < VALUES_MAX; i++) {
				const struct value_change *change = &sets[s]->items[i];
				if (change->harm == (enum harm)worst)
					values[item->value_count++] = (struct desk_value){
						change->name, change->before, change->now,
						change->place
					};
			}
	item->values = values;
}

static void fill_difference(struct desk *desk, struct desk_item *item, struct str before)
{
	struct stretch *found;
	size_t count = difference_find(&desk->scratch, before, item->bytes, &found);
	struct desk_stretch *stretches =
		arena_array(&desk->scratch, count, sizeof *stretches);
	for (size_t i = 0; i < count; i++)
		stretches[i] = (struct desk_stretch){ "=-+"[found[i].kind], found[i].text };
	item->stretches = stretches;
	item->stretch_count = count;
}

static void fill_item(struct desk *desk, size_t index)
{
	struct desk_item *item = &desk->items[index];
	const struct pending *pending = desk->pending[index];
	item->bytes = recall(desk, desk->rows[index]->text);
	if (!pending || !pending->pasted)
		return;
	fill_values(desk, item, pending);
	struct str before = recall(desk, pending->pasted->text);
	if (before.len)
		fill_difference(desk, item, before);
}

static void put(struct desk *desk, const char *folder, struct str name, struct str bytes)
{
	struct work *work = desk->work;
	struct str path = str_format(&work->arena, "%s/%.*s", folder, STR(name));
	enum change change = publisher_put(work->publisher, folder, name, bytes);
	if (str_is(name, "index.html"))
		changes_add_file(&work->changes,
				 (struct file_change){ .path = path,
						       .change = change,
						       .reason = "the shop's tables, texts or templates" });
}

static void put_chunks(struct desk *desk)
{
	struct buf out = BUF_INIT;
	for (size_t first = 0; first < desk->count; first += DESK_CHUNK) {
		size_t count = desk->count - first < DESK_CHUNK ? desk->count - first : DESK_CHUNK;
		for (size_t i = first; i < first + count; i++)
			fill_item(desk, i);
		buf_reset(&out);
		desk_chunk(&out, first / DESK_CHUNK, desk->items + first, count);
		char name[24];
		snprintf(name, sizeof name, "%zu.js", first / DESK_CHUNK);
		put(desk, "desk/data", str_of(name), buf_str(&out));
		arena_reset(&desk->scratch);
	}
	buf_release(&out);
}

static void put_list(struct desk *desk)
{
	const struct shop_settings *settings = &desk->work->shop->settings;
	struct buf out = BUF_INIT;
	struct desk_about about = { .shop = settings->name,
				    .url = settings->url,
				    .date = desk->work->options->date,
				    .all = shelf_count(desk->board.shelf) };
	desk_list(&out, &about, desk->items, desk->count);
	put(desk, "desk/data", S("list.js"), buf_str(&out));
	buf_release(&out);
}

static bool read_part(struct work *work, const char *name, struct buf *bytes)
{
	struct str path = str_format(&work->arena, "%s/templates/%s", work->options->folder, name);
	return file_read(path.text, PART_MAX, bytes) == 0;
}

/* The page itself; without a template there is no desk. */
static bool put_page(struct desk *desk)
{
	struct work *work = desk->work;
	struct buf html = BUF_INIT, css = BUF_INIT, script = BUF_INIT, out = BUF_INIT;
	bool made = read_part(work, "desk.html", &html) && read_part(work, "desk.css", &css) &&
		    read_part(work, "desk.js", &script) &&
		    desk_page(&out, buf_str(&html), buf_str(&css), buf_str(&script));
	if (made)
		put(desk, "desk", S("index.html"), buf_str(&out));
	buf_release(&html);
	buf_release(&css);
	buf_release(&script);
	buf_release(&out);
	return made;
}

void desk_publish(struct work *work)
{
	struct desk desk = { .work = work };
	if (!pasting_board(work->pasting, &desk.board) || !put_page(&desk))
		return;
	arena_init(&desk.arena);
	arena_init(&desk.scratch);
	struct pending_list *list =
		pending_find(desk.board.shelf, desk.board.ledger, desk.board.archive);
	choose(&desk, list);
	put_list(&desk);
	put_chunks(&desk);
	pending_free(list);
	arena_release(&desk.arena);
	arena_release(&desk.scratch);
}
