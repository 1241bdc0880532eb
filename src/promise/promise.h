/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PROMISE_PROMISE_H
#define UPFRONT_PROMISE_PROMISE_H

/*
 * promise - what may honestly be said about the day of arrival.
 *
 * From counted parcels (ontime.csv) and single ones (shipments.csv), with lost, returned,
 * long-silent and open parcels in the reckoning, to one curve a lane: the share at the buyer's
 * door within n days of the order, and the share that may be published. FORMATS section 6 says
 * what the words mean.
 *
 *	struct promises *promises = promises_new(arena, shop, diag);
 *	const struct promise *promise = promise_get(promises, service, place, from, handling);
 *	if (promise->claim_days[CLAIM_90] >= 0)
 *		say(promise->claim_days[CLAIM_90]);
 *
 * Shares are estimates and therefore doubles; money never is. Equal inputs give equal bytes, with any
 * number of threads.
 */

#include "shop/catalog.h"

enum { PROMISE_DAYS = 91 }; /* day 0 to 90; nothing is claimed beyond */

/* What a claim leans on, the coarsest level that really carries it. */
enum pooled {
	POOLED_LANE, POOLED_COUNTRY, POOLED_ZONE, POOLED_SERVICE, POOLED_PUBLISHED, POOLED_NONE
};
const char *pooled_name(enum pooled pooled); /* "lane", "country", ... */

enum claim_level { CLAIM_50, CLAIM_80, CLAIM_90, CLAIM_95, CLAIM_LEVELS };

struct curve {
	double share[PROMISE_DAYS];   /* best estimate that the next parcel is there within n days */
	uint8_t claim[PROMISE_DAYS];  /* publishable, whole percent, rounded down, never above 99, monotone */
	int claim_days[CLAIM_LEVELS]; /* first day on which the level is claimed; -1: none */
};

struct promise {
	const struct service *service;
	struct place to;
	struct place from;
	const struct handling *handling; /* NULL: no profile; as measured, else handed over on the day of the order */
	struct curve transit;		 /* from hand-over */
	struct curve door;		 /* from order */
	int64_t parcels, lost, open;	 /* the lane's own, rounded to whole parcels */
	int32_t since, until;		 /* of the statistics; DATE_NONE when they name no period */
	enum pooled pooled;
	int64_t loss_ppm; /* measured share never delivered within 90 days, in millionths; -1: not known */
	struct str published; /* with POOLED_PUBLISHED: the carrier whose figure it is */
	/*
	 * The peak of seasons.csv that orders of the coming seven days fall into; NULL: none. The claims
	 * are then the worse of all weeks' and of the same weeks of earlier years; where those are
	 * not known (peak_known false), the drift counts double.
	 */
	const struct season *peak;
	bool peak_known;
	uint64_t hash;	      /* of everything above: has the promise changed? */
};

struct promises;

/*
 * Reads the statistics and prepares the curves of all lanes. Rows that cannot be (delivered
 * before shipped, in the future) are left out, counted and listed with their lines.
 */
struct promises *promises_new(struct arena *arena, const struct shop *shop, struct diag *diag);

/* Gives back what the promises took; the ones that were lent are gone. */
void promises_free(struct promises *promises);

/*
 * Lets a cut-off be read in its own time zone: `offset` gives minutes east of UTC on a date
 * (words/ knows it). To be called before the first promise_get; without it all zones are the shop's.
 */
void promises_set_zones(struct promises *promises, int (*offset)(struct str zone, int32_t date));

/*
 * The promise for one lane and handling profile; worked out on first use and kept. Safe from several
 * threads. Never NULL: a lane without any data has pooled == POOLED_NONE and no claims.
 */
const struct promise *promise_get(struct promises *promises, const struct service *service,
				  struct place to, struct place from,
				  const struct handling *handling);

/* Given that a parcel has not come by day `waited` from the order: share that comes by `days`; -1 when nothing is known. */
double promise_waiting(const struct promise *promise, int waited, int days);

/* The same as may be said to a buyer: whole percent, rounded down, at most 99; -1 when not known. */
int promise_waiting_percent(const struct promise *promise, int waited, int days);

/* Adds the reckoning for `explain`, one step a line: counts, parents and their weight, handling, closures, drift, bound. */
void promise_explain(struct promises *promises, const struct promise *promise, struct buf *out);

/* Hash of all statistics files: with the shop's hash it says whether any promise can have changed. */
uint64_t promises_hash(const struct promises *promises);

#endif
