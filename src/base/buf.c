/* SPDX-License-Identifier: MIT */
/* One growing block of bytes; doubling keeps the cost of adding constant. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buf_init(struct buf *buf)
{
	memset(buf, 0, sizeof *buf);
}

void buf_release(struct buf *buf)
{
	free(buf->text);
	buf_init(buf);
}

void buf_reset(struct buf *buf)
{
	buf->len = 0;
}

char *buf_grow(struct buf *buf, size_t more)
{
	if (more > SIZE_MAX / 2 - buf->len)
		arena_exhausted();
	if (!buf->text || buf->len + more > buf->room) {
		size_t room = buf->room ? buf->room * 2 : 256;
		while (room < buf->len + more)
			room *= 2;
		char *text = realloc(buf->text, room);
		if (!text)
			arena_exhausted();
		buf->text = text;
		buf->room = room;
	}
	return buf->text + buf->len;
}

void buf_add(struct buf *buf, struct str s)
{
	if (!s.len)
		return;
	memcpy(buf_grow(buf, s.len), s.text, s.len);
	buf->len += s.len;
}

void buf_byte(struct buf *buf, char c)
{
	*buf_grow(buf, 1) = c;
	buf->len++;
}

void buf_addf(struct buf *buf, const char *format, ...)
{
	va_list args;
	char *at = buf_grow(buf, 1);
	size_t room = buf->room - buf->len;
	va_start(args, format);
	int len = vsnprintf(at, room, format, args);
	va_end(args);
	if (len < 0)
		return;
	if ((size_t)len >= room) {
		at = buf_grow(buf, (size_t)len + 1);
		va_start(args, format);
		vsnprintf(at, (size_t)len + 1, format, args);
		va_end(args);
	}
	buf->len += (size_t)len;
}

void buf_code_point(struct buf *buf, uint32_t c)
{
	if (c < 0x80) {
		buf_byte(buf, (char)c);
	} else if (c < 0x800) {
		buf_byte(buf, (char)(0xC0 | c >> 6));
		buf_byte(buf, (char)(0x80 | (c & 0x3F)));
	} else if (c < 0x10000) {
		buf_byte(buf, (char)(0xE0 | c >> 12));
		buf_byte(buf, (char)(0x80 | (c >> 6 & 0x3F)));
		buf_byte(buf, (char)(0x80 | (c & 0x3F)));
	} else {
		buf_byte(buf, (char)(0xF0 | c >> 18));
		buf_byte(buf, (char)(0x80 | (c >> 12 & 0x3F)));
		buf_byte(buf, (char)(0x80 | (c >> 6 & 0x3F)));
		buf_byte(buf, (char)(0x80 | (c & 0x3F)));
	}
}

void buf_number(struct buf *buf, int64_t number)
{
	char digits[24];
	size_t at = sizeof digits;
	uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
	do {
		digits[--at] = (char)('0' + left % 10);
		left /= 10;
	} while (left);
	if (number < 0)
		digits[--at] = '-';
	buf_add(buf, (struct str){ digits + at, sizeof digits - at });
}

struct str buf_str(const struct buf *buf)
{
	return buf->len ? (struct str){ buf->text, buf->len } : (struct str){ "", 0 };
}
