/* SPDX-License-Identifier: MIT */
/*
 * One table saved by spreadsheets of many countries gives the same rows, and what cannot be
 * known is said. The twins were written with iconv, byte for byte.
 */
#include "fixture.h"

#include <iconv.h>

/* The text in another encoding, behind a mark. */
static struct str encode(const char *encoding, struct str mark, const char *text)
{
	size_t left = strlen(text), room = left * 4 + mark.len;
	char *bytes = arena_text(&f.arena, room), *to = bytes + mark.len,
	     *from = (char *)(uintptr_t)text;
	iconv_t converter = iconv_open(encoding, "UTF-8");
	assert_true(converter != (iconv_t)-1);
	if (mark.len)
		memcpy(bytes, mark.text, mark.len);
	room -= mark.len;
	assert_int_equal(iconv(converter, &from, &left, &to, &room), 0);
	assert_int_equal(left, 0);
	iconv_close(converter);
	return (struct str){ bytes, (size_t)(to - bytes) };
}

/* Reads the text once as UTF-8 and once as its twin; rows and places must be the same. */
static void twin(const char *encoding, struct str mark, const char *text)
{
	fixture_write(&f, "utf8.csv", str_of(text));
	char *rows = strdup(fixture_read(&f, "utf8.csv"));
	assert_true(strlen(rows) > 0);
	fixture_write(&f, "t.csv", encode(encoding, mark, text));
	for (f.piece = 1; f.piece < 9; f.piece++)
		assert_string_equal(fixture_read(&f, "t.csv"), rows);
	f.piece = FEED_PIECE;
	assert_string_equal(fixture_read(&f, "t.csv"), rows);
	assert_int_equal(diag_errors(f.diag), 0);
	free(rows);
}

static const char chinese[] = "编号,名称\nA-1,\"台灯，橡木\n第二行\"\nB-2,手机壳";

