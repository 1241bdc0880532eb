/* SPDX-License-Identifier: MIT */
/*
 * What a reader would see in, the first character, address, number or phrase that the field
 * refuses out. What counts as which stands in words in contact.c; this is a second reading.
 */
#include <string.h>

#include "market/check.h"
#include "market/contact.h"
#include "market/letters.h"

static bool among(const struct ranges *ranges, uint32_t code)
{
	size_t left = ranges->count;
	while (left--)
		if (ranges->items[left].first <= code && code <= ranges->items[left].last)
			return true;
	return false;
}

static bool check_characters(struct checking *c, struct str text)
{
	for (size_t at = 0; at < text.len;) {
		uint32_t code = str_code_point(text, &at);
		if (code == '\n' || code == '\r')
			continue;
		if (code < 0x20 || code == 0x7F || among(&c->form->refuse, code) ||
		    (c->form->allow.given && !among(&c->form->allow, code)))
			return check_fault(c, "the character U+%04X is not allowed",
					   (unsigned)code);
	}
	return true;
}

/* Bytes of one kind: digits, Latin letters, bytes of other scripts, all else. */
enum kind { KIND_OTHER, KIND_DIGIT, KIND_LETTER, KIND_FOREIGN };

static enum kind kind_at(struct str text, size_t at)
{
	unsigned char c = at < text.len ? (unsigned char)text.text[at] : ' ';
	if (c >= 0x80)
		return KIND_FOREIGN;
	if (c >= '0' && c <= '9')
		return KIND_DIGIT;
	c |= 0x20;
	return c >= 'a' && c <= 'z' ? KIND_LETTER : KIND_OTHER;
}

static bool has_email(struct str line)
{
	for (size_t i = 1; i < line.len; i++)
		if (line.text[i] == '@' && kind_at(line, i - 1) && kind_at(line, i + 1))
			return true;
	return false;
}

static bool in_host(struct str line, size_t at)
{
	enum kind kind = kind_at(line, at);
	return kind == KIND_DIGIT || kind == KIND_LETTER || (at < line.len && line.text[at] == '-');
}

static bool ends_a_host(struct str label)
{
	for (const char *const *ending = web_endings; *ending; ending++)
		if (str_equal_fold(str_of(*ending), label))
			return true;
	return false;
}

/* Labels with single points between, from the end of each backwards to a second label. */
static bool has_host(struct str line)
{
	for (size_t point = 1; point + 1 < line.len; point++) {
		size_t end = point + 1, from = point;
		if (line.text[point] != '.' || !in_host(line, point - 1) || !in_host(line, end))
			continue;
		while (in_host(line, end))
			end++;
		bool goes_on = end < line.len && line.text[end] == '.' && in_host(line, end + 1);
		while (from && in_host(line, from - 1))
			from--;
		bool begins = !from || kind_at(line, from - 1) != KIND_FOREIGN;
		if (begins && !goes_on && kind_at(line, end) != KIND_FOREIGN &&
		    ends_a_host(str_sub(line, point + 1, end - point - 1)))
			return true;
	}
	return false;
}

static bool has_web(struct str line)
{
	for (size_t i = 0; i < line.len; i++) {
		struct str rest = str_sub(line, i, 5);
		if (str_starts(rest, "://"))
			return true;
		if (rest.len == 5 && str_equal_fold(str_sub(rest, 0, 4), S("www.")) &&
		    (!i || !kind_at(line, i - 1)))
			return true;
	}
	return has_host(line);
}

/* The number of digits in a row, where no gap between two is wider than a telephone number's. */
static int digits_from(struct str line, size_t at)
{
	int digits = 0;
	while (kind_at(line, at) == KIND_DIGIT) {
		digits++;
		size_t gap = 0;
		at++;
		while (at + gap < line.len && gap < 3 && strchr(" -./()", line.text[at + gap]))
			gap++;
		if (gap > 2 || (gap == 2 && line.text[at] == '.' && line.text[at + 1] == ' '))
			break;
		at += gap;
	}
	return digits;
}

static bool groups_of_ten(struct str line, size_t at)
{
	for (size_t i = 0; i < 12; i++) {
		bool gap = i == 3 || i == 7;
		if (at + i >= line.len)
			return false;
		if (gap ? !strchr("-. ", line.text[at + i]) : kind_at(line, at + i) != KIND_DIGIT)
			return false;
	}
	return kind_at(line, at + 12) != KIND_DIGIT;
}

