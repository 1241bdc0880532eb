/* SPDX-License-Identifier: MIT */
/* Records from offers: one function a shape, none longer than the list of its fields. */
#include "output/scope.h"

#include <stdlib.h>

#include "output/chart.h"
#include "output/days.h"
#include "output/says.h"
#include "output/support.h"

/* Closures are told so many days before they begin: longer than most parcels travel. */
enum { CLOSURES_AHEAD = 90 };

static bool in_full(enum method_use use)
{
	return use == METHOD_CLASS || use == METHOD_LISTING || use == METHOD_COUNTRY;
}

static bool about_product(enum method_use use)
{
	return use == METHOD_CLASS || use == METHOD_LISTING || use == METHOD_SUMMARY;
}

void fill_answer(struct record *record, const char *field, enum answer answer)
{
	if (answer == ANSWER_UNKNOWN)
		record_absent(record, field);
	else
		record_yes(record, field, answer == ANSWER_YES);
}

static void fill_date(struct record *record, const char *field, int32_t date)
{
	if (date == DATE_NONE)
		record_absent(record, field);
	else
		record_date(record, field, date);
}

static struct str terms_name(enum terms terms)
{
	return terms == TERMS_DAP ? S("DAP") : terms == TERMS_DDP ? S("DDP") : S("");
}

struct record *scope_service(const struct edition *e, struct arena *arena,
			     const struct service *service)
{
	struct record *r = record_new(arena, &service_shape);
	struct place from = place_country(service->ships_from);
	r->key = service->id;
	record_text(r, "id", service->id);
	record_text(r, "name", translated_get(&service->name, e->language));
	record_text(r, "lang", edition_translated_lang(e, &service->name));
	record_text(r, "carrier", service->carrier);
	record_text(r, "kind", str_of(service_kind_name(service->kind)));
	fill_answer(r, "tracked", service->tracked);
	fill_answer(r, "signature", service->signature);
	fill_money(r, "insured_up_to", service->insured_up_to);
	fill_answer(r, "returns_unsigned", service->returns_to_sender);
	fill_answer(r, "intercept", service->intercept);
	fill_money(r, "intercept_fee", service->intercept_fee);
	record_text(r, "terms", terms_name(service->terms));
	record_text(r, "from", words_country(e->words, arena, place_str(&from)));
	record_text(r, "tracking_url", service->tracking_url);
	return r;
}

static void fill_levels(struct arena *arena, struct record *record, const char *field,
			const struct curve *curve)
{
	static const int percents[] = { 80, 90, 95 };
	static const enum claim_level levels[] = { CLAIM_80, CLAIM_90, CLAIM_95 };
	const struct record **list = arena_array(arena, 3, sizeof *list);
	size_t count = 0;
	for (size_t i = 0; i < 3; i++) {
		if (curve->claim_days[levels[i]] < 0)
			continue;
		struct record *r = record_new(arena, &level_shape);
		r->key = str_format(arena, "%d", percents[i]);
		record_percent(r, "percent", percents[i]);
		record_number(r, "days", curve->claim_days[levels[i]]);
		list[count++] = r;
	}
	record_list(record, field, list, count);
}

static void fill_by_day(struct arena *arena, struct record *record, const struct curve *curve,
			const struct days *days)
{
	const struct record **list = arena_array(arena, days->count, sizeof *list);
	for (size_t i = 0; i < days->count; i++) {
		struct record *r = record_new(arena, &by_day_shape);
		r->key = str_format(arena, "%d", days->day[i]);
		record_number(r, "days", days->day[i]);
		record_percent(r, "claim", curve->claim[days->day[i]]);
		list[i] = r;
	}
	record_list(record, "by_day", list, days->count);
}

static struct record *data_record(const struct edition *e, struct arena *arena,
				  const struct promise *promise)
{
	struct record *r = record_new(arena, &data_shape);
	record_number(r, "parcels", promise->parcels);
	record_number(r, "lost", promise->lost);
	record_number(r, "open", promise->open);
	fill_date(r, "since", promise->since);
	fill_date(r, "until", promise->until);
	record_text(r, "pooled", str_of(pooled_name(promise->pooled)));
	record_text(r, "peak",
		    promise->peak ? translated_get(&promise->peak->name, e->language) : S(""));
	record_text(r, "peak_claim", promise->peak_known ? S("earlier") : S("wider"));
	return r;
}

