/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PROMISE_SURVEY_H
#define UPFRONT_PROMISE_SURVEY_H

/*
 * survey - what a seller wants to see of the statistics behind the promises.
 *
 * A promise says what may be said of one lane. The report asks about what all of them rest on: how
 * a service's months differ, and how many working days really pass before the carrier has a parcel.
 *
 *	struct survey_service drift;
 *	if (survey_service(promises, service, &drift))
 *		draw(drift.months, drift.month_count);
 *
 * Reads what promises_new counted; nothing is counted anew. Safe from several threads.
 */

#include "promise/drift.h"
#include "promise/promise.h"

enum { SURVEY_MONTHS = 24, SURVEY_PERCENT = 80 };

/* All parcels of a service, and how its months differ. */
struct survey_service {
	int64_t parcels, lost, open; /* rounded to whole ones */
	int32_t since, until;	     /* DATE_NONE when the statistics name no period */
	int day; /* from the hand-over, by which SURVEY_PERCENT of all its parcels came; -1: none */
	double deviation; /* standard deviation between months there, of one; goes into every claim */
	int measured;	  /* complete months that it rests on; with few it leans on the usual one */
	struct drift_share months[SURVEY_MONTHS]; /* oldest first, the newest SURVEY_MONTHS */
	size_t month_count;
};

/* False when the service has no parcels. Without a day there is no drift to tell: no months. */
bool survey_service(const struct promises *promises, const struct service *service,
		    struct survey_service *survey);

/* Working days from the order to the hand-over. */
struct survey_handling {
	double orders;	 /* that were counted, weighted by age */
	int half, most;	 /* days within which half and nine in ten were handed over */
	double in_time;	 /* share within the profile's slowest day; as much as there is without a profile */
};

/* False when nothing was counted for the profile. */
bool survey_handling(struct promises *promises, const struct handling *handling,
		     struct survey_handling *survey);

#endif
