/* SPDX-License-Identifier: MIT */
#ifndef TESTS_UNIT_BUILD_FIXTURE_H
#define TESTS_UNIT_BUILD_FIXTURE_H

/*
 * fixture - the plain shop of the tests with the project's texts, templates and marketplaces, in a folder of its own; what
 * `upfront check` finds in it once some of its tables are others.
 *
 *	struct bench bench;
 *	bench_open(&bench);
 *	bench_put(&bench, "content/listings.csv", "id,marketplace,language\nLAMP-1,ebay,en\n");
 *	bench_finds(&bench, "content/listings.csv:...\n");
 *	bench_close(&bench);
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "build/build.h"
#include "shop/date.h"

struct bench {
	char folder[64];
};

static inline void bench_run(const char *format, const char *folder)
{
	char command[400];
	snprintf(command, sizeof command, format, folder);
	assert_int_equal(system(command), 0);
}

static inline void bench_put(const struct bench *bench, const char *name, const char *text)
{
	char path[200];
	snprintf(path, sizeof path, "%s/%s", bench->folder, name);
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
	assert_int_equal(fclose(file), 0);
}

static inline void bench_open(struct bench *bench)
{
	strcpy(bench->folder, "/tmp/build-bench-XXXXXX");
	assert_non_null(mkdtemp(bench->folder));
	bench_run("cp -R tests/shops/plain/content templates '%s/'", bench->folder);
	bench_run("cp -R content/marketplaces '%s/content/'", bench->folder);
	bench_run("mkdir '%s/content/text'", bench->folder);
	bench_run("cp content/text/en.csv '%s/content/text/'", bench->folder);
}

static inline void bench_close(struct bench *bench)
{
	bench_run("rm -r '%s'", bench->folder);
}

/* Are these all findings, notes and those of customs.csv left out? */
static inline void bench_finds(const struct bench *bench, const char *expected)
{
	static const char *const names[] = { "note", "warning", "error" };
	struct build_options options = { .folder = bench->folder, .out = "", .jobs = 2, .check_only = true };
	struct build_result result;
	struct diag *diag = diag_new(bench->folder);
	struct buf said = BUF_INIT;
	struct pos pos;
	enum severity severity;
	struct str text;
	assert_true(date_of(2026, 11, 22, &options.date));
	enum status status = build_run(&options, diag, &result);
	assert_int_equal(status, diag_errors(diag) ? STATUS_CONTENT : STATUS_DONE);
	for (size_t i = 0; diag_get(diag, i, &pos, &severity, &text); i++)
		if (severity != DIAG_NOTE && !(pos.file && !strcmp(pos.file, "content/customs.csv")))
			buf_addf(&said, "%s:%u:%u: %s: %.*s\n", pos.file ? pos.file : "", pos.line, pos.column,
				 names[severity], STR(text));
	buf_byte(&said, 0);
	assert_string_equal(said.text, expected);
	buf_release(&said);
	build_result_release(&result);
	diag_free(diag);
}

#endif
