/* SPDX-License-Identifier: MIT */
/* The JSON object of `explain`: money as decimal strings, days as numbers, nothing where nothing is known. */
#include "output/explained.h"

static void add_text(struct buf *out, const char *name, struct str text)
{
	buf_addf(out, "\"%s\":\"", name);
	escape_add(out, text, ESCAPE_JSON);
	buf_byte(out, '"');
}

static void add_money(struct buf *out, const char *name, struct money money, bool with_code)
{
	buf_addf(out, ",\"%s\":\"", name);
	if (with_code)
		money_show(out, money);
	else
		money_show_amount(out, money);
	buf_byte(out, '"');
}

static void add_date(struct buf *out, const char *name, int32_t date)
{
	buf_addf(out, ",\"%s\":", name);
	if (date == DATE_NONE) {
		buf_add(out, S("null"));
		return;
	}
	buf_byte(out, '"');
	date_add(out, date);
	buf_byte(out, '"');
}

static void add_levels(struct buf *out, const char *name, const struct curve *curve)
{
	static const char *const names[] = { "p50", "p80", "p90", "p95" };
	buf_addf(out, ",\"%s\":{", name);
	for (int i = 0; i < CLAIM_LEVELS; i++) {
		buf_addf(out, "%s\"%s\":", i ? "," : "", names[i]);
		if (curve->claim_days[i] < 0)
			buf_add(out, S("null"));
		else
			buf_number(out, curve->claim_days[i]);
	}
	buf_byte(out, '}');
}

/* Every day on which the claim or the estimate (in thousandths) moves. */
static void add_by_day(struct buf *out, const struct curve *curve)
{
	long before = -1;
	int claim_before = 0;
	bool any = false;
	buf_add(out, S(",\"by_day\":["));
	for (int day = 0; day < PROMISE_DAYS; day++) {
		long share = (long)(curve->share[day] * 1000 + 0.5);
		if (share == before && curve->claim[day] == claim_before)
			continue;
		buf_addf(out, "%s{\"days\":%d,\"share\":%ld.%03ld,\"claim\":0.%02d}", any ? "," : "", day,
			 share / 1000, share % 1000, curve->claim[day]);
		before = share;
		claim_before = curve->claim[day];
		any = true;
	}
	buf_byte(out, ']');
}

static void add_data(struct buf *out, const struct promise *promise)
{
	buf_addf(out, ",\"data\":{\"parcels\":%lld,\"lost\":%lld,\"open\":%lld", (long long)promise->parcels,
		 (long long)promise->lost, (long long)promise->open);
	add_date(out, "since", promise->since);
	add_date(out, "until", promise->until);
	buf_addf(out, ",\"pooled\":\"%s\"}", pooled_name(promise->pooled));
}

static void add_customs(struct buf *out, const struct landed *landed)
{
	buf_addf(out, ",\"customs\":{\"payer\":\"%s\"", payer_name(landed->payer));
	if (landed->known) {
		buf_addf(out, ",\"currency\":\"%s\"", landed->currency.code);
		add_money(out, "goods", landed->goods, false);
		add_money(out, "freight", landed->freight, false);
		add_money(out, "duty", landed->duty, false);
		add_money(out, "tax", landed->tax, false);
		add_money(out, "charges", landed->charges, false);
		add_money(out, "at_checkout", landed->at_checkout, false);
		add_money(out, "on_delivery", landed->on_delivery, false);
		add_money(out, "landed", landed->landed, false);
	}
	buf_addf(out, ",\"known\":%s", landed->known ? "true" : "false");
	if (!landed->known) {
		buf_byte(out, ',');
		add_text(out, "why", landed->unknown_why);
	}
	buf_add(out, S(",\"rules\":["));
	for (size_t i = 0; i < landed->rule_count; i++)
		buf_addf(out, "%s{\"table\":\"%s\",\"line\":%u}", i ? "," : "", landed->rules[i].table,
			 landed->rules[i].line);
	buf_add(out, S("],\"steps\":["));
	for (size_t i = 0; i < landed->step_count; i++) {
		buf_add(out, i ? S(",\"") : S("\""));
		escape_add(out, landed->steps[i], ESCAPE_JSON);
		buf_byte(out, '"');
	}
	buf_add(out, S("]}"));
}

static void add_method(const struct explained *explained, const struct explained_method *method,
		       const struct product *product, struct buf *out)
{
	const struct offer *offer = method->offer;
	buf_byte(out, '{');
	add_text(out, "service", offer->service->id);
	buf_byte(out, ',');
	if (offer->zone)
		add_text(out, "zone", offer->zone->id);
	else
		buf_add(out, S("\"zone\":null"));
	if (offer->refusal != REFUSED_NOT) {
		buf_add(out, S(",\"fee\":null,\"recommended\":false,"));
		add_text(out, "refused", str_of(refusal_text(offer->refusal)));
		buf_byte(out, '}');
		return;
	}
	add_money(out, "fee", offer->fee, true);
	buf_addf(out, ",\"recommended\":%s", offer == explained->offers.recommended ? "true" : "false");
	if (offer == explained->offers.recommended) {
		buf_byte(out, ',');
		add_text(out, "rule", str_of(recommendation_name(explained->offers.rule)));
	}
	buf_add(out, S(",\"refused\":null"));
	if (product->handling)
		buf_addf(out, ",\"handling\":{\"min\":%d,\"max\":%d,\"unit\":\"business\"}",
			 product->handling->days_min, product->handling->days_max);
	else
		buf_add(out, S(",\"handling\":null"));
	add_levels(out, "transit", &offer->promise->transit);
	add_levels(out, "door", &offer->promise->door);
	add_by_day(out, &offer->promise->door);
	add_data(out, offer->promise);
	add_customs(out, &method->landed);
	buf_byte(out, '}');
}

void explain_json(const struct workings *workings, const struct explain_request *request,
		  struct buf *out)
{
	const struct product *product = request->product;
	struct explained explained;
	explained_find(workings, request, &explained);
	buf_byte(out, '{');
	add_text(out, "id", product->id);
	buf_byte(out, ',');
	add_text(out, "to", place_str(&request->to));
	add_date(out, "date", workings->shop->date);
	add_money(out, "price", product->price, true);
	buf_addf(out, ",\"weight_g\":%lld,\"methods\":[", (long long)product->weight_g);
	for (size_t i = 0; i < explained.count; i++) {
		if (i)
			buf_byte(out, ',');
		add_method(&explained, &explained.methods[i], product, out);
	}
	buf_add(out, S("]}\n"));
	explained_release(&explained);
}
