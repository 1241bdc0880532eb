/* SPDX-License-Identifier: MIT */
/*
 * In: the shop folder and some days. Out: the days on which its pages differ from those of the day
 * before. The one idea: a day is a hash of each page, made exactly as a build of that day makes them.
 * Delivery times drift a little every day, as statistics grow older and closures come nearer; so a day on
 * which nothing of theirs turns is held against the day before with the delivery times of that one.
 */
#include "build/calendar.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/threads.h"
#include "build/turns.h"
#include "output/class.h"
#include "output/page.h"

/* A page of one day. */
struct page_print {
	uint64_t key;	   /* of what the page is about and its language */
	uint64_t hash;	   /* of its bytes */
	uint64_t product;  /* hash of the product's id; 0: about none */
	uint16_t language;
};

/* All pages of one day, by their keys. */
struct day_print {
	int32_t date;
	int32_t promised_on; /* day as of which delivery times are promised */
	struct page_print *pages;
	size_t count, room;
	size_t errors;
};

struct printing {
	const struct build_options *options;
	struct day_print *days;
	size_t count, next;
	pthread_mutex_t lock; /* of `next` */
};

static void add_page(struct day_print *day, uint64_t key, struct str page, uint64_t product,
		     size_t language)
{
	if (day->count == day->room) {
		day->room = day->room ? day->room * 2 : 256;
		day->pages = realloc(day->pages, day->room * sizeof *day->pages);
		if (!day->pages)
			arena_exhausted();
	}
	day->pages[day->count++] = (struct page_print){ hash_number(language, key), hash_str(page, 0),
							product, (uint16_t)language };
}

static void print_site(const struct shop *shop, struct edition *const *editions,
		       const struct workings *workings, struct day_print *day)
{
	static const enum page_kind kinds[] = { PAGE_SHOP, PAGE_POLICY, PAGE_FAQ };
	struct buf page = BUF_INIT;
	struct str trouble;
	for (size_t i = 0; i < shop->language_count; i++) {
		for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
			struct page_request request = { .kind = kinds[k] };
			buf_reset(&page);
			if (page_render(editions[i], workings, &request, &page, &trouble))
				add_page(day, kinds[k], buf_str(&page), 0, i);
		}
		for (size_t d = 0; d < shop->destination_count; d++) {
			struct page_request request = { .kind = PAGE_TO, .destination = d };
			buf_reset(&page);
			if (page_render(editions[i], workings, &request, &page, &trouble))
				add_page(day, hash_str(place_str(&shop->destinations[d]), PAGE_TO), buf_str(&page),
					 0, i);
		}
	}
	buf_release(&page);
}

static void print_products(struct catalog *catalog, struct classes *classes, size_t languages,
			   struct day_print *day)
{
	struct arena scratch, own;
	struct buf page = BUF_INIT;
	struct row row;
	arena_init(&scratch);
	arena_init(&own);
	struct page_runner *runner = page_runner_new(&own, classes);
	while (catalog_next(catalog, &scratch, &row)) {
		struct product product;
		struct str trouble;
		bool good = catalog_product(catalog, &row, &scratch, &product);
		const struct page_class *class = good ? class_get(classes, &product) : NULL;
		uint64_t id = good ? hash_str(product.id, 0) : 0;
		for (size_t i = 0; good && !class->unknown.len && i < languages; i++) {
			buf_reset(&page);
			if (class_run(runner, class, i, &product, S("x"), &page, &trouble))
				add_page(day, hash_number(id, PAGE_PRODUCT), buf_str(&page), id, i);
		}
		arena_reset(&scratch);
	}
	page_runner_release(runner);
	arena_release(&scratch);
	arena_release(&own);
	buf_release(&page);
}

static int by_key(const void *left, const void *right)
{
	const struct page_print *a = left, *b = right;
	return (a->key > b->key) - (a->key < b->key);
}

/* Reads, works out and renders everything as of the day. */
static void print_day(const struct build_options *options, struct day_print *day)
{
	struct arena arena;
	struct workings workings;
	struct diag *diag = diag_new(options->folder);
	arena_init(&arena);
	struct shop *shop = shop_load(&arena, options->folder, day->date, diag);
	struct catalog *catalog = catalog_open(&arena, shop, diag);
	struct edition **editions = editions_new(&arena, shop, diag);
	bool good = !diag_errors(diag) && shop->language_count;
	for (size_t i = 0; good && i < shop->language_count; i++)
		edition_fold(editions[i]);
	workings_init_on(&workings, &arena, shop, day->promised_on, diag);
	struct classes *classes = classes_new(&arena, &workings, editions, NULL);
	if (good && !diag_errors(diag)) {
		print_site(shop, editions, &workings, day);
		if (catalog_readable(catalog))
			print_products(catalog, classes, shop->language_count, day);
	}
	if (day->count)
		qsort(day->pages, day->count, sizeof *day->pages, by_key);
	day->errors = diag_errors(diag);
	classes_release(classes);
	workings_release(&workings);
	catalog_close(catalog);
	arena_release(&arena);
	diag_free(diag);
}

