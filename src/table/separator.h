/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_TABLE_SEPARATOR_H
#define UPFRONT_TABLE_SEPARATOR_H

/*
 * separator - what stands between two cells of this file?
 *
 * A `sep=` line says it, or `separator.FILE` in shop.csv; else the one of comma, semicolon,
 * tab and bar that gives the same count of two or more columns throughout the first 100 rows.
 * Where no sign does, one row may merely be short of a cell: then the only sign that divides
 * the header is taken, and the reader names the row. Needs the encoding settled before.
 */

#include "table/source.h"

/* Settles separator and sep_line. False when it could not (reported). */
bool separator_settle(struct source *source, const struct table_options *options,
		      struct diag *diag);

#endif
