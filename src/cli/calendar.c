/* SPDX-License-Identifier: MIT */
/* upfront calendar: the coming days on which the pages will say something else, and why. */
#include <stdio.h>

#include "build/calendar.h"
#include "cli/command.h"
#include "shop/date.h"

static const char *plural(size_t count)
{
	return count == 1 ? "" : "s";
}

static void add_day(const struct calendar_day *day, struct buf *out)
{
	date_add(out, day->date);
	buf_addf(out, "  %zu page%s, %zu listing%s", day->pages, plural(day->pages), day->listings,
		 plural(day->listings));
	if (day->errors)
		buf_addf(out, "; the content has %zu error%s from that day on", day->errors,
			 plural(day->errors));
	buf_byte(out, '\n');
	for (size_t i = 0; i < day->reason_count; i++)
		buf_addf(out, "    %.*s\n", STR(day->reasons[i]));
}

static void add_text(const struct command_line *line, const struct calendar *calendar,
		     struct buf *out)
{
	for (size_t i = 0; i < calendar->count; i++)
		add_day(&calendar->days[i], out);
	if (!calendar->count) {
		buf_addf(out, "nothing turns in the %lld days after ", (long long)line->days);
		date_add(out, line->build.date);
		buf_byte(out, '\n');
	}
}

static void add_json(const struct command_line *line, const struct calendar *calendar,
		     struct buf *out)
{
	buf_add(out, S("{\"date\":\""));
	date_add(out, line->build.date);
	buf_addf(out, "\",\"ahead\":%lld,\"days\":[", (long long)line->days);
	for (size_t i = 0; i < calendar->count; i++) {
		const struct calendar_day *day = &calendar->days[i];
		buf_add(out, i ? S(",{\"date\":\"") : S("{\"date\":\""));
		date_add(out, day->date);
		buf_addf(out, "\",\"pages\":%zu,\"listings\":%zu,\"errors\":%zu,\"reasons\":[", day->pages,
			 day->listings, day->errors);
		for (size_t j = 0; j < day->reason_count; j++) {
			if (j)
				buf_byte(out, ',');
			json_text(out, day->reasons[j]);
		}
		buf_add(out, S("]}"));
	}
	buf_add(out, S("]}\n"));
}

enum status run_calendar(const struct command_line *line)
{
	struct diag *diag = diag_new(line->shop);
	struct calendar calendar;
	struct buf out = BUF_INIT;
	enum status status = calendar_find(&line->build, (int)line->days, diag, &calendar);
	if (status != STATUS_DONE)
		show_diagnostics(diag, true);
	else if (line->json)
		add_json(line, &calendar, &out);
	else
		add_text(line, &calendar, &out);
	if (status == STATUS_DONE)
		status = show(buf_str(&out));
	calendar_release(&calendar);
	buf_release(&out);
	diag_free(diag);
	return status;
}
