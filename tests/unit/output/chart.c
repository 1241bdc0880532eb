/* SPDX-License-Identifier: MIT */
/* Promises as pictures: one scale for all, whole units, nothing drawn where nothing is claimed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "output/chart.h"
#include "output/says.h"

struct fixture {
	struct arena arena;
	const struct words *words;
};

static int open_words(void **state)
{
	static struct fixture fixture;
	arena_init(&fixture.arena);
	fixture.words = words_open(&fixture.arena, S("en"));
	*state = &fixture;
	return fixture.words ? 0 : -1;
}

static int close_words(void **state)
{
	struct fixture *fixture = *state;
	arena_release(&fixture->arena);
	return 0;
}

/* Claims `percent` from the day on, half of it from two days before; the estimate lies above. */
static struct curve curve_at(int day, int percent)
{
	static const int percents[CLAIM_LEVELS] = { 50, 80, 90, 95 };
	struct curve curve;
	for (int n = 0; n < PROMISE_DAYS; n++) {
		curve.claim[n] = (uint8_t)(n >= day ? percent : n >= day - 2 ? 50 : 0);
		curve.share[n] = n >= day - 2 ? 0.97 : 0;
	}
	for (int level = 0; level < CLAIM_LEVELS; level++) {
		curve.claim_days[level] = -1;
		for (int n = PROMISE_DAYS - 1; n >= 0 && curve.claim[n] >= percents[level]; n--)
			curve.claim_days[level] = n;
	}
	return curve;
}

static size_t count_of(struct str text, const char *part)
{
	size_t count = 0;
	for (const char *at = text.text; (at = strstr(at, part)); at += strlen(part))
		count++;
	return count;
}

static void the_scale_has_room_for_the_slowest(void **state)
{
	struct curve fast = curve_at(8, 95), slow = curve_at(40, 95);
	const struct curve *both[] = { &fast, &slow };
	(void)state;
	struct scale scale = scale_of(both, 2);
	assert_true(scale.last > 40 && scale.last < 50);
	assert_int_equal(scale.step, 10);
	assert_int_equal(scale_of(both, 1).step, 2);
}

static void without_claims_there_is_no_scale(void **state)
{
	struct fixture *fixture = *state;
	struct curve none = curve_at(8, 0);
	none.claim_days[CLAIM_50] = -1;
	const struct curve *curves[] = { &none };
	struct scale scale = scale_of(curves, 1);
	assert_int_equal(scale.last, 0);
	assert_int_equal(scale_draw(&fixture->arena, &scale, fixture->words).len, 0);
	assert_int_equal(strip_draw(&fixture->arena, &scale, &none, false, fixture->words).len, 0);
}

static void the_last_day_stays_inside(void **state)
{
	struct fixture *fixture = *state;
	struct curve latest = curve_at(PROMISE_DAYS - 1, 95);
	const struct curve *curves[] = { &latest };
	struct scale scale = scale_of(curves, 1);
	struct str strip = strip_draw(&fixture->arena, &scale, &latest, false, fixture->words);
	assert_true(scale.last >= PROMISE_DAYS - 1);
	assert_null(strstr(strip.text, "\"100."));
	assert_non_null(strstr(strip.text, ">90</text>"));
}

static void a_strip_has_a_bar_and_a_dot(void **state)
{
	struct fixture *fixture = *state;
	struct curve ours = curve_at(9, 95), half = curve_at(30, 60);
	struct scale scale = { .last = 40, .step = 10 };
	struct str drawing = strip_draw(&fixture->arena, &scale, &ours, false, fixture->words);
	assert_non_null(
		strstr(drawing.text, "<line class=\"strip-bar\" x1=\"17.5%\" x2=\"22.5%\""));
	assert_non_null(strstr(drawing.text, "<circle class=\"strip-dot\" cx=\"22.5%\""));
	assert_non_null(strstr(drawing.text, "aria-hidden=\"true\""));
	drawing = strip_draw(&fixture->arena, &scale, &half, false, fixture->words);
	assert_int_equal(count_of(drawing, "strip-bar"), 1);
	assert_int_equal(count_of(drawing, "<circle"), 0);
}

