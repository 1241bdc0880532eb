/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PUBLISH_PUBLISHER_H
#define UPFRONT_PUBLISH_PUBLISHER_H

/*
 * publisher - what the files that publish share: the open output folder of one build.
 *
 * Internal to publish/. publish.c opens and ends it, put.c puts, keeps and removes files, stream.c puts those that are
 * too long for memory.
 */

#include "publish/folders.h"
#include "publish/publish.h"

#define PUBLISHED_MAX ((size_t)256 * 1024 * 1024) /* bytes of a file that is compared with the disk */

struct publisher {
	struct publish_options options;
	const char *out;
	int root, state, lock; /* out/, out/.upfront/, the lock file */
	struct folders folders;
	struct manifest last;
	struct map last_files;  /* path -> struct file_record of the last build */
	bool trusts;	        /* hashes of the last manifest hold */
	bool adopts;	        /* unknown files at our paths are of a killed build of ours */
	bool staging;	        /* there was no site: all of it is made in a new tree, and renamed; so are listings */
	bool untouched;	        /* no folder was changed by others since */
	bool marked;
	pthread_mutex_t guard; /* of all below */
	struct arena arena;
	struct file_record *files; /* put or kept by this build */
	size_t file_count;
	struct map put; /* path -> index plus 1, of those */
	struct map shared; /* hash of a text -> struct shared_file, the last that was written with it */
	struct buf trouble, left_alone;
};

/* Notes the first refusal of the system; from then on nothing is written. */
void publisher_refused(struct publisher *publisher, struct str folder, struct str name, int why);

/* Sets the mark of an unfinished build, which stands before the first file changes; -1 with errno. */
int publisher_mark(struct publisher *publisher);

/* Is a file of that name in the open folder? */
bool publisher_sees(int folder, struct str name);

/* The path below the output folder, in the publisher's arena; the guard is held. */
struct str publisher_path(struct publisher *publisher, struct str folder, struct str name);

/* Records a file for the next manifest; the guard is held where there may be other threads. */
void publisher_record(struct publisher *publisher, struct str path, uint64_t hash);

#endif
