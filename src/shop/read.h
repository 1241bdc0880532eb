/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_SHOP_READ_H
#define UPFRONT_SHOP_READ_H

/*
 * read - from a cell to what it means, with the fault named at the cell.
 *
 * Every function gives the value of one cell of the reader's row, or `otherwise` when the
 * cell is empty or the file has no such column. A cell that cannot be understood is reported
 * with its place, its content and the way out, marks the row as bad and gives `otherwise`; so
 * does an empty cell of a FILLED column. Texts are lent from the row's arena.
 *
 *	service->max_weight_g = read_weight(&r, max_weight, 0);
 *	service->tracked = read_answer(&r, tracked);
 *	if (r.bad)
 *		return;
 */

#include "shop/sheet.h"

const struct cell *read_cell(const struct reader *r, struct column column);
struct pos read_pos(const struct reader *r, struct column column);

/* Reports an error at the cell and marks the row as bad. */
void read_fault(struct reader *r, struct column column, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* What a message shows of a text: one line, cut where it is long. */
struct shown {
	char text[88];
};
struct shown shown(struct str s);

struct str read_text(struct reader *r, struct column column);
struct translated read_translated(struct reader *r, const struct text_columns *columns);

/* A text that names something: refuses what a spreadsheet made of long numbers (8.51762E+09). */
struct str read_id(struct reader *r, struct column column);
bool looks_shortened(struct str s);

/* `fallback` is the currency of a bare number. Empty: currency "". Negative amounts are refused. */
struct money read_money(struct reader *r, struct column column, struct currency fallback);
struct currency read_currency(struct reader *r, struct column column, struct currency otherwise);
struct decimal read_decimal(struct reader *r, struct column column, struct decimal otherwise);
int64_t read_weight(struct reader *r, struct column column, int64_t otherwise); /* grams */

/* A whole number from `least` to `most`. */
int read_int(struct reader *r, struct column column, int least, int most, int otherwise);

/* A share, "0.95" or "95%", in percent; the part below a whole percent is cut off. */
int read_share(struct reader *r, struct column column, int otherwise);

int32_t read_date(struct reader *r, struct column column);  /* empty: DATE_NONE */
int32_t read_month(struct reader *r, struct column column); /* its first day; empty: DATE_NONE */

/* Minutes after midnight of HH:MM. */
int read_time(struct reader *r, struct column column, int otherwise);

enum answer read_answer(struct reader *r, struct column column);

/* The index of one of `words` (compared without case). */
int read_word(struct reader *r, struct column column, const char *const *words, size_t count,
	      int otherwise);

/* One country or region; "*" and groups are refused. */
struct place read_place(struct reader *r, struct column column, struct place otherwise);

/* A list of places with groups spread out, each once. */
struct place *read_places(struct reader *r, struct column column, size_t *count);

/* The words of a list cell. */
struct str *read_list(struct reader *r, struct column column, size_t *count);

/* "Mon Tue Fri" or "Mon-Fri": bits MONDAY to SUNDAY. */
uint8_t read_weekdays(struct reader *r, struct column column, uint8_t otherwise);

/* An IANA zone by its shape (Area/City or UTC); whether there is such a zone is known to words/. */
struct str read_timezone(struct reader *r, struct column column, struct str otherwise);

/* An HS code of `least` to `most` digits, without its dots and spaces. */
struct str read_hs(struct reader *r, struct column column, size_t least, size_t most);

#endif
