/* SPDX-License-Identifier: MIT */
/* Small shops and what they may promise. */
#include "../shop/little_shop.h"

#include <math.h>

#include "base/threads.h"
#include "promise/promise.h"

struct scene {
	struct little_shop little;
	const struct shop *shop;
	struct promises *promises;
};

static void load(struct scene *scene)
{
	scene->shop = little_load(&scene->little);
	scene->promises = promises_new(&scene->little.arena, scene->shop, scene->little.diag);
}

static void open_scene(struct scene *scene, const char *table, const char *text)
{
	little_open(&scene->little);
	little_put(&scene->little, table, text);
	load(scene);
}

static void close_scene(struct scene *scene)
{
	promises_free(scene->promises);
	little_close(&scene->little);
}

static const struct promise *promised(struct scene *scene, const char *service, const char *to,
				      const char *handling)
{
	struct place place, from = { "CN" };
	assert_true(place_parse(str_of(to), &place));
	return promise_get(scene->promises, shop_service(scene->shop, str_of(service)), place, from,
			   map_find(&scene->shop->handling_by_profile, str_of(handling)));
}

static void near(double a, double b, double within)
{
	if (!(fabs(a - b) <= within))
		fail_msg("%.9g is not %.9g", a, b);
}

static void add_ontime(struct buf *text, const char *service, const char *to, int first, int last,
		       int parcels)
{
	for (int day = first; day <= last; day++)
		buf_addf(text, "%s,%s,%d,%d,delivered\n", service, to, day, parcels);
}

static void a_lane_with_parcels_stands_for_itself(void **state)
{
	(void)state;
	struct scene scene;
	open_scene(&scene, "ontime.csv",
		   "service,to,days,parcels,status,period\n"
		   "post,DE,8,40,delivered,2026-07\npost,DE,9,30,delivered,2026-07\n"
		   "post,DE,10-14,20,delivered,2026-07\npost,DE,,2,lost,2026-07\n"
		   "post,DE,,1,returned,2026-08\npost,DE,12,7,open,2026-10\n");
	const struct promise *promise = promised(&scene, "post", "DE", "");
	assert_int_equal(promise->pooled, POOLED_LANE);
	assert_int_equal(promise->parcels, 100);
	assert_int_equal(promise->lost, 3);
	assert_int_equal(promise->open, 7);
	struct buf text = BUF_INIT;
	date_add(&text, promise->since);
	date_add(&text, promise->until);
	assert_true(str_is(buf_str(&text), "2026-07-012026-10-31"));
	buf_release(&text);
	near(promise->transit.share[7], 0, 0);
	near(promise->transit.share[8], 0.40, 0.02);
	near(promise->transit.share[13], 0.70, 0.03); /* a bucket counts on its last day */
	near(promise->transit.share[14], 0.94, 0.04);
	near(promise->transit.share[90], promise->transit.share[14], 0);
	near((double)promise->loss_ppm, 1e6 * (1 - promise->transit.share[90]), 1);
	close_scene(&scene);
}

/* 3,000 parcels to the EU, most of them to Germany, few to Malta; none to the United States. */
static void a_claim_names_what_it_leans_on(void **state)
{
	(void)state;
	struct scene scene;
	struct buf text = BUF_INIT;
	buf_add(&text, S("service,to,days,parcels,status\n"));
	add_ontime(&text, "post", "DE", 6, 15, 200);
	add_ontime(&text, "post", "FR", 8, 17, 100);
	add_ontime(&text, "post", "MT", 9, 10, 3);
	buf_byte(&text, 0);
	open_scene(&scene, "ontime.csv", text.text);
	assert_int_equal(promised(&scene, "post", "DE", "")->pooled, POOLED_LANE);
	assert_int_equal(promised(&scene, "post", "DE-BY", "")->pooled, POOLED_COUNTRY);
	assert_int_equal(promised(&scene, "post", "MT", "")->pooled, POOLED_ZONE);
	assert_int_equal(promised(&scene, "post", "PL", "")->pooled, POOLED_ZONE);
	assert_int_equal(promised(&scene, "post", "US", "")->pooled, POOLED_SERVICE);
	assert_int_equal(promised(&scene, "fast", "DE", "")->pooled, POOLED_NONE);
	assert_int_equal(promised(&scene, "post", "MT", "")->parcels, 6);
	assert_int_equal(promised(&scene, "post", "PL", "")->parcels, 0);
	/* the less a lane has of its own, the less is claimed */
	int de = promised(&scene, "post", "DE", "")->transit.claim_days[CLAIM_90];
	int pl = promised(&scene, "post", "PL", "")->transit.claim_days[CLAIM_90];
	assert_true(de >= 15 && de < pl);
	buf_release(&text);
	close_scene(&scene);
}

