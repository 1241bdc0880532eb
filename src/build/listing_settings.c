/* SPDX-License-Identifier: MIT */
/*
 * In: what a product's listings say in their own fields (settings.csv), and what their texts say. Out: where the two differ, as far
 * as the marketplace's profile wants them to agree, and where two marketplaces show different things.
 */
#include "build/listings.h"

#include "base/hash.h"

static const struct market *market_of(const struct work *work, const struct listing_setting *row)
{
	return work->listings ? market_find(work->listings->markets, row->marketplace) : NULL;
}

static bool must_agree(const struct work *work, const struct listing_setting *row,
		       enum market_agreement what)
{
	const struct market *market = market_of(work, row);
	return !market || market->agrees & what;
}

/* "make them agree", and which rule says so, where one was read. */
static struct str way_out(const struct work *work, const struct listing_setting *row, struct arena *arena)
{
	const struct market *market = market_of(work, row);
	const struct market_rule *rule = market ? market->agrees_by : NULL;
	if (!rule || !rule->source.len)
		return S("make them agree");
	return str_format(arena, "make them agree, as %.*s asks (%.*s)", STR(market->name),
			  STR(rule->source));
}

static void check_handling(struct work *work, const struct listing_setting *row,
			   const struct product *product, struct str end)
{
	const struct handling *handling = product->handling;
	if (row->handling_days < 0 || !handling || handling->days_max <= row->handling_days ||
	    !must_agree(work, row, MARKET_HANDLING))
		return;
	diag_warning(work->diag, row->handling_pos,
		     "%.*s shows handling_days %d, and the text of '%.*s' says up to %d "
		     "(profile '%.*s' in content/handling.csv); %.*s",
		     STR(row->marketplace), row->handling_days, STR(product->id), handling->days_max,
		     STR(handling->profile), STR(end));
}

static void check_returns(struct work *work, const struct listing_setting *row,
			  const struct product *product, struct str end)
{
	int days = work->shop->settings.returns_days;
	if (row->returns_days < 0 || days < 0 || days == row->returns_days ||
	    !must_agree(work, row, MARKET_RETURNS))
		return;
	diag_warning(work->diag, row->returns_pos,
		     "%.*s shows returns_days %d for '%.*s', and content/shop.csv says %d; %.*s",
		     STR(row->marketplace), row->returns_days, STR(product->id), days, STR(end));
}

static void check_price(struct work *work, const struct listing_setting *row,
			const struct product *product, struct str end)
{
	if (!row->price.currency.code[0] || !currency_equal(row->price.currency, product->price.currency) ||
	    decimal_compare(row->price.amount, product->price.amount) == 0 ||
	    !must_agree(work, row, MARKET_PRICE))
		return;
	struct buf theirs = BUF_INIT, ours = BUF_INIT;
	money_show(&theirs, row->price);
	money_show(&ours, product->price);
	diag_warning(work->diag, row->price_pos,
		     "'%.*s' costs %.*s there and %.*s in content/products.csv, from which import "
		     "charges are worked out; %.*s",
		     STR(product->id), STR(buf_str(&theirs)), STR(buf_str(&ours)), STR(end));
	buf_release(&theirs);
	buf_release(&ours);
}

/* The service that all of the product's texts on the marketplace speak of; NULL when there is none, or several. */
static const struct service *spoken_of(const struct work *work, const struct listing_setting *row,
				       const struct spoken *spoken, size_t count)
{
	const struct market *market = market_of(work, row);
	const struct service *service = NULL;
	for (size_t i = 0; i < count; i++) {
		if (!market || spoken[i].market != market || !spoken[i].service)
			continue;
		if (service && service != spoken[i].service)
			return NULL;
		service = spoken[i].service;
	}
	return service;
}

static void check_service(struct work *work, const struct listing_setting *row,
			  const struct product *product, const struct service *spoken, struct str end)
{
	const struct service *service =
		row->service.len ? shop_service(work->shop, row->service) : NULL;
	if (!service || !must_agree(work, row, MARKET_SERVICE))
		return;
	if (!(product->services >> service->index & 1))
		diag_warning(work->diag, row->service_pos,
			     "the listing offers '%.*s', which 'services' of '%.*s' in content/products.csv "
			     "leaves out",
			     STR(row->service), STR(product->id));
	else if (spoken && spoken != service)
		diag_warning(work->diag, row->service_pos,
			     "the listing offers '%.*s', and the text of '%.*s' speaks of '%.*s'; %.*s",
			     STR(row->service), STR(product->id), STR(spoken->id), STR(end));
}

/* Two marketplaces that show different things for one product. */
static void check_pair(struct work *work, const struct listing_setting *a,
		       const struct listing_setting *b)
{
	if (a->handling_days >= 0 && b->handling_days >= 0 && a->handling_days != b->handling_days)
		diag_warning(work->diag, b->handling_pos,
			     "handling_days of '%.*s' is %d on %.*s and %d on %.*s (line %u); buyers compare",
			     STR(b->id), b->handling_days, STR(b->marketplace), a->handling_days,
			     STR(a->marketplace), a->pos.line);
	if (a->service.len && b->service.len && !str_equal(a->service, b->service))
		diag_warning(work->diag, b->service_pos,
			     "'%.*s' goes by '%.*s' on %.*s and by '%.*s' on %.*s (line %u)", STR(b->id),
			     STR(b->service), STR(b->marketplace), STR(a->service), STR(a->marketplace),
			     a->pos.line);
}

void settings_check(struct work *work, const struct product *product, const struct spoken *spoken,
		    size_t spoken_count)
{
	size_t count;
	const struct listing_setting *rows =
		shop_listing_settings(work->shop, hash_str(product->id, 0), &count);
	struct arena scratch;
	if (!count)
		return;
	arena_init(&scratch);
	for (size_t i = 0; i < count; i++) {
		struct str end = way_out(work, &rows[i], &scratch);
		check_handling(work, &rows[i], product, end);
		check_returns(work, &rows[i], product, end);
		check_price(work, &rows[i], product, end);
		check_service(work, &rows[i], product, spoken_of(work, &rows[i], spoken, spoken_count), end);
		if (i)
			check_pair(work, &rows[0], &rows[i]);
	}
	arena_release(&scratch);
}
