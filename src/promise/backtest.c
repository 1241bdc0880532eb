/* SPDX-License-Identifier: MIT */
/*
 * Earlier promises in, claimed and kept shares out. Each parcel is added to its month, to all, to
 * its service and to its lane; what was needed is asked of how they came, at the end.
 */
#include "promise/backtest.h"

#include "promise/beta.h"
#include "promise/replay.h"

enum { LONGER_LEAST = 10 /* parcels due, to call a promise longer than needed */ };

static const int levels[BACKTEST_LEVELS] = { 80, 90, 95 };

/* Parcels that are shown together. Both arrays hold steps: their sum up to a day is the number. */
struct heap {
	struct backtest_row rows[BACKTEST_LEVELS];
	double came[PROMISE_DAYS + 1]; /* there by the day, of those watched for so long */
	double seen[PROMISE_DAYS + 1]; /* watched for so long */
};

struct judging {
	const struct replay *replay;
	struct arena *arena;
	const struct levels *levels; /* as they were read in the month; NULL: as they are */
	struct heap *month, *all, *services;
	struct heap **by_way; /* lanes */
	struct map lanes;      /* to struct heap */
	struct heap **in_order;
	size_t lane_count;
	struct backtest *backtest;
};

static void start_heap(struct heap *group, const struct service *service, int32_t month)
{
	for (int i = 0; i < BACKTEST_LEVELS; i++)
		group->rows[i] = (struct backtest_row){ .service = service, .month = month,
							.claimed = levels[i], .needed = -1 };
}

static struct heap *lane_of(struct judging *j, const struct way *way)
{
	struct heap **lane = &j->by_way[way->index];
	if (*lane)
		return *lane;
	struct str key = str_format(j->arena, "%zu %s %s", way->service->index, way->from.code,
				    way->to.code);
	void **known = map_put(&j->lanes, key);
	if (!*known) {
		struct heap *group = arena_new(j->arena, sizeof *group);
		start_heap(group, way->service, DATE_NONE);
		for (int i = 0; i < BACKTEST_LEVELS; i++) {
			group->rows[i].from = way->from;
			group->rows[i].to = way->to;
		}
		j->in_order = arena_push(j->arena, j->in_order, &j->lane_count, sizeof(struct heap *));
		j->in_order[j->lane_count - 1] = group;
		*known = group;
	}
	return *lane = *known;
}

static void add_fate(struct heap *group, const struct judged *judged)
{
	int watched = judged->watched < PROMISE_DAYS ? judged->watched : PROMISE_DAYS - 1;
	if (watched < 0)
		return;
	group->seen[0] += judged->parcels;
	group->seen[watched + 1] -= judged->parcels;
	if (judged->day > watched)
		return;
	group->came[judged->day] += judged->parcels;
	group->came[watched + 1] -= judged->parcels;
}

static void add_promise(struct backtest_row *row, const struct judged *judged, int promised)
{
	row->parcels += judged->parcels;
	if (promised == REPLAY_NO_DAY || promised > judged->watched)
		return;
	row->due += judged->parcels;
	row->days += judged->parcels * promised;
	row->kept += judged->day <= promised ? judged->parcels : 0;
}

/* The day promised at a level, as it was read in that month. */
static int promised_at(const struct judging *j, const struct judged *judged, int percent)
{
	int claim = j->levels ? levels_read_at(&j->levels[judged->way->service->index], percent)
			      : percent;
	return claim < 100 ? judged->promised[claim - REPLAY_LEAST] : REPLAY_NO_DAY;
}

static void judge(void *context, const struct judged *judged)
{
	struct judging *j = context;
	struct heap *groups[] = { j->month, j->all, &j->services[judged->way->service->index],
				   lane_of(j, judged->way) };
	for (size_t g = 0; g < sizeof groups / sizeof *groups; g++)
		add_fate(groups[g], judged);
	for (int i = 0; i < BACKTEST_LEVELS; i++) {
		int promised = promised_at(j, judged, levels[i]);
		for (size_t g = 0; g < sizeof groups / sizeof *groups; g++)
			add_promise(&groups[g]->rows[i], judged, promised);
	}
	for (int i = 0; i < BACKTEST_POINTS; i++) {
		struct backtest_point *point = &j->backtest->points[i];
		int promised = promised_at(j, judged, point->claimed);
		if (promised == REPLAY_NO_DAY || promised > judged->watched)
			break; /* higher levels are promised no earlier */
		point->due += judged->parcels;
		point->kept += judged->day <= promised ? judged->parcels : 0;
	}
}

/* The first day within which the share came, of those that were watched for so long. */
static int needed_for(const struct heap *group, int percent)
{
	double came = 0, seen = 0;
	for (int n = 0; n < PROMISE_DAYS; n++) {
		came += group->came[n];
		seen += group->seen[n];
		if (seen < 1e-9)
			return -1;
		if (100 * came >= percent * seen - 1e-9)
			return n;
	}
	return -1;
}

