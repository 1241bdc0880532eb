/* SPDX-License-Identifier: MIT */
/* Contact details, addresses on the web and banned phrases leave by the sentence. */
#include "unit/market/fixture.h"

#define ALL                                                                                        \
	"text,contact,email phone url social address\ntext,social_names,WhatsApp WeChat\n"         \
	"text,banned,en: free shipping | new\ntext,banned,de: neu\n"

static void cleaned(const char *text, const char *left)
{
	struct stall stall;
	stall_open(&stall, ALL);
	stall_lowers(&stall, text, left);
	stall_close(&stall);
}

/* The sentence is forbidden, and goes; its neighbours stay. */
static void goes(const char *sentence)
{
	char html[200];
	snprintf(html, sizeof html, "<p>One. %s Three.</p>", sentence);
	cleaned(html, "One. Three.");
}

static void stays(const char *sentence)
{
	char html[200], all[200];
	snprintf(html, sizeof html, "<p>One. %s Three.</p>", sentence);
	snprintf(all, sizeof all, "One. %s Three.", sentence);
	cleaned(html, all);
}

static void addresses_go(void **state)
{
	(void)state;
	goes("Write to hello@kiln.example.");
	goes("Write to h\xC3\xA4llo@k\xC3\xA4se.example!");
	goes("See https://kiln.example/faq for more.");
	goes("See www.kiln-and-cable.zz.");
	goes("See shop.kiln.co.uk, please.");
	goes("See KILN.COM.");
}

static void numbers_go(void **state)
{
	(void)state;
	goes("Call +49 30 23125 042.");
	goes("Call +86 (755) 1234-5678!");
	goes("Call 030/123 45 67 89.");
	goes("Call 0755 8888 9999.");
	goes("Call (555) 123-4567 or 555-123-4567.");
}

static void names_and_phrases_go(void **state)
{
	(void)state;
	goes("We are on whatsapp, too.");
	goes("Ask us on WeChat!");
	goes("Free shipping for all!");
	goes("All of it is NEW.");
	goes("Alles ist neu.");
}

static void what_only_looks_alike_stays(void **state)
{
	(void)state;
	stays("It takes 9 days, 14 at most.");
	stays("From 2026-05-01 to 2026-10-31 we counted 412 parcels.");
	stays("Between 01.05.2026 and 31.10.2026.");
	stays("HS code 9405.11.00, weight 0.85 kg.");
	stays("It costs 1,234.56 EUR z.B. for 3 pieces, i.e. a lot.");
	stays("Lamps @ home, a renewed knew.");
	stays("Your WhatsAppening.");
	stays("Open 09:00-18:00, Mo.-Fr.");
}

static void a_whole_sentence_goes_and_abbreviations_end_none(void **state)
{
	(void)state;
	cleaned("<p>We help z. B. am 3. Mai unter a@b.de gern. Danke.</p>", "Danke.");
	cleaned("<p>One. Write <b>to <i>a@b.de</i></b> soon. <b>Three</b>.</p>", "One. Three.");
	cleaned("<p>a@b.de</p><ul><li>Call +49 30 1234567.</li><li>Two.</li></ul>", "- Two.");
	cleaned("<p>Two lines:<br>WhatsApp<br>WhatsApp<br>last</p>", "Two lines:\nlast");
	cleaned("<p>\xE4\xB8\x80\xE3\x80\x82"
		"a@b.de\xE3\x80\x82\xE4\xB8\x89\xE3\x80\x82</p>",
		"\xE4\xB8\x80\xE3\x80\x82\xE4\xB8\x89\xE3\x80\x82");
}

static void a_row_or_a_heading_goes_as_it_is(void **state)
{
	struct stall stall;
	(void)state;
	stall_open(&stall, ALL "text,format,html\ntext,newline,none\n");
	stall_lowers(&stall,
		     "<h2>Mail a@b.de</h2><table><tr><th>Post</th><td>5</td></tr><tr><th>Chat</th>"
		     "<td>WeChat</td></tr></table>",
		     "<table><tr><th>Post</th><td>5</td></tr></table>");
	assert_int_equal(stall.low.removal_count, 2);
	assert_int_equal(stall.low.removals[0].kind, MARKET_LOST_SENTENCE);
	assert_true(str_is(stall.low.removals[0].why,
			   "it holds an e-mail address ('a@b.de'), which stall forbids here"));
	assert_true(str_is(stall.low.removals[1].what, "ChatWeChat"));
	assert_true(str_is(stall.low.removals[1].rule->rule, "contact"));
	stall_close(&stall);
}

