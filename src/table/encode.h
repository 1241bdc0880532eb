/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_TABLE_ENCODE_H
#define UPFRONT_TABLE_ENCODE_H

/*
 * encode - UTF-8 into the encoding that an upload asks for.
 *
 *	encode(&file, text, "windows-31j");
 *
 * A character that the encoding does not have is left out: a sign in a product's name is not worth the
 * whole upload. Texts that must not lose anything are checked before.
 */

#include "base/buf.h"

/* Adds the text in the named encoding (a name of ICU's); false when there is none of that name. */
bool encode(struct buf *out, struct str text, const char *encoding);

#endif
