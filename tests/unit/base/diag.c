/* SPDX-License-Identifier: MIT */
/* Everything that is wrong, sorted, once, with its line and a caret under the place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/threads.h"

struct fixture {
	char folder[40];
	struct diag *diag;
	struct buf text;
};

static int open_diag(void **state)
{
	static struct fixture f;
	memset(&f, 0, sizeof f);
	strcpy(f.folder, "/tmp/upfront-diag-XXXXXX");
	if (!mkdtemp(f.folder))
		return -1;
	f.diag = diag_new(f.folder);
	*state = &f;
	return 0;
}

static int close_diag(void **state)
{
	struct fixture *f = *state;
	char command[80];
	diag_free(f->diag);
	buf_release(&f->text);
	snprintf(command, sizeof command, "rm -r '%s'", f->folder);
	return system(command);
}

static void put(const struct fixture *f, const char *name, struct str bytes)
{
	char path[80];
	snprintf(path, sizeof path, "%s/%s", f->folder, name);
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes.text, 1, bytes.len, file), bytes.len);
	assert_int_equal(fclose(file), 0);
}

static void prints(struct fixture *f, size_t cap, const char *expected)
{
	buf_reset(&f->text);
	diag_print(f->diag, &f->text, cap);
	buf_byte(&f->text, 0);
	assert_string_equal(f->text.text, expected);
}

static void sorted_by_place_notes_first(void **state)
{
	struct fixture *f = *state;
	diag_error(f->diag, (struct pos){ "b.csv", 2, 1 }, "late");
	diag_error(f->diag, (struct pos){ "a.csv", 10, 1 }, "ten");
	diag_warning(f->diag, (struct pos){ "a.csv", 9, 7 }, "nine, seven");
	diag_error(f->diag, (struct pos){ "a.csv", 9, 2 }, "nine, two, %d", 2);
	diag_error(f->diag, (struct pos){ "a.csv", 9, 2 }, "nine, two, %d", 1);
	diag_error(f->diag, (struct pos){ "a.csv", 0, 0 }, "the file");
	diag_error(f->diag, (struct pos){ "a.csv", 9, 0 }, "the line");
	diag_error(f->diag, (struct pos){ NULL, 0, 0 }, "nowhere");
	diag_note(f->diag, (struct pos){ "z.csv", 1, 1 }, "read as GB18030");
	prints(f, 100,
	       "z.csv:1:1: note: read as GB18030\n"
	       "upfront: error: nowhere\n"
	       "a.csv: error: the file\n"
	       "a.csv:9: error: the line\n"
	       "a.csv:9:2: error: nine, two, 1\n"
	       "a.csv:9:2: error: nine, two, 2\n"
	       "a.csv:9:7: warning: nine, seven\n"
	       "a.csv:10:1: error: ten\n"
	       "b.csv:2:1: error: late\n");
	assert_int_equal(diag_errors(f->diag), 7);
	assert_int_equal(diag_warnings(f->diag), 1);
}

static void the_same_is_said_once(void **state)
{
	struct fixture *f = *state;
	for (int i = 0; i < 1000; i++) {
		diag_warning(f->diag, (struct pos){ "a.csv", 2, 1 }, "twice");
		diag_warning(f->diag, (struct pos){ "a.csv", 3, 1 }, "twice");
	}
	prints(f, 100, "a.csv:2:1: warning: twice\na.csv:3:1: warning: twice\n");
	assert_int_equal(diag_warnings(f->diag), 2);
}

static void the_line_is_shown_with_a_caret(void **state)
{
	struct fixture *f = *state;
	put(f, "a.csv", S("id,price\nL\xC3\xA4mp\xE2\x82\xAC,x1\n\t\ttab,x2\r\nlast,x3"));
	diag_error(f->diag, (struct pos){ "a.csv", 2, 7 }, "behind letters of two and three bytes");
	diag_error(f->diag, (struct pos){ "a.csv", 3, 7 }, "behind tabs");
	diag_error(f->diag, (struct pos){ "a.csv", 4, 6 }, "without an end of line");
	diag_error(f->diag, (struct pos){ "a.csv", 4, 70 }, "behind the end");
	diag_error(f->diag, (struct pos){ "a.csv", 5, 1 }, "no such line");
	diag_error(f->diag, (struct pos){ "gone.csv", 1, 1 }, "no such file");
	prints(f, 100,
	       "a.csv:2:7: error: behind letters of two and three bytes\n"
	       "  L\xC3\xA4mp\xE2\x82\xAC,x1\n"
	       "        ^\n"
	       "a.csv:3:7: error: behind tabs\n"
	       "  \t\ttab,x2\n"
	       "  \t\t    ^\n"
	       "a.csv:4:6: error: without an end of line\n"
	       "  last,x3\n"
	       "       ^\n"
	       "a.csv:4:70: error: behind the end\n"
	       "  last,x3\n"
	       "         ^\n"
	       "a.csv:5:1: error: no such line\n"
	       "gone.csv:1:1: error: no such file\n");
}

/* Several on one line, and lines of two files in turn. */
static void lines_are_found_again(void **state)
{
	struct fixture *f = *state;
	put(f, "a.csv", S("one\rtwo\r\nthree\n"));
	put(f, "b.csv", S("uno\n\n"));
	diag_error(f->diag, (struct pos){ "b.csv", 1, 1 }, "b");
	diag_error(f->diag, (struct pos){ "b.csv", 2, 1 }, "empty");
	diag_note(f->diag, (struct pos){ "a.csv", 3, 1 }, "note");
	diag_error(f->diag, (struct pos){ "a.csv", 2, 1 }, "first");
	diag_error(f->diag, (struct pos){ "a.csv", 2, 3 }, "second");
	prints(f, 100,
	       "a.csv:3:1: note: note\n  three\n  ^\n"
	       "a.csv:2:1: error: first\n  two\n  ^\n"
	       "a.csv:2:3: error: second\n  two\n    ^\n"
	       "b.csv:1:1: error: b\n  uno\n  ^\n"
	       "b.csv:2:1: error: empty\n");
}

