/* SPDX-License-Identifier: MIT */
/* Linear probing; at most two thirds full, so that a miss is short. */
#include "base/map.h"

#include "base/hash.h"

static struct map_entry *probe(const struct map *map, struct str key, uint64_t hash)
{
	size_t at = (size_t)hash & (map->room - 1);
	for (;; at = (at + 1) & (map->room - 1)) {
		struct map_entry *entry = &map->entries[at];
		if (!entry->value || (entry->hash == hash && str_equal(entry->key, key)))
			return entry;
	}
}

static void grow(struct map *map)
{
	struct map old = *map;
	map->room = old.room ? old.room * 2 : 16;
	map->entries = arena_array(map->arena, map->room, sizeof *map->entries);
	for (size_t i = 0; i < old.room; i++)
		if (old.entries[i].value)
			*probe(map, old.entries[i].key, old.entries[i].hash) = old.entries[i];
}

void **map_put(struct map *map, struct str key)
{
	if ((map->count + 1) * 3 > map->room * 2)
		grow(map);
	uint64_t hash = hash_str(key, 0);
	struct map_entry *entry = probe(map, key, hash);
	if (!entry->value) {
		entry->key = key;
		entry->hash = hash;
		map->count++;
	}
	return &entry->value;
}

void *map_find(const struct map *map, struct str key)
{
	return map->count ? probe(map, key, hash_str(key, 0))->value : NULL;
}
