/* SPDX-License-Identifier: MIT */
/* In: one product and one place. Out: everything that is known of each method, as text. */
#include "output/explain.h"

#include <string.h>

#include "output/explained.h"

void explained_find(const struct workings *w, const struct explain_request *request,
		    struct explained *explained)
{
	const struct product *product = request->product;
	struct product parcels; /* all pieces as one: what the services weigh and insure */
	arena_init(&explained->arena);
	if (!product_of_pieces(product, request->quantity, &parcels))
		parcels = *product;
	offer_find(w->offering, &parcels, request->to, &explained->offers);
	explained->count = 0;
	for (size_t i = 0; i < explained->offers.count; i++) {
		struct offer *offer = &explained->offers.items[i];
		if (request->service.len && !str_equal(offer->service->id, request->service))
			continue;
		struct explained_method *method = &explained->methods[explained->count++];
		method->offer = offer;
		if (offer->refusal != REFUSED_NOT)
			continue;
		struct customs_request parcel = customs_request_of(product, w->shop->date);
		parcel.service = offer->service;
		parcel.to = request->to;
		parcel.freight = offer->fee;
		parcel.quantity = request->quantity;
		customs_quote(w->customs, &parcel, true, &explained->arena, &method->landed);
	}
}

void explained_release(struct explained *explained)
{
	arena_release(&explained->arena);
}

static void add_days(struct buf *out, const char *name, const struct curve *curve)
{
	static const char *const levels[] = { "half", "80 %", "90 %", "95 %" };
	buf_addf(out, "  %s:", name);
	for (int i = 0; i < CLAIM_LEVELS; i++) {
		if (curve->claim_days[i] < 0)
			buf_addf(out, "%s %s not promised", i ? "," : "", levels[i]);
		else
			buf_addf(out, "%s %s within %d days", i ? "," : "", levels[i], curve->claim_days[i]);
	}
	buf_byte(out, '\n');
}

static void add_amount(struct buf *out, const char *name, struct money money)
{
	buf_addf(out, "    %-12s ", name);
	money_show(out, money);
	buf_byte(out, '\n');
}

static void add_customs(struct buf *out, const struct landed *landed)
{
	buf_addf(out, "  import charges: paid by %s\n", payer_name(landed->payer));
	if (!landed->known) {
		buf_addf(out, "    amounts are not known: %.*s\n", STR(landed->unknown_why));
	} else {
		add_amount(out, "goods", landed->goods);
		add_amount(out, "freight", landed->freight);
		add_amount(out, "duty", landed->duty);
		add_amount(out, landed->tax_name.len ? landed->tax_name.text : "tax", landed->tax);
		add_amount(out, "charges", landed->charges);
		add_amount(out, "at checkout", landed->at_checkout);
		add_amount(out, "on delivery", landed->on_delivery);
		add_amount(out, "landed", landed->landed);
	}
	for (size_t i = 0; i < landed->step_count; i++)
		buf_addf(out, "    %.*s\n", STR(landed->steps[i]));
}

/* The reckoning comes as lines of its own; here they belong to the method. */
static void add_reckoning(const struct workings *w, const struct promise *promise, struct buf *out)
{
	struct buf lines = BUF_INIT;
	promise_explain(w->promises, promise, &lines);
	struct str rest = buf_str(&lines);
	while (rest.len) {
		size_t len = str_index(rest, '\n');
		buf_addf(out, "    %.*s\n", STR(str_sub(rest, 0, len)));
		rest = str_sub(rest, len + 1, rest.len);
	}
	buf_release(&lines);
}

static void add_method(const struct workings *w, const struct explained *explained,
		       const struct explained_method *method, struct buf *out)
{
	const struct offer *offer = method->offer;
	const struct service *service = offer->service;
	buf_addf(out, "\n%.*s (%.*s, carriers.csv:%u)\n", STR(service->id), STR(service->name.plain),
		 service->pos.line);
	if (offer->refusal != REFUSED_NOT) {
		buf_addf(out, "  not possible: %s\n", refusal_text(offer->refusal));
		return;
	}
	buf_add(out, S("  fee: "));
	money_show(out, offer->fee);
	buf_addf(out, ", zone %.*s, %lld g billed, rates.csv:%u\n", STR(offer->zone->id),
		 (long long)offer->billed_g, offer->rate->pos.line);
	if (offer == explained->offers.recommended) {
		buf_addf(out, "  recommended, by the rule '%s'", recommendation_name(explained->offers.rule));
		if (explained->offers.registered_from.currency.code[0]) {
			buf_add(out, S(": the tracked method is worth its price from "));
			money_show(out, explained->offers.registered_from);
		}
		buf_byte(out, '\n');
	}
	add_days(out, "on the way", &offer->promise->transit);
	add_days(out, "order to door", &offer->promise->door);
	add_reckoning(w, offer->promise, out);
	add_customs(out, &method->landed);
}

void explain_text(const struct workings *workings, const struct explain_request *request,
		  struct buf *out)
{
	const struct product *product = request->product;
	struct explained explained;
	explained_find(workings, request, &explained);
	buf_addf(out, "%.*s to %.*s on ", STR(product->id), STR(place_str(&request->to)));
	date_add(out, workings->shop->date);
	buf_add(out, S("\n  price "));
	money_show(out, product->price);
	buf_addf(out, " (products.csv:%u), weight %lld g", product->price_pos.line,
		 (long long)product->weight_g);
	if (product->volume_mm3)
		buf_addf(out, ", volume %lld cm3", (long long)(product->volume_mm3 / 1000));
	if (product->handling)
		buf_addf(out, ", handling '%.*s' %d to %d working days (handling.csv:%u)",
			 STR(product->handling->profile), product->handling->days_min,
			 product->handling->days_max, product->handling->pos.line);
	buf_byte(out, '\n');
	for (size_t i = 0; i < explained.count; i++)
		add_method(workings, &explained, &explained.methods[i], out);
	explained_release(&explained);
}
