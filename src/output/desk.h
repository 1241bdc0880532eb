/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_OUTPUT_DESK_H
#define UPFRONT_OUTPUT_DESK_H

/*
 * desk - the page from which a seller pastes.
 *
 * out/desk/index.html is templates/desk.html with its style sheet and script put in, so that it is one file. It works from
 * disk, without a server: what it shows lies beside it as scripts. desk/data/list.js has a
 * line for each listing; the texts come in chunks of DESK_CHUNK and are loaded when they are looked at.
 *
 *	desk_page(&out, html, css, script);
 *	desk_list(&out, &about, items, count);
 *	desk_chunk(&out, number, items, count);
 */

#include "base/buf.h"

enum {
	DESK_MAX = 5000, /* listings shown; who has more uploads files */
	DESK_CHUNK = 50
};

/* A value that is another than when the text was pasted. */
struct desk_value {
	struct str name, before, now, place;
};

/* A stretch of the difference: '=' the same, '-' gone, '+' added. */
struct desk_stretch {
	char kind;
	struct str text;
};

struct desk_item {
	struct str id, title, marketplace, site, language, field, listing, path;
	struct str text; /* its hash as the ledger writes it, "0" when withheld */
	const char *state; /* "promise", "charge", "other", "never", "done", "withheld" */
	struct str reason; /* one sentence; may be empty */
	int32_t pasted;	   /* DATE_NONE: never */
	uint32_t count, limit;
	struct str unit, left_out, withheld, instead;
	/* of the chunk: */
	struct str bytes;
	const struct desk_value *values;
	size_t value_count;
	const struct desk_stretch *stretches;
	size_t stretch_count;
};

struct desk_about {
	struct str shop; /* its name */
	struct str url;	 /* by which the browser keeps its ticks */
	int32_t date;	 /* of the build */
	size_t all;	 /* listings' fields, also those that are not shown */
};

/* The page with the style sheet and the script in their places; false when it has no place for one of them. */
bool desk_page(struct buf *out, struct str html, struct str css, struct str script);

/* data/list.js */
void desk_list(struct buf *out, const struct desk_about *about, const struct desk_item *items,
	       size_t count);

/* data/NUMBER.js */
void desk_chunk(struct buf *out, size_t number, const struct desk_item *items, size_t count);

#endif
