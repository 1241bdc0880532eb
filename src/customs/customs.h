/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_CUSTOMS_CUSTOMS_H
#define UPFRONT_CUSTOMS_CUSTOMS_H

/*
 * customs - what import costs, who collects it, and on which rule that rests.
 *
 * Chooses the rule by destination, variant, date and tested value, the tariff by the longest
 * HS prefix, and works out duty, tax and charges exactly; rounds only what it shows. Where no
 * rule is known it says so and gives no amounts: never silence, never zero.
 *
 *	struct customs *customs = customs_new(arena, shop, diag);
 *	struct landed landed;
 *	customs_quote(customs, &request, scratch, &landed);
 *	if (landed.known)
 *		money_show(&buf, landed.on_delivery);
 */

#include "shop/catalog.h"

enum payer { PAYER_UNKNOWN, PAYER_NOBODY, PAYER_BUYER, PAYER_SELLER };
const char *payer_name(enum payer payer); /* "unknown", "nobody", "buyer", "seller" */

struct customs_request {
	const struct service *service;
	struct place to;
	struct place from;   /* country of dispatch */
	struct place origin; /* of manufacture; code "" when not known */
	struct str hs_code;
	struct money goods;  /* price (or customs_value) of one piece */
	struct money freight;
	int64_t weight_g; /* of one piece */
	int64_t quantity; /* at least 1 */
	int64_t lines;	  /* distinct tariff lines in the parcel; 0 means 1, as of one product */
	int32_t date;	  /* of import: the build date */
};

/* One piece of the product; `to`, `service` and `freight` are for the caller to fill in. */
struct customs_request customs_request_of(const struct product *product, int32_t date);

/* A table row that a figure rests on. */
struct customs_rule_used {
	const char *table; /* "customs.csv" */
	uint32_t line;
};

struct landed {
	enum payer payer;
	bool known;	       /* false: the amounts below mean nothing */
	struct str unknown_why; /* one line for people, when not known */
	struct currency currency; /* of the rule; all amounts are in it */
	/*
	 * Each rounded from its own exact value. `charges` are those that fall on the buyer. Paid
	 * by the seller (DDP), nothing is due at checkout or on delivery; collected at checkout,
	 * nothing is due again on delivery.
	 */
	struct money goods, freight, duty, tax, charges, at_checkout, on_delivery, landed;
	bool fee_open; /* something is due on delivery, and charges.csv tells no fee of the carrier */
	bool ruled;    /* customs.csv has a row that applies; false: it says nothing about this import */
	bool stale;    /* that row was checked longer ago than shop.csv's stale_after_days */
	struct str tax_name;
	const struct translated *tax_names; /* of the customs row; NULL */
	struct str collected_by;
	struct money collected_up_to; /* currency "" when it knows no limit, or nobody collects at checkout */
	struct str note, source; /* of the customs row */
	int32_t checked_on; /* of the customs row; DATE_NONE */
	int32_t valid_from; /* of the customs row; DATE_NONE */
	struct customs_rule_used *rules;
	size_t rule_count;
	struct str *steps; /* only when asked for: one line for people each, naming table and line */
	size_t step_count;
};

struct customs;

/* Checks the terms, bands and dates of all rules (reported at their cells) and prepares them. */
struct customs *customs_new(struct arena *arena, const struct shop *shop, struct diag *diag);

/* Who pays, without any amounts: what a class of products shares. */
enum payer customs_payer(const struct customs *customs, const struct service *service,
			 struct place to, struct place from);

/*
 * Works out one parcel, with the way there in `steps` when asked. Texts and lists live in
 * `arena`. Safe from several threads.
 */
void customs_quote(const struct customs *customs, const struct customs_request *request,
		   bool with_steps, struct arena *arena, struct landed *landed);

/*
 * What import costs by and large, for a page about no product: who pays, the tax's name, the last
 * day on which one of today's rows began, the first on which one was checked, whether any is
 * stale. No amounts: `known` is false.
 */
void customs_rules(const struct customs *customs, const struct service *service, struct place to,
		   struct place from, struct landed *landed);

/* Freight of a parcel of so many pieces; false when the service does not carry as many. */
typedef bool customs_freight(const void *context, int64_t pieces, struct money *freight);

/*
 * How many pieces first come under another row than the request's quantity does, or are the first for
 * which anything is due where the row waives small amounts, and what import then costs. 0 when up to `most`
 * none do, or when the service does not carry so many. For "From 3 pieces: about 25.25 EUR".
 */
int64_t customs_next_band(const struct customs *customs, const struct customs_request *request,
			  int64_t most, customs_freight *freight, const void *context,
			  struct arena *arena, struct landed *landed);

/* Warns, in one line, of destinations of which customs.csv says nothing at all. */
void customs_check_destinations(const struct customs *customs, struct diag *diag);

/* Warns of an HS code that is too short for the places the shop's services reach, that is missing, or whose chapter does not exist. */
void customs_check_product(const struct customs *customs, const struct product *product,
			   struct diag *diag);

#endif
