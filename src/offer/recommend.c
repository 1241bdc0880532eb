/* SPDX-License-Identifier: MIT */
/*
 * In: the offers to one place. Out: the recommended one. Everything is counted in minor units
 * of the price's currency; losses are millionths, so no fraction is ever approximated.
 */
#include "offer/recommend.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/map.h"

/* Values beyond this are no order's. */
#define VALUE_MAX (INT64_MAX / 4)

/* Break-even prices found so far, by fees class; filled by any worker under the lock. */
struct breaks_cache {
	pthread_mutex_t lock;
	struct arena arena;
	struct map by_class;
};

const char *recommendation_name(enum recommendation recommendation)
{
	static const char *const names[] = { "",	   "only",	 "cheapest",
					     "registered", "unmeasured", "usual" };
	return names[recommendation];
}

int64_t plain_figure(int64_t minor)
{
	static const int steps[] = { 10, 12, 15, 20, 25, 30, 40, 50, 60, 75, 80 };
	int64_t unit = 1, best = 0;
	if (minor < 10)
		return minor;
	while (unit <= minor / 100)
		unit *= 10;
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
		if (steps[i] * unit <= minor)
			best = steps[i] * unit;
	return best;
}

/* Powers of ten up to 10^18, for exact scaling in 128 bits. */
static __int128 power_of_ten(int exponent)
{
	__int128 power = 1;
	while (exponent-- > 0)
		power *= 10;
	return power;
}

/* numerator / denominator * 10^exponent, rounded half up; amounts of a shop fit 128 bits by far. */
static int64_t scaled(__int128 numerator, __int128 denominator)
{
	return (int64_t)((2 * numerator + denominator) / (2 * denominator));
}

static int64_t minor_units(struct money money)
{
	int exponent = currency_exponent(money.currency);
	return scaled(money.amount.digits * power_of_ten(exponent), power_of_ten(money.amount.scale));
}

static const struct fx_rate *newest_rate(const struct shop *shop, struct currency a,
					 struct currency b)
{
	const struct fx_rate *best = NULL;
	for (size_t i = 0; i < shop->fx_count; i++) {
		const struct fx_rate *fx = &shop->fx[i];
		bool pair = (currency_equal(fx->from, a) && currency_equal(fx->to, b)) ||
			    (currency_equal(fx->from, b) && currency_equal(fx->to, a));
		if (pair && fx->date <= shop->date && (!best || fx->date > best->date))
			best = fx;
	}
	return best;
}

/* The amount in minor units of `currency`, at the newest rate on the build date; false without one. */
static bool in_minor_units(const struct shop *shop, struct money money, struct currency currency,
			   int64_t *minor)
{
	if (currency_equal(money.currency, currency)) {
		*minor = minor_units(money);
		return true;
	}
	const struct fx_rate *fx = newest_rate(shop, money.currency, currency);
	if (!fx)
		return false;
	__int128 amount = money.amount.digits * power_of_ten(currency_exponent(currency));
	__int128 scale = power_of_ten(money.amount.scale);
	if (currency_equal(fx->from, money.currency))
		*minor = scaled(amount * fx->rate.digits, scale * power_of_ten(fx->rate.scale));
	else
		*minor = scaled(amount * power_of_ten(fx->rate.scale), scale * fx->rate.digits);
	return true;
}

static bool traceable(const struct service *service)
{
	return service->tracked == ANSWER_YES || service->insured_up_to.currency.code[0];
}

/* Cheaper first; the faster one of two equal fees, then one that is signed for, then the order of carriers.csv. */
struct candidate {
	const struct offer *offer;
	int64_t fee;
};

static int likely_days(const struct offer *offer)
{
	int days = offer->promise->door.claim_days[CLAIM_90];
	return days < 0 ? PROMISE_DAYS : days;
}

static int by_fee(const void *left, const void *right)
{
	const struct candidate *a = left, *b = right;
	if (a->fee != b->fee)
		return a->fee < b->fee ? -1 : 1;
	int days = likely_days(a->offer) - likely_days(b->offer);
	if (days)
		return days;
	int signature = (a->offer->service->signature == ANSWER_YES) -
			(b->offer->service->signature == ANSWER_YES);
	if (signature)
		return -signature;
	return a->offer->service->index < b->offer->service->index ? -1 : 1;
}

static size_t candidates(const struct offering *offering, struct currency currency,
			 const struct offers *offers, struct candidate *found)
{
	size_t count = 0;
	for (size_t i = 0; i < offers->count; i++) {
		const struct offer *offer = &offers->items[i];
		int64_t fee;
		if (offer->refusal == REFUSED_NOT &&
		    in_minor_units(offering->shop, offer->fee, currency, &fee))
			found[count++] = (struct candidate){ offer, fee };
	}
	qsort(found, count, sizeof *found, by_fee);
	return count;
}

