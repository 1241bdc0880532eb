/* SPDX-License-Identifier: MIT */
/*
 * In: finished bytes and where they belong. Out: files, as few writes as possible. The one
 * idea: while the last manifest can be believed, a hash decides; when it cannot, the disk does.
 */
#include "publish/publish.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "publish/folders.h"

#define PAGE_MAX ((size_t)256 * 1024 * 1024)

struct publisher {
	struct publish_options options;
	const char *out;
	int root, state, lock; /* out/, out/.upfront/, the lock file */
	struct folders folders;
	struct manifest last;
	struct map last_files;  /* path -> struct file_record of the last build */
	bool trusts;	        /* hashes of the last manifest hold */
	bool adopts;	        /* unknown files at our paths are of a killed build of ours */
	bool staging;	        /* there was no site: a new tree is made and renamed */
	bool untouched;	        /* no folder was changed by others since */
	bool marked;
	pthread_mutex_t guard; /* of all below */
	struct arena arena;
	struct file_record *files; /* put or kept by this build */
	size_t file_count;
	struct map put; /* path -> index plus 1, of those */
	struct buf trouble, left_alone;
};

const char *change_name(enum change change)
{
	static const char *const names[] = { "", "new", "changed", "removed" };
	return names[change];
}

static void fail(struct publisher *publisher, struct str folder, struct str name, int why)
{
	pthread_mutex_lock(&publisher->guard);
	if (!publisher->trouble.len)
		buf_addf(&publisher->trouble, "cannot write '%s/%.*s/%.*s': %s", publisher->out,
			 STR(folder), STR(name),
			 why == ELOOP || why == ENOTDIR ? "a link or another file stands in the way; remove it" :
			 why == EEXIST ? "it is there and upfront did not write it; move it away" :
					 strerror(why));
	pthread_mutex_unlock(&publisher->guard);
}

void publisher_fail(struct publisher *publisher, const char *path, int why)
{
	pthread_mutex_lock(&publisher->guard);
	if (!publisher->trouble.len)
		buf_addf(&publisher->trouble, "cannot write '%s': %s", path,
			 why == EBADMSG ? "what is there is not what upfront wrote; move it away" :
					  strerror(why));
	pthread_mutex_unlock(&publisher->guard);
}

bool publisher_failed(struct publisher *publisher)
{
	pthread_mutex_lock(&publisher->guard);
	bool failed = publisher->trouble.len > 0;
	pthread_mutex_unlock(&publisher->guard);
	return failed;
}

/* Opens out/ and out/.upfront/ and takes the lock. */
static enum publish_state open_folders(struct publisher *p, struct buf *trouble)
{
	struct file_stat stat;
	bool make = !p->options.dry;
	if (file_look_at(FOLDER_HERE, p->out, &stat) == 0 && stat.is_link) {
		buf_addf(trouble, "the output folder '%s' is a link to elsewhere; name its target with --out",
			 p->out);
		return PUBLISH_FAILED;
	}
	p->root = folder_open_path(p->out, make);
	p->state = p->root < 0 ? -1 : folder_open(p->root, ".upfront", make);
	if (p->state < 0) {
		if (!make && errno == ENOENT)
			return PUBLISH_READY;
		buf_addf(trouble, "cannot write into '%s': %s", p->out,
			 errno == ELOOP || errno == ENOTDIR ? "its .upfront is a link or a file; remove it" :
							      strerror(errno));
		return PUBLISH_FAILED;
	}
	int64_t holder = 0;
	p->lock = file_lock(p->state, "lock", &holder);
	if (p->lock < 0 && errno == EAGAIN) {
		buf_addf(trouble, "another build (process %lld) holds '%s'; wait until it has ended",
			 (long long)holder, p->out);
		return PUBLISH_LOCKED;
	}
	if (p->lock < 0 && make) {
		buf_addf(trouble, "cannot lock '%s': %s", p->out, strerror(errno));
		return PUBLISH_FAILED;
	}
	return PUBLISH_READY;
}

static bool folders_as_left(struct publisher *p)
{
	for (size_t i = 0; i < p->last.folder_count; i++) {
		const struct folder_record *folder = &p->last.folders[i];
		struct str path = str_copy(&p->arena, folder->path);
		struct file_stat stat;
		if (file_look_at(p->root, path.text, &stat) < 0 || !stat.is_folder ||
		    stat.mtime_ns != folder->mtime_ns)
			return false;
	}
	return true;
}

