/* SPDX-License-Identifier: MIT */
/*
 * Routes with counts in, a tree of curves out. The one idea is the path: a way from one place
 * to another names, coarse to fine, the groups that hold it; adding walks it downwards, finding
 * walks it upwards.
 */
#include "promise/lanes.h"

#include <string.h>

#include "base/map.h"
#include "promise/workdays.h"

enum { PATH_MOST = 7, ROOT_PUBLISHED_BELOW = 50 /* parcels of a service */ };

struct lanes {
	struct arena *arena;
	const struct shop *shop;
	struct map groups; /* to struct lane */
	struct lane *first, *last;
	size_t count;
	struct pace *paces; /* by service */
};

/* One group of a path before it is made; `above` is its index in the path, -1 for the service. */
struct step {
	struct group group;
	int above;
};

struct path {
	struct step steps[PATH_MOST];
	int count;
};

/* What a group is kept under; bytes behind the codes are zero. */
struct key {
	uint32_t service, level, zone;
	char from[8], to[8];
};

static struct key key_of(const struct group *group)
{
	const struct service *service = group->service;
	struct key key = { (uint32_t)service->index, (uint32_t)group->level,
			   group->zone ? (uint32_t)(group->zone - service->zones) : 0, "", "" };
	for (int i = 0; i < 8 && group->from.code[i]; i++)
		key.from[i] = group->from.code[i];
	for (int i = 0; i < 8 && group->to.code[i]; i++)
		key.to[i] = group->to.code[i];
	return key;
}

static struct str key_text(const struct key *key)
{
	return (struct str){ (const char *)key, sizeof *key };
}

static void add_step(struct path *path, const struct group *group, int above)
{
	path->steps[path->count++] = (struct step){ *group, above };
}

/*
 * The groups that hold the way, coarse to fine. A region that its service sends by another zone
 * than the country is its own country: the parcels of the one say little about the other.
 */
static void path_of(struct path *path, const struct route *route)
{
	const struct service *service = route->service;
	struct group group = { .level = LEVEL_SERVICE, .service = service };
	path->count = 0;
	add_step(path, &group, -1);
	struct place country = place_country(route->to), anchor = country;
	const struct zone *zone = route->zone;
	if (!zone && str_is(place_str(&route->to), "*"))
		return;
	if (!zone) {
		const struct zone *of_region = service_zone(service, route->to);
		zone = service_zone(service, country);
		if (zone != of_region)
			anchor = route->to;
		zone = of_region;
	}
	group.level = LEVEL_ZONE;
	group.zone = zone;
	if (zone)
		add_step(path, &group, 0);
	group.zone = NULL;
	if (route->zone)
		return;
	group.level = LEVEL_COUNTRY;
	group.to = anchor;
	add_step(path, &group, path->count - 1);
	if (!route->from.code[0])
		return;
	bool from_region = !place_equal(place_country(route->from), route->from);
	group.level = LEVEL_LANE;
	int above = path->count - 1;
	for (int region = 0; region < 2; region++) {
		if (region && place_equal(route->to, anchor))
			return;
		group.to = region ? route->to : anchor;
		group.from = place_country(route->from);
		add_step(path, &group, above);
		above = path->count - 1;
		group.from = route->from;
		if (from_region)
			add_step(path, &group, above);
	}
}

struct lanes *lanes_new(struct arena *arena, const struct shop *shop)
{
	struct lanes *lanes = arena_new(arena, sizeof *lanes);
	lanes->arena = arena;
	lanes->shop = shop;
	lanes->groups.arena = arena;
	lanes->paces = arena_array(arena, shop->service_count + 1, sizeof *lanes->paces);
	return lanes;
}

static struct lane *find(const struct lanes *lanes, const struct group *group)
{
	struct key key = key_of(group);
	return map_find(&lanes->groups, key_text(&key));
}

static struct lane *make(struct lanes *lanes, const struct group *group)
{
	struct key key = key_of(group);
	struct lane *lane = arena_new(lanes->arena, sizeof *lane);
	lane->group = *group;
	lane->index = lanes->count++;
	*map_put(&lanes->groups, str_copy(lanes->arena, key_text(&key))) = lane;
	if (lanes->last)
		lanes->last->next = lane;
	else
		lanes->first = lane;
	lanes->last = lane;
	return lane;
}

static struct lane_sum *sum_new(struct lanes *lanes, const struct lane_sum *like)
{
	struct lane_sum *sum = arena_new(lanes->arena, sizeof *sum);
	if (like)
		*sum = *like;
	else
		tally_init(&sum->tally);
	return sum;
}

/*
 * Before counts are added to the groups of a path: those of them that shared a sum with groups outside
 * of it get one of their own, and new ones a new one.
 */
