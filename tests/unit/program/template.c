/* SPDX-License-Identifier: MIT */
/* Templates: what each u: attribute does, what HTML is printed, and every fault with its place. */
#include "fixture.h"

#include <sys/stat.h>
#include <unistd.h>

static void text_and_values(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	template_is(&f, "<p>plain &lt; &amp; &#233;</p>", "<p>plain &lt; &amp; é</p>");
	template_is(&f, "<p>{product.title}</p>", "<p>Lamp &lt;\"A&amp;B\"&gt;</p>");
	template_is(&f, "<p title=\"{product.title}\"/>",
		    "<p title=\"Lamp &lt;&quot;A&amp;B&quot;&gt;\"></p>");
	template_is(&f, "<p u:text=\"product.title\">sample</p>",
		    "<p>Lamp &lt;\"A&amp;B\"&gt;</p>");
	template_is(&f, "<p>{product.stock, plural, one {# piece} other {&lt;#&gt;}}</p>",
		    "<p>&lt;3&gt;</p>");
	template_is(&f, "<p u:html=\"chart\">sample</p>", "<p><svg/></p>");
	template_is(&f, "<p>{chart}{note}</p>", "<p><svg/>a &lt; €64.00</p>");
	template_is(&f, "<p u:text=\"note\"/>", "<p>a &lt; €64.00</p>");
	template_is(&f, "<p>'{'it''s'}'</p>", "<p>{it's}</p>");
	template_is(&f, "<p>don't {who}</p>", "<p>don't seller</p>");
	template_is(&f, "<p><![CDATA[a < b {who}]]></p>", "<p>a &lt; b seller</p>");
	fixture_end(&f);
}

static void conditions(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	template_is(&f, "<p><b u:if=\"who\">x</b><i u:unless=\"who\">y</i></p>", "<p><b>x</b></p>");
	template_is(&f, "<p><b u:if=\"product.stock &gt; 2\" u:unless=\"product.brand\">x</b></p>",
		    "<p><b>x</b></p>");
	template_is(&f, "<p><b u:if=\"who == 'seller'\" u:unless=\"product.fragile\">x</b></p>",
		    "<p></p>");
	fixture_end(&f);
}

static void loops(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	template_is(&f, "<ul><li u:each=\"m in methods\">{m.name}: {m.fee}</li></ul>",
		    "<ul><li>EMS &amp; co: €18.50</li><li>Post: €0.00</li></ul>");
	template_is(&f,
		    "<ul><li u:each=\"m in methods\" u:if=\"m.tracked\" u:text=\"m.name\"/></ul>",
		    "<ul><li>EMS &amp; co</li></ul>");
	template_is(&f,
		    "<p><b u:each=\"m in methods\"><i u:each=\"l in "
		    "m.levels\">{m.days}:{l.share}</i></b></p>",
		    "<p><b><i>7:80%</i><i>7:95%</i></b><b><i>1:80%</i><i>1:95%</i></b></p>");
	record_absent(f.root, "methods");
	template_is(&f, "<p><b u:each=\"m in methods\">{m.name}</b></p>", "<p></p>");
	fixture_end(&f);
}

static void dynamic_attributes(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	template_is(&f, "<p class=\"sample\" u:attr-class=\"who\"/>", "<p class=\"seller\"></p>");
	template_is(&f, "<p class=\"sample\" u:attr-class=\"product.brand\"/>", "<p></p>");
	template_is(&f, "<i u:attr-title=\"product.title\"/>",
		    "<i title=\"Lamp &lt;&quot;A&amp;B&quot;&gt;\"></i>");
	template_is(&f, "<input u:attr-checked=\"product.fragile\"/>", "<input checked=\"\">");
	template_is(&f, "<input u:attr-checked=\"product.stock == 4\"/>", "<input>");
	template_is(&f, "<input u:attr-checked=\"who and product.fragile\"/>",
		    "<input checked=\"\">");
	record_number(f.product, "stock", 0);
	template_is(&f, "<td u:attr-data-stock=\"product.stock\"/>", "<td data-stock=\"0\"></td>");
	record_text(f.root, "who", S(""));
	template_is(&f, "<p u:attr-class=\"who\"/>", "<p></p>");
	fixture_end(&f);
}

