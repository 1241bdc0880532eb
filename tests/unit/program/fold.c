/* SPDX-License-Identifier: MIT */
/*
 * Folding: a program folded in stages writes what it writes at once, whatever is known when; what
 * was read is named; equal programs have equal hashes.
 */
#include "fixture.h"

/* --- what folding leaves over --- */

static void known_text_becomes_one_piece(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	const struct program *page = template_of(
		&f, "<ul><li u:each=\"m in methods\">{m.name} <b u:if=\"m.tracked\">{m.fee}</b> "
		    "{m.days, plural, one {# day} other {# days}}</li></ul>");
	const struct program *folded = program_fold(&f.arena, page, f.words, f.root, NULL);
	assert_int_equal(program_operations(folded), 0);
	char expected[512];
	struct str direct = fixture_run(&f, page);
	snprintf(expected, sizeof expected, "%.*s", STR(direct));
	assert_int_equal(program_text_size(folded), direct.len);
	fixture_is(fixture_run(&f, folded), expected);
	fixture_end(&f);
}

static void later_values_stay(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	const struct program *page =
		template_of(&f, "<p><b u:if=\"who and product.stock &gt; 2\">{product.title}</b><i "
				"u:if=\"product.fragile and "
				"product.brand\"/><u u:unless=\"who\">{product.title}</u></p>");
	record_at(f.root, "product")->kind = VALUE_LATER;
	const struct program *folded = program_fold(&f.arena, page, f.words, f.root, NULL);
	/* two conditions and one value; the text around the dropped element is one */
	assert_int_equal(program_operations(folded), 3);
	record_record(f.root, "product", f.product);
	fixture_is(fixture_run(&f, folded), "<p><b>Lamp &lt;\"A&amp;B\"&gt;</b></p>");
	record_number(f.product, "stock", 2);
	fixture_is(fixture_run(&f, folded), "<p></p>");
	fixture_end(&f);
}

/* An unrolled loop's leftovers start from the root; a kept loop is folded inside. */
static void loops_in_part(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	const struct program *page =
		template_of(&f, "<p><b u:each=\"m in methods\">{m.name}:{m.fee}<i u:each=\"l in "
				"m.levels\">{who}{m.days}{l.days}"
				"</i></b></p>");
	char expected[512];
	struct str direct = fixture_run(&f, page);
	snprintf(expected, sizeof expected, "%.*s", STR(direct));
	record_at(f.method[0], "fee")->kind = VALUE_LATER;
	record_at(f.method[1], "levels")->kind = VALUE_LATER;
	const struct program *folded = program_fold(&f.arena, page, f.words, f.root, NULL);
	assert_int_equal(program_operations(folded), 3); /* the fee, the loop, and l.days in it */
	fixture_is(fixture_run(&f, folded), "trouble: methods.ems.fee");
	record_money(f.method[0], "fee", euro(1850));
	fixture_is(fixture_run(&f, folded), "trouble: methods.post.levels");
	struct record *again = fixture_method(&f, "post", "Post", 0, 1, false);
	*record_at(f.method[1], "levels") = *record_at(again, "levels");
	fixture_is(fixture_run(&f, folded), expected);
	const struct program *twice = program_fold(&f.arena, folded, f.words, f.root, NULL);
	assert_int_equal(program_operations(twice), 0);
	fixture_is(fixture_run(&f, twice), expected);
	fixture_end(&f);
}

/* Whoever fills in what is left need not fill in more; what cannot be told counts as all. */
static void elements_that_are_asked_for(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	const struct program *page = template_of(
		&f, "<p><b u:each=\"m in methods\"><i u:if=\"m.tracked\">{m.fee}</i>{m.name}</b></p>");
	assert_int_equal(program_elements(page), UINT64_MAX); /* it goes through the list */
	record_at(f.method[1], "fee")->kind = VALUE_LATER;
	record_at(f.method[1], "tracked")->kind = VALUE_LATER;
	record_at(f.method[0], "name")->kind = VALUE_LATER;
	const struct program *folded = program_fold(&f.arena, page, f.words, f.root, NULL);
	assert_int_equal(program_elements(folded), 3);
	record_text(f.method[0], "name", S("EMS"));
	folded = program_fold(&f.arena, folded, f.words, f.root, NULL);
	assert_int_equal(program_elements(folded), 2);
	record_at(f.root, "product")->kind = VALUE_LATER;
	folded = program_fold(&f.arena, template_of(&f, "<p u:if=\"who\">{product.title}</p>"), f.words,
			      f.root, NULL);
	assert_int_equal(program_elements(folded), 0);
	fixture_end(&f);
}

