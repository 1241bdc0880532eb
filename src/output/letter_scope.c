/* SPDX-License-Identifier: MIT */
/*
 * A lane in, what message.* names out. Nothing here is absent: a text chooses by plural and select,
 * and a number that nobody knows is 0, a text that nobody knows is empty, with a yes/no beside it.
 */
#include "output/letter.h"

#include "output/scope.h"

static void fill_service(const struct letter_desk *desk, const struct letter_lane *lane,
			 struct arena *scratch)
{
	const struct service *service = lane->service;
	struct record *message = desk->message;
	record_text(message, "link", sender_value(desk, SENDER_LINK, service, scratch));
	record_text(message, "service", translated_get(&service->name, desk->edition->language));
	record_text(message, "carrier", service->carrier);
	record_yes(message, "tracked", service->tracked == ANSWER_YES);
	record_yes(message, "signature", service->signature == ANSWER_YES);
	record_yes(message, "phone_helps",
		   service->kind == KIND_EXPRESS || service->kind == KIND_EMS);
	record_text(message, "payer", str_of(payer_name(lane->payer)));
	record_yes(message, "abroad", lane->payer != PAYER_NOBODY);
}

/* On which figure the days lean: our own, the carrier's published one, what it states, or none. */
static void fill_promise(const struct letter_lane *lane, struct record *message)
{
	const struct promise *promise = lane->promise;
	int likely = promise->door.claim_days[CLAIM_90];
	bool counted = promise->pooled <= POOLED_SERVICE && likely >= 0;
	bool published = promise->pooled == POOLED_PUBLISHED && likely >= 0;
	bool stated = !counted && !published && lane->service->days_max > 0;
	record_text(message, "promise",
		    counted     ? S("counted")
		    : published ? S("published")
		    : stated    ? S("stated")
				: S("none"));
	record_number(message, "days",
		      counted || published ? likely
		      : stated             ? lane->service->days_max
					   : 0);
	record_text(message, "days_unit",
		    stated && lane->service->day_unit == DAYS_BUSINESS ? S("business")
								       : S("calendar"));
}

/* The day of the order is day 0; a letter that follows the dispatch is later by the days of
 * handling. */
static int days_since_order(const struct letter *letter, int handling)
{
	return letter->after == AFTER_PAYMENT    ? letter->day_to
	       : letter->after == AFTER_DISPATCH ? letter->day_to + handling
						 : -1;
}

static void fill_waiting(const struct letter *letter, const struct letter_lane *lane, int handling,
			 struct record *message)
{
	const struct promise *promise = lane->promise;
	int likely = promise->door.claim_days[CLAIM_90];
	int waited = days_since_order(letter, handling);
	int until = waited + letter->ahead;
	int chance =
		waited >= 0 && letter->ahead ? promise_waiting_percent(promise, waited, until) : -1;
	record_number(message, "day", letter->day_from);
	record_number(message, "waited", waited < 0 ? 0 : waited);
	record_number(message, "until", waited < 0 ? 0 : until);
	record_percent(message, "chance", chance < 0 ? 0 : chance);
	record_text(message, "outlook",
		    chance < 0     ? S("unknown")
		    : chance >= 50 ? S("good")
				   : S("poor"));
	record_text(message, "due",
		    likely < 0 || waited < 0 || promise->pooled > POOLED_PUBLISHED ? S("unknown")
		    : waited < likely                                              ? S("before")
										   : S("over"));
}

static void fill_limit(struct record *record, const char *field, int number)
{
	record_number(record, field, number < 0 ? 0 : number);
}

static void fill_country(const struct letter_desk *desk, struct place to)
{
	struct record *message = desk->message;
	const struct country_facts *facts = shop_country(desk->edition->shop, to);
	struct str slip = facts ? translated_get(&facts->slip, desk->edition->language) : S("");
	bool links = desk->channel->links == ANSWER_YES;
	struct str post = facts && links ? facts->post_url : S("");
	struct str customs = facts && links ? facts->customs_url : S("");
	fill_limit(message, "pickup_days", facts ? facts->pickup_days : -1);
	record_text(message, "slip", slip);
	record_yes(message, "slip_known", slip.len > 0);
	record_text(message, "post_url", post);
	record_yes(message, "post_known", post.len > 0);
	record_text(message, "customs_url", customs);
	record_yes(message, "customs_known", customs.len > 0);
}

