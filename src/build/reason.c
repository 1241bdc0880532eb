/* SPDX-License-Identifier: MIT */
/*
 * In: a page that was written. Out: why, from its row and from what its class read. The last
 * catalog lies in out/.upfront; a row of it is looked up by the place that the manifest noted.
 */
#include <stdlib.h>

#include "build/work.h"

/* Rows are compared cell by cell up to so many; beyond, a reader has long stopped reading. */
enum { COMPARED_MAX = 2000, SHOWN_MAX = 3 };

struct last_catalog {
	struct arena arena;
	struct diag *diag; /* what was wrong then was told then */
	struct table *table;
	int *columns; /* of the last catalog, by the columns of this one */
	size_t count, compared;
};

static struct last_catalog *open_last(struct work *work)
{
	struct last_catalog *last = calloc(1, sizeof *last);
	struct str folder = publisher_memory(work->publisher);
	struct table_options options = work->shop->reading;
	if (!last)
		arena_exhausted();
	arena_init(&last->arena);
	options.folder = folder.text;
	last->diag = diag_new(folder.text);
	last->table = table_open(&last->arena, "products.csv", &options, last->diag);
	last->count = catalog_columns(work->catalog);
	last->columns = arena_array(&last->arena, last->count, sizeof *last->columns);
	for (size_t i = 0; i < last->count; i++) {
		struct str name = str_copy(&last->arena, catalog_column_name(work->catalog, i));
		last->columns[i] = table_column(last->table, name.text);
	}
	return last;
}

void last_catalog_close(struct work *work)
{
	struct last_catalog *last = work->last_catalog;
	if (!last)
		return;
	table_close(last->table);
	diag_free(last->diag);
	arena_release(&last->arena);
	free(last);
}

void keep_catalog(struct work *work)
{
	struct str path = str_format(&work->arena, "%s/content/products.csv", work->options->folder);
	if (work->last->inputs != work->inputs)
		publisher_remember_file(work->publisher, "products.csv", path.text);
}

static void tell_cell(struct buf *out, size_t told, struct str column, struct str before,
		      struct str now)
{
	if (told >= SHOWN_MAX)
		return;
	buf_add(out, told ? S("; ") : S("products.csv "));
	buf_addf(out, "%.*s: '%.*s', now '%.*s'", STR(column), STR(before), STR(now));
}

/* Under the lock: the row as it was, held against the row as it is. */
static struct str compare_rows(struct work *work, const struct product_record *old,
			       const struct row *row)
{
	if (!work->last_catalog)
		work->last_catalog = open_last(work);
	struct last_catalog *last = work->last_catalog;
	struct row before;
	if (last->compared++ >= COMPARED_MAX || !table_seek(last->table, old->offset, 2) ||
	    !table_next(last->table, &last->arena, &before))
		return S("");
	struct buf out = BUF_INIT;
	size_t differ = 0;
	for (size_t i = 0; i < last->count; i++) {
		struct str then = row_cell(&before, last->columns[i])->text;
		struct str now = catalog_cell(work->catalog, row, i)->text;
		if (!str_equal(then, now))
			tell_cell(&out, differ++, catalog_column_name(work->catalog, i), then, now);
	}
	if (differ > SHOWN_MAX)
		buf_addf(&out, "; and %zu more", differ - SHOWN_MAX);
	struct str reason = str_copy(&last->arena, buf_str(&out));
	buf_release(&out);
	return reason;
}

/* What changed in the product's row, or else in a country's rule, or in what its class reads. */
static struct str reason_of(struct work *work, size_t index, const struct row *row,
			    uint64_t class_key, size_t destination)
{
	const struct product_state *state = &work->products[index];
	struct str reason = S("");
	if (!publisher_trusts(work->publisher))
		return S("the file was not as the last build left it");
	if (work->last->products[state->old].row_hash != row->hash) {
		pthread_mutex_lock(&work->lock);
		reason = compare_rows(work, &work->last->products[state->old], row);
		pthread_mutex_unlock(&work->lock);
	}
	if (!reason.len)
		reason = reason_of_rules(work, destination);
	return reason.len ? reason : reasons_of_class(work->reasons, class_key);
}

struct str reason_of_page(struct work *work, size_t index, size_t language,
			  const struct row *row, enum change change)
{
	if (change == CHANGE_NONE)
		return S("");
	if (work->products[index].old == UINT32_MAX)
		return work->last->product_count ? S("the product is new") : S("the first build");
	struct str reason = reason_of(work, index, row, work->products[index].class->key,
				      work->editions[language]->home);
	return reason.len ? reason : S("the words or the template of the page");
}

struct str reason_of_listing(struct work *work, size_t index, const struct row *row,
			     uint64_t class_key, enum change change)
{
	if (work->products[index].old == UINT32_MAX)
		return work->last->product_count ? S("the product is new") : S("the first build");
	if (change == CHANGE_NEW && publisher_trusts(work->publisher))
		return S("the listing is new");
	struct str reason = reason_of(work, index, row, class_key, SIZE_MAX);
	return reason.len ? reason : S("the words, the template or the marketplace's rules");
}