int64_t offer_late_ppm(const struct shop *shop, const struct promise *promise)
{
	int day = shop->settings.late_after_days;
	if (promise->pooled > POOLED_SERVICE || promise->loss_ppm < 0)
		return -1;
	int64_t there = (int64_t)(promise->door.share[day < PROMISE_DAYS ? day : PROMISE_DAYS - 1] * 1e6 + 0.5);
	int64_t late = 1000000 - there - promise->loss_ppm;
	return late < 0 ? 0 : late;
}

/* What a method costs for an order of a value, in millionths of a minor unit. */
struct weighed {
	const struct offer *offer;
	__int128 fixed; /* the part that does not hang on the value */
	int64_t loss;	/* for each minor unit of the value above the cover */
	int64_t cover;	/* what the insurance pays at most */
	int64_t limit;	/* dearer orders it does not take */
};

static struct weighed weigh(const struct shop *shop, struct currency currency,
			    const struct candidate *candidate)
{
	const struct offer *offer = candidate->offer;
	struct money insured = offer->service->insured_up_to;
	int64_t late = offer_late_ppm(shop, offer->promise);
	struct money most = offer->service->max_value;
	struct weighed weighed = { .offer = offer, .loss = offer->promise->loss_ppm, .limit = VALUE_MAX };
	if (insured.currency.code[0] && !in_minor_units(shop, insured, currency, &weighed.cover))
		weighed.cover = 0;
	if (most.currency.code[0] && !in_minor_units(shop, most, currency, &weighed.limit))
		weighed.limit = VALUE_MAX;
	weighed.fixed = (__int128)candidate->fee * (1000000 + weighed.loss + (late < 0 ? 0 : late));
	return weighed;
}

static __int128 cost_at(const struct weighed *weighed, int64_t value)
{
	int64_t at_risk = value > weighed->cover ? value - weighed->cover : 0;
	return weighed->fixed + (__int128)weighed->loss * at_risk;
}

static int64_t slope_at(const struct weighed *weighed, int64_t value)
{
	return value >= weighed->cover ? weighed->loss : 0;
}

/* The next value at which somebody's cover or limit ends, or at which that of `best` ends already. */
static int64_t next_end(const struct weighed *all, size_t count, int64_t value, size_t best)
{
	int64_t next = VALUE_MAX;
	for (size_t i = 0; i < count; i++) {
		if (all[i].cover > value && all[i].cover < next)
			next = all[i].cover;
		if ((all[i].limit > value || i == best) && all[i].limit < next)
			next = all[i].limit;
	}
	return next;
}

/* The one that costs least at a value; SIZE_MAX when none takes it. */
static size_t best_at(const struct weighed *all, size_t count, int64_t value)
{
	size_t best = SIZE_MAX;
	for (size_t i = 0; i < count; i++)
		if (value <= all[i].limit &&
		    (best == SIZE_MAX || cost_at(&all[i], value) < cost_at(&all[best], value)))
			best = i;
	return best;
}

/* The first value from `value` to `end` at which another one costs no more than `best`; it is left in `best`. */
static int64_t next_crossing(const struct weighed *all, size_t count, int64_t value, int64_t end,
			     size_t *best)
{
	__int128 cost = cost_at(&all[*best], value);
	int64_t slope = slope_at(&all[*best], value), first = VALUE_MAX;
	size_t found = *best;
	for (size_t i = 0; i < count; i++) {
		int64_t saved = slope - slope_at(&all[i], value);
		if (saved <= 0 || value > all[i].limit)
			continue;
		__int128 wait = (cost_at(&all[i], value) - cost + saved - 1) / saved;
		wait = wait < 0 ? 0 : wait;
		if (wait > end - value || value + (int64_t)wait > first ||
		    value + (int64_t)wait > all[i].limit)
			continue;
		if (value + (int64_t)wait == first &&
		    slope_at(&all[i], value) >= slope_at(&all[found], value))
			continue;
		first = value + (int64_t)wait;
		found = i;
	}
	*best = found;
	return first;
}

/* From which value on which offer is the best. */
struct step {
	int64_t from; /* a plain figure, unless it is forced */
	const struct offer *offer;
	bool forced; /* the one before takes no dearer orders */
};

static void add_step(struct step *steps, size_t *count, int64_t from, const struct offer *offer,
		     bool forced)
{
	if (*count && steps[*count - 1].offer == offer)
		return;
	if (*count && steps[*count - 1].from >= from)
		steps[*count - 1].offer = offer;
	else if (*count < OFFER_SERVICES_MAX)
		steps[(*count)++] = (struct step){ from, offer, forced };
}

