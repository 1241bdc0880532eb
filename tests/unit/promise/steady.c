/* SPDX-License-Identifier: MIT */
/* Listings keep what they were pasted with: as long as it is honest, and not for longer than the band. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "promise/steady.h"

static const struct service post = { .id = { "cn-reg", 6 } };

static void set_curve(struct curve *curve, const int *days, const int *claims, size_t count)
{
	static const int levels[CLAIM_LEVELS] = { 50, 80, 90, 95 };
	for (int day = 0; day < PROMISE_DAYS; day++) {
		curve->claim[day] = day ? curve->claim[day - 1] : 0;
		for (size_t i = 0; i < count; i++)
			if (days[i] == day)
				curve->claim[day] = (uint8_t)claims[i];
	}
	for (int l = 0; l < CLAIM_LEVELS; l++) {
		curve->claim_days[l] = -1;
		for (int day = PROMISE_DAYS - 1; day >= 0; day--)
			if (curve->claim[day] >= levels[l])
				curve->claim_days[l] = day;
	}
}

static struct promise promise_of(const int *days, const int *claims, size_t count)
{
	struct promise promise = { .service = &post,
				   .to = { "DE" },
				   .from = { "CN" },
				   .parcels = 412,
				   .lost = 3,
				   .open = 5,
				   .since = 20000,
				   .until = DATE_NONE,
				   .pooled = POOLED_LANE,
				   .loss_ppm = 8000 };
	set_curve(&promise.door, days, claims, count);
	set_curve(&promise.transit, days, claims, count);
	return promise;
}

/* What a listing says today that was pasted with another promise. */
static const struct promise *shown(struct arena *arena, int days, int percent,
				   const struct promise *pasted, const struct promise *today)
{
	struct steady *steady = steady_new(arena, days, percent);
	struct buf line = BUF_INIT;
	steady_write(&line, pasted);
	steady_recall(steady, steady_lane(arena, pasted), buf_str(&line), 20779);
	const struct promise *promise = steady_get(steady, today);
	buf_release(&line);
	steady_free(steady);
	return promise;
}

static void small_steps_do_not_show(void **state)
{
	(void)state;
	struct arena arena;
	arena_init(&arena);
	struct promise pasted = promise_of((int[]){ 8, 12, 14, 20 }, (int[]){ 30, 55, 81, 91 }, 4);
	struct promise today = promise_of((int[]){ 8, 11, 13, 19 }, (int[]){ 32, 56, 81, 93 }, 4);
	today.parcels = 430;
	today.loss_ppm = 7900;
	const struct promise *kept = shown(&arena, 2, 26, &pasted, &today);
	assert_memory_equal(kept->door.claim, pasted.door.claim, sizeof pasted.door.claim);
	assert_memory_equal(kept->door.claim_days, pasted.door.claim_days,
			    sizeof pasted.door.claim_days);
	assert_int_equal(kept->parcels, 412); /* what the figures rest on stays with them */
	/* by one day, where the curve is steep: as many percent as there may be */
	struct promise earlier = promise_of((int[]){ 7, 11, 13, 19 }, (int[]){ 30, 55, 81, 91 }, 4);
	kept = shown(&arena, 1, 0, &pasted, &earlier);
	assert_int_equal(kept->door.claim[11], 30);
	assert_int_equal(kept->door.claim[19], 81);
	/* one day better than the band: the day moves */
	kept = shown(&arena, 0, 26, &pasted, &today);
	assert_int_equal(kept->door.claim_days[CLAIM_90], 19);
	assert_int_equal(kept->parcels, 430);
	arena_release(&arena);
}

