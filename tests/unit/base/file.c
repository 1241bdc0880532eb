/* SPDX-License-Identifier: MIT */
/* Reading, writing beside and renaming, links, locks between processes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <signal.h>
#include <unistd.h>

#include "base/file.h"

static char place[40];
static int folder;

static int open_place(void **state)
{
	(void)state;
	strcpy(place, "/tmp/upfront-file-XXXXXX");
	if (!mkdtemp(place))
		return -1;
	folder = folder_open_path(place, false);
	return folder < 0;
}

static int close_place(void **state)
{
	(void)state;
	char command[80];
	folder_close(folder);
	snprintf(command, sizeof command, "rm -rf '%s'", place);
	return system(command);
}

static const char *path(const char *name)
{
	static char text[400];
	snprintf(text, sizeof text, "%s/%s", place, name);
	return text;
}

static void holds(const char *name, const char *expected)
{
	struct buf text = BUF_INIT;
	assert_int_equal(file_read_at(folder, name, 1 << 20, &text), 0);
	buf_byte(&text, 0);
	assert_string_equal(text.text, expected);
	buf_release(&text);
}

static size_t names_count(void)
{
	struct arena arena;
	struct str *names;
	size_t count;
	arena_init(&arena);
	assert_int_equal(file_list(&arena, place, &names, &count), 0);
	arena_release(&arena);
	return count;
}

#define FAILS(call, why)                                     \
	do {                                                 \
		errno = 0;                                   \
		assert_int_equal((call), -1);                \
		assert_int_equal(errno, (why));              \
	} while (0)

static void a_file_is_made_once(void **state)
{
	(void)state;
	assert_int_equal(file_create(folder, "a", S("one")), 0);
	FAILS(file_create(folder, "a", S("two")), EEXIST);
	holds("a", "one");
	assert_int_equal(file_create(folder, "empty", S("")), 0);
	holds("empty", "");
	FAILS(file_create(folder, "no/such", S("")), ENOENT);
	assert_int_equal(names_count(), 2);
}

static void replacing_makes_another_file(void **state)
{
	(void)state;
	struct file_stat before, after;
	assert_int_equal(file_create(folder, "a", S("old")), 0);
	assert_int_equal(file_look_at(folder, "a", &before), 0);
	int reader = openat(folder, "a", O_RDONLY);
	assert_int_equal(file_replace(folder, "a", S("brand new")), 0);
	assert_int_equal(file_look_at(folder, "a", &after), 0);
	assert_int_not_equal(before.inode, after.inode);
	assert_int_equal(after.size, 9);
	holds("a", "brand new");
	char text[16] = "";
	assert_int_equal(read(reader, text, sizeof text), 3); /* who reads the old one reads it to its end */
	assert_string_equal(text, "old");
	close(reader);
	assert_int_equal(file_replace(folder, "b", S("new")), 0);
	holds("b", "new");
	assert_int_equal(names_count(), 2); /* nothing is left beside */
}

/* A reader that never stops sees only whole files while they are replaced. */
static void readers_see_whole_files_only(void **state)
{
	(void)state;
	struct buf text = BUF_INIT;
	static char ones[100000], twos[50000];
	memset(ones, '1', sizeof ones);
	memset(twos, '2', sizeof twos);
	assert_int_equal(file_create(folder, "a", S("")), 0);
	assert_int_equal(file_replace(folder, "a", (struct str){ ones, sizeof ones }), 0);
	pid_t child = fork();
	if (child == 0) {
		for (int i = 0; i < 300; i++)
			if (file_replace(folder, "a", i % 2 ? (struct str){ ones, sizeof ones } :
							      (struct str){ twos, sizeof twos }) < 0)
				_exit(1);
		_exit(0);
	}
	int status, rounds = 0;
	do {
		assert_int_equal(file_read_at(folder, "a", 1 << 20, &text), 0);
		assert_true(text.len == sizeof ones || text.len == sizeof twos);
		assert_int_equal(text.text[0], text.len == sizeof ones ? '1' : '2');
		assert_int_equal(text.text[text.len - 1], text.text[0]);
		rounds++;
	} while (waitpid(child, &status, WNOHANG) == 0);
	assert_int_equal(status, 0);
	assert_true(rounds > 1);
	buf_release(&text);
}

static void a_leftover_of_a_killed_build_is_no_hindrance(void **state)
{
	(void)state;
	assert_int_equal(file_create(folder, ".a.upfront-new", S("half")), 0);
	assert_int_equal(file_replace(folder, "a", S("whole")), 0);
	holds("a", "whole");
	assert_int_equal(names_count(), 1);
}

static void names_of_any_length_are_replaced(void **state)
{
	(void)state;
	char name[256];
	for (size_t len = 190; len <= 255; len++) {
		memset(name, 'n', len);
		name[len] = 0;
		assert_int_equal(file_replace(folder, name, S("x")), 0);
		assert_int_equal(file_replace(folder, name, S("y")), 0);
		assert_int_equal(file_remove(folder, name), 0);
	}
	assert_int_equal(names_count(), 0);
}

