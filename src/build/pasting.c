/* SPDX-License-Identifier: MIT */
/*
 * In: snippets, noted while they were made. Out: shelf and archive below out/.upfront. Texts go into the
 * archive in the order of their paths, read back from where they were published: so the
 * archive needs the memory of one text, and does not depend on threads.
 */
#include "build/pasting.h"

#include <errno.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/map.h"
#include "build/work.h"
#include "publish/archive.h"
#include "publish/shelf.h"

#define TEXT_MAX ((size_t)16 * 1024 * 1024)

struct pasting {
	struct work *work;
	struct buf bytes; /* of the last shelf */
	struct shelf *last; /* NULL: none */
	struct shelf *shelf;
	struct archive *archive;
	bool follows; /* what the archive says last is what the last shelf held */
};

struct pasting *pasting_new(struct work *work)
{
	struct pasting *pasting = arena_new(&work->arena, sizeof *pasting);
	pasting->work = work;
	publisher_recall(work->publisher, "shelf", &pasting->bytes);
	pasting->last = shelf_read(buf_str(&pasting->bytes));
	pasting->shelf = shelf_new();
	return pasting;
}

void pasting_free(struct pasting *pasting)
{
	if (!pasting)
		return;
	shelf_free(pasting->last);
	shelf_free(pasting->shelf);
	archive_free(pasting->archive);
	buf_release(&pasting->bytes);
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
	struct work *work = pasting->work;
	struct str path = shelf_words(pasting->shelf, row->path);
	if (archive_has(pasting->archive, row->text))
		return;
	struct str below = str_format(&work->arena, "%s/%.*s", work->options->out, STR(path));
	if (file_read(below.text, TEXT_MAX, bytes) == 0 &&
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

void pasting_finish(struct pasting *pasting)
{
	struct work *work = pasting->work;
	struct buf bytes = BUF_INIT;
	if (work->options->only.len)
		keep_others(pasting);
	if (work->options->dry || publisher_failed(work->publisher) ||
	    (!shelf_count(pasting->shelf) && !pasting->last))
		return;
	shelf_sort(pasting->shelf);
	pasting->archive = archive_open(publisher_memory(work->publisher).text);
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
	buf_release(&bytes);
}
