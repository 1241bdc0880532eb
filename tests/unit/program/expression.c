/* SPDX-License-Identifier: MIT */
/* Conditions: what is true, what can be compared, and what is refused with its place. */
#include "fixture.h"

static const struct pos here = { "when", 1, 1 };

static int holds(struct fixture *f, const char *text)
{
	const struct condition *condition = condition_compile(f->compiler, str_of(text), here);
	if (!condition) {
		print_error("does not compile: %s: %.*s\n", text, STR(fixture_errors(f)));
		fail();
		return 0;
	}
	return condition_holds(condition, f->root);
}

static void is(struct fixture *f, const char *text, int expected)
{
	int found = holds(f, text);
	if (found != expected) {
		print_error("%s: expected %d, found %d\n", text, expected, found);
		fail();
	}
}

static void what_is_true(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	is(&f, "who", 1);
	is(&f, "product.brand", 0);
	is(&f, "not product.brand", 1);
	is(&f, "product.fragile", 1);
	is(&f, "product.stock", 1);
	is(&f, "product.price", 1);
	is(&f, "product.since", 1);
	is(&f, "product", 1);
	is(&f, "methods", 1);
	is(&f, "chart", 1);
	is(&f, "note", 1);
	is(&f, "yes", 1);
	is(&f, "false", 0);
	record_text(f.root, "who", S(""));
	record_number(f.product, "stock", 0);
	record_money(f.product, "price", euro(0));
	record_list(f.root, "methods", NULL, 0);
	is(&f, "who", 0);
	is(&f, "product.stock", 0);
	is(&f, "product.price", 0);
	is(&f, "methods", 0);
	fixture_end(&f);
}

static void comparing(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	is(&f, "who == 'seller'", 1);
	is(&f, "who == \"buyer\"", 0);
	is(&f, "'seller' != who", 0);
	is(&f, "product.stock == 3", 1);
	is(&f, "product.stock < 3", 0);
	is(&f, "product.stock <= 3", 1);
	is(&f, "product.stock > 2", 1);
	is(&f, "product.stock >= 4", 0);
	is(&f, "2 < product.stock", 1);
	is(&f, "product.stock > -5", 1);
	is(&f, "share >= 90", 1);
	is(&f, "product.weight > 1000", 0);
	is(&f, "product.fragile == yes", 1);
	is(&f, "product.fragile != no", 1);
	is(&f, "product.price == '64.00 EUR'", 1);
	is(&f, "product.price == '64 EUR'", 1);
	is(&f, "product.price > '63.999 EUR'", 1);
	is(&f, "product.price > 0", 1);
	is(&f, "product.since == '2026-12-06'", 1);
	is(&f, "product.since < '2027-01-01'", 1);
	is(&f, "product.since >= '2024-02-29'", 1);
	fixture_end(&f);
}

/* Nothing is known of what is absent, and dollars are no euros: such things are never less or
 * equal. */
static void incomparable(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	is(&f, "product.brand == 'x'", 0);
	is(&f, "product.brand != 'x'", 1);
	is(&f, "product.price == '64 USD'", 0);
	is(&f, "product.price < '1000 USD'", 0);
	is(&f, "product.price >= '1 USD'", 0);
	is(&f, "product.price != '64 USD'", 1);
	record_absent(f.product, "stock");
	is(&f, "product.stock < 5", 0);
	is(&f, "product.stock >= 5", 0);
	fixture_end(&f);
}

static void joining(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	is(&f, "who and product.brand", 0);
	is(&f, "who or product.brand", 1);
	is(&f, "product.brand or who and product.stock == 3", 1);
	is(&f, "(who or product.brand) and product.brand", 0);
	is(&f, "who or product.brand and product.brand", 1);
	is(&f, "not (who and product.brand)", 1);
	is(&f, "not who or product.stock", 1);
	is(&f, "not not who", 1);
	is(&f, "  who\n and\tnot product.brand ", 1);
	fixture_end(&f);
}