static void links_are_refused_when_writing(void **state)
{
	(void)state;
	struct buf text = BUF_INIT;
	struct file_stat stat;
	char outside[] = "/tmp/upfront-outside-XXXXXX";
	int fd = mkstemp(outside);
	assert_int_equal(write(fd, "theirs", 6), 6);
	close(fd);
	assert_int_equal(symlinkat(outside, folder, "link"), 0);
	assert_int_equal(symlinkat("/nowhere/at/all", folder, "dangling"), 0);
	assert_int_equal(symlinkat("/tmp", folder, "elsewhere"), 0);
	FAILS(file_replace(folder, "link", S("ours")), ELOOP);
	FAILS(file_replace(folder, "dangling", S("ours")), ELOOP);
	FAILS(file_create(folder, "link", S("ours")), EEXIST);
	FAILS(file_create(folder, "dangling", S("ours")), EEXIST);
	FAILS(file_read_at(folder, "link", 100, &text), ELOOP);
	assert_int_equal(folder_open(folder, "elsewhere", false), -1);
	assert_int_equal(folder_open(folder, "elsewhere", true), -1);
	assert_int_equal(file_look_at(folder, "link", &stat), 0);
	assert_true(stat.is_link);
	assert_int_equal(file_read(outside, 100, &text), 0);
	assert_true(str_is(buf_str(&text), "theirs"));
	/* a link may stand at the end of a path that the user gave, and be read */
	assert_int_equal(file_read(path("link"), 100, &text), 0);
	int there = folder_open_path(path("elsewhere"), false);
	assert_true(there >= 0);
	folder_close(there);
	buf_release(&text);
	unlink(outside);
}

static void a_removed_tree_leaves_what_links_point_to(void **state)
{
	(void)state;
	char outside[] = "/tmp/upfront-outside-XXXXXX";
	assert_non_null(mkdtemp(outside));
	int theirs = folder_open_path(outside, false);
	assert_int_equal(file_create(theirs, "keep", S("x")), 0);
	int a = folder_open(folder, "a", true), b = folder_open(a, "b", true);
	assert_int_equal(file_create(a, "file", S("x")), 0);
	assert_int_equal(file_create(b, "file", S("x")), 0);
	assert_int_equal(symlinkat(outside, b, "link"), 0);
	folder_close(a);
	folder_close(b);
	assert_int_equal(folder_remove_tree(folder, "a"), 0);
	assert_int_equal(names_count(), 0);
	struct file_stat stat;
	assert_int_equal(file_look_at(theirs, "keep", &stat), 0);
	assert_int_equal(folder_remove_tree(folder, "not there"), 0);
	assert_int_equal(symlinkat(outside, folder, "link"), 0);
	assert_int_equal(folder_remove_tree(folder, "link"), -1);
	assert_int_equal(file_look_at(theirs, "keep", &stat), 0);
	assert_int_equal(folder_remove_tree(FOLDER_HERE, outside), 0);
	folder_close(theirs);
}

static void only_regular_files_are_read(void **state)
{
	(void)state;
	struct buf text = BUF_INIT;
	assert_int_equal(mkfifoat(folder, "fifo", 0666), 0);
	assert_int_equal(mkdirat(folder, "folder", 0777), 0);
	FAILS(file_read(path("fifo"), 100, &text), EINVAL); /* would wait for ever */
	FAILS(file_read(path("folder"), 100, &text), EINVAL);
	FAILS(file_read("/dev/zero", 100, &text), EINVAL);
	FAILS(file_read(path("absent"), 100, &text), ENOENT);
	errno = 0;
	assert_null(file_reader_open(path("fifo")));
	assert_int_equal(errno, EINVAL);
	assert_int_equal(file_create(folder, "hundred", S("0123456789")), 0);
	assert_int_equal(file_read(path("hundred"), 10, &text), 0);
	assert_int_equal(text.len, 10);
	FAILS(file_read(path("hundred"), 9, &text), EFBIG);
	buf_release(&text);
}

static void a_full_disk_leaves_nothing_behind(void **state)
{
	(void)state;
	static char bytes[100000];
	struct rlimit old, small = { 5000, 5000 };
	assert_int_equal(file_create(folder, "a", S("old")), 0);
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small.rlim_max = old.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	errno = 0;
	int created = file_create(folder, "b", (struct str){ bytes, sizeof bytes }), why = errno;
	int replaced = file_replace(folder, "a", (struct str){ bytes, sizeof bytes });
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	assert_int_equal(created, -1);
	assert_int_equal(why, EFBIG);
	assert_int_equal(replaced, -1);
	holds("a", "old");
	assert_int_equal(names_count(), 1);
}

