/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_CUSTOMS_FX_H
#define UPFRONT_CUSTOMS_FX_H

/*
 * fx - from one currency to another, exactly.
 *
 * The newest row of fx.csv at or before the date converts, whichever way round it stands; a
 * pair without a row of its own goes through the shop's currency. Every step names the row and
 * its day. Built once, afterwards only read.
 *
 *	struct exchange exchange;
 *	if (fx_find(fx, from, to, date, &exchange))
 *		amount = exact_multiply(amount, exchange.factor);
 */

#include "customs/exact.h"
#include "shop/shop.h"

struct fx;

struct exchange {
	struct exact factor;
	const struct fx_rate *rows[2]; /* none, one, or two through the shop's currency */
	size_t count;
};

struct fx *fx_new(struct arena *arena, const struct shop *shop);

/* False when no row at or before the date converts. The same currency needs none. */
bool fx_find(const struct fx *fx, struct currency from, struct currency to, int32_t date,
	     struct exchange *exchange);

#endif
