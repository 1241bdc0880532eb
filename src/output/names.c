/* SPDX-License-Identifier: MIT */
/* The table of names, leaf shapes first, the root last. */
#include "output/names.h"

#include <stdio.h>

#include "base/buf.h"

static const struct field shop_fields[] = {
	{ "name", VALUE_TEXT, NULL, "shop.csv name" },
	{ "url", VALUE_TEXT, NULL, "shop.csv url, without a slash at its end" },
	{ "legal_name", VALUE_TEXT, NULL, "empty when not given" },
	{ "address", VALUE_TEXT, NULL, "postal address; empty when not given" },
	{ "email", VALUE_TEXT, NULL, "empty when not given" },
	{ "phone", VALUE_TEXT, NULL, "empty when not given" },
	{ "chat", VALUE_TEXT, NULL, "empty when not given" },
	{ "country", VALUE_TEXT, NULL, "name of the shop's country in the page's language" },
	{ "currency", VALUE_TEXT, NULL, "ISO 4217 code" },
	{ "reply_hours", VALUE_NUMBER, NULL, "hours until an answer; absent when not stated" },
	{ "returns_days", VALUE_NUMBER, NULL, "days to send back; absent when not stated" },
	{ "returns_payer", VALUE_TEXT, NULL, "buyer or seller; empty when not given" },
	{ "grace_days", VALUE_NUMBER, NULL, "days to wait after the last promised day; absent when not stated" },
	{ "report_days", VALUE_NUMBER, NULL, "days to report loss or damage in; absent when not stated" },
	{ "stall_days", VALUE_NUMBER, NULL, "days without a scan until the carrier is asked; absent when not stated" },
	{ "scan_wait_days", VALUE_NUMBER, NULL, "working days to wait after a delivered scan; absent when not stated" },
	{ "packing_photo_from", VALUE_MONEY, NULL, "dearer parcels are photographed while packed; absent when none" },
	{ "address_rule", VALUE_TEXT, NULL, "order or payment: which address counts; empty when not given" },
	{ "confidence", VALUE_PERCENT, NULL, "with which confidence a share is claimed" },
	{ "min_parcels", VALUE_NUMBER, NULL, "parcels below which a lane leans on others" },
	{ "duty_share_up_to", VALUE_MONEY, NULL, "part of the duty the seller shares; absent when none" },
	{ "intercept_value_limit", VALUE_MONEY, NULL, "above it a parcel under way is not called back; absent when none" },
	{ "languages", VALUE_NUMBER, NULL, "how many languages the shop has" },
};
const struct shape shop_shape = SHAPE("shop", shop_fields);

static const struct field language_fields[] = {
	{ "tag", VALUE_TEXT, NULL, "BCP 47 tag: de, pt-BR" },
	{ "name", VALUE_TEXT, NULL, "in itself: Deutsch" },
	{ "dir", VALUE_TEXT, NULL, "ltr or rtl" },
};
const struct shape language_shape = SHAPE("language", language_fields);

static const struct field alternate_fields[] = {
	{ "tag", VALUE_TEXT, NULL, "language of the other page" },
	{ "name", VALUE_TEXT, NULL, "that language's name in itself" },
	{ "href", VALUE_TEXT, NULL, "relative to this page" },
	{ "url", VALUE_TEXT, NULL, "absolute" },
	{ "current", VALUE_YES_NO, NULL, "is it the language of this page?" },
};
const struct shape alternate_shape = SHAPE("alternate", alternate_fields);

