/* SPDX-License-Identifier: MIT */
/*
 * In: the shop's listings and the profiles of marketplaces. Out: who lives where, and one listing at a time made into
 * snippets.
 */
#include "build/listings.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

const struct market *listing_market(const struct work *work, const struct listing *listing)
{
	return work->listings->of[listing->market];
}

static size_t destination_at(const struct shop *shop, struct place to)
{
	for (size_t i = 0; i < shop->destination_count; i++)
		if (place_equal(shop->destinations[i], to))
			return i;
	return SIZE_MAX;
}

bool listing_destination(const struct work *work, const struct listing *listing, size_t *destination)
{
	const struct market *market = listing_market(work, listing);
	struct place to = listing->to;
	*destination = SIZE_MAX;
	if (!to.code[0] && market && listing->site.len) {
		const struct market_site *site = market_site_find(market, listing->site);
		if (site)
			place_parse(site->country, &to);
	}
	if (!to.code[0])
		return true;
	*destination = destination_at(work->shop, to);
	return *destination != SIZE_MAX;
}

bool field_is_listed(const struct market_field *field)
{
	return field->scope == MARKET_PRODUCT && !field->inside;
}

void listing_folder(struct buf *out, const struct work *work, const struct market *market,
		    size_t language)
{
	buf_add(out, S("listings/"));
	buf_add(out, market->id);
	buf_byte(out, '/');
	buf_add(out, work->shop->languages[language].tag);
}

static void add_slug(struct buf *out, struct str text)
{
	struct arena scratch;
	arena_init(&scratch);
	buf_byte(out, '.');
	slug_add(out, &scratch, text);
	arena_release(&scratch);
}

void listing_name(struct buf *out, const struct listing *all, size_t count,
		  const struct listing *listing, struct str slug, const struct market_field *field)
{
	bool several = false, same_site = false;
	for (size_t i = 0; i < count; i++) {
		const struct listing *other = &all[i];
		if (other == listing || other->market != listing->market ||
		    other->language != listing->language)
			continue;
		several = true;
		same_site = same_site || str_equal_fold(other->site, listing->site);
	}
	buf_add(out, slug);
	if (several && listing->site.len)
		add_slug(out, listing->site);
	if (same_site && listing->to.code[0])
		add_slug(out, place_str(&listing->to));
	if (same_site && listing->number.len)
		add_slug(out, listing->number);
	buf_byte(out, '.');
	buf_add(out, field->id);
	buf_byte(out, '.');
	buf_add(out, str_of(field->ending));
}

struct listing_hand *listing_hand_new(struct work *work, bool writes)
{
	struct listing_hand *hand = calloc(1, sizeof *hand);
	if (!hand)
		arena_exhausted();
	hand->work = work;
	hand->runner = page_runner_new(&hand->own, work->classes);
	hand->writes = writes;
	hand->fitter = fitter_new(work->listings->fittings);
	return hand;
}

void listing_hand_free(struct listing_hand *hand)
{
	if (!hand)
		return;
	page_runner_release(hand->runner);
	fitter_free(hand->fitter);
	for (size_t i = 0; i < hand->ran_room; i++) {
		buf_release(&hand->ran[i].html);
		holes_release(&hand->ran[i].holes);
	}
	free(hand->ran);
	arena_release(&hand->arena);
	arena_release(&hand->own);
	free(hand);
}

void listing_hand_begin(struct listing_hand *hand, const struct product *product)
{
	arena_reset(&hand->arena);
	hand->ran_count = 0;
	hand->class_key = offer_class(hand->work->workings.offering, product);
}

/* Place for one more text; the memory of an earlier product's is used again. */
static struct ran_text *more_ran(struct listing_hand *hand)
{
	if (hand->ran_count == hand->ran_room) {
		size_t room = hand->ran_room ? hand->ran_room * 2 : 8;
		hand->ran = realloc(hand->ran, room * sizeof *hand->ran);
		if (!hand->ran)
			arena_exhausted();
		memset(hand->ran + hand->ran_room, 0, (room - hand->ran_room) * sizeof *hand->ran);
		hand->ran_room = room;
	}
	return &hand->ran[hand->ran_count++];
}

/* Most listings of a product in one language are read in the same country, and so say the same. */
static struct ran_text *run_text(struct listing_hand *hand, const struct product *product,
				 struct str slug, size_t language, size_t destination)
{
	for (size_t i = 0; i < hand->ran_count; i++)
		if (hand->ran[i].language == language && hand->ran[i].destination == destination)
			return &hand->ran[i];
	struct ran_text *ran = more_ran(hand);
	buf_reset(&ran->html);
	holes_reset(&ran->holes);
	*ran = (struct ran_text){ .language = language, .destination = destination, .html = ran->html,
				  .holes = ran->holes, .trouble = S("") };
	ran->text = listing_text_get(hand->work->classes, product, hand->class_key, language, destination);
	listing_text_run(hand->runner, ran->text, product, slug, &ran->html, &ran->holes, &ran->known,
			 &ran->trouble);
	ran->fit = fit_text_of(hand->work->shop->languages[language].tag, buf_str(&ran->html),
			       &ran->holes);
	return ran;
}

