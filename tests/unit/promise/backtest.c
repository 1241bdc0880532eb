/* SPDX-License-Identifier: MIT */
/* Earlier promises held against what came. */
#include "../shop/little_shop.h"

#include <math.h>

#include "promise/backtest.h"

static void add_row(struct buf *text, int32_t ordered, int days)
{
	buf_add(text, S("fast,DE,"));
	date_add(text, ordered);
	buf_byte(text, ',');
	date_add(text, ordered);
	buf_byte(text, ',');
	date_add(text, ordered + days);
	buf_byte(text, '\n');
}

/* Four parcels a day for a year up to the build date, of 4 to 7 days; `slow` from September on. */
static const struct backtest *year(struct little_shop *little, bool slow)
{
	struct buf text = BUF_INIT;
	int32_t today, september;
	assert_true(date_of(2026, 11, 22, &today) && date_of(2026, 9, 1, &september));
	buf_add(&text, S("service,to,ordered,shipped,delivered\n"));
	for (int32_t day = today - 365; day < today; day++)
		for (int i = 0; i < 4; i++) {
			int days = 4 + i + (slow && day >= september ? 20 : 0);
			if (day + days < today)
				add_row(&text, day, days);
		}
	buf_byte(&text, 0);
	little_open(little);
	little_put(little, "shipments.csv", text.text);
	const struct shop *shop = little_load(little);
	buf_release(&text);
	return backtest_run(&little->arena, shop, little->diag);
}

static const struct backtest_row *row_of(const struct backtest *backtest, const char *month,
					 int claimed)
{
	int32_t date = DATE_NONE;
	if (month)
		assert_true(date_parse(str_of(month), &date));
	for (size_t i = 0; i < backtest->count; i++)
		if (backtest->rows[i].month == date && backtest->rows[i].claimed == claimed &&
		    !backtest->rows[i].service)
			return &backtest->rows[i];
	fail();
	return NULL;
}

static void steady_promises_are_kept(void **state)
{
	(void)state;
	struct little_shop little;
	const struct backtest *backtest = year(&little, false);
	const struct backtest_row *june = row_of(backtest, "2026-06-01", 90);
	assert_true(fabs(june->parcels - 120) < 1e-6);
	assert_true(fabs(june->due - 120) < 1e-6);
	assert_true(backtest_kept(june) > 0.99);
	assert_true(june->days / june->due >= 7 && june->days / june->due < 15);
	assert_true(backtest_kept(row_of(backtest, NULL, 80)) > 0.99);
	little_close(&little);
}

static void add_known(struct buf *text, int32_t day, bool known)
{
	if (known)
		date_add(text, day);
	buf_byte(text, ',');
}

/*
 * A parcel a day for a year: with all its days, lost, without the day of the order, and only ordered; so of
 * three that were handed over two came, and each of the four was begun on some day.
 */
static void days_that_are_not_known_are_not_taken_for_early_ones(void **state)
{
	(void)state;
	struct little_shop little;
	struct buf text = BUF_INIT;
	int32_t today;
	assert_true(date_of(2026, 11, 22, &today));
	buf_add(&text, S("service,to,ordered,shipped,delivered,status\n"));
	for (int32_t day = today - 365; day < today - 10; day++) {
		bool has_order = day % 4 % 3 == 0, left = day % 4 < 3, came = day % 2 == 0 && left;
		buf_add(&text, S("fast,DE,"));
		add_known(&text, day, has_order);
		add_known(&text, day, left);
		add_known(&text, day + 5, came);
		buf_add(&text, left && !came ? S("lost\n") : S("\n"));
	}
	buf_byte(&text, 0);
	little_open(&little);
	little_put(&little, "shipments.csv", text.text);
	const struct shop *shop = little_load(&little);
	buf_release(&text);
	const struct backtest *backtest = backtest_run(&little.arena, shop, little.diag);
	const struct backtest_row *all = row_of(backtest, NULL, 80);
	assert_true(fabs(all->parcels - 184) < 1e-6); /* from May to October, a day one */
	struct promises *promises = promises_new(&little.arena, shop, little.diag);
	struct place germany = { "DE" }, china = { "CN" };
	const struct promise *promise =
		promise_get(promises, &shop->services[1], germany, china, NULL);
	assert_int_equal(promise->parcels, 266);
	assert_int_equal(promise->lost, 88);
	assert_true(fabs(promise->transit.share[4]) < 1e-9);
	assert_true(fabs(promise->transit.share[5] - 2 / 3.0) < 0.01);
	promises_free(promises);
	little_close(&little);
}

static void a_slower_autumn_breaks_them(void **state)
{
	(void)state;
	struct little_shop little;
	const struct backtest *backtest = year(&little, true);
	assert_true(backtest_kept(row_of(backtest, "2026-08-01", 90)) > 0.99);
	assert_true(backtest_kept(row_of(backtest, "2026-09-01", 90)) < 0.01);
	const struct backtest_row *broken = row_of(backtest, "2026-09-01", 90);
	assert_int_equal(backtest_verdict(broken), BACKTEST_BROKEN);
	assert_int_equal(broken->needed, 27);
	assert_int_equal(backtest_verdict(row_of(backtest, "2026-08-01", 90)), BACKTEST_KEPT);
	little_close(&little);
}