static void addresses(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	template_is(&f, "<a href=\"{product.link}\"/>",
		    "<a href=\"https://example.org/a%20b?x=1&amp;y=%20\"></a>");
	template_is(&f, "<a u:attr-href=\"product.link\"/>",
		    "<a href=\"https://example.org/a%20b?x=1&amp;y=%20\"></a>");
	template_is(&f, "<a href=\"{base}p/{product.title}?q={product.title}#{product.title}\"/>",
		    "<a "
		    "href=\"../p/"
		    "Lamp%20%3C%22A&amp;B%22%3E?q=Lamp%20%3C%22A%26B%22%3E#Lamp%20%3C%22A%26B%22%"
		    "3E\"></a>");
	template_is(&f, "<img srcset=\"{base}a.png 1x, {base}b.png 2x\"/>",
		    "<img srcset=\"../a.png 1x, ../b.png 2x\">");
	template_is(&f, "<meta http-equiv=\"refresh\" content=\"0; url={product.link}\"/>",
		    "<meta http-equiv=\"refresh\" content=\"0; "
		    "url=https://example.org/a%20b?x=1&amp;y=%20\">");
	template_is(&f, "<a href=\"mailto:{who}@example.org\"/>",
		    "<a href=\"mailto:seller@example.org\"></a>");
	record_text(f.product, "link", S(" JavaScript:alert(1)"));
	template_is(&f, "<a href=\"{product.link}\"/>", "trouble: product.link");
	template_is(&f, "<a u:attr-href=\"product.link\"/>", "trouble: product.link");
	template_is(&f, "<img srcset=\"a.png 1x, {product.link} 2x\"/>", "trouble: product.link");
	template_is(&f, "<meta http-equiv=\"refresh\" content=\"0; url={product.link}\"/>",
		    "trouble: product.link");
	record_text(f.root, "base", S(""));
	record_text(f.product, "link", S("javascript:x"));
	template_is(&f, "<a href=\"{base}{product.link}\"/>", "<a href=\"javascript%3Ax\"></a>");
	template_is(&f, "<p title=\"{product.link}\"/>", "<p title=\"javascript:x\"></p>");
	fixture_end(&f);
}

static void tags_left_out(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	template_is(&f, "<p><b u:omit=\"\">x</b><b u:omit=\"yes\">{who}</b></p>", "<p>xseller</p>");
	template_is(&f, "<a href=\"x\" u:omit=\"product.brand\">x</a>", "<a href=\"x\">x</a>");
	template_is(&f, "<a href=\"x\" u:omit=\"who\">x</a>", "x");
	template_is(&f, "<b u:omit=\"\" u:each=\"m in methods\" u:text=\"m.days\"/>", "71");
	fixture_end(&f);
}

#define T(literal)                                                                                 \
	{                                                                                          \
		literal, sizeof(literal) - 1                                                       \
	}

static const struct message texts[] = {
	{ T("hello"), T("Hello <{who}> & \"you\""), { "en.csv", 2, 7 } },
	{ T("fee_of"), T("{m.name}: {m.fee}"), { "en.csv", 3, 8 } },
};

static void texts_of_the_language(void **state)
{
	static const struct messages messages = { .items = texts, .count = 2 };
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", &messages);
	template_is(&f, "<p u:t=\"hello\">sample</p>", "<p>Hello &lt;seller&gt; &amp; \"you\"</p>");
	template_is(&f, "<p u:text=\"t.hello\"/>", "<p>Hello &lt;seller&gt; &amp; \"you\"</p>");
	template_is(&f, "<p title=\"{t.hello}\">{t.hello}</p>",
		    "<p title=\"Hello &lt;seller&gt; &amp; &quot;you&quot;\">Hello &lt;seller&gt; "
		    "&amp; \"you\"</p>");
	template_is(&f, "<p u:attr-aria-label=\"t.hello\"/>",
		    "<p aria-label=\"Hello &lt;seller&gt; &amp; &quot;you&quot;\"></p>");
	/* a text sees the loop variable of the place where it is named, and only there */
	template_is(&f, "<p><b u:each=\"m in methods\" u:t=\"fee_of\"/></p>",
		    "<p><b>EMS &amp; co: €18.50</b><b>Post: €0.00</b></p>");
	assert_null(template_of(&f, "<p>\n<b u:t=\"fee_of\"/></p>"));
	fixture_is(fixture_errors(&f), "3:9 there is no 'm' here; there are product, methods, "
				       "share, who, base, chart, note "
				       "(text 'fee_of', named at templates/page.html:2:9)\n"
				       "3:19 there is no 'm' here; there are product, methods, "
				       "share, who, base, chart, note "
				       "(text 'fee_of', named at templates/page.html:2:9)");
	fixture_end(&f);
}

