/* SPDX-License-Identifier: MIT */
/*
 * effort COMMAND [ARGUMENT...] - runs the command and prints the milliseconds it took, those that
 * processors worked for it, and the most memory that it had, in KiB.
 */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double milliseconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static double of(struct timeval time)
{
	return (double)time.tv_sec * 1e3 + (double)time.tv_usec / 1e3;
}

int main(int argc, char **argv)
{
	int status;
	struct rusage usage;
	double start = milliseconds();
	pid_t child = argc > 1 ? fork() : -1;
	if (child < 0)
		return 2;
	if (child == 0) {
		execvp(argv[1], argv + 1);
		perror(argv[1]);
		_exit(127);
	}
	if (wait4(child, &status, 0, &usage) < 0)
		return 3;
	printf("%.1f %.1f %ld\n", milliseconds() - start, of(usage.ru_utime) + of(usage.ru_stime),
	       usage.ru_maxrss);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 3;
}
