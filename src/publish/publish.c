/* SPDX-License-Identifier: MIT */
/* An output folder for one build: opened, locked and recalled, then moved into place, recorded and closed. */
#include "publish/publisher.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/threads.h"

const char *change_name(enum change change)
{
	static const char *const names[] = { "", "new", "changed", "removed" };
	return names[change];
}

void publisher_refused(struct publisher *publisher, struct str folder, struct str name, int why)
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

/* Where there is no site yet, or no listings, all of them are made in a new tree. */
static int prepare_tree(struct publisher *p)
{
	static const char *const names[] = { "site", "listings" };
	struct file_stat stat;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (p->root < 0 || file_look_at(p->root, names[i], &stat) < 0)
			folders_stage(&p->folders, names[i]);
	p->staging = folders_is_staged(&p->folders, S("site"));
	if (!p->folders.staged_count || p->options.dry)
		return 0;
	if (folder_remove_tree(p->state, "new") < 0)
		return -1;
	p->folders.tree = folder_open(p->state, "new", true);
	return p->folders.tree < 0 ? -1 : 0;
}

/* The new folders take their places. */
static void move_tree(struct publisher *p)
{
	const struct folders *folders = &p->folders;
	for (size_t i = 0; i < folders->staged_count; i++)
		if (file_rename(folders->tree, folders->staged[i], p->root, folders->staged[i]) < 0 &&
		    errno != ENOENT)
			publisher_refused(p, str_of(folders->staged[i]), S(""), errno);
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
	threads_lock_init(&p->guard);
	arena_init(&p->arena);
	p->last_files.arena = p->put.arena = p->shared.arena = &p->arena;
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

int publisher_mark(struct publisher *p)
{
	pthread_mutex_lock(&p->guard);
	int result = 0;
	if (!p->marked && file_create(p->state, "unfinished", S("")) < 0 && errno != EEXIST)
		result = -1;
	p->marked = result == 0;
	pthread_mutex_unlock(&p->guard);
	return result;
}

struct str publisher_path(struct publisher *p, struct str folder, struct str name)
{
	char *text = arena_text(&p->arena, folder.len + 1 + name.len);
	memcpy(text, folder.text, folder.len);
	text[folder.len] = '/';
	memcpy(text + folder.len + 1, name.text, name.len);
	return (struct str){ text, folder.len + 1 + name.len };
}

void publisher_record(struct publisher *p, struct str path, uint64_t hash)
{
	void **place = map_put(&p->put, path);
	if (!*place) {
		p->files = arena_push(&p->arena, p->files, &p->file_count, sizeof *p->files);
		*place = (void *)(uintptr_t)p->file_count; /* index plus 1 */
	}
	p->files[(uintptr_t)*place - 1] = (struct file_record){ path, hash };
}

void publisher_recall(struct publisher *publisher, const char *name, struct buf *bytes)
{
	if (publisher->state < 0 || file_read_at(publisher->state, name, PUBLISHED_MAX, bytes) < 0)
		buf_reset(bytes);
}

void publisher_remember(struct publisher *publisher, const char *name, struct str bytes)
{
	if (publisher->options.dry || publisher_failed(publisher))
		return;
	if (publisher_mark(publisher) < 0 || file_replace(publisher->state, name, bytes) < 0)
		publisher_refused(publisher, S(".upfront"), str_of(name), errno);
}

void publisher_remember_file(struct publisher *publisher, const char *name, const char *path)
{
	if (publisher->options.dry || publisher_failed(publisher))
		return;
	if (publisher_mark(publisher) < 0 || file_copy(path, publisher->state, name) < 0)
		publisher_refused(publisher, S(".upfront"), str_of(name), errno);
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

void publisher_finish(struct publisher *publisher, struct manifest *next, manifest_product *product,
		      const void *context)
{
	struct publisher *p = publisher;
	if (p->options.dry || publisher_failed(p))
		return;
	move_tree(p);
	next->files = p->files;
	next->file_count = p->file_count;
	note_folders(p, next);
	if (!publisher_failed(p) &&
	    manifest_write(p->state, next, product, context, p->marked ? NULL : &p->last) < 0)
		publisher_refused(p, S(".upfront"), S("manifest"), errno);
	if (!publisher_failed(p)) {
		if (p->folders.staged_count)
			folder_remove(p->state, "new");
		if (file_remove(p->state, "unfinished") < 0 && errno != ENOENT)
			publisher_refused(p, S(".upfront"), S("unfinished"), errno);
	}
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
	folder_close(publisher->folders.tree);
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
