/* SPDX-License-Identifier: MIT */
/*
 * In: snippets, noted while they were made. Out: shelf and archive below out/.upfront. Texts go into the
 * archive in the order of their paths, read back from where they were published: so the
 * archive needs the memory of one text, and does not depend on threads.
 */
#include "build/pasting.h"

#include <errno.h>

#include "base/hash.h"
#include "base/map.h"
#include "build/work.h"
#include "publish/archive.h"
#include "publish/ledger.h"
#include "publish/shelf.h"
#include "table/write.h"

struct pasting {
	struct work *work;
	struct buf bytes; /* of the last shelf */
	struct shelf *last; /* NULL: none */
	struct shelf *shelf;
	struct archive *archive;
	struct ledger *ledger;
	bool finished; /* archive and shelf are written */
	bool follows; /* what the archive says last is what the last shelf held */
};

struct pasting *pasting_new(struct work *work)
{
	struct pasting *pasting = arena_new(&work->arena, sizeof *pasting);
	pasting->work = work;
	publisher_recall(work->publisher, "shelf", &pasting->bytes);
	pasting->last = shelf_read(buf_str(&pasting->bytes));
	pasting->shelf = shelf_new();
	const char *memory = publisher_memory(work->publisher).text;
	pasting->archive = archive_open(memory);
	pasting->ledger = ledger_read(memory, work->diag);
	return pasting;
}

void pasting_free(struct pasting *pasting)
{
	if (!pasting)
		return;
	shelf_free(pasting->last);
	shelf_free(pasting->shelf);
	archive_free(pasting->archive);
	ledger_free(pasting->ledger);
	buf_release(&pasting->bytes);
}

/* The lanes among a set's values. */
static void recall_lanes(struct steady *steady, struct str lines, int32_t pasted)
{
	for (size_t len; lines.len; lines = str_sub(lines, len + 1, lines.len)) {
		len = str_index(lines, '\n');
		struct str line = str_sub(lines, 0, len);
		if (!str_starts(line, SNIPPET_LANE))
			continue;
		struct str name = str_sub(line, 0, str_index(line, '\t'));
		struct str value = str_sub(line, name.len + 1, line.len);
		steady_recall(steady, str_sub(name, sizeof SNIPPET_LANE - 1, name.len),
			      str_sub(value, 0, str_index(value, '\t')), pasted);
	}
}

/* When a set of values was last pasted. */
struct pasted_set {
	uint64_t set;
	int32_t pasted;
};

struct steady *pasting_steady(struct pasting *pasting)
{
	struct work *work = pasting->work;
	const struct shop_settings *settings = &work->shop->settings;
	struct steady *steady =
		steady_new(&work->arena, settings->steady_days, settings->steady_percent);
	struct map sets = { .arena = &work->arena };
	struct buf lines = BUF_INIT;
	for (size_t i = 0; i < ledger_count(pasting->ledger); i++) {
		const struct ledger_row *row = ledger_row(pasting->ledger, i);
		struct str key = { (const char *)&row->shared, sizeof row->shared };
		if (!row->shared || !row->text || ledger_find(pasting->ledger, row->key) != row)
			continue;
		struct pasted_set *known = map_find(&sets, key);
		if (!known) {
			known = arena_new(&work->arena, sizeof *known);
			*known = (struct pasted_set){ row->shared, row->pasted };
			key.text = (const char *)&known->set;
			*map_put(&sets, key) = known;
		}
		known->pasted = row->pasted > known->pasted ? row->pasted : known->pasted;
	}
	for (size_t i = 0; i < sets.room; i++) {
		const struct pasted_set *set = sets.entries[i].value;
		if (set && archive_text(pasting->archive, set->set, &lines) == 0)
			recall_lanes(steady, buf_str(&lines), set->pasted);
	}
	buf_release(&lines);
	return steady;
}

uint64_t pasting_values(struct pasting *pasting, struct snippet_values values)
{
	return shelf_set(pasting->shelf, values);
}

void pasting_note(struct pasting *pasting, const struct snippet *snippet)
{
	shelf_note(pasting->shelf, snippet);
}

bool pasting_keep(struct pasting *pasting, struct str path)
{
	return shelf_keep(pasting->shelf, pasting->last, path);
}

/* A build of some products leaves the others' snippets as they are. */
static void keep_others(struct pasting *pasting)
{
	for (size_t i = 0; i < shelf_count(pasting->last); i++) {
		struct str path = shelf_words(pasting->last, shelf_row(pasting->last, i)->path);
		if (!shelf_has(pasting->shelf, path))
			pasting_keep(pasting, path);
	}
}

/* Texts that the build could not publish, or that somebody altered meanwhile, are not taken for ours. */
static void keep_text(struct pasting *pasting, const struct shelf_row *row, struct buf *bytes)
{
	struct str path = shelf_words(pasting->shelf, row->path);
	if (archive_has(pasting->archive, row->text))
		return;
	if (publisher_read(pasting->work->publisher, path, bytes) == 0 &&
	    hash_str(buf_str(bytes), 0) == row->text)
		archive_put(pasting->archive, row->text, buf_str(bytes));
}

static void keep_set(void *context, uint64_t hash, struct str lines)
{
	struct pasting *pasting = context;
	if (!archive_has(pasting->archive, hash))
		archive_put(pasting->archive, hash, lines);
}

