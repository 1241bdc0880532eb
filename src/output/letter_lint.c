/* SPDX-License-Identifier: MIT */
/*
 * A finished letter and its channel's rules in, faults at the words in the letter's file out. What
 * is looked for are the finished texts, since a branch that this channel never reads breaks no
 * rule; where they came from is then looked for in the file.
 */
#include "output/letter.h"

#include "words/sought.h"

#include <string.h>

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Where the words stand, at the beginning of a word and whatever the case of ASCII letters; the
 * text's length when nowhere. */
static size_t find_words(struct str text, struct str words)
{
	char first = words.len ? (char)(words.text[0] | ' ') : 0;
	for (size_t i = 0; words.len && i + words.len <= text.len; i++)
		if ((text.text[i] | ' ') == first &&
		    str_equal_fold(str_sub(text, i, words.len), words) &&
		    !(i && is_letter(words.text[0]) && is_letter(text.text[i - 1])))
			return i;
	return text.len;
}

/* The place of the first of `names` in the file, else its first line. */
static struct pos place_of(const struct letter *letter, const struct str *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t at = find_words(letter->file.source, names[i]);
		if (at < letter->file.source.len)
			return letter_pos(&letter->file, letter->path, at);
	}
	return (struct pos){ .file = letter->path, .line = 1 };
}

/* The same for a phrase, which the file may spell otherwise. */
static struct pos phrase_place(const struct letter *letter, const struct sought *phrase,
			       struct arena *arena)
{
	struct sought file = words_sought(arena, letter->file.source);
	size_t at = sought_find(&file, phrase);
	if (at == SIZE_MAX)
		return (struct pos){ .file = letter->path, .line = 1 };
	return letter_pos(&letter->file, letter->path, at);
}

/* The word around `at`, as a message shows it. */
static struct str word_at(struct str text, size_t at)
{
	size_t end = at;
	while (at && !strchr(" \n", text.text[at - 1]))
		at--;
	while (end < text.len && !strchr(" \n", text.text[end]))
		end++;
	return str_sub(text, at, end - at);
}

static void lint_links(const struct letter *letter, const struct channel *channel, struct str text,
		       struct diag *diag)
{
	static const char *const marks[] = { "http://", "https://", "www.", "mailto:" };
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		size_t at = find_words(text, str_of(marks[i]));
		if (at == text.len)
			continue;
		const struct str names[] = { str_of(marks[i]), S("shop.url"), S("shop.chat"),
					     S("message.faq_url") };
		diag_error(diag, place_of(letter, names, 4),
			   "the channel '%.*s' takes no web addresses, and this message would hold "
			   "'%.*s'; "
			   "leave it out, or name the channels that get it with 'for:'",
			   STR(channel->id), STR(word_at(text, at)));
		return;
	}
}

static void lint_contact(const struct edition *edition, const struct letter *letter,
			 const struct channel *channel, struct str text, struct diag *diag)
{
	const struct shop *shop = edition->shop;
	size_t count = 2 + shop->support_count;
	for (size_t i = 0; i < count; i++) {
		struct str address = i == 0   ? shop->settings.email
				     : i == 1 ? shop->settings.phone
					      : shop->supports[i - 2].address;
		size_t at = find_words(text, address);
		if (!address.len || at == text.len)
			continue;
		const struct str names[] = { address, S("shop.email"), S("shop.phone") };
		diag_error(diag, place_of(letter, names, 3),
			   "the channel '%.*s' takes no other ways to reach you, and this message "
			   "would hold "
			   "'%.*s'; leave it out, or name the channels that get it with 'for:'",
			   STR(channel->id), STR(address));
		return;
	}
}

static const char *const forbidden[] = { "asks for a review", "asks to change a review",
					 "advertises" };

static bool may(const struct channel *channel, enum phrase_rule rule)
{
	enum answer answer = rule == PHRASE_REVIEW_REQUEST  ? channel->review_request
			     : rule == PHRASE_REVIEW_CHANGE ? channel->review_change
							    : channel->marketing;
	return answer == ANSWER_YES;
}

static void lint_phrases(const struct edition *edition, const struct letter *letter,
			 const struct channel *channel, struct str text, struct diag *diag)
{
	const struct shop *shop = edition->shop;
	struct arena arena;
	arena_init(&arena);
	struct sought said = words_sought(&arena, text);
	for (size_t i = 0; i < shop->phrase_count; i++) {
		const struct phrase *phrase = &shop->phrases[i];
		const struct sought *words = &edition->letters->phrases[i];
		if (may(channel, phrase->rule) || sought_find(&said, words) == SIZE_MAX)
			continue;
		diag_error(
			diag, phrase_place(letter, words, &arena),
			"'%.*s' %s, which the channel '%.*s' does not allow; leave it out, or name "
			"the channels that get the message with 'for:'",
			STR(phrase->text), forbidden[phrase->rule], STR(channel->id));
	}
	arena_release(&arena);
}

void letter_lint(const struct edition *edition, const struct letter *letter,
		 const struct channel *channel, const struct written_letter *written,
		 struct diag *diag)
{
	const struct str texts[] = { written->subject, written->brief, written->body };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		if (channel->links != ANSWER_YES)
			lint_links(letter, channel, texts[i], diag);
		if (channel->contact != ANSWER_YES)
			lint_contact(edition, letter, channel, texts[i], diag);
		lint_phrases(edition, letter, channel, texts[i], diag);
	}
}
