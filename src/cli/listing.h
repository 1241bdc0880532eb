/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_CLI_LISTING_H
#define UPFRONT_CLI_LISTING_H

/*
 * listing - what the commands about listings have in common: `pending`, `pasted`, `show`.
 */

#include "cli/command.h"
#include "publish/board.h"

/* Adds "LAMP-1 ebay.de de description 110000000134", as people call a listing's field. */
void listing_describe(struct buf *out, const struct shelf_name *name);

/* Tells on stderr what is wrong with the board, and as which exit code; STATUS_DONE when it is ready. */
enum status listing_ready(enum board_state state, const struct board *board, int64_t holder);

/* Do --market, --language, --field and --listing, where given, ask for this one? */
bool listing_wanted(const struct command_line *line, const struct shelf_name *name);

#endif
