/* SPDX-License-Identifier: MIT */
/* Counts in, a piece of text a route out; and back. */
#include "promise/counts.h"

#include "promise/pack.h"

void packed_init(struct packed *packed, size_t routes)
{
	*packed = (struct packed){ .room = BUF_INIT };
	arena_init(&packed->arena);
	if (routes)
		packed->routes = arena_array(&packed->arena, routes, sizeof *packed->routes);
}

void packed_release(struct packed *packed)
{
	arena_release(&packed->arena);
	buf_release(&packed->room);
}

static void unpack(struct str *in, struct counts *counts)
{
	*counts = (struct counts){ .rows = 0 };
	tally_init(&counts->tally);
	if (in->len && unpack_number(in))
		unpack_words(in, counts, sizeof *counts);
}

static void pack(struct buf *out, const struct counts *counts)
{
	pack_number(out, counts->rows > 0);
	if (counts->rows)
		pack_words(out, counts, sizeof *counts);
}

void packed_get(const struct packed *packed, size_t route, struct counts *shipped,
		struct counts *ordered)
{
	struct str in = route < packed->count ? packed->routes[route] : S("");
	unpack(&in, shipped);
	unpack(&in, ordered);
}

void packed_add(struct packed *packed, const struct counts *shipped, const struct counts *ordered)
{
	buf_reset(&packed->room);
	pack(&packed->room, shipped);
	pack(&packed->room, ordered);
	packed->routes[packed->count++] = str_copy(&packed->arena, buf_str(&packed->room));
}
