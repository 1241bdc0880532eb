/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_BUILD_CHANGES_H
#define UPFRONT_BUILD_CHANGES_H

/*
 * changes - what this build changed, for out/report/changes.csv.
 *
 * Internal to build/. Any worker adds; the list is sorted by the order of the catalog and
 * then by path, so that it does not depend on threads. Pages of products are kept as numbers and get their
 * texts when the list is written, so that a first build of a large catalog stays small.
 */

#include <pthread.h>

#include "publish/publish.h"

/* A file that is no product's page, or a page that is gone; or a listing's text. */
struct file_change {
	struct str path, id, marketplace, language;
	const char *reason; /* or `why` */
	struct str why;
	enum change change;
};

/* A product's page that is new or changed. */
struct page_change {
	uint32_t product; /* its place in the catalog */
	uint16_t language;
	uint16_t change;
	struct str id;
	struct str reason; /* shared by many pages where it can be */
};

struct changes {
	pthread_mutex_t lock;
	struct arena arena;
	struct file_change *files;
	size_t file_count;
	struct page_change *pages;
	size_t page_count, page_room;
	size_t made, changed, removed;
};

void changes_init(struct changes *changes);
void changes_release(struct changes *changes);

/* Adds a file, copying its path; `reason` has to live on. CHANGE_NONE is ignored. */
void changes_add_file(struct changes *changes, struct file_change file);

/* Counts a listing's file and, with `list`, adds it, copying its path and id; the rest has to live on. */
void changes_add_listing(struct changes *changes, struct file_change file, bool list);

/* Counts a product's page and, with `list`, adds it, copying its id; `reason` has to live on. */
void changes_add_page(struct changes *changes, struct page_change page, bool list);

/* Copies a reason to where it lives as long as the list. */
struct str changes_keep(struct changes *changes, struct str reason);

/* Puts the rows into their order: to be called before they are written. */
void changes_sort(struct changes *changes);

#endif
