/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_OUTPUT_LETTER_H
#define UPFRONT_OUTPUT_LETTER_H

/*
 * letter - what buyers are written to, between payment and the last question.
 *
 * A file of content/messages/LANG is a letter: its front matter says at which event it is sent and
 * how many days after what, who gets it, its subject and its short form; its body is the long form,
 * plain text with placeholders. Written is one lane (a service to a country) on one channel (the
 * shop's own mail, a marketplace) at a time: figures are the lane's, and what only the
 * sender knows (the buyer's name, the parcel's number) stands there in the sender's own
 * syntax, or in words where it has none.
 *
 *	struct letters *letters = letters_read(arena, shop, tag, compiler, diag);
 *	struct letter_desk *desk = letter_desk_new(arena, edition, &letters->items[0], channel);
 *	struct letter_lane lane = { .service = s, .destination = i, .promise = p };
 *	if (letter_write(desk, &lane, scratch, &written, diag) == LETTER_WRITTEN)
 *		use(written.subject, written.brief, written.body);
 *
 * Letters live in the edition's arena and are only read. What a letter would write and nobody knows
 *is an error at its file; what the channel forbids is one at the words (letter_lint).
 */

#include "base/map.h"
#include "customs/customs.h"
#include "output/edition.h"
#include "promise/promise.h"
#include "words/sought.h"

/* From when a letter's days are counted. */
enum letter_after {
	AFTER_PAYMENT,
	AFTER_DISPATCH,
	AFTER_DELIVERY,
	AFTER_PROMISE, /* the day by which nine in ten are there, and the days of grace */
	AFTER_EVENT    /* when it happens */
};
const char *letter_after_name(enum letter_after after); /* "payment", ... */

struct letter {
	struct str event; /* front matter, else the file's name */
	const char *path;
	struct markdown file;
	const struct program *subject, *brief; /* NULL when they had errors */
	const struct condition *when;          /* NULL: always */
	struct str channels;                   /* front matter `for`; empty: all */
	enum letter_after after;
	int day_from, day_to; /* both included */
	int ahead; /* of how many further days the chance of arrival is told; 0: of none */
};

struct letters {
	struct letter *items; /* by file name */
	size_t count;
	struct sought *phrases; /* of shop->phrases, as they are looked for; empty in other languages */
	const struct letter_words *words; /* greeting, closing, what stands for a sender's value */
};

/* A service to one of shop->destinations. */
struct letter_lane {
	const struct service *service;
	size_t destination;
	const struct promise *promise;
	enum payer payer;
};

struct written_letter {
	struct str subject, brief, body;
	int day_from, day_to; /* -1: when it is noticed, or nobody knows */
};

/* Reads all letters of a language; none when it has no folder. What is wrong has been reported. */
struct letters *letters_read(struct arena *arena, const struct shop *shop, struct str tag,
			     struct compiler *compiler, struct diag *diag);

/* Does the channel get the letter at all? */
bool letter_is_for(const struct letter *letter, const struct channel *channel);

enum letter_outcome {
	LETTER_WRITTEN,
	LETTER_NOT_HERE, /* its `when` does not hold for this lane */
	LETTER_FAILED    /* it would write what nobody knows: reported */
};

/* Where one letter is written for one channel, lane after lane; what all lanes share is made once.
 * One thread. */
struct letter_desk;
struct letter_desk *letter_desk_new(struct arena *arena, const struct edition *edition,
				    const struct letter *letter, const struct channel *channel);

/* Writes the letter for a lane; the texts lie in `scratch`. */
enum letter_outcome letter_write(struct letter_desk *desk, const struct letter_lane *lane,
				 struct arena *scratch, struct written_letter *written,
				 struct diag *diag);

/* Reports what the channel forbids, at the words in the letter's file. */
void letter_lint(const struct edition *edition, const struct letter *letter,
		 const struct channel *channel, const struct written_letter *written,
		 struct diag *diag);

/* --- between the files of the letter --- */

/* Texts of text/LANG.csv that letters share; NULL where one had errors. */
struct letter_words {
	const struct program *greeting, *greeting_plain, *reply, *contacts, *contact, *questions,
		*sign, *up_to, *days;
	const struct program
		*unknown[SENDER_VALUES]; /* what stands where the sender knows nothing */
};

struct letter_desk {
	struct arena *arena;
	const struct edition *edition;
	const struct letter *letter;
	const struct channel *channel;
	struct record *scope;   /* the root, with `message` */
	struct record *message; /* what all lanes share is filled; the rest is the last lane's */
	const struct program *subject, *brief, *body; /* with what all lanes share folded in */
	struct map closings; /* by the ways to reach the shop that a country has */
};

/* What the sender fills in: its placeholder with its fallback, or words. */
struct str sender_value(const struct letter_desk *desk, enum sender_value value,
			const struct service *service, struct arena *arena);

/* Runs a program into the arena; false with `*trouble` named when a value is not known. */
bool letter_run(const struct letter_desk *desk, const struct program *program, struct arena *arena,
		struct str *text, struct str *trouble);

/* Fills message.* with what all lanes share, and with what is a lane's own. */
void letter_fill_shared(struct letter_desk *desk);
void letter_fill_lane(struct letter_desk *desk, const struct letter_lane *lane,
		      struct arena *scratch);

#endif
