/* SPDX-License-Identifier: MIT */
/* A file too long for memory: pieces in, one file out, beside and renamed. */
#include "publish/publisher.h"

#include <errno.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/hash.h"

struct publisher_stream {
	struct publisher *publisher;
	const char *folder, *name; /* lent */
	int at, draft;		   /* the folder, the file beside; -1: nothing is written */
	bool own;
	struct hash_run *run;
};

struct publisher_stream *publisher_stream_open(struct publisher *publisher, const char *folder,
					       const char *name)
{
	struct publisher_stream *stream = calloc(1, sizeof *stream);
	if (!stream)
		arena_exhausted();
	*stream = (struct publisher_stream){ .publisher = publisher, .folder = folder, .name = name,
					     .at = -1, .draft = -1, .run = hash_run_new() };
	if (publisher->options.dry || publisher_failed(publisher))
		return stream;
	stream->at = publisher_mark(publisher) < 0 ? -1 :
		     folders_get(&publisher->folders, str_of(folder), true, &stream->own);
	stream->draft = stream->at < 0 ? -1 : file_draft(stream->at, name);
	if (stream->draft < 0)
		publisher_refused(publisher, str_of(folder), str_of(name), errno);
	return stream;
}

void publisher_stream_add(struct publisher_stream *stream, struct str piece)
{
	hash_run_add(stream->run, piece);
	if (stream->draft >= 0 && !publisher_failed(stream->publisher) &&
	    file_write_all(stream->draft, piece) < 0)
		publisher_refused(stream->publisher, str_of(stream->folder), str_of(stream->name), errno);
}

/* Puts the draft into its place, unless the very same stands there or somebody else's. */
static enum change settle(struct publisher_stream *stream, uint64_t old_hash, uint64_t hash)
{
	struct publisher *p = stream->publisher;
	struct str folder = str_of(stream->folder), name = str_of(stream->name);
	bool there = stream->at >= 0 ? publisher_sees(stream->at, name) : old_hash != 0;
	bool same = p->trusts && old_hash == hash && there, foreign = there && !old_hash && !p->adopts;
	if (foreign && !p->options.dry)
		publisher_refused(p, folder, name, EEXIST);
	if (same || stream->draft < 0 || publisher_failed(p)) {
		if (stream->draft >= 0 &&
		    file_draft_drop(stream->at, stream->name, stream->draft) < 0)
			publisher_refused(p, folder, name, errno); /* else the draft would stay there */
		return same || publisher_failed(p) ? CHANGE_NONE : there ? CHANGE_CHANGED : CHANGE_NEW;
	}
	if (file_draft_keep(stream->at, stream->name, stream->draft) < 0)
		publisher_refused(p, folder, name, errno);
	return old_hash == hash ? CHANGE_NONE : there ? CHANGE_CHANGED : CHANGE_NEW;
}

enum change publisher_stream_close(struct publisher_stream *stream)
{
	struct publisher *p = stream->publisher;
	uint64_t hash = hash_run_end(stream->run);
	hash = hash ? hash : 1;
	pthread_mutex_lock(&p->guard);
	struct str path = publisher_path(p, str_of(stream->folder), str_of(stream->name));
	const struct file_record *old = map_find(&p->last_files, path);
	publisher_record(p, path, hash);
	pthread_mutex_unlock(&p->guard);
	enum change change = settle(stream, old ? old->hash : 0, hash);
	if (stream->own)
		folder_close(stream->at);
	free(stream);
	return change;
}
