/* SPDX-License-Identifier: MIT */
/*
 * countries.csv, remedies.csv, support.csv and questions.csv in: what is said to buyers
 * beside prices and promises, as typed.
 */
#include "shop/load.h"

struct country_columns {
	struct column country, pickup_days, unpaid_days, post_url, customs_url, remote, quiet_hours;
	struct column post_name, customs_name, tax_word, timezones;
	struct text_columns slip;
};

static void check_url(struct reader *r, struct column column)
{
	struct str url = read_text(r, column);
	if (url.len && !str_starts(url, "https://") && !str_starts(url, "http://"))
		read_fault(r, column, "'%s' is no address of a page; write it with 'https://'",
			   shown(url).text);
}

/* Minutes after midnight; -1 when it is no HH:MM. */
static int minutes_of(struct str time)
{
	int64_t hours, minutes;
	size_t colon = str_index(time, ':');
	if (!str_number(str_sub(time, 0, colon), &hours) ||
	    !str_number(str_sub(time, colon + 1, time.len), &minutes) || hours < 0 || hours > 24 ||
	    minutes < 0 || minutes > 59 || hours * 60 + minutes > 24 * 60)
		return -1;
	return (int)(hours * 60 + minutes) % (24 * 60);
}

/* "21:00-08:00": over midnight when the first is the later one. */
static void read_quiet_hours(struct reader *r, struct column column, struct country_facts *facts)
{
	struct str hours = read_text(r, column);
	size_t dash = str_index(hours, '-');
	facts->quiet_from = facts->quiet_to = -1;
	if (!hours.len)
		return;
	facts->quiet_from = minutes_of(str_trim(str_sub(hours, 0, dash)));
	facts->quiet_to = minutes_of(str_trim(str_sub(hours, dash + 1, hours.len)));
	if (facts->quiet_from < 0 || facts->quiet_to < 0)
		read_fault(r, column, "'%s' is no span of time; write it like 21:00-08:00",
			   shown(hours).text);
}

static void read_country(struct loading *loading, struct reader *r, const struct country_columns *c,
			 struct once *once)
{
	struct shop *shop = loading->shop;
	size_t count;
	struct place *places = read_places(r, c->country, &count);
	struct country_facts facts = { .pos = read_pos(r, c->country) };
	facts.pickup_days = read_int(r, c->pickup_days, 0, 365, -1);
	facts.unpaid_days = read_int(r, c->unpaid_days, 0, 365, -1);
	facts.slip = read_translated(r, &c->slip);
	facts.post_url = read_text(r, c->post_url);
	facts.customs_url = read_text(r, c->customs_url);
	facts.remote = read_text(r, c->remote);
	read_quiet_hours(r, c->quiet_hours, &facts);
	facts.post_name = read_text(r, c->post_name);
	facts.customs_name = read_text(r, c->customs_name);
	facts.tax_word = read_text(r, c->tax_word);
	facts.timezones = read_list(r, c->timezones, &facts.timezone_count);
	facts.timezones_pos = read_pos(r, c->timezones);
	check_url(r, c->post_url);
	check_url(r, c->customs_url);
	for (size_t i = 0; i < count; i++) {
		struct str code = str_copy(loading->arena, place_str(&places[i]));
		sheet_once(r, once, code, c->country, "country", code);
		if (r->bad || !r->holds)
			continue;
		facts.country = places[i];
		shop->countries = arena_push(loading->arena, shop->countries, &shop->country_count,
					     sizeof facts);
		shop->countries[shop->country_count - 1] = facts;
	}
}

void load_countries(struct loading *loading)
{
	struct sheet sheet;
	struct country_columns c;
	struct once once = { { .arena = loading->arena } };
	load_sheet(loading, &sheet, "content/countries.csv");
	c.country = sheet_column(&sheet, "country", NEEDED);
	c.pickup_days = sheet_column(&sheet, "pickup_days", 0);
	c.unpaid_days = sheet_column(&sheet, "unpaid_days", 0);
	c.slip = sheet_text(&sheet, loading->shop, "slip", 0);
	c.post_url = sheet_column(&sheet, "post_url", 0);
	c.customs_url = sheet_column(&sheet, "customs_url", 0);
	c.remote = sheet_column(&sheet, "remote", 0);
	c.quiet_hours = sheet_column(&sheet, "quiet_hours", 0);
	c.post_name = sheet_column(&sheet, "post_name", 0);
	c.customs_name = sheet_column(&sheet, "customs_name", 0);
	c.tax_word = sheet_column(&sheet, "tax_word", 0);
	c.timezones = sheet_column(&sheet, "timezones", 0);
	struct reader r;
	bool begun = sheet_begin(&sheet);
	while (begun && sheet_next(&sheet, loading->arena, &r))
		read_country(loading, &r, &c, &once);
	sheet_close(&sheet);
}

