/* SPDX-License-Identifier: MIT */
/*
 * shop.csv in, the shop's settings and its way of reading files out. The one idea: a list of
 * keys, each with its kind and where its value goes; it is gone through in its own order, so
 * that the currency is known before the first amount, wherever the rows stand.
 */
#include "shop/load.h"

#include <string.h>

static const char shop_csv[] = "content/shop.csv";

/* The first ones go into a text or number of shop_settings, the rest have their own reader. */
enum kind { TEXT, COUNT, SHARE, MONEY, WORD, CURRENCY, COUNTRY, TIMEZONE, URL, LANGUAGES, PAGES };

struct key {
	const char *name;
	enum kind kind;
	size_t at;           /* in struct shop_settings */
	const char *example; /* the key is required, and this is how it looks; else NULL */
	struct {
		int otherwise, least, most;
	} number;
	const char *words[2]; /* of WORD */
};

#define AT(field) offsetof(struct shop_settings, field)

static const struct key keys[] = {
	{ "name", .kind = TEXT, .at = AT(name), .example = "Kiln & Cable" },
	{ "url", .kind = URL, .at = AT(url), .example = "https://shop.example" },
	{ "languages", .kind = LANGUAGES, .example = "en de" },
	{ "currency", .kind = CURRENCY, .at = AT(currency), .example = "EUR" },
	{ "country", .kind = COUNTRY, .at = AT(country), .example = "CN" },
	{ "timezone", .kind = TIMEZONE, .at = AT(timezone), .example = "Asia/Shanghai" },
	{ "legal_name", .kind = TEXT, .at = AT(legal_name) },
	{ "address", .kind = TEXT, .at = AT(address) },
	{ "email", .kind = TEXT, .at = AT(email) },
	{ "phone", .kind = TEXT, .at = AT(phone) },
	{ "chat", .kind = TEXT, .at = AT(chat) },
	{ "reply_hours", .kind = COUNT, .at = AT(reply_hours), .number = { -1, 1, 720 } },
	{ "address_rule", .kind = WORD, .at = AT(address_rule), .words = { "order", "payment" } },
	{ "faq_count", .kind = COUNT, .at = AT(faq_count), .number = { 6, 0, 100 } },
	{ "confidence", .kind = SHARE, .at = AT(confidence_percent), .number = { 90, 50, 99 } },
	{ "min_parcels", .kind = COUNT, .at = AT(min_parcels), .number = { 20, 1, 100000 } },
	{ "history_days", .kind = COUNT, .at = AT(history_days), .number = { 1095, 30, 36500 } },
	{ "half_life_days", .kind = COUNT, .at = AT(half_life_days), .number = { 365, 7, 36500 } },
	{ "steady_days", .kind = COUNT, .at = AT(steady_days), .number = { 2, 0, 30 } },
	{ "steady_percent", .kind = COUNT, .at = AT(steady_percent), .number = { 3, 0, 50 } },
	{ "grace_days", .kind = COUNT, .at = AT(grace_days), .number = { -1, 0, 365 } },
	{ "returns_days", .kind = COUNT, .at = AT(returns_days), .number = { -1, 0, 3650 } },
	{ "late_after_days", .kind = COUNT, .at = AT(late_after_days), .number = { 30, 1, 90 } },
	{ "returns_payer", .kind = WORD, .at = AT(returns_payer), .words = { "buyer", "seller" } },
	{ "report_days", .kind = COUNT, .at = AT(report_days), .number = { -1, 1, 365 } },
	{ "stall_days", .kind = COUNT, .at = AT(stall_days), .number = { -1, 1, 90 } },
	{ "scan_wait_days", .kind = COUNT, .at = AT(scan_wait_days), .number = { -1, 1, 30 } },
	{ "packing_photo_from", .kind = MONEY, .at = AT(packing_photo_from) },
	{ "duty_share_up_to", .kind = MONEY, .at = AT(duty_share_up_to) },
	{ "intercept_value_limit", .kind = MONEY, .at = AT(intercept_value_limit) },
	{ "stale_after_days", .kind = COUNT, .at = AT(stale_after_days),
	  .number = { 180, 1, 36500 } },
	{ "slips", .kind = WORD, .at = AT(slips), .words = { "yes", "no" } },
	{ "pages", .kind = PAGES, .at = AT(sharded) },
};

enum { KEYS = sizeof keys / sizeof *keys };

/* The columns of shop.csv and the row that holds today for each key. */
struct settings_rows {
	struct column value;
	struct reader rows[KEYS];
	bool found[KEYS];
	struct setting *reading; /* `encoding.FILE` and the like */
	size_t reading_count;
};

static void number_setting(struct reader *r, struct column value, const struct key *key,
			   int *number)
{
	*number = read_int(r, value, key->number.least, key->number.most, key->number.otherwise);
}

