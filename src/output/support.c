/* SPDX-License-Identifier: MIT */
/*
 * Rows of support.csv in, channels with their hours out. The one idea: a week of one channel is a set
 * of spans in minutes of the week; moving it to another zone is one addition.
 */
#include "output/support.h"

#include <string.h>

#include "output/time_zones.h"

enum { DAY = 24 * 60, WEEK = 7 * DAY, LATER_DAYS = 183, ZONES_MAX = 12 };

/* The hours of a day, in minutes; `end` is later than `start` and may be past midnight. */
struct span {
	int start, end;
};

static bool clock_parse(struct str text, int *minutes)
{
	size_t colon = str_index(text, ':');
	int64_t hour, minute;
	if (!str_number(str_trim(str_sub(text, 0, colon)), &hour) ||
	    !str_number(str_trim(str_sub(text, colon + 1, text.len)), &minute) || hour < 0 ||
	    hour > 24 || minute < 0 || minute > 59)
		return false;
	*minutes = (int)(hour * 60 + minute);
	return true;
}

/* "14:00-22:00"; false when it is something else. */
static bool span_parse(struct str hours, struct span *span)
{
	size_t dash = str_index(hours, '-');
	if (dash == hours.len || !clock_parse(str_sub(hours, 0, dash), &span->start) ||
	    !clock_parse(str_sub(hours, dash + 1, hours.len), &span->end))
		return false;
	if (span->end <= span->start)
		span->end += DAY;
	return true;
}

static int modulo(int number, int by)
{
	return (number % by + by) % by;
}

/* --- in words --- */

static struct str span_text(const struct edition *e, struct arena *arena, struct span span)
{
	struct buf out = BUF_INIT;
	words_clock(e->words, &out, modulo(span.start, DAY));
	buf_add(&out, S("\xE2\x80\x93"));
	words_clock(e->words, &out, modulo(span.end, DAY));
	struct str text = str_copy(arena, buf_str(&out));
	buf_release(&out);
	return text;
}

/* The seller's own words where they are no two times. */
struct str support_hours(const struct edition *e, struct arena *arena, struct str hours)
{
	struct span span;
	return span_parse(hours, &span) ? span_text(e, arena, span) : hours;
}

/* "Mon–Fri and Sun": runs of three days and more as a range, in the language's short names. */
struct str support_weekdays(const struct edition *e, struct arena *arena, uint8_t days)
{
	struct str runs[7];
	size_t count = 0;
	for (int day = MONDAY; day <= SUNDAY; day++) {
		int last = day;
		if (!(days >> day & 1))
			continue;
		while (last < SUNDAY && (days >> (last + 1) & 1))
			last++;
		runs[count] = words_weekday(e->words, day);
		if (last >= day + 2) {
			runs[count] = str_format(arena, "%.*s\xE2\x80\x93%.*s", STR(runs[count]),
						 STR(words_weekday(e->words, last)));
			day = last;
		}
		count++;
	}
	struct buf out = BUF_INIT;
	words_list(e->words, &out, runs, count);
	struct str text = str_copy(arena, buf_str(&out));
	buf_release(&out);
	return text;
}

/* The days on which a span begins, moved by whole days. */
static uint8_t days_moved(uint8_t days, int by)
{
	uint8_t moved = 0;
	for (int day = MONDAY; day <= SUNDAY; day++)
		if (days >> day & 1)
			moved |= (uint8_t)(1 << modulo(day + by, 7));
	return moved;
}

/* The link of a support channel, from the form of its address. */
static struct str support_href(struct arena *arena, struct str address)
{
	if (str_starts(address, "https://") || str_starts(address, "http://"))
		return address;
	if (str_index(address, '@') < address.len && str_index(address, ' ') == address.len)
		return str_format(arena, "mailto:%.*s", STR(address));
	if (!str_starts(address, "+"))
		return S("");
	struct buf number = BUF_INIT;
	for (size_t i = 0; i < address.len; i++)
		if ((address.text[i] >= '0' && address.text[i] <= '9') || i == 0)
			buf_byte(&number, address.text[i]);
	struct str href = str_format(arena, "tel:%.*s", STR(buf_str(&number)));
	buf_release(&number);
	return href;
}

/* --- where the buyer lives --- */

