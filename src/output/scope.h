/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_OUTPUT_SCOPE_H
#define UPFRONT_OUTPUT_SCOPE_H

/*
 * scope - offers and promises become what templates name.
 *
 * Internal to output/. Fills the parts of the root that hang on a class of products or on a
 * country: handling, destinations with their methods, the curve. Which stage knows what:
 * a class knows offers, fees, promises and who pays; the product's own cells and the amounts
 * of customs are known with the product.
 */

#include "customs/customs.h"
#include "offer/offer.h"
#include "output/edition.h"
#include "output/workings.h"

/* Which page asks, and so what has to be said about a method. */
enum method_use {
	METHOD_SUMMARY, /* one line among all destinations */
	METHOD_CLASS,	/* in full; amounts of customs come with the product */
	METHOD_LISTING,	/* the same without the curve, for text that is pasted elsewhere */
	METHOD_COUNTRY, /* in full, about no product: fee_from instead of fee */
	METHOD_COUNTRY_LINE /* one line, about no product */
};

/*
 * A destination with its methods; `offers` as offer_find gave them. For a line only the
 * recommended method is filled.
 */
struct record *scope_destination(const struct edition *edition, const struct workings *workings,
				 struct arena *arena, size_t destination,
				 struct offers *offers, enum method_use use, enum page_kind page);

/* The order in which a destination's methods are shown: recommended first, then by fee, then as in carriers.csv. */
size_t scope_order(struct offers *offers, const struct offer **ordered);

/* handling, ships_from, fulfilment, destinations and `to` of a class, from one product of it. */
void scope_class(const struct edition *edition, const struct workings *workings,
		 struct arena *arena, const struct product *product, struct record *root);

/*
 * The same for a listing's text, whose buyers live in one place: `destinations` is empty, and `to` is that
 * destination, also where nothing goes there; absent when it is SIZE_MAX.
 */
void scope_listing(const struct edition *edition, const struct workings *workings,
		   struct arena *arena, const struct product *product, size_t destination,
		   struct record *root);

/*
 * Which destination a class's pages speak about at length: the language's home. SIZE_MAX when the product does
 * not go there, or the shop sends to none: a Turkish reader gains nothing from the days to Germany, and begins
 * with the list of countries. The shop's first language is read from everywhere: there scope_somewhere decides.
 */
size_t scope_home(const struct edition *edition, const struct workings *workings,
		  const struct product *product);

/*
 * The language's home, else the destination whose promise leans on most parcels: for a text that must speak of
 * some country, such as a listing. SIZE_MAX when the product goes nowhere.
 */
size_t scope_somewhere(const struct edition *edition, const struct workings *workings,
		       const struct product *product);

/* The slowest profile of the shop: what a page about no product says of handling. */
const struct handling *scope_handling(const struct shop *shop);

/* handling.* of a profile, or absent when there is none. */
void scope_fill_handling(const struct edition *edition, struct arena *arena,
			 const struct handling *handling, struct record *root);

/* ships_from.* and the closures there. */
void scope_fill_origin(const struct edition *edition, struct arena *arena, struct place place,
		       struct record *root);

/* service.* of a service in the edition's language. */
struct record *scope_service(const struct edition *edition, struct arena *arena,
			     const struct service *service);

/* Fills a yes or no, or says that it is absent where the cell was empty. */
void fill_answer(struct record *record, const char *field, enum answer answer);

#endif
