/* SPDX-License-Identifier: MIT */
/*
 * The statistics in, claimed and kept shares out. Whether a parcel is judged depends on the day
 * it began and the day promised, never on how it went: those that are late are not forgotten,
 * and those that are quick not preferred.
 */
#include "promise/backtest.h"

#include "promise/inside.h"

enum { LEVELS = 3, NEVER = 1 << 20 };

static const struct {
	enum claim_level level;
	int percent;
} levels[LEVELS] = { { CLAIM_80, 80 }, { CLAIM_90, 90 }, { CLAIM_95, 95 } };

struct running {
	const struct shop *shop;
	struct backtest_row *months;   /* by month, then level */
	struct backtest_row *all;      /* by level */
	struct backtest_row *services; /* by service, then level */
	struct promises *promises;     /* of the month being judged */
	int month;
	int32_t first, last; /* its days */
};

/* One or more parcels of the same fate. */
struct fate {
	struct route route;
	bool from_order;
	const struct handling *handling;
	int32_t begun;
	int day; /* came on it; NEVER */
	double parcels;
};

static void add_to(struct backtest_row *row, double parcels, int promised, bool due, bool kept)
{
	row->parcels += parcels;
	if (!due)
		return;
	row->due += parcels;
	row->days += parcels * promised;
	row->kept += kept ? parcels : 0;
}

static void judge(struct running *running, const struct fate *fate)
{
	const struct service *service = fate->route.service;
	const struct promise *promise = promise_get(running->promises, service, fate->route.to,
						    fate->route.from, fate->handling);
	const struct curve *curve = fate->from_order ? &promise->door : &promise->transit;
	for (int i = 0; i < LEVELS; i++) {
		int promised = promise->pooled == POOLED_PUBLISHED ? -1
								   : curve->claim_days[levels[i].level];
		bool due = promised >= 0 && fate->begun + promised < running->shop->date;
		bool kept = fate->day <= promised;
		add_to(&running->months[running->month * LEVELS + i], fate->parcels, promised, due, kept);
		add_to(&running->all[i], fate->parcels, promised, due, kept);
		add_to(&running->services[service->index * LEVELS + (size_t)i], fate->parcels, promised,
		       due, kept);
	}
}

static void judge_parcel(struct running *running, const struct log *log,
			 const struct parcel *parcel)
{
	struct fate fate = { .route = log->routes[parcel->route], .day = NEVER,
			     .parcels = parcel->row_ppm / 1e6 };
	fate.from_order = parcel->ordered != DATE_NONE &&
			  parcel_handling(running->shop, parcel, &fate.handling);
	fate.begun = fate.from_order ? parcel->ordered : parcel->shipped;
	if (!parcel->row_ppm || fate.begun == DATE_NONE || fate.begun < running->first ||
	    fate.begun > running->last)
		return;
	if (parcel->status == PARCEL_DELIVERED && parcel->delivered < running->shop->date)
		fate.day = parcel->delivered - fate.begun;
	judge(running, &fate);
}

/* A counted row tells the month alone: its parcels are taken to have begun on the last day. */
static void judge_row(struct running *running, const struct ontime *row)
{
	struct fate fate = { .day = NEVER, .begun = running->last,
			     .parcels = (double)row->parcels_ppm / 1e6 };
	bool known = row->status == PARCEL_DELIVERED || row->status == PARCEL_LOST ||
		     row->status == PARCEL_RETURNED;
	if (row->period != running->first || !known || row->zone ||
	    str_is(place_str(&row->place), "*"))
		return;
	fate.route = (struct route){ .service = row->service, .from = row->from, .to = row->place };
	if (!row->from.code[0])
		fate.route.from = row->service->ships_from;
	if (row->status == PARCEL_DELIVERED && row->days_max >= 0)
		fate.day = row->days_max;
	judge(running, &fate);
}

static int32_t month_before(int32_t date, int months)
{
	int year, month, day;
	int32_t first = DATE_NONE;
	date_civil(date, &year, &month, &day);
	int count = year * 12 + month - 1 - months;
	date_of(count / 12, count % 12 + 1, 1, &first);
	return first;
}

static void judge_month(struct running *running, const struct log *log)
{
	struct arena arena;
	int back = BACKTEST_MONTHS - running->month;
	arena_init(&arena);
	running->first = month_before(running->shop->date, back);
	running->last = month_before(running->shop->date, back - 1) - 1;
	running->promises = promises_at(&arena, running->shop, log, running->first);
	for (int i = 0; i < LEVELS; i++)
		running->months[running->month * LEVELS + i].month = running->first;
	for (const struct log_block *block = log->blocks; block; block = block->next)
		for (size_t i = 0; i < block->count; i++)
			judge_parcel(running, log, &block->parcels[i]);
	for (size_t i = 0; i < running->shop->ontime_count; i++)
		judge_row(running, &running->shop->ontimes[i]);
	promises_free(running->promises);
	arena_release(&arena);
}

const struct backtest *backtest_run(struct arena *arena, const struct shop *shop,
				    struct diag *diag)
{
	struct arena memory;
	struct backtest *backtest = arena_new(arena, sizeof *backtest);
	struct running running = { .shop = shop };
	backtest->count = LEVELS * (BACKTEST_MONTHS + 1 + shop->service_count);
	backtest->rows = arena_array(arena, backtest->count, sizeof *backtest->rows);
	running.months = backtest->rows;
	running.all = running.months + LEVELS * BACKTEST_MONTHS;
	running.services = running.all + LEVELS;
	for (size_t i = 0; i < backtest->count; i++) {
		backtest->rows[i].claimed = levels[i % LEVELS].percent;
		backtest->rows[i].month = DATE_NONE;
	}
	for (size_t i = 0; i < shop->service_count * LEVELS; i++)
		running.services[i].service = &shop->services[i / LEVELS];
	arena_init(&memory);
	const struct log *log = log_read(&memory, arena, shop, diag);
	for (running.month = 0; running.month < BACKTEST_MONTHS; running.month++)
		judge_month(&running, log);
	arena_release(&memory);
	return backtest;
}

double backtest_kept(const struct backtest_row *row)
{
	return row->due > 0 ? row->kept / row->due : -1;
}

static void add_row(struct buf *out, const struct backtest_row *row)
{
	struct buf name = BUF_INIT;
	if (row->service)
		buf_add(&name, row->service->id);
	else if (row->month != DATE_NONE)
		date_add(&name, row->month);
	else
		buf_add(&name, S("all"));
	buf_addf(out, "%-16.*s %6d%%", STR(buf_str(&name)), row->claimed);
	if (row->due > 0)
		buf_addf(out, " %6.1f%% %6.1f %9.0f %9.0f\n", 100 * backtest_kept(row),
			 row->days / row->due, row->due, row->parcels);
	else
		buf_addf(out, " %7s %6s %9d %9.0f\n", "-", "-", 0, row->parcels);
	buf_release(&name);
}

void backtest_add(struct buf *out, const struct backtest *backtest)
{
	buf_add(out, S("promised on      claimed    kept   days       due   parcels\n"));
	for (size_t i = 0; i < backtest->count; i++)
		if (!backtest->rows[i].service || backtest->rows[i].parcels > 0)
			add_row(out, &backtest->rows[i]);
}
