/* SPDX-License-Identifier: MIT */
/* A list under a lock; sorted and shown with its source lines only when it is printed. */
#include "base/diag.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"

/* Beyond this many of one severity they are only counted: a broken file can have millions. */
enum { KEEP_MAX = 10000, EXCERPT_MAX = 160 };

struct item {
	struct pos pos;
	enum severity severity;
	struct str text;
	uint64_t seen; /* hash of place and text, to drop doubles */
};

struct diag {
	pthread_mutex_t lock;
	struct arena arena;
	struct str folder;
	struct item *items;
	size_t count;
	size_t room;
	size_t found[3]; /* by severity, doubles included only once */
	uint64_t *seen;	 /* open addressing, 0 is free; made with the first diagnostic */
	size_t seen_room;
	bool sorted;
};

struct diag *diag_new(const char *folder)
{
	struct diag *diag = calloc(1, sizeof *diag);
	if (!diag)
		arena_exhausted();
	pthread_mutex_init(&diag->lock, NULL);
	arena_init(&diag->arena);
	diag->folder = str_copy(&diag->arena, str_of(folder));
	return diag;
}

void diag_free(struct diag *diag)
{
	if (!diag)
		return;
	pthread_mutex_destroy(&diag->lock);
	arena_release(&diag->arena);
	free(diag->items);
	free(diag);
}

/* Was the very same diagnostic reported before? Remembers it while there is room. */
static bool seen_before(struct diag *diag, uint64_t hash)
{
	if (!diag->seen) {
		diag->seen_room = (size_t)KEEP_MAX * 4;
		diag->seen = arena_array(&diag->arena, diag->seen_room, sizeof *diag->seen);
	}
	if (!hash)
		hash = 1;
	for (size_t i = 0; i < 64; i++) {
		uint64_t *slot = &diag->seen[(hash + i) % diag->seen_room];
		if (*slot == hash)
			return true;
		if (!*slot) {
			*slot = hash;
			return false;
		}
	}
	return false;
}

static void add(struct diag *diag, enum severity severity, struct pos pos, const char *format,
		va_list args)
{
	char text[2048];
	int len = vsnprintf(text, sizeof text, format, args);
	if (len < 0)
		return;
	if ((size_t)len >= sizeof text)
		len = sizeof text - 1;
	struct str message = { text, (size_t)len };
	uint64_t hash = hash_str(str_of(pos.file), hash_number((uint64_t)pos.line << 32 | pos.column, 0));

	pthread_mutex_lock(&diag->lock);
	if (!seen_before(diag, hash_str(message, hash)) && diag->found[severity]++ < KEEP_MAX) {
		if (diag->count == diag->room) {
			diag->room = diag->room ? diag->room * 2 : 64;
			diag->items = realloc(diag->items, diag->room * sizeof *diag->items);
			if (!diag->items)
				arena_exhausted();
		}
		if (pos.file) /* the text it comes from may be gone when this is printed */
			pos.file = str_copy(&diag->arena, str_of(pos.file)).text;
		diag->items[diag->count++] = (struct item){
			pos, severity, str_copy(&diag->arena, message), hash
		};
		diag->sorted = false;
	}
	pthread_mutex_unlock(&diag->lock);
}

#define REPORT(severity)                                 \
	do {                                             \
		va_list args;                            \
		va_start(args, format);                  \
		add(diag, (severity), pos, format, args); \
		va_end(args);                            \
	} while (0)

void diag_error(struct diag *diag, struct pos pos, const char *format, ...)
{
	REPORT(DIAG_ERROR);
}

void diag_warning(struct diag *diag, struct pos pos, const char *format, ...)
{
	REPORT(DIAG_WARNING);
}

void diag_note(struct diag *diag, struct pos pos, const char *format, ...)
{
	REPORT(DIAG_NOTE);
}

static size_t found(struct diag *diag, enum severity severity)
{
	pthread_mutex_lock(&diag->lock);
	size_t count = diag->found[severity];
	pthread_mutex_unlock(&diag->lock);
	return count;
}

size_t diag_errors(struct diag *diag)
{
	return found(diag, DIAG_ERROR);
}

size_t diag_warnings(struct diag *diag)
{
	return found(diag, DIAG_WARNING);
}

static int by_place(const void *left, const void *right)
{
	const struct item *a = left, *b = right;
	if ((a->severity == DIAG_NOTE) != (b->severity == DIAG_NOTE))
		return a->severity == DIAG_NOTE ? -1 : 1;
	int order = str_compare(str_of(a->pos.file), str_of(b->pos.file));
	if (order)
		return order;
	if (a->pos.line != b->pos.line)
		return a->pos.line < b->pos.line ? -1 : 1;
	if (a->pos.column != b->pos.column)
		return a->pos.column < b->pos.column ? -1 : 1;
	return str_compare(a->text, b->text);
}