static const struct field page_fields[] = {
	{ "kind", VALUE_TEXT, NULL, "shop, product (also of a listing's text), products, to, faq, policy, start" },
	{ "root", VALUE_TEXT, NULL, "relative way to the web root: ../../" },
	{ "home", VALUE_TEXT, NULL, "relative way to the language's folder: ../" },
	{ "url", VALUE_TEXT, NULL, "absolute address of this page" },
	{ "date", VALUE_DATE, NULL, "rules as of: of the newest rule of the country the page is about, else when rules were last checked; the build date when none was" },
	{ "alternates", VALUE_LIST, &alternate_shape, "this page in all languages of the shop" },
	{ "number", VALUE_NUMBER, NULL, "of a product list page, from 1" },
	{ "count", VALUE_NUMBER, NULL, "how many product list pages there are" },
	{ "previous", VALUE_TEXT, NULL, "href of the list page before; empty on the first" },
	{ "next", VALUE_TEXT, NULL, "href of the list page after; empty on the last" },
};
const struct shape page_shape = SHAPE("page", page_fields);

static const struct field has_fields[] = {
	{ "express", VALUE_YES_NO, NULL, "a service of that kind" },
	{ "ems", VALUE_YES_NO, NULL, "" },
	{ "registered", VALUE_YES_NO, NULL, "" },
	{ "line", VALUE_YES_NO, NULL, "" },
	{ "warehouse", VALUE_YES_NO, NULL, "" },
	{ "economy", VALUE_YES_NO, NULL, "" },
	{ "tracked", VALUE_YES_NO, NULL, "a service with tracking" },
	{ "untracked", VALUE_YES_NO, NULL, "a service that is known to have none" },
	{ "signature", VALUE_YES_NO, NULL, "a service that asks for a signature" },
	{ "insured", VALUE_YES_NO, NULL, "a service that is insured" },
	{ "returns_unsigned", VALUE_YES_NO, NULL, "a service that brings back what nobody took" },
	{ "intercept", VALUE_YES_NO, NULL, "a service that can be stopped or redirected" },
	{ "duty_paid", VALUE_YES_NO, NULL, "a service with duty paid (DDP)" },
	{ "two_origins", VALUE_YES_NO, NULL, "services that start in more than one country" },
	{ "refused_contents", VALUE_YES_NO, NULL, "a service that refuses batteries, glass, liquids ..." },
	{ "listings", VALUE_YES_NO, NULL, "listings.csv: the shop sells on marketplaces, too" },
	{ "remedies", VALUE_YES_NO, NULL, "remedies.csv" },
	{ "support", VALUE_YES_NO, NULL, "a way to reach the shop in the page's language" },
};
const struct shape has_shape = SHAPE("has", has_fields);

static const struct field claims_fields[] = {
	{ "inspected", VALUE_YES_NO, NULL, "contents are compared with the order before dispatch" },
	{ "padded", VALUE_YES_NO, NULL, "packed for falls and weight, small pieces in a larger box" },
	{ "packing_list", VALUE_YES_NO, NULL, "a list of contents lies in the parcel" },
	{ "packing_photo", VALUE_YES_NO, NULL, "fragile, dear or many pieces are photographed while packed" },
	{ "insured", VALUE_YES_NO, NULL, "every parcel is insured" },
	{ "notices", VALUE_YES_NO, NULL, "buyers are written to before they ask" },
};
const struct shape claims_shape = SHAPE("claims", claims_fields);

static const struct field section_fields[] = {
	{ "id", VALUE_TEXT, NULL, "file name without .md" },
	{ "title", VALUE_PROGRAM, NULL, "front matter title" },
	{ "body", VALUE_PROGRAM, NULL, "the Markdown as HTML" },
	{ "short", VALUE_PROGRAM, NULL, "its first paragraph" },
};
const struct shape section_shape = SHAPE("section", section_fields);

static const struct field question_fields[] = {
	{ "id", VALUE_TEXT, NULL, "file name without .md" },
	{ "question", VALUE_PROGRAM, NULL, "front matter question" },
	{ "answer", VALUE_PROGRAM, NULL, "the Markdown as HTML" },
	{ "short", VALUE_PROGRAM, NULL, "its first paragraph: the short answer" },
};
const struct shape question_shape = SHAPE("question", question_fields);

