/* SPDX-License-Identifier: MIT */
/* Messages: quoting, formats, choices, and every fault with its place. */
#include "fixture.h"

static void text_and_quotes(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	message_is(&f, "plain", "plain");
	message_is(&f, "", "");
	message_is(&f, "it's {who}'s", "it's seller's");
	message_is(&f, "it''s", "it's");
	message_is(&f, "'{who}' is {who}", "{who} is seller");
	message_is(&f, "'{it''s}'", "{it's}");
	message_is(&f, "a '}' b", "a } b");
	message_is(&f, "#1 '#", "#1 '#");
	message_is(&f, "{ who }", "seller");
	fixture_end(&f);
}

static void formats(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "de", NULL);
	message_is(&f, "{product.price}", "64,00\u00A0€");
	message_is(&f, "{product.price, money}", "64,00\u00A0€");
	message_is(&f, "{share}", "90\u00A0%");
	message_is(&f, "{share,percent}", "90\u00A0%");
	message_is(&f, "{share, number}", "90");
	message_is(&f, "{product.stock, percent}", "3\u00A0%");
	message_is(&f, "{product.weight}", "850 g");
	message_is(&f, "{product.since}", "06.12.2026");
	message_is(&f, "{product.since, date}", "06.12.2026");
	message_is(&f, "{product.since, date, short}", "06.12.26");
	message_is(&f, "{product.since, date, medium}", "06.12.2026");
	message_is(&f, "{product.since, date, long}", "6. Dezember 2026");
	message_is(&f, "{product.since, date, day}", "Sonntag, 6. Dezember");
	fixture_end(&f);
}

static void choices(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	const char *days = "{product.stock, plural, =0 {none} one {# day} other {# days}}";
	message_is(&f, days, "3 days");
	record_number(f.product, "stock", 1);
	message_is(&f, days, "1 day");
	record_number(f.product, "stock", 0);
	message_is(&f, days, "none");
	record_number(f.product, "stock", 1200);
	message_is(&f, days, "1,200 days");
	const char *others =
		"{product.stock, plural, offset:1 =0 {nobody} =1 {you} one {you and one more} "
		"other {you and # more}}";
	message_is(&f, others, "you and 1,199 more");
	record_number(f.product, "stock", 1);
	message_is(&f, others, "you");
	record_number(f.product, "stock", 2);
	message_is(&f, others, "you and one more");
	message_is(&f, "{who, select, seller {we} buyer {you} other {they}}", "we");
	record_text(f.root, "who", S("nobody"));
	message_is(&f, "{who, select, seller {we} other {they}}", "they");
	message_is(&f, "{product.fragile, select, yes {careful} no {sturdy}}", "careful");
	/* inside one another; a # still means the number around it, quoted it is itself */
	record_number(f.product, "stock", 2);
	message_is(&f,
		   "{product.stock, plural, one {x} other {{who, select, a {A} other {# '#'}}}}",
		   "2 #");
	message_is(&f, "{product.stock, plural, =1 {one} other {#}}", "2");
	fixture_end(&f);
}

static void faults_have_places(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	message_fails(&f, "Hello\n {prodct.title}",
		      "2:3 there is no 'prodct' here; did you mean 'product'?");
	message_fails(&f, "{product.tile}",
		      "1:10 there is no 'product.tile' here; did you mean 'product.title'?");
	message_fails(&f, "{product.zzzzzzzzz}",
		      "1:10 there is no 'product.zzzzzzzzz'; 'product' has title, brand, "
		      "price, weight, since, stock, fragile, link");
	message_fails(&f, "\u00FC\u00FC {x", "1:4 this '{' is not closed");
	message_fails(&f, "a } b",
		      "1:3 there is no '{' to this '}'; a brace itself is written '}'");
	message_fails(&f, "{}", "1:1 a name is missing behind '{'; a brace itself is written '{'");
	message_fails(&f, "'{ open", "1:1 the quote ' before '{' is not closed");
	message_fails(&f, "{product}",
		      "1:2 'product' is a record and cannot be written: name a field of it");
	message_fails(&f, "{methods}",
		      "1:2 'methods' is a list and cannot be written: go through it with u:each");
	message_fails(&f, "{methods.name}",
		      "1:10 'methods' is a list; u:each=\"one in methods\" names its elements");
	message_fails(&f, "{who.name}", "1:6 'who' is a text and has no fields");
	message_fails(&f, "{product.fragile}",
		      "1:2 'product.fragile' is a yes/no and cannot be written: "
		      "ask it with u:if or {..., select, yes {...} no {...}}");
	message_fails(&f, "{chart}", "1:2 'chart' holds markup and can only stand between tags");
	message_fails(&f, "{who, money}", "1:7 'who' is a text, not a money");
	message_fails(&f, "{who, monney}",
		      "1:7 there is no format 'monney'; did you mean 'money'?");
	message_fails(&f, "{who money}", "1:6 '}' or ',' is missing behind 'who'");
	message_fails(
		&f, "{product.since, date, longer}",
		"1:23 there is no date style 'longer'; there are short, medium, long and day");
	message_fails(&f, "{product.stock, selectordinal, other {#th}}",
		      "1:17 selectordinal is not understood; write the number itself");
	message_fails(&f, "{product.nam} and {who, x}",
		      "1:10 there is no 'product.nam'; 'product' has title, brand, price, weight, "
		      "since, stock, "
		      "fragile, link\n1:25 there is no format 'x'; there are number, percent, "
		      "money, date, weight, "
		      "plural and select");
	fixture_end(&f);
}

