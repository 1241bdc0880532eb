/* SPDX-License-Identifier: MIT */
/*
 * How good are the promises? Stands at three days in a real log with only what was known then,
 * looks three months ahead, and holds what was promised against what came; beside it two
 * rules that a spreadsheet would use. The log is Olist's public one, which may not be copied into
 * this project: OLIST names its shipments.csv, else it is looked for beside the repository.
 *
 *	OLIST=/somewhere/olist/shipments.csv .build/unit/promise/olist
 */
#include "../shop/little_shop.h"

#include <math.h>

#include "promise/log.h"
#include "promise/promise.h"

enum { WINDOWS = 3, AHEAD = 92, SCORED = 60, LANES = 4096, NEVER = 10000, NOT_HERE = 77 };

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

/* The whole log, read as on a day when all of it is known. */
struct record {
	struct little_shop little;
	const struct log *log;
};

static const char *const tables[][2] = {
	{ "shop.csv", "key,value\nname,Test\nurl,https://example.org\nlanguages,en\ncurrency,BRL\n"
		      "country,BR\ntimezone,America/Sao_Paulo\n" },
	{ "carriers.csv", "service,carrier,name,ships_from\nstd,Post,Standard,BR\n" },
	{ "zones.csv", "service,zone,countries\nstd,BR,BR\n" },
	{ "rates.csv", "service,zone,up_to,price\nstd,BR,,10 BRL\n" },
};

static const struct shop *load(struct little_shop *little, const char *shipments, int32_t today)
{
	little_open(little);
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		little_put(little, tables[i][0], tables[i][1]);
	little_put(little, "shipments.csv", shipments);
	little->shop = shop_load(&little->arena, little->folder, today, little->diag);
	return little->shop;
}

static void add_day(struct buf *text, int32_t date, int32_t today)
{
	if (date != DATE_NONE && date < today)
		date_add(text, date);
	buf_byte(text, ',');
}

/* What a seller would have exported on the morning of `today` of the orders since `since`. */
static void export_at(struct buf *text, const struct log *log, int32_t since, int32_t today)
{
	buf_add(text, S("service,from,to,ordered,shipped,delivered,status,parcels\n"));
	for (const struct log_block *block = log->blocks; block; block = block->next)
		for (size_t i = 0; i < block->count; i++) {
			const struct parcel *parcel = &block->parcels[i];
			const struct route *route = &log->routes[parcel->route];
			if (parcel->ordered < since || parcel->ordered >= today)
				continue;
			buf_addf(text, "std,%s,%s,", route->from.code, route->to.code);
			add_day(text, parcel->ordered, today);
			add_day(text, parcel->shipped, today);
			add_day(text, parcel->delivered, today);
			bool lost = parcel->status == PARCEL_LOST && parcel->shipped < today;
			buf_addf(text, "%s,%.4f\n", lost ? "lost" : "", parcel->row_ppm / 1e6);
		}
	buf_byte(text, 0);
}

static struct promises *promises_known(struct little_shop *little, const struct log *log,
				       int32_t since, int32_t today)
{
	struct buf text = BUF_INIT;
	export_at(&text, log, since, today);
	const struct shop *shop = load(little, text.text, today);
	struct promises *promises = promises_new(&little->arena, shop, little->diag);
	assert_int_equal(diag_errors(little->diag), 0);
	buf_release(&text);
	return promises;
}

static int32_t day(const char *text)
{
	int32_t date;
	assert_true(date_parse(str_of(text), &date));
	return date;
}

static const char *const standing[WINDOWS] = { "2017-06-01", "2017-09-01", "2017-12-01" };