static const struct field there_fields[] = {
	{ "city", VALUE_TEXT, NULL, "whose clock it is; empty where the country has one clock" },
	{ "days", VALUE_TEXT, NULL, "on which the hours begin there; empty when not given" },
	{ "hours", VALUE_TEXT, NULL, "from and to, on that clock" },
	{ "later_from", VALUE_DATE, NULL, "when the clocks change within half a year; absent when they do not" },
	{ "later_hours", VALUE_TEXT, NULL, "from then on" },
};
const struct shape there_shape = SHAPE("there", there_fields);

static const struct field support_fields[] = {
	{ "channel", VALUE_TEXT, NULL, "as in support.csv: e-mail, phone, chat ..." },
	{ "address", VALUE_TEXT, NULL, "" },
	{ "href", VALUE_TEXT, NULL, "mailto:, tel: or https: link; empty when it is none" },
	{ "hours", VALUE_TEXT, NULL, "from and to, 24 hours; empty when not given" },
	{ "days", VALUE_TEXT, NULL, "of the week, short, in the page's language; empty when not given" },
	{ "timezone", VALUE_TEXT, NULL, "the city whose time the hours are in; empty when not given" },
	{ "languages", VALUE_TEXT, NULL, "in which they answer; empty when the page's language is among them" },
	{ "countries", VALUE_TEXT, NULL, "for whose buyers; empty when for all" },
	{ "there", VALUE_LIST, &there_shape, "the hours where the buyer lives; only of to.support" },
	{ "overlap", VALUE_NUMBER, NULL, "whole hours of them in which buyers are awake; absent when not known" },
};
const struct shape support_shape = SHAPE("support", support_fields);

static const struct field place_fields[] = {
	{ "code", VALUE_TEXT, NULL, "ISO 3166-1 alpha-2" },
	{ "name", VALUE_TEXT, NULL, "in the page's language" },
};
const struct shape place_shape = SHAPE("place", place_fields);

static const struct field handling_fields[] = {
	{ "profile", VALUE_TEXT, NULL, "name of the handling profile" },
	{ "min", VALUE_NUMBER, NULL, "working days until hand-over, at best" },
	{ "max", VALUE_NUMBER, NULL, "at most" },
	{ "cutoff", VALUE_TEXT, NULL, "HH:MM; empty when there is none" },
	{ "timezone", VALUE_TEXT, NULL, "the city whose time the cut-off is in" },
};
const struct shape handling_shape = SHAPE("handling", handling_fields);

static const struct field product_fields[] = {
	{ "id", VALUE_TEXT, NULL, "products.csv id" },
	{ "title", VALUE_TEXT, NULL, "in the page's language, else as given" },
	{ "lang", VALUE_TEXT, NULL, "language of the title where it is not translated; else empty" },
	{ "price", VALUE_MONEY, NULL, "" },
	{ "weight", VALUE_WEIGHT, NULL, "packed, for shipping" },
	{ "brand", VALUE_TEXT, NULL, "empty when not given" },
	{ "link", VALUE_TEXT, NULL, "the shop's own product page; empty when not given" },
	{ "image", VALUE_TEXT, NULL, "address of a picture; empty when not given" },
	{ "box_contents", VALUE_TEXT, NULL, "what is in the box; empty when not given" },
	{ "hs_code", VALUE_TEXT, NULL, "digits; empty when not given" },
	{ "origin", VALUE_TEXT, NULL, "country of manufacture, by name; empty when not given" },
};
const struct shape product_shape = SHAPE("product", product_fields);

static const struct field card_fields[] = {
	{ "id", VALUE_TEXT, NULL, "products.csv id" },
	{ "title", VALUE_TEXT, NULL, "in the page's language" },
	{ "lang", VALUE_TEXT, NULL, "language of the title where it is not translated; else empty" },
	{ "href", VALUE_TEXT, NULL, "relative to this page" },
};
const struct shape card_shape = SHAPE("card", card_fields);

