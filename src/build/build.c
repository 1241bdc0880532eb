/* SPDX-License-Identifier: MIT */
/*
 * In: a shop folder. Out: its published site. The six stages, in the order in which they
 * happen: read, work out, scan the catalog, gate, render and publish, finish.
 */
#include "build/build.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/threads.h"
#include "build/listings.h"
#include "build/work.h"
#include "output/advice.h"
#include "review/review.h"

static enum status open_output(struct work *work)
{
	const struct build_options *options = work->options;
	struct publish_options publish = { .dry = options->dry, .full = options->full };
	enum publish_state state = publisher_open(options->out, publish, &work->publisher,
						  &work->result->trouble);
	if (state == PUBLISH_READY)
		work->last = publisher_last(work->publisher);
	return state == PUBLISH_READY ? STATUS_DONE :
	       state == PUBLISH_LOCKED ? STATUS_LOCKED :
					 STATUS_SYSTEM;
}

/* Have the very same files been built by the last build, and does all of it still stand? */
static bool nothing_changed(const struct work *work)
{
	const struct build_options *options = work->options;
	return !options->check_only && !options->dry && !options->full && !options->only.len &&
	       publisher_trusts(work->publisher) && work->last->inputs == work->inputs &&
	       publisher_folders_untouched(work->publisher);
}

static void read_shop(struct work *work)
{
	const struct build_options *options = work->options;
	work->shop = shop_load(&work->arena, options->folder, options->date, work->diag);
	work->catalog = catalog_open(&work->arena, work->shop, work->diag);
	size_t before = diag_errors(work->diag);
	work->editions = editions_new(&work->arena, work->shop, work->diag);
	work->markets = markets_new(&work->arena, work->shop, work->diag);
	review_texts(&work->arena, work->shop, work->catalog, work->editions, work->diag);
	work->texts_good = diag_errors(work->diag) == before && work->shop->language_count > 0;
	workings_init(&work->workings, &work->arena, work->shop, work->diag);
	customs_check_destinations(work->workings.customs, work->diag);
	if (work->texts_good)
		editions_advise(work->editions, &work->workings);
	for (size_t i = 0; work->texts_good && i < work->shop->language_count; i++)
		edition_fold(work->editions[i]);
}

static void work_out(struct work *work)
{
	if (work->publisher) {
		publisher_recall(work->publisher, "reads", &work->last_reads);
		work->reasons = reasons_new(buf_str(&work->last_reads));
		work->pasting = pasting_new(work);
		work->workings.steady = pasting_steady(work->pasting);
		work->context = hash_number(steady_hash(work->workings.steady), work->context);
	}
	work->classes =
		classes_new(&work->arena, &work->workings, work->editions, work->reasons);
}

static uint64_t profile_bit(uint16_t profile)
{
	return profile ? UINT64_C(1) << ((profile - 1) & 63) : 0;
}

static void judge_profiles(struct work *work)
{
	uint64_t before = 0;
	for (size_t i = 0; i < work->product_count; i++)
		work->profiles |= profile_bit(work->products[i].profile);
	for (size_t i = 0; i < work->last->product_count; i++)
		before |= profile_bit(work->last->products[i].profile);
	work->same_profiles = work->profiles == before;
	shop_check_unused(work->shop, work->profiles, work->diag);
}

static void judge_catalog(struct work *work)
{
	struct pos catalog = { .file = "content/products.csv" };
	if (!catalog_readable(work->catalog)) /* reported; what it holds is not known */
		return;
	judge_profiles(work);
	if (!work->product_count && work->last->product_count && !work->options->allow_empty)
		diag_error(work->diag, catalog,
			   "there are no products, but the last build had %zu; --allow-empty empties the site",
			   work->last->product_count);
	else if (!work->product_count)
		diag_warning(work->diag, catalog, "there are no products");
	work->same_site = work->same_context && work->last->listing == work->listing &&
			  publisher_folders_untouched(work->publisher);
}

/* Nothing passes with an error, or, when the build is strict, with a warning. */
static bool gate(const struct work *work)
{
	return !diag_errors(work->diag) &&
	       !(work->options->strict && diag_warnings(work->diag));
}

static void note_removed(void *context, struct str path)
{
	struct work *work = context;
	if (str_starts(path, "report/changes.")) /* written anew at the end */
		return;
	changes_add_file(&work->changes, (struct file_change){ .path = path,
							       .change = CHANGE_REMOVED,
							       .reason = "no longer planned" });
}