static void a_region_without_parcels_takes_its_country(void **state)
{
	(void)state;
	struct scene scene;
	struct buf text = BUF_INIT;
	buf_add(&text, S("service,to,days,parcels,status\n"));
	add_ontime(&text, "fast", "US-CA", 3, 7, 100);
	add_ontime(&text, "fast", "US-HI", 10, 14, 5);
	buf_byte(&text, 0);
	open_scene(&scene, "ontime.csv", text.text);
	const struct promise *country = promised(&scene, "fast", "US", "");
	assert_int_equal(country->pooled, POOLED_LANE);
	assert_int_equal(country->parcels, 525);
	assert_int_equal(promised(&scene, "fast", "US-HI", "")->parcels, 25);
	assert_int_equal(promised(&scene, "fast", "US-TX", "")->pooled, POOLED_COUNTRY);
	assert_int_equal(promised(&scene, "fast", "US-TX", "")->parcels, 0);
	buf_release(&text);
	close_scene(&scene);
}

static void zones_and_everywhere_count_for_all_below(void **state)
{
	(void)state;
	struct scene scene;
	open_scene(&scene, "ontime.csv",
		   "service,to,days,parcels,status\npost,EU,9,60,delivered\npost,EU,12,40,delivered\n"
		   "fast,*,4,50,delivered\nfast,*,6,50,delivered\n");
	const struct promise *zone = promised(&scene, "post", "IT", "");
	const struct promise *service = promised(&scene, "fast", "JP", "");
	assert_int_equal(zone->pooled, POOLED_ZONE);
	assert_int_equal(zone->parcels, 0);
	near(zone->transit.share[9], 0.6, 0.02);
	assert_int_equal(service->pooled, POOLED_SERVICE);
	near(service->transit.share[4], 0.5, 0.02);
	close_scene(&scene);
}

static void few_parcels_claim_nothing(void **state)
{
	(void)state;
	struct scene scene;
	open_scene(&scene, "ontime.csv", "service,to,days,parcels,status\npost,DE,9,8,delivered\n");
	const struct promise *promise = promised(&scene, "post", "DE", "");
	assert_int_equal(promise->pooled, POOLED_NONE);
	assert_int_equal(promise->parcels, 8);
	assert_int_equal(promise->loss_ppm, -1);
	for (int n = 0; n < PROMISE_DAYS; n++)
		assert_true(promise->door.claim[n] == 0 && promise->transit.claim[n] == 0);
	for (int level = 0; level < CLAIM_LEVELS; level++)
		assert_int_equal(promise->door.claim_days[level], -1);
	assert_true(promise_waiting(promise, 5, 9) < 0);
	close_scene(&scene);
}

static void a_published_share_is_the_carriers(void **state)
{
	(void)state;
	struct scene scene;
	little_open(&scene.little);
	little_put(&scene.little, "carriers.csv",
		   "service,carrier,name,days_min,days_max,on_time,day_unit\n"
		   "post,Postal Union,Letter mail,5,10,0.93,business\nfast,Fast,Express,2,4,,\n");
	little_put(&scene.little, "handling.csv",
		   "profile,days_min,days_max,workdays\nstock,1,2,Mon Tue Wed Thu Fri Sat Sun\n");
	load(&scene);
	const struct promise *promise = promised(&scene, "post", "DE", "stock");
	assert_int_equal(promise->pooled, POOLED_PUBLISHED);
	assert_true(str_is(promise->published, "Postal Union"));
	assert_int_equal(promise->transit.claim[13], 0);
	assert_int_equal(promise->transit.claim[14], 93); /* ten business days, two weekends */
	assert_int_equal(promise->door.claim[15], 0);
	assert_int_equal(promise->door.claim[16], 93);
	assert_int_equal(promise->door.claim[90], 93);
	assert_int_equal(promise->door.claim_days[CLAIM_90], 16);
	assert_int_equal(promise->door.claim_days[CLAIM_95], -1);
	assert_int_equal(promised(&scene, "fast", "DE", "stock")->pooled, POOLED_NONE);
	close_scene(&scene);
}

