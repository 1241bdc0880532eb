/* SPDX-License-Identifier: MIT */
/*
 * In: curves. Out: strips as wide as their column, whatever it is: across the page everything
 * stands in percent, so that letters and dots keep their size on a phone.
 */
#include "base/buf.h"
#include "output/chart.h"

/* In pixels. A label stands above its dot. */
enum { STRIP_HEIGHT = 32, LABEL_LINE = 12, BAR_LINE = 23, AXIS_HEIGHT = 18, TICKS = 6 };

/* The last level that is claimed, as a day; -1: none. */
static int last_claim(const struct curve *curve)
{
	for (int level = CLAIM_95; level >= CLAIM_50; level--)
		if (curve->claim_days[level] >= 0)
			return curve->claim_days[level];
	return -1;
}

struct scale scale_of(const struct curve *const *curves, size_t count)
{
	static const int steps[] = { 1, 2, 5, 10, 15, 20 };
	struct scale scale = { 0, 1 };
	int last = -1;
	size_t step = 0;
	for (size_t i = 0; i < count; i++)
		if (last_claim(curves[i]) > last)
			last = last_claim(curves[i]);
	if (last < 0)
		return scale;
	scale.last = last + last / 12 + 1;
	while (step + 1 < sizeof steps / sizeof *steps && scale.last / steps[step] > TICKS)
		step++;
	scale.step = steps[step];
	return scale;
}

/* A day's place across the scale. */
static void add_x(struct buf *out, const char *name, const struct scale *scale, int day)
{
	int tenths = day * 1000 / scale->last;
	buf_addf(out, " %s=\"%d.%d%%\"", name, tenths / 10, tenths % 10);
}

static void add_tick(struct buf *out, const struct scale *scale, int day, int height)
{
	buf_add(out, S("<line"));
	add_x(out, "x1", scale, day);
	add_x(out, "x2", scale, day);
	buf_addf(out, " y2=\"%d\" stroke=\"currentColor\" stroke-opacity=\".2\"/>", height);
}

static void open_svg(struct buf *out, const char *class, int height)
{
	buf_addf(out,
		 "<svg class=\"%s\" width=\"100%%\" height=\"%d\" aria-hidden=\"true\" "
		 "focusable=\"false\">",
		 class, height);
}

static struct str take(struct arena *arena, struct buf *out)
{
	buf_add(out, S("</svg>"));
	struct str drawing = str_copy(arena, buf_str(out));
	buf_release(out);
	return drawing;
}

struct str scale_draw(struct arena *arena, const struct scale *scale, const struct words *words)
{
	struct buf out = BUF_INIT;
	if (!scale->last)
		return S("");
	open_svg(&out, "scale", AXIS_HEIGHT);
	for (int day = 0; day <= scale->last; day += scale->step) {
		bool at_edge = day * 100 / scale->last > 96;
		add_tick(&out, scale, day, 4);
		buf_addf(&out, "<text y=\"%d\" text-anchor=\"%s\"", AXIS_HEIGHT - 2,
			 day == 0  ? "start"
			 : at_edge ? "end"
				   : "middle");
		add_x(&out, "x", scale, day);
		buf_byte(&out, '>');
		words_number(words, &out, day);
		buf_add(&out, S("</text>"));
	}
	return take(arena, &out);
}

static void add_bar(struct buf *out, const struct scale *scale, int from, int to)
{
	buf_add(out, S("<line class=\"strip-bar\""));
	add_x(out, "x1", scale, from);
	add_x(out, "x2", scale, to);
	buf_addf(out,
		 " y1=\"%d\" y2=\"%d\" stroke=\"currentColor\" stroke-opacity=\".35\" "
		 "stroke-width=\"8\" stroke-linecap=\"round\"/>",
		 BAR_LINE, BAR_LINE);
}

static void add_dot(struct buf *out, const struct scale *scale, int day, bool hollow,
		    const struct words *words)
{
	buf_addf(out, "<circle class=\"strip-%s\"", hollow ? "ring" : "dot");
	add_x(out, "cx", scale, day);
	buf_addf(out, " cy=\"%d\" r=\"5\"%s/><text y=\"%d\" text-anchor=\"middle\"", BAR_LINE,
		 hollow ? " fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\"" : "",
		 LABEL_LINE);
	add_x(out, "x", scale, day);
	buf_byte(out, '>');
	words_number(words, out, day);
	buf_add(out, S("</text>"));
}

struct str strip_draw(struct arena *arena, const struct scale *scale, const struct curve *curve,
		      bool hollow, const struct words *words)
{
	struct buf out = BUF_INIT;
	int half = curve->claim_days[CLAIM_50], likely = curve->claim_days[CLAIM_90];
	int last = last_claim(curve);
	if (!scale->last)
		return S("");
	open_svg(&out, "strip", STRIP_HEIGHT);
	for (int day = 0; day <= scale->last; day += scale->step)
		add_tick(&out, scale, day, STRIP_HEIGHT);
	if (half >= 0 && !hollow)
		add_bar(&out, scale, half, last);
	if (likely >= 0 || (hollow && half >= 0))
		add_dot(&out, scale, likely >= 0 ? likely : half, hollow, words);
	return take(arena, &out);
}