/* The keys of a shelf; an arena of its own would hold older tables, so it is sized once. */
struct keys {
	uint64_t *table;
	size_t room;
};

/* True when the key was there already. */
static bool keys_add(struct keys *keys, uint64_t key)
{
	size_t at = key & (keys->room - 1);
	while (keys->table[at] && keys->table[at] != key)
		at = (at + 1) & (keys->room - 1);
	bool there = keys->table[at] == key;
	keys->table[at] = key;
	return there;
}

static struct keys keys_of(struct arena *arena, size_t count)
{
	struct keys keys = { .room = 16 };
	while (keys.room < count * 2)
		keys.room *= 2;
	keys.table = arena_array(arena, keys.room, sizeof *keys.table);
	return keys;
}

static void name_place(struct pasting *pasting, const struct shelf_row *row, struct buf *line)
{
	struct shelf_name name = shelf_row_name(pasting->shelf, row);
	buf_reset(line);
	shelf_name_add(line, &name);
	archive_name(pasting->archive, buf_str(line));
}

static void archive_rows(struct pasting *pasting, struct keys *keys, struct keys *old)
{
	struct buf bytes = BUF_INIT;
	for (size_t i = 0; i < shelf_count(pasting->last); i++)
		keys_add(old, shelf_row(pasting->last, i)->key);
	for (size_t i = 0; i < shelf_count(pasting->shelf); i++) {
		const struct shelf_row *row = shelf_row(pasting->shelf, i);
		struct str path = shelf_words(pasting->shelf, row->path);
		const struct shelf_row *before = shelf_find(pasting->last, path);
		if (keys_add(keys, row->key)) /* the same listing twice: the first one counts */
			continue;
		if (pasting->follows && before && before->key == row->key &&
		    before->text == row->text)
			continue;
		archive_place(pasting->archive, row->key, row->text);
		if (!pasting->follows || !keys_add(old, row->key))
			name_place(pasting, row, &bytes);
		if (row->text)
			keep_text(pasting, row, &bytes);
	}
	buf_release(&bytes);
}

static void archive_all(struct pasting *pasting)
{
	struct arena scratch;
	arena_init(&scratch);
	size_t room = shelf_count(pasting->shelf) + shelf_count(pasting->last);
	struct keys keys = keys_of(&scratch, room), old = keys_of(&scratch, room);
	archive_rows(pasting, &keys, &old);
	for (size_t i = 0; i < shelf_count(pasting->last); i++)
		if (!keys_add(&keys, shelf_row(pasting->last, i)->key))
			archive_place(pasting->archive, shelf_row(pasting->last, i)->key, 0);
	shelf_each_set(pasting->shelf, keep_set, pasting);
	arena_release(&scratch);
}

static void add_figure(void *context, const struct steady_figure *figure)
{
	struct buf *out = context;
	const struct promise *lane = figure->lane;
	const struct str cells[] = { lane->service->id, place_str(&lane->from),
				     place_str(&lane->to),
				     lane->handling ? lane->handling->profile : S("") };
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		write_cell(out, cells[i]);
		buf_byte(out, ',');
	}
	buf_addf(out, "%s %d,%d,%d,", figure->name, figure->of, figure->today, figure->shown);
	date_add(out, figure->pasted);
	buf_byte(out, '\n');
}

/* What would have moved in the listings if nothing were kept steady. */
static void report_steady(struct pasting *pasting)
{
	struct work *work = pasting->work;
	struct buf out = BUF_INIT;
	if (work->same_context && publisher_keep(work->publisher, "report", S("steady.csv")))
		return;
	buf_add(&out, S("service,from,to,handling,figure,today,shown,pasted\n"));
	steady_each(work->workings.steady, add_figure, &out);
	enum change change =
		publisher_put(work->publisher, "report", S("steady.csv"), buf_str(&out));
	changes_add_file(&work->changes, (struct file_change){ .path = S("report/steady.csv"),
							       .change = change,
							       .reason = "statistics or the ledger" });
	buf_release(&out);
}

static bool has_listings(const struct pasting *pasting)
{
	return shelf_count(pasting->shelf) || shelf_count(pasting->last);
}

void pasting_report(struct pasting *pasting)
{
	if (has_listings(pasting))
		report_steady(pasting);
}

void pasting_finish(struct pasting *pasting)
{
	struct work *work = pasting->work;
	struct buf bytes = BUF_INIT;
	if (work->options->only.len)
		keep_others(pasting);
	if (work->options->dry || publisher_failed(work->publisher) ||
	    !has_listings(pasting))
		return;
	shelf_sort(pasting->shelf);
	pasting->follows = pasting->last &&
			   shelf_pack(pasting->last) == archive_last_pack(pasting->archive);
	archive_all(pasting);
	if (archive_close_day(pasting->archive, work->options->date) < 0) {
		publisher_fail(work->publisher, archive_trouble(pasting->archive), errno);
		return;
	}
	shelf_write(pasting->shelf, archive_last_pack(pasting->archive), &bytes);
	if (!str_equal(buf_str(&bytes), buf_str(&pasting->bytes)))
		publisher_remember(work->publisher, "shelf", buf_str(&bytes));
	pasting->finished = true;
	buf_release(&bytes);
}

bool pasting_board(const struct pasting *pasting, struct pasted_board *board)
{
	if (!pasting->finished)
		return false;
	*board = (struct pasted_board){ pasting->shelf, pasting->ledger, pasting->archive };
	return true;
}
