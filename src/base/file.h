/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_BASE_FILE_H
#define UPFRONT_BASE_FILE_H

/*
 * file - the only place that opens, reads, writes, renames and removes.
 *
 * Reading follows links, since a seller may keep tables elsewhere. Writing goes through open
 * folders, one step at a time, and never follows a link below the output folder. A file that
 * is already there is replaced by a new one beside it that is renamed over it: a reader sees
 * the whole old or the whole new file, whenever the program is killed.
 *
 *	int folder = folder_open(FOLDER_HERE, "out", true);
 *	if (file_replace(folder, "robots.txt", text) < 0)
 *		complain(errno);
 *	folder_close(folder);
 *
 * Functions return 0 or a file descriptor, or -1 with errno set, and leave nothing behind
 * when they fail.
 */

#include <sys/types.h>

#include "base/buf.h"

/* The current folder, as a starting point for folder_open. */
#define FOLDER_HERE (-100) /* AT_FDCWD */

/* What a regular file is known by without reading it. */
struct file_stat {
	int64_t size;	  /* bytes */
	int64_t mtime_ns; /* since 1970 */
	uint64_t inode;
	bool is_folder;
	bool is_link;
};

/* Reads a whole regular file of at most `limit` bytes into `text` (EFBIG beyond, EINVAL for a folder or device). */
int file_read(const char *path, size_t limit, struct buf *text);

/* What the path is, links followed. */
int file_look(const char *path, struct file_stat *stat);

/* Names in a folder, without . and .., sorted by bytes, in the arena. An absent folder has none. */
int file_list(struct arena *arena, const char *path, struct str **names, size_t *count);

/* A regular file read from front to back in pieces. */
struct file_reader;

/* NULL with errno when it cannot be opened or is no regular file (EINVAL). */
struct file_reader *file_reader_open(const char *path);
void file_reader_close(struct file_reader *reader); /* NULL is fine */

/* Lends the next piece (up to 64 KiB); empty at the end; -1 with errno. Valid until the next call. */
int file_reader_next(struct file_reader *reader, struct str *piece);

/* Goes back to the byte `offset`. */
int file_reader_seek(struct file_reader *reader, int64_t offset);

/*
 * How many bytes two files have in common at their beginning and at their end; the two stretches
 * do not overlap in either file.
 */
int file_common(const char *a, const char *b, int64_t *head, int64_t *tail);

/* The next line without its end (LF, CRLF or CR) into `line`; false at the end or on trouble. */
bool file_reader_line(struct file_reader *reader, struct buf *line);

/* Opens the folder `name` of `parent` without following a link; makes it when `make` is set. */
int folder_open(int parent, const char *name, bool make);

/* Opens a path given by the user: its last part may be a link to a folder. */
int folder_open_path(const char *path, bool make);

void folder_close(int folder);

/* Writes a file that must not exist yet (EEXIST). Mode 0666 less the umask. A partial file is removed. */
int file_create(int folder, const char *name, struct str bytes);

/* Writes `name` beside and renames it over an old one. ELOOP when a link stands there. */
int file_replace(int folder, const char *name, struct str bytes);

/*
 * Gives the file `name` of one folder a second name in another; a file that had it is replaced as a whole. The two are one
 * file until one of them is replaced. -1 with errno; EMLINK when it has too many names, EPERM or EOPNOTSUPP where
 * the file system knows no second names.
 */
int file_link(int from, const char *name, int to, const char *second);

/*
 * Opens a file that is written in pieces (file_write_all) beside `name`; -1 with errno. It ends with
 * one of the other two: renamed over `name`, or gone. Both close it.
 */
int file_draft(int folder, const char *name);
int file_draft_keep(int folder, const char *name, int draft);
int file_draft_drop(int folder, const char *name, int draft);

/* Removes what file_replace left beside when it was killed; what cannot be removed stays. */
void folder_sweep(int folder);

/* Copies the file at the path to `name`, beside and renamed over an old one. */
int file_copy(const char *path, int folder, const char *name);

/* Renames within or between open folders. */
int file_rename(int from, const char *name, int to, const char *new_name);

int file_remove(int folder, const char *name);
int folder_remove(int parent, const char *name); /* only an empty one */

/* Removes a folder with all that is in it, links not followed. */
int folder_remove_tree(int parent, const char *name);

/* What the name is, links not followed. */
int file_look_at(int folder, const char *name, struct file_stat *stat);

/* Reads a file of an open folder, links not followed. */
int file_read_at(int folder, const char *name, size_t limit, struct buf *text);

/*
 * Takes the lock `name` in the folder for as long as the descriptor that is returned stays
 * open; the system drops it when the program dies. -1 with EAGAIN when another process holds
 * it; `holder` is then its number, or 0. Nothing is written into the file.
 */
int file_lock(int folder, const char *name, int64_t *holder);
void file_unlock(int lock);

/* Writes all of it to an open descriptor (stdout, stderr). */
int file_write_all(int fd, struct str bytes);

#endif
