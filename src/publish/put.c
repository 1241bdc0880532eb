/* SPDX-License-Identifier: MIT */
/*
 * In: finished bytes and where they belong. Out: files, as few writes as possible. The one
 * idea: while the last manifest can be believed, a hash decides; when it cannot, the disk does.
 */
#include "publish/publisher.h"

#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"

bool publisher_sees(int folder, struct str name)
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
	if (publisher->staging || folders_is_staged(&publisher->folders, folder))
		return false;
	int fd = folders_get(&publisher->folders, folder, false, &own);
	bool there = fd >= 0 && publisher_sees(fd, name);
	if (own)
		folder_close(fd);
	return there;
}

/* Is the file on the disk the very same? ENOENT when there is none. */
static int same_on_disk(int folder, const char *name, struct str bytes)
{
	struct buf old = BUF_INIT;
	int result = -1;
	if (file_read_at(folder, name, PUBLISHED_MAX, &old) == 0) {
		result = str_equal(buf_str(&old), bytes) ? 0 : -1;
		errno = EEXIST;
	}
	int why = errno;
	buf_release(&old);
	errno = why;
	return result;
}

/* A file of this build with certain bytes. */
struct shared_file {
	uint64_t hash;
	struct str folder;
	const char *name;
};

/* One file that is put. */
struct putting {
	struct str folder, name, bytes;
	uint64_t old_hash, hash;
	bool shared; /* may it be one file with others of the same bytes? */
};

/* Is it the file system that does not like a further name? Then the bytes are written. */
static bool is_about_names(int why)
{
	return why == EMLINK || why == EPERM || why == EOPNOTSUPP || why == EXDEV || why == ENOSYS ||
	       why == EACCES || why == ENOENT;
}

/* 1: given a further name to a file with the same bytes; 0: there is none; -1 with errno. */
static int link_shared(struct publisher *p, const struct putting *putting, int folder, const char *name)
{
	bool own;
	pthread_mutex_lock(&p->guard);
	const struct shared_file *found =
		map_find(&p->shared, (struct str){ (const char *)&putting->hash, sizeof putting->hash });
	struct shared_file file = found ? *found : (struct shared_file){ 0 };
	pthread_mutex_unlock(&p->guard);
	if (!found)
		return 0;
	int from = folders_get(&p->folders, file.folder, false, &own);
	int result = from < 0 ? -1 : file_link(from, file.name, folder, name);
	int why = errno;
	if (own)
		folder_close(from);
	errno = why;
	return result == 0 ? 1 : is_about_names(why) ? 0 : -1;
}

static void note_shared(struct publisher *p, const struct putting *putting, const char *name)
{
	pthread_mutex_lock(&p->guard);
	struct shared_file *file = arena_new(&p->arena, sizeof *file);
	*file = (struct shared_file){ putting->hash, str_copy(&p->arena, putting->folder),
				      str_copy(&p->arena, str_of(name)).text };
	*map_put(&p->shared, (struct str){ (const char *)&file->hash, sizeof file->hash }) = file;
	pthread_mutex_unlock(&p->guard);
}

/* Into a new tree a file is written as it is: nobody sees it before all of it stands. */
static int write_bytes(struct publisher *p, const struct putting *putting, int folder, const char *name)
{
	if (!folders_is_staged(&p->folders, putting->folder))
		return file_replace(folder, name, putting->bytes);
	int made = file_create(folder, name, putting->bytes);
	return made < 0 && errno == EEXIST ? file_replace(folder, name, putting->bytes) : made;
}

static int replace(struct publisher *p, const struct putting *putting, int folder, const char *name)
{
	if (publisher_mark(p) < 0)
		return -1;
	int linked = putting->shared ? link_shared(p, putting, folder, name) : 0;
	if (linked)
		return linked < 0 ? -1 : 0;
	if (write_bytes(p, putting, folder, name) < 0)
		return -1;
	if (putting->shared)
		note_shared(p, putting, name);
	return 0;
}

static enum change write_file(struct publisher *p, const struct putting *putting, int folder,
			      const char *name)
{
	bool known = putting->old_hash != 0, there = known;
	if (folders_is_staged(&p->folders, putting->folder))
		return replace(p, putting, folder, name) == 0 ? CHANGE_NEW : CHANGE_NONE;
	if (!known && folders_is_fresh(&p->folders, putting->folder)) {
		there = false;
	} else if (!known || !p->trusts) {
		if (same_on_disk(folder, name, putting->bytes) == 0) {
			errno = 0;
			return CHANGE_NONE;
		}
		if (errno != ENOENT && !known && !p->adopts)
			return CHANGE_NONE;
		there = errno == EEXIST;
	}
	if (p->options.dry || replace(p, putting, folder, name) == 0) {
		errno = 0;
		return there ? CHANGE_CHANGED : CHANGE_NEW;
	}
	return CHANGE_NONE;
}

