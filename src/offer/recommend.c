/* SPDX-License-Identifier: MIT */
/*
 * In: the offers to one place. Out: the recommended one. Everything is counted in minor units
 * of the price's currency; losses are millionths, so no fraction is ever approximated.
 */
#include "offer/recommend.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/map.h"

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

/* Cheaper first; the faster one of two equal fees, then the order of carriers.csv. */
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

/* Break-even in minor units: extra fee / loss, as a plain figure; INT64_MAX when the cheapest never loses. */
static int64_t break_even(const struct candidate *cheapest, const struct candidate *tracked)
{
	int64_t loss_ppm = cheapest->offer->promise->loss_ppm;
	int64_t extra = tracked->fee - cheapest->fee;
	if (loss_ppm <= 0 || extra > INT64_MAX / 1000000)
		return INT64_MAX;
	return plain_figure(extra * 1000000 / loss_ppm);
}

void recommend(const struct offering *offering, struct money price, struct offers *offers)
{
	struct candidate found[OFFER_SERVICES_MAX];
	size_t count = candidates(offering, price.currency, offers, found);
	uint8_t exponent = currency_exponent(price.currency);
	offers->recommended = NULL;
	offers->rule = RECOMMEND_NONE;
	offers->registered_from = (struct money){ .currency = { "" } };
	if (!count)
		return;
	offers->recommended = found[0].offer;
	offers->rule = count == 1 ? RECOMMEND_ONLY : RECOMMEND_CHEAPEST;
	if (count == 1 || traceable(found[0].offer->service))
		return;
	size_t next = 1;
	while (next < count && !traceable(found[next].offer->service))
		next++;
	if (next == count)
		return;
	if (found[0].offer->promise->loss_ppm < 0) {
		offers->recommended = found[next].offer;
		offers->rule = RECOMMEND_UNMEASURED;
		return;
	}
	int64_t from = break_even(&found[0], &found[next]);
	if (from == INT64_MAX)
		return;
	offers->registered_from =
		(struct money){ .amount = { from, exponent }, .currency = price.currency };
	if (minor_units(price) >= from) {
		offers->recommended = found[next].offer;
		offers->rule = RECOMMEND_REGISTERED;
	}
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
	breaks->at = arena_array(arena, shop->destination_count, sizeof *breaks->at);
	for (size_t i = 0; i < shop->destination_count; i++) {
		struct offers offers;
		offer_find(offering, product, shop->destinations[i], &offers);
		if (offers.registered_from.currency.code[0])
			breaks->at[breaks->count++] = offers.registered_from.amount.digits;
	}
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