static void counted_rows_are_judged_too(void **state)
{
	(void)state;
	struct little_shop little;
	struct buf text = BUF_INIT;
	buf_add(&text, S("service,to,days,parcels,status,period\n"));
	for (int month = 1; month <= 10; month++)
		buf_addf(&text,
			 "fast,DE,5,50,delivered,2026-%02d\nfast,DE,9,40,delivered,2026-%02d\n"
			 "fast,DE,,10,lost,2026-%02d\n",
			 month, month, month);
	buf_byte(&text, 0);
	little_open(&little);
	little_put(&little, "ontime.csv", text.text);
	const struct shop *shop = little_load(&little);
	const struct backtest *backtest = backtest_run(&little.arena, shop, little.diag);
	const struct backtest_row *august = row_of(backtest, "2026-08-01", 80);
	assert_true(fabs(august->due - 100) < 1e-6);
	assert_true(fabs(backtest_kept(august) - 0.9) < 1e-6);
	assert_true(backtest_kept(row_of(backtest, "2026-08-01", 95)) < 0);
	buf_release(&text);
	little_close(&little);
}

static void lanes_and_what_they_needed_are_told(void **state)
{
	(void)state;
	struct little_shop little;
	const struct backtest *backtest = year(&little, false);
	size_t lanes = 0;
	for (size_t i = 0; i < backtest->count; i++) {
		const struct backtest_row *row = &backtest->rows[i];
		if (!row->to.code[0])
			continue;
		lanes++;
		assert_true(str_is(row->service->id, "fast") && str_is(place_str(&row->from), "CN") &&
			    str_is(place_str(&row->to), "DE"));
		assert_int_equal(row->needed, 7);
		double low, high;
		backtest_interval(row, &low, &high);
		assert_true(low > 0.99 && high == 1);
	}
	assert_int_equal(lanes, BACKTEST_LEVELS);
	assert_int_equal(backtest->points[0].claimed, 50);
	assert_true(backtest->points[0].due > 500);
	assert_true(backtest->points[0].kept >= 0.5 * backtest->points[0].due);
	little_close(&little);
}

/* One late of three proves nothing, thirty of ninety do. */
static void few_parcels_are_not_held_against_a_lane(void **state)
{
	(void)state;
	struct backtest_row row = { .claimed = 80, .due = 3, .kept = 1, .days = 30, .needed = 10 };
	assert_int_equal(backtest_verdict(&row), BACKTEST_KEPT);
	row = (struct backtest_row){ .claimed = 80, .due = 90, .kept = 60, .days = 900, .needed = 12 };
	assert_int_equal(backtest_verdict(&row), BACKTEST_BROKEN);
	row = (struct backtest_row){ .claimed = 80, .due = 90, .kept = 89, .days = 1800, .needed = 12 };
	assert_int_equal(backtest_verdict(&row), BACKTEST_LONGER);
	row = (struct backtest_row){ .claimed = 80, .needed = -1 };
	assert_int_equal(backtest_verdict(&row), BACKTEST_UNKNOWN);
}

/* After a slow autumn the claims of the build are read lower than those of a steady year. */
static void levels_that_fell_short_are_read_higher(void **state)
{
	(void)state;
	struct little_shop steady, broken;
	struct place de = { "DE" }, cn = { "CN" };
	year(&steady, false);
	year(&broken, true);
	struct promises *kept = promises_new(&steady.arena, steady.shop, steady.diag);
	struct promises *late = promises_new(&broken.arena, broken.shop, broken.diag);
	const struct promise *was_kept = promise_get(kept, shop_service(steady.shop, S("fast")), de, cn, NULL);
	const struct promise *was_late = promise_get(late, shop_service(broken.shop, S("fast")), de, cn, NULL);
	struct buf text = BUF_INIT;
	promise_explain(kept, was_kept, &text);
	buf_byte(&text, 0);
	assert_null(strstr(text.text, "earlier promises fell short"));
	buf_reset(&text);
	promise_explain(late, was_late, &text);
	buf_byte(&text, 0);
	assert_non_null(strstr(text.text, "earlier promises fell short: 90% is not said, 95% is not said\n"));
	assert_true(was_late->door.claim[90] <= 100 * was_late->door.share[90]);
	for (int n = 1; n < PROMISE_DAYS; n++)
		assert_true(was_late->door.claim[n] >= was_late->door.claim[n - 1]);
	assert_non_null(promises_backtest(late));
	buf_release(&text);
	promises_free(kept);
	promises_free(late);
	little_close(&steady);
	little_close(&broken);
}

static void without_statistics_nothing_is_due(void **state)
{
	(void)state;
	struct little_shop little;
	little_open(&little);
	const struct shop *shop = little_load(&little);
	const struct backtest *backtest = backtest_run(&little.arena, shop, little.diag);
	for (size_t i = 0; i < backtest->count; i++)
		assert_true(backtest->rows[i].parcels == 0 && backtest_kept(&backtest->rows[i]) < 0);
	little_close(&little);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(steady_promises_are_kept),
		cmocka_unit_test(days_that_are_not_known_are_not_taken_for_early_ones),
		cmocka_unit_test(a_slower_autumn_breaks_them),
		cmocka_unit_test(counted_rows_are_judged_too),
		cmocka_unit_test(lanes_and_what_they_needed_are_told),
		cmocka_unit_test(few_parcels_are_not_held_against_a_lane),
		cmocka_unit_test(levels_that_fell_short_are_read_higher),
		cmocka_unit_test(without_statistics_nothing_is_due),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
