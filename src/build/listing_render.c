/* SPDX-License-Identifier: MIT */
/*
 * In: the catalog once more, as far as it is listed anywhere. Out: out/listings, out/bulk and report/coverage.csv. Workers take a
 * piece of the catalog each; a piece in which nothing changed keeps its files.
 */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/threads.h"
#include "build/listings.h"

/* Rows between two listed products that are read rather than jumped over. */
enum { GAP_MAX = 32 };

struct listed_row {
	size_t product;
	struct row row;
};

/* A worker with one piece of the catalog. */
struct unit_hand {
	struct work *work;
	struct listing_hand *maker;
	struct arena arena; /* of the piece */
	struct listed_row *rows;
	size_t row_count, unit;
	struct bulk_files bulks;
	struct buf slug, folder, name, coverage;
};

struct listing_pass {
	struct work *work;
	size_t at; /* product whose row the catalog gives next */
};

/* Brings the catalog to the product's row. */
static void go_to(struct listing_pass *pass, size_t product, struct arena *scratch)
{
	struct work *work = pass->work;
	struct row row;
	bool near = product >= pass->at && product - pass->at < GAP_MAX;
	if (!near && catalog_seek(work->catalog, work->products[product].offset,
				  work->slugs.entries[product].line))
		pass->at = product;
	if (product < pass->at) {
		catalog_rewind(work->catalog);
		pass->at = 0;
	}
	for (; pass->at < product; pass->at++)
		catalog_next(work->catalog, scratch, &row);
}

static void read_unit(struct listing_pass *pass, struct unit_hand *hand)
{
	struct work *work = pass->work;
	size_t end = listing_unit_end(work, hand->unit);
	hand->row_count = 0;
	hand->rows = arena_array(&hand->arena, LISTING_UNIT, sizeof *hand->rows);
	for (size_t i = hand->unit * LISTING_UNIT; i < end; i++) {
		const struct listing *all;
		size_t count;
		struct listed_row *listed = &hand->rows[hand->row_count];
		if (!product_is_listed(work, i, &all, &count))
			continue;
		go_to(pass, i, &hand->arena);
		listed->product = i;
		if (!catalog_next(work->catalog, &hand->arena, &listed->row))
			return;
		pass->at++;
		hand->row_count++;
	}
}

static bool take_unit(struct listing_pass *pass, struct unit_hand *hand)
{
	struct work *work = pass->work;
	struct listings *l = work->listings;
	arena_reset(&hand->arena);
	pthread_mutex_lock(&work->lock);
	while (l->next < l->units && l->clean[l->next])
		l->next++;
	hand->unit = l->next++;
	bool taken = hand->unit < l->units;
	if (taken)
		read_unit(pass, hand);
	pthread_mutex_unlock(&work->lock);
	return taken;
}

/* --- one snippet --- */

static void note_change(struct work *work, const struct snippet *snippet, struct str reason,
			enum change change)
{
	changes_add_listing(&work->changes,
			    (struct file_change){ .path = snippet->path,
						  .id = snippet->id,
						  .marketplace = snippet->marketplace,
						  .language = snippet->language,
						  .why = reason,
						  .change = change },
			    !first_large_build(work));
}

/* Writes the file of a snippet that is shown. */
static enum change put_snippet(struct work *work, struct buf *folder, struct buf *name,
			       struct snippet *snippet)
{
	buf_byte(folder, 0);
	folder->len--;
	if (work->shop->listing_count < LISTINGS_SHARED)
		return publisher_put(work->publisher, folder->text, buf_str(name), snippet->bytes);
	return publisher_put_shared(work->publisher, folder->text, buf_str(name), snippet->bytes,
				    snippet->hash);
}

static struct str unit_name(enum market_unit unit)
{
	return unit == MARKET_CHARACTERS ? S("characters") :
	       unit == MARKET_BYTES	 ? S("bytes") :
					   S("Shift_JIS bytes");
}

/* Why a field has no text: its reason and where that was read. */
static struct str withheld_why(struct arena *arena, const struct market_field *field)
{
	struct str reason = field->reason.len ? field->reason : S("the profile does not let it");
	if (!field->placed_by || !field->placed_by->source.len)
		return reason;
	return str_format(arena, "%.*s (%.*s)", STR(reason), STR(field->placed_by->source));
}

