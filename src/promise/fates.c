/* SPDX-License-Identifier: MIT */
/* Fates in, sorted and merged with those that were there; gaps between them and their numbers out. */
#include "promise/fates.h"

#include <stdlib.h>

#include "promise/pack.h"

enum { MONTH = 31, DAYS = FATE_NEVER + 1, MILLION = 1000000 };

static uint64_t key_of(const struct fate *fate)
{
	return ((uint64_t)fate->lot * MONTH + fate->begun) * DAYS + fate->day;
}

static int by_key(const void *left, const void *right)
{
	uint64_t a = key_of(left), b = key_of(right);
	return (a > b) - (a < b);
}

/* Whole parcels, as nearly all are, take a byte. */
static void pack_fate(struct buf *out, uint64_t gap, int64_t ppm)
{
	uint64_t parts = (uint64_t)ppm;
	pack_number(out, gap);
	pack_number(out, parts % MILLION ? parts << 1 | 1 : parts / MILLION << 1);
}

static int64_t unpack_ppm(struct str *in)
{
	uint64_t number = unpack_number(in);
	return (int64_t)(number & 1 ? number >> 1 : (number >> 1) * MILLION);
}

struct fates_reader fates_read(const struct buf *packed)
{
	return (struct fates_reader){ .rest = buf_str(packed) };
}

/* The next of the route at hand; false behind the last. */
static bool next_of_route(struct fates_reader *reader, struct fate *fate)
{
	if (!reader->left)
		return false;
	reader->left--;
	reader->key += unpack_number(&reader->rest);
	fate->day = (uint8_t)(reader->key % DAYS);
	fate->begun = (uint8_t)(reader->key / DAYS % MONTH);
	fate->lot = (uint32_t)(reader->key / DAYS / MONTH);
	fate->ppm = unpack_ppm(&reader->rest);
	return true;
}

static void start_route(struct fates_reader *reader)
{
	reader->key = 0;
	reader->left = reader->rest.len ? unpack_number(&reader->rest) : 0;
}

bool fates_next(struct fates_reader *reader, struct fate *fate)
{
	while (!next_of_route(reader, fate)) {
		if (!reader->rest.len)
			return false;
		reader->route += reader->begun;
		reader->begun = true;
		start_route(reader);
	}
	return true;
}

void fates_add(struct buf *out, struct str *before, struct fate *fresh, size_t count,
	       struct arena *scratch)
{
	struct fates_reader reader = { .rest = *before };
	struct fate old;
	start_route(&reader);
	struct fate *all = arena_array(scratch, reader.left + count + 1, sizeof *all);
	size_t merged = 0, i = 0;
	if (count)
		qsort(fresh, count, sizeof *fresh, by_key);
	for (bool more = next_of_route(&reader, &old); more || i < count;) {
		bool take_old = more && (i == count || key_of(&old) <= key_of(&fresh[i]));
		struct fate next = take_old ? old : fresh[i++];
		if (take_old)
			more = next_of_route(&reader, &old);
		if (merged && key_of(&all[merged - 1]) == key_of(&next))
			all[merged - 1].ppm += next.ppm;
		else
			all[merged++] = next;
	}
	pack_number(out, merged);
	for (size_t f = 0; f < merged; f++)
		pack_fate(out, key_of(&all[f]) - (f ? key_of(&all[f - 1]) : 0), all[f].ppm);
	*before = reader.rest;
}
