/* SPDX-License-Identifier: MIT */
/*
 * A survey of the bytes and what the shop declares in, the encoding out. A legacy encoding is
 * accepted only after the whole file was decoded with it once, strictly.
 */
#include "table/encoding.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "table/feed.h"
#include "table/shop_words.h"

/* Longest one first where one begins another. */
static const struct mark {
	const char *bytes;
	size_t len;
	const char *converter; /* NULL: UTF-8 */
} marks[] = {
	{ "\xEF\xBB\xBF", 3, NULL },       { "\x84\x31\x95\x33", 4, "GB18030" },
	{ "\xFF\xFE\0\0", 4, "UTF-32LE" }, { "\0\0\xFE\xFF", 4, "UTF-32BE" },
	{ "\xFF\xFE", 2, "UTF-16LE" },     { "\xFE\xFF", 2, "UTF-16BE" },
};

/* What spreadsheets of that country's systems save as "CSV". All others: windows-1252. */
static const struct usual {
	const char *countries;
	const char *converter;
	const char *otherwise; /* tried next: its dialect with China's euro, Hong Kong's names */
} usual[] = {
	{ "CN", "GB18030", "windows-936" },
	{ "TW HK MO", "Big5", "Big5-HKSCS" },
	{ "JP", "windows-932", NULL },
	{ "KR", "windows-949", NULL },
	{ "PL CZ SK HU SI HR RO BA RS ME AL", "windows-1250", NULL },
	{ "RU BY UA BG MK KZ KG TJ MN", "windows-1251", NULL },
	{ "GR CY", "windows-1253", NULL },
	{ "TR AZ", "windows-1254", NULL },
	{ "IL", "windows-1255", NULL },
	{ "AE BH DZ EG IQ IR JO KW LB LY MA OM PK QA SA SY TN YE", "windows-1256", NULL },
	{ "EE LT LV", "windows-1257", NULL },
	{ "VN", "windows-1258", NULL },
	{ "TH", "windows-874", NULL },
};

/* Shown in a preview, when they decode the file. */
static const char *const candidates[] = {
	"GB18030",      "Big5",         "windows-932",  "windows-949",
	"windows-1251", "windows-1252", "windows-1250",
};

enum { SAMPLE_BEFORE = 24, SAMPLE_MAX = 72, PREVIEWS = 4 };

/* The whole file as it reads in one encoding. */
struct reading {
	bool strict;          /* every byte stands for something */
	struct place fault;   /* where not, or where reading failed */
	int why;              /* errno: EILSEQ, or the system's */
	char bytes[12];       /* the bytes at fault, as hex */
	struct place changed; /* of the first cell with a character beyond ASCII */
	char cell[SAMPLE_MAX + 8];
	size_t cell_len;
	bool cell_changed, cell_done;
};

static const struct usual *usual_in(const char *country)
{
	static const struct usual western = { "", "windows-1252", NULL };
	if (strlen(country) == 2)
		for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
			if (strstr(usual[i].countries, country))
				return &usual[i];
	return &western;
}

/* The name people know the code page by. */
static const char *shown_name(const char *converter)
{
	if (!converter)
		return "UTF-8";
	if (strcmp(converter, "windows-932") == 0)
		return "Shift_JIS";
	return strcmp(converter, "windows-949") == 0 ? "EUC-KR" : converter;
}

static void hex(struct str bytes, char *out, size_t room)
{
	static const char digits[] = "0123456789ABCDEF";
	size_t at = 0;
	for (size_t i = 0; i < bytes.len && at + 4 < room; i++) {
		unsigned char c = (unsigned char)bytes.text[i];
		if (i)
			out[at++] = ' ';
		out[at++] = digits[c >> 4];
		out[at++] = digits[c & 15];
	}
	out[at] = 0;
}

/* Collects the first cell that is not plain ASCII; any usual separator ends a cell here. */
static void sample(struct reading *reading, struct place place, char c)
{
	bool ends = strchr(",;|\t\"\r\n", c), begins = ((unsigned char)c & 0xC0) != 0x80;
	if (reading->cell_changed && (ends || (begins && reading->cell_len >= SAMPLE_MAX))) {
		reading->cell_done = true;
		return;
	}
	if (ends) {
		reading->cell_len = 0;
		return;
	}
	if (!reading->cell_len)
		reading->changed = place;
	if (!reading->cell_changed && reading->cell_len == SAMPLE_BEFORE * 2) {
		/* of a long text only what stands just before the change is shown */
		memmove(reading->cell, reading->cell + SAMPLE_BEFORE, SAMPLE_BEFORE);
		reading->cell_len = SAMPLE_BEFORE;
	}
	reading->cell_changed = reading->cell_changed || (unsigned char)c >= 0x80;
	reading->cell[reading->cell_len++] = c;
}

