/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_BUILD_PASTING_H
#define UPFRONT_BUILD_PASTING_H

/*
 * pasting - what a build hands on to those who paste: the shelf and the archive.
 *
 * Internal to build/. Whoever makes listing texts notes each of them, or keeps what the last build
 * noted; when all pages stand, the texts that are new go into the archive and the shelf is written.
 *
 *	pasting_note(work->pasting, &snippet);			// any number of threads
 *	if (!pasting_keep(work->pasting, path)) make_it();	// the same
 *
 * A build that makes no listing text, and follows none that did, writes nothing.
 */

#include "plan/snippet.h"

struct work;
struct pasting;
struct shelf;
struct ledger;
struct archive;

/* Reads what the last build left, and the ledger. Never NULL. */
struct pasting *pasting_new(struct work *work);

/* What listings were last pasted with, for the figures that they keep; in the build's arena. */
struct steady *pasting_steady(struct pasting *pasting);
void pasting_free(struct pasting *pasting); /* NULL is fine */

/* Gives over values that several snippets share, see shelf_set. Any number of threads. */
uint64_t pasting_values(struct pasting *pasting, struct snippet_values values);

/* Notes a snippet, withheld ones too. */
void pasting_note(struct pasting *pasting, const struct snippet *snippet);

/* The snippet at this path is as the last build made it; false when that is not known. */
bool pasting_keep(struct pasting *pasting, struct str path);

/* Shelf, ledger and archive as this build leaves them. */
struct pasted_board {
	const struct shelf *shelf;
	const struct ledger *ledger;
	struct archive *archive;
};

/* After pasting_finish; false when there are no listings, or nothing is written. */
bool pasting_board(const struct pasting *pasting, struct pasted_board *board);

/* Publishes report/steady.csv: what would have moved. When all listings are noted. */
void pasting_report(struct pasting *pasting);

/* Archives what is new, and writes the shelf. Failures go to the publisher. */
void pasting_finish(struct pasting *pasting);

#endif
