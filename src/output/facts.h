/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_OUTPUT_FACTS_H
#define UPFRONT_OUTPUT_FACTS_H

/*
 * facts - what the shop has at all: kinds of services, claims that hold today, its services.
 *
 * Internal to output/. Texts ask it with `when: has.express` or `{claims.inspected, if}`, so that
 * nothing is said of what is not there.
 */

#include "output/edition.h"

/* Fills has, claims and services of the root; `support` and `remedies` are there already. */
void facts_fill(const struct edition *edition, struct record *root);

/* Is it a name that a row of claims.csv can have? */
bool claim_is_known(struct str name);

#endif
