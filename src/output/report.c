/* SPDX-License-Identifier: MIT */
/* In: what a build worked out. Out: the report's frame, its figures at a glance, its sections in
 * order. */
#include <stdlib.h>

#include "output/report_parts.h"

static const struct handling *slowest_used(const struct shop *shop, uint64_t profiles)
{
	const struct handling *slowest = NULL;
	for (size_t i = 0; i < shop->handling_count; i++)
		if (profiles >> (i & 63) & 1 &&
		    (!slowest || shop->handlings[i].days_max > slowest->days_max))
			slowest = &shop->handlings[i];
	return slowest || !shop->handling_count ? slowest : &shop->handlings[0];
}

static int by_parcels(const void *left, const void *right)
{
	const struct report_lane *a = left, *b = right;
	if (a->promise->parcels != b->promise->parcels)
		return a->promise->parcels > b->promise->parcels ? -1 : 1;
	if (a->service != b->service)
		return a->service->index < b->service->index ? -1 : 1;
	return a->destination < b->destination ? -1 : a->destination > b->destination;
}

static void mark_usual(struct report *r)
{
	bool *seen = arena_array(&r->arena, r->shop->destination_count, sizeof *seen);
	for (size_t i = 0; i < r->lane_count; i++) {
		r->lanes[i].usual = !seen[r->lanes[i].destination];
		seen[r->lanes[i].destination] = true;
	}
}

static void find_lanes(struct report *r)
{
	const struct shop *shop = r->shop;
	r->lanes = arena_array(&r->arena, shop->service_count * shop->destination_count,
			       sizeof *r->lanes);
	for (size_t s = 0; s < shop->service_count; s++)
		for (size_t d = 0; d < shop->destination_count; d++) {
			const struct service *service = &shop->services[s];
			if (!service_zone(service, shop->destinations[d]))
				continue;
			const struct promise *promise =
				promise_get(r->promises, service, shop->destinations[d],
					    service->ships_from, r->handling);
			r->lanes[r->lane_count++] =
				(struct report_lane){ service, promise, d, false };
		}
	qsort(r->lanes, r->lane_count, sizeof *r->lanes, by_parcels);
	mark_usual(r);
}

static void name_countries(struct report *r)
{
	r->countries = arena_array(&r->arena, r->shop->destination_count, sizeof *r->countries);
	for (size_t i = 0; i < r->shop->destination_count; i++)
		r->countries[i] =
			words_country(r->words, &r->arena, place_str(&r->shop->destinations[i]));
}

/* The share of promises of 90% that were kept, all months; below 0: none was judged. */
static int kept_percent(const struct backtest *backtest)
{
	for (size_t i = 0; backtest && i < backtest->count; i++) {
		const struct backtest_row *row = &backtest->rows[i];
		if (!row->service && row->month == DATE_NONE && row->claimed == 90)
			return row->due > 0 ? (int)(100 * backtest_kept(row)) : -1;
	}
	return -1;
}

static void add_tiles(const struct report *r, struct buf *out)
{
	int64_t parcels = 0, own = 0, claiming = 0;
	for (size_t i = 0; i < r->lane_count; i++) {
		const struct promise *promise = r->lanes[i].promise;
		parcels += promise->parcels;
		own += promise->pooled == POOLED_LANE || promise->pooled == POOLED_COUNTRY;
		claiming += promise->door.claim_days[CLAIM_90] >= 0;
	}
	int kept = kept_percent(r->request->backtest);
	buf_add(out, S("<dl class=\"tiles\">\n"));
	html_tile(out, "Countries served", (int64_t)r->shop->destination_count, "");
	html_tile(out, "Lanes (service and country)", (int64_t)r->lane_count, "");
	html_tile(out, "of these with a day for 90%", claiming, "");
	html_tile(out, "of these on their own parcels", own, "");
	html_tile(out, "Parcels counted", parcels, "");
	if (kept >= 0)
		html_tile(out, "Kept of what was promised at 90%", kept, "%");
	buf_add(out, S("</dl>\n"));
}

static void add_notices(const struct report *r, struct buf *out)
{
	buf_add(out, S("<h2>What needs you</h2>\n"));
	if (!r->notice_count)
		buf_add(out, S("<p>Nothing. Statistics and rules are fresh, and no promise stands "
			       "out.</p>\n"));
	else
		buf_addf(out, "<ul class=\"notices\">\n%.*s</ul>\n", STR(buf_str(&r->notices)));
}

static void add_header(const struct report *r, struct buf *out)
{
	html_head(out, r->shop, "Seller’s report");
	buf_add(out, S("<header>\n<h1>"));
	html_text(out, r->shop->settings.name);
	buf_add(out, S(": what your promises rest on</h1>\n<p>As of "));
	date_add(out, r->shop->date);
	buf_add(out,
		S(". For the seller alone: nothing here is part of the site.</p>\n"
		  "<nav aria-label=\"Sections\"><a href=\"#kept\">Kept?</a> <a "
		  "href=\"#lanes\">Lanes</a> "
		  "<a href=\"#thin\">Thin lanes</a> <a href=\"#drift\">Drift</a> "
		  "<a href=\"#handling\">Handling</a> <a href=\"#stale\">Age of statistics</a> "
		  "<a href=\"#rules\">Age of rules</a> <a href=\"#parity\">Countries compared</a> "
		  "<a href=\"#changes\">Changes</a></nav>\n</header>\n<main>\n"));
}

static void add_changes(struct buf *out)
{
	buf_add(out,
		S("<section id=\"changes\">\n<h2>What the last build changed</h2>\n"
		  "<p>On a page of its own, <a href=\"changes.html\">changes.html</a>; every file "
		  "with "
		  "its reason is in <a href=\"changes.csv\">changes.csv</a>.</p>\n"
		  "<iframe src=\"changes.html\" title=\"What the last build changed\"></iframe>\n"
		  "</section>\n"));
}

static void add_sections(struct report *r)
{
	report_backtest(r);
	report_lanes(r);
	report_thin(r);
	report_drift(r);
	report_handling(r);
	report_stale(r);
	report_rules(r);
	report_parity(r);
}

void report_render(const struct report_request *request, struct buf *out)
{
	struct report r = { .request = request,
			    .shop = request->workings->shop,
			    .promises = request->workings->promises };
	arena_init(&r.arena);
	r.words = words_open(&r.arena, S("en"));
	r.handling = slowest_used(r.shop, request->profiles);
	find_lanes(&r);
	name_countries(&r);
	add_sections(&r);
	add_header(&r, out);
	add_tiles(&r, out);
	add_notices(&r, out);
	buf_add(out, buf_str(&r.body));
	add_changes(out);
	buf_add(out,
		S("</main>\n<footer><p>Every day and share of every lane: <a href=\"promises.csv\">"
		  "promises.csv</a>.</p></footer>\n</body>\n</html>\n"));
	buf_release(&r.body);
	buf_release(&r.notices);
	arena_release(&r.arena);
}
