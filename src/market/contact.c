/* SPDX-License-Identifier: MIT */
/*
 * A piece of text in, the first thing in it that is forbidden out. What is meant:
 *
 * - e-mail: an @ between two letters or digits;
 * - address on the web: "://", or "www.", or a word whose last part behind a point is one of the
 *   endings below ("shop.example.com", but not "z.B.");
 * - telephone number: digits with one or two separators between (space - . / and brackets, but not
 *   a point and then a space), either behind + with 7 to 15 digits, or from 0 with 9 to 15, or
 *   grouped 3-3-4;
 * - social name: a word of the list, whatever its case; address: the seller's own first line;
 * - banned phrase: its words, whatever their case, not inside a longer word.
 */
#include "market/contact.h"

#include <string.h>

#include "market/letters.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_alnum(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80);
}

static bool find_email(struct str text, struct str *found)
{
	for (size_t i = 1; i + 1 < text.len; i++) {
		if (text.text[i] != '@' || !is_alnum(text.text[i - 1]) ||
		    !is_alnum(text.text[i + 1]))
			continue;
		size_t from = i, end = i + 1;
		while (from && text.text[from - 1] != ' ')
			from--;
		while (end < text.len && text.text[end] != ' ')
			end++;
		*found = str_sub(text, from, end - from);
		return true;
	}
	return false;
}

const char *const web_endings[] = { "com",    "net",  "org", "shop",    "store", "info", "biz",
				    "online", "site", "io",  "co",      "me",    "de",   "at",
				    "ch",     "fr",   "it",  "es",      "nl",    "be",   "pl",
				    "cz",     "uk",   "eu",  "us",      "cn",    "jp",   "kr",
				    "ru",     "br",   "tr",  "example", "link",  "ly",   NULL };

static bool is_ending(struct str label)
{
	for (size_t i = 0; web_endings[i]; i++)
		if (str_equal_fold(label, str_of(web_endings[i])))
			return true;
	return false;
}

static bool is_host_byte(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
}

/* The end of a name like "shop.example.com" that begins at `from`; `from` when there is none. */
static size_t host_end(struct str text, size_t from)
{
	size_t at = from, label = from, points = 0;
	for (;; at++) {
		if (at < text.len && is_host_byte(text.text[at]))
			continue;
		bool point = at < text.len && text.text[at] == '.' && at > label &&
			     at + 1 < text.len && is_host_byte(text.text[at + 1]);
		if (!point)
			break;
		points++;
		label = at + 1;
	}
	bool after = at < text.len && (text.text[at] & 0x80) != 0;
	return points && !after && is_ending(str_sub(text, label, at - label)) ? at : from;
}

static bool find_web(struct str text, struct str *found)
{
	for (size_t i = 0; i < text.len; i++) {
		struct str rest = str_sub(text, i, 60);
		bool begins = !i || !is_alnum(text.text[i - 1]);
		size_t end = begins ? host_end(text, i) : i;
		bool www = begins && rest.len > 4 && str_equal_fold(str_sub(rest, 0, 4), S("www."));
		if (!str_starts(rest, "://") && !www && end == i)
			continue;
		*found = end > i ? str_sub(text, i, end - i)
				 : str_sub(rest, 0, str_index(rest, ' '));
		return true;
	}
	return false;
}

static bool is_separator(char c)
{
	return c == ' ' || c == '-' || c == '.' || c == '/' || c == '(' || c == ')';
}

/* Digits from `from` on with separators between; `*end` behind the last digit. */
static size_t count_digits(struct str text, size_t from, size_t *end)
{
	size_t digits = 0, gap = 0;
	*end = from;
	for (size_t i = from; i < text.len; i++) {
		char c = text.text[i];
		if (is_digit(c)) {
			digits++;
			gap = 0;
			*end = i + 1;
		} else if (!is_separator(c) || ++gap > 2 ||
			   (gap == 2 && c == ' ' && text.text[i - 1] == '.')) {
			break;
		}
	}
	return digits;
}

/* "555-123-4567", not part of a longer number. */
static bool is_grouped(struct str text, size_t from, size_t *end)
{
	static const char shape[] = "999 999 9999";
	size_t at = from;
	for (const char *s = shape; *s; s++, at++) {
		if (at >= text.len)
			return false;
		char c = text.text[at];
		if (*s == ' ' ? !strchr("-. ", c) : !is_digit(c))
			return false;
	}
	*end = at;
	return at == text.len || !is_digit(text.text[at]);
}

