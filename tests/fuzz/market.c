/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a listing text for any field of the project's profiles: lowering never crashes, and
 * what it gives is taken by the checker, has the count it says, and lacks no mandatory block. The
 * first byte chooses the field and whether the rest is HTML as it is, or is played on a keyboard
 * of tags and texts that gives well-formed HTML.
 */
#include "fuzz.h"

#include <stdio.h>
#include <string.h>

#include "market/lower.h"
#include "shop/shop.h"

static struct arena shop_arena;
static const struct market_field *fields[256];
static size_t field_count;

static void load(void)
{
	int32_t date;
	struct diag *diag = diag_new(".");
	arena_init(&shop_arena);
	date_of(2026, 11, 22, &date);
	const struct shop *shop = shop_load(&shop_arena, ".", date, diag);
	const struct markets *markets = markets_new(&shop_arena, shop, diag);
	assert(!diag_errors(diag));
	for (size_t i = 0; i < markets_count(markets); i++)
		for (size_t j = 0; j < market_at(markets, i)->field_count; j++)
			fields[field_count++] = &market_at(markets, i)->fields[j];
	assert(field_count > 40);
	diag_free(diag);
}

static const char *const tags[] = { "p",       "ul",      "ol",    "table", "h2",   "h3",
				    "strong",  "em",      "div",   "a",     "span", "dl",
				    "details", "section", "svg",   "b",     "i",    "u",
				    "p",       "ul",      "table", "script" };
static const char *const texts[] = {
	"Letter mail takes 9 days. ",
	"Write to a@b.example. ",
	"Call +49 30 123 4567. ",
	"&amp;",
	"&lt;",
	"\xE2\x82\xAC",
	"\xF0\x9F\x9A\x80",
	"\xE4\xBD\xA0\xE5\xA5\xBD",
	" ",
	"WhatsApp ",
	"https://shop.example/x ",
	"www.a.com",
	"\xE2\x80\x93",
	"free shipping",
	"0",
	"1",
	"@",
	".",
	"-",
	"+",
	"amp;",
	"//",
	"\xC3\xA4",
	"\"",
	"030 ",
	"555-",
	"z. B. ",
	"<br>",
	"<img src=\"https://i.alicdn.com/x.png\" alt=\"x\">",
	"A: b. ",
	"\xE3\x80\x82",
	"\xC2\xA0",
};
static const char *const blocks[] = { "fee", "customs", "faq", "method", "odds", "note" };
enum { TAGS = sizeof tags / sizeof *tags, TEXTS = sizeof texts / sizeof *texts };

static bool is_one_of(const char *tag, const char *a, const char *b)
{
	return !strcmp(tag, a) || !strcmp(tag, b);
}

/* What may stand right in `parent`: parts of lists and tables stand nowhere else. */
static const char *tag_in(const char *parent, unsigned key)
{
	if (is_one_of(parent, "ul", "ol"))
		return "li";
	if (is_one_of(parent, "table", "thead"))
		return key % 4 == 3 && !strcmp(parent, "table") ? "thead" : "tr";
	if (!strcmp(parent, "tr"))
		return key & 1 ? "td" : "th";
	if (!strcmp(parent, "dl"))
		return key & 1 ? "dd" : "dt";
	if (!strcmp(parent, "details") && key % 3)
		return "summary";
	return tags[key % TAGS];
}

static bool holds_text(const char *parent)
{
	static const char *const parts[] = { "ul", "ol", "table", "thead", "tr", "dl" };
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (!strcmp(parent, parts[i]))
			return false;
	return true;
}

/* Odd bytes are texts, even ones open a tag, 0xFE and 0xFF close one. */
static void play(struct buf *html, const uint8_t *keys, size_t count)
{
	const char *open[40];
	size_t depth = 0;
	for (size_t i = 0; i < count; i++) {
		uint8_t key = keys[i];
		if (key >= 0xE0) {
			if (depth)
				buf_addf(html, "</%s>", open[--depth]);
		} else if (key & 1 && (!depth || holds_text(open[depth - 1]))) {
			buf_add(html, str_of(texts[(key >> 1) % TEXTS]));
		} else if (depth < sizeof open / sizeof *open) {
			open[depth] = tag_in(depth ? open[depth - 1] : "", key >> 1);
			buf_addf(html, "<%s", open[depth++]);
			if (key & 0x80)
				buf_addf(html, " data-block=\"%s\"", blocks[i % 6]);
			buf_add(html, S(" href=\"https://aliexpress.com/a?b&amp;c\" class=\"x\">"));
		}
	}
	while (depth)
		buf_addf(html, "</%s>", open[--depth]);
}

static void check(const struct market_field *field, const struct market_lowered *low,
		  struct arena *arena)
{
	struct str why;
	int64_t limit = field->limit ? field->limit : field->working;
	if (!market_check(field, low->bytes, low->language, arena, &why)) {
		fprintf(stderr, "%.*s %.*s: %.*s\n%.*s\n", STR(field->market->id), STR(field->id),
			STR(why), STR(low->bytes));
		abort();
	}
	assert(low->count == market_count(field, low->bytes));
	assert(!limit || low->count <= limit);
	for (size_t i = 0; i < low->removal_count; i++)
		assert(low->removals[i].kind != MARKET_LOST_BLOCK || low->removals[i].in_summary ||
		       !words_have(&field->form->mandatory, low->removals[i].block));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena;
	struct market_lowered low, again;
	struct buf html = BUF_INIT;
	if (!field_count)
		load();
	if (size < 2)
		return 0;
	const struct market_field *field = fields[data[0] % field_count];
	if (data[1] & 1)
		buf_add(&html, fuzz_text(data + 2, size - 2));
	else
		play(&html, data + 2, size - 2);
	arena_init(&arena);
	if (lower_unchecked(field, buf_str(&html), &arena, &low)) {
		check(field, &low, &arena);
		assert(market_lower(field, buf_str(&html), &arena, &again));
		assert(str_equal(low.bytes, again.bytes));
	} else {
		assert(low.why.len && !low.bytes.len);
	}
	arena_release(&arena);
	buf_release(&html);
	return 0;
}
