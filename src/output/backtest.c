/* SPDX-License-Identifier: MIT */
/* Rows of a back-test in, a table, CSV or JSON out; and the chances of parcels that are waited for. */
#include "output/backtest.h"

#include "program/program.h"
#include "table/write.h"

enum { LISTED_MOST = 20, WAITED_STEP = 5, WAITED_MOST = 60 };

static bool of_lane(const struct backtest_row *row)
{
	return row->to.code[0] != '\0';
}

/* A month, a service, a lane, or all. */
static void add_name(struct buf *out, const struct backtest_row *row)
{
	if (of_lane(row))
		buf_addf(out, "%.*s %s to %s", STR(row->service->id), row->from.code,
			 row->to.code[0] == '*' ? "everywhere else" : row->to.code);
	else if (row->service)
		buf_add(out, row->service->id);
	else if (row->month != DATE_NONE)
		date_add(out, row->month);
	else
		buf_add(out, S("all"));
}

static void add_row(struct buf *out, const struct backtest_row *row)
{
	struct buf name = BUF_INIT;
	double low, high;
	add_name(&name, row);
	backtest_interval(row, &low, &high);
	buf_addf(out, "%-24.*s %4d%%", STR(buf_str(&name)), row->claimed);
	if (row->due > 0)
		buf_addf(out, "  %5.1f%%  %5.1f - %5.1f%%  %5.1f", 100 * backtest_kept(row), 100 * low,
			 100 * high, row->days / row->due);
	else
		buf_addf(out, "  %6s  %14s  %5s", "-", "-", "-");
	if (row->needed >= 0)
		buf_addf(out, "  %6d", row->needed);
	else
		buf_addf(out, "  %6s", "-");
	enum backtest_verdict verdict = backtest_verdict(row);
	buf_addf(out, "  %8.0f  %8.0f%s%s\n", row->due, row->parcels, verdict == BACKTEST_UNKNOWN ? "" : "  ",
		 backtest_verdict_name(verdict));
	buf_release(&name);
}

static void add_head(struct buf *out, const char *of)
{
	buf_addf(out, "%-24s claim    kept   in 9 of 10 cases  days  needed       due   parcels\n", of);
}

static void add_lanes(struct buf *out, const struct backtest *backtest, enum backtest_verdict verdict,
		      const char *title)
{
	size_t found = 0;
	for (size_t i = 0; i < backtest->count; i++) {
		const struct backtest_row *row = &backtest->rows[i];
		if (!of_lane(row) || backtest_verdict(row) != verdict)
			continue;
		if (found++ == 0) {
			buf_byte(out, '\n');
			add_head(out, title);
		}
		if (found <= LISTED_MOST)
			add_row(out, row);
	}
	if (found > LISTED_MOST)
		buf_addf(out, "and %zu more in report/backtest.csv\n", found - LISTED_MOST);
}

void backtest_text(const struct backtest *backtest, struct buf *out)
{
	double due = 0;
	for (size_t i = 0; i < backtest->count; i++)
		due += backtest->rows[i].due;
	if (due <= 0) {
		buf_add(out, S("There is nothing to hold earlier promises against: that takes parcels of several "
			       "months, in\ncontent/shipments.csv, or in content/ontime.csv with 'period'.\n"));
		return;
	}
	add_head(out, "promised on");
	for (size_t i = 0; i < backtest->count && !backtest->rows[i].service; i++)
		add_row(out, &backtest->rows[i]);
	buf_byte(out, '\n');
	add_head(out, "service");
	for (size_t i = 0; i < backtest->count; i++)
		if (backtest->rows[i].service && !of_lane(&backtest->rows[i]) &&
		    backtest->rows[i].parcels > 0)
			add_row(out, &backtest->rows[i]);
	add_lanes(out, backtest, BACKTEST_BROKEN, "lanes that broke");
	add_lanes(out, backtest, BACKTEST_LONGER, "longer than needed");
	buf_add(out, S("\ndays: promised, on average; needed: within which the claimed share came; due: parcels for "
		       "which\na day was promised that is over.\n"));
}

