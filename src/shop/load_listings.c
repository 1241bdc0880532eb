/* SPDX-License-Identifier: MIT */
/*
 * listings.csv and settings.csv in: which product stands where, and what its structured fields say there.
 * There may be a hundred thousand rows and more, so a row keeps little, and words that many rows share are kept once.
 */
#include "shop/load.h"

#include <stdlib.h>

#include "base/hash.h"

static const char listings_csv[] = "content/listings.csv";

struct listing_columns {
	struct column id, marketplace, language, listing, category, site, to;
};

/* Rows under way; `words` keeps each site and category once. */
struct listing_rows {
	struct loading *loading;
	struct map words, markets;
};

static struct str keep_word(struct listing_rows *rows, struct str word)
{
	if (!word.len)
		return S("");
	const struct str *known = map_find(&rows->words, word);
	if (known)
		return *known;
	struct str *kept = arena_new(rows->loading->arena, sizeof *kept);
	*kept = str_copy(rows->loading->arena, word);
	*map_put(&rows->words, *kept) = kept;
	return *kept;
}

/* The marketplace's place in the shop's list, plus 1. */
static size_t market_of(struct listing_rows *rows, struct reader *r, struct column column)
{
	struct shop *shop = rows->loading->shop;
	struct str id = read_text(r, column);
	size_t known = (uintptr_t)map_find(&rows->markets, id);
	if (known || !id.len)
		return known;
	if (shop->listing_market_count == UINT16_MAX) {
		read_fault(r, column, "'%s' is one marketplace too many", shown(id).text);
		return 0;
	}
	id = str_copy(rows->loading->arena, id);
	shop->listing_markets = arena_push(rows->loading->arena, shop->listing_markets,
					   &shop->listing_market_count, sizeof *shop->listing_markets);
	shop->listing_markets[shop->listing_market_count - 1] =
		(struct listing_market){ id, read_pos(r, column) };
	*map_put(&rows->markets, id) = (void *)(uintptr_t)shop->listing_market_count;
	return shop->listing_market_count;
}

/* The language of an edition of the shop, whose texts the listing takes. */
static uint16_t language_of(const struct shop *shop, struct reader *r, struct column column)
{
	struct str tag = read_text(r, column);
	struct str tags[64];
	size_t count = shop->language_count < 64 ? shop->language_count : 64;
	for (size_t i = 0; i < shop->language_count; i++)
		if (str_equal_fold(shop->languages[i].tag, tag))
			return (uint16_t)i;
	for (size_t i = 0; i < count; i++)
		tags[i] = shop->languages[i].tag;
	struct str near = str_nearest(tag, tags, count);
	if (tag.len && near.len)
		read_fault(r, column,
			   "the shop has no texts in '%s'; write '%s', or add it to languages in "
			   "content/shop.csv with its texts",
			   shown(tag).text, shown(near).text);
	else if (tag.len)
		read_fault(r, column,
			   "the shop has no texts in '%s'; add it to languages in content/shop.csv "
			   "and write content/text/%s.csv, or take the row out",
			   shown(tag).text, shown(tag).text);
	return 0;
}

static void read_listing(struct listing_rows *rows, struct reader *r, const struct listing_columns *c)
{
	struct shop *shop = rows->loading->shop;
	struct listing listing = { .language = language_of(shop, r, c->language) };
	size_t market = market_of(rows, r, c->marketplace);
	struct str id = read_id(r, c->id), number = read_id(r, c->listing);
	listing.to = read_place(r, c->to, (struct place){ "" });
	if (r->bad || !r->holds || !market)
		return;
	const struct listing *before =
		shop->listing_count ? &shop->listings[shop->listing_count - 1] : NULL;
	listing.id = before && str_equal(before->id, id) ? before->id :
							   str_copy(rows->loading->arena, id);
	listing.id_hash = hash_str(id, 0);
	listing.market = (uint16_t)(market - 1);
	listing.site = keep_word(rows, read_text(r, c->site));
	listing.number = number.len ? str_copy(rows->loading->arena, number) : S("");
	listing.category = keep_word(rows, read_text(r, c->category));
	listing.line = read_pos(r, c->id).line;
	listing.column = read_pos(r, c->id).column;
	shop->listings = arena_push(rows->loading->arena, shop->listings, &shop->listing_count,
				    sizeof listing);
	shop->listings[shop->listing_count - 1] = listing;
}

static int by_product(const void *left, const void *right)
{
	const struct listing *a = left, *b = right;
	if (a->id_hash != b->id_hash)
		return a->id_hash < b->id_hash ? -1 : 1;
	return a->line < b->line ? -1 : a->line > b->line;
}

static bool same_listing(const struct listing *a, const struct listing *b)
{
	return a->market == b->market && a->language == b->language &&
	       str_equal_fold(a->site, b->site) && place_equal(a->to, b->to) &&
	       str_equal(a->number, b->number);
}