/* What one side of a comparison is known to be is kept in it, also from inside a loop. */
static void comparisons_in_part(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	const struct program *page = template_of(
		&f, "<p><b u:each=\"m in methods\"><i u:if=\"m.days == product.stock\">{m.name}</i>"
		    "<i u:if=\"product.stock &lt; m.days\">more</i></b></p>");
	struct value methods = *record_at(f.root, "methods");
	record_at(f.root, "product")->kind = VALUE_LATER;
	const struct program *folded = program_fold(&f.arena, page, f.words, f.root, NULL);
	assert_int_equal(program_operations(folded), 4);
	record_at(f.root, "methods")->kind = VALUE_LATER; /* needed no more */
	record_record(f.root, "product", f.product);
	record_number(f.product, "stock", 1);
	fixture_is(fixture_run(&f, folded), "<p><b><i>more</i></b><b><i>Post</i></b></p>");
	/* the other way round it is the element that comes later */
	*record_at(f.root, "methods") = methods;
	record_at(f.method[0], "days")->kind = VALUE_LATER;
	folded = program_fold(&f.arena, page, f.words, f.root, NULL);
	assert_int_equal(program_operations(folded), 2);
	record_number(f.method[0], "days", 1);
	fixture_is(fixture_run(&f, folded), "<p><b><i>EMS &amp; co</i></b><b><i>Post</i></b></p>");
	fixture_end(&f);
}

/* White space counts once, whether what stood between was left out early, late, or all at once. */
static void white_space_in_part(void **state)
{
	static const char *const sources[] = {
		"<p>a <i u:if=\"product.stock\">x</i> b</p>",
		"<p>a <i u:if=\"product.stock &lt; 9\" u:omit=\"\"><b u:if=\"who == 'x'\"/></i> "
		"b</p>",
		"<p>a <i u:omit=\"product.fragile\"> <b u:if=\"product.stock\">x</b> </i> b</p>",
		"<p>a <i u:each=\"m in methods\" u:omit=\"\"> <b u:if=\"product.stock\">x</b> </i> "
		"b</p>",
		"<p>a {product.title} {base} b</p>",
	};
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	record_text(f.root, "base", S(" "));
	record_text(f.product, "title", S(""));
	record_number(f.product, "stock", 0);
	for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
		const struct program *page = template_of(&f, sources[i]);
		record_at(f.root, "product")->kind = VALUE_LATER;
		const struct program *folded = program_fold(&f.arena, page, f.words, f.root, NULL);
		record_record(f.root, "product", f.product);
		fixture_is(fixture_run(&f, page), i == 4 ? "<p>a  b</p>" : "<p>a b</p>");
		fixture_is(fixture_run(&f, folded), i == 4 ? "<p>a  b</p>" : "<p>a b</p>");
	}
	fixture_end(&f);
}

/* A text inside a text has loop variables of its own, even when both loops are kept. */
static void texts_inside_texts(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	const struct program *note =
		template_of(&f, "<i><u u:each=\"x in methods\">{x.name}</u></i>");
	record_program(f.root, "note", note);
	const struct program *page = template_of(
		&f, "<p><b u:each=\"m in methods\">{m.days}<s u:html=\"note\"/>{m.days}</b></p>");
	const char *expected = "<p><b>7<s><i><u>EMS &amp; co</u><u>Post</u></i></s>7</b>"
			       "<b>1<s><i><u>EMS &amp; co</u><u>Post</u></i></s>1</b></p>";
	fixture_is(fixture_run(&f, page), expected);
	struct value methods = *record_at(f.root, "methods");
	record_at(f.root, "methods")->kind = VALUE_LATER;
	const struct program *folded = program_fold(&f.arena, page, f.words, f.root, NULL);
	*record_at(f.root, "methods") = methods;
	fixture_is(fixture_run(&f, folded), expected);
	/* one that holds itself ends in trouble, folded or not */
	const struct program *endless = template_of(&f, "<p u:html=\"note\"/>");
	record_program(f.root, "note", endless);
	fixture_is(fixture_run(&f, endless), "trouble: note");
	fixture_is(fixture_run(&f, program_fold(&f.arena, endless, f.words, f.root, NULL)),
		   "trouble: note");
	fixture_end(&f);
}

