/* SPDX-License-Identifier: MIT */
/* The head of a file in, its separator out: every candidate reads it once, and they are counted. */
#include "table/separator.h"

#include <string.h>

#include "table/feed.h"
#include "table/rows.h"

enum { SAMPLE_ROWS = 100, SAMPLE_BYTES = 4 * 1024 * 1024, CANDIDATES = 4 };

static const struct candidate {
	char sign;
	const char *name;
	const char *word; /* as it may stand in shop.csv, where a comma would need quotes */
} candidates[CANDIDATES] = {
	{ ',', "','", "comma" },
	{ ';', "';'", "semicolon" },
	{ '\t', "a tab", "tab" },
	{ '|', "'|'", "bar" },
};

/* How a candidate divides the file. */
struct division {
	size_t columns; /* in the first row */
	bool even;      /* all rows have as many */
};

static const struct candidate *find(struct str value)
{
	for (size_t i = 0; i < CANDIDATES; i++)
		if (str_equal_fold(value, str_of(candidates[i].word)) ||
		    (value.len == 1 && value.text[0] == candidates[i].sign))
			return &candidates[i];
	return str_is(value, "\\t") ? &candidates[2] : NULL;
}

/*
 * Is the first line `sep=;` or the like? A spreadsheet writes it for itself; with the sign it
 * names, the line would be two cells, so it is read before any separator is known.
 */
static bool read_sep_line(struct source *source)
{
	struct feed *feed = feed_open(source);
	char line[8];
	size_t len = 0;
	struct str piece;
	bool ended = false;
	while (feed && !ended && len < sizeof line && feed_next(feed, &piece) > 0)
		for (size_t i = 0; i < piece.len && !ended && len < sizeof line; i++) {
			ended = piece.text[i] == '\n' || piece.text[i] == '\r';
			if (!ended)
				line[len++] = piece.text[i];
		}
	feed_close(feed);
	struct str s = { line, len };
	if (len == 7 && line[0] == '"' && line[6] == '"')
		s = str_sub(s, 1, 5);
	if (s.len != 5 || !str_equal_fold(str_sub(s, 0, 4), S("sep=")))
		return false;
	if ((unsigned char)s.text[4] >= 0x80 || s.text[4] == '"')
		return false;
	source->separator = s.text[4];
	source->sep_line = true;
	return true;
}

/* Faults are told to `unheard`: the reader will find them again under the right sign. */
static struct division divide(const struct source *source, char sign, struct diag *unheard)
{
	struct source trial = *source;
	struct division division = { 0, true };
	size_t bytes = 0;
	trial.separator = sign;
	struct rows *rows = rows_open(&trial, ROWS_LAX, unheard);
	struct raw_row row;
	for (size_t i = 0; rows && i < SAMPLE_ROWS && bytes < SAMPLE_BYTES && rows_next(rows, &row);
	     i++) {
		bytes += row.text_len;
		if (i == 0)
			division.columns = row.count;
		else if (row.count != division.columns)
			division.even = false;
	}
	rows_close(rows);
	return division;
}

static bool obey(struct source *source, const struct setting *setting, struct diag *diag)
{
	const struct candidate *found = find(setting->value);
	if (found) {
		source->separator = found->sign;
		return true;
	}
	diag_error(diag, setting->pos,
		   "there is no separator '%.*s'; write comma, semicolon, tab or bar",
		   STR(setting->value));
	return false;
}

static void report_tie(const struct source *source, const struct division *divisions,
		       struct diag *diag)
{
	struct buf counts = BUF_INIT;
	for (size_t i = 0; i < CANDIDATES; i++)
		if (divisions[i].columns > 1)
			buf_addf(&counts, "%s%s gives %zu columns%s", counts.len ? ", " : "",
				 candidates[i].name, divisions[i].columns,
				 divisions[i].even ? "" : " in the first line only");
	diag_error(diag, (struct pos){ source->name, 1, 0 },
		   "what separates the columns is not clear: %.*s; set 'separator.%s' in shop.csv "
		   "to comma, semicolon, tab or bar",
		   STR(buf_str(&counts)), source_short_name(source->name));
	buf_release(&counts);
}

/* The only candidate that divides evenly (or at all), CANDIDATES when none does, -1 for several. */
static int only(const struct division *divisions, bool even)
{
	int found = CANDIDATES;
	for (int i = 0; i < CANDIDATES; i++) {
		if (divisions[i].columns < 2 || (even && !divisions[i].even))
			continue;
		if (found != CANDIDATES)
			return -1;
		found = i;
	}
	return found;
}

static bool count_candidates(struct source *source, struct diag *diag)
{
	struct division divisions[CANDIDATES];
	struct diag *unheard = diag_new("");
	for (int i = 0; i < CANDIDATES; i++)
		divisions[i] = divide(source, candidates[i].sign, unheard);
	diag_free(unheard);
	int found = only(divisions, true);
	if (found == CANDIDATES)
		found = only(divisions, false);
	if (found < 0) {
		report_tie(source, divisions, diag);
		return false;
	}
	if (found < CANDIDATES)
		source->separator = candidates[found].sign;
	if (source->separator != ',')
		diag_note(diag, (struct pos){ source->name, 0, 0 }, "columns are separated by %s",
			  candidates[found].name);
	return true;
}

bool separator_settle(struct source *source, const struct table_options *options, struct diag *diag)
{
	source->separator = ',';
	source->quote = '"';
	if (read_sep_line(source))
		return true;
	const struct setting *setting = setting_for(options, "separator", source->name);
	return setting ? obey(source, setting, diag) : count_candidates(source, diag);
}