static void long_lines_are_cut_around_the_place(void **state)
{
	struct fixture *f = *state;
	struct buf line = BUF_INIT;
	for (int i = 0; i < 300; i++)
		buf_add(&line, i == 200 ? S("X") : S("\xC3\xA4"));
	put(f, "a.csv", buf_str(&line));
	diag_error(f->diag, (struct pos){ "a.csv", 1, 201 }, "here");
	diag_print(f->diag, &f->text, 10);
	assert_true(str_is_utf8(buf_str(&f->text)));
	struct str rest = buf_str(&f->text);
	rest = str_sub(rest, str_index(rest, '\n') + 1, rest.len);
	struct str shown = str_sub(rest, 0, str_index(rest, '\n'));
	struct str caret = str_sub(rest, shown.len + 1, rest.len);
	assert_true(shown.len < 170);
	assert_int_equal(str_code_points(str_sub(shown, 0, str_index(shown, 'X'))),
			 str_index(caret, '^'));
	buf_release(&line);
}

/* A line that is no UTF-8 would leave broken letters on the terminal. */
static void lines_in_another_encoding_are_not_shown(void **state)
{
	struct fixture *f = *state;
	put(f, "a.csv", S("L\xE4mpchen\n"));
	diag_error(f->diag, (struct pos){ "a.csv", 1, 1 }, "here");
	prints(f, 10, "a.csv:1:1: error: here\n");
}

static void the_list_is_capped_and_the_rest_counted(void **state)
{
	struct fixture *f = *state;
	for (uint32_t i = 1; i <= 25; i++)
		diag_error(f->diag, (struct pos){ "a.csv", i, 1 }, "row %u", i);
	prints(f, 2, "a.csv:1:1: error: row 1\na.csv:2:1: error: row 2\nupfront: and 23 more\n");
}

