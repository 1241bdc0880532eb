/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_CLI_COMMAND_H
#define UPFRONT_CLI_COMMAND_H

/*
 * command - what the program can be told to do.
 *
 * One file a command, one row in the table of command.c. The command line, the clock and the
 * environment come in here and nowhere else.
 */

#include "build/build.h"

/* All options of all commands; a command says which of them it takes. */
struct command_line {
	struct build_options build;
	const char *shop;	/* "." unless given */
	const char *words[2];	/* what stands before SHOP: ID and CC of explain, DIR of init */
	const char *service;	/* explain --service */
	int64_t quantity;	/* explain --quantity */
	int64_t days;		/* calendar --days */
	bool json, quiet, yes;
	char **ids;		/* pasted ID... */
	size_t id_count;
	bool all;		/* pasted --all */
	const char *from;	/* pasted --from */
	const char *market, *language, *field, *listing; /* which listings; NULL: any */
	int32_t on;		/* show --on */
	bool on_given;
};

struct command {
	const char *name;
	const char *usage;   /* behind the name: "[SHOP]" */
	const char *about;   /* one line */
	const char *help;    /* the rest of its help */
	const char *options; /* short keys of the options it takes, see options.c */
	int words;	     /* arguments before SHOP; -1: any number of ids */
	bool shop;	     /* does it take SHOP? */
	enum status (*run)(const struct command_line *line);
};

extern const struct command commands[]; /* ends with a name of NULL */

const struct command *command_find(const char *name); /* or NULL */

/* Reads the arguments behind the command's name; STATUS_USAGE when they are wrong (told on stderr). */
enum status options_read(const struct command *command, int count, char **arguments,
			 struct command_line *line);

/* Adds one line for every option the command takes. */
void options_describe(const struct command *command, struct buf *out);

enum status run_build(const struct command_line *line);
enum status run_check(const struct command_line *line);
enum status run_init(const struct command_line *line);
enum status run_calendar(const struct command_line *line);
enum status run_explain(const struct command_line *line);
enum status run_pending(const struct command_line *line);
enum status run_pasted(const struct command_line *line);
enum status run_show(const struct command_line *line);
enum status run_backtest(const struct command_line *line);
enum status run_help(int count, char **arguments);
void show_version(void);

/* Prints diagnostics to stderr, unless quiet hides what is no error. */
void show_diagnostics(struct diag *diag, bool quiet);

/* Adds {"file","line","column","severity","text"} objects, separated by commas. */
void json_diagnostics(struct diag *diag, struct buf *out);

/* Adds a JSON string with its quotes. */
void json_text(struct buf *out, struct str text);

/* Writes to stdout; a failure is STATUS_SYSTEM, told on stderr. */
enum status show(struct str text);

#endif