static void print_days(void *context, unsigned worker)
{
	struct printing *printing = context;
	(void)worker;
	for (;;) {
		pthread_mutex_lock(&printing->lock);
		size_t at = printing->next++;
		pthread_mutex_unlock(&printing->lock);
		if (at >= printing->count)
			return;
		print_day(printing->options, &printing->days[at]);
	}
}

/* Rows of listings.csv of the product in the language; they stand by the product's hash. */
static size_t listings_of(const struct shop *shop, uint64_t product, uint16_t language)
{
	size_t low = 0, high = shop->listing_count, count = 0;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (shop->listings[middle].id_hash < product)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < shop->listing_count && shop->listings[low].id_hash == product; low++)
		count += shop->listings[low].language == language;
	return count;
}

static void count_page(const struct shop *shop, const struct page_print *page,
		       struct calendar_day *day)
{
	day->pages++;
	if (page->product)
		day->listings += listings_of(shop, page->product, page->language);
}

/* Both are sorted: pages of one side alone are new or gone. */
static void compare_days(const struct shop *shop, const struct day_print *before,
			 const struct day_print *now, struct calendar_day *day)
{
	size_t i = 0, j = 0;
	while (i < before->count || j < now->count) {
		const struct page_print *a = i < before->count ? &before->pages[i] : NULL;
		const struct page_print *b = j < now->count ? &now->pages[j] : NULL;
		if (a && (!b || a->key < b->key)) {
			count_page(shop, a, day);
			i++;
		} else if (!a || b->key < a->key) {
			count_page(shop, b, day);
			j++;
		} else {
			if (a->hash != b->hash)
				count_page(shop, b, day);
			i++;
			j++;
		}
	}
}

/* Works out every turning day and the one before, and keeps those that differ. */
static void compare_all(const struct build_options *options, const struct shop *shop,
			const struct turnings *turnings, struct calendar *calendar)
{
	struct printing printing = { .options = options };
	size_t count = 0;
	printing.days = calloc(turnings->count * 2 + 1, sizeof *printing.days);
	if (!printing.days)
		arena_exhausted();
	calendar->days = arena_array(&calendar->arena, turnings->count, sizeof *calendar->days);
	for (size_t i = 0; i < turnings->count; i++) {
		struct calendar_day *day = count ? &calendar->days[count - 1] : NULL;
		if (!day || day->date != turnings->items[i].date) {
			day = &calendar->days[count];
			day->date = turnings->items[i].date;
			printing.days[2 * count] = (struct day_print){ day->date - 1, .promised_on = day->date - 1 };
			printing.days[2 * count + 1] = (struct day_print){ day->date, .promised_on = day->date - 1 };
			count++;
		}
		if (turnings->items[i].promises)
			printing.days[2 * count - 1].promised_on = day->date;
		day->reasons = arena_push(&calendar->arena, day->reasons, &day->reason_count,
					  sizeof *day->reasons);
		day->reasons[day->reason_count - 1] = turnings->items[i].reason;
	}
	printing.count = 2 * count;
	pthread_mutex_init(&printing.lock, NULL);
	threads_run(options->jobs, print_days, &printing);
	pthread_mutex_destroy(&printing.lock);
	calendar->turning = count;
	for (size_t i = 0; i < count; i++) {
		struct calendar_day *day = &calendar->days[i];
		compare_days(shop, &printing.days[2 * i], &printing.days[2 * i + 1], day);
		day->errors = printing.days[2 * i + 1].errors;
		if (day->pages || day->errors)
			calendar->days[calendar->count++] = *day;
	}
	for (size_t i = 0; i < printing.count; i++)
		free(printing.days[i].pages);
	free(printing.days);
}

enum status calendar_find(const struct build_options *options, int days, struct diag *diag,
			  struct calendar *calendar)
{
	struct turnings turnings;
	struct workings workings;
	memset(calendar, 0, sizeof *calendar);
	arena_init(&calendar->arena);
	struct shop *shop = shop_load(&calendar->arena, options->folder, options->date, diag);
	struct catalog *catalog = catalog_open(&calendar->arena, shop, diag);
	editions_new(&calendar->arena, shop, diag);
	workings_init(&workings, &calendar->arena, shop, diag);
	catalog_close(catalog);
	workings_release(&workings);
	if (diag_errors(diag))
		return STATUS_CONTENT;
	turnings_find(&calendar->arena, shop, days, &turnings);
	compare_all(options, shop, &turnings, calendar);
	return STATUS_DONE;
}

void calendar_release(struct calendar *calendar)
{
	arena_release(&calendar->arena);
}
