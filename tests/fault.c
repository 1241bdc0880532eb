/* SPDX-License-Identifier: MIT */
/*
 * Loaded before the program, this makes its k-th file-changing system call fail, or ends the
 * program by signal 9 before that call. Writing to stdout and stderr does not count.
 *
 *	FAULT_AT=k          the call, from 1; without it they are only counted
 *	FAULT_ERRNO=28      the error that it gives; 0 kills
 *	FAULT_SHORT=1       instead, every write writes one byte, and every other one is interrupted
 *	FAULT_COUNT=FILE    where the number of calls is written at the end
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static atomic_long calls;

static long setting(const char *name, long otherwise)
{
	const char *text = getenv(name);
	return text ? strtol(text, NULL, 10) : otherwise;
}

/* Counts a call; true when it is the one to fail, with errno set. */
static bool fails(void)
{
	long at = atomic_fetch_add(&calls, 1) + 1;
	if (at != setting("FAULT_AT", -1))
		return false;
	errno = (int)setting("FAULT_ERRNO", ENOSPC);
	if (errno == 0)
		raise(SIGKILL);
	return true;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static bool changes_files(int flags)
{
	return (flags & O_ACCMODE) != O_RDONLY || flags & O_CREAT;
}

int openat(int folder, const char *path, int flags, ...)
{
	va_list args;
	va_start(args, flags);
	mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
	va_end(args);
	if (changes_files(flags) && fails())
		return -1;
	return REAL(openat)(folder, path, flags, mode);
}

int open(const char *path, int flags, ...)
{
	va_list args;
	va_start(args, flags);
	mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
	va_end(args);
	if (changes_files(flags) && fails())
		return -1;
	return REAL(open)(path, flags, mode);
}

ssize_t write(int fd, const void *bytes, size_t count)
{
	static atomic_long interrupted;
	if (fd <= STDERR_FILENO)
		return REAL(write)(fd, bytes, count);
	if (fails())
		return -1;
	if (setting("FAULT_SHORT", 0) && count > 1) {
		if (atomic_fetch_add(&interrupted, 1) % 2) {
			errno = EINTR;
			return -1;
		}
		count = 1;
	}
	return REAL(write)(fd, bytes, count);
}

int mkdirat(int folder, const char *path, mode_t mode)
{
	return fails() ? -1 : REAL(mkdirat)(folder, path, mode);
}

int mkdir(const char *path, mode_t mode)
{
	return fails() ? -1 : REAL(mkdir)(path, mode);
}

int renameat(int from, const char *old, int to, const char *new)
{
	return fails() ? -1 : REAL(renameat)(from, old, to, new);
}

int linkat(int from, const char *old, int to, const char *new, int flags)
{
	return fails() ? -1 : REAL(linkat)(from, old, to, new, flags);
}

int rename(const char *old, const char *new)
{
	return fails() ? -1 : REAL(rename)(old, new);
}

int unlinkat(int folder, const char *path, int flags)
{
	return fails() ? -1 : REAL(unlinkat)(folder, path, flags);
}

int unlink(const char *path)
{
	return fails() ? -1 : REAL(unlink)(path);
}

int ftruncate(int fd, off_t length)
{
	return fails() ? -1 : REAL(ftruncate)(fd, length);
}

int fsync(int fd)
{
	return fails() ? -1 : REAL(fsync)(fd);
}

__attribute__((destructor)) static void report(void)
{
	const char *path = getenv("FAULT_COUNT");
	if (!path)
		return;
	int fd = REAL(open)(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	char text[32];
	int len = snprintf(text, sizeof text, "%ld\n", atomic_load(&calls));
	if (fd < 0 || REAL(write)(fd, text, (size_t)len) != len)
		_exit(99);
	close(fd);
}
