/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_BASE_MAP_H
#define UPFRONT_BASE_MAP_H

/*
 * map - from a text to a pointer.
 *
 * Open addressing in an arena. Keys are lent: they must live as long as the map. Filled by
 * one thread, afterwards read by many.
 *
 *	struct map services = { .arena = arena };
 *	*map_put(&services, service->id) = service;
 *	const struct service *found = map_find(&services, S("cn-reg"));
 */

#include "base/str.h"

struct map_entry {
	struct str key;
	uint64_t hash;
	void *value; /* NULL marks a free entry */
};

struct map {
	struct arena *arena; /* the only field to set */
	struct map_entry *entries;
	size_t room; /* a power of two */
	size_t count;
};

/* The place of the key's value: NULL inside when the key is new, to be set before the next call. */
void **map_put(struct map *map, struct str key);

/* The value, or NULL. */
void *map_find(const struct map *map, struct str key);

#endif
