/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PROGRAM_MESSAGE_H
#define UPFRONT_PROGRAM_MESSAGE_H

/*
 * message - what message.c (text, quotes, placeholders) and choice.c (plural and select) tell each
 * other: a reader that goes through one message from front to back.
 */

#include "program/compile.h"

struct reader {
	struct writing *writing;
	const struct passage *passage;
	struct str text; /* the passage up to the message's end */
	size_t at;
	struct place *place;
	unsigned branches;           /* that are around */
	const struct named *counted; /* what # stands for, or NULL */
	int64_t counted_offset;
};

/* The byte here and the one behind it; 0 at the end. */
char reader_here(const struct reader *reader);
char reader_next(const struct reader *reader);

void reader_skip_space(struct reader *reader);

/* A word of name bytes; empty when there is none. */
struct str reader_word(struct reader *reader);

/* Reads to the end, or `inside` a branch to its '}'. */
void reader_message(struct reader *reader, bool inside);

/*
 * Reads `, one {...} other {...}` behind the word `plural` or `select` at `word_at`; the
 * placeholder began at `open_at`. False when it was given up (reported).
 */
bool reader_choice(struct reader *reader, const struct named *named, size_t open_at, bool plural,
		   size_t word_at);

#define FAIL(reader, index, ...) fail((reader)->writing, (reader)->passage, index, __VA_ARGS__)

#endif
