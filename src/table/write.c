/* SPDX-License-Identifier: MIT */
/* In: a text. Out: the text as a cell. */
#include "table/write.h"

static bool needs_quotes(struct str text)
{
	if (text.len && (text.text[0] == ' ' || text.text[text.len - 1] == ' '))
		return true;
	for (const char *sign = ",\"\n\r"; *sign; sign++)
		if (str_index(text, *sign) < text.len)
			return true;
	return false;
}

void write_cell(struct buf *out, struct str text)
{
	if (!needs_quotes(text)) {
		buf_add(out, text);
		return;
	}
	buf_byte(out, '"');
	while (text.len) {
		size_t quote = str_index(text, '"');
		buf_add(out, str_sub(text, 0, quote));
		if (quote < text.len)
			buf_add(out, S("\"\""));
		text = str_sub(text, quote + 1, text.len);
	}
	buf_byte(out, '"');
}
