/* SPDX-License-Identifier: MIT */
/*
 * In: a product and a place. Out: every service with its fee or its refusal. The one idea: a
 * parcel meets a service only through its zone, so what is decided by weight, price and
 * contents is decided once a zone and shared by the offers and the class.
 */
#include "offer/offer.h"

#include <string.h>

#include "offer/recommend.h"

const char *refusal_text(enum refusal refusal)
{
	static const char *const texts[] = {
		[REFUSED_NOT] = "",
		[REFUSED_FULFILMENT] = "the marketplace ships this product itself",
		[REFUSED_NOT_ALLOWED] = "the product's 'services' leave it out",
		[REFUSED_ORIGIN] = "it starts from another country than the product",
		[REFUSED_ZONE] = "it does not go there",
		[REFUSED_CONTENTS] = "it refuses what the product contains",
		[REFUSED_WEIGHT] = "the parcel is heavier than it takes",
		[REFUSED_VALUE] = "the product is dearer than it takes",
	};
	return texts[refusal];
}

/* Fees and limits may be in other currencies than the price: then no limit is read from them. */
static bool exceeds(struct money value, struct money limit)
{
	return limit.currency.code[0] && currency_equal(value.currency, limit.currency) &&
	       decimal_compare(value.amount, limit.amount) > 0;
}

static bool reaches(struct money value, struct money from)
{
	return from.currency.code[0] && currency_equal(value.currency, from.currency) &&
	       decimal_compare(value.amount, from.amount) >= 0;
}

/* The weight a carrier bills: the greater of the scale's and volume / divisor, rounded up to a gram. */
static int64_t billed_weight(const struct service *service, const struct product *product)
{
	if (!service->volumetric_divisor || !product->volume_mm3)
		return product->weight_g;
	int64_t per_gram = service->volumetric_divisor; /* cm3 per kg = mm3 per g */
	int64_t volumetric = (product->volume_mm3 + per_gram - 1) / per_gram;
	return volumetric > product->weight_g ? volumetric : product->weight_g;
}

static enum refusal refused_by_service(const struct service *service, const struct product *product)
{
	if (product->fulfilment == FULFILMENT_MARKETPLACE)
		return REFUSED_FULFILMENT;
	if (!(product->services >> service->index & 1))
		return REFUSED_NOT_ALLOWED;
	if (!place_equal(place_country(service->ships_from), place_country(product->ships_from)))
		return REFUSED_ORIGIN;
	if (service->refuses & product->contents)
		return REFUSED_CONTENTS;
	if (service->max_weight_g && product->weight_g > service->max_weight_g)
		return REFUSED_WEIGHT;
	if (exceeds(product->price, service->max_value))
		return REFUSED_VALUE;
	return REFUSED_NOT;
}

/* The band that holds the weight; NULL when the last one ends below it. */
static const struct rate *rate_of(const struct zone *zone, int64_t grams)
{
	for (size_t i = 0; i < zone->rate_count; i++)
		if (grams <= zone->rates[i].up_to_g)
			return &zone->rates[i];
	return NULL;
}

/* Started kilograms above the row before. */
static int64_t started_kg(const struct zone *zone, const struct rate *rate, int64_t grams)
{
	int64_t above = rate > zone->rates ? rate[-1].up_to_g : 0;
	return rate->per_kg.currency.code[0] ? (grams - above + 999) / 1000 : 0;
}

static struct money fee_of(const struct zone *zone, const struct rate *rate, int64_t grams,
			   struct money price)
{
	struct money fee = rate->price;
	if (reaches(price, rate->free_from)) {
		fee.amount = (struct decimal){ 0, 0 };
		return fee;
	}
	struct decimal more, kg = { started_kg(zone, rate, grams), 0 };
	if (kg.digits && decimal_multiply(rate->per_kg.amount, kg, &more))
		decimal_add(fee.amount, more, &fee.amount);
	return fee;
}

/* Where its parcels are counted from: the region where the product lies, when one is named. */
static struct place starts_from(const struct service *service, const struct product *product)
{
	bool names_region = !place_equal(place_country(product->ships_from), product->ships_from);
	return names_region ? product->ships_from : service->ships_from;
}

