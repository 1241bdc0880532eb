/* SPDX-License-Identifier: MIT */
/*
 * Bytes of a legacy encoding or UTF-16 in, UTF-8 out, by ICU's converters, strictly: a byte
 * sequence that stands for nothing stops, and so does what ICU gives for bytes that a code page
 * leaves undefined: control characters from 0x80 on, and those of private use.
 */
#include "table/feed.h"

#include <stdlib.h>
#include <string.h>

#include <unicode/ucnv.h>
#include <unicode/utf16.h>

enum { UNITS = 4096 };

struct decoder {
	UConverter *converter;
	bool unicode;  /* UTF-16 or UTF-32: C1 controls are what they are */
	uint32_t lead; /* half of a surrogate pair that waits for the other; 0: none */
	char bad[16];  /* bytes that stand for nothing */
	size_t bad_len;
	UChar units[UNITS];
};

struct decoder *decoder_open(const char *name)
{
	UErrorCode status = U_ZERO_ERROR;
	if (!*name)
		return NULL;
	UConverter *converter = ucnv_open(name, &status);
	if (U_FAILURE(status))
		return NULL;
	ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
	struct decoder *decoder = calloc(1, sizeof *decoder);
	if (!decoder || U_FAILURE(status))
		arena_exhausted();
	decoder->converter = converter;
	const char *canonical = ucnv_getName(converter, &status);
	decoder->unicode = U_SUCCESS(status) && strncmp(canonical, "UTF-", 4) == 0;
	return decoder;
}

void decoder_close(struct decoder *decoder)
{
	if (!decoder)
		return;
	ucnv_close(decoder->converter);
	free(decoder);
}

void decoder_reset(struct decoder *decoder)
{
	ucnv_reset(decoder->converter);
	decoder->lead = 0;
	decoder->bad_len = 0;
}

/* What ICU gives for bytes without a meaning in a legacy encoding: a control, or private use. */
static bool is_undefined(uint32_t c)
{
	return (c >= 0x80 && c < 0xA0) || (c >= 0xE000 && c <= 0xF8FF);
}

/* Adds UTF-16 units as UTF-8; false at half a pair, NUL or what is undefined. */
static bool add_units(struct decoder *decoder, const UChar *units, size_t count, struct buf *out)
{
	for (size_t i = 0; i < count; i++) {
		uint32_t c = units[i];
		if (decoder->lead) {
			if (!U16_IS_TRAIL(c))
				return false;
			c = (uint32_t)U16_GET_SUPPLEMENTARY(decoder->lead, c);
			decoder->lead = 0;
		} else if (U16_IS_LEAD(c)) {
			decoder->lead = c;
			continue;
		} else if (U16_IS_TRAIL(c)) {
			return false;
		}
		if (c == 0 || (!decoder->unicode && is_undefined(c))) {
			decoder->bad[0] = (char)c; /* ICU gives such a byte's own number */
			decoder->bad_len = c < 0xA0;
			return false;
		}
		buf_code_point(out, c);
	}
	return true;
}

bool decoder_add(struct decoder *decoder, struct str bytes, bool last, struct buf *out)
{
	const char *from = bytes.text, *end = bytes.text + bytes.len;
	UErrorCode status;
	do {
		UChar *to = decoder->units;
		status = U_ZERO_ERROR;
		ucnv_toUnicode(decoder->converter, &to, decoder->units + UNITS, &from, end, NULL,
			       last, &status);
		if (!add_units(decoder, decoder->units, (size_t)(to - decoder->units), out))
			return false;
	} while (status == U_BUFFER_OVERFLOW_ERROR);
	if (U_SUCCESS(status))
		return !(last && decoder->lead);
	int8_t len = sizeof decoder->bad;
	UErrorCode asked = U_ZERO_ERROR;
	ucnv_getInvalidChars(decoder->converter, decoder->bad, &len, &asked);
	decoder->bad_len = U_SUCCESS(asked) && len > 0 ? (size_t)len : 0;
	return false;
}

struct str decoder_bad_bytes(const struct decoder *decoder)
{
	return (struct str){ decoder->bad, decoder->bad_len };
}
