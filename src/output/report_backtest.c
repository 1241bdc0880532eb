/* SPDX-License-Identifier: MIT */
/*
 * In: promises replayed. Out: claimed against kept, as a reliability diagram with intervals, as a
 * table by month and by service, and the lanes that stand out.
 */
#include "output/report_parts.h"

/* The diagram's units: shares from LEAST to 100 percent both ways, UNIT a percent. */
enum { LEAST = 50, UNIT = 8, LEFT = 44, TOP = 12, SIDE = (100 - LEAST) * UNIT, BOTTOM = 30 };

enum {
	LEVELS = BACKTEST_LEVELS,
	LANES_MOST = 60,
	POINT_LEAST = 20 /* parcels that a dot is worth */
};
static const int levels[LEVELS] = { 80, 90, 95 };

/* The rows of one month, service or lane, or of all, one a level; NULL where there is none. */
struct backtest_group {
	const struct backtest_row *rows[LEVELS];
};

static bool same_group(const struct backtest_row *a, const struct backtest_row *b)
{
	return a->service == b->service && a->month == b->month && place_equal(a->from, b->from) &&
	       place_equal(a->to, b->to);
}

/* The group that begins at `*at`, which moves behind it. */
static struct backtest_group next_group(const struct backtest *backtest, size_t *at)
{
	struct backtest_group group = { { NULL } };
	const struct backtest_row *first = &backtest->rows[*at];
	for (; *at < backtest->count && same_group(first, &backtest->rows[*at]); ++*at)
		for (size_t i = 0; i < LEVELS; i++)
			if (backtest->rows[*at].claimed == levels[i])
				group.rows[i] = &backtest->rows[*at];
	return group;
}

static bool is_judged(const struct backtest_row *row)
{
	return row && row->due > 0;
}

static bool is_broken(const struct backtest_row *row)
{
	return is_judged(row) && backtest_verdict(row) == BACKTEST_BROKEN;
}

static bool is_lane(const struct backtest_row *row)
{
	return row->to.code[0] != 0;
}

static int x_of(double percent)
{
	return LEFT + (int)((percent - LEAST) * UNIT + 0.5);
}

static int y_of(double percent)
{
	double shown = percent < LEAST ? LEAST : percent;
	return TOP + SIDE - (int)((shown - LEAST) * UNIT + 0.5);
}

static void add_axes(struct buf *out)
{
	buf_add(out, S("<g class=\"axis\" stroke=\"currentColor\">"));
	for (int percent = LEAST; percent <= 100; percent += 10)
		buf_addf(out, "<path d=\"M%d %dH%d\" stroke-opacity=\".2\"/>", LEFT, y_of(percent),
			 x_of(100));
	buf_addf(out, "<path d=\"M%d %dL%d %d\" stroke-dasharray=\"4 4\"/></g>\n<g>", x_of(LEAST),
		 y_of(LEAST), x_of(100), y_of(100));
	for (int percent = LEAST; percent <= 100; percent += 10)
		buf_addf(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%d%%</text>", LEFT - 8,
			 y_of(percent) + 4, percent);
	for (int i = 0; i < LEVELS; i++)
		buf_addf(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%d%%</text>",
			 x_of(levels[i]), TOP + SIDE + 18, levels[i]);
	buf_addf(out,
		 "<text x=\"%d\" y=\"%d\">claimed</text><text x=\"%d\" y=\"%d\">kept</text></g>\n",
		 LEFT, TOP + SIDE + 18, LEFT + 6, TOP + 16);
}

/* Every claim from 50 to 99 percent that enough parcels were due for, small. */
static void add_points(struct buf *out, const struct backtest *backtest)
{
	buf_add(out, S("<g fill=\"none\" stroke=\"currentColor\">"));
	for (size_t i = 0; i < BACKTEST_POINTS; i++) {
		const struct backtest_point *point = &backtest->points[i];
		if (point->due >= POINT_LEAST)
			buf_addf(out, "<circle cx=\"%d\" cy=\"%d\" r=\"2\"/>", x_of(point->claimed),
				 y_of(100 * point->kept / point->due));
	}
	buf_add(out, S("</g>\n"));
}