/* Publishes bytes at a path; on failure nothing more is written by this build. */
static enum change put(struct publisher *p, const struct putting *putting)
{
	char text[256];
	bool own = false;
	struct str name = putting->name;
	if (publisher_failed(p))
		return CHANGE_NONE;
	if (p->trusts && putting->old_hash == putting->hash &&
	    publisher_has(p, putting->folder, name))
		return CHANGE_NONE;
	if (p->options.dry && (p->staging || folders_is_staged(&p->folders, putting->folder)))
		return CHANGE_NEW;
	if (name.len >= sizeof text) {
		publisher_refused(p, putting->folder, name, ENAMETOOLONG);
		return CHANGE_NONE;
	}
	memcpy(text, name.text, name.len);
	text[name.len] = 0;
	int fd = folders_get(&p->folders, putting->folder, !p->options.dry, &own);
	if (fd < 0 && p->options.dry)
		return CHANGE_NEW;
	if (fd < 0) {
		publisher_refused(p, putting->folder, name, errno);
		return CHANGE_NONE;
	}
	errno = 0;
	enum change change = write_file(p, putting, fd, text);
	if (change == CHANGE_NONE && errno)
		publisher_refused(p, putting->folder, name, errno);
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
	return put(publisher, &(struct putting){ folder, name, bytes, old_hash, *new_hash, false });
}

/* Records the file for the next manifest, and puts it. */
static enum change put_recorded(struct publisher *p, struct putting *putting)
{
	pthread_mutex_lock(&p->guard);
	struct str path = publisher_path(p, putting->folder, putting->name);
	const struct file_record *old = map_find(&p->last_files, path);
	publisher_record(p, path, putting->hash);
	pthread_mutex_unlock(&p->guard);
	putting->old_hash = old ? old->hash : 0;
	return put(p, putting);
}

enum change publisher_put(struct publisher *publisher, const char *folder, struct str name,
			  struct str bytes)
{
	struct putting putting = { .folder = str_of(folder), .name = name, .bytes = bytes,
				   .hash = hash_of(bytes) };
	return put_recorded(publisher, &putting);
}

enum change publisher_put_shared(struct publisher *publisher, const char *folder, struct str name,
				 struct str bytes, uint64_t hash)
{
	struct putting putting = { .folder = str_of(folder), .name = name, .bytes = bytes,
				   .hash = hash ? hash : 1, .shared = true };
	return put_recorded(publisher, &putting);
}

bool publisher_keep(struct publisher *publisher, const char *folder, struct str name)
{
	if (!publisher->trusts || !publisher_has(publisher, str_of(folder), name))
		return false;
	pthread_mutex_lock(&publisher->guard);
	struct str path = publisher_path(publisher, str_of(folder), name);
	const struct file_record *old = map_find(&publisher->last_files, path);
	if (old)
		publisher_record(publisher, path, old->hash);
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
			publisher_record(publisher, publisher->last.files[i].path, publisher->last.files[i].hash);
}

static void split_path(struct str path, struct str *folder, struct str *name)
{
	size_t at = path.len;
	while (at && path.text[at - 1] != '/')
		at--;
	*folder = str_sub(path, 0, at ? at - 1 : 0);
	*name = str_sub(path, at, path.len);
}

int publisher_read(struct publisher *publisher, struct str path, struct buf *bytes)
{
	struct str folder, name;
	char text[256];
	bool own;
	split_path(path, &folder, &name);
	if (name.len >= sizeof text) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(text, name.text, name.len);
	text[name.len] = 0;
	int fd = folders_get(&publisher->folders, folder, false, &own);
	int result = fd < 0 ? -1 : file_read_at(fd, text, PUBLISHED_MAX, bytes);
	int why = errno;
	if (own)
		folder_close(fd);
	errno = why;
	return result;
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
	if (file_read_at(fd, text.text, PUBLISHED_MAX, &old) == 0) {
		removed = hash_of(buf_str(&old)) == old_hash;
		if (!removed)
			buf_addf(&publisher->left_alone,
				 "'%s/%.*s/%.*s' is no longer made, but somebody has altered it: left alone\n",
				 publisher->out, STR(folder), STR(name));
	}
	if (removed && !publisher->options.dry &&
	    (publisher_mark(publisher) < 0 || file_remove(fd, text.text) < 0)) {
		publisher_refused(publisher, folder, name, errno);
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
