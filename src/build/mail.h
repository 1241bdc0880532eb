/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_BUILD_MAIL_H
#define UPFRONT_BUILD_MAIL_H

/*
 * mail - the messages of one build: each distinct text once, and who gets it.
 *
 * Internal to build/. Texts are written lane by lane (service and country), so that each holds its
 * own figures; equal ones are one row of
 *
 *	messages/LANG/EVENT/CHANNEL.csv		text,subject,short,long
 *
 * `text` names it after the lanes that get it: `all`, `SERVICE` when all countries of the service
 * do, else `SERVICE-CC` after the first of them. messages/schedule.csv says which lane gets which
 * text, on which day and in which hours.
 */

#include "output/letter.h"
#include "output/waking.h"

struct mail_text {
	struct str name; /* empty until all lanes are written */
	struct str subject, brief, body; /* only until its file is finished */
	const struct letter_lane *first; /* the lane after which it is named */
};

/* A part's letter to one lane. */
struct mail_row {
	const struct letter_lane *lane;
	struct mail_text *text;
	int day_from, day_to;
};

/* A finished file. */
struct mail_file {
	struct str folder, name, bytes;
};

/* To whom a language is written. */
struct mail_lanes {
	struct letter_lane *items; /* by service and country */
	size_t count;
};

/* One letter in one language on one channel: what one worker writes at a time. */
struct mail_part {
	size_t language;
	const struct letter *letter;
	size_t channel;	       /* in shop->channels */
	struct mail_row *rows; /* by lane; none when the letter is not for the channel */
	size_t row_count;
	struct mail_file file;
};

struct mail {
	struct arena *arenas; /* one a worker: of what it wrote */
	size_t arena_count;
	struct mail_lanes *lanes; /* one a language of the shop */
	struct mail_part *parts; /* by language, letter and channel */
	size_t part_count;
	size_t next;		 /* the part to be written next */
	struct waking *waking;   /* one a destination */
};

/* Adds schedule.csv. */
void mail_schedule(const struct shop *shop, const struct mail *mail, struct buf *out);

#endif
