/* SPDX-License-Identifier: MIT */
/* Which listings have to be pasted again, the worst first, and the values that say why. */
#include "fixture.h"

#include "publish/pending.h"

enum { VALUES_MAX = 8 };

/* Values that a text stands on, "name=value name=value". */
static struct snippet_values values_of(struct arena *arena, const char *text)
{
	struct snippet_value *items = arena_array(arena, VALUES_MAX, sizeof *items);
	struct snippet_values values = { .items = items };
	struct str rest = str_of(text), word;
	while (str_next_word(&rest, &word)) {
		size_t at = str_index(word, '=');
		items[values.count++] =
			(struct snippet_value){ .name = str_sub(word, 0, at),
						.value = str_sub(word, at + 1, word.len),
						.pos = { "content/rates.csv", 5, 1 } };
	}
	return values;
}

static void put_set(void *context, uint64_t hash, struct str lines)
{
	if (!archive_has(context, hash))
		archive_put(context, hash, lines);
}

/* What a build leaves for one product on one marketplace. */
struct listing {
	const char *marketplace, *text, *shared, *own;
};

struct built {
	struct buf bytes;
	struct shelf *shelf;
};

static void build(struct place_of_test *test, struct archive *archive, const struct listing *listings,
		  size_t count, struct built *built)
{
	struct shelf *shelf = shelf_new();
	for (size_t i = 0; i < count; i++) {
		struct snippet snippet = lamp(test, listings[i].marketplace, "en", listings[i].text);
		snippet.shared = values_of(&test->arena, listings[i].shared);
		snippet.own = values_of(&test->arena, listings[i].own);
		if (!*listings[i].text) {
			snippet.withheld = S("the marketplace forbids it");
			snippet.hash = 0;
		}
		shelf_note(shelf, &snippet);
		if (snippet.hash && !archive_has(archive, snippet.hash))
			archive_put(archive, snippet.hash, snippet.bytes);
	}
	shelf_each_set(shelf, put_set, archive);
	shelf_sort(shelf);
	shelf_write(shelf, 0, &built->bytes);
	shelf_free(shelf);
	built->shelf = shelf_read(buf_str(&built->bytes));
	assert_non_null(built->shelf);
}

static void tick_all(struct ledger *ledger, const struct shelf *shelf)
{
	for (size_t i = 0; i < shelf_count(shelf); i++) {
		const struct shelf_row *row = shelf_row(shelf, i);
		struct shelf_name name = shelf_row_name(shelf, row);
		ledger_tick(ledger, &name, 20779, row->text, row->shared, row->own);
	}
}

/* A shop that pasted what an older build made, and a newer build. */
struct scene {
	struct archive *archive;
	struct diag *diag;
	struct ledger *ledger;
	struct built old, new;
};

static void scene_open(struct scene *scene, struct place_of_test *test, const struct listing *before,
		       size_t before_count, const struct listing *now, size_t now_count)
{
	*scene = (struct scene){ .archive = archive_open(test->path), .diag = diag_new(test->path) };
	scene->ledger = ledger_read(test->path, scene->diag);
	build(test, scene->archive, before, before_count, &scene->old);
	build(test, scene->archive, now, now_count, &scene->new);
	tick_all(scene->ledger, scene->old.shelf);
}

static void scene_close(struct scene *scene)
{
	ledger_free(scene->ledger);
	archive_free(scene->archive);
	shelf_free(scene->old.shelf);
	shelf_free(scene->new.shelf);
	buf_release(&scene->old.bytes);
	buf_release(&scene->new.bytes);
	diag_free(scene->diag);
}

