/* SPDX-License-Identifier: MIT */
/* A cell's text and a place in it; every step either takes something or leaves all as it was. */
#include "customs/scan.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct scan scan_of(struct str text, struct pos pos, char decimal_sign, struct diag *diag)
{
	return (struct scan){ text, 0, pos, decimal_sign ? decimal_sign : '.', diag };
}

bool scan_more(struct scan *scan)
{
	for (; scan->at < scan->text.len; scan->at++) {
		struct str rest = str_sub(scan->text, scan->at, scan->text.len);
		if (str_starts(rest, "\xC2\xA0"))
			scan->at++;
		else if (rest.text[0] != ' ' && rest.text[0] != '\t' && rest.text[0] != '\n')
			return true;
	}
	return false;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool scan_take(struct scan *scan, const char *token)
{
	if (!scan_more(scan))
		return false;
	struct str wanted = str_of(token);
	if (!str_equal_fold(str_sub(scan->text, scan->at, wanted.len), wanted))
		return false;
	size_t end = scan->at + wanted.len;
	if (is_letter(token[0]) && end < scan->text.len && is_letter(scan->text.text[end]))
		return false;
	scan->at = end;
	return true;
}

struct str scan_word(struct scan *scan)
{
	scan_more(scan);
	size_t start = scan->at;
	while (scan->at < scan->text.len && is_letter(scan->text.text[scan->at]))
		scan->at++;
	return str_sub(scan->text, start, scan->at - start);
}

bool scan_at_number(struct scan *scan)
{
	return scan_more(scan) && (is_digit(scan->text.text[scan->at]) ||
				   scan->text.text[scan->at] == scan->decimal_sign);
}

bool scan_number(struct scan *scan, struct decimal *number)
{
	if (!scan_at_number(scan))
		return scan_fail(scan, scan->at, "a number is missing here");
	size_t start = scan->at;
	while (scan->at < scan->text.len && (is_digit(scan->text.text[scan->at]) ||
					     strchr(".,'", scan->text.text[scan->at])))
		scan->at++;
	struct str digits = str_sub(scan->text, start, scan->at - start);
	if (!decimal_parse(digits, scan->decimal_sign, number))
		return scan_fail(scan, start,
				 "'%.*s' is no number with the decimal sign '%c' of this file, or too large",
				 STR(digits), scan->decimal_sign);
	return true;
}

bool scan_currency(struct scan *scan, struct currency *currency)
{
	if (!scan_more(scan))
		return false;
	bool sign = str_starts(str_sub(scan->text, scan->at, 3), "\xE2\x82\xAC");
	struct str code = sign ? S("EUR") : str_sub(scan->text, scan->at, 3);
	size_t end = scan->at + 3;
	if (!currency_parse(code, currency))
		return false;
	if (!sign && end < scan->text.len && is_letter(scan->text.text[end]))
		return false;
	scan->at = end;
	return true;
}

struct str scan_rest(const struct scan *scan)
{
	enum { BYTES_MAX = 40 };
	size_t end = scan->at;
	while (end < scan->text.len && end - scan->at < BYTES_MAX)
		str_code_point(scan->text, &end);
	return str_sub(scan->text, scan->at, end - scan->at);
}

bool scan_fail(const struct scan *scan, size_t at, const char *format, ...)
{
	char text[400];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	struct pos pos = scan->pos;
	if (pos.column)
		pos.column += (uint32_t)str_code_points(str_sub(scan->text, 0, at));
	diag_error(scan->diag, pos, "%s", text);
	return false;
}
