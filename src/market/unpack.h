/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_MARKET_UNPACK_H
#define UPFRONT_MARKET_UNPACK_H

/*
 * unpack - the pieces of text inside what stands around them.
 *
 * Internal to market/; lowering writes with write.c and never reads back with this.
 */

#include "market/form.h"

struct unpacked {
	struct str *pieces; /* decoded where they stood in JSON */
	size_t count;
};

/* False when the bytes do not have the field's `before`, `between` and `after`. */
bool unpack(const struct market_field *field, struct str bytes, struct arena *arena,
	    struct unpacked *unpacked);

#endif
