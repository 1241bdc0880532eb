/* SPDX-License-Identifier: MIT */
/*
 * Text in, day numbers out, and back. Counting goes over eras of 400 years that start on a
 * first of March: leap days then stand at the end of a year, and an era has 146,097 days.
 */
#include "shop/date.h"

enum { ERA_DAYS = 146097, EPOCH = 719468 /* days from 0000-03-01 to 1970-01-01 */ };

bool date_of(int year, int month, int day, int32_t *date)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1)
		return false;
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	if (day > lengths[month - 1] + (month == 2 && leap))
		return false;
	int from_march = (month + 9) % 12;
	int counted_year = month <= 2 ? year - 1 : year;
	int era = counted_year / 400, year_of_era = counted_year % 400;
	int day_of_year = (153 * from_march + 2) / 5 + day - 1;
	*date = era * ERA_DAYS + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 +
		day_of_year - EPOCH;
	return true;
}

void date_civil(int32_t date, int *year, int *month, int *day)
{
	int64_t days = (int64_t)date + EPOCH;
	int64_t era = (days >= 0 ? days : days - (ERA_DAYS - 1)) / ERA_DAYS;
	int day_of_era = (int)(days - era * ERA_DAYS);
	int year_of_era =
		(day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int from_march = (5 * day_of_year + 2) / 153;
	*day = day_of_year - (153 * from_march + 2) / 5 + 1;
	*month = from_march < 10 ? from_march + 3 : from_march - 9;
	*year = (int)(era * 400) + year_of_era + (*month <= 2);
}

enum weekday date_weekday(int32_t date)
{
	int64_t since_monday = (int64_t)date + 3; /* 1970-01-01 was a Thursday */
	return (enum weekday)((since_monday % 7 + 7) % 7);
}

static bool digits(struct str s, size_t from, size_t len, int *number)
{
	int64_t value;
	if (!str_number(str_sub(s, from, len), &value))
		return false;
	*number = (int)value;
	return true;
}

bool date_parse(struct str s, int32_t *date)
{
	int year, month, day;
	return s.len == 10 && s.text[4] == '-' && s.text[7] == '-' && digits(s, 0, 4, &year) &&
	       digits(s, 5, 2, &month) && digits(s, 8, 2, &day) && date_of(year, month, day, date);
}

bool date_numbers(struct str s, char sign, int numbers[3])
{
	int at = 0, digits = 0, number = 0;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.text[i];
		if (c >= '0' && c <= '9') {
			number = number * 10 + (c - '0');
			digits++;
		} else if (c == sign && digits && at < 2) {
			numbers[at++] = number;
			number = digits = 0;
		} else {
			return false;
		}
		if (number > 9999)
			return false;
	}
	numbers[2] = number;
	return at == 2 && digits;
}

void date_add(struct buf *buf, int32_t date)
{
	int year, month, day;
	date_civil(date, &year, &month, &day);
	buf_addf(buf, "%04d-%02d-%02d", year, month, day);
}

bool validity_holds(struct validity validity, int32_t date)
{
	return (validity.from == DATE_NONE || validity.from <= date) &&
	       (validity.to == DATE_NONE || date <= validity.to);
}

bool validity_overlap(struct validity a, struct validity b)
{
	return (a.from == DATE_NONE || b.to == DATE_NONE || a.from <= b.to) &&
	       (b.from == DATE_NONE || a.to == DATE_NONE || b.from <= a.to);
}
