/* SPDX-License-Identifier: MIT */
/*
 * Cells that say when or where: dates, months, times, weekdays, zones, places. Dates are read
 * in the form that the sheet settled for their column.
 */
#include "shop/read.h"

/* Spreadsheets count days from 1899-12-30; these serial numbers stand for 1954 to 2119. */
enum { SERIAL_EPOCH = 25569, SERIAL_LEAST = 20000, SERIAL_MOST = 80000 };

/* Reports a day that a spreadsheet wrote as a bare number; a part of a day may stand behind. */
static bool serial(struct reader *r, struct column column, struct str text)
{
	int64_t number;
	if (!str_number(str_sub(text, 0, str_index(text, '.')), &number) || number < SERIAL_LEAST ||
	    number > SERIAL_MOST)
		return false;
	int year, month, day;
	date_civil((int32_t)number - SERIAL_EPOCH, &year, &month, &day);
	read_fault(r, column,
		   "'%s' is how a spreadsheet counts %04d-%02d-%02d; format the column as text, or "
		   "as a date of the form YYYY-MM-DD",
		   shown(text).text, year, month, day);
	return true;
}

static enum date_form form_of(const struct sheet *sheet, struct column column)
{
	for (size_t i = 0; i < sheet->date_count; i++)
		if (sheet->dates[i].column.index == column.index)
			return sheet->dates[i].form;
	return DATE_UNSETTLED;
}

int32_t read_date(struct reader *r, struct column column)
{
	struct str text = read_text(r, column);
	int32_t date;
	int part[3];
	if (!text.len || date_parse(text, &date))
		return text.len ? date : DATE_NONE;
	if (date_numbers(text, '.', part) && date_of(part[2], part[1], part[0], &date))
		return date;
	if (date_numbers(text, '/', part)) {
		enum date_form form = form_of(r->sheet, column);
		if (form == DATE_UNSETTLED) { /* the column was reported as a whole */
			r->bad = true;
			return DATE_NONE;
		}
		int day = form == DATE_DAY_FIRST ? part[0] : part[1];
		int month = form == DATE_DAY_FIRST ? part[1] : part[0];
		if (date_of(part[2], month, day, &date))
			return date;
	}
	if (!serial(r, column, text))
		read_fault(r, column, "'%s' is no date; write it as YYYY-MM-DD", shown(text).text);
	return DATE_NONE;
}

int32_t read_month(struct reader *r, struct column column)
{
	struct str text = read_text(r, column);
	int64_t year, month;
	int32_t date;
	if (!text.len)
		return DATE_NONE;
	if (text.len == 7 && text.text[4] == '-' && str_number(str_sub(text, 0, 4), &year) &&
	    str_number(str_sub(text, 5, 2), &month) && date_of((int)year, (int)month, 1, &date))
		return date;
	if (!serial(r, column, text))
		read_fault(r, column,
			   "'%s' is no month; write it as YYYY-MM, in a column formatted as text",
			   shown(text).text);
	return DATE_NONE;
}

int read_time(struct reader *r, struct column column, int otherwise)
{
	struct str text = read_text(r, column);
	int64_t hours, minutes;
	if (!text.len)
		return otherwise;
	size_t colon = str_index(text, ':');
	if (str_number(str_sub(text, 0, colon), &hours) && colon <= 2 && text.len == colon + 3 &&
	    str_number(str_sub(text, colon + 1, 2), &minutes) && hours < 24 && minutes < 60)
		return (int)(hours * 60 + minutes);
	read_fault(r, column, "'%s' is no time of day; write it as '15:00'", shown(text).text);
	return otherwise;
}

/* MONDAY to SUNDAY from "Mon" or "monday"; -1 when it is none. */
static int weekday(struct str word)
{
	static const char *const names[] = { "monday", "tuesday",  "wednesday", "thursday",
					     "friday", "saturday", "sunday" };
	for (int i = 0; i < 7; i++) {
		struct str name = str_of(names[i]);
		if (str_equal_fold(word, name) || str_equal_fold(word, str_sub(name, 0, 3)))
			return i;
	}
	return -1;
}

