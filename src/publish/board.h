/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PUBLISH_BOARD_H
#define UPFRONT_PUBLISH_BOARD_H

/*
 * board - shelf, ledger and archive of an output folder, opened together.
 *
 * For commands that look at what a build left without building: `pending`, `pasted`, `show`.
 *
 *	struct board board;
 *	if (board_open(&board, "out", diag) == BOARD_READY)
 *		list = pending_find(board.shelf, board.ledger, board.archive);
 *	board_close(&board);
 */

#include "publish/archive.h"
#include "publish/ledger.h"

struct board {
	struct str memory; /* "out/.upfront" */
	struct shelf *shelf; /* NULL when no build made a listing text */
	struct ledger *ledger;
	struct archive *archive;
	struct arena arena;
	struct buf bytes; /* of the shelf */
	int folder, lock; /* -1 unless locked */
};

enum board_state {
	BOARD_READY,
	BOARD_NOTHING, /* nothing was ever built there */
	BOARD_DAMAGED, /* the shelf is not what was written; the next build mends it */
	BOARD_LOCKED,  /* another process writes there */
	BOARD_FAILED   /* errno says why */
};

/* Opens all three for reading. To be closed whatever comes of it. */
enum board_state board_open(struct board *board, const char *out, struct diag *diag);

/* The same with the lock that keeps builds and other writers out; `holder` is who has it, or 0. */
enum board_state board_open_locked(struct board *board, const char *out, struct diag *diag,
				   int64_t *holder);

void board_close(struct board *board);

#endif
