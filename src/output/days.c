/* SPDX-License-Identifier: MIT */
/* Plain numbers of days between the first worth showing and the last that changes anything. */
#include "output/days.h"

static const int plain[] = { 2, 3, 4, 5, 7, 10, 14, 18, 21, 25, 30, 40, 50, 60, 75, 90 };

enum { PLAIN = sizeof plain / sizeof *plain };

static int best_claim(const struct offer *const *offers, size_t count, int day)
{
	int best = 0;
	for (size_t i = 0; i < count; i++)
		if (offers[i]->promise->door.claim[day] > best)
			best = offers[i]->promise->door.claim[day];
	return best;
}

/* Does any method still get better after this day? */
static bool still_rises(const struct offer *const *offers, size_t count, int day)
{
	for (size_t i = 0; i < count; i++) {
		const struct curve *door = &offers[i]->promise->door;
		if (door->claim[day] + 2 <= door->claim[PROMISE_DAYS - 1])
			return true;
	}
	return false;
}

void days_choose(struct days *days, const struct offer *const *offers, size_t count)
{
	int first = 0, last;
	days->count = 0;
	while (first < PLAIN && best_claim(offers, count, plain[first]) < 10)
		first++;
	if (first == PLAIN)
		return;
	for (last = first; last < PLAIN - 1 && still_rises(offers, count, plain[last]);)
		last++;
	int steps = last - first + 1;
	int shown = steps < DAYS_MAX_COLUMNS ? steps : DAYS_MAX_COLUMNS;
	for (int i = 0; i < shown; i++)
		days->day[days->count++] =
			plain[first + (shown > 1 ? i * (steps - 1) / (shown - 1) : 0)];
}
