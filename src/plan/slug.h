/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PLAN_SLUG_H
#define UPFRONT_PLAN_SLUG_H

/*
 * slug - the name of a product's files, from its id.
 *
 * One rule: NFC, lower case, letters and digits of any script kept, every other character a
 * hyphen. Two ids that meet are told apart by a short hash of the id behind both, so that the
 * order of rows never moves an address. A name too long for a file is cut and gets the hash, too.
 *
 *	struct slugs slugs = { 0 };
 *	size_t row = slugs_add(&slugs, &scratch, id, line, &met);
 *	...
 *	slugs_settle(&slugs);
 *	struct str slug = slugs_get(&slugs, row);
 *
 * Memory: the slug's bytes and 32 a product. One thread adds; afterwards many read.
 */

#include "base/buf.h"

enum slug_meeting {
	SLUG_ALONE, /* nobody before had this name */
	SLUG_SAME,  /* the very same id was added before */
	SLUG_MET    /* another id has the same name: both get a hash */
};

struct slug_entry {
	uint64_t id_hash;
	uint32_t start; /* of the slug in `text` */
	uint32_t line;	/* of the product's row */
	uint16_t len;
	bool hashed; /* shown with the hash of its id */
	bool cut;    /* too long or empty: always shown with it */
};

struct slugs {
	struct slug_entry *entries; /* in the order of adding */
	size_t count, room;
	struct buf text;
	uint32_t *table; /* open addressing: index of an entry plus 1 */
	size_t table_room;
	size_t met; /* how many entries met another */
};

/* Adds an id and returns its index; `other` is the entry that it met. */
size_t slugs_add(struct slugs *slugs, struct arena *scratch, struct str id, uint32_t line,
		 enum slug_meeting *meeting, size_t *other);

/* The same for a product whose name is known already: without its hash, which `id_hash` gives. */
size_t slugs_add_known(struct slugs *slugs, struct str name, uint64_t id_hash, uint32_t line,
		       bool cut, enum slug_meeting *meeting, size_t *other);

/*
 * After the last id: a bare name that is another product's name with its hash gets a hash of its own.
 * Adds nothing where no name met another.
 */
void slugs_settle(struct slugs *slugs);

/* Bytes that the hash takes behind a name. */
enum { SLUG_HASH_LEN = 9 };

/* Adds the finished name to `out`. */
void slugs_show(const struct slugs *slugs, size_t index, struct buf *out);

/* Is this the finished name of one of the products? */
bool slugs_hold(const struct slugs *slugs, struct str shown);

void slugs_release(struct slugs *slugs);

/* The bare rule, without clashes: adds the name of the id to `out`. */
void slug_add(struct buf *out, struct arena *scratch, struct str id);

#endif
