/* SPDX-License-Identifier: MIT */
/*
 * A log in, earlier promises out, one month after the other. The statistics of a month are worked out when
 * those of the one before were given back: what stays is one byte a level and way. Whether a parcel is judged
 * depends on the day it began and the day promised, never on how it went: those that are late are
 * not forgotten, and those that are quick not preferred.
 */
#include "promise/replay.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "promise/fates.h"

enum { ENOUGH = 30 /* parcels due, below which a level is not doubted */ };

struct replay {
	struct arena *arena;
	const struct shop *shop;
	const struct route *routes; /* the log's */
	int months;
	struct validity days[REPLAY_MOST];
	struct promises *standing[REPLAY_MOST]; /* at the first of the month; NULL once given back */
	struct buf fates[REPLAY_MOST]; /* of the parcels that began in the month, route by route */
	struct way **of_parcels; /* by route and lot */
	size_t way_count;
	struct map of_rows; /* to struct way */
	bool from_orders, from_handovers; /* are there parcels that are judged from there? */
};

static int32_t month_before(int32_t date, int months)
{
	int year, month, day;
	int32_t first = DATE_NONE;
	date_civil(date, &year, &month, &day);
	int count = year * 12 + month - 1 - months;
	date_of(count / 12, count % 12 + 1, 1, &first);
	return first;
}

static struct way *way_new(struct replay *replay, const struct service *service,
			   struct place from, struct place to)
{
	struct way *way = arena_new(replay->arena, sizeof *way);
	*way = (struct way){ .service = service, .from = from, .to = to, .index = replay->way_count++ };
	return way;
}

/* The parcels of a route that have the profile and the beginning in common are a lot. */
static size_t lots(const struct replay *replay)
{
	return 2 * (replay->shop->handling_count + 1);
}

/* How the days of a parcel are counted. */
struct begun {
	uint32_t lot;
	bool from_order;
	int32_t day; /* DATE_NONE: not yet */
};

static struct begun begun_of(const struct replay *replay, const struct parcel *parcel)
{
	struct begun begun;
	const struct handling *handling;
	begun.from_order = parcel->ordered != DATE_NONE &&
			   parcel_handling(replay->shop, parcel, &handling);
	begun.day = begun.from_order ? parcel->ordered : parcel->shipped;
	size_t profile = begun.from_order && handling ? handling->index + 1 : 0;
	begun.lot = (uint32_t)(2 * profile + begun.from_order);
	return begun;
}

static struct way *way_of(struct replay *replay, size_t route, uint32_t lot)
{
	struct way **way = &replay->of_parcels[route * lots(replay) + lot];
	const struct route *of = &replay->routes[route];
	if (*way)
		return *way;
	*way = way_new(replay, of->service, of->from, of->to);
	(*way)->from_order = lot & 1;
	(*way)->handling = lot > 1 ? &replay->shop->handlings[lot / 2 - 1] : NULL;
	return *way;
}

/* The way of a counted row that can be judged: of a place, in a month, and not under way. */
static bool row_judged(const struct ontime *row, const struct validity *month)
{
	bool known = row->status == PARCEL_DELIVERED || row->status == PARCEL_LOST ||
		     row->status == PARCEL_RETURNED;
	return row->period == month->from && known && !row->zone &&
	       !str_is(place_str(&row->place), "*");
}

/* The days promised to a way in a month, by level. */
static void promise_days(struct replay *replay, struct promises *promises, struct way *way,
			 int month)
{
	if (way->promised[month])
		return;
	promises->door_alone = !replay->from_handovers;
	promises->transit_alone = !replay->from_orders;
	const struct promise *promise =
		promise_get(promises, way->service, way->to, way->from, way->handling);
	const struct curve *curve = way->from_order ? &promise->door : &promise->transit;
	uint8_t *promised = arena_array(replay->arena, REPLAY_LEVELS, 1);
	memset(promised, REPLAY_NO_DAY, REPLAY_LEVELS);
	for (int n = PROMISE_DAYS - 1; n >= 0 && promise->pooled != POOLED_PUBLISHED; n--)
		for (int level = 0; level <= curve->claim[n] - REPLAY_LEAST; level++)
			promised[level] = (uint8_t)n;
	way->promised[month] = promised;
}

static struct place start_of(const struct ontime *row)
{
	return row->from.code[0] ? row->from : row->service->ships_from;
}

/* The name of a counted row's way; the text lies in `room`. */
static struct str row_key(const struct ontime *row, char room[64])
{
	int len = snprintf(room, 64, "%zu %s %s", row->service->index, start_of(row).code,
			   row->place.code);
	return (struct str){ room, (size_t)len };
}

