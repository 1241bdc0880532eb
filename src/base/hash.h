/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_BASE_HASH_H
#define UPFRONT_BASE_HASH_H

/*
 * hash - has it changed?
 *
 * XXH3, the 64-bit form: the same on every machine, so it may be stored. Only this file
 * knows the xxHash library. Not for secrets.
 */

#include "base/str.h"

/* Hash of the text, continued from `seed` (0, or the hash of what came before). */
uint64_t hash_str(struct str s, uint64_t seed);

/* Hash of a number, continued from `seed`. */
uint64_t hash_number(uint64_t number, uint64_t seed);

/* The hash of a text that comes in pieces: the same as hash_str of all of it with seed 0. */
struct hash_run;

struct hash_run *hash_run_new(void);
void hash_run_add(struct hash_run *run, struct str piece);
uint64_t hash_run_end(struct hash_run *run); /* gives it back */

#endif
