/* SPDX-License-Identifier: MIT */
/*
 * claims.csv in: what the shop may say of itself, and since when. A claim is said only while a row
 * of it holds; rows that hold no longer are kept behind, so that a text which still says it is found.
 */
#include "shop/load.h"

struct claim_columns {
	struct column claim, since, until;
	struct text_columns says;
};

static void read_claim(struct loading *loading, struct reader *r, const struct claim_columns *c,
		       bool *holds, struct claim *claim)
{
	struct shop *shop = loading->shop;
	int32_t since = read_date(r, c->since), until = read_date(r, c->until);
	*claim = (struct claim){ .name = read_text(r, c->claim), .pos = read_pos(r, c->claim) };
	claim->says = read_translated(r, &c->says);
	claim->source = read_text(r, r->sheet->source);
	if (since == DATE_NONE && !r->bad)
		read_fault(r, c->since, "the day since which '%s' is true is missing; write it, or "
			   "take the row out", shown(claim->name).text);
	*holds = since != DATE_NONE && since <= shop->date &&
		 (until == DATE_NONE || until >= shop->date);
}

void load_claims(struct loading *loading)
{
	struct shop *shop = loading->shop;
	struct sheet sheet;
	struct claim_columns c;
	struct claim *past = NULL;
	size_t past_count = 0;
	load_sheet(loading, &sheet, "content/claims.csv");
	c.claim = sheet_column(&sheet, "claim", NEEDED);
	c.since = sheet_column(&sheet, "since", PRESENT | DATE);
	c.until = sheet_column(&sheet, "until", DATE);
	c.says = sheet_text(&sheet, shop, "says", 0);
	struct reader r;
	bool begun = sheet_begin(&sheet);
	while (begun && sheet_next(&sheet, loading->arena, &r)) {
		struct claim claim;
		bool holds;
		read_claim(loading, &r, &c, &holds, &claim);
		if (r.bad)
			continue;
		struct claim **list = holds && r.holds ? &shop->claims : &past;
		size_t *count = holds && r.holds ? &shop->claims_held : &past_count;
		*list = arena_push(loading->arena, *list, count, sizeof claim);
		(*list)[*count - 1] = claim;
	}
	sheet_close(&sheet);
	shop->claim_count = shop->claims_held;
	for (size_t i = 0; i < past_count; i++) {
		shop->claims = arena_push(loading->arena, shop->claims, &shop->claim_count,
					  sizeof *past);
		shop->claims[shop->claim_count - 1] = past[i];
	}
}
