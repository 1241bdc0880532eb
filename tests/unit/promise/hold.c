/* SPDX-License-Identifier: MIT */
/* However many parcels are held at once: the same promises; however many rows there are: the same memory. */
#include "../shop/little_shop.h"
#include "../sanitized.h"

#include <math.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "promise/inside.h"
#include "promise/survey.h"

static uint64_t seed;

static int random_below(int limit)
{
	seed ^= seed >> 12;
	seed ^= seed << 25;
	seed ^= seed >> 27;
	return (int)(((seed * UINT64_C(2685821657736338717)) >> 33) % (unsigned)limit);
}

static const char *const places[] = { "DE", "FR", "US", "US-CA", "JP", "IT" };

enum { PLACES = sizeof places / sizeof *places };

static void add_day(struct buf *text, int32_t day, bool known)
{
	if (known)
		date_add(text, day);
	buf_byte(text, ',');
}

/* A row of any kind, among them such that cannot be, and such as are not known on the build date. */
static void add_row(struct buf *text, int32_t today, int latest, bool orders)
{
	static const char *const statuses[] = { "lost", "returned", "open", "delivered", "cancelled" };
	static const char *const numbers[] = { "", "1", "3", "0.5", "0.25" };
	int32_t ordered = today + latest - random_below(random_below(4) ? 420 : 1300);
	int32_t shipped = ordered + random_below(5) - (random_below(300) == 0);
	int32_t delivered = shipped + 3 + random_below(12) + random_below(12) - (random_below(300) ? 0 : 30);
	int kind = random_below(60);
	bool waits = !orders && !random_below(30); /* the only orders whose day is told */
	bool came = kind > 2 && !waits, known = latest > 0 || delivered < today || !random_below(9);
	buf_addf(text, "%s,%s,%s,%s,", random_below(3) ? "post" : "fast", random_below(2) ? "CN" : "",
		 places[random_below(PLACES)], random_below(2) ? "MUG" : random_below(3) ? "BOWL" : "GONE");
	add_day(text, ordered, orders ? random_below(20) : waits);
	add_day(text, shipped, !waits && random_below(200));
	add_day(text, delivered, came && known);
	buf_addf(text, "%s,%s\n", !waits && (kind < 3 || (kind < 5 && known)) ? statuses[kind] : "",
		 numbers[random_below(3) ? 0 : random_below(5)]);
}

/* Written bit by bit: what a process took once it may keep, and hand on to its children. */
static void put_rows(const struct little_shop *little, int rows, int32_t today, int latest, bool orders)
{
	char path[160];
	struct buf text = BUF_INIT;
	snprintf(path, sizeof path, "%s/content/shipments.csv", little->folder);
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	buf_add(&text, S("service,from,to,id,ordered,shipped,delivered,status,parcels\n"));
	for (int i = 0; i < rows; i++) {
		add_row(&text, today, latest, orders);
		assert_int_equal(fwrite(text.text, 1, text.len, file), text.len);
		buf_reset(&text);
	}
	assert_int_equal(fclose(file), 0);
	buf_release(&text);
}

/* A shop with `rows` parcels; `latest`: days after the build date on which the last are ordered. */
static void start(struct little_shop *little, int rows, int latest, bool orders)
{
	int32_t today;
	assert_true(date_of(2026, 11, 22, &today));
	seed = 20261122;
	little_open(little);
	put_rows(little, rows, today, latest, orders);
	little_put(little, "handling.csv", "profile,days_min,days_max\nquick,0,1\nslow,2,4\n");
	little_put(little, "products.csv", "id,title,price,shipping_weight,handling\n"
					   "MUG,Mug,12.00 EUR,400 g,quick\nBOWL,Bowl,22.00 EUR,700 g,slow\n");
	little_put(little, "seasons.csv", "name,from,to,countries\nChristmas,11-15,01-05,DE US\n"
					  "Autumn,2025-09-20,2025-10-10,FR\nAutumn,2026-09-25,2026-10-15,FR\n");
	little_load(little);
}

static void same_curve(const struct curve *a, const struct curve *b)
{
	assert_memory_equal(a->claim, b->claim, sizeof a->claim);
	assert_memory_equal(a->claim_days, b->claim_days, sizeof a->claim_days);
	for (int n = 0; n < PROMISE_DAYS; n++)
		assert_true(fabs(a->share[n] - b->share[n]) < 1e-12);
}

static void same_promise(const struct promise *a, const struct promise *b)
{
	same_curve(&a->door, &b->door);
	same_curve(&a->transit, &b->transit);
	assert_int_equal(a->parcels, b->parcels);
	assert_int_equal(a->lost, b->lost);
	assert_int_equal(a->open, b->open);
	assert_int_equal(a->since, b->since);
	assert_int_equal(a->until, b->until);
	assert_int_equal(a->pooled, b->pooled);
	assert_int_equal(a->loss_ppm, b->loss_ppm);
	assert_ptr_equal(a->peak, b->peak);
	assert_int_equal(a->peak_known, b->peak_known);
}

