/* SPDX-License-Identifier: MIT */
/*
 * Pieces of text in, rows of cells out, by libcsv. Cells end at a separator or a line end, so
 * chunks that end there make the callback come at a known place; where the last cell ended,
 * the next one begins. A line in which quotes only stand around whole cells is cut at its separators
 * and needs no parser.
 */
#include "table/rows.h"

#include <csv.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "table/feed.h"
#include "table/plain.h"

struct rows {
	const struct source *source;
	struct diag *diag;
	struct feed *feed;
	struct csv_parser parser;
	unsigned char options;
	bool ends_chunk[256];

	struct str piece;
	size_t at;           /* in the piece */
	struct place here;   /* of the next byte */
	int64_t offset;      /* on disk, of the next byte */
	int64_t stop;        /* reading ends there as at the end of the file */
	int64_t line_offset; /* of the line it is in */

	struct place cell_place; /* of the cell that is being read */
	int64_t cell_line_offset;
	bool cell_open; /* its first byte was seen */
	bool cell_quoted;
	bool skipping; /* to the end of the line, after a misplaced quote or a `sep=` line */
	bool plain;    /* the line at hand is whole, quotes only around cells: cells end where chunks end */
	bool row_done;
	bool ended, failed;

	struct buf text; /* of the row so far */
	size_t count;    /* of its cells */
	bool any;        /* one of them is not empty */
	uint32_t row_line;
	int64_t row_offset;
	struct raw_cell cells[TABLE_COLUMNS_MAX];
};

static struct str trimmed(const char *text, size_t len)
{
	struct str s = { text, len };
	/* nearly all cells begin and end with a printable ASCII character */
	if (!len || (text[0] > ' ' && text[len - 1] > ' '))
		return s;
	return str_trim(s);
}

/* CRLF and CR become LF, so that a file means the same whoever saved it. */
static size_t unify_line_ends(char *text, size_t len)
{
	size_t to = 0;
	for (size_t i = 0; i < len; i++) {
		if (text[i] != '\r')
			text[to++] = text[i];
		else if (i + 1 == len || text[i + 1] != '\n')
			text[to++] = '\n';
	}
	return to;
}

static void fail(struct rows *rows, const char *what)
{
	struct place place = rows->cell_place;
	if (rows->cell_quoted)
		place.column--;
	diag_error(rows->diag, source_pos(rows->source, place), "%s", what);
	rows->failed = true;
}

static void too_long(struct rows *rows)
{
	if (rows->cell_quoted)
		fail(rows, "the cell that begins here is longer than 1 MB; its closing quote is "
			   "missing, or its text belongs into a file of its own");
	else
		fail(rows, "the cell that begins here is longer than 1 MB; its text belongs into a "
			   "file of its own");
}

/* libcsv's callback: a cell has ended with the chunk. */
static void on_cell(void *bytes, size_t len, void *context)
{
	struct rows *rows = context;
	rows->cell_open = false;
	if (rows->count == 0) {
		rows->row_line = rows->cell_place.line;
		rows->row_offset = rows->cell_line_offset;
	}
	if (rows->count++ >= TABLE_COLUMNS_MAX || rows->failed)
		return;
	if (len > TABLE_CELL_MAX) {
		too_long(rows);
		return;
	}
	struct str cell = trimmed(bytes, len);
	char *to = buf_grow(&rows->text, cell.len + 1);
	struct raw_cell *raw = &rows->cells[rows->count - 1];
	raw->from = rows->text.len;
	raw->line = rows->cell_place.line;
	raw->column = rows->cell_place.column;
	raw->len = cell.len;
	if (cell.len) {
		size_t cut = (size_t)(cell.text - (const char *)bytes);
		memcpy(to, cell.text, cell.len);
		rows->any = true;
		if (rows->here.line != raw->line)
			raw->len = unify_line_ends(to, cell.len);
		else if (cut)
			raw->column += (uint32_t)str_code_points((struct str){ bytes, cut });
	}
	to[raw->len] = 0;
	rows->text.len += raw->len + 1;
	if (rows->text.len > ROW_MAX)
		fail(rows,
		     "the row that reaches here is longer than 64 MB; is a line end missing?");
}

static void on_row(int end, void *context)
{
	(void)end;
	((struct rows *)context)->row_done = true;
}

static void start_parser(struct rows *rows)
{
	csv_init(&rows->parser, rows->options);
	csv_set_delim(&rows->parser, (unsigned char)rows->source->separator);
	csv_set_quote(&rows->parser, (unsigned char)rows->source->quote);
	csv_set_blk_size(&rows->parser, 4096);
}

static void start_row(struct rows *rows)
{
	buf_reset(&rows->text);
	rows->count = 0;
	rows->any = rows->row_done = rows->cell_open = rows->plain = false;
}

