/* SPDX-License-Identifier: MIT */
/* In: handling, ages of statistics and of rules. Out: what is slower than stated, and what has grown old. */
#include "output/report_parts.h"
#include "promise/survey.h"

static void add_profile(struct report *r, const struct handling *handling)
{
	struct buf *out = &r->body;
	struct survey_handling measured;
	cell_head(out, handling->profile);
	buf_addf(out, "<td class=\"n\">%d–%d</td>", handling->days_min, handling->days_max);
	if (!survey_handling(r->promises, handling, &measured)) {
		buf_add(out, S("<td colspan=\"4\">not measured: <code>shipments.csv</code> has no <code>ordered</code> for it</td>"));
		row_close(out);
		return;
	}
	bool slower = measured.most > handling->days_max;
	cell_number(out, measured.half);
	buf_addf(out, "<td class=\"n%s\">%d</td>", slower ? " late" : "", measured.most);
	cell_tenths(out, measured.in_time * 100, "%");
	cell_number(out, (int64_t)(measured.orders + 0.5));
	row_close(out);
	if (!slower)
		return;
	notice_open(r, "handling");
	buf_add(&r->notices, S("Handling “"));
	html_text(&r->notices, handling->profile);
	buf_addf(&r->notices, "” promises %d working days; nine in ten orders left within %d", handling->days_max,
		 measured.most);
	notice_close(r);
}

void report_handling(struct report *r)
{
	section_open(r, "handling", "Handling, stated and measured",
		     "Working days from the order to the carrier. Claims use what was measured where it was, else "
		     "the slowest day stated.");
	if (!r->shop->handling_count)
		buf_add(&r->body, S("<p>There is no handling.csv: parcels count as handed over on the day of the order.</p>\n"));
	else
		rows_open(&r->body, "By handling profile",
			   "Profile|#Stated|#Half within|#Nine in ten within|#Within the stated|#Orders");
	for (size_t i = 0; i < r->shop->handling_count; i++)
		add_profile(r, &r->shop->handlings[i]);
	if (r->shop->handling_count)
		rows_close(&r->body);
	section_close(r);
}

/* A limit of 0 is none. */
static bool is_old(int32_t days, int limit)
{
	return limit > 0 && days > limit;
}

/* A bar as long as the age, twice the limit being the whole. */
static void add_age(struct buf *out, int32_t days, int limit)
{
	int64_t thousandths = limit > 0 ? (int64_t)days * 500 / limit : 0;
	bool old = is_old(days, limit);
	buf_addf(out, "<td class=\"n%s\">%d days", old ? " late" : "", days);
	add_bar(out, thousandths < 0 ? 0 : thousandths > 1000 ? 1000 : (int)thousandths);
	buf_add(out, S("</td>"));
}

/* The newest day of a service's statistics. */
static int32_t newest_of(const struct report *r, const struct service *service, int64_t *parcels)
{
	int32_t newest = DATE_NONE;
	for (size_t i = 0; i < r->lane_count; i++) {
		const struct promise *promise = r->lanes[i].promise;
		if (r->lanes[i].service != service || !promise->parcels)
			continue;
		*parcels += promise->parcels;
		if (promise->until != DATE_NONE && (newest == DATE_NONE || promise->until > newest))
			newest = promise->until;
	}
	return newest;
}

static void add_service_age(struct report *r, const struct service *service)
{
	struct buf *out = &r->body;
	int64_t parcels = 0;
	int limit = r->shop->settings.stale_after_days;
	int32_t newest = newest_of(r, service, &parcels);
	cell_head(out, service->id);
	cell_number(out, parcels);
	cell_date(out, newest);
	if (newest == DATE_NONE) {
		cell_dash(out);
		row_close(out);
		return;
	}
	add_age(out, r->shop->date - newest, limit);
	row_close(out);
	if (!is_old(r->shop->date - newest, limit))
		return;
	notice_open(r, "stale");
	buf_add(&r->notices, S("The newest parcels of "));
	html_text(&r->notices, service->id);
	buf_addf(&r->notices, " were counted %d days ago", r->shop->date - newest);
	notice_close(r);
}

