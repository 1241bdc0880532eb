/* SPDX-License-Identifier: MIT */
/*
 * The file: a magic number; compressed blocks one after the other; the directory (blocks, texts by
 * hash, places, then the block of names); a tail of fixed size that says where the directory begins.
 */
#include "publish/pack.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#include "base/file.h"
#include "base/hash.h"

/* Changes with the layout. */
#define MAGIC UINT64_C(0x31306b6361706675) /* "ufpack01" */

/* Large enough to find likeness, small enough to unpack for a single text. */
#define BLOCK_LEN ((size_t)256 * 1024)

enum {
	LEVEL = 1,    /* the fastest; repeated runs are found at any level */
	UNPACKED = 64 /* blocks that a reader keeps unpacked */
};

struct block {
	uint64_t offset; /* in the file */
	uint32_t packed, raw; /* bytes */
	uint64_t sum; /* hash of the packed bytes */
};

struct text {
	uint64_t hash;
	uint32_t block, start; /* where it begins in the unpacked block */
	uint64_t len;
};

struct place {
	uint64_t place, hash;
};

struct tail {
	uint64_t directory; /* offset */
	uint64_t block_count, text_count, place_count;
	struct block names;
	uint64_t sum; /* hash of the directory and of the fields above */
	uint64_t magic;
};

struct pack_writer {
	ZSTD_CCtx *zstd;
	struct buf file, block, names;
	struct buf blocks, texts, places; /* arrays of the structs above */
};

struct pack_writer *pack_writer_new(void)
{
	struct pack_writer *w = calloc(1, sizeof *w);
	if (!w)
		arena_exhausted();
	w->zstd = ZSTD_createCCtx();
	if (!w->zstd)
		arena_exhausted();
	const uint64_t magic = MAGIC;
	buf_add(&w->file, (struct str){ (const char *)&magic, sizeof magic });
	return w;
}

void pack_writer_free(struct pack_writer *w)
{
	if (!w)
		return;
	ZSTD_freeCCtx(w->zstd);
	buf_release(&w->file);
	buf_release(&w->block);
	buf_release(&w->names);
	buf_release(&w->blocks);
	buf_release(&w->texts);
	buf_release(&w->places);
	free(w);
}

/* Adds the compressed bytes to the file. */
static struct block squeeze(struct pack_writer *w, struct str raw)
{
	struct block block = { .offset = w->file.len, .raw = (uint32_t)raw.len };
	size_t room = ZSTD_compressBound(raw.len);
	char *to = buf_grow(&w->file, room);
	size_t len = ZSTD_compressCCtx(w->zstd, to, room, raw.text, raw.len, LEVEL);
	if (ZSTD_isError(len)) /* room is enough by the bound: only memory can be missing */
		arena_exhausted();
	w->file.len += len;
	block.packed = (uint32_t)len;
	block.sum = hash_str((struct str){ to, len }, 0);
	return block;
}

static void close_block(struct pack_writer *w)
{
	if (!w->block.len)
		return;
	struct block block = squeeze(w, buf_str(&w->block));
	buf_add(&w->blocks, (struct str){ (const char *)&block, sizeof block });
	buf_reset(&w->block);
}

void pack_put(struct pack_writer *w, uint64_t hash, struct str bytes)
{
	if (w->block.len && w->block.len + bytes.len > BLOCK_LEN)
		close_block(w);
	struct text text = { .hash = hash,
			     .block = (uint32_t)(w->blocks.len / sizeof(struct block)),
			     .start = (uint32_t)w->block.len,
			     .len = bytes.len };
	buf_add(&w->texts, (struct str){ (const char *)&text, sizeof text });
	/* an empty text has a block, too */
	if (!bytes.len && !w->block.len)
		buf_byte(&w->block, 0);
	buf_add(&w->block, bytes);
}

void pack_place(struct pack_writer *w, uint64_t place, uint64_t hash)
{
	struct place entry = { place, hash };
	buf_add(&w->places, (struct str){ (const char *)&entry, sizeof entry });
}

