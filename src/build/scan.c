/* SPDX-License-Identifier: MIT */
/*
 * In: the catalog. Out: every product's slug, row hash and place in the last manifest; faults of rows in diag.
 * Rows are taken in batches under the lock, in order; what a row says is checked outside of it.
 */
#include <stdlib.h>

#include "base/hash.h"
#include "base/threads.h"
#include "build/work.h"

struct batch {
	struct arena arena;
	struct row rows[PRODUCTS_A_PAGE];
	size_t first, count;
};

static void make_room(struct work *work)
{
	if (work->product_count < work->product_room)
		return;
	work->product_room = work->product_room ? work->product_room * 3 / 2 : 256;
	work->products =
		realloc(work->products, work->product_room * sizeof *work->products);
	if (!work->products)
		arena_exhausted();
}

static void report_meeting(struct work *work, const struct row *row, struct str id,
			   enum slug_meeting meeting, size_t other)
{
	uint32_t line = work->slugs.entries[other].line;
	if (meeting == SLUG_SAME)
		diag_error(work->diag, row->pos,
			   "the id '%.*s' stands twice, first on line %u; every product has its own",
			   STR(id), line);
	if (meeting == SLUG_MET)
		diag_warning(work->diag, row->pos,
			     "'%.*s' makes the same address as the id on line %u; both get a number behind it",
			     STR(id), line);
}

static void keep_card(struct work *work, const struct row *row, struct str id, size_t index)
{
	if (index >= FIRST_CARDS)
		return;
	size_t languages = work->shop->language_count;
	if (!work->first_cards)
		work->first_cards =
			arena_array(&work->arena, FIRST_CARDS * languages, sizeof *work->first_cards);
	for (size_t i = 0; i < languages; i++) {
		struct card *card = &work->first_cards[i * FIRST_CARDS + index];
		card->id = str_copy(&work->arena, id);
		card->title = str_copy(&work->arena, catalog_title(work->catalog, row, i));
	}
	work->first_card_count = index + 1;
}

/* Adds one row to the lists; under the lock and in the order of the catalog. */
static void add_row(struct work *work, struct arena *scratch, const struct row *row)
{
	struct str id = catalog_id(work->catalog, row);
	enum slug_meeting meeting;
	size_t other;
	size_t index = slugs_add(&work->slugs, scratch, id, row->pos.line, &meeting, &other);
	if (meeting != SLUG_ALONE && id.len)
		report_meeting(work, row, id, meeting, other);
	make_room(work);
	size_t old = manifest_find(work->last, index, work->slugs.entries[index].id_hash);
	work->products[work->product_count++] = (struct product_state){
		.row_hash = row->hash ? row->hash : 1,
		.offset = row->offset,
		.old = old == SIZE_MAX ? UINT32_MAX : (uint32_t)old,
	};
	work->listing = hash_number(work->slugs.entries[index].id_hash, work->listing);
	for (size_t i = 0; i < work->shop->language_count; i++)
		work->listing = hash_str(catalog_title(work->catalog, row, i), work->listing);
	keep_card(work, row, id, index);
}

static bool take_batch(struct work *work, struct batch *batch)
{
	arena_reset(&batch->arena);
	pthread_mutex_lock(&work->lock);
	batch->first = work->product_count;
	for (batch->count = 0; batch->count < PRODUCTS_A_PAGE; batch->count++) {
		struct row *row = &batch->rows[batch->count];
		if (!catalog_next(work->catalog, &batch->arena, row))
			break;
		add_row(work, &batch->arena, row);
	}
	pthread_mutex_unlock(&work->lock);
	return batch->count > 0;
}

/* A row that the last build found good, in a shop that has not changed, is good. */
static bool known_good(const struct work *work, size_t index)
{
	const struct product_state *state = &work->products[index];
	return work->same_context && state->old != UINT32_MAX &&
	       work->last->products[state->old].row_hash == state->row_hash;
}

const struct page_class *product_class(struct work *work, const struct product *product)
{
	const struct page_class *class = class_get(work->classes, product);
	if (class->unknown.len)
		diag_error(work->diag, product->pos,
			   "the page of '%.*s' would write '%.*s', which is not known here; guard it with u:if "
			   "in templates/product.html or its parts",
			   STR(product->id), STR(class->unknown));
	return class;
}

/* What the check of a row found. */
struct finding {
	bool again; /* it drew a warning: the next build has to look at it, too */
	const struct page_class *class;
};

static struct finding check_row(struct work *work, struct arena *arena, const struct row *row,
				uint64_t *profiles)
{
	struct product product;
	struct finding finding = { .again = true };
	size_t before = diag_warnings(work->diag);
	if (!catalog_product(work->catalog, row, arena, &product))
		return finding;
	if (product.handling)
		*profiles |= UINT64_C(1) << (product.handling->index & 63);
	if (!offer_anywhere(work->workings.offering, &product))
		diag_warning(work->diag, product.pos,
			     "no service carries '%.*s' anywhere; see weight, price, contents, services and "
			     "ships_from here, and carriers.csv",
			     STR(product.id));
	if (work->texts_good)
		finding.class = product_class(work, &product);
	finding.again = diag_warnings(work->diag) > before;
	return finding;
}

static void scan(void *context, unsigned worker)
{
	struct work *work = context;
	struct batch *batch = calloc(1, sizeof *batch);
	(void)worker;
	if (!batch)
		arena_exhausted();
	while (take_batch(work, batch)) {
		struct finding findings[PRODUCTS_A_PAGE] = { { false, NULL } };
		uint64_t profiles = 0;
		for (size_t i = 0; i < batch->count; i++) {
			pthread_mutex_lock(&work->lock);
			bool good = known_good(work, batch->first + i);
			pthread_mutex_unlock(&work->lock);
			if (!good)
				findings[i] = check_row(work, &batch->arena, &batch->rows[i], &profiles);
		}
		pthread_mutex_lock(&work->lock);
		for (size_t i = 0; i < batch->count; i++) {
			struct product_state *state = &work->products[batch->first + i];
			state->class = findings[i].class;
			if (findings[i].again)
				state->row_hash = 0;
		}
		work->profiles |= profiles;
		pthread_mutex_unlock(&work->lock);
	}
	arena_release(&batch->arena);
	free(batch);
}

void catalog_scan(struct work *work)
{
	threads_run(work->options->jobs, scan, work);
	struct buf slug = BUF_INIT;
	for (size_t i = 0; i < work->first_card_count; i++) {
		buf_reset(&slug);
		slugs_show(&work->slugs, i, &slug);
		for (size_t l = 0; l < work->shop->language_count; l++)
			work->first_cards[l * FIRST_CARDS + i].slug =
				str_copy(&work->arena, buf_str(&slug));
	}
	work->listing = hash_number(work->slugs.met, work->listing);
	buf_release(&slug);
}
