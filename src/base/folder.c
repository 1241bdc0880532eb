/* SPDX-License-Identifier: MIT */
/* The writing half of base/file.h: open folders, whole files, locks. */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* NOLINTNEXTLINE(misc-redundant-expression) */
_Static_assert(FOLDER_HERE == AT_FDCWD, "FOLDER_HERE is the system's current folder");

int folder_open(int parent, const char *name, bool make)
{
	if (make && mkdirat(parent, name, 0777) < 0 && errno != EEXIST)
		return -1;
	return openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

int folder_open_path(const char *path, bool make)
{
	if (make && mkdir(path, 0777) < 0 && errno != EEXIST)
		return -1;
	return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

void folder_close(int folder)
{
	if (folder >= 0)
		close(folder);
}

int file_write_all(int fd, struct str bytes)
{
	for (size_t done = 0; done < bytes.len;) {
		ssize_t n = write(fd, bytes.text + done, bytes.len - done);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		done += (size_t)n;
	}
	return 0;
}

/* Removes what was half done and keeps the first errno. */
static int give_up(int folder, const char *name)
{
	int why = errno;
	unlinkat(folder, name, 0);
	errno = why;
	return -1;
}

int file_create(int folder, const char *name, struct str bytes)
{
	int fd = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
	if (fd < 0)
		return -1;
	int wrote = file_write_all(fd, bytes);
	int why = errno;
	if (close(fd) < 0 && wrote == 0) {
		wrote = -1;
		why = errno;
	}
	errno = why;
	return wrote < 0 ? give_up(folder, name) : 0;
}

/* The name beside: short enough for any file system, found again by its ending. */
#define BESIDE ".upfront-new"

static int name_beside(char *beside, size_t room, const char *name)
{
	size_t len = strlen(name);
	int n = snprintf(beside, room, ".%.*s" BESIDE, len > 200 ? 200 : (int)len, name);
	return n > 0 && (size_t)n < room ? 0 : -1;
}

/* The name beside; no link stands at the name itself. */
static int find_beside(int folder, const char *name, char *beside, size_t room)
{
	struct file_stat old;
	if (name_beside(beside, room, name) < 0) {
		errno = ENAMETOOLONG;
		return -1;
	}
	if (file_look_at(folder, name, &old) == 0 && old.is_link) {
		errno = ELOOP;
		return -1;
	}
	return 0;
}

/* The same, free to be written. */
static int clear_beside(int folder, const char *name, char *beside, size_t room)
{
	if (find_beside(folder, name, beside, room) < 0)
		return -1;
	return unlinkat(folder, beside, 0) < 0 && errno != ENOENT ? -1 : 0;
}

int file_replace(int folder, const char *name, struct str bytes)
{
	char beside[256];
	if (find_beside(folder, name, beside, sizeof beside) < 0)
		return -1;
	int made = file_create(folder, beside, bytes);
	if (made < 0 && errno == EEXIST && unlinkat(folder, beside, 0) == 0)
		made = file_create(folder, beside, bytes);
	if (made < 0)
		return -1;
	return renameat(folder, beside, folder, name) < 0 ? give_up(folder, beside) : 0;
}

int file_link(int from, const char *name, int to, const char *second)
{
	char beside[256];
	if (linkat(from, name, to, second, 0) == 0)
		return 0;
	if (errno != EEXIST || clear_beside(to, second, beside, sizeof beside) < 0 ||
	    linkat(from, name, to, beside, 0) < 0)
		return -1;
	if (renameat(to, beside, to, second) < 0)
		return give_up(to, beside);
	unlinkat(to, beside, 0); /* where both names were one file already, renaming left it */
	return 0;
}

int file_draft(int folder, const char *name)
{
	char beside[256];
	if (clear_beside(folder, name, beside, sizeof beside) < 0)
		return -1;
	return openat(folder, beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
}

int file_draft_keep(int folder, const char *name, int draft)
{
	char beside[256];
	int closed = close(draft);
	if (name_beside(beside, sizeof beside, name) < 0)
		return -1;
	return closed < 0 || renameat(folder, beside, folder, name) < 0 ? give_up(folder, beside) : 0;
}

int file_draft_drop(int folder, const char *name, int draft)
{
	char beside[256];
	close(draft);
	if (name_beside(beside, sizeof beside, name) < 0)
		return -1;
	return unlinkat(folder, beside, 0) < 0 && errno != ENOENT ? -1 : 0;
}

void folder_sweep(int folder)
{
	int fd = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	if (!dir) {
		if (fd >= 0)
			close(fd);
		return;
	}
	for (struct dirent *entry; (entry = readdir(dir));)
		if (entry->d_name[0] == '.' && str_ends(str_of(entry->d_name), BESIDE))
			unlinkat(fd, entry->d_name, 0);
	closedir(dir);
}

static int copy_pieces(struct file_reader *reader, int folder, const char *name)
{
	int fd = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
	if (fd < 0)
		return -1;
	struct str piece = S("");
	int result;
	do {
		result = file_reader_next(reader, &piece);
		if (result == 0)
			result = file_write_all(fd, piece);
	} while (result == 0 && piece.len);
	int why = errno;
	if (close(fd) < 0 && result == 0) {
		result = -1;
		why = errno;
	}
	errno = why;
	return result < 0 ? give_up(folder, name) : 0;
}

int file_copy(const char *path, int folder, const char *name)
{
	char beside[256];
	struct file_reader *reader = file_reader_open(path);
	if (!reader)
		return -1;
	int result = name_beside(beside, sizeof beside, name);
	if (result == 0 && unlinkat(folder, beside, 0) < 0 && errno != ENOENT)
		result = -1;
	if (result == 0)
		result = copy_pieces(reader, folder, beside);
	if (result == 0 && renameat(folder, beside, folder, name) < 0)
		result = give_up(folder, beside);
	int why = errno;
	file_reader_close(reader);
	errno = why;
	return result;
}

int file_rename(int from, const char *name, int to, const char *new_name)
{
	return renameat(from, name, to, new_name);
}

int file_remove(int folder, const char *name)
{
	return unlinkat(folder, name, 0);
}

int folder_remove(int parent, const char *name)
{
	return unlinkat(parent, name, AT_REMOVEDIR);
}

int folder_remove_tree(int parent, const char *name)
{
	int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	if (!dir) {
		if (fd >= 0)
			close(fd);
		return errno == ENOENT ? 0 : -1;
	}
	int result = 0;
	for (struct dirent *entry; result == 0 && (entry = readdir(dir));) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (unlinkat(fd, entry->d_name, 0) < 0)
			result = errno == EISDIR || errno == EPERM ?
					 folder_remove_tree(fd, entry->d_name) :
					 -1;
	}
	int why = errno;
	closedir(dir);
	errno = why;
	return result < 0 ? -1 : unlinkat(parent, name, AT_REMOVEDIR);
}

int file_lock(int folder, const char *name, int64_t *holder)
{
	int fd = openat(folder, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666);
	if (fd < 0)
		return -1;
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	if (fcntl(fd, F_SETLK, &lock) == 0)
		return fd;
	int why = errno == EACCES ? EAGAIN : errno;
	*holder = fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK ? lock.l_pid : 0;
	close(fd);
	errno = why;
	return -1;
}

void file_unlock(int lock)
{
	if (lock >= 0)
		close(lock);
}
