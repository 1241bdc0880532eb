/* SPDX-License-Identifier: MIT */
/* Works through tests/spec/market-*.txt: listing texts into fields of the project's profiles. */
#include "unit/shop/little_shop.h"

#include "base/file.h"
#include "market/lower.h"

struct reading {
	struct str path, rest;
	unsigned line;
	struct arena arena;
	struct markets *markets;
	const struct market_field *field;
	struct str bytes; /* what the last html gave, or the bytes that were written */
	struct market_lowered low;
	bool lowered;
	size_t examples;
};

/* "{3*ab}" is "ababab" and "\n" the end of a line. */
static struct str expand(struct reading *r, struct str text)
{
	struct buf out = BUF_INIT;
	for (size_t i = 0; i < text.len; i++) {
		struct str rest = str_sub(text, i + 1, text.len);
		size_t star = str_index(rest, '*'), end = str_index(rest, '}');
		int64_t times;
		if (text.text[i] == '{' && star < end && end < rest.len &&
		    str_number(str_sub(rest, 0, star), &times)) {
			while (times--)
				buf_add(&out, str_sub(rest, star + 1, end - star - 1));
			i += end + 1;
		} else if (text.text[i] == '\\' && str_starts(rest, "n")) {
			buf_byte(&out, '\n');
			i++;
		} else {
			buf_byte(&out, text.text[i]);
		}
	}
	struct str copy = str_copy(&r->arena, buf_str(&out));
	buf_release(&out);
	return copy;
}

static bool take(struct str line, const char *word, struct str *rest)
{
	if (!str_starts(line, word))
		return false;
	*rest = str_trim(str_sub(line, strlen(word), line.len));
	return true;
}

static void wrong(struct reading *r, const char *what, struct str got)
{
	fail_msg("%.*s:%u: %s: %.*s", STR(r->path), r->line, what, STR(str_sub(got, 0, 600)));
}

static void take_field(struct reading *r, struct str text)
{
	struct str market, id;
	const struct market *found;
	if (!str_next_word(&text, &market) || !str_next_word(&text, &id) ||
	    !(found = market_find(r->markets, market)) ||
	    !(r->field = market_field_find(found, id, S(""))))
		wrong(r, "there is no such field", text);
}

/* What is lowered is also taken by the checker, and counted alike. */
static void take_html(struct reading *r, struct str html)
{
	struct str why;
	r->lowered = lower_unchecked(r->field, expand(r, html), &r->arena, &r->low);
	r->bytes = r->low.bytes;
	if (r->lowered && !market_check(r->field, r->bytes, r->low.language, &r->arena, &why))
		wrong(r, "the checker refuses what was lowered", why);
	r->examples++;
}

static void expect_bytes(struct reading *r, struct str expected)
{
	if (!r->lowered)
		wrong(r, "it does not fit", r->low.why);
	if (!str_equal(r->bytes, expand(r, expected)))
		wrong(r, "it gives", r->bytes);
}

static void expect_count(struct reading *r, struct str expected)
{
	int64_t number, count = market_count(r->field, r->bytes);
	if (!str_number(expected, &number) || number != count)
		wrong(r, "it counts", str_format(&r->arena, "%lld", (long long)count));
}

static void expect_verdict(struct reading *r, struct str why)
{
	struct str said;
	bool taken = market_check(r->field, r->bytes, S(""), &r->arena, &said);
	if (taken != !why.len || !str_equal(said, why))
		wrong(r, "the checker says", said);
}

static void expect_failure(struct reading *r, struct str why)
{
	if (r->lowered)
		wrong(r, "it fits", r->bytes);
	if (!str_equal(r->low.why, why))
		wrong(r, "it fails", r->low.why);
}

/* "faq note" or "<em>sentence</em>": each removal by its block, or by what it is. */
static void expect_losses(struct reading *r, struct str expected)
{
	struct buf out = BUF_INIT;
	for (size_t i = 0; i < r->low.removal_count; i++)
		buf_addf(&out, "%s%.*s", i ? " | " : "", STR(r->low.removals[i].what));
	if (!str_equal(buf_str(&out), expected))
		wrong(r, "what left is", str_copy(&r->arena, buf_str(&out)));
	buf_release(&out);
}

