/* SPDX-License-Identifier: MIT */
/*
 * ontime.csv in; counted parcels out. Each parcel is counted once: rows of the same lane,
 * outcome and month must not share a day.
 */
#include "shop/load.h"

enum { TRANSIT_DAYS_MAX = 730, YEAR = 365 };

static const char *const statuses[] = { "delivered", "lost", "returned", "open", "cancelled" };

struct ontime_reading {
	struct loading *loading;
	struct column service, to, days, parcels, from, status, period;
	bool named_ahead;   /* a month after the build date was named once */
	struct map unserved; /* service and place, of which was said that no zone holds it */
	struct map buckets; /* lane, outcome and month to its list of struct bucket */
};

/* Days that a row of the lane counts already. */
struct bucket {
	int min, max;
	uint32_t line;
	struct bucket *next;
};

static bool number_of_days(struct str text, int *days)
{
	int64_t number;
	if (!str_number(str_trim(text), &number) || number > TRANSIT_DAYS_MAX)
		return false;
	*days = (int)number;
	return true;
}

/* "9", "8-11" (also with a dash), ">30" */
static bool parse_days(struct str text, int *min, int *max)
{
	if (str_starts(text, ">")) {
		*max = -1;
		return number_of_days(str_sub(text, 1, text.len), min) &&
		       (*min)++ < TRANSIT_DAYS_MAX;
	}
	if (number_of_days(text, min)) {
		*max = *min;
		return true;
	}
	size_t at = 0, width = 1;
	while (at < text.len && text.text[at] != '-' &&
	       !str_starts(str_sub(text, at, 3), "\xE2\x80\x93"))
		at++;
	if (at < text.len && text.text[at] != '-')
		width = 3;
	return number_of_days(str_sub(text, 0, at), min) &&
	       number_of_days(str_sub(text, at + width, text.len), max) && *min <= *max;
}

/* Did a spreadsheet take "8-11" for a day of the year ("8-Nov", "11. Aug", "2026-11-08")? */
static bool looks_like_date(struct str text)
{
	bool letter = false, digit = false;
	int32_t date;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.text[i];
		digit = digit || (c >= '0' && c <= '9');
		letter = letter || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
	}
	return date_parse(text, &date) || (letter && digit && text.len <= 12);
}

static void read_days(struct ontime_reading *o, struct reader *r, struct ontime *row)
{
	struct str text = read_text(r, o->days);
	if (!text.len && row->status == PARCEL_DELIVERED)
		read_fault(r, o->days, "'days' is empty; write how many days these parcels took");
	if (!text.len || parse_days(text, &row->days_min, &row->days_max))
		return;
	if (looks_like_date(text))
		read_fault(r, o->days,
			   "a spreadsheet made the date '%s' of this; format the column as text "
			   "and write the days again, such as '8-11'",
			   shown(text).text);
	else
		read_fault(r, o->days,
			   "'%s' is no number of days; write '9', '8-11' or '>30' (up to %d)",
			   shown(text).text, TRANSIT_DAYS_MAX);
}

/* Millionths of a parcel; a row may stand for a fraction of one. */
static int64_t read_parcels(struct reader *r, struct column column)
{
	struct decimal number = read_decimal(r, column, (struct decimal){ 0, 0 });
	struct decimal million = { 1000000, 0 }, millionths;
	if (number.digits < 0) {
		read_fault(r, column, "'%s' parcels cannot be; a count starts at 0",
			   shown(read_text(r, column)).text);
		return 0;
	}
	if (!decimal_multiply(number, million, &millionths)) {
		read_fault(r, column, "'%s' is too long a number of parcels; round it",
			   shown(read_text(r, column)).text);
		return 0;
	}
	return decimal_round(millionths, 0).digits;
}

/* A zone of the service goes before a country of the same letters. */
static void read_to(struct ontime_reading *o, struct reader *r, struct ontime *row)
{
	struct str text = read_text(r, o->to);
	row->to = text;
	if (!text.len)
		return;
	for (size_t i = 0; row->service && i < row->service->zone_count; i++)
		if (str_equal(row->service->zones[i].id, text))
			row->zone = &row->service->zones[i];
	if (row->zone)
		return;
	if (place_parse(text, &row->place)) {
		row->to = str_copy(o->loading->arena, place_str(&row->place));
		return;
	}
	struct str key = load_zone_key(o->loading, read_text(r, o->service), text);
	if (map_find(&o->loading->zones, key) ||
	    !map_find(&o->loading->shop->service_known, read_text(r, o->service)))
		return;
	read_fault(r, o->to,
		   "'%s' is no country, no region, and no zone of service '%s'; write a code of "
		   "ISO 3166, a zone of content/zones.csv, or '*'",
		   shown(text).text, shown(read_text(r, o->service)).text);
}

