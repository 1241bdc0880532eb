/* SPDX-License-Identifier: MIT */
/*
 * In: products. Out: folded programs, one set a class, made by whoever comes first while the
 * others wait for that class alone.
 */
#include "output/class.h"

#include <pthread.h>
#include <string.h>

#include "base/hash.h"
#include "base/map.h"

/* The methods of `to` in the order in which the class's page shows them. */
struct home {
	struct place place;
	const struct service **services;
	struct money *fees;
	size_t count;
};

/* What has been folded, and what the product's own stage still fills in `to`. */
struct folded_class {
	struct page_class shown;
	pthread_mutex_t lock;
	bool ready;
	struct arena arena;
	const struct program **programs; /* one a language */
	struct home *homes;		 /* one a language */
};

struct classes {
	const struct workings *workings;
	struct edition *const *editions;
	struct reasons *reasons;
	size_t language_count;
	pthread_mutex_t lock;
	struct arena arena;
	struct map by_key;
};

struct page_runner {
	const struct classes *classes;
	struct arena arena; /* reset for each page */
};

struct classes *classes_new(struct arena *arena, const struct workings *workings,
			    struct edition *const *editions, struct reasons *reasons)
{
	struct classes *classes = arena_new(arena, sizeof *classes);
	classes->workings = workings;
	classes->editions = editions;
	classes->reasons = reasons;
	classes->language_count = workings->shop->language_count;
	pthread_mutex_init(&classes->lock, NULL);
	arena_init(&classes->arena);
	classes->by_key.arena = &classes->arena;
	return classes;
}

void classes_release(struct classes *classes)
{
	for (size_t i = 0; i < classes->by_key.room; i++) {
		struct folded_class *class = classes->by_key.entries[i].value;
		if (!class)
			continue;
		arena_release(&class->arena);
		pthread_mutex_destroy(&class->lock);
	}
	arena_release(&classes->arena);
	pthread_mutex_destroy(&classes->lock);
}

size_t classes_count(const struct classes *classes)
{
	return classes->by_key.count;
}

static void note_home(const struct workings *w, struct arena *arena, const struct edition *edition,
		      const struct product *product, struct home *home)
{
	const struct offer *ordered[OFFER_SERVICES_MAX];
	struct offers offers;
	size_t destination = scope_home(edition, w, product);
	if (destination == SIZE_MAX)
		return;
	home->place = w->shop->destinations[destination];
	offer_find(w->offering, product, home->place, &offers);
	home->count = scope_order(&offers, ordered);
	home->services = arena_array(arena, home->count, sizeof *home->services);
	home->fees = arena_array(arena, home->count, sizeof *home->fees);
	for (size_t i = 0; i < home->count; i++) {
		home->services[i] = ordered[i]->service;
		home->fees[i] = ordered[i]->fee;
	}
}

