/* SPDX-License-Identifier: MIT */
/*
 * In: lanes with their promises. Out: where parcels went and what is claimed, what claims lean on,
 * which lanes are thin, how services drift.
 */
#include "output/report_parts.h"
#include "output/says.h"
#include "promise/survey.h"

#include <stdlib.h>

/* Lanes that are shown at once, and those that unfold; the rest is in promises.csv. */
enum { LANES_SHOWN = 30, LANES_UNFOLD = 400, PERCENT_OF_ONE = 100 };

static const char *const leaning[] = { "this lane",   "this country",         "its zone",
				       "the service", "the carrier’s figure", "nothing" };

static struct scale scale_of_lanes(struct report *r, size_t count)
{
	const struct curve **curves = arena_array(&r->arena, count, sizeof(struct curve *));
	for (size_t i = 0; i < count; i++)
		curves[i] = &r->lanes[i].promise->door;
	return scale_of(curves, count);
}

static void add_lane(struct report *r, const struct report_lane *lane, const struct scale *scale,
		     int64_t most)
{
	const struct promise *promise = lane->promise;
	const int *days = promise->door.claim_days;
	struct buf *out = &r->body;
	cell_head(out, lane->service->id);
	cell_text(out, r->countries[lane->destination]);
	cell_bar(out, most > 0 ? promise->parcels * 1000 / most : 0, false);
	cell_number(out, promise->parcels);
	cell_number(out, promise->lost);
	cell_number(out, promise->open);
	cell_picture(out, strip_draw(&r->arena, scale, &promise->door,
				     promise->pooled == POOLED_PUBLISHED, r->words));
	cell_days(out, days[CLAIM_80]);
	cell_days(out, days[CLAIM_90]);
	cell_days(out, days[CLAIM_95]);
	buf_addf(out, "<td class=\"short\">%s</td>", leaning[promise->pooled]);
	row_close(out);
}

static void add_lanes(struct report *r, size_t from, size_t to, const struct scale *scale)
{
	int64_t most = r->lane_count ? r->lanes[0].promise->parcels : 0;
	html_table(&r->body, "Days from order to door, by parcels",
		   "Service|To||#Parcels|#Lost|#On the way|Half to 95%, dot at "
		   "90%|#80%|#90%|#95%|Leans on");
	for (size_t i = from; i < to; i++)
		add_lane(r, &r->lanes[i], scale, most);
	buf_add(&r->body, S("<tr><td colspan=\"6\"></td>"));
	cell_picture(&r->body, scale_draw(&r->arena, scale, r->words));
	buf_add(&r->body, S("<td colspan=\"4\"></td>"));
	row_close(&r->body);
	html_table_end(&r->body);
}

void report_lanes(struct report *r)
{
	size_t shown = r->lane_count < LANES_SHOWN ? r->lane_count : LANES_SHOWN;
	size_t end = r->lane_count < LANES_UNFOLD ? r->lane_count : LANES_UNFOLD;
	struct scale scale = scale_of_lanes(r, end);
	section_open(r, "lanes", "Lanes by parcels",
		     "A lane is a service and a country. Each bar runs from the day by which half "
		     "may be "
		     "claimed to the last that can be named, on one scale; a ring is the carrier’s "
		     "own figure.");
	if (r->handling) {
		buf_add(&r->body, S("<p class=\"soft\">Days include the slowest handling that a "
				    "product has, “"));
		html_text(&r->body, r->handling->profile);
		buf_add(&r->body, S("”.</p>\n"));
	}
	add_lanes(r, 0, shown, &scale);
	if (end > shown) {
		buf_addf(&r->body, "<details><summary>%zu lanes more</summary>\n", end - shown);
		add_lanes(r, shown, end, &scale);
		buf_add(&r->body, S("</details>\n"));
	}
	if (r->lane_count > end)
		buf_addf(
			&r->body,
			"<p>%zu lanes more are in <a href=\"promises.csv\">promises.csv</a>.</p>\n",
			r->lane_count - end);
	section_close(r);
}

