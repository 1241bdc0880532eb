/* SPDX-License-Identifier: MIT */
/* What a seller sees behind the promises: months, and working days before the hand-over. */
#include "../shop/little_shop.h"

#include <math.h>

#include "promise/survey.h"

struct case_ {
	struct little_shop little;
	struct promises *promises;
	const struct service *service;
};

/* Two parcels a day of 2026 up to the build date, shipped `handling` days after the order; May's
 * are slow. */
static void open_case(struct case_ *c, int handling)
{
	struct buf text = BUF_INIT;
	int32_t first, today, may, june;
	assert_true(date_of(2026, 1, 1, &first));
	assert_true(date_of(2026, 11, 22, &today));
	assert_true(date_of(2026, 5, 1, &may) && date_of(2026, 6, 1, &june));
	buf_add(&text, S("service,to,ordered,shipped,delivered\n"));
	for (int32_t day = first; day < today - 20; day++)
		for (int i = 0; i < 2; i++) {
			buf_add(&text, S("fast,DE,"));
			date_add(&text, day);
			buf_byte(&text, ',');
			date_add(&text, day + handling);
			buf_byte(&text, ',');
			date_add(&text,
				 day + handling + 5 +
					 (day + handling >= may && day + handling < june ? 9 : 0));
			buf_byte(&text, '\n');
		}
	buf_byte(&text, 0);
	little_open(&c->little);
	little_put(&c->little, "shipments.csv", text.text);
	buf_release(&text);
	const struct shop *shop = little_load(&c->little);
	c->promises = promises_new(&c->little.arena, shop, c->little.diag);
	c->service = shop_service(shop, S("fast"));
}

static void close_case(struct case_ *c)
{
	promises_free(c->promises);
	little_close(&c->little);
}

static void months_stand_in_order_and_a_slow_one_shows(void **state)
{
	struct case_ c;
	struct survey_service survey;
	(void)state;
	open_case(&c, 0);
	assert_true(survey_service(c.promises, c.service, &survey));
	assert_int_equal(survey.day, 5);
	assert_int_equal(survey.lost, 0);
	assert_int_equal(survey.measured, survey.month_count);
	assert_true(survey.month_count >= 8);
	for (size_t i = 0; i < survey.month_count; i++) {
		int year, month, day;
		date_civil(survey.months[i].first, &year, &month, &day);
		assert_int_equal(month, i + 1);
		assert_true(fabs(survey.months[i].share - (month == 5 ? 0 : 1)) < 1e-9);
	}
	assert_true(survey.deviation > 0.05);
	close_case(&c);
}

static void a_service_without_parcels_has_nothing_to_show(void **state)
{
	struct case_ c;
	struct survey_service survey;
	(void)state;
	open_case(&c, 0);
	assert_false(survey_service(c.promises, shop_service(c.little.shop, S("post")), &survey));
	close_case(&c);
}

static void the_hand_over_is_what_was_measured(void **state)
{
	struct case_ c;
	struct survey_handling survey;
	(void)state;
	open_case(&c, 3);
	assert_true(survey_handling(c.promises, NULL, &survey));
	assert_int_equal(survey.half, 3);
	assert_int_equal(survey.most, 3);
	assert_true(survey.orders > 300 && survey.orders < 650);
	close_case(&c);
}

static void only_the_newest_months_are_kept(void **state)
{
	struct arena arena;
	struct drift drift;
	struct drift_share months[3];
	int32_t first;
	(void)state;
	arena_init(&arena);
	int32_t oldest, today;
	assert_true(date_of(2025, 1, 1, &oldest));
	assert_true(date_of(2026, 1, 1, &today));
	drift_init(&drift, &arena, oldest, today);
	for (int month = 1; month <= 6; month++) {
		assert_true(date_of(2025, month % 6 + 1, 1, &first)); /* out of order */
		drift_add(&drift, drift_month(first), month, true, 40);
	}
	assert_int_equal(drift_months(&drift, today, 3, months, 3), 3);
	for (int i = 0; i < 3; i++) {
		int year, month, day;
		date_civil(months[i].first, &year, &month, &day);
		assert_int_equal(month, 4 + i);
		assert_true(fabs(months[i].share - (month == 4 ? 1 : 0)) < 1e-9);
	}
	assert_int_equal(drift_months(&drift, today, 3, months, 0), 0);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(months_stand_in_order_and_a_slow_one_shows),
		cmocka_unit_test(a_service_without_parcels_has_nothing_to_show),
		cmocka_unit_test(the_hand_over_is_what_was_measured),
		cmocka_unit_test(only_the_newest_months_are_kept),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
