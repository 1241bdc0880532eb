/* SPDX-License-Identifier: MIT */
/*
 * One cell in, one value out. The one idea: a cell that cannot be understood is examined for
 * what usually happened to it (a spreadsheet shortened a number, made a date a serial number,
 * took a zero away), so that the message names the cause and not only the symptom.
 */
#include "shop/read.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const struct cell *read_cell(const struct reader *r, struct column column)
{
	return row_cell(&r->row, column.index);
}

struct pos read_pos(const struct reader *r, struct column column)
{
	struct pos pos = read_cell(r, column)->pos;
	return pos.file ? pos : r->row.pos;
}

void read_fault(struct reader *r, struct column column, const char *format, ...)
{
	char text[1024];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	diag_error(r->sheet->diag, read_pos(r, column), "%s", text);
	r->bad = true;
}

struct shown shown(struct str s)
{
	struct shown line;
	size_t len = 0;
	for (size_t at = 0; at < s.len;) {
		size_t from = at;
		uint32_t c = str_code_point(s, &at);
		if (at > sizeof line.text - 8) {
			memcpy(line.text + len, "...", 3);
			len += 3;
			break;
		}
		memcpy(line.text + len, s.text + from, at - from);
		if (c < ' ')
			line.text[len] = ' ';
		len += at - from;
	}
	line.text[len] = 0;
	return line;
}

struct str read_text(struct reader *r, struct column column)
{
	struct str text = read_cell(r, column)->text;
	if (!text.len && column.flags & FILLED)
		read_fault(r, column, "'%s' is empty; every row needs it", column.name);
	return text;
}

struct translated read_translated(struct reader *r, const struct text_columns *columns)
{
	struct translated text = { .plain = read_text(r, columns->plain) };
	text.by_language = arena_array(r->arena, columns->language_count + 1, sizeof(struct str));
	for (size_t i = 0; i < columns->language_count; i++)
		text.by_language[i] = read_cell(r, columns->by_language[i])->text;
	return text;
}

bool looks_shortened(struct str s)
{
	size_t e = str_index(s, 'E');
	if (e == 0 || e + 2 >= s.len || s.text[e + 1] != '+')
		return false;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.text[i];
		bool digit = c >= '0' && c <= '9';
		if (!digit && !(i < e && (c == '.' || c == ',')) && i != e && i != e + 1)
			return false;
	}
	return true;
}

/* Reports a number that lost its digits in a spreadsheet. */
static bool shortened(struct reader *r, struct column column, struct str text)
{
	if (!looks_shortened(text))
		return false;
	read_fault(r, column,
		   "a spreadsheet shortened this '%s' to '%s'; format the column as text and enter "
		   "the digits again",
		   column.name, shown(text).text);
	return true;
}

struct str read_id(struct reader *r, struct column column)
{
	struct str text = read_text(r, column);
	shortened(r, column, text);
	return text;
}

/* Is it a number only with the other decimal sign? Then the file was settled wrongly for it. */
static bool other_sign(struct reader *r, struct column column, struct str text)
{
	struct decimal number;
	struct money money;
	char other = r->sheet->decimal == ',' ? '.' : ',';
	if (!decimal_parse(text, other, &number) && !money_parse(text, other, NULL, &money))
		return false;
	read_fault(r, column,
		   "'%s' does not go with '%c', which is the decimal sign of this file; write all "
		   "its numbers with the same sign",
		   shown(text).text, r->sheet->decimal);
	return true;
}

struct money read_money(struct reader *r, struct column column, struct currency fallback)
{
	struct money money = { 0 };
	struct str text = read_text(r, column);
	if (!text.len)
		return money;
	if (!money_parse(text, r->sheet->decimal, &fallback, &money)) {
		struct decimal number;
		if (decimal_parse(text, r->sheet->decimal, &number))
			read_fault(r, column, "'%s' names no currency; write it as '64.00 EUR'",
				   shown(text).text);
		else if (!shortened(r, column, text) && !other_sign(r, column, text))
			read_fault(r, column, "'%s' is no amount of money; write it as '64.00 EUR'",
				   shown(text).text);
		return (struct money){ 0 };
	}
	if (money.amount.digits < 0) {
		read_fault(r, column, "'%s' is negative; an amount here starts at 0",
			   shown(text).text);
		return (struct money){ 0 };
	}
	return money;
}

struct currency read_currency(struct reader *r, struct column column, struct currency otherwise)
{
	struct str text = read_text(r, column);
	struct currency currency;
	if (!text.len)
		return otherwise;
	if (currency_parse(text, &currency))
		return currency;
	read_fault(r, column,
		   "'%s' is no currency; write its three letters of ISO 4217, such as 'EUR'",
		   shown(text).text);
	return otherwise;
}

