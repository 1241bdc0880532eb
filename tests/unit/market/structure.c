/* SPDX-License-Identifier: MIT */
/* Tables, lists, headings and questions in the forms that fields take. */
#include "unit/market/fixture.h"

#define TABLE                                                                                      \
	"<table><caption>To Germany</caption><thead><tr><th>Method</th><th>Shipping</th>"          \
	"<th>Days</th></tr></thead><tbody><tr><th>Letter mail</th><td>5.00 EUR</td>"               \
	"<td>14</td></tr><tr><th>Express</th><td>30.00 EUR</td><td></td></tr></tbody></table>"

static void one_form(const char *rows, const char *html, const char *bytes)
{
	struct stall stall;
	stall_open(&stall, rows);
	stall_lowers(&stall, html, bytes);
	stall_close(&stall);
}

static void a_table_becomes_a_list(void **state)
{
	(void)state;
	one_form("text,format,html\ntext,table,list\ntext,newline,none\n", TABLE,
		 "<p>To Germany</p><ul><li>Letter mail \xE2\x80\x93 Shipping: 5.00 EUR; Days: "
		 "14</li>"
		 "<li>Express \xE2\x80\x93 Shipping: 30.00 EUR</li></ul>");
}

static void a_table_becomes_lines_or_one_line(void **state)
{
	(void)state;
	one_form("text,table,lines\n", TABLE,
		 "To Germany\n\nLetter mail \xE2\x80\x93 Shipping: 5.00 EUR; Days: 14\n\n"
		 "Express \xE2\x80\x93 Shipping: 30.00 EUR");
	one_form("text,table,line\n", TABLE,
		 "To Germany\n\nLetter mail \xE2\x80\x93 Shipping: 5.00 EUR; Days: 14; "
		 "Express \xE2\x80\x93 Shipping: 30.00 EUR");
}

static void a_table_that_may_not_stand_is_no_table(void **state)
{
	(void)state;
	one_form("text,format,html\ntext,tags,p ul li\ntext,newline,none\n",
		 "<table><tr><td>Zone</td><td>Europe</td></tr></table>",
		 "<ul><li>Zone: Europe</li></ul>");
}

static void a_table_in_a_cell_becomes_part_of_it(void **state)
{
	(void)state;
	one_form("text,table,lines\n",
		 "<table><tr><td>A</td><td><table><tr><td>b</td><td>c</td></tr></table></td></tr>"
		 "</table>",
		 "A: b: c");
}

static void a_table_that_may_stand_stays(void **state)
{
	(void)state;
	one_form("text,format,html\ntext,css,simple\ntext,style,td: padding:4px\n"
		 "text,attributes,th.scope\n",
		 "<table class=\"x\"><tr><th scope=\"row\" id=\"y\">A</th><td>b &amp; "
		 "c</td></tr></table>",
		 "<table><tr><th scope=\"row\">A</th>\n<td style=\"padding:4px\">b &amp; c</td>\n"
		 "</tr>\n</table>");
}

static void headings_become_what_is_there(void **state)
{
	(void)state;
	const char *html = "<h2>Gr\xC3\xB6\xC3\x9F"
			   "e: <b>stra\xC3\x9F"
			   "e</b></h2><p>One.</p>";
	one_form("text,format,html\ntext,heading,bold\ntext,newline,none\n", html,
		 "<p><strong>Gr\xC3\xB6\xC3\x9F"
		 "e: stra\xC3\x9F"
		 "e</strong></p><p>One.</p>");
	one_form("text,heading,capitals\n", html, "GR\xC3\x96SSE: STRASSE\n\nOne.");
	one_form("text,format,html\ntext,tags,p b\ntext,map,strong=b\ntext,newline,none\n", html,
		 "<p><b>Gr\xC3\xB6\xC3\x9F"
		 "e: stra\xC3\x9F"
		 "e</b></p><p>One.</p>");
	one_form("text,format,html\ntext,tags,h2 p\ntext,map,h3=h2\ntext,newline,none\n",
		 "<h3>A</h3>b", "<h2>A</h2><p>b</p>");
}

