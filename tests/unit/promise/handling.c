/* SPDX-License-Identifier: MIT */
/* Hand-over by profile, where the log names products; and profiles that promise less than is measured. */
#include "../shop/little_shop.h"

#include "promise/promise.h"

struct scene {
	struct little_shop little;
	struct promises *promises;
};

static int32_t today(void)
{
	int32_t date;
	assert_true(date_of(2026, 11, 22, &date));
	return date;
}

/* Three orders a day of the product, handed over on every day of the week after `days` and one more. */
static void add_orders(struct buf *text, const char *id, int days)
{
	for (int32_t day = today() - 200; day < today() - 40; day++)
		for (int i = 0; i < 3; i++) {
			buf_add(text, S("fast,DE,"));
			date_add(text, day);
			buf_byte(text, ',');
			date_add(text, day + days + i / 2);
			buf_byte(text, ',');
			date_add(text, day + days + i / 2 + 5);
			buf_addf(text, ",%s\n", id);
		}
}

static void open_scene(struct scene *scene, const char *profiles, int mug, int lamp)
{
	struct buf text = BUF_INIT;
	little_open(&scene->little);
	little_put(&scene->little, "handling.csv", profiles);
	little_put(&scene->little, "products.csv",
		   "id,title,price,shipping_weight,handling\nMUG,Mug,12.00 EUR,400 g,\n"
		   "LAMP,Lamp,50.00 EUR,900 g,made\n");
	buf_add(&text, S("service,to,ordered,shipped,delivered,id\n"));
	add_orders(&text, "MUG", mug);
	add_orders(&text, "LAMP", lamp);
	add_orders(&text, "GONE", 30);
	buf_byte(&text, 0);
	little_put(&scene->little, "shipments.csv", text.text);
	little_load(&scene->little);
	scene->promises = promises_new(&scene->little.arena, scene->little.shop, scene->little.diag);
	buf_release(&text);
}

static void close_scene(struct scene *scene)
{
	promises_free(scene->promises);
	little_close(&scene->little);
}

static void explains(struct scene *scene, const char *profile, const char *line)
{
	struct place de = { "DE" }, cn = { "CN" };
	const struct shop *shop = scene->little.shop;
	struct buf text = BUF_INIT;
	promise_explain(scene->promises,
			promise_get(scene->promises, shop_service(shop, S("fast")), de, cn,
				    map_find(&shop->handling_by_profile, str_of(profile))),
			&text);
	buf_byte(&text, 0);
	if (!strstr(text.text, line))
		fail_msg("'%s' is not in:\n%s", line, text.text);
	buf_release(&text);
}

static void each_profile_is_measured_by_its_products(void **state)
{
	(void)state;
	struct scene scene;
	open_scene(&scene, "profile,days_min,days_max,workdays\ndefault,0,2,Mon-Sun\nmade,3,9,Mon-Sun\n", 1, 7);
	little_says(&scene.little, "");
	explains(&scene, "default", "handling: measured from");
	explains(&scene, "default", "1.4 working days on average (profile default)");
	explains(&scene, "made", "7.4 working days on average (profile made)");
	close_scene(&scene);
}

static void a_profile_that_promises_less_than_is_measured_is_named(void **state)
{
	(void)state;
	struct scene scene;
	open_scene(&scene, "profile,days_min,days_max,workdays\ndefault,0,1,Mon-Sun\nmade,3,6,Mon-Sun\n", 1, 7);
	little_says(&scene.little,
		    "content/handling.csv:2:1: warning: profile 'default' says 1 working days at most, but of 476 "
		    "orders only 66% were handed over by then, and 90% within 2; write 2 in 'days_max', or hand "
		    "over sooner\n"
		    "content/handling.csv:3:1: warning: profile 'made' says 6 working days at most, but of 476 "
		    "orders only 0% were handed over by then, and 90% within 8; write 8 in 'days_max', or hand "
		    "over sooner\n");
	close_scene(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_profile_is_measured_by_its_products),
		cmocka_unit_test(a_profile_that_promises_less_than_is_measured_is_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
