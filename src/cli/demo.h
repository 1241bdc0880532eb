/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_CLI_DEMO_H
#define UPFRONT_CLI_DEMO_H

/*
 * demo - the demo shop's files, inside the program.
 *
 * The Makefile bundles content/ and templates/ into one block that is linked in, so that
 * `upfront init` works wherever the program stands alone.
 *
 *	struct demo demo = demo_files();
 *	while (demo_next(&demo, &path, &bytes))
 *		write(path, bytes);
 */

#include "base/str.h"

struct demo {
	struct str rest; /* of the bundle: path, newline, size, newline, bytes; one after the other */
};

struct demo demo_files(void);

/* The next file; lent, never changes. False behind the last. */
bool demo_next(struct demo *demo, struct str *path, struct str *bytes);

#endif
