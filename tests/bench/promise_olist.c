/* SPDX-License-Identifier: MIT */
/*
 * How good are the promises? Stands at three days in a real log with only what was known then,
 * looks three months ahead, and holds what was promised against what came; beside it two
 * rules that a spreadsheet would use. The log is Olist's public one, which may not be copied into
 * this project: OLIST names its shipments.csv, else it is looked for beside the repository.
 *
 *	OLIST=/somewhere/olist/shipments.csv .build/bench/promise_olist
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "promise/log.h"
#include "promise/promise.h"

enum { WINDOWS = 3, AHEAD = 92, SCORED = 60, LANES = 4096, NEVER = 10000 };

enum rule { CLAIMED, ESTIMATED, RAW, NORMAL, RULES };
static const char *const rule_names[RULES] = { "published claim", "best estimate", "raw lane share",
					       "mean + z sd" };
static const double levels[] = { 0.80, 0.90, 0.95 };
static const double normal[] = { 0.8416, 1.2816, 1.6449 };
enum { LEVEL_COUNT = 3 };

struct kept {
	double parcels, promised, kept, days;
};

struct score {
	struct kept kept[RULES][LEVEL_COUNT];
	double crps, parcels, error[SCORED + 1], over[SCORED + 1];
};

/* Delivered parcels of a lane as a spreadsheet would list them: known on the day, no others. */
struct known {
	double delivered[PROMISE_DAYS];
	double sum, squares, count;
};

static int outcome(const struct parcel *parcel)
{
	if (parcel->status != PARCEL_DELIVERED)
		return NEVER;
	return parcel->delivered - parcel->ordered;
}

static void note(struct kept *kept, int day, int came, double weight)
{
	kept->parcels += weight;
	if (day < 0)
		return;
	kept->promised += weight;
	kept->days += weight * day;
	kept->kept += came <= day ? weight : 0;
}

static int raw_day(const struct known *known, double level)
{
	double came = 0;
	for (int n = 0; n < PROMISE_DAYS && known->count > 0; n++) {
		came += known->delivered[n];
		if (came >= level * known->count)
			return n;
	}
	return -1;
}

static int normal_day(const struct known *known, double z)
{
	if (known->count < 2)
		return -1;
	double mean = known->sum / known->count;
	double variance = fmax(0, known->squares / known->count - mean * mean);
	int day = (int)ceil(mean + z * sqrt(variance));
	return day < PROMISE_DAYS ? day : -1;
}

static int estimate_day(const struct promise *promise, double level)
{
	for (int n = 0; n < PROMISE_DAYS; n++)
		if (promise->door.share[n] >= level)
			return n;
	return -1;
}

static void score_parcel(struct score *score, const struct promise *promise,
			 const struct known *known, const struct parcel *parcel)
{
	static const enum claim_level claims[] = { CLAIM_80, CLAIM_90, CLAIM_95 };
	double weight = parcel->row_ppm / 1e6;
	int came = outcome(parcel);
	for (int i = 0; i < LEVEL_COUNT; i++) {
		note(&score->kept[CLAIMED][i], promise->door.claim_days[claims[i]], came, weight);
		note(&score->kept[ESTIMATED][i], estimate_day(promise, levels[i]), came, weight);
		note(&score->kept[RAW][i], raw_day(known, levels[i]), came, weight);
		note(&score->kept[NORMAL][i], normal_day(known, normal[i]), came, weight);
	}
	score->parcels += weight;
	for (int n = 0; n <= SCORED; n++) {
		double miss = promise->door.share[n] - (came <= n);
		score->crps += weight * miss * miss;
		score->error[n] += weight * miss;
		score->over[n] += weight * (promise->door.claim[n] / 100.0 - (came <= n));
	}
}

static void count_known(struct known *known, const struct log *log, int32_t today)
{
	memset(known, 0, LANES * sizeof *known);
	for (const struct log_block *block = log->blocks; block; block = block->next)
		for (size_t i = 0; i < block->count; i++) {
			const struct parcel *parcel = &block->parcels[i];
			int day = outcome(parcel);
			if (day == NEVER || parcel->delivered >= today)
				continue;
			struct known *lane = &known[parcel->route];
			if (day < PROMISE_DAYS)
				lane->delivered[day]++;
			lane->count++;
			lane->sum += day;
			lane->squares += (double)day * day;
		}
}

