/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_REVIEW_INSIDE_H
#define UPFRONT_REVIEW_INSIDE_H

/*
 * inside - texts as a reader sees them, shared by the files of this room.
 *
 * A struct written is one text of one language: a file of Markdown, or a row of text/LANG.csv. It is
 * walked in pieces: literal runs, and the names in its placeholders with their kind of format.
 */

#include "review/review.h"

enum { FOLDERS = 3 };
extern const char *const folder_names[FOLDERS]; /* policy, faq, messages */

struct written {
	struct str id;	   /* of the file without .md, or the key */
	int folder;	   /* in folder_names; -1: a row of text/LANG.csv */
	struct str source; /* the whole file, or the pattern */
	struct pos pos;	   /* of the first byte of the source */
};

/* All texts of a language. */
struct library {
	const struct edition *edition;
	struct written *items;
	size_t count;
	struct map by_name; /* "policy/returns", "text/nav.home" */
};

struct reviewing {
	struct arena *arena;
	const struct shop *shop;
	const struct catalog *catalog;
	struct edition *const *editions;
	struct library *libraries; /* one a language */
	struct diag *diag;
};

/* Reads all texts of the edition's language. */
void library_read(struct library *library, struct arena *arena, const struct shop *shop,
		  const struct edition *edition);

/* "policy/returns" */
struct str written_name(struct arena *arena, const struct written *written);
const struct written *library_find(const struct library *library, struct str name);

/* A value of the front matter (`when`); empty when there is none. */
struct str written_front(const struct written *written, const char *key);

/* Where the byte `at` of the source stands. */
struct pos written_pos(const struct written *written, size_t at);

/* What a walk finds: literal text, and names with their format ("", "money", "plural", "select", "if"). */
struct walker {
	void (*literal)(struct walker *walker, size_t from, size_t end);
	void (*name)(struct walker *walker, struct str name, struct str kind, size_t at);
	const struct written *written;
	bool front; /* in a line of the front matter */
};

/* Goes through the readable parts of the text: bodies, titles, subjects. Broken texts are walked as far as they go. */
void written_walk(const struct written *written, struct walker *walker);

void review_lacks(struct reviewing *reviewing);
void review_numbers(struct reviewing *reviewing, const struct library *library);
void review_differences(struct reviewing *reviewing, const struct library *library);
void review_claims(struct reviewing *reviewing, const struct library *library);

#endif
