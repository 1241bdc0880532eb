/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_TABLE_WRITE_H
#define UPFRONT_TABLE_WRITE_H

/*
 * write - one cell of a CSV file that upfront makes.
 *
 * RFC 4180: quoted only where a comma, a quote, a line end or a space at an end asks for it.
 * Commas and line ends are the caller's: a row is cells with ',' between them and '\n' behind.
 */

#include "base/buf.h"

void write_cell(struct buf *out, struct str text);

#endif