static void add_score(struct score *sum, const struct score *part)
{
	const double *from = (const double *)part;
	double *to = (double *)sum;
	for (size_t i = 0; i < sizeof *sum / sizeof(double); i++)
		to[i] += from[i];
}

static void print_score(const char *name, const struct score *score)
{
	double error = 0, over = -1;
	for (int n = 1; n <= SCORED; n++)
		error += fabs(score->error[n] / score->parcels) / SCORED;
	for (int n = 0; n <= SCORED; n++)
		over = fmax(over, score->over[n] / score->parcels);
	printf("%s: %.0f parcels, CRPS %.3f days, calibration error %.4f, largest over-claim %.4f\n", name,
	       score->parcels, score->crps / score->parcels, error, over);
	for (int rule = 0; rule < RULES; rule++) {
		printf("  %-16s", rule_names[rule]);
		for (int i = 0; i < LEVEL_COUNT; i++) {
			const struct kept *kept = &score->kept[rule][i];
			printf("  %2.0f%%: kept %.3f in %5.1f days (%.0f%% have one)", 100 * levels[i],
			       kept->kept / kept->promised, kept->days / kept->promised,
			       100 * kept->promised / kept->parcels);
		}
		printf("\n");
	}
}

static void write_file(const char *name, const char *text)
{
	FILE *file = fopen(name, "w");
	if (!file || fputs(text, file) < 0 || fclose(file) != 0)
		exit(3);
}

/* A shop around the log: one service, no profiles. */
static void make_shop(const char *folder, const char *log)
{
	char target[4096];
	if (chdir(folder) || mkdir("content", 0777) || !realpath(log, target) ||
	    symlink(target, "content/shipments.csv"))
		exit(3);
	write_file("content/shop.csv", "key,value\nname,Test\nurl,https://example.org\nlanguages,en\n"
				       "currency,BRL\ncountry,BR\ntimezone,America/Sao_Paulo\n");
	write_file("content/carriers.csv", "service,carrier,name,ships_from\nstd,Post,Standard,BR\n");
	write_file("content/zones.csv", "service,zone,countries\nstd,BR,BR\n");
	write_file("content/rates.csv", "service,zone,up_to,price\nstd,BR,,10 BRL\n");
}

static void stand_at(int32_t today, struct score *sum, double *worst)
{
	static struct known known[LANES];
	struct arena arena;
	struct score score = { .crps = 0 };
	arena_init(&arena);
	struct diag *diag = diag_new(".");
	struct shop *shop = shop_load(&arena, ".", today, diag);
	const struct log *log = log_read(&arena, shop, diag);
	struct promises *promises = promises_new(&arena, shop, diag);
	count_known(known, log, today);
	for (const struct log_block *block = log->blocks; block; block = block->next)
		for (size_t i = 0; i < block->count; i++) {
			const struct parcel *parcel = &block->parcels[i];
			const struct route *route = &log->routes[parcel->route];
			if (parcel->ordered < today || parcel->ordered >= today + AHEAD)
				continue;
			const struct promise *promise = promise_get(promises, route->service, route->to,
								    route->from, NULL);
			score_parcel(&score, promise, &known[parcel->route], parcel);
		}
	struct buf name = BUF_INIT;
	date_add(&name, today);
	buf_byte(&name, '\0');
	print_score(name.text, &score);
	*worst = fmin(*worst, score.kept[CLAIMED][1].kept / score.kept[CLAIMED][1].promised);
	add_score(sum, &score);
	buf_release(&name);
	promises_free(promises);
	diag_free(diag);
	arena_release(&arena);
}

int main(void)
{
	char folder[] = "/tmp/olist.XXXXXX";
	const char *log = getenv("OLIST");
	const char *const days[WINDOWS] = { "2017-06-01", "2017-09-01", "2017-12-01" };
	struct score sum = { .crps = 0 };
	double worst = 1;
	if (!log)
		log = "../shared/data/olist/shipments.csv";
	char path[4096];
	if (!realpath(log, path) || !mkdtemp(folder)) {
		printf("no log at '%s'; set OLIST to the shipments.csv made from Olist's data\n", log);
		return 0;
	}
	make_shop(folder, path);
	for (int i = 0; i < WINDOWS; i++) {
		int32_t today;
		if (date_parse(str_of(days[i]), &today))
			stand_at(today, &sum, &worst);
	}
	print_score("together", &sum);
	printf("worst window of the 90%% claim: %.3f kept\n", worst);
	return 0;
}
