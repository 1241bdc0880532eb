/* SPDX-License-Identifier: MIT */
#ifndef TESTS_UNIT_MARKET_FIXTURE_H
#define TESTS_UNIT_MARKET_FIXTURE_H

/*
 * fixture - a little shop with a profile of a few rules, or with the project's own.
 *
 *	struct stall stall;
 *	stall_open(&stall, "text,tags,p b\n" "text,map,strong=b\n");
 *	stall_lowers(&stall, "<p><strong>One</strong></p>", "<p><b>One</b></p>");
 *	stall_close(&stall);
 */

#include "unit/shop/little_shop.h"

#include "market/lower.h"

struct stall {
	struct little_shop little;
	struct markets *markets;
	const struct market_field *field; /* "text" of the market "stall" */
	struct market_lowered low;
};

static inline void stall_put(struct stall *stall, const char *name, const char *rows,
			     const char *each)
{
	struct buf table = BUF_INIT;
	char path[80], folder[160];
	snprintf(folder, sizeof folder, "%s/content/marketplaces", stall->little.folder);
	mkdir(folder, 0777);
	buf_add(&table, str_of(each[0] ? "field,rule,value,source,checked_on,confidence\n" :
					 "market,field,rule,value,category\n"));
	for (struct str rest = str_of(rows); rest.len;) {
		size_t end = str_index(rest, '\n');
		buf_addf(&table, "%.*s%s\n", STR(str_sub(rest, 0, end)), each);
		rest = str_sub(rest, end + 1, rest.len);
	}
	buf_byte(&table, 0);
	snprintf(path, sizeof path, "marketplaces/%s", name);
	little_put(&stall->little, path, table.text);
	buf_release(&table);
}

/* Loads what was put; the field is "text" of the market "stall". */
static inline void stall_load(struct stall *stall)
{
	const struct shop *shop = little_load(&stall->little);
	stall->markets = markets_new(&stall->little.arena, shop, stall->little.diag);
	const struct market *market = market_find(stall->markets, S("stall"));
	stall->field = market ? market_field_find(market, S("text"), S("")) : NULL;
}

static inline void stall_open(struct stall *stall, const char *rows)
{
	little_open(&stall->little);
	struct str all = str_format(&stall->little.arena, "text,placement,allowed\n%s", rows);
	stall_put(stall, "stall.csv", all.text, ",test,2026-11-22,V");
	stall_load(stall);
	little_says(&stall->little, "");
	assert_non_null(stall->field);
}

static inline void stall_close(struct stall *stall)
{
	little_close(&stall->little);
}

/* Lowers to exactly these bytes, and the checker agrees. */
static inline void stall_lowers(struct stall *stall, const char *html, const char *bytes)
{
	struct str why;
	if (!lower_unchecked(stall->field, str_of(html), &stall->little.arena, &stall->low))
		fail_msg("'%s' does not fit: %.*s", html, STR(stall->low.why));
	assert_string_equal(str_copy(&stall->little.arena, stall->low.bytes).text, bytes);
	if (!market_check(stall->field, stall->low.bytes, stall->low.language, &stall->little.arena,
			  &why))
		fail_msg("'%s' is refused: %.*s", bytes, STR(why));
}

/* Does not fit, for this reason. */
static inline void stall_fails(struct stall *stall, const char *html, const char *why)
{
	bool fits = market_lower(stall->field, str_of(html), &stall->little.arena, &stall->low);
	if (fits)
		fail_msg("'%s' fits as '%.*s'", html, STR(stall->low.bytes));
	assert_string_equal(str_copy(&stall->little.arena, stall->low.why).text, why);
	assert_int_equal(stall->low.bytes.len, 0);
}

/* The checker refuses these bytes, for this reason. */
static inline void stall_refuses(struct stall *stall, const char *bytes, const char *why)
{
	struct str said;
	assert_false(market_check(stall->field, str_of(bytes), S(""), &stall->little.arena, &said));
	assert_string_equal(str_copy(&stall->little.arena, said).text, why);
}

#endif