static void faults_of_choices(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	message_fails(&f, "{who, plural, one {a} other {b}}",
		      "1:7 plural needs a number, but 'who' is a text");
	message_fails(&f, "{product.stock, select, a {b} other {c}}",
		      "1:17 select needs a text or a yes/no, but 'product.stock' is a number");
	message_fails(&f, "{product.stock, plural, one {a}}",
		      "1:1 the branch 'other' is missing; add other {...}");
	message_fails(&f, "{who, select, a {b}}",
		      "1:1 the branch 'other' is missing; add other {...}");
	message_fails(&f, "{product.stock, plural, other {#}}",
		      "1:1 'en' needs the plural form 'one', as for 1; add one {...}");
	message_fails(&f, "{product.stock, plural, one {a} few {b} other {c}}",
		      "1:33 'en' has no plural form 'few'; it has one, other");
	message_fails(&f, "{product.stock, plural, eins {a} other {c}}",
		      "1:25 'eins' is no plural form; 'en' has one, other");
	message_fails(&f, "{product.stock, plural, one {a} one {b} other {c}}",
		      "1:33 there are two branches for 'one'");
	message_fails(&f, "{product.stock, plural, =1 {a} =1 {b} other {c}}",
		      "1:32 there are two branches for =1");
	message_fails(&f, "{product.stock, plural, =x {a} other {c}}",
		      "1:25 behind '=' stands a whole number, as in =0 {none}");
	message_fails(&f, "{product.stock, plural}",
		      "1:23 branches are missing, as in {n, plural, one {# day} other {# days}}");
	message_fails(&f, "{product.stock, plural, one x}", "1:29 '{' is missing behind 'one '");
	message_fails(&f, "{product.fragile, select, true {a} other {b}}",
		      "1:27 'product.fragile' is a yes/no: its branches are yes, no and other");
	fixture_end(&f);
	fixture_begin(&f, "ru", NULL);
	message_fails(&f, "{product.stock, plural, one {a} other {b}}",
		      "1:1 'ru' needs the plural form 'few', as for 2; add few {...}\n"
		      "1:1 'ru' needs the plural form 'many', as for 0; add many {...}");
	fixture_end(&f);
}

/* A million of something is no reason to ask a French seller for another form. */
static void rare_forms_are_not_asked_for(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "fr", NULL);
	message_is(&f, "{product.stock, plural, one {# jour} other {# jours}}", "3 jours");
	record_number(f.product, "stock", 1);
	message_is(&f, "{product.stock, plural, one {# jour} many {# de jours} other {# jours}}",
		   "1 jour");
	fixture_end(&f);
}

#define T(literal)                                                                                 \
	{                                                                                          \
		literal, sizeof(literal) - 1                                                       \
	}

