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

/* A letter to one lane. */
struct mail_row {
	const struct letter *letter;
	size_t channel; /* in shop->channels */
	const struct letter_lane *lane;
	struct mail_text *text;
	int day_from, day_to;
};

/* A finished file. */
struct mail_file {
	struct str folder, name, bytes;
};

/* All messages in one language. */
struct mail_language {
	struct arena arena;
	struct letter_lane *lanes;
	size_t lane_count;
	struct mail_row *rows; /* by letter, channel and lane */
	size_t row_count;
	struct mail_file *files;
	size_t file_count;
};

struct mail {
	struct mail_language *languages; /* one a language of the shop */
	size_t next;			 /* the language to be written next */
	struct waking *waking;           /* one a destination */
};

/* Adds schedule.csv. */
void mail_schedule(const struct shop *shop, const struct mail *mail, struct buf *out);

#endif
