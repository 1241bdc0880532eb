/* SPDX-License-Identifier: MIT */
/* Markdown: front matter, placeholders in every place, refused HTML, hostile texts. */
#include "fixture.h"

#include <time.h>

static struct markdown parse(struct fixture *f, const char *text)
{
	struct markdown markdown;
	markdown_parse(f->compiler, "content/policy/en/returns.md", str_of(text), &markdown);
	return markdown;
}

static void is(struct fixture *f, const char *text, const char *expected)
{
	fixture_is(fixture_run(f, parse(f, text).body), expected);
}

static void fails(struct fixture *f, const char *text, const char *expected)
{
	fixture_forget(f, "en");
	assert_null(parse(f, text).body);
	fixture_is(fixture_errors(f), expected);
}

static void blocks(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	is(&f, "", "");
	is(&f, "a & b\nc\n\nd  \ne", "<p>a &amp; b\nc</p>\n<p>d<br>\ne</p>\n");
	is(&f, "# A\n\nB\n===\n\n### C", "<h1>A</h1>\n<h1>B</h1>\n<h3>C</h3>\n");
	is(&f, "- a\n- b\n", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n");
	is(&f, "- a\n\n  b\n", "<ul>\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n</ul>\n");
	is(&f, "3. a\n   - b\n",
	   "<ol start=\"3\">\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ol>\n");
	is(&f, "> a\n\n---\n", "<blockquote>\n<p>a</p>\n</blockquote>\n<hr>\n");
	is(&f, "    a < b\n\n```\nc\n```\n",
	   "<pre><code>a &lt; b\n</code></pre>\n<pre><code>c\n</code></pre>\n");
	is(&f, "*a* **b** `c <` \\*",
	   "<p><em>a</em> <strong>b</strong> <code>c &lt;</code> *</p>\n");
	is(&f, "a -- \"b\"", "<p>a -- \"b\"</p>\n");
	fixture_end(&f);
}

static void placeholders(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	is(&f, "It costs {product.price, money}.", "<p>It costs €64.00.</p>\n");
	is(&f, "**{who}**s and *{product.title}*",
	   "<p><strong>seller</strong>s and <em>Lamp &lt;\"A&amp;B\"&gt;</em></p>\n");
	/* what cmark would take for emphasis, a list or a line break inside a placeholder is none
	 */
	is(&f, "{product.stock, plural,\n  one {# _piece_}\n\n  other {* # *pieces*}} b",
	   "<p>* 3 *pieces* b</p>\n");
	is(&f, "{product.stock} {product.stock}", "<p>3 3</p>\n");
	is(&f, "- {who}\n- {share}\n", "<ul>\n<li>seller</li>\n<li>90%</li>\n</ul>\n");
	is(&f, "# {who}\n\n`{who}` \n\n    {who}\n",
	   "<h1>seller</h1>\n<p><code>seller</code></p>\n<pre><code>seller\n</code></pre>\n");
	is(&f, "[{who}]({product.link} \"{product.title}\")",
	   "<p><a href=\"https://example.org/a%20b?x=1&amp;y=%20\" "
	   "title=\"Lamp &lt;&quot;A&amp;B&quot;&gt;\">seller</a></p>\n");
	is(&f, "[a](<{base}p/{product.title} é.html?q={who}>)",
	   "<p><a href=\"../p/Lamp%20%3C%22A&amp;B%22%3E%20%C3%A9.html?q=seller\">a</a></p>\n");
	is(&f, "![*{who}* `x`]({base}a.png)", "<p><img src=\"../a.png\" alt=\"seller x\"></p>\n");
	is(&f, "[a][r] [b][r]\n\n[r]: {base}x",
	   "<p><a href=\"../x\">a</a> <a href=\"../x\">b</a></p>\n");
	is(&f, "{chart} {note}", "<p><svg/> a &lt; €64.00</p>\n");
	is(&f, "'{who}' isn't {who}; it's ''", "<p>{who} isn't seller; it's ''</p>\n");
	record_text(f.product, "link", S("javascript:x"));
	is(&f, "[a]({product.link})", "trouble: product.link");
	fixture_end(&f);
}

static void blocks_stand_where_facts_call_for_them(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	is(&f, "{product.fragile, if} a *b*\n\n{not product.fragile, if} c",
	   "<p>a <em>b</em></p>\n");
	is(&f, "{ who == 'buyer' , if } a\n\n## {product.stock > 2, if} b {product.stock}\n",
	   "<h2>b 3</h2>\n");
	is(&f, "1. {product.brand, if} a\n2. b\n3. {product.stock, if} **c**\n",
	   "<ol>\n<li>b</li>\n<li><strong>c</strong></li>\n</ol>\n");
	/* a list of which nothing is left is no list */
	is(&f, "- {product.brand, if} a\n- {not product.fragile, if} b\n", "");
	is(&f, "- {product.brand, if} a\n- {product.fragile, if} b\n",
	   "<ul>\n<li>b</li>\n</ul>\n");
	is(&f, "- a\n\n  {product.brand, if} b\n", "<ul>\n<li>\n<p>a</p>\n</li>\n</ul>\n");
	is(&f, "- {product.brand, if} a\n  - b\n- c\n", "<ul>\n<li>c</li>\n</ul>\n");
	fails(&f, "a\n\n{product.brnd, if} b",
	      "3:10 there is no 'product.brnd' here; did you mean 'product.brand'?");
	fails(&f, "a {product.brand, if} b",
	      "1:19 'if' stands at the beginning of a paragraph, a heading or a list item of "
	      "Markdown; elsewhere write {name, select, yes {...} other {...}}");
	fixture_end(&f);
}

static void the_first_paragraph_is_the_short_form(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	struct markdown markdown = parse(&f, "---\nquestion: Q\n---\nYes, {who}.\n\nLong.\n\n- a\n");
	fixture_is(fixture_run(&f, markdown.lead), "<p>Yes, seller.</p>\n");
	markdown = parse(&f, "- a\n- b\n"); /* no paragraph first: there is no shorter form */
	fixture_is(fixture_run(&f, markdown.lead), "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n");
	assert_null(parse(&f, "a {b").lead);
	fixture_end(&f);
}

static void front_matter(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	struct markdown markdown =
		parse(&f, "\xEF\xBB\xBF---\r\ntitle:  Fees: {product.price}\r\n# a remark\r\n\r\n"
			  "question: \"How {who}?\"\r\nempty:\r\n---\r\nText {who}\r\n");
	fixture_is(markdown.file, "returns");
	assert_int_equal(markdown.front_count, 3);
	fixture_is(markdown.front[0].key, "title");
	fixture_is(markdown.front[0].text, "Fees: {product.price}");
	assert_int_equal(markdown.front[0].pos.line, 2);
	assert_int_equal(markdown.front[0].pos.column, 9);
	fixture_is(markdown.front[2].text, "");
	fixture_is(fixture_run(&f, markdown_front(f.compiler, &markdown, "question", ESCAPE_NONE)),
		   "How seller?");
	assert_null(markdown_front(f.compiler, &markdown, "none", ESCAPE_NONE));
	fixture_is(fixture_run(&f, markdown.body), "<p>Text seller</p>\n");
	fixture_end(&f);
}

static void faults_have_places(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	fails(&f, "---\na: b\n---\n\nTwo {wo} lines\nand {wh}",
	      "5:6 there is no 'wo' here; did you mean 'who'?\n6:6 there is no 'wh' here; did you "
	      "mean 'who'?");
	fails(&f, "---\ntitle: a\nnothing\ntitle: b\n---\n",
	      "3:1 a line of the front matter is written 'key: value'\n4:1 'title' stands here "
	      "twice");
	fails(&f, "---\ntitle: a\n", "1:1 the front matter is not closed; a line '---' ends it");
	fails(&f, "a {b", "1:3 this '{' is not closed");
	fails(&f, "a '{b", "1:3 this quote before a brace is not closed");
	fails(&f, "a } b", "1:3 there is no '{' to this '}'; a brace itself is written '}'");
	fails(&f, "a \U00100000 b", "1:3 a private-use character cannot be shown; write another");
	fails(&f, "[a](javascript:x)",
	      "1:1 a link leads to http, https, mailto, tel or a relative address");
	fails(&f, "\n<javascript:x>",
	      "2:1 a link leads to http, https, mailto, tel or a relative address");
	fails(&f, "![a](data:image/png;base64,x)",
	      "1:1 a link leads to http, https, mailto, tel or a relative address");
	fixture_end(&f);
}

#define NO_HTML " HTML cannot stand in a text; write it with Markdown, or '\\<' for the sign itself"

static void html_is_refused(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	fails(&f, "a <b>c</b>", "1:3" NO_HTML "\n1:7" NO_HTML);
	fails(&f, "---\na: b\n---\n<div>\n\nx\n\n</div>", "4:1" NO_HTML "\n8:1" NO_HTML);
	fails(&f, "a\n\n<!-- b -->", "3:1" NO_HTML);
	/* lines that a placeholder takes are counted */
	fails(&f, "{product.stock, plural,\n one {a}\n other {b}}\n\nx {who} <br>", "5:9" NO_HTML);
	is(&f, "a \\<b> 1 < 2 <https://example.org>",
	   "<p>a &lt;b&gt; 1 &lt; 2 <a href=\"https://example.org\">https://example.org</a></p>\n");
	fixture_end(&f);
}

static void refused_files(void **state)
{
	struct fixture f;
	struct markdown markdown;
	struct buf text = BUF_INIT;
	(void)state;
	fixture_begin(&f, "en", NULL);
	memset(buf_grow(&text, 65537), 'a', 65537);
	text.len = 65537;
	assert_false(markdown_parse(f.compiler, "a.md", buf_str(&text), &markdown));
	assert_false(markdown_parse(f.compiler, "b.md", S("a\xFF"), &markdown));
	assert_false(markdown_parse(f.compiler, "c.md", S("a\0b"), &markdown));
	assert_false(markdown_compile(f.compiler, "none.md", &markdown));
	fixture_is(markdown.file, "none");
	fixture_is(fixture_errors(&f), "0:0 a text is at most 64 KiB; split it into several files\n"
				       "0:0 a text is kept in UTF-8; save it in that encoding\n"
				       "0:0 a text is kept in UTF-8; save it in that encoding\n"
				       "0:0 cannot read the file: No such file or directory");
	buf_release(&text);
	fixture_end(&f);
}

/* What makes Markdown readers slow; each fills a whole file. */
static void hostile_texts_end_soon(void **state)
{
	static const char *const patterns[] = {
		"![[]()",
		"a <?",
		"a <![CDATA[",
		"a <!--",
		"- ",
		"> ",
		"*a **a ",
		"[a](",
		"[",
		"]",
		"`a``",
		"a_",
		"<b>",
		"{who}",
		"{",
		"}",
		"'{",
		"[a]: x\n",
		"* a\n  ",
		"&#x100000;",
		"**x*",
		"\\",
		"|a",
		"1. ",
		"{product.stock, plural, one {",
		"[{who}]({who})",
		"~~~\n",
		"a\n\n",
		"# a\n",
		"<a:b>",
		"![",
		"[![",
		"{who, if} a\n\n",
		"- {who, if} a\n",
		"> {who, if} ",
		"* {who, if} * ",
	};
	struct buf text = BUF_INIT;
	(void)state;
	for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
		struct fixture f;
		struct markdown markdown;
		fixture_begin(&f, "en", NULL);
		buf_reset(&text);
		while (text.len + strlen(patterns[i]) <= 65536)
			buf_add(&text, str_of(patterns[i]));
		clock_t start = clock();
		markdown_parse(f.compiler, "a.md", buf_str(&text), &markdown);
		double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
		if (seconds > 3) /* 0.2 at most without sanitizers */
			fail_msg("%s takes %.1f s", patterns[i], seconds);
		assert_true(f.arena.taken < 64 << 20);
		fixture_end(&f);
	}
	buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks),
		cmocka_unit_test(placeholders),
		cmocka_unit_test(blocks_stand_where_facts_call_for_them),
		cmocka_unit_test(the_first_paragraph_is_the_short_form),
		cmocka_unit_test(front_matter),
		cmocka_unit_test(faults_have_places),
		cmocka_unit_test(html_is_refused),
		cmocka_unit_test(refused_files),
		cmocka_unit_test(hostile_texts_end_soon),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
