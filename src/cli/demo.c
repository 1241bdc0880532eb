/* SPDX-License-Identifier: MIT */
/* The bundle is made by the Makefile (DEMO_BUNDLE) and taken in by the assembler as it is. */
#include "cli/demo.h"

#include <assert.h>

__asm__(".section .rodata\n"
	".global upfront_demo\n"
	".global upfront_demo_end\n"
	"upfront_demo:\n"
	".incbin \"" DEMO_BUNDLE "\"\n"
	"upfront_demo_end:\n"
	".byte 0\n"
	".previous\n");

extern const char upfront_demo[], upfront_demo_end[];

struct demo demo_files(void)
{
	return (struct demo){ { upfront_demo, (size_t)(upfront_demo_end - upfront_demo) } };
}

static struct str line(struct str *rest)
{
	size_t len = str_index(*rest, '\n');
	struct str text = str_sub(*rest, 0, len);
	*rest = str_sub(*rest, len + 1, rest->len);
	return text;
}

bool demo_next(struct demo *demo, struct str *path, struct str *bytes)
{
	int64_t size;
	if (!demo->rest.len)
		return false;
	*path = line(&demo->rest);
	bool good = str_number(line(&demo->rest), &size);
	assert(good && size >= 0 && (size_t)size <= demo->rest.len);
	(void)good;
	*bytes = str_sub(demo->rest, 0, (size_t)size);
	demo->rest = str_sub(demo->rest, (size_t)size, demo->rest.len);
	return true;
}
