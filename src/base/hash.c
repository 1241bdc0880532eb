/* SPDX-License-Identifier: MIT */
/* Everything that is remembered between builds is remembered as one of these. */
#include "base/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t hash_str(struct str s, uint64_t seed)
{
	return XXH3_64bits_withSeed(s.text, s.len, seed);
}

uint64_t hash_number(uint64_t number, uint64_t seed)
{
	return XXH3_64bits_withSeed(&number, sizeof number, seed);
}