static int handling_days(const struct shop *shop)
{
	const struct handling *handling = scope_handling(shop);
	return handling ? handling->days_max : 0;
}

static void fill_shop(const struct letter_desk *desk)
{
	const struct edition *edition = desk->edition;
	const struct shop_settings *s = &edition->shop->settings;
	struct record *message = desk->message;
	record_number(message, "handling_days", handling_days(edition->shop));
	fill_limit(message, "reply_hours", s->reply_hours);
	fill_limit(message, "grace_days", s->grace_days);
	fill_limit(message, "returns_days", s->returns_days);
	record_yes(message, "duty_share", s->duty_share_up_to.currency.code[0] != 0);
	record_text(message, "faq_url",
		    str_format(desk->arena, "%.*s/%.*s/faq.html", STR(s->url),
			       STR(edition->shop->languages[edition->language].tag)));
	record_text(message, "channel", desk->channel->id);
	record_yes(message, "may_ask", desk->channel->review_request == ANSWER_YES);
}

/* A remedy with the orders and the day for which it holds. */
static void add_remedy(const struct letter_desk *desk, const struct remedy *remedy, struct buf *out)
{
	const struct letter_words *words = desk->edition->letters->words;
	struct str text, trouble;
	buf_add(out, translated_get(&remedy->text, desk->edition->language));
	if (remedy->up_to_value.currency.code[0]) {
		record_money(desk->message, "limit", amount_of(remedy->up_to_value));
		letter_run(desk, words->up_to, desk->arena, &text, &trouble);
		buf_addf(out, " %.*s", STR(text));
	}
	if (remedy->when_days > 0) {
		record_number(desk->message, "limit_days", remedy->when_days);
		letter_run(desk, words->days, desk->arena, &text, &trouble);
		buf_addf(out, " %.*s", STR(text));
	}
}

static int next_order(const struct shop *shop, struct str situation, int after)
{
	int next = INT32_MAX;
	for (size_t i = 0; i < shop->remedy_count; i++)
		if (str_equal(shop->remedies[i].situation, situation) &&
		    shop->remedies[i].order > after && shop->remedies[i].order < next)
			next = shop->remedies[i].order;
	return next;
}

/* The remedies of a situation of the letter's name, in their order: as lines, and as one paragraph.
 */
static void fill_remedies(const struct letter_desk *desk)
{
	const struct shop *shop = desk->edition->shop;
	struct str event = desk->letter->event;
	struct record *message = desk->message;
	struct buf lines = BUF_INIT, offer = BUF_INIT;
	int order = -1;
	while ((order = next_order(shop, event, order)) != INT32_MAX)
		for (size_t i = 0; i < shop->remedy_count; i++) {
			const struct remedy *remedy = &shop->remedies[i];
			if (remedy->order != order || !str_equal(remedy->situation, event) ||
			    !translated_get(&remedy->text, desk->edition->language).len)
				continue;
			buf_add(&lines, lines.len ? S("\n- ") : S("- "));
			buf_add(&offer, offer.len ? S(" ") : S(""));
			add_remedy(desk, remedy, &lines);
			add_remedy(desk, remedy, &offer);
		}
	record_absent(message, "limit");
	record_absent(message, "limit_days");
	record_text(message, "remedies", str_copy(desk->arena, buf_str(&lines)));
	record_text(message, "offer", str_copy(desk->arena, buf_str(&offer)));
	record_yes(message, "remedies_known", lines.len > 0);
	buf_release(&lines);
	buf_release(&offer);
}

void letter_fill_shared(struct letter_desk *desk)
{
	static const char *const fields[] = { "greeting", "order", "item", "address", "tracking" };
	record_text(desk->message, "event", desk->letter->event);
	fill_shop(desk);
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		record_text(desk->message, fields[i],
			    sender_value(desk, (enum sender_value)i, NULL, desk->arena));
	fill_remedies(desk);
}

void letter_fill_lane(struct letter_desk *desk, const struct letter_lane *lane,
		      struct arena *scratch)
{
	const struct shop *shop = desk->edition->shop;
	fill_service(desk, lane, scratch);
	fill_promise(lane, desk->message);
	fill_waiting(desk->letter, lane, handling_days(shop), desk->message);
	fill_country(desk, shop->destinations[lane->destination]);
}
