/* SPDX-License-Identifier: MIT */
/* upfront build and upfront check: one run of the build, then what it did in one line. */
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/command.h"

struct progress {
	double started, shown; /* seconds */
};

static double seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* A line on a terminal, not more than five times a second. */
static void show_progress(void *context, size_t done, size_t total)
{
	struct progress *progress = context;
	double now = seconds(), passed = now - progress->started;
	if (now - progress->shown < 0.2 || !done)
		return;
	progress->shown = now;
	double rate = (double)done / passed;
	fprintf(stderr, "\r%zu of %zu products, %.0f a second, %.0f s left ", done, total, rate,
		(double)(total - done) / rate);
}

static void describe(const struct build_options *options, const struct build_result *result,
		     double passed, struct buf *out)
{
	if (options->check_only) {
		buf_addf(out, "%zu products checked", result->products);
	} else if (result->nothing_changed) {
		buf_addf(out, "%zu products, nothing has changed", result->products);
	} else {
		buf_addf(out, "%zu products, %zu pages: %zu new, %zu changed, %zu removed%s", result->products,
			 result->pages, result->made, result->changed, result->removed,
			 options->dry ? " if this were no dry run" : "");
	}
	if (result->warnings)
		buf_addf(out, ", %llu warning%s", (unsigned long long)result->warnings,
			 result->warnings == 1 ? "" : "s");
	if (result->nothing_changed && result->warnings)
		buf_add(out, S(" ('upfront check' shows them)"));
	buf_addf(out, " (%.2f s)", passed);
}

static void json(enum status status, const struct build_result *r, struct diag *diag,
		 struct buf *out)
{
	buf_addf(out,
		 "{\"status\":%d,\"products\":%zu,\"pages\":%zu,\"rendered\":%zu,\"classes\":%zu,\"new\":%zu,"
		 "\"changed\":%zu,\"removed\":%zu,\"warnings\":%llu,\"errors\":%zu,\"trouble\":",
		 (int)status, r->products, r->pages, r->rendered, r->classes, r->made, r->changed, r->removed,
		 (unsigned long long)r->warnings, diag_errors(diag));
	json_text(out, buf_str(&r->trouble));
	buf_add(out, S(",\"diagnostics\":["));
	json_diagnostics(diag, out);
	buf_add(out, S("]}\n"));
}

/* What an ended run says on stderr. */
static void say(const struct command_line *line, const struct build_options *options,
		enum status status, const struct build_result *result, double passed)
{
	struct buf out = BUF_INIT;
	if (result->trouble.len)
		buf_addf(&out, "upfront: error: %.*s\n", STR(buf_str(&result->trouble)));
	if (result->left_alone.len && !line->quiet)
		buf_add(&out, buf_str(&result->left_alone));
	if (status == STATUS_CONTENT && !options->check_only)
		buf_add(&out, S("upfront: nothing was written; the last good output stands\n"));
	if (status == STATUS_DONE && !line->quiet) {
		buf_add(&out, S("upfront: "));
		describe(options, result, passed, &out);
		buf_byte(&out, '\n');
	}
	file_write_all(STDERR_FILENO, buf_str(&out));
	buf_release(&out);
}

static enum status run(const struct command_line *line, struct build_options options)
{
	struct progress progress = { .started = seconds() };
	struct diag *diag = diag_new(line->shop);
	struct build_result result;
	bool terminal = isatty(STDERR_FILENO) && !line->quiet;
	if (terminal) {
		options.progress = show_progress;
		options.progress_context = &progress;
	}
	enum status status = build_run(&options, diag, &result);
	if (progress.shown > 0)
		fputs("\r\033[K", stderr);
	show_diagnostics(diag, line->quiet);
	say(line, &options, status, &result, seconds() - progress.started);
	if (line->json) {
		struct buf out = BUF_INIT;
		json(status, &result, diag, &out);
		enum status shown = show(buf_str(&out));
		status = status == STATUS_DONE ? shown : status;
		buf_release(&out);
	}
	build_result_release(&result);
	diag_free(diag);
	return status;
}

enum status run_build(const struct command_line *line)
{
	return run(line, line->build);
}

enum status run_check(const struct command_line *line)
{
	struct build_options options = line->build;
	options.check_only = true;
	return run(line, options);
}