static void absent_values_are_told_when_run(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	const struct program *page =
		template_of(&f, "<p><b u:each=\"m in methods\">{m.fee}</b></p>");
	record_absent(f.method[1], "fee");
	const struct program *folded = program_fold(&f.arena, page, f.words, f.root, NULL);
	fixture_is(fixture_run(&f, folded), "trouble: methods.post.fee");
	fixture_end(&f);
}

/* --- what was read --- */

static void reads_are_named(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "de", NULL);
	const struct program *page =
		template_of(&f, "<p><b u:each=\"m in methods\" "
				"u:if=\"m.tracked\">{m.fee}{m.fee}</b>{product.since}{share}"
				"{product.weight}<i u:if=\"product.brand or "
				"product.fragile\">{product.stock}</i>{product.title}</p>");
	record_at(f.product, "title")->kind = VALUE_LATER;
	struct reads reads = { .arena = &f.arena };
	program_fold(&f.arena, page, f.words, f.root, &reads);
	struct buf all = BUF_INIT;
	for (size_t i = 0; i < reads.count; i++)
		buf_addf(&all, "%.*s=%.*s\n", STR(reads.items[i].name), STR(reads.items[i].value));
	fixture_is(buf_str(&all),
		   "methods=ems post\nmethods.ems.tracked=yes\nmethods.ems.fee=18.50 EUR\n"
		   "methods.post.tracked=no\nproduct.since=2026-12-06\nshare=90%\nproduct.weight="
		   "850 g\n"
		   "product.brand=\nproduct.fragile=yes\nproduct.stock=3\n");
	buf_release(&all);
	/* a second program read into the same list names nothing twice */
	size_t count = reads.count;
	program_fold(&f.arena, page, f.words, f.root, &reads);
	assert_int_equal(reads.count, count);
	fixture_end(&f);
}

static void plain_money_and_dates(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	const struct program *page = template_of(&f, "<p>{product.price}{product.since}</p>");
	static const struct {
		struct amount amount;
		int32_t date;
		const char *price, *since;
	} cases[] = {
		{ { 5, 2, "EUR" }, 0, "0.05 EUR", "1970-01-01" },
		{ { 0, 2, "EUR" }, -1, "0.00 EUR", "1969-12-31" },
		{ { -1234, 2, "USD" }, 19782, "-12.34 USD", "2024-02-29" },
		{ { 500, 0, "JPY" }, 47540, "500 JPY", "2100-02-28" },
		{ { 1, 3, "KWD" }, 11016, "0.001 KWD", "2000-02-29" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct reads reads = { .arena = &f.arena };
		record_money(f.product, "price", cases[i].amount);
		record_date(f.product, "since", cases[i].date);
		program_fold(&f.arena, page, f.words, f.root, &reads);
		fixture_is(reads.items[0].value, cases[i].price);
		fixture_is(reads.items[1].value, cases[i].since);
	}
	fixture_end(&f);
}

static void hashes(void **state)
{
	static const char *const sources[] = {
		"<p>a</p>",
		"<p>b</p>",
		"<p>{who}</p>",
		"<p>{base}</p>",
		"<p title=\"{who}\"/>",
		"<p><b u:if=\"who\">a</b></p>",
		"<p><b u:unless=\"who\">a</b></p>",
		"<p><b u:if=\"who == 'a'\">a</b></p>",
		"<p><b u:if=\"who == 'b'\">a</b></p>",
		"<p><b u:if=\"who\"/>a</p>",
		"<p><b u:each=\"m in methods\">{m.name}</b></p>",
		"<p><b u:each=\"m in methods\">{m.kind}</b></p>",
		"<p>{product.stock, plural, one {a} other {b}}</p>",
		"<p>{product.stock, plural, =1 {a} one {c} other {b}}</p>",
		"<p>{product.stock, plural, offset:1 one {a} other {b}}</p>",
		"<p>{product.since, date, long}</p>",
		"<p>{product.since}</p>",
		"<p>{who, select, a {a} other {b}}</p>",
		"<p>{who, select, b {a} other {b}}</p>",
	};
	enum { COUNT = sizeof sources / sizeof *sources };
	uint64_t found[COUNT];
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	for (size_t i = 0; i < COUNT; i++) {
		found[i] = program_hash(template_of(&f, sources[i]));
		assert_true(found[i] == program_hash(template_of(&f, sources[i])));
		for (size_t k = 0; k < i; k++)
			if (found[i] == found[k])
				fail_msg("%s and %s have one hash", sources[k], sources[i]);
	}
	/* what was left out leaves no seam */
	assert_true(program_hash(template_of(&f, "<p>ab</p>")) ==
		    program_hash(template_of(&f, "<p>a<i u:if=\"who\" u:omit=\"\"/>b</p>")));
	/* a folded condition has the value it was folded with in it */
	const struct program *page =
		template_of(&f, "<p><b u:if=\"product.title == who\">x</b></p>");
	record_at(f.root, "product")->kind = VALUE_LATER;
	uint64_t seller = program_hash(program_fold(&f.arena, page, f.words, f.root, NULL));
	record_text(f.root, "who", S("buyer"));
	assert_true(seller != program_hash(program_fold(&f.arena, page, f.words, f.root, NULL)));
	fixture_end(&f);
}

/* --- any program, any order of knowing --- */

static uint64_t random_state;

static unsigned random_below(unsigned n)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return (unsigned)(random_state >> 33) % n;
}