/* Minutes by which the buyer's clock is ahead of the shop's on that day. */
static int ahead(struct str theirs, struct str ours, int32_t date)
{
	return words_zone_offset_noon(theirs, date) - words_zone_offset_noon(ours, date);
}

/* The first day within half a year on which the clocks differ by something else; DATE_NONE: none. */
static int32_t change_day(struct str theirs, struct str ours, int32_t date)
{
	int now = ahead(theirs, ours, date);
	int32_t before = date, after = date + LATER_DAYS;
	/* zones change twice a year at most: look once a week, then day by day */
	for (int32_t day = date + 7; day <= after; day += 7) {
		if (ahead(theirs, ours, day) == now) {
			before = day;
			continue;
		}
		for (day = before + 1; ahead(theirs, ours, day) == now;)
			day++;
		return day;
	}
	return DATE_NONE;
}

static struct record *there_record(const struct edition *e, struct arena *arena,
				   const struct support *support, struct span span,
				   struct str zone, bool several)
{
	struct record *r = record_new(arena, &there_shape);
	int32_t date = e->shop->date, later = change_day(zone, support->timezone, date);
	int by = ahead(zone, support->timezone, date);
	struct span there = { span.start + by, span.end + by };
	int days = (there.start - modulo(there.start, DAY)) / DAY;
	r->key = zone;
	record_text(r, "city", several ? words_zone_city(e->words, arena, zone) : S(""));
	record_text(r, "days", support_weekdays(e, arena, days_moved(support->days, days)));
	record_text(r, "hours", span_text(e, arena, there));
	record_absent(r, "later_from");
	record_text(r, "later_hours", S(""));
	if (later == DATE_NONE)
		return r;
	by = ahead(zone, support->timezone, later);
	record_date(r, "later_from", later);
	record_text(r, "later_hours",
		    span_text(e, arena, (struct span){ span.start + by, span.end + by }));
	return r;
}

/* One for each of the country's zones whose clock differs from those before. */
static void fill_there(const struct edition *e, struct arena *arena, const struct support *support,
		       struct span span, const struct time_zones *country, struct record *r)
{
	const struct record *list[ZONES_MAX];
	int offsets[ZONES_MAX];
	struct str zones[ZONES_MAX];
	size_t count = 0;
	for (size_t i = 0; i < country->count && count < ZONES_MAX; i++) {
		int offset = words_zone_offset_noon(country->names[i], e->shop->date);
		bool known = false;
		for (size_t j = 0; j < count; j++)
			known = known || offsets[j] == offset;
		if (known)
			continue;
		offsets[count] = offset;
		zones[count++] = country->names[i];
	}
	for (size_t i = 0; i < count; i++)
		list[i] = there_record(e, arena, support, span, zones[i], count > 1);
	const struct record **kept = arena_array(arena, count, sizeof *kept);
	if (count)
		memcpy(kept, list, count * sizeof *kept);
	record_list(r, "there", kept, count);
}

/* Whole hours of the span, on the buyer's clock, in which the buyer is awake; -1: not known. */
static int overlap(const struct edition *e, const struct support *support, struct span span,
		   const struct country_facts *facts, const struct time_zones *zones)
{
	int minutes = 0, asleep = facts->quiet_to - facts->quiet_from;
	if (!zones->count || facts->quiet_from < 0)
		return -1;
	if (asleep < 0)
		asleep += DAY;
	int by = ahead(zones->names[0], support->timezone, e->shop->date);
	for (int minute = span.start + by; minute < span.end + by; minute++)
		minutes += modulo(minute - facts->quiet_from, DAY) >= asleep;
	return minutes / 60;
}

/* --- channels --- */

static bool speaks(const struct edition *e, const struct support *support)
{
	return str_list_names(support->languages, e->shop->languages[e->language].tag);
}

/* The names of the codes in a list cell, as the page's language joins them. */
static struct str names_text(const struct edition *e, struct arena *arena, struct str codes,
			     struct str (*name_of)(const struct words *words, struct arena *arena,
						   struct str code))
{
	struct str rest = codes, code, *names = NULL;
	size_t count = 0;
	while (str_next_word(&rest, &code)) {
		names = arena_push(arena, names, &count, sizeof *names);
		names[count - 1] = name_of(e->words, arena, code);
	}
	struct buf out = BUF_INIT;
	words_list(e->words, &out, names, count);
	struct str text = str_copy(arena, buf_str(&out));
	buf_release(&out);
	return text;
}