static void what_is_not_honest_moves_at_once(void **state)
{
	(void)state;
	struct arena arena;
	arena_init(&arena);
	struct promise pasted = promise_of((int[]){ 10, 14, 18 }, (int[]){ 50, 80, 90 }, 3);
	struct promise today = promise_of((int[]){ 10, 14, 19 }, (int[]){ 50, 79, 90 }, 3);
	const struct promise *kept = shown(&arena, 5, 50, &pasted, &today);
	assert_int_equal(kept->door.claim_days[CLAIM_90], 19);
	assert_int_equal(kept->door.claim_days[CLAIM_80], 19);
	assert_int_equal(kept->door.claim[14], 79);
	assert_int_equal(kept->door.claim[13], 50);
	/* a level that is no longer reached is not named any more */
	today = promise_of((int[]){ 10 }, (int[]){ 70 }, 1);
	kept = shown(&arena, 30, 50, &pasted, &today);
	assert_int_equal(kept->door.claim_days[CLAIM_90], -1);
	assert_int_equal(kept->door.claim[30], 70);
	arena_release(&arena);
}

static void more_losses_are_told(void **state)
{
	(void)state;
	struct arena arena;
	arena_init(&arena);
	struct promise pasted = promise_of((int[]){ 10, 18 }, (int[]){ 50, 90 }, 2);
	struct promise today = pasted;
	today.loss_ppm = 20000;
	today.lost = 9;
	assert_int_equal(shown(&arena, 2, 3, &pasted, &today)->lost, 9);
	today.loss_ppm = 1000;
	today.lost = 2;
	assert_int_equal(shown(&arena, 2, 3, &pasted, &today)->lost, 3);
	arena_release(&arena);
}

/* Whatever was pasted and is measured: never more than today's data carry, never worse than the band, in order. */
static void every_figure_is_honest(void **state)
{
	(void)state;
	struct arena arena;
	unsigned seed = 7;
	arena_init(&arena);
	for (int round = 0; round < 5000; round++) {
		struct promise sides[2];
		for (int side = 0; side < 2; side++) {
			int days[6], claims[6];
			for (int i = 0; i < 6; i++) {
				seed = seed * 1103515245 + 12345;
				days[i] = (i ? days[i - 1] : 0) + (int)(seed >> 16) % 8 + 1;
				claims[i] = (i ? claims[i - 1] : 0) + (int)(seed >> 20) % 18;
				claims[i] = claims[i] > 99 ? 99 : claims[i];
			}
			sides[side] = promise_of(days, claims, 6);
		}
		int band_days = round % 5, band = round % 7;
		const struct promise *today = &sides[1];
		const struct promise *kept = shown(&arena, band_days, band, &sides[0], today);
		for (int day = 0; day < PROMISE_DAYS; day++) {
			assert_true(kept->door.claim[day] <= today->door.claim[day]);
			int before = day > band_days ? day - band_days : 0;
			assert_true(today->door.claim[day] - kept->door.claim[day] <= band ||
				    kept->door.claim[day] >= today->door.claim[before]);
			assert_true(!day || kept->door.claim[day] >= kept->door.claim[day - 1]);
		}
		for (int l = 0; l < CLAIM_LEVELS; l++) {
			int now = today->door.claim_days[l], said = kept->door.claim_days[l];
			assert_true((now < 0) == (said < 0));
			assert_true(said >= now && said - now <= band_days);
			if (l && said >= 0)
				assert_true(said >= kept->door.claim_days[l - 1]);
		}
		/* what is said is said again tomorrow, when it was pasted and the data are the same */
		const struct promise *again = shown(&arena, band_days, band, kept, today);
		assert_memory_equal(again->door.claim, kept->door.claim, sizeof kept->door.claim);
		assert_memory_equal(again->door.claim_days, kept->door.claim_days,
				    sizeof kept->door.claim_days);
		arena_reset(&arena);
	}
	arena_release(&arena);
}