void pack_name(struct pack_writer *w, struct str line)
{
	buf_add(&w->names, line);
	buf_byte(&w->names, '\n');
}

bool pack_is_empty(const struct pack_writer *w)
{
	return !w->texts.len && !w->places.len;
}

/* Texts and places both begin with the number that they are found by. */
static int by_number(const void *left, const void *right)
{
	uint64_t a, b;
	memcpy(&a, left, sizeof a);
	memcpy(&b, right, sizeof b);
	return a < b ? -1 : a > b;
}

int pack_write(struct pack_writer *w, int folder, const char *name)
{
	close_block(w);
	struct tail tail = { .block_count = w->blocks.len / sizeof(struct block),
			     .text_count = w->texts.len / sizeof(struct text),
			     .place_count = w->places.len / sizeof(struct place),
			     .names = squeeze(w, buf_str(&w->names)),
			     .magic = MAGIC };
	if (tail.text_count)
		qsort(w->texts.text, tail.text_count, sizeof(struct text), by_number);
	if (tail.place_count)
		qsort(w->places.text, tail.place_count, sizeof(struct place), by_number);
	while (w->file.len % 8)
		buf_byte(&w->file, 0);
	tail.directory = w->file.len;
	buf_add(&w->file, buf_str(&w->blocks));
	buf_add(&w->file, buf_str(&w->texts));
	buf_add(&w->file, buf_str(&w->places));
	tail.sum = hash_str(str_sub(buf_str(&w->file), tail.directory, w->file.len), MAGIC);
	tail.sum = hash_str((struct str){ (const char *)&tail, offsetof(struct tail, sum) }, tail.sum);
	buf_add(&w->file, (struct str){ (const char *)&tail, sizeof tail });
	return file_replace(folder, name, buf_str(&w->file));
}

struct pack {
	struct file_reader *reader;
	struct tail tail;
	struct buf directory;
	const struct block *blocks; /* the three arrays of the directory */
	const struct text *texts;
	const struct place *places;
	struct buf packed, names; /* what was read last; the names once asked for */
	struct unpacked {
		struct buf raw;
		size_t block; /* its number plus 1; 0: none */
	} unpacked[UNPACKED];  /* by the block's number */
};

static int bad(void)
{
	errno = EBADMSG;
	return -1;
}

static int read_part(struct pack *pack, uint64_t offset, uint64_t len, struct buf *out)
{
	struct str piece;
	buf_reset(out);
	if (file_reader_seek(pack->reader, (int64_t)offset) < 0)
		return -1;
	while (out->len < len) {
		if (file_reader_next(pack->reader, &piece) < 0)
			return -1;
		if (!piece.len)
			return bad();
		buf_add(out, str_sub(piece, 0, len - out->len));
	}
	return 0;
}

static int read_tail(struct pack *pack, uint64_t size)
{
	struct buf tail = BUF_INIT;
	if (size < sizeof pack->tail + sizeof(uint64_t))
		return bad();
	int result = read_part(pack, size - sizeof pack->tail, sizeof pack->tail, &tail);
	if (result == 0)
		memcpy(&pack->tail, tail.text, sizeof pack->tail);
	buf_release(&tail);
	if (result < 0)
		return -1;
	const struct tail *t = &pack->tail;
	uint64_t room = size - sizeof *t;
	if (t->magic != MAGIC || t->directory > room || t->block_count > room / sizeof(struct block) ||
	    t->text_count > room / sizeof(struct text) ||
	    t->place_count > room / sizeof(struct place) ||
	    t->directory + t->block_count * sizeof(struct block) +
			    t->text_count * sizeof(struct text) +
			    t->place_count * sizeof(struct place) !=
		    room)
		return bad();
	return 0;
}

