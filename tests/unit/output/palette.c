/* SPDX-License-Identifier: MIT */
/* Site, desk and report wear the same colours, by day and by night: each has to stand in a file of its own, none may differ. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "output/report_parts.h"

static const char *const colours[] = { "paper", "sheet", "ink", "soft", "line", "accent", "on-accent" };

enum { COLOURS = sizeof colours / sizeof *colours };

/* The value of a colour's first or second setting: by day and by night; empty when there is none. */
static struct str setting(struct str css, const char *name, int which)
{
	char wanted[32];
	snprintf(wanted, sizeof wanted, "--%s:", name);
	for (size_t at = 0; at + strlen(wanted) < css.len; at++) {
		struct str rest = str_sub(css, at, css.len);
		if (!str_starts(rest, wanted) || which--)
			continue;
		rest = str_sub(rest, strlen(wanted), rest.len);
		size_t end = 0;
		while (end < rest.len && rest.text[end] != ';' && rest.text[end] != '}')
			end++;
		return str_trim(str_sub(rest, 0, end));
	}
	return S("");
}

static void wears(struct str css, struct str site, bool all)
{
	for (size_t i = 0; i < COLOURS; i++)
		for (int which = 0; which < 2; which++) {
			struct str ours = setting(site, colours[i], which);
			struct str theirs = setting(css, colours[i], which);
			assert_true(ours.len > 0);
			if ((all || theirs.len) && !str_equal(ours, theirs))
				fail_msg("--%s is '%.*s' here and '%.*s' in the site", colours[i], STR(theirs),
					 STR(ours));
		}
}

static void the_colours_are_the_same(void **state)
{
	struct buf site = BUF_INIT, desk = BUF_INIT;
	(void)state;
	assert_int_equal(file_read("templates/assets/style.css", 1 << 20, &site), 0);
	assert_int_equal(file_read("templates/desk.css", 1 << 20, &desk), 0);
	wears(buf_str(&desk), buf_str(&site), true);
	wears(str_of(report_style), buf_str(&site), false);
	buf_release(&site);
	buf_release(&desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(the_colours_are_the_same) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
