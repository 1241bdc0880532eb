/* SPDX-License-Identifier: MIT */
/*
 * Made-up worlds whose truth is known: lanes scattered around a service, one parcel in a hundred
 * lost, many still under way. In nine cases of ten, what is claimed must be true, also where months
 * differ. Runs 40 worlds of each kind, 200 with LONG=true.
 */
#include "../shop/little_shop.h"

#include <math.h>

#define MATHLIB_STANDALONE
#include <Rmath.h>

#include "promise/promise.h"

enum { LANES = 12, LAST = PROMISE_DAYS - 1, SCATTER = 30, MONTHS = 14 };

static const char *const countries[LANES] = { "AT", "BE", "DE", "DK", "ES", "FI",
					      "FR", "IE", "IT", "NL", "PL", "SE" };

struct world {
	double mass[LANES][PROMISE_DAYS]; /* by day of transit; what is missing never comes */
	double stretch[MONTHS + 1];	  /* of each month back from now; [0] is what comes next */
	int parcels[LANES];
	bool recent; /* most parcels of the last three weeks: two fifths still under way */
};

static void draw_lane(double *drawn, const double *mean)
{
	double sum = 0, lost = 0.01 * SCATTER;
	for (int n = 0; n < PROMISE_DAYS; n++) {
		drawn[n] = mean[n] > 0 ? rgamma(mean[n] * SCATTER, 1) : 0;
		sum += drawn[n];
	}
	sum += rgamma(lost, 1);
	for (int n = 0; n < PROMISE_DAYS; n++)
		drawn[n] /= sum;
}

static void draw_world(struct world *world, unsigned seed, bool drifts)
{
	static const int sizes[] = { 0, 1, 3, 8, 15, 40, 100, 300 };
	double mean[PROMISE_DAYS] = { 0 }, sum = 0;
	set_seed(seed, seed * 2654435761u + 1);
	double middle = log(8 + 6 * unif_rand()), width = 0.25 + 0.15 * unif_rand();
	for (int n = 3; n < 60; n++)
		sum += mean[n] = dlnorm(n + 0.5, middle, width, 0);
	for (int n = 3; n < 60; n++)
		mean[n] *= 0.99 / sum;
	for (int i = 0; i < LANES; i++) {
		draw_lane(world->mass[i], mean);
		world->parcels[i] = sizes[(int)(8 * unif_rand())];
	}
	for (int m = 0; m <= MONTHS; m++)
		world->stretch[m] = drifts ? exp(0.1 * norm_rand()) : 1;
	world->recent = seed % 2;
}

static int draw_day(const double *mass, double stretch)
{
	double at = unif_rand(), sum = 0;
	for (int n = 0; n < PROMISE_DAYS; n++) {
		sum += mass[n];
		if (at < sum)
			return (int)lround(n * stretch);
	}
	return -1;
}

static void add_parcel(struct buf *text, int lane, int32_t shipped, int day, int32_t today)
{
	buf_addf(text, "post,%s,", countries[lane]);
	date_add(text, shipped);
	buf_byte(text, ',');
	if (day >= 0 && shipped + day < today)
		date_add(text, shipped + day);
	buf_addf(text, ",%s\n", day < 0 && today - shipped > 70 ? "lost" : "");
}

static void write_log(struct buf *text, const struct world *world, int32_t today)
{
	buf_add(text, S("service,to,shipped,delivered,status\n"));
	for (int i = 0; i < LANES; i++)
		for (int p = 0; p < world->parcels[i]; p++) {
			double spread = world->recent && p % 3 ? 21 : 390;
			int age = 1 + (int)(spread * unif_rand());
			double stretch = world->stretch[1 + age / 30];
			add_parcel(text, i, today - age, draw_day(world->mass[i], stretch), today);
		}
	buf_byte(text, 0);
}

struct tallied {
	double claims, held, gap, days;
};

/* Holds all that is claimed of the lane against its truth of next month. */
static void judge(struct tallied *tallied, const struct world *world, int lane,
		  const struct promise *promise)
{
	double truth[PROMISE_DAYS] = { 0 };
	for (int n = 0; n < PROMISE_DAYS; n++) {
		int day = (int)lround(n * world->stretch[0]);
		if (day <= LAST)
			truth[day] += world->mass[lane][n];
	}
	for (int n = 0; n < PROMISE_DAYS; n++) {
		truth[n] += n ? truth[n - 1] : 0;
		double claim = promise->transit.claim[n] / 100.0;
		if (claim <= 0)
			continue;
		tallied->claims++;
		tallied->held += claim <= truth[n] + 1e-9;
		if (world->parcels[lane] >= 100 && truth[n] >= 0.5) {
			tallied->gap += truth[n] - claim;
			tallied->days++;
		}
	}
}

static void live(struct tallied *tallied, unsigned seed, bool drifts)
{
	struct little_shop little;
	struct world world;
	struct buf text = BUF_INIT;
	int32_t today;
	assert_true(date_of(2026, 11, 22, &today));
	draw_world(&world, seed, drifts);
	write_log(&text, &world, today);
	little_open(&little);
	little_put(&little, "shipments.csv", text.text);
	const struct shop *shop = little_load(&little);
	struct promises *promises = promises_new(&little.arena, shop, little.diag);
	for (int i = 0; i < LANES; i++) {
		struct place to, from = { "CN" };
		assert_true(place_parse(str_of(countries[i]), &to));
		judge(tallied, &world, i, promise_get(promises, &shop->services[0], to, from, NULL));
	}
	promises_free(promises);
	little_close(&little);
	buf_release(&text);
}

static unsigned worlds(void)
{
	const char *asked = getenv("LONG");
	return asked && strcmp(asked, "true") == 0 ? 200 : 40;
}

