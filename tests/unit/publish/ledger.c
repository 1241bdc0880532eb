/* SPDX-License-Identifier: MIT */
/* What was pasted, through crashes, spreadsheets and hands. */
#include "fixture.h"

#include <errno.h>

#include "publish/ledger.h"

static const char HEADER[] = "id,marketplace,site,language,field,listing,pasted,text,values\n";

static struct shelf_name name_of(const char *id)
{
	return (struct shelf_name){ str_of(id), S("ebay"), S(""), S("de"), S("description"), S("110") };
}

static struct ledger *open_ledger(struct place_of_test *test, size_t warnings, size_t errors)
{
	struct diag *diag = diag_new(test->path);
	struct ledger *ledger = ledger_read(test->path, diag);
	assert_int_equal(diag_warnings(diag), warnings);
	assert_int_equal(diag_errors(diag), errors);
	diag_free(diag);
	return ledger;
}

static void tick_one(struct place_of_test *test, const char *id, uint64_t text)
{
	struct ledger *ledger = open_ledger(test, 0, 0);
	struct shelf_name name = name_of(id);
	ledger_tick(ledger, &name, 20779, text, 0xABC, 0xDEF);
	assert_int_equal(ledger_write(ledger, test->folder), 0);
	ledger_free(ledger);
}

static void what_is_ticked_is_found(void **state)
{
	struct place_of_test *test = *state;
	tick_one(test, "A, \"B\"", 0x123);
	tick_one(test, "C", 0x456);
	tick_one(test, "A, \"B\"", 0x789);
	assert_true(str_is(get_file(test, "ledger.csv"),
			   "id,marketplace,site,language,field,listing,pasted,text,values\n"
			   "\"A, \"\"B\"\"\",ebay,,de,description,110,2026-11-22,x0000000000000789,"
			   "x0000000000000abc x0000000000000def\n"
			   "C,ebay,,de,description,110,2026-11-22,x0000000000000456,"
			   "x0000000000000abc x0000000000000def\n"));
	struct ledger *ledger = open_ledger(test, 0, 0);
	struct shelf_name name = name_of("A, \"B\"");
	const struct ledger_row *row = ledger_find(ledger, shelf_key(&name));
	assert_non_null(row);
	assert_int_equal(row->text, 0x789);
	assert_int_equal(row->shared, 0xABC);
	assert_int_equal(row->own, 0xDEF);
	name = name_of("nobody");
	assert_null(ledger_find(ledger, shelf_key(&name)));
	ledger_free(ledger);
}

/* Rows of our own form are taken apart at once; the same rows are read as a table when one of them has a quote. */
static void both_ways_of_reading_agree(void **state)
{
	static const char rows[] =
		"id,marketplace,site,language,field,listing,pasted,text,values\n"
		"A,ebay,ebay.de,de,description,110,2026-11-22,x00000000000000aa,x00000000000000bb x00000000000000cc\n"
		"L\xC3\xA4mpchen,etsy,,en,description,,2026-11-21,x00000000000000ab,x00000000000000bb\n"
		"B,etsy,,en,description,,2025-02-28,0,\n";
	static const char *const further[] = {
		"", "\"C, d\",ebay,,de,description,1,2026-11-22,0,\n", "C,ebay,,de,description, 1,22.11.2026,0,\n",
		"C,ebay,,de,description,1,2026-11-22,0,", /* not ended */
	};
	struct place_of_test *test = *state;
	for (size_t i = 0; i < sizeof further / sizeof *further; i++) {
		struct buf file = BUF_INIT;
		buf_addf(&file, "%s%s", rows, further[i]);
		struct diag *diag = diag_new(test->path);
		assert_int_equal(file_replace(test->folder, "ledger.csv", buf_str(&file)), 0);
		struct ledger *ledger = ledger_read(test->path, diag);
		assert_int_equal(ledger_count(ledger), i ? 4 : 3);
		struct shelf_name names[] = {
			{ S("A"), S("ebay"), S("ebay.de"), S("de"), S("description"), S("110") },
			{ S("L\xC3\xA4mpchen"), S("etsy"), S(""), S("en"), S("description"), S("") },
			{ S("B"), S("etsy"), S(""), S("en"), S("description"), S("") },
		};
		static const uint64_t values[][3] = { { 0xAA, 0xBB, 0xCC }, { 0xAB, 0xBB, 0 }, { 0, 0, 0 } };
		static const int days[] = { 20779, 20778, 20147 };
		for (size_t n = 0; n < 3; n++) {
			const struct ledger_row *row = ledger_find(ledger, shelf_key(&names[n]));
			assert_non_null(row);
			assert_int_equal(row->text, values[n][0]);
			assert_int_equal(row->shared, values[n][1]);
			assert_int_equal(row->own, values[n][2]);
			assert_int_equal(row->pasted, days[n]);
			assert_int_equal(row->line, n + 2);
		}
		assert_int_equal(ledger_row(ledger, 1)->offset,
				 (size_t)(strstr(rows, "L\xC3") - rows));
		ledger_free(ledger);
		diag_free(diag);
		buf_release(&file);
	}
}

