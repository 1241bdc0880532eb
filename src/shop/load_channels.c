/* SPDX-License-Identifier: MIT */
/*
 * channels.csv, placeholders.csv and phrases.csv in: where buyers are written to, in whose syntax,
 * and what may not be said there.
 */
#include "shop/load.h"

/* A shop without channels.csv writes from its own mailbox. */
static void add_own(struct loading *loading)
{
	struct shop *shop = loading->shop;
	shop->channels = arena_new(loading->arena, sizeof *shop->channels);
	shop->channel_count = 1;
	shop->channels[0] = (struct channel){ .id = S("own"),
					      .syntax = S("plain"),
					      .links = ANSWER_YES,
					      .contact = ANSWER_YES,
					      .review_request = ANSWER_YES,
					      .review_change = ANSWER_NO,
					      .marketing = ANSWER_YES,
					      .pos = { .file = "content/channels.csv" } };
}

static bool is_path_word(struct str id)
{
	for (size_t i = 0; i < id.len; i++)
		if (!(id.text[i] >= 'a' && id.text[i] <= 'z') &&
		    !(id.text[i] >= '0' && id.text[i] <= '9'))
			return false;
	return id.len > 0;
}

void load_channels(struct loading *loading)
{
	struct shop *shop = loading->shop;
	struct sheet sheet;
	struct once once = { { .arena = loading->arena } };
	load_sheet(loading, &sheet, "content/channels.csv");
	struct column id = sheet_column(&sheet, "channel", NEEDED);
	struct column syntax = sheet_column(&sheet, "syntax", NEEDED);
	struct column languages = sheet_column(&sheet, "languages", 0);
	struct column events = sheet_column(&sheet, "events", 0);
	struct column links = sheet_column(&sheet, "links", 0);
	struct column contact = sheet_column(&sheet, "contact", 0);
	struct column request = sheet_column(&sheet, "review_request", 0);
	struct column change = sheet_column(&sheet, "review_change", 0);
	struct column marketing = sheet_column(&sheet, "marketing", 0);
	sheet_column(&sheet, "confidence", 0);
	struct reader r;
	bool begun = sheet_begin(&sheet);
	while (begun && sheet_next(&sheet, loading->arena, &r)) {
		struct channel channel = { .pos = read_pos(&r, id) };
		channel.id = read_id(&r, id);
		if (channel.id.len && !is_path_word(channel.id))
			read_fault(
				&r, id,
				"'%s' becomes part of file names; write small letters and digits",
				shown(channel.id).text);
		sheet_once(&r, &once, channel.id, id, "channel", channel.id);
		channel.syntax = read_text(&r, syntax);
		channel.languages = read_text(&r, languages);
		channel.events = read_text(&r, events);
		channel.links = read_answer(&r, links);
		channel.contact = read_answer(&r, contact);
		channel.review_request = read_answer(&r, request);
		channel.review_change = read_answer(&r, change);
		channel.marketing = read_answer(&r, marketing);
		if (r.bad || !r.holds)
			continue;
		shop->channels = arena_push(loading->arena, shop->channels, &shop->channel_count,
					    sizeof channel);
		shop->channels[shop->channel_count - 1] = channel;
	}
	if (!begun)
		add_own(loading);
	sheet_close(&sheet);
}

/* What a sender can fill in; `buyer` stands in the greeting. */
static const char *const values[] = { "buyer", "order", "item", "address", "tracking", "link" };

void load_placeholders(struct loading *loading)
{
	struct shop *shop = loading->shop;
	struct sheet sheet;
	struct once once = { { .arena = loading->arena } };
	load_sheet(loading, &sheet, "content/placeholders.csv");
	struct column syntax = sheet_column(&sheet, "syntax", NEEDED);
	struct column value = sheet_column(&sheet, "value", NEEDED);
	struct column text = sheet_column(&sheet, "placeholder", PRESENT);
	struct column fallback = sheet_column(&sheet, "fallback", 0);
	struct reader r;
	bool begun = sheet_begin(&sheet);
	while (begun && sheet_next(&sheet, loading->arena, &r)) {
		struct placeholder row = { .pos = read_pos(&r, syntax) };
		row.syntax = read_text(&r, syntax);
		int word = read_word(&r, value, values, SENDER_VALUES, 0);
		row.value = (enum sender_value)word;
		row.text = read_text(&r, text);
		row.fallback = read_text(&r, fallback);
		struct str key =
			str_format(loading->arena, "%.*s %s", STR(row.syntax), values[word]);
		sheet_once(&r, &once, key, value, "placeholder", key);
		if (r.bad || !r.holds)
			continue;
		shop->placeholders = arena_push(loading->arena, shop->placeholders,
						&shop->placeholder_count, sizeof row);
		shop->placeholders[shop->placeholder_count - 1] = row;
	}
	sheet_close(&sheet);
}

void load_phrases(struct loading *loading)
{
	static const char *const rules[] = { "review_request", "review_change", "marketing" };
	struct shop *shop = loading->shop;
	struct sheet sheet;
	load_sheet(loading, &sheet, "content/phrases.csv");
	struct column rule = sheet_column(&sheet, "rule", NEEDED);
	struct column language = sheet_column(&sheet, "language", NEEDED);
	struct column text = sheet_column(&sheet, "phrase", NEEDED);
	struct reader r;
	bool begun = sheet_begin(&sheet);
	while (begun && sheet_next(&sheet, loading->arena, &r)) {
		struct phrase phrase = { .pos = read_pos(&r, text) };
		phrase.rule = (enum phrase_rule)read_word(&r, rule, rules, PHRASE_RULES, 0);
		phrase.language = read_text(&r, language);
		phrase.text = read_text(&r, text);
		if (r.bad || !r.holds)
			continue;
		shop->phrases = arena_push(loading->arena, shop->phrases, &shop->phrase_count,
					   sizeof phrase);
		shop->phrases[shop->phrase_count - 1] = phrase;
	}
	sheet_close(&sheet);
}
