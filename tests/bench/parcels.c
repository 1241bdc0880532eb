/* SPDX-License-Identifier: MIT */
/*
 * parcels FOLDER ROWS - how long promises take: 15 services to 200 countries, ROWS parcels in one log.
 *
 * Makes the shop in FOLDER, then reads all of it and works out what may be said of 3,000 lanes on 91
 * days: on one core, and with four threads, which must give the same. Prints the seconds that the
 * processor worked, and the most memory it had.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

#include "base/hash.h"
#include "base/threads.h"
#include "promise/promise.h"

enum { SERVICES = 15, COUNTRIES = 200, ZONES = 10 };

static uint64_t random_state = 20261122;

/* xorshift64*, Marsaglia 2003 and Vigna 2016: repeatable anywhere. */
static int random_below(int limit)
{
	random_state ^= random_state >> 12;
	random_state ^= random_state << 25;
	random_state ^= random_state >> 27;
	return (int)(((random_state * UINT64_C(2685821657736338717)) >> 33) % (unsigned)limit);
}

static double seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static FILE *start(const char *folder, const char *name)
{
	char path[4096];
	snprintf(path, sizeof path, "%s/content/%s", folder, name);
	FILE *file = fopen(path, "wb");
	if (!file) {
		perror(path);
		exit(3);
	}
	return file;
}

static void flush(FILE *file, struct buf *text)
{
	if (fwrite(text->text, 1, text->len, file) != text->len) {
		perror("fwrite");
		exit(3);
	}
	buf_reset(text);
}

static void put(const char *folder, const char *name, struct buf *text)
{
	FILE *file = start(folder, name);
	flush(file, text);
	if (fclose(file)) {
		perror(name);
		exit(3);
	}
}

static void add_day(struct buf *text, int32_t day, bool known)
{
	if (known)
		date_add(text, day);
	buf_byte(text, ',');
}

/* Two years up to the build date, in no order: 6 to 40 days, one in a hundred lost. */
static void put_parcels(const char *folder, const struct place *countries, long rows, int32_t today)
{
	struct buf text = BUF_INIT;
	FILE *file = start(folder, "shipments.csv");
	buf_add(&text, S("service,to,ordered,shipped,delivered,status\n"));
	for (long i = 0; i < rows; i++) {
		int32_t ordered = today - 5 - random_below(725), shipped = ordered + random_below(4);
		int days = 6 + random_below(12) + random_below(12) + random_below(12);
		bool lost = random_below(100) == 0;
		buf_addf(&text, "s%02d,%s,", random_below(SERVICES), countries[random_below(COUNTRIES)].code);
		add_day(&text, ordered, true);
		add_day(&text, shipped, true);
		add_day(&text, shipped + days, !lost && shipped + days < today);
		buf_add(&text, lost && today - shipped > 60 ? S("lost\n") : S("\n"));
		if (text.len > 60000)
			flush(file, &text);
	}
	flush(file, &text);
	if (fclose(file)) {
		perror("shipments.csv");
		exit(3);
	}
	buf_release(&text);
}

static void put_shop(const char *folder, const struct place *countries)
{
	struct buf carriers = BUF_INIT, zones = BUF_INIT, rates = BUF_INIT, shop = BUF_INIT;
	buf_add(&shop, S("key,value\nname,Big\nurl,https://big.example\nlanguages,en\ncurrency,EUR\n"
			 "country,CN\ntimezone,Asia/Shanghai\n"));
	buf_add(&carriers, S("service,carrier,name\n"));
	buf_add(&zones, S("service,zone,countries\n"));
	buf_add(&rates, S("service,zone,up_to,price\n"));
	for (int s = 0; s < SERVICES; s++) {
		buf_addf(&carriers, "s%02d,Post,Post %d\n", s, s);
		for (int z = 0; z < ZONES; z++) {
			buf_addf(&rates, "s%02d,Z%d,,5.00 EUR\n", s, z);
			buf_addf(&zones, "s%02d,Z%d,", s, z);
			for (int i = z; i < COUNTRIES; i += ZONES)
				buf_addf(&zones, "%s ", countries[i].code);
			buf_byte(&zones, '\n');
		}
	}
	put(folder, "shop.csv", &shop);
	put(folder, "carriers.csv", &carriers);
	put(folder, "zones.csv", &zones);
	put(folder, "rates.csv", &rates);
	buf_release(&shop);
	buf_release(&carriers);
	buf_release(&zones);
	buf_release(&rates);
}

struct asking {
	struct promises *promises;
	const struct shop *shop;
	uint64_t hash[4];
};

/* Each worker asks for all lanes, beginning elsewhere; the hashes are summed up in one order. */
static void ask_all(void *context, unsigned worker)
{
	struct asking *asking = context;
	const struct shop *shop = asking->shop;
	size_t lanes = shop->service_count * shop->destination_count;
	for (size_t i = 0; i < 2 * lanes; i++) {
		size_t at = i < lanes ? (i + worker * lanes / 4) % lanes : i - lanes;
		const struct service *service = &shop->services[at / shop->destination_count];
		const struct promise *promise =
			promise_get(asking->promises, service,
				    shop->destinations[at % shop->destination_count], service->ships_from, NULL);
		if (i >= lanes)
			asking->hash[worker] = hash_number(promise->hash, asking->hash[worker]);
	}
}

static void measure(const char *folder, int32_t today, unsigned threads, struct asking *asking)
{
	struct arena arena;
	struct rusage usage;
	struct diag *diag = diag_new(folder);
	double start = seconds();
	arena_init(&arena);
	const struct shop *shop = shop_load(&arena, folder, today, diag);
	asking->shop = shop;
	asking->promises = promises_new(&arena, shop, diag);
	double prepared = seconds() - start;
	threads_run(threads, ask_all, asking);
	getrusage(RUSAGE_SELF, &usage);
	printf("%u thread%s: read, replayed and prepared in %.2f s, %zu lanes on 91 days in %.2f s more; %ld MB\n",
	       threads, threads > 1 ? "s" : "", prepared, shop->service_count * shop->destination_count,
	       seconds() - start - prepared, usage.ru_maxrss / 1024);
	promises_free(asking->promises);
	arena_release(&arena);
	diag_free(diag);
}

int main(int count, char **arguments)
{
	struct place countries[COUNTRIES];
	struct asking one = { .hash = { 0 } }, four = { .hash = { 0 } };
	int32_t today;
	char content[4096];
	if (count != 3) {
		fputs("usage: parcels FOLDER ROWS\n", stderr);
		return 2;
	}
	snprintf(content, sizeof content, "%s/content", arguments[1]);
	mkdir(content, 0777);
	date_of(2026, 11, 22, &today);
	for (size_t i = 0; i < COUNTRIES; i++)
		if (!place_nth(i, &countries[i]))
			return 3;
	put_shop(arguments[1], countries);
	put_parcels(arguments[1], countries, atol(arguments[2]), today);
	printf("%s parcels\n", arguments[2]);
	measure(arguments[1], today, 1, &one);
	measure(arguments[1], today, 4, &four);
	for (int i = 1; i < 4; i++)
		if (four.hash[i] != one.hash[0])
			puts("the threads do not agree");
	return four.hash[0] != one.hash[0];
}