/* Two rows that nothing tells apart would be one text at one place. */
static void report_doubles(const struct loading *loading)
{
	const struct shop *shop = loading->shop;
	for (size_t i = 1; i < shop->listing_count; i++) {
		const struct listing *listing = &shop->listings[i];
		for (size_t j = i; j-- && shop->listings[j].id_hash == listing->id_hash;)
			if (same_listing(listing, &shop->listings[j])) {
				diag_error(loading->diag, listing_pos(listing),
					   "this listing stands twice, first on line %u; take one out, or "
					   "tell them apart by site or listing number",
					   shop->listings[j].line);
				break;
			}
	}
}

void load_listings(struct loading *loading)
{
	struct shop *shop = loading->shop;
	struct sheet sheet;
	struct listing_columns c;
	struct listing_rows rows = { .loading = loading };
	struct arena scratch;
	rows.words.arena = rows.markets.arena = loading->arena;
	load_sheet(loading, &sheet, listings_csv);
	c.id = sheet_column(&sheet, "id", NEEDED);
	c.marketplace = sheet_column(&sheet, "marketplace", NEEDED);
	c.language = sheet_column(&sheet, "language", NEEDED);
	c.listing = sheet_column(&sheet, "listing", 0);
	c.category = sheet_column(&sheet, "category", 0);
	c.site = sheet_column(&sheet, "site", 0);
	c.to = sheet_column(&sheet, "to", 0);
	arena_init(&scratch);
	struct reader r;
	bool begun = sheet_begin(&sheet);
	while (begun && sheet_next(&sheet, &scratch, &r)) {
		read_listing(&rows, &r, &c);
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	sheet_close(&sheet);
	if (shop->listing_count)
		qsort(shop->listings, shop->listing_count, sizeof *shop->listings, by_product);
	report_doubles(loading);
}

struct pos listing_pos(const struct listing *listing)
{
	return (struct pos){ listings_csv, listing->line, listing->column };
}

static int by_product_setting(const void *left, const void *right)
{
	const struct listing_setting *a = left, *b = right;
	if (a->id_hash != b->id_hash)
		return a->id_hash < b->id_hash ? -1 : 1;
	return a->pos.line < b->pos.line ? -1 : a->pos.line > b->pos.line;
}

void load_listing_settings(struct loading *loading)
{
	struct shop *shop = loading->shop;
	struct sheet sheet;
	struct arena scratch;
	load_sheet(loading, &sheet, "content/settings.csv");
	struct column id = sheet_column(&sheet, "id", NEEDED);
	struct column marketplace = sheet_column(&sheet, "marketplace", NEEDED);
	struct column handling_days = sheet_column(&sheet, "handling_days", 0);
	struct column returns_days = sheet_column(&sheet, "returns_days", 0);
	struct column service = sheet_column(&sheet, "service", 0);
	struct column price = sheet_column(&sheet, "price", NUMBER);
	struct reader r;
	arena_init(&scratch);
	bool begun = sheet_begin(&sheet);
	while (begun && sheet_next(&sheet, &scratch, &r)) {
		struct listing_setting row = { .pos = read_pos(&r, id),
					       .handling_pos = read_pos(&r, handling_days),
					       .returns_pos = read_pos(&r, returns_days),
					       .service_pos = read_pos(&r, service),
					       .price_pos = read_pos(&r, price) };
		row.id = str_copy(loading->arena, read_id(&r, id));
		row.id_hash = hash_str(row.id, 0);
		row.marketplace = str_copy(loading->arena, read_text(&r, marketplace));
		row.handling_days = read_int(&r, handling_days, 0, 365, -1);
		row.returns_days = read_int(&r, returns_days, 0, 365, -1);
		row.service = str_copy(loading->arena, read_text(&r, service));
		row.price = read_money(&r, price, shop->settings.currency);
		if (row.service.len)
			load_knows_service(shop, &r, service, row.service);
		if (!r.bad && r.holds) {
			shop->listing_settings =
				arena_push(loading->arena, shop->listing_settings,
					   &shop->listing_setting_count, sizeof row);
			shop->listing_settings[shop->listing_setting_count - 1] = row;
		}
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	sheet_close(&sheet);
	if (shop->listing_setting_count)
		qsort(shop->listing_settings, shop->listing_setting_count,
		      sizeof *shop->listing_settings, by_product_setting);
}

const struct listing *shop_listings(const struct shop *shop, uint64_t id_hash, size_t *count)
{
	size_t low = 0, high = shop->listing_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (shop->listings[middle].id_hash < id_hash)
			low = middle + 1;
		else
			high = middle;
	}
	for (*count = 0; low + *count < shop->listing_count &&
			 shop->listings[low + *count].id_hash == id_hash;)
		++*count;
	return *count ? &shop->listings[low] : NULL;
}

const struct listing_setting *shop_listing_settings(const struct shop *shop, uint64_t id_hash,
						    size_t *count)
{
	size_t low = 0, high = shop->listing_setting_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (shop->listing_settings[middle].id_hash < id_hash)
			low = middle + 1;
		else
			high = middle;
	}
	for (*count = 0; low + *count < shop->listing_setting_count &&
			 shop->listing_settings[low + *count].id_hash == id_hash;)
		++*count;
	return *count ? &shop->listing_settings[low] : NULL;
}
