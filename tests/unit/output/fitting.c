/* SPDX-License-Identifier: MIT */
/*
 * A text fitted into fields for many products against the same text lowered by itself: the same bytes, whichever way was
 * taken; what leaves, and what fails.
 */
#include "unit/market/fixture.h"

#include "output/fitting.h"

#define WORD(letter) HOLE_WORD "a" letter

/* A fee, the odds, what customs ask for and a question; values for price, days and charge. */
#define TEXT                                                                                             \
	"<p data-block=\"method\">By post.</p><p data-block=\"fee\">It costs " WORD("a") ".</p>"            \
	"<p data-block=\"odds\">Half within " WORD("b") " days.</p>"                                        \
	"<p data-block=\"customs\">At the door: " WORD("c") ".</p>"                                         \
	"<p data-block=\"faq\">When?</p><p data-block=\"faq\">After " WORD("b") " days.</p>"

struct trial {
	struct stall stall;
	struct fittings *fittings;
	struct fitter *fitter;
	struct holes holes;
	struct fitted fitted;
	bool fits;
};

static void open(struct trial *trial, const char *rules)
{
	memset(trial, 0, sizeof *trial);
	stall_open(&trial->stall, rules);
	trial->fittings = fittings_new();
	trial->fitter = fitter_new(trial->fittings);
}

static void shut(struct trial *trial)
{
	fitter_free(trial->fitter);
	fittings_free(trial->fittings);
	holes_release(&trial->holes);
	stall_close(&trial->stall);
}

/* Fits the text with these values. */
static void fits(struct trial *trial, const char *fee, const char *days, const char *charge)
{
	const char *const values[] = { fee, days, charge };
	struct arena *arena = &trial->stall.little.arena;
	holes_reset(&trial->holes);
	trial->holes.items = realloc(trial->holes.items, 3 * sizeof *trial->holes.items);
	assert_non_null(trial->holes.items);
	for (size_t i = 0; i < 3; i++) {
		trial->holes.items[i] = (struct hole){ S("value"), trial->holes.text.len,
						       strlen(values[i]), true };
		buf_add(&trial->holes.text, str_of(values[i]));
	}
	trial->holes.count = trial->holes.room = 3;
	struct fit_text text = fit_text_of(S("en"), S(TEXT), &trial->holes);
	struct fitted asked;
	trial->fits = fit(trial->fitter, trial->stall.field, &text, arena, &trial->fitted);
	assert_int_equal(fit_try(trial->fitter, trial->stall.field, &text, arena, &asked), trial->fits);
	assert_int_equal(asked.bytes.len, 0);
	assert_int_equal(asked.count, trial->fitted.count);
}

/* It fits as these bytes, and so it does when it is lowered by itself. */
static void fits_as(struct trial *trial, const char *fee, const char *days, const char *charge,
		    const char *bytes)
{
	struct arena *arena = &trial->stall.little.arena;
	struct market_lowered alone;
	struct buf html = BUF_INIT;
	struct str why;
	fits(trial, fee, days, charge);
	if (!trial->fits)
		fail_msg("%.*s", STR(trial->fitted.why));
	assert_string_equal(str_copy(arena, trial->fitted.bytes).text, bytes);
	assert_int_equal(trial->fitted.count, market_count(trial->stall.field, trial->fitted.bytes));
	assert_true(market_check(trial->stall.field, trial->fitted.bytes, S(""), arena, &why));
	holes_fill(&html, S(TEXT), &trial->holes);
	assert_true(market_lower(trial->stall.field, buf_str(&html), arena, &alone));
	assert_true(str_equal(alone.bytes, trial->fitted.bytes));
	buf_release(&html);
}

static void counts(struct trial *trial, size_t lowered, size_t filled)
{
	size_t was_lowered, was_filled;
	fitter_counts(trial->fitter, &was_lowered, &was_filled);
	assert_int_equal(was_lowered, lowered);
	assert_int_equal(was_filled, filled);
}

