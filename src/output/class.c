/* SPDX-License-Identifier: MIT */
/*
 * In: products. Out: folded programs, one set a class, made by whoever comes first while the
 * others wait for that class alone.
 */
#include "output/folded.h"

#include <string.h>

#include "base/hash.h"
#include "base/threads.h"

struct classes *classes_new(struct arena *arena, const struct workings *workings,
			    struct edition *const *editions, struct reasons *reasons)
{
	struct classes *classes = arena_new(arena, sizeof *classes);
	classes->workings = workings;
	classes->editions = editions;
	classes->reasons = reasons;
	classes->language_count = workings->shop->language_count;
	threads_lock_init(&classes->lock);
	arena_init(&classes->arena);
	classes->by_key.arena = classes->listings.arena = &classes->arena;
	return classes;
}

void classes_let_go(struct classes *classes)
{
	for (size_t i = 0; i < classes->by_key.room; i++) {
		struct folded_class *class = classes->by_key.entries[i].value;
		if (class)
			arena_release(&class->arena);
	}
	listing_texts_let_go(classes);
}

void classes_release(struct classes *classes)
{
	classes_let_go(classes);
	for (size_t i = 0; i < classes->by_key.room; i++) {
		struct folded_class *class = classes->by_key.entries[i].value;
		if (class)
			pthread_mutex_destroy(&class->lock);
	}
	listing_texts_release(classes);
	arena_release(&classes->arena);
	pthread_mutex_destroy(&classes->lock);
}

size_t classes_count(const struct classes *classes)
{
	return classes->by_key.count;
}

void folded_home(const struct workings *w, struct arena *arena, const struct product *product,
		 struct home *home)
{
	const struct offer *ordered[OFFER_SERVICES_MAX];
	struct offers offers;
	offer_find(w->offering, product, home->place, &offers);
	home->count = scope_order(&offers, ordered);
	home->asked = UINT64_MAX;
	home->services = arena_array(arena, home->count, sizeof *home->services);
	home->fees = arena_array(arena, home->count, sizeof *home->fees);
	for (size_t i = 0; i < home->count; i++) {
		home->services[i] = ordered[i]->service;
		home->fees[i] = ordered[i]->fee;
	}
}

static void note_home(const struct workings *w, struct arena *arena, const struct edition *edition,
		      const struct product *product, struct home *home)
{
	size_t destination = scope_home(edition, w, product);
	if (destination == SIZE_MAX)
		return;
	home->place = w->shop->destinations[destination];
	folded_home(w, arena, product, home);
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
		if (edition->pages[PAGE_SLIP])
			hash = hash_number(program_hash(edition->pages[PAGE_SLIP]), hash);
		if (asked)
			reasons_note(classes->reasons, class->shown.key, &reads);
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	class->shown.hash = hash;
}

/* Runs every language's page once, so that what cannot be written is known before the gate. */
static void try_pages(const struct classes *classes, struct folded_class *class,
		      const struct product *product)
{
	struct arena arena;
	struct buf page = BUF_INIT;
	arena_init(&arena);
	struct page_runner *runner = page_runner_new(&arena, classes);
	for (size_t i = 0; i < classes->language_count && !class->shown.unknown.len; i++) {
		struct str trouble;
		bool slips = classes->editions[i]->pages[PAGE_SLIP] != NULL;
		buf_reset(&page);
		if (!class_run(runner, &class->shown, i, product, S("x"), &page, &trouble) ||
		    (slips && !slip_run(runner, &class->shown, i, product, S("x"), &page, &trouble)))
			class->shown.unknown = str_copy(&class->arena, trouble);
	}
	page_runner_release(runner);
	arena_release(&arena);
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
