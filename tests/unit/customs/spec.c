/* SPDX-License-Identifier: MIT */
/* Works through tests/spec/customs.txt: tables into a little shop, parcels with what they give. */
#include "unit/shop/little_shop.h"

#include "base/file.h"
#include "customs/customs.h"

struct reading {
	struct str rest; /* of the specification */
	unsigned line;
	struct little_shop little;
	bool loaded;
	struct customs *customs;
	struct customs_request request;
	struct landed landed;
	size_t examples;
};

static const char *const tables[] = { "customs.csv", "tariffs.csv", "charges.csv", "fx.csv" };

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
	if (!reading->loaded)
		return;
	diag_free(reading->little.diag);
	arena_release(&reading->little.arena);
	arena_init(&reading->little.arena);
	reading->little.diag = diag_new(reading->little.folder);
	reading->loaded = false;
}

/* The parcels below a block of tables share one shop, in which nothing may be wrong. */
static void load(struct reading *reading)
{
	if (reading->loaded)
		return;
	struct buf said = BUF_INIT;
	const struct shop *shop = little_load(&reading->little);
	reading->customs = customs_new(&reading->little.arena, shop, reading->little.diag);
	reading->loaded = true;
	diag_print(reading->little.diag, &said, 20);
	if (diag_errors(reading->little.diag))
		fail_msg("line %u: the tables have errors:\n%.*s", reading->line, STR(buf_str(&said)));
	buf_release(&said);
}

static void copy_of_content(struct reading *reading, const char *name)
{
	char path[64];
	struct buf text = BUF_INIT;
	snprintf(path, sizeof path, "content/%s", name);
	assert_int_equal(file_read(path, SIZE_MAX, &text), 0);
	buf_byte(&text, 0);
	little_put(&reading->little, name, text.text);
	buf_release(&text);
}

/* A table stands under its name until a line is empty. */
static void take_table(struct reading *reading, const char *name)
{
	struct buf text = BUF_INIT;
	for (struct str line = next_line(reading); line.len; line = next_line(reading)) {
		buf_add(&text, str_trim(line));
		buf_byte(&text, '\n');
	}
	buf_byte(&text, 0);
	little_put(&reading->little, name, text.text);
	buf_release(&text);
}

static void remove_table(struct reading *reading, const char *name)
{
	char path[160];
	snprintf(path, sizeof path, "%s/content/%s", reading->little.folder, name);
	unlink(path); /* which need not be there */
}

static bool is_table(struct reading *reading, struct str line)
{
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		struct str name = str_of(tables[i]);
		if (!str_equal(str_sub(line, 0, name.len), name))
			continue;
		unload(reading);
		/* a block that begins with the rules begins anew */
		for (size_t j = 1; i == 0 && j < sizeof tables / sizeof *tables; j++)
			remove_table(reading, tables[j]);
		if (str_ends(line, "as in content"))
			copy_of_content(reading, tables[i]);
		else
			take_table(reading, tables[i]);
		return true;
	}
	return false;
}

static struct money money(struct reading *reading, struct str text)
{
	struct money read;
	if (!money_parse(text, '.', NULL, &read))
		fail_msg("line %u: '%.*s' is no amount", reading->line, STR(text));
	return read;
}

static int64_t number(struct reading *reading, struct str text)
{
	int64_t read;
	if (!str_number(text, &read))
		fail_msg("line %u: '%.*s' is no number", reading->line, STR(text));
	return read;
}

static void take_detail(struct reading *reading, struct str name, struct str value)
{
	struct customs_request *request = &reading->request;
	if (str_is(name, "goods"))
		request->goods = money(reading, value);
	else if (str_is(name, "freight"))
		request->freight = money(reading, value);
	else if (str_is(name, "hs"))
		request->hs_code = value;
	else if (str_is(name, "pieces"))
		request->quantity = number(reading, value);
	else if (str_is(name, "lines"))
		request->lines = number(reading, value);
	else if (str_is(name, "origin"))
		assert_true(place_parse(value, &request->origin));
	else if (str_is(name, "weight"))
		assert_true(weight_parse(value, '.', &request->weight_g));
	else
		fail_msg("line %u: a parcel has no '%.*s'", reading->line, STR(name));
}

/* The first word and what follows it. */
static void split(struct str text, struct str *word, struct str *rest)
{
	text = str_trim(text);
	size_t space = str_index(text, ' ');
	*word = str_sub(text, 0, space);
	*rest = str_trim(str_sub(text, space + 1, text.len));
}

