/* SPDX-License-Identifier: MIT */
/*
 * Months with their counts in, a variance by share out. Months differ by chance too; what they
 * differ more than that is drift.
 */
#include "promise/drift.h"

#include <math.h>

enum {
	USUAL_MONTHS = 10 /* that the usual spread counts for beside those measured */
};

/* The usual spread: a standard deviation of 0.13 in the middle of the curve. */
static const double usual_factor = 0.065;

struct drift_month {
	double parcels;
	double squares;
	double came[DRIFT_OLD_ENOUGH + 1]; /* on that day */
};

int drift_month(int32_t date)
{
	int year, month, day;
	date_civil(date, &year, &month, &day);
	return year * 12 + month - 1;
}

void drift_init(struct drift *drift, struct arena *arena, int32_t oldest, int32_t today)
{
	*drift = (struct drift){ .arena = arena, .base = drift_month(oldest) };
	drift->month_count = drift_month(today) - drift->base + 1;
	drift->months = arena_array(arena, (size_t)drift->month_count, sizeof *drift->months);
}

void drift_add(struct drift *drift, int month, int day, bool came, double parcels)
{
	int at = month - drift->base;
	if (at < 0 || at >= drift->month_count)
		return;
	if (!drift->months[at])
		drift->months[at] = arena_new(drift->arena, sizeof **drift->months);
	struct drift_month *of = drift->months[at];
	of->parcels += parcels;
	of->squares += parcels < 1 ? parcels * parcels : parcels;
	if (came && day >= 0 && day <= DRIFT_OLD_ENOUGH)
		of->came[day] += parcels;
}

static int32_t last_of_month(int number)
{
	int32_t next = 0;
	date_of((number + 1) / 12, (number + 1) % 12 + 1, 1, &next);
	return next - 1;
}

/* A month that is complete, and how many equally weighted parcels it is worth. */
static double worth_of(const struct drift_month *month, int32_t last, int32_t today)
{
	if (!month || last + DRIFT_OLD_ENOUGH > today || month->parcels <= 0)
		return 0;
	double worth = month->parcels * month->parcels / month->squares;
	return worth >= DRIFT_MONTH_PARCELS ? worth : 0;
}

/* Sums over the complete months at one day. */
struct between {
	int months;
	double sum, squares, chance;
};

static double usual(double share)
{
	return usual_factor * share * (1 - share);
}

/* Variance between months less chance, leaning on the usual one while there are few months. */
static double spread_of(const struct between *between, double *mean)
{
	double months = between->months;
	*mean = months > 0 ? between->sum / months : 0;
	if (between->months < 2)
		return usual(*mean);
	double variance = (between->squares - months * *mean * *mean) / (months - 1);
	double excess = fmax(0, variance - between->chance / months);
	return (USUAL_MONTHS * usual(*mean) + (months - 1) * excess) /
	       (USUAL_MONTHS + months - 1);
}

/*
 * Between two known shares the spread is drawn straight, between the ends and 0 or 1 as usual. Where a
 * curve climbs in few days, little is known between them: never less than the usual one's part.
 */
static void spread_levels(struct drift *drift, const double *share, const double *spread, int days)
{
	double part = drift->measured >= 2 ? USUAL_MONTHS / (USUAL_MONTHS + drift->measured - 1.0) : 1;
	for (int level = 0; level < DRIFT_LEVELS; level++) {
		double p = level / 100.0;
		int n = 0;
		while (n < days && share[n] < p)
			n++;
		double variance = usual(p);
		if (n > 0 && n < days && share[n] > share[n - 1])
			variance = spread[n - 1] + (spread[n] - spread[n - 1]) *
							   (p - share[n - 1]) / (share[n] - share[n - 1]);
		else if (n == days && share[days - 1] > 0 && share[days - 1] < 1)
			variance = spread[days - 1] * usual(p) / usual(share[days - 1]);
		drift->variance[level] = fmax(variance, part * usual(p));
	}
}

void drift_settle(struct drift *drift, int32_t today)
{
	double share[DRIFT_OLD_ENOUGH + 1], spread[DRIFT_OLD_ENOUGH + 1];
	struct between between[DRIFT_OLD_ENOUGH + 1] = { { 0, 0, 0, 0 } };
	drift->measured = 0;
	for (int i = 0; i < drift->month_count; i++) {
		const struct drift_month *month = drift->months[i];
		double worth = worth_of(month, last_of_month(drift->base + i), today), came = 0;
		if (worth <= 0)
			continue;
		drift->measured++;
		for (int n = 0; n <= DRIFT_OLD_ENOUGH; n++) {
			came += month->came[n] / month->parcels;
			between[n].months++;
			between[n].sum += came;
			between[n].squares += came * came;
			between[n].chance += came * (1 - came) / worth;
		}
	}
	for (int n = 0; n <= DRIFT_OLD_ENOUGH; n++)
		spread[n] = spread_of(&between[n], &share[n]);
	spread_levels(drift, share, spread, DRIFT_OLD_ENOUGH + 1);
}

size_t drift_months(const struct drift *drift, int32_t today, int days, struct drift_share *months,
		    size_t room)
{
	size_t count = 0;
	int at = drift->month_count;
	for (int i = 0; i < drift->month_count; i++)
		count += worth_of(drift->months[i], last_of_month(drift->base + i), today) > 0;
	count = count < room ? count : room;
	for (size_t left = count; left > 0;) {
		const struct drift_month *of = drift->months[--at];
		int number = drift->base + at;
		if (worth_of(of, last_of_month(number), today) <= 0)
			continue;
		struct drift_share *month = &months[--left];
		*month = (struct drift_share){ .parcels = of->parcels };
		date_of(number / 12, number % 12 + 1, 1, &month->first);
		for (int n = 0; n <= days && n <= DRIFT_OLD_ENOUGH; n++)
			month->share += of->came[n] / of->parcels;
	}
	return count;
}

double drift_variance(const struct drift *drift, double share)
{
	double at = 100 * fmin(1, fmax(0, share));
	int level = (int)at;
	if (level >= DRIFT_LEVELS - 1)
		return drift->variance[DRIFT_LEVELS - 1];
	double rest = at - level;
	return drift->variance[level] + rest * (drift->variance[level + 1] - drift->variance[level]);
}
