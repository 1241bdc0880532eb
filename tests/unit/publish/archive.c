/* SPDX-License-Identifier: MIT */
/* Every text once, what stood where on which day, and what is not whole is not shown. */
#include "fixture.h"

#include <errno.h>

#include "publish/archive.h"
#include "publish/pack.h"
#include "shop/date.h"

static int32_t day(const char *text)
{
	int32_t date;
	assert_true(date_parse(str_of(text), &date));
	return date;
}

enum { EBAY = 11, ETSY = 22 };

/* A build for a day: each place with its text. */
static void build(struct place_of_test *test, const char *date, const char *ebay, const char *etsy)
{
	struct archive *archive = archive_open(test->path);
	const char *const texts[] = { ebay, etsy };
	const uint64_t places[] = { EBAY, ETSY };
	for (size_t i = 0; i < 2; i++) {
		if (!texts[i])
			continue;
		uint64_t hash = *texts[i] ? hash_str(str_of(texts[i]), 0) : 0;
		if (hash && !archive_has(archive, hash))
			archive_put(archive, hash, str_of(texts[i]));
		archive_place(archive, places[i], hash);
	}
	archive_name(archive, S("LAMP-1\tebay\t\ten\tdescription\t110"));
	assert_int_equal(archive_close_day(archive, day(date)), 0);
	archive_free(archive);
}

static void expect(struct place_of_test *test, uint64_t place, const char *date, const char *text)
{
	struct archive *archive = archive_open(test->path);
	struct buf bytes = BUF_INIT;
	uint64_t hash = 0;
	int32_t built;
	int found = archive_on(archive, place, day(date), &hash, &built);
	if (!text) {
		assert_true(found <= 0);
	} else {
		assert_int_equal(found, 1);
		assert_int_equal(archive_text(archive, hash, &bytes), 0);
		assert_true(str_is(buf_str(&bytes), text));
	}
	buf_release(&bytes);
	archive_free(archive);
}

static void each_day_has_its_text(void **state)
{
	struct place_of_test *test = *state;
	build(test, "2026-11-01", "ten days", "twelve days");
	build(test, "2026-11-10", "eleven days", NULL);
	build(test, "2026-11-20", NULL, "");
	expect(test, EBAY, "2026-10-31", NULL); /* nothing was built by then */
	expect(test, EBAY, "2026-11-01", "ten days");
	expect(test, EBAY, "2026-11-09", "ten days");
	expect(test, EBAY, "2026-11-10", "eleven days");
	expect(test, EBAY, "2027-01-01", "eleven days");
	expect(test, ETSY, "2026-11-19", "twelve days");
	expect(test, ETSY, "2026-11-20", NULL); /* taken out */
	expect(test, 33, "2026-11-20", NULL);
}

static void a_look_ahead_changes_no_other_day(void **state)
{
	struct place_of_test *test = *state;
	build(test, "2026-11-01", "now", "now");
	build(test, "2027-02-05", "after the holidays", NULL);
	build(test, "2026-11-02", "now again", NULL);
	expect(test, EBAY, "2026-11-01", "now");
	expect(test, EBAY, "2026-11-02", "now again");
	expect(test, EBAY, "2027-02-04", "now again");
	expect(test, EBAY, "2027-02-05", "after the holidays");
}

static void the_last_build_of_a_day_counts(void **state)
{
	struct place_of_test *test = *state;
	build(test, "2026-11-01", "in the morning", "");
	build(test, "2026-11-01", "in the evening", NULL);
	expect(test, EBAY, "2026-11-01", "in the evening");
	assert_true(str_is(get_file(test, "archive/days.csv"), "date,pack\n2026-11-01,2\n"));
}

static void a_text_is_kept_once(void **state)
{
	struct place_of_test *test = *state;
	static char text[100000];
	memset(text, 'x', sizeof text - 1);
	for (size_t i = 0; i < sizeof text - 1; i += 7)
		text[i] = (char)('a' + i % 26);
	build(test, "2026-11-01", text, text);
	build(test, "2026-11-02", "short", NULL);
	build(test, "2026-11-03", text, NULL); /* back again */
	struct file_stat third;
	assert_int_equal(file_look(path_in(test, "archive/0003.pack").text, &third), 0);
	assert_true(third.size < 400);
	expect(test, EBAY, "2026-11-03", text);
	struct archive *archive = archive_open(test->path);
	assert_int_equal(archive_last_pack(archive), 3);
	assert_int_equal(archive_close_day(archive, day("2026-11-04")), 0); /* nothing new: the day alone */
	archive_free(archive);
	assert_true(str_ends(get_file(test, "archive/days.csv"), "2026-11-03,3\n2026-11-04,3\n"));
}

