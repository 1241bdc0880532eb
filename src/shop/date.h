/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_SHOP_DATE_H
#define UPFRONT_SHOP_DATE_H

/*
 * date - civil days, counted.
 *
 * A date is the number of days since 1970-01-01 in the Gregorian calendar, so that adding and
 * comparing are plain arithmetic. No time of day, no zone: those come in with the clock, in cli/.
 *
 *	int32_t day;
 *	if (date_parse(cell.text, &day))
 *		promise_from = day + 3;
 *
 * Formulas: the days-from-civil algorithm over 400-year eras.
 */

#include "base/buf.h"

/* No date: an open end of a validity. */
#define DATE_NONE INT32_MIN

/* Monday is 0. */
enum weekday { MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY };

/* Day number of a civil date; false when there is no such date (years 1900 to 2199). */
bool date_of(int year, int month, int day, int32_t *date);

void date_civil(int32_t date, int *year, int *month, int *day);

enum weekday date_weekday(int32_t date);

/* Reads exactly YYYY-MM-DD. */
bool date_parse(struct str s, int32_t *date);

/* Reads three numbers of at most 9999 with the same sign between them, as in 31.12.2026. */
bool date_numbers(struct str s, char sign, int numbers[3]);

/* Adds YYYY-MM-DD. */
void date_add(struct buf *buf, int32_t date);

/* Two dates, both inclusive; DATE_NONE is open. */
struct validity {
	int32_t from;
	int32_t to;
};

bool validity_holds(struct validity validity, int32_t date);
bool validity_overlap(struct validity a, struct validity b);

#endif
