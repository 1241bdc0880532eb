/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PUBLISH_PUBLISH_H
#define UPFRONT_PUBLISH_PUBLISH_H

/*
 * publish - only what changed, and never half of it.
 *
 * Holds the output folder for one build: a lock against a second one, the manifest of the
 * last, the open folders. A file is written only when its bytes differ from what the last build wrote;
 * beside and renamed where the folder is in use, straight into a new tree that is renamed as
 * a whole where there is no site yet, or no listings. What is no longer planned is removed; what upfront did
 * not write is never touched. A mark stands in out/.upfront while files change: a build that
 * finds it knows that the last one was killed, and compares every file with the disk.
 *
 *	struct publisher *publisher = publisher_open("out", options, &trouble);
 *	publisher_put(publisher, "site", "robots.txt", text, &change);
 *	publisher_finish(publisher, &next, product, context);
 *	publisher_close(publisher);
 *
 * The first failure of the system is kept (publisher_trouble), and from then on nothing is
 * written any more; the last good output stands.
 */

#include "publish/manifest.h"

struct publisher;

struct publish_options {
	bool dry;  /* write nothing at all */
	bool full; /* compare every file with the disk, believe no hash */
};

enum publish_state {
	PUBLISH_READY,
	PUBLISH_LOCKED, /* another build holds the folder; trouble names it */
	PUBLISH_FAILED	/* the system said no; trouble says what */
};

enum change { CHANGE_NONE, CHANGE_NEW, CHANGE_CHANGED, CHANGE_REMOVED };
const char *change_name(enum change change); /* "", "new", "changed", "removed" */

/* Opens and locks the output folder. On anything but PUBLISH_READY nothing is open and `trouble` has the reason. */
enum publish_state publisher_open(const char *out, struct publish_options options,
				  struct publisher **publisher, struct buf *trouble);

/* What the last build knew; empty when there was none or it cannot be believed. */
struct manifest *publisher_last(struct publisher *publisher);

/* May hashes be believed? Not after a killed build, a lost manifest, or with `full`. */
bool publisher_trusts(const struct publisher *publisher);

/* Are all folders as the last build left them, so that no file can be missing? */
bool publisher_folders_untouched(struct publisher *publisher);

/* Is the file there? Only asked for folders that were touched since. */
bool publisher_has(struct publisher *publisher, struct str folder, struct str name);

/*
 * Publishes a product's page; `old_hash` is what the last build recorded for this very path,
 * or 0. Any number of threads.
 */
enum change publisher_put_page(struct publisher *publisher, struct str folder, struct str name,
			       struct str bytes, uint64_t old_hash, uint64_t *new_hash);

/* Publishes any other file and records it for the next manifest. Any number of threads. */
enum change publisher_put(struct publisher *publisher, const char *folder, struct str name,
			  struct str bytes);

/*
 * The same for one of very many small files of which many hold the same bytes; `hash` is hash_str of them. What this build has
 * written once gets a further name instead of a copy, where the file system knows such a thing.
 */
enum change publisher_put_shared(struct publisher *publisher, const char *folder, struct str name,
				 struct str bytes, uint64_t hash);

/* Reads a file as it stands, also where it is not in its place yet. -1 with errno. Any number of threads. */
int publisher_read(struct publisher *publisher, struct str path, struct buf *bytes);

/*
 * A file that is too long for memory: published like any other, but in pieces, which one thread at a time
 * adds. It stands only when it is closed.
 */
struct publisher_stream;
struct publisher_stream *publisher_stream_open(struct publisher *publisher, const char *folder,
					       const char *name);
void publisher_stream_add(struct publisher_stream *stream, struct str piece);
enum change publisher_stream_close(struct publisher_stream *stream);

/* Keeps a file as it is without rendering it again: records what the last build recorded. False when it recorded none. */
bool publisher_keep(struct publisher *publisher, const char *folder, struct str name);

/*
 * Keeps every file of the last build that was not put: they stand as they were. Not those whose path begins with one of
 * `but`, a list that NULL ends; NULL: no exception.
 */
void publisher_keep_rest(struct publisher *publisher, const char *const *but);

/* Calls removed(context, path) for each file of the last build that was neither put nor kept. */
void publisher_remove_stale(struct publisher *publisher,
			    void (*removed)(void *context, struct str path), void *context);

/* Removes one page that the last build wrote, unless somebody has altered it since (reported as false). */
bool publisher_remove(struct publisher *publisher, struct str folder, struct str name,
		      uint64_t old_hash);

/* Reads a file of our own below .upfront, as the last build left it; nothing when there is none. */
void publisher_recall(struct publisher *publisher, const char *name, struct buf *bytes);

/* Writes one. */
void publisher_remember(struct publisher *publisher, const char *name, struct str bytes);

/* Copies a file there as it is, in pieces. */
void publisher_remember_file(struct publisher *publisher, const char *name, const char *path);

/* The folder where they lie, as a path. */
struct str publisher_memory(struct publisher *publisher);

/* Moves a new tree into place and writes the manifest: the products are asked for, the files are ours. */
void publisher_finish(struct publisher *publisher, struct manifest *next, manifest_product *product,
		      const void *context);

/* Notes that the system refused to write `path`, with its errno: for those who write beside the publisher. */
void publisher_fail(struct publisher *publisher, const char *path, int why);

/* Has the system refused something? From then on nothing is written. */
bool publisher_failed(struct publisher *publisher);

/* The first failure, as text for stderr; empty when there was none. */
struct str publisher_trouble(const struct publisher *publisher);

/* Files that were left alone because they are not ours or were altered, as text; may be empty. */
struct str publisher_left_alone(const struct publisher *publisher);

void publisher_close(struct publisher *publisher);

#endif