void load_remedies(struct loading *loading)
{
	struct shop *shop = loading->shop;
	struct sheet sheet;
	load_sheet(loading, &sheet, "content/remedies.csv");
	struct column situation = sheet_column(&sheet, "situation", NEEDED);
	struct column name = sheet_column(&sheet, "remedy", NEEDED);
	struct column up_to_value = sheet_column(&sheet, "up_to_value", NUMBER);
	struct column order = sheet_column(&sheet, "order", 0);
	struct column when_days = sheet_column(&sheet, "when_days", 0);
	struct text_columns text = sheet_text(&sheet, shop, "text", 0);
	struct reader r;
	bool begun = sheet_begin(&sheet);
	while (begun && sheet_next(&sheet, loading->arena, &r)) {
		struct remedy remedy = { .pos = read_pos(&r, situation) };
		remedy.situation = read_text(&r, situation);
		remedy.remedy = read_text(&r, name);
		remedy.up_to_value = read_money(&r, up_to_value, shop->settings.currency);
		remedy.order = read_int(&r, order, 0, 1000, 0);
		remedy.when_days = read_int(&r, when_days, 0, 365, -1);
		remedy.text = read_translated(&r, &text);
		if (r.bad || !r.holds)
			continue;
		shop->remedies = arena_push(loading->arena, shop->remedies, &shop->remedy_count,
					    sizeof remedy);
		shop->remedies[shop->remedy_count - 1] = remedy;
	}
	sheet_close(&sheet);
}

/* The lists stay as typed, but what they name must be there. */
static void check_support_lists(struct reader *r, struct column days, struct column countries)
{
	size_t count;
	read_weekdays(r, days, 0);
	read_places(r, countries, &count);
}

void load_support(struct loading *loading)
{
	struct shop *shop = loading->shop;
	struct sheet sheet;
	load_sheet(loading, &sheet, "content/support.csv");
	struct column channel = sheet_column(&sheet, "channel", NEEDED);
	struct column address = sheet_column(&sheet, "address", NEEDED);
	struct column hours = sheet_column(&sheet, "hours", 0);
	struct column days = sheet_column(&sheet, "days", 0);
	struct column timezone = sheet_column(&sheet, "timezone", 0);
	struct column languages = sheet_column(&sheet, "languages", 0);
	struct column countries = sheet_column(&sheet, "countries", 0);
	struct reader r;
	bool begun = sheet_begin(&sheet);
	while (begun && sheet_next(&sheet, loading->arena, &r)) {
		struct support support = { .pos = read_pos(&r, channel) };
		support.channel = read_text(&r, channel);
		support.address = read_text(&r, address);
		support.hours = read_text(&r, hours);
		support.days = read_weekdays(&r, days, 0);
		support.timezone = read_timezone(&r, timezone, shop->settings.timezone);
		support.languages = read_text(&r, languages);
		support.countries = read_text(&r, countries);
		check_support_lists(&r, days, countries);
		if (r.bad || !r.holds)
			continue;
		shop->supports = arena_push(loading->arena, shop->supports, &shop->support_count,
					    sizeof support);
		shop->supports[shop->support_count - 1] = support;
	}
	sheet_close(&sheet);
}

void load_questions(struct loading *loading)
{
	struct shop *shop = loading->shop;
	struct sheet sheet;
	load_sheet(loading, &sheet, "content/questions.csv");
	struct column topic = sheet_column(&sheet, "topic", NEEDED);
	struct column country = sheet_column(&sheet, "country", PRESENT);
	struct column asked = sheet_column(&sheet, "asked", NEEDED);
	struct column period = sheet_column(&sheet, "period", 0);
	struct reader r;
	bool begun = sheet_begin(&sheet);
	while (begun && sheet_next(&sheet, loading->arena, &r)) {
		struct question question = { .pos = read_pos(&r, topic) };
		question.topic = read_text(&r, topic);
		if (!str_is(read_cell(&r, country)->text, "*"))
			question.country = read_place(&r, country, (struct place){ "" });
		question.asked = read_int(&r, asked, 0, 1000000000, 0);
		question.period = read_month(&r, period);
		if (r.bad || !r.holds)
			continue;
		shop->questions = arena_push(loading->arena, shop->questions, &shop->question_count,
					     sizeof question);
		shop->questions[shop->question_count - 1] = question;
	}
	sheet_close(&sheet);
}
