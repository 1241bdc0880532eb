/* SPDX-License-Identifier: MIT */
/* In: the counts behind the promises. Out: the few figures of them that a report shows. */
#include "promise/survey.h"

#include <math.h>

#include "promise/inside.h"

static const struct lane *lane_of_service(const struct promises *promises,
					  const struct service *service)
{
	for (const struct lane *lane = lanes_first(promises->statistics->lanes); lane;
	     lane = lane->next)
		if (lane->group.level == LEVEL_SERVICE && lane->group.service == service)
			return lane;
	return NULL;
}

static int64_t whole(int64_t ppm)
{
	return (ppm + 500000) / 1000000;
}

bool survey_service(const struct promises *promises, const struct service *service,
		    struct survey_service *survey)
{
	const struct lane *lane = lane_of_service(promises, service);
	const struct drift *drift = &promises->statistics->drifts[service->index];
	if (!lane || lane->sum->tally.weight <= 0)
		return false;
	*survey = (struct survey_service){ .parcels = whole(lane->sum->tally.parcels_ppm),
					   .lost = whole(lane->sum->tally.lost_ppm),
					   .open = whole(lane->sum->tally.open_ppm),
					   .since = lane->sum->tally.since,
					   .until = lane->sum->tally.until,
					   .measured = drift->measured };
	while (survey->day < DRIFT_OLD_ENOUGH &&
	       lane->sum->estimate.share[survey->day] < SURVEY_PERCENT / 100.0)
		survey->day++;
	if (lane->sum->estimate.share[survey->day] < SURVEY_PERCENT / 100.0) {
		survey->day = -1;
		return true;
	}
	survey->deviation = sqrt(drift_variance(drift, lane->sum->estimate.share[survey->day]));
	survey->month_count = drift_months(drift, promises->shop->date, survey->day, survey->months,
					   SURVEY_MONTHS);
	return true;
}

/* Days within which the share was handed over. */
static int days_to(const struct handover *handover, double share)
{
	double sum = 0;
	int day = 0;
	for (; day < handover->last; day++) {
		sum += handover->mass[day];
		if (sum >= share)
			return day;
	}
	return day;
}

bool survey_handling(struct promises *promises, const struct handling *handling,
		     struct survey_handling *survey)
{
	struct handover handover;
	int slowest = handling ? handling->days_max : LAST_DAY;
	pthread_mutex_lock(&promises->lock);
	handovers_find(promises->statistics->handovers, NULL, promises->shop->settings.country,
		       handling, &handover);
	pthread_mutex_unlock(&promises->lock);
	if (!handover.measured || handover.effective <= 0)
		return false;
	*survey = (struct survey_handling){ .orders = handover.effective,
					    .half = days_to(&handover, 0.5),
					    .most = days_to(&handover, 0.9) };
	for (int day = 0; day <= slowest && day <= handover.last; day++)
		survey->in_time += handover.mass[day];
	return true;
}