/* Empty cells stand for: all services, all lanes, all months. */
static void csv_row(const struct backtest_row *row, struct buf *out)
{
	double low, high;
	write_cell(out, row->service ? row->service->id : S(""));
	buf_addf(out, ",%s,%s,", row->from.code, row->to.code);
	if (row->month != DATE_NONE)
		date_add(out, row->month);
	backtest_interval(row, &low, &high);
	buf_addf(out, ",0.%02d,", row->claimed);
	if (row->due > 0)
		buf_addf(out, "%.4f,%.4f,%.4f,%.1f,", backtest_kept(row), low, high, row->days / row->due);
	else
		buf_add(out, S(",,,,"));
	if (row->needed >= 0)
		buf_addf(out, "%d", row->needed);
	buf_addf(out, ",%.2f,%.2f,%s\n", row->due, row->parcels,
		 backtest_verdict_name(backtest_verdict(row)));
}

void backtest_csv(const struct backtest *backtest, struct buf *out)
{
	buf_add(out, S("service,from,to,month,claimed,observed,low,high,days,needed,due,parcels,verdict\n"));
	for (size_t i = 0; i < backtest->count; i++)
		csv_row(&backtest->rows[i], out);
}

static void json_cell(struct buf *out, const char *name, struct str text)
{
	buf_addf(out, "\"%s\":\"", name);
	escape_add(out, text, ESCAPE_JSON);
	buf_add(out, S("\","));
}

static void json_row(const struct backtest_row *row, struct buf *out)
{
	double low, high;
	buf_byte(out, '{');
	if (row->service)
		json_cell(out, "service", row->service->id);
	if (of_lane(row)) {
		json_cell(out, "from", place_str(&row->from));
		json_cell(out, "to", place_str(&row->to));
	}
	if (row->month != DATE_NONE) {
		buf_add(out, S("\"month\":\""));
		date_add(out, row->month);
		buf_add(out, S("\","));
	}
	buf_addf(out, "\"claimed\":0.%02d,\"due\":%.2f,\"parcels\":%.2f", row->claimed, row->due,
		 row->parcels);
	backtest_interval(row, &low, &high);
	if (row->due > 0)
		buf_addf(out, ",\"observed\":%.4f,\"low\":%.4f,\"high\":%.4f,\"days\":%.1f",
			 backtest_kept(row), low, high, row->days / row->due);
	if (row->needed >= 0)
		buf_addf(out, ",\"needed\":%d", row->needed);
	enum backtest_verdict verdict = backtest_verdict(row);
	if (verdict != BACKTEST_UNKNOWN)
		buf_addf(out, ",\"verdict\":\"%s\"", backtest_verdict_name(verdict));
	buf_byte(out, '}');
}

void backtest_json(const struct backtest *backtest, int32_t date, struct buf *out)
{
	buf_add(out, S("{\"date\":\""));
	date_add(out, date);
	buf_add(out, S("\",\"rows\":["));
	for (size_t i = 0; i < backtest->count; i++) {
		buf_add(out, i ? S(",\n") : S("\n"));
		json_row(&backtest->rows[i], out);
	}
	buf_add(out, S("\n],\"reliability\":["));
	for (int i = 0, shown = 0; i < BACKTEST_POINTS; i++) {
		const struct backtest_point *point = &backtest->points[i];
		if (point->due <= 0)
			continue;
		buf_addf(out, "%s{\"claimed\":0.%02d,\"observed\":%.4f,\"due\":%.2f}", shown++ ? "," : "",
			 point->claimed, point->kept / point->due, point->due);
	}
	buf_add(out, S("]}\n"));
}

void waiting_head(struct buf *out)
{
	buf_add(out, S("service,from,to,waited,days,share,handling\n"));
}

void waiting_csv(const struct promise *promise, struct buf *out)
{
	struct buf head = BUF_INIT;
	write_cell(&head, promise->service->id);
	buf_addf(&head, ",%s,%s,", promise->from.code, promise->to.code);
	for (int waited = 0; waited <= WAITED_MOST; waited += WAITED_STEP)
		for (int days = waited + WAITED_STEP; days < PROMISE_DAYS; days += WAITED_STEP) {
			int percent = promise_waiting_percent(promise, waited, days);
			if (percent < 0)
				continue;
			buf_add(out, buf_str(&head));
			buf_number(out, waited);
			buf_byte(out, ',');
			buf_number(out, days);
			buf_addf(out, ",0.%02d,", percent);
			if (promise->handling)
				write_cell(out, promise->handling->profile);
			buf_byte(out, '\n');
		}
	buf_release(&head);
}