static void a_list_that_is_cut_keeps_its_errors(void **state)
{
	struct fixture *f = *state;
	for (uint32_t i = 1; i <= 9; i++)
		diag_warning(f->diag, (struct pos){ "a.csv", i, 1 }, "row %u", i);
	diag_error(f->diag, (struct pos){ "b.csv", 7, 1 }, "the cause");
	prints(f, 2, "a.csv:1:1: warning: row 1\nb.csv:7:1: error: the cause\nupfront: and 8 more\n");
	prints(f, 1, "b.csv:7:1: error: the cause\nupfront: and 9 more\n");
	prints(f, 10, "a.csv:1:1: warning: row 1\na.csv:2:1: warning: row 2\n"
		      "a.csv:3:1: warning: row 3\na.csv:4:1: warning: row 4\n"
		      "a.csv:5:1: warning: row 5\na.csv:6:1: warning: row 6\n"
		      "a.csv:7:1: warning: row 7\na.csv:8:1: warning: row 8\n"
		      "a.csv:9:1: warning: row 9\nb.csv:7:1: error: the cause\n");
}

static void millions_are_counted_but_not_kept(void **state)
{
	struct fixture *f = *state;
	for (uint32_t i = 1; i <= 30000; i++)
		diag_warning(f->diag, (struct pos){ "a.csv", i, 1 }, "row");
	diag_error(f->diag, (struct pos){ "a.csv", 1, 1 }, "an error all the same");
	assert_true(diag_warnings(f->diag) >= 30000);
	assert_int_equal(diag_errors(f->diag), 1);
	prints(f, 1, "a.csv:1:1: error: an error all the same\nupfront: and 30000 more\n");
}

static void a_long_text_is_cut(void **state)
{
	struct fixture *f = *state;
	struct buf text = BUF_INIT;
	memset(buf_grow(&text, 10000), 'x', 10000);
	text.len = 10000;
	diag_error(f->diag, (struct pos){ NULL, 0, 0 }, "%.*s", STR(buf_str(&text)));
	diag_print(f->diag, &f->text, 1);
	assert_in_range(f->text.len, 1000, 3000);
	buf_release(&text);
}

static void report(void *context, unsigned worker)
{
	struct diag *diag = context;
	for (uint32_t i = 1; i <= 500; i++) {
		diag_error(diag, (struct pos){ "a.csv", i, 1 }, "said by all");
		diag_warning(diag, (struct pos){ "a.csv", i, 1 }, "said by %u", worker);
	}
}

static void several_threads_report(void **state)
{
	struct fixture *f = *state;
	threads_run(4, report, f->diag);
	assert_int_equal(diag_errors(f->diag), 500);
	assert_int_equal(diag_warnings(f->diag), 2000);
	struct pos pos;
	enum severity severity;
	struct str text;
	uint32_t line = 0;
	size_t index = 0;
	for (; diag_get(f->diag, index, &pos, &severity, &text); index++) {
		assert_true(pos.line >= line);
		line = pos.line;
	}
	assert_int_equal(index, 2500);
}

static void a_file_name_may_be_gone_by_then(void **state)
{
	struct fixture *f = *state;
	char name[] = "a.csv";
	diag_error(f->diag, (struct pos){ name, 2, 1 }, "second");
	diag_error(f->diag, (struct pos){ name, 1, 1 }, "first");
	strcpy(name, "?????");
	prints(f, 10, "a.csv:1:1: error: first\na.csv:2:1: error: second\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(sorted_by_place_notes_first, open_diag, close_diag),
		cmocka_unit_test_setup_teardown(the_same_is_said_once, open_diag, close_diag),
		cmocka_unit_test_setup_teardown(the_line_is_shown_with_a_caret, open_diag, close_diag),
		cmocka_unit_test_setup_teardown(lines_are_found_again, open_diag, close_diag),
		cmocka_unit_test_setup_teardown(long_lines_are_cut_around_the_place, open_diag, close_diag),
		cmocka_unit_test_setup_teardown(lines_in_another_encoding_are_not_shown, open_diag,
						close_diag),
		cmocka_unit_test_setup_teardown(the_list_is_capped_and_the_rest_counted, open_diag,
						close_diag),
		cmocka_unit_test_setup_teardown(a_list_that_is_cut_keeps_its_errors, open_diag,
						close_diag),
		cmocka_unit_test_setup_teardown(millions_are_counted_but_not_kept, open_diag, close_diag),
		cmocka_unit_test_setup_teardown(a_long_text_is_cut, open_diag, close_diag),
		cmocka_unit_test_setup_teardown(several_threads_report, open_diag, close_diag),
		cmocka_unit_test_setup_teardown(a_file_name_may_be_gone_by_then, open_diag, close_diag),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
