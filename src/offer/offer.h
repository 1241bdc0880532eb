/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_OFFER_OFFER_H
#define UPFRONT_OFFER_OFFER_H

/*
 * offer - which service carries a product where, for how much, and which one to take.
 *
 * A product and a destination become a list of offers, one for each service of the shop:
 * carried with its fee, or refused with the reason in words. One of them is recommended by the
 * first rule of honest shipping: take the cheapest service as long as what it is measured to lose
 * and to delay does not cost more than what a surer one costs in addition.
 *
 *	struct offers offers;
 *	offer_find(offering, product, place, &offers);
 *	if (offers.recommended)
 *		use(offers.recommended->fee);
 *
 * Products that no rule can tell apart form a class: offer_class. All pages of a class share
 * everything but the product's own cells.
 */

#include "promise/promise.h"
#include "shop/catalog.h"

enum { OFFER_SERVICES_MAX = 64 };

enum refusal {
	REFUSED_NOT,	     /* carried */
	REFUSED_FULFILMENT,  /* the marketplace ships it */
	REFUSED_NOT_ALLOWED, /* products.csv `services` leaves it out */
	REFUSED_ORIGIN,	     /* starts somewhere else */
	REFUSED_ZONE,	     /* does not go there */
	REFUSED_CONTENTS,    /* refuses what is inside */
	REFUSED_WEIGHT,	     /* heavier than the service or its last band takes */
	REFUSED_VALUE	     /* dearer than the service takes */
};

/* The reason as a half sentence for the seller, without a full stop. */
const char *refusal_text(enum refusal refusal);

/* Which rule chose the recommended offer. */
enum recommendation {
	RECOMMEND_NONE,
	RECOMMEND_ONLY,	      /* nothing else goes there */
	RECOMMEND_CHEAPEST,   /* the cheapest loses less than the dearer one costs more, or is tracked itself */
	RECOMMEND_REGISTERED, /* the cheapest loses more than the tracked one costs more */
	RECOMMEND_UNMEASURED, /* nobody counted what the cheapest loses, so the tracked one */
	RECOMMEND_USUAL	      /* on pages about no product: the one with the most counted parcels */
};
const char *recommendation_name(enum recommendation recommendation); /* "only", "cheapest", ... */

struct offer {
	const struct service *service;
	const struct zone *zone; /* NULL when the service does not go there */
	const struct rate *rate; /* NULL when refused */
	enum refusal refusal;
	struct money fee;     /* of one piece; when carried */
	int64_t billed_g;     /* weight that the fee was taken from: the greater of weight and volume */
	const struct promise *promise; /* never NULL when carried */
};

struct offers {
	struct offer items[OFFER_SERVICES_MAX]; /* one a service, in the order of carriers.csv */
	size_t count;
	const struct offer *recommended; /* NULL when nothing goes there */
	enum recommendation rule;
	/* Order value from which a surer one is worth it: reached by the price, else the next; currency "" when none. */
	struct money registered_from;
	const struct offer *registered_by; /* that surer one */
	bool registered_forced; /* only because the one for smaller orders takes no dearer ones */
	const struct offer *cheapest;	   /* by fee; NULL when nothing goes there */
};

struct offering;

/*
 * Prepares a shop's services for many products. Services whose fees are in different
 * currencies are compared at the newest exchange rate; a missing one is reported.
 */
struct offering *offering_new(struct arena *arena, const struct shop *shop,
			      struct promises *promises, struct diag *diag);

/* Gives back what was remembered for the classes; the offering itself lives in the arena. */
void offering_release(struct offering *offering);

/* All services for one piece of the product to the place. Safe from several threads. */
void offer_find(const struct offering *offering, const struct product *product, struct place to,
		struct offers *offers);

/*
 * The fee for so many pieces of the product in one parcel; false when the
 * service does not carry them together: too heavy, too dear, or not there.
 */
bool offer_pieces_fee(const struct service *service, const struct product *product, struct place to,
		      int64_t pieces, struct money *fee);

/* The product as if so many pieces were one: weight, volume and price are theirs together. */
bool product_of_pieces(const struct product *product, int64_t pieces, struct product *parcel);

/* Does any service carry it anywhere? For the warning that none does. */
bool offer_anywhere(const struct offering *offering, const struct product *product);

/*
 * What tells the product's class from others: equal numbers mean equal offers, fees, rules and
 * promises to every destination. Safe from several threads.
 */
uint64_t offer_class(const struct offering *offering, const struct product *product);

/*
 * What offers have in common to a place for no product in particular: from `from`, at the fees of their
 * lightest bands, for an order of this value.
 */
void offer_find_plain(const struct offering *offering, struct place from, struct place to,
		      const struct handling *handling, struct money value, struct offers *offers);

/*
 * Is there a value to name in a rule for buyers? Not one that a service's limit forces, and not one above what the best of the shop's insurances
 * covers, in the same currency: such orders are rare and better talked about.
 */
bool offer_worth_telling(const struct shop *shop, const struct offers *offers);

/* Of a promise: parcels that come later than shop.csv late_after_days, in millionths; -1: not counted. */
int64_t offer_late_ppm(const struct shop *shop, const struct promise *promise);

/* The fee of the zone's lightest band, for pages that are about no product; false without rates. */
bool offer_fee_from(const struct zone *zone, struct money *fee);

#endif
