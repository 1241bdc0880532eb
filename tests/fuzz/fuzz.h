/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_TESTS_FUZZ_H
#define UPFRONT_TESTS_FUZZ_H

/* fuzz - what targets share that take the input as one text. */

#include <assert.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/diag.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline struct str fuzz_text(const uint8_t *data, size_t size)
{
	return (struct str){ size ? (const char *)data : "", size };
}

#endif