/* "V" and "limit 4000 characters": a row of the field says so, as sure as that. */
static void expect_rule(struct reading *r, const char *mark, struct str text)
{
	struct str name, value;
	if (!str_next_word(&text, &name))
		wrong(r, "there is no rule in it", text);
	value = str_trim(text);
	for (size_t i = 0; i < r->field->rule_count; i++) {
		const struct market_rule *rule = &r->field->rules[i];
		if (!str_equal(rule->rule, name) || !str_equal(rule->value, value))
			continue;
		if (strcmp(market_confidence_mark(rule->confidence), mark) != 0)
			wrong(r, "it is as sure as", str_of(market_confidence_mark(rule->confidence)));
		r->examples++;
		return;
	}
	const struct market_rule *rule = market_rule_find(
		r->field, str_format(&r->arena, "%.*s", STR(name)).text);
	wrong(r, "the profile says", rule ? rule->value : S("nothing of it"));
}

static bool read_rule(struct reading *r, struct str line)
{
	static const char *const marks[] = { "V", "V2", "M", "?" };
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		struct str rest, mark = str_format(&r->arena, "%s ", marks[i]);
		if (!take(line, mark.text, &rest))
			continue;
		expect_rule(r, marks[i], rest);
		return true;
	}
	return false;
}

static void read_line(struct reading *r, struct str line)
{
	struct str rest;
	if (take(line, "field ", &rest)) {
		take_field(r, rest);
	} else if (take(line, "html ", &rest)) {
		take_html(r, rest);
	} else if (take(line, "bytes ", &rest)) {
		r->bytes = expand(r, rest);
		r->examples++;
	} else if (take(line, "gives ", &rest)) {
		expect_bytes(r, rest);
	} else if (take(line, "counts ", &rest)) {
		expect_count(r, rest);
	} else if (take(line, "refused: ", &rest)) {
		expect_verdict(r, rest);
	} else if (str_is(line, "taken")) {
		expect_verdict(r, S(""));
	} else if (take(line, "fails: ", &rest)) {
		expect_failure(r, rest);
	} else if (take(line, "without ", &rest)) {
		expect_losses(r, rest);
	} else if (!read_rule(r, line)) {
		wrong(r, "this is no example", line);
	}
}

/* Examples are indented; everything else is prose. */
static void read_file(struct reading *r)
{
	while (r->rest.len) {
		size_t end = str_index(r->rest, '\n');
		struct str line = str_sub(r->rest, 0, end);
		r->rest = str_sub(r->rest, end + 1, r->rest.len);
		r->line++;
		if (str_starts(line, "    "))
			read_line(r, str_trim(line));
	}
}

static void the_vectors_hold(void **state)
{
	(void)state;
	struct reading r = { 0 };
	struct diag *diag = diag_new(".");
	struct str *names;
	size_t count, files = 0;
	int32_t date;
	arena_init(&r.arena);
	assert_true(date_of(2026, 11, 22, &date));
	r.markets = markets_new(&r.arena, shop_load(&r.arena, ".", date, diag), diag);
	assert_int_equal(diag_errors(diag) + diag_warnings(diag), 0);
	assert_int_equal(file_list(&r.arena, "tests/spec", &names, &count), 0);
	for (size_t i = 0; i < count; i++) {
		struct buf text = BUF_INIT;
		if (!str_starts(names[i], "market-"))
			continue;
		r.path = str_format(&r.arena, "tests/spec/%.*s", STR(names[i]));
		assert_int_equal(file_read(r.path.text, SIZE_MAX, &text), 0);
		r.rest = buf_str(&text);
		r.line = 0;
		read_file(&r);
		files++;
		buf_release(&text);
	}
	assert_true(files >= 10 && r.examples >= 250);
	diag_free(diag);
	arena_release(&r.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(the_vectors_hold) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
