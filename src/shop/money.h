/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_SHOP_MONEY_H
#define UPFRONT_SHOP_MONEY_H

/*
 * money - exact amounts.
 *
 * An amount is what the seller typed: whole digits and how many of them stand behind the
 * point. It is never a double, and it is rounded (half up, away from zero) to the currency's
 * minor unit only where it is shown. Minor units are ISO 4217's (JPY 0, KWD 3, ISK 0, ...).
 *
 *	struct money fee;
 *	if (money_parse(S("18.50 EUR"), '.', NULL, &fee))
 *		money_add(&buf, fee);	// "18.50 EUR"
 */

#include "base/buf.h"

/* value = digits / 10^scale */
struct decimal {
	int64_t digits;
	uint8_t scale; /* 0 to 9 */
};

/* ISO 4217 letters and a NUL; "" is no currency. */
struct currency {
	char code[4];
};

struct money {
	struct decimal amount;
	struct currency currency;
};

/*
 * Reads a number with the file's decimal sign; grouping by the other sign, spaces or ' is
 * understood. False on anything else, or when it overflows.
 */
bool decimal_parse(struct str s, char decimal_sign, struct decimal *number);

/* -1, 0, 1. Exact for any scales. */
int decimal_compare(struct decimal a, struct decimal b);

/* Exact sums and products; false when 18 digits do not hold the result. */
bool decimal_add(struct decimal a, struct decimal b, struct decimal *sum);
bool decimal_multiply(struct decimal a, struct decimal b, struct decimal *product);

/* Rounded half up (away from zero) to `scale` places. */
struct decimal decimal_round(struct decimal number, uint8_t scale);

/* Adds the plain number, such as "18.50" or "-3". */
void decimal_show(struct buf *buf, struct decimal number);

bool currency_parse(struct str s, struct currency *currency); /* a code of ISO 4217, upper case */
bool currency_equal(struct currency a, struct currency b);
uint8_t currency_exponent(struct currency currency); /* digits of the minor unit */

/*
 * Reads "64.00 EUR", "EUR 64.00" (the euro sign is understood too), or a bare number when
 * `fallback` is a currency. False when it is none of these or a currency is missing.
 */
bool money_parse(struct str s, char decimal_sign, const struct currency *fallback,
		 struct money *money);

/* Adds the amount rounded to the minor unit: "18.50". */
void money_show_amount(struct buf *buf, struct money money);

/* Adds the amount and the code: "18.50 EUR". */
void money_show(struct buf *buf, struct money money);

/*
 * Grams from "1.2 kg", "850 g", "2 lb", "12 oz" or a bare number of grams; rounded up to a
 * whole gram. False on anything else, a negative weight, or one that overflows.
 */
bool weight_parse(struct str s, char decimal_sign, int64_t *grams);

#endif
