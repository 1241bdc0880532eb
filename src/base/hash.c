/* SPDX-License-Identifier: MIT */
/*
 * Everything that is remembered between builds is remembered as one of these. Short texts are
 * hashed in place, long ones by the widest instructions the processor has: the same result.
 */
#include "base/hash.h"

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