static void fill_says(struct record *r, const struct promise *promise)
{
	static const char *const reasons[] = { "", "lost", "few" };
	int percent;
	int64_t one_in = says_one_in(promise);
	enum missing missing = says_missing(promise, &percent);
	record_text(r, "says", str_of(says_name(says_of(promise))));
	record_text(r, "missing_why", str_of(reasons[missing]));
	if (missing == MISSING_NOTHING)
		record_absent(r, "missing");
	else
		record_percent(r, "missing", percent);
	if (one_in)
		record_number(r, "one_in", one_in);
	else
		record_absent(r, "one_in");
}

static const char *const amounts[] = { "goods",	    "freight",	   "duty",
				       "tax",	    "charges",	   "at_checkout",
				       "on_delivery", "landed",	   "due",
				       "pieces",      "pieces_due" };

static void absent_amounts(struct record *r)
{
	for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++)
		record_absent(r, amounts[i]);
}

/* Who pays is known with the class; the amounts come with the product, or never on a page about none. */
static struct record *customs_record(const struct edition *e, const struct workings *w,
				     struct arena *arena, const struct offer *offer,
				     struct place to, enum method_use use)
{
	struct record *r = record_new(arena, &customs_shape);
	struct landed rules;
	struct place from = offer->service->ships_from;
	record_text(r, "payer",
		    str_of(payer_name(customs_payer(w->customs, offer->service, to, from))));
	if (use == METHOD_CLASS || use == METHOD_LISTING)
		return r;
	record_yes(r, "known", false);
	absent_amounts(r);
	record_yes(r, "fee_open", false);
	customs_rules(w->customs, offer->service, to, from, &rules);
	record_text(r, "collected_by", rules.collected_by);
	fill_money(r, "collected_up_to", rules.collected_up_to);
	record_text(r, "tax_name",
		    rules.tax_names ? translated_get(rules.tax_names, e->language) : S(""));
	record_yes(r, "ruled", rules.ruled);
	record_yes(r, "stale", rules.stale);
	fill_date(r, "valid_from", rules.valid_from);
	fill_date(r, "checked_on", rules.checked_on);
	return r;
}

static void fill_fee(struct record *r, const struct offer *offer, enum method_use use)
{
	struct money from;
	if (!about_product(use)) {
		record_absent(r, "fee");
		record_yes(r, "free", false);
		if (offer_fee_from(offer->zone, &from))
			record_money(r, "fee_from", amount_of(from));
		else
			record_absent(r, "fee_from");
		record_absent(r, "free_from");
		return;
	}
	record_money(r, "fee", amount_of(offer->fee));
	record_absent(r, "fee_from");
	record_yes(r, "free", offer->fee.amount.digits == 0);
	fill_money(r, "free_from", offer->rate->free_from);
}

/* The rule is told up to the value that the shop's best insurance covers: dearer orders are talked about first. */
static void fill_break_even(const struct edition *e, const struct offers *offers, struct record *r)
{
	bool told = offer_worth_telling(e->shop, offers);
	record_text(r, "registered_by",
		    told ? translated_get(&offers->registered_by->service->name, e->language) : S(""));
	if (told)
		record_money(r, "registered_from", amount_of(offers->registered_from));
	else
		record_absent(r, "registered_from");
}

/* What all methods of a destination are shown by, so that they can be compared. */
struct shared {
	struct days days;
	struct scale scale;
};

static struct record *method_record(const struct edition *e, const struct workings *w,
				    struct arena *arena, const struct offers *offers,
				    const struct offer *offer, struct place to,
				    const struct shared *shared, enum method_use use)
{
	const struct promise *promise = offer->promise;
	const struct service *service = offer->service;
	struct record *r = record_new(arena, &method_shape);
	r->key = service->id;
	record_record(r, "service", scope_service(e, arena, service));
	record_text(r, "zone", offer->zone ? offer->zone->id : S(""));
	fill_fee(r, offer, use);
	record_yes(r, "recommended", offer == offers->recommended);
	record_text(r, "rule", str_of(recommendation_name(offers->rule)));
	fill_break_even(e, offers, r);
	fill_levels(arena, r, "transit", &promise->transit);
	fill_levels(arena, r, "door", &promise->door);
	fill_number(r, "half", promise->door.claim_days[CLAIM_50]);
	fill_number(r, "likely", promise->door.claim_days[CLAIM_90]);
	fill_says(r, promise);
	record_record(r, "data", data_record(e, arena, promise));
	fill_number(r, "days_min", service->days_min);
	fill_number(r, "days_max", service->days_max);
	record_text(r, "day_unit", service->day_unit == DAYS_BUSINESS ? S("business") : S("calendar"));
	record_record(r, "customs", customs_record(e, w, arena, offer, to, use));
	record_html(r, "chart", S(""));
	record_html(r, "strip", S(""));
	if (in_full(use))
		fill_by_day(arena, r, &promise->door, &shared->days);
	else
		record_list(r, "by_day", NULL, 0);
	if (!in_full(use) || use == METHOD_LISTING)
		return r;
	record_html(r, "chart", chart_draw(arena, &promise->door, e->words));
	record_html(r, "strip",
		    strip_draw(arena, &shared->scale, &promise->door,
			       promise->pooled == POOLED_PUBLISHED, e->words));
	return r;
}

