/* SPDX-License-Identifier: MIT */
/* Texts of the seller's through ICU: folded, compared, joined to a list. */
#include "words/inside.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ucol.h>
#include <unicode/ulistformatter.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

void icu_must(UErrorCode status)
{
	if (status == U_MEMORY_ALLOCATION_ERROR)
		arena_exhausted();
	assert(U_SUCCESS(status));
}

struct str utf8_copy(struct arena *arena, const UChar *text, int32_t len)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t room = len * 3 + 1, bytes = 0;
	char *copy = arena_text(arena, (size_t)room);
	u_strToUTF8(copy, room, &bytes, text, len, &status);
	icu_must(status);
	return (struct str){ copy, (size_t)bytes };
}

void sign_set(struct sign *sign, const UChar *text, int32_t len)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t bytes = 0;
	memset(sign, 0, sizeof *sign);
	u_strToUTF8(sign->text, SIGN_ROOM, &bytes, text, len, &status);
	icu_must(status);
	sign->len = (uint8_t)bytes;
}

/* UTF-16 text of any length, owned. */
struct wide {
	UChar *text;
	int32_t len, room;
};

static struct wide wide_new(size_t room)
{
	if (room > INT32_MAX / 8)
		arena_exhausted();
	struct wide wide = { malloc((room + 1) * sizeof(UChar)), 0, (int32_t)room + 1 };
	if (!wide.text)
		arena_exhausted();
	return wide;
}

static struct wide wide_of(struct str s)
{
	UErrorCode status = U_ZERO_ERROR;
	struct wide wide = wide_new(s.len);
	u_strFromUTF8WithSub(wide.text, wide.room, &wide.len, s.text, (int32_t)s.len, 0xFFFD, NULL,
			     &status);
	icu_must(status);
	return wide;
}

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.text[i] >= 0x80)
			return false;
	return true;
}

static struct str fold_ascii(struct arena *arena, struct str s)
{
	char *text = arena_text(arena, s.len);
	for (size_t i = 0; i < s.len; i++) {
		char c = s.text[i];
		text[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
	}
	return (struct str){ text, s.len };
}

struct str words_fold(struct arena *arena, struct str s)
{
	if (is_ascii(s))
		return fold_ascii(arena, s);
	/* NFC makes at most 3 units of one, full folding 3, lower case 3 */
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
	struct wide a = wide_of(s), b = wide_new((size_t)a.len * 12),
		    c = wide_new((size_t)a.len * 12);
	b.len = unorm2_normalize(nfc, a.text, a.len, b.text, b.room, &status);
	c.len = u_strFoldCase(c.text, c.room, b.text, b.len, U_FOLD_CASE_DEFAULT, &status);
	/* folding leaves Cherokee in capitals */
	b.len = u_strToLower(b.text, b.room, c.text, c.len, "", &status);
	c.len = unorm2_normalize(nfc, b.text, b.len, c.text, c.room, &status);
	icu_must(status);
	struct str folded = utf8_copy(arena, c.text, c.len);
	free(a.text);
	free(b.text);
	free(c.text);
	return folded;
}

int words_compare(const struct words *words, struct str a, struct str b)
{
	UErrorCode status = U_ZERO_ERROR;
	UCollator *collator = ucol_open(words->locale, &status);
	UCollationResult order =
		ucol_strcollUTF8(collator, a.text, (int32_t)a.len, b.text, (int32_t)b.len, &status);
	ucol_close(collator);
	icu_must(status);
	return order == UCOL_EQUAL ? str_compare(a, b) : (int)order;
}

static void list_add(const struct words *words, struct buf *out, const struct wide *items,
		     size_t count, size_t units)
{
	UErrorCode status = U_ZERO_ERROR;
	const UChar **texts = calloc(count, sizeof *texts);
	int32_t *lengths = calloc(count, sizeof *lengths);
	struct wide joined = wide_new(units + count * TEXT_ROOM / 8);
	if (!texts || !lengths)
		arena_exhausted();
	for (size_t i = 0; i < count; i++) {
		texts[i] = items[i].text;
		lengths[i] = items[i].len;
	}
	UListFormatter *formatter = ulistfmt_open(words->locale, &status);
	joined.len = ulistfmt_format(formatter, texts, lengths, (int32_t)count, joined.text,
				     joined.room, &status);
	ulistfmt_close(formatter);
	icu_must(status);
	int32_t bytes = 0;
	char *at = buf_grow(out, (size_t)joined.len * 3 + 1);
	u_strToUTF8(at, joined.len * 3 + 1, &bytes, joined.text, joined.len, &status);
	icu_must(status);
	out->len += (size_t)bytes;
	free(joined.text);
	free(lengths);
	free(texts);
}

void words_list(const struct words *words, struct buf *out, const struct str *items, size_t count)
{
	if (count == 0)
		return;
	struct wide *wides = calloc(count, sizeof *wides);
	size_t units = 0;
	if (!wides)
		arena_exhausted();
	for (size_t i = 0; i < count; i++) {
		wides[i] = wide_of(items[i]);
		units += (size_t)wides[i].len;
	}
	list_add(words, out, wides, count, units);
	for (size_t i = 0; i < count; i++)
		free(wides[i].text);
	free(wides);
}

bool words_is_letter_or_digit(uint32_t code_point)
{
	int8_t type = u_charType((UChar32)code_point);
	return u_isalnum((UChar32)code_point) || type == U_NON_SPACING_MARK ||
	       type == U_COMBINING_SPACING_MARK;
}