static void a_text_is_lowered_once_for_all_its_values(void **state)
{
	struct trial trial;
	(void)state;
	open(&trial, "text,format,html\ntext,tags,p\ntext,contact,email phone url\n");
	for (int i = 0; i < 50; i++) {
		char fee[32], days[12], bytes[300];
		snprintf(fee, sizeof fee, "%d.%02d EUR", i * 7 % 120, i);
		snprintf(bytes, sizeof bytes,
			 "<p>By post.</p>\n<p>It costs %s.</p>\n<p>Half within %d days.</p>\n"
			 "<p>At the door: none.</p>\n<p>When?</p>\n<p>After %d days.</p>", fee, i, i);
		snprintf(days, sizeof days, "%d", i);
		fits_as(&trial, fee, days, "none", bytes);
	}
	counts(&trial, 1, 100); /* asked twice each */
	shut(&trial);
}

static void another_worker_need_not_lower_it_again(void **state)
{
	struct trial trial;
	(void)state;
	open(&trial, "text,format,html\ntext,tags,p\n");
	fits(&trial, "5 EUR", "9", "none");
	counts(&trial, 1, 2);
	fitter_free(trial.fitter);
	trial.fitter = fitter_new(trial.fittings);
	fits(&trial, "6 EUR", "9", "none");
	counts(&trial, 0, 2);
	shut(&trial);
}

static void whole_blocks_leave_in_the_profiles_order(void **state)
{
	static const struct {
		int limit;
		const char *left;
	} cases[] = {
		{ 200, "By post.\n\nIt costs 5 EUR.\n\nHalf within 9 days.\n\nAt the door: 3 EUR.\n\nWhen?\n\nAfter 9 days." },
		/* a word is as long as an amount and longer than these values: what leaves is settled by the words */
		{ 90, "By post.\n\nIt costs 5 EUR.\n\nHalf within 9 days.\n\nAt the door: 3 EUR." },
		{ 70, "By post.\n\nIt costs 5 EUR.\n\nAt the door: 3 EUR." },
		{ 55, "It costs 5 EUR.\n\nAt the door: 3 EUR." },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct trial trial;
		char rules[200];
		snprintf(rules, sizeof rules,
			 "text,limit,%d characters\ntext,drop_order,faq odds\ntext,mandatory,fee customs\n",
			 cases[i].limit);
		open(&trial, rules);
		fits(&trial, "5 EUR", "9", "3 EUR");
		assert_true(trial.fits);
		assert_string_equal(str_copy(&trial.stall.little.arena, trial.fitted.bytes).text, cases[i].left);
		assert_true(trial.fitted.count <= trial.fitted.limit);
		for (size_t j = 0; j < trial.fitted.removal_count; j++) {
			struct str block = trial.fitted.removals[j].block;
			assert_int_equal(trial.fitted.removals[j].kind, MARKET_LOST_BLOCK);
			assert_false(str_is(block, "fee") || str_is(block, "customs"));
		}
		shut(&trial);
	}
}

static void what_fee_and_customs_need_fails_rather_than_leave(void **state)
{
	struct trial trial;
	(void)state;
	open(&trial, "text,limit,30 characters\ntext,drop_order,faq odds\ntext,mandatory,fee customs\n");
	fits(&trial, "5 EUR", "9", "3 EUR");
	assert_false(trial.fits);
	assert_int_equal(trial.fitted.bytes.len, 0);
	assert_string_equal(str_copy(&trial.stall.little.arena, trial.fitted.why).text,
			    "'text' takes 30 characters, and what must stand in it needs 36; shorten the texts");
	shut(&trial);
}

/* The words fit and the values do not: then the text is lowered with them, and loses what has to go. */
static void a_long_value_costs_its_own_text_a_block(void **state)
{
	struct trial trial;
	(void)state;
	open(&trial, "text,limit,120 characters\ntext,drop_order,faq odds\ntext,mandatory,fee customs\n");
	fits_as(&trial, "5 EUR", "9", "3 EUR",
		"By post.\n\nIt costs 5 EUR.\n\nHalf within 9 days.\n\nAt the door: 3 EUR.\n\nWhen?\n\nAfter 9 days.");
	fits_as(&trial, "one hundred and eleven euros and more", "9", "3 EUR",
		"By post.\n\nIt costs one hundred and eleven euros and more.\n\nHalf within 9 days.\n\n"
		"At the door: 3 EUR.\n\nWhen?");
	assert_int_equal(trial.fitted.removal_count, 1);
	assert_true(str_is(trial.fitted.removals[0].block, "faq"));
	shut(&trial);
}

