/* SPDX-License-Identifier: MIT */
/* In: "to.methods.cn-reg.fee". Out: content/rates.csv, line 5. One function a table. */
#include "output/places.h"

#include <string.h>

/* A table as a whole. */
static struct pos in_table(const char *file)
{
	return (struct pos){ .file = file };
}

/* Takes the part up to the next point. */
static struct str next_part(struct str *name)
{
	size_t len = str_index(*name, '.');
	struct str part = str_sub(*name, 0, len);
	*name = str_sub(*name, len + 1, name->len);
	return part;
}

static bool is_one_of(struct str part, const char *const *words)
{
	for (; *words; words++)
		if (str_is(part, *words))
			return true;
	return false;
}

static struct pos statistics(const struct shop *shop)
{
	return in_table(shop->has_shipments && !shop->ontime_count ? "content/shipments.csv" :
								      "content/ontime.csv");
}

/* The row of the rule by which a piece is charged; the amounts of the product do not matter for the table's name. */
static struct pos of_customs(const struct workings *w, const struct product *product,
			     const struct offer *offer, struct place to, const char *table)
{
	struct pos pos = in_table(strcmp(table, "charges.csv") == 0 ? "content/charges.csv" :
								      "content/customs.csv");
	struct customs_request request = customs_request_of(product, w->shop->date);
	struct arena scratch;
	struct landed landed;
	if (!offer)
		return pos;
	request.to = to;
	request.service = offer->service;
	request.freight = offer->fee;
	arena_init(&scratch);
	customs_quote(w->customs, &request, false, &scratch, &landed);
	for (size_t i = landed.rule_count; i > 0; i--)
		if (strcmp(landed.rules[i - 1].table, table) == 0)
			pos.line = landed.rules[i - 1].line;
	arena_release(&scratch);
	return pos;
}

static struct pos of_method(const struct workings *w, const struct product *product,
			    const struct offer *offer, struct place to, struct str rest)
{
	static const char *const rates[] = { "fee", "fee_from", "free", "free_from", NULL };
	static const char *const services[] = { "service", "days_min", "days_max", "day_unit", NULL };
	static const char *const measured[] = { "half", "likely", "door", "transit", "by_day",
						"data", "says",	  "missing", NULL };
	struct str part = next_part(&rest);
	if (is_one_of(part, rates))
		return offer && offer->rate ? offer->rate->pos : in_table("content/rates.csv");
	if (is_one_of(part, services))
		return offer ? offer->service->pos : in_table("content/carriers.csv");
	if (is_one_of(part, measured))
		return statistics(w->shop);
	if (str_is(part, "customs"))
		return of_customs(w, product, offer, to,
				  str_is(rest, "charges") ? "charges.csv" : "customs.csv");
	return (struct pos){ .file = NULL };
}

static struct pos of_destination(const struct workings *w, const struct product *product,
				 struct place to, struct str rest)
{
	struct str part = next_part(&rest);
	struct offers offers;
	if (str_is(part, "zone"))
		return in_table("content/zones.csv");
	if (!str_is(part, "methods") && !str_is(part, "method"))
		return (struct pos){ .file = NULL };
	bool named = str_is(part, "methods");
	struct str id = named ? next_part(&rest) : S("");
	offer_find(w->offering, product, to, &offers);
	const struct offer *offer = named ? NULL : offers.recommended;
	for (size_t i = 0; named && i < offers.count; i++)
		if (str_equal(offers.items[i].service->id, id) &&
		    offers.items[i].refusal == REFUSED_NOT)
			offer = &offers.items[i];
	return of_method(w, product, offer, to, rest);
}

struct pos value_place(const struct workings *w, const struct product *product, struct place to,
		       struct str name)
{
	static const struct {
		const char *head, *file;
	} tables[] = {
		{ "closures", "content/closures.csv" }, { "remedies", "content/remedies.csv" },
		{ "shop", "content/shop.csv" },	       { "support", "content/support.csv" },
	};
	struct str rest = name, head = next_part(&rest);
	if (str_is(head, "to"))
		return of_destination(w, product, to, rest);
	if (str_is(head, "product"))
		return str_is(rest, "price") ? product->price_pos : product->pos;
	if (str_is(head, "handling"))
		return product->handling ? product->handling->pos : in_table("content/handling.csv");
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		if (str_is(head, tables[i].head))
			return in_table(tables[i].file);
	return (struct pos){ .file = NULL };
}