static void recall(struct publisher *p)
{
	struct file_stat stat;
	if (p->state < 0)
		return;
	enum manifest_state found = manifest_read(p->state, &p->last);
	bool killed = file_look_at(p->state, "unfinished", &stat) == 0;
	p->adopts = killed || found == MANIFEST_LOST;
	p->folders.sweeps = p->adopts && !p->options.dry;
	p->trusts = found == MANIFEST_GOOD && !killed && !p->options.full;
	for (size_t i = 0; i < p->last.file_count; i++)
		*map_put(&p->last_files, p->last.files[i].path) = &p->last.files[i];
	p->untouched = p->trusts && folders_as_left(p);
}

/* Where there is no site yet, everything below "site" is made in a new tree. */
static int prepare_tree(struct publisher *p)
{
	struct file_stat stat;
	p->staging = p->root < 0 || file_look_at(p->root, "site", &stat) < 0;
	if (!p->staging || p->options.dry)
		return 0;
	if (folder_remove_tree(p->state, "new") < 0)
		return -1;
	p->folders.site_root = folder_open(p->state, "new", true);
	return p->folders.site_root < 0 ? -1 : 0;
}

enum publish_state publisher_open(const char *out, struct publish_options options,
				  struct publisher **publisher, struct buf *trouble)
{
	struct publisher *p = calloc(1, sizeof *p);
	if (!p)
		arena_exhausted();
	p->options = options;
	p->out = out;
	p->root = p->state = p->lock = -1;
	pthread_mutex_init(&p->guard, NULL);
	arena_init(&p->arena);
	p->last_files.arena = p->put.arena = &p->arena;
	enum publish_state state = open_folders(p, trouble);
	folders_init(&p->folders, p->root);
	if (state == PUBLISH_READY) {
		recall(p);
		if (prepare_tree(p) < 0) {
			buf_addf(trouble, "cannot write into '%s/.upfront': %s", out, strerror(errno));
			state = PUBLISH_FAILED;
		}
	}
	if (state != PUBLISH_READY) {
		publisher_close(p);
		p = NULL;
	}
	*publisher = p;
	return state;
}

struct manifest *publisher_last(struct publisher *publisher)
{
	return &publisher->last;
}

bool publisher_trusts(const struct publisher *publisher)
{
	return publisher->trusts;
}

bool publisher_folders_untouched(struct publisher *publisher)
{
	return publisher->untouched;
}

static bool looks_there(int folder, struct str name)
{
	char text[256];
	struct file_stat stat;
	if (name.len >= sizeof text)
		return false;
	memcpy(text, name.text, name.len);
	text[name.len] = 0;
	return file_look_at(folder, text, &stat) == 0;
}

bool publisher_has(struct publisher *publisher, struct str folder, struct str name)
{
	bool own;
	if (publisher->untouched)
		return true;
	if (publisher->staging)
		return false;
	int fd = folders_get(&publisher->folders, folder, false, &own);
	bool there = fd >= 0 && looks_there(fd, name);
	if (own)
		folder_close(fd);
	return there;
}

/* The mark stands before the first file changes. */
static int mark(struct publisher *p)
{
	pthread_mutex_lock(&p->guard);
	int result = 0;
	if (!p->marked && file_create(p->state, "unfinished", S("")) < 0 && errno != EEXIST)
		result = -1;
	p->marked = result == 0;
	pthread_mutex_unlock(&p->guard);
	return result;
}

/* Is the file on the disk the very same? ENOENT when there is none. */
static int same_on_disk(int folder, const char *name, struct str bytes)
{
	struct buf old = BUF_INIT;
	int result = -1;
	if (file_read_at(folder, name, PAGE_MAX, &old) == 0) {
		result = str_equal(buf_str(&old), bytes) ? 0 : -1;
		errno = EEXIST;
	}
	int why = errno;
	buf_release(&old);
	errno = why;
	return result;
}

static enum change write_file(struct publisher *p, int folder, bool new_tree, const char *name,
			      struct str bytes, bool known)
{
	if (new_tree)
		return mark(p) == 0 && file_create(folder, name, bytes) == 0 ? CHANGE_NEW : CHANGE_NONE;
	bool there = known;
	if (!known || !p->trusts) {
		if (same_on_disk(folder, name, bytes) == 0) {
			errno = 0;
			return CHANGE_NONE;
		}
		if (errno != ENOENT && !known && !p->adopts)
			return CHANGE_NONE;
		there = errno == EEXIST;
	}
	if (p->options.dry || (mark(p) == 0 && file_replace(folder, name, bytes) == 0)) {
		errno = 0;
		return there ? CHANGE_CHANGED : CHANGE_NEW;
	}
	return CHANGE_NONE;
}