static const char *pick(const char *const *words, unsigned count)
{
	return words[random_below(count)];
}

#define PICK(words) pick(words, sizeof(words) / sizeof *(words))

static const char *const values[] = { "product.title",
				      "product.price",
				      "product.weight",
				      "product.since, date, long",
				      "product.stock",
				      "share",
				      "who",
				      "base",
				      "chart",
				      "note",
				      "product.link" };
static const char *const method_values[] = { "m.name", "m.fee", "m.days", "m.kind" };
static const char *const level_values[] = { "l.days", "l.share" };
static const char *const tests[] = { "who",
				     "product.brand",
				     "product.stock &gt; 2",
				     "product.fragile == yes",
				     "who == 'seller'",
				     "product.price &lt;= '64 EUR'",
				     "share != 90",
				     "methods",
				     "product.since &gt;= '2026-12-07'",
				     "product.title == who",
				     "note" };

static void add_condition(struct buf *out, unsigned loops, unsigned depth)
{
	static const char *const joins[] = { " and ", " or " };
	unsigned kind = random_below(depth ? 6 : 3);
	if (kind >= 4) {
		buf_add(out, S("("));
		add_condition(out, loops, depth - 1);
		buf_add(out, str_of(PICK(joins)));
		add_condition(out, loops, depth - 1);
		buf_add(out, S(")"));
	} else if (kind == 3) {
		buf_add(out, S("not "));
		add_condition(out, loops, depth - 1);
	} else if (loops && kind == 2) {
		buf_add(out, random_below(2) ? S("m.tracked") : S("m.days == product.stock"));
	} else {
		buf_add(out, str_of(PICK(tests)));
	}
}

static void add_value(struct buf *out, unsigned loops)
{
	const char *name = loops > 1 && random_below(2) ? PICK(level_values)
			   : loops && random_below(2)   ? PICK(method_values)
							: PICK(values);
	buf_addf(out, "{%s}", name);
}

static void add_element(struct buf *out, unsigned loops, unsigned depth);

static void add_inside(struct buf *out, unsigned loops, unsigned depth)
{
	for (unsigned left = random_below(4); left; left--) {
		switch (random_below(depth ? 6 : 3)) {
		case 0:
			buf_add(out, S(" text &amp; "));
			break;
		case 1:
			add_value(out, loops);
			break;
		case 2:
			buf_addf(out, "{%s, plural, one {# a} =3 {three} other {",
				 loops ? "m.days" : "product.stock");
			add_value(out, loops);
			buf_add(out, S("}}"));
			break;
		default:
			add_element(out, loops, depth - 1);
		}
	}
}

