/* SPDX-License-Identifier: MIT */
/* In: listings that were made. Out: out/bulk, one file a dialect, language and site. */
#include <stdlib.h>

#include "build/listings.h"

enum { BULKS_MAX = 1024 };

static struct bulk_file *file_for(struct bulk_files *files, const struct bulk *bulk,
				  const struct market *market, const struct listing *listing)
{
	struct str site = bulk_by_site(bulk) ? listing->site : S("");
	for (size_t i = 0; i < files->count; i++) {
		struct bulk_file *file = &files->items[i];
		if (file->bulk == bulk && file->market == market &&
		    file->language == listing->language && str_equal(file->site, site))
			return file;
	}
	if (!files->items)
		files->items = calloc(BULKS_MAX, sizeof *files->items);
	if (!files->items)
		arena_exhausted();
	if (files->count == BULKS_MAX)
		return NULL;
	struct bulk_file *file = &files->items[files->count++];
	*file = (struct bulk_file){ bulk, market, site, listing->language, file->text };
	buf_reset(&file->text);
	bulk_head(bulk, site.len ? market_site_find(market, site) : NULL, &file->text);
	return file;
}

/* Is it the first of the market's listed fields with this container? Several may be columns of one. */
static bool is_first_of(const struct market *market, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (field_is_listed(&market->fields[i]) &&
		    str_equal(market->fields[i].container, market->fields[index].container))
			return false;
	return field_is_listed(&market->fields[index]);
}

/* Calls for every file that the listing has a row in. */
static void each_file(struct bulk_files *files, const struct market *market,
		      const struct listing *listing, const struct bulk_item *item)
{
	for (size_t i = 0; i < market->field_count; i++) {
		const struct bulk *bulk;
		for (size_t dialect = 0; is_first_of(market, i) &&
					 (bulk = bulk_find(market->fields[i].container, dialect));
		     dialect++) {
			struct bulk_file *file = file_for(files, bulk, market, listing);
			if (file && item)
				bulk_row(bulk, item, &file->text);
		}
	}
}

void bulk_files_name(struct bulk_files *files, const struct market *market,
		     const struct listing *listing)
{
	each_file(files, market, listing, NULL);
}

void bulk_files_add(struct bulk_files *files, const struct work *work,
		    const struct listing_made *made, const struct product *product, struct str slug)
{
	struct str bytes[LISTING_FIELDS_MAX];
	for (size_t i = 0; i < made->count; i++)
		bytes[i] = made->fits[i] ? made->fitted[i].bytes : S("");
	struct bulk_item item = { .shop = work->shop,
				  .product = product,
				  .listing = made->listing,
				  .site = made->site,
				  .title = product->titles[made->listing->language],
				  .slug = slug,
				  .fields = made->fields,
				  .bytes = bytes,
				  .count = made->count };
	each_file(files, made->market, made->listing, &item);
}

/* "ebay-ebay-de-de.csv": marketplace, site, language; and the piece's number where there are several. */
static void name_file(const struct work *work, const struct bulk_file *file, size_t unit,
		      struct buf *name)
{
	struct arena scratch;
	arena_init(&scratch);
	buf_addf(name, "%.*s%s", STR(file->market->id), bulk_suffix(file->bulk));
	if (file->site.len) {
		buf_byte(name, '-');
		slug_add(name, &scratch, file->site);
	}
	buf_addf(name, "-%.*s", STR(work->shop->languages[file->language].tag));
	if (work->listings->units > 1)
		buf_addf(name, "-%04zu", unit + 1);
	buf_add(name, S(".csv"));
	arena_release(&scratch);
}

static void put_file(struct work *work, struct bulk_file *file, struct str name)
{
	struct buf bytes = BUF_INIT, path = BUF_INIT;
	struct str finished = bulk_finish(file->bulk, file->market, buf_str(&file->text), &bytes);
	enum change change = publisher_put(work->publisher, "bulk", name, finished);
	buf_addf(&path, "bulk/%.*s", STR(name));
	changes_add_listing(&work->changes,
			    (struct file_change){
				    .path = buf_str(&path),
				    .marketplace = file->market->id,
				    .language = work->shop->languages[file->language].tag,
				    .reason = "its listings",
				    .change = change },
			    true);
	buf_release(&bytes);
	buf_release(&path);
}

void bulk_files_drop(struct bulk_files *files)
{
	files->count = 0;
}

void bulk_files_put(struct bulk_files *files, struct work *work, size_t unit)
{
	struct buf name = BUF_INIT;
	for (size_t i = 0; i < files->count && !work->options->only.len; i++) {
		buf_reset(&name);
		name_file(work, &files->items[i], unit, &name);
		put_file(work, &files->items[i], buf_str(&name));
	}
	buf_release(&name);
	bulk_files_drop(files);
}

bool bulk_files_keep(struct bulk_files *files, struct work *work, size_t unit)
{
	struct buf name = BUF_INIT;
	bool kept = true;
	for (size_t i = 0; i < files->count && kept; i++) {
		buf_reset(&name);
		name_file(work, &files->items[i], unit, &name);
		kept = publisher_keep(work->publisher, "bulk", buf_str(&name));
	}
	buf_release(&name);
	return kept;
}

void bulk_files_release(struct bulk_files *files)
{
	for (size_t i = 0; files->items && i < BULKS_MAX; i++)
		buf_release(&files->items[i].text);
	free(files->items);
}
