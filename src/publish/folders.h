/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PUBLISH_FOLDERS_H
#define UPFRONT_PUBLISH_FOLDERS_H

/*
 * folders - the open folders below an output folder, by their path.
 *
 * Internal to publish/. Every folder is opened once, step by step and never through a link,
 * and kept open as long as there are few; beyond that the least convenient way is taken and it is
 * opened for each use. Paths below some top folders may be led to another place (a new tree).
 */

#include <pthread.h>

#include "base/buf.h"
#include "base/map.h"

struct folders {
	pthread_mutex_t lock;
	struct arena arena;
	struct map open; /* path -> struct open_folder */
	int root;
	int tree; /* the folder of the new tree; -1: there is none */
	const char *staged[2]; /* top folders whose paths start there */
	size_t staged_count;
	bool sweeps;   /* a killed build may have left unfinished files: they go when a folder is first opened */
	size_t kept;
};

void folders_init(struct folders *folders, int root);
void folders_release(struct folders *folders);

/* Leads the paths of a top folder to the new tree; `name` is lent. Before the first of them is opened. */
void folders_stage(struct folders *folders, const char *name);
bool folders_is_staged(const struct folders *folders, struct str path);

/*
 * The folder's descriptor, made when `make` is set; -1 with errno. `*close` says that the caller has to
 * close it after use.
 */
int folders_get(struct folders *folders, struct str path, bool make, bool *close);

/* Did this build make the folder, so that nothing is in it but what this build put there? */
bool folders_is_fresh(struct folders *folders, struct str path);

/* Calls visit(context, path) for every folder that was opened, in no order. */
void folders_each(struct folders *folders, void (*visit)(void *context, struct str path),
		  void *context);

#endif
