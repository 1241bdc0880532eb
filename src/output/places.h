/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_OUTPUT_PLACES_H
#define UPFRONT_OUTPUT_PLACES_H

/*
 * places - from the name of a value to the table and line it comes from.
 *
 * So that "fee: 9.40 EUR, now 10.10 EUR" can be followed to its row. A name that stands on many rows (a share
 * of parcels) is led to the table alone, and one that comes from no table nowhere.
 */

#include "output/workings.h"

/* Where the value of a listing to `to` comes from; `product` is any product of its class. */
struct pos value_place(const struct workings *workings, const struct product *product,
		       struct place to, struct str name);

#endif
