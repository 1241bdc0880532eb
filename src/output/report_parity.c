/* SPDX-License-Identifier: MIT */
/* In: destinations. Out: what the buyers of each country get, side by side, and where one gets
 * less. */
#include "output/report_parts.h"

#include <stdlib.h>

#include "output/edition.h"

struct parity {
	size_t destination;
	size_t services, tracked;
	const struct report_lane *usual,
		*quickest;     /* quickest: the first day for 90%; NULL: none has one */
	struct money cheapest; /* currency "": no fee known */
	enum payer payer;      /* of the usual one */
};

static void take_fee(struct parity *parity, const struct zone *zone)
{
	struct money fee;
	if (!offer_fee_from(zone, &fee))
		return;
	if (!parity->cheapest.currency.code[0] ||
	    (currency_equal(fee.currency, parity->cheapest.currency) &&
	     decimal_compare(fee.amount, parity->cheapest.amount) < 0))
		parity->cheapest = fee;
}

static int days_of(const struct report_lane *lane)
{
	return lane->promise->door.claim_days[CLAIM_90];
}

/* Lanes come with most parcels first, so the first of a country is its usual one. */
static void take_lane(const struct report *r, struct parity *parity, const struct report_lane *lane)
{
	struct place to = r->shop->destinations[lane->destination];
	parity->services++;
	parity->tracked += lane->service->tracked == ANSWER_YES;
	take_fee(parity, service_zone(lane->service, to));
	if (days_of(lane) >= 0 && (!parity->quickest || days_of(lane) < days_of(parity->quickest)))
		parity->quickest = lane;
	if (parity->usual)
		return;
	parity->usual = lane;
	parity->payer = customs_payer(r->request->workings->customs, lane->service, to,
				      lane->service->ships_from);
}

static int by_days(const void *left, const void *right)
{
	const struct parity *a = left, *b = right;
	int at = a->quickest ? days_of(a->quickest) : PROMISE_DAYS;
	int bt = b->quickest ? days_of(b->quickest) : PROMISE_DAYS;
	if (at != bt)
		return at - bt;
	return a->destination < b->destination ? -1 : a->destination > b->destination;
}

static void add_gap(struct buf *out, bool *first, const char *text)
{
	buf_addf(out, "%s%s", *first ? "" : "; ", text);
	*first = false;
}

/* Where these buyers get less than others. */
static void add_gaps(struct buf *out, const struct parity *parity)
{
	bool first = true;
	buf_add(out, S("<td>"));
	if (!parity->quickest)
		add_gap(out, &first, "no day for 90%");
	if (!parity->tracked)
		add_gap(out, &first, "nothing tracked");
	if (parity->services == 1)
		add_gap(out, &first, "one service only");
	if (parity->payer == PAYER_UNKNOWN)
		add_gap(out, &first, "who pays import charges is not known");
	buf_add(out, S("</td>"));
}

static const char *payer_words(enum payer payer)
{
	static const char *const words[] = { "not known", "no border", "the buyer", "you" };
	return words[payer];
}

static void add_country(struct report *r, const struct parity *parity, const struct scale *scale)
{
	struct buf *out = &r->body;
	const struct report_lane *shown = parity->quickest ? parity->quickest : parity->usual;
	cell_head(out, r->countries[parity->destination]);
	cell_number(out, (int64_t)parity->services);
	cell_number(out, (int64_t)parity->tracked);
	buf_add(out, S("<td class=\"n\">"));
	if (parity->cheapest.currency.code[0])
		words_money(r->words, out, amount_of(parity->cheapest));
	buf_add(out, S("</td>"));
	cell_text(out, shown->service->id);
	cell_picture(out, strip_draw(&r->arena, scale, &shown->promise->door,
				     shown->promise->pooled == POOLED_PUBLISHED, r->words));
	cell_days(out, parity->usual->promise->door.claim_days[CLAIM_90]);
	cell_text(out, str_of(payer_words(parity->payer)));
	add_gaps(out, parity);
	row_close(out);
}

static void add_remedies(struct report *r)
{
	const struct shop_settings *settings = &r->shop->settings;
	buf_add(&r->body, S("<p>The same for everybody: "));
	if (settings->returns_days >= 0)
		buf_addf(&r->body, "returns within %d days%s; ", settings->returns_days,
			 str_is(settings->returns_payer, "seller") ? " at your cost"
			 : settings->returns_payer.len             ? " at the buyer’s cost"
								   : "");
	else
		buf_add(&r->body, S("no term for returns is stated; "));
	buf_addf(
		&r->body,
		"%zu remedies in <code>remedies.csv</code>. No table of this shop treats a country "
		"otherwise; what differs is in the rows above.</p>\n",
		r->shop->remedy_count);
}

static size_t find_countries(const struct report *r, struct parity *parities)
{
	size_t count = 0;
	for (size_t i = 0; i < r->shop->destination_count; i++)
		parities[i] = (struct parity){ .destination = i };
	for (size_t i = 0; i < r->lane_count; i++)
		take_lane(r, &parities[r->lanes[i].destination], &r->lanes[i]);
	for (size_t i = 0; i < r->shop->destination_count; i++)
		if (parities[i].services)
			parities[count++] = parities[i];
	qsort(parities, count, sizeof *parities, by_days);
	return count;
}

static struct scale scale_of_countries(struct report *r, const struct parity *parities,
				       size_t count)
{
	const struct curve **curves = arena_array(&r->arena, count, sizeof(struct curve *));
	for (size_t i = 0; i < count; i++)
		curves[i] = &(parities[i].quickest ? parities[i].quickest : parities[i].usual)
				     ->promise->door;
	return scale_of(curves, count);
}

void report_parity(struct report *r)
{
	struct parity *parities =
		arena_array(&r->arena, r->shop->destination_count, sizeof *parities);
	size_t count = find_countries(r, parities);
	struct scale scale = scale_of_countries(r, parities, count);
	section_open(r, "parity", "What the buyers of each country get",
		     "The quickest service to 90%, countries in its order, all on one scale. Gaps "
		     "that you see here "
		     "are seen by buyers too.");
	html_table(&r->body, "Days from order to door",
		   "Country|#Services|#Tracked|#Fee from|Quickest|Half to 95%, dot at 90%|#90% by "
		   "the usual|"
		   "Import charges paid by|Less than others");
	for (size_t i = 0; i < count; i++)
		add_country(r, &parities[i], &scale);
	buf_add(&r->body, S("<tr><td colspan=\"5\"></td>"));
	cell_picture(&r->body, scale_draw(&r->arena, &scale, r->words));
	buf_add(&r->body, S("<td colspan=\"3\"></td>"));
	row_close(&r->body);
	html_table_end(&r->body);
	add_remedies(r);
	section_close(r);
}
