/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_BASE_BUF_H
#define UPFRONT_BASE_BUF_H

/*
 * buf - text that grows.
 *
 * The one way to build text. Empty after BUF_INIT or buf_init, owns its bytes, keeps them
 * when reset so that a worker reuses one buffer for all of its pages.
 *
 *	struct buf page = BUF_INIT;
 *	buf_add(&page, S("<p>"));
 *	buf_addf(&page, "%d days", days);
 *	file_create(folder, "p.html", buf_str(&page));
 *	buf_release(&page);
 *
 * Running out of memory ends the program, as in base/arena.h.
 */

#include "base/str.h"

struct buf {
	char *text; /* NULL while nothing was ever added */
	size_t len;
	size_t room; /* bytes allocated */
};

#define BUF_INIT { NULL, 0, 0 }

void buf_init(struct buf *buf);
void buf_release(struct buf *buf);

/* Empties the buffer and keeps its memory. */
void buf_reset(struct buf *buf);

/* Makes sure that `more` bytes can be added without moving, and returns where they go. */
char *buf_grow(struct buf *buf, size_t more);

void buf_add(struct buf *buf, struct str s);
void buf_byte(struct buf *buf, char c);
void buf_addf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds a code point as UTF-8. */
void buf_code_point(struct buf *buf, uint32_t code_point);

/* Adds a whole number in decimal. */
void buf_number(struct buf *buf, int64_t number);

/* Lends what was built; valid until the next change. */
struct str buf_str(const struct buf *buf);

#endif
