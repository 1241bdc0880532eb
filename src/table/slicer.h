/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_TABLE_SLICER_H
#define UPFRONT_TABLE_SLICER_H

/*
 * slicer - where the rows of a large file end, found much faster than they are read.
 *
 * One thread at a time cuts slices of whole rows, several read them (table/cursor.h). To find the end of a
 * row, only line ends and quotes are looked at. Where that does not suffice (a quote out of place, a
 * lone carriage return, a very long row, a last line without its end), nothing more is cut, and what is left
 * is read by one cursor, which knows what to say of it: the rows and what is said of them are always
 * those of one cursor that reads the whole file.
 *
 *	struct slicer *slicer = slicer_open(table);
 *	while (slicer_next(slicer, 100, &slice))
 *		hand_to_a_worker(slice);
 *	cursor_slice(cursor, &slice); // what is left, and be it nothing
 *	slicer_close(slicer);
 */

#include "table/cursor.h"

struct slicer;

/*
 * NULL where rows cannot be told by their bytes (another encoding, an export whose rows hang together, a
 * column without a name), and when the file cannot be opened, which whoever reads it will report.
 */
struct slicer *slicer_open(const struct table *table);
void slicer_close(struct slicer *slicer); /* NULL is fine */

/* The next slice, of at most so many rows. False at the end: the slice is then all that is left. */
bool slicer_next(struct slicer *slicer, size_t rows, struct slice *slice);

#endif