static const struct field service_fields[] = {
	{ "id", VALUE_TEXT, NULL, "carriers.csv service" },
	{ "name", VALUE_TEXT, NULL, "in the page's language" },
	{ "lang", VALUE_TEXT, NULL, "language of the name where it is not translated; else empty" },
	{ "carrier", VALUE_TEXT, NULL, "" },
	{ "kind", VALUE_TEXT, NULL, "express ems registered line warehouse economy; empty when not given" },
	{ "tracked", VALUE_YES_NO, NULL, "absent when carriers.csv does not say" },
	{ "signature", VALUE_YES_NO, NULL, "absent when carriers.csv does not say" },
	{ "insured_up_to", VALUE_MONEY, NULL, "absent when not insured" },
	{ "returns_unsigned", VALUE_YES_NO, NULL, "does what nobody took come back? absent when carriers.csv does not say" },
	{ "intercept", VALUE_YES_NO, NULL, "can it be stopped or redirected? absent when carriers.csv does not say" },
	{ "intercept_fee", VALUE_MONEY, NULL, "absent when not given" },
	{ "terms", VALUE_TEXT, NULL, "DAP or DDP; empty when not given" },
	{ "from", VALUE_TEXT, NULL, "name of the country it starts in" },
	{ "tracking_url", VALUE_TEXT, NULL, "with {number}; empty when not given" },
};
const struct shape service_shape = SHAPE("service", service_fields);

static const struct field level_fields[] = {
	{ "percent", VALUE_PERCENT, NULL, "80, 90, 95" },
	{ "days", VALUE_NUMBER, NULL, "first day by which that share may be claimed" },
};
const struct shape level_shape = SHAPE("level", level_fields);

static const struct field by_day_fields[] = {
	{ "days", VALUE_NUMBER, NULL, "days from the order" },
	{ "claim", VALUE_PERCENT, NULL, "share that may be claimed to have arrived within them" },
};
const struct shape by_day_shape = SHAPE("by_day", by_day_fields);

static const struct field data_fields[] = {
	{ "parcels", VALUE_NUMBER, NULL, "counted on this lane itself" },
	{ "lost", VALUE_NUMBER, NULL, "of these never delivered" },
	{ "open", VALUE_NUMBER, NULL, "of these still under way" },
	{ "since", VALUE_DATE, NULL, "absent when the statistics name no period" },
	{ "until", VALUE_DATE, NULL, "absent when the statistics name no period" },
	{ "pooled", VALUE_TEXT, NULL, "what the claim leans on: lane country zone service published none" },
	{ "peak", VALUE_TEXT, NULL, "of seasons.csv, when orders of the coming days fall into one; else empty" },
	{ "peak_claim", VALUE_TEXT, NULL, "what it is promised by: earlier (the same weeks of earlier years), wider (none are known)" },
};
const struct shape data_shape = SHAPE("data", data_fields);