static void share_setting(struct reader *r, struct column value, const struct key *key,
			  int *percent)
{
	*percent = read_share(r, value, key->number.otherwise);
	if (*percent >= key->number.least && *percent <= key->number.most)
		return;
	read_fault(r, value, "'%s' is out of range; write a share from 0.%d to 0.%d",
		   shown(read_text(r, value)).text, key->number.least, key->number.most);
	*percent = key->number.otherwise;
}

static void word_setting(struct reader *r, struct column value, const struct key *key,
			 struct str *word)
{
	int index = read_word(r, value, key->words, 2, -1);
	*word = index < 0 ? S("") : str_of(key->words[index]);
}

/* http or https, a host, no blank, no query; without the slash at its end. */
static void url_setting(struct reader *r, struct column value, struct str *url)
{
	struct str text = read_text(r, value);
	size_t scheme = str_starts(text, "https://") ? 8 : str_starts(text, "http://") ? 7 : 0;
	struct str host = str_sub(text, scheme, str_index(str_sub(text, scheme, text.len), '/'));
	bool good = scheme && host.len && host.text[0] != '.';
	for (size_t i = 0; i < text.len; i++)
		good = good && text.text[i] > ' ' && !strchr("\"'<>?#\\", text.text[i]);
	if (text.len && !good)
		read_fault(r, value,
			   "'%s' is no address of a shop; write it like 'https://shop.example'",
			   shown(text).text);
	while (text.len > scheme + 1 && text.text[text.len - 1] == '/')
		text.len--;
	*url = text;
}

static bool looks_like_language(struct str tag)
{
	for (size_t from = 0;; from++) {
		size_t len = str_index(str_sub(tag, from, tag.len), '-');
		struct str part = str_sub(tag, from, len);
		if (part.len < (from ? 1u : 2u) || part.len > (from ? 8u : 3u))
			return false;
		for (size_t i = 0; i < part.len; i++) {
			char c = part.text[i];
			bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
			if (!letter && !(from && c >= '0' && c <= '9'))
				return false;
		}
		from += len;
		if (from >= tag.len)
			return true;
	}
}

static void languages_setting(struct loading *loading, struct reader *r, struct column value)
{
	struct shop *shop = loading->shop;
	size_t count;
	struct str *tags = read_list(r, value, &count);
	for (size_t i = 0; i < count; i++) {
		bool twice = false;
		for (size_t j = 0; j < i; j++)
			twice = twice || str_equal_fold(tags[i], tags[j]);
		if (!looks_like_language(tags[i])) {
			read_fault(r, value,
				   "'%s' is no language; write tags such as 'en', 'de' or 'pt-BR'",
				   shown(tags[i]).text);
			continue;
		}
		if (twice) {
			read_fault(r, value, "language '%s' is named twice; name it once",
				   shown(tags[i]).text);
			continue;
		}
		shop->languages = arena_push(loading->arena, shop->languages, &shop->language_count,
					     sizeof *shop->languages);
		shop->languages[shop->language_count - 1] =
			(struct language){ tags[i], read_pos(r, value) };
	}
}

static void pages_setting(struct reader *r, struct column value, bool *sharded)
{
	static const char *const words[] = { "flat", "sharded" };
	*sharded = read_word(r, value, words, 2, 0) == 1;
}

static void read_setting(struct loading *loading, struct reader *r, struct column value,
			 const struct key *key)
{
	struct shop_settings *settings = &loading->shop->settings;
	void *place = (char *)settings + key->at;
	value.name = key->name;
	value.flags = key->example ? FILLED : 0;
	switch (key->kind) {
	case TEXT:
		*(struct str *)place = read_text(r, value);
		break;
	case COUNT:
		number_setting(r, value, key, place);
		break;
	case SHARE:
		share_setting(r, value, key, place);
		break;
	case MONEY:
		*(struct money *)place = read_money(r, value, settings->currency);
		break;
	case WORD:
		word_setting(r, value, key, place);
		break;
	case CURRENCY:
		*(struct currency *)place = read_currency(r, value, (struct currency){ "" });
		break;
	case COUNTRY:
		*(struct place *)place = read_place(r, value, (struct place){ "" });
		break;
	case TIMEZONE:
		*(struct str *)place = read_timezone(r, value, S(""));
		settings->timezone_pos = read_pos(r, value);
		break;
	case URL:
		url_setting(r, value, place);
		break;
	case LANGUAGES:
		languages_setting(loading, r, value);
		break;
	case PAGES:
		pages_setting(r, value, place);
		break;
	}
}

static void start_settings(struct shop_settings *settings)
{
	*settings = (struct shop_settings){ 0 };
	for (size_t i = 0; i < KEYS; i++)
		if (keys[i].kind == COUNT || keys[i].kind == SHARE)
			*(int *)(void *)((char *)settings + keys[i].at) = keys[i].number.otherwise;
}

