/* SPDX-License-Identifier: MIT */
/* The values that a run left out, and the words that stand for them. */
#include <stdlib.h>
#include <string.h>

#include "program/fold.h"

void holes_reset(struct holes *holes)
{
	buf_reset(&holes->text);
	holes->count = 0;
}

void holes_release(struct holes *holes)
{
	buf_release(&holes->text);
	free(holes->items);
	*holes = (struct holes){ .items = NULL };
}

size_t hole_add(struct holes *holes, struct str name, struct str text, bool late)
{
	if (holes->count == holes->room) {
		holes->room += 32;
		holes->items = realloc(holes->items, holes->room * sizeof *holes->items);
		if (!holes->items)
			arena_exhausted();
	}
	holes->items[holes->count] = (struct hole){ name, holes->text.len, text.len, late };
	buf_add(&holes->text, text);
	return holes->count++;
}

struct str hole_text(const struct holes *holes, size_t index)
{
	const struct hole *hole = &holes->items[index];
	return (struct str){ holes->text.text + hole->start, hole->len };
}

int hole_at(struct str text, size_t at)
{
	size_t word = sizeof HOLE_WORD - 1;
	if (text.len - at < HOLE_LEN || memcmp(text.text + at, HOLE_WORD, word) != 0)
		return -1;
	char first = text.text[at + word], second = text.text[at + word + 1];
	if (first < 'a' || first > 'z' || second < 'a' || second > 'z')
		return -1;
	return (first - 'a') * 26 + (second - 'a');
}