static void the_figure_of_another_is_a_ring_without_a_bar(void **state)
{
	struct fixture *fixture = *state;
	struct curve theirs = curve_at(30, 80);
	struct scale scale = { .last = 40, .step = 10 };
	for (int n = 0; n < 30; n++)
		theirs.claim[n] = 0;
	theirs.claim_days[CLAIM_50] = 30;
	struct str drawing = strip_draw(&fixture->arena, &scale, &theirs, true, fixture->words);
	assert_int_equal(count_of(drawing, "strip-bar"), 0);
	assert_non_null(strstr(drawing.text, "<circle class=\"strip-ring\" cx=\"75.0%\""));
}

static void the_curve_has_its_band_and_the_day_of_nine_in_ten(void **state)
{
	struct fixture *fixture = *state;
	struct curve curve = curve_at(13, 92), never = curve_at(13, 0);
	struct str drawing = chart_draw(&fixture->arena, &curve, fixture->words);
	assert_int_equal(count_of(drawing, "chart-claim"), 1);
	assert_int_equal(count_of(drawing, "chart-band"), 1);
	assert_int_equal(count_of(drawing, ">13</text>"), 1);
	assert_int_equal(count_of(drawing, "<g"), count_of(drawing, "</g>"));
	for (int n = 0; n < PROMISE_DAYS; n++)
		never.claim[n] = 0;
	assert_int_equal(chart_draw(&fixture->arena, &never, fixture->words).len, 0);
}

static struct promise promise_at(int day, int percent, enum pooled pooled, int64_t loss_ppm)
{
	static const struct service service = { .days_max = 20 };
	return (struct promise){ .service = &service,
				 .door = curve_at(day, percent),
				 .pooled = pooled,
				 .loss_ppm = loss_ppm };
}

static void one_line_for_each_state_of_knowledge(void **state)
{
	struct promise both = promise_at(12, 95, POOLED_LANE, 0);
	struct promise half = promise_at(12, 60, POOLED_ZONE, 0);
	struct promise carrier = promise_at(12, 90, POOLED_PUBLISHED, -1);
	struct promise most = promise_at(12, 80, POOLED_PUBLISHED, -1);
	struct promise stated = promise_at(12, 0, POOLED_NONE, -1);
	(void)state;
	stated.door.claim_days[CLAIM_50] = -1;
	assert_string_equal(says_name(says_of(&both)), "likely");
	assert_string_equal(says_name(says_of(&half)), "half");
	assert_string_equal(says_name(says_of(&carrier)), "carrier");
	assert_string_equal(says_name(says_of(&most)), "most");
	assert_string_equal(says_name(says_of(&stated)), "stated");
	struct service unstated = { .days_max = -1 };
	stated.service = &unstated;
	assert_string_equal(says_name(says_of(&stated)), "nothing");
}

static void a_level_without_a_day_has_its_reason(void **state)
{
	struct promise lost = promise_at(12, 92, POOLED_LANE, 62500);
	struct promise few = promise_at(12, 85, POOLED_LANE, 62500);
	struct promise whole = promise_at(12, 95, POOLED_LANE, 10000);
	struct promise theirs = promise_at(12, 80, POOLED_PUBLISHED, -1);
	int percent = 0;
	(void)state;
	assert_int_equal(says_missing(&lost, &percent), MISSING_LOST);
	assert_int_equal(percent, 95);
	assert_int_equal(says_one_in(&lost), 16);
	assert_int_equal(says_missing(&few, &percent), MISSING_FEW);
	assert_int_equal(percent, 90);
	assert_int_equal(says_missing(&whole, &percent), MISSING_NOTHING);
	assert_int_equal(says_missing(&theirs, &percent), MISSING_NOTHING);
	assert_int_equal(says_one_in(&theirs), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_scale_has_room_for_the_slowest),
		cmocka_unit_test(without_claims_there_is_no_scale),
		cmocka_unit_test(the_last_day_stays_inside),
		cmocka_unit_test(a_strip_has_a_bar_and_a_dot),
		cmocka_unit_test(the_figure_of_another_is_a_ring_without_a_bar),
		cmocka_unit_test(the_curve_has_its_band_and_the_day_of_nine_in_ten),
		cmocka_unit_test(one_line_for_each_state_of_knowledge),
		cmocka_unit_test(a_level_without_a_day_has_its_reason),
	};
	return cmocka_run_group_tests(tests, open_words, close_words);
}
