/* SPDX-License-Identifier: MIT */
/* POSIX threads, started and joined in one place. */
#include "base/threads.h"

#include <pthread.h>
#include <sched.h>
#include <stdbool.h>

enum { THREADS_MAX = 64, STACK_SIZE = 8 * 1024 * 1024 };

struct hand {
	pthread_t thread;
	void (*work)(void *, unsigned);
	void *context;
	unsigned worker;
	bool started;
};

unsigned threads_cores(void)
{
	cpu_set_t set;
	if (sched_getaffinity(0, sizeof set, &set) < 0)
		return 1;
	int count = CPU_COUNT(&set);
	return count > 0 ? (unsigned)count : 1;
}

static void *run(void *arg)
{
	struct hand *hand = arg;
	hand->work(hand->context, hand->worker);
	return NULL;
}

void threads_run(unsigned count, void (*work)(void *context, unsigned worker), void *context)
{
	struct hand hands[THREADS_MAX];
	pthread_attr_t attributes;
	if (count > THREADS_MAX)
		count = THREADS_MAX;
	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, STACK_SIZE);
	for (unsigned i = 1; i < count; i++) {
		hands[i] = (struct hand){ .work = work, .context = context, .worker = i };
		hands[i].started = pthread_create(&hands[i].thread, &attributes, run, &hands[i]) == 0;
	}
	work(context, 0);
	for (unsigned i = 1; i < count; i++)
		if (hands[i].started)
			pthread_join(hands[i].thread, NULL);
	pthread_attr_destroy(&attributes);
}

void threads_lock_init(pthread_mutex_t *lock)
{
	pthread_mutexattr_t kind;
	pthread_mutexattr_init(&kind);
	pthread_mutexattr_settype(&kind, PTHREAD_MUTEX_ADAPTIVE_NP);
	pthread_mutex_init(lock, &kind);
	pthread_mutexattr_destroy(&kind);
}