static void void_elements(void **state)
{
	static const char *const names[] = { "area",  "base",   "br",    "col",  "embed",
					     "hr",    "img",    "input", "link", "meta",
					     "param", "source", "track", "wbr" };
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char source[64], expected[64];
		snprintf(source, sizeof source, "<p><%s title=\"a\"/></p>", names[i]);
		snprintf(expected, sizeof expected, "<p><%s title=\"a\"></p>", names[i]);
		template_is(&f, source, expected);
		snprintf(source, sizeof source, "<p><%s></%s></p>", names[i], names[i]);
		snprintf(expected, sizeof expected, "<p><%s></p>", names[i]);
		template_is(&f, source, expected);
	}
	template_is(&f, "<div><p/><script src=\"a.js\"/><textarea/><title/></div>",
		    "<div><p></p><script "
		    "src=\"a.js\"></script><textarea>\n</textarea><title></title></div>");
	fixture_end(&f);
}

static void raw_and_plain_elements(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	template_is(&f, "<script>if (a &amp;&amp; b &lt; c) { d('{x}') }</script>",
		    "<script>if (a && b < c) { d('{x}') }</script>");
	template_is(&f, "<style><![CDATA[ a > b { c: \"&amp;\" } ]]></style>",
		    "<style> a > b { c: \"&amp;\" } </style>");
	template_is(&f, "<title>a &amp; {who} &lt;</title>", "<title>a &amp; seller &lt;</title>");
	template_is(&f, "<textarea>\n a\n  {who}</textarea>",
		    "<textarea>\n\n a\n  seller</textarea>");
	template_is(&f, "<pre>a\n  b</pre>", "<pre>\na\n  b</pre>");
	fixture_end(&f);
}

static void whole_pages(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	template_is(&f,
		    "\xEF\xBB\xBF<?xml version=\"1.0\"?>\n<!-- a -->\n<!DOCTYPE html>\n<!-- b -->\n"
		    "<html xmlns:u=\"upfront\" lang=\"en\">\n  <!-- c -->\n  <body>\n\t<p>a  b\n   "
		    "c</p>\n"
		    "  </body>\n</html>\n",
		    "<!DOCTYPE html>\n<html lang=\"en\">\n<body>\n<p>a b\nc</p>\n</body>\n</html>");
	template_is(&f,
		    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 "
		    "1\"><linearGradient/></svg>",
		    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 "
		    "1\"><linearGradient></linearGradient></svg>");
	/* a line that held only what was removed is gone */
	template_is(&f, "<div>\n<b u:omit=\"\">\n<!-- x -->\n</b>\n<i/></div>",
		    "<div>\n<i></i></div>");
	template_is(&f,
		    "<ul>\n<li u:if=\"product.brand\">a</li>\n<li u:unless=\"who\">b</li>\n"
		    "<li u:if=\"who\">c {base} d</li>\n</ul>",
		    "<ul>\n<li>c ../ d</li>\n</ul>");
	record_text(f.root, "base", S(" "));
	template_is(&f, "<pre>  {base}  </pre>", "<pre>\n     </pre>");
	template_is(&f, "<p xml:lang=\"en\" lang=\"en\"/>", "<p xml:lang=\"en\" lang=\"en\"></p>");
	fixture_end(&f);
}