/* A row that cannot be read is named, and stays as it is, whatever is ticked. */
static void a_broken_row_is_kept(void **state)
{
	struct place_of_test *test = *state;
	struct buf text = BUF_INIT;
	buf_addf(&text, "%sA,ebay,,de,description,110,22nd of November,x0000000000000001,\n", HEADER);
	buf_add(&text, S("B,ebay,,de,description,110,2026-11-01,x0000000000000002,\n"));
	buf_add(&text, S("C,ebay,,de,description,1.1E+11,2026-11-01,x0000000000000003,\n"));
	buf_add(&text, S("D,ebay,,de,description,110,2026-11-01,who knows,\n"));
	buf_byte(&text, 0);
	put_file(test, "ledger.csv", text.text);
	buf_release(&text);
	struct diag *diag = diag_new(test->path);
	struct ledger *ledger = ledger_read(test->path, diag);
	assert_int_equal(diag_warnings(diag), 3);
	struct pos pos;
	enum severity severity;
	struct str said;
	assert_true(diag_get(diag, 0, &pos, &severity, &said));
	assert_string_equal(pos.file, "ledger.csv");
	assert_int_equal(pos.line, 2);
	assert_int_equal(pos.column, 28);
	assert_true(str_starts(said, "'22nd of November' is no day"));
	diag_free(diag);
	assert_int_equal(ledger_count(ledger), 1);
	struct shelf_name name = name_of("B");
	ledger_tick(ledger, &name, 20779, 9, 0, 0);
	assert_int_equal(ledger_write(ledger, test->folder), 0);
	ledger_free(ledger);
	assert_true(str_is(get_file(test, "ledger.csv"),
			   "id,marketplace,site,language,field,listing,pasted,text,values\n"
			   "A,ebay,,de,description,110,22nd of November,x0000000000000001,\n"
			   "B,ebay,,de,description,110,2026-11-22,x0000000000000009,\n"
			   "C,ebay,,de,description,1.1E+11,2026-11-01,x0000000000000003,\n"
			   "D,ebay,,de,description,110,2026-11-01,who knows,\n"));
}

/* A spreadsheet saved it: semicolons, columns elsewhere, German days, a mark of its encoding. */
static void a_spreadsheet_may_save_it(void **state)
{
	struct place_of_test *test = *state;
	put_file(test, "ledger.csv",
		 "\xEF\xBB\xBF"
		 "pasted;id;marketplace;language;field;listing;text;values\r\n"
		 "22.11.2026;B;ebay;de;description;110;x0000000000000002;x0000000000000003\r\n");
	tick_one(test, "A", 7);
	assert_true(str_is(get_file(test, "ledger.csv"),
			   "id,marketplace,site,language,field,listing,pasted,text,values\n"
			   "B,ebay,,de,description,110,2026-11-22,x0000000000000002,x0000000000000003\n"
			   "A,ebay,,de,description,110,2026-11-22,x0000000000000007,"
			   "x0000000000000abc x0000000000000def\n"));
}