static void make_field(struct listing_hand *hand, const struct market_field *field,
		       const struct fit_text *text, struct listing_made *made)
{
	size_t index = made->count++;
	struct fitted *fitted = &made->fitted[index];
	made->fields[index] = field;
	made->fits[index] = false;
	*fitted = (struct fitted){ .count = 0 };
	if (market_emits(field) &&
	    market_speaks(field, made->site, text->language, &hand->arena, &fitted->why))
		made->fits[index] = (hand->writes ? fit : fit_try)(hand->fitter, field, text,
								   &hand->arena, fitted);
}

bool listing_make(struct listing_hand *hand, const struct listing *listing,
		  const struct product *product, struct str slug, struct listing_made *made)
{
	struct work *work = hand->work;
	size_t destination;
	*made = (struct listing_made){ .listing = listing, .market = listing_market(work, listing) };
	if (!made->market || !listing_destination(work, listing, &destination))
		return true;
	if (listing->site.len)
		made->site = market_site_find(made->market, listing->site);
	made->ran = run_text(hand, product, slug, listing->language, destination);
	made->text = made->ran->text;
	hand->trouble = made->ran->trouble;
	if (hand->trouble.len)
		return false;
	made->known = made->ran->known;
	struct fit_text text = made->ran->fit;
	text.holes = &made->ran->holes; /* the memory of texts may have moved */
	for (size_t i = 0; i < made->market->field_count; i++) {
		const struct market_field *field = &made->market->fields[i];
		if (field_is_listed(field) && made->count < LISTING_FIELDS_MAX)
			make_field(hand,
				   market_field_find(made->market, field->id, listing->category),
				   &text, made);
	}
	return true;
}

/* A marketplace without a profile is told at the first row that names it. */
static void find_markets(struct work *work)
{
	const struct shop *shop = work->shop;
	struct listings *l = work->listings;
	l->of = arena_array(&work->arena, shop->listing_market_count, sizeof *l->of);
	for (size_t i = 0; i < shop->listing_market_count; i++) {
		const struct listing_market *named = &shop->listing_markets[i];
		l->of[i] = market_find(l->markets, named->id);
		if (l->of[i])
			continue;
		struct str near = market_nearest(l->markets, named->id);
		if (near.len)
			diag_error(work->diag, named->pos,
				   "there is no marketplace '%.*s'; did you mean '%.*s'?", STR(named->id),
				   STR(near));
		else
			diag_error(work->diag, named->pos,
				   "there is no marketplace '%.*s'; write its rules into "
				   "content/marketplaces/%.*s.csv, or take the row out",
				   STR(named->id), STR(named->id));
	}
}

static bool market_used(const struct work *work, const struct market *market, size_t language)
{
	const struct shop *shop = work->shop;
	for (size_t i = 0; i < shop->listing_count; i++)
		if (shop->listings[i].language == language &&
		    listing_market(work, &shop->listings[i]) == market)
			return true;
	return false;
}

static void fit_shop(struct work *work, struct fitter *fitter, struct shop_snippet *snippet)
{
	struct fitted fitted;
	struct holes none = { .count = 0 };
	struct str tag = work->shop->languages[snippet->language].tag;
	struct str html = str_format(&work->arena, "<div lang=\"%.*s\">%.*s</div>", STR(tag),
				     STR(snippet->html));
	struct fit_text text = fit_text_of(tag, html, &none);
	bool fits = fit(fitter, snippet->field, &text, &work->arena, &fitted);
	if (fits && !fitted.bytes.len)
		diag_note(work->diag, (struct pos){ .file = page_template(PAGE_LISTING_SHOP) },
			  "nothing is left of what %.*s keeps as '%.*s' once a shop: the shop has no texts for it yet "
			  "(content/policy/, content/remedies.csv), or its elements have no data-block that the field takes",
			  STR(snippet->market->name), STR(snippet->field->id));
	if (!fits)
		diag_error(work->diag, (struct pos){ .file = page_template(PAGE_LISTING_SHOP) },
			   "what %.*s keeps as '%.*s' once a shop, in '%.*s': %.*s",
			   STR(snippet->market->name), STR(snippet->field->id), STR(tag), STR(fitted.why));
	snippet->bytes = fitted.bytes;
	snippet->count = fitted.count;
	snippet->limit = fitted.limit;
	snippet->left_out = str_copy(&work->arena, fitted.left_out);
}

static void no_section(struct work *work, const struct market_field *field)
{
	diag_warning(work->diag, field->placed_by->pos,
		     "nothing is written for '%.*s' of %.*s: templates/listing-shop.html has no section with "
		     "data-field=\"%.*s\"; add one",
		     STR(field->id), STR(field->market->name), STR(field->id));
}