static void names_come_sorted_by_bytes(void **state)
{
	(void)state;
	static const char *const unsorted[] = { "b", "a-1", "\xC3\xA4", "B", "a", "10", "9", ".dot" };
	static const char *const sorted[] = { ".dot", "10", "9", "B", "a", "a-1", "b", "\xC3\xA4" };
	struct arena arena;
	struct str *names;
	size_t count;
	arena_init(&arena);
	for (size_t i = 0; i < 8; i++)
		assert_int_equal(file_create(folder, unsorted[i], S("")), 0);
	assert_int_equal(file_list(&arena, place, &names, &count), 0);
	assert_int_equal(count, 8);
	for (size_t i = 0; i < 8; i++)
		assert_string_equal(names[i].text, sorted[i]);
	assert_int_equal(file_list(&arena, path("absent"), &names, &count), 0);
	assert_int_equal(count, 0);
	FAILS(file_list(&arena, path("a"), &names, &count), ENOTDIR);
	arena_release(&arena);
}

/* Pieces end at 64 KiB: lines and their ends are put over that border in every way. */
static void lines_are_whole_across_pieces(void **state)
{
	(void)state;
	enum { PIECE = 64 * 1024 };
	for (int shift = -3; shift <= 3; shift++) {
		struct buf text = BUF_INIT, line = BUF_INIT;
		size_t len = (size_t)(PIECE + shift);
		memset(buf_grow(&text, len), 'x', len);
		text.len = len;
		buf_add(&text, S("\r\nsecond\rthird\n\n\xC3\xA4"));
		assert_int_equal(file_replace(folder, "lines", buf_str(&text)), 0);
		struct file_reader *reader = file_reader_open(path("lines"));
		assert_non_null(reader);
		for (int round = 0; round < 2; round++) {
			assert_true(file_reader_line(reader, &line));
			assert_int_equal(line.len, len);
			static const char *const lines[] = { "second", "third", "", "\xC3\xA4" };
			for (size_t i = 0; i < 4; i++) {
				assert_true(file_reader_line(reader, &line));
				assert_true(str_is(buf_str(&line), lines[i]));
			}
			assert_false(file_reader_line(reader, &line));
			assert_int_equal(file_reader_seek(reader, 0), 0);
		}
		file_reader_close(reader);
		buf_release(&text);
		buf_release(&line);
	}
}

static void pieces_make_up_the_file(void **state)
{
	(void)state;
	struct buf text = BUF_INIT, read = BUF_INIT;
	for (int i = 0; i < 50000; i++)
		buf_addf(&text, "%d,", i);
	assert_int_equal(file_create(folder, "big", buf_str(&text)), 0);
	struct file_reader *reader = file_reader_open(path("big"));
	struct str piece;
	while (assert_int_equal(file_reader_next(reader, &piece), 0), piece.len)
		buf_add(&read, piece);
	assert_true(str_equal(buf_str(&text), buf_str(&read)));
	assert_int_equal(file_reader_seek(reader, 7), 0);
	assert_int_equal(file_reader_next(reader, &piece), 0);
	assert_true(str_equal(str_sub(piece, 0, 20), str_sub(buf_str(&text), 7, 20)));
	file_reader_close(reader);
	buf_release(&text);
	buf_release(&read);
}

/* A second process is refused and told who holds it; the lock dies with its owner. */
static void a_lock_holds_between_processes(void **state)
{
	(void)state;
	int ready[2], go[2], status;
	char byte = 0;
	assert_int_equal(pipe(ready), 0);
	assert_int_equal(pipe(go), 0);
	pid_t child = fork();
	if (child == 0) {
		int64_t nobody = 0;
		byte = file_lock(folder, "lock", &nobody) >= 0 ? 'y' : 'n';
		if (write(ready[1], &byte, 1) != 1 || read(go[0], &byte, 1) != 1)
			_exit(1);
		raise(SIGKILL);
	}
	assert_int_equal(read(ready[0], &byte, 1), 1);
	assert_int_equal(byte, 'y');
	int64_t holder = 0;
	FAILS(file_lock(folder, "lock", &holder), EAGAIN);
	assert_int_equal(holder, child);
	assert_int_equal(write(go[1], &byte, 1), 1);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	int lock = file_lock(folder, "lock", &holder);
	assert_true(lock >= 0);
	holds("lock", "");
	file_unlock(lock);
}

static void a_lock_is_never_a_link(void **state)
{
	(void)state;
	int64_t holder = 0;
	assert_int_equal(symlinkat("/tmp/upfront-nowhere", folder, "lock"), 0);
	FAILS(file_lock(folder, "lock", &holder), ELOOP);
	assert_int_equal(access("/tmp/upfront-nowhere", F_OK), -1);
}

int main(void)
{
#define ONE(test) cmocka_unit_test_setup_teardown(test, open_place, close_place)
	const struct CMUnitTest tests[] = {
		ONE(a_file_is_made_once),
		ONE(replacing_makes_another_file),
		ONE(readers_see_whole_files_only),
		ONE(a_leftover_of_a_killed_build_is_no_hindrance),
		ONE(names_of_any_length_are_replaced),
		ONE(links_are_refused_when_writing),
		ONE(a_removed_tree_leaves_what_links_point_to),
		ONE(only_regular_files_are_read),
		ONE(a_full_disk_leaves_nothing_behind),
		ONE(names_come_sorted_by_bytes),
		ONE(lines_are_whole_across_pieces),
		ONE(pieces_make_up_the_file),
		ONE(a_lock_holds_between_processes),
		ONE(a_lock_is_never_a_link),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