/* The page of an old product in one of the old languages, when no new page lies there. */
static void remove_old_page(struct work *work, size_t old, struct str language, size_t column,
			    bool gone)
{
	const struct manifest *last = work->last;
	struct str slug = manifest_slug(last, old);
	struct buf folder = BUF_INIT, name = BUF_INIT;
	uint64_t hash = last->pages[old * last->language_count + column];
	buf_addf(&folder, "site/%.*s/p", STR(language));
	if (last->sharded)
		buf_addf(&folder, "/%02x", plan_shard(slug));
	plan_name(&name, PAGE_PRODUCT, slug, 0);
	if (hash && publisher_remove(work->publisher, buf_str(&folder), buf_str(&name), hash))
		changes_add_file(
			&work->changes,
			(struct file_change){
				.path = str_format(&work->arena, "%.*s/%.*s", STR(buf_str(&folder)),
						   STR(buf_str(&name))),
				.language = str_copy(&work->arena, language),
				.change = CHANGE_REMOVED,
				.reason = gone ? "the product is no longer in the catalog" :
						 "its address has changed" });
	buf_release(&folder);
	buf_release(&name);
}

static size_t shop_language(const struct shop *shop, struct str tag)
{
	for (size_t i = 0; i < shop->language_count; i++)
		if (str_equal(shop->languages[i].tag, tag))
			return i;
	return SIZE_MAX;
}

/* Pages of products that are gone, or that lie elsewhere now. */
static void remove_old_pages(struct work *work)
{
	const struct manifest *last = work->last;
	uint32_t *now = calloc(last->product_count + 1, sizeof *now); /* index plus 1; 0: gone */
	struct buf slug = BUF_INIT;
	if (!now)
		arena_exhausted();
	for (size_t i = 0; i < work->product_count; i++)
		if (work->products[i].old != UINT32_MAX)
			now[work->products[i].old] = (uint32_t)i + 1;
	for (size_t old = 0; old < last->product_count; old++) {
		struct str rest = last->languages, language;
		bool moved = last->sharded != work->shop->settings.sharded;
		buf_reset(&slug);
		if (now[old])
			slugs_show(&work->slugs, now[old] - 1, &slug);
		moved = moved || !str_equal(buf_str(&slug), manifest_slug(last, old));
		bool taken = last->sharded == work->shop->settings.sharded &&
			     slugs_hold(&work->slugs, manifest_slug(last, old)); /* by another product */
		for (size_t column = 0; str_next_word(&rest, &language); column++)
			if (((!now[old] || moved) && !taken) || shop_language(work->shop, language) == SIZE_MAX)
				remove_old_page(work, old, language, column, !now[old]);
	}
	buf_release(&slug);
	free(now);
}

static void publish_changes(struct work *work)
{
	struct buf csv = BUF_INIT;
	bool rewritten = !publisher_trusts(work->publisher); /* nothing of the last build was kept */
	if (work->changes.file_count || work->changes.page_count || rewritten) {
		changes_report(work, &csv);
		publisher_put(work->publisher, "report", S("changes.csv"), buf_str(&csv));
		buf_reset(&csv);
		changes_page(work, &csv);
		publisher_put(work->publisher, "report", S("changes.html"), buf_str(&csv));
	}
	buf_release(&csv);
	if (!reasons_noted(work->reasons))
		return;
	reasons_write(work->reasons, work->same_context || work->options->only.len, &csv);
	publisher_remember(work->publisher, "reads", buf_str(&csv));
	buf_release(&csv);
}

/* What the next build has to know of a product. */
static void recall_product(const void *context, size_t index, struct product_record *record,
			   struct buf *slug)
{
	const struct work *work = context;
	const struct product_state *state = &work->products[index];
	const struct slug_entry *entry = &work->slugs.entries[index];
	slugs_show(&work->slugs, index, slug);
	*record = (struct product_record){
		.id_hash = entry->id_hash,
		.row_hash = state->row_hash,
		.class_hash = state->class ? state->class->hash :
			      state->old != UINT32_MAX ? work->last->products[state->old].class_hash :
							 0,
		.card_hash = state->card_hash,
		.offset = state->offset,
		.line = entry->line,
		.hashed = entry->hashed,
		.cut = entry->cut,
		.profile = state->profile,
	};
}

static void remember(struct work *work, struct manifest *next)
{
	const struct build_options *options = work->options;
	bool whole = !options->only.len;
	struct buf languages = BUF_INIT;
	for (size_t i = 0; i < work->shop->language_count; i++)
		buf_addf(&languages, "%s%.*s", i ? " " : "", STR(work->shop->languages[i].tag));
	next->inputs = whole ? work->inputs : 0;
	next->context = whole ? work->context : 0;
	next->listing = whole ? work->listing : 0;
	next->sharded = work->shop->settings.sharded;
	next->languages = buf_str(&languages);
	next->language_count = work->shop->language_count;
	next->product_count = work->product_count;
	next->pages = work->pages;
	next->warnings = diag_warnings(work->diag);
	publisher_finish(work->publisher, next, recall_product, work);
	buf_release(&languages);
}

