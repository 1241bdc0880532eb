/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_BASE_THREADS_H
#define UPFRONT_BASE_THREADS_H

/*
 * threads - the same work, by several hands.
 *
 * Every worker runs the same function until it finds nothing more to do; what they share is
 * theirs to lock. With one worker everything runs in the caller's thread.
 *
 *	threads_run(2, render_pages, &build);
 */

#include <pthread.h>

/* Processor cores that this process may use, at least 1. */
unsigned threads_cores(void);

/*
 * Calls work(context, worker) for worker 0 to count-1, each on a thread of its own with an
 * 8 MiB stack (worker 0 on the caller's), and returns when all are done. If a thread cannot
 * be started, the others do its share.
 */
void threads_run(unsigned count, void (*work)(void *context, unsigned worker), void *context);

/*
 * Makes a lock of the kind that is taken often and held for less than a microsecond: whoever finds it taken tries a little
 * longer before going to sleep, which is dearer.
 */
void threads_lock_init(pthread_mutex_t *lock);

#endif
