/* SPDX-License-Identifier: MIT */
/* The tree of lanes: what a curve leans on, and who has one in common. */
#include "../shop/little_shop.h"

#include "promise/lanes.h"

struct tree {
	struct little_shop little;
	struct lanes *lanes;
	const struct service *service;
};

static struct place place_of(const char *code)
{
	struct place place;
	assert_true(place_parse(str_of(code), &place));
	return place;
}

static void start(struct tree *tree)
{
	little_open(&tree->little);
	const struct shop *shop = little_load(&tree->little);
	tree->service = &shop->services[1];
	tree->lanes = lanes_new(&tree->little.arena, shop);
}

/* So many parcels, one a day from `day` on. */
static void add(struct tree *tree, const char *from, const char *to, int day, int parcels)
{
	struct tally tally;
	struct route route = { .service = tree->service, .from = place_of(from), .to = place_of(to) };
	tally_init(&tally);
	for (int i = 0; i < parcels; i++) {
		tally_add(&tally, day + i, true, 1);
		tally.weight += 1;
		tally.squares += 1;
	}
	lanes_add(tree->lanes, &route, &tally, parcels, NULL);
}

static const struct lane *lane_at(const struct tree *tree, const char *from, const char *to)
{
	bool own;
	const struct lane *lane =
		lanes_find(tree->lanes, tree->service, place_of(from), place_of(to), &own);
	assert_true(lane && own);
	return lane;
}

static void leans(const struct lane *lane, const struct lane *on)
{
	struct estimate expected;
	assert_ptr_equal(lane->leans_on, on);
	estimate_update(&expected, &lane->sum->tally, &on->sum->estimate, ESTIMATE_STRENGTH);
	assert_memory_equal(&lane->sum->estimate, &expected, sizeof expected);
}

static void every_lane_leans_on_those_with_other_parcels_too(void **state)
{
	(void)state;
	struct tree tree;
	start(&tree);
	add(&tree, "CN", "DE", 9, 20);
	add(&tree, "CN", "US", 12, 30);
	add(&tree, "CN-GD", "US-CA", 8, 10); /* the only one from there: all to the US go to US-CA */
	add(&tree, "CN", "US-CA", 15, 25);
	add(&tree, "CN", "DE", 3, 5);
	lanes_estimate(tree.lanes);
	const struct lane *us = lane_at(&tree, "CN", "US"), *california = lane_at(&tree, "CN", "US-CA");
	assert_int_equal(us->sum->rows, 65);
	leans(california, us);
	leans(lane_at(&tree, "CN-GD", "US-CA"), california);
	leans(lane_at(&tree, "CN-GD", "US"), us);
	assert_int_equal(lane_at(&tree, "CN-GD", "US")->sum->rows, 10);
	assert_int_equal(lane_at(&tree, "CN", "DE")->sum->rows, 25);
	little_close(&tree.little);
}

static void the_same_parcels_are_kept_once(void **state)
{
	(void)state;
	struct tree tree;
	start(&tree);
	add(&tree, "CN", "DE", 9, 20);
	add(&tree, "CN", "FR", 9, 20);
	add(&tree, "DE", "FR", 2, 20);
	lanes_estimate(tree.lanes);
	const struct lane *to_germany = lane_at(&tree, "CN", "DE"), *to_france = lane_at(&tree, "CN", "FR");
	assert_ptr_equal(to_germany->above->sum, to_germany->sum);
	assert_int_equal(to_germany->above->group.level, LEVEL_COUNTRY);
	assert_int_equal(to_germany->sum->rows, 20);
	assert_ptr_not_equal(to_france->above->sum, to_france->sum);
	assert_int_equal(to_france->above->sum->rows, 40);
	assert_int_equal(to_france->sum->rows, 20);
	leans(to_france, to_france->above);
	little_close(&tree.little);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_lane_leans_on_those_with_other_parcels_too),
		cmocka_unit_test(the_same_parcels_are_kept_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
