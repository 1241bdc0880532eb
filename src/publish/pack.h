/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PUBLISH_PACK_H
#define UPFRONT_PUBLISH_PACK_H

/*
 * pack - many texts in one file that is written once.
 *
 * Internal to publish/, the only file that knows the zstd library. Texts lie in compressed blocks of
 * about 256 KiB, so that listings that differ in a title and an amount take a few dozen bytes
 * each, and one of them is had by unpacking one block. Behind the blocks stand a directory of texts by
 * hash, one of places (which text stood where), and the names of places. Every block and the
 * directory carry a hash: what is cut or altered is noticed, never shown.
 *
 *	struct pack_writer *writer = pack_writer_new();
 *	pack_put(writer, hash, bytes);
 *	pack_place(writer, place, hash);
 *	if (pack_write(writer, folder, "0001.pack") < 0)
 *		complain(errno);
 *	pack_writer_free(writer);
 */

#include "base/buf.h"

struct pack_writer;

struct pack_writer *pack_writer_new(void);
void pack_writer_free(struct pack_writer *writer);

/* Adds a text, each hash once. Texts that resemble each other should follow one another. */
void pack_put(struct pack_writer *writer, uint64_t hash, struct str bytes);

/* From now on the text `hash` stands at the place; 0: nothing does. Each place once. */
void pack_place(struct pack_writer *writer, uint64_t place, uint64_t hash);

/* Adds the name of a place, one line. */
void pack_name(struct pack_writer *writer, struct str line);

/* Has anything been added? */
bool pack_is_empty(const struct pack_writer *writer);

/* Writes the file beside and renames it. 0, or -1 with errno. */
int pack_write(struct pack_writer *writer, int folder, const char *name);

struct pack;

/* Reads a pack's directory. NULL with errno; EBADMSG when it is not what was written. */
struct pack *pack_open(const char *path);
void pack_close(struct pack *pack); /* NULL is fine */

/* What was said about the place; false when nothing. */
bool pack_at(const struct pack *pack, uint64_t place, uint64_t *hash);

/* Reads a text into `bytes`. 0, or -1 with errno: ENOENT, EBADMSG when its block is damaged. */
int pack_text(struct pack *pack, uint64_t hash, struct buf *bytes);

/* Lends the names of places, a line each. -1 with errno. */
int pack_names(struct pack *pack, struct str *lines);

/* Calls each(context, hash) for every text. */
void pack_each(const struct pack *pack, void (*each)(void *context, uint64_t hash), void *context);

#endif
