/* SPDX-License-Identifier: MIT */
/* Too long, too short, in the wrong signs or the wrong language: what leaves, and what fails. */
#include "unit/market/fixture.h"

#define TEXT                                                                                       \
	"<p data-block=\"fee\">Fee.</p><p data-block=\"odds\">Odds.</p><p "                        \
	"data-block=\"intro\">Hello.</p>"                                                          \
	"<p data-block=\"faq\">One?</p><p data-block=\"faq\">Two?</p>"

static void blocks_leave_in_the_profiles_order(void **state)
{
	static const struct {
		const char *limit, *left;
	} cases[] = {
		{ "34", "Fee.\n\nOdds.\n\nHello.\n\nOne?\n\nTwo?" },
		{ "28", "Fee.\n\nOdds.\n\nHello.\n\nOne?" },
		{ "24", "Fee.\n\nOdds.\n\nHello." },
		{ "18", "Fee.\n\nHello." },
		{ "11", "Fee." },
		{ "4", "Fee." },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct stall stall;
		char rows[200];
		snprintf(rows, sizeof rows,
			 "text,limit,%s characters\ntext,drop_order,faq odds\ntext,mandatory,fee\n",
			 cases[i].limit);
		stall_open(&stall, rows);
		stall_lowers(&stall, TEXT, cases[i].left);
		assert_true(stall.low.count <= stall.low.limit);
		for (size_t j = 0; j < stall.low.removal_count; j++)
			assert_int_equal(stall.low.removals[j].kind, MARKET_LOST_BLOCK);
		stall_close(&stall);
	}
}

static void a_mandatory_block_fails_rather_than_leave(void **state)
{
	struct stall stall;
	(void)state;
	stall_open(&stall, "text,limit,3 bytes\ntext,mandatory,fee\n");
	stall_fails(&stall, TEXT,
		    "'text' takes 3 bytes, and what must stand in it needs 4; shorten the texts");
	stall_close(&stall);
	stall_open(&stall, "text,limit,7 bytes\ntext,mandatory,fee\ntext,drop_order,note\n");
	stall_fails(&stall,
		    "<div data-block=\"note\"><p>Note.</p><p data-block=\"fee\">Fee.</p></div>",
		    "'text' takes 7 bytes, and what must stand in it needs 11; shorten the texts");
	stall_close(&stall);
}

static void a_list_that_blocks_share_stays_for_the_others(void **state)
{
	struct stall stall;
	(void)state;
	stall_open(&stall, "text,format,html\ntext,tags,ul li\ntext,map,p=li\ntext,newline,none\n"
			   "text,limit,30 bytes\ntext,drop_order,odds\ntext,mandatory,fee\n");
	stall_lowers(&stall, "<p data-block=\"odds\">Odds.</p><p data-block=\"fee\">Fee.</p>",
		     "<ul><li>Fee.</li></ul>");
	stall_close(&stall);
}

static void a_field_takes_only_its_blocks(void **state)
{
	struct stall stall;
	(void)state;
	stall_open(&stall, "text,blocks,faq fee\n");
	stall_lowers(&stall, "<div>Outside." TEXT "</div>", "Fee.\n\nOne?\n\nTwo?");
	assert_int_equal(stall.low.removals[0].kind, MARKET_LOST_SELECTION);
	assert_true(str_is(stall.low.removals[0].block, "odds"));
	assert_int_equal(stall.low.removal_count, 2);
	stall_close(&stall);
}

static void pieces_are_measured_and_counted(void **state)
{
	struct stall stall;
	const char *rows = "text,format,json\n\"text\",before,\"{\"\"m\"\":[\"\"\"\n"
			   "text,between,\"\"\",\"\"\"\ntext,after,\"\"\"]}\"\n"
			   "text,pieces_max,3\ntext,block_limit,14 bytes\ntext,count,markup\n";
	(void)state;
	stall_open(&stall, rows);
	stall_lowers(&stall,
		     "<p data-block=\"fee\">Fee.</p><p data-block=\"odds\">Odds \"q\".</p>"
		     "<p data-block=\"intro\">Hello, far too long.</p><p data-block=\"note\">N</p>"
		     "<p data-block=\"zone\">Z</p>",
		     "{\"m\":[\"<p>Fee.</p>\",\"<p>N</p>\",\"<p>Z</p>\"]}");
	assert_int_equal(stall.low.removal_count, 2);
	assert_true(str_is(stall.low.removals[0].what, "odds"));
	assert_true(str_is(stall.low.removals[1].what, "intro"));
	stall_refuses(&stall, "{\"m\":[\"<p>Fee.</p>",
		      "what stands around the text is not as it must be");
	stall_refuses(&stall, "{\"m\":[\"<p>a\"b</p>\"]}",
		      "what stands around the text is not as it must be");
	stall_refuses(&stall, "{\"m\":[\"<p>A</p>\",\"<p>B</p>\",\"<p>C</p>\",\"<p>D</p>\"]}",
		      "it has 4 blocks and may have 3");
	stall_refuses(&stall, "{\"m\":[\"<p>Sixteen.</p>\",\"<p>B</p>\"]}",
		      "a block has a size of 15 and may have 14");
	stall_close(&stall);
}

