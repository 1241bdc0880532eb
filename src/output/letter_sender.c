/* SPDX-License-Identifier: MIT */
/*
 * A value that only the sender knows in, its placeholder out. The one idea: a syntax that can say
 * "this, or else that" gets both; one whose sender always knows gets the bare placeholder; one that
 * has none gets the words.
 */
#include "output/letter.h"

static const struct placeholder *placeholder_find(const struct shop *shop, struct str syntax,
						  enum sender_value value)
{
	for (size_t i = 0; i < shop->placeholder_count; i++)
		if (shop->placeholders[i].value == value &&
		    str_equal(shop->placeholders[i].syntax, syntax))
			return shop->placeholders[i].text.len ? &shop->placeholders[i] : NULL;
	return NULL;
}

/* The pattern with every `mark` replaced. */
static struct str replaced(struct arena *arena, struct str pattern, const char *mark,
			   struct str with)
{
	struct buf out = BUF_INIT;
	struct str name = str_of(mark);
	for (size_t at = 0; at < pattern.len;) {
		if (str_starts(str_sub(pattern, at, name.len), mark)) {
			buf_add(&out, with);
			at += name.len;
		} else {
			buf_byte(&out, pattern.text[at++]);
		}
	}
	struct str text = str_copy(arena, buf_str(&out));
	buf_release(&out);
	return text;
}

/* `value` with the placeholder's fallback around it, which names the words. */
static struct str with_fallback(struct arena *arena, const struct placeholder *placeholder,
				struct str value, struct str words)
{
	if (!placeholder->fallback.len)
		return value;
	struct str text = replaced(arena, placeholder->fallback, "{words}", words);
	return replaced(arena, text, "{value}", value);
}

/* Where a parcel is followed: the sender's own link, else the carrier's with the parcel's number in
 * it. */
static struct str tracking_link(const struct letter_desk *desk, const struct service *service,
				struct str words, struct arena *arena)
{
	const struct shop *shop = desk->edition->shop;
	const struct channel *channel = desk->channel;
	const struct placeholder *link = placeholder_find(shop, channel->syntax, SENDER_LINK);
	const struct placeholder *number = placeholder_find(shop, channel->syntax, SENDER_TRACKING);
	if (link)
		return with_fallback(arena, link, link->text, words);
	if (!number || !service->tracking_url.len || channel->links != ANSWER_YES)
		return words;
	return with_fallback(arena, number,
			     replaced(arena, service->tracking_url, "{number}", number->text),
			     words);
}

struct str sender_value(const struct letter_desk *desk, enum sender_value value,
			const struct service *service, struct arena *arena)
{
	const struct letter_words *texts = desk->edition->letters->words;
	const struct placeholder *placeholder =
		placeholder_find(desk->edition->shop, desk->channel->syntax, value);
	struct str words, named, trouble;
	letter_run(desk, texts->unknown[value], arena, &words, &trouble);
	if (value == SENDER_LINK)
		return tracking_link(desk, service, words, arena);
	if (!placeholder)
		return words;
	if (value != SENDER_BUYER)
		return with_fallback(arena, placeholder, placeholder->text, words);
	record_text(desk->message, "buyer", placeholder->text);
	letter_run(desk, texts->greeting, arena, &named, &trouble);
	return with_fallback(arena, placeholder, named, words);
}
