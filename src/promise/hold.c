/* SPDX-License-Identifier: MIT */
/* Parcels in, one by one; handed on by the thousand, route by route. */
#include "promise/hold.h"

#include "promise/promise.h"

enum {
	HELD_MOST = 1 << 17,  /* parcels, however few routes there are; */
	ROUTE_MOST = 96, /* with many, so many a route: else counting them costs less than starting to */
};

void hold_add(struct arena *arena, struct log *log, const struct parcel *parcel)
{
	if (log->count == log->block_count * LOG_BLOCK) {
		log->blocks = arena_push(arena, log->blocks, &log->block_count, sizeof *log->blocks);
		log->blocks[log->block_count - 1] =
			arena_array(arena, LOG_BLOCK, sizeof *log->blocks[0]);
	}
	*log_parcel(log, log->count++) = *parcel;
	log->parcels++;
}

bool hold_is_full(const struct log *log, const struct log_taker *taker)
{
	if (!taker)
		return false;
	size_t most = ROUTE_MOST * log->route_count;
	if (most < HELD_MOST)
		most = HELD_MOST;
	if (taker->most)
		most = taker->most;
	return log->count >= most && log->count >= 2 * log->undecided;
}

/* Puts the parcels into the order of their routes, each into its place at once. */
void hold_sort(struct log *log)
{
	struct arena scratch;
	arena_init(&scratch);
	size_t *next = arena_array(&scratch, log->route_count + 1, sizeof *next);
	size_t *end = arena_array(&scratch, log->route_count + 1, sizeof *end);
	for (size_t i = 0; i < log->count; i++)
		end[log_parcel(log, i)->route]++;
	for (size_t route = 0, sum = 0; route < log->route_count; route++) {
		next[route] = sum;
		end[route] = sum += end[route];
	}
	for (uint32_t route = 0; route < log->route_count; route++)
		for (; next[route] < end[route]; next[route]++) {
			struct parcel parcel = *log_parcel(log, next[route]);
			while (parcel.route != route) {
				struct parcel *place = log_parcel(log, next[parcel.route]++);
				struct parcel there = *place;
				*place = parcel;
				parcel = there;
			}
			*log_parcel(log, next[route]) = parcel;
		}
	arena_release(&scratch);
}

/* Whatever was written off longer ago than a promise reaches is lost, when ever that was known. */
static bool is_undecided(const struct parcel *parcel, int32_t today)
{
	bool written_off = parcel->status == PARCEL_LOST || parcel->status == PARCEL_RETURNED;
	return parcel->later || (written_off && today - parcel->shipped <= PROMISE_DAYS);
}

/* Puts the undecided ones behind all others; how many those are. */
static size_t part(struct log *log, int32_t today)
{
	size_t decided = 0, end = log->count;
	while (decided < end) {
		struct parcel *parcel = log_parcel(log, decided), there = *parcel;
		if (!is_undecided(parcel, today)) {
			decided++;
			continue;
		}
		*parcel = *log_parcel(log, --end);
		*log_parcel(log, end) = there;
	}
	return decided;
}

void hold_hand_on(struct log *log, const struct log_taker *taker, int32_t today)
{
	size_t all = log->count, decided = part(log, today);
	log->count = decided;
	hold_sort(log);
	taker->take(taker->context, log);
	log->undecided = all - decided;
	for (log->count = 0; log->count < log->undecided; log->count++)
		*log_parcel(log, log->count) = *log_parcel(log, decided + log->count);
}