static void not_well_formed(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	template_fails(&f, "<p>\n a&nbsp;b</p>",
		       "2:9 '&nbsp;' is not known in XML; write '&#160;' or the character itself");
	template_fails(&f, "<p>&zigrarr;</p>",
		       "1:13 '&zigrarr;' is not known in XML; write the character itself");
	template_fails(&f, "<p>a & b</p>",
		       "1:7 a '&' that begins no character reference is written '&amp;'; a script "
		       "stands in <![CDATA[ ]]>");
	template_fails(&f, "<input disabled/>",
		       "1:16 the attribute 'disabled' needs a value; write disabled=\"\"");
	template_fails(&f, "<p u:if=\"a < b\"/>",
		       "1:12 '<' cannot stand in an attribute; write '&lt;'");
	template_fails(
		&f, "<p><br></p>",
		"1:12 <br> of line 1 is not closed before </p>; an element without content is "
		"written <br/>");
	template_fails(
		&f, "<p/><p/>",
		"1:5 a template has one outermost element; put all of it into <div u:omit=\"\">");
	template_fails(&f, "", "1:1 a template has one outermost element; there is none here");
	template_fails(&f, "<p>\xFF</p>",
		       "0:0 a template is kept in UTF-8; save it in that encoding");
	fixture_end(&f);
}

/* Nothing that a DTD could do is done: no file is read, nothing grows. */
static void doctypes(void **state)
{
	static const char *const refused[] = {
		"<!doctype html><p/>",
		"<!DOCTYPE html PUBLIC '-//W3C//DTD' 'http://www.w3.org/x.dtd'><p/>",
		"<!DOCTYPE html SYSTEM \"file:///etc/passwd\"><p/>",
		"<!DOCTYPE html [<!ENTITY a \"x\">]><p>&a;</p>",
		"<!DOCTYPE html [<!ENTITY % a SYSTEM \"file:///etc/passwd\"> %a;]><p/>",
		"<!DOCTYPE p><p/>",
	};
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
		template_fails(&f, refused[i],
			       "1:1 only <!DOCTYPE html> can stand here, in just these letters");
	template_is(&f, "<!DOCTYPE html ><p/>", "<!DOCTYPE html>\n<p></p>");
	fixture_end(&f);
}

static void directive_faults(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	template_fails(&f, "<p\n class=\"a\"\n u:iff=\"who\"/>",
		       "3:9 there is no 'u:iff'; did you mean 'u:if'?");
	template_fails(&f, "<p u:whatever=\"who\"/>",
		       "1:16 there is no 'u:whatever'; there are u:text u:html u:if u:unless "
		       "u:each u:attr-NAME u:include u:t u:omit");
	template_fails(&f, "<p a=\"&amp;&lt;\" u:text='product.tile'/>",
		       "1:34 there is no 'product.tile' here; did you mean 'product.title'?");
	template_fails(&f, "<p>é&#233;&amp;<!-- x -->\r\n  é&#233;&amp;{wo}</p>",
		       "2:16 there is no 'wo' here; did you mean 'who'?");
	template_fails(&f, "<p><![CDATA[a]]>{wo}<b/>{wh}</p>",
		       "1:18 there is no 'wo' here; did you mean 'who'?\n"
		       "1:26 there is no 'wh' here; did you mean 'who'?");
	template_fails(&f, "<p xmlns:u=\"upfront\" xmlns=\"x\" u:text=\"wo\"/>",
		       "1:40 there is no 'wo' here; did you mean 'who'?");
	template_fails(&f, "<p title=\"&quot;{wo}\"/>",
		       "1:18 there is no 'wo' here; did you mean 'who'?");
	template_fails(&f, "<p u:text=\"who == 'x'\"/>",
		       "1:12 here stands one name, as in u:text=\"product.title\"");
	template_fails(&f, "<p u:html=\"who\"/>", "1:12 'who' is a text, not markup; write u:text");
	template_fails(&f, "<p u:text=\"who\" u:html=\"chart\"/>",
		       "1:1 <p> has more than one of u:text, u:html and u:t");
	template_fails(&f, "<p u:each=\"methods\"/>",
		       "1:12 u:each is written as in u:each=\"m in methods\"");
	template_fails(&f, "<p u:each=\"m of methods\"/>",
		       "1:12 u:each is written as in u:each=\"m in methods\"");
	template_fails(&f, "<p u:each=\"m in who\"/>", "1:17 'who' is a text, not a list");
	template_fails(&f, "<p u:each=\"m in metods\"/>",
		       "1:17 there is no 'metods' here; did you mean 'methods'?");
	template_fails(&f, "<p u:each=\"who in methods\"/>",
		       "1:12 there is a 'who' already; choose another name");
	template_fails(&f, "<p u:each=\"m in methods\">{m}</p>",
		       "1:27 'm' is a whole method; name a field of it");
	template_fails(&f, "<p><b u:each=\"m in methods\"/>{m.name}</p>",
		       "1:31 there is no 'm' here; there are product, "
		       "methods, share, who, base, chart, note");
	template_fails(&f, "<p u:t=\"hello\"/>",
		       "1:9 there is no text 'hello' in content/text/en.csv; add a row for it");
	template_fails(&f, "<br u:text=\"who\"/>", "1:1 <br> cannot hold anything");
	template_fails(&f, "<p><br>x</br></p>", "1:4 <br> cannot hold anything");
	template_fails(&f, "<title><b/></title>", "1:8 <title> cannot hold elements");
	template_fails(&f, "<title>{note}</title>",
		       "1:9 'note' holds markup and can only stand between tags");
	template_fails(&f, "<p title=\"{chart}\"/>",
		       "1:12 'chart' holds markup and can only stand between tags");
	template_fails(&f, "<p xmlns:u=\"x\"><u:block/></p>",
		       "1:16 <block> has a prefix; only attributes have the prefix u:");
	template_fails(&f, "<p u:attr-title=\"{who}\"/>", "1:18 a name or a value is missing here");
	fixture_end(&f);
}

