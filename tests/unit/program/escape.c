/* SPDX-License-Identifier: MIT */
/* Escaping: every byte in every place, held against what a reader of the place makes of it. */
#include "fixture.h"

#include "program/form.h"

static void is(struct str text, enum escape escape, const char *expected)
{
	struct buf out = BUF_INIT;
	buf_add(&out, S("|"));
	escape_add(&out, text, escape);
	fixture_is(str_sub(buf_str(&out), 1, out.len), expected);
	buf_release(&out);
}

static void each_place(void **state)
{
	(void)state;
	struct str text = S("a<b>&\"c\"'\t\n\r\\/{é");
	is(text, ESCAPE_NONE, "a<b>&\"c\"'\t\n\r\\/{é");
	is(text, ESCAPE_TEXT, "a&lt;b&gt;&amp;\"c\"'\t\n\r\\/{é");
	is(text, ESCAPE_ATTRIBUTE, "a&lt;b&gt;&amp;&quot;c&quot;'&#9;&#10;&#13;\\/{é");
	is(text, ESCAPE_JSON, "a\\u003cb\\u003e\\u0026\\\"c\\\"'\\u0009\\u000a\\u000d\\\\/{é");
	is(text, ESCAPE_CSV, "a<b>&\"\"c\"\"'\t\n\r\\/{é");
	is(text, ESCAPE_URL, "a%3Cb%3E&amp;%22c%22%27%09%0A%0D%5C/%7B%C3%A9");
	is(S(""), ESCAPE_TEXT, "");
}

static void addresses(void **state)
{
	(void)state;
	is(S("https://a.b/c d?e=f&g=%20#h"), ESCAPE_URL, "https://a.b/c%20d?e=f&amp;g=%20#h");
	is(S("%2x%x2%4"), ESCAPE_URL, "%252x%25x2%254");
	is(S("100% of it"), ESCAPE_URL, "100%25%20of%20it");
	is(S("a/b?c#d:e%2Ff&"), ESCAPE_URL_PATH, "a/b%3Fc%23d%3Ae%2Ff&amp;");
	is(S("a/b?c=d&e%20+"), ESCAPE_URL_QUERY, "a%2Fb%3Fc%3Dd%26e%2520%2B");
	is(S("лампа"), ESCAPE_URL_PATH, "%D0%BB%D0%B0%D0%BC%D0%BF%D0%B0");
}

static void json_in_a_script(void **state)
{
	(void)state;
	is(S("</script><!--]]>\u2028\u2029\u2027\u202a\x01\x7f"), ESCAPE_JSON,
	   "\\u003c/script\\u003e\\u003c!--]]\\u003e\\u2028\\u2029\u2027\u202a\\u0001\\u007f");
	is((struct str){ "\xE2", 1 }, ESCAPE_JSON, "\xE2");
	is((struct str){ "\xE2\x80", 2 }, ESCAPE_JSON, "\xE2\x80");
}

/* What a browser makes of text or of a double-quoted attribute. */
static void unescape(struct str text, struct buf *out)
{
	static const struct {
		const char *reference;
		char stands_for;
	} known[] = { { "&amp;", '&' }, { "&lt;", '<' },   { "&gt;", '>' },  { "&quot;", '"' },
		      { "&#9;", '\t' }, { "&#10;", '\n' }, { "&#13;", '\r' } };
	for (size_t at = 0; at < text.len;) {
		size_t used = 0;
		for (size_t i = 0; i < 7 && !used; i++)
			if (str_starts(str_sub(text, at, text.len), known[i].reference)) {
				buf_byte(out, known[i].stands_for);
				used = strlen(known[i].reference);
			}
		if (!used)
			buf_byte(out, text.text[at]);
		at += used ? used : 1;
	}
}

static void every_byte_comes_back(void **state)
{
	(void)state;
	for (int byte = 0; byte < 256; byte++) {
		for (enum escape escape = ESCAPE_TEXT; escape <= ESCAPE_ATTRIBUTE; escape++) {
			char bytes[] = { 'x', (char)byte, 'y' };
			struct str text = { bytes, sizeof bytes };
			struct buf escaped = BUF_INIT, back = BUF_INIT;
			escape_add(&escaped, text, escape);
			unescape(buf_str(&escaped), &back);
			assert_true(str_equal(buf_str(&back), text));
			for (size_t i = 0; i < escaped.len; i++)
				assert_false(strchr("<>", escaped.text[i]) && escaped.text[i]);
			buf_release(&escaped);
			buf_release(&back);
		}
	}
}

static void tail_is_escaped_alone(void **state)
{
	struct buf out = BUF_INIT;
	(void)state;
	buf_add(&out, S("<p title=\""));
	size_t from = out.len;
	buf_add(&out, S("5 \"x\" <"));
	escape_tail(&out, from, ESCAPE_ATTRIBUTE);
	fixture_is(buf_str(&out), "<p title=\"5 &quot;x&quot; &lt;");
	from = out.len;
	buf_add(&out, S("plain"));
	escape_tail(&out, from, ESCAPE_ATTRIBUTE);
	fixture_is(buf_str(&out), "<p title=\"5 &quot;x&quot; &lt;plain");
	buf_release(&out);
}

static void schemes(void **state)
{
	static const char *const safe[] = { "http://a", "HTTPS://a", "mailto:a@b", "tel:+1", "a/b",
					    "/a:b",     "?a:b",      "#a:b",       "//a.b/", "",
					    "a",        "./a:b",     " https://a" };
	static const char *const unsafe[] = { "javascript:x",
					      "JavaScript:x",
					      " \x01javascript:x",
					      "java\nscript:x",
					      "java\tscript:x",
					      "data:text/html,x",
					      "vbscript:x",
					      "file:///x",
					      "blob:x",
					      ":x",
					      "jar:http://a",
					      "verylongscheme:x",
					      "java script:x",
					      "\x7Fjavascript:x" };
	(void)state;
	for (size_t i = 0; i < sizeof safe / sizeof *safe; i++)
		if (!url_is_safe(str_of(safe[i])))
			fail_msg("refused: %s", safe[i]);
	for (size_t i = 0; i < sizeof unsafe / sizeof *unsafe; i++)
		if (url_is_safe(str_of(unsafe[i])))
			fail_msg("let through: %s", unsafe[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_place),
		cmocka_unit_test(addresses),
		cmocka_unit_test(json_in_a_script),
		cmocka_unit_test(every_byte_comes_back),
		cmocka_unit_test(tail_is_escaped_alone),
		cmocka_unit_test(schemes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
