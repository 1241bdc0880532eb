/* SPDX-License-Identifier: MIT */
/* Two texts, word by word: what is told is true, and as short as it can be. */
#include "fixture.h"

#include "publish/difference.h"

static struct str shown(struct arena *arena, const char *before, const char *now)
{
	struct stretch *stretches;
	struct buf out = BUF_INIT;
	size_t count = difference_find(arena, str_of(before), str_of(now), &stretches);
	difference_show(&out, stretches, count);
	struct str text = str_copy(arena, buf_str(&out));
	buf_release(&out);
	return text;
}

static void told_in_words(void **state)
{
	struct place_of_test *test = *state;
	struct arena *arena = &test->arena;
	assert_true(str_is(shown(arena, "within 12 days", "within 14 days"), "within [-12-]{+14+} days"));
	assert_true(str_is(shown(arena, "fee 9.40 EUR.", "fee 10.10 EUR."), "fee [-9.40-]{+10.10+} EUR."));
	assert_true(str_is(shown(arena, "", "new"), "{+new+}"));
	assert_true(str_is(shown(arena, "gone", ""), "[-gone-]"));
	assert_true(str_is(shown(arena, "same", "same"), ""));
	assert_true(str_is(shown(arena, "<p>a</p><p>b</p>", "<p>a</p><p>c b</p>"),
			   "<p>a</p><p>{+c +}b</p>"));
	/* cut between words */
	assert_true(str_is(shown(arena,
				 "A long beginning that nobody has to read once more, and then 90% within 18 "
				 "days; after that an end that is as long and as dull.",
				 "A long beginning that nobody has to read once more, and then 87% within 18 "
				 "days; after that an end that is as long and as dull."),
			   "... nobody has to read once more, and then [-90-]{+87+}% within 18 days; after that an end..."));
}

/* Random texts of few words: leaving out what was added gives the old one, and the other way round. */
static void every_difference_is_true(void **state)
{
	struct place_of_test *test = *state;
	static const char *const words[] = { "a", " ", "b", "<br>", "12", "é" };
	unsigned seed = 1;
	for (int round = 0; round < 3000; round++) {
		struct buf before = BUF_INIT, now = BUF_INIT, old = BUF_INIT, new = BUF_INIT;
		for (int side = 0; side < 2; side++) {
			seed = seed * 1103515245 + 12345;
			for (unsigned i = (seed >> 16) % 14; i > 0; i--) {
				seed = seed * 1103515245 + 12345;
				buf_add(side ? &now : &before, str_of(words[(seed >> 16) % 6]));
			}
		}
		struct stretch *stretches;
		size_t count = difference_find(&test->arena, buf_str(&before), buf_str(&now), &stretches);
		for (size_t i = 0; i < count; i++) {
			if (stretches[i].kind != STRETCH_ADDED)
				buf_add(&old, stretches[i].text);
			if (stretches[i].kind != STRETCH_GONE)
				buf_add(&new, stretches[i].text);
		}
		if (count) {
			assert_true(str_equal(buf_str(&old), buf_str(&before)));
			assert_true(str_equal(buf_str(&new), buf_str(&now)));
		} else {
			assert_true(str_equal(buf_str(&before), buf_str(&now)));
		}
		buf_release(&before);
		buf_release(&now);
		buf_release(&old);
		buf_release(&new);
		arena_reset(&test->arena);
	}
}

static void texts_without_anything_in_common(void **state)
{
	struct place_of_test *test = *state;
	struct buf before = BUF_INIT, now = BUF_INIT;
	for (int i = 0; i < 3000; i++) {
		buf_addf(&before, "old%d ", i);
		buf_addf(&now, "new%d,", i);
	}
	struct stretch *stretches;
	assert_int_equal(difference_find(&test->arena, buf_str(&before), buf_str(&now), &stretches), 2);
	assert_int_equal(stretches[0].kind, STRETCH_GONE);
	assert_int_equal(stretches[1].kind, STRETCH_ADDED);
	buf_release(&before);
	buf_release(&now);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(told_in_words, set_up, tear_down),
		cmocka_unit_test_setup_teardown(every_difference_is_true, set_up, tear_down),
		cmocka_unit_test_setup_teardown(texts_without_anything_in_common, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