static size_t find_steps(const struct weighed *all, size_t count, struct step *steps)
{
	size_t best = best_at(all, count, 0), found = 0;
	int64_t value = 0;
	while (best != SIZE_MAX && value < VALUE_MAX) {
		int64_t from = plain_figure(value), end = next_end(all, count, value, best);
		add_step(steps, &found, from, all[best].offer, false);
		int64_t crossing = next_crossing(all, count, value, end, &best);
		if (crossing < VALUE_MAX) {
			value = crossing;
			continue;
		}
		bool ends = end < VALUE_MAX && all[best].limit == end;
		value = ends ? end + 1 : end;
		best = ends ? best_at(all, count, value) : best;
		if (ends && best != SIZE_MAX)
			add_step(steps, &found, value, all[best].offer, true);
	}
	return found;
}

/* What is weighed, cheapest first: `first` and what was counted of the dearer ones. */
static size_t weigh_all(const struct offering *offering, struct currency currency,
			const struct candidate *found, size_t first, size_t count,
			struct weighed *all)
{
	size_t weighed = 0;
	if (found[first].offer->promise->loss_ppm < 0)
		return 0;
	for (size_t i = first; i < count; i++)
		if (found[i].offer->promise->loss_ppm >= 0)
			all[weighed++] = weigh(offering->shop, currency, &found[i]);
	return weighed;
}

/*
 * The offers that are best for some value, in steps; `*unmeasured` says that a cheaper one was passed over since
 * nobody counted what it loses.
 */
static size_t steps_of(const struct offering *offering, struct currency currency,
		       const struct offers *offers, const struct offer **cheapest, size_t *carried,
		       bool *unmeasured, struct step *steps)
{
	struct candidate found[OFFER_SERVICES_MAX];
	struct weighed all[OFFER_SERVICES_MAX];
	size_t count = candidates(offering, currency, offers, found), first = 0;
	*carried = count;
	*unmeasured = false;
	*cheapest = count ? found[0].offer : NULL;
	if (!count)
		return 0;
	if (found[0].offer->promise->loss_ppm < 0 && !traceable(found[0].offer->service)) {
		while (first < count && !traceable(found[first].offer->service))
			first++;
		*unmeasured = first < count;
		first = first < count ? first : 0;
	}
	steps[0] = (struct step){ 0, found[first].offer, false };
	size_t weighed = weigh_all(offering, currency, found, first, count, all);
	return weighed ? find_steps(all, weighed, steps) : 1;
}

static bool any_too_dear(const struct offers *offers)
{
	for (size_t i = 0; i < offers->count; i++)
		if (offers->items[i].refusal == REFUSED_VALUE && offers->items[i].zone)
			return true;
	return false;
}

void recommend(const struct offering *offering, struct money price, struct offers *offers)
{
	struct step steps[OFFER_SERVICES_MAX];
	uint8_t exponent = currency_exponent(price.currency);
	size_t carried, at = 0;
	bool unmeasured;
	size_t count = steps_of(offering, price.currency, offers, &offers->cheapest, &carried,
				&unmeasured, steps);
	offers->recommended = offers->registered_by = NULL;
	offers->registered_forced = false;
	offers->rule = RECOMMEND_NONE;
	offers->registered_from = (struct money){ .currency = { "" } };
	if (!count)
		return;
	int64_t value = minor_units(price);
	while (at + 1 < count && steps[at + 1].from <= value)
		at++;
	offers->recommended = steps[at].offer;
	offers->rule = carried == 1				   ? RECOMMEND_ONLY :
		       unmeasured && !at				   ? RECOMMEND_UNMEASURED :
		       offers->recommended == offers->cheapest ? RECOMMEND_CHEAPEST :
								 RECOMMEND_REGISTERED;
	/* what is too dear for a method is not weighed with it, and so nothing is said of smaller values */
	size_t told = at ? at : 1;
	if (told >= count || (at && any_too_dear(offers)))
		return;
	offers->registered_by = steps[told].offer;
	offers->registered_forced = steps[told].forced;
	offers->registered_from = (struct money){ .amount = { steps[told].from, exponent },
						  .currency = price.currency };
}

bool offer_worth_telling(const struct shop *shop, const struct offers *offers)
{
	struct money from = offers->registered_from;
	bool covered = false, any = false;
	for (size_t i = 0; i < shop->service_count; i++) {
		struct money cover = shop->services[i].insured_up_to;
		if (!cover.currency.code[0] || !currency_equal(cover.currency, from.currency))
			continue;
		any = true;
		covered |= decimal_compare(from.amount, cover.amount) <= 0;
	}
	return offers->registered_by && !offers->registered_forced && (covered || !any);
}