static void start_at(struct rows *rows, int64_t offset, uint32_t line)
{
	rows->piece = S("");
	rows->at = 0;
	rows->here = rows->cell_place = (struct place){ line, 1, false };
	rows->offset = rows->line_offset = offset;
	rows->stop = INT64_MAX;
	rows->skipping = rows->source->sep_line && line == 1;
	rows->ended = rows->failed = rows->cell_quoted = false;
	start_row(rows);
}

static void report_unreadable(struct rows *rows)
{
	if (errno == EILSEQ)
		diag_error(rows->diag, source_pos(rows->source, rows->here),
			   "the file was changed while it was read; run again");
	else
		diag_error(rows->diag, (struct pos){ rows->source->name, 0, 0 },
			   "cannot be read: %s", strerror(errno));
	rows->failed = true;
}

struct rows *rows_open(const struct source *source, enum rows_manner manner, struct diag *diag)
{
	struct rows *rows = calloc(1, sizeof *rows);
	if (!rows)
		arena_exhausted();
	rows->source = source;
	rows->diag = diag;
	rows->options = manner == ROWS_STRICT ? CSV_STRICT | CSV_STRICT_FINI : 0;
	rows->ends_chunk[(unsigned char)source->separator] = true;
	rows->ends_chunk['\n'] = rows->ends_chunk['\r'] = true;
	rows->feed = feed_open(source);
	if (!rows->feed) {
		report_unreadable(rows);
		free(rows);
		return NULL;
	}
	start_parser(rows);
	start_at(rows, (int64_t)source->bom, 1);
	return rows;
}

void rows_close(struct rows *rows)
{
	if (!rows)
		return;
	csv_free(&rows->parser);
	feed_close(rows->feed);
	buf_release(&rows->text);
	free(rows);
}

void rows_seek(struct rows *rows, int64_t offset, uint32_t line)
{
	csv_free(&rows->parser);
	start_parser(rows);
	start_at(rows, offset, line);
	if (feed_seek(rows->feed, offset) < 0)
		report_unreadable(rows);
}

void rows_stop_at(struct rows *rows, int64_t offset)
{
	rows->stop = offset;
}

void rows_rewind(struct rows *rows)
{
	rows_seek(rows, (int64_t)rows->source->bom, 1);
}

bool rows_failed(const struct rows *rows)
{
	return rows->failed;
}

/* Finds where the next cell begins, unless the chunk holds nothing but spaces before it. */
static void place_cell(struct rows *rows, struct str chunk)
{
	char separator = rows->source->separator, quote = rows->source->quote;
	size_t i = 0;
	while (i < chunk.len && (chunk.text[i] == ' ' || chunk.text[i] == '\t') &&
	       chunk.text[i] != separator)
		i++;
	rows->cell_place = rows->here;
	rows->cell_place.column += (uint32_t)i;
	rows->cell_line_offset = rows->line_offset;
	rows->cell_quoted = false;
	if (i == chunk.len)
		return;
	rows->cell_quoted = quote && chunk.text[i] == quote;
	if (rows->cell_quoted)
		rows->cell_place.column++;
	rows->cell_open = !rows->ends_chunk[(unsigned char)chunk.text[i]];
}

/* A quote where none may be: the row is lost, the next line is read again as a row. */
static void misplaced_quote(struct rows *rows, struct str chunk, size_t at)
{
	struct place place = rows->here;
	place_advance(&place, str_sub(chunk, 0, at));
	struct pos pos = source_pos(rows->source, place);
	char c = at < chunk.len ? chunk.text[at] : '"';
	if (!rows->cell_quoted)
		diag_error(rows->diag, pos,
			   "a '\"' inside a cell that does not begin with one; put the whole cell "
			   "in quotes and double the one inside, as in \"5\"\" screen\"");
	else if (rows->cell_place.line != place.line)
		diag_error(rows->diag, pos,
			   "the quoted cell that began in line %u ends before this; its closing "
			   "quote is missing there, or a quote inside it is not doubled",
			   rows->cell_place.line);
	else
		diag_error(rows->diag, pos,
			   "'%.*s' stands behind the closing quote of a cell; double the quotes "
			   "that are part of its text, as in \"5\"\" screen\"",
			   (unsigned char)c < 0x80 ? 1 : 0, &c);
	csv_free(&rows->parser);
	start_parser(rows);
	start_row(rows);
	rows->skipping = true;
}

static struct str rest_of_piece(const struct rows *rows)
{
	return str_sub(rows->piece, rows->at, rows->piece.len);
}