static void claims_hold(bool drifts)
{
	struct tallied tallied = { 0, 0, 0, 0 };
	for (unsigned seed = 1; seed <= worlds(); seed++)
		live(&tallied, seed, drifts);
	printf("%.0f claims, %.1f%% held; lanes of 100 parcels and more are %.1f points above theirs\n",
	       tallied.claims, 100 * tallied.held / tallied.claims, 100 * tallied.gap / tallied.days);
	assert_true(tallied.held >= 0.88 * tallied.claims);
	assert_true(tallied.gap <= 0.15 * tallied.days);
	assert_true(tallied.days > worlds() * 20);
}

static void claims_hold_where_months_are_alike(void **state)
{
	(void)state;
	claims_hold(false);
}

static void claims_hold_where_months_differ(void **state)
{
	(void)state;
	claims_hold(true);
}

/* A seller who has only counted, in buckets: a row a lane and bucket; what is lost in a row of its own. */
static void write_buckets(struct buf *text, const struct world *world)
{
	static const int edges[] = { 5, 8, 11, 14, 17, 20, 25, 30, 45 };
	enum { EDGES = sizeof edges / sizeof *edges };
	buf_add(text, S("service,to,days,parcels,status\n"));
	for (int i = 0; i < LANES; i++) {
		int counts[EDGES + 1] = { 0 }, lost = 0;
		for (int p = 0; p < world->parcels[i]; p++) {
			int day = draw_day(world->mass[i], 1), at = 0;
			while (at < EDGES && day > edges[at])
				at++;
			if (day < 0)
				lost++;
			else
				counts[at]++;
		}
		for (int at = 0; at < EDGES; at++)
			if (counts[at])
				buf_addf(text, "post,%s,%d-%d,%d,\n", countries[i],
					 at ? edges[at - 1] + 1 : 0, edges[at], counts[at]);
		if (counts[EDGES])
			buf_addf(text, "post,%s,>%d,%d,\n", countries[i], edges[EDGES - 1], counts[EDGES]);
		if (lost)
			buf_addf(text, "post,%s,,%d,lost\n", countries[i], lost);
	}
	buf_byte(text, 0);
}

static double truth_within(const struct world *world, int lane, int days)
{
	double sum = 0;
	for (int n = 0; n <= days && n < PROMISE_DAYS; n++)
		sum += world->mass[lane][n];
	return sum;
}

/* At the day of each level: how many are claimed, and how many of those are above the truth. */
static void judge_levels(struct tallied *tallied, const struct world *world, int lane,
			 const struct promise *promise)
{
	static const int percents[CLAIM_LEVELS] = { 50, 80, 90, 95 };
	for (int level = 0; level < CLAIM_LEVELS; level++) {
		int day = promise->transit.claim_days[level];
		if (day < 0)
			continue;
		tallied->claims++;
		tallied->held += percents[level] / 100.0 <= truth_within(world, lane, day) + 1e-9;
	}
}

static void live_with(struct tallied *tallied, const struct world *world, const char *table,
		      const char *text)
{
	struct little_shop little;
	little_open(&little);
	little_put(&little, table, text);
	const struct shop *shop = little_load(&little);
	struct promises *promises = promises_new(&little.arena, shop, little.diag);
	for (int i = 0; i < LANES; i++) {
		struct place to, from = { "CN" };
		assert_true(place_parse(str_of(countries[i]), &to));
		judge_levels(tallied, world, i,
			     promise_get(promises, &shop->services[0], to, from, NULL));
	}
	promises_free(promises);
	little_close(&little);
}

static void buckets_do_not_say_too_much(void **state)
{
	(void)state;
	struct tallied tallied = { 0, 0, 0, 0 };
	for (unsigned seed = 1; seed <= worlds(); seed++) {
		struct world world;
		struct buf text = BUF_INIT;
		draw_world(&world, seed, false);
		write_buckets(&text, &world);
		live_with(&tallied, &world, "ontime.csv", text.text);
		buf_release(&text);
	}
	printf("buckets alone: %.0f levels with a day, %.2f%% of them true\n", tallied.claims,
	       100 * tallied.held / tallied.claims);
	assert_true(tallied.claims > worlds() * 12);
	assert_true(tallied.held >= tallied.claims);
}

/* The carrier says what is true of it as a whole, and is taken at its word. */
static void published_steps_do_not_say_too_much(void **state)
{
	(void)state;
	struct tallied tallied = { 0, 0, 0, 0 };
	for (unsigned seed = 1; seed <= worlds(); seed++) {
		struct world world;
		char text[200];
		int day = 5;
		draw_world(&world, seed, false);
		double least = 0;
		for (; least < 0.6 && day < 60; day++) {
			least = 1;
			for (int i = 0; i < LANES; i++)
				least = fmin(least, truth_within(&world, i, day + 1));
		}
		snprintf(text, sizeof text,
			 "service,carrier,name,days_max,on_time\npost,Post,Mail,%d,%d%%\nfast,Fast,Express,,\n", day,
			 (int)(100 * least));
		live_with(&tallied, &world, "carriers.csv", text);
	}
	printf("published steps alone: %.0f levels with a day, %.2f%% of them true\n", tallied.claims,
	       100 * tallied.held / tallied.claims);
	assert_true(tallied.claims >= worlds() * 12);
	assert_true(tallied.held >= tallied.claims);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(claims_hold_where_months_are_alike),
		cmocka_unit_test(claims_hold_where_months_differ),
		cmocka_unit_test(buckets_do_not_say_too_much),
		cmocka_unit_test(published_steps_do_not_say_too_much),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
