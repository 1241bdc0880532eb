/* SPDX-License-Identifier: MIT */
/*
 * How good are the promises? Stands at three days in a real log with only what was known then,
 * looks three months ahead, and holds what was promised against what came; beside it what a
 * spreadsheet would say (each lane's raw shares; mean and standard deviation), and the day that the
 * platform itself had promised. The log is Olist's public one, which may not be copied into this
 * project: OLIST names its shipments.csv, else it is looked for beside the repository.
 *
 *	make bench-promise DATA=/somewhere/olist/shipments.csv
 *
 * A second table stands at seven other days: what was chosen to do well at the first three must not have
 * been chosen for them alone.
 */
#include "../shop/little_shop.h"

#include <math.h>

#include "promise/beta.h"
#include "promise/promise.h"

enum {
	WINDOWS = 3, OTHERS = 7, AHEAD = 92, SCORED = 60, LANES = 1024, NEVER = 10000, NOT_HERE = 77,
	LEVELS = 3, THIN = 4 /* parcels known of a thin lane, at most */
};

enum rule { PUBLISHED, ESTIMATE, RAW, NORMAL, PLATFORM, RULES };
static const char *const rule_names[RULES] = { "published claim", "best estimate", "raw lane share",
					       "mean + 1.64 sd", "platform's date" };
static const double levels[LEVELS] = { 0.80, 0.90, 0.95 };
static const double normal[LEVELS] = { 0.8416, 1.2816, 1.6449 };

struct order {
	int lane;
	int32_t ordered, shipped, delivered, promised; /* DATE_NONE */
	bool lost;
	double weight;
};

struct kept {
	double parcels, promised, kept, days;
};

struct score {
	struct kept kept[RULES][LEVELS], thin[RULES];
	double crps[RULES], error[RULES][SCORED + 1], parcels;
};

/* What a spreadsheet knows of a lane: its parcels that had come. */
struct known {
	double delivered[SCORED * 2 + 1];
	double sum, squares, count;
	struct kept due[RULES]; /* at 90% */
};

struct record {
	struct order *rows;
	size_t count;
	char from[LANES][8], to[LANES][8];
	int lanes;
	struct known known[LANES], all;
};

