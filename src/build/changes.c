/* SPDX-License-Identifier: MIT */
/* A list under a lock, sorted when it is written. */
#include "build/changes.h"

#include <stdlib.h>
#include <string.h>

#include "program/program.h"

void changes_init(struct changes *changes)
{
	memset(changes, 0, sizeof *changes);
	pthread_mutex_init(&changes->lock, NULL);
	arena_init(&changes->arena);
}

void changes_release(struct changes *changes)
{
	pthread_mutex_destroy(&changes->lock);
	arena_release(&changes->arena);
}

void changes_add(struct changes *changes, struct change_row row)
{
	if (row.change == CHANGE_NONE)
		return;
	pthread_mutex_lock(&changes->lock);
	struct arena *arena = &changes->arena;
	changes->made += row.change == CHANGE_NEW;
	changes->changed += row.change == CHANGE_CHANGED;
	changes->removed += row.change == CHANGE_REMOVED;
	row.path = str_copy(arena, row.path);
	row.id = str_copy(arena, row.id);
	row.reason = str_copy(arena, row.reason);
	changes->rows = arena_push(arena, changes->rows, &changes->count, sizeof *changes->rows);
	changes->rows[changes->count - 1] = row;
	pthread_mutex_unlock(&changes->lock);
}

static int by_place(const void *left, const void *right)
{
	const struct change_row *a = left, *b = right;
	if (a->order != b->order)
		return a->order < b->order ? -1 : 1;
	return str_compare(a->path, b->path);
}

void changes_write(struct changes *changes, struct buf *out)
{
	buf_add(out, S("path,id,marketplace,language,change,reason\n"));
	if (changes->count)
		qsort(changes->rows, changes->count, sizeof *changes->rows, by_place);
	for (size_t i = 0; i < changes->count; i++) {
		const struct change_row *row = &changes->rows[i];
		const struct str cells[] = { row->path, row->id,		  S(""),
					     row->language, str_of(change_name(row->change)), row->reason };
		for (size_t c = 0; c < sizeof cells / sizeof *cells; c++) {
			escape_add(out, cells[c], ESCAPE_CSV);
			buf_byte(out, c + 1 < sizeof cells / sizeof *cells ? ',' : '\n');
		}
	}
}