static void handling_and_closures_come_before_the_door(void **state)
{
	(void)state;
	struct scene scene;
	little_open(&scene.little);
	little_put(&scene.little, "handling.csv",
		   "profile,days_min,days_max,workdays\nstock,0,0,Mon Tue Wed Thu Fri Sat Sun\n"
		   "made,3,5,Mon Tue Wed Thu Fri Sat Sun\n");
	little_put(&scene.little, "closures.csv",
		   "country,from,to,kind,name\nUS,2026-12-24,2026-12-26,delivery,Christmas\n");
	struct buf text = BUF_INIT;
	buf_add(&text, S("service,to,days,parcels,status\n"));
	add_ontime(&text, "post", "DE", 6, 15, 200);
	add_ontime(&text, "post", "US", 26, 30, 200);
	buf_byte(&text, 0);
	little_put(&scene.little, "ontime.csv", text.text);
	load(&scene);
	const struct promise *stock = promised(&scene, "post", "DE", "stock");
	const struct promise *made = promised(&scene, "post", "DE", "made");
	for (int n = 5; n < PROMISE_DAYS; n++) {
		near(made->door.share[n], stock->door.share[n - 5], 1e-9);
		assert_int_equal(made->door.claim[n], stock->door.claim[n - 5]);
		near(made->transit.share[n], stock->door.share[n], 1e-9);
	}
	/* ordered from 22 to 28 November: the 32nd day is 24 to 30 December, closed for three */
	const struct promise *us = promised(&scene, "post", "US", "stock");
	assert_true(us->door.share[32] < us->transit.share[32] - 0.01 ||
		    us->door.share[30] < us->transit.share[30] - 0.01);
	near(us->door.share[40], us->transit.share[40], 1e-6);
	buf_release(&text);
	close_scene(&scene);
}

static int offset_of(struct str zone, int32_t date)
{
	(void)date;
	return str_is(zone, "Asia/Shanghai") ? 480 : str_is(zone, "Europe/Berlin") ? 60 : -480;
}

static void a_cut_off_is_read_in_its_own_zone(void **state)
{
	(void)state;
	struct scene scene;
	little_open(&scene.little);
	little_put(&scene.little, "shop.csv",
		   "key,value\nname,Little\nurl,https://little.example\nlanguages,en\ncurrency,EUR\n"
		   "country,US\ntimezone,America/Los_Angeles\n");
	little_put(&scene.little, "handling.csv",
		   "profile,days_min,days_max,cutoff,timezone\nnear,0,1,15:00,America/Los_Angeles\n"
		   "far,0,1,15:00,Asia/Shanghai\n");
	little_put(&scene.little, "ontime.csv",
		   "service,from,to,days,parcels,status\npost,CN,DE,9,100,delivered\n");
	load(&scene);
	promises_set_zones(scene.promises, offset_of);
	const struct promise *same = promised(&scene, "post", "DE", "near");
	const struct promise *ahead = promised(&scene, "post", "DE", "far");
	double sum = 0;
	for (int n = 0; n < PROMISE_DAYS; n++)
		sum += same->door.share[n] - ahead->door.share[n];
	near(sum, 1, 0.1); /* 15:00 in Shanghai is 23:00 of the day before: a day later */
	close_scene(&scene);
}

static void add_row(struct buf *text, const char *to, int32_t ordered, int32_t shipped,
		    int32_t delivered)
{
	buf_addf(text, "fast,CN,%s,", to);
	date_add(text, ordered);
	buf_byte(text, ',');
	date_add(text, shipped);
	buf_byte(text, ',');
	if (delivered != DATE_NONE)
		date_add(text, delivered);
	buf_byte(text, '\n');
}

static void handling_is_measured_where_orders_are_known(void **state)
{
	(void)state;
	struct scene scene;
	struct buf text = BUF_INIT;
	int32_t today;
	assert_true(date_of(2026, 11, 22, &today));
	buf_add(&text, S("service,from,to,ordered,shipped,delivered\n"));
	for (int i = 0; i < 400; i++)
		add_row(&text, "DE", today - 100 - i % 200, today - 100 - i % 200 + i % 4,
			today - 100 - i % 200 + i % 4 + 5);
	buf_byte(&text, 0);
	open_scene(&scene, "shipments.csv", text.text);
	const struct promise *promise = promised(&scene, "fast", "DE", "");
	near(promise->transit.share[4], 0, 0);
	near(promise->transit.share[5], 1, 0.01);
	near(promise->door.share[5], 0.25, 0.01);
	near(promise->door.share[7], 0.75, 0.01);
	near(promise->door.share[8], 1, 0.02);
	buf_release(&text);
	close_scene(&scene);
}