void offer_find_plain(const struct offering *offering, struct place from, struct place to,
		      const struct handling *handling, struct money value, struct offers *offers)
{
	const struct shop *shop = offering->shop;
	*offers = (struct offers){ .count = shop->service_count };
	for (size_t i = 0; i < shop->service_count; i++) {
		const struct service *service = &shop->services[i];
		const struct zone *zone = service_zone(service, to);
		struct offer *offer = &offers->items[i];
		*offer = (struct offer){ .service = service, .zone = zone, .refusal = REFUSED_ZONE };
		if (!place_equal(service->ships_from, from))
			offer->refusal = REFUSED_ORIGIN;
		else if (zone && zone->rate_count)
			offer->refusal = REFUSED_NOT;
		if (offer->refusal != REFUSED_NOT)
			continue;
		offer->rate = &zone->rates[0];
		offer_fee_from(zone, &offer->fee);
		offer->promise = promise_get(offering->promises, service, to, from, handling);
	}
	recommend(offering, value, offers);
}

struct offering *offering_new(struct arena *arena, const struct shop *shop,
			      struct promises *promises, struct diag *diag)
{
	struct offering *offering = arena_new(arena, sizeof *offering);
	offering->shop = shop;
	offering->promises = promises;
	offering->cache = arena_new(arena, sizeof *offering->cache);
	pthread_mutex_init(&offering->cache->lock, NULL);
	arena_init(&offering->cache->arena);
	offering->cache->by_class.arena = &offering->cache->arena;
	for (size_t i = 0; i < shop->service_count; i++)
		for (size_t z = 0; z < shop->services[i].zone_count; z++) {
			const struct zone *zone = &shop->services[i].zones[z];
			int64_t minor;
			for (size_t r = 0; r < zone->rate_count; r++)
				if (!in_minor_units(shop, zone->rates[r].price,
						    shop->settings.currency, &minor))
					diag_error(diag, zone->rates[r].pos,
						   "fees in %s cannot be compared with others: fx.csv has no rate "
						   "between %s and %s",
						   zone->rates[r].price.currency.code,
						   zone->rates[r].price.currency.code,
						   shop->settings.currency.code);
		}
	return offering;
}

void offering_release(struct offering *offering)
{
	arena_release(&offering->cache->arena);
	pthread_mutex_destroy(&offering->cache->lock);
}

static int by_number(const void *left, const void *right)
{
	int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
	return a < b ? -1 : a > b;
}

/* Every break-even of the class over all destinations. */
static struct breaks *find_breaks(const struct offering *offering, const struct product *product,
				  uint64_t fees_class)
{
	const struct shop *shop = offering->shop;
	struct arena *arena = &offering->cache->arena;
	struct breaks *breaks = arena_new(arena, sizeof *breaks);
	breaks->fees_class = fees_class;
	for (size_t i = 0; i < shop->destination_count; i++) {
		struct step steps[OFFER_SERVICES_MAX];
		struct offers offers;
		const struct offer *cheapest;
		size_t carried, count;
		bool unmeasured;
		offer_find(offering, product, shop->destinations[i], &offers);
		count = steps_of(offering, product->price.currency, &offers, &cheapest, &carried,
				 &unmeasured, steps);
		for (size_t k = 1; k < count; k++) {
			breaks->at = arena_push(arena, breaks->at, &breaks->count, sizeof *breaks->at);
			breaks->at[breaks->count - 1] = steps[k].from;
		}
	}
	if (breaks->count)
		qsort(breaks->at, breaks->count, sizeof *breaks->at, by_number);
	return breaks;
}

uint64_t recommend_interval(const struct offering *offering, const struct product *product,
			    uint64_t fees_class)
{
	struct breaks_cache *cache = offering->cache;
	struct str key = { (const char *)&fees_class, sizeof fees_class };
	pthread_mutex_lock(&cache->lock);
	const struct breaks *breaks = map_find(&cache->by_class, key);
	if (!breaks) {
		struct breaks *found = find_breaks(offering, product, fees_class);
		key = (struct str){ (const char *)&found->fees_class, sizeof found->fees_class };
		*map_put(&cache->by_class, key) = found;
		breaks = found;
	}
	pthread_mutex_unlock(&cache->lock);
	int64_t price = minor_units(product->price);
	uint64_t interval = 0;
	while (interval < breaks->count && breaks->at[interval] <= price)
		interval++;
	return interval;
}
