/* SPDX-License-Identifier: MIT */
/*
 * How many parcels a second customs works out on one core, with the tables of a shop folder:
 *
 *	.build/bench/customs [SHOP] [QUOTES]
 *
 * Every destination of the shop in turn, at prices around the limits, without steps.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "customs/customs.h"

static double seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static struct money price(struct currency currency, long i)
{
	static const int64_t cents[] = { 1250, 1999, 6400, 13500, 15000, 15001, 18900, 45050 };
	return (struct money){ { cents[i % 8], 2 }, currency };
}

int main(int argc, char **argv)
{
	const char *folder = argc > 1 ? argv[1] : ".";
	long quotes = argc > 2 ? atol(argv[2]) : 4000000, known = 0;
	struct arena arena, scratch;
	struct diag *diag = diag_new(folder);
	int32_t date;
	date_parse(S("2026-11-22"), &date);
	arena_init(&arena);
	arena_init(&scratch);
	struct shop *shop = shop_load(&arena, folder, date, diag);
	double before = seconds();
	struct customs *customs = customs_new(&arena, shop, diag);
	double prepared = seconds() - before;
	if (!shop->service_count || !shop->destination_count || diag_errors(diag)) {
		fprintf(stderr, "%s: no shop without errors there\n", folder);
		return 1;
	}
	before = seconds();
	for (long i = 0; i < quotes; i++) {
		const struct service *service = &shop->services[(size_t)i / 8 % shop->service_count];
		struct customs_request request = {
			.service = service,
			.to = shop->destinations[(size_t)i % shop->destination_count],
			.from = service->ships_from,
			.origin = { "CN" },
			.hs_code = S("9405216010"),
			.goods = price(shop->settings.currency, i),
			.freight = { { 1850, 2 }, shop->settings.currency },
			.weight_g = 850,
			.quantity = 1,
			.date = date,
		};
		struct landed landed;
		customs_quote(customs, &request, false, &scratch, &landed);
		known += landed.known;
		if (i % 256 == 0)
			arena_reset(&scratch);
	}
	double taken = seconds() - before;
	printf("tables prepared in %.1f ms; %ld quotes in %.2f s: %.2f million a second, %.0f %% known\n",
	       prepared * 1e3, quotes, taken, (double)quotes / taken / 1e6,
	       100.0 * (double)known / (double)quotes);
	arena_release(&scratch);
	arena_release(&arena);
	diag_free(diag);
	return 0;
}
