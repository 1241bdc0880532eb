/* SPDX-License-Identifier: MIT */
/*
 * floor OUT THREADS - what any program needs that writes these files: reads "SIZE PATH" lines from
 * standard input and writes a file of so many bytes for each below OUT, and nothing else. Folders are made
 * before, files by openat below an open folder, a hundred at a time for a thread.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/threads.h"

enum { BATCH = 100 };

struct file {
	size_t size;
	int folder;
	const char *name;
};

struct floor {
	struct file *files;
	size_t count, next;
	const char *bytes; /* as many as the largest file has */
	pthread_mutex_t lock;
};

static void stop(const char *what)
{
	fprintf(stderr, "floor: %s: %s\n", what, strerror(errno));
	exit(3);
}

static void make_folders(char *path)
{
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = 0;
		if (mkdir(path, 0777) < 0 && errno != EEXIST)
			stop(path);
		*slash = '/';
	}
}

/* The open folder of the path; opened once. */
static int folder_of(struct map *folders, char *path)
{
	char *slash = strrchr(path, '/');
	struct str name = { path, (size_t)(slash - path) };
	int *open_already = map_find(folders, name);
	if (open_already)
		return *open_already;
	make_folders(path);
	int *folder = arena_new(folders->arena, sizeof *folder);
	struct str copy = str_copy(folders->arena, name);
	*folder = open(copy.text, O_RDONLY | O_DIRECTORY);
	if (*folder < 0)
		stop(copy.text);
	*map_put(folders, copy) = folder;
	return *folder;
}

static void write_file(const struct floor *all, const struct file *file)
{
	int fd = openat(file->folder, file->name, O_WRONLY | O_CREAT | O_EXCL, 0666);
	if (fd < 0)
		stop(file->name);
	for (size_t done = 0; done < file->size;) {
		ssize_t wrote = write(fd, all->bytes, file->size - done);
		if (wrote < 0)
			stop(file->name);
		done += (size_t)wrote;
	}
	if (close(fd) < 0)
		stop(file->name);
}

static void write_files(void *context, unsigned worker)
{
	struct floor *all = context;
	(void)worker;
	for (;;) {
		pthread_mutex_lock(&all->lock);
		size_t first = all->next;
		all->next += BATCH;
		pthread_mutex_unlock(&all->lock);
		if (first >= all->count)
			return;
		for (size_t i = first; i < first + BATCH && i < all->count; i++)
			write_file(all, &all->files[i]);
	}
}

int main(int argc, char **argv)
{
	if (argc != 3) {
		fputs("usage: floor OUT THREADS < LIST\n", stderr);
		return 2;
	}
	struct arena arena;
	arena_init(&arena);
	struct map folders = { .arena = &arena };
	struct floor all = { .lock = PTHREAD_MUTEX_INITIALIZER };
	size_t largest = 1;
	char line[8192], path[8192 + 4096];
	while (fgets(line, sizeof line, stdin)) {
		char *rest;
		size_t size = strtoul(line, &rest, 10);
		rest[strcspn(rest, "\n")] = 0;
		snprintf(path, sizeof path, "%s/%s", argv[1], rest + 1);
		all.files = arena_push(&arena, all.files, &all.count, sizeof *all.files);
		all.files[all.count - 1] =
			(struct file){ size, folder_of(&folders, path),
				       str_copy(&arena, str_of(strrchr(path, '/') + 1)).text };
		largest = size > largest ? size : largest;
	}
	char *bytes = arena_text(&arena, largest);
	memset(bytes, 'x', largest);
	all.bytes = bytes;
	threads_run((unsigned)atoi(argv[2]), write_files, &all);
	return 0;
}