struct decimal read_decimal(struct reader *r, struct column column, struct decimal otherwise)
{
	struct decimal number;
	struct str text = read_text(r, column);
	if (!text.len)
		return otherwise;
	if (decimal_parse(text, r->sheet->decimal, &number))
		return number;
	if (!shortened(r, column, text) && !other_sign(r, column, text))
		read_fault(r, column,
			   "'%s' is no number; write it as '1234.5', with up to 9 decimals",
			   shown(text).text);
	return otherwise;
}

int64_t read_weight(struct reader *r, struct column column, int64_t otherwise)
{
	int64_t grams;
	struct str text = read_text(r, column);
	if (!text.len)
		return otherwise;
	if (weight_parse(text, r->sheet->decimal, &grams))
		return grams;
	read_fault(r, column, "'%s' is no weight; write it as '1.2 kg', '850 g', '2 lb' or '12 oz'",
		   shown(text).text);
	return otherwise;
}

int read_int(struct reader *r, struct column column, int least, int most, int otherwise)
{
	int64_t number;
	struct str text = read_text(r, column);
	if (!text.len)
		return otherwise;
	if (str_number(text, &number) && number >= least && number <= most)
		return (int)number;
	read_fault(r, column, "'%s' is no '%s'; write a whole number from %d to %d",
		   shown(text).text, column.name, least, most);
	return otherwise;
}

int read_share(struct reader *r, struct column column, int otherwise)
{
	struct str text = read_text(r, column), number = text;
	struct decimal share;
	if (!text.len)
		return otherwise;
	uint8_t percent_scale = 2;
	if (str_ends(text, "%")) {
		number = str_trim(str_sub(text, 0, text.len - 1));
		percent_scale = 0;
	}
	struct decimal whole = { percent_scale ? 1 : 100, 0 };
	if (!decimal_parse(number, r->sheet->decimal, &share) || share.digits < 0 ||
	    decimal_compare(share, whole) > 0) {
		read_fault(r, column, "'%s' is no share; write it as '0.95' or '95%%'",
			   shown(text).text);
		return otherwise;
	}
	int64_t percent = share.digits * (percent_scale ? 100 : 1);
	for (uint8_t i = 0; i < share.scale; i++)
		percent /= 10;
	return (int)percent;
}

enum answer read_answer(struct reader *r, struct column column)
{
	static const char *const words[] = { "no", "yes", "false", "true", "0", "1" };
	struct str text = read_text(r, column);
	if (!text.len)
		return ANSWER_UNKNOWN;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_equal_fold(text, str_of(words[i])))
			return i % 2 ? ANSWER_YES : ANSWER_NO;
	read_fault(r, column,
		   "'%s' is neither yes nor no; write 'yes' or 'no', or nothing when unknown",
		   shown(text).text);
	return ANSWER_UNKNOWN;
}

int read_word(struct reader *r, struct column column, const char *const *words, size_t count,
	      int otherwise)
{
	struct str text = read_text(r, column);
	if (!text.len)
		return otherwise;
	struct str list = S("");
	for (size_t i = 0; i < count; i++) {
		if (str_equal_fold(text, str_of(words[i])))
			return (int)i;
		list = str_format(r->arena, "%.*s%s'%s'", STR(list), i ? ", " : "", words[i]);
	}
	read_fault(r, column, "'%s' is no '%s'; it may be %.*s", shown(text).text, column.name,
		   STR(list));
	return otherwise;
}

struct str *read_list(struct reader *r, struct column column, size_t *count)
{
	struct str *words = NULL;
	struct str rest = read_text(r, column), word;
	*count = 0;
	while (str_next_word(&rest, &word)) {
		words = arena_push(r->arena, words, count, sizeof *words);
		words[*count - 1] = word;
	}
	return words;
}

struct str read_hs(struct reader *r, struct column column, size_t least, size_t most)
{
	struct str text = read_text(r, column);
	if (!text.len || shortened(r, column, text))
		return S("");
	char *digits = arena_text(r->arena, text.len);
	size_t count = 0;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.text[i];
		if (c >= '0' && c <= '9')
			digits[count++] = c;
		else if (c != '.' && c != ' ') {
			read_fault(r, column,
				   "'%s' is no HS code; write its digits, such as '9405.21'",
				   shown(text).text);
			return S("");
		}
	}
	if (count % 2)
		read_fault(
			r, column,
			"'%s' has %zu digits, and HS codes have an even number: a spreadsheet may "
			"have taken a leading zero; format the column as text and enter it again",
			shown(text).text, count);
	else if (count < least || count > most)
		read_fault(r, column, "'%s' has %zu digits; an HS code here has %zu to %zu",
			   shown(text).text, count, least, most);
	else
		return (struct str){ digits, count };
	return S("");
}
