/* SPDX-License-Identifier: MIT */
/* Reading: whole files, pieces, lines, names of a folder. Writing is in folder.c. */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 64 * 1024 };

struct file_reader {
	int fd;
	size_t at; /* what file_reader_line has used of the piece */
	struct str piece;
	bool after_cr;
	char bytes[PIECE];
};

static void stat_copy(struct file_stat *out, const struct stat *st)
{
	out->size = st->st_size;
	out->mtime_ns = (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec;
	out->inode = st->st_ino;
	out->is_folder = S_ISDIR(st->st_mode);
	out->is_link = S_ISLNK(st->st_mode);
}

int file_look(const char *path, struct file_stat *out)
{
	struct stat st;
	if (stat(path, &st) < 0)
		return -1;
	stat_copy(out, &st);
	return 0;
}

int file_look_at(int folder, const char *name, struct file_stat *out)
{
	struct stat st;
	if (fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return -1;
	stat_copy(out, &st);
	return 0;
}

/* Opens a regular file only: a FIFO or device would block or never end. */
static int open_regular(int folder, const char *path, int flags)
{
	int fd = openat(folder, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | flags);
	if (fd < 0)
		return -1;
	struct stat st;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		return fd;
	int why = errno && !S_ISREG(st.st_mode) ? EINVAL : errno;
	close(fd);
	errno = why ? why : EINVAL;
	return -1;
}

static int read_all(int fd, size_t limit, struct buf *text)
{
	int result = -1;
	buf_reset(text);
	for (;;) {
		if (text->len > limit) {
			errno = EFBIG;
			break;
		}
		ssize_t n = read(fd, buf_grow(text, PIECE), PIECE);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			result = n < 0 ? -1 : 0;
			break;
		}
		text->len += (size_t)n;
	}
	int why = errno;
	close(fd);
	errno = why;
	return result;
}

int file_read(const char *path, size_t limit, struct buf *text)
{
	int fd = open_regular(AT_FDCWD, path, 0);
	return fd < 0 ? -1 : read_all(fd, limit, text);
}

int file_read_at(int folder, const char *name, size_t limit, struct buf *text)
{
	int fd = open_regular(folder, name, O_NOFOLLOW);
	return fd < 0 ? -1 : read_all(fd, limit, text);
}

static int by_bytes(const void *a, const void *b)
{
	return str_compare(*(const struct str *)a, *(const struct str *)b);
}

int file_list(struct arena *arena, const char *path, struct str **names, size_t *count)
{
	*names = NULL;
	*count = 0;
	DIR *dir = opendir(path);
	if (!dir)
		return errno == ENOENT ? 0 : -1;
	errno = 0;
	for (struct dirent *entry; (entry = readdir(dir)); errno = 0) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		*names = arena_push(arena, *names, count, sizeof **names);
		(*names)[*count - 1] = str_copy(arena, str_of(entry->d_name));
	}
	int why = errno;
	closedir(dir);
	if (*count)
		qsort(*names, *count, sizeof **names, by_bytes);
	errno = why;
	return why ? -1 : 0;
}

struct file_reader *file_reader_open(const char *path)
{
	int fd = open_regular(AT_FDCWD, path, 0);
	if (fd < 0)
		return NULL;
	struct file_reader *reader = malloc(sizeof *reader);
	if (!reader)
		arena_exhausted();
	reader->fd = fd;
	reader->at = 0;
	reader->piece = S("");
	reader->after_cr = false;
	return reader;
}

void file_reader_close(struct file_reader *reader)
{
	if (!reader)
		return;
	close(reader->fd);
	free(reader);
}

int file_reader_next(struct file_reader *reader, struct str *piece)
{
	ssize_t n;
	do
		n = read(reader->fd, reader->bytes, PIECE);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return -1;
	*piece = (struct str){ reader->bytes, (size_t)n };
	return 0;
}

int file_reader_seek(struct file_reader *reader, int64_t offset)
{
	reader->at = 0;
	reader->piece = S("");
	reader->after_cr = false;
	return lseek(reader->fd, offset, SEEK_SET) < 0 ? -1 : 0;
}

/* Reads exactly `len` bytes from `offset`; -1 also when the file is shorter than it was. */
static int read_at(int fd, char *bytes, size_t len, int64_t offset)
{
	while (len) {
		ssize_t n = pread(fd, bytes, len, offset);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return -1;
		bytes += n;
		len -= (size_t)n;
		offset += n;
	}
	return 0;
}

/* Equal bytes of two open files, forwards from 0 or backwards from their ends, at most `most`. */
static int equal_bytes(const int fds[2], const int64_t sizes[2], bool backwards, int64_t most,
		       int64_t *equal)
{
	char bytes[2][PIECE / 2];
	*equal = 0;
	while (*equal < most) {
		size_t len = most - *equal < PIECE / 2 ? (size_t)(most - *equal) : PIECE / 2;
		for (int i = 0; i < 2; i++)
			if (read_at(fds[i], bytes[i], len,
				    backwards ? sizes[i] - *equal - (int64_t)len : *equal) < 0)
				return -1;
		if (memcmp(bytes[0], bytes[1], len) == 0) {
			*equal += (int64_t)len;
			continue;
		}
		size_t same = 0;
		while (backwards ? bytes[0][len - 1 - same] == bytes[1][len - 1 - same] :
				   bytes[0][same] == bytes[1][same])
			same++;
		*equal += (int64_t)same;
		return 0;
	}
	return 0;
}

int file_common(const char *a, const char *b, int64_t *head, int64_t *tail)
{
	int fds[2] = { open_regular(AT_FDCWD, a, 0), open_regular(AT_FDCWD, b, 0) };
	struct stat st[2];
	int result = -1;
	if (fds[0] >= 0 && fds[1] >= 0 && fstat(fds[0], &st[0]) == 0 && fstat(fds[1], &st[1]) == 0) {
		const int64_t sizes[2] = { st[0].st_size, st[1].st_size };
		int64_t most = sizes[0] < sizes[1] ? sizes[0] : sizes[1];
		result = equal_bytes(fds, sizes, false, most, head);
		if (result == 0)
			result = equal_bytes(fds, sizes, true, most - *head, tail);
	}
	int why = errno;
	for (int i = 0; i < 2; i++)
		if (fds[i] >= 0)
			close(fds[i]);
	errno = why;
	return result;
}

bool file_reader_line(struct file_reader *reader, struct buf *line)
{
	bool any = false;
	buf_reset(line);
	for (;;) {
		if (reader->at == reader->piece.len) {
			reader->at = 0;
			reader->piece = S("");
			if (file_reader_next(reader, &reader->piece) < 0 || !reader->piece.len)
				return any;
		}
		char c = reader->piece.text[reader->at++];
		if (c == '\n' && reader->after_cr) {
			reader->after_cr = false;
			continue;
		}
		reader->after_cr = c == '\r';
		if (c == '\n' || c == '\r')
			return true;
		any = true;
		buf_byte(line, c);
	}
}
