/* SPDX-License-Identifier: MIT */
/* What is read from shipments.csv, and what is left out and named. */
#include "../shop/little_shop.h"

#include "promise/log.h"

struct reading {
	struct little_shop little;
	const struct log *log;
};

static void read_shipments(struct reading *reading, const char *text)
{
	little_open(&reading->little);
	little_put(&reading->little, "shipments.csv", text);
	const struct shop *shop = little_load(&reading->little);
	reading->log = log_read(&reading->little.arena, &reading->little.arena, shop, reading->little.diag,
				NULL);
}

/* What was said, one a line, less the notes. */
static void says(struct reading *reading, const char *expected)
{
	struct buf said = BUF_INIT;
	struct pos pos;
	enum severity severity;
	struct str text;
	for (size_t i = 0; diag_get(reading->little.diag, i, &pos, &severity, &text); i++)
		if (severity != DIAG_NOTE)
			buf_addf(&said, "%u: %.*s\n", pos.line, STR(text));
	buf_byte(&said, 0);
	assert_string_equal(said.text, expected);
	buf_release(&said);
}

static size_t counted(const struct log *log)
{
	size_t count = 0;
	for (size_t i = 0; i < log->count; i++)
		count += log_parcel(log, i)->row_ppm > 0;
	return count;
}

static void a_row_is_a_parcel(void **state)
{
	(void)state;
	struct reading r;
	read_shipments(&r, "service,from,to,ordered,shipped,delivered,status,parcels,id\n"
			   "post,CN,DE,2026-10-01,2026-10-03,2026-10-14,delivered,1,MUG\n"
			   "post,CN,DE,,2026-10-04,,lost,0.25,\n"
			   "post,,DE,,2026-10-05,2026-10-20 17:31:02,,,\n"
			   "fast,CN,US-CA,2026-11-20,,,open,3,\n");
	says(&r, "");
	const struct parcel *parcels = log_parcel(r.log, 0);
	assert_int_equal(r.log->count, 4);
	assert_int_equal(r.log->route_count, 2);
	assert_int_equal(parcels[0].delivered - parcels[0].shipped, 11);
	assert_int_equal(parcels[0].shipped - parcels[0].ordered, 2);
	assert_int_equal(parcels[1].row_ppm, 250000);
	assert_int_equal(parcels[1].status, PARCEL_LOST);
	assert_int_equal(parcels[2].status, PARCEL_DELIVERED);
	assert_int_equal(parcels[2].delivered - parcels[2].shipped, 15);
	assert_int_equal(parcels[3].shipped, DATE_NONE);
	assert_int_equal(parcels[3].row_ppm, 3000000);
	assert_true(r.log->has_orders && !r.log->beyond);
	little_close(&r.little);
}

static void rows_that_cannot_be_are_named_and_left_out(void **state)
{
	(void)state;
	struct reading r;
	read_shipments(&r, "service,to,ordered,shipped,delivered,status\n"
			   "post,DE,2026-10-01,2026-10-03,2026-10-02,delivered\n"
			   "post,DE,2026-10-05,2026-10-03,2026-10-12,delivered\n"
			   "post,DE,2026-10-01,2026-10-03,,delivered\n"
			   "post,DE,2026-10-01,2026-10-03,2026-10-12,open\n"
			   "post,DE,2026-10-01,2026-10-03,2028-10-12,delivered\n"
			   "post,DE,2026-10-01,2026-10-03,2026-10-12,delivered\n"
			   "post,DE,2026-10-01,2026-10-03,,cancelled\n");
	says(&r, "0: 5 of 7 rows cannot be and are left out: 1 delivered before it was shipped, 1 "
		 "shipped before it was ordered, 1 handed over or delivered, but on no day, 1 came on a "
		 "day, but its status says that it did not, 1 of a day after the build date; correct "
		 "them, or ask the carrier\n"
		 "2: this parcel is left out: delivered before it was shipped\n"
		 "3: this parcel is left out: shipped before it was ordered\n"
		 "4: this parcel is left out: handed over or delivered, but on no day\n"
		 "5: this parcel is left out: came on a day, but its status says that it did not\n"
		 "6: this parcel is left out: of a day after the build date\n");
	assert_int_equal(counted(r.log), 1);
	little_close(&r.little);
}

static void many_rows_that_cannot_be_are_not_all_named(void **state)
{
	(void)state;
	struct reading r;
	struct buf text = BUF_INIT;
	buf_add(&text, S("service,to,shipped,delivered\n"));
	for (int i = 0; i < 500; i++)
		buf_add(&text, S("post,DE,2026-10-03,2026-10-02\n"));
	buf_byte(&text, 0);
	read_shipments(&r, text.text);
	assert_int_equal(diag_warnings(r.little.diag), 21);
	assert_int_equal(counted(r.log), 0);
	buf_release(&text);
	little_close(&r.little);
}

static void a_log_that_goes_on_is_one_of_the_future(void **state)
{
	(void)state;
	struct reading r;
	read_shipments(&r, "service,to,shipped,delivered,status\n"
			   "post,DE,2026-10-03,2026-10-20,delivered\n"
			   "post,DE,2026-11-10,2026-12-01,delivered\n"
			   "post,DE,2026-11-23,2026-12-05,delivered\n"
			   "post,DE,2026-12-03,2026-12-20,delivered\n"
			   "post,DE,2026-12-04,2026-12-21,delivered\n");
	says(&r, "");
	assert_true(r.log->beyond);
	assert_int_equal(r.log->parcels, 5);
	assert_int_equal(counted(r.log), 2); /* of those that begin later nothing is known yet */
	little_close(&r.little);
}

static void what_cannot_be_resolved_is_said_once(void **state)
{
	(void)state;
	struct reading r;
	read_shipments(&r, "service,to,shipped,delivered,parcels\n"
			   "pigeon,DE,2026-10-03,2026-10-20,1\n"
			   "pigeon,DE,2026-10-03,2026-10-20,1\n"
			   "post,XX,2026-10-03,2026-10-20,1\n"
			   "post,XX,2026-10-03,2026-10-20,1\n"
			   "post,DE,2026-10-03,soon,1\n"
			   "post,DE,2026-10-03,2026-10-20,-1\n");
	assert_int_equal(diag_errors(r.little.diag), 3);
	assert_int_equal(diag_warnings(r.little.diag), 1);
	assert_int_equal(r.log->count, 0);
	little_close(&r.little);
}

static void no_file_is_an_empty_log(void **state)
{
	(void)state;
	struct little_shop little;
	little_open(&little);
	const struct log *log = log_read(&little.arena, &little.arena, little_load(&little), little.diag,
				       NULL);
	assert_int_equal(log->count, 0);
	assert_null(log->blocks);
	assert_true(log->hash == 0);
	little_close(&little);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_row_is_a_parcel),
		cmocka_unit_test(rows_that_cannot_be_are_named_and_left_out),
		cmocka_unit_test(many_rows_that_cannot_be_are_not_all_named),
		cmocka_unit_test(a_log_that_goes_on_is_one_of_the_future),
		cmocka_unit_test(what_cannot_be_resolved_is_said_once),
		cmocka_unit_test(no_file_is_an_empty_log),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
