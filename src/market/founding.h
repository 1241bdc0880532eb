/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_MARKET_FOUNDING_H
#define UPFRONT_MARKET_FOUNDING_H

/*
 * founding - which rows of all profiles hold for a field.
 *
 * Internal to market/: what markets.c, which makes marketplaces of rows, and layers.c, which
 * knows what goes before what, tell each other.
 */

#include "market/rules.h"

struct founding {
	struct arena *arena;
	const struct shop *shop;
	struct diag *diag;
	bool *unsound;     /* for each of the shop's rows: reported, not used */
	size_t first, end; /* the profile's rows of the marketplace at hand */
	size_t own;        /* where the seller's own rows begin, behind all profiles */
};

/* Is it the field that stands for all? */
bool is_all_fields(struct str field);

/* False: it is no confidence. A row of the seller's own needs none. */
bool row_confidence(const struct market_row *row, enum market_confidence *confidence);

/* Gives the field the rules that hold for it. */
void founding_rules(struct founding *founding, struct market_field *field);

/* Is there a row of this rule for the field, be it a wrong one? */
bool founding_states(struct founding *founding, const struct market_field *field, const char *rule);

/* Walks over the rows that can speak of the marketplace at hand. */
size_t founding_first(const struct founding *founding);
size_t founding_next(const struct founding *founding, size_t i);

/* Numbers the fields of all marketplaces by what they refuse of a text. */
void founding_number(struct founding *founding, struct market *markets, size_t market_count);

#endif