/* Publishes bytes at a path; on failure nothing more is written by this build. */
static enum change put(struct publisher *p, struct str folder, struct str name, struct str bytes,
		       uint64_t old_hash, uint64_t hash)
{
	char text[256];
	bool own = false;
	bool site = str_starts(folder, "site");
	if (publisher_failed(p))
		return CHANGE_NONE;
	if (p->trusts && old_hash == hash && publisher_has(p, folder, name))
		return CHANGE_NONE;
	if (p->options.dry && p->staging)
		return CHANGE_NEW;
	if (name.len >= sizeof text) {
		fail(p, folder, name, ENAMETOOLONG);
		return CHANGE_NONE;
	}
	memcpy(text, name.text, name.len);
	text[name.len] = 0;
	int fd = folders_get(&p->folders, folder, !p->options.dry, &own);
	if (fd < 0 && p->options.dry)
		return CHANGE_NEW;
	if (fd < 0) {
		fail(p, folder, name, errno);
		return CHANGE_NONE;
	}
	errno = 0;
	enum change change = write_file(p, fd, p->staging && site, text, bytes, old_hash != 0);
	if (change == CHANGE_NONE && errno)
		fail(p, folder, name, errno);
	if (own)
		folder_close(fd);
	return change;
}

static uint64_t hash_of(struct str bytes)
{
	uint64_t hash = hash_str(bytes, 0);
	return hash ? hash : 1;
}

enum change publisher_put_page(struct publisher *publisher, struct str folder, struct str name,
			       struct str bytes, uint64_t old_hash, uint64_t *new_hash)
{
	*new_hash = hash_of(bytes);
	return put(publisher, folder, name, bytes, old_hash, *new_hash);
}

static struct str join(struct publisher *p, struct str folder, struct str name)
{
	return str_format(&p->arena, "%.*s/%.*s", STR(folder), STR(name));
}

static void record(struct publisher *p, struct str path, uint64_t hash)
{
	void **place = map_put(&p->put, path);
	if (!*place) {
		p->files = arena_push(&p->arena, p->files, &p->file_count, sizeof *p->files);
		*place = (void *)(uintptr_t)p->file_count; /* index plus 1 */
	}
	p->files[(uintptr_t)*place - 1] = (struct file_record){ path, hash };
}

enum change publisher_put(struct publisher *publisher, const char *folder, struct str name,
			  struct str bytes)
{
	uint64_t hash = hash_of(bytes);
	pthread_mutex_lock(&publisher->guard);
	struct str path = join(publisher, str_of(folder), name);
	const struct file_record *old = map_find(&publisher->last_files, path);
	record(publisher, path, hash);
	pthread_mutex_unlock(&publisher->guard);
	return put(publisher, str_of(folder), name, bytes, old ? old->hash : 0, hash);
}

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
	stream->at = mark(publisher) < 0 ? -1 :
		     folders_get(&publisher->folders, str_of(folder), true, &stream->own);
	stream->draft = stream->at < 0 ? -1 : file_draft(stream->at, name);
	if (stream->draft < 0)
		fail(publisher, str_of(folder), str_of(name), errno);
	return stream;
}

void publisher_stream_add(struct publisher_stream *stream, struct str piece)
{
	hash_run_add(stream->run, piece);
	if (stream->draft >= 0 && !publisher_failed(stream->publisher) &&
	    file_write_all(stream->draft, piece) < 0)
		fail(stream->publisher, str_of(stream->folder), str_of(stream->name), errno);
}

/* Puts the draft into its place, unless the very same stands there or somebody else's. */
static enum change settle(struct publisher_stream *stream, uint64_t old_hash, uint64_t hash)
{
	struct publisher *p = stream->publisher;
	struct str folder = str_of(stream->folder), name = str_of(stream->name);
	bool there = stream->at >= 0 ? looks_there(stream->at, name) : old_hash != 0;
	bool same = p->trusts && old_hash == hash && there, foreign = there && !old_hash && !p->adopts;
	if (foreign && !p->options.dry)
		fail(p, folder, name, EEXIST);
	if (same || stream->draft < 0 || publisher_failed(p)) {
		if (stream->draft >= 0)
			file_draft_drop(stream->at, stream->name, stream->draft);
		return same || publisher_failed(p) ? CHANGE_NONE : there ? CHANGE_CHANGED : CHANGE_NEW;
	}
	if (file_draft_keep(stream->at, stream->name, stream->draft) < 0)
		fail(p, folder, name, errno);
	return old_hash == hash ? CHANGE_NONE : there ? CHANGE_CHANGED : CHANGE_NEW;
}

