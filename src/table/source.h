/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_TABLE_SOURCE_H
#define UPFRONT_TABLE_SOURCE_H

/*
 * source - what was settled about one file, so that every later pass reads it the same way.
 *
 * Filled by encoding_settle and separator_settle in the first pass over the file, read by
 * feed and rows. Lives inside the table and lends its names from the build's arena.
 */

#include "table/table.h"

struct source {
	const char *path;   /* to open it */
	const char *name;   /* in diagnostics: relative to the shop folder */
	char converter[64]; /* ICU's name of the encoding; empty: UTF-8 */
	size_t bom;         /* bytes of a byte order mark to skip */
	bool ascii;         /* no byte above 0x7F: bytes are characters */
	bool sep_line;      /* the first line only says `sep=;` */
	char separator;
	char quote;   /* 0: quotes mean nothing in this file */
	size_t piece; /* bytes read at once, at most; tests sweep it */
};

/* A place in text as it is read: line and column of the next character. */
struct place {
	uint32_t line;
	uint32_t column;
	bool after_cr; /* a line feed now belongs to the line end before it */
};

/* Moves behind text without line ends. Continuation bytes are no characters. */
static inline void place_pass(struct place *place, const char *text, size_t len)
{
	uint32_t characters = 0;
	for (size_t i = 0; i < len; i++)
		characters += ((unsigned char)text[i] & 0xC0) != 0x80;
	place->column += characters;
	if (len)
		place->after_cr = false;
}

/* Moves behind a carriage return or line feed; a CRLF is one line end. */
static inline void place_line_end(struct place *place, char c)
{
	if (c == '\r' || !place->after_cr)
		place->line++;
	place->column = 1;
	place->after_cr = c == '\r';
}

/* Moves behind any text. */
void place_advance(struct place *place, struct str text);

/* The place in a diagnostic. */
struct pos source_pos(const struct source *source, struct place place);

/* The beginning of a text that is quoted in a diagnostic, in whole characters. */
struct str source_quote(struct str text);

/* The seller's `WHAT.FILE` of shop.csv for this file, such as `encoding.products.csv`, or NULL. */
const struct setting *setting_for(const struct table_options *options, const char *what,
				  const char *name);

/* The name of the file as the seller writes it behind `encoding.` and the like. */
const char *source_short_name(const char *name);

#endif
