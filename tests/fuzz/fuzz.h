/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_TESTS_FUZZ_H
#define UPFRONT_TESTS_FUZZ_H

/* fuzz - what the targets share: input as a file in a folder of its own, and a small scope of names. */

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/diag.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char fuzz_folder_name[64];

static inline void fuzz_folder_remove(void)
{
	char command[96];
	snprintf(command, sizeof command, "%s/input", fuzz_folder_name);
	unlink(command);
	rmdir(fuzz_folder_name);
}

/* A folder in memory that is gone at the end. */
static inline const char *fuzz_folder(void)
{
	if (!fuzz_folder_name[0]) {
		snprintf(fuzz_folder_name, sizeof fuzz_folder_name, "/dev/shm/upfront-XXXXXX");
		if (!mkdtemp(fuzz_folder_name))
			abort();
		atexit(fuzz_folder_remove);
	}
	return fuzz_folder_name;
}

/* The input as the file "input" of the folder. */
static inline void fuzz_file(const uint8_t *data, size_t size)
{
	char path[96];
	snprintf(path, sizeof path, "%s/input", fuzz_folder());
	FILE *file = fopen(path, "wb");
	if (!file || fwrite(data, 1, size, file) != size || fclose(file) != 0)
		abort();
}

static inline struct str fuzz_text(const uint8_t *data, size_t size)
{
	return (struct str){ size ? (const char *)data : "", size };
}

/* What was reported must be printable, too: places and carets are worked out there. */
static inline void fuzz_say(struct diag *diag)
{
	struct buf said = BUF_INIT;
	diag_print(diag, &said, 20);
	buf_release(&said);
}

#endif