static void same_backtest(const struct backtest *a, const struct backtest *b)
{
	assert_int_equal(a->count, b->count);
	for (size_t i = 0; i < a->count; i++) {
		const struct backtest_row *x = &a->rows[i], *y = &b->rows[i];
		assert_ptr_equal(x->service, y->service);
		assert_true(place_equal(x->from, y->from) && place_equal(x->to, y->to));
		assert_int_equal(x->month, y->month);
		assert_int_equal(x->claimed, y->claimed);
		assert_int_equal(x->needed, y->needed);
		assert_true(fabs(x->parcels - y->parcels) < 1e-6 && fabs(x->due - y->due) < 1e-6);
		assert_true(fabs(x->kept - y->kept) < 1e-6 && fabs(x->days - y->days) < 1e-6);
	}
	for (int i = 0; i < BACKTEST_POINTS; i++)
		assert_true(fabs(a->points[i].due - b->points[i].due) < 1e-6 &&
			    fabs(a->points[i].kept - b->points[i].kept) < 1e-6);
}

static void same_said(struct diag *a, struct diag *b)
{
	struct pos at[2];
	enum severity severity[2];
	struct str text[2];
	size_t i = 0;
	for (; diag_get(a, i, &at[0], &severity[0], &text[0]); i++) {
		assert_true(diag_get(b, i, &at[1], &severity[1], &text[1]));
		assert_int_equal(at[0].line, at[1].line);
		assert_true(str_equal(text[0], text[1]));
	}
	assert_false(diag_get(b, i, &at[1], &severity[1], &text[1]));
}

/* Holding 37 or 1,000 parcels at once gives what holding all of them does. */
static void the_same_whatever_is_held(int latest, bool orders)
{
	static const size_t held[] = { 37, 1000 };
	struct little_shop little;
	start(&little, 6000, latest, orders);
	const struct shop *shop = little.shop;
	struct diag *said = diag_new(little.folder);
	struct survey_handling orders_seen;
	struct promises *all = promises_new(&little.arena, shop, said);
	/* how long orders wait that are not handed over says nothing where no hand-over is known */
	assert_int_equal(survey_handling(all, &shop->handlings[0], &orders_seen), orders);
	for (size_t h = 0; h < sizeof held / sizeof *held; h++) {
		struct diag *diag = diag_new(little.folder);
		struct promises *some = promises_new_holding(&little.arena, shop, diag, held[h]);
		same_said(said, diag);
		same_backtest(promises_backtest(all), promises_backtest(some));
		for (size_t i = 0; i < shop->service_count * PLACES * (shop->handling_count + 1); i++) {
			const struct service *service = &shop->services[i % shop->service_count];
			size_t profile = i / shop->service_count / PLACES;
			const struct handling *handling =
				profile ? &shop->handlings[profile - 1] : NULL;
			struct place to;
			assert_true(place_parse(str_of(places[i / shop->service_count % PLACES]), &to));
			same_promise(promise_get(all, service, to, service->ships_from, handling),
				     promise_get(some, service, to, service->ships_from, handling));
		}
		promises_free(some);
		diag_free(diag);
	}
	promises_free(all);
	diag_free(said);
	little_close(&little);
}

static void of_a_log_up_to_today(void **state)
{
	(void)state;
	the_same_whatever_is_held(-1, true);
}

static void of_a_log_that_goes_on(void **state)
{
	(void)state;
	the_same_whatever_is_held(120, true);
}

static void of_a_log_without_orders(void **state)
{
	(void)state;
	the_same_whatever_is_held(-1, false);
}

/* The most kilobytes that a process of its own takes for a log whose parcels are all long there, or lost. */
static long memory_for(int rows)
{
	struct little_shop little;
	struct rusage usage;
	int state;
	start(&little, rows, -100, false);
	pid_t child = fork();
	assert_true(child >= 0);
	if (!child) {
		promises_free(promises_new_holding(&little.arena, little.shop, little.diag, 2000));
		_exit(0);
	}
	assert_true(wait4(child, &state, 0, &usage) == child && WIFEXITED(state) &&
		    !WEXITSTATUS(state));
	little_close(&little);
	return usage.ru_maxrss;
}

static void memory_does_not_grow_with_the_rows(void **state)
{
	(void)state;
	if (SANITIZED)
		skip(); /* what is given back is kept there, to be watched */
	long few = memory_for(40000), many = memory_for(160000);
	if (many * 100 > few * 110)
		fail_msg("four times the rows took %ld KB where %ld were enough", many, few);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(of_a_log_up_to_today),
		cmocka_unit_test(of_a_log_that_goes_on),
		cmocka_unit_test(of_a_log_without_orders),
		cmocka_unit_test(memory_does_not_grow_with_the_rows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
