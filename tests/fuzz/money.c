/* SPDX-License-Identifier: MIT */
/* Any bytes as a number, an amount, a weight and a size: what is read comes back as it was shown.
 */
#include <stdlib.h>

#include "shop/goods.h"
#include "shop/money.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
	if (!holds)
		abort();
}

static void one_number(struct str text, char sign)
{
	struct decimal number, again, twice;
	if (!decimal_parse(text, sign, &number))
		return;
	struct buf shown = BUF_INIT;
	decimal_show(&shown, number);
	require(decimal_parse(buf_str(&shown), '.', &again));
	require(decimal_compare(number, again) == 0);
	for (uint8_t scale = 0; scale <= 9; scale++) {
		struct decimal rounded = decimal_round(number, scale);
		require(rounded.scale <= scale || rounded.scale == number.scale);
	}
	if (decimal_add(number, number, &twice))
		require((decimal_compare(twice, number) > 0) == (number.digits > 0));
	decimal_multiply(number, number, &twice);
	buf_release(&shown);
}

static void one_amount(struct str text, char sign)
{
	struct currency euro = { "EUR" };
	struct money money, again;
	if (!money_parse(text, sign, &euro, &money))
		return;
	struct buf shown = BUF_INIT;
	money_show(&shown, money);
	require(money_parse(buf_str(&shown), '.', NULL, &again));
	require(currency_equal(money.currency, again.currency));
	buf_release(&shown);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = { size ? (const char *)data : "", size };
	int64_t number;
	for (const char *sign = ".,"; *sign; sign++) {
		one_number(text, *sign);
		one_amount(text, *sign);
		if (weight_parse(text, *sign, &number))
			require(number >= 0);
		if (volume_parse(text, *sign, &number))
			require(number > 0);
	}
	gtin_holds(text);
	return 0;
}