void report_stale(struct report *r)
{
	section_open(r, "stale", "Age of the statistics",
		     "Claims about next month rest on parcels of the last ones. Older than the limit "
		     "(<code>stale_after_days</code>, the middle of each bar), they describe another time.");
	rows_open(&r->body, "By service", "Service|#Parcels|Newest|#Age");
	for (size_t i = 0; i < r->shop->service_count; i++)
		add_service_age(r, &r->shop->services[i]);
	rows_close(&r->body);
	section_close(r);
}

/* Rules of one table for one country, as far as they hold today. */
struct rule_age {
	size_t rows, unchecked;
	int32_t oldest; /* day of the last check of the row longest unchecked; DATE_NONE */
};

static void add_rule(struct rule_age *age, const struct report *r, struct validity validity, int32_t checked_on)
{
	if (!validity_holds(validity, r->shop->date))
		return;
	age->rows++;
	if (checked_on == DATE_NONE)
		age->unchecked++;
	else if (age->oldest == DATE_NONE || checked_on < age->oldest)
		age->oldest = checked_on;
}

static struct rule_age age_of(const struct report *r, struct place country)
{
	const struct shop *shop = r->shop;
	struct rule_age age = { .oldest = DATE_NONE };
	for (size_t i = 0; i < shop->customs_count; i++)
		if (place_within(country, shop->customs[i].country))
			add_rule(&age, r, shop->customs[i].validity, shop->customs[i].checked_on);
	for (size_t i = 0; i < shop->tariff_count; i++)
		if (place_within(country, shop->tariffs[i].country))
			add_rule(&age, r, shop->tariffs[i].validity, shop->tariffs[i].checked_on);
	for (size_t i = 0; i < shop->charge_count; i++)
		if (place_within(country, shop->charges[i].country))
			add_rule(&age, r, shop->charges[i].validity, shop->charges[i].checked_on);
	return age;
}

static bool crosses_border(const struct report *r, size_t destination)
{
	for (size_t i = 0; i < r->lane_count; i++)
		if (r->lanes[i].destination == destination &&
		    customs_payer(r->request->workings->customs, r->lanes[i].service,
				  r->shop->destinations[destination],
				  r->lanes[i].service->ships_from) != PAYER_NOBODY)
			return true;
	return false;
}

struct rule_counts {
	size_t old, unknown;
};

static void add_country_rules(struct report *r, size_t destination, struct rule_counts *counts)
{
	struct buf *out = &r->body;
	struct rule_age age = age_of(r, r->shop->destinations[destination]);
	int limit = r->shop->settings.stale_after_days;
	cell_head(out, r->countries[destination]);
	cell_number(out, (int64_t)age.rows);
	cell_number(out, (int64_t)age.unchecked);
	if (!age.rows) {
		buf_add(out, S("<td colspan=\"2\" class=\"late\">no rule: pages say that it is not known</td>"));
		counts->unknown++;
	} else {
		cell_date(out, age.oldest);
		if (age.oldest == DATE_NONE)
			cell_dash(out);
		else
			add_age(out, r->shop->date - age.oldest, limit);
		counts->old += age.oldest != DATE_NONE && is_old(r->shop->date - age.oldest, limit);
	}
	row_close(out);
}

static void notice_rules(struct report *r, const struct rule_counts *counts)
{
	if (counts->old) {
		notice_open(r, "rules");
		buf_addf(&r->notices, "Rules of %zu countries were last checked more than %d days ago", counts->old,
			 r->shop->settings.stale_after_days);
		notice_close(r);
	}
	if (counts->unknown) {
		notice_open(r, "rules");
		buf_addf(&r->notices, "For %zu countries behind a customs border there is no rule", counts->unknown);
		notice_close(r);
	}
}

void report_rules(struct report *r)
{
	struct rule_counts counts = { 0, 0 };
	section_open(r, "rules", "Age of the customs rules",
		     "Rows of customs.csv, tariffs.csv and charges.csv that hold today, by the one that was "
		     "checked longest ago. Laws change without telling you.");
	rows_open(&r->body, "By country behind a customs border", "Country|#Rules|#Without a date|Checked on|#Age");
	for (size_t i = 0; i < r->shop->destination_count; i++)
		if (crosses_border(r, i))
			add_country_rules(r, i, &counts);
	rows_close(&r->body);
	notice_rules(r, &counts);
	section_close(r);
}
