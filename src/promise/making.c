/* SPDX-License-Identifier: MIT */
/*
 * A log in, promises out that are ready to be asked. The log is read once, and its parcels are not kept:
 * all that they are counted for, today and in the months before, is counted side by side.
 */
#include "promise/inside.h"
#include "promise/replay.h"

struct promises *promises_begin(struct arena *arena, const struct shop *shop, int32_t today)
{
	struct promises *promises = arena_new(arena, sizeof *promises);
	arena_init(&promises->memory);
	promises->shop = shop;
	promises->statistics = statistics_new(&promises->memory, shop, today, NULL);
	peaks_find(&promises->peaks, &promises->memory, shop, today);
	promises->kept.arena = promises->arrivals.arena = &promises->memory;
	pthread_mutex_init(&promises->lock, NULL);
	return promises;
}

void promises_count(struct promises *promises, const struct log *log)
{
	statistics_count(promises->statistics, log);
	peaks_count(&promises->peaks, log);
}

void promises_settle(struct promises *promises, const struct log *log)
{
	promises->hash = log->hash;
	statistics_settle(promises->statistics, log);
	peaks_settle(&promises->peaks, log);
	promises->transits = arena_array(&promises->memory,
					 4 * lanes_count(promises->statistics->lanes) + 1,
					 sizeof *promises->transits);
}

/* What is counted while the log is read: for today, and for the months before. */
struct counted {
	struct promises *promises;
	struct replay *replay;
};

static void count_held(void *context, const struct log *log)
{
	struct counted *counted = context;
	promises_count(counted->promises, log);
	replay_count(counted->replay, log);
}

/* Promises that were made earlier teach how the levels are to be read now. */
static void learn(struct promises *promises, struct replay *replay, const struct log *log)
{
	const struct shop *shop = promises->shop;
	if (!log->parcels)
		return;
	replay_settle(replay, log);
	promises->levels = replay_levels(replay, &promises->memory, 0, BACKTEST_MONTHS, shop->date);
	promises->backtest = backtest_of(&promises->memory, shop, replay, true);
}

/* The months before are given back when today's curves are worked out: both take much memory. */
static void read_log(struct promises *promises, struct arena *names, struct diag *diag, size_t most)
{
	struct arena memory;
	arena_init(&memory);
	struct counted counted = { promises, replay_new(&memory, promises->shop, BACKTEST_MONTHS) };
	struct log_taker taker = { count_held, &counted, most };
	const struct log *log = log_read(&memory, names, promises->shop, diag, &taker);
	learn(promises, counted.replay, log);
	replay_free(counted.replay);
	promises_settle(promises, log);
	arena_release(&memory);
}

struct promises *promises_new_holding(struct arena *arena, const struct shop *shop,
				      struct diag *diag, size_t most)
{
	struct promises *promises = promises_begin(arena, shop, shop->date);
	read_log(promises, arena, diag, most);
	handovers_check(promises->statistics->handovers, diag);
	int64_t old = promises->statistics->old_ppm / 1000000;
	if (old)
		diag_note(diag, (struct pos){ NULL, 0, 0 },
			  "parcels older than history_days (%d) are not counted any more: %lld",
			  shop->settings.history_days, (long long)old);
	return promises;
}

struct promises *promises_new(struct arena *arena, const struct shop *shop, struct diag *diag)
{
	return promises_new_holding(arena, shop, diag, 0);
}

const struct backtest *promises_backtest(const struct promises *promises)
{
	return promises->backtest;
}

void promises_free(struct promises *promises)
{
	pthread_mutex_destroy(&promises->lock);
	statistics_free(promises->statistics);
	peaks_free(&promises->peaks);
	arena_release(&promises->memory);
}

void promises_set_zones(struct promises *promises, int (*offset)(struct str zone, int32_t date))
{
	promises->offset = offset;
}

uint64_t promises_hash(const struct promises *promises)
{
	return promises->hash;
}
