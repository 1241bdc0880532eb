/* SPDX-License-Identifier: MIT */
/* Where the command line comes in: finds the command and runs it. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "cli/command.h"

int main(int count, char **arguments)
{
	/* a closed pipe or a full quota is told by the write that fails, not by a signal */
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	const char *name = count > 1 ? arguments[1] : "--help";
	if (strcmp(name, "--version") == 0) {
		show_version();
		return STATUS_DONE;
	}
	if (strcmp(name, "--help") == 0 || strcmp(name, "help") == 0)
		return (int)run_help(count > 2 ? count - 2 : 0, arguments + 2);
	const struct command *command = command_find(name);
	if (!command) {
		fprintf(stderr, "upfront: there is no command '%s'; 'upfront help' lists them\n", name);
		return STATUS_USAGE;
	}
	struct command_line line;
	enum status status = options_read(command, count - 1, arguments + 1, &line);
	return (int)(status == STATUS_DONE ? command->run(&line) : status);
}