static void a_value_takes_the_fields_form(void **state)
{
	struct trial trial;
	(void)state;
	open(&trial, "text,format,html\ntext,tags,p\ntext,replace,U+00A0=U+0020 \xE2\x82\xAC=E\n");
	fits_as(&trial, "1\xC2\xA0" "234,50\xC2\xA0\xE2\x82\xAC", "9", "none",
		"<p>By post.</p>\n<p>It costs 1 234,50 E.</p>\n<p>Half within 9 days.</p>\n"
		"<p>At the door: none.</p>\n<p>When?</p>\n<p>After 9 days.</p>");
	shut(&trial);
}

/* Signs that the field refuses leave the value, and with them all of it; the words around it stay where they are. */
static void a_value_of_which_nothing_is_left_leaves_nothing(void **state)
{
	struct trial trial;
	(void)state;
	open(&trial, "text,format,html\ntext,tags,p\ntext,refuse,U+200B-U+200D U+FEFF emoji\n");
	fits_as(&trial, "\xE2\x80\x8B\xE2\x80\x8D\xEF\xBB\xBF", "9", "\xF0\x9F\x94\xA5",
		"<p>By post.</p>\n<p>It costs .</p>\n<p>Half within 9 days.</p>\n<p>At the door: .</p>\n"
		"<p>When?</p>\n<p>After 9 days.</p>");
	fits_as(&trial, "3 EUR", "9", "zqxjkvwqaa ZQXJKVWQ",
		"<p>By post.</p>\n<p>It costs 3 EUR.</p>\n<p>Half within 9 days.</p>\n"
		"<p>At the door: zqxjkvwqaa ZQXJKVWQ.</p>\n<p>When?</p>\n<p>After 9 days.</p>");
	shut(&trial);
}

/* Nothing of what a value brings along comes through where the field forbids it. */
static void a_bad_value_is_caught(void **state)
{
	static const char *const bad[] = { "+49 30 1234567", "0301234567", "a@b.example",
					   "https://b.example", "b.com", "WhatsApp" };
	struct trial trial;
	(void)state;
	open(&trial, "text,format,html\ntext,tags,p\ntext,contact,email phone url social\n"
		     "text,social_names,WhatsApp\ntext,mandatory,fee\n");
	fits(&trial, "5 EUR", "9", "none"); /* the form is good */
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct str why, bytes;
		fits(&trial, "5 EUR", "9", bad[i]);
		bytes = trial.fitted.bytes;
		assert_true(trial.fits);
		assert_true(market_check(trial.stall.field, bytes, S(""), &trial.stall.little.arena, &why));
		assert_null(memmem(bytes.text, bytes.len, bad[i], strlen(bad[i])));
		/* the fee may not leave, so the same in it leaves no text at all */
		fits(&trial, bad[i], "9", "none");
		assert_false(trial.fits);
		assert_int_equal(trial.fitted.bytes.len, 0);
		assert_true(trial.fitted.why.len > 0);
	}
	shut(&trial);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_is_lowered_once_for_all_its_values),
		cmocka_unit_test(another_worker_need_not_lower_it_again),
		cmocka_unit_test(whole_blocks_leave_in_the_profiles_order),
		cmocka_unit_test(what_fee_and_customs_need_fails_rather_than_leave),
		cmocka_unit_test(a_long_value_costs_its_own_text_a_block),
		cmocka_unit_test(a_value_takes_the_fields_form),
		cmocka_unit_test(a_value_of_which_nothing_is_left_leaves_nothing),
		cmocka_unit_test(a_bad_value_is_caught),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
