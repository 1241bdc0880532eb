/* SPDX-License-Identifier: MIT */
/*
 * Whole listing texts made up at random into every field of the project's profiles: what fits is
 * taken by the checker, has the count that was said, still holds its mandatory facts, and comes
 * out the same a second time.
 */
#include "unit/market/fixture.h"

struct made {
	uint64_t seed;
	struct buf html;
};

static unsigned draw(struct made *made, unsigned below)
{
	made->seed = made->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)(made->seed >> 33) % below;
}

static const char *one_of(struct made *made, const char *const *texts, unsigned count)
{
	return texts[draw(made, count)];
}

static void add_sentence(struct made *made)
{
	static const char *const sentences[] = {
		("Letter mail takes 9\xE2\x80\x93" "14 days. "),
		"Nine in ten parcels were there within 14 days. ",
		"Write to <a href=\"mailto:a@b.example\">a@b.example</a>. ",
		"Call <b>+49 30 123 4567</b>. ",
		"It costs 5.00\xC2\xA0\xE2\x82\xAC &amp; up. ",
		"Sign &lt;here&gt; \xE2\x9C\x85. ",
		"\xE5\xBF\xAB\xE9\x80\x92\xE3\x80\x82",
		"\xD0\x9F\xD0\xBE\xD1\x87\xD1\x82\xD0\xB0. ",
		"Free shipping <em>today</em>!<br>",
		"See https://kiln.example/faq or WhatsApp. ",
		"Caf\xC3\xA9 \xE2\x80\x9Cquoted\xE2\x80\x9D\xE2\x80\xA6 ",
	};
	buf_add(&made->html, str_of(one_of(made, sentences, sizeof sentences / sizeof *sentences)));
}

static void add_lines(struct made *made, const char *tag)
{
	for (unsigned i = draw(made, 3) + 1; i; i--) {
		buf_addf(&made->html, "<%s>", tag);
		for (unsigned j = draw(made, 3) + 1; j; j--)
			add_sentence(made);
		buf_addf(&made->html, "</%s>\n", tag);
	}
}

static void add_table(struct made *made)
{
	buf_add(&made->html,
		S("<table><caption>Days</caption><tr><th>Method</th><th>Fee</th></tr>"));
	for (unsigned i = draw(made, 4); i; i--) {
		buf_add(&made->html, S("<tr><td>"));
		add_sentence(made);
		buf_add(&made->html, S("</td><td>5.00 EUR</td></tr>"));
	}
	buf_add(&made->html, S("</table>"));
}

static void add_block(struct made *made, const char *block)
{
	buf_addf(&made->html, "<section data-block=\"%s\"><h2>%s</h2>", block, block);
	switch (draw(made, 4)) {
	case 0:
		add_table(made);
		break;
	case 1:
		buf_add(&made->html, S("<ul>"));
		add_lines(made, "li");
		buf_add(&made->html, S("</ul>"));
		break;
	case 2:
		buf_add(&made->html, S("<details><summary>Why?</summary>"));
		add_lines(made, "p");
		buf_add(&made->html, S("</details>"));
		break;
	default:
		add_lines(made, "p");
	}
	buf_add(&made->html, S("</section>\n"));
}

/* The fee is in every text, in words that every marketplace takes. */
static void make_text(struct made *made)
{
	buf_reset(&made->html);
	buf_add(&made->html, S("<div lang=\"en\">"));
	for (size_t i = 0; market_blocks[i].len; i++)
		if (draw(made, 2) && !str_is(market_blocks[i], "fee"))
			add_block(made, market_blocks[i].text);
	buf_add(&made->html, S("<p data-block=\"fee\">Shipping costs 5 EUR in all.</p></div>"));
}

static bool contains(struct str text, const char *part)
{
	struct str wanted = str_of(part);
	for (size_t i = 0; i + wanted.len <= text.len; i++)
		if (str_equal(str_sub(text, i, wanted.len), wanted))
			return true;
	return false;
}

/* Does the text fit into the field? */
static bool check_field(const struct market_field *field, struct str html, struct arena *arena)
{
	struct market_lowered low, again;
	struct str why;
	int64_t limit = field->limit ? field->limit : field->working;
	if (!lower_unchecked(field, html, arena, &low)) {
		assert_true(low.why.len > 0);
		return false;
	}
	if (!market_check(field, low.bytes, low.language, arena, &why))
		fail_msg("%.*s %.*s: %.*s\n%.*s", STR(field->market->id), STR(field->id), STR(why),
			 STR(low.bytes));
	assert_int_equal(low.count, market_count(field, low.bytes));
	assert_true(!limit || low.count <= limit);
	if (!field->form->blocks.given || words_have(&field->form->blocks, S("fee")))
		assert_true(contains(low.bytes, "Shipping costs 5 EUR in all."));
	assert_true(market_lower(field, html, arena, &again));
	assert_true(str_equal(low.bytes, again.bytes));
	return true;
}

static void what_fits_is_taken(void **state)
{
	struct made made = { .seed = 20261122, .html = BUF_INIT };
	struct arena arena, scratch;
	struct diag *diag = diag_new(".");
	int32_t date;
	size_t fits = 0, tried = 0;
	(void)state;
	arena_init(&arena);
	arena_init(&scratch);
	assert_true(date_of(2026, 11, 22, &date));
	const struct markets *markets =
		markets_new(&arena, shop_load(&arena, ".", date, diag), diag);
	int rounds = getenv("LONG") && !strcmp(getenv("LONG"), "true") ? 2000 : 16;
	for (int round = 0; round < rounds; round++) {
		make_text(&made);
		for (size_t i = 0; i < markets_count(markets); i++) {
			const struct market *market = market_at(markets, i);
			for (size_t j = 0; j < market->field_count; j++) {
				fits += check_field(&market->fields[j], buf_str(&made.html),
						    &scratch);
				tried++;
				arena_reset(&scratch);
			}
		}
	}
	assert_true(fits > tried / 2); /* the others are in another language, or want more text */
	buf_release(&made.html);
	diag_free(diag);
	arena_release(&scratch);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(what_fits_is_taken) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
