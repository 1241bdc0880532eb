/* SPDX-License-Identifier: MIT */
/* In: a curve. Out: one small SVG; whole units only, so that equal curves give equal bytes. */
#include "output/chart.h"

#include "base/buf.h"

/* The drawing's own units: the plot is WIDTH by HEIGHT with room for labels around it. */
enum { WIDTH = 560, HEIGHT = 200, LEFT = 44, TOP = 10, BOTTOM = 26, RIGHT = 12 };

static int last_day(const struct curve *curve)
{
	int day = PROMISE_DAYS - 1;
	while (day > 7 && curve->claim[day - 1] == curve->claim[PROMISE_DAYS - 1])
		day--;
	return day + day / 8 + 1 < PROMISE_DAYS ? day + day / 8 + 1 : PROMISE_DAYS - 1;
}

static int x_of(int day, int last)
{
	return LEFT + day * WIDTH / last;
}

static int y_of(int percent)
{
	return TOP + HEIGHT - percent * HEIGHT / 100;
}

static int share_percent(const struct curve *curve, int day)
{
	double share = curve->share[day] * 100;
	return share < 0 ? 0 : share > 100 ? 100 : (int)(share + 0.5);
}

static int claim_percent(const struct curve *curve, int day)
{
	return curve->claim[day];
}

/* Steps: a claim holds from its day on. Only changes are written. */
static void add_steps(struct buf *out, const struct curve *curve, int last,
		      int (*percent)(const struct curve *, int))
{
	int before = 0;
	buf_byte(out, 'M');
	buf_number(out, x_of(0, last));
	buf_byte(out, ' ');
	buf_number(out, y_of(0));
	for (int day = 0; day <= last; day++) {
		int now = percent(curve, day);
		if (now == before)
			continue;
		buf_byte(out, 'H');
		buf_number(out, x_of(day, last));
		buf_byte(out, 'V');
		buf_number(out, y_of(now));
		before = now;
	}
	buf_byte(out, 'H');
	buf_number(out, x_of(last, last));
}

static void add_text(struct buf *out, int x, int y, const char *anchor, struct str text)
{
	buf_addf(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%.*s</text>", x, y, anchor, STR(text));
}

static void add_axes(struct buf *out, int last, const struct words *words)
{
	static const int percents[] = { 50, 80, 90 };
	int step = last <= 14 ? 2 : last <= 35 ? 5 : last <= 60 ? 10 : 15;
	struct buf label = BUF_INIT;
	buf_add(out, S("<g class=\"chart-axis\" font-size=\"12\">"));
	for (size_t i = 0; i < 3; i++) {
		int y = y_of(percents[i]);
		buf_addf(out, "<path d=\"M%d %dh%d\" stroke=\"currentColor\" stroke-opacity=\".2\"/>", LEFT, y,
			 WIDTH);
		buf_reset(&label);
		words_percent(words, &label, percents[i]);
		add_text(out, LEFT - 6, y + 4, "end", buf_str(&label));
	}
	for (int day = step; day <= last; day += step) {
		buf_reset(&label);
		words_number(words, &label, day);
		add_text(out, x_of(day, last), TOP + HEIGHT + 18, "middle", buf_str(&label));
	}
	buf_addf(out, "<path d=\"M%d %dh%d\" stroke=\"currentColor\"/></g>", LEFT, y_of(0), WIDTH);
	buf_release(&label);
}

/* The day of nine in ten: a dot on the claim, a line down to the day, and the day beside it. */
static void add_mark(struct buf *out, int day, int percent, int last, const struct words *words)
{
	struct buf label = BUF_INIT;
	int x = x_of(day, last), y = y_of(percent);
	words_number(words, &label, day);
	buf_addf(out,
		 "<g class=\"chart-mark\"><path d=\"M%d %dV%d\" stroke=\"currentColor\" "
		 "stroke-dasharray=\"3 3\"/><circle cx=\"%d\" cy=\"%d\" r=\"5\"/>",
		 x, y, y_of(0), x, y);
	buf_addf(out, "<text x=\"%d\" y=\"%d\" font-size=\"14\">%.*s</text></g>", x + 8, y_of(8),
		 STR(buf_str(&label)));
	buf_release(&label);
}

struct str chart_draw(struct arena *arena, const struct curve *curve, const struct words *words)
{
	struct buf out = BUF_INIT;
	if (!curve->claim[PROMISE_DAYS - 1])
		return S("");
	int last = last_day(curve), likely = curve->claim_days[CLAIM_90];
	buf_addf(&out, "<svg class=\"chart\" viewBox=\"0 0 %d %d\" aria-hidden=\"true\" focusable=\"false\">",
		 LEFT + WIDTH + RIGHT, TOP + HEIGHT + BOTTOM);
	add_axes(&out, last, words);
	buf_add(&out, S("<path class=\"chart-claim\" fill-opacity=\".3\" d=\""));
	add_steps(&out, curve, last, claim_percent);
	buf_addf(&out, "V%dZ\"/><path class=\"chart-band\" fill-opacity=\".1\" d=\"", y_of(0));
	add_steps(&out, curve, last, share_percent);
	buf_addf(&out, "V%dZ\"/><path class=\"chart-share\" fill=\"none\" stroke=\"currentColor\" d=\"",
		 y_of(0));
	add_steps(&out, curve, last, share_percent);
	buf_add(&out, S("\"/>"));
	if (likely >= 0 && likely <= last)
		add_mark(&out, likely, curve->claim[likely], last, words);
	buf_add(&out, S("</svg>"));
	struct str drawing = str_copy(arena, buf_str(&out));
	buf_release(&out);
	return drawing;
}
