/* SPDX-License-Identifier: MIT */
/* The table of commands, and the help that is read from it. */
#include "cli/command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "output/names.h"
#include "program/program.h"
#include "words/words.h"

const struct command commands[] = {
	{ "build", "[SHOP]", "make the shop's pages and reports in out/",
	  "Reads content/ and templates/ of the shop, checks everything, and writes only what changed.\n"
	  "With an error in the content nothing is written, and the last good output stands.\n",
	  "dojOsfnraeq", 0, true, run_build },
	{ "check", "[SHOP]", "the same reading and working out, nothing written",
	  "Names everything that is wrong or doubtful with its file, line and column.\n", "djseq", 0,
	  true, run_check },
	{ "init", "DIR", "a new shop to start from",
	  "Writes a small, complete shop with made-up figures into a new folder: tables, texts, templates\n"
	  "and HOWTO.md. On a terminal it asks for the shop's name, address and currency first.\n",
	  "yq", 1, false, run_init },
	{ "explain", "ID CC [SHOP]", "where every number of that product to that country comes from",
	  "ID is a product's id, CC a country as in ISO 3166 (DE, US, US-HI).\n", "dSQeq", 2, true,
	  run_explain },
	{ "calendar", "[SHOP]", "the coming days on which any text will change, and why",
	  "Finds the days on which a row begins or ends, a closure or a season begins or is over, a rule or\n"
	  "statistics grow too old, or clocks change; works out each of them and the day before, and lists\n"
	  "those on which pages differ, with how many pages and listings.\n", "djteq", 0, true, run_calendar },
	{ "pending", "[SHOP]", "which listings to paste again, the worst first, and why",
	  "A listing is pending when the text that stands ready differs from the one that was last noted as\n"
	  "pasted. Before each other stand: promises that are too good by now, charges that have grown, the rest.\n",
	  "oe", 0, true, run_pending },
	{ "pasted", "(--all | --from FILE | ID...) [SHOP]", "note which texts stand in the listings now",
	  "FILE is what the desk saved. Several words are ids; the last one is SHOP if it is a shop's folder.\n",
	  "dAIMLFNoq", -1, true, run_pasted },
	{ "show", "ID MARKET [SHOP]", "the very text that was built for a listing on a day",
	  "MARKET is a marketplace or its site: ebay, ebay.de. Where several texts fit, they are listed.\n", "DdLFNo",
	  2, true, run_show },
	{ "backtest", "[SHOP]", "promises made from older parcels, held against newer ones",
	  "Stands at the first of each of the last six months with what was known then, and tells how many\n"
	  "parcels came within the days that were promised, which lanes broke, and which days were needed.\n",
	  "deq", 0, true, run_backtest },
	{ NULL, NULL, NULL, NULL, NULL, 0, false, NULL },
};

const struct command *command_find(const char *name)
{
	for (const struct command *command = commands; command->name; command++)
		if (strcmp(command->name, name) == 0)
			return command;
	return NULL;
}

enum status show(struct str text)
{
	if (file_write_all(STDOUT_FILENO, text) == 0)
		return STATUS_DONE;
	fprintf(stderr, "upfront: error: cannot write to standard output: %s\n", strerror(errno));
	return STATUS_SYSTEM;
}

void json_text(struct buf *out, struct str text)
{
	buf_byte(out, '"');
	escape_add(out, text, ESCAPE_JSON);
	buf_byte(out, '"');
}

void json_diagnostics(struct diag *diag, struct buf *out)
{
	static const char *const names[] = { "note", "warning", "error" };
	struct pos pos;
	enum severity severity;
	struct str text;
	for (size_t i = 0; diag_get(diag, i, &pos, &severity, &text); i++) {
		buf_add(out, i ? S(",{\"file\":") : S("{\"file\":"));
		json_text(out, str_of(pos.file));
		buf_addf(out, ",\"line\":%u,\"column\":%u,\"severity\":\"%s\",\"text\":", pos.line, pos.column,
			 names[severity]);
		json_text(out, text);
		buf_byte(out, '}');
	}
}

void show_diagnostics(struct diag *diag, bool quiet)
{
	enum { SHOWN_MAX = 100 };
	struct buf out = BUF_INIT;
	if (quiet && !diag_errors(diag))
		return;
	diag_print(diag, &out, SHOWN_MAX);
	file_write_all(STDERR_FILENO, buf_str(&out));
	buf_release(&out);
}

void show_version(void)
{
	struct arena arena;
	arena_init(&arena);
	struct str words = words_version(&arena);
	printf("upfront " UPFRONT_VERSION " (%.*s)\n", STR(words));
	arena_release(&arena);
}

static void describe_all(struct buf *out)
{
	buf_add(out, S("upfront: shipping pages that keep their promise, from a seller's tables\n\n"));
	for (const struct command *command = commands; command->name; command++)
		buf_addf(out, "  upfront %-8s %-14s %s\n", command->name, command->usage, command->about);
	buf_add(out, S("\n  upfront help COMMAND           its options\n"
		       "  upfront help names             every name that templates and texts may use\n"
		       "  upfront --version\n\n"
		       "SHOP is the folder that holds content/ and templates/; default: the current one.\n"
		       "Exit codes: 0 done, 1 the content has errors, 2 usage, 3 the system failed,\n"
		       "4 another build holds the output.\n"));
}

enum status run_help(int count, char **arguments)
{
	struct buf out = BUF_INIT;
	const struct command *command = count ? command_find(arguments[0]) : NULL;
	if (count && !command && strcmp(arguments[0], "names") != 0) {
		fprintf(stderr, "upfront: there is no command '%s'; 'upfront help' lists them\n", arguments[0]);
		return STATUS_USAGE;
	}
	if (command) {
		buf_addf(&out, "upfront %s %s\n\n%s: %s.\n%s\n", command->name, command->usage, command->name,
			 command->about, command->help);
		options_describe(command, &out);
	} else if (count) {
		names_describe(&out);
	} else {
		describe_all(&out);
	}
	enum status status = show(buf_str(&out));
	buf_release(&out);
	return status;
}