/* Adds "Fri", or each day of "Fri-Mon"; false when it is neither. */
static bool add_weekdays(struct str word, uint8_t *days)
{
	size_t dash = str_index(word, '-'), width = 1;
	for (size_t i = 0; dash == word.len && i + 3 <= word.len; i++)
		if (str_starts(str_sub(word, i, 3), "\xE2\x80\x93")) {
			dash = i;
			width = 3;
		}
	int first = weekday(str_sub(word, 0, dash));
	int last = dash == word.len ? first : weekday(str_sub(word, dash + width, word.len));
	if (first < 0 || last < 0)
		return false;
	for (int day = first;; day = (day + 1) % 7) {
		*days = (uint8_t)(*days | 1u << day);
		if (day == last)
			return true;
	}
}

uint8_t read_weekdays(struct reader *r, struct column column, uint8_t otherwise)
{
	struct str rest = read_text(r, column), word;
	uint8_t days = 0;
	while (str_next_word(&rest, &word))
		if (!add_weekdays(word, &days)) {
			read_fault(r, column,
				   "'%s' is no weekday; write them as 'Mon Tue Wed' or 'Mon-Fri'",
				   shown(word).text);
			return otherwise;
		}
	return days ? days : otherwise;
}

static bool looks_like_timezone(struct str s)
{
	if (str_is(s, "UTC") || str_is(s, "GMT"))
		return true;
	size_t slash = str_index(s, '/');
	if (slash == 0 || slash + 1 >= s.len)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.text[i];
		bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
		if (!letter && (i == 0 || !((c >= '0' && c <= '9') || c == '/' || c == '_' ||
					    c == '-' || c == '+')))
			return false;
	}
	return true;
}

struct str read_timezone(struct reader *r, struct column column, struct str otherwise)
{
	struct str text = read_text(r, column);
	if (!text.len)
		return otherwise;
	if (looks_like_timezone(text))
		return text;
	read_fault(r, column,
		   "'%s' is no time zone; write its region and city, such as 'Asia/Shanghai'",
		   shown(text).text);
	return otherwise;
}

static void no_place(struct reader *r, struct column column, struct str word)
{
	size_t count;
	if (place_group(word, &count) || str_is(word, "*"))
		read_fault(r, column, "'%s' stands for many countries; name one country here",
			   shown(word).text);
	else
		read_fault(r, column,
			   "'%s' is no country; write its two letters of ISO 3166, such as 'DE', "
			   "or a region such as 'US-HI'",
			   shown(word).text);
}

struct place read_place(struct reader *r, struct column column, struct place otherwise)
{
	struct place place;
	struct str text = read_text(r, column);
	if (!text.len)
		return otherwise;
	if (place_parse(text, &place) && place.code[0] != '*')
		return place;
	no_place(r, column, text);
	return otherwise;
}

/* More than any cell has a reason to name. */
enum { PLACES_MAX = 1000 };

/* A growing list of places, each once. */
struct place_list {
	struct place *places;
	size_t count;
};

static void add_place(struct reader *r, struct place_list *list, struct place place)
{
	for (size_t i = 0; i < list->count; i++)
		if (place_equal(list->places[i], place))
			return;
	list->places = arena_push(r->arena, list->places, &list->count, sizeof *list->places);
	list->places[list->count - 1] = place;
}

struct place *read_places(struct reader *r, struct column column, size_t *count)
{
	struct str rest = read_text(r, column), word;
	struct place_list list = { 0 };
	while (str_next_word(&rest, &word)) {
		if (list.count > PLACES_MAX) {
			read_fault(r, column, "more than %d places in one cell; use a group or '*'",
				   PLACES_MAX);
			break;
		}
		size_t members = 0;
		const struct place *group = place_group(word, &members);
		struct place place;
		for (size_t i = 0; i < members; i++)
			add_place(r, &list, group[i]);
		if (group)
			continue;
		if (place_parse(word, &place))
			add_place(r, &list, place);
		else
			no_place(r, column, word);
	}
	*count = list.count;
	return list.places;
}