static void stand_at(const struct log *log, const char *standing_at, struct score *sum, double *worst)
{
	static struct known known[LANES];
	struct little_shop little;
	struct score score = { .crps = 0 };
	int32_t today = day(standing_at);
	struct promises *promises = promises_known(&little, log, 0, today);
	count_known(known, log, today);
	for (const struct log_block *block = log->blocks; block; block = block->next)
		for (size_t i = 0; i < block->count; i++) {
			const struct parcel *parcel = &block->parcels[i];
			const struct route *route = &log->routes[parcel->route];
			if (parcel->ordered < today || parcel->ordered >= today + AHEAD)
				continue;
			const struct promise *promise = promise_get(promises, &little.shop->services[0],
								    route->to, route->from, NULL);
			score_parcel(&score, promise, &known[parcel->route], parcel);
		}
	print_score(standing_at, &score);
	*worst = fmin(*worst, score.kept[CLAIMED][1].kept / score.kept[CLAIMED][1].promised);
	add_score(sum, &score);
	promises_free(promises);
	little_close(&little);
}

static void promises_are_kept(void **state)
{
	const struct record *record = *state;
	struct score sum = { .crps = 0 };
	double worst = 1;
	for (int i = 0; i < WINDOWS; i++)
		stand_at(record->log, standing[i], &sum, &worst);
	print_score("together", &sum);
	printf("worst window of the 90%% claim: %.3f kept\n", worst);
	for (int i = 0; i < LEVEL_COUNT; i++) {
		const struct kept *kept = &sum.kept[CLAIMED][i];
		assert_true(kept->kept >= levels[i] * kept->promised);
	}
	const struct kept *ninety = &sum.kept[CLAIMED][1];
	assert_true(worst >= 0.88);
	assert_true(ninety->days <= 29 * ninety->promised);
	assert_true(sum.crps <= 4.62 * sum.parcels);
}

/* Of the orders of the last 30 days, most are still open: the share must be what later came. */
static void open_parcels_do_not_mislead(void **state)
{
	const struct record *record = *state;
	for (int w = 0; w < WINDOWS; w++) {
		struct little_shop little;
		struct place brazil = { "BR" };
		int32_t today = day(standing[w]);
		struct promises *promises = promises_known(&little, record->log, today - 30, today);
		const struct promise *promise =
			promise_get(promises, &little.shop->services[0], brazil, brazil, NULL);
		double told = promise->door.share[10], came = 0, parcels = 0;
		for (const struct log_block *block = record->log->blocks; block; block = block->next)
			for (size_t i = 0; i < block->count; i++) {
				const struct parcel *parcel = &block->parcels[i];
				if (parcel->ordered < today - 30 || parcel->ordered >= today)
					continue;
				came += outcome(parcel) <= 10 ? parcel->row_ppm / 1e6 : 0;
				parcels += parcel->row_ppm / 1e6;
			}
		printf("%s: within 10 days %.3f said, %.3f came, %.0f%% open\n", standing[w], told,
		       came / parcels, 100.0 * (double)promise->open / (double)promise->parcels);
		assert_true(fabs(told - came / parcels) <= 0.03);
		promises_free(promises);
		little_close(&little);
	}
}

static int read_record(void **state)
{
	static struct record record;
	struct buf text = BUF_INIT;
	const char *path = getenv("OLIST");
	FILE *file = fopen(path ? path : "../shared/data/olist/shipments.csv", "rb");
	if (!file)
		return -1;
	for (size_t got = 1; got; text.len += got)
		got = fread(buf_grow(&text, 65536), 1, 65536, file);
	fclose(file);
	buf_byte(&text, 0);
	const struct shop *shop = load(&record.little, text.text, day("2019-01-01"));
	record.log = log_read(&record.little.arena, &record.little.arena, shop, record.little.diag);
	buf_release(&text);
	*state = &record;
	return 0;
}

static int close_record(void **state)
{
	struct record *record = *state;
	little_close(&record->little);
	return 0;
}

int main(void)
{
	const char *path = getenv("OLIST");
	if (access(path ? path : "../shared/data/olist/shipments.csv", R_OK)) {
		printf("Olist's log is not here; OLIST names its shipments.csv\n");
		return NOT_HERE;
	}
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(promises_are_kept),
		cmocka_unit_test(open_parcels_do_not_mislead),
	};
	return cmocka_run_group_tests(tests, read_record, close_record);
}
