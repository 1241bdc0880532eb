/* SPDX-License-Identifier: MIT */
/*
 * Weekdays and closures in, dates out. The open days stand in a list, and every day knows how
 * many of them lie before it: counting days becomes looking up.
 */
#include "promise/workdays.h"

static bool closure_holds(const struct closure *closure, enum closure_kind kind, struct place place)
{
	return closure->kind == kind && (place_within(place, closure->country) ||
					 str_is(place_str(&closure->country), "*"));
}

/* Marks the days of the stretch that a closure takes. */
static void mark_closures(bool *closed, const struct shop *shop, enum closure_kind kind,
			  struct place place, int32_t first, int32_t last)
{
	for (size_t i = 0; i < shop->closure_count; i++) {
		const struct closure *closure = &shop->closures[i];
		if (!closure_holds(closure, kind, place))
			continue;
		int32_t from = closure->days.from, to = closure->days.to;
		if (from == DATE_NONE || from < first)
			from = first;
		if (to == DATE_NONE || to > last)
			to = last;
		for (int32_t day = from; day <= to; day++)
			closed[day - first] = true;
	}
}

bool workdays_closed_between(const struct shop *shop, enum closure_kind kind, struct place place,
			     int32_t first, int32_t last)
{
	struct validity stretch = { first, last };
	for (size_t i = 0; i < shop->closure_count; i++)
		if (closure_holds(&shop->closures[i], kind, place) &&
		    validity_overlap(shop->closures[i].days, stretch))
			return true;
	return false;
}

struct workdays *workdays_new(struct arena *arena, const struct shop *shop, enum closure_kind kind,
			      struct place place, uint8_t weekdays, int32_t first, int32_t last)
{
	struct workdays *days = arena_new(arena, sizeof *days);
	size_t count = (size_t)(last - first) + 1;
	bool *closed = arena_array(arena, count, sizeof *closed);
	mark_closures(closed, shop, kind, place, first, last);
	days->first = first;
	days->last = last;
	days->open = arena_array(arena, count, sizeof *days->open);
	days->before = arena_array(arena, count + 1, sizeof *days->before);
	for (size_t i = 0; i < count; i++) {
		int32_t day = first + (int32_t)i;
		days->before[i] = days->open_count;
		if (weekdays >> date_weekday(day) & 1 && !closed[i])
			days->open[days->open_count++] = day;
	}
	days->before[count] = days->open_count;
	return days;
}

/* How many open days of the stretch lie before the date. */
static int32_t open_before(const struct workdays *days, int32_t date)
{
	if (date <= days->first)
		return 0;
	return date > days->last ? days->open_count : days->before[date - days->first];
}

bool workdays_open(const struct workdays *days, int32_t date)
{
	if (date < days->first || date > days->last)
		return true;
	return open_before(days, date + 1) > open_before(days, date);
}

int32_t workdays_after(const struct workdays *days, int32_t date, int count)
{
	int32_t index = open_before(days, date) + count;
	return index < days->open_count ? days->open[index] : DATE_NONE;
}

int workdays_between(const struct workdays *days, int32_t from, int32_t to)
{
	int32_t count = open_before(days, to) - open_before(days, from);
	return count > 0 ? count : 0;
}

int workdays_worst_case(int business_days)
{
	return business_days + 2 * ((business_days + 4) / 5);
}
