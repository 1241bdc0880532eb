/* SPDX-License-Identifier: MIT */
/* A map from path to descriptor under a lock; opening walks the path one name at a time. */
#include "publish/folders.h"

#include <errno.h>

#include "base/file.h"
#include "base/threads.h"

enum { KEEP_OPEN_MAX = 600 };

struct open_folder {
	int fd; /* -1: known, but opened for each use */
	bool fresh; /* was not there before */
};

void folders_init(struct folders *folders, int root)
{
	threads_lock_init(&folders->lock);
	arena_init(&folders->arena);
	folders->open = (struct map){ .arena = &folders->arena };
	folders->root = root;
	folders->tree = -1;
	folders->staged_count = 0;
	folders->sweeps = false;
	folders->kept = 0;
}

void folders_release(struct folders *folders)
{
	for (size_t i = 0; i < folders->open.room; i++) {
		struct open_folder *open = folders->open.entries[i].value;
		if (open)
			folder_close(open->fd);
	}
	arena_release(&folders->arena);
	pthread_mutex_destroy(&folders->lock);
}

void folders_stage(struct folders *folders, const char *name)
{
	folders->staged[folders->staged_count++] = name;
}

bool folders_is_staged(const struct folders *folders, struct str path)
{
	for (size_t i = 0; i < folders->staged_count; i++) {
		struct str name = str_of(folders->staged[i]);
		if (str_starts(path, folders->staged[i]) &&
		    (path.len == name.len || path.text[name.len] == '/'))
			return true;
	}
	return false;
}

/* `fresh`: was the last folder of the path made on the way? */
static int walk(const struct folders *folders, struct str path, bool make, bool *fresh)
{
	char name[256];
	int at = folders_is_staged(folders, path) && folders->tree >= 0 ? folders->tree : folders->root;
	bool own = false;
	*fresh = false;
	for (size_t from = 0; at >= 0 && from < path.len;) {
		struct str rest = str_sub(path, from, path.len);
		size_t len = str_index(rest, '/');
		if (len >= sizeof name) {
			errno = ENAMETOOLONG;
			at = -1;
			break;
		}
		for (size_t i = 0; i < len; i++)
			name[i] = rest.text[i];
		name[len] = 0;
		int next = *fresh ? -1 : folder_open(at, name, false);
		*fresh = make && next < 0 && (*fresh || errno == ENOENT);
		if (*fresh)
			next = folder_open(at, name, true);
		int why = errno;
		if (own)
			folder_close(at);
		errno = why;
		at = next;
		own = true;
		from += len + 1;
	}
	return at;
}

int folders_get(struct folders *folders, struct str path, bool make, bool *close)
{
	pthread_mutex_lock(&folders->lock);
	struct open_folder *open = map_find(&folders->open, path);
	int fd = open ? open->fd : -1;
	bool fresh;
	*close = false;
	if (fd < 0) {
		fd = walk(folders, path, make, &fresh);
		int why = errno;
		*close = folders->kept >= KEEP_OPEN_MAX;
		if (fd >= 0 && !open) {
			if (folders->sweeps)
				folder_sweep(fd);
			open = arena_new(&folders->arena, sizeof *open);
			open->fd = *close ? -1 : fd;
			open->fresh = fresh;
			folders->kept += !*close;
			*map_put(&folders->open, str_copy(&folders->arena, path)) = open;
		}
		errno = why;
	}
	pthread_mutex_unlock(&folders->lock);
	return fd;
}

bool folders_is_fresh(struct folders *folders, struct str path)
{
	pthread_mutex_lock(&folders->lock);
	const struct open_folder *open = map_find(&folders->open, path);
	bool fresh = open && open->fresh;
	pthread_mutex_unlock(&folders->lock);
	return fresh;
}

void folders_each(struct folders *folders, void (*visit)(void *context, struct str path),
		  void *context)
{
	for (size_t i = 0; i < folders->open.room; i++)
		if (folders->open.entries[i].value)
			visit(context, folders->open.entries[i].key);
}