void offer_find(const struct offering *offering, const struct product *product, struct place to,
		struct offers *offers)
{
	const struct shop *shop = offering->shop;
	offers->count = shop->service_count;
	for (size_t i = 0; i < shop->service_count; i++) {
		const struct service *service = &shop->services[i];
		struct offer *offer = &offers->items[i];
		*offer = (struct offer){ .service = service, .zone = service_zone(service, to) };
		offer->refusal = refused_by_service(service, product);
		if (!offer->zone && offer->refusal == REFUSED_NOT)
			offer->refusal = REFUSED_ZONE;
		if (offer->refusal != REFUSED_NOT)
			continue;
		offer->billed_g = billed_weight(service, product);
		offer->rate = rate_of(offer->zone, offer->billed_g);
		if (!offer->rate) {
			offer->refusal = REFUSED_WEIGHT;
			continue;
		}
		offer->fee = fee_of(offer->zone, offer->rate, offer->billed_g, product->price);
		offer->promise = promise_get(offering->promises, service, to,
					     starts_from(service, product), product->handling);
	}
	recommend(offering, product->price, offers);
}

bool product_of_pieces(const struct product *product, int64_t pieces, struct product *parcel)
{
	struct decimal many = { pieces, 0 };
	*parcel = *product;
	return !__builtin_mul_overflow(product->weight_g, pieces, &parcel->weight_g) &&
	       !__builtin_mul_overflow(product->volume_mm3, pieces, &parcel->volume_mm3) &&
	       decimal_multiply(product->price.amount, many, &parcel->price.amount);
}

bool offer_pieces_fee(const struct service *service, const struct product *product, struct place to,
		      int64_t pieces, struct money *fee)
{
	struct product parcel;
	const struct zone *zone = service_zone(service, to);
	if (!zone || !product_of_pieces(product, pieces, &parcel) ||
	    refused_by_service(service, &parcel) != REFUSED_NOT)
		return false;
	int64_t grams = billed_weight(service, &parcel);
	const struct rate *rate = rate_of(zone, grams);
	if (rate)
		*fee = fee_of(zone, rate, grams, parcel.price);
	return rate != NULL;
}

bool offer_anywhere(const struct offering *offering, const struct product *product)
{
	const struct shop *shop = offering->shop;
	if (product->fulfilment == FULFILMENT_MARKETPLACE)
		return true;
	for (size_t i = 0; i < shop->service_count; i++) {
		const struct service *service = &shop->services[i];
		if (refused_by_service(service, product) != REFUSED_NOT)
			continue;
		for (size_t z = 0; z < service->zone_count; z++)
			if (rate_of(&service->zones[z], billed_weight(service, product)))
				return true;
	}
	return false;
}

/* All that decides the fees: equal numbers mean equal rows of rates everywhere. */
static uint64_t fees_class(const struct offering *offering, const struct product *product)
{
	const struct shop *shop = offering->shop;
	uint64_t parts[8 + OFFER_SERVICES_MAX];
	size_t count = 0;
	parts[count++] = product->handling ? product->handling->index : UINT64_MAX;
	parts[count++] = product->fulfilment;
	memcpy(&parts[count++], product->ships_from.code, sizeof(uint64_t));
	memcpy(&parts[count++], product->price.currency.code, sizeof(uint32_t));
	parts[count - 1] &= UINT32_MAX;
	for (size_t i = 0; i < shop->service_count; i++) {
		const struct service *service = &shop->services[i];
		enum refusal refusal = refused_by_service(service, product);
		uint64_t fold = refusal;
		int64_t grams = billed_weight(service, product);
		for (size_t z = 0; refusal == REFUSED_NOT && z < service->zone_count; z++) {
			const struct zone *zone = &service->zones[z];
			const struct rate *rate = rate_of(zone, grams);
			uint64_t band = rate ? (uint64_t)(rate - zone->rates) : UINT32_MAX;
			uint64_t kg = rate ? (uint64_t)started_kg(zone, rate, grams) : 0;
			uint64_t free = rate && reaches(product->price, rate->free_from);
			fold = (fold * 1000003 + band) * 1000003 + kg * 2 + free;
		}
		parts[count++] = fold;
	}
	return hash_str((struct str){ (const char *)parts, count * sizeof *parts }, 0);
}

uint64_t offer_class(const struct offering *offering, const struct product *product)
{
	uint64_t fees = fees_class(offering, product);
	return hash_number(recommend_interval(offering, product, fees), fees);
}

bool offer_fee_from(const struct zone *zone, struct money *fee)
{
	if (!zone->rate_count)
		return false;
	const struct rate *rate = &zone->rates[0];
	*fee = fee_of(zone, rate, 1, (struct money){ .currency = { "" } });
	return true;
}