static void check_bucket(struct ontime_reading *o, struct reader *r, const struct ontime *row)
{
	struct str key =
		str_format(o->loading->arena, "%.*s\n%.*s\n%s\n%d\n%d", STR(row->service->id),
			   STR(row->to), row->from.code, (int)row->status, (int)row->period);
	void **first = map_put(&o->buckets, key);
	int max = row->days_max < 0 ? INT32_MAX : row->days_max;
	for (const struct bucket *bucket = *first; bucket; bucket = bucket->next)
		if (row->days_min <= bucket->max && bucket->min <= max) {
			read_fault(r, o->days,
				   "line %u counts parcels of the same lane and month with some of "
				   "these days; join the two rows, or part their days",
				   bucket->line);
			return;
		}
	struct bucket *bucket = arena_new(o->loading->arena, sizeof *bucket);
	*bucket = (struct bucket){ row->days_min, max, r->row.pos.line, *first };
	*first = bucket;
}

/* Nothing is sent there by now, but what was sent tells something of the service. */
static void check_lane(struct ontime_reading *o, struct reader *r, const struct ontime *row)
{
	if (row->zone || str_is(row->to, "*") || service_zone(row->service, row->place))
		return;
	struct str key = str_format(o->loading->arena, "%.*s\n%s", STR(row->service->id),
				    row->place.code);
	void **named = map_put(&o->unserved, key);
	if (!*named)
		diag_warning(r->sheet->diag, read_pos(r, o->to),
			     "no zone of service '%s' in content/zones.csv holds '%s'; its parcels count "
			     "for the service as a whole alone",
			     shown(row->service->id).text, row->place.code);
	*named = row->service;
}

/* Is the month after the build date? Such rows are left out, and the first is named. */
static bool is_ahead(struct ontime_reading *o, struct reader *r, int32_t period)
{
	if (period == DATE_NONE || period <= o->loading->shop->date)
		return false;
	if (!o->named_ahead)
		diag_warning(
			o->loading->diag, read_pos(r, o->period),
			"'%s' is after the date of this build; rows of such months are left out",
			shown(read_text(r, o->period)).text);
	o->named_ahead = true;
	return true;
}

static void read_ontime(struct ontime_reading *o, struct reader *r)
{
	struct shop *shop = o->loading->shop;
	struct ontime row = { .service = load_service(o->loading, r, o->service) };
	row.pos = read_pos(r, o->parcels);
	row.status = (enum parcel_status)read_word(r, o->status, statuses, 5, PARCEL_DELIVERED);
	read_to(o, r, &row);
	row.from = read_place(r, o->from, (struct place){ "" });
	read_days(o, r, &row);
	row.parcels_ppm = read_parcels(r, o->parcels);
	row.period = read_month(r, o->period);
	if (r->bad || !r->holds || !row.service || (!row.zone && !row.place.code[0]) ||
	    is_ahead(o, r, row.period))
		return;
	check_bucket(o, r, &row);
	if (r->bad)
		return;
	check_lane(o, r, &row);
	if (row.days_min > YEAR)
		diag_warning(r->sheet->diag, read_pos(r, o->days),
			     "'%s' is more than a year; these parcels count as not there within 90 days",
			     shown(read_text(r, o->days)).text);
	shop->ontimes =
		arena_push(o->loading->arena, shop->ontimes, &shop->ontime_count, sizeof row);
	shop->ontimes[shop->ontime_count - 1] = row;
}

void load_ontime(struct loading *loading)
{
	struct sheet sheet;
	struct ontime_reading o = { .loading = loading, .buckets = { .arena = loading->arena },
				    .unserved = { .arena = loading->arena } };
	load_sheet(loading, &sheet, "content/ontime.csv");
	o.service = sheet_column(&sheet, "service", NEEDED);
	o.to = sheet_column(&sheet, "to", NEEDED);
	o.days = sheet_column(&sheet, "days", PRESENT);
	o.parcels = sheet_column(&sheet, "parcels", NEEDED | NUMBER);
	o.from = sheet_column(&sheet, "from", 0);
	o.status = sheet_column(&sheet, "status", 0);
	o.period = sheet_column(&sheet, "period", 0);
	struct reader r;
	bool begun = sheet_begin(&sheet);
	while (begun && sheet_next(&sheet, loading->arena, &r))
		read_ontime(&o, &r);
	sheet_close(&sheet);
}