/* 30 days of orders, those of each day arriving in equal parts on days 3 to 22: by day 10 two fifths. */
static void open_parcels_count_as_long_as_they_are_watched(void **state)
{
	(void)state;
	struct scene scene;
	struct buf text = BUF_INIT;
	int32_t today;
	assert_true(date_of(2026, 11, 22, &today));
	buf_add(&text, S("service,from,to,ordered,shipped,delivered\n"));
	for (int age = 1; age <= 30; age++)
		for (int day = 3; day < 23; day++) {
			int32_t shipped = today - age;
			add_row(&text, "DE", shipped, shipped,
				shipped + day < today ? shipped + day : DATE_NONE);
		}
	buf_byte(&text, 0);
	open_scene(&scene, "shipments.csv", text.text);
	const struct promise *promise = promised(&scene, "fast", "DE", "");
	near(promise->transit.share[10], 0.4, 0.01);
	near(promise->transit.share[22], 1, 0.02);
	assert_int_equal(promise->parcels, 600);
	assert_true(promise->open > 200);
	buf_release(&text);
	close_scene(&scene);
}

static void silence_is_loss(void **state)
{
	(void)state;
	struct scene scene;
	struct buf text = BUF_INIT;
	int32_t today;
	assert_true(date_of(2026, 11, 22, &today));
	buf_add(&text, S("service,from,to,ordered,shipped,delivered\n"));
	for (int i = 0; i < 100; i++)
		add_row(&text, "DE", today - 120, today - 120, i < 80 ? today - 110 : DATE_NONE);
	buf_byte(&text, 0);
	open_scene(&scene, "shipments.csv", text.text);
	const struct promise *promise = promised(&scene, "fast", "DE", "");
	assert_int_equal(promise->lost, 20);
	assert_int_equal(promise->open, 0);
	near(promise->transit.share[90], 0.8, 0.01);
	assert_int_equal(promise->transit.claim_days[CLAIM_80], -1);
	buf_release(&text);
	close_scene(&scene);
}

static void rows_may_stand_for_many_parcels_or_a_part_of_one(void **state)
{
	(void)state;
	struct scene scene;
	open_scene(&scene, "shipments.csv",
		   "service,to,shipped,delivered,status,parcels\n"
		   "post,DE,2026-09-01,2026-09-11,delivered,89.5\n"
		   "post,DE,2026-09-01,2026-09-13,delivered,0.5\n"
		   "post,DE,2026-09-01,,lost,10\n");
	const struct promise *promise = promised(&scene, "post", "DE", "");
	assert_int_equal(promise->parcels, 100);
	assert_int_equal(promise->lost, 10);
	near(promise->transit.share[12], 0.9, 0.02);
	close_scene(&scene);
}

static void what_is_older_than_the_history_is_not_counted(void **state)
{
	(void)state;
	struct scene scene;
	little_open(&scene.little);
	little_put(&scene.little, "shop.csv",
		   "key,value\nname,Little\nurl,https://little.example\nlanguages,en\ncurrency,EUR\n"
		   "country,CN\ntimezone,Asia/Shanghai\nhistory_days,100\n");
	little_put(&scene.little, "ontime.csv",
		   "service,to,days,parcels,status,period\npost,DE,40,500,delivered,2026-07\n"
		   "post,DE,9,50,delivered,2026-08\n");
	load(&scene);
	const struct promise *promise = promised(&scene, "post", "DE", "");
	assert_int_equal(promise->parcels, 50);
	near(promise->transit.share[9], 1, 0.03);
	close_scene(&scene);
}

static void waiting_makes_the_rest_less_likely(void **state)
{
	(void)state;
	struct scene scene;
	struct buf text = BUF_INIT;
	buf_add(&text, S("service,to,days,parcels,status\n"));
	add_ontime(&text, "post", "DE", 11, 20, 90);
	buf_add(&text, S("post,DE,,100,lost\n"));
	buf_byte(&text, 0);
	open_scene(&scene, "ontime.csv", text.text);
	const struct promise *promise = promised(&scene, "post", "DE", "");
	near(promise_waiting(promise, 0, 90), 0.9, 0.01);
	near(promise_waiting(promise, 15, 20), 0.45 / 0.55, 0.01);
	near(promise_waiting(promise, 20, 90), 0, 0.01);
	near(promise_waiting(promise, 15, 15), 0, 0);
	assert_true(promise_waiting(promise, 91, 95) < 0);
	assert_int_equal(promise_waiting_percent(promise, 15, 20), 81);
	assert_int_equal(promise_waiting_percent(promise, 15, 15), 0);
	assert_int_equal(promise_waiting_percent(promise, 91, 95), -1);
	buf_release(&text);
	close_scene(&scene);
}