/* Without paragraphs a list parts two lines, and the sentence behind it is not the one before. */
static void a_line_ends_where_a_block_begins(void **state)
{
	struct stall stall;
	(void)state;
	stall_open(&stall, ALL "text,format,html\ntext,newline,none\ntext,tags,br ul li\n"
			       "text,map,p=br\n");
	stall_lowers(&stall, "<p>one</p><ul><li>two</li></ul><p>Mail a@b.de.</p><p>Free</p><ul><li>a</li>"
			     "</ul><p>shipping is quick.</p>",
		     "one<ul><li>two</li></ul>Free<ul><li>a</li></ul>shipping is quick.");
	stall_close(&stall);
}

static void only_phrases_of_the_texts_language_count(void **state)
{
	(void)state;
	cleaned("<div lang=\"de-AT\"><p>New York. Alles neu.</p></div>", "New York.");
	cleaned("<div lang=\"fr\"><p>New. Neu.</p></div>", "New. Neu.");
}

/* What lowering should have taken out is seen again by the checker, in the text's language. */
static void the_checker_knows_the_texts_language(void **state)
{
	static const struct {
		const char *language, *why;
	} cases[] = {
		{ "de", "the banned phrase 'neu' stands in it" },
		{ "de-AT", "the banned phrase 'neu' stands in it" },
		{ "den", "" },
		{ "en", "" },
		{ "", "the banned phrase 'neu' stands in it" },
	};
	struct stall stall;
	struct str why;
	(void)state;
	stall_open(&stall, ALL);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		market_check(stall.field, S("Alles NEU."), str_of(cases[i].language),
			     &stall.little.arena, &why);
		assert_string_equal(str_copy(&stall.little.arena, why).text, cases[i].why);
	}
	stall_close(&stall);
}

static void the_sellers_own_address_goes(void **state)
{
	struct stall stall;
	(void)state;
	little_open(&stall.little);
	little_put(&stall.little, "shop.csv",
		   "key,value\nname,Little\nurl,https://little.example\nlanguages,en\n"
		   "currency,EUR\ncountry,CN\ntimezone,Asia/Shanghai\n"
		   "address,\"12 Kiln Lane, Shenzhen\"\n");
	stall_put(&stall, "stall.csv", "text,placement,allowed\ntext,contact,address\n",
		  ",test,2026-11-22,V");
	stall_load(&stall);
	stall_lowers(&stall, "<p>Parcels leave from 12 kiln lane. They are quick.</p>",
		     "They are quick.");
	stall_close(&stall);
}

static void of_a_mandatory_block_something_must_be_left(void **state)
{
	struct stall stall;
	(void)state;
	stall_open(&stall, ALL "text,mandatory,fee\n");
	stall_fails(
		&stall, "<p data-block=\"fee\">Ask a@b.de.</p><p>More.</p>",
		"nothing is left of 'fee', which must not be left out; say it in words and forms "
		"that 'text' takes");
	stall_lowers(&stall, "<p data-block=\"fee\">5 EUR. Ask a@b.de.</p>", "5 EUR.");
	stall_close(&stall);
}

static void hand_written_text_can_be_asked(void **state)
{
	struct stall stall;
	struct str found;
	const struct market_rule *rule;
	(void)state;
	stall_open(&stall, ALL);
	assert_true(market_forbids(stall.field, S("Go to www.a.de/x now"), S("en"), &found, &rule));
	assert_true(str_is(found, "www.a.de"));
	assert_true(str_is(rule->rule, "contact"));
	assert_true(market_forbids(stall.field, S("Alles neu"), S("de"), &found, &rule));
	assert_true(str_is(rule->value, "de: neu"));
	assert_false(market_forbids(stall.field, S("Alles neu"), S("en"), &found, &rule));
	stall_close(&stall);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_go),
		cmocka_unit_test(numbers_go),
		cmocka_unit_test(names_and_phrases_go),
		cmocka_unit_test(what_only_looks_alike_stays),
		cmocka_unit_test(a_whole_sentence_goes_and_abbreviations_end_none),
		cmocka_unit_test(a_row_or_a_heading_goes_as_it_is),
		cmocka_unit_test(a_line_ends_where_a_block_begins),
		cmocka_unit_test(only_phrases_of_the_texts_language_count),
		cmocka_unit_test(the_checker_knows_the_texts_language),
		cmocka_unit_test(the_sellers_own_address_goes),
		cmocka_unit_test(of_a_mandatory_block_something_must_be_left),
		cmocka_unit_test(hand_written_text_can_be_asked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
