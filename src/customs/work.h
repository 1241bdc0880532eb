/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_CUSTOMS_WORK_H
#define UPFRONT_CUSTOMS_WORK_H

/*
 * work - one parcel on its way through the tables, with every figure it met.
 *
 * Only for src/customs. work_out chooses the row and computes exactly; customs.c rounds the
 * result for the page, steps.c tells the way in words. Lives on the stack of one quote.
 *
 *	struct work work;
 *	if (work_out(customs, request, payer, arena, &work))
 *		show(work.parts[PART_DUTY]);
 *	else
 *		say(work.why);
 */

#include "customs/tables.h"

/* A charge that applies to the parcel. */
struct applied {
	const struct charge *charge;
	struct exact amount; /* in the rule's currency */
};

enum { RATES_MAX = 8 }; /* more than a rule's cells can name; further ones are not listed */

struct work {
	const struct customs *customs;
	const struct customs_request *request;
	enum payer payer;
	struct arena *arena;
	struct chain chain;
	struct str why; /* when it is not known: one line for people */
	const struct variant *variant;
	const struct import_row *row;
	const struct import_row *priced; /* the row in whose currency `parts` are */
	const struct tariff *tariff;	 /* that was used; NULL */
	bool by_default;		 /* the row's default_tariff was used */
	bool collected;			 /* at checkout */
	bool carrier_fee;		 /* a charge of the parcel's service applies */
	struct applied *applied;
	size_t applied_count;
	size_t rate_count;
	struct exact parts[PARTS]; /* in the rule's currency; charges: those that fall on the buyer */
	struct exact tested;
	struct exact duty_base, duty_full; /* before it is waived */
	struct exact tax_base, tax_stepped, tax_full;
	/* behind here nothing is cleared when the work begins */
	const struct fx_rate *rates[RATES_MAX]; /* all that were used, each once: rate_count of them */
	struct exchange goods_rate, freight_rate; /* of `priced` */
};

/* False when something is not known; then `why` says what. */
bool work_out(const struct customs *customs, const struct customs_request *request,
	      enum payer payer, struct arena *arena, struct work *work);

/* The most specific variant's row that holds on the date and for the value. (choose.c) */
bool work_choose(struct work *work);

/* Goods and freight in the row's currency; false where no rate converts them. (choose.c) */
bool work_price(struct work *work, const struct import_row *row);

/* An amount in the rule's currency; not known where no rate converts it. */
struct exact work_convert(struct work *work, struct exact amount, struct currency currency);

enum place_in_band { BELOW, INSIDE, ABOVE, NOT_KNOWN };

/* Where the tested value lies: `over` is exclusive, `up_to` inclusive, without a currency open. */
enum place_in_band work_in_band(struct work *work, struct money over, struct exact over_amount,
				struct money up_to, struct exact up_to_amount);

/* Say why something is not known; all return false. The second joins pieces in the arena. */
bool work_unknown(struct work *work, struct str why);
bool work_unknown_of(struct work *work, const struct str *pieces, size_t count);
bool work_no_rate(struct work *work, struct currency from);

/* Duty and tax, and the charges that fall on the buyer. */
struct exact work_dues(const struct work *work);

/* What was done, a line each, in the arena. (steps.c) */
struct str *work_steps(const struct work *work, size_t *count);

#endif
