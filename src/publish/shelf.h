/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PUBLISH_SHELF_H
#define UPFRONT_PUBLISH_SHELF_H

/*
 * shelf - which listing texts stand ready to be pasted, as the last build left them.
 *
 * One binary file, out/.upfront/shelf, a row of a hundred bytes for each snippet: so that `upfront pending`
 * answers at once for hundreds of thousands of listings without opening one of their files.
 * It is checked by a hash over all of it; one that is cut or altered counts as lost.
 *
 *	struct shelf *shelf = shelf_new();
 *	shelf_note(shelf, &snippet);		// any number of threads
 *	shelf_keep(shelf, last, snippet.path);	// as it stood, without making it again
 *	shelf_write(shelf, &bytes);
 *	...
 *	struct shelf *last = shelf_read(bytes);
 *	for (size_t i = 0; i < shelf_count(last); i++)
 *		use(shelf_row(last, i)->text);
 *
 * The values that a text leans on are kept once for all texts that share them (a "set"), as
 * lines of name, value and place, parted by tabs.
 */

#include "base/buf.h"
#include "plan/snippet.h"

/* A snippet. Texts are numbers for shelf_words. */
struct shelf_row {
	uint64_t key;  /* of its listing and field: shelf_key */
	uint64_t text; /* hash of the bytes; 0: withheld */
	uint64_t shared, own; /* sets of values; 0: none */
	uint32_t id, marketplace, site, language, field, listing, title;
	uint32_t path, unit, left_out, withheld, instead;
	uint32_t count, limit; /* by the marketplace's rule */
	uint32_t size;	       /* bytes of the file */
	uint32_t line;	       /* in listings.csv; 0: kept once a shop */
};

/* What tells one listing's field from another: what the ledger calls it. */
struct shelf_name {
	struct str id, marketplace, site, language, field, listing;
};

/* Adds the name as a line without its end: six parts parted by tabs. */
void shelf_name_add(struct buf *out, const struct shelf_name *name);

/* Takes such a line apart; false when it is none. The parts are lent. */
bool shelf_name_parse(struct str line, struct shelf_name *name);

/* The hash of that line. Never 0. */
uint64_t shelf_key(const struct shelf_name *name);

struct shelf;

struct shelf *shelf_new(void);
void shelf_free(struct shelf *shelf); /* NULL is fine */

/* Adds a snippet; of two with the same path the later counts. Any number of threads. */
void shelf_note(struct shelf *shelf, const struct snippet *snippet);

/*
 * Adds a set of values that several snippets share, for `own_set` of each; 0 when there are none. Any number of
 * threads.
 */
uint64_t shelf_set(struct shelf *shelf, struct snippet_values values);

/* Adds the row that the last shelf has for this path; false when it has none. Any number of threads. */
bool shelf_keep(struct shelf *shelf, const struct shelf *last, struct str path);

/* Has the path been noted or kept? */
bool shelf_has(struct shelf *shelf, struct str path);

/* Puts the rows into the order of their paths, when all are there. */
void shelf_sort(struct shelf *shelf);

/* Adds the file's bytes to `out`. `pack` is the archive's last, see shelf_pack. */
void shelf_write(struct shelf *shelf, uint32_t pack, struct buf *out);

/* Takes the bytes of a file; they have to live on. NULL when they are damaged, or there are none. */
struct shelf *shelf_read(struct str bytes);

/* Which pack of the archive was the last when it was written: what it says of places is what stood then. */
uint32_t shelf_pack(const struct shelf *shelf);

size_t shelf_count(const struct shelf *shelf); /* NULL has none */
const struct shelf_row *shelf_row(const struct shelf *shelf, size_t index);
struct str shelf_words(const struct shelf *shelf, uint32_t words);
struct shelf_name shelf_row_name(const struct shelf *shelf, const struct shelf_row *row);

/* The row of a path, of a shelf that was read; or NULL. */
const struct shelf_row *shelf_find(const struct shelf *shelf, struct str path);

/* Calls each(context, hash, lines) for every set of values noted since shelf_new, by hash. */
void shelf_each_set(struct shelf *shelf,
		    void (*each)(void *context, uint64_t hash, struct str lines), void *context);

#endif
