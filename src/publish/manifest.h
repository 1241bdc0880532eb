/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PUBLISH_MANIFEST_H
#define UPFRONT_PUBLISH_MANIFEST_H

/*
 * manifest - what the last build wrote, and from what.
 *
 * One binary file, out/.upfront/manifest: for every product the hash of its id, its row, its
 * class and its pages; for every other file its path and hash. It is checked by a hash over
 * all of it; one that is cut, altered or of another version counts as lost, never as true.
 *
 *	struct manifest manifest;
 *	if (manifest_read(folder, &manifest) == MANIFEST_GOOD)
 *		known = manifest_find(&manifest, row, id_hash);
 *	manifest_release(&manifest);
 */

#include "base/buf.h"

struct product_record {
	uint64_t id_hash;
	uint64_t row_hash;   /* 0: look at the row again, whatever it is */
	uint64_t class_hash; /* of the folded programs of all languages */
	uint64_t card_hash;  /* of its id and titles: what lists show */
	int64_t offset;	     /* of the row in the catalog that was read; -1: not known */
	uint32_t slug_start; /* in `slugs` */
	uint32_t slug_len;
	uint32_t line;	  /* of the row */
	uint8_t hashed;	  /* 1: the slug ends with a hash of the id */
	uint8_t cut;	  /* 1: it was cut, so that it always does */
	uint16_t profile; /* handling profile: its index plus 1; 0: none */
};

/* A file that belongs to no product. */
struct file_record {
	struct str path; /* below the output folder */
	uint64_t hash;
};

/* A folder and when something in it was last made, renamed or removed. */
struct folder_record {
	struct str path;
	int64_t mtime_ns;
};

struct manifest {
	uint64_t inputs;  /* of everything that was read; 0 when the build was partial */
	uint64_t context; /* of everything but the products */
	uint64_t listing; /* of all titles and slugs in order */
	bool sharded;
	struct str languages; /* tags, separated by spaces */
	size_t language_count;
	struct product_record *products; /* of a manifest that was read, in the order of the catalog */
	size_t product_count;
	uint64_t *pages; /* product_count times language_count hashes of bytes; 0: none */
	struct str slugs;
	struct file_record *files;
	size_t file_count;
	struct folder_record *folders;
	size_t folder_count;
	uint64_t warnings; /* how many the build had */
	struct arena arena;
	struct buf bytes;  /* what was read; the arrays above point into it */
	uint32_t *by_id;   /* made on the first miss of the hint */
	size_t by_id_room;
};

enum manifest_state { MANIFEST_GOOD, MANIFEST_NONE, MANIFEST_LOST };

/* Reads `manifest` of the open folder out/.upfront. */
enum manifest_state manifest_read(int folder, struct manifest *manifest);

/*
 * The products of the next manifest are asked for one by one, twice, so that they need not lie side by side in
 * memory: fills the record but for the place of its slug, and adds the slug.
 */
typedef void manifest_product(const void *context, size_t index, struct product_record *record,
			      struct buf *slug);

/*
 * Writes `manifest` into the open folder, beside and renamed; not where `last` (or NULL) has the same bytes.
 * -1 with errno. Of the manifest's own arrays `products` and `slugs` are not looked at.
 */
int manifest_write(int folder, const struct manifest *manifest, manifest_product *product,
		   const void *context, const struct manifest *last);

/* Index of the product with this id, tried first at `hint`; SIZE_MAX when it is new. One thread at a time. */
size_t manifest_find(struct manifest *manifest, size_t hint, uint64_t id_hash);

struct str manifest_slug(const struct manifest *manifest, size_t product);

/* Index of the language's column in `pages`; SIZE_MAX when it had none. */
size_t manifest_language(const struct manifest *manifest, struct str tag);

void manifest_release(struct manifest *manifest);

#endif
