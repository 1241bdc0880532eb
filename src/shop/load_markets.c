/* SPDX-License-Identifier: MIT */
/*
 * marketplaces/ID.csv and marketplaces/local.csv in: what each marketplace allows, as typed.
 * Which rules there are and what their values mean is known to market/ alone, so a row is kept
 * with the places of all of its cells.
 */
#include "shop/load.h"

#include <errno.h>
#include <string.h>

#include "base/file.h"

static const char folder[] = "content/marketplaces";

struct market_columns {
	struct column market, field, rule, value, category, confidence;
};

static void keep_row(struct loading *loading, const struct market_row *row)
{
	struct shop *shop = loading->shop;
	shop->market_rows =
		arena_push(loading->arena, shop->market_rows, &shop->market_row_count, sizeof *row);
	shop->market_rows[shop->market_row_count - 1] = *row;
}

static struct market_row read_row(struct reader *r, const struct market_columns *c)
{
	return (struct market_row){
		.market = read_text(r, c->market),
		.field = read_text(r, c->field),
		.rule = read_text(r, c->rule),
		.value = read_text(r, c->value),
		.category = read_text(r, c->category),
		.source = read_text(r, r->sheet->source),
		.confidence = read_text(r, c->confidence),
		.checked_on = read_date(r, r->sheet->checked_on),
		.market_pos = read_pos(r, c->market),
		.field_pos = read_pos(r, c->field),
		.rule_pos = read_pos(r, c->rule),
		.value_pos = read_pos(r, c->value),
		.confidence_pos = read_pos(r, c->confidence),
	};
}

/* A profile's rows name no marketplace, since their file does; a seller's own rows name theirs. */
static void load_rows(struct loading *loading, const char *path, struct str market)
{
	struct sheet sheet;
	struct market_columns c = { 0 };
	struct reader r;
	load_sheet(loading, &sheet, path);
	c.market = market.len ? (struct column){ "market", -1, 0 }
			      : sheet_column(&sheet, "market", NEEDED);
	c.field = sheet_column(&sheet, "field", NEEDED);
	c.rule = sheet_column(&sheet, "rule", NEEDED);
	c.value = sheet_column(&sheet, "value", PRESENT);
	c.category = market.len ? (struct column){ "category", -1, 0 }
				: sheet_column(&sheet, "category", 0);
	c.confidence = sheet_column(&sheet, "confidence", market.len ? PRESENT : 0);
	bool begun = sheet_begin(&sheet);
	while (begun && sheet_next(&sheet, loading->arena, &r)) {
		struct market_row row = read_row(&r, &c);
		row.own = !market.len;
		if (market.len)
			row.market = market;
		if (!r.bad && r.holds)
			keep_row(loading, &row);
	}
	sheet_close(&sheet);
}

void load_markets(struct loading *loading)
{
	struct str *names, local = S("local.csv");
	size_t count;
	bool has_local = false;
	struct str path = str_format(loading->arena, "%s/%s", loading->shop->folder, folder);
	if (file_list(loading->arena, path.text, &names, &count) < 0) {
		diag_error(loading->diag, (struct pos){ folder, 0, 0 },
			   "cannot read the folder: %s", strerror(errno));
		return;
	}
	for (size_t i = 0; i < count; i++) {
		if (names[i].text[0] == '.' || !str_ends(names[i], ".csv"))
			continue;
		has_local |= str_equal(names[i], local);
		if (!str_equal(names[i], local))
			load_rows(loading,
				  str_format(loading->arena, "%s/%.*s", folder, STR(names[i])).text,
				  str_sub(names[i], 0, names[i].len - 4));
	}
	if (has_local)
		load_rows(loading, "content/marketplaces/local.csv", S(""));
}