/* Only what cannot be settled any more waits for a later stage. */
static void later(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	record_at(f.root, "product")->kind = VALUE_LATER;
	is(&f, "product.stock", -1);
	is(&f, "product.stock < 3", -1);
	is(&f, "not product.stock", -1);
	is(&f, "product.stock and no", 0);
	is(&f, "product.stock and who", -1);
	is(&f, "no and product.stock", 0);
	is(&f, "product.stock or who", 1);
	is(&f, "product.stock or no", -1);
	fixture_end(&f);
}

static void fails(struct fixture *f, const char *text, const char *expected)
{
	fixture_forget(f, "en");
	assert_null(condition_compile(f->compiler, str_of(text), here));
	fixture_is(fixture_errors(f), expected);
}

static void faults_have_places(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	fails(&f, "", "1:1 a name or a value is missing here");
	fails(&f, "who and", "1:8 a name or a value is missing here");
	fails(&f, "and who", "1:1 a name or a value is missing before 'and'");
	fails(&f, "whom", "1:1 there is no 'whom' here; did you mean 'who'?");
	fails(&f, "who\n == product.titel",
	      "2:13 there is no 'product.titel' here; did you mean 'product.title'?");
	fails(&f, "who = 'x'", "1:5 '=' is no comparison; write '=='");
	fails(&f, "who == 'x", "1:8 the text is not closed; ' is missing");
	fails(&f, "(who", "1:1 ')' is missing for this '('");
	fails(&f, "who)",
	      "1:4 the condition should end here, or go on with and, or, or a comparison");
	fails(&f, "who product",
	      "1:5 the condition should end here, or go on with and, or, or a comparison");
	fails(&f, "who == 3",
	      "1:8 'who' is a text: it is compared with text in quotes, as in 'DE'");
	fails(&f, "product.stock == 'x'",
	      "1:18 'product.stock' is a number: it is compared with a number");
	fails(&f, "product.price > 5",
	      "1:17 'product.price' is a money: it is compared with money, 0, or text such as "
	      "'18.50 EUR'");
	fails(&f, "product.since > '6.12.2026'",
	      "1:17 'product.since' is a date: it is compared with a date or text such as "
	      "'2026-12-06'");
	fails(&f, "product.fragile == 'yes'",
	      "1:20 'product.fragile' is a yes/no: it is compared with yes or no");
	fails(&f, "who < 'x'", "1:1 'who' is a text: it is equal or not, never less or more");
	fails(&f, "methods == 1",
	      "1:12 'methods' is a list: it can only be asked whether it is there");
	fails(&f, "1 == 1", "1:1 two literals are compared; one side must be a name");
	fails(&f, "'x'", "1:1 a literal alone is no condition; compare a name with it");
	fails(&f, "t.hello", "1:1 't.hello' is a text of the language and cannot be asked");
	fixture_end(&f);
}

static void limits(void **state)
{
	struct fixture f;
	struct buf text = BUF_INIT;
	(void)state;
	fixture_begin(&f, "en", NULL);
	for (int i = 0; i < 100000; i++)
		buf_add(&text, i % 2 ? S("not ") : S("("));
	assert_null(condition_compile(f.compiler, buf_str(&text), here));
	buf_reset(&text);
	for (int i = 0; i < 100000; i++)
		buf_add(&text, S("who and "));
	buf_add(&text, S("who"));
	assert_null(condition_compile(f.compiler, buf_str(&text), here));
	fixture_is(fixture_errors(&f), "1:80 a condition has at most 256 terms, 32 deep\n"
				       "1:2048 a condition has at most 256 terms, 32 deep");
	buf_release(&text);
	fixture_end(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_true), cmocka_unit_test(comparing),
		cmocka_unit_test(incomparable), cmocka_unit_test(joining),
		cmocka_unit_test(later),        cmocka_unit_test(faults_have_places),
		cmocka_unit_test(limits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