/* `encoding`, and `encoding.FILE`, `separator.FILE`, `decimal.FILE`, `weight.FILE`: how files are read. */
static bool reading_setting(struct loading *loading, struct settings_rows *rows, struct reader *r,
			    struct str key)
{
	struct str text = read_text(r, rows->value);
	if (str_equal_fold(key, S("encoding"))) {
		loading->shop->reading.encoding = text;
		return true;
	}
	if (!str_starts(key, "encoding.") && !str_starts(key, "separator.") &&
	    !str_starts(key, "decimal.") && !str_starts(key, "weight."))
		return false;
	rows->reading = arena_push(loading->arena, rows->reading, &rows->reading_count,
				   sizeof *rows->reading);
	rows->reading[rows->reading_count - 1] =
		(struct setting){ key, text, read_pos(r, rows->value) };
	return true;
}

static void unknown_key(struct reader *r, struct column column, struct str key)
{
	struct str names[KEYS];
	for (size_t i = 0; i < KEYS; i++)
		names[i] = str_of(keys[i].name);
	struct str near = str_nearest(key, names, KEYS);
	if (near.len)
		diag_warning(r->sheet->diag, read_pos(r, column),
			     "there is no key '%s'; did you mean '%s'?", shown(key).text,
			     near.text);
	else
		diag_warning(r->sheet->diag, read_pos(r, column),
			     "there is no key '%s', so nothing is done with it; take the row out",
			     shown(key).text);
}

/* Keys are matched like column names: without case, spaces and underscores. */
static bool same_key(struct str typed, const char *name)
{
	size_t i = 0;
	for (size_t at = 0; at < typed.len; at++) {
		char c = typed.text[at];
		if (c == ' ' || c == '_')
			continue;
		while (name[i] == '_')
			i++;
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (!name[i] || c != name[i++])
			return false;
	}
	return typed.len > 0 && !name[i];
}

static void collect_rows(struct loading *loading, struct sheet *sheet, struct column key_column,
			 struct settings_rows *settings)
{
	struct once once = { { .arena = loading->arena } };
	struct reader r;
	while (sheet_next(sheet, loading->arena, &r)) {
		struct str key = read_text(&r, key_column);
		size_t i = 0;
		while (i < KEYS && !same_key(key, keys[i].name))
			i++;
		sheet_once(&r, &once, i < KEYS ? str_of(keys[i].name) : key, key_column, "key",
			   key);
		if (!r.holds || !key.len ||
		    (i == KEYS && reading_setting(loading, settings, &r, key)))
			continue;
		if (i == KEYS) {
			unknown_key(&r, key_column, key);
			continue;
		}
		settings->rows[i] = r;
		settings->found[i] = true;
	}
}

bool load_settings(struct loading *loading)
{
	struct sheet sheet;
	struct settings_rows settings = { 0 };
	start_settings(&loading->shop->settings);
	load_sheet(loading, &sheet, shop_csv);
	if (!table_exists(sheet.table) && !sheet.unsound)
		diag_error(loading->diag, (struct pos){ shop_csv, 0, 0 },
			   "there is no such file, so this is no shop; name the shop's folder, or "
			   "make a new one with 'upfront init DIR'");
	struct column key = sheet_column(&sheet, "key", NEEDED);
	settings.value = sheet_column(&sheet, "value", PRESENT);
	bool begun = sheet_begin(&sheet);
	if (begun)
		collect_rows(loading, &sheet, key, &settings);
	for (size_t i = 0; begun && i < KEYS; i++) {
		if (settings.found[i])
			read_setting(loading, &settings.rows[i], settings.value, &keys[i]);
		else if (keys[i].example)
			diag_error(loading->diag, (struct pos){ shop_csv, 0, 0 },
				   "the key '%s' is missing; add a row such as '%s,%s'",
				   keys[i].name, keys[i].name, keys[i].example);
	}
	sheet_close(&sheet);
	loading->shop->reading.settings = settings.reading;
	loading->shop->reading.setting_count = settings.reading_count;
	struct place country = place_country(loading->shop->settings.country);
	memcpy(loading->shop->reading.country, country.code, 2);
	return begun;
}

void load_renamings(struct loading *loading)
{
	struct sheet sheet;
	struct table_options *reading = &loading->shop->reading;
	struct renaming *renamings = NULL;
	size_t count = 0;
	load_sheet(loading, &sheet, "content/columns.csv");
	struct column table = sheet_column(&sheet, "table", NEEDED);
	struct column theirs = sheet_column(&sheet, "theirs", NEEDED);
	struct column ours = sheet_column(&sheet, "ours", NEEDED);
	struct reader r;
	bool begun = sheet_begin(&sheet);
	while (begun && sheet_next(&sheet, loading->arena, &r)) {
		struct renaming renaming = { read_text(&r, table), read_text(&r, theirs),
					     read_text(&r, ours), r.row.pos };
		if (r.bad || !r.holds)
			continue;
		if (str_ends(renaming.table, ".csv"))
			renaming.table.len -= 4;
		renamings = arena_push(loading->arena, renamings, &count, sizeof *renamings);
		renamings[count - 1] = renaming;
	}
	sheet_close(&sheet);
	reading->renamings = renamings;
	reading->renaming_count = count;
}
