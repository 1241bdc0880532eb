/* SPDX-License-Identifier: MIT */
/*
 * In: promises replayed. Out: claimed against kept, as a reliability diagram with intervals and as
 * a table by month and by service.
 */
#include <math.h>

#include "output/report_parts.h"
#include "promise/beta.h"

/* The diagram's units: shares from LEAST to 100 percent both ways, UNIT a percent. */
enum { LEAST = 70, UNIT = 12, LEFT = 44, TOP = 12, SIDE = (100 - LEAST) * UNIT, BOTTOM = 40 };

static const int levels[] = { 80, 90, 95 };
enum { LEVELS = 3 };

/* The rows of one month or all, and of one service or all, one a level; NULL where there is none. */
struct backtest_group {
	const struct backtest_row *rows[LEVELS];
};

static bool same_group(const struct backtest_row *a, const struct backtest_row *b)
{
	return a->service == b->service && a->month == b->month;
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

static bool judged(const struct backtest_row *row)
{
	return row && row->due > 0;
}

/* Fewer came than were claimed, by more than two standard errors. */
static bool is_broken(const struct backtest_row *row)
{
	double claimed = row->claimed / 100.0;
	return row->kept / row->due < claimed - 2 * sqrt(claimed * (1 - claimed) / row->due);
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
		buf_addf(out, "<path d=\"M%d %dH%d\" stroke-opacity=\".2\"/>", LEFT, y_of(percent), x_of(100));
	buf_addf(out, "<path d=\"M%d %dL%d %d\" stroke-dasharray=\"4 4\"/></g>\n<g>", x_of(LEAST), y_of(LEAST),
		 x_of(100), y_of(100));
	for (int percent = LEAST; percent <= 100; percent += 10)
		buf_addf(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%d%%</text>", LEFT - 8, y_of(percent) + 4,
			 percent);
	for (int i = 0; i < LEVELS; i++)
		buf_addf(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%d%%</text>", x_of(levels[i]),
			 TOP + SIDE + 18, levels[i]);
	buf_addf(out, "<text x=\"%d\" y=\"%d\">claimed</text><text x=\"%d\" y=\"%d\">kept</text></g>\n", LEFT,
		 TOP + SIDE + 18, LEFT + 4, TOP + 2);
}

/* What came of all that was claimed, with the interval that 95 of 100 such counts leave. */
static void add_point(struct buf *out, const struct backtest_row *row)
{
	struct beta beta = beta_of(row->kept + 0.5, row->due - row->kept + 0.5);
	double kept = 100 * row->kept / row->due;
	int x = x_of(row->claimed);
	buf_addf(out,
		 "<path d=\"M%d %dV%d\" stroke=\"currentColor\" stroke-width=\"2\"/>"
		 "<circle class=\"chart-dot\" cx=\"%d\" cy=\"%d\" r=\"6\"/>\n",
		 x, y_of(100 * beta_quantile(&beta, 0.025)), y_of(100 * beta_quantile(&beta, 0.975)), x, y_of(kept));
}

/* A month, small and beside the level, so that months do not cover each other. */
static void add_month(struct buf *out, const struct backtest_row *row, int number)
{
	buf_addf(out, "<circle cx=\"%d\" cy=\"%d\" r=\"3\" fill=\"none\" stroke=\"currentColor\"/>",
		 x_of(row->claimed) + 9 + number * 2, y_of(100 * row->kept / row->due));
}

static void describe(struct buf *out, const struct backtest_group *all)
{
	buf_add(out, S("Reliability diagram."));
	for (size_t i = 0; i < LEVELS; i++)
		if (judged(all->rows[i]))
			buf_addf(out, " Of what was claimed at %d%%, %.1f%% was kept.", levels[i],
				 100 * all->rows[i]->kept / all->rows[i]->due);
}

static void add_diagram(struct buf *out, const struct backtest *backtest, const struct backtest_group *all)
{
	int month = 0;
	buf_addf(out, "<figure><svg class=\"reliability\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"",
		 LEFT + SIDE + 24, TOP + SIDE + BOTTOM);
	describe(out, all);
	buf_add(out, S("\">\n"));
	add_axes(out);
	for (size_t at = 0; at < backtest->count;) {
		struct backtest_group group = next_group(backtest, &at);
		const struct backtest_row *any = group.rows[LEVELS - 1];
		if (!any || any->service || any->month == DATE_NONE)
			continue;
		for (size_t i = 0; i < LEVELS; i++)
			if (judged(group.rows[i]))
				add_month(out, group.rows[i], month);
		month++;
	}
	for (size_t i = 0; i < LEVELS; i++)
		if (judged(all->rows[i]))
			add_point(out, all->rows[i]);
	buf_add(out, S("</svg><figcaption class=\"soft\">On the dashed line as much was kept as claimed; above it, more. "
		       "Large dots: all months, with the interval in which 95 of 100 such counts lie; rings: single "
		       "months; less than 70% stands on the lower edge.</figcaption></figure>\n"));
}

static void add_kept(struct buf *out, const struct backtest_row *row)
{
	if (!judged(row)) {
		cell_dash(out);
		return;
	}
	buf_addf(out, "<td class=\"n%s\">%.1f%%</td>", is_broken(row) ? " late" : "", 100 * row->kept / row->due);
}

static void add_group(struct report *r, const struct backtest_group *group)
{
	struct buf *out = &r->body;
	const struct backtest_row *nine = group->rows[1], *any = group->rows[0];
	struct buf name = BUF_INIT;
	if (any->service)
		buf_add(&name, any->service->id);
	else if (any->month != DATE_NONE)
		date_add(&name, any->month);
	else
		buf_add(&name, S("All months"));
	cell_head(out, buf_str(&name));
	for (size_t i = 0; i < LEVELS; i++)
		add_kept(out, group->rows[i]);
	if (judged(nine)) {
		cell_tenths(out, nine->days / nine->due, "");
		cell_number(out, (int64_t)(nine->due + 0.5));
	} else {
		cell_dash(out);
		cell_number(out, 0);
	}
	row_close(out);
	buf_release(&name);
}

static void notice_broken(struct report *r, const struct backtest_row *row)
{
	if (!judged(row) || !is_broken(row) || row->month != DATE_NONE)
		return;
	notice_open(r, "kept");
	if (row->service)
		html_text(&r->notices, row->service->id);
	else
		buf_add(&r->notices, S("All services together"));
	buf_addf(&r->notices, ": %d%% was claimed, %.1f%% was kept", row->claimed, 100 * row->kept / row->due);
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
	html_table(&r->body, "Promised on the day named, for the parcels of that month",
		   "Promised|#Kept at 80%|#at 90%|#at 95%|#Days at 90%|#Parcels");
	for (size_t at = 0; at < backtest->count;) {
		struct backtest_group group = next_group(backtest, &at);
		if (!group.rows[0] || !(group.rows[0]->parcels > 0))
			continue;
		add_group(r, &group);
		for (size_t i = 0; i < LEVELS; i++)
			notice_broken(r, group.rows[i]);
	}
	html_table_end(&r->body);
}

void report_backtest(struct report *r)
{
	const struct backtest *backtest = r->request->backtest;
	section_open(r, "kept", "Were the promises kept?",
		     "Earlier promises, made from what was known on the first of each month, held against the "
		     "parcels of that month. Lost and returned ones did not come. Months in colour broke their promise "
		     "by more than chance.");
	struct backtest_group all = { { NULL } };
	if (backtest)
		all = group_of_all(backtest);
	if (judged(all.rows[0]) || judged(all.rows[1]) || judged(all.rows[2])) {
		buf_add(&r->body, S("<div class=\"kept\">\n"));
		add_diagram(&r->body, backtest, &all);
		add_table(r, backtest);
		buf_add(&r->body, S("</div>\n"));
	} else {
		buf_add(&r->body, S("<p>Nothing to judge yet: no month before this one has parcels whose promised day is "
				    "over. It fills as statistics come in.</p>\n"));
	}
	section_close(r);
}