enum change publisher_stream_close(struct publisher_stream *stream)
{
	struct publisher *p = stream->publisher;
	uint64_t hash = hash_run_end(stream->run);
	hash = hash ? hash : 1;
	pthread_mutex_lock(&p->guard);
	struct str path = join(p, str_of(stream->folder), str_of(stream->name));
	const struct file_record *old = map_find(&p->last_files, path);
	record(p, path, hash);
	pthread_mutex_unlock(&p->guard);
	enum change change = settle(stream, old ? old->hash : 0, hash);
	if (stream->own)
		folder_close(stream->at);
	free(stream);
	return change;
}

bool publisher_keep(struct publisher *publisher, const char *folder, struct str name)
{
	if (!publisher->trusts || !publisher_has(publisher, str_of(folder), name))
		return false;
	pthread_mutex_lock(&publisher->guard);
	struct str path = join(publisher, str_of(folder), name);
	const struct file_record *old = map_find(&publisher->last_files, path);
	if (old)
		record(publisher, path, old->hash);
	pthread_mutex_unlock(&publisher->guard);
	return old != NULL;
}

static bool begins_with(struct str path, const char *const *list)
{
	for (size_t i = 0; list && list[i]; i++)
		if (str_starts(path, list[i]))
			return true;
	return false;
}

void publisher_keep_rest(struct publisher *publisher, const char *const *but)
{
	for (size_t i = 0; i < publisher->last.file_count; i++)
		if (!map_find(&publisher->put, publisher->last.files[i].path) &&
		    !begins_with(publisher->last.files[i].path, but))
			record(publisher, publisher->last.files[i].path, publisher->last.files[i].hash);
}

static void split_path(struct str path, struct str *folder, struct str *name)
{
	size_t at = path.len;
	while (at && path.text[at - 1] != '/')
		at--;
	*folder = str_sub(path, 0, at ? at - 1 : 0);
	*name = str_sub(path, at, path.len);
}

/* Removes the folder and its parents as long as they are empty. */
static void prune(struct publisher *p, struct str folder)
{
	while (folder.len) {
		struct str parent, name;
		bool own;
		split_path(folder, &parent, &name);
		int fd = folders_get(&p->folders, parent, false, &own);
		int result = fd < 0 ? -1 : folder_remove(fd, str_copy(&p->arena, name).text);
		if (own)
			folder_close(fd);
		if (result < 0)
			return;
		folder = parent;
	}
}

bool publisher_remove(struct publisher *publisher, struct str folder, struct str name,
		      uint64_t old_hash)
{
	struct buf old = BUF_INIT;
	bool own, removed = false;
	if (publisher->staging || publisher_failed(publisher))
		return false;
	int fd = folders_get(&publisher->folders, folder, false, &own);
	if (fd < 0)
		return false;
	struct str text = str_copy(&publisher->arena, name);
	if (file_read_at(fd, text.text, PAGE_MAX, &old) == 0) {
		removed = hash_of(buf_str(&old)) == old_hash;
		if (!removed)
			buf_addf(&publisher->left_alone,
				 "'%s/%.*s/%.*s' is no longer made, but somebody has altered it: left alone\n",
				 publisher->out, STR(folder), STR(name));
	}
	if (removed && !publisher->options.dry &&
	    (mark(publisher) < 0 || file_remove(fd, text.text) < 0)) {
		fail(publisher, folder, name, errno);
		removed = false;
	}
	if (own)
		folder_close(fd);
	buf_release(&old);
	if (removed && !publisher->options.dry)
		prune(publisher, folder);
	return removed;
}

void publisher_remove_stale(struct publisher *publisher,
			    void (*removed)(void *context, struct str path), void *context)
{
	for (size_t i = 0; i < publisher->last.file_count; i++) {
		const struct file_record *file = &publisher->last.files[i];
		struct str folder, name;
		if (map_find(&publisher->put, file->path))
			continue;
		split_path(file->path, &folder, &name);
		if (publisher_remove(publisher, folder, name, file->hash))
			removed(context, file->path);
	}
}

