/* SPDX-License-Identifier: MIT */
/* Final bytes in, the pieces of text in them out. */
#include "market/unpack.h"

static int hex(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
				      : -1;
}

/* Four digits of "\u00e4"; the surrogates of a pair are not written by us. */
static bool read_code(struct str text, size_t at, struct buf *out)
{
	uint32_t code = 0;
	if (at + 4 > text.len)
		return false;
	for (size_t i = 0; i < 4; i++) {
		int digit = hex(text.text[at + i]);
		if (digit < 0)
			return false;
		code = code * 16 + (uint32_t)digit;
	}
	if (code >= 0xD800 && code < 0xE000)
		return false;
	buf_code_point(out, code);
	return true;
}

static bool decode_json(struct str text, struct buf *out)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.text[i];
		if (c == '"' || (unsigned char)c < 0x20)
			return false;
		if (c != '\\') {
			buf_byte(out, c);
			continue;
		}
		if (++i == text.len)
			return false;
		c = text.text[i];
		if (c == 'u') {
			if (!read_code(text, i + 1, out))
				return false;
			i += 4;
		} else if (c == 'n') {
			buf_byte(out, '\n');
		} else if (c == 't') {
			buf_byte(out, '\t');
		} else if (c == '"' || c == '\\' || c == '/') {
			buf_byte(out, c);
		} else {
			return false;
		}
	}
	return true;
}

static bool add_piece(const struct market_field *field, struct str text, struct arena *arena,
		      struct unpacked *unpacked)
{
	bool good = true;
	if (field->in_json) {
		struct buf decoded = BUF_INIT;
		good = decode_json(text, &decoded);
		text = str_copy(arena, buf_str(&decoded));
		buf_release(&decoded);
	}
	unpacked->pieces = arena_push(arena, unpacked->pieces, &unpacked->count, sizeof text);
	unpacked->pieces[unpacked->count - 1] = text;
	return good;
}

static size_t find(struct str text, struct str part)
{
	for (size_t at = 0; part.len && at + part.len <= text.len; at++)
		if (str_equal(str_sub(text, at, part.len), part))
			return at;
	return text.len;
}

bool unpack(const struct market_field *field, struct str bytes, struct arena *arena,
	    struct unpacked *unpacked)
{
	const struct market_form *form = field->form;
	*unpacked = (struct unpacked){ 0 };
	if (bytes.len < form->before.len + form->after.len ||
	    !str_equal(str_sub(bytes, 0, form->before.len), form->before) ||
	    !str_equal(str_sub(bytes, bytes.len - form->after.len, form->after.len), form->after))
		return false;
	struct str rest =
		str_sub(bytes, form->before.len, bytes.len - form->before.len - form->after.len);
	for (;;) {
		size_t end = find(rest, form->between);
		if (!add_piece(field, str_sub(rest, 0, end), arena, unpacked))
			return false;
		if (end == rest.len)
			return true;
		rest = str_sub(rest, end + form->between.len, rest.len);
	}
}
