/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_OUTPUT_REPORT_PARTS_H
#define UPFRONT_OUTPUT_REPORT_PARTS_H

/*
 * report_parts - what all sections of the seller's report are made of.
 *
 * Internal to output/report*.c. A section adds to `body` and, where something needs the seller,
 * a line to `notices` that links to it. Text of the shop goes through html_text, always.
 *
 *	section_open(r, "lanes", "Lanes", "Where the parcels went.");
 *	html_table(&r->body, "caption", "Service|#Parcels");
 *	cell_head(&r->body, service->id);
 *	cell_number(&r->body, 412);
 *	row_close(&r->body);
 *	html_table_end(&r->body);
 *	section_close(r);
 */

#include "output/chart.h"
#include "output/report.h"

/* A lane with its promise, the slowest handling that a product has included. */
struct report_lane {
	const struct service *service;
	const struct promise *promise;
	size_t destination;
	bool usual; /* with most parcels of all that go there: what the country's page shows first */
};

struct report {
	const struct report_request *request;
	const struct shop *shop;
	struct promises *promises;
	const struct words *words; /* English */
	struct arena arena;
	const struct handling *handling; /* the slowest that a product has; NULL: none */
	struct report_lane *lanes;	 /* with most parcels first */
	size_t lane_count;
	struct str *countries; /* names, one a destination */
	struct buf body, notices;
	size_t notice_count;
};

/* Text as it may stand between tags and in attributes. */
void html_text(struct buf *out, struct str text);

/* The page up to its body, with the title before the shop's name. */
void html_head(struct buf *out, const struct shop *shop, const char *title);

/* A figure among others, in a <dl class="tiles">. */
void html_tile(struct buf *out, const char *name, int64_t number, const char *unit);

void section_open(struct report *r, const char *id, const char *title, const char *lead);
void section_close(struct report *r);

/* A line among what needs attention, linked to the section; the text is markup without names of the shop. */
void notice_open(struct report *r, const char *id);
void notice_close(struct report *r);

/* Heads are parted by |; one that begins with # is of numbers, an empty one of pictures. */
void html_table(struct buf *out, const char *caption, const char *heads);
void html_table_end(struct buf *out);
void row_close(struct buf *out);

/* Cells; the first opens its row. */
void cell_head(struct buf *out, struct str text);
void cell_text(struct buf *out, struct str text);
void cell_number(struct buf *out, int64_t number);
void cell_tenths(struct buf *out, double number, const char *unit);
void cell_days(struct buf *out, int days); /* below 0: a dash */
void cell_date(struct buf *out, int32_t date);
void cell_picture(struct buf *out, struct str svg);
void cell_dash(struct buf *out);

/* A bar of so many thousandths of its cell; with a mark in the middle where that is a limit. */
void cell_bar(struct buf *out, int64_t thousandths, bool limit);

/* The sections, in the order of the page. */
void report_backtest(struct report *r);
void report_lanes(struct report *r);
void report_thin(struct report *r);
void report_drift(struct report *r);
void report_handling(struct report *r);
void report_stale(struct report *r);
void report_rules(struct report *r);
void report_parity(struct report *r);

extern const char report_style[];

#endif
