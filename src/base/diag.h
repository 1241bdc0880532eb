/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_BASE_DIAG_H
#define UPFRONT_BASE_DIAG_H

/*
 * diag - everything that is wrong, with its place, said once at the end.
 *
 * Whoever finds a fault in the seller's input reports it here and goes on, so that one run
 * names all of them. Printing sorts by file, line and column, drops doubles, shows the line
 * with a caret under the place, and caps the list with a count of the rest. May be called
 * from several threads.
 *
 *	diag_error(diag, cell.pos, "there is no service '%.*s'; carriers.csv lists them", STR(id));
 *	if (diag_errors(diag))
 *		return -1;
 *
 * Texts are lower case, without a full stop, quote the subject and name the way out.
 */

#include "base/str.h"

/* A place in a file. The name is NUL-terminated, relative to the shop folder; the diag keeps a copy. */
struct pos {
	const char *file; /* NULL: no place, only the message */
	uint32_t line;	  /* from 1; 0: the file as a whole */
	uint32_t column;  /* in characters, from 1; 0: the line as a whole */
};

enum severity { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR };

struct diag;

/*
 * A new, empty collection; `folder` is where relative file names are found again when the
 * lines are shown. Free with diag_free.
 */
struct diag *diag_new(const char *folder);
void diag_free(struct diag *diag);

void diag_error(struct diag *diag, struct pos pos, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void diag_warning(struct diag *diag, struct pos pos, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Something to know, such as "read as GB18030": printed first, counted as nothing. */
void diag_note(struct diag *diag, struct pos pos, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

size_t diag_errors(struct diag *diag);
size_t diag_warnings(struct diag *diag);

/* Adds all diagnostics to `out` as text, at most `cap` of them, errors first, and the count of the rest. */
struct buf;
void diag_print(struct diag *diag, struct buf *out, size_t cap);

/* One diagnostic as it was sorted, for JSON. Index from 0; false behind the last. */
bool diag_get(struct diag *diag, size_t index, struct pos *pos, enum severity *severity,
	      struct str *text);

#endif
