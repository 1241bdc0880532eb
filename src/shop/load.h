/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_SHOP_LOAD_H
#define UPFRONT_SHOP_LOAD_H

/*
 * load - the tables of content/, one loader each, in the order in which they refer to others.
 *
 * Only for load*.c and catalog.c, the places that spell the names of columns. A loader opens
 * its sheet, declares its columns, reads the rows into the shop and says at the cell what does
 * not fit the tables before it. Rows that do not hold on the build date are checked like all
 * others and then left out.
 */

#include "shop/read.h"

struct loading {
	struct arena *arena;
	struct shop *shop;
	struct diag *diag;
	struct map zones; /* "service\nzone" to struct zone_place, those that do not hold too */
};

/* Where a zone came to stand; its service is NULL when none of its rows holds today. */
struct zone_place {
	struct service *service;
	size_t index; /* in service->zones */
	bool misread; /* a row of rates.csv names it and was reported: its price is not missed */
};

/* Opens a table of content/ with the shop's way of reading, and adds it to the shop's hash. */
void load_sheet(struct loading *loading, struct sheet *sheet, const char *path);

/* Reports that a table is missing without which there is nothing to say. */
void load_missing(struct loading *loading, const struct sheet *sheet, const char *path,
		  const char *holds);

/*
 * The service that a cell names. NULL when the cell is empty, when there is none (reported), or
 * when its row does not hold today.
 */
struct service *load_service(struct loading *loading, struct reader *r, struct column column);

/* Is there such a service, today or on another day? Reports when there is none. */
bool load_knows_service(const struct shop *shop, struct reader *r, struct column column,
			struct str id);

/* The key of a zone in loading->zones. */
struct str load_zone_key(struct loading *loading, struct str service, struct str zone);

/* The bit of a contents flag, or 0. */
uint64_t load_flag_bit(const struct shop *shop, struct str flag);

/* The same, numbered when it is new; 0 (reported) when there are 64 already. */
uint64_t load_flag(struct loading *loading, struct reader *r, struct column column,
		   struct str flag);

/*
 * Spreads rows about groups and "*" over their countries. A row that names the country itself
 * is kept at once, and goes before a list or group, which goes before "*", wherever both have
 * the same `rest` of the key and share days.
 */
struct spread {
	struct loading *loading;
	size_t size; /* of a rule */
	void (*keep)(struct loading *loading, const void *rule, struct place country, bool by_group);
	struct map own, listed; /* from here on zeroed by the caller */
	struct spread_row *rows;
	size_t count;
};
void load_spread_add(struct spread *spread, struct reader *r, struct column country,
		     struct str rest, const void *rule);
void load_spread_end(struct spread *spread);

bool load_settings(struct loading *loading); /* false: no shop.csv, nothing else is worth reading */
void load_renamings(struct loading *loading);
void load_services(struct loading *loading);
void load_zones(struct loading *loading);
void load_rates(struct loading *loading);
void load_handling(struct loading *loading);
void load_closures(struct loading *loading);
void load_seasons(struct loading *loading);
void load_ontime(struct loading *loading);
void load_customs(struct loading *loading);
void load_chapters(struct loading *loading);
void load_tariffs(struct loading *loading);
void load_charges(struct loading *loading);
void load_fx(struct loading *loading);
void load_countries(struct loading *loading);
void load_remedies(struct loading *loading);
void load_support(struct loading *loading);
void load_questions(struct loading *loading);
void load_listings(struct loading *loading);
void load_listing_settings(struct loading *loading);
void load_markets(struct loading *loading);
void load_channels(struct loading *loading);
void load_placeholders(struct loading *loading);
void load_phrases(struct loading *loading);
void load_claims(struct loading *loading);

#endif
