/* SPDX-License-Identifier: MIT */
/* In: a text. Out: the text as a cell. */
#include "table/write.h"

static bool needs_quotes(struct str text)
{
	if (text.len && (text.text[0] == ' ' || text.text[text.len - 1] == ' '))
		return true;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.text[i];
		if (c == ',' || c == '"' || c == '\n' || c == '\r')
			return true;
	}
	return false;
}

void write_cell(struct buf *out, struct str text)
{
	if (!needs_quotes(text)) {
		buf_add(out, text);
		return;
	}
	buf_byte(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		if (text.text[i] == '"')
			buf_byte(out, '"');
		buf_byte(out, text.text[i]);
	}
	buf_byte(out, '"');
}