static void the_newest_paste_counts(void **state)
{
	(void)state;
	struct arena arena;
	arena_init(&arena);
	struct promise old = promise_of((int[]){ 10, 20 }, (int[]){ 50, 90 }, 2);
	struct promise new = promise_of((int[]){ 10, 19 }, (int[]){ 50, 90 }, 2);
	struct promise today = promise_of((int[]){ 10, 18 }, (int[]){ 50, 90 }, 2);
	struct buf lines[2] = { BUF_INIT, BUF_INIT };
	steady_write(&lines[0], &old);
	steady_write(&lines[1], &new);
	for (int order = 0; order < 2; order++) {
		struct steady *steady = steady_new(&arena, 2, 99);
		for (int i = 0; i < 2; i++) {
			int which = order ? 1 - i : i;
			steady_recall(steady, steady_lane(&arena, &today), buf_str(&lines[which]),
				      20700 + which);
		}
		assert_int_equal(steady_get(steady, &today)->door.claim_days[CLAIM_90], 19);
		steady_free(steady);
		/* on one day the weaker one, in whatever order they are read */
		steady = steady_new(&arena, 2, 99);
		for (int i = 0; i < 2; i++)
			steady_recall(steady, steady_lane(&arena, &today),
				      buf_str(&lines[order ? 1 - i : i]), 20700);
		assert_int_equal(steady_get(steady, &today)->door.claim_days[CLAIM_90], 20);
		steady_free(steady);
	}
	buf_release(&lines[0]);
	buf_release(&lines[1]);
	arena_release(&arena);
}

/* A line cut or altered anywhere is passed over or read as figures: it never breaks honesty. */
static void broken_lines(void **state)
{
	(void)state;
	struct arena arena;
	arena_init(&arena);
	struct promise pasted = promise_of((int[]){ 10, 20 }, (int[]){ 50, 90 }, 2);
	struct promise today = promise_of((int[]){ 10, 19 }, (int[]){ 51, 91 }, 2);
	struct buf line = BUF_INIT;
	steady_write(&line, &pasted);
	for (size_t i = 0; i < line.len * 2; i++) {
		struct steady *steady = steady_new(&arena, 2, 3);
		struct str text = str_copy(&arena, str_sub(buf_str(&line), 0, i < line.len ? i : line.len));
		if (i >= line.len)
			((char *)(uintptr_t)text.text)[i - line.len] ^= 3;
		steady_recall(steady, steady_lane(&arena, &today), text, 20700);
		const struct promise *kept = steady_get(steady, &today);
		for (int day = 0; day < PROMISE_DAYS; day++)
			assert_true(kept->door.claim[day] <= today.door.claim[day]);
		steady_free(steady);
	}
	buf_release(&line);
	arena_release(&arena);
}

static void count_figure(void *context, const struct steady_figure *figure)
{
	int *count = context;
	++*count;
	assert_true(figure->today != figure->shown);
	assert_int_equal(figure->pasted, 20700);
}

static void what_would_have_moved_is_told(void **state)
{
	(void)state;
	struct arena arena;
	arena_init(&arena);
	struct promise pasted = promise_of((int[]){ 10, 20 }, (int[]){ 50, 90 }, 2);
	struct promise today = promise_of((int[]){ 10, 19 }, (int[]){ 50, 90 }, 2);
	struct steady *steady = steady_new(&arena, 2, 50);
	struct buf line = BUF_INIT;
	steady_write(&line, &pasted);
	steady_recall(steady, steady_lane(&arena, &today), buf_str(&line), 20700);
	int count = 0;
	steady_each(steady, count_figure, &count); /* nobody asked for the lane */
	assert_int_equal(count, 0);
	steady_get(steady, &today);
	steady_each(steady, count_figure, &count);
	assert_int_equal(count, 3); /* the days of 80 and 90 percent, and the share on day 19 */
	buf_release(&line);
	steady_free(steady);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(small_steps_do_not_show),
		cmocka_unit_test(what_is_not_honest_moves_at_once),
		cmocka_unit_test(more_losses_are_told),
		cmocka_unit_test(every_figure_is_honest),
		cmocka_unit_test(the_newest_paste_counts),
		cmocka_unit_test(broken_lines),
		cmocka_unit_test(what_would_have_moved_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