/* What came of all that was claimed at a level, with its interval. */
static void add_level(struct buf *out, const struct backtest_row *row)
{
	double low, high;
	int x = x_of(row->claimed);
	backtest_interval(row, &low, &high);
	buf_addf(out,
		 "<path d=\"M%d %dV%d\" stroke=\"currentColor\" stroke-width=\"3\"/>"
		 "<circle class=\"chart-dot\" cx=\"%d\" cy=\"%d\" r=\"6\"/>\n",
		 x, y_of(100 * low), y_of(100 * high), x, y_of(100 * backtest_kept(row)));
}

static void describe(struct buf *out, const struct backtest_group *all)
{
	buf_add(out, S("Reliability diagram."));
	for (size_t i = 0; i < LEVELS; i++)
		if (is_judged(all->rows[i]))
			buf_addf(out, " Of what was claimed at %d%%, %.1f%% was kept.", levels[i],
				 100 * backtest_kept(all->rows[i]));
}

static void add_diagram(struct buf *out, const struct backtest *backtest,
			const struct backtest_group *all)
{
	buf_addf(out,
		 "<figure><svg class=\"reliability\" viewBox=\"0 0 %d %d\" role=\"img\" "
		 "aria-label=\"",
		 LEFT + SIDE + 24, TOP + SIDE + BOTTOM);
	describe(out, all);
	buf_add(out, S("\">\n"));
	add_axes(out);
	add_points(out, backtest);
	for (size_t i = 0; i < LEVELS; i++)
		if (is_judged(all->rows[i]))
			add_level(out, all->rows[i]);
	buf_add(out, S("</svg><figcaption class=\"soft\">On the dashed line as much was kept as "
		       "claimed; above it, more. "
		       "Large dots: the levels that pages show, with the interval in which the "
		       "true share lies nine "
		       "times in ten; small ones: every other claim. Less than 50% stands on the "
		       "lower edge."
		       "</figcaption></figure>\n"));
}

static void add_kept(struct buf *out, const struct backtest_row *row)
{
	if (is_judged(row))
		buf_addf(out, "<td class=\"n%s\">%.1f%%</td>", is_broken(row) ? " late" : "",
			 100 * backtest_kept(row));
	else
		cell_dash(out);
}

static void add_days(struct buf *out, const struct backtest_row *row)
{
	if (is_judged(row))
		cell_tenths(out, row->days / row->due, "");
	else
		cell_dash(out);
	cell_days(out, is_judged(row) ? row->needed : -1);
	cell_number(out, is_judged(row) ? (int64_t)(row->due + 0.5) : 0);
}

static void add_group(struct report *r, const struct backtest_group *group)
{
	const struct backtest_row *any = group->rows[0];
	struct buf name = BUF_INIT;
	if (any->service)
		buf_add(&name, any->service->id);
	else if (any->month != DATE_NONE)
		date_add(&name, any->month);
	else
		buf_add(&name, S("All months"));
	cell_head(&r->body, buf_str(&name));
	for (size_t i = 0; i < LEVELS; i++)
		add_kept(&r->body, group->rows[i]);
	add_days(&r->body, group->rows[1]);
	row_close(&r->body);
	buf_release(&name);
}

static void notice_broken(struct report *r, const struct backtest_row *row)
{
	if (!is_broken(row) || row->month != DATE_NONE)
		return;
	notice_open(r, "kept");
	if (row->service)
		html_text(&r->notices, row->service->id);
	else
		buf_add(&r->notices, S("All services together"));
	buf_addf(&r->notices, ": %d%% was claimed, %.1f%% was kept", row->claimed,
		 100 * backtest_kept(row));
	notice_close(r);
}

static struct backtest_group group_of_all(const struct backtest *backtest)
{
	struct backtest_group none = { { NULL } };
	for (size_t at = 0; at < backtest->count;) {
		struct backtest_group group = next_group(backtest, &at);
		if (group.rows[0] && !group.rows[0]->service && group.rows[0]->month == DATE_NONE)
			return group;
	}
	return none;
}

