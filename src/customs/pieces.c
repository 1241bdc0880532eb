/* SPDX-License-Identifier: MIT */
/*
 * A parcel of some pieces in, out how many first come under another rule. The one idea: what a limit
 * is tested on grows evenly with the pieces, so the first number beyond a limit is a division; only
 * where freight is tested, too, or small amounts are waived, it is looked for by halving.
 */
#include <string.h>

#include "customs/work.h"

struct counting {
	struct customs_request parcel; /* of the number of pieces at hand */
	enum payer payer;
	customs_freight *freight;
	const void *context;
	struct work work;		/* of the request */
	bool waived;			/* of the request's quantity nothing is due */
};

/* The last whole number that is not above x, which is not negative. */
static int64_t whole(struct exact x)
{
	__int128 number = x.over / x.under;
	return number < INT64_MAX ? (int64_t)number : INT64_MAX - 1;
}

/* The fewest pieces whose tested value is over the limit; 0 when it cannot be reached. */
static int64_t pieces_over(struct work *work, const struct import_row *row, struct money limit,
			   struct exact amount)
{
	struct exact parts[PARTS];
	if (!limit.currency.code[0] || !work_price(work, row))
		return 0;
	int64_t quantity = work->request->quantity > 1 ? work->request->quantity : 1;
	memcpy(parts, work->parts, sizeof parts);
	struct exact all = term_value(&row->test, parts);
	parts[PART_GOODS] = EXACT_ZERO;
	struct exact rest = term_value(&row->test, parts);
	struct exact piece = exact_divide(exact_subtract(all, rest), exact_of(quantity));
	struct exact room = exact_subtract(work_convert(work, amount, limit.currency), rest);
	if (!exact_known(piece) || !exact_known(room) || piece.over <= 0)
		return 0;
	return room.over < 0 ? 1 : whole(exact_divide(room, piece)) + 1;
}

static int64_t least_above(int64_t least, int64_t pieces, int64_t quantity)
{
	return pieces > quantity && (!least || pieces < least) ? pieces : least;
}

/* The first number of pieces above `quantity` at which a limit of any row that may apply is crossed. */
static int64_t next_limit(struct work *work, int64_t quantity)
{
	const struct chain *chain = &work->chain;
	const struct country *places[] = { chain->own[0], chain->own[1], chain->elsewhere };
	int64_t least = 0;
	for (size_t i = 0; i < 3; i++)
		for (size_t j = 0; places[i] && j < places[i]->variant_count; j++) {
			const struct variant *variant = &places[i]->variants[j];
			if (!variant_matches(variant, work->request))
				continue;
			for (size_t k = 0; k < variant->row_count; k++) {
				const struct import_row *row = &variant->rows[k];
				if (row->bad || !validity_holds(row->rule->validity, work->request->date))
					continue;
				least = least_above(least, pieces_over(work, row, row->rule->over, row->over),
						    quantity);
				least = least_above(least, pieces_over(work, row, row->rule->up_to, row->up_to),
						    quantity);
			}
		}
	return least;
}

static bool carried(struct counting *counting, int64_t pieces)
{
	counting->parcel.quantity = pieces;
	return counting->freight(counting->context, pieces, &counting->parcel.freight);
}

/* Does another row apply to so many pieces, or is something due for the first time? */
static bool reached(struct counting *counting, int64_t pieces)
{
	const struct work *first = &counting->work;
	struct work work;
	if (!carried(counting, pieces))
		return true;
	bool known = work_out(first->customs, &counting->parcel, counting->payer, first->arena, &work);
	return work.row != first->row || !work.variant ||
	       (counting->waived && (!known || work_dues(&work).over > 0));
}

/* The fewest pieces that are `reached`, above `low`; 0 when `high` are not. */
static int64_t halve(struct counting *counting, int64_t low, int64_t high)
{
	if (high <= low || !reached(counting, high))
		return 0;
	while (high - low > 1) {
		int64_t middle = low + (high - low) / 2;
		*(reached(counting, middle) ? &high : &low) = middle;
	}
	return high;
}

/* Limits are crossed one after the other, until the row is another one. */
static int64_t divide(struct counting *counting, int64_t quantity, int64_t most)
{
	struct work limits = counting->work;
	int64_t pieces = quantity;
	do {
		pieces = next_limit(&limits, pieces);
	} while (pieces && pieces <= most && !reached(counting, pieces));
	return pieces <= most ? pieces : 0;
}

int64_t customs_next_band(const struct customs *customs, const struct customs_request *request,
			  int64_t most, customs_freight *freight, const void *context,
			  struct arena *arena, struct landed *landed)
{
	struct counting counting = { .parcel = *request, .freight = freight, .context = context };
	struct work *work = &counting.work;
	int64_t quantity = request->quantity > 1 ? request->quantity : 1;
	counting.payer = customs_payer(customs, request->service, request->to, request->from);
	if (counting.payer == PAYER_NOBODY)
		return 0;
	bool known = work_out(customs, request, counting.payer, arena, work);
	if (!work->variant)
		return 0;
	counting.waived = known && work->row->rule->waived_up_to.currency.code[0] &&
			  work_dues(work).over == 0;
	bool halving = counting.waived || work->row->test.parts & 1u << PART_FREIGHT;
	int64_t pieces = halving ? halve(&counting, quantity, most) :
				   divide(&counting, quantity, most);
	if (!pieces || !carried(&counting, pieces))
		return 0;
	customs_quote(customs, &counting.parcel, false, arena, landed);
	return pieces;
}

/* The rows of today that may apply, whatever the value: the most specific variant that has any. */
static const struct variant *variant_today(const struct customs *customs,
					   const struct customs_request *request)
{
	struct chain chain = country_chain(customs, request->to);
	const struct country *places[] = { chain.own[0], chain.own[1], chain.elsewhere };
	for (size_t i = 0; i < 3; i++)
		for (size_t j = 0; places[i] && j < places[i]->variant_count; j++)
			if (places[i]->variants[j].today_count &&
			    variant_matches(&places[i]->variants[j], request))
				return &places[i]->variants[j];
	return NULL;
}

void customs_rules(const struct customs *customs, const struct service *service, struct place to,
		   struct place from, struct landed *landed)
{
	struct customs_request request = { .service = service, .to = to, .from = from };
	memset(landed, 0, sizeof *landed);
	landed->checked_on = landed->valid_from = DATE_NONE;
	landed->payer = customs_payer(customs, service, to, from);
	const struct variant *variant =
		landed->payer == PAYER_NOBODY ? NULL : variant_today(customs, &request);
	for (size_t i = 0; variant && i < variant->today_count; i++) {
		const struct customs_rule *rule = variant->today[i]->rule;
		landed->ruled = true;
		landed->stale |= customs_stale(customs, rule->checked_on);
		if (variant->today[i]->checkout) {
			landed->collected_by = rule->collected_by;
			landed->collected_up_to = rule->collected_up_to;
		}
		if (!landed->tax_name.len) {
			landed->tax_name = rule->tax_name;
			landed->tax_names = &rule->tax_names;
		}
		if (rule->validity.from != DATE_NONE &&
		    (landed->valid_from == DATE_NONE || rule->validity.from > landed->valid_from))
			landed->valid_from = rule->validity.from;
		if (rule->checked_on != DATE_NONE &&
		    (landed->checked_on == DATE_NONE || rule->checked_on < landed->checked_on))
			landed->checked_on = rule->checked_on;
	}
}
