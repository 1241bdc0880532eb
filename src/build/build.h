/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_BUILD_BUILD_H
#define UPFRONT_BUILD_BUILD_H

/*
 * build - read, work out, check, render, publish.
 *
 * The six stages of the program, each a function of build.c; between working out and rendering stands the
 * gate: where an error was found nothing is written, and the last good output stands.
 *
 *	struct build_options options = { .folder = ".", .out = "out", .date = today, .jobs = 2 };
 *	struct build_result result;
 *	int status = build_run(&options, diag, &result);
 */

#include "base/buf.h"
#include "base/diag.h"

/* Exit codes of the program, FORMATS section 5. */
enum status {
	STATUS_DONE = 0,
	STATUS_CONTENT = 1, /* the content has errors; nothing was written */
	STATUS_USAGE = 2,
	STATUS_SYSTEM = 3,
	STATUS_LOCKED = 4
};

struct build_options {
	const char *folder; /* the shop */
	const char *out;    /* the output folder */
	int32_t date;	    /* the build date */
	unsigned jobs;	    /* threads */
	struct str only;    /* ids, separated by spaces, commas or semicolons; empty: all */
	bool check_only;    /* the first half: nothing is rendered or written */
	bool strict;	    /* a warning stops the build, too */
	bool full;	    /* believe no hash, compare every file with the disk */
	bool dry;	    /* render everything that would be, write nothing */
	bool reports;	    /* all reports, at any size of catalog */
	bool allow_empty;   /* a catalog without products may empty the site */
	void (*progress)(void *context, size_t done, size_t total); /* may be NULL */
	void *progress_context;
};

struct build_result {
	size_t products, pages; /* of the catalog; planned files of all kinds */
	size_t rendered;	/* product pages that were worked out again */
	size_t made, changed, removed; /* files */
	size_t classes;
	uint64_t warnings; /* also those of rows that were not looked at again */
	bool nothing_changed; /* the inputs are as they were: nothing was even looked at */
	struct buf trouble;   /* text of a system failure or of the lock */
	struct buf left_alone; /* files that upfront did not touch, a line each */
};

/* Runs the build. What is wrong with the content is in diag; the caller prints it. */
enum status build_run(const struct build_options *options, struct diag *diag,
		      struct build_result *result);

void build_result_release(struct build_result *result);

#endif