static void part_sums(struct lanes *lanes, struct lane *const *path, int count)
{
	for (int i = 0; i < count; i++) {
		struct lane_sum *old = path[i]->sum, *new;
		size_t here = 0;
		for (int j = 0; j < count; j++)
			here += path[j]->sum == old;
		if (old && here == old->groups)
			continue;
		new = sum_new(lanes, old);
		new->groups = here;
		for (int j = 0; j < count; j++)
			path[j]->sum = path[j]->sum == old ? new : path[j]->sum;
		if (old)
			old->groups -= here;
	}
}

void lanes_add(struct lanes *lanes, const struct route *route, const struct tally *tally,
	       int64_t rows, const struct recent *recent)
{
	struct path path;
	struct lane *made[PATH_MOST];
	struct lane_sum *added[PATH_MOST];
	path_of(&path, route);
	for (int i = 0; i < path.count; i++) {
		const struct step *step = &path.steps[i];
		made[i] = find(lanes, &step->group);
		if (!made[i]) {
			made[i] = make(lanes, &step->group);
			made[i]->above = step->above < 0 ? NULL : made[step->above];
		}
	}
	part_sums(lanes, made, path.count);
	for (int i = 0; i < path.count; i++) {
		struct lane_sum *sum = added[i] = made[i]->sum;
		int before = 0;
		while (added[before] != sum)
			before++;
		if (before < i)
			continue;
		tally_sum(&sum->tally, tally);
		sum->rows += rows;
	}
	struct lane *finest = made[path.count - 1];
	if (recent && !finest->recent)
		finest->recent = arena_new(lanes->arena, sizeof *finest->recent);
	if (recent)
		recent_sum(finest->recent, recent);
}

int lanes_published_day(const struct service *service)
{
	if (service->days_max < 0 || service->on_time_percent <= 0)
		return -1;
	return service->day_unit == DAYS_BUSINESS ? workdays_worst_case(service->days_max)
						  : service->days_max;
}

/* Few parcels lean on what the carrier publishes; many speak for themselves. */
static double root_of(struct estimate *root, const struct lane *lane)
{
	int day = lanes_published_day(lane->group.service);
	if (day < 0 || tally_effective(&lane->sum->tally) >= ROOT_PUBLISHED_BELOW) {
		estimate_never(root);
		return 1;
	}
	estimate_step(root, day, lane->group.service->on_time_percent / 100.0);
	return PUBLISHED_STRENGTH;
}

const struct pace *lanes_pace(const struct lanes *lanes, const struct service *service)
{
	return &lanes->paces[service->index];
}

/* Runs the curves as quickly as recent parcels say, once these were held against all of them. */
static void take_pace(struct lanes *lanes)
{
	for (const struct lane *lane = lanes->first; lane; lane = lane->next)
		if (lane->recent)
			pace_count(&lanes->paces[lane->group.service->index], lane->recent, &lane->sum->estimate);
	for (const struct lane *lane = lanes->first; lane; lane = lane->next) {
		if (!lane->sum->paced)
			pace_bend(&lane->sum->estimate,
				  pace_power(&lanes->paces[lane->group.service->index]));
		lane->sum->paced = true;
	}
}

void lanes_estimate(struct lanes *lanes)
{
	struct estimate root;
	for (struct lane *lane = lanes->first; lane; lane = lane->next) {
		struct lane *above = lane->above;
		while (above && above->sum->rows == lane->sum->rows)
			above = above->above;
		lane->leans_on = above;
		struct lane_sum *leaned_on = above ? above->sum : NULL;
		if (lane->sum->estimated && lane->sum->leaned_on == leaned_on)
			continue;
		if (lane->sum->estimated) /* from a region to all of a country, and to its one region */
			lane->sum = sum_new(lanes, lane->sum);
		lane->sum->estimated = true;
		lane->sum->leaned_on = leaned_on;
		double strength = above ? ESTIMATE_STRENGTH : root_of(&root, lane);
		estimate_update(&lane->sum->estimate, &lane->sum->tally, above ? &above->sum->estimate : &root,
				strength);
	}
	take_pace(lanes);
}

void lane_unseen(const struct lane *lane, struct estimate *estimate)
{
	struct tally none;
	tally_init(&none);
	estimate_update(estimate, &none, &lane->sum->estimate, ESTIMATE_STRENGTH);
}

struct lane *lanes_first(const struct lanes *lanes)
{
	return lanes->first;
}

size_t lanes_count(const struct lanes *lanes)
{
	return lanes->count;
}

const struct lane *lanes_find(const struct lanes *lanes, const struct service *service,
			      struct place from, struct place to, bool *own)
{
	struct path path;
	struct route route = { .service = service, .from = from, .to = to };
	path_of(&path, &route);
	for (int at = path.count - 1; at >= 0; at = path.steps[at].above) {
		const struct lane *lane = find(lanes, &path.steps[at].group);
		*own = at == path.count - 1;
		if (lane && lane->sum->rows)
			return lane;
	}
	return NULL;
}