static void sort(struct diag *diag)
{
	if (!diag->sorted && diag->count)
		qsort(diag->items, diag->count, sizeof *diag->items, by_place);
	diag->sorted = true;
}

/* Shows the line and a caret; long lines are cut around the place. */
static void excerpt(struct buf *out, struct str line, uint32_t column)
{
	size_t at = 0;
	for (uint32_t c = 1; c < column && at < line.len; c++)
		str_code_point(line, &at);
	size_t from = 0;
	if (at > EXCERPT_MAX / 2)
		for (from = at - EXCERPT_MAX / 2; from < at && (line.text[from] & 0xC0) == 0x80;)
			from++;
	size_t end = from;
	while (end < line.len && end - from < EXCERPT_MAX)
		str_code_point(line, &end);
	buf_add(out, S("  "));
	buf_add(out, str_sub(line, from, end - from));
	buf_add(out, S("\n  "));
	for (size_t i = from; i < at;) {
		bool tab = line.text[i] == '\t';
		str_code_point(line, &i);
		buf_byte(out, tab ? '\t' : ' ');
	}
	buf_add(out, S("^\n"));
}

/* The wanted lines of one file are read in one pass, since its items are sorted by line. */
struct source {
	const char *file;
	struct file_reader *reader;
	uint32_t line;
	struct buf text;
};

static void source_close(struct source *source)
{
	file_reader_close(source->reader);
	source->reader = NULL;
}

static bool source_line(struct diag *diag, struct source *source, struct pos pos, struct str *line)
{
	if (!pos.file)
		return false;
	if (!source->file || strcmp(source->file, pos.file) != 0 || source->line > pos.line) {
		source_close(source);
		struct str path = pos.file[0] == '/' ?
					  str_of(pos.file) :
					  str_format(&diag->arena, "%.*s/%s", STR(diag->folder), pos.file);
		source->file = pos.file;
		source->line = 0;
		source->reader = file_reader_open(path.text);
	}
	while (source->reader && source->line < pos.line) {
		if (!file_reader_line(source->reader, &source->text))
			return false;
		source->line++;
	}
	*line = buf_str(&source->text);
	return source->reader && str_is_utf8(*line) && line->len > 0;
}

/* One diagnostic, and the line it is about. */
static void add_item(struct diag *diag, struct buf *out, struct source *source,
		     const struct item *item)
{
	static const char *const names[] = { "note", "warning", "error" };
	struct str line;
	if (item->pos.file)
		buf_addf(out, "%s:", item->pos.file);
	else
		buf_add(out, S("upfront:"));
	if (item->pos.line)
		buf_addf(out, "%u:", item->pos.line);
	if (item->pos.line && item->pos.column)
		buf_addf(out, "%u:", item->pos.column);
	buf_addf(out, " %s: %.*s\n", names[item->severity], STR(item->text));
	if (item->pos.line && item->pos.column && source_line(diag, source, item->pos, &line))
		excerpt(out, line, item->pos.column);
}

/* How many places of a list of `cap` the errors leave: a list that is cut keeps them first. */
static size_t left_by_errors(const struct diag *diag, size_t cap)
{
	size_t errors = 0;
	for (size_t i = 0; i < diag->count; i++)
		errors += diag->items[i].severity == DIAG_ERROR;
	return errors < cap ? cap - errors : 0;
}

void diag_print(struct diag *diag, struct buf *out, size_t cap)
{
	struct source source = { 0 };
	pthread_mutex_lock(&diag->lock);
	sort(diag);
	size_t others = left_by_errors(diag, cap), shown = 0;
	for (size_t i = 0; i < diag->count && shown < cap; i++) {
		const struct item *item = &diag->items[i];
		bool other = item->severity != DIAG_ERROR;
		if (other && !others)
			continue;
		others -= other;
		shown++;
		add_item(diag, out, &source, item);
	}
	size_t total = diag->found[DIAG_NOTE] + diag->found[DIAG_WARNING] + diag->found[DIAG_ERROR];
	if (total > shown)
		buf_addf(out, "upfront: and %zu more\n", total - shown);
	source_close(&source);
	buf_release(&source.text);
	pthread_mutex_unlock(&diag->lock);
}

bool diag_get(struct diag *diag, size_t index, struct pos *pos, enum severity *severity,
	      struct str *text)
{
	pthread_mutex_lock(&diag->lock);
	sort(diag);
	bool there = index < diag->count;
	if (there) {
		*pos = diag->items[index].pos;
		*severity = diag->items[index].severity;
		*text = diag->items[index].text;
	}
	pthread_mutex_unlock(&diag->lock);
	return there;
}
