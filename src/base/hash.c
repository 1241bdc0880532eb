/* SPDX-License-Identifier: MIT */
/*
 * Everything that is remembered between builds is remembered as one of these. Short texts are
 * hashed in place, long ones by the widest instructions the processor has: the same result.
 */
#include "base/hash.h"

#include <stdlib.h>

#include "base/arena.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#ifdef __x86_64__
/* of the library's xxh_x86dispatch.h, which cannot be included beside the inline form */
extern XXH64_hash_t XXH3_64bits_withSeed_dispatch(const void *text, size_t len, XXH64_hash_t seed);
#define LONG_HASH XXH3_64bits_withSeed_dispatch
#else
#define LONG_HASH XXH3_64bits_withSeed
#endif

/* Up to here XXH3 has its own short forms. */
enum { SHORT_MAX = 240 };

uint64_t hash_str(struct str s, uint64_t seed)
{
	return s.len <= SHORT_MAX ? XXH3_64bits_withSeed(s.text, s.len, seed) :
				    LONG_HASH(s.text, s.len, seed);
}

uint64_t hash_number(uint64_t number, uint64_t seed)
{
	return XXH3_64bits_withSeed(&number, sizeof number, seed);
}

struct hash_run {
	XXH3_state_t *state;
};

struct hash_run *hash_run_new(void)
{
	struct hash_run *run = malloc(sizeof *run);
	if (!run || !(run->state = XXH3_createState()))
		arena_exhausted();
	XXH3_64bits_reset(run->state);
	return run;
}

void hash_run_add(struct hash_run *run, struct str piece)
{
	XXH3_64bits_update(run->state, piece.text, piece.len);
}

uint64_t hash_run_end(struct hash_run *run)
{
	uint64_t hash = XXH3_64bits_digest(run->state);
	XXH3_freeState(run->state);
	free(run);
	return hash;
}
