/* SPDX-License-Identifier: MIT */
/* Handling and transit joined: by hand where they are certain, against draws where they are not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#define MATHLIB_STANDALONE
#include <Rmath.h>

#include "promise/door.h"

enum { MONDAY_TO_FRIDAY = 0x1f };

static int32_t day(const char *text)
{
	int32_t date;
	assert_true(date_parse(str_of(text), &date));
	return date;
}

static void near(double a, double b, double within)
{
	if (!(fabs(a - b) <= within))
		fail_msg("%.9g is not %.9g", a, b);
}

struct scene {
	struct arena arena;
	struct shop shop;
	struct closure closures[1];
	uint8_t weekdays;
	struct handover handover;
	struct door door;
	struct estimate transit, joined;
};

/* Orders from Monday 2026-11-23 on; two working days of handling; transit takes ten days. */
static void open_scene(struct scene *scene, uint8_t weekdays)
{
	memset(scene, 0, sizeof *scene);
	arena_init(&scene->arena);
	scene->shop.closures = scene->closures;
	scene->handover.mass[2] = 1;
	scene->handover.last = 2;
	estimate_step(&scene->transit, 10, 1);
	scene->door.handover = &scene->handover;
	scene->door.today = day("2026-11-23");
	scene->weekdays = weekdays;
}

static void join_scene(struct scene *scene)
{
	scene->handover.days = workdays_new(&scene->arena, &scene->shop, CLOSURE_DISPATCH,
					    (struct place){ "CN" }, scene->weekdays, scene->door.today,
					    scene->door.today + 400);
	scene->door.arrivals = arrivals_new(&scene->arena, &scene->shop, (struct place){ "DE" },
					    scene->door.today);
	door_estimate(&scene->joined, &scene->door, &scene->transit);
}

static void weekdays_are_averaged(void **state)
{
	(void)state;
	struct scene scene;
	open_scene(&scene, MONDAY_TO_FRIDAY);
	join_scene(&scene);
	/* hand-over after 2 days (Mon to Wed), 4 (Thu, Fri, Sat: the Monday's 2nd day), 3 (Sun) */
	near(scene.joined.share[11], 0, 0);
	near(scene.joined.share[12], 3 / 7.0, 1e-9);
	near(scene.joined.share[13], 4 / 7.0, 1e-9);
	near(scene.joined.share[14], 1, 1e-9);
	assert_int_equal(door_worst_day(&scene.door, 2, 10), 14);
	arena_release(&scene.arena);
}

static void nothing_leaves_while_the_origin_is_closed(void **state)
{
	(void)state;
	struct scene scene;
	open_scene(&scene, MONDAY_TO_FRIDAY);
	scene.closures[0] = (struct closure){ .country = { "CN" }, .kind = CLOSURE_DISPATCH,
					      .days = { day("2026-11-24"), day("2026-11-30") } };
	scene.shop.closure_count = 1;
	join_scene(&scene);
	/* Monday's order leaves on 2 December, its second day after the closure */
	near(scene.joined.share[15], 2 / 7.0, 1e-9); /* orders of Saturday and Sunday: 5 and 4 days */
	near(scene.joined.share[18], 5 / 7.0, 1e-9);
	near(scene.joined.share[19], 1, 1e-9);
	arena_release(&scene.arena);
}

static void arrivals_on_closed_days_wait(void **state)
{
	(void)state;
	struct scene scene;
	open_scene(&scene, EVERY_WEEKDAY);
	scene.closures[0] = (struct closure){ .country = { "DE" }, .kind = CLOSURE_DELIVERY,
					      .days = { day("2026-12-05"), day("2026-12-06") } };
	scene.shop.closure_count = 1;
	scene.handover.mass[2] = 0;
	scene.handover.mass[0] = 1;
	scene.handover.last = 0;
	join_scene(&scene);
	/* the orders of the 25th and 26th would arrive on 5 and 6 December, and do on the 7th */
	near(scene.joined.share[10], 5 / 7.0, 1e-9);
	near(scene.joined.share[11], 6 / 7.0, 1e-9);
	near(scene.joined.share[12], 1, 1e-9);
	arena_release(&scene.arena);
}

static void a_warehouse_a_day_ahead_starts_a_day_later(void **state)
{
	(void)state;
	struct scene scene;
	open_scene(&scene, EVERY_WEEKDAY);
	scene.door.shift = 1;
	join_scene(&scene);
	near(scene.joined.share[12], 0, 0);
	near(scene.joined.share[13], 1, 1e-9);
	arena_release(&scene.arena);
}

/* A draw from a Dirichlet distribution with the mean `mass` and `parcels` behind it. */
static void draw(double *drawn, const double *mass, int days, double parcels)
{
	double sum = 0;
	for (int n = 0; n < days; n++) {
		drawn[n] = mass[n] > 0 ? rgamma(mass[n] * parcels, 1) : 0;
		sum += drawn[n];
	}
	for (int n = 0; n < days; n++)
		drawn[n] /= sum;
}

/* What both are off together is left out: little, even with as few parcels as these. */
static void the_variance_is_nearly_that_of_draws(void **state)
{
	(void)state;
	enum { DRAWS = 20000, DAYS = 20, TRANSIT = 40, HANDLING = 25 };
	struct scene scene;
	double transit[DAYS] = { 0 };
	static const double handling[DAYS] = { .5, .3, .2 }, handed_over[] = { .5, .8, 1 };
	double sums[DAYS] = { 0 }, squares[DAYS] = { 0 };
	open_scene(&scene, EVERY_WEEKDAY);
	for (int n = 4; n < 14; n++)
		transit[n] = 0.1;
	for (int n = 0; n < PROMISE_DAYS; n++) {
		double share = n < 4 ? 0 : n < 13 ? 0.1 * (n - 3) : 1, up_to = handed_over[n < 2 ? n : 2];
		scene.transit.share[n] = share;
		scene.transit.variance[n] = share * (1 - share) / (TRANSIT + 1);
		scene.handover.mass[n] = n < 3 ? handling[n] : 0;
		scene.handover.deviation[n] = sqrt(up_to * (1 - up_to) / (HANDLING + 1));
	}
	scene.handover.measured = true;
	join_scene(&scene);
	set_seed(1, 2);
	for (int i = 0; i < DRAWS; i++) {
		double t[DAYS], h[DAYS], share = 0;
		draw(t, transit, DAYS, TRANSIT);
		draw(h, handling, DAYS, HANDLING);
		for (int n = 0; n < DAYS; n++) {
			for (int c = 0; c <= n; c++)
				share += h[c] * t[n - c];
			sums[n] += share;
			squares[n] += share * share;
		}
	}
	for (int n = 5; n < 15; n++) {
		double mean = sums[n] / DRAWS, variance = squares[n] / DRAWS - mean * mean;
		near(scene.joined.share[n], mean, 0.005);
		assert_true(scene.joined.variance[n] >= 0.9 * variance);
		assert_true(scene.joined.variance[n] <= 1.3 * variance + 1e-4);
	}
	arena_release(&scene.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(weekdays_are_averaged),
		cmocka_unit_test(nothing_leaves_while_the_origin_is_closed),
		cmocka_unit_test(arrivals_on_closed_days_wait),
		cmocka_unit_test(a_warehouse_a_day_ahead_starts_a_day_later),
		cmocka_unit_test(the_variance_is_nearly_that_of_draws),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