static int outcome(const struct order *row)
{
	return row->delivered == DATE_NONE ? NEVER : row->delivered - row->ordered;
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

/* The share within n days by each rule; a lane without parcels takes all lanes'. */
static double share_of(enum rule rule, const struct promise *promise, const struct known *lane,
		       const struct order *row, int n)
{
	double came = 0;
	if (rule == PUBLISHED)
		return promise->door.claim[n] / 100.0;
	if (rule == ESTIMATE)
		return promise->door.share[n];
	if (rule == PLATFORM)
		return row->promised != DATE_NONE && n >= row->promised - row->ordered;
	for (int i = 0; i <= n && rule == RAW; i++)
		came += lane->delivered[i];
	if (rule == RAW)
		return came / lane->count;
	double mean = lane->sum / lane->count;
	double deviation = sqrt(fmax(0.25, lane->squares / lane->count - mean * mean));
	return 0.5 * erfc(-(n + 0.5 - mean) / deviation / sqrt(2));
}

static int day_of(enum rule rule, const struct promise *promise, const struct known *lane,
		  const struct order *row, int level)
{
	static const enum claim_level claims[] = { CLAIM_80, CLAIM_90, CLAIM_95 };
	if (rule == PUBLISHED)
		return promise->door.claim_days[claims[level]];
	if (rule == PLATFORM)
		return row->promised == DATE_NONE ? -1 : row->promised - row->ordered;
	if (rule == NORMAL) {
		double mean = lane->sum / lane->count;
		return (int)ceil(mean + normal[level] * sqrt(fmax(0, lane->squares / lane->count - mean * mean)));
	}
	for (int n = 0; n < PROMISE_DAYS; n++)
		if (share_of(rule, promise, lane, row, n) >= levels[level] - 1e-12)
			return n;
	return -1;
}

static void score_row(struct score *score, struct record *record, const struct promise *promise,
		      const struct order *row)
{
	struct known *own = &record->known[row->lane];
	const struct known *lane = own->count >= 2 ? own : &record->all;
	int came = outcome(row);
	score->parcels += row->weight;
	for (enum rule rule = 0; rule < RULES; rule++) {
		for (int i = 0; i < LEVELS; i++)
			note(&score->kept[rule][i], day_of(rule, promise, lane, row, i), came, row->weight);
		int day = day_of(rule, promise, lane, row, 1);
		note(&own->due[rule], day, came, row->weight);
		if (own->count <= THIN)
			note(&score->thin[rule], day, came, row->weight);
		for (int n = 0; n <= SCORED; n++) {
			double miss = share_of(rule, promise, lane, row, n) - (came <= n);
			score->crps[rule] += row->weight * miss * miss;
			score->error[rule][n] += row->weight * miss;
		}
	}
}

static void add_known(struct known *known, int day)
{
	known->count++;
	known->sum += day;
	known->squares += (double)day * day;
	if (day <= SCORED * 2)
		known->delivered[day]++;
}

static void count_known(struct record *record, int32_t today)
{
	memset(record->known, 0, sizeof record->known);
	memset(&record->all, 0, sizeof record->all);
	for (size_t i = 0; i < record->count; i++) {
		const struct order *row = &record->rows[i];
		if (row->delivered == DATE_NONE || row->delivered >= today)
			continue;
		add_known(&record->known[row->lane], outcome(row));
		add_known(&record->all, outcome(row));
	}
}

/* Lanes of which fewer came in time than chance explains, one time in twenty. */
static int broken(const struct record *record, enum rule rule, int *judged)
{
	int count = 0;
	*judged = 0;
	for (int i = 0; i < record->lanes; i++) {
		const struct kept *due = &record->known[i].due[rule];
		double late = due->promised - due->kept;
		*judged += due->promised > 0;
		if (due->promised <= 0 || late <= 0)
			continue;
		struct beta beta = beta_of(late, due->kept + 1);
		count += beta_below(&beta, 0.1) < 0.05;
	}
	return count;
}

static void add_score(struct score *sum, const struct score *part)
{
	const double *from = (const double *)part;
	double *to = (double *)sum;
	for (size_t i = 0; i < sizeof *sum / sizeof(double); i++)
		to[i] += from[i];
}

static double share_kept(const struct kept *kept)
{
	return kept->promised > 0 ? kept->kept / kept->promised : NAN;
}

static void print_score(const char *name, const struct score *score, const int *broken_lanes,
			const int *judged)
{
	for (enum rule rule = 0; rule < RULES; rule++) {
		double error = 0;
		for (int n = 1; n <= SCORED; n++)
			error += fabs(score->error[rule][n] / score->parcels) / SCORED;
		printf("%-10s  %-15s  %6.3f  %6.4f", rule ? "" : name, rule_names[rule],
		       score->crps[rule] / score->parcels, error);
		for (int i = 0; i < LEVELS; i++) {
			const struct kept *kept = &score->kept[rule][i];
			if (rule == PLATFORM && i != 1)
				printf("  %18s", "");
			else
				printf("  %.3f %5.1f d %3.0f%%", share_kept(kept), kept->days / kept->promised,
				       100 * kept->promised / kept->parcels);
		}
		printf("  %.3f  %3d/%d\n", share_kept(&score->thin[rule]), broken_lanes[rule], judged[rule]);
	}
}

static const char *const tables[][2] = {
	{ "shop.csv", "key,value\nname,Test\nurl,https://example.org\nlanguages,en\ncurrency,BRL\n"
		      "country,BR\ntimezone,America/Sao_Paulo\n" },
	{ "carriers.csv", "service,carrier,name,ships_from\nstd,Post,Standard,BR\n" },
	{ "zones.csv", "service,zone,countries\nstd,BR,BR\n" },
	{ "rates.csv", "service,zone,up_to,price\nstd,BR,,10 BRL\n" },
};

static void add_day(struct buf *text, int32_t date, int32_t today)
{
	if (date != DATE_NONE && date < today)
		date_add(text, date);
	buf_byte(text, ',');
}

/* What a seller would have exported on the morning of `today` of the orders since `since`. */
static struct promises *promises_known(struct little_shop *little, const struct record *record,
				       int32_t since, int32_t today)
{
	struct buf text = BUF_INIT;
	buf_add(&text, S("service,from,to,ordered,shipped,delivered,status,parcels\n"));
	for (size_t i = 0; i < record->count; i++) {
		const struct order *row = &record->rows[i];
		if (row->ordered < since || row->ordered >= today)
			continue;
		buf_addf(&text, "std,%s,%s,", record->from[row->lane], record->to[row->lane]);
		add_day(&text, row->ordered, today);
		add_day(&text, row->shipped, today);
		add_day(&text, row->delivered, today);
		buf_addf(&text, "%s,%.4f\n", row->lost && row->shipped < today ? "lost" : "", row->weight);
	}
	buf_byte(&text, 0);
	little_open(little);
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		little_put(little, tables[i][0], tables[i][1]);
	little_put(little, "shipments.csv", text.text);
	little->shop = shop_load(&little->arena, little->folder, today, little->diag);
	struct promises *promises = promises_new(&little->arena, little->shop, little->diag);
	assert_int_equal(diag_errors(little->diag), 0);
	buf_release(&text);
	return promises;
}

static struct place place_of(const char *code)
{
	struct place place;
	assert_true(place_parse(str_of(code), &place));
	return place;
}

static int32_t day(const char *text)
{
	int32_t date;
	assert_true(date_parse(str_of(text), &date));
	return date;
}

static const char *const standing[WINDOWS] = { "2017-06-01", "2017-09-01", "2017-12-01" };
static const char *const standing_else[OTHERS] = { "2017-05-01", "2017-07-01", "2017-08-01", "2017-10-01",
						   "2017-11-01", "2018-01-01", "2018-02-01" };

static void stand_at(struct record *record, const char *standing_at, struct score *sum, double *worst,
		     int *all_broken, int *all_judged)
{
	struct little_shop little;
	struct score score = { .parcels = 0 };
	int32_t today = day(standing_at);
	int lanes[RULES], judged[RULES];
	struct promises *promises = promises_known(&little, record, 0, today);
	count_known(record, today);
	for (size_t i = 0; i < record->count; i++) {
		const struct order *row = &record->rows[i];
		if (row->ordered < today || row->ordered >= today + AHEAD)
			continue;
		score_row(&score, record,
			  promise_get(promises, &little.shop->services[0], place_of(record->to[row->lane]),
				      place_of(record->from[row->lane]), NULL),
			  row);
	}
	for (enum rule rule = 0; rule < RULES; rule++) {
		lanes[rule] = broken(record, rule, &judged[rule]);
		all_broken[rule] += lanes[rule];
		all_judged[rule] += judged[rule];
		worst[rule] = fmin(worst[rule], share_kept(&score.kept[rule][1]));
	}
	print_score(standing_at, &score, lanes, judged);
	add_score(sum, &score);
	promises_free(promises);
	little_close(&little);
}

/* All windows in one table; in the end what must hold wherever one stands. */
static void stand_at_each(struct record *record, const char *const *days, int count, struct score *sum)
{
	double worst[RULES] = { 1, 1, 1, 1, 1 };
	int lanes[RULES] = { 0 }, judged[RULES] = { 0 };
	printf("%-10s  %-15s  %6s  %6s  %-18s  %-18s  %-18s  %5s  %s\n", "standing at", "method", "CRPS",
	       "calib.", "80%: kept in (of)", "90%: kept in (of)", "95%: kept in (of)", "thin", "broken");
	for (int i = 0; i < count; i++)
		stand_at(record, days[i], sum, worst, lanes, judged);
	print_score("together", sum, lanes, judged);
	printf("worst window at 90%%:");
	for (enum rule rule = 0; rule < RULES; rule++)
		printf(" %s %.3f%s", rule_names[rule], worst[rule], rule + 1 < RULES ? "," : "\n");
	for (int i = 0; i < LEVELS; i++)
		assert_true(share_kept(&sum->kept[PUBLISHED][i]) >= levels[i]);
	const struct kept *ninety = &sum->kept[PUBLISHED][1];
	assert_true(worst[PUBLISHED] >= 0.88);
	assert_true(ninety->days <= 29.5 * ninety->promised);
	assert_true(share_kept(&sum->thin[PUBLISHED]) >= 0.90);
	assert_true(sum->crps[ESTIMATE] <= 0.98 * sum->crps[RAW]);
}

static void promises_are_kept(void **state)
{
	struct score sum = { .parcels = 0 };
	stand_at_each(*state, standing, WINDOWS, &sum);
	printf("CRPS in days; (of): of so many parcels a day was promised; thin: kept at 90%% on lanes with at "
	       "most %d known\nparcels; broken: lanes below 90%% beyond chance, of those judged. %.0f parcels.\n\n",
	       THIN, sum.parcels);
	assert_true(sum.kept[PUBLISHED][1].days <= 29 * sum.kept[PUBLISHED][1].promised);
	assert_true(sum.crps[ESTIMATE] <= 4.57 * sum.parcels);
}

static void promises_are_kept_at_other_days(void **state)
{
	struct score sum = { .parcels = 0 };
	stand_at_each(*state, standing_else, OTHERS, &sum);
	printf("\n");
}

/* Of the orders of the last 30 days, most are still open: the share must be what later came. */
static void open_parcels_do_not_mislead(void **state)
{
	const struct record *record = *state;
	for (int w = 0; w < WINDOWS; w++) {
		struct little_shop little;
		struct place brazil = { "BR" };
		int32_t today = day(standing[w]);
		struct promises *promises = promises_known(&little, record, today - 30, today);
		const struct promise *promise =
			promise_get(promises, &little.shop->services[0], brazil, brazil, NULL);
		double told = promise->door.share[10], came = 0, parcels = 0;
		for (size_t i = 0; i < record->count; i++) {
			const struct order *row = &record->rows[i];
			if (row->ordered < today - 30 || row->ordered >= today)
				continue;
			came += outcome(row) <= 10 ? row->weight : 0;
			parcels += row->weight;
		}
		printf("%s, orders of 30 days alone: within 10 days %.3f said, %.3f came, %.0f%% open\n",
		       standing[w], told, came / parcels,
		       100.0 * (double)promise->open / (double)promise->parcels);
		assert_true(fabs(told - came / parcels) <= 0.03);
		promises_free(promises);
		little_close(&little);
	}
}

static int lane_of(struct record *record, struct str from, struct str to)
{
	for (int i = 0; i < record->lanes; i++)
		if (str_is(from, record->from[i]) && str_is(to, record->to[i]))
			return i;
	assert_true(record->lanes < LANES && from.len < 8 && to.len < 8);
	memcpy(record->from[record->lanes], from.text, from.len);
	memcpy(record->to[record->lanes], to.text, to.len);
	return record->lanes++;
}

static int32_t date_or_none(struct str text)
{
	int32_t date;
	return date_parse(text, &date) ? date : DATE_NONE;
}

/* order,service,from,to,ordered,shipped,delivered,status,promised,parcels; none of the cells is quoted */
static void read_row(struct record *record, struct str line)
{
	struct str cells[10];
	for (int i = 0; i < 10; i++) {
		size_t end = str_index(line, ',');
		cells[i] = str_sub(line, 0, end);
		line = str_sub(line, end + 1, line.len);
	}
	struct order row = { .ordered = date_or_none(cells[4]), .shipped = date_or_none(cells[5]),
			   .delivered = date_or_none(cells[6]), .promised = date_or_none(cells[8]),
			   .lost = str_is(cells[7], "lost"), .weight = strtod(cells[9].text, NULL) };
	bool backwards = row.shipped < row.ordered ||
			 (row.delivered != DATE_NONE && row.delivered < row.shipped);
	if (row.ordered == DATE_NONE || row.shipped == DATE_NONE || backwards ||
	    (!row.lost && row.delivered == DATE_NONE))
		return;
	row.lane = lane_of(record, cells[2], cells[3]);
	record->rows = realloc(record->rows, (record->count + 1) * sizeof row);
	assert_non_null(record->rows);
	record->rows[record->count++] = row;
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
	struct str rest = buf_str(&text);
	while (rest.len) {
		size_t end = str_index(rest, '\n');
		if (end && rest.text[0] != 'o')
			read_row(&record, str_sub(rest, 0, end));
		rest = str_sub(rest, end + 1, rest.len);
	}
	buf_release(&text);
	*state = &record;
	return 0;
}

static int close_record(void **state)
{
	struct record *record = *state;
	free(record->rows);
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
		cmocka_unit_test(promises_are_kept_at_other_days),
		cmocka_unit_test(open_parcels_do_not_mislead),
	};
	return cmocka_run_group_tests(tests, read_record, close_record);
}