static void texts_by_key(void **state)
{
	static const struct message english_items[] = {
		{ T("hello"), T("Hello {who}"), { "en.csv", 2, 7 } },
		{ T("days"),
		  T("{product.stock, plural, one {# day} other {# days}}"),
		  { "en.csv", 3, 6 } },
		{ T("loop"), T("{t.pool}"), { "en.csv", 4, 6 } },
		{ T("pool"), T("{t.loop}"), { "en.csv", 5, 6 } },
		{ T("wrong"), T("a {wo}"), { "en.csv", 6, 7 } },
		{ T("both"), T("{t.hello}!"), { "en.csv", 7, 6 } },
	};
	static const struct message polish_items[] = {
		{ T("hello"), T("Cześć {who}"), { "pl.csv", 2, 7 } },
		{ T("both"), T(""), { "pl.csv", 3, 6 } },
	};
	static const struct messages english = { english_items, 6, NULL, T("en"), false };
	static const struct messages polish = { polish_items, 2, &english, T("pl"), false };
	struct pos pos = { "page", 9, 4 };
	struct fixture f;
	(void)state;
	fixture_begin(&f, "pl", &polish);
	fixture_is(fixture_run(&f, message_find(f.compiler, S("hello"), pos, ESCAPE_NONE)),
		   "Cześć seller");
	/* from the default language, whose plural forms are not asked to be Polish */
	fixture_is(fixture_run(&f, message_find(f.compiler, S("days"), pos, ESCAPE_NONE)),
		   "3 days");
	fixture_is(fixture_run(&f, message_find(f.compiler, S("days"), pos, ESCAPE_NONE)),
		   "3 days");
	/* a cell left empty is not translated yet */
	fixture_is(fixture_run(&f, message_find(f.compiler, S("both"), pos, ESCAPE_NONE)),
		   "Cześć seller!");
	/* where a tag may stand, it says whose words these are; once, also for texts in texts */
	fixture_is(fixture_run(&f, message_find(f.compiler, S("days"), pos, ESCAPE_TEXT)),
		   "<span lang=\"en\" dir=\"ltr\">3 days</span>");
	fixture_is(fixture_run(&f, message_find(f.compiler, S("both"), pos, ESCAPE_TEXT)),
		   "<span lang=\"en\" dir=\"ltr\">Cześć seller!</span>");
	fixture_is(fixture_run(&f, message_find(f.compiler, S("days"), pos, ESCAPE_ATTRIBUTE)),
		   "3 days");
	assert_int_equal(diag_errors(f.diag), 0);
	fixture_is(fixture_errors(&f), "");
	fixture_end(&f);
	fixture_begin(&f, "en", &english);
	assert_null(message_find(f.compiler, S("helo"), pos, ESCAPE_NONE));
	assert_null(message_find(f.compiler, S("nothing like it"), pos, ESCAPE_NONE));
	assert_null(message_find(f.compiler, S("wrong"), pos, ESCAPE_NONE));
	assert_null(message_find(f.compiler, S("loop"), pos, ESCAPE_NONE));
	fixture_is(fixture_errors(&f),
		   "5:9 the text 'loop' holds itself (text 'pool', named at en.csv:4:9)\n"
		   "6:10 there is no 'wo' here; did you mean 'who'? (text 'wrong', named at "
		   "page:9:4)\n"
		   "9:4 there is no text 'helo' in en.csv; did you mean 'hello'?\n"
		   "9:4 there is no text 'nothing like it' in en.csv; add a row for it");
	fixture_end(&f);
}

static void unknown_values_are_trouble(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	message_is(&f, "by {product.brand}", "trouble: product.brand");
	record_absent(f.product, "stock");
	message_is(&f, "{product.stock, plural, one {a} other {b}}", "trouble: product.stock");
	record_absent(f.root, "product");
	message_is(&f, "{product.title}", "trouble: product.title");
	record_text(f.root, "who", S(""));
	message_is(&f, "[{who}]", "[]");
	fixture_end(&f);
}

/* Deep and long patterns end in a message, not in a crash. */
static void limits(void **state)
{
	struct fixture f;
	struct buf deep = BUF_INIT;
	(void)state;
	for (int i = 0; i < 5000; i++)
		buf_add(&deep, S("{who, select, other {"));
	for (int i = 0; i < 5000; i++)
		buf_add(&deep, S("}}"));
	buf_byte(&deep, 0);
	fixture_begin(&f, "en", NULL);
	assert_null(message_compile(f.compiler, str_of(deep.text), (struct pos){ "t", 1, 1 },
				    ESCAPE_NONE));
	assert_true(diag_errors(f.diag) > 0);
	buf_reset(&deep);
	for (int i = 0; i < 200000; i++)
		buf_byte(&deep, i % 2 ? '}' : '\n');
	assert_null(message_compile(f.compiler, buf_str(&deep), (struct pos){ "t", 1, 1 },
				    ESCAPE_NONE));
	assert_true(diag_errors(f.diag) < 300);
	buf_release(&deep);
	fixture_end(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_and_quotes),
		cmocka_unit_test(formats),
		cmocka_unit_test(choices),
		cmocka_unit_test(faults_have_places),
		cmocka_unit_test(faults_of_choices),
		cmocka_unit_test(rare_forms_are_not_asked_for),
		cmocka_unit_test(texts_by_key),
		cmocka_unit_test(unknown_values_are_trouble),
		cmocka_unit_test(limits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