/* The text's own values, given over once for all of its fields. */
static uint64_t own_set(struct unit_hand *hand, struct ran_text *ran)
{
	if (ran->own_set)
		return ran->own_set;
	struct arena *arena = &hand->maker->arena;
	const struct holes *holes = &ran->holes;
	struct snippet_value *items = arena_array(arena, holes->count, sizeof *items);
	size_t count = 0;
	for (size_t i = 0; i < holes->count; i++) {
		if (!holes->items[i].late)
			continue;
		items[count].name = holes->items[i].name;
		items[count++].value = hole_text(holes, i);
	}
	return ran->own_set = pasting_values(hand->work->pasting, (struct snippet_values){ items, count });
}

/* "listings/ebay/de/lamp-1.description.html" */
static struct str path_of(struct unit_hand *hand)
{
	struct str folder = buf_str(&hand->folder), name = buf_str(&hand->name);
	char *text = arena_text(&hand->maker->arena, folder.len + 1 + name.len);
	memcpy(text, folder.text, folder.len);
	text[folder.len] = '/';
	memcpy(text + folder.len + 1, name.text, name.len);
	return (struct str){ text, folder.len + 1 + name.len };
}

static struct snippet snippet_of(struct unit_hand *hand, const struct listing_made *made, size_t index,
				 const struct product *product)
{
	const struct listing *listing = made->listing;
	const struct market_field *field = made->fields[index];
	const struct fitted *fitted = &made->fitted[index];
	struct arena *arena = &hand->maker->arena;
	bool shown = made->fits[index];
	return (struct snippet){
		.id = product->id,
		.marketplace = made->market->id,
		.site = listing->site,
		.language = hand->work->shop->languages[listing->language].tag,
		.field = field->id,
		.listing = listing->number,
		.title = product->titles[listing->language],
		.path = path_of(hand),
		.bytes = shown ? fitted->bytes : S(""),
		.hash = shown ? hash_str(fitted->bytes, 0) : 0,
		.count = shown ? (size_t)fitted->count : 0,
		.limit = (size_t)(fitted->limit > 0 ? fitted->limit : field->limit),
		.unit = unit_name(field->unit),
		.left_out = fitted->left_out,
		.withheld = shown ? S("") : withheld_why(arena, field),
		.instead = field->instead ? field->instead->id : S(""),
		.pos = listing_pos(listing),
		.shared = made->text->values,
		.own_set = own_set(hand, made->ran),
	};
}

static void publish_listing(struct unit_hand *hand, const struct listed_row *listed,
			    const struct listing *all, size_t count, const struct listing_made *made,
			    const struct product *product)
{
	struct work *work = hand->work;
	for (size_t i = 0; i < made->count; i++) {
		buf_reset(&hand->folder);
		buf_reset(&hand->name);
		listing_folder(&hand->folder, work, made->market, made->listing->language);
		listing_name(&hand->name, all, count, made->listing, buf_str(&hand->slug), made->fields[i]);
		struct snippet snippet = snippet_of(hand, made, i, product);
		pasting_note(work->pasting, &snippet);
		if (!made->fits[i])
			continue;
		enum change change = put_snippet(work, &hand->folder, &hand->name, &snippet);
		if (change != CHANGE_NONE)
			note_change(work, &snippet,
				    reason_of_listing(work, listed->product, &listed->row,
						      hand->maker->class_key, change),
				    change);
	}
}

/* --- pieces of the catalog --- */

static void render_product(struct unit_hand *hand, const struct listed_row *listed)
{
	struct work *work = hand->work;
	struct product product;
	const struct listing *all;
	size_t count;
	if (!product_is_listed(work, listed->product, &all, &count) ||
	    !product_wanted(work, catalog_id(work->catalog, &listed->row)) ||
	    !catalog_product(work->catalog, &listed->row, &hand->arena, &product))
		return;
	buf_reset(&hand->slug);
	slugs_show(&work->slugs, listed->product, &hand->slug);
	listing_hand_begin(hand->maker, &product);
	for (size_t i = 0; i < count; i++) {
		struct listing_made made;
		if (!listing_make(hand->maker, &all[i], &product, buf_str(&hand->slug), &made) ||
		    !made.text)
			continue;
		publish_listing(hand, listed, all, count, &made, &product);
		if (work->listings->coverage)
			coverage_add(&hand->coverage, work, &made, &product);
		if (!work->options->only.len)
			bulk_files_add(&hand->bulks, work, hand->unit, &made, &product,
				       buf_str(&hand->slug));
	}
}

