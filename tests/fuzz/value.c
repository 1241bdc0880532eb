/* SPDX-License-Identifier: MIT */
/* Any text as a number, an amount, a weight and a date; what was read is written and read back. */
#include "fuzz.h"

#include "shop/date.h"
#include "shop/money.h"

static void money_comes_back(struct money money)
{
	struct buf shown = BUF_INIT;
	struct money again;
	money_show(&shown, money);
	struct money rounded = money;
	rounded.amount = decimal_round(money.amount, currency_exponent(money.currency));
	if (!money_parse(buf_str(&shown), '.', NULL, &again) ||
	    decimal_compare(again.amount, rounded.amount) != 0 ||
	    !currency_equal(again.currency, money.currency))
		abort();
	buf_release(&shown);
}

static void date_comes_back(int32_t date)
{
	struct buf shown = BUF_INIT;
	int32_t again;
	date_add(&shown, date);
	if (!date_parse(buf_str(&shown), &again) || again != date)
		abort();
	buf_release(&shown);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = fuzz_text(data, size);
	struct money money;
	int64_t grams;
	int32_t date;
	for (const char *sign = ".,"; *sign; sign++) {
		if (money_parse(text, *sign, &(struct currency){ "JPY" }, &money))
			money_comes_back(money);
		if (weight_parse(text, *sign, &grams))
			assert(grams >= 0);
	}
	if (date_parse(text, &date))
		date_comes_back(date);
	return 0;
}
