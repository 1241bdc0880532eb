/* SPDX-License-Identifier: MIT */
/*
 * In: the catalog. Out: every product's slug, row hash and place in the last manifest; faults of rows in diag.
 * A batch of rows is cut from the catalog under the lock, read outside of it, added to the lists when its turn
 * has come, and checked outside again. Where the catalog is not cut, rows are read under the lock.
 */
#include <stdlib.h>

#include "base/hash.h"
#include "base/threads.h"
#include "build/listings.h"
#include "build/scan.h"

struct scan {
	struct work *work;
	bool cutting;
	size_t cut, added; /* slices */
	pthread_cond_t turn; /* of the next slice has come */
};

struct batch {
	struct arena arena;
	struct cursor *cursor; /* NULL: no slice was read yet */
	struct listing_hand *lister; /* NULL: the shop has no listings */
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

/* Also of rows that were not read, so the id itself is left to the line that is shown below. */
static void report_meeting(struct work *work, uint32_t line, enum slug_meeting meeting,
			   size_t other)
{
	struct pos pos = { "content/products.csv", line, 1 };
	uint32_t first = work->slugs.entries[other].line;
	if (meeting == SLUG_SAME)
		diag_error(work->diag, pos,
			   "this id stands twice, first on line %u; every product has its own", first);
	if (meeting == SLUG_MET)
		diag_warning(work->diag, pos,
			     "this id makes the same address as the one on line %u; both get a number behind it",
			     first);
}

/* Hash of what lists show of a product. */
static uint64_t card_hash(const struct work *work, const struct row *row, uint64_t id_hash)
{
	for (size_t i = 0; i < work->shop->language_count; i++)
		id_hash = hash_str(catalog_title(work->catalog, row, i), id_hash);
	return id_hash;
}

static void add_state(struct work *work, struct product_state state)
{
	make_room(work);
	work->products[work->product_count++] = state;
	work->listing = hash_number(state.card_hash, work->listing);
}

void scan_add_row(struct work *work, struct arena *scratch, const struct row *row)
{
	struct str id = catalog_id(work->catalog, row);
	enum slug_meeting meeting;
	size_t other;
	size_t index = slugs_add(&work->slugs, scratch, id, row->pos.line, &meeting, &other);
	if (meeting != SLUG_ALONE && id.len)
		report_meeting(work, row->pos.line, meeting, other);
	uint64_t id_hash = work->slugs.entries[index].id_hash;
	size_t old = manifest_find(work->last, work->next_old, id_hash);
	work->next_old = (old == SIZE_MAX ? work->next_old : old) + 1;
	add_state(work, (struct product_state){
				.row_hash = row->hash ? row->hash : 1,
				.card_hash = card_hash(work, row, id_hash),
				.offset = row->offset,
				.old = old == SIZE_MAX ? UINT32_MAX : (uint32_t)old,
				.profile = old == SIZE_MAX ? 0 : work->last->products[old].profile,
			});
}

void scan_add_known(struct work *work, size_t old, int64_t offset, uint32_t line)
{
	const struct product_record *record = &work->last->products[old];
	struct str name = manifest_slug(work->last, old);
	enum slug_meeting meeting;
	size_t other;
	if (record->hashed)
		name.len -= SLUG_HASH_LEN;
	slugs_add_known(&work->slugs, name, record->id_hash, line, record->cut, &meeting, &other);
	if (meeting != SLUG_ALONE)
		report_meeting(work, line, meeting, other);
	add_state(work, (struct product_state){
				.row_hash = record->row_hash,
				.card_hash = record->card_hash,
				.offset = offset,
				.old = (uint32_t)old,
				.profile = record->profile,
			});
}

/* Is this row where the unchanged end of the last catalog begins? Then all of that is added. */
static bool reaches_tail(struct work *work, const struct row *row)
{
	const struct manifest *last = work->last;
	struct unchanged *unchanged = &work->unchanged;
	while (unchanged->tail < last->product_count &&
	       last->products[unchanged->tail].offset + unchanged->shift < row->offset)
		unchanged->tail++;
	if (unchanged->tail >= last->product_count ||
	    last->products[unchanged->tail].offset + unchanged->shift != row->offset)
		return false;
	uint32_t first = last->products[unchanged->tail].line;
	for (size_t i = unchanged->tail; i < last->product_count; i++)
		scan_add_known(work, i, last->products[i].offset + unchanged->shift,
			       last->products[i].line - first + row->pos.line);
	return true;
}

/* Rows are read one by one and added. */
static void read_on(struct work *work, struct batch *batch)
{
	batch->first = work->product_count;
	while (!work->scanned && batch->count < PRODUCTS_A_PAGE) {
		struct row *row = &batch->rows[batch->count];
		work->scanned = !catalog_next(work->catalog, &batch->arena, row) ||
				reaches_tail(work, row);
		if (work->scanned)
			break;
		scan_add_row(work, &batch->arena, row);
		batch->count++;
	}
}

/* Reads a slice without the lock, and adds its rows when all before it have been. */
static void read_slice(struct scan *scan, struct batch *batch, const struct slice *slice)
{
	struct work *work = scan->work;
	size_t turn = scan->cut++;
	pthread_mutex_unlock(&work->lock);
	if (!batch->cursor)
		batch->cursor = catalog_cursor(work->catalog);
	bool there = batch->cursor && cursor_slice(batch->cursor, slice); /* if not, it was reported */
	while (there && batch->count < PRODUCTS_A_PAGE &&
	       catalog_read(work->catalog, batch->cursor, &batch->arena, &batch->rows[batch->count]))
		batch->count++;
	pthread_mutex_lock(&work->lock);
	while (scan->added < turn)
		pthread_cond_wait(&scan->turn, &work->lock);
	batch->first = work->product_count;
	for (size_t i = 0; i < batch->count; i++)
		scan_add_row(work, &batch->arena, &batch->rows[i]);
	scan->added++;
	pthread_cond_broadcast(&scan->turn);
}

/* What is left when no more can be cut is read on from there. */
static void stop_cutting(struct scan *scan, const struct slice *left)
{
	while (scan->added < scan->cut)
		pthread_cond_wait(&scan->turn, &scan->work->lock);
	if (scan->cutting && left->end)
		catalog_seek(scan->work->catalog, left->offset, left->line);
	scan->cutting = false;
}

static bool take_batch(struct scan *scan, struct batch *batch)
{
	struct work *work = scan->work;
	struct slice slice = { .end = 0 };
	arena_reset(&batch->arena);
	batch->count = 0;
	pthread_mutex_lock(&work->lock);
	bool cut = scan->cutting && catalog_cut(work->catalog, PRODUCTS_A_PAGE, &slice);
	if (cut) {
		read_slice(scan, batch, &slice);
	} else {
		stop_cutting(scan, &slice);
		read_on(work, batch);
	}
	pthread_mutex_unlock(&work->lock);
	return cut || batch->count > 0;
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
	uint16_t profile;
	const struct page_class *class;
};

static struct finding check_row(struct work *work, struct arena *arena, const struct row *row,
				struct listing_hand *lister)
{
	struct product product;
	struct finding finding = { .again = true };
	size_t before = diag_warnings(work->diag);
	if (!catalog_product(work->catalog, row, arena, &product))
		return finding;
	if (product.handling)
		finding.profile = (uint16_t)(product.handling->index + 1);
	if (!offer_anywhere(work->workings.offering, &product))
		diag_warning(work->diag, product.pos,
			     "no service carries '%.*s' anywhere; see weight, price, contents, services and "
			     "ships_from here, and carriers.csv",
			     STR(product.id));
	customs_check_product(work->workings.customs, &product, work->diag);
	if (work->texts_good)
		finding.class = product_class(work, &product);
	if (lister)
		listings_try(lister, &product);
	finding.again = diag_warnings(work->diag) > before;
	return finding;
}

static void keep_finding(struct product_state *state, struct finding finding)
{
	state->class = finding.class;
	state->profile = finding.profile;
	if (finding.again)
		state->row_hash = 0;
}

static void scan_batches(void *context, unsigned worker)
{
	struct scan *scan = context;
	struct work *work = scan->work;
	struct batch *batch = calloc(1, sizeof *batch);
	(void)worker;
	if (!batch)
		arena_exhausted();
	batch->lister = work->listings ? listing_hand_new(work, false) : NULL;
	while (take_batch(scan, batch)) {
		struct finding findings[PRODUCTS_A_PAGE];
		bool good[PRODUCTS_A_PAGE];
		pthread_mutex_lock(&work->lock);
		for (size_t i = 0; i < batch->count; i++)
			good[i] = known_good(work, batch->first + i);
		pthread_mutex_unlock(&work->lock);
		for (size_t i = 0; i < batch->count; i++)
			if (!good[i])
				findings[i] = check_row(work, &batch->arena, &batch->rows[i],
							batch->lister);
		pthread_mutex_lock(&work->lock);
		for (size_t i = 0; i < batch->count; i++)
			if (!good[i])
				keep_finding(&work->products[batch->first + i], findings[i]);
		pthread_mutex_unlock(&work->lock);
	}
	listing_hand_free(batch->lister);
	cursor_close(batch->cursor);
	arena_release(&batch->arena);
	free(batch);
}

/* Rows at the beginning that are as they were; then the catalog is brought to the row behind them. */
static void take_head(struct work *work)
{
	const struct manifest *last = work->last;
	work->unchanged = unchanged_find(work);
	size_t head = work->unchanged.head;
	if (head == last->product_count) {
		/* nothing but the end of the file can have changed: what follows is read as it comes */
		head = head ? head - 1 : 0;
		work->unchanged.tail = SIZE_MAX;
	}
	if (!head || !catalog_seek(work->catalog, last->products[head].offset, last->products[head].line))
		return;
	for (size_t i = 0; i < head; i++)
		scan_add_known(work, i, last->products[i].offset, last->products[i].line);
	work->next_old = head;
}

/* Rows that drew a warning the last time are looked at again, wherever they stand. */
static void check_again(struct work *work)
{
	struct arena scratch;
	struct listing_hand *lister = work->listings ? listing_hand_new(work, false) : NULL;
	arena_init(&scratch);
	for (size_t i = 0; i < work->product_count; i++) {
		struct product_state *state = &work->products[i];
		struct row row;
		if (state->row_hash || state->class ||
		    !catalog_seek(work->catalog, state->offset, work->slugs.entries[i].line) ||
		    !catalog_next(work->catalog, &scratch, &row))
			continue;
		state->row_hash = row.hash;
		keep_finding(state, check_row(work, &scratch, &row, lister));
		arena_reset(&scratch);
	}
	listing_hand_free(lister);
	arena_release(&scratch);
}

/* One worker reads on as quickly; and where rows are known from the last build, little is left to read. */
static bool may_cut(const struct work *work, size_t known)
{
	return work->options->jobs > 1 && !known &&
	       work->unchanged.tail >= work->last->product_count;
}

void catalog_scan(struct work *work)
{
	work->scanned = false;
	take_head(work);
	size_t known = work->product_count;
	struct scan scan = { .work = work, .cutting = may_cut(work, known) };
	pthread_cond_init(&scan.turn, NULL);
	threads_run(work->options->jobs, scan_batches, &scan);
	pthread_cond_destroy(&scan.turn);
	if (known || work->unchanged.tail < SIZE_MAX)
		check_again(work);
	slugs_settle(&work->slugs);
	work->listing = hash_number(work->slugs.met, work->listing);
}

void cards_load(struct work *work)
{
	size_t languages = work->shop->language_count;
	struct arena scratch;
	struct row row;
	struct buf slug = BUF_INIT;
	arena_init(&scratch);
	work->first_cards =
		arena_array(&work->arena, FIRST_CARDS * languages, sizeof *work->first_cards);
	catalog_rewind(work->catalog);
	while (work->first_card_count < FIRST_CARDS && work->first_card_count < work->product_count &&
	       catalog_next(work->catalog, &scratch, &row)) {
		buf_reset(&slug);
		slugs_show(&work->slugs, work->first_card_count, &slug);
		for (size_t i = 0; i < languages; i++)
			work->first_cards[i * FIRST_CARDS + work->first_card_count] = (struct card){
				.id = str_copy(&work->arena, catalog_id(work->catalog, &row)),
				.title = str_copy(&work->arena, catalog_title(work->catalog, &row, i)),
				.slug = str_copy(&work->arena, buf_str(&slug)),
				.default_title = str_copy(&work->arena, catalog_title(work->catalog, &row, 0)),
			};
		work->first_card_count++;
		arena_reset(&scratch);
	}
	buf_release(&slug);
	arena_release(&scratch);
}
