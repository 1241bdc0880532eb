/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_CUSTOMS_SCAN_H
#define UPFRONT_CUSTOMS_SCAN_H

/*
 * scan - walking through one cell that holds a term.
 *
 * Knows numbers with the file's decimal sign, words and signs, and reports a fault at its
 * character inside the cell. Used by term and rate alone; lives on the stack.
 *
 *	struct scan scan = scan_of(rule->tax_on, rule->tax_on_pos, rule->decimal_sign, diag);
 *	struct str name = scan_word(&scan);
 *	if (!name.len)
 *		return scan_fail(&scan, scan.at, "a name is missing");
 */

#include "base/diag.h"
#include "customs/exact.h"

struct scan {
	struct str text;
	size_t at;
	struct pos pos; /* of the cell */
	char decimal_sign;
	struct diag *diag;
};

struct scan scan_of(struct str text, struct pos pos, char decimal_sign, struct diag *diag);

/* Skips spaces; is anything left? */
bool scan_more(struct scan *scan);

/* Takes the sign or word when it comes next (letters in any case), and tells whether it did. */
bool scan_take(struct scan *scan, const char *token);

/* Takes letters and underscores; empty when there are none. */
struct str scan_word(struct scan *scan);

/* Takes a number without a sign; false (reported) when there is none or it is too large. */
bool scan_number(struct scan *scan, struct decimal *number);

/* Does a number come next? */
bool scan_at_number(struct scan *scan);

/* Takes a currency of ISO 4217 or the euro sign; false, and nothing taken, when none comes. */
bool scan_currency(struct scan *scan, struct currency *currency);

/* What is left, shortened between characters, to be quoted in a message. */
struct str scan_rest(const struct scan *scan);

/* Reports an error at byte `at` of the cell; always false. */
bool scan_fail(const struct scan *scan, size_t at, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