static void take_piece(struct reading *reading, struct place *place, struct str piece)
{
	size_t at = 0;
	for (; at < piece.len && !reading->cell_done; at++) {
		sample(reading, *place, piece.text[at]);
		place_advance(place, str_sub(piece, at, 1));
	}
	place_advance(place, str_sub(piece, at, piece.len));
}

static void set_converter(struct source *source, const char *name)
{
	size_t len = strlen(name);
	assert(len < sizeof source->converter);
	memcpy(source->converter, name, len + 1);
	source->ascii = false; /* bytes are no longer characters, even where all are below 0x80 */
}

/* Decodes all of the file. */
static struct reading read_as(const struct source *source, const char *converter)
{
	struct reading reading = { .fault = { 1, 1, false } };
	struct source trial = *source;
	set_converter(&trial, converter);
	struct feed *feed = feed_open(&trial);
	if (!feed) {
		reading.why = errno;
		return reading;
	}
	struct place place = { 1, 1, false };
	struct str piece;
	int more;
	while ((more = feed_next(feed, &piece)) > 0)
		take_piece(&reading, &place, piece);
	reading.why = more < 0 ? errno : 0;
	reading.strict = more == 0;
	reading.fault = place;
	hex(feed_bad_bytes(feed), reading.bytes, sizeof reading.bytes);
	feed_close(feed);
	return reading;
}

static bool cannot_read(const struct source *source, const struct reading *reading,
			struct diag *diag)
{
	if (reading->why == EILSEQ)
		return false;
	diag_error(diag, (struct pos){ source->name, 0, 0 }, "cannot be read: %s",
		   strerror(reading->why));
	return true;
}

/* Reads as `converter` because `who` says so, or reports the first byte that cannot be. */
static bool obey(struct source *source, const char *converter, struct str label, const char *who,
		 struct diag *diag)
{
	struct reading reading = read_as(source, converter);
	if (reading.strict) {
		set_converter(source, converter);
		if (reading.cell_changed)
			diag_note(diag, source_pos(source, reading.changed),
				  "read as %.*s, as %s says; the first cell it changed is '%.*s'",
				  STR(label), who, (int)reading.cell_len, reading.cell);
		else
			diag_note(diag, (struct pos){ source->name, 0, 0 },
				  "read as %.*s, as %s says", STR(label), who);
		return true;
	}
	if (!cannot_read(source, &reading, diag))
		diag_error(diag, source_pos(source, reading.fault),
			   "%s%s stands for nothing in %.*s, as which %s declares this file; "
			   "declare the right encoding, or save the file as UTF-8",
			   reading.bytes[0] ? "byte " : "what is here", reading.bytes, STR(label),
			   who);
	return false;
}

static bool is_wide(struct str name)
{
	if (name.len < 6)
		return false;
	name.len = 6;
	return str_equal_fold(name, S("UTF-16")) || str_equal_fold(name, S("UTF-32"));
}

static bool refuse_nul(const struct source *source, const struct survey *survey, struct diag *diag)
{
	struct reading reading = read_as(source, "UTF-8"); /* for its place */
	struct pos pos = { source->name, 0, 0 };
	if (strcmp(reading.bytes, "00") == 0)
		pos = source_pos(source, reading.fault);
	const char *guess = !survey->head[0] && survey->head[1]   ? "UTF-16BE"
			    : survey->head[0] && !survey->head[1] ? "UTF-16LE"
								  : NULL;
	if (guess)
		diag_error(diag, pos,
			   "has NUL bytes and looks like %s without a byte order mark; save the "
			   "file as UTF-8, or set 'encoding.%s' in shop.csv to '%s'",
			   guess, source_short_name(source->name), guess);
	else
		diag_error(
			diag, pos,
			"has NUL bytes, which no text has; export the file again as CSV in UTF-8");
	return false;
}