static int by_fee(const void *left, const void *right, void *context)
{
	const struct offer *a = *(const struct offer *const *)left;
	const struct offer *b = *(const struct offer *const *)right;
	const struct offers *offers = context;
	if ((a == offers->recommended) != (b == offers->recommended))
		return a == offers->recommended ? -1 : 1;
	int order = currency_equal(a->fee.currency, b->fee.currency) ?
			    decimal_compare(a->fee.amount, b->fee.amount) :
			    0;
	if (order)
		return order;
	return a->service->index < b->service->index ? -1 : a->service->index > b->service->index;
}

size_t scope_order(struct offers *offers, const struct offer **ordered)
{
	size_t count = 0;
	for (size_t i = 0; i < offers->count; i++)
		if (offers->items[i].refusal == REFUSED_NOT)
			ordered[count++] = &offers->items[i];
	qsort_r(ordered, count, sizeof *ordered, by_fee, offers);
	return count;
}

/* The scale on which the methods are compared; of no days where there is nothing to compare. */
static struct scale scale_of_methods(const struct offer *const *ordered, size_t count)
{
	const struct curve *curves[OFFER_SERVICES_MAX];
	size_t known = 0;
	for (size_t i = 0; i < count; i++)
		if (ordered[i]->promise->door.claim_days[CLAIM_50] >= 0)
			curves[known++] = &ordered[i]->promise->door;
	return scale_of(curves, known > 1 ? known : 0);
}

static void fill_country(const struct edition *e, struct place to, struct record *r)
{
	const struct country_facts *facts = shop_country(e->shop, to);
	fill_number(r, "pickup_days", facts ? facts->pickup_days : -1);
	fill_number(r, "unpaid_days", facts ? facts->unpaid_days : -1);
	record_text(r, "slip", facts ? translated_get(&facts->slip, e->language) : S(""));
	record_text(r, "post_url", facts ? facts->post_url : S(""));
	record_text(r, "customs_url", facts ? facts->customs_url : S(""));
	record_text(r, "post_name", facts ? facts->post_name : S(""));
	record_text(r, "customs_name", facts ? facts->customs_name : S(""));
	record_text(r, "tax_word", facts ? facts->tax_word : S(""));
}

static struct str country_href(const struct edition *e, struct arena *arena, struct place to,
			       enum page_kind page)
{
	return str_format(arena, "%sto/%.*s.html", plan_way_home(e->shop, page), STR(place_str(&to)));
}

struct record *scope_destination(const struct edition *e, const struct workings *w,
				 struct arena *arena, size_t destination,
				 struct offers *offers, enum method_use use, enum page_kind page)
{
	const struct offer *ordered[OFFER_SERVICES_MAX];
	struct place to = e->shop->destinations[destination];
	size_t count = scope_order(offers, ordered);
	size_t shown = in_full(use) ? count : offers->recommended != NULL;
	struct record *r = record_new(arena, &destination_shape);
	const struct record **methods = arena_array(arena, shown, sizeof *methods);
	struct shared shared;

	r->key = place_str(&e->shop->destinations[destination]);
	days_choose(&shared.days, ordered, count);
	shared.scale = scale_of_methods(ordered, count);
	for (size_t i = 0; i < shown; i++)
		methods[i] = method_record(e, w, arena, offers, ordered[i], to, &shared, use);
	record_html(r, "scale",
		    in_full(use) && use != METHOD_LISTING ? scale_draw(arena, &shared.scale, e->words) : S(""));
	record_text(r, "code", r->key);
	record_text(r, "name", e->country_names[destination]);
	record_text(r, "href", country_href(e, arena, to, page));
	record_yes(r, "carried", count > 0);
	record_list(r, "methods", methods, shown);
	if (shown)
		record_record(r, "method", methods[0]);
	else
		record_absent(r, "method");
	fill_country(e, to, r);
	if (use == METHOD_COUNTRY) {
		support_fill_country(e, arena, to, r);
	} else {
		record_list(r, "support", NULL, 0);
		record_absent(r, "closed_hours");
	}
	if (in_full(use))
		edition_closures(e, arena, r, CLOSURE_DELIVERY, to, CLOSURES_AHEAD);
	else
		record_list(r, "closures", NULL, 0);
	record_list(r, "refusals", NULL, 0);
	return r;
}

