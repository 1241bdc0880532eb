/* SPDX-License-Identifier: MIT */
/* Works through tests/spec/promise.txt: tables into a little shop, lanes with what is said of them. */
#include "../shop/little_shop.h"

#include <math.h>

#include "base/file.h"
#include "promise/promise.h"

struct reading {
	struct str rest; /* of the specification */
	unsigned line;
	struct little_shop little;
	struct promises *promises; /* NULL: tables were changed since */
	const struct promise *promise;
	size_t examples;
};

static struct str next_line(struct reading *reading)
{
	size_t end = str_index(reading->rest, '\n');
	struct str line = str_sub(reading->rest, 0, end);
	reading->rest = str_sub(reading->rest, end + 1, reading->rest.len);
	reading->line++;
	return line;
}

static void unload(struct reading *reading)
{
	if (!reading->promises)
		return;
	promises_free(reading->promises);
	diag_free(reading->little.diag);
	arena_release(&reading->little.arena);
	reading->little.diag = diag_new(reading->little.folder);
	reading->promises = NULL;
}

static void load(struct reading *reading)
{
	if (reading->promises)
		return;
	struct buf said = BUF_INIT;
	const struct shop *shop = little_load(&reading->little);
	reading->promises = promises_new(&reading->little.arena, shop, reading->little.diag);
	diag_print(reading->little.diag, &said, 20);
	if (diag_errors(reading->little.diag))
		fail_msg("line %u: the tables have errors:\n%.*s", reading->line, STR(buf_str(&said)));
	buf_release(&said);
}

/* The indented lines below the name of a table are its rows. */
static void read_table(struct reading *reading, struct str name)
{
	char file[64];
	struct buf text = BUF_INIT;
	unload(reading);
	snprintf(file, sizeof file, "%.*s", STR(name));
	while (str_starts(reading->rest, "    ")) {
		buf_add(&text, str_trim(next_line(reading)));
		buf_byte(&text, '\n');
	}
	buf_byte(&text, 0);
	little_put(&reading->little, file, text.text);
	buf_release(&text);
}

/* lane SERVICE to PLACE [by PROFILE] */
static void read_lane(struct reading *reading, struct str rest)
{
	struct str service = S(""), to = S(""), place = S(""), by, profile = S("");
	struct place from, destination;
	load(reading);
	const struct shop *shop = reading->little.shop;
	assert_true(str_next_word(&rest, &service) && str_next_word(&rest, &to) &&
		    str_next_word(&rest, &place));
	if (str_next_word(&rest, &by))
		assert_true(str_next_word(&rest, &profile));
	assert_true(place_parse(place, &destination));
	const struct service *named = shop_service(shop, service);
	assert_non_null(named);
	from = named->ships_from;
	reading->promise = promise_get(reading->promises, named, destination, from,
				       map_find(&shop->handling_by_profile, profile));
}

static double number(struct reading *reading, struct str word)
{
	char text[32], *end;
	snprintf(text, sizeof text, "%.*s", STR(word));
	double value = strtod(text, &end);
	if (end == text)
		fail_msg("line %u: '%s' is no number", reading->line, text);
	return value;
}

static void expect(struct reading *reading, const char *what, double is, double expected)
{
	reading->examples++;
	if (fabs(is - expected) > 0.00051)
		fail_msg("line %u: %s is %.4f, not %.4f", reading->line, what, is, expected);
}

/* day N share X | day N claim X */
static void check_day(struct reading *reading, const struct curve *curve, const struct str *words)
{
	int day = (int)number(reading, words[2]);
	assert_true(str_is(words[1], "day") && day >= 0 && day < PROMISE_DAYS);
	if (str_is(words[3], "claim"))
		expect(reading, "the claim", curve->claim[day], number(reading, words[4]));
	else
		expect(reading, "the share", curve->share[day], number(reading, words[4]));
}

/* 90% within 17 days | 95% by no day */
static void check_level(struct reading *reading, const struct str *words)
{
	static const int levels[CLAIM_LEVELS] = { 50, 80, 90, 95 };
	int level = 0, percent = (int)number(reading, words[0]);
	while (level < CLAIM_LEVELS && levels[level] != percent)
		level++;
	assert_true(level < CLAIM_LEVELS);
	const struct curve *curve = reading->promise->handling ? &reading->promise->door
							       : &reading->promise->transit;
	expect(reading, "the day", curve->claim_days[level],
	       str_is(words[1], "within") ? number(reading, words[2]) : -1);
}

static void check(struct reading *reading, struct str said)
{
	struct str words[6] = { { "", 0 } };
	size_t count = 0;
	while (count < 6 && str_next_word(&said, &words[count]))
		count++;
	const struct promise *promise = reading->promise;
	assert_non_null(promise);
	if (str_is(words[0], "transit"))
		check_day(reading, &promise->transit, words);
	else if (str_is(words[0], "door"))
		check_day(reading, &promise->door, words);
	else if (str_is(words[0], "pooled")) {
		reading->examples++;
		if (!str_is(words[1], pooled_name(promise->pooled)))
			fail_msg("line %u: pooled %s", reading->line, pooled_name(promise->pooled));
	} else if (str_is(words[0], "parcels"))
		expect(reading, "parcels", (double)promise->parcels, number(reading, words[1]));
	else if (str_is(words[0], "lost"))
		expect(reading, "lost", (double)promise->lost, number(reading, words[1]));
	else if (str_is(words[0], "open"))
		expect(reading, "open", (double)promise->open, number(reading, words[1]));
	else
		check_level(reading, words);
}

static void read_line(struct reading *reading, struct str line)
{
	if (!str_starts(line, "    "))
		return;
	line = str_trim(line);
	if (str_ends(line, ".csv"))
		read_table(reading, line);
	else if (str_starts(line, "lane "))
		read_lane(reading, str_sub(line, 5, line.len));
	else if (str_starts(line, "gives "))
		for (struct str rest = str_sub(line, 6, line.len); rest.len;) {
			size_t comma = str_index(rest, ',');
			check(reading, str_sub(rest, 0, comma));
			rest = str_sub(rest, comma + 1, rest.len);
		}
	else
		fail_msg("line %u: '%.*s' is nothing known", reading->line, STR(line));
}

static void the_specification_holds(void **state)
{
	(void)state;
	struct reading reading = { .line = 0 };
	struct buf text = BUF_INIT;
	assert_int_equal(file_read("tests/spec/promise.txt", 1 << 20, &text), 0);
	reading.rest = buf_str(&text);
	little_open(&reading.little);
	while (reading.rest.len)
		read_line(&reading, next_line(&reading));
	assert_true(reading.examples > 50);
	if (reading.promises)
		promises_free(reading.promises);
	little_close(&reading.little);
	buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_specification_holds),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