/* Where nothing can be escaped, nothing is filled in. */
static void unsafe_places(void **state)
{
	struct fixture f;
	(void)state;
	fixture_begin(&f, "en", NULL);
	template_is(&f, "<p style=\"color: red\" onclick=\"f({})\"/>",
		    "<p style=\"color: red\" onclick=\"f({})\"></p>");
	template_fails(&f, "<p onclick=\"f('{who}')\"/>",
		       "1:16 'onclick' is code, in which values cannot be made safe; "
		       "write the value to a data- attribute");
	template_fails(&f, "<p style=\"color: {who}\"/>",
		       "1:18 'style' is code, in which values cannot be made safe; "
		       "write the value to a data- attribute");
	template_fails(&f, "<iframe srcdoc=\"{who}\"/>",
		       "1:17 'srcdoc' is code, in which values cannot be made safe; "
		       "write the value to a data- attribute");
	template_fails(&f, "<p u:attr-onclick=\"who\"/>",
		       "1:20 'onclick' is code, in which values cannot be made safe; "
		       "write the value to a data- attribute");
	template_fails(&f, "<script>var a = '{who}'</script>",
		       "1:9 nothing is filled in inside <script>, where it cannot be "
		       "made safe; write the value to a data- attribute");
	template_fails(&f, "<style>a { color: {t.red} }</style>",
		       "1:8 nothing is filled in inside <style>, where it cannot be "
		       "made safe; write the value to a data- attribute");
	template_fails(&f, "<script u:text=\"who\"/>",
		       "1:1 nothing is filled in inside <script>, where it cannot be made safe");
	template_fails(&f, "<script>a = '&lt;/script>'</script>",
		       "1:9 '</' and '<!--' cannot stand inside <script>; write "
		       "them as '<\\/' and '<\\!--'");
	template_fails(&f, "<a href=\"javascript:f('{who}')\"/>",
		       "1:10 an address with values in it begins with http, https, "
		       "mailto, tel or is relative");
	fixture_end(&f);
}

static void write_file(struct fixture *f, const char *name, const char *text)
{
	struct str path = str_format(&f->arena, "templates/%s", name);
	FILE *file = fopen(path.text, "w");
	assert_non_null(file);
	assert_int_equal(fputs(text, file) < 0, 0);
	assert_int_equal(fclose(file), 0);
}