static void add_element(struct buf *out, unsigned loops, unsigned depth)
{
	buf_add(out, S("<b"));
	if (loops < 2 && random_below(3) == 0) {
		buf_add(out,
			loops ? S(" u:each=\"l in m.levels\"") : S(" u:each=\"m in methods\""));
		loops++;
	}
	if (random_below(3) == 0) {
		buf_add(out, S(" u:if=\""));
		add_condition(out, loops, 2);
		buf_add(out, S("\""));
	}
	if (random_below(4) == 0)
		buf_addf(out, " u:attr-title=\"%s\"", loops ? "m.kind" : "product.brand");
	if (random_below(6) == 0)
		buf_add(out, S(" u:omit=\"product.fragile\""));
	buf_add(out, S(">"));
	add_inside(out, loops, depth);
	buf_add(out, S("</b>"));
}

/* The record with some of its values, by chance, not known yet; `known` of 8 are. */
static const struct record *blur(struct arena *arena, const struct record *record, unsigned known)
{
	struct record *copy = record_new(arena, record->shape);
	copy->key = record->key;
	for (size_t i = 0; i < record->shape->count; i++) {
		struct value value = record->values[i];
		if (random_below(8) >= known)
			continue;
		if (value.kind == VALUE_RECORD) {
			value.record = blur(arena, value.record, known);
		} else if (value.kind == VALUE_LIST) {
			const struct record **all =
				arena_array(arena, value.list.count, sizeof *all);
			for (size_t k = 0; k < value.list.count; k++)
				all[k] = blur(arena, value.list.records[k], known);
			value.list.records = all;
		}
		copy->values[i] = value;
	}
	return copy;
}

/* Both run to the same bytes, or both name trouble. */
static void same(struct fixture *f, const struct program *a, const struct program *b,
		 const char *source)
{
	struct buf left = BUF_INIT, right = BUF_INIT;
	struct str trouble;
	bool good = program_run(a, f->words, f->root, &left, &trouble);
	bool also = program_run(b, f->words, f->root, &right, &trouble);
	if (good != also || (good && !str_equal(buf_str(&left), buf_str(&right)))) {
		print_error("%s\nat once:   %.*s\nin stages: %.*s\n", source, STR(buf_str(&left)),
			    STR(buf_str(&right)));
		fail();
	}
	buf_release(&left);
	buf_release(&right);
}

static void stages_are_one_run(void **state)
{
	(void)state;
	random_state = 88172645463325252u;
	for (int round = 0; round < 2000; round++) {
		struct fixture f;
		struct buf source = BUF_INIT;
		fixture_begin(&f, "en", NULL);
		if (random_below(4))
			record_text(f.product, "brand", S("B&W"));
		add_element(&source, 0, 4);
		buf_byte(&source, 0);
		const struct program *page = template_of(&f, source.text);
		if (!page)
			fail_msg("%s", source.text);
		const struct program *staged = page;
		for (unsigned known = 3; known <= 7; known += 2)
			staged = program_fold(&f.arena, staged, f.words,
					      blur(&f.arena, f.root, known), NULL);
		same(&f, page, staged, source.text);
		const struct program *whole = program_fold(&f.arena, page, f.words, f.root, NULL);
		same(&f, page, whole, source.text);
		buf_release(&source);
		fixture_end(&f);
	}
}

int main(void)
{
	const struct CMUnitTest all[] = {
		cmocka_unit_test(known_text_becomes_one_piece),
		cmocka_unit_test(later_values_stay),
		cmocka_unit_test(loops_in_part),
		cmocka_unit_test(elements_that_are_asked_for),
		cmocka_unit_test(comparisons_in_part),
		cmocka_unit_test(white_space_in_part),
		cmocka_unit_test(texts_inside_texts),
		cmocka_unit_test(absent_values_are_told_when_run),
		cmocka_unit_test(reads_are_named),
		cmocka_unit_test(plain_money_and_dates),
		cmocka_unit_test(hashes),
		cmocka_unit_test(stages_are_one_run),
	};
	return cmocka_run_group_tests(all, NULL, NULL);
}