static void pieces_of_plain_text_are_lines(void **state)
{
	struct stall stall;
	(void)state;
	stall_open(&stall, "text,newline,none\ntext,between,U+000A\ntext,pieces_max,3\n"
			   "text,block_limit,14 characters\ntext,limit,30 characters\n"
			   "text,drop_order,note\n");
	stall_lowers(&stall,
		     "<div lang=\"en\"><h2>Head</h2><div data-block=\"fee\"><p>One.</p><p>Two.</p>"
		     "</div><p data-block=\"odds\">Far too long for it.</p><div>"
		     "<p data-block=\"note\">Three</p></div><p data-block=\"zone\">Four</p></div>",
		     "Head\nOne. Two.\nFour");
	assert_int_equal(stall.low.count, 17);
	assert_int_equal(stall.low.removal_count, 2);
	assert_true(str_is(stall.low.removals[0].rule->rule, "block_limit"));
	assert_true(str_is(stall.low.removals[1].rule->rule, "pieces_max"));
	stall_refuses(&stall, "One\nTwo\nThree\nFour", "it has 4 blocks and may have 3");
	stall_refuses(&stall, "One and fifteen", "a block has a size of 15 and may have 14");
	stall_close(&stall);
}

/* The same text in a string of JSON: no entities, line ends as JSON writes them. */
static void plain_text_stands_in_json(void **state)
{
	struct stall stall;
	(void)state;
	stall_open(&stall, "text,format,json-plain\ntext,before,\"{\"\"t\"\":\"\"\"\n"
			   "text,after,\"\"\"}\"\ntext,limit,20 characters\n");
	stall_lowers(&stall, "<p>A &amp; \"b\"</p><ul><li>c\\d</li></ul>",
		     "{\"t\":\"A & \\\"b\\\"\\n\\n- c\\\\d\"}");
	assert_int_equal(stall.low.count, 14);
	assert_string_equal(stall.field->ending, "json");
	stall_refuses(&stall, "{\"t\":\"<b>a</b>\"}", "'<b>a</b>' reads like a tag");
	stall_refuses(&stall, "{\"t\":\"a &amp; b\"}", "'&amp' reads like an entity");
	stall_refuses(&stall, "{\"t\":\"a\n\"}",
		      "what stands around the text is not as it must be");
	stall_close(&stall);
}

static void signs_are_written_otherwise_or_left_out(void **state)
{
	struct stall stall;
	(void)state;
	stall_open(&stall, "text,refuse,emoji \xC2\xAE\ntext,allow,latin U+2713\n"
			   "text,replace,U+2013=- \xE2\x82\xAC=EUR\n");
	stall_lowers(&stall,
		     "<p>9\xE2\x80\x93"
		     "14 days \xF0\x9F\x9A\x80 at 5 \xE2\x82\xAC, Brass\xC2\xAE \xE2\x98\x8E.</p>",
		     "9-14 days at 5 EUR, Brass .");
	assert_int_equal(stall.low.removals[0].kind, MARKET_LOST_CHARACTERS);
	stall_fails(&stall, "<p>5 \xE2\x82\xBD</p>",
		    "the character '\xE2\x82\xBD' (U+20BD) cannot be written in 'text'");
	stall_close(&stall);
}