static void parts(void **state)
{
	char folder[] = "/tmp/upfront-template-XXXXXX";
	struct fixture f;
	(void)state;
	assert_non_null(mkdtemp(folder));
	assert_int_equal(chdir(folder), 0);
	assert_int_equal(mkdir("templates", 0777) | mkdir("templates/parts", 0777), 0);
	fixture_begin(&f, "en", NULL);
	write_file(&f, "parts/name.html", "<!DOCTYPE html>\n<b class=\"x\">{m.name}</b>\n");
	write_file(&f, "parts/two.html",
		   "<div u:omit=\"\"><i/><i u:include=\"parts/who.html\"/></div>");
	write_file(&f, "parts/who.html", "<u>{who}</u>");
	write_file(&f, "parts/a.html", "<p><b u:include=\"parts/b.html\"/></p>");
	write_file(&f, "parts/b.html", "<p>\n  <b u:include=\"parts/a.html\"/></p>");
	write_file(&f, "parts/bad.html", "<p>\n{wo}</p>");
	write_file(&f, "page.html", "<p><b u:include=\"parts/two.html\" u:if=\"who\"/></p>");
	/* a part sees the names of the place where it stands */
	template_is(&f,
		    "<p><b u:each=\"m in methods\" u:include=\"parts/name.html\">sample</b></p>",
		    "<p><b class=\"x\">EMS &amp; co</b><b class=\"x\">Post</b></p>");
	fixture_is(fixture_run(&f, template_compile(f.compiler, "templates/page.html")),
		   "<p><i></i><u>seller</u></p>");
	template_fails(&f, "<p u:include=\"parts/a.html\"/>",
		       "2:17 a part includes itself: templates/parts/a.html > "
		       "templates/parts/b.html > templates/parts/a.html");
	template_fails(&f, "<p u:include=\"parts/bad.html\"/>",
		       "2:2 there is no 'wo' here; did you mean 'who'?");
	template_fails(&f, "<p u:include=\"parts/none.html\"/>",
		       "1:15 there is no file 'templates/parts/none.html'; u:include names a file "
		       "below 'templates/'");
	static const char *const outside[] = {
		"../page.html", "/etc/passwd", "parts/../../x", "parts//a", "", "a\\b", "./a"
	};
	for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
		char source[64];
		snprintf(source, sizeof source, "<p u:include=\"%s\"/>", outside[i]);
		template_fails(
			&f, source,
			"1:15 u:include names a file below 'templates/', as in parts/head.html");
	}
	template_fails(&f, "<p u:include=\"parts/who.html\" class=\"lost\"/>",
		       "1:38 this attribute of <p> would be lost: a part stands in place of the "
		       "whole element");
	fixture_forget(&f, "en");
	assert_null(template_compile(f.compiler, "templates/none.html"));
	fixture_is(fixture_errors(&f),
		   "0:0 cannot read 'templates/none.html': No such file or directory");
	fixture_end(&f);
	assert_int_equal(chdir("/"), 0);
	char command[128];
	snprintf(command, sizeof command, "rm -r %s", folder);
	assert_int_equal(system(command), 0);
}

static void limits(void **state)
{
	struct fixture f;
	struct buf text = BUF_INIT;
	(void)state;
	fixture_begin(&f, "en", NULL);
	for (int i = 0; i < 100000; i++)
		buf_byte(&text, '\n');
	struct str source = str_format(&f.arena, "<p>%.*s{wo}</p>", STR(buf_str(&text)));
	assert_null(template_parse(f.compiler, "templates/page.html", source));
	fixture_is(fixture_errors(&f), "100001:2 there is no 'wo' here; did you mean 'who'?");
	fixture_forget(&f, "en");
	buf_reset(&text);
	for (int i = 0; i < 300; i++)
		buf_add(&text, S("<p>"));
	assert_null(template_parse(f.compiler, "templates/page.html", buf_str(&text)));
	assert_int_equal(diag_errors(f.diag) > 0, 1);
	fixture_forget(&f, "en");
	memset(buf_grow(&text, 5 << 20), ' ', 5 << 20);
	text.len += 5 << 20;
	assert_null(template_parse(f.compiler, "templates/page.html", buf_str(&text)));
	fixture_is(fixture_errors(&f), "0:0 a template is at most 4 MiB");
	buf_release(&text);
	fixture_end(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_and_values),
		cmocka_unit_test(conditions),
		cmocka_unit_test(loops),
		cmocka_unit_test(dynamic_attributes),
		cmocka_unit_test(addresses),
		cmocka_unit_test(tags_left_out),
		cmocka_unit_test(texts_of_the_language),
		cmocka_unit_test(void_elements),
		cmocka_unit_test(raw_and_plain_elements),
		cmocka_unit_test(whole_pages),
		cmocka_unit_test(not_well_formed),
		cmocka_unit_test(doctypes),
		cmocka_unit_test(directive_faults),
		cmocka_unit_test(unsafe_places),
		cmocka_unit_test(parts),
		cmocka_unit_test(limits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