static void the_worst_comes_first(void **state)
{
	struct place_of_test *test = *state;
	static const struct listing before[] = {
		{ "allegro", "a1", "to.methods.x.likely=14 to.methods.x.fee=9.40", "title=Lamp" },
		{ "ebay", "b1", "to.methods.x.customs.payer=nobody to.methods.x.likely=14", "" },
		{ "etsy", "c1", "to.methods.x.likely=14 to.methods.x.by_day.10.claim=88", "" },
		{ "fnac", "d1", "to.methods.x.likely=14", "" },
	};
	static const struct listing now[] = {
		{ "allegro", "a2", "to.methods.x.likely=12 to.methods.x.fee=9.40", "title=Light" },
		{ "ebay", "b2", "to.methods.x.customs.payer=buyer to.methods.x.likely=14", "" },
		{ "etsy", "c2", "to.methods.x.likely=16 to.methods.x.by_day.10.claim=88", "" },
		{ "fnac", "d1", "to.methods.x.likely=14", "" },
		{ "temu", "e1", "", "" },
	};
	struct scene scene;
	scene_open(&scene, test, before, 4, now, 5);
	assert_int_equal(archive_close_day(scene.archive, 20779), 0);
	struct pending_list *list = pending_find(scene.new.shelf, scene.ledger, scene.archive);
	assert_int_equal(list->count, 4);
	assert_int_equal(list->up_to_date, 1);
	static const char *const order[] = { "etsy", "ebay", "allegro", "temu" };
	static const enum harm harms[] = { HARM_PROMISE, HARM_CHARGE, HARM_OTHER, HARM_NEVER };
	for (size_t i = 0; i < 4; i++) {
		struct str market = shelf_words(scene.new.shelf, list->items[i].row->marketplace);
		assert_true(str_is(market, order[i]));
		assert_int_equal(list->items[i].harm, harms[i]);
	}
	const struct value_change *worst = pending_worst(&list->items[0]);
	assert_true(str_is(worst->name, "to.methods.x.likely"));
	assert_true(str_is(worst->before, "14") && str_is(worst->now, "16"));
	assert_true(str_is(worst->place, "content/rates.csv:5"));
	assert_null(pending_worst(&list->items[3]));
	pending_free(list);
	scene_close(&scene);
}

/* A text that is withheld now has to be taken out; one that always was is no work. */
static void what_is_withheld(void **state)
{
	struct place_of_test *test = *state;
	static const struct listing before[] = { { "ebay", "b1", "", "" }, { "temu", "", "", "" } };
	static const struct listing now[] = { { "ebay", "", "", "" }, { "temu", "", "", "" } };
	struct scene scene;
	scene_open(&scene, test, before, 2, now, 2);
	struct pending_list *list = pending_find(scene.new.shelf, scene.ledger, scene.archive);
	assert_int_equal(list->count, 1);
	assert_int_equal(list->withheld, 1);
	assert_int_equal(list->items[0].harm, HARM_OTHER);
	pending_free(list);
	tick_all(scene.ledger, scene.new.shelf);
	list = pending_find(scene.new.shelf, scene.ledger, scene.archive);
	assert_int_equal(list->count, 0);
	pending_free(list);
	scene_close(&scene);
}

static void a_shelf_is_whole_or_none(void **state)
{
	struct place_of_test *test = *state;
	static const struct listing now[] = { { "ebay", "b1", "a=1 b=2", "c=3" } };
	struct archive *archive = archive_open(test->path);
	struct built built = { .shelf = NULL };
	build(test, archive, now, 1, &built);
	const struct shelf_row *row =
		shelf_find(built.shelf, S("listings/ebay/en/lamp-1.description.html"));
	assert_non_null(row);
	assert_null(shelf_find(built.shelf, S("listings/ebay/en/lamp-2.description.html")));
	struct shelf *next = shelf_new();
	assert_true(shelf_keep(next, built.shelf, S("listings/ebay/en/lamp-1.description.html")));
	assert_false(shelf_keep(next, built.shelf, S("elsewhere")));
	struct buf bytes = BUF_INIT;
	shelf_sort(next);
	shelf_write(next, 0, &bytes);
	assert_true(str_equal(buf_str(&bytes), buf_str(&built.bytes)));
	shelf_free(next);
	for (size_t len = 0; len < bytes.len; len++)
		assert_null(shelf_read(str_sub(buf_str(&bytes), 0, len)));
	for (size_t i = 0; i < bytes.len; i++) {
		bytes.text[i] ^= 1;
		assert_null(shelf_read(buf_str(&bytes)));
		bytes.text[i] ^= 1;
	}
	buf_release(&bytes);
	archive_free(archive);
	shelf_free(built.shelf);
	buf_release(&built.bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_worst_comes_first, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_withheld, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_shelf_is_whole_or_none, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
