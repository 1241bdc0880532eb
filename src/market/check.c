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

bool check_size(struct checking *c, int64_t count)
{
	const struct market_field *field = c->field;
	int64_t limit = field->limit ? field->limit : field->working;
	if (limit && count > limit)
		return check_fault(c, "it has a size of %" PRId64 " and may have %" PRId64, count,
				   limit);
	if (count < field->minimum && !(c->form->minimum_unless_image && c->images))
		return check_fault(c, "it has a size of %" PRId64 " and must have %" PRId64, count,
				   field->minimum);
	return true;
}

/* How many pieces, and how long each of them. */
static bool check_pieces(struct checking *c, const struct unpacked *unpacked)
{
	const struct market_form *form = c->form;
	if (form->pieces_max && (int64_t)unpacked->count > form->pieces_max)
		return check_fault(c, "it has %zu blocks and may have %" PRId64, unpacked->count,
				   form->pieces_max);
	for (size_t i = 0; form->block_limit && i < unpacked->count; i++) {
		int64_t size = check_count(c, unpacked->pieces[i], &unpacked->pieces[i], 1);
		if (size > form->block_limit)
			return check_fault(c, "a block has a size of %" PRId64 " and may have %" PRId64,
					   size, form->block_limit);
	}
	return true;
}

bool check_output(struct checking *c, struct str whole, struct str bytes)
{
	struct unpacked unpacked;
	bool good = unpack(c->field, bytes, c->arena, &unpacked) ||
		    check_fault(c, "what stands around the text is not as it must be");
	for (size_t i = 0; good && i < unpacked.count; i++)
		good = check_piece(c, unpacked.pieces[i]);
	good = good && check_pieces(c, &unpacked);
	if (good && c->field->summary)
		unpacked = (struct unpacked){ &whole, 1 };
	return good &&
	       check_size(c, check_count(c, whole, unpacked.pieces, unpacked.count)) &&
	       check_text(c);
}

/* The end of the summary that stands in front: behind its `after`. */
size_t check_summary_end(const struct market_field *field, struct str bytes)
{
	if (!field->summary || !market_emits(field->summary))
		return 0;
	const struct market_form *form = field->summary->form;
	for (size_t at = form->before.len; at + form->after.len <= bytes.len; at++)
		if (str_equal(str_sub(bytes, at, form->after.len), form->after))
			return at + form->after.len;
	return 0;
}

static bool check_one(const struct market_field *field, struct str whole, struct str bytes,
		      struct str language, struct arena *arena, struct str *why)
{
	struct checking c = { .field = field,
			      .form = field->form,
			      .language = language,
			      .arena = arena,
			      .text = BUF_INIT };
	bool good = check_output(&c, whole, bytes);
	buf_release(&c.text);
	*why = c.why;
	return good;
}

bool market_check(const struct market_field *field, struct str bytes, struct str language,
		  struct arena *arena, struct str *why)
{
	*why = S("");
	if (!str_is_utf8(bytes)) {
		*why = S("it is not UTF-8");
		return false;
	}
	size_t end = check_summary_end(field, bytes);
	struct str front = str_sub(bytes, 0, end);
	if (field->summary && market_emits(field->summary) &&
	    !check_one(field->summary, front, front, language, arena, why))
		return false;
	return check_one(field, bytes, str_sub(bytes, end, bytes.len), language, arena, why);
}