/* A build was killed after it wrote its pack and before it named the day. */
static void an_unnamed_pack_is_nobodys(void **state)
{
	struct place_of_test *test = *state;
	build(test, "2026-11-01", "first", "");
	struct str days = get_file(test, "archive/days.csv");
	build(test, "2026-11-02", "killed", "killed");
	int folder = folder_open(test->folder, "archive", false);
	assert_int_equal(file_replace(folder, "days.csv", days), 0);
	folder_close(folder);
	expect(test, EBAY, "2026-11-02", "first");
	build(test, "2026-11-03", "second", NULL);
	expect(test, EBAY, "2026-11-03", "second");
	expect(test, ETSY, "2026-11-03", NULL);
}

/* Every byte of a pack altered, one after the other: never another text, never a crash. */
static void damage_is_noticed(void **state)
{
	struct place_of_test *test = *state;
	build(test, "2026-11-01", "within twelve days", "");
	struct str good = get_file(test, "archive/0001.pack");
	int folder = folder_open(test->folder, "archive", false);
	uint64_t hash = hash_str(S("within twelve days"), 0);
	for (size_t i = 0; i < good.len; i++) {
		struct buf bytes = BUF_INIT, text = BUF_INIT;
		buf_add(&bytes, good);
		bytes.text[i] ^= 0x20;
		assert_int_equal(file_replace(folder, "0001.pack", buf_str(&bytes)), 0);
		struct archive *archive = archive_open(test->path);
		if (archive_text(archive, hash, &text) == 0)
			assert_true(str_is(buf_str(&text), "within twelve days"));
		else
			assert_true(errno == EBADMSG);
		archive_free(archive);
		buf_release(&bytes);
		buf_release(&text);
	}
	for (size_t len = 0; len < good.len; len++) {
		struct buf text = BUF_INIT;
		assert_int_equal(file_replace(folder, "0001.pack", str_sub(good, 0, len)), 0);
		struct archive *archive = archive_open(test->path);
		assert_int_equal(archive_text(archive, hash, &text), -1);
		assert_int_equal(errno, EBADMSG);
		archive_free(archive);
		buf_release(&text);
	}
	folder_close(folder);
}

static void a_days_file_of_another_hand_is_not_written_over(void **state)
{
	struct place_of_test *test = *state;
	build(test, "2026-11-01", "first", "");
	int folder = folder_open(test->folder, "archive", false);
	assert_int_equal(file_replace(folder, "days.csv", S("date,pack\nyesterday,1\n")), 0);
	folder_close(folder);
	struct archive *archive = archive_open(test->path);
	archive_put(archive, 5, S("five"));
	assert_int_equal(archive_close_day(archive, day("2026-11-02")), -1);
	assert_int_equal(errno, EBADMSG);
	archive_free(archive);
}

/* Listings that differ in a title and an amount take little room. */
static void likeness_is_cheap(void **state)
{
	struct place_of_test *test = *state;
	enum { LISTINGS = 2000 };
	struct pack_writer *writer = pack_writer_new();
	struct buf text = BUF_INIT, back = BUF_INIT;
	for (int i = 0; i < LISTINGS; i++) {
		buf_reset(&text);
		buf_addf(&text, "<h2>Delivery of lamp %d</h2>", i);
		for (int day = 0; day < 60; day++)
			buf_addf(&text, "<tr><td>%d days</td><td>%d%%</td></tr>", day, day * day % 97);
		buf_addf(&text, "<p>Import charges of about %d.%02d EUR</p>", i % 30, i % 100);
		pack_put(writer, (uint64_t)i + 1, buf_str(&text));
	}
	assert_int_equal(pack_write(writer, test->folder, "p"), 0);
	pack_writer_free(writer);
	struct str file = get_file(test, "p");
	assert_true(file.len / LISTINGS < 100);
	struct pack *pack = pack_open(path_in(test, "p").text);
	assert_non_null(pack);
	for (uint64_t i = LISTINGS; i > 0; i -= 37 < i ? 37 : i) {
		assert_int_equal(pack_text(pack, i, &back), 0);
		assert_true(str_starts(buf_str(&back), "<h2>Delivery of lamp "));
		assert_int_equal(atoi(back.text + 21), i - 1);
	}
	assert_int_equal(pack_text(pack, LISTINGS + 1, &back), -1);
	assert_int_equal(errno, ENOENT);
	pack_close(pack);
	buf_release(&text);
	buf_release(&back);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_day_has_its_text, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_look_ahead_changes_no_other_day, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_last_build_of_a_day_counts, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_text_is_kept_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(an_unnamed_pack_is_nobodys, set_up, tear_down),
		cmocka_unit_test_setup_teardown(damage_is_noticed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_days_file_of_another_hand_is_not_written_over, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(likeness_is_cheap, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