enum { ASKED_TO = 4, ASKED = 2 * ASKED_TO };

static const char *const asked_to[ASKED_TO] = { "DE", "MT", "US", "JP" };

struct asking {
	struct scene *scene;
	uint64_t hash[4][ASKED];
};

static void ask_all(void *context, unsigned worker)
{
	struct asking *asking = context;
	for (unsigned i = 0; i < ASKED; i++) {
		unsigned at = worker & 1 ? ASKED - 1 - i : (i + worker) % ASKED;
		asking->hash[worker][at] =
			promised(asking->scene, at & 1 ? "fast" : "post", asked_to[at / 2], "")->hash;
	}
}

static void the_order_of_asking_does_not_matter(void **state)
{
	(void)state;
	struct asking asking[2];
	struct buf text = BUF_INIT;
	buf_add(&text, S("service,to,days,parcels,status\n"));
	add_ontime(&text, "post", "DE", 6, 15, 200);
	add_ontime(&text, "fast", "JP", 3, 9, 30);
	buf_byte(&text, 0);
	for (int round = 0; round < 2; round++) {
		struct scene scene;
		open_scene(&scene, "ontime.csv", text.text);
		asking[round].scene = &scene;
		threads_run(round ? 4 : 1, ask_all, &asking[round]);
		close_scene(&scene);
	}
	for (int worker = 0; worker < 4; worker++)
		assert_memory_equal(asking[1].hash[worker], asking[0].hash[0], sizeof asking[0].hash[0]);
	assert_true(asking[0].hash[0][0] != asking[0].hash[0][1]);
	buf_release(&text);
}

static void the_reckoning_can_be_read(void **state)
{
	(void)state;
	struct scene scene;
	open_scene(&scene, "ontime.csv",
		   "service,to,days,parcels,status,period\npost,DE,9,300,delivered,2026-07\n"
		   "post,FR,9,20,delivered,2026-07\n");
	struct buf text = BUF_INIT;
	promise_explain(scene.promises, promised(&scene, "post", "PL", ""), &text);
	buf_byte(&text, 0);
	assert_non_null(strstr(text.text, "root: one parcel more that never came\n"));
	assert_non_null(strstr(text.text, "320 parcels, 0 lost or returned, 0 under way, 2026-07-01 to "
					  "2026-07-31"));
	assert_non_null(strstr(text.text, "this lane: no parcels of its own; leans on zone EU"));
	assert_non_null(strstr(text.text, "the claim rests on: zone (zone EU)\n"));
	assert_non_null(strstr(text.text, "drift from month to month"));
	assert_non_null(strstr(text.text, "averaged over orders of the seven days from 2026-11-22\n"));
	assert_non_null(strstr(text.text, "90% within "));
	buf_release(&text);
	close_scene(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_lane_with_parcels_stands_for_itself),
		cmocka_unit_test(a_claim_names_what_it_leans_on),
		cmocka_unit_test(a_region_without_parcels_takes_its_country),
		cmocka_unit_test(zones_and_everywhere_count_for_all_below),
		cmocka_unit_test(few_parcels_claim_nothing),
		cmocka_unit_test(a_published_share_is_the_carriers),
		cmocka_unit_test(handling_and_closures_come_before_the_door),
		cmocka_unit_test(a_cut_off_is_read_in_its_own_zone),
		cmocka_unit_test(handling_is_measured_where_orders_are_known),
		cmocka_unit_test(open_parcels_count_as_long_as_they_are_watched),
		cmocka_unit_test(silence_is_loss),
		cmocka_unit_test(rows_may_stand_for_many_parcels_or_a_part_of_one),
		cmocka_unit_test(what_is_older_than_the_history_is_not_counted),
		cmocka_unit_test(waiting_makes_the_rest_less_likely),
		cmocka_unit_test(the_order_of_asking_does_not_matter),
		cmocka_unit_test(the_reckoning_can_be_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