static void the_usual_encodings_are_read_and_announced(void **state)
{
	(void)state;
	static const struct {
		const char *country, *encoding, *text, *said;
	} cases[] = {
		{ "CN", "GB18030", "id,title\nA-1,\"台灯，橡木\n第二行\"\nB-2,㐀𠀀\n",
		  "t.csv:2:6: note: not UTF-8, so read as GB18030, which is usual in CN; the first "
		  "cell it "
		  "changed is '台灯，橡木'" },
		{ "CN", "CP936", "id,title\nA-1,灯 5 €\n",
		  "read as windows-936, which is usual in CN" },
		{ "HK", "BIG5-HKSCS", "id,title\nA-1,檯燈 嘅\n",
		  "read as Big5-HKSCS, which is usual in HK" },
		{ "TW", "BIG5", "id,title\nA-1,檯燈 許功蓋\n",
		  "read as Big5, which is usual in TW" },
		{ "HK", "BIG5", "id,title\nA-1,檯燈|許功蓋\n",
		  "read as Big5, which is usual in HK" },
		{ "JP", "SHIFT_JIS", "id,title\nA-1,デスクランプ ソ表ｱ\n", "read as Shift_JIS" },
		{ "KR", "EUC-KR", "id,title\nA-1,책상 램프\n", "read as EUC-KR" },
		{ "KR", "CP949", "id,title\nA-1,똠방각하\n", "read as EUC-KR" },
		{ "RU", "WINDOWS-1251", "id,title\nA-1,Лампа «Ёж»\n",
		  "t.csv:2:5: note: not UTF-8, so read as windows-1251, which is usual in RU; the "
		  "first cell it "
		  "changed is 'Лампа «Ёж»'; if that is wrong, set 'encoding.t.csv' in shop.csv" },
		{ "PL", "WINDOWS-1250", "id,title\nA-1,Żółta lampa\n", "read as windows-1250" },
		{ "GR", "WINDOWS-1253", "id,title\nA-1,Λάμπα\n", "read as windows-1253" },
		{ "TR", "WINDOWS-1254", "id,title\nA-1,Işık ğ\n", "read as windows-1254" },
		{ "DE", "WINDOWS-1252", "id,title\nA-1,Größe „M“ 5 €\n",
		  "read as windows-1252, which is usual in DE" },
		{ "", "WINDOWS-1252", "id,title\nA-1,Café\n", "which is usual in most countries" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		fixture_forget(&f);
		strcpy(f.options.country, cases[i].country);
		twin(cases[i].encoding, S(""), cases[i].text);
		fixture_assert_said(&f, cases[i].said);
	}
}

static void a_mark_decides(void **state)
{
	(void)state;
	strcpy(f.options.country, "RU");
	f.options.encoding = S("windows-1251");
	twin("UTF-8", S("\xEF\xBB\xBF"), chinese);
	fixture_assert_quiet(&f);
	twin("UTF-16LE", S("\xFF\xFE"), chinese);
	fixture_assert_said(
		&f,
		"t.csv:1:1: note: read as UTF-16LE, as its byte order mark says; the first cell it "
		"changed is '编号'");
	twin("UTF-16BE", S("\xFE\xFF"), "id,title\nA,😀\n");
	twin("UTF-32LE", S("\xFF\xFE\0\0"), chinese);
	twin("UTF-32BE", S("\0\0\xFE\xFF"), chinese);
	twin("GB18030", S("\x84\x31\x95\x33"), chinese);
	fixture_forget(&f);
	twin("UTF-16LE", S("\xFF\xFE"), "id,title\nA,plain\n");
	fixture_assert_said(&f, "t.csv:0:0: note: read as UTF-16LE, as its byte order mark says\n");
}

static void what_is_declared_is_obeyed(void **state)
{
	(void)state;
	struct setting settings[] = {
		{ S("encoding.T.csv"), S("koi8-r"), { "content/shop.csv", 7, 3 } },
	};
	f.options.settings = settings;
	f.options.setting_count = 1;
	f.options.encoding = S("gb18030");
	twin("KOI8-R", S(""), "id,title\nA-1,Лампа\n");
	fixture_assert_said(
		&f, "t.csv:2:5: note: read as koi8-r, as 'encoding.t.csv' in shop.csv says");
	f.options.setting_count = 0;
	twin("GB18030", S(""), chinese);
	fixture_assert_said(&f, "read as gb18030, as 'encoding' in shop.csv says");
	f.options.encoding = S("UTF-16LE"); /* without a mark, and all ASCII */
	twin("UTF-16LE", S(""), "id,title\nA,plain\n");
	twin("UTF-16LE", S(""), "id,title\nA,中\n");
}

static void a_declared_encoding_must_fit(void **state)
{
	(void)state;
	struct setting settings[] = {
		{ S("encoding.t.csv"), S("GB18030"), { "content/shop.csv", 7, 3 } },
	};
	f.options.settings = settings;
	f.options.setting_count = 1;
	fixture_write(&f, "t.csv", S("id,title\nA,\xB5\xC6\nB,\xB5\xC6 \xFF\n"));
	assert_string_equal(fixture_read(&f, "t.csv"), "");
	assert_string_equal(
		fixture_said(&f),
		"t.csv:3:5: error: byte FF stands for nothing in GB18030, as which "
		"'encoding.t.csv' in shop.csv declares this file; declare the right encoding, or "
		"save the file as UTF-8\n");
	fixture_forget(&f);
	settings[0].value = S("klingon");
	assert_string_equal(fixture_read(&f, "t.csv"), "");
	assert_string_equal(fixture_said(&f),
			    "content/shop.csv:7:3: error: there is no encoding 'klingon'; names "
			    "such as UTF-8, GB18030, Shift_JIS or windows-1251 are understood\n");
	fixture_forget(&f);
	settings[0].value = S("UTF-8");
	assert_string_equal(fixture_read(&f, "t.csv"), "");
	fixture_assert_said(&f, "t.csv:2:3: error: byte B5 stands for nothing in UTF-8");
}

static void broken_utf8_behind_its_mark_is_an_error(void **state)
{
	(void)state;
	static const struct {
		struct str bytes;
		const char *place;
	} cases[] = {
		{ S("a,b\n1,\x80\n"), "t.csv:2:3: error: byte 80" },
		{ S("a,b\n1,\xC0\xAF\n"), "t.csv:2:3: error: byte C0" },
		{ S("a,b\n1,\xE0\x80\xAF\n"), "t.csv:2:3: error: byte E0" },
		{ S("a,b\n1,ü\xED\xA0\x80\n"), "t.csv:2:4: error: byte ED" },
		{ S("a,b\n1,\xF4\x90\x80\x80\n"), "t.csv:2:3: error: byte F4" },
		{ S("a,b\n1,\xE2\x82"), "t.csv:2:3: error: byte E2 82" },
		{ S("a,b\n1,\xFE\n"), "t.csv:2:3: error: byte FE" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct str text = str_format(&f.arena, "\xEF\xBB\xBF%.*s", STR(cases[i].bytes));
		fixture_forget(&f);
		fixture_write(&f, "t.csv", text);
		assert_string_equal(fixture_read(&f, "t.csv"), "");
		fixture_assert_said(&f, cases[i].place);
		fixture_assert_said(&f, "stands for nothing in UTF-8, as which its byte order mark "
					"declares this file");
	}
}

static void what_nothing_decodes_is_shown_in_each_candidate(void **state)
{
	(void)state;
	strcpy(f.options.country, "CN");
	fixture_write(&f, "t.csv", encode("WINDOWS-1252", S(""), "id,title\nA,Café\n"));
	assert_string_equal(fixture_read(&f, "t.csv"), "");
	assert_string_equal(
		fixture_said(&f),
		"t.csv:2:6: error: the file is neither UTF-8 nor GB18030, which is usual in CN; "
		"its first such cell would read 'Cafй' in windows-1251, 'Café' in windows-1252, "
		"'Café' in windows-1250; save it as UTF-8, or name its encoding as "
		"'encoding.t.csv' in shop.csv\n");
}

/* Nothing is known of the shop when shop.csv is read: it says itself how. */
static void shop_csv_says_how_it_is_read(void **state)
{
	(void)state;
	f.options.country[0] = 0;
	fixture_write(&f, "shop.csv",
		      encode("GB18030", S(""), "key,value\nname,台灯店\n\"Country\", cn\n"));
	assert_string_equal(fixture_read(&f, "shop.csv"),
			    "2:1=name|2:6=台灯店|\n3:2=Country|3:12=cn|\n");
	fixture_assert_said(
		&f, "shop.csv:2:6: note: not UTF-8, so read as GB18030, which is usual in CN");
	fixture_forget(&f);
	fixture_write(
		&f, "shop.csv",
		encode("KOI8-R", S(""), "key;value\ncountry;RU\nname;Лампа\nencoding;koi8-r\n"));
	assert_non_null(strstr(fixture_read(&f, "shop.csv"), "3:6=Лампа|"));
	fixture_assert_said(&f,
			    "shop.csv:3:6: note: read as koi8-r, as 'encoding' in shop.csv says");
	fixture_forget(&f);
	fixture_write(&f, "shop.csv", encode("WINDOWS-1252", S(""), "key,value\nname,Café\n"));
	assert_string_equal(fixture_read(&f, "shop.csv"), "2:1=name|2:6=Café|\n");
}

static void undefined_bytes_do_not_pass(void **state)
{
	(void)state;
	fixture_write(&f, "t.csv", S("id,title\nA,\x81\x8D\n"));
	assert_string_equal(fixture_read(&f, "t.csv"), "");
	fixture_assert_said(&f, "t.csv:2:3: error: the file is neither UTF-8 nor windows-1252, "
				"which is usual in DE");
}

static void one_byte_decides_for_a_long_file(void **state)
{
	(void)state;
	struct buf text = BUF_INIT;
	buf_add(&text, S("id,title\n"));
	for (int i = 0; i < 60000; i++)
		buf_addf(&text, "A-%d,desk lamp\n", i);
	buf_add(&text, S("Z,\xB5\xC6\n"));
	fixture_write(&f, "t.csv", buf_str(&text));
	strcpy(f.options.country, "CN");
	struct table *table = fixture_open(&f, "t.csv");
	table_close(table);
	fixture_assert_said(&f, "t.csv:60002:3: note: not UTF-8, so read as GB18030, which is "
				"usual in CN; the first cell it changed is '灯'");
	buf_release(&text);
}

/* A sequence that a block of the first pass cuts in two is whole. */
static void characters_may_lie_anywhere(void **state)
{
	(void)state;
	struct buf text = BUF_INIT;
	for (size_t at = 65536 - 8; at < 65536 + 4; at++) {
		buf_reset(&text);
		buf_add(&text, S("id,title\n"));
		while (text.len < at)
			buf_add(&text, text.len + 40 < at
					       ? S("A,0123456789012345678901234567890123456\n")
					       : S("\n"));
		buf_add(&text, S("B,灯😀é\n"));
		fixture_write(&f, "t.csv", buf_str(&text));
		struct table *table = fixture_open(&f, "t.csv");
		table_close(table);
		fixture_assert_quiet(&f);
		text.text[text.len - 2] = '\n'; /* cuts the last character */
		fixture_write(&f, "t.csv", buf_str(&text));
		table = fixture_open(&f, "t.csv");
		table_close(table);
		assert_string_not_equal(fixture_said(&f), "");
		fixture_forget(&f);
	}
	buf_release(&text);
}

static void the_hash_is_of_the_bytes(void **state)
{
	(void)state;
	uint64_t hashes[3];
	const struct str texts[] = { S("a,b\n1,2\n"),
				     S("\xEF\xBB\xBF"
				       "a,b\n1,2\n"),
				     S("a,b\n1,2\n") };
	for (int i = 0; i < 3; i++) {
		fixture_write(&f, "t.csv", texts[i]);
		struct table *table = fixture_open(&f, "t.csv");
		hashes[i] = table_hash(table);
		table_close(table);
	}
	assert_true(hashes[0] == hashes[2]);
	assert_true(hashes[0] != hashes[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_usual_encodings_are_read_and_announced, fixture_setup,
						fixture_teardown),
		cmocka_unit_test_setup_teardown(a_mark_decides, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(what_is_declared_is_obeyed, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(a_declared_encoding_must_fit, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(broken_utf8_behind_its_mark_is_an_error, fixture_setup,
						fixture_teardown),
		cmocka_unit_test_setup_teardown(what_nothing_decodes_is_shown_in_each_candidate,
						fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(shop_csv_says_how_it_is_read, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(undefined_bytes_do_not_pass, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(one_byte_decides_for_a_long_file, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(characters_may_lie_anywhere, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(the_hash_is_of_the_bytes, fixture_setup, fixture_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
