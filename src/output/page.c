/* SPDX-License-Identifier: MIT */
/* A scope for each kind of page, then one run of the language's folded program. */
#include "output/page.h"

/* From which order value on the tracked method is worth it, for the lightest parcels from the shop's own country. */
static void add_break_even(const struct workings *w, struct place to,
			   const struct handling *handling, struct offers *offers)
{
	struct offers plain;
	struct money nothing = { .currency = w->shop->settings.currency };
	offer_find_plain(w->offering, w->shop->settings.country, to, handling, nothing, &plain);
	offers->registered_from = plain.registered_from;
	offers->registered_forced = plain.registered_forced;
	if (plain.registered_by)
		offers->registered_by = &offers->items[plain.registered_by - plain.items];
}

/*
 * A country page is about no product: every service that goes there, from wherever it starts, with
 * the fee of its lightest band. Shown first is the one that most parcels were counted for.
 */
static void offers_of_country(const struct workings *w, struct place to, struct offers *offers)
{
	const struct shop *shop = w->shop;
	const struct handling *handling = scope_handling(shop);
	*offers = (struct offers){ .count = shop->service_count };
	for (size_t i = 0; i < shop->service_count; i++) {
		const struct service *service = &shop->services[i];
		const struct zone *zone = service_zone(service, to);
		struct offer *offer = &offers->items[i];
		*offer = (struct offer){ .service = service, .zone = zone, .refusal = REFUSED_ZONE };
		if (!zone || !zone->rate_count)
			continue;
		offer->refusal = REFUSED_NOT;
		offer->rate = &zone->rates[0];
		offer_fee_from(zone, &offer->fee);
		offer->promise = promise_get(w->promises, service, to, service->ships_from, handling);
		if (!offers->recommended ||
		    offer->promise->parcels > offers->recommended->promise->parcels)
			offers->recommended = offer;
	}
	offers->rule = offers->recommended ? RECOMMEND_USUAL : RECOMMEND_NONE;
	add_break_even(w, to, handling, offers);
}

static void fill_destinations(const struct edition *e, const struct workings *w,
			      struct arena *arena, enum page_kind page, struct record *scope)
{
	size_t count = e->shop->destination_count;
	const struct record **list = arena_array(arena, count, sizeof *list);
	for (size_t i = 0; i < count; i++) {
		struct offers offers;
		size_t destination = e->destinations_by_name[i];
		offers_of_country(w, e->shop->destinations[destination], &offers);
		list[i] = scope_destination(e, w, arena, destination, &offers, METHOD_COUNTRY_LINE,
					    page);
	}
	record_list(scope, "destinations", list, count);
}

static void fill_cards(const struct edition *e, struct arena *arena,
		       const struct page_request *request, struct record *scope)
{
	const struct record **list = arena_array(arena, request->card_count, sizeof *list);
	for (size_t i = 0; i < request->card_count; i++) {
		const struct card *card = &request->cards[i];
		struct record *r = record_new(arena, &card_shape);
		struct buf path = BUF_INIT;
		plan_path(&path, e->shop, PAGE_PRODUCT, e->language, card->slug, 0);
		record_text(r, "id", card->id);
		record_text(r, "title", card->title);
		record_text(r, "lang", edition_lang(e, card->title, card->default_title));
		record_text(r, "href",
			    str_format(arena, "%s%.*s", plan_way_up(e->shop, request->kind),
				       STR(buf_str(&path))));
		buf_release(&path);
		list[i] = r;
	}
	record_list(scope, "products", list, request->card_count);
}

static void fill_list_page(struct arena *arena, const struct page_request *request,
			   struct record *page)
{
	record_number(page, "count", (int64_t)request->count);
	record_text(page, "previous",
		    request->number > 1 ? str_format(arena, "%zu.html", request->number - 1) : S(""));
	record_text(page, "next",
		    request->number < request->count ?
			    str_format(arena, "%zu.html", request->number + 1) :
			    S(""));
}

bool page_render(const struct edition *edition, const struct workings *workings,
		 const struct page_request *request, struct buf *out, struct str *trouble)
{
	const struct shop *shop = edition->shop;
	struct arena arena;
	arena_init(&arena);
	struct record *scope = edition_scope(edition, &arena);
	struct str code = request->kind == PAGE_TO ?
				  place_str(&shop->destinations[request->destination]) :
				  S("");
	struct record *page = edition_page(edition, &arena, request->kind, code, request->number);
	fill_list_page(&arena, request, page);
	record_record(scope, "page", page);
	scope_fill_handling(edition, &arena, scope_handling(shop), scope);
	scope_fill_origin(edition, &arena, shop->settings.country, scope);
	record_text(scope, "fulfilment", S("seller"));
	record_number(scope, "product_count", (int64_t)request->product_count);
	fill_cards(edition, &arena, request, scope);
	record_absent(scope, "to");
	if (request->kind == PAGE_SHOP)
		fill_destinations(edition, workings, &arena, PAGE_SHOP, scope);
	if (request->kind == PAGE_TO) {
		struct offers offers;
		offers_of_country(workings, shop->destinations[request->destination], &offers);
		record_record(scope, "to",
			      scope_destination(edition, workings, &arena, request->destination,
						&offers, METHOD_COUNTRY, PAGE_TO));
	}
	bool done = program_run(edition->pages[request->kind], edition->words, scope, out, trouble);
	if (!done)
		*trouble = str_copy(edition->arena, *trouble);
	arena_release(&arena);
	return done;
}