static void count_leaning(const struct report *r, const struct service *service, size_t counts[])
{
	for (size_t i = 0; i < r->lane_count; i++)
		if (r->lanes[i].service == service)
			counts[r->lanes[i].promise->pooled]++;
}

/* Darker: closer to the lane itself. */
static const char *const shades[] = { "1", ".78", ".56", ".36", ".2", ".07" };

static void add_share_of(struct report *r, const struct service *service)
{
	struct buf *out = &r->body;
	size_t counts[POOLED_NONE + 1] = { 0 }, all = 0, before = 0;
	count_leaning(r, service, counts);
	for (size_t i = 0; i <= POOLED_NONE; i++)
		all += counts[i];
	if (!all)
		return;
	cell_head(out, service->id);
	buf_add(out, S("<td class=\"picture\"><svg class=\"pooled\" width=\"100%\" height=\"16\" "
		       "aria-hidden=\"true\">"));
	for (size_t i = 0; i <= POOLED_NONE; i++) {
		size_t x = before * 1000 / all, end = (before + counts[i]) * 1000 / all;
		before += counts[i];
		if (counts[i])
			buf_addf(out,
				 "<rect x=\"%zu.%zu%%\" width=\"%zu.%zu%%\" height=\"16\" "
				 "fill-opacity=\"%s\"/>",
				 x / 10, x % 10, (end - x) / 10, (end - x) % 10, shades[i]);
	}
	buf_add(out, S("</svg></td>"));
	for (size_t i = 0; i <= POOLED_NONE; i++)
		cell_number(out, (int64_t)counts[i]);
	row_close(out);
}

/* A country's most used service that has too few parcels to stand alone. */
static bool is_thin(const struct report *r, const struct report_lane *lane)
{
	return lane->usual && lane->promise->parcels < r->shop->settings.min_parcels &&
	       lane->promise->pooled > POOLED_COUNTRY;
}

static void add_thin(struct report *r, const struct report_lane *lane)
{
	int percent = 0;
	const struct promise *promise = lane->promise;
	enum missing missing = says_missing(promise, &percent);
	struct buf *out = &r->body;
	cell_head(out, lane->service->id);
	cell_text(out, r->countries[lane->destination]);
	cell_number(out, promise->parcels);
	cell_text(out, str_of(leaning[promise->pooled]));
	cell_days(out, promise->door.claim_days[CLAIM_90]);
	if (missing == MISSING_NOTHING)
		cell_text(out,
			  promise->pooled == POOLED_NONE ? S("no percentage is printed") : S(""));
	else
		cell_text(out, missing == MISSING_LOST ? S("too many were lost")
						       : S("too few parcels, or months differ"));
	row_close(out);
}

static void add_thin_lanes(struct report *r, size_t count)
{
	size_t listed = 0;
	buf_addf(&r->body,
		 "<details%s><summary>%zu countries whose most used service is thin</summary>\n",
		 count <= LANES_SHOWN ? " open=\"open\"" : "", count);
	html_table(&r->body, "Counting these first helps most",
		   "Service|To|#Parcels|Leans on|#90% in|Missing");
	for (size_t i = 0; i < r->lane_count && listed < LANES_UNFOLD; i++)
		if (is_thin(r, &r->lanes[i])) {
			add_thin(r, &r->lanes[i]);
			listed++;
		}
	html_table_end(&r->body);
	buf_add(&r->body, S("</details>\n"));
}

static void add_key(struct buf *out)
{
	buf_add(out, S("<ul class=\"key\">"));
	for (size_t i = 0; i <= POOLED_NONE; i++)
		buf_addf(out,
			 "<li><svg width=\"12\" height=\"12\" aria-hidden=\"true\"><rect "
			 "width=\"12\" height=\"12\" "
			 "fill=\"currentColor\" fill-opacity=\"%s\"/></svg>%s</li>",
			 shades[i], leaning[i]);
	buf_add(out, S("</ul>\n"));
}

