/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_TABLE_ENCODING_H
#define UPFRONT_TABLE_ENCODING_H

/*
 * encoding - in which encoding was this file saved?
 *
 * Settled over the whole file and by a fixed order, never by likelihood (FORMATS section 1):
 * a byte order mark decides; a file that is strict UTF-8 is UTF-8; what shop.csv declares is
 * obeyed; else the encoding usual in the shop's country, if all of the file decodes. What was
 * settled is announced with the first cell that it changed; what could not be settled is an
 * error that shows how that cell would read.
 */

#include "base/file.h"
#include "table/source.h"

/* What one pass over the bytes on disk showed. */
struct survey {
	struct file_stat stat; /* of the file when the pass began */
	int64_t size;          /* bytes read */
	uint64_t hash;         /* of all bytes */
	bool utf8;             /* strictly, all of it */
	bool ascii;            /* no byte above 0x7F */
	bool nul;              /* a NUL byte somewhere */
	bool slash;            /* a '/' somewhere */
	char head[4];          /* the first bytes, 0 behind the end */
};

/* Reads all bytes once. -1 with errno. */
int survey_file(const char *path, struct survey *survey);

/* Settles converter, bom and ascii of the source. False when it could not (reported). */
bool encoding_settle(struct source *source, const struct table_options *options,
		     const struct survey *survey, struct diag *diag);

#endif