static size_t line_end_of(struct str chunk)
{
	char last = chunk.text[chunk.len - 1];
	if (last == '\n' && chunk.len > 1 && chunk.text[chunk.len - 2] == '\r')
		return 2;
	return last == '\n' || last == '\r';
}

static void take_plain(struct rows *rows, struct str chunk)
{
	size_t line_end = line_end_of(chunk), from = 0, to = chunk.len - (line_end ? line_end : 1);
	char quote = rows->source->quote;
	place_cell(rows, chunk);
	if (quote && to > 1 && chunk.text[0] == quote) {
		from++;
		to--;
	}
	while (!rows->cell_quoted && from < to && (chunk.text[from] == ' ' || chunk.text[from] == '\t'))
		from++;
	on_cell((char *)chunk.text + from, to - from, rows);
	if (line_end)
		on_row('\n', rows);
}

static void advance(struct rows *rows, struct str chunk)
{
	size_t line_end = line_end_of(chunk), len = chunk.len - line_end;
	if (!rows->source->ascii) {
		place_pass(&rows->here, chunk.text, len);
	} else if (len) {
		rows->here.column += (uint32_t)len;
		rows->here.after_cr = false;
	}
	rows->offset += (int64_t)chunk.len;
	if (!line_end)
		return;
	for (size_t i = len; i < chunk.len; i++)
		place_line_end(&rows->here, chunk.text[i]);
	rows->line_offset = rows->offset;
	rows->skipping = false;
}

static void take_chunk(struct rows *rows, struct str chunk)
{
	if (rows->plain) {
		take_plain(rows, chunk);
	} else if (!rows->skipping) {
		if (!rows->cell_open)
			place_cell(rows, chunk);
		size_t used =
			csv_parse(&rows->parser, chunk.text, chunk.len, on_cell, on_row, rows);
		if (csv_error(&rows->parser) == CSV_ENOMEM)
			arena_exhausted();
		if (used < chunk.len)
			misplaced_quote(rows, chunk, used);
		else if (csv_get_buffer_size(&rows->parser) > TABLE_CELL_MAX + 2 * FEED_PIECE &&
			 !rows->failed)
			too_long(rows);
	}
	advance(rows, chunk);
}

/* The bytes up to the next separator or line end (in a plain line both bytes of CRLF), or to the end of the piece. */
static struct str next_chunk(struct rows *rows)
{
	const char *from = rows->piece.text + rows->at, *end = rows->piece.text + rows->piece.len;
	const char *at = from;
	if (rows->plain && *at == rows->source->quote && *at)
		at = (const char *)memchr(at + 1, *at, (size_t)(end - at) - 1) + 1;
	while (at < end && !rows->ends_chunk[(unsigned char)*at])
		at++;
	if (at < end)
		at++;
	if (rows->plain && at[-1] == '\r')
		at++;
	rows->at += (size_t)(at - from);
	return (struct str){ from, (size_t)(at - from) };
}

/* At the end of the file a last line without its end is a row too. */
static void finish(struct rows *rows)
{
	rows->ended = true;
	if (rows->skipping)
		return;
	if (!rows->cell_open)
		place_cell(rows, S(""));
	if (csv_fini(&rows->parser, on_cell, on_row, rows) < 0)
		fail(rows, "the quote that opens this cell is never closed, so all that follows "
			   "would be part of it; close it");
}

/* Reads on until a row is done; false at the end. */
static bool read_row(struct rows *rows)
{
	start_row(rows);
	while (!rows->row_done && !rows->failed && !rows->ended) {
		if (rows->at < rows->piece.len) {
			if (!rows->count && !rows->cell_open && !rows->plain)
				rows->plain = !rows->skipping && plain_line(rest_of_piece(rows), rows->source);
			take_chunk(rows, next_chunk(rows));
			continue;
		}
		rows->at = 0;
		int more = feed_next(rows->feed, &rows->piece);
		if (more > 0 && rows->stop - rows->offset < (int64_t)rows->piece.len) {
			rows->piece.len = (size_t)(rows->stop - rows->offset);
			more = rows->piece.len > 0;
		}
		if (more < 0)
			report_unreadable(rows);
		if (more == 0)
			finish(rows);
		if (more <= 0)
			rows->piece = S("");
	}
	return rows->row_done && !rows->failed;
}

bool rows_next(struct rows *rows, struct raw_row *row)
{
	do
		if (rows->failed || !read_row(rows))
			return false;
	while (!rows->any);
	*row = (struct raw_row){
		.text = rows->text.text,
		.text_len = rows->text.len,
		.cells = rows->cells,
		.count = rows->count,
		.line = rows->row_line,
		.offset = rows->source->converter[0] ? -1 : rows->row_offset,
		.hash = hash_str(buf_str(&rows->text), 0),
	};
	return true;
}