static int read_directory(struct pack *pack, uint64_t size)
{
	const struct tail *t = &pack->tail;
	if (read_tail(pack, size) < 0 ||
	    read_part(pack, t->directory, size - sizeof *t - t->directory, &pack->directory) < 0)
		return -1;
	uint64_t sum = hash_str(buf_str(&pack->directory), MAGIC);
	sum = hash_str((struct str){ (const char *)t, offsetof(struct tail, sum) }, sum);
	if (sum != t->sum)
		return bad();
	const char *at = pack->directory.text;
	pack->blocks = (const void *)at;
	at += t->block_count * sizeof(struct block);
	pack->texts = (const void *)at;
	at += t->text_count * sizeof(struct text);
	pack->places = (const void *)at;
	return 0;
}

struct pack *pack_open(const char *path)
{
	struct file_stat stat;
	struct pack *pack = calloc(1, sizeof *pack);
	if (!pack)
		arena_exhausted();
	pack->reader = file_reader_open(path);
	if (pack->reader && file_look(path, &stat) == 0 &&
	    read_directory(pack, (uint64_t)stat.size) == 0)
		return pack;
	int why = errno;
	pack_close(pack);
	errno = why;
	return NULL;
}

void pack_close(struct pack *pack)
{
	if (!pack)
		return;
	file_reader_close(pack->reader);
	buf_release(&pack->directory);
	buf_release(&pack->packed);
	buf_release(&pack->names);
	for (size_t i = 0; i < UNPACKED; i++)
		buf_release(&pack->unpacked[i].raw);
	free(pack);
}

static const struct text *find_text(const struct pack *pack, uint64_t hash)
{
	if (!pack->tail.text_count)
		return NULL;
	return bsearch(&hash, pack->texts, pack->tail.text_count, sizeof(struct text), by_number);
}

bool pack_at(const struct pack *pack, uint64_t place, uint64_t *hash)
{
	const struct place *found = NULL;
	if (pack->tail.place_count)
		found = bsearch(&place, pack->places, pack->tail.place_count, sizeof(struct place),
				by_number);
	if (found)
		*hash = found->hash;
	return found != NULL;
}

/* Unpacks a block; its hash has been written before the directory's, which was found good. */
static int unpack(struct pack *pack, const struct block *block, struct buf *raw)
{
	if (read_part(pack, block->offset, block->packed, &pack->packed) < 0)
		return -1;
	if (hash_str(buf_str(&pack->packed), 0) != block->sum)
		return bad();
	buf_reset(raw);
	char *to = buf_grow(raw, (size_t)block->raw + 1);
	size_t len = ZSTD_decompress(to, block->raw, pack->packed.text, pack->packed.len);
	if (ZSTD_isError(len) || len != block->raw)
		return bad();
	raw->len = len;
	return 0;
}

int pack_text(struct pack *pack, uint64_t hash, struct buf *bytes)
{
	const struct text *text = find_text(pack, hash);
	if (!text) {
		errno = ENOENT;
		return -1;
	}
	if (text->block >= pack->tail.block_count)
		return bad();
	struct unpacked *place = &pack->unpacked[text->block % UNPACKED];
	if (place->block != (size_t)text->block + 1) {
		place->block = 0;
		if (unpack(pack, &pack->blocks[text->block], &place->raw) < 0)
			return -1;
		place->block = (size_t)text->block + 1;
	}
	if (text->start > place->raw.len || text->len > place->raw.len - text->start)
		return bad();
	buf_reset(bytes);
	buf_add(bytes, str_sub(buf_str(&place->raw), text->start, text->len));
	return 0;
}

int pack_names(struct pack *pack, struct str *lines)
{
	if (!pack->names.text && unpack(pack, &pack->tail.names, &pack->names) < 0)
		return -1;
	*lines = buf_str(&pack->names);
	return 0;
}

void pack_each(const struct pack *pack, void (*each)(void *context, uint64_t hash), void *context)
{
	for (uint64_t i = 0; i < pack->tail.text_count; i++)
		each(context, pack->texts[i].hash);
}