static void fold(const struct classes *classes, struct folded_class *class,
		 const struct product *product)
{
	struct arena scratch;
	arena_init(&class->arena);
	arena_init(&scratch);
	class->programs =
		arena_array(&class->arena, classes->language_count, sizeof *class->programs);
	class->homes = arena_array(&class->arena, classes->language_count, sizeof *class->homes);
	struct reads reads = { .arena = &scratch };
	uint64_t hash = 0;
	for (size_t i = 0; i < classes->language_count; i++) {
		const struct edition *edition = classes->editions[i];
		struct record *scope = edition_scope(edition, &scratch);
		bool asked = i == 0 && classes->reasons;
		scope_class(edition, classes->workings, &scratch, product, scope);
		note_home(classes->workings, &class->arena, edition, product, &class->homes[i]);
		class->programs[i] =
			program_fold(&class->arena, edition->pages[PAGE_PRODUCT], edition->words, scope,
				     asked ? &reads : NULL);
		hash = hash_number(program_hash(class->programs[i]), hash);
		if (asked)
			reasons_note(classes->reasons, class->shown.key, &reads);
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	class->shown.hash = hash;
}

struct page_runner *page_runner_new(struct arena *arena, const struct classes *classes)
{
	struct page_runner *runner = arena_new(arena, sizeof *runner);
	runner->classes = classes;
	return runner;
}

void page_runner_release(struct page_runner *runner)
{
	arena_release(&runner->arena);
}

static struct record *product_record(const struct edition *e, struct arena *arena,
				     const struct product *product)
{
	struct record *r = record_new(arena, &product_shape);
	struct place origin = product->origin;
	record_text(r, "id", product->id);
	record_text(r, "title", product->titles[e->language]);
	record_money(r, "price", amount_of(product->price));
	record_weight(r, "weight", product->weight_g);
	record_text(r, "brand", product->brand);
	record_text(r, "link", product->link);
	record_text(r, "image", product->image_link);
	record_text(r, "box_contents", translated_get(&product->box_contents, e->language));
	record_text(r, "hs_code", product->hs_code);
	record_text(r, "origin",
		    origin.code[0] ? words_country(e->words, arena, place_str(&origin)) : S(""));
	return r;
}

/* Amounts of customs for each method of `to`: the only part of it that hangs on the product. */
static void fill_home(const struct workings *w, struct arena *arena, const struct home *home,
		      const struct product *product, struct record *scope)
{
	const struct record **methods = arena_array(arena, home->count, sizeof *methods);
	struct record *to = record_new(arena, &destination_shape);
	for (size_t i = 0; i < home->count; i++) {
		struct landed landed;
		struct customs_request request = {
			.service = home->services[i],
			.to = home->place,
			.from = product->ships_from,
			.origin = product->origin,
			.hs_code = product->hs_code,
			.goods = product->customs_value.currency.code[0] ? product->customs_value :
									   product->price,
			.freight = home->fees[i],
			.weight_g = product->weight_g,
			.quantity = 1,
			.date = w->shop->date,
		};
		struct record *method = record_new(arena, &method_shape);
		customs_quote(w->customs, &request, false, arena, &landed);
		record_record(method, "customs", scope_landed(arena, &landed));
		methods[i] = method;
	}
	record_list(to, "methods", methods, home->count);
	if (home->count)
		record_record(to, "method", methods[0]);
	record_record(scope, "to", to);
}

bool class_run(struct page_runner *runner, const struct page_class *class, size_t language,
	       const struct product *product, struct str slug, struct buf *out,
	       struct str *trouble)
{
	const struct folded_class *folded = (const struct folded_class *)class;
	const struct edition *edition = runner->classes->editions[language];
	struct arena *arena = &runner->arena;
	struct record *scope = record_new(arena, &root_shape);
	record_record(scope, "product", product_record(edition, arena, product));
	record_record(scope, "page", edition_page(edition, arena, PAGE_PRODUCT, slug, 0));
	fill_home(runner->classes->workings, arena, &folded->homes[language], product, scope);
	bool done = program_run(folded->programs[language], edition->words, scope, out, trouble);
	arena_reset(arena);
	return done;
}

/* Runs every language's page once, so that what cannot be written is known before the gate. */
static void try_pages(const struct classes *classes, struct folded_class *class,
		      const struct product *product)
{
	struct page_runner runner = { .classes = classes };
	struct buf page = BUF_INIT;
	for (size_t i = 0; i < classes->language_count && !class->shown.unknown.len; i++) {
		struct str trouble;
		buf_reset(&page);
		if (!class_run(&runner, &class->shown, i, product, S("x"), &page, &trouble))
			class->shown.unknown = str_copy(&class->arena, trouble);
	}
	page_runner_release(&runner);
	buf_release(&page);
}

const struct page_class *class_get(struct classes *classes, const struct product *product)
{
	uint64_t key = offer_class(classes->workings->offering, product);
	struct str text = { (const char *)&key, sizeof key };
	pthread_mutex_lock(&classes->lock);
	struct folded_class *class = map_find(&classes->by_key, text);
	if (!class) {
		class = arena_new(&classes->arena, sizeof *class);
		class->shown.key = key;
		pthread_mutex_init(&class->lock, NULL);
		text.text = (const char *)&class->shown.key;
		*map_put(&classes->by_key, text) = class;
	}
	pthread_mutex_unlock(&classes->lock);
	pthread_mutex_lock(&class->lock);
	if (!class->ready) {
		fold(classes, class, product);
		try_pages(classes, class, product);
		class->ready = true;
	}
	pthread_mutex_unlock(&class->lock);
	return &class->shown;
}