static const struct field customs_fields[] = {
	{ "payer", VALUE_TEXT, NULL, "buyer, seller, nobody (no border is crossed) or unknown" },
	{ "known", VALUE_YES_NO, NULL, "are the amounts known?" },
	{ "goods", VALUE_MONEY, NULL, "value of the goods; absent unless known" },
	{ "freight", VALUE_MONEY, NULL, "absent unless known" },
	{ "duty", VALUE_MONEY, NULL, "absent unless known" },
	{ "tax", VALUE_MONEY, NULL, "absent unless known" },
	{ "tax_name", VALUE_TEXT, NULL, "VAT, GST, ICMS ... as the country calls it, in the page's language; empty when not known" },
	{ "charges", VALUE_MONEY, NULL, "of carrier and state; absent unless known" },
	{ "at_checkout", VALUE_MONEY, NULL, "collected with the order; absent unless known" },
	{ "on_delivery", VALUE_MONEY, NULL, "due at the door; absent unless known" },
	{ "landed", VALUE_MONEY, NULL, "everything together; absent unless known" },
	{ "due", VALUE_MONEY, NULL, "what the buyer pays for the import, with the order or at the door; absent unless known" },
	{ "fee_open", VALUE_YES_NO, NULL, "does the carrier add a fee that is not in the amounts, because nobody knows it?" },
	{ "collected_by", VALUE_TEXT, NULL, "marketplace, seller, carrier; empty when not known" },
	{ "collected_up_to", VALUE_MONEY, NULL, "goods up to this value are collected with the order; absent when none or all are" },
	{ "ruled", VALUE_YES_NO, NULL, "does customs.csv have a rule for this import?" },
	{ "valid_from", VALUE_DATE, NULL, "since when the rule holds; absent when not known" },
	{ "checked_on", VALUE_DATE, NULL, "when the rule was last checked; absent when not known" },
	{ "stale", VALUE_YES_NO, NULL, "was it checked longer ago than shop.csv stale_after_days?" },
	{ "pieces", VALUE_NUMBER, NULL, "so many pieces in one parcel come under another rule; absent when none do" },
	{ "pieces_due", VALUE_MONEY, NULL, "what the import of so many costs the buyer; absent when not known" },
};
const struct shape customs_shape = SHAPE("customs", customs_fields);

static const struct field method_fields[] = {
	{ "service", VALUE_RECORD, &service_shape, "" },
	{ "zone", VALUE_TEXT, NULL, "zones.csv zone in which the country lies" },
	{ "fee", VALUE_MONEY, NULL, "for one piece; absent when it depends on the product" },
	{ "fee_from", VALUE_MONEY, NULL, "the lightest band's fee, for pages that are about no product" },
	{ "free", VALUE_YES_NO, NULL, "is the fee nothing?" },
	{ "free_from", VALUE_MONEY, NULL, "order value from which it is free; absent when never" },
	{ "recommended", VALUE_YES_NO, NULL, "the one the shop recommends there" },
	{ "rule", VALUE_TEXT, NULL, "which rule recommended it: only cheapest registered unmeasured usual" },
	{ "registered_from", VALUE_MONEY, NULL, "order value from which the tracked method is worth its price; absent when none is" },
	{ "registered_by", VALUE_TEXT, NULL, "name of that tracked method; empty when none is" },
	{ "transit", VALUE_LIST, &level_shape, "days on the way at 80, 90, 95 %; only levels that are reached" },
	{ "door", VALUE_LIST, &level_shape, "days from order to door at 80, 90, 95 %; only levels that are reached" },
	{ "half", VALUE_NUMBER, NULL, "days within which half arrive; absent when no day reaches it" },
	{ "likely", VALUE_NUMBER, NULL, "days within which nine in ten arrive; absent when no day reaches it" },
	{ "says", VALUE_TEXT, NULL, "what can be said of its days: likely (half and nine in ten), half, carrier (nine in ten, the carrier's figure), most (the carrier's figure, of fewer), stated (days alone) or nothing" },
	{ "missing", VALUE_PERCENT, NULL, "the lowest of 80, 90, 95 % that no day reaches, of our own figures; absent when all are reached" },
	{ "missing_why", VALUE_TEXT, NULL, "lost: too many never arrived; few: what was counted does not carry it; empty when nothing is missing" },
	{ "one_in", VALUE_NUMBER, NULL, "one parcel in so many never arrived; absent when none is known to be lost" },
	{ "by_day", VALUE_LIST, &by_day_shape, "share at the door for the days that suit the lane" },
	{ "chart", VALUE_HTML, NULL, "the curve as inline SVG; empty when nothing is claimed" },
	{ "strip", VALUE_HTML, NULL, "its days on the scale of the destination, as inline SVG; empty when there is no scale" },
	{ "data", VALUE_RECORD, &data_shape, "" },
	{ "days_min", VALUE_NUMBER, NULL, "what the carrier states; absent when nothing" },
	{ "days_max", VALUE_NUMBER, NULL, "what the carrier states; absent when nothing" },
	{ "day_unit", VALUE_TEXT, NULL, "calendar or business, of the carrier's days" },
	{ "customs", VALUE_RECORD, &customs_shape, "" },
};
const struct shape method_shape = SHAPE("method", method_fields);