static void promise_row(struct replay *replay, struct promises *promises, const struct ontime *row,
			int month)
{
	char room[64];
	struct str key = row_key(row, room);
	struct way *way = map_find(&replay->of_rows, key);
	if (!way) {
		way = way_new(replay, row->service, start_of(row), row->place);
		*map_put(&replay->of_rows, str_copy(replay->arena, key)) = way;
	}
	promise_days(replay, promises, way, month);
}

static void stand_at(struct replay *replay, int month, const struct log *log)
{
	struct promises *promises = replay->standing[month];
	struct fates_reader reader = fates_read(&replay->fates[month]);
	struct fate fate;
	promises_settle(promises, log);
	while (fates_next(&reader, &fate))
		promise_days(replay, promises, way_of(replay, reader.route, fate.lot), month);
	for (size_t i = 0; i < replay->shop->ontime_count; i++)
		if (row_judged(&replay->shop->ontimes[i], &replay->days[month]))
			promise_row(replay, promises, &replay->shop->ontimes[i], month);
	promises_free(promises);
	replay->standing[month] = NULL;
}

static int month_of(const struct replay *replay, int32_t day)
{
	if (day < replay->days[0].from)
		return -1;
	for (int month = replay->months - 1; month >= 0; month--)
		if (day >= replay->days[month].from)
			return day <= replay->days[month].to ? month : -1;
	return -1;
}

/* Adds the fate of a parcel to those of its month, when it is judged. */
static void add_fate(struct replay *replay, const struct parcel *parcel, struct fate **fresh,
		     size_t *count)
{
	bool shipped_before = parcel->shipped != DATE_NONE && parcel->shipped < replay->days[0].from;
	if (shipped_before || !parcel->row_ppm)
		return; /* its order is no later */
	struct begun begun = begun_of(replay, parcel);
	int month = begun.day != DATE_NONE ? month_of(replay, begun.day) : -1;
	if (month < 0)
		return;
	bool came = parcel->status == PARCEL_DELIVERED && parcel->delivered - begun.day < FATE_NEVER;
	fresh[month][count[month]++] = (struct fate){
		.lot = begun.lot,
		.begun = (uint8_t)(begun.day - replay->days[month].from),
		.day = (uint8_t)(came ? parcel->delivered - begun.day : FATE_NEVER),
		.ppm = parcel->row_ppm,
	};
	replay->from_orders |= begun.from_order;
	replay->from_handovers |= !begun.from_order;
}

/* Adds those of a route's parcels, which are held from `first` on; how many there are. */
static size_t add_route(struct replay *replay, const struct log *log, uint32_t route, size_t first,
			struct str *before, struct buf *more)
{
	struct arena scratch;
	struct fate *fresh[REPLAY_MOST];
	size_t count[REPLAY_MOST] = { 0 }, parcels = 0;
	arena_init(&scratch);
	while (first + parcels < log->count && log_parcel(log, first + parcels)->route == route)
		parcels++;
	for (int month = 0; month < replay->months; month++)
		fresh[month] = arena_array(&scratch, parcels + 1, sizeof *fresh[month]);
	for (size_t i = 0; i < parcels; i++)
		add_fate(replay, log_parcel(log, first + i), fresh, count);
	for (int month = 0; month < replay->months; month++)
		fates_add(&more[month], &before[month], fresh[month], count[month], &scratch);
	arena_release(&scratch);
	return parcels;
}

static void count_fates(struct replay *replay, const struct log *log)
{
	struct buf more[REPLAY_MOST];
	struct str before[REPLAY_MOST];
	for (int month = 0; month < replay->months; month++) {
		buf_init(&more[month]);
		before[month] = buf_str(&replay->fates[month]);
	}
	size_t first = 0;
	for (uint32_t route = 0; route < log->route_count; route++)
		first += add_route(replay, log, route, first, before, more);
	for (int month = 0; month < replay->months; month++) {
		buf_release(&replay->fates[month]);
		replay->fates[month] = more[month];
	}
}

struct replay *replay_new(struct arena *arena, const struct shop *shop, int months)
{
	struct replay *replay = arena_new(arena, sizeof *replay);
	*replay = (struct replay){ .arena = arena, .shop = shop, .months = months };
	replay->of_rows.arena = arena;
	replay->from_handovers = shop->ontime_count > 0;
	for (int month = 0; month < months; month++) {
		replay->days[month].from = month_before(shop->date, months - month);
		replay->days[month].to = month_before(shop->date, months - month - 1) - 1;
		replay->standing[month] = promises_begin(arena, shop, replay->days[month].from);
		buf_init(&replay->fates[month]);
	}
	return replay;
}

void replay_count(struct replay *replay, const struct log *log)
{
	for (int month = 0; month < replay->months; month++)
		promises_count(replay->standing[month], log);
	count_fates(replay, log);
}

void replay_settle(struct replay *replay, const struct log *log)
{
	replay->routes = log->routes;
	replay->of_parcels = arena_array(replay->arena, log->route_count * lots(replay) + 1,
					 sizeof(struct way *));
	count_fates(replay, log);
	for (int month = 0; month < replay->months; month++)
		stand_at(replay, month, log);
}