static void add_table(struct report *r, const struct backtest *backtest)
{
	html_table(&r->body, "By day on which was promised, and by service",
		   "Promised|#Kept at 80%|#at 90%|#at 95%|#Days at 90%|#Needed|#Parcels");
	for (size_t at = 0; at < backtest->count;) {
		struct backtest_group group = next_group(backtest, &at);
		if (!group.rows[0] || !(group.rows[0]->parcels > 0) || is_lane(group.rows[0]))
			continue;
		add_group(r, &group);
		for (size_t i = 0; i < LEVELS; i++)
			notice_broken(r, group.rows[i]);
	}
	html_table_end(&r->body);
}

static bool stands_out(const struct backtest_row *row, enum backtest_verdict verdict)
{
	return row->claimed == 90 && is_lane(row) && row->month == DATE_NONE && is_judged(row) &&
	       backtest_verdict(row) == verdict;
}

static void add_lane(struct report *r, const struct backtest_row *row)
{
	struct buf *out = &r->body;
	cell_head(out, row->service->id);
	cell_text(out, words_country(r->words, &r->arena, place_str(&row->from)));
	cell_text(out, words_country(r->words, &r->arena, place_str(&row->to)));
	add_kept(out, row);
	add_days(out, row);
	row_close(out);
}

/* The lanes of a verdict, folded away; how many there are. */
static size_t add_lanes(struct report *r, const struct backtest *backtest,
			enum backtest_verdict verdict, const char *title)
{
	size_t count = 0, shown = 0;
	for (size_t i = 0; i < backtest->count; i++)
		count += stands_out(&backtest->rows[i], verdict);
	if (!count)
		return 0;
	buf_addf(&r->body, "<details><summary>%zu %s</summary>\n", count, title);
	html_table(&r->body, "At 90%", "Service|From|To|#Kept|#Days promised|#Needed|#Parcels");
	for (size_t i = 0; i < backtest->count && shown < LANES_MOST; i++)
		if (stands_out(&backtest->rows[i], verdict)) {
			add_lane(r, &backtest->rows[i]);
			shown++;
		}
	html_table_end(&r->body);
	if (shown < count)
		buf_add(&r->body, S("<p>All of them are in <a "
				    "href=\"backtest.csv\">backtest.csv</a>.</p>\n"));
	buf_add(&r->body, S("</details>\n"));
	return count;
}

static void add_all(struct report *r, const struct backtest *backtest,
		    const struct backtest_group *all)
{
	buf_add(&r->body, S("<div class=\"kept\">\n"));
	add_diagram(&r->body, backtest, all);
	add_table(r, backtest);
	buf_add(&r->body, S("</div>\n"));
	size_t broken =
		add_lanes(r, backtest, BACKTEST_BROKEN, "lanes whose promise of 90% was broken");
	add_lanes(r, backtest, BACKTEST_LONGER, "lanes where fewer days would have done");
	if (!broken)
		return;
	notice_open(r, "kept");
	buf_addf(&r->notices, "Lanes that broke their promise of 90%%: %zu", broken);
	notice_close(r);
}

void report_backtest(struct report *r)
{
	const struct backtest *backtest = r->request->backtest;
	section_open(r, "kept", "Were the promises kept?",
		     "Earlier promises, made from what was known on the first of each month, held "
		     "against the "
		     "parcels of that month. Lost and returned ones did not come. A share in "
		     "colour fell short of its "
		     "claim by more than chance; <em>needed</em> is the number of days that would "
		     "have kept 90%.");
	struct backtest_group all = { { NULL } };
	if (backtest)
		all = group_of_all(backtest);
	if (is_judged(all.rows[0]) || is_judged(all.rows[1]) || is_judged(all.rows[2]))
		add_all(r, backtest, &all);
	else
		buf_add(&r->body, S("<p>Nothing to judge yet: no month before this one has parcels "
				    "whose promised day is "
				    "over. It fills as statistics come in.</p>\n"));
	section_close(r);
}