static const struct field closure_fields[] = {
	{ "name", VALUE_TEXT, NULL, "" },
	{ "lang", VALUE_TEXT, NULL, "language of the name where it is not translated; else empty" },
	{ "from", VALUE_DATE, NULL, "" },
	{ "to", VALUE_DATE, NULL, "" },
	{ "kind", VALUE_TEXT, NULL, "dispatch or delivery" },
};
const struct shape closure_shape = SHAPE("closure", closure_fields);

static const struct field destination_fields[] = {
	{ "code", VALUE_TEXT, NULL, "ISO 3166-1 alpha-2" },
	{ "name", VALUE_TEXT, NULL, "in the page's language" },
	{ "href", VALUE_TEXT, NULL, "its page, relative to this one" },
	{ "carried", VALUE_YES_NO, NULL, "does any method go there?" },
	{ "method", VALUE_RECORD, &method_shape, "the recommended one; absent when none goes there" },
	{ "methods", VALUE_LIST, &method_shape, "all that go there, the recommended one first" },
	{ "scale", VALUE_HTML, NULL, "the days below the methods' strips, as inline SVG; empty unless two methods or more can be compared" },
	{ "refusals", VALUE_LIST, &service_shape, "services that do not carry it there" },
	{ "pickup_days", VALUE_NUMBER, NULL, "days the post keeps a missed parcel; absent when not known" },
	{ "slip", VALUE_TEXT, NULL, "local name of the missed-delivery slip; empty when not known" },
	{ "post_url", VALUE_TEXT, NULL, "empty when not known" },
	{ "customs_url", VALUE_TEXT, NULL, "empty when not known" },
	{ "unpaid_days", VALUE_NUMBER, NULL, "days for which a parcel is kept while import charges are not paid; absent when not known" },
	{ "post_name", VALUE_TEXT, NULL, "local name of the post; empty when not known" },
	{ "customs_name", VALUE_TEXT, NULL, "local name of the customs office; empty when not known" },
	{ "tax_word", VALUE_TEXT, NULL, "local word for import tax; empty when not known" },
	{ "support", VALUE_LIST, &support_shape, "ways to reach the shop from there; on a country page" },
	{ "closed_hours", VALUE_NUMBER, NULL, "longest time in a week in which none of them is open; absent when not known" },
	{ "closures", VALUE_LIST, &closure_shape, "days on which nothing is delivered there" },
};
const struct shape destination_shape = SHAPE("destination", destination_fields);

static const struct field remedy_fields[] = {
	{ "situation", VALUE_TEXT, NULL, "late, lost, damaged ..." },
	{ "lang", VALUE_TEXT, NULL, "language of the text where it is not translated; else empty" },
	{ "remedy", VALUE_TEXT, NULL, "refund, resend ..." },
	{ "text", VALUE_TEXT, NULL, "in the page's language" },
};
const struct shape remedy_shape = SHAPE("remedy", remedy_fields);

static const struct field advice_fields[] = {
	{ "low", VALUE_MONEY, NULL, "the lowest order value of any country; absent when no country has one" },
	{ "high", VALUE_MONEY, NULL, "the highest" },
	{ "same", VALUE_YES_NO, NULL, "are both the same?" },
};
const struct shape advice_shape = SHAPE("advice", advice_fields);

