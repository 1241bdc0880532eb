/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_BUILD_CHANGES_H
#define UPFRONT_BUILD_CHANGES_H

/*
 * changes - what this build changed, for out/report/changes.csv.
 *
 * Internal to build/. Any worker adds; the list is sorted by the order of the catalog and
 * then by path, so that it does not depend on threads.
 */

#include <pthread.h>

#include "publish/publish.h"

struct change_row {
	size_t order; /* 0: no product's; else its place in the catalog, from 1 */
	struct str path, id, language, reason;
	enum change change;
};

struct changes {
	pthread_mutex_t lock;
	struct arena arena;
	struct change_row *rows;
	size_t count;
	size_t made, changed, removed;
};

void changes_init(struct changes *changes);
void changes_release(struct changes *changes);

/* Adds a row, copying its texts; CHANGE_NONE is ignored. */
void changes_add(struct changes *changes, struct change_row row);

/* Adds the CSV to `out`. */
void changes_write(struct changes *changes, struct buf *out);

#endif
