/* SPDX-License-Identifier: MIT */
/* In: an output folder. Out: what it remembers of listings. */
#include "publish/board.h"

#include <errno.h>
#include <string.h>

#include "base/file.h"

#define SHELF_MAX ((size_t)1 << 31)

static void start(struct board *board, const char *out)
{
	memset(board, 0, sizeof *board);
	arena_init(&board->arena);
	board->folder = board->lock = -1;
	board->memory = str_format(&board->arena, "%s/.upfront", out);
}

static enum board_state read_all(struct board *board, struct diag *diag)
{
	struct str path = str_format(&board->arena, "%.*s/shelf", STR(board->memory));
	board->archive = archive_open(board->memory.text);
	board->ledger = ledger_read(board->memory.text, diag);
	if (file_read(path.text, SHELF_MAX, &board->bytes) < 0)
		return errno == ENOENT ? BOARD_READY : BOARD_FAILED;
	board->shelf = shelf_read(buf_str(&board->bytes));
	return board->shelf ? BOARD_READY : BOARD_DAMAGED;
}

enum board_state board_open(struct board *board, const char *out, struct diag *diag)
{
	struct file_stat stat;
	start(board, out);
	if (file_look(board->memory.text, &stat) < 0)
		return errno == ENOENT || errno == ENOTDIR ? BOARD_NOTHING : BOARD_FAILED;
	return read_all(board, diag);
}

enum board_state board_open_locked(struct board *board, const char *out, struct diag *diag,
				   int64_t *holder)
{
	start(board, out);
	board->folder = folder_open_path(board->memory.text, false);
	if (board->folder < 0)
		return errno == ENOENT || errno == ENOTDIR ? BOARD_NOTHING : BOARD_FAILED;
	board->lock = file_lock(board->folder, "lock", holder);
	if (board->lock < 0)
		return errno == EAGAIN ? BOARD_LOCKED : BOARD_FAILED;
	return read_all(board, diag);
}

void board_close(struct board *board)
{
	shelf_free(board->shelf);
	ledger_free(board->ledger);
	archive_free(board->archive);
	file_unlock(board->lock);
	folder_close(board->folder);
	buf_release(&board->bytes);
	arena_release(&board->arena);
}
