/* SPDX-License-Identifier: MIT */
/* Two lists under a lock, sorted at the end. */
#include "build/changes.h"

#include <stdlib.h>
#include <string.h>

void changes_init(struct changes *changes)
{
	memset(changes, 0, sizeof *changes);
	pthread_mutex_init(&changes->lock, NULL);
	arena_init(&changes->arena);
}

void changes_release(struct changes *changes)
{
	pthread_mutex_destroy(&changes->lock);
	arena_release(&changes->arena);
	free(changes->pages);
}

static void count(struct changes *changes, enum change change)
{
	changes->made += change == CHANGE_NEW;
	changes->changed += change == CHANGE_CHANGED;
	changes->removed += change == CHANGE_REMOVED;
}

void changes_add_file(struct changes *changes, struct file_change file)
{
	if (file.change == CHANGE_NONE)
		return;
	pthread_mutex_lock(&changes->lock);
	count(changes, file.change);
	file.path = str_copy(&changes->arena, file.path);
	changes->files = arena_push(&changes->arena, changes->files, &changes->file_count,
				    sizeof *changes->files);
	changes->files[changes->file_count - 1] = file;
	pthread_mutex_unlock(&changes->lock);
}

void changes_add_listing(struct changes *changes, struct file_change file, bool list)
{
	if (file.change == CHANGE_NONE)
		return;
	if (list) {
		if (file.id.len)
			file.id = changes_keep(changes, file.id);
		changes_add_file(changes, file);
		return;
	}
	pthread_mutex_lock(&changes->lock);
	count(changes, file.change);
	pthread_mutex_unlock(&changes->lock);
}

struct str changes_keep(struct changes *changes, struct str reason)
{
	pthread_mutex_lock(&changes->lock);
	struct str kept = str_copy(&changes->arena, reason);
	pthread_mutex_unlock(&changes->lock);
	return kept;
}

static void list_page(struct changes *changes, struct page_change page)
{
	if (changes->page_count == changes->page_room) {
		changes->page_room += 1024 + changes->page_room / 2;
		changes->pages =
			realloc(changes->pages, changes->page_room * sizeof *changes->pages);
		if (!changes->pages)
			arena_exhausted();
	}
	page.id = str_copy(&changes->arena, page.id);
	changes->pages[changes->page_count++] = page;
}

void changes_add_page(struct changes *changes, struct page_change page, bool list)
{
	if (page.change == CHANGE_NONE)
		return;
	pthread_mutex_lock(&changes->lock);
	count(changes, (enum change)page.change);
	if (list)
		list_page(changes, page);
	pthread_mutex_unlock(&changes->lock);
}

static int by_path(const void *left, const void *right)
{
	const struct file_change *a = left, *b = right;
	return str_compare(a->path, b->path);
}

static int by_product(const void *left, const void *right)
{
	const struct page_change *a = left, *b = right;
	if (a->product != b->product)
		return a->product < b->product ? -1 : 1;
	return (int)a->language - (int)b->language;
}

void changes_sort(struct changes *changes)
{
	if (changes->file_count)
		qsort(changes->files, changes->file_count, sizeof *changes->files, by_path);
	if (changes->page_count)
		qsort(changes->pages, changes->page_count, sizeof *changes->pages, by_product);
}
