/* SPDX-License-Identifier: MIT */
/*
 * The file: a head of 64-bit numbers, the arrays of fixed-size records, then texts with their
 * lengths before them, and a hash over all of it at the end.
 */
#include "publish/manifest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"

/* Changes with the layout of the file, so that another version's manifest counts as lost. */
#define MAGIC UINT64_C(0x3430666e72667075) /* "upfrnf04" */

#define MANIFEST_MAX ((size_t)1 << 32)

enum { HEAD_NUMBERS = 12 };

/* Writing: pieces go to a draft as they fill, and are held against the last manifest's bytes on the way. */
struct writing {
	int draft;
	bool failed, same;
	struct str last; /* what is left of it */
	struct hash_run *run;
	struct buf piece;
};

enum { PIECE = 1 << 16 };

static void give_piece(struct writing *w)
{
	struct str piece = buf_str(&w->piece);
	w->same = w->same && piece.len <= w->last.len &&
		  str_equal(piece, str_sub(w->last, 0, piece.len));
	if (w->same)
		w->last = str_sub(w->last, piece.len, w->last.len);
	hash_run_add(w->run, piece);
	w->failed = w->failed || file_write_all(w->draft, piece) < 0;
	buf_reset(&w->piece);
}

static void put(struct writing *w, const void *bytes, size_t len)
{
	buf_add(&w->piece, (struct str){ bytes, len });
	if (w->piece.len >= PIECE)
		give_piece(w);
}

static void put_number(struct writing *w, uint64_t number)
{
	put(w, &number, sizeof number);
}

static void put_padding(struct writing *w, size_t len)
{
	static const char zeros[sizeof(uint64_t)];
	put(w, zeros, (sizeof zeros - len % sizeof zeros) % sizeof zeros);
}

static void put_text(struct writing *w, struct str text)
{
	put_number(w, text.len);
	put(w, text.text, text.len);
	put_padding(w, text.len);
}

static void put_head(struct writing *w, const struct manifest *m)
{
	const uint64_t head[HEAD_NUMBERS] = {
		MAGIC,		   m->inputs,	     m->context,    m->listing,
		m->sharded,	   m->language_count, m->product_count, m->file_count,
		m->folder_count,   m->warnings,
	};
	put(w, head, sizeof head);
}

/* The records, then the pages' hashes and languages, then the slugs to which the records point. */
static void put_products(struct writing *w, const struct manifest *m, manifest_product *product,
			 const void *context)
{
	struct buf slug = BUF_INIT;
	struct product_record record;
	size_t slugs = 0;
	for (size_t i = 0; i < m->product_count; i++) {
		buf_reset(&slug);
		product(context, i, &record, &slug);
		record.slug_start = (uint32_t)slugs;
		record.slug_len = (uint32_t)slug.len;
		slugs += slug.len;
		put(w, &record, sizeof record);
	}
	for (size_t i = 0; i < m->product_count * m->language_count; i++)
		put_number(w, m->pages[i]);
	put_text(w, m->languages);
	put_number(w, slugs);
	for (size_t i = 0; i < m->product_count; i++) {
		buf_reset(&slug);
		product(context, i, &record, &slug);
		put(w, slug.text, slug.len);
	}
	put_padding(w, slugs);
	buf_release(&slug);
}

static void put_files(struct writing *w, const struct manifest *m)
{
	for (size_t i = 0; i < m->file_count; i++) {
		put_text(w, m->files[i].path);
		put_number(w, m->files[i].hash);
	}
	for (size_t i = 0; i < m->folder_count; i++) {
		put_text(w, m->folders[i].path);
		put_number(w, (uint64_t)m->folders[i].mtime_ns);
	}
}

int manifest_write(int folder, const struct manifest *m, manifest_product *product,
		   const void *context, const struct manifest *last)
{
	struct writing w = { .draft = file_draft(folder, "manifest"),
			     .same = last != NULL,
			     .last = last ? buf_str(&last->bytes) : S(""),
			     .piece = BUF_INIT };
	if (w.draft < 0)
		return -1;
	w.run = hash_run_new();
	put_head(&w, m);
	put_products(&w, m, product, context);
	put_files(&w, m);
	give_piece(&w);
	uint64_t sum = hash_run_end(w.run);
	w.failed = w.failed || file_write_all(w.draft, (struct str){ (const char *)&sum, sizeof sum }) < 0;
	buf_release(&w.piece);
	bool same = w.same && str_equal(w.last, (struct str){ (const char *)&sum, sizeof sum });
	if (!w.failed && !same)
		return file_draft_keep(folder, "manifest", w.draft);
	int why = errno;
	file_draft_drop(folder, "manifest", w.draft);
	errno = why;
	return w.failed ? -1 : 0;
}

/* Reading: a cursor that never leaves the bytes. */
struct cursor {
	const char *at;
	size_t left;
	bool bad;
};

static const void *take(struct cursor *cursor, size_t count, size_t size)
{
	if (cursor->bad || (size && count > cursor->left / size)) {
		cursor->bad = true;
		return NULL;
	}
	const char *at = cursor->at;
	cursor->at += count * size;
	cursor->left -= count * size;
	return at;
}