static void lines_end_as_the_field_wants(void **state)
{
	static const struct {
		const char *rule, *bytes;
	} cases[] = {
		{ "lf", "One\n\n- two" },
		{ "crlf", "One\r\n\r\n- two" },
		{ "literal", "One\\n\\n- two" },
		{ "none", "One. - two" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct stall stall;
		char rows[80];
		snprintf(rows, sizeof rows, "text,newline,%s\n", cases[i].rule);
		stall_open(&stall, rows);
		stall_lowers(&stall, "<p>One</p><ul><li>two</li></ul>", cases[i].bytes);
		stall_close(&stall);
	}
}

static void plain_text_reads_as_no_markup(void **state)
{
	struct stall stall;
	(void)state;
	stall_open(&stall, "");
	stall_lowers(&stall, "<p>a &lt;b&gt; &amp;amp; &amp;c &lt; d</p>", "a < b> & amp; &c < d");
	stall_close(&stall);
	stall_open(&stall, "text,entities,encode\n");
	stall_lowers(&stall, "<p>a &lt;b&gt; &amp;amp;</p>", "a &lt;b&gt; &amp;amp;");
	stall_close(&stall);
}

static void links_and_images_go_by_the_fields_policy(void **state)
{
	struct stall stall;
	(void)state;
	stall_open(&stall,
		   "text,format,html\ntext,links,shop.example\n"
		   "text,target,_blank\ntext,images,cdn.example\ntext,newline,none\n"
		   "text,image_needs,width\ntext,image_max,width=700\n"
		   "text,attributes,a.href img.src img.width\n");
	stall_lowers(
		&stall,
		"<p><a href=\"https://my.shop.example/?a=1&amp;b\">in</a> "
		"<a href=\"https://evilshop.example/\">out</a> "
		"<a href=\"https://shop.example@evil.example/\">trick</a> "
		"<a href=\"javascript:x\">js</a></p>",
		"<p><a href=\"https://my.shop.example/?a=1&amp;b\" target=\"_blank\">in</a> out "
		"trick js</p>");
	stall_lowers(&stall, "<p>a<img src=\"https://cdn.example/a.png\">b</p>", "<p>ab</p>");
	stall_lowers(&stall, "<p>a<img src=\"https://cdn.example/a.png\" width=\"700\"></p>",
		     "<p>a<img src=\"https://cdn.example/a.png\" width=\"700\"></p>");
	stall_lowers(&stall, "<p>a<img src=\"https://cdn.example/a.png\" width=\"701\"></p>",
		     "<p>a</p>");
	assert_true(str_is(stall.low.removals[0].rule->rule, "image_max"));
	stall_lowers(&stall, "<p>a<img src=\"https://elsewhere.example/a.png\" width=\"7\"></p>",
		     "<p>a</p>");
	assert_true(str_is(stall.low.removals[0].rule->rule, "images"));
	stall_refuses(&stall, "<p onclick=\"x\">a</p>", "the attribute 'onclick' is not allowed");
	stall_refuses(&stall, "<a href=\"https://evil.example/\">a</a>",
		      "the link to 'https://evil.example/' is not allowed");
	stall_refuses(&stall, "<a href=\"http://shop.example/\">a</a>",
		      "the link to 'http://shop.example/' is not allowed");
	stall_refuses(&stall, "<a href=\"https://shop.example/\">a</a>", "a link has no 'target'");
	stall_refuses(&stall, "<a href=\"https://shop.example/\" target=\"_self\">a</a>",
		      "the attribute 'target' of 'a' is not allowed");
	stall_refuses(&stall, "<img src=\"https://cdn.example/a.png\">", "an image has no 'width'");
	stall_refuses(&stall, "<img src=\"https://cdn.example/a.png\" width=\"701\">",
		      "the 'width' of an image is more than 700");
	stall_refuses(&stall, "<img src=\"https://evil.example/a.png\" width=\"7\">",
		      "the image 'https://evil.example/a.png' is not allowed");
	stall_close(&stall);
}

static void a_text_in_another_language_fails(void **state)
{
	struct stall stall;
	(void)state;
	stall_open(&stall, "text,languages,pl cs\n");
	stall_fails(&stall, "<div lang=\"de\">Hallo</div>",
		    "'text' must be written in 'pl', and this text is in 'de'");
	stall_lowers(&stall, "<div lang=\"cs-CZ\">Ahoj</div>", "Ahoj");
	stall_close(&stall);
}

static void what_is_not_well_formed_fails(void **state)
{
	struct stall stall;
	(void)state;
	stall_open(&stall, "");
	stall_fails(&stall, "<p>a",
		    "the text is not well-formed: the end with an element open at byte 4");
	stall_fails(&stall, "<p>a</b>",
		    "the text is not well-formed: an end tag that does not fit at byte 7");
	stall_fails(&stall, "<p class=x>a</p>",
		    "the text is not well-formed: an attribute without quotes at byte 9");
	stall_fails(&stall, "a & b",
		    "the text is not well-formed: an '&' that is no entity we write at byte 2");
	stall_fails(&stall, "<ul>a</ul>",
		    "the text is not well-formed: text where only elements stand at byte 5");
	stall_fails(&stall, "\xFF",
		    "the text is not well-formed: bytes that are no text at byte 0");
	stall_close(&stall);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks_leave_in_the_profiles_order),
		cmocka_unit_test(a_mandatory_block_fails_rather_than_leave),
		cmocka_unit_test(a_list_that_blocks_share_stays_for_the_others),
		cmocka_unit_test(a_field_takes_only_its_blocks),
		cmocka_unit_test(pieces_are_measured_and_counted),
		cmocka_unit_test(pieces_of_plain_text_are_lines),
		cmocka_unit_test(plain_text_stands_in_json),
		cmocka_unit_test(signs_are_written_otherwise_or_left_out),
		cmocka_unit_test(lines_end_as_the_field_wants),
		cmocka_unit_test(plain_text_reads_as_no_markup),
		cmocka_unit_test(links_and_images_go_by_the_fields_policy),
		cmocka_unit_test(a_text_in_another_language_fails),
		cmocka_unit_test(what_is_not_well_formed_fails),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
