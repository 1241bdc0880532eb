/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_BUILD_SCAN_H
#define UPFRONT_BUILD_SCAN_H

/*
 * scan - the first pass over the catalog, and how most of it is spared.
 *
 * Internal to build/. Where only products can have changed, the catalog is held against the copy that the last
 * build kept: rows before the first byte that differs, and behind the last, are what they were,
 * and the manifest knows all about them. Only what lies between is read.
 */

#include "build/work.h"

/* Nothing is unchanged when the catalog has to be read as a whole. */
struct unchanged unchanged_find(const struct work *work);

/* Adds one row to the lists; under the lock and in the order of the catalog. */
void scan_add_row(struct work *work, struct arena *scratch, const struct row *row);

/* Adds a product as the last build knew it; `line` is where it stands now. */
void scan_add_known(struct work *work, size_t old, int64_t offset, uint32_t line);

#endif
