/* SPDX-License-Identifier: MIT */
/* A field and final bytes in; whether the bytes keep every rule of the field out. */
#include "market/check.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "market/unpack.h"

bool check_fault(struct checking *c, const char *format, ...)
{
	char text[400];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	if (!c->why.len)
		c->why = str_copy(c->arena, str_of(text));
	return false;
}

static bool check_newlines(struct checking *c, struct str bytes)
{
	for (size_t i = 0; i < bytes.len; i++) {
		char b = bytes.text[i];
		bool end = b == '\n' || b == '\r' || b == '\t';
		bool html = c->field->format != MARKET_PLAIN;
		if (!end)
			continue;
		if (b == '\t' || c->form->newline == NEWLINE_NONE ||
		    c->form->newline == NEWLINE_LITERAL)
			return check_fault(c, "a line ends where none may end");
		bool crlf = b == '\r' ? i + 1 < bytes.len && bytes.text[i + 1] == '\n'
				      : i && bytes.text[i - 1] == '\r';
		if (!html && (c->form->newline == NEWLINE_CRLF) != crlf)
			return check_fault(c, "a line ends in another way than this field takes");
	}
	return true;
}

static bool check_balance(struct checking *c, struct str piece)
{
	size_t less = 0, more = 0;
	for (size_t i = 0; i < piece.len; i++) {
		less += piece.text[i] == '<';
		more += piece.text[i] == '>';
		if (i >= 1 && piece.text[i] == '/' && piece.text[i - 1] == '/' &&
		    !str_ends(str_sub(piece, 0, i - 1), "https:"))
			return check_fault(c, "'//' stands without 'https:' before");
	}
	return less == more || check_fault(c, "'<' and '>' are not of the same number");
}

static bool check_piece(struct checking *c, struct str piece)
{
	if (!check_newlines(c, piece))
		return false;
	if (c->field->format == MARKET_PLAIN)
		return check_plain(c, piece);
	return (!c->form->balanced || check_balance(c, piece)) && check_html(c, piece);
}

static bool check_size(struct checking *c, struct str whole, const struct str *pieces,
		       size_t piece_count)
{
	const struct market_field *field = c->field;
	int64_t limit = field->limit ? field->limit : field->working;
	int64_t count = check_count(c, whole, pieces, piece_count);
	if (limit && count > limit)
		return check_fault(c, "it has a size of %" PRId64 " and may have %" PRId64, count,
				   limit);
	if (count < field->minimum && !(c->form->minimum_unless_image && c->images))
		return check_fault(c, "it has a size of %" PRId64 " and must have %" PRId64, count,
				   field->minimum);
	return true;
}

/* One output of one field; `whole` is what counts, `bytes` what is read. */
static bool check_one(const struct market_field *field, struct str whole, struct str bytes,
		      struct arena *arena, struct str *why)
{
	struct checking c = {
		.field = field, .form = field->form, .arena = arena, .text = BUF_INIT
	};
	struct unpacked unpacked;
	bool good = unpack(field, bytes, arena, &unpacked) ||
		    check_fault(&c, "what stands around the text is not as it must be");
	for (size_t i = 0; good && i < unpacked.count; i++)
		good = check_piece(&c, unpacked.pieces[i]);
	if (good && !field->summary)
		good = check_size(&c, whole, unpacked.pieces, unpacked.count);
	else if (good)
		good = check_size(&c, whole, &whole, 1);
	good = good && check_text(&c);
	buf_release(&c.text);
	*why = c.why;
	return good;
}

/* The end of the summary that stands in front: behind its `after`. */
static size_t summary_end(const struct market_form *form, struct str bytes)
{
	for (size_t at = form->before.len; at + form->after.len <= bytes.len; at++)
		if (str_equal(str_sub(bytes, at, form->after.len), form->after))
			return at + form->after.len;
	return 0;
}

bool market_check(const struct market_field *field, struct str bytes, struct arena *arena,
		  struct str *why)
{
	const struct market_field *summary = field->summary;
	size_t end = 0;
	*why = S("");
	if (!str_is_utf8(bytes)) {
		*why = S("it is not UTF-8");
		return false;
	}
	if (summary && market_emits(summary)) {
		struct str front;
		end = summary_end(summary->form, bytes);
		front = str_sub(bytes, 0, end);
		if (!check_one(summary, front, front, arena, why))
			return false;
	}
	return check_one(field, bytes, str_sub(bytes, end, bytes.len), arena, why);
}
