/* SPDX-License-Identifier: MIT */
/* Peaks: the same weeks of earlier years, or a wider drift where there are none. */
#include "../shop/little_shop.h"

#include "promise/promise.h"

struct scene {
	struct little_shop little;
	struct promises *promises;
	const struct shop *shop;
};

static void add_row(struct buf *text, const char *to, int32_t shipped, int days)
{
	buf_addf(text, "fast,%s,", to);
	date_add(text, shipped);
	buf_byte(text, ',');
	date_add(text, shipped + days);
	buf_byte(text, '\n');
}

/* Three parcels a day over two years and more: 4 to 6 days, `peak` more around each turn of the year. */
static void open_scene(struct scene *scene, const char *seasons, const char *today, int32_t years,
		       int peak)
{
	struct buf text = BUF_INIT;
	int32_t date;
	assert_true(date_parse(str_of(today), &date));
	buf_add(&text, S("service,to,shipped,delivered\n"));
	for (int32_t day = date - 365 * years - 60; day < date; day++) {
		int year, month, of_month;
		date_civil(day, &year, &month, &of_month);
		bool late = month == 12 || (month == 1 && of_month <= 6);
		for (int i = 0; i < 3; i++) {
			int days = 4 + i + (late ? peak : 0);
			if (day + days < date)
				add_row(&text, i ? "DE" : "US", day, days);
		}
	}
	buf_byte(&text, 0);
	little_open(&scene->little);
	little_put(&scene->little, "shipments.csv", text.text);
	if (seasons)
		little_put(&scene->little, "seasons.csv", seasons);
	scene->shop = shop_load(&scene->little.arena, scene->little.folder, date, scene->little.diag);
	scene->promises = promises_new(&scene->little.arena, scene->shop, scene->little.diag);
	little_says(&scene->little, "");
	buf_release(&text);
}

static void close_scene(struct scene *scene)
{
	promises_free(scene->promises);
	little_close(&scene->little);
}

static const struct promise *to(struct scene *scene, const char *code)
{
	struct place place, from = { "CN" };
	assert_true(place_parse(str_of(code), &place));
	return promise_get(scene->promises, shop_service(scene->shop, S("fast")), place, from, NULL);
}

static void explains(struct scene *scene, const struct promise *promise, const char *line)
{
	struct buf text = BUF_INIT;
	promise_explain(scene->promises, promise, &text);
	buf_byte(&text, 0);
	if (!strstr(text.text, line))
		fail_msg("'%s' is not in:\n%s", line, text.text);
	buf_release(&text);
}

static const char christmas[] = "name,from,to,countries\nChristmas,12-01,01-06,DE\n";

static void a_known_peak_is_promised_as_it_was(void **state)
{
	(void)state;
	struct scene with, without;
	open_scene(&with, christmas, "2026-11-28", 2, 12);
	open_scene(&without, NULL, "2026-11-28", 2, 12);
	const struct promise *peak = to(&with, "DE"), *plain = to(&without, "DE");
	assert_true(str_is(peak->peak->name.plain, "Christmas") && peak->peak_known);
	assert_null(plain->peak);
	assert_true(plain->transit.claim_days[CLAIM_80] < peak->transit.claim_days[CLAIM_80]);
	assert_true(peak->transit.claim_days[CLAIM_80] >= 17);
	assert_true(peak->door.claim_days[CLAIM_80] >= 17);
	for (int n = 0; n < PROMISE_DAYS; n++) {
		assert_true(peak->door.claim[n] <= plain->door.claim[n]);
		assert_true(peak->door.claim[n] <= 100 * peak->door.share[n]);
		assert_true(!n || peak->door.claim[n] >= peak->door.claim[n - 1]);
	}
	explains(&with, peak, "peak: Christmas, 2026-12-01 to 2027-01-06; the same weeks of earlier years, "
			      "2025-12-01 to 2026-01-06, 2024-12-01 to 2025-01-06");
	/* where the peak does not hold, nothing changes */
	assert_null(to(&with, "US")->peak);
	assert_memory_equal(&to(&with, "US")->door, &to(&without, "US")->door, sizeof(struct curve));
	close_scene(&with);
	close_scene(&without);
}

static void a_peak_that_was_quick_changes_nothing(void **state)
{
	(void)state;
	struct scene with, without;
	open_scene(&with, christmas, "2026-12-02", 2, -1);
	open_scene(&without, NULL, "2026-12-02", 2, -1);
	assert_true(to(&with, "DE")->transit.claim_days[CLAIM_80] >=
		    to(&without, "DE")->transit.claim_days[CLAIM_80]);
	assert_true(to(&with, "DE")->peak_known);
	close_scene(&with);
	close_scene(&without);
}

static void a_first_peak_widens_the_drift(void **state)
{
	(void)state;
	struct scene with, without;
	open_scene(&with, christmas, "2026-11-28", 0, 12);
	open_scene(&without, NULL, "2026-11-28", 0, 12);
	const struct promise *peak = to(&with, "DE"), *plain = to(&without, "DE");
	assert_non_null(peak->peak);
	assert_false(peak->peak_known);
	assert_true(peak->hash != plain->hash);
	assert_memory_equal(peak->door.share, plain->door.share, sizeof plain->door.share);
	int lower = 0;
	for (int n = 0; n < PROMISE_DAYS; n++) {
		assert_true(peak->door.claim[n] <= plain->door.claim[n]);
		lower += peak->door.claim[n] < plain->door.claim[n];
	}
	assert_true(lower > 0);
	explains(&with, peak, "peak: Christmas, 2026-12-01 to 2027-01-06; too few parcels of earlier "
			      "years' same weeks, so the drift counts 2 times\n");
	close_scene(&with);
	close_scene(&without);
}

static void outside_of_a_peak_it_is_not_spoken_of(void **state)
{
	(void)state;
	struct scene scene;
	open_scene(&scene, christmas, "2026-11-22", 2, 12);
	assert_null(to(&scene, "DE")->peak);
	close_scene(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_known_peak_is_promised_as_it_was),
		cmocka_unit_test(a_peak_that_was_quick_changes_nothing),
		cmocka_unit_test(a_first_peak_widens_the_drift),
		cmocka_unit_test(outside_of_a_peak_it_is_not_spoken_of),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
