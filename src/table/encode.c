/* SPDX-License-Identifier: MIT */
/* In: UTF-8. Out: bytes of another encoding, by ICU's converters. */
#include "table/encode.h"

#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>

bool encode(struct buf *out, struct str text, const char *encoding)
{
	UErrorCode error = U_ZERO_ERROR;
	UConverter *from = ucnv_open("UTF-8", &error);
	UConverter *to = ucnv_open(encoding, &error);
	ucnv_setFromUCallBack(to, UCNV_FROM_U_CALLBACK_SKIP, NULL, NULL, NULL, &error);
	const char *source = text.text, *end = text.text + text.len;
	UChar middle[1024], *middle_from = middle, *middle_to = middle;
	bool more = U_SUCCESS(error);
	for (bool first = true; more; first = false) {
		char *start = buf_grow(out, 4096), *target = start;
		error = U_ZERO_ERROR;
		ucnv_convertEx(to, from, &target, start + 4096, &source, end, middle, &middle_from,
			       &middle_to, middle + 1024, first, true, &error);
		out->len += (size_t)(target - start);
		more = error == U_BUFFER_OVERFLOW_ERROR;
	}
	bool done = U_SUCCESS(error);
	ucnv_close(from);
	ucnv_close(to);
	return done;
}
