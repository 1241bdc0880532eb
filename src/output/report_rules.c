/* SPDX-License-Identifier: MIT */
/* In: handling, ages of statistics and of rules. Out: what is slower than stated, and what has
 * grown old. */
#include "output/report_parts.h"
#include "promise/survey.h"

#include <stdlib.h>

/* Countries whose rules are shown at once. */
enum { RULES_SHOWN = 12 };

static void add_profile(struct report *r, const struct handling *handling)
{
	struct buf *out = &r->body;
	struct survey_handling measured;
	cell_head(out, handling->profile);
	buf_addf(out, "<td class=\"n\">%d–%d</td>", handling->days_min, handling->days_max);
	if (!survey_handling(r->promises, handling, &measured)) {
		buf_add(out, S("<td colspan=\"4\">not measured: <code>shipments.csv</code> has no "
			       "<code>ordered</code> for it</td>"));
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
	buf_addf(&r->notices, "” promises %d working days; nine in ten orders left within %d",
		 handling->days_max, measured.most);
	notice_close(r);
}

void report_handling(struct report *r)
{
	section_open(r, "handling", "Handling, stated and measured",
		     "Working days from the order to the carrier. Claims use what was measured "
		     "where it was, else "
		     "the slowest day stated.");
	if (!r->shop->handling_count)
		buf_add(&r->body, S("<p>There is no handling.csv: parcels count as handed over on "
				    "the day of the order.</p>\n"));
	else
		html_table(&r->body, "By handling profile",
			   "Profile|#Stated|#Half within|#Nine in ten within|#Within the "
			   "stated|#Orders");
	for (size_t i = 0; i < r->shop->handling_count; i++)
		add_profile(r, &r->shop->handlings[i]);
	if (r->shop->handling_count)
		html_table_end(&r->body);
	section_close(r);
}

/* A limit of 0 is none. */
static bool is_old(int32_t days, int limit)
{
	return limit > 0 && days > limit;
}

/* The age, and a bar with the limit in its middle. */
static void add_age(struct buf *out, int32_t days, int limit)
{
	buf_addf(out, "<td class=\"n%s\">%d days</td>", is_old(days, limit) ? " late" : "", days);
	cell_bar(out, limit > 0 ? (int64_t)days * 500 / limit : 0, limit > 0);
}

static void notice_age(struct report *r, const struct service *service, int32_t days)
{
	notice_open(r, "stale");
	buf_add(&r->notices, S("The newest parcels of "));
	html_text(&r->notices, service->id);
	buf_addf(&r->notices, " were counted %d days ago", days);
	notice_close(r);
}

static void add_service_age(struct report *r, const struct service *service)
{
	struct buf *out = &r->body;
	struct survey_service survey;
	int limit = r->shop->settings.stale_after_days;
	cell_head(out, service->id);
	if (!survey_service(r->promises, service, &survey)) {
		buf_add(out, S("<td colspan=\"6\">nothing was counted; the carrier’s figure, if it "
			       "publishes one</td>"));
		row_close(out);
		return;
	}
	cell_number(out, survey.parcels);
	cell_number(out, survey.lost);
	cell_number(out, survey.open);
	cell_date(out, survey.until);
	if (survey.until == DATE_NONE) {
		buf_add(out, S("<td colspan=\"2\">no period is named</td>"));
	} else {
		add_age(out, r->shop->date - survey.until, limit);
		if (is_old(r->shop->date - survey.until, limit))
			notice_age(r, service, r->shop->date - survey.until);
	}
	row_close(out);
}

void report_stale(struct report *r)
{
	section_open(
		r, "stale", "Age of the statistics",
		"Claims about next month rest on parcels of the last ones. Older than the limit "
		"(<code>stale_after_days</code>, the middle of each bar), they describe another "
		"time.");
	html_table(&r->body, "By service", "Service|#Parcels|#Lost|#On the way|Newest|#Age|");
	for (size_t i = 0; i < r->shop->service_count; i++)
		add_service_age(r, &r->shop->services[i]);
	html_table_end(&r->body);
	section_close(r);
}

/* Rules of one table for one country, as far as they hold today. */
struct rule_age {
	size_t rows, unchecked;
	int32_t oldest; /* day of the last check of the row longest unchecked; DATE_NONE */
};

static void add_rule(struct rule_age *age, const struct report *r, struct validity validity,
		     int32_t checked_on)
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

/* A country behind a customs border. */
struct ruled {
	size_t destination;
	struct rule_age age;
};

/* Without rules first, then without a date, then by the oldest check. */
static int by_age(const void *left, const void *right)
{
	const struct ruled *a = left, *b = right;
	bool a_dated = a->age.rows && a->age.oldest != DATE_NONE;
	bool b_dated = b->age.rows && b->age.oldest != DATE_NONE;
	if (!a->age.rows != !b->age.rows)
		return a->age.rows ? 1 : -1;
	if (a_dated != b_dated)
		return a_dated ? 1 : -1;
	if (a_dated && a->age.oldest != b->age.oldest)
		return a->age.oldest < b->age.oldest ? -1 : 1;
	return a->destination < b->destination ? -1 : a->destination > b->destination;
}

static void add_country_rules(struct report *r, const struct ruled *ruled,
			      struct rule_counts *counts)
{
	struct buf *out = &r->body;
	const struct rule_age *age = &ruled->age;
	int limit = r->shop->settings.stale_after_days;
	cell_head(out, r->countries[ruled->destination]);
	cell_number(out, (int64_t)age->rows);
	cell_number(out, (int64_t)age->unchecked);
	if (!age->rows) {
		buf_add(out, S("<td colspan=\"3\" class=\"late\">no rule: pages say that it is not "
			       "known</td>"));
		counts->unknown++;
	} else if (age->oldest == DATE_NONE) {
		buf_add(out, S("<td colspan=\"3\">no date of a check</td>"));
	} else {
		cell_date(out, age->oldest);
		add_age(out, r->shop->date - age->oldest, limit);
		counts->old += is_old(r->shop->date - age->oldest, limit);
	}
	row_close(out);
}

static void add_rules(struct report *r, const struct ruled *ruled, size_t count,
		      struct rule_counts *counts)
{
	html_table(&r->body, "By country behind a customs border, oldest first",
		   "Country|#Rules|#Without a date|Checked on|#Age|");
	for (size_t i = 0; i < count; i++)
		add_country_rules(r, &ruled[i], counts);
	html_table_end(&r->body);
}

static void notice_rules(struct report *r, const struct rule_counts *counts)
{
	if (counts->old) {
		notice_open(r, "rules");
		buf_addf(&r->notices,
			 "Rules of %zu countries were last checked more than %d days ago",
			 counts->old, r->shop->settings.stale_after_days);
		notice_close(r);
	}
	if (counts->unknown) {
		notice_open(r, "rules");
		buf_addf(&r->notices, "For %zu countries behind a customs border there is no rule",
			 counts->unknown);
		notice_close(r);
	}
}

void report_rules(struct report *r)
{
	struct rule_counts counts = { 0, 0 };
	section_open(r, "rules", "Age of the customs rules",
		     "Rows of customs.csv, tariffs.csv and charges.csv that hold today, by the one "
		     "that was "
		     "checked longest ago. Laws change without telling you.");
	struct ruled *ruled = arena_array(&r->arena, r->shop->destination_count, sizeof *ruled);
	size_t count = 0;
	for (size_t i = 0; i < r->shop->destination_count; i++)
		if (crosses_border(r, i))
			ruled[count++] = (struct ruled){ i, age_of(r, r->shop->destinations[i]) };
	qsort(ruled, count, sizeof *ruled, by_age);
	size_t shown = count > RULES_SHOWN + 4 ? RULES_SHOWN : count;
	if (count)
		add_rules(r, ruled, shown, &counts);
	else
		buf_add(&r->body, S("<p>No parcel of this shop crosses a customs border.</p>\n"));
	if (shown < count) {
		buf_addf(&r->body, "<details><summary>%zu countries more</summary>\n",
			 count - shown);
		add_rules(r, ruled + shown, count - shown, &counts);
		buf_add(&r->body, S("</details>\n"));
	}
	notice_rules(r, &counts);
	section_close(r);
}