static const struct field message_fields[] = {
	{ "event", VALUE_TEXT, NULL, "paid, sent, late ..." },
	{ "channel", VALUE_TEXT, NULL, "channels.csv channel" },
	{ "greeting", VALUE_TEXT, NULL, "with the buyer's name where the sender knows it" },
	{ "buyer", VALUE_TEXT, NULL, "the name; only in the text letter.greeting" },
	{ "order", VALUE_TEXT, NULL, "the order's number: as a placeholder of the sender, or in words" },
	{ "item", VALUE_TEXT, NULL, "what was ordered, likewise" },
	{ "address", VALUE_TEXT, NULL, "to which it goes, likewise" },
	{ "tracking", VALUE_TEXT, NULL, "the parcel's number, likewise" },
	{ "link", VALUE_TEXT, NULL, "where it is followed, likewise" },
	{ "service", VALUE_TEXT, NULL, "name of the service" },
	{ "carrier", VALUE_TEXT, NULL, "" },
	{ "tracked", VALUE_YES_NO, NULL, "no, too, where carriers.csv does not say" },
	{ "signature", VALUE_YES_NO, NULL, "likewise" },
	{ "phone_helps", VALUE_YES_NO, NULL, "an express service, which calls before it comes" },
	{ "payer", VALUE_TEXT, NULL, "of import charges: buyer, seller, nobody, unknown" },
	{ "abroad", VALUE_YES_NO, NULL, "does a customs border lie on the way, as far as is known?" },
	{ "promise", VALUE_TEXT, NULL, "on what the days lean: counted, published, stated or none" },
	{ "days", VALUE_NUMBER, NULL, "counted and published: from order to door, nine in ten; stated: on the way; else 0" },
	{ "days_unit", VALUE_TEXT, NULL, "calendar or business" },
	{ "day", VALUE_NUMBER, NULL, "the first of front matter `day`" },
	{ "waited", VALUE_NUMBER, NULL, "days since the order on the last day on which this is sent; 0 when that is not known" },
	{ "until", VALUE_NUMBER, NULL, "waited, and front matter `ahead` days more" },
	{ "chance", VALUE_PERCENT, NULL, "of parcels not there on day `waited`, how many come by day `until`" },
	{ "outlook", VALUE_TEXT, NULL, "good: at least half of them; poor: fewer; unknown" },
	{ "due", VALUE_TEXT, NULL, "before, over or unknown: have the days passed in which nine in ten come?" },
	{ "handling_days", VALUE_NUMBER, NULL, "working days until hand-over, at most; 0: the day of the order" },
	{ "pickup_days", VALUE_NUMBER, NULL, "0 when not known" },
	{ "slip", VALUE_TEXT, NULL, "local name of the missed-delivery slip" },
	{ "slip_known", VALUE_YES_NO, NULL, "" },
	{ "post_url", VALUE_TEXT, NULL, "" },
	{ "post_known", VALUE_YES_NO, NULL, "known, and the channel takes web addresses" },
	{ "customs_url", VALUE_TEXT, NULL, "" },
	{ "customs_known", VALUE_YES_NO, NULL, "likewise" },
	{ "reply_hours", VALUE_NUMBER, NULL, "0 when not stated" },
	{ "grace_days", VALUE_NUMBER, NULL, "0 when not stated" },
	{ "returns_days", VALUE_NUMBER, NULL, "0 when not stated" },
	{ "duty_share", VALUE_YES_NO, NULL, "does the shop share a part of the duty?" },
	{ "remedies", VALUE_TEXT, NULL, "what is offered in the situation of the event's name, a line each" },
	{ "offer", VALUE_TEXT, NULL, "the same in one paragraph" },
	{ "remedies_known", VALUE_YES_NO, NULL, "" },
	{ "limit", VALUE_MONEY, NULL, "only in the text letter.remedy_up_to" },
	{ "limit_days", VALUE_NUMBER, NULL, "only in the text letter.remedy_days" },
	{ "faq_url", VALUE_TEXT, NULL, "the page of questions in this language" },
	{ "may_ask", VALUE_YES_NO, NULL, "may a buyer be asked for a review on this channel?" },
	{ "contact", VALUE_TEXT, NULL, "a way to reach the shop; this and the next ones only in letter.contact" },
	{ "contact_address", VALUE_TEXT, NULL, "" },
	{ "contact_timed", VALUE_YES_NO, NULL, "are its days and hours given?" },
	{ "contact_days", VALUE_TEXT, NULL, "" },
	{ "contact_hours", VALUE_TEXT, NULL, "" },
	{ "contact_city", VALUE_TEXT, NULL, "whose time the hours are in" },
};
const struct shape message_shape = SHAPE("message", message_fields);

