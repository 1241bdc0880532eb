/* SPDX-License-Identifier: MIT */
/* One table of options; getopt_long reads, each value is checked where it comes in. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/threads.h"
#include "cli/command.h"
#include "shop/date.h"

struct option_row {
	char key; /* in command.options */
	const char *name;
	const char *value; /* what the value is called; NULL: none */
	const char *about;
};

static const struct option_row rows[] = {
	{ 'd', "date", "D", "the day to build for, YYYY-MM-DD (default: SOURCE_DATE_EPOCH, else today)" },
	{ 'o', "out", "DIR", "the output folder (default: out in the shop's folder)" },
	{ 'j', "jobs", "N", "threads (default: one a core)" },
	{ 'O', "only", "ID,...", "only the pages of these products" },
	{ 's', "strict", NULL, "warnings stop the build, too" },
	{ 'f', "full", NULL, "render everything and compare every file with the disk" },
	{ 'n', "dry-run", NULL, "render, compare and count, but write nothing" },
	{ 'r', "reports", NULL, "all reports, at any size of catalog" },
	{ 'a', "allow-empty", NULL, "a catalog without products may empty the site" },
	{ 'e', "json", NULL, "one JSON object on standard output" },
	{ 'q', "quiet", NULL, "only errors" },
	{ 'y', "yes", NULL, "ask nothing" },
	{ 'S', "service", "S", "only this service" },
	{ 'Q', "quantity", "N", "so many pieces in one parcel" },
	{ 't', "days", "N", "so many days ahead (default: 180)" },
	{ 'A', "all", NULL, "all texts that stand ready" },
	{ 'I', "from", "FILE", "those that were ticked at the desk" },
	{ 'D', "on", "D", "the day, YYYY-MM-DD (default: today)" },
	{ 'M', "market", "M", "only this marketplace, or this site of it" },
	{ 'L', "language", "L", "only this language" },
	{ 'F', "field", "F", "only this field" },
	{ 'N', "listing", "N", "only the listing with this number" },
};

enum { ROWS = sizeof rows / sizeof *rows };

static bool takes(const struct command *command, char key)
{
	return strchr(command->options, key) != NULL;
}

void options_describe(const struct command *command, struct buf *out)
{
	for (size_t i = 0; i < ROWS; i++) {
		char name[40];
		if (!takes(command, rows[i].key))
			continue;
		snprintf(name, sizeof name, "--%s%s%s", rows[i].name, rows[i].value ? " " : "",
			 rows[i].value ? rows[i].value : "");
		buf_addf(out, "  %-16s %s\n", name, rows[i].about);
	}
}

/* Today in UTC, or the day that SOURCE_DATE_EPOCH names. */
static bool clock_date(int32_t *date)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	int64_t seconds = (int64_t)time(NULL);
	if (epoch && !str_number(str_of(epoch), &seconds)) {
		fprintf(stderr, "upfront: SOURCE_DATE_EPOCH is a number of seconds, not '%s'\n", epoch);
		return false;
	}
	*date = (int32_t)(seconds / 86400);
	return true;
}

static bool read_count(const char *name, const char *text, int64_t max, int64_t *count)
{
	if (str_number(str_of(text), count) && *count >= 1 && *count <= max)
		return true;
	fprintf(stderr, "upfront: --%s is a whole number from 1 to %lld, not '%s'\n", name, (long long)max,
		text);
	return false;
}

