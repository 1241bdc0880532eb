/* SPDX-License-Identifier: MIT */
/*
 * The cells of number columns in, the file's decimal sign out. `64.00` and `1.234,5` admit one
 * reading only and settle it for the file; `1,234` admits two and settles nothing.
 */
#include <string.h>

#include "table/inside.h"

/* What a number tells about the decimal sign. */
enum reading { TELLS_NOTHING, POINT, COMMA, EITHER };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static enum reading as_sign(char sign)
{
	return sign == '.' ? POINT : COMMA;
}

/*
 * Are the digits grouped by `sign` as thousands are? One to three digits first, three last,
 * two (as in India) or three between.
 */
static bool is_grouped(struct str number, char sign)
{
	size_t first = str_index(number, sign);
	if (first == number.len || first == 0 || first > 3)
		return false;
	for (size_t at = first; at < number.len;) {
		struct str rest = str_sub(number, at + 1, number.len);
		size_t group = str_index(rest, sign);
		bool last = group == rest.len;
		if (group != 3 && (last || group != 2))
			return false;
		at += 1 + group;
	}
	return true;
}

/* `number` is digits with single points and commas between them. */
static enum reading read_number(struct str number)
{
	size_t points = 0, commas = 0, last = 0;
	for (size_t i = 0; i < number.len; i++) {
		points += number.text[i] == '.';
		commas += number.text[i] == ',';
		if (!is_digit(number.text[i]))
			last = i;
	}
	if (!points && !commas)
		return TELLS_NOTHING;
	char sign = number.text[last], other = sign == '.' ? ',' : '.';
	size_t count = sign == '.' ? points : commas;
	if (points && commas)
		return count == 1 && is_grouped(str_sub(number, 0, last), other) ? as_sign(sign)
										 : TELLS_NOTHING;
	if (count > 1)
		return is_grouped(number, sign) ? as_sign(other) : TELLS_NOTHING;
	/* one sign: thousands only if three digits follow, and no more than three, no zero, lead */
	bool thousands = is_grouped(number, sign) && number.text[0] != '0';
	return thousands ? EITHER : as_sign(sign);
}

/* The first number in the cell that tells something, or whether one could be read either way. */
static enum reading read_cell(struct str text)
{
	enum reading found = TELLS_NOTHING;
	for (size_t at = 0; at < text.len;) {
		size_t end = at;
		while (end < text.len &&
		       (is_digit(text.text[end]) ||
			(end > at && (text.text[end] == '.' || text.text[end] == ',') &&
			 end + 1 < text.len && is_digit(text.text[end + 1]))))
			end++;
		if (end == at) {
			at++;
			continue;
		}
		enum reading reading = read_number(str_sub(text, at, end - at));
		if (reading == POINT || reading == COMMA)
			return reading;
		if (reading == EITHER)
			found = EITHER;
		at = end;
	}
	return found;
}

/* What shop.csv declares, or 0. */
static char declared(const struct table *table)
{
	const struct setting *setting = setting_for(&table->options, "decimal", table->source.name);
	if (!setting)
		return 0;
	if (str_is(setting->value, ",") || str_equal_fold(setting->value, S("comma")))
		return ',';
	if (!str_is(setting->value, ".") && !str_equal_fold(setting->value, S("point")))
		diag_error(table->diag, setting->pos,
			   "there is no decimal sign '%.*s'; write point or comma",
			   STR(setting->value));
	return '.';
}

/* Looks from the top for the cell that settles it, else for the first that leaves it open. */
static enum reading look(struct table *table, const int *columns, size_t count,
			 struct arena *scratch, struct cell *cell)
{
	enum reading found = TELLS_NOTHING;
	struct diag *unheard = diag_new(""); /* table_next will tell the same */
	struct cursor *cursor = cursor_open(table, unheard);
	struct arena rows;
	struct row row;
	arena_init(&rows);
	while (cursor && (found == TELLS_NOTHING || found == EITHER) &&
	       cursor_next(cursor, &rows, &row)) {
		for (size_t i = 0; i < count && found != POINT && found != COMMA; i++) {
			const struct cell *here = row_cell(&row, columns[i]);
			enum reading reading = read_cell(here->text);
			if (reading == TELLS_NOTHING || (reading == EITHER && found == EITHER))
				continue;
			found = reading;
			*cell = (struct cell){ str_copy(scratch, here->text), here->pos };
		}
		arena_reset(&rows);
	}
	arena_release(&rows);
	cursor_close(cursor);
	diag_free(unheard);
	return found;
}

char table_decimal(struct table *table, const int *columns, size_t count)
{
	char sign = declared(table);
	if (sign || !table->readable)
		return sign ? sign : '.';
	struct arena scratch;
	struct cell cell = { S(""), table->header_pos };
	arena_init(&scratch);
	enum reading found = look(table, columns, count, &scratch, &cell);
	if (found == COMMA)
		diag_note(table->diag, cell.pos,
			  "numbers are read with a decimal comma, as in '%.*s'",
			  STR(source_quote(cell.text)));
	if (found == EITHER)
		diag_error(table->diag, cell.pos,
			   "'%.*s' can be read in two ways and no number of the file settles it; "
			   "set 'decimal.%s' in shop.csv to point or comma",
			   STR(source_quote(cell.text)), source_short_name(table->source.name));
	arena_release(&scratch);
	return found == COMMA ? ',' : '.';
}
