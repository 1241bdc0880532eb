/* SPDX-License-Identifier: MIT */
/*
 * In: the last manifest. Out: the pieces of the catalog whose listings are what they were, with their files kept. All that a
 * snippet hangs on is the product's row, its address and what all products share.
 */
#include <stdlib.h>

#include "build/listings.h"

bool product_is_listed(const struct work *work, size_t product, const struct listing **all,
		       size_t *count)
{
	*all = shop_listings(work->shop, work->slugs.entries[product].id_hash, count);
	return *count > 0;
}

size_t listing_unit_end(const struct work *work, size_t unit)
{
	size_t end = (unit + 1) * LISTING_UNIT;
	return end < work->product_count ? end : work->product_count;
}

/* Does the product stand where it stood, as it was, at the address it had? */
static bool same_product(const struct work *work, size_t product, struct buf *slug)
{
	const struct product_state *state = &work->products[product];
	const struct manifest *last = work->last;
	buf_reset(slug);
	slugs_show(&work->slugs, product, slug);
	return state->old == product && state->row_hash &&
	       last->products[product].row_hash == state->row_hash &&
	       str_equal(manifest_slug(last, product), buf_str(slug));
}

/* How many products of the piece were listed in the last catalog. */
static size_t listed_before(const struct work *work, size_t unit)
{
	const struct manifest *last = work->last;
	size_t listed = 0, end = (unit + 1) * LISTING_UNIT;
	for (size_t i = unit * LISTING_UNIT; i < end && i < last->product_count; i++) {
		size_t count;
		shop_listings(work->shop, last->products[i].id_hash, &count);
		listed += count > 0;
	}
	return listed;
}

/* What one piece is compared with. */
struct keeping {
	struct work *work;
	struct bulk_files bulks;
	struct buf slug, folder, name;
};

static bool keep_listing(struct keeping *k, const struct listing *all, size_t count,
			 const struct listing *listing)
{
	struct work *work = k->work;
	const struct market *market = listing_market(work, listing);
	size_t destination;
	if (!market || !listing_destination(work, listing, &destination))
		return false;
	bulk_files_name(&k->bulks, market, listing);
	for (size_t i = 0; i < market->field_count; i++) {
		if (!field_is_listed(&market->fields[i]))
			continue;
		const struct market_field *field =
			market_field_find(market, market->fields[i].id, listing->category);
		buf_reset(&k->folder);
		buf_reset(&k->name);
		listing_folder(&k->folder, work, market, listing->language);
		listing_name(&k->name, all, count, listing, buf_str(&k->slug), field);
		buf_byte(&k->folder, 0);
		k->folder.len--;
		if (market_emits(field) &&
		    !publisher_keep(work->publisher, k->folder.text, buf_str(&k->name)))
			return false;
		buf_addf(&k->folder, "/%.*s", STR(buf_str(&k->name)));
		if (!pasting_keep(work->pasting, buf_str(&k->folder)))
			return false;
	}
	return true;
}

static bool keep_unit(struct keeping *k, size_t unit)
{
	const struct work *work = k->work;
	size_t end = listing_unit_end(work, unit), listed = 0;
	for (size_t i = unit * LISTING_UNIT; i < end; i++) {
		const struct listing *all;
		size_t count;
		if (!product_is_listed(work, i, &all, &count))
			continue;
		listed++;
		if (!same_product(work, i, &k->slug))
			return false;
		for (size_t j = 0; j < count; j++)
			if (!keep_listing(k, all, count, &all[j]))
				return false;
	}
	return listed == listed_before(work, unit);
}

static size_t units_of(size_t products)
{
	return products ? (products - 1) / LISTING_UNIT + 1 : 0;
}

bool listings_find_clean(struct work *work)
{
	struct listings *l = work->listings;
	struct keeping k = { .work = work };
	size_t clean = 0;
	l->clean = calloc(l->units + 1, sizeof *l->clean);
	if (!l->clean)
		arena_exhausted();
	bool comparable = work->same_context && !work->options->only.len &&
			  units_of(work->last->product_count) == l->units;
	for (size_t i = 0; comparable && i < l->units; i++) {
		l->clean[i] = keep_unit(&k, i) && bulk_files_keep(&k.bulks, work, i);
		bulk_files_drop(&k.bulks);
		clean += l->clean[i];
	}
	bulk_files_release(&k.bulks);
	buf_release(&k.slug);
	buf_release(&k.folder);
	buf_release(&k.name);
	bool all = comparable && clean == l->units &&
		   (!l->coverage || publisher_keep(work->publisher, "report", S("coverage.csv")));
	/* the report of coverage is about all listings, so it asks for all of them again */
	for (size_t i = 0; !all && l->coverage && i < l->units; i++)
		l->clean[i] = false;
	return all;
}
