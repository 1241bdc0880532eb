/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PROMISE_LANES_H
#define UPFRONT_PROMISE_LANES_H

/*
 * lanes - the tree that curves lean on: service, zone, country, lane.
 *
 * Counts of a route are added to its lane and to everything above it. Each group's curve is
 * the update of the next coarser group that holds more than the same parcels; the root leans on
 * the steps that the carrier publishes, or on one parcel that never came. Where a lane has no
 * parcels of its own, it leans on the finest group above that has some. In the end all curves of a
 * service are run at the pace of its recent parcels. Groups that hold the same parcels and lean on the same
 * ones, such as a country to which only one lane leads, have one sum and one curve between them.
 *
 *	lanes = lanes_new(arena, shop);
 *	lanes_add(lanes, &route, &tally, rows, NULL);
 *	lanes_estimate(lanes);
 *	const struct lane *lane = lanes_find(lanes, service, from, to, &own);
 *
 * Filled by one thread; lanes_find only reads. Sums are made in the order of adding, so equal
 * input gives equal bits.
 */

#include "promise/estimate.h"
#include "promise/log.h"
#include "promise/pace.h"

/* Coarse to fine. */
enum lane_level { LEVEL_SERVICE, LEVEL_ZONE, LEVEL_COUNTRY, LEVEL_LANE };

/* Which parcels belong together. */
struct group {
	enum lane_level level;
	const struct service *service;
	const struct zone *zone; /* of LEVEL_ZONE */
	struct place from;	 /* code "": any */
	struct place to;	 /* code "": any */
};

/* The parcels of a group, and the curve that they give. */
struct lane_sum {
	size_t groups; /* that hold these parcels and no others */
	int64_t rows;  /* how many counts were added: as many as the one above means the same parcels */
	struct tally tally;
	struct estimate estimate;
	const struct lane_sum *leaned_on; /* by the curve; NULL: on the root */
	bool estimated, paced;
};

struct lane {
	struct group group;
	size_t index; /* from 0, in the order of making */
	struct lane *above;    /* coarser; NULL for a service */
	struct lane *leans_on; /* the next above with other parcels too; NULL: on the root */
	struct lane *next;     /* in the order of making: coarser ones first */
	struct lane_sum *sum; /* shared while the parcels are the same */
	struct recent *recent; /* parcels of which this is the finest group; NULL: none */
};

struct lanes;

struct lanes *lanes_new(struct arena *arena, const struct shop *shop);

/* Adds the counts of a route; `rows` says how many there are; `recent` may be NULL. */
void lanes_add(struct lanes *lanes, const struct route *route, const struct tally *tally,
	       int64_t rows, const struct recent *recent);

/* Works out all curves, coarse to fine, once everything was added. */
void lanes_estimate(struct lanes *lanes);

/* The recent parcels of a service, once all curves were worked out. */
const struct pace *lanes_pace(const struct lanes *lanes, const struct service *service);

/* All groups, coarser ones before finer ones of the same service. */
struct lane *lanes_first(const struct lanes *lanes);
size_t lanes_count(const struct lanes *lanes);

/*
 * The finest group with parcels that holds the way: `own` says whether it is this lane itself,
 * so that lane->sum->estimate is its curve; else lane_unseen gives it. NULL when the service has none.
 */
const struct lane *lanes_find(const struct lanes *lanes, const struct service *service,
			      struct place from, struct place to, bool *own);

/* The curve of a lane without parcels of its own that leans on this group. */
void lane_unseen(const struct lane *lane, struct estimate *estimate);

/* The day from which the carrier publishes a share of the service, in calendar days; -1: it does not. */
int lanes_published_day(const struct service *service);

#endif
