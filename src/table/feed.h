/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_TABLE_FEED_H
#define UPFRONT_TABLE_FEED_H

/*
 * feed - a file as pieces of UTF-8, whatever it was saved in.
 *
 * Streams: memory is one piece, however long the file. UTF-8 is lent as it was read; any
 * other encoding is decoded strictly, and the first bytes that stand for nothing end the feed
 * after everything before them was handed out, so that the reader knows their place.
 *
 *	struct feed *feed = feed_open(source);
 *	struct str piece;
 *	int more;
 *	while ((more = feed_next(feed, &piece)) > 0)
 *		use(piece);
 *	feed_close(feed);
 */

#include "base/buf.h"
#include "table/source.h"

enum { FEED_PIECE = 64 * 1024 };

struct feed;

/* NULL with errno (EINVAL: no regular file, or ICU does not know the converter). */
struct feed *feed_open(const struct source *source);
void feed_close(struct feed *feed); /* NULL is fine */

/* Goes back to the first piece; -1 with errno. */
int feed_rewind(struct feed *feed);

/* Goes to the byte `offset` of a file in UTF-8; -1 with errno. */
int feed_seek(struct feed *feed, int64_t offset);

/*
 * 1 with a piece that is not empty and is lent until the next call; it may end inside a
 * character. 0 at the end. -1 with errno; EILSEQ when bytes stand for nothing in the encoding.
 */
int feed_next(struct feed *feed, struct str *piece);

/* After EILSEQ: the bytes that stand for nothing, or empty when that is not known. */
struct str feed_bad_bytes(const struct feed *feed);

/* Turns bytes of one encoding into UTF-8. */
struct decoder;

/* NULL when ICU has no such encoding. */
struct decoder *decoder_open(const char *converter);
void decoder_close(struct decoder *decoder); /* NULL is fine */
void decoder_reset(struct decoder *decoder);

/*
 * Adds the text of the next bytes to `out`; `last` when none follow. False at the first bytes
 * that stand for nothing; the text before them was added.
 */
bool decoder_add(struct decoder *decoder, struct str bytes, bool last, struct buf *out);

/* After decoder_add failed: the bytes at fault. */
struct str decoder_bad_bytes(const struct decoder *decoder);

#endif
