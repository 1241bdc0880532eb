/* SPDX-License-Identifier: MIT */
/* In: listings with their texts. Out: a page and scripts that hand it the listings as JSON. */
#include "output/desk.h"

#include <string.h>

#include "program/program.h"
#include "shop/date.h"

static const char STYLE[] = "<link rel=\"stylesheet\" href=\"desk.css\"/>";
static const char SCRIPT[] = "<script src=\"desk.js\"></script>";

static size_t find(struct str text, const char *part)
{
	const char *at = text.len ? memmem(text.text, text.len, part, strlen(part)) : NULL;
	return at ? (size_t)(at - text.text) : text.len;
}

bool desk_page(struct buf *out, struct str html, struct str css, struct str script)
{
	size_t style_at = find(html, STYLE), script_at = find(html, SCRIPT);
	if (style_at == html.len || script_at == html.len || script_at < style_at)
		return false;
	buf_add(out, str_sub(html, 0, style_at));
	buf_add(out, S("<style>\n"));
	buf_add(out, css);
	buf_add(out, S("</style>"));
	style_at += sizeof STYLE - 1;
	buf_add(out, str_sub(html, style_at, script_at - style_at));
	buf_add(out, S("<script>\n"));
	buf_add(out, script);
	buf_add(out, S("</script>"));
	buf_add(out, str_sub(html, script_at + sizeof SCRIPT - 1, html.len));
	return true;
}

static void text(struct buf *out, struct str value)
{
	buf_byte(out, '"');
	escape_add(out, value, ESCAPE_JSON);
	buf_byte(out, '"');
}

static void member(struct buf *out, const char *name, struct str value)
{
	if (!value.len)
		return;
	buf_addf(out, ",\"%s\":", name);
	text(out, value);
}

static void date(struct buf *out, const char *name, int32_t day)
{
	struct buf digits = BUF_INIT;
	if (day != DATE_NONE) {
		date_add(&digits, day);
		member(out, name, buf_str(&digits));
	}
	buf_release(&digits);
}

static void list_item(struct buf *out, const struct desk_item *item)
{
	buf_add(out, S("{\"id\":"));
	text(out, item->id);
	member(out, "title", item->title);
	member(out, "marketplace", item->marketplace);
	member(out, "site", item->site);
	member(out, "language", item->language);
	member(out, "field", item->field);
	member(out, "listing", item->listing);
	member(out, "path", item->path);
	member(out, "text", item->text);
	member(out, "state", str_of(item->state));
	member(out, "reason", item->reason);
	date(out, "pasted", item->pasted);
	buf_addf(out, ",\"count\":%u,\"limit\":%u", item->count, item->limit);
	member(out, "unit", item->unit);
	member(out, "left_out", item->left_out);
	member(out, "withheld", item->withheld);
	member(out, "instead", item->instead);
	buf_byte(out, '}');
}

void desk_list(struct buf *out, const struct desk_about *about, const struct desk_item *items,
	       size_t count)
{
	buf_add(out, S("desk.list({\"shop\":"));
	text(out, about->shop);
	member(out, "url", about->url);
	date(out, "date", about->date);
	buf_addf(out, ",\"all\":%zu,\"chunk\":%d,\"items\":[", about->all, DESK_CHUNK);
	for (size_t i = 0; i < count; i++) {
		buf_add(out, i ? S(",\n") : S("\n"));
		list_item(out, &items[i]);
	}
	buf_add(out, S("\n]});\n"));
}

static void chunk_item(struct buf *out, const struct desk_item *item)
{
	buf_add(out, S("{\"bytes\":"));
	text(out, item->bytes);
	buf_add(out, S(",\"values\":["));
	for (size_t i = 0; i < item->value_count; i++) {
		const struct desk_value *value = &item->values[i];
		buf_add(out, i ? S(",[") : S("["));
		text(out, value->name);
		buf_byte(out, ',');
		text(out, value->before);
		buf_byte(out, ',');
		text(out, value->now);
		buf_byte(out, ',');
		text(out, value->place);
		buf_byte(out, ']');
	}
	buf_add(out, S("],\"difference\":["));
	for (size_t i = 0; i < item->stretch_count; i++) {
		buf_addf(out, "%s[\"%c\",", i ? "," : "", item->stretches[i].kind);
		text(out, item->stretches[i].text);
		buf_byte(out, ']');
	}
	buf_add(out, S("]}"));
}

void desk_chunk(struct buf *out, size_t number, const struct desk_item *items, size_t count)
{
	buf_addf(out, "desk.chunk(%zu,[", number);
	for (size_t i = 0; i < count; i++) {
		buf_add(out, i ? S(",\n") : S("\n"));
		chunk_item(out, &items[i]);
	}
	buf_add(out, S("\n]);\n"));
}
