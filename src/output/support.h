/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_OUTPUT_SUPPORT_H
#define UPFRONT_OUTPUT_SUPPORT_H

/*
 * support - how the shop is reached, and what its hours are where the buyer lives.
 *
 * Internal to output/. Hours are turned into the buyer's time by the offsets that both zones have on
 * the build date; when their difference changes within half a year, the hours from then on are told,
 * too. A channel that names countries is for these alone; where none speaks the language of the page,
 * all are shown with the languages that they do speak.
 */

#include "output/edition.h"

/* Fills support of the root: all channels; those for some countries name these. */
void support_fill(const struct edition *edition, struct record *root);

/* Fills support and closed_hours of a destination: its channels, with their hours there. */
void support_fill_country(const struct edition *edition, struct arena *arena, struct place country,
			  struct record *destination);

/* Days of the week as "Mon–Fri and Sun", and "14:00–22:00" as the language writes them. */
struct str support_weekdays(const struct edition *edition, struct arena *arena, uint8_t days);
struct str support_hours(const struct edition *edition, struct arena *arena, struct str hours);

#endif
