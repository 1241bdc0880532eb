/* SPDX-License-Identifier: MIT */
/*
 * A text in, its comparable form out, character by character: taken apart (NFKD), its capitals and
 * the signs that may be left out gone. Since no character looks at its neighbours but for spaces,
 * the place of each is known.
 */
#include "words/sought.h"

#include "words/inside.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>

enum { APART_ROOM = 18 }; /* UTF-16 units of the longest decomposition there is (U+FDFA) */

struct seeking {
	uint32_t *text;
	size_t *from;
	size_t len, room;
	size_t at;   /* of the character that is read, in the source */
	bool spaced; /* a space is due before the next character */
	const UNormalizer2 *apart;
	struct arena *arena;
};

/* Han, kana, Hangul: where lines of them break, a space means nothing. */
static bool joins(UChar32 c)
{
	return (c >= 0x2e80 && c <= 0x9fff) || (c >= 0xac00 && c <= 0xd7a3) ||
	       (c >= 0xf900 && c <= 0xfaff) || c >= 0x20000;
}

/* Marks on letters, Hebrew and Arabic vowel signs, the stretched Arabic line, and what is not seen at all. */
static bool may_be_left_out(UChar32 c)
{
	return (c >= 0x300 && c <= 0x36f) || (c >= 0x591 && c <= 0x5c7) ||
	       (c >= 0x610 && c <= 0x61a) || c == 0x640 || (c >= 0x64b && c <= 0x65f) || c == 0x670 ||
	       (c >= 0x6d6 && c <= 0x6ed) || u_charType(c) == U_FORMAT_CHAR;
}

/* One letter for those of which one hand writes this and another that. */
static UChar32 usual(UChar32 c)
{
	switch (c) {
	case 0x131: /* i without its dot: its capital is the same as that of i */
		return 'i';
	case 0x2019:
		return '\'';
	case 0x629: /* ta marbuta, at the end of a word often written without its dots */
		return 0x647;
	case 0x649: /* alif maqsura, and the Persian ya */
	case 0x6cc:
		return 0x64a;
	case 0x671:
		return 0x627;
	default:
		return c;
	}
}

static void put(struct seeking *s, UChar32 c)
{
	if (s->len == s->room) {
		size_t room = s->room * 2 + 64;
		uint32_t *text = arena_array(s->arena, room, sizeof *text);
		size_t *from = arena_array(s->arena, room, sizeof *from);
		if (s->len) {
			memcpy(text, s->text, s->len * sizeof *text);
			memcpy(from, s->from, s->len * sizeof *from);
		}
		s->text = text;
		s->from = from;
		s->room = room;
	}
	s->from[s->len] = s->at;
	s->text[s->len++] = (uint32_t)c;
}

static bool spaces(UChar32 c)
{
	return c == '-' || c == 0x2010 || c == 0x2011 || c == ' ' || (c >= '\t' && c <= '\r') ||
	       (c >= 0x80 && u_isUWhiteSpace(c));
}

/* The letter that stands for this one and its capital; ASCII and Chinese are most of what comes. */
static UChar32 small(UChar32 c)
{
	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
	return joins(c) ? c : usual(u_foldCase(c, U_FOLD_CASE_DEFAULT));
}

static void put_character(struct seeking *s, UChar32 c)
{
	if (spaces(c)) {
		s->spaced = true;
		return;
	}
	if (c >= 0x80 && !joins(c) && may_be_left_out(c))
		return;
	c = small(c);
	if (s->spaced && s->len && !joins(c) && !joins((UChar32)s->text[s->len - 1]))
		put(s, ' ');
	s->spaced = false;
	put(s, c);
}

static void put_apart(struct seeking *s, UChar32 c)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar apart[APART_ROOM];
	int32_t len = -1;
	/* Hangul stays whole, so that no syllable is the beginning of another; kana have half-width forms */
	if (c >= 0xa0 && (!joins(c) || (c >= 0x3040 && c <= 0x30ff)))
		len = unorm2_getDecomposition(s->apart, c, apart, APART_ROOM, &status);
	icu_must(status);
	if (len < 0)
		put_character(s, c);
	for (int32_t i = 0; i < len; i++) {
		bool pair = U16_IS_LEAD(apart[i]) && i + 1 < len;
		put_character(s, pair ? U16_GET_SUPPLEMENTARY(apart[i], apart[i + 1]) : apart[i]);
		i += pair;
	}
}

struct sought words_sought(struct arena *arena, struct str source)
{
	UErrorCode status = U_ZERO_ERROR;
	struct seeking s = { .arena = arena, .apart = unorm2_getNFKDInstance(&status) };
	icu_must(status);
	for (size_t i = 0; i < source.len;) {
		s.at = i;
		put_apart(&s, (UChar32)str_code_point(source, &i));
	}
	return (struct sought){ s.text, s.from, s.len };
}

/* May words that begin with this character begin anywhere? */
static bool begins_anywhere(UChar32 c)
{
	UErrorCode status = U_ZERO_ERROR;
	UScriptCode script = uscript_getScript(c, &status);
	return joins(c) || !u_isalpha(c) || uscript_breaksBetweenLetters(script) ||
	       script == USCRIPT_ARABIC || script == USCRIPT_HEBREW;
}

size_t sought_find(const struct sought *text, const struct sought *words)
{
	if (!words->len)
		return SIZE_MAX;
	const uint32_t *at = text->text, first = words->text[0];
	for (size_t left = text->len; left >= words->len; at++, left--) {
		while (*at != first && left > words->len)
			at++, left--;
		if (memcmp(at, words->text, words->len * sizeof *words->text) == 0 &&
		    (at == text->text || !u_isalpha((UChar32)at[-1]) || begins_anywhere((UChar32)first)))
			return text->from[at - text->text];
	}
	return SIZE_MAX;
}