/* The snippets that a marketplace keeps once a shop, in a language in which something is listed there. */
static void add_shop_snippets(struct work *work, struct fitter *fitter, const struct market *market,
			      size_t language, struct str html)
{
	struct listings *l = work->listings;
	for (size_t i = 0; i < market->field_count; i++) {
		const struct market_field *field = &market->fields[i];
		struct str part = listing_shop_part(html, field->id);
		if (field->scope == MARKET_PRODUCT || !market_emits(field))
			continue;
		if (!part.len) {
			no_section(work, field);
			continue;
		}
		l->shop_snippets = arena_push(&work->arena, l->shop_snippets, &l->shop_snippet_count,
					      sizeof *l->shop_snippets);
		struct shop_snippet *snippet = &l->shop_snippets[l->shop_snippet_count - 1];
		*snippet = (struct shop_snippet){ .market = market, .field = field,
						  .language = language, .html = part };
		fit_shop(work, fitter, snippet);
	}
}

static void prepare_shop(struct work *work)
{
	const struct shop *shop = work->shop;
	struct fitter *fitter = fitter_new(work->listings->fittings);
	struct buf html = BUF_INIT;
	for (size_t language = 0; language < shop->language_count; language++) {
		struct str trouble;
		buf_reset(&html);
		if (!listing_shop_run(work->editions[language], &work->workings, &html, &trouble)) {
			diag_error(work->diag, (struct pos){ .file = page_template(PAGE_LISTING_SHOP) },
				   "the text would write '%.*s', which is not known here; guard it with u:if",
				   STR(trouble));
			break;
		}
		struct str kept = str_copy(&work->arena, buf_str(&html));
		for (size_t i = 0; i < shop->listing_market_count; i++) {
			const struct market *market = work->listings->of[i];
			if (market && market_used(work, market, language))
				add_shop_snippets(work, fitter, market, language, kept);
		}
	}
	buf_release(&html);
	fitter_free(fitter);
}

void listings_prepare(struct work *work)
{
	if (!work->shop->listing_count)
		return;
	work->listings = arena_new(&work->arena, sizeof *work->listings);
	work->listings->fittings = fittings_new();
	work->listings->markets = markets_new(&work->arena, work->shop, work->diag);
	find_markets(work);
	if (!work->texts_good)
		return;
	prepare_shop(work);
	texts_check(work);
}

static void try_listings(struct listing_hand *hand, const struct product *product,
			 const struct listing *all, size_t count)
{
	struct work *work = hand->work;
	struct spoken *spoken;
	listing_hand_begin(hand, product);
	spoken = arena_array(&hand->arena, count, sizeof *spoken);
	for (size_t i = 0; i < count; i++) {
		struct listing_made made;
		if (!listing_make(hand, &all[i], product, S("x"), &made)) {
			diag_error(work->diag, product->pos,
				   "the listing text of '%.*s' would write '%.*s', which is not known here; "
				   "guard it with u:if in templates/listing.html or its parts",
				   STR(product->id), STR(hand->trouble));
			return;
		}
		listing_check(work, &made, product);
		spoken[i] = (struct spoken){ made.market, made.text ? made.text->service : NULL };
	}
	settings_check(work, product, spoken, count);
}

void listings_try(struct listing_hand *hand, const struct product *product)
{
	struct work *work = hand->work;
	size_t count;
	const struct listing *all = shop_listings(work->shop, hash_str(product->id, 0), &count);
	if (count && work->texts_good)
		try_listings(hand, product, all, count);
	else
		settings_check(work, product, NULL, 0);
}

/* Ids in listings.csv that no product has, and sites whose country no service reaches. */
void listings_settle(struct work *work)
{
	const struct shop *shop = work->shop;
	if (!work->listings || !catalog_readable(work->catalog))
		return;
	bool *found = calloc(shop->listing_count + 1, sizeof *found);
	if (!found)
		arena_exhausted();
	for (size_t i = 0; i < work->product_count; i++) {
		size_t count;
		const struct listing *all =
			shop_listings(shop, work->slugs.entries[i].id_hash, &count);
		for (size_t j = 0; j < count; j++)
			found[all - shop->listings + (ptrdiff_t)j] = true;
	}
	for (size_t i = 0; i < shop->listing_count; i++) {
		const struct listing *listing = &shop->listings[i];
		size_t destination;
		if (!found[i])
			diag_error(work->diag, listing_pos(listing),
				   "there is no product '%.*s'; content/products.csv lists them", STR(listing->id));
		else if (!listing_destination(work, listing, &destination))
			diag_error(work->diag, listing_pos(listing),
				   "no service goes where the buyers of this listing live ('%.*s'); add the country "
				   "to content/zones.csv, or take the row out",
				   STR(listing->to.code[0] ? place_str(&listing->to) : listing->site));
	}
	free(found);
}

void listings_release(struct work *work)
{
	struct listings *l = work->listings;
	for (size_t i = 0; l && l->coverage && i < l->units; i++)
		buf_release(&l->coverage[i]);
	if (!l)
		return;
	fittings_free(l->fittings);
	free(l->clean);
}
