/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PUBLISH_PENDING_H
#define UPFRONT_PUBLISH_PENDING_H

/*
 * pending - which listings have to be pasted again, the worst first, and why.
 *
 * The shelf says what stands ready, the ledger what stands in the listings. Where the two differ, the
 * values that both texts stood on are held against each other, and say what the old text does to
 * a buyer who reads it today.
 *
 *	struct pending_list *list = pending_find(shelf, ledger, archive);
 *	for (size_t i = 0; i < list->count; i++)
 *		say(list->items[i].row, list->items[i].harm);
 *	pending_free(list);
 *
 * A set of values that the archive does not have any more explains nothing; the listing is pending
 * all the same.
 */

#include "publish/archive.h"
#include "publish/ledger.h"

/* What the old text does, the worst first. */
enum harm {
	HARM_PROMISE, /* it promises an earlier arrival, or a greater share, than may be promised now */
	HARM_CHARGE,  /* it hides a charge, or names one that has grown */
	HARM_OTHER,
	HARM_NEVER /* nothing of ours was pasted there yet */
};

/* The harm as a sentence about the listing, without a full stop. */
const char *harm_text(enum harm harm);
const char *harm_name(enum harm harm); /* "promise", "charge", "other", "never" */

/* A value that is another now. */
struct value_change {
	struct str name, before, now; /* empty: it was not read then, or is not now */
	struct str place;	      /* "content/rates.csv:5", or empty */
	enum harm harm;
};

struct value_changes {
	struct value_change *items; /* the worst first */
	size_t count;
	enum harm harm; /* of the worst; HARM_OTHER without any */
};

struct pending {
	const struct shelf_row *row;
	const struct ledger_row *pasted; /* NULL: never */
	const struct value_changes *shared, *own;
	enum harm harm;
};

struct pending_list {
	struct arena arena;
	struct pending *items;
	size_t count;
	size_t up_to_date; /* listings' fields that read as they should */
	size_t withheld;   /* for which there is no text, and none was pasted */
	struct archive *archive;
	struct map *pairs; /* sets that were compared already */
};

/* Finds all and sorts them: by harm, then in the order of the shelf. */
struct pending_list *pending_find(const struct shelf *shelf, const struct ledger *ledger,
				  struct archive *archive);
void pending_free(struct pending_list *list);

/* Is the text that stands ready another than the one that was pasted? */
bool pending_is(const struct shelf_row *row, const struct ledger_row *pasted);

/* The value that says the most about a pending listing; NULL when none is known. */
const struct value_change *pending_worst(const struct pending *pending);

#endif
