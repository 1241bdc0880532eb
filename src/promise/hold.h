/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PROMISE_HOLD_H
#define UPFRONT_PROMISE_HOLD_H

/*
 * hold - the parcels of the log that are in memory at once.
 *
 * A log may have any number of rows; memory may not. When as many are held as may be, they are put into
 * the order of their routes and handed to the taker, who counts them, and their places are free
 * again. Parcels whose meaning only the whole log can tell stay: those that came after the build date
 * (does the log run on behind it?) and those written off not long before it (was that known then?).
 *
 *	hold_add(arena, log, &parcel);
 *	if (hold_is_full(log, taker))
 *		hold_hand_on(log, taker, shop->date);
 *
 * The blocks lie in the arena and are used again and again.
 */

#include "promise/log.h"

void hold_add(struct arena *arena, struct log *log, const struct parcel *parcel);

/* Are as many held as may be? Never without a taker. */
bool hold_is_full(const struct log *log, const struct log_taker *taker);

/* Lets the taker count all parcels that are decided, and forgets them. */
void hold_hand_on(struct log *log, const struct log_taker *taker, int32_t today);

/* Puts the parcels into the order of their routes. */
void hold_sort(struct log *log);

#endif