/* In a form of its own and with a row that cannot be read: it is left alone. */
static void what_would_be_lost_is_not_written_over(void **state)
{
	struct place_of_test *test = *state;
	put_file(test, "ledger.csv", "id;marketplace;language;field;listing;pasted;text\n"
				     "B;ebay;de;description;110;soon;x0000000000000002\n");
	struct ledger *ledger = open_ledger(test, 1, 0);
	struct shelf_name name = name_of("A");
	ledger_tick(ledger, &name, 20779, 9, 0, 0);
	assert_int_equal(ledger_write(ledger, test->folder), -1);
	assert_int_equal(errno, EINVAL);
	ledger_free(ledger);
	assert_true(str_ends(get_file(test, "ledger.csv"), ";soon;x0000000000000002\n"));
}

static void the_newest_of_two_rows_counts(void **state)
{
	struct place_of_test *test = *state;
	struct buf text = BUF_INIT;
	buf_addf(&text, "%sA,ebay,,de,description,110,2026-11-20,x0000000000000001,\n", HEADER);
	buf_add(&text, S("A,ebay,,de,description,110,2026-11-01,x0000000000000002,\n"));
	buf_byte(&text, 0);
	put_file(test, "ledger.csv", text.text);
	buf_release(&text);
	struct ledger *ledger = open_ledger(test, 0, 0);
	struct shelf_name name = name_of("A");
	assert_int_equal(ledger_find(ledger, shelf_key(&name))->text, 1);
	ledger_free(ledger);
}

/* Cut anywhere, as by a crash of another program: what is whole is read, nothing crashes. */
static void a_cut_file_is_read_as_far_as_it_goes(void **state)
{
	struct place_of_test *test = *state;
	tick_one(test, "A", 1);
	tick_one(test, "B", 2);
	struct str whole = get_file(test, "ledger.csv");
	for (size_t len = 0; len <= whole.len; len++) {
		assert_int_equal(file_replace(test->folder, "ledger.csv", str_sub(whole, 0, len)), 0);
		struct diag *diag = diag_new(test->path);
		struct ledger *ledger = ledger_read(test->path, diag);
		assert_true(ledger_count(ledger) <= 2);
		if (len + 1 >= whole.len)
			assert_int_equal(ledger_count(ledger), 2);
		ledger_free(ledger);
		diag_free(diag);
	}
}

static void many_rows(void **state)
{
	struct place_of_test *test = *state;
	enum { ROWS = 3000 };
	for (int round = 1; round <= 2; round++) {
		struct ledger *ledger = open_ledger(test, 0, 0);
		for (int i = 0; i < ROWS; i++) {
			struct str id = str_format(&test->arena, "P-%d", i);
			struct shelf_name name = name_of(id.text);
			if (round == 1 || i % 3 == 0)
				ledger_tick(ledger, &name, 20779, (uint64_t)(i + round), 0, 0);
		}
		assert_int_equal(ledger_write(ledger, test->folder), 0);
		ledger_free(ledger);
	}
	struct ledger *ledger = open_ledger(test, 0, 0);
	assert_int_equal(ledger_count(ledger), ROWS);
	for (int i = 0; i < ROWS; i++) {
		struct str id = str_format(&test->arena, "P-%d", i);
		struct shelf_name name = name_of(id.text);
		assert_int_equal(ledger_find(ledger, shelf_key(&name))->text,
				 i + (i % 3 == 0 ? 2 : 1));
	}
	ledger_free(ledger);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_ticked_is_found, set_up, tear_down),
		cmocka_unit_test_setup_teardown(both_ways_of_reading_agree, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_broken_row_is_kept, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_spreadsheet_may_save_it, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_would_be_lost_is_not_written_over, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_newest_of_two_rows_counts, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_cut_file_is_read_as_far_as_it_goes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(many_rows, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
