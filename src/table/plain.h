/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_TABLE_PLAIN_H
#define UPFRONT_TABLE_PLAIN_H

/*
 * plain - lines that need no parser.
 *
 * Nearly all lines of nearly all files end in a line feed or CRLF, and have quotes around whole cells or
 * none. What libcsv would give back of such a line stands between its separators and quotes. Everything
 * else is libcsv's to judge: doubled quotes, line ends in quotes, spaces around them, a lone CR.
 *
 *	if (plain_line(rest, source))
 *		cut(rest);
 */

#include "table/source.h"

/* Does the text, in which a row begins, hold the whole row, and is it plain? */
bool plain_line(struct str rest, const struct source *source);

#endif
