/* SPDX-License-Identifier: MIT */
/*
 * Bytes of a file in, slices of whole rows out. The text at hand begins at a row that is not cut yet; where it
 * does not hold that row's end, more is read behind it.
 */
#include "table/slicer.h"

#include <stdlib.h>
#include <string.h>

#include "table/inside.h"

/* A longer row is left to who can say what is wrong with it. */
enum { SLICED_ROW_MAX = 1024 * 1024 };

struct slicer {
	const struct table *table;
	struct file_reader *reader;
	struct buf text;
	size_t at;	/* in the text: the first row that is not cut */
	int64_t offset; /* of it on disk */
	uint32_t line;	/* of it */
	bool ended;	/* all of the file is in the text, or can no longer be read */
	bool stopped;	/* nothing more can be cut */
};

enum found { FOUND, WANTS_MORE, CANNOT_TELL };

static bool is_gap(char c, char separator)
{
	return (c == ' ' || c == '\t') && c != separator;
}

/* Is the quote the first of a cell, where cells begin at `from`? */
static bool opens_cell(const char *from, const char *quote, char separator)
{
	while (quote > from && is_gap(quote[-1], separator))
		quote--;
	return quote == from || quote[-1] == separator;
}

/* The byte behind a quoted cell whose text begins here; NULL when it is not in the text. */
static const char *behind_quoted(const char *at, const char *end, char quote, char separator)
{
	while ((at = memchr(at, quote, (size_t)(end - at)))) {
		if (at + 1 == end)
			return NULL;
		if (at[1] != quote)
			break;
		at += 2;
	}
	if (!at)
		return NULL;
	for (at++; at < end && is_gap(*at, separator);)
		at++;
	return at < end ? at : NULL;
}

/* The line feed that ends the row which begins here. */
static enum found find_end(const struct slicer *slicer, const char *row, const char *end,
			   const char **line_feed)
{
	char quote = slicer->table->source.quote, separator = slicer->table->source.separator;
	const char *cell = row; /* all before it is settled */
	for (;;) {
		*line_feed = memchr(cell, '\n', (size_t)(end - cell));
		size_t left = (size_t)((*line_feed ? *line_feed : end) - cell);
		const char *opening = quote ? memchr(cell, quote, left) : NULL;
		if (!opening)
			return *line_feed ? FOUND : WANTS_MORE;
		if (!opens_cell(cell, opening, separator))
			return CANNOT_TELL;
		const char *behind = behind_quoted(opening + 1, end, quote, separator);
		if (!behind)
			return WANTS_MORE;
		if (*behind != separator && *behind != '\n' && *behind != '\r')
			return CANNOT_TELL;
		cell = behind + (*behind == separator);
	}
}

/* Counts the row's lines; false when one of them ends with a carriage return alone. */
static bool count_lines(const char *row, const char *end, uint32_t *lines)
{
	const char *at = row;
	while ((at = memchr(at, '\r', (size_t)(end - at)))) {
		if (at[1] != '\n')
			return false;
		at++;
	}
	for (at = row; (at = memchr(at, '\n', (size_t)(end - at))); at++)
		++*lines;
	return true;
}

/* Reads a piece more behind the row that is not cut yet; false when there is none. */
static bool read_more(struct slicer *slicer)
{
	struct str piece;
	size_t left = slicer->text.len - slicer->at;
	if (slicer->ended || left > SLICED_ROW_MAX)
		return false;
	if (slicer->at) {
		memmove(slicer->text.text, slicer->text.text + slicer->at, left);
		slicer->text.len = left;
		slicer->at = 0;
	}
	slicer->ended = file_reader_next(slicer->reader, &piece) < 0 || !piece.len;
	if (!slicer->ended)
		buf_add(&slicer->text, piece);
	return !slicer->ended;
}

/* Passes behind one row; false, for good, where its end cannot be told. */
static bool cut_row(struct slicer *slicer)
{
	const char *row = NULL, *line_feed = NULL;
	enum found found;
	uint32_t lines = 0;
	if (slicer->stopped)
		return false;
	do {
		found = WANTS_MORE;
		if (slicer->at == slicer->text.len)
			continue;
		row = slicer->text.text + slicer->at;
		found = find_end(slicer, row, slicer->text.text + slicer->text.len, &line_feed);
	} while (found == WANTS_MORE && read_more(slicer));
	slicer->stopped = found != FOUND || !count_lines(row, line_feed + 1, &lines);
	if (slicer->stopped)
		return false;
	slicer->at += (size_t)(line_feed + 1 - row);
	slicer->offset += line_feed + 1 - row;
	slicer->line += lines;
	return true;
}

static bool rows_stand_alone(const struct table *table)
{
	for (size_t i = 0; i < table->file_count; i++)
		if (!table->columns[i].header.len)
			return false;
	return table_seekable(table) && !table->source.sep_line;
}

struct slicer *slicer_open(const struct table *table)
{
	if (!rows_stand_alone(table))
		return NULL;
	struct slicer *slicer = calloc(1, sizeof *slicer);
	if (!slicer)
		arena_exhausted();
	*slicer = (struct slicer){ .table = table, .offset = (int64_t)table->source.bom, .line = 1 };
	slicer->reader = file_reader_open(table->source.path);
	bool fine = slicer->reader && file_reader_seek(slicer->reader, slicer->offset) == 0;
	while (fine && slicer->line <= table->header_pos.line)
		fine = cut_row(slicer);
	if (fine)
		return slicer;
	slicer_close(slicer);
	return NULL;
}

void slicer_close(struct slicer *slicer)
{
	if (!slicer)
		return;
	file_reader_close(slicer->reader);
	buf_release(&slicer->text);
	free(slicer);
}

bool slicer_next(struct slicer *slicer, size_t rows, struct slice *slice)
{
	*slice = (struct slice){ slicer->offset, INT64_MAX, slicer->line };
	size_t cut = 0;
	while (cut < rows && cut_row(slicer))
		cut++;
	if (cut)
		slice->end = slicer->offset;
	return cut > 0;
}