/* Nothing decides: shows how the first changed cell reads in each encoding that is possible. */
static void show_candidates(const struct source *source, const char *tried, const char *country,
			    struct diag *diag)
{
	struct reading broken = read_as(source, "UTF-8");
	if (cannot_read(source, &broken, diag))
		return;
	struct buf previews = BUF_INIT;
	size_t shown = 0;
	for (size_t i = 0; i < sizeof candidates / sizeof *candidates && shown < PREVIEWS; i++) {
		struct reading reading = read_as(source, candidates[i]);
		if (!reading.strict || !reading.cell_changed)
			continue;
		buf_addf(&previews, "%s'%.*s' in %s",
			 shown++ ? ", " : "; its first such cell would read ",
			 (int)reading.cell_len, reading.cell, shown_name(candidates[i]));
	}
	diag_error(diag, source_pos(source, broken.fault),
		   "the file is neither UTF-8 nor %s, which is usual in %s%.*s; save it as UTF-8, "
		   "or name its encoding as 'encoding.%s' in shop.csv",
		   shown_name(tried), *country ? country : "most countries",
		   STR(buf_str(&previews)), source_short_name(source->name));
	buf_release(&previews);
}

static bool assume_usual(struct source *source, const char *country, struct diag *diag)
{
	const struct usual *here = usual_in(country);
	const char *converter = here->converter;
	struct reading reading = read_as(source, converter);
	if (!reading.strict && reading.why == EILSEQ && here->otherwise)
		reading = read_as(source, converter = here->otherwise);
	if (reading.strict) {
		set_converter(source, converter);
		diag_note(diag, source_pos(source, reading.changed),
			  "not UTF-8, so read as %s, which is usual in %s; the first cell it "
			  "changed is '%.*s'; if that is wrong, set 'encoding.%s' in shop.csv",
			  shown_name(converter), *country ? country : "most countries",
			  (int)reading.cell_len, reading.cell, source_short_name(source->name));
		return true;
	}
	if (!cannot_read(source, &reading, diag))
		show_candidates(source, here->converter, country, diag);
	return false;
}

static bool obey_declared(struct source *source, struct str name, struct pos pos, bool for_all,
			  struct diag *diag)
{
	char converter[sizeof source->converter] = "", who[128];
	if (name.len < sizeof converter)
		memcpy(converter, name.text, name.len);
	struct decoder *decoder = decoder_open(converter);
	if (!decoder) {
		diag_error(diag, pos,
			   "there is no encoding '%.*s'; names such as UTF-8, GB18030, Shift_JIS "
			   "or windows-1251 are understood",
			   STR(name));
		return false;
	}
	decoder_close(decoder);
	snprintf(who, sizeof who, "'encoding%s%.80s' in shop.csv", for_all ? "" : ".",
		 for_all ? "" : source_short_name(source->name));
	return obey(source, converter, name, who, diag);
}

static const struct mark *mark_of(const struct survey *survey)
{
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (survey->size >= (int64_t)marks[i].len &&
		    memcmp(survey->head, marks[i].bytes, marks[i].len) == 0)
			return &marks[i];
	return NULL;
}

static bool settle(struct source *source, const struct table_options *options,
		   const struct survey *survey, struct diag *diag)
{
	const struct mark *mark = mark_of(survey);
	if (mark) {
		source->bom = mark->len;
		const char *name = shown_name(mark->converter);
		if (mark->converter || !survey->utf8)
			return obey(source, mark->converter ? mark->converter : "UTF-8",
				    str_of(name), "its byte order mark", diag);
		return !survey->nul || refuse_nul(source, survey, diag);
	}
	const struct setting *setting = setting_for(options, "encoding", source->name);
	struct str declared = setting ? setting->value : options->encoding;
	struct pos pos = setting ? setting->pos : (struct pos){ source->name, 0, 0 };
	const char *country = options->country;
	struct shop_words words;
	if (!declared.len && !*country && !survey->utf8 && shop_words_read(source, &words)) {
		declared = str_of(words.encoding);
		country = words.country;
	}
	if (survey->utf8 && !(survey->nul && is_wide(declared)))
		return !survey->nul || refuse_nul(source, survey, diag);
	if (declared.len)
		return obey_declared(source, declared, pos, !setting, diag);
	if (survey->nul)
		return refuse_nul(source, survey, diag);
	return assume_usual(source, country, diag);
}

bool encoding_settle(struct source *source, const struct table_options *options,
		     const struct survey *survey, struct diag *diag)
{
	source->converter[0] = 0;
	source->bom = 0;
	source->ascii = survey->ascii;
	return settle(source, options, survey, diag);
}