static bool take(const struct option_row *row, const char *value, struct command_line *line)
{
	struct build_options *build = &line->build;
	int64_t count;
	switch (row->key) {
	case 'd':
		if (date_parse(str_of(value), &build->date))
			return true;
		fprintf(stderr, "upfront: --date is a day as YYYY-MM-DD, not '%s'\n", value);
		return false;
	case 'D':
		line->on_given = date_parse(str_of(value), &line->on);
		if (!line->on_given)
			fprintf(stderr, "upfront: --on is a day as YYYY-MM-DD, not '%s'\n", value);
		return line->on_given;
	case 'A':
		line->all = true;
		return true;
	case 'I':
		line->from = value;
		return true;
	case 'M':
		line->market = value;
		return true;
	case 'L':
		line->language = value;
		return true;
	case 'F':
		line->field = value;
		return true;
	case 'N':
		line->listing = value;
		return true;
	case 'o':
		build->out = value;
		return true;
	case 'j':
		if (!read_count("jobs", value, 64, &count))
			return false;
		build->jobs = (unsigned)count;
		return true;
	case 'O':
		build->only = str_of(value);
		return true;
	case 'S':
		line->service = value;
		return true;
	case 't':
		return read_count("days", value, 3660, &line->days);
	case 'Q':
		return read_count("quantity", value, 1000000, &line->quantity);
	case 's':
		build->strict = true;
		return true;
	case 'f':
		build->full = true;
		return true;
	case 'n':
		build->dry = true;
		return true;
	case 'r':
		build->reports = true;
		return true;
	case 'a':
		build->allow_empty = true;
		return true;
	case 'e':
		line->json = true;
		return true;
	case 'q':
		line->quiet = true;
		return true;
	default:
		line->yes = true;
		return true;
	}
}

static enum status wrong(const struct command *command)
{
	fprintf(stderr, "upfront: usage: upfront %s %s; 'upfront help %s' tells its options\n", command->name,
		command->usage, command->name);
	return STATUS_USAGE;
}

static bool is_shop(const char *path)
{
	struct arena arena;
	struct file_stat stat;
	arena_init(&arena);
	struct str content = str_format(&arena, "%s/content", path);
	bool there = file_look(content.text, &stat) == 0 && stat.is_folder;
	arena_release(&arena);
	return there;
}

/* ID... [SHOP]: exactly one of --all, --from and ids. */
static bool take_ids(int count, char **arguments, struct command_line *line)
{
	bool chosen = line->all || line->from;
	if (count && (chosen || count > 1) && is_shop(arguments[count - 1]))
		line->shop = arguments[--count];
	line->ids = arguments;
	line->id_count = (size_t)count;
	return (line->all != false) + (line->from != NULL) + (count > 0) == 1;
}

static bool take_arguments(const struct command *command, int count, char **arguments,
			   struct command_line *line)
{
	int at = 0;
	if (command->words < 0)
		return take_ids(count, arguments, line);
	for (; at < command->words && at < count; at++)
		line->words[at] = arguments[at];
	if (at < command->words)
		return false;
	if (command->shop && at < count)
		line->shop = arguments[at++];
	return at == count;
}

/* out/ of the shop, unless --out says otherwise. */
static const char *default_out(const char *shop)
{
	static char out[4096];
	if (strcmp(shop, ".") == 0)
		return "out";
	int len = snprintf(out, sizeof out, "%s/out", shop);
	return len > 0 && (size_t)len < sizeof out ? out : NULL;
}

enum status options_read(const struct command *command, int count, char **arguments,
			 struct command_line *line)
{
	struct option longs[ROWS + 1] = { { NULL, 0, NULL, 0 } };
	int found;
	memset(line, 0, sizeof *line);
	line->shop = ".";
	line->quantity = 1;
	line->days = 180;
	line->build.jobs = threads_cores();
	if (!clock_date(&line->build.date))
		return STATUS_USAGE;
	size_t used = 0;
	for (size_t i = 0; i < ROWS; i++)
		if (takes(command, rows[i].key))
			longs[used++] = (struct option){ rows[i].name,
							 rows[i].value ? required_argument : no_argument,
							 NULL, (int)i + 256 };
	while ((found = getopt_long(count, arguments, "", longs, NULL)) != -1)
		if (found < 256 || !take(&rows[found - 256], optarg, line))
			return wrong(command);
	if (!take_arguments(command, count - optind, arguments + optind, line))
		return wrong(command);
	line->build.folder = line->shop;
	if (!line->build.out)
		line->build.out = default_out(line->shop);
	return line->build.out ? STATUS_DONE : wrong(command);
}