void publisher_recall(struct publisher *publisher, const char *name, struct buf *bytes)
{
	if (publisher->state < 0 || file_read_at(publisher->state, name, PAGE_MAX, bytes) < 0)
		buf_reset(bytes);
}

void publisher_remember(struct publisher *publisher, const char *name, struct str bytes)
{
	if (publisher->options.dry || publisher_failed(publisher))
		return;
	if (mark(publisher) < 0 || file_replace(publisher->state, name, bytes) < 0)
		fail(publisher, S(".upfront"), str_of(name), errno);
}

void publisher_remember_file(struct publisher *publisher, const char *name, const char *path)
{
	if (publisher->options.dry || publisher_failed(publisher))
		return;
	if (mark(publisher) < 0 || file_copy(path, publisher->state, name) < 0)
		fail(publisher, S(".upfront"), str_of(name), errno);
}

struct str publisher_memory(struct publisher *publisher)
{
	return str_format(&publisher->arena, "%s/.upfront", publisher->out);
}

struct folder_list {
	struct publisher *publisher;
	struct manifest *next;
	struct map seen;
};

static void note_folder(void *context, struct str path)
{
	struct folder_list *list = context;
	struct arena *arena = &list->publisher->arena;
	struct file_stat stat;
	struct str copy = str_copy(arena, path);
	if (!path.len || map_find(&list->seen, copy) ||
	    file_look_at(list->publisher->root, copy.text, &stat) < 0 || !stat.is_folder)
		return;
	*map_put(&list->seen, copy) = list;
	struct manifest *next = list->next;
	next->folders = arena_push(arena, next->folders, &next->folder_count, sizeof *next->folders);
	next->folders[next->folder_count - 1] = (struct folder_record){ copy, stat.mtime_ns };
}

static int by_path(const void *a, const void *b)
{
	return str_compare(((const struct folder_record *)a)->path,
			   ((const struct folder_record *)b)->path);
}

static void note_folders(struct publisher *p, struct manifest *next)
{
	struct folder_list list = { .publisher = p, .next = next, .seen = { .arena = &p->arena } };
	folders_each(&p->folders, note_folder, &list);
	for (size_t i = 0; i < p->last.folder_count; i++)
		note_folder(&list, p->last.folders[i].path);
	if (next->folder_count)
		qsort(next->folders, next->folder_count, sizeof *next->folders, by_path);
}

void publisher_finish(struct publisher *publisher, struct manifest *next)
{
	struct publisher *p = publisher;
	struct buf bytes = BUF_INIT;
	if (p->options.dry || publisher_failed(p))
		return;
	if (p->staging && file_rename(p->folders.site_root, "site", p->root, "site") < 0 &&
	    errno != ENOENT)
		fail(p, S("site"), S(""), errno);
	next->files = p->files;
	next->file_count = p->file_count;
	note_folders(p, next);
	manifest_write(&bytes, next);
	bool same = p->last.bytes.len && str_equal(buf_str(&bytes), buf_str(&p->last.bytes));
	if (!publisher_failed(p) && (!same || p->marked) &&
	    file_replace(p->state, "manifest", buf_str(&bytes)) < 0)
		fail(p, S(".upfront"), S("manifest"), errno);
	if (!publisher_failed(p)) {
		if (p->staging)
			folder_remove(p->state, "new");
		if (file_remove(p->state, "unfinished") < 0 && errno != ENOENT)
			fail(p, S(".upfront"), S("unfinished"), errno);
	}
	buf_release(&bytes);
}

struct str publisher_trouble(const struct publisher *publisher)
{
	return buf_str(&publisher->trouble);
}

struct str publisher_left_alone(const struct publisher *publisher)
{
	return buf_str(&publisher->left_alone);
}

void publisher_close(struct publisher *publisher)
{
	if (!publisher)
		return;
	if (publisher->folders.site_root != publisher->root)
		folder_close(publisher->folders.site_root);
	folders_release(&publisher->folders);
	manifest_release(&publisher->last);
	file_unlock(publisher->lock);
	folder_close(publisher->state);
	folder_close(publisher->root);
	pthread_mutex_destroy(&publisher->guard);
	arena_release(&publisher->arena);
	buf_release(&publisher->trouble);
	buf_release(&publisher->left_alone);
	free(publisher);
}