const struct handling *scope_handling(const struct shop *shop)
{
	const struct handling *slowest = NULL;
	for (size_t i = 0; i < shop->handling_count; i++)
		if (!slowest || shop->handlings[i].days_max > slowest->days_max)
			slowest = &shop->handlings[i];
	return slowest;
}

static struct str clock_text(const struct edition *e, struct arena *arena, int minutes)
{
	struct buf out = BUF_INIT;
	if (minutes >= 0)
		words_clock(e->words, &out, minutes);
	struct str text = str_copy(arena, buf_str(&out));
	buf_release(&out);
	return text;
}

void scope_fill_handling(const struct edition *e, struct arena *arena,
			 const struct handling *handling, struct record *root)
{
	if (!handling) {
		record_absent(root, "handling");
		return;
	}
	struct record *r = record_new(arena, &handling_shape);
	r->key = handling->profile;
	record_text(r, "profile", handling->profile);
	record_number(r, "min", handling->days_min);
	record_number(r, "max", handling->days_max);
	record_text(r, "cutoff", clock_text(e, arena, handling->cutoff));
	record_text(r, "timezone", e->handling_cities[handling->index]);
	record_record(root, "handling", r);
}

void scope_fill_origin(const struct edition *e, struct arena *arena, struct place place,
		       struct record *root)
{
	struct record *from = record_new(arena, &place_shape);
	struct place country = place_country(place);
	edition_closures(e, arena, root, CLOSURE_DISPATCH, country, CLOSURES_AHEAD);
	struct str code = str_copy(arena, place_str(&country));
	record_text(from, "code", code);
	record_text(from, "name", words_country(e->words, arena, code));
	record_record(root, "ships_from", from);
}

size_t scope_home(const struct edition *e, const struct workings *w, const struct product *product)
{
	struct offers offers;
	if (e->language == 0)
		return scope_somewhere(e, w, product);
	if (e->home == SIZE_MAX)
		return SIZE_MAX;
	offer_find(w->offering, product, e->shop->destinations[e->home], &offers);
	return offers.recommended ? e->home : SIZE_MAX;
}

size_t scope_somewhere(const struct edition *e, const struct workings *w,
		       const struct product *product)
{
	size_t best = SIZE_MAX;
	int64_t best_parcels = -1;
	for (size_t i = 0; i < e->shop->destination_count; i++) {
		struct offers offers;
		offer_find(w->offering, product, e->shop->destinations[i], &offers);
		if (!offers.recommended)
			continue;
		if (i == e->home)
			return i;
		if (offers.recommended->promise->parcels > best_parcels) {
			best_parcels = offers.recommended->promise->parcels;
			best = i;
		}
	}
	return best;
}

/* What every text about a product says of its way out, wherever it goes. */
static void fill_departure(const struct edition *e, struct arena *arena,
			   const struct product *product, struct record *root)
{
	scope_fill_origin(e, arena, product->ships_from, root);
	record_text(root, "fulfilment",
		    product->fulfilment == FULFILMENT_SELLER ? S("seller") : S("marketplace"));
	scope_fill_handling(e, arena, product->handling, root);
	record_absent(root, "to");
}

void scope_listing(const struct edition *e, const struct workings *w, struct arena *arena,
		   const struct product *product, size_t destination, struct record *root)
{
	struct offers offers;
	fill_departure(e, arena, product, root);
	record_list(root, "destinations", NULL, 0);
	if (destination == SIZE_MAX)
		return;
	workings_listing_offers(w, product, e->shop->destinations[destination], &offers);
	record_record(root, "to",
		      scope_destination(e, w, arena, destination, &offers, METHOD_LISTING,
					PAGE_LISTING));
}

void scope_class(const struct edition *e, const struct workings *w, struct arena *arena,
		 const struct product *product, struct record *root)
{
	size_t home = scope_home(e, w, product);
	size_t count = e->shop->destination_count;
	const struct record **list = arena_array(arena, count, sizeof *list);

	fill_departure(e, arena, product, root);
	for (size_t i = 0; i < count; i++) {
		size_t destination = e->destinations_by_name[i];
		struct offers offers;
		offer_find(w->offering, product, e->shop->destinations[destination], &offers);
		list[i] = scope_destination(e, w, arena, destination, &offers, METHOD_SUMMARY,
					    PAGE_PRODUCT);
		if (destination == home)
			record_record(root, "to",
				      scope_destination(e, w, arena, destination, &offers,
							METHOD_CLASS, PAGE_PRODUCT));
	}
	record_list(root, "destinations", list, product->fulfilment == FULFILMENT_SELLER ? count : 0);
}
