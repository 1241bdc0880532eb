/* SPDX-License-Identifier: MIT */
/*
 * fold - what fold.c (operations) and decide.c (conditions) share: one walk under way.
 */
#ifndef UPFRONT_PROGRAM_FOLD_H
#define UPFRONT_PROGRAM_FOLD_H

#include "program/form.h"

enum {
	FRAMES_MAX = 64, /* loop variables at the same time, over all calls */
	CALLS_MAX = 32   /* texts inside texts */
};

/* A loop variable. */
struct frame {
	const struct record *record; /* NULL: the loop is kept, its element comes later */
	const struct path *list;
	size_t index;
	const struct path *element; /* from the root; made when first asked for */
};

struct fold {
	const struct words *words;
	const struct record *root;
	struct buf *out;
	size_t start;            /* where ours begins in it */
	struct builder *builder; /* NULL when running */
	struct arena *arena;     /* for what is kept */
	struct reads *reads;
	struct holes *holes; /* NULL: values are written */
	bool apart;	     /* folding: known values are kept apart from the text */
	const struct path *trouble; /* what was not there */
	uint32_t base;              /* first frame of the program that is walked */
	unsigned calls;
	struct frame frames[FRAMES_MAX];
};

/* Adds a hole and returns its index. */
size_t hole_add(struct holes *holes, struct str name, struct str text, bool late);

/* Sets all but the frames, which every loop sets before it uses them. */
void fold_begin(struct fold *fold, const struct words *words, const struct record *root);

/* The value at the path, remembered as read; VALUE_LATER or VALUE_ABSENT also where a step on the
 * way is so. */
const struct value *fold_read(struct fold *fold, const struct path *path);

/* The same place in the arena, from the root or from the variable of a loop that is kept. */
const struct path *fold_rooted(struct fold *fold, const struct path *path);

/* 1, 0, or -1 when it needs what comes later; then, in a fold, `*rest` is what is left of it. */
int fold_decide(struct fold *fold, const struct expression *e, const struct expression **rest);

#endif
