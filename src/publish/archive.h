/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PUBLISH_ARCHIVE_H
#define UPFRONT_PUBLISH_ARCHIVE_H

/*
 * archive - every listing text that was ever built, kept once, and on which days it stood where.
 *
 * Made for a dispute: what did a buyer read on the third of March? Below out/.upfront/archive/
 * lie packs (see publish/pack.h), one for each build that brought a new text or moved one, and
 * days.csv, a row for each day that was built for and the pack that was the last then. Nothing that
 * was written is written again: a pack is whole or not there, and a killed build leaves the
 * archive as it was. The next build then uses the number of a pack that no day names.
 *
 *	struct archive *archive = archive_open("out/.upfront");
 *	if (!archive_has(archive, hash))
 *		archive_put(archive, hash, bytes);
 *	archive_place(archive, place, hash);
 *	if (archive_close_day(archive, date) < 0)
 *		complain(errno);
 *	archive_free(archive);
 *
 * Texts are known by the 64-bit hash of their bytes, places by the hash of their names (see
 * publish/shelf.h). Not for several threads. The archive may be removed: then only the past is lost.
 */

#include "base/buf.h"

struct archive;

/* `memory` is the path of out/.upfront. Nothing is read yet; an absent archive is an empty one. */
struct archive *archive_open(const char *memory);
void archive_free(struct archive *archive);

/* Is the text kept, or about to be? False also where packs cannot be read: then it is kept again. */
bool archive_has(struct archive *archive, uint64_t hash);

/* Adds a text that it does not have. Texts that resemble each other should follow one another. */
void archive_put(struct archive *archive, uint64_t hash, struct str bytes);

/* From this day on the text `hash` stands at the place, 0: none. Each place once a build. */
void archive_place(struct archive *archive, uint64_t place, uint64_t hash);

/* Adds the name of a new place. */
void archive_name(struct archive *archive, struct str name);

/* The number of the pack that the last day names; 0: none. */
uint32_t archive_last_pack(struct archive *archive);

/* Writes what was added, and the day. Writes nothing when both are known. -1 with errno. */
int archive_close_day(struct archive *archive, int32_t date);

/* Reads a text. -1 with errno: ENOENT when nobody kept it, EBADMSG when its pack is damaged. */
int archive_text(struct archive *archive, uint64_t hash, struct buf *bytes);

/*
 * What stood at a place on a day: the text of the last build for that day, or else for the nearest
 * day before it, which goes to `built`. 1 with the hash, 0 when nothing stood there, -1 with errno
 * (ENOENT: nothing was built by then).
 */
int archive_on(struct archive *archive, uint64_t place, int32_t date, uint64_t *hash,
	       int32_t *built);

/* Calls each(context, name) for every place that was ever named. -1 with errno. */
int archive_each_name(struct archive *archive, void (*each)(void *context, struct str name),
		      void *context);

/* The file that the last -1 was about, for messages: "out/.upfront/archive/0001.pack". */
const char *archive_trouble(const struct archive *archive);

#endif
