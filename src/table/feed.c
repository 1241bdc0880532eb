/* SPDX-License-Identifier: MIT */
/* A file's bytes in, pieces of UTF-8 out. The piece size is a parameter: no reader may depend on
 * it. */
#include "table/feed.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

struct feed {
	const struct source *source;
	struct file_reader *reader;
	struct decoder *decoder; /* NULL: the bytes are UTF-8 */
	struct str raw;          /* what is left of the bytes read last */
	struct buf text;         /* decoded from them */
	bool ended;
	bool bad;
};

struct feed *feed_open(const struct source *source)
{
	struct feed *feed = calloc(1, sizeof *feed);
	if (!feed)
		arena_exhausted();
	feed->source = source;
	if (source->converter[0] && !(feed->decoder = decoder_open(source->converter))) {
		free(feed);
		errno = EINVAL;
		return NULL;
	}
	feed->reader = file_reader_open(source->path);
	if (!feed->reader || feed_rewind(feed) < 0) {
		int why = errno;
		feed_close(feed);
		errno = why;
		return NULL;
	}
	return feed;
}

void feed_close(struct feed *feed)
{
	if (!feed)
		return;
	file_reader_close(feed->reader);
	decoder_close(feed->decoder);
	buf_release(&feed->text);
	free(feed);
}

int feed_seek(struct feed *feed, int64_t offset)
{
	feed->raw = S("");
	feed->ended = feed->bad = false;
	if (feed->decoder)
		decoder_reset(feed->decoder);
	return file_reader_seek(feed->reader, offset);
}

int feed_rewind(struct feed *feed)
{
	return feed_seek(feed, (int64_t)feed->source->bom);
}

/* Cuts the next bytes from what was read; empty at the end of the file. */
static int next_bytes(struct feed *feed, struct str *bytes)
{
	if (!feed->raw.len && file_reader_next(feed->reader, &feed->raw) < 0)
		return -1;
	*bytes = str_sub(feed->raw, 0, feed->source->piece);
	feed->raw = str_sub(feed->raw, bytes->len, feed->raw.len);
	return 0;
}

int feed_next(struct feed *feed, struct str *piece)
{
	if (!feed->decoder)
		return next_bytes(feed, piece) < 0 ? -1 : piece->len > 0;
	buf_reset(&feed->text);
	while (!feed->text.len && !feed->ended && !feed->bad) {
		struct str bytes;
		if (next_bytes(feed, &bytes) < 0)
			return -1;
		feed->ended = !bytes.len;
		feed->bad = !decoder_add(feed->decoder, bytes, feed->ended, &feed->text);
	}
	*piece = buf_str(&feed->text);
	if (piece->len)
		return 1;
	if (feed->bad)
		errno = EILSEQ;
	return feed->bad ? -1 : 0;
}

struct str feed_bad_bytes(const struct feed *feed)
{
	return feed->bad ? decoder_bad_bytes(feed->decoder) : S("");
}