static void publish(struct work *work)
{
	struct manifest next = { .inputs = 0 };
	products_render(work);
	listings_render(work);
	classes_let_go(work->classes);
	site_publish(work);
	messages_publish(work);
	messages_release(work);
	reports_render(work);
	report_publish(work);
	duties_render(work);
	pasting_report(work->pasting);
	if (publisher_failed(work->publisher) || diag_errors(work->diag))
		return;
	pasting_finish(work->pasting);
	desk_publish(work);
	rules_remember(work);
	publisher_keep(work->publisher, "report", S("changes.csv"));
	publisher_keep(work->publisher, "report", S("changes.html"));
	/* listings may go while the site stays: they hang on the products' rows */
	static const char *const listed[] = { "listings/", "bulk/", "report/coverage.csv", NULL };
	if (work->options->only.len)
		publisher_keep_rest(work->publisher, NULL);
	else if (work->same_site)
		publisher_keep_rest(work->publisher, listed);
	publisher_remove_stale(work->publisher, note_removed, work);
	if (!work->options->only.len)
		remove_old_pages(work);
	publish_changes(work);
	keep_catalog(work);
	remember(work, &next);
}

/* Messages first: a letter to all countries takes longer than any page. */
static void write_texts(void *context, unsigned worker)
{
	messages_write(context, worker);
	site_render(context);
}

static enum status run(struct work *work)
{
	static struct manifest none;
	const struct build_options *options = work->options;
	struct build_result *result = work->result;
	work->last = &none;
	if (!inputs_digest(work))
		return STATUS_SYSTEM;
	enum status state = options->check_only ? STATUS_DONE : open_output(work);
	if (state != STATUS_DONE)
		return state;
	if (!options->check_only && nothing_changed(work)) {
		result->nothing_changed = true;
		result->products = work->last->product_count;
		result->warnings = work->last->warnings;
		return STATUS_DONE;
	}
	read_shop(work);
	rules_compare(work);
	work_out(work);
	if (catalog_readable(work->catalog))
		work->context = hash_number(catalog_reading(work->catalog), work->context);
	work->same_context = work->publisher && publisher_trusts(work->publisher) &&
			     work->last->context == work->context;
	listings_prepare(work);
	catalog_scan(work);
	listings_settle(work);
	judge_catalog(work);
	if (work->texts_good) {
		site_plan(work);
		messages_plan(work);
		threads_run(options->jobs, write_texts, work);
		site_gather(work);
	}
	result->products = work->product_count;
	result->warnings = diag_warnings(work->diag);
	result->pages = work->product_count * work->shop->language_count + work->site_file_count;
	if (!gate(work))
		return STATUS_CONTENT;
	if (options->check_only)
		return STATUS_DONE;
	publish(work);
	return publisher_failed(work->publisher) ? STATUS_SYSTEM :
	       diag_errors(work->diag)		 ? STATUS_CONTENT :
						   STATUS_DONE;
}

static void release(struct work *work)
{
	struct build_result *result = work->result;
	result->made = work->changes.made;
	result->changed = work->changes.changed;
	result->removed = work->changes.removed;
	if (work->publisher) {
		buf_add(&result->trouble, publisher_trouble(work->publisher));
		buf_add(&result->left_alone, publisher_left_alone(work->publisher));
	}
	pasting_free(work->pasting);
	publisher_close(work->publisher);
	listings_release(work);
	if (work->classes)
		classes_release(work->classes);
	workings_release(&work->workings);
	if (work->catalog)
		catalog_close(work->catalog);
	messages_release(work);
	last_catalog_close(work);
	reasons_free(work->reasons);
	buf_release(&work->last_reads);
	changes_release(&work->changes);
	slugs_release(&work->slugs);
	free(work->products);
	free(work->pages);
	pthread_mutex_destroy(&work->lock);
	arena_release(&work->arena);
}

enum status build_run(const struct build_options *options, struct diag *diag,
		      struct build_result *result)
{
	struct work work = { .options = options, .result = result, .diag = diag };
	memset(result, 0, sizeof *result);
	arena_init(&work.arena);
	changes_init(&work.changes);
	pthread_mutex_init(&work.lock, NULL);
	enum status status = run(&work);
	release(&work);
	return status;
}

void build_result_release(struct build_result *result)
{
	buf_release(&result->trouble);
	buf_release(&result->left_alone);
}