static void questions_open(void **state)
{
	(void)state;
	const char *html = "<details open=\"open\"><summary>Why?</summary><p>So.</p></details>"
			   "<dl><dt>When?</dt><dd>Now.</dd></dl>";
	one_form("text,format,html\ntext,faq,heading\ntext,newline,none\n", html,
		 "<h3>Why?</h3><p>So.</p><h3>When?</h3><p>Now.</p>");
	one_form("text,format,html\ntext,faq,bold\ntext,newline,none\n", html,
		 "<p><strong>Why?</strong></p><p>So.</p><p><strong>When?</strong></p><p>Now.</p>");
	one_form("text,faq,lines\n", html, "Why?\n\nSo.\n\nWhen?\n\nNow.");
	one_form("text,faq,leaves\n", "<p>One.</p><details><summary>Why?</summary>So.</details>",
		 "One.");
}

static void lists_become_lines(void **state)
{
	(void)state;
	const char *html =
		"<p>Two:</p><ul><li>one</li><li>two<ol><li>a</li><li>b</li></ol></li></ul>";
	one_form("", html, "Two:\n\n- one\n- two\n  1. a\n  2. b");
	one_form("text,bullet,*\n", "<ul><li>one</li><li>two</li></ul>", "* one\n* two");
	one_form("text,list,lines\n", html, "Two:\n\none\n\ntwo\n\na\n\nb");
	one_form("text,list,line\n", html, "Two:\n\none; two; a; b");
	one_form("text,newline,none\n", html, "Two: - one. - two. 1. a. 2. b");
}

/* With contents, without them, and no deeper than the field goes; the checker says so too. */
static void elements_go_or_only_their_tags(void **state)
{
	struct stall stall;
	(void)state;
	stall_open(&stall, "text,format,html\ntext,newline,none\ntext,drop,sup\ntext,unwrap,u span\n"
			   "text,depth,2\n");
	stall_lowers(&stall, "<p>a <sup>b</sup><u>c <span>d</span></u></p>", "<p>a c d</p>");
	assert_int_equal(stall.low.removal_count, 1);
	assert_true(str_is(stall.low.removals[0].what, "sup"));
	stall_lowers(&stall, "<ul><li>a <b>b</b></li></ul>", "<ul><li>a b</li></ul>");
	stall_refuses(&stall, "<sup>a</sup>", "the tag 'sup' is not allowed");
	stall_refuses(&stall, "<p><u>a</u></p>", "the tag 'u' is not allowed");
	stall_refuses(&stall, "<ul><li><b>a</b></li></ul>", "the tag 'b' stands too deep");
	stall_refuses(&stall, "<p>a<!-- b --></p>", "a '<' begins no tag");
	stall_close(&stall);
}

static void white_space_is_what_a_browser_shows(void **state)
{
	(void)state;
	one_form("text,format,html\ntext,newline,none\n",
		 "<div>\n  <p>  One <b> two </b>\n three<br>  four </p>\n tail <i>x</i> \n</div>\n",
		 "<p>One <b>two </b>three<br>four</p><p>tail <i>x</i></p>");
	one_form("text,format,html\ntext,newline,none\ntext,images,any\ntext,attributes,img.src\n",
		 "<p>a <img src=\"https://a.example/b\"/> </p>",
		 "<p>a <img src=\"https://a.example/b\"></p>");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_table_becomes_a_list),
		cmocka_unit_test(a_table_becomes_lines_or_one_line),
		cmocka_unit_test(a_table_that_may_not_stand_is_no_table),
		cmocka_unit_test(a_table_in_a_cell_becomes_part_of_it),
		cmocka_unit_test(a_table_that_may_stand_stays),
		cmocka_unit_test(headings_become_what_is_there),
		cmocka_unit_test(questions_open),
		cmocka_unit_test(lists_become_lines),
		cmocka_unit_test(elements_go_or_only_their_tags),
		cmocka_unit_test(white_space_is_what_a_browser_shows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
