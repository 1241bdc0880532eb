/* SPDX-License-Identifier: MIT */
/*
 * In: listings that were made. Out: out/bulk, one file a dialect, language and site. Rows go to the disk as they come: a file
 * holds the texts of a thousand products.
 */
#include <stdlib.h>

#include "build/listings.h"

enum { BULKS_MAX = 1024, PIECE = 64 * 1024 };

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
	*file = (struct bulk_file){ bulk, market, site, listing->language, file->text, file->name, NULL };
	buf_reset(&file->text);
	buf_reset(&file->name);
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

/* Calls each(context, file) for every file that the listing has a row in. */
static void each_file(struct bulk_files *files, const struct market *market, const struct listing *listing,
		      void (*each)(void *context, struct bulk_file *file), void *context)
{
	for (size_t i = 0; i < market->field_count; i++) {
		const struct bulk *bulk;
		for (size_t dialect = 0; is_first_of(market, i) &&
					 (bulk = bulk_find(market->fields[i].container, dialect));
		     dialect++) {
			struct bulk_file *file = file_for(files, bulk, market, listing);
			if (file && each)
				each(context, file);
		}
	}
}

void bulk_files_name(struct bulk_files *files, const struct market *market,
		     const struct listing *listing)
{
	each_file(files, market, listing, NULL, NULL);
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

/* What stands in the text goes to the disk. */
static void flush(struct work *work, struct bulk_file *file, size_t unit)
{
	struct buf bytes = BUF_INIT;
	bool first = !file->stream;
	if (first) {
		name_file(work, file, unit, &file->name);
		buf_byte(&file->name, 0);
		file->stream = publisher_stream_open(work->publisher, "bulk", file->name.text);
	}
	publisher_stream_add(file->stream,
			     bulk_finish(file->bulk, file->market, buf_str(&file->text), first, &bytes));
	buf_reset(&file->text);
	buf_release(&bytes);
}

struct adding {
	struct work *work;
	size_t unit;
	struct bulk_item item;
};

static void add_row(void *context, struct bulk_file *file)
{
	struct adding *adding = context;
	bulk_row(file->bulk, &adding->item, &file->text);
	if (file->text.len >= PIECE)
		flush(adding->work, file, adding->unit);
}

void bulk_files_add(struct bulk_files *files, struct work *work, size_t unit,
		    const struct listing_made *made, const struct product *product, struct str slug)
{
	struct str bytes[LISTING_FIELDS_MAX];
	for (size_t i = 0; i < made->count; i++)
		bytes[i] = made->fits[i] ? made->fitted[i].bytes : S("");
	struct adding adding = { work, unit,
				 { .shop = work->shop,
				   .product = product,
				   .listing = made->listing,
				   .site = made->site,
				   .title = product->titles[made->listing->language],
				   .title_limit = made->market->title_limit,
				   .slug = slug,
				   .fields = made->fields,
				   .bytes = bytes,
				   .count = made->count } };
	each_file(files, made->market, made->listing, add_row, &adding);
}

static void close_file(struct work *work, struct bulk_file *file, size_t unit)
{
	struct buf path = BUF_INIT;
	flush(work, file, unit);
	enum change change = publisher_stream_close(file->stream);
	buf_addf(&path, "bulk/%s", file->name.text);
	changes_add_listing(&work->changes,
			    (struct file_change){
				    .path = buf_str(&path),
				    .marketplace = file->market->id,
				    .language = work->shop->languages[file->language].tag,
				    .reason = "its listings",
				    .change = change },
			    true);
	buf_release(&path);
}

void bulk_files_drop(struct bulk_files *files)
{
	files->count = 0;
}

void bulk_files_put(struct bulk_files *files, struct work *work, size_t unit)
{
	for (size_t i = 0; i < files->count && !work->options->only.len; i++)
		close_file(work, &files->items[i], unit);
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
	for (size_t i = 0; files->items && i < BULKS_MAX; i++) {
		buf_release(&files->items[i].text);
		buf_release(&files->items[i].name);
	}
	free(files->items);
}
