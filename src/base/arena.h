/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_BASE_ARENA_H
#define UPFRONT_BASE_ARENA_H

/*
 * arena - memory that is given back all at once.
 *
 * A build has one arena for the shop and what is folded from it, and every worker a
 * scratch arena that it resets after each product. Nothing taken from an arena is freed
 * alone, so what lives together also dies together. An arena belongs to one thread at a time.
 *
 *	struct arena arena;
 *	arena_init(&arena);
 *	struct product *product = arena_new(&arena, sizeof *product);
 *	...
 *	arena_release(&arena);
 *
 * When memory runs out the program says so on stderr and ends with exit code 3: published
 * files are always whole (see base/file.h), so nothing is damaged by that.
 */

#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *block; /* newest block, linked to the older ones */
	struct arena_block *spare; /* kept by arena_reset for the next round */
	char *next;		   /* first free byte of the newest block */
	char *end;
	size_t taken; /* bytes asked from the system so far */
};

/* Makes an empty arena; it takes no memory until first used. */
void arena_init(struct arena *arena);

/* Gives everything back to the system; the arena is empty and usable afterwards. */
void arena_release(struct arena *arena);

/* Forgets everything that was taken, but keeps the memory for the next round. */
void arena_reset(struct arena *arena);

/* Returns `size` zeroed bytes, aligned for any type. Never NULL. */
void *arena_new(struct arena *arena, size_t size);

/* Returns `count` zeroed elements of `size` bytes. Never NULL; an overflow ends the program. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* Returns `size` unzeroed bytes without alignment: for text. Never NULL. */
char *arena_text(struct arena *arena, size_t size);

/*
 * Grows an array in the arena: returns room for one element more, appended behind `*count`
 * elements, and counts it. `*items` moves when it was full; the old copy stays until reset.
 * The array must have been grown by this function alone.
 */
void *arena_push(struct arena *arena, void *items, size_t *count, size_t size);

/* Ends the program with the message that memory ran out (exit code 3). */
_Noreturn void arena_exhausted(void);

#endif