static const struct field root_fields[] = {
	{ "shop", VALUE_RECORD, &shop_shape, "who sells" },
	{ "language", VALUE_RECORD, &language_shape, "of this page" },
	{ "page", VALUE_RECORD, &page_shape, "this page" },
	{ "has", VALUE_RECORD, &has_shape, "what the shop has at all, for sections that are only about that" },
	{ "claims", VALUE_RECORD, &claims_shape, "what claims.csv says is done today" },
	{ "services", VALUE_LIST, &service_shape, "all services, in the order of carriers.csv" },
	{ "support", VALUE_LIST, &support_shape, "ways to reach the shop" },
	{ "policy", VALUE_LIST, &section_shape, "sections of the shipping policy" },
	{ "faq", VALUE_LIST, &question_shape, "all questions" },
	{ "top_faq", VALUE_LIST, &question_shape, "the most asked ones: faq_count of them" },
	{ "remedies", VALUE_LIST, &remedy_shape, "what a buyer is offered, by situation" },
	{ "closures", VALUE_LIST, &closure_shape, "coming days on which nothing leaves where the parcel starts" },
	{ "handling", VALUE_RECORD, &handling_shape, "of the product, else the shop's slowest" },
	{ "ships_from", VALUE_RECORD, &place_shape, "where the parcel starts" },
	{ "fulfilment", VALUE_TEXT, NULL, "seller or marketplace" },
	{ "to", VALUE_RECORD, &destination_shape, "on a country page that country; else the language's home, with all its methods, absent when nothing goes there (in the shop's first language then the country of most parcels)" },
	{ "destinations", VALUE_LIST, &destination_shape, "every country that is served, by name" },
	{ "product", VALUE_RECORD, &product_shape, "on a product page" },
	{ "products", VALUE_LIST, &card_shape, "on a page that lists products" },
	{ "product_count", VALUE_NUMBER, NULL, "how many products the shop has; not on product pages" },
	{ "products_href", VALUE_TEXT, NULL, "the first product list page, relative to this page" },
	{ "advice", VALUE_RECORD, &advice_shape, "order values from which a tracked method is worth its price, for the lightest parcels" },
	{ "message", VALUE_RECORD, &message_shape, "in messages to buyers" },
};
const struct shape root_shape = SHAPE("root", root_fields);

static void describe(struct buf *out, const char *prefix, const struct shape *shape)
{
	for (size_t i = 0; i < shape->count; i++) {
		const struct field *field = &shape->fields[i];
		char name[128];
		snprintf(name, sizeof name, "%s%s%s", prefix, field->name,
			 field->kind == VALUE_LIST ? "[]" : "");
		buf_addf(out, "%-34s %-8s %s\n", name, value_kind_name(field->kind), field->about);
	}
}

void names_describe(struct buf *out)
{
	static const struct shape *const parts[] = {
		&shop_shape,	&language_shape, &page_shape,	 &alternate_shape, &has_shape,
		&claims_shape, &section_shape,
		&question_shape, &support_shape, &there_shape, &remedy_shape,	 &closure_shape,   &handling_shape,
		&place_shape,	&destination_shape, &method_shape, &service_shape, &level_shape,
		&by_day_shape,	&data_shape,	 &customs_shape, &product_shape,   &card_shape, &advice_shape, &message_shape,
	};
	describe(out, "", &root_shape);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		char prefix[64];
		buf_addf(out, "\nof a %s\n", parts[i]->name);
		snprintf(prefix, sizeof prefix, "  .");
		describe(out, prefix, parts[i]);
	}
}