static void show_heap(struct judging *j, struct heap *group)
{
	for (int i = 0; i < BACKTEST_LEVELS; i++) {
		group->rows[i].needed = needed_for(group, levels[i]);
		j->backtest->rows[j->backtest->count++] = group->rows[i];
	}
}

static void start(struct judging *j, const struct shop *shop)
{
	j->all = arena_array(j->arena, 1 + BACKTEST_MONTHS + shop->service_count, sizeof(struct heap));
	j->month = j->all + 1;
	j->services = j->month + BACKTEST_MONTHS;
	j->by_way = arena_array(j->arena, replay_ways(j->replay) + 1, sizeof(struct heap *));
	j->lanes.arena = j->arena;
	start_heap(j->all, NULL, DATE_NONE);
	for (size_t i = 0; i < shop->service_count; i++)
		start_heap(&j->services[i], &shop->services[i], DATE_NONE);
	for (int i = 0; i < BACKTEST_POINTS; i++)
		j->backtest->points[i].claimed = REPLAY_LEAST + i;
}

const struct backtest *backtest_of(struct arena *arena, const struct shop *shop,
				   const struct replay *replay, bool learns)
{
	struct arena scratch;
	struct backtest *backtest = arena_new(arena, sizeof *backtest);
	struct judging j = { .replay = replay, .arena = &scratch, .backtest = backtest };
	arena_init(&scratch);
	start(&j, shop);
	struct heap *months = j.month;
	int before = replay_months(replay) - BACKTEST_MONTHS;
	for (int i = 0; i < BACKTEST_MONTHS; i++) {
		int32_t first = replay_first(replay, before + i);
		j.month = &months[i];
		start_heap(j.month, NULL, first);
		if (learns)
			j.levels = replay_levels(replay, &scratch, before ? i : 0,
						 before ? before : i, first);
		replay_judge(replay, before + i, shop->date, judge, &j);
	}
	backtest->rows = arena_array(arena, BACKTEST_LEVELS * (BACKTEST_MONTHS + 1 + shop->service_count +
							       j.lane_count), sizeof *backtest->rows);
	for (int i = 0; i < BACKTEST_MONTHS; i++)
		show_heap(&j, &months[i]);
	show_heap(&j, j.all);
	for (size_t i = 0; i < shop->service_count; i++)
		show_heap(&j, &j.services[i]);
	for (size_t i = 0; i < j.lane_count; i++)
		show_heap(&j, j.in_order[i]);
	arena_release(&scratch);
	return backtest;
}

static void count_held(void *context, const struct log *log)
{
	replay_count(context, log);
}

const struct backtest *backtest_run(struct arena *arena, const struct shop *shop,
				    struct diag *diag)
{
	struct arena memory;
	arena_init(&memory);
	struct replay *replay = replay_new(&memory, shop, REPLAY_MOST);
	struct log_taker taker = { count_held, replay, 0 };
	const struct log *log = log_read(&memory, arena, shop, diag, &taker);
	replay_settle(replay, log);
	const struct backtest *backtest = backtest_of(arena, shop, replay, log->parcels > 0);
	replay_free(replay);
	arena_release(&memory);
	return backtest;
}

double backtest_kept(const struct backtest_row *row)
{
	return row->due > 0 ? row->kept / row->due : -1;
}

/* Jeffreys' interval, 5% outside of each end. */
void backtest_interval(const struct backtest_row *row, double *low, double *high)
{
	*low = 0;
	*high = 1;
	if (row->due <= 0)
		return;
	double late = row->due > row->kept ? row->due - row->kept : 0;
	struct beta beta = beta_of(row->kept + 0.5, late + 0.5);
	if (row->kept > 0)
		*low = beta_quantile(&beta, 0.05);
	if (late > 0)
		*high = beta_quantile(&beta, 0.95);
}

/* Would so few have come in time one time in twenty, were the claim true? */
static bool beyond_chance(const struct backtest_row *row)
{
	double late = row->due - row->kept;
	if (late < 1e-9)
		return false;
	struct beta beta = beta_of(late, row->kept + 1); /* at most `kept` of a binomial number */
	return beta_below(&beta, 1 - row->claimed / 100.0) < 0.05;
}

enum backtest_verdict backtest_verdict(const struct backtest_row *row)
{
	if (row->due <= 0)
		return BACKTEST_UNKNOWN;
	if (beyond_chance(row))
		return BACKTEST_BROKEN;
	double days = row->days / row->due;
	if (row->due >= LONGER_LEAST && row->needed >= 0 && days >= row->needed + 3 && 2 * days >= 3 * row->needed)
		return BACKTEST_LONGER;
	return BACKTEST_KEPT;
}

const char *backtest_verdict_name(enum backtest_verdict verdict)
{
	static const char *const names[] = { "", "kept", "broken", "longer than needed" };
	return names[verdict];
}