void replay_free(struct replay *replay)
{
	for (int month = 0; month < replay->months; month++) {
		buf_release(&replay->fates[month]);
		if (replay->standing[month])
			promises_free(replay->standing[month]);
	}
}

int replay_months(const struct replay *replay)
{
	return replay->months;
}

int32_t replay_first(const struct replay *replay, int month)
{
	return replay->days[month].from;
}

size_t replay_ways(const struct replay *replay)
{
	return replay->way_count;
}

static void judge_parcels(const struct replay *replay, int month, int32_t seen_on,
			  void (*judge)(void *context, const struct judged *judged), void *context)
{
	struct fates_reader reader = fates_read(&replay->fates[month]);
	struct fate fate;
	while (fates_next(&reader, &fate)) {
		const struct way *way = replay->of_parcels[reader.route * lots(replay) + fate.lot];
		struct judged judged = { .way = way, .day = REPLAY_NEVER,
					 .watched = seen_on - 1 - replay->days[month].from - fate.begun,
					 .promised = way->promised[month],
					 .parcels = (double)fate.ppm / 1e6 };
		if (fate.day < FATE_NEVER && fate.day <= judged.watched) /* as it was known then */
			judged.day = fate.day;
		judge(context, &judged);
	}
}

static void judge_rows(const struct replay *replay, int month, int32_t seen_on,
		       void (*judge)(void *context, const struct judged *judged), void *context)
{
	for (size_t i = 0; i < replay->shop->ontime_count; i++) {
		const struct ontime *row = &replay->shop->ontimes[i];
		if (!row_judged(row, &replay->days[month]))
			continue;
		char room[64];
		const struct way *way = map_find(&replay->of_rows, row_key(row, room));
		struct judged judged = { .way = way, .day = REPLAY_NEVER,
					 .watched = seen_on - 1 - replay->days[month].to,
					 .promised = way->promised[month],
					 .parcels = (double)row->parcels_ppm / 1e6 };
		if (row->status == PARCEL_DELIVERED && row->days_max >= 0)
			judged.day = row->days_max;
		judge(context, &judged);
	}
}

void replay_judge(const struct replay *replay, int month, int32_t seen_on,
		  void (*judge)(void *context, const struct judged *judged), void *context)
{
	judge_parcels(replay, month, seen_on, judge, context);
	judge_rows(replay, month, seen_on, judge, context);
}

/* Of one service: parcels for which a day was promised that is over, and those that were there. */
struct sums {
	double due[REPLAY_LEVELS], kept[REPLAY_LEVELS];
};

static void add_judged(void *context, const struct judged *judged)
{
	struct sums *sums = context;
	sums += judged->way->service->index;
	for (int level = 0; level < REPLAY_LEVELS; level++) {
		int promised = judged->promised[level];
		if (promised == REPLAY_NO_DAY || promised > judged->watched)
			break; /* higher levels are promised no earlier */
		sums->due[level] += judged->parcels;
		sums->kept[level] += judged->day <= promised ? judged->parcels : 0;
	}
}

static bool was_kept(const struct sums *sums, int read, int level)
{
	double share = (level + REPLAY_LEAST) / 100.0, due = sums->due[read];
	return due < ENOUGH || sums->kept[read] >= due * share - 2 * sqrt(due * share * (1 - share));
}

static void settle(struct levels *levels, const struct sums *sums)
{
	int read = 0;
	for (int claim = 0; claim < 100; claim++)
		levels->published[claim] = (uint8_t)(claim < REPLAY_LEAST ? claim : REPLAY_LEAST - 1);
	for (int level = 0; level < REPLAY_LEVELS; level++) {
		read = read > level ? read : level;
		while (read < REPLAY_LEVELS && !was_kept(sums, read, level))
			read++;
		for (int claim = read; claim < REPLAY_LEVELS; claim++)
			levels->published[claim + REPLAY_LEAST] = (uint8_t)(level + REPLAY_LEAST);
	}
}

const struct levels *replay_levels(const struct replay *replay, struct arena *arena, int first,
				   int count, int32_t seen_on)
{
	size_t services = replay->shop->service_count + 1;
	struct levels *levels = arena_array(arena, services, sizeof *levels);
	struct arena scratch;
	arena_init(&scratch);
	struct sums *sums = arena_array(&scratch, services, sizeof *sums);
	for (int month = first; month < first + count; month++)
		replay_judge(replay, month, seen_on, add_judged, sums);
	for (size_t i = 0; i < services; i++)
		settle(&levels[i], &sums[i]);
	arena_release(&scratch);
	return levels;
}

int levels_read_at(const struct levels *levels, int percent)
{
	int claim = percent;
	while (claim < 100 && levels->published[claim] < percent)
		claim++;
	return claim;
}