void report_thin(struct report *r)
{
	size_t thin = 0;
	for (size_t i = 0; i < r->lane_count; i++)
		thin += is_thin(r, &r->lanes[i]);
	section_open(
		r, "thin", "What the claims lean on",
		"A lane with few parcels leans on its country, then its zone, then the whole "
		"service, then "
		"on what the carrier publishes. Buyers are told; here is how often it happens.");
	html_table(&r->body, "Lanes of each service, by what carries their claims",
		   "Service||#Lane|#Country|#Zone|#Service|#Carrier|#Nothing");
	for (size_t i = 0; i < r->shop->service_count; i++)
		add_share_of(r, &r->shop->services[i]);
	html_table_end(&r->body);
	add_key(&r->body);
	if (thin)
		add_thin_lanes(r, thin);
	section_close(r);
}

static void add_months(struct buf *out, const struct survey_service *drift)
{
	enum { WIDE = 240, HIGH = 48 };
	int step = WIDE / (drift->month_count > 6 ? (int)drift->month_count : 6);
	buf_addf(out,
		 "<td class=\"picture\"><svg class=\"months\" viewBox=\"0 0 %d %d\" "
		 "aria-hidden=\"true\">",
		 WIDE, HIGH);
	for (size_t i = 0; i < drift->month_count; i++) {
		int height = (int)(drift->months[i].share * HIGH + 0.5);
		buf_addf(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>", (int)i * step,
			 HIGH - height, step - 2, height);
	}
	int line = HIGH - HIGH * SURVEY_PERCENT / PERCENT_OF_ONE;
	buf_addf(out,
		 "<path class=\"axis\" d=\"M0 %dH%d\" stroke=\"currentColor\" stroke-dasharray=\"3 "
		 "3\"/></svg></td>",
		 line, WIDE);
}

static void add_range(struct buf *out, const struct survey_service *drift)
{
	double least = 1, most = 0;
	for (size_t i = 0; i < drift->month_count; i++) {
		least = drift->months[i].share < least ? drift->months[i].share : least;
		most = drift->months[i].share > most ? drift->months[i].share : most;
	}
	if (!drift->month_count)
		cell_dash(out);
	else
		buf_addf(out, "<td class=\"n\">%d–%d%%</td>", (int)(least * PERCENT_OF_ONE + 0.5),
			 (int)(most * PERCENT_OF_ONE + 0.5));
}

void report_drift(struct report *r)
{
	struct buf *out = &r->body;
	struct survey_service drift;
	size_t known = 0;
	section_open(
		r, "drift", "Drift from month to month",
		"What was true last month wanders by more than chance. Each bar is a month: the "
		"share of "
		"its parcels that came within the day named, counted from the hand-over. The "
		"spread goes into "
		"every claim; with few months it leans on what is usual in cross-border post.");
	html_table(out, "Complete months of at least 30 parcels",
		   "Service|#Within days|Months, line at 80%|#Range|"
		   "#Months used|#Spread");
	for (size_t i = 0; i < r->shop->service_count; i++) {
		const struct service *service = &r->shop->services[i];
		if (!survey_service(r->promises, service, &drift) || drift.day < 0)
			continue;
		known++;
		cell_head(out, service->id);
		cell_number(out, drift.day);
		add_months(out, &drift);
		add_range(out, &drift);
		cell_number(out, drift.measured);
		cell_tenths(out, drift.deviation * PERCENT_OF_ONE, " points");
		row_close(out);
	}
	html_table_end(out);
	if (!known)
		buf_add(out,
			S("<p>No parcels have been counted yet. One row a parcel in "
			  "<code>shipments.csv</code>, or "
			  "counts in <code>ontime.csv</code>, and this fills by itself.</p>\n"));
	section_close(r);
}