static uint64_t take_number(struct cursor *cursor)
{
	uint64_t number = 0;
	const void *at = take(cursor, 1, sizeof number);
	if (at)
		memcpy(&number, at, sizeof number);
	return number;
}

static struct str take_text(struct cursor *cursor)
{
	uint64_t len = take_number(cursor);
	const char *at = take(cursor, len, 1);
	take(cursor, (8 - len % 8) % 8, 1);
	return cursor->bad ? S("") : (struct str){ at, len };
}

static bool take_all(struct cursor *cursor, struct manifest *m)
{
	uint64_t head[HEAD_NUMBERS];
	const void *at = take(cursor, HEAD_NUMBERS, sizeof *head);
	if (!at)
		return false;
	memcpy(head, at, sizeof head);
	if (head[0] != MAGIC || head[5] > 1000)
		return false;
	m->inputs = head[1];
	m->context = head[2];
	m->listing = head[3];
	m->sharded = head[4] != 0;
	m->language_count = head[5];
	m->product_count = head[6];
	m->file_count = head[7];
	m->folder_count = head[8];
	m->warnings = head[9];
	/* the buffer is aligned and every part is a multiple of eight bytes */
	m->products = (void *)(uintptr_t)take(cursor, m->product_count, sizeof *m->products);
	m->pages = (void *)(uintptr_t)take(cursor, m->product_count * m->language_count,
					   sizeof *m->pages);
	m->languages = take_text(cursor);
	m->slugs = take_text(cursor);
	if (cursor->bad || m->file_count > cursor->left || m->folder_count > cursor->left)
		return false;
	m->files = arena_array(&m->arena, m->file_count, sizeof *m->files);
	for (size_t i = 0; i < m->file_count; i++) {
		m->files[i].path = take_text(cursor);
		m->files[i].hash = take_number(cursor);
	}
	m->folders = arena_array(&m->arena, m->folder_count, sizeof *m->folders);
	for (size_t i = 0; i < m->folder_count; i++) {
		m->folders[i].path = take_text(cursor);
		m->folders[i].mtime_ns = (int64_t)take_number(cursor);
	}
	for (size_t i = 0; i < m->product_count && !cursor->bad; i++)
		cursor->bad = (uint64_t)m->products[i].slug_start + m->products[i].slug_len > m->slugs.len;
	return !cursor->bad && cursor->left == 0;
}

enum manifest_state manifest_read(int folder, struct manifest *manifest)
{
	struct file_stat stat;
	memset(manifest, 0, sizeof *manifest);
	if (file_look_at(folder, "manifest", &stat) < 0)
		return MANIFEST_NONE;
	buf_grow(&manifest->bytes, (size_t)stat.size + 1);
	if (file_read_at(folder, "manifest", MANIFEST_MAX, &manifest->bytes) < 0 ||
	    manifest->bytes.len < sizeof(uint64_t)) {
		manifest_release(manifest);
		return MANIFEST_LOST;
	}
	uint64_t sum;
	struct str body = { manifest->bytes.text, manifest->bytes.len - sizeof sum };
	memcpy(&sum, body.text + body.len, sizeof sum);
	struct cursor cursor = { body.text, body.len, false };
	if (sum != hash_str(body, 0) || !take_all(&cursor, manifest)) {
		manifest_release(manifest);
		return MANIFEST_LOST;
	}
	return MANIFEST_GOOD;
}

static void index_by_id(struct manifest *m)
{
	m->by_id_room = 16;
	while (m->by_id_room < m->product_count * 2)
		m->by_id_room *= 2;
	m->by_id = calloc(m->by_id_room, sizeof *m->by_id);
	if (!m->by_id)
		arena_exhausted();
	for (size_t i = 0; i < m->product_count; i++) {
		size_t at = m->products[i].id_hash & (m->by_id_room - 1);
		while (m->by_id[at])
			at = (at + 1) & (m->by_id_room - 1);
		m->by_id[at] = (uint32_t)i + 1;
	}
}

size_t manifest_find(struct manifest *m, size_t hint, uint64_t id_hash)
{
	if (hint < m->product_count && m->products[hint].id_hash == id_hash)
		return hint;
	if (!m->product_count)
		return SIZE_MAX;
	if (!m->by_id)
		index_by_id(m);
	for (size_t at = id_hash & (m->by_id_room - 1); m->by_id[at];
	     at = (at + 1) & (m->by_id_room - 1))
		if (m->products[m->by_id[at] - 1].id_hash == id_hash)
			return m->by_id[at] - 1;
	return SIZE_MAX;
}

struct str manifest_slug(const struct manifest *m, size_t product)
{
	return str_sub(m->slugs, m->products[product].slug_start, m->products[product].slug_len);
}

size_t manifest_language(const struct manifest *m, struct str tag)
{
	struct str rest = m->languages, word;
	for (size_t i = 0; str_next_word(&rest, &word); i++)
		if (str_equal(word, tag))
			return i < m->language_count ? i : SIZE_MAX;
	return SIZE_MAX;
}

void manifest_release(struct manifest *m)
{
	arena_release(&m->arena);
	buf_release(&m->bytes);
	free(m->by_id);
	memset(m, 0, sizeof *m);
}