static bool find_phone(struct str text, struct str *found)
{
	for (size_t i = 0; i < text.len; i++) {
		size_t end = i, digits;
		char before = i ? text.text[i - 1] : ' ';
		if (text.text[i] == '+' && i + 1 < text.len && !is_alnum(before)) {
			digits = count_digits(text, i + 1, &end);
			if (digits < 7 || digits > 15)
				continue;
		} else if (is_digit(text.text[i]) && !is_alnum(before) && before != '.' &&
			   before != ',') {
			digits = text.text[i] == '0' ? count_digits(text, i, &end) : 0;
			if ((digits < 9 || digits > 15) && !is_grouped(text, i, &end))
				continue;
		} else {
			continue;
		}
		*found = str_sub(text, i, end - i);
		return true;
	}
	return false;
}

/* Two slashes that no "https:" stands before: some marketplaces refuse the whole text for them. */
static bool find_slashes(struct str text, struct str *found)
{
	for (size_t i = 0; i + 1 < text.len; i++) {
		if (text.text[i] != '/' || text.text[i + 1] != '/' ||
		    str_ends(str_sub(text, 0, i), "https:"))
			continue;
		*found = str_sub(text, i, 2);
		return true;
	}
	return false;
}

/* Does the phrase begin at `at`, whatever its case? `*end` is behind it. */
static bool phrase_at(struct str text, size_t at, struct str phrase, size_t *end)
{
	size_t in_phrase = 0;
	while (in_phrase < phrase.len) {
		if (at >= text.len)
			return false;
		uint32_t a = str_code_point(text, &at), b = str_code_point(phrase, &in_phrase);
		if (a == 0xA0)
			a = ' ';
		if (letters_lower(a) != letters_lower(b))
			return false;
	}
	*end = at;
	if (at >= text.len)
		return true;
	return !letters_of_word(str_code_point(text, &at));
}

static bool find_phrase(struct str text, struct str phrase, struct str *found)
{
	bool in_word = false;
	for (size_t at = 0, end; phrase.len && at < text.len;) {
		if (!in_word && phrase_at(text, at, phrase, &end)) {
			*found = str_sub(text, at, end - at);
			return true;
		}
		in_word = letters_of_word(str_code_point(text, &at));
	}
	return false;
}

/* "de" speaks of "de-AT", too. */
static bool same_language(struct str phrase, struct str text)
{
	return str_is(phrase, "*") || !text.len || str_equal_fold(phrase, text) ||
	       (text.len > phrase.len && text.text[phrase.len] == '-' &&
		str_equal_fold(str_sub(text, 0, phrase.len), phrase));
}

static bool find_banned(const struct market_form *form, struct str text, struct str language,
			struct found *found)
{
	for (size_t i = 0; i < form->banned_count; i++) {
		const struct banned_phrase *banned = &form->banned[i];
		if (!same_language(banned->language, language) ||
		    !find_phrase(text, banned->phrase, &found->text))
			continue;
		found->why = "it holds a phrase that is banned";
		found->rule = "banned";
		found->row = banned->rule;
		return true;
	}
	return false;
}

bool contact_find(const struct market_form *form, struct str text, struct str language,
		  struct found *found)
{
	*found = (struct found){ .rule = "contact" };
	if (form->contact & CONTACT_EMAIL && find_email(text, &found->text))
		found->why = "it holds an e-mail address";
	else if (form->contact & CONTACT_URL && find_web(text, &found->text))
		found->why = "it holds an address on the web";
	else if (form->contact & CONTACT_PHONE && find_phone(text, &found->text))
		found->why = "it holds a telephone number";
	else if (form->contact & CONTACT_ADDRESS && form->address.len >= 6 &&
		 find_phrase(text, form->address, &found->text))
		found->why = "it holds your postal address";
	if (!found->why && form->balanced && find_slashes(text, &found->text)) {
		found->why = "it holds '//' without 'https:' before";
		found->rule = "wellformed";
	}
	for (size_t i = 0;
	     !found->why && form->contact & CONTACT_SOCIAL && i < form->social_names.count; i++)
		if (find_phrase(text, form->social_names.items[i], &found->text))
			found->why = "it names another way to reach you";
	return found->why || find_banned(form, text, language, found);
}

bool market_forbids(const struct market_field *field, struct str text, struct str language,
		    struct str *found, const struct market_rule **rule)
{
	struct found what;
	if (!contact_find(field->form, text, language, &what))
		return false;
	*found = what.text;
	*rule = what.row ? what.row : market_rule_find(field, what.rule);
	return true;
}