static bool has_phone(struct str line)
{
	for (size_t i = 0; i < line.len; i++) {
		char before = i ? line.text[i - 1] : ' ';
		if (i && kind_at(line, i - 1))
			continue;
		if (line.text[i] == '+') {
			int digits = digits_from(line, i + 1);
			if (digits >= 7 && digits <= 15)
				return true;
		}
		if (kind_at(line, i) != KIND_DIGIT || before == '.' || before == ',')
			continue;
		int digits = line.text[i] == '0' ? digits_from(line, i) : 0;
		if ((digits >= 9 && digits <= 15) || groups_of_ten(line, i))
			return true;
	}
	return false;
}

/* In small letters, so that phrases can be compared byte by byte. */
static struct str folded(struct arena *arena, struct str text)
{
	struct buf buf = BUF_INIT;
	for (size_t at = 0; at < text.len;) {
		uint32_t code = str_code_point(text, &at);
		buf_code_point(&buf, code == 0xA0 ? ' ' : letters_lower(code));
	}
	struct str copy = str_copy(arena, buf_str(&buf));
	buf_release(&buf);
	return copy;
}

/* Is the character before (or at) the byte part of a word? */
static bool word_before(struct str text, size_t at)
{
	if (!at)
		return false;
	do
		at--;
	while (at && ((unsigned char)text.text[at] & 0xC0) == 0x80);
	return letters_of_word(str_code_point(text, &at));
}

static bool word_at(struct str text, size_t at)
{
	return at < text.len && letters_of_word(str_code_point(text, &at));
}

static bool has_phrase(struct checking *c, struct str small, struct str phrase)
{
	struct str wanted = folded(c->arena, phrase);
	for (size_t i = 0; wanted.len && i + wanted.len <= small.len; i++) {
		const char *at = memmem(small.text + i, small.len - i, wanted.text, wanted.len);
		if (!at)
			return false;
		i = (size_t)(at - small.text);
		if (!word_before(small, i) && !word_at(small, i + wanted.len))
			return true;
	}
	return false;
}

static bool check_line(struct checking *c, struct str line)
{
	const struct market_form *form = c->form;
	if (form->contact & CONTACT_EMAIL && has_email(line))
		return check_fault(c, "an e-mail address stands in it");
	if (form->contact & CONTACT_URL && has_web(line))
		return check_fault(c, "an address on the web stands in it");
	if (form->contact & CONTACT_PHONE && has_phone(line))
		return check_fault(c, "a telephone number stands in it");
	return true;
}

/* Does a phrase of this language count in the text? One of "pt" does in "pt-BR". */
static bool speaks(const struct checking *c, struct str language)
{
	struct str mine = c->language;
	if (!mine.len || str_is(language, "*"))
		return true;
	bool part = mine.len > language.len && mine.text[language.len] == '-';
	return str_equal_fold(part ? str_sub(mine, 0, language.len) : mine, language);
}

/* Phrases stand within one line, so they are looked for in all lines at once. */
static bool check_phrases(struct checking *c, struct str text)
{
	const struct market_form *form = c->form;
	struct str small = folded(c->arena, text);
	if (form->contact & CONTACT_ADDRESS && form->address.len >= 6 &&
	    has_phrase(c, small, form->address))
		return check_fault(c, "your postal address stands in it");
	for (size_t i = 0; form->contact & CONTACT_SOCIAL && i < form->social_names.count; i++)
		if (has_phrase(c, small, form->social_names.items[i]))
			return check_fault(c, "'%.*s' stands in it",
					   STR(form->social_names.items[i]));
	for (size_t i = 0; i < form->banned_count; i++)
		if (speaks(c, form->banned[i].language) &&
		    has_phrase(c, small, form->banned[i].phrase))
			return check_fault(c, "the banned phrase '%.*s' stands in it",
					   STR(form->banned[i].phrase));
	return true;
}

bool check_text(struct checking *c)
{
	struct str text = buf_str(&c->text);
	if (!check_characters(c, text))
		return false;
	if (!check_phrases(c, text))
		return false;
	while (text.len) {
		size_t end = str_index(text, '\n');
		if (!check_line(c, str_sub(text, 0, end)))
			return false;
		text = str_sub(text, end + 1, text.len);
	}
	return true;
}
