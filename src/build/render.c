/* SPDX-License-Identifier: MIT */
/*
 * In: the catalog a second time. Out: the pages of products that changed, and the lists of all products. The
 * one idea: what cannot have changed is not rendered, and what did not change is not written.
 */
#include <stdlib.h>

#include "base/hash.h"
#include "base/threads.h"
#include "build/work.h"

/* A worker: a batch of rows, which is one list page, and the buffers for one page. */
struct hand {
	struct work *work;
	struct arena arena; /* of the batch */
	struct arena own;   /* of the runner */
	struct page_runner *runner;
	struct cursor *cursor; /* NULL: rows are read under the lock */
	struct row rows[PRODUCTS_A_PAGE];
	size_t first, count;
	struct buf page, slug, folder, name;
};

/* The batches of the second pass, counted under the work's lock. */
struct pass {
	struct work *work;
	bool *clean;  /* batches that need not be read: their pages are as they were */
	size_t next;  /* product that the next batch begins with */
	size_t at;    /* product whose row the catalog would give next */
	size_t done;  /* products, for the progress line */
	size_t rendered;
};

/* Brings the catalog to the row of the product: there at once, or by reading on. */
static void go_to(struct pass *pass, size_t product, struct arena *scratch)
{
	struct work *work = pass->work;
	struct row row;
	if (pass->at == product)
		return;
	if (catalog_seek(work->catalog, work->products[product].offset,
			 work->slugs.entries[product].line))
		pass->at = product;
	for (; pass->at < product; pass->at++) {
		catalog_next(work->catalog, scratch, &row);
		arena_reset(scratch);
	}
}

/* The rows of a batch, read under the lock one after the other. */
static void read_on(struct pass *pass, struct hand *hand, size_t count)
{
	go_to(pass, hand->first, &hand->arena);
	while (hand->count < count &&
	       catalog_next(pass->work->catalog, &hand->arena, &hand->rows[hand->count]))
		hand->count++;
	pass->at = hand->first + hand->count;
}

/* The same with a cursor of the hand's own: where products stand is known from the first pass. */
static void read_slice(struct hand *hand, size_t count)
{
	const struct work *work = hand->work;
	size_t end = hand->first + count;
	struct slice slice = {
		.offset = work->products[hand->first].offset,
		.end = end < work->product_count ? work->products[end].offset : INT64_MAX,
		.line = work->slugs.entries[hand->first].line,
	};
	cursor_slice(hand->cursor, &slice);
	while (hand->count < count &&
	       catalog_read(work->catalog, hand->cursor, &hand->arena, &hand->rows[hand->count]))
		hand->count++;
}

static bool take_batch(struct pass *pass, struct hand *hand)
{
	struct work *work = pass->work;
	arena_reset(&hand->arena);
	pthread_mutex_lock(&work->lock);
	while (pass->next < work->product_count && pass->clean[pass->next / PRODUCTS_A_PAGE])
		pass->next += PRODUCTS_A_PAGE;
	size_t left = pass->next < work->product_count ? work->product_count - pass->next : 0;
	size_t count = left < PRODUCTS_A_PAGE ? left : PRODUCTS_A_PAGE;
	hand->first = pass->next;
	hand->count = 0;
	pass->next += count;
	if (count && !hand->cursor)
		read_on(pass, hand, count);
	pthread_mutex_unlock(&work->lock);
	if (count && hand->cursor)
		read_slice(hand, count);
	return hand->count > 0;
}

/* The page's recorded hash, when it lay at this very path; else 0. */
static uint64_t old_page(const struct work *work, const struct product_state *state, size_t language,
			 struct str slug)
{
	const struct manifest *last = work->last;
	size_t column = manifest_language(last, work->shop->languages[language].tag);
	if (state->old == UINT32_MAX || column == SIZE_MAX ||
	    last->sharded != work->shop->settings.sharded ||
	    !str_equal(manifest_slug(last, state->old), slug))
		return 0;
	return last->pages[state->old * last->language_count + column];
}

static void find_file(struct hand *hand, enum page_kind kind, size_t language)
{
	buf_reset(&hand->folder);
	buf_reset(&hand->name);
	plan_folder(&hand->folder, hand->work->shop, kind, language, buf_str(&hand->slug));
	plan_name(&hand->name, kind, buf_str(&hand->slug), 0);
}

static void find_page(struct hand *hand, size_t language)
{
	find_file(hand, PAGE_PRODUCT, language);
}

/* The packing slip's folder, as the publisher takes it. */
static const char *find_slip(struct hand *hand, size_t language)
{
	find_file(hand, PAGE_SLIP, language);
	buf_byte(&hand->folder, 0);
	return hand->folder.text;
}

