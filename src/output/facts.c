/* SPDX-License-Identifier: MIT */
/* The shop's services and claims in, one yes or no for each thing that a text may ask about out. */
#include "output/facts.h"

#include "output/scope.h"

static bool any_kind(const struct shop *shop, enum service_kind kind)
{
	for (size_t i = 0; i < shop->service_count; i++)
		if (shop->services[i].kind == kind)
			return true;
	return false;
}

/* Sums over all services, each of them a yes as soon as one service has it. */
struct sums {
	bool tracked, untracked, signature, insured, returns_unsigned, intercept, duty_paid;
	bool two_origins, refuses;
};

static struct sums sum_up(const struct shop *shop)
{
	struct sums any = { 0 };
	for (size_t i = 0; i < shop->service_count; i++) {
		const struct service *s = &shop->services[i];
		any.tracked |= s->tracked == ANSWER_YES;
		any.untracked |= s->tracked == ANSWER_NO;
		any.signature |= s->signature == ANSWER_YES;
		any.insured |= s->insured_up_to.currency.code[0] != 0;
		any.returns_unsigned |= s->returns_to_sender == ANSWER_YES;
		any.intercept |= s->intercept == ANSWER_YES;
		any.duty_paid |= s->terms == TERMS_DDP;
		any.two_origins |= !place_equal(s->ships_from, shop->services[0].ships_from);
		any.refuses |= s->refuses != 0;
	}
	return any;
}

static struct record *has_record(const struct edition *e, struct record *root)
{
	static const struct {
		const char *name;
		enum service_kind kind;
	} kinds[] = {
		{ "express", KIND_EXPRESS },	 { "ems", KIND_EMS },
		{ "registered", KIND_REGISTERED }, { "line", KIND_LINE },
		{ "warehouse", KIND_WAREHOUSE }, { "economy", KIND_ECONOMY },
	};
	struct record *r = record_new(e->arena, &has_shape);
	struct sums any = sum_up(e->shop);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		record_yes(r, kinds[i].name, any_kind(e->shop, kinds[i].kind));
	record_yes(r, "tracked", any.tracked);
	record_yes(r, "untracked", any.untracked);
	record_yes(r, "signature", any.signature);
	record_yes(r, "insured", any.insured);
	record_yes(r, "returns_unsigned", any.returns_unsigned);
	record_yes(r, "intercept", any.intercept);
	record_yes(r, "duty_paid", any.duty_paid);
	record_yes(r, "two_origins", any.two_origins);
	record_yes(r, "refused_contents", any.refuses);
	record_yes(r, "listings", e->shop->listing_count > 0);
	record_yes(r, "remedies", record_at(root, "remedies")->list.count > 0);
	record_yes(r, "support", record_at(root, "support")->list.count > 0);
	return r;
}

bool claim_is_known(struct str name)
{
	for (size_t i = 0; i < claims_shape.count; i++)
		if (str_is(name, claims_shape.fields[i].name))
			return true;
	return false;
}

static struct record *claims_record(const struct edition *e)
{
	struct record *r = record_new(e->arena, &claims_shape);
	const struct shop *shop = e->shop;
	for (size_t f = 0; f < claims_shape.count; f++)
		record_yes(r, claims_shape.fields[f].name, false);
	for (size_t i = 0; i < shop->claims_held; i++)
		if (claim_is_known(shop->claims[i].name))
			record_yes(r, str_copy(e->arena, shop->claims[i].name).text, true);
	return r;
}

void facts_fill(const struct edition *e, struct record *root)
{
	const struct shop *shop = e->shop;
	const struct record **list = arena_array(e->arena, shop->service_count, sizeof *list);
	record_record(root, "has", has_record(e, root));
	record_record(root, "claims", claims_record(e));
	for (size_t i = 0; i < shop->service_count; i++)
		list[i] = scope_service(e, e->arena, &shop->services[i]);
	record_list(root, "services", list, shop->service_count);
}
