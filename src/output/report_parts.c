/* SPDX-License-Identifier: MIT */
/* Tables, cells, bars: the few forms that the report is made of. */
#include "output/report_parts.h"

#include <string.h>

#include "program/program.h"

void html_text(struct buf *out, struct str text)
{
	escape_add(out, text, ESCAPE_ATTRIBUTE);
}

void html_head(struct buf *out, const struct shop *shop, const char *title)
{
	buf_add(out, S("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
		       "<meta name=\"viewport\" content=\"width=device-width, "
		       "initial-scale=1\"/>\n<title>"));
	buf_addf(out, "%s: ", title);
	html_text(out, shop->settings.name);
	buf_addf(out, "</title>\n<style>\n%s</style>\n</head>\n<body>\n", report_style);
}

void html_tile(struct buf *out, const char *name, int64_t number, const char *unit)
{
	buf_addf(out, "<div><dt>%s</dt><dd>%lld%s</dd></div>\n", name, (long long)number, unit);
}

void section_open(struct report *r, const char *id, const char *title, const char *lead)
{
	buf_addf(&r->body, "<section id=\"%s\">\n<h2>%s</h2>\n<p>%s</p>\n", id, title, lead);
}

void section_close(struct report *r)
{
	buf_add(&r->body, S("</section>\n"));
}

void notice_open(struct report *r, const char *id)
{
	r->notice_count++;
	buf_addf(&r->notices, "<li><a href=\"#%s\">", id);
}

void notice_close(struct report *r)
{
	buf_add(&r->notices, S("</a></li>\n"));
}

void html_table(struct buf *out, const char *caption, const char *heads)
{
	buf_addf(out,
		 "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"%s\">"
		 "<table>\n<caption>%s</caption>\n<thead><tr>",
		 caption, caption);
	for (;;) {
		size_t len = strcspn(heads, "|");
		bool number = *heads == '#';
		if (len == 0)
			buf_add(out, S("<td></td>"));
		else
			buf_addf(out, "<th scope=\"col\"%s>%.*s</th>", number ? " class=\"n\"" : "",
				 (int)len - number, heads + number);
		if (!heads[len])
			break;
		heads += len + 1;
	}
	buf_add(out, S("</tr></thead>\n<tbody>\n"));
}

void html_table_end(struct buf *out)
{
	buf_add(out, S("</tbody></table></div>\n"));
}

void row_close(struct buf *out)
{
	buf_add(out, S("</tr>\n"));
}

void cell_head(struct buf *out, struct str text)
{
	buf_add(out, S("<tr><th scope=\"row\">"));
	html_text(out, text);
	buf_add(out, S("</th>"));
}

void cell_text(struct buf *out, struct str text)
{
	buf_add(out, S("<td>"));
	html_text(out, text);
	buf_add(out, S("</td>"));
}

void cell_number(struct buf *out, int64_t number)
{
	buf_addf(out, "<td class=\"n\">%lld</td>", (long long)number);
}

void cell_tenths(struct buf *out, double number, const char *unit)
{
	int64_t tenths = (int64_t)(number * 10 + (number < 0 ? -0.5 : 0.5));
	buf_addf(out, "<td class=\"n\">%s%lld.%lld%s</td>", tenths < 0 ? "−" : "",
		 (long long)(tenths < 0 ? -tenths : tenths) / 10,
		 (long long)(tenths < 0 ? -tenths : tenths) % 10, unit);
}

void cell_days(struct buf *out, int days)
{
	if (days < 0)
		cell_dash(out);
	else
		cell_number(out, days);
}

void cell_date(struct buf *out, int32_t date)
{
	if (date == DATE_NONE) {
		buf_add(out, S("<td>not known</td>"));
		return;
	}
	buf_add(out, S("<td class=\"date\">"));
	date_add(out, date);
	buf_add(out, S("</td>"));
}

void cell_picture(struct buf *out, struct str svg)
{
	buf_addf(out, "<td class=\"picture\">%.*s</td>", STR(svg));
}

void cell_dash(struct buf *out)
{
	buf_add(out, S("<td class=\"n\">–</td>"));
}

void cell_bar(struct buf *out, int64_t thousandths, bool limit)
{
	int64_t shown = thousandths < 0 ? 0 : thousandths > 1000 ? 1000 : thousandths;
	buf_addf(out,
		 "<td class=\"meter\"><svg class=\"bar\" width=\"100%%\" height=\"10\" "
		 "aria-hidden=\"true\">"
		 "<rect width=\"%d.%d%%\" height=\"10\"/>%s</svg></td>",
		 (int)shown / 10, (int)shown % 10,
		 limit ? "<line class=\"axis\" x1=\"50%\" x2=\"50%\" y1=\"-4\" y2=\"14\" "
			 "stroke=\"currentColor\"/>"
		       : "");
}