/* Keeps the packing slips of a product that cannot have changed; false when one is missing. */
static bool keep_slips(struct hand *hand)
{
	const struct work *work = hand->work;
	for (size_t i = 0; i < work->shop->language_count; i++) {
		if (!work->editions[i]->pages[PAGE_SLIP])
			continue;
		const char *folder = find_slip(hand, i);
		if (!publisher_keep(work->publisher, folder, buf_str(&hand->name)))
			return false;
	}
	return true;
}

/* Keeps the recorded hashes of a product that cannot have changed; false when one page is missing. */
static bool keep_pages(struct hand *hand, size_t index)
{
	struct work *work = hand->work;
	const struct product_state *state = &work->products[index];
	size_t languages = work->shop->language_count;
	for (size_t i = 0; i < languages; i++) {
		uint64_t old = old_page(work, state, i, buf_str(&hand->slug));
		if (!publisher_folders_untouched(work->publisher)) {
			find_page(hand, i);
			if (!publisher_has(work->publisher, buf_str(&hand->folder), buf_str(&hand->name)))
				old = 0;
		}
		if (!old)
			return false;
		work->pages[index * languages + i] = old;
	}
	return keep_slips(hand);
}

static bool same_row(const struct work *work, const struct product_state *state)
{
	return state->old != UINT32_MAX && publisher_trusts(work->publisher) &&
	       work->last->products[state->old].row_hash == state->row_hash;
}

static void put_page(struct hand *hand, size_t index, size_t language, const struct row *row,
		     const struct product *product)
{
	struct work *work = hand->work;
	struct str trouble, slug = buf_str(&hand->slug);
	const struct product_state *state = &work->products[index];
	uint64_t *hash = &work->pages[index * work->shop->language_count + language];
	buf_reset(&hand->page);
	if (!class_run(hand->runner, state->class, language, product, slug, &hand->page, &trouble)) {
		diag_error(work->diag, product->pos, "the page of '%.*s' would write '%.*s', which is not known here",
			   STR(product->id), STR(trouble));
		return;
	}
	find_page(hand, language);
	uint64_t old = old_page(work, state, language, slug);
	enum change change =
		publisher_put_page(work->publisher, buf_str(&hand->folder), buf_str(&hand->name),
				   buf_str(&hand->page), old, hash);
	changes_add_page(&work->changes,
			 (struct page_change){ .product = (uint32_t)index,
					       .language = (uint16_t)language,
					       .change = (uint16_t)change,
					       .id = product->id,
					       .reason = reason_of_page(work, index, language, row, change) },
			 !first_large_build(work));
}

static void put_slip(struct hand *hand, size_t index, size_t language, const struct product *product)
{
	struct work *work = hand->work;
	struct str trouble;
	buf_reset(&hand->page);
	if (!work->editions[language]->pages[PAGE_SLIP])
		return;
	if (!slip_run(hand->runner, work->products[index].class, language, product,
		      buf_str(&hand->slug), &hand->page, &trouble)) {
		diag_error(work->diag, product->pos,
			   "the packing slip of '%.*s' would write '%.*s', which is not known here",
			   STR(product->id), STR(trouble));
		return;
	}
	const char *folder = find_slip(hand, language);
	enum change change =
		publisher_put(work->publisher, folder, buf_str(&hand->name), buf_str(&hand->page));
	if (change == CHANGE_NONE || first_large_build(work))
		return;
	struct str path = str_format(&hand->arena, "%s/%.*s", folder, STR(buf_str(&hand->name)));
	changes_add_file(&work->changes,
			 (struct file_change){ .path = path,
					       .language = work->shop->languages[language].tag,
					       .change = change,
					       .reason = "the product, the shop's tables or texts" });
}

bool product_wanted(const struct work *work, struct str id)
{
	struct str rest = work->options->only, word;
	if (!work->options->only.len)
		return true;
	while (str_next_word(&rest, &word))
		if (str_equal(word, id))
			return true;
	return false;
}

/* Returns whether the product's pages were worked out again. */
static bool render_product(struct hand *hand, size_t index, const struct row *row)
{
	struct work *work = hand->work;
	struct product_state *state = &work->products[index];
	struct product product;
	bool same = same_row(work, state);
	buf_reset(&hand->slug);
	slugs_show(&work->slugs, index, &hand->slug);
	if (same && work->same_context && keep_pages(hand, index)) {
		return false;
	}
	if (!product_wanted(work, catalog_id(work->catalog, row))) {
		keep_pages(hand, index);
		state->row_hash = 0;
		return false;
	}
	if (!catalog_product(work->catalog, row, &hand->arena, &product))
		return false;
	if (!state->class)
		state->class = product_class(work, &product);
	if (same && work->last->products[state->old].class_hash == state->class->hash &&
	    keep_pages(hand, index))
		return false;
	for (size_t i = 0; i < work->shop->language_count; i++) {
		put_page(hand, index, i, row, &product);
		put_slip(hand, index, i, &product);
	}
	return true;
}