static struct record *support_record(const struct edition *e, struct arena *arena,
				     const struct support *support)
{
	struct record *r = record_new(arena, &support_shape);
	r->key = support->channel;
	record_text(r, "channel", support->channel);
	record_text(r, "address", support->address);
	record_text(r, "href", support_href(arena, support->address));
	record_text(r, "hours", support_hours(e, arena, support->hours));
	record_text(r, "days", support_weekdays(e, arena, support->days));
	record_text(r, "timezone", words_zone_city(e->words, arena, support->timezone));
	/* said only where the page's language is not among them */
	record_text(r, "languages",
		    speaks(e, support) ? S("") :
					 names_text(e, arena, support->languages, words_language));
	record_text(r, "countries", names_text(e, arena, support->countries, words_country));
	record_list(r, "there", NULL, 0);
	record_absent(r, "overlap");
	return r;
}

static bool serves(const struct support *support, struct str country)
{
	return !country.len || str_list_names(support->countries, country);
}

/*
 * The channels for a country ("": for any) in the language of the page; where there are none, those
 * in other languages.
 */
static const struct support **channels(const struct edition *e, struct arena *arena,
				       struct str country, size_t *count)
{
	const struct shop *shop = e->shop;
	const struct support **list = arena_array(arena, shop->support_count, sizeof *list);
	*count = 0;
	for (int foreign = 0; foreign < 2 && !*count; foreign++)
		for (size_t i = 0; i < shop->support_count; i++)
			if (serves(&shop->supports[i], country) &&
			    speaks(e, &shop->supports[i]) == !foreign)
				list[(*count)++] = &shop->supports[i];
	return list;
}

void support_fill(const struct edition *e, struct record *root)
{
	size_t count;
	const struct support **rows = channels(e, e->arena, S(""), &count);
	const struct record **list = arena_array(e->arena, count, sizeof *list);
	for (size_t i = 0; i < count; i++)
		list[i] = support_record(e, e->arena, rows[i]);
	record_list(root, "support", list, count);
}

/* The longest time in a week in which no channel is open, in hours, rounded up; -1: not known. */
static int closed_hours(const struct edition *e, const struct support *const *rows, size_t count)
{
	uint8_t open[WEEK] = { 0 };
	bool any = false;
	for (size_t i = 0; i < count; i++) {
		struct span span;
		if (!rows[i]->days || !span_parse(rows[i]->hours, &span))
			continue;
		int by = -words_zone_offset_noon(rows[i]->timezone, e->shop->date);
		any = true;
		for (int day = MONDAY; day <= SUNDAY; day++)
			for (int m = span.start; rows[i]->days >> day & 1 && m < span.end; m++)
				open[modulo(day * DAY + m + by, WEEK)] = 1;
	}
	int longest = 0;
	for (int m = 0, closed = 0; any && m < 2 * WEEK; m++) {
		closed = open[m % WEEK] ? 0 : closed + 1;
		longest = closed > longest ? closed : longest;
	}
	return any ? (longest + 59) / 60 : -1;
}

void support_fill_country(const struct edition *e, struct arena *arena, struct place country,
			  struct record *destination)
{
	size_t count;
	const struct country_facts *facts = shop_country(e->shop, country);
	struct time_zones zones = { NULL, 0 };
	const struct support **rows = channels(e, arena, place_str(&country), &count);
	const struct record **list = arena_array(arena, count, sizeof *list);
	for (size_t i = 0; i < count; i++) {
		struct record *r = support_record(e, arena, rows[i]);
		struct span span;
		bool hours = span_parse(rows[i]->hours, &span);
		if (hours && !zones.count)
			zones = time_zones_of(arena, e->shop, country);
		if (hours)
			fill_there(e, arena, rows[i], span, &zones, r);
		if (hours && facts)
			fill_number(r, "overlap", overlap(e, rows[i], span, facts, &zones));
		list[i] = r;
	}
	record_list(destination, "support", list, count);
	fill_number(destination, "closed_hours", closed_hours(e, rows, count));
}
