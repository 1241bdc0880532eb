/* SPDX-License-Identifier: MIT */
/* Blocks from malloc, cut up from front to back; a big request gets a block of its own. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 64 * 1024 };

struct arena_block {
	struct arena_block *older;
	size_t size; /* of the bytes behind this head */
	alignas(max_align_t) char bytes[];
};

_Noreturn void arena_exhausted(void)
{
	static const char text[] = "upfront: error: out of memory\n";
	fwrite(text, 1, sizeof text - 1, stderr);
	_Exit(3);
}

void arena_init(struct arena *arena)
{
	memset(arena, 0, sizeof *arena);
}

static void free_blocks(struct arena_block *block)
{
	while (block) {
		struct arena_block *older = block->older;
		free(block);
		block = older;
	}
}

void arena_release(struct arena *arena)
{
	free_blocks(arena->block);
	free_blocks(arena->spare);
	arena_init(arena);
}

void arena_reset(struct arena *arena)
{
	for (struct arena_block *block = arena->block; block;) {
		struct arena_block *older = block->older;
		block->older = arena->spare;
		arena->spare = block;
		block = older;
	}
	arena->block = NULL;
	arena->next = arena->end = NULL;
}

/* A block of an earlier round that is large enough. */
static struct arena_block *take_spare(struct arena *arena, size_t size)
{
	for (struct arena_block **at = &arena->spare; *at; at = &(*at)->older) {
		struct arena_block *block = *at;
		if (block->size >= size) {
			*at = block->older;
			return block;
		}
	}
	return NULL;
}

static struct arena_block *ask_system(struct arena *arena, size_t size)
{
	if (size > SIZE_MAX - sizeof(struct arena_block))
		arena_exhausted();
	struct arena_block *block = malloc(sizeof *block + size);
	if (!block)
		arena_exhausted();
	block->size = size;
	arena->taken += size;
	return block;
}

static void add_block(struct arena *arena, size_t need)
{
	struct arena_block *block = take_spare(arena, need);
	if (!block)
		block = ask_system(arena, need > BLOCK_SIZE / 4 ? need : BLOCK_SIZE);
	block->older = arena->block;
	arena->block = block;
	arena->next = block->bytes;
	arena->end = block->bytes + block->size;
}

char *arena_text(struct arena *arena, size_t size)
{
	if (!arena->next || (size_t)(arena->end - arena->next) < size)
		add_block(arena, size);
	char *text = arena->next;
	if (size)
		arena->next += size;
	return text;
}

void *arena_new(struct arena *arena, size_t size)
{
	size_t align = alignof(max_align_t);
	size_t skip = (align - (uintptr_t)arena->next % align) % align;
	if (!arena->next || (size_t)(arena->end - arena->next) < skip || (size_t)(arena->end - arena->next) - skip < size) {
		add_block(arena, size);
		skip = 0;
	}
	char *bytes = arena->next + skip;
	arena->next = bytes + size;
	return memset(bytes, 0, size);
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		arena_exhausted();
	return arena_new(arena, count * size);
}

void *arena_push(struct arena *arena, void *items, size_t *count, size_t size)
{
	/* capacity is the next power of two from 8 on, so it need not be stored */
	size_t used = *count;
	if (used == 0 || (used >= 8 && (used & (used - 1)) == 0)) {
		void *grown = arena_array(arena, used ? used * 2 : 8, size);
		if (used)
			memcpy(grown, items, used * size);
		items = grown;
	}
	*count = used + 1;
	return items;
}