/* "parcel to CA from US by express on 2026-11-22: goods 40.00 CAD, hs 610910" */
static void take_parcel(struct reading *reading, struct str line)
{
	size_t colon = str_index(line, ':');
	struct str way = str_sub(line, 0, colon), details = str_sub(line, colon + 1, line.len);
	struct str word, value;
	load(reading);
	reading->request = (struct customs_request){ .from = { "CN" }, .quantity = 1 };
	reading->request.service = shop_service(reading->little.shop, S("post"));
	split(way, &word, &way);
	while (way.len) {
		split(way, &word, &way);
		split(way, &value, &way);
		if (str_is(word, "to"))
			assert_true(place_parse(value, &reading->request.to));
		else if (str_is(word, "from"))
			assert_true(place_parse(value, &reading->request.from));
		else if (str_is(word, "on"))
			assert_true(date_parse(value, &reading->request.date));
		else if (str_is(word, "by"))
			reading->request.service = shop_service(reading->little.shop, value);
		else
			fail_msg("line %u: a parcel does not go '%.*s'", reading->line, STR(word));
	}
	assert_non_null(reading->request.service);
	while (details.len) {
		size_t comma = str_index(details, ',');
		split(str_sub(details, 0, comma), &word, &value);
		take_detail(reading, word, value);
		details = str_sub(details, comma + 1, details.len);
	}
	customs_quote(reading->customs, &reading->request, true, &reading->little.arena,
		      &reading->landed);
}

static const struct money *figure(const struct landed *landed, struct str name)
{
	const struct {
		const char *name;
		const struct money *money;
	} figures[] = {
		{ "goods", &landed->goods },	      { "freight", &landed->freight },
		{ "duty", &landed->duty },	      { "tax", &landed->tax },
		{ "charges", &landed->charges },      { "checkout", &landed->at_checkout },
		{ "delivery", &landed->on_delivery }, { "landed", &landed->landed },
	};
	for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
		if (str_is(name, figures[i].name))
			return figures[i].money;
	return NULL;
}

static void compare(struct reading *reading, struct str name, struct str expected)
{
	const struct landed *landed = &reading->landed;
	struct buf shown = BUF_INIT;
	if (str_is(name, "payer"))
		buf_add(&shown, str_of(payer_name(landed->payer)));
	else if (str_is(name, "not"))
		buf_add(&shown, landed->known ? S("known after all") : S("known"));
	else if (!landed->known)
		buf_addf(&shown, "not known: %.*s", STR(landed->unknown_why));
	else if (figure(landed, name))
		money_show_amount(&shown, *figure(landed, name));
	else
		fail_msg("line %u: a parcel gives no '%.*s'", reading->line, STR(name));
	if (!str_equal(buf_str(&shown), expected))
		fail_msg("line %u: %.*s is %.*s, but should be %.*s", reading->line, STR(name),
			 STR(buf_str(&shown)), STR(expected));
	buf_release(&shown);
	reading->examples++;
}

static void take_result(struct reading *reading, struct str line)
{
	struct str word, value;
	split(line, &word, &line);
	while (line.len) {
		size_t comma = str_index(line, ',');
		split(str_sub(line, 0, comma), &word, &value);
		compare(reading, word, value);
		line = str_sub(line, comma + 1, line.len);
	}
}

static void examples_come_out_to_the_cent(void **state)
{
	(void)state;
	struct reading reading = { 0 };
	struct buf text = BUF_INIT;
	little_open(&reading.little);
	little_put(&reading.little, "carriers.csv",
		   "service,carrier,name,kind,terms\npost,Post,Post,registered,DAP\n"
		   "express,Courier,Express,express,DAP\npaid,Line,Line,line,DDP\n"
		   "unsaid,Line,Line,line,\n");
	little_put(&reading.little, "zones.csv",
		   "service,zone,countries\npost,WORLD,*\nexpress,WORLD,*\npaid,WORLD,*\nunsaid,WORLD,*\n");
	little_put(&reading.little, "rates.csv",
		   "service,zone,up_to,price\npost,WORLD,,5.00 EUR\nexpress,WORLD,,30.00 EUR\n"
		   "paid,WORLD,,10.00 EUR\nunsaid,WORLD,,10.00 EUR\n");
	assert_int_equal(file_read("tests/spec/customs.txt", SIZE_MAX, &text), 0);
	reading.rest = buf_str(&text);
	while (reading.rest.len) {
		struct str line = next_line(&reading);
		if (!str_starts(line, "    "))
			continue;
		line = str_trim(line);
		if (str_starts(line, "parcel "))
			take_parcel(&reading, line);
		else if (str_starts(line, "gives "))
			take_result(&reading, line);
		else if (!is_table(&reading, line))
			fail_msg("line %u is neither table, parcel nor result", reading.line);
	}
	assert_true(reading.examples > 150);
	little_close(&reading.little);
	buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(examples_come_out_to_the_cent) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