/* The list page that shows the batch's products. */
static void render_list(struct hand *hand, size_t language)
{
	struct work *work = hand->work;
	const struct edition *edition = work->editions[language];
	struct card *cards = arena_array(&hand->arena, hand->count, sizeof *cards);
	struct str trouble;
	for (size_t i = 0; i < hand->count; i++) {
		buf_reset(&hand->slug);
		slugs_show(&work->slugs, hand->first + i, &hand->slug);
		cards[i] = (struct card){ .id = catalog_id(work->catalog, &hand->rows[i]),
					  .title = catalog_title(work->catalog, &hand->rows[i], language),
					  .default_title = catalog_title(work->catalog, &hand->rows[i], 0),
					  .slug = str_copy(&hand->arena, buf_str(&hand->slug)) };
	}
	struct page_request request = { .kind = PAGE_PRODUCTS,
					.number = hand->first / PRODUCTS_A_PAGE + 1,
					.count = plan_list_pages(work->product_count),
					.product_count = work->product_count,
					.cards = cards,
					.card_count = hand->count };
	buf_reset(&hand->page);
	if (page_render(edition, &work->workings, &request, &hand->page, &trouble))
		site_put(work, PAGE_PRODUCTS, language, S(""), request.number, buf_str(&hand->page));
}

static void render_lists(struct hand *hand)
{
	struct work *work = hand->work;
	if (work->same_site || work->options->only.len)
		return;
	for (size_t i = 0; i < work->shop->language_count; i++)
		render_list(hand, i);
}

static void tell_progress(struct pass *pass, size_t count, size_t rendered)
{
	struct work *work = pass->work;
	pthread_mutex_lock(&work->lock);
	pass->done += count;
	pass->rendered += rendered;
	if (work->options->progress)
		work->options->progress(work->options->progress_context, pass->done,
					work->product_count);
	pthread_mutex_unlock(&work->lock);
}

static void render(void *context, unsigned worker)
{
	struct pass *pass = context;
	struct hand *hand = calloc(1, sizeof *hand);
	(void)worker;
	if (!hand)
		arena_exhausted();
	hand->work = pass->work;
	hand->runner = page_runner_new(&hand->own, pass->work->classes);
	hand->cursor = catalog_cursor(pass->work->catalog);
	while (!publisher_failed(pass->work->publisher) && take_batch(pass, hand)) {
		size_t rendered = 0;
		for (size_t i = 0; i < hand->count; i++)
			rendered += render_product(hand, hand->first + i, &hand->rows[i]);
		render_lists(hand);
		tell_progress(pass, hand->count, rendered);
	}
	cursor_close(hand->cursor);
	page_runner_release(hand->runner);
	arena_release(&hand->arena);
	arena_release(&hand->own);
	buf_release(&hand->page);
	buf_release(&hand->slug);
	buf_release(&hand->folder);
	buf_release(&hand->name);
	free(hand);
}

/* Keeps all pages of a batch when none of its products can have changed. */
static bool keep_batch(struct hand *hand, size_t first)
{
	struct work *work = hand->work;
	size_t end = first + PRODUCTS_A_PAGE;
	for (size_t i = first; i < end && i < work->product_count; i++) {
		buf_reset(&hand->slug);
		slugs_show(&work->slugs, i, &hand->slug);
		if (!same_row(work, &work->products[i]) || !keep_pages(hand, i))
			return false;
	}
	return true;
}

/* Finds the batches that need not be read a second time. */
static void find_clean(struct pass *pass)
{
	struct work *work = pass->work;
	size_t batches = plan_list_pages(work->product_count);
	struct hand *hand = calloc(1, sizeof *hand);
	pass->clean = calloc(batches, sizeof *pass->clean);
	if (!hand || !pass->clean)
		arena_exhausted();
	hand->work = work;
	for (size_t i = 0; work->same_site && i < batches; i++) {
		pass->clean[i] = keep_batch(hand, i * PRODUCTS_A_PAGE);
		if (pass->clean[i])
			pass->done += PRODUCTS_A_PAGE;
	}
	buf_release(&hand->slug);
	buf_release(&hand->folder);
	buf_release(&hand->name);
	free(hand);
}

void products_render(struct work *work)
{
	struct pass pass = { .work = work };
	size_t pages = work->product_count * work->shop->language_count;
	work->pages = calloc(pages ? pages : 1, sizeof *work->pages);
	if (!work->pages)
		arena_exhausted();
	find_clean(&pass);
	catalog_rewind(work->catalog);
	threads_run(work->options->jobs, render, &pass);
	free(pass.clean);
	work->result->rendered = pass.rendered;
	work->result->classes = classes_count(work->classes);
}
