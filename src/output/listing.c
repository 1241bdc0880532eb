/* SPDX-License-Identifier: MIT */
/*
 * In: a product and where its listing's buyers live. Out: the listing's text as HTML. Folded like a class's pages, by whoever
 * comes first, and kept with the classes.
 */
#include "output/listing.h"

#include <string.h>

#include "output/folded.h"
#include "output/page.h"
#include "output/places.h"

struct folded_listing {
	struct listing_text shown;
	uint64_t key[3]; /* class, language, destination */
	pthread_mutex_t lock;
	bool ready;
	struct arena arena;
	const struct program *program;
	struct home home;
};

/* The figures of the lane, from which the next builds know what was pasted. */
static struct snippet_value lane_value(struct arena *arena, const struct promise *promise)
{
	struct buf line = BUF_INIT;
	steady_write(&line, promise);
	struct str lane = steady_lane(arena, promise);
	struct snippet_value value = { .name = str_format(arena, SNIPPET_LANE "%.*s", STR(lane)),
				       .value = str_copy(arena, buf_str(&line)) };
	buf_release(&line);
	return value;
}

static void keep_values(const struct workings *w, const struct product *product,
			struct folded_listing *folded, const struct reads *reads)
{
	size_t count = reads->count;
	struct snippet_value *items = arena_array(&folded->arena, count + 1, sizeof *items);
	for (size_t i = 0; i < count; i++)
		items[i] = (struct snippet_value){
			.name = str_copy(&folded->arena, reads->items[i].name),
			.value = str_copy(&folded->arena, reads->items[i].value),
			.pos = value_place(w, product, folded->home.place, reads->items[i].name),
		};
	if (folded->shown.promise)
		items[count++] = lane_value(&folded->arena, folded->shown.promise);
	folded->shown.values = (struct snippet_values){ items, count };
}

static void note_offer(const struct classes *classes, struct folded_listing *folded,
		       const struct product *product)
{
	const struct workings *w = classes->workings;
	struct offers offers;
	workings_listing_offers(w, product, folded->home.place, &offers);
	if (!offers.recommended)
		return;
	struct listing_text *shown = &folded->shown;
	shown->carried = true;
	shown->promise = offers.recommended->promise;
	shown->service = offers.recommended->service;
	shown->payer = customs_payer(w->customs, shown->service, shown->to,
				     shown->service->ships_from);
}

static void fold(const struct classes *classes, struct folded_listing *folded,
		 const struct product *product, size_t language, size_t destination)
{
	const struct workings *w = classes->workings;
	const struct edition *edition = classes->editions[language];
	struct arena scratch;
	struct reads reads = { .arena = &scratch };
	arena_init(&scratch);
	arena_init(&folded->arena);
	folded->shown.language = language;
	if (destination == SIZE_MAX)
		destination = scope_somewhere(edition, w, product);
	struct record *scope = edition_scope(edition, &scratch);
	scope_listing(edition, w, &scratch, product, destination, scope);
	if (destination != SIZE_MAX) {
		folded->home.place = folded->shown.to = w->shop->destinations[destination];
		folded_home(w, &folded->arena, product, &folded->home);
		note_offer(classes, folded, product);
	}
	folded->program = program_fold_apart(&folded->arena, edition->pages[PAGE_LISTING],
					     edition->words, scope, &reads);
	folded->shown.hash = program_hash(folded->program);
	folded->home.asked = program_elements(folded->program) | 1; /* whether the first is known is asked */
	keep_values(w, product, folded, &reads);
	arena_release(&scratch);
}

const struct listing_text *listing_text_get(struct classes *classes, const struct product *product,
					    uint64_t class_key, size_t language, size_t destination)
{
	const uint64_t key[3] = { class_key, language, destination };
	struct str text = { (const char *)key, sizeof key };
	pthread_mutex_lock(&classes->lock);
	struct folded_listing *folded = map_find(&classes->listings, text);
	if (!folded) {
		folded = arena_new(&classes->arena, sizeof *folded);
		memcpy(folded->key, key, sizeof key);
		pthread_mutex_init(&folded->lock, NULL);
		text.text = (const char *)folded->key;
		*map_put(&classes->listings, text) = folded;
	}
	pthread_mutex_unlock(&classes->lock);
	pthread_mutex_lock(&folded->lock);
	if (!folded->ready)
		fold(classes, folded, product, language, destination);
	folded->ready = true;
	pthread_mutex_unlock(&folded->lock);
	return &folded->shown;
}

void listing_texts_let_go(struct classes *classes)
{
	for (size_t i = 0; i < classes->listings.room; i++) {
		struct folded_listing *folded = classes->listings.entries[i].value;
		if (folded)
			arena_release(&folded->arena);
	}
}

void listing_texts_release(struct classes *classes)
{
	for (size_t i = 0; i < classes->listings.room; i++) {
		struct folded_listing *folded = classes->listings.entries[i].value;
		if (folded)
			pthread_mutex_destroy(&folded->lock);
	}
}

bool listing_text_run(struct page_runner *runner, const struct listing_text *text,
		      const struct product *product, struct str slug, struct buf *out,
		      struct holes *holes, bool *known, struct str *trouble)
{
	const struct folded_listing *folded = (const struct folded_listing *)text;
	struct listing_run run = { .holes = holes };
	bool done = runner_run(runner, folded->program, runner_edition(runner, text->language),
			       &folded->home, product, slug, &run, out, trouble);
	*known = run.known;
	return done;
}

bool listing_shop_run(const struct edition *edition, const struct workings *workings,
		      struct buf *out, struct str *trouble)
{
	struct page_request request = { .kind = PAGE_LISTING_SHOP };
	return page_render(edition, workings, &request, out, trouble);
}

/* Where the text stands in the bytes from `from` on, or past their end. */
static size_t find(struct str bytes, size_t from, const char *text)
{
	const char *at = from < bytes.len ?
				 memmem(bytes.text + from, bytes.len - from, text, strlen(text)) :
				 NULL;
	return at ? (size_t)(at - bytes.text) : bytes.len;
}

struct str listing_shop_part(struct str html, struct str field)
{
	static const char mark[] = "<section data-field=\"";
	for (size_t at = find(html, 0, mark); at < html.len; at = find(html, at + 1, mark)) {
		size_t name = at + sizeof mark - 1;
		size_t quote = name + str_index(str_sub(html, name, html.len), '"');
		struct str names = str_sub(html, name, quote - name), word;
		while (str_next_word(&names, &word))
			if (str_equal(word, field))
				return str_sub(html, at, find(html, at, "</section>") + 10 - at);
	}
	return S("");
}