static void render_units(void *context, unsigned worker)
{
	struct listing_pass *pass = context;
	struct work *work = pass->work;
	struct unit_hand *hand = calloc(1, sizeof *hand);
	(void)worker;
	if (!hand)
		arena_exhausted();
	hand->work = work;
	hand->maker = listing_hand_new(work, true);
	while (!publisher_failed(work->publisher) && take_unit(pass, hand)) {
		for (size_t i = 0; i < hand->row_count; i++)
			render_product(hand, &hand->rows[i]);
		bulk_files_put(&hand->bulks, work, hand->unit);
		if (work->listings->coverage) {
			work->listings->coverage[hand->unit] = hand->coverage;
			hand->coverage = (struct buf)BUF_INIT;
		}
	}
	listing_hand_free(hand->maker);
	arena_release(&hand->arena);
	buf_release(&hand->slug);
	buf_release(&hand->folder);
	buf_release(&hand->name);
	bulk_files_release(&hand->bulks);
	free(hand);
}

static void put_shop_snippets(struct work *work)
{
	struct listings *l = work->listings;
	struct buf folder = BUF_INIT, name = BUF_INIT;
	for (size_t i = 0; i < l->shop_snippet_count; i++) {
		struct shop_snippet *shop = &l->shop_snippets[i];
		buf_reset(&folder);
		buf_reset(&name);
		listing_folder(&folder, work, shop->market, shop->language);
		buf_add(&folder, S("/shop"));
		buf_addf(&name, "%.*s.%s", STR(shop->field->id), shop->field->ending);
		struct snippet snippet = {
			.marketplace = shop->market->id,
			.language = work->shop->languages[shop->language].tag,
			.field = shop->field->id,
			.path = str_format(&work->arena, "%.*s/%.*s", STR(buf_str(&folder)), STR(buf_str(&name))),
			.bytes = shop->bytes,
			.hash = hash_str(shop->bytes, 0),
			.count = (size_t)shop->count,
			.limit = (size_t)(shop->limit > 0 ? shop->limit : 0),
			.unit = unit_name(shop->field->unit),
			.left_out = shop->left_out,
		};
		pasting_note(work->pasting, &snippet);
		note_change(work, &snippet, S("the shop's own texts"),
			    put_snippet(work, &folder, &name, &snippet));
	}
	buf_release(&folder);
	buf_release(&name);
}

static void put_coverage(struct work *work)
{
	struct listings *l = work->listings;
	struct buf out = BUF_INIT;
	if (!l->coverage || work->options->only.len)
		return;
	buf_add(&out, S("id,marketplace,language,fact,status,why\n"));
	for (size_t i = 0; i < l->units; i++)
		buf_add(&out, buf_str(&l->coverage[i]));
	enum change change = publisher_put(work->publisher, "report", S("coverage.csv"), buf_str(&out));
	changes_add_file(&work->changes, (struct file_change){ .path = S("report/coverage.csv"),
							       .change = change,
							       .reason = "listings or their texts" });
	buf_release(&out);
}

void listings_render(struct work *work)
{
	struct listings *l = work->listings;
	if (!l)
		return;
	struct listing_pass pass = { .work = work };
	l->units = work->product_count ? (work->product_count - 1) / LISTING_UNIT + 1 : 0;
	if (work->shop->listing_count <= COVERED_MAX || work->options->reports)
		l->coverage = arena_array(&work->arena, l->units, sizeof *l->coverage);
	if (listings_find_clean(work))
		l->coverage = NULL;
	catalog_rewind(work->catalog);
	put_shop_snippets(work);
	threads_run(work->options->jobs, render_units, &pass);
	put_coverage(work);
}
