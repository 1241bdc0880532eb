/* SPDX-License-Identifier: MIT */
/*
 * The file: a line for every name and value that any class read, an empty line, then a line for
 * every class: its key and the numbers of its lines, in hexadecimal.
 */
#include "output/reasons.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/map.h"

/* A class's reads, as numbers of lines. */
struct noted {
	uint64_t key;
	uint32_t *lines;
	size_t count;
	struct str reason; /* once asked for */
	bool asked;
};

struct reasons {
	pthread_mutex_t lock;
	struct arena arena;
	struct map line_numbers; /* line -> struct line */
	struct str *lines;
	size_t line_count;
	struct map classes; /* key -> struct noted */
	struct noted **order;
	size_t class_count;
	struct str last;
	struct str *old_lines; /* of the last build; read on first use */
	size_t old_line_count;
	struct map old_classes; /* key in hexadecimal -> the rest of its line */
	bool old_read;
};

struct line {
	uint32_t number;
};

enum { SHOWN_MAX = 3, KEY_DIGITS = 16 };

struct reasons *reasons_new(struct str last)
{
	struct reasons *reasons = calloc(1, sizeof *reasons);
	if (!reasons)
		arena_exhausted();
	pthread_mutex_init(&reasons->lock, NULL);
	arena_init(&reasons->arena);
	reasons->line_numbers.arena = reasons->classes.arena = &reasons->arena;
	reasons->old_classes.arena = &reasons->arena;
	reasons->last = last;
	return reasons;
}

void reasons_free(struct reasons *reasons)
{
	if (!reasons)
		return;
	pthread_mutex_destroy(&reasons->lock);
	arena_release(&reasons->arena);
	free(reasons);
}

bool reasons_noted(const struct reasons *reasons)
{
	return reasons->class_count > 0;
}

/* The line of a name and its value; tabs and line ends would break the file, so they become blanks. */
static struct str line_of(struct arena *arena, struct str name, struct str value)
{
	struct str line = str_format(arena, "%.*s\t%.*s", STR(name), STR(value));
	char *text = (char *)(uintptr_t)line.text;
	for (size_t i = name.len + 1; i < line.len; i++)
		if ((unsigned char)text[i] < ' ')
			text[i] = ' ';
	return line;
}

static uint32_t line_number(struct reasons *reasons, struct str line)
{
	void **place = map_put(&reasons->line_numbers, line);
	if (!*place) {
		struct line *found = arena_new(&reasons->arena, sizeof *found);
		found->number = (uint32_t)reasons->line_count;
		*place = found;
		reasons->lines = arena_push(&reasons->arena, reasons->lines, &reasons->line_count,
					    sizeof *reasons->lines);
		reasons->lines[found->number] = line;
	}
	return ((struct line *)*place)->number;
}

static struct str key_text(struct arena *arena, uint64_t key)
{
	return str_format(arena, "%016llx", (unsigned long long)key);
}

void reasons_note(struct reasons *reasons, uint64_t class_key, const struct reads *reads)
{
	struct arena scratch;
	arena_init(&scratch);
	pthread_mutex_lock(&reasons->lock);
	struct noted *noted = arena_new(&reasons->arena, sizeof *noted);
	noted->key = class_key;
	noted->lines = arena_array(&reasons->arena, reads->count, sizeof *noted->lines);
	for (size_t i = 0; i < reads->count; i++) {
		struct str line = line_of(&scratch, reads->items[i].name, reads->items[i].value);
		struct line *known = map_find(&reasons->line_numbers, line);
		noted->lines[noted->count++] =
			known ? known->number : line_number(reasons, str_copy(&reasons->arena, line));
	}
	struct str key = key_text(&reasons->arena, class_key);
	if (!map_find(&reasons->classes, key)) {
		*map_put(&reasons->classes, key) = noted;
		reasons->order = arena_push(&reasons->arena, reasons->order, &reasons->class_count,
					    sizeof *reasons->order);
		reasons->order[reasons->class_count - 1] = noted;
	}
	pthread_mutex_unlock(&reasons->lock);
	arena_release(&scratch);
}

static struct str next_line(struct str *rest)
{
	size_t len = str_index(*rest, '\n');
	struct str line = str_sub(*rest, 0, len);
	*rest = str_sub(*rest, len + 1, rest->len);
	return line;
}

/* Takes the last build's file apart: only when somebody asks. */
static void read_last(struct reasons *reasons)
{
	struct str rest = reasons->last, line;
	if (reasons->old_read)
		return;
	reasons->old_read = true;
	while (rest.len && (line = next_line(&rest)).len) {
		reasons->old_lines = arena_push(&reasons->arena, reasons->old_lines,
						&reasons->old_line_count, sizeof *reasons->old_lines);
		reasons->old_lines[reasons->old_line_count - 1] = line;
	}
	while (rest.len) {
		line = next_line(&rest);
		struct str *numbers = arena_new(&reasons->arena, sizeof *numbers);
		*numbers = str_sub(line, KEY_DIGITS, line.len);
		*map_put(&reasons->old_classes, str_sub(line, 0, KEY_DIGITS)) = numbers;
	}
}

static bool next_number(struct str *rest, uint32_t *number)
{
	struct str word;
	if (!str_next_word(rest, &word))
		return false;
	*number = 0;
	for (size_t i = 0; i < word.len; i++) {
		char c = word.text[i];
		*number = *number * 16 + (uint32_t)(c >= 'a' ? c - 'a' + 10 : c - '0');
	}
	return true;
}

static struct str name_of(struct str line)
{
	return str_sub(line, 0, str_index(line, '\t'));
}

static struct str value_of(struct str line)
{
	return str_sub(line, str_index(line, '\t') + 1, line.len);
}

/* Values of the class in the last build, by name. */
static bool old_values(struct reasons *reasons, uint64_t key, struct map *values)
{
	read_last(reasons);
	const struct str *numbers =
		map_find(&reasons->old_classes, key_text(&reasons->arena, key));
	if (!numbers)
		return false;
	struct str rest = *numbers;
	for (uint32_t number; next_number(&rest, &number);)
		if (number < reasons->old_line_count)
			*map_put(values, name_of(reasons->old_lines[number])) =
				&reasons->old_lines[number];
	return true;
}

static void tell_difference(struct buf *out, size_t index, struct str name, const struct str *before,
			    struct str value)
{
	if (index >= SHOWN_MAX)
		return;
	buf_addf(out, "%s%.*s: ", index ? "; " : "", STR(name));
	if (before)
		buf_addf(out, "%.*s, now %.*s", STR(value_of(*before)), STR(value));
	else
		buf_addf(out, "now %.*s", STR(value));
}

static struct str find_reason(struct reasons *reasons, const struct noted *noted)
{
	struct map old = { .arena = &reasons->arena };
	struct buf out = BUF_INIT;
	size_t differ = 0;
	if (!old_values(reasons, noted->key, &old))
		return S("");
	for (size_t i = 0; i < noted->count; i++) {
		struct str line = reasons->lines[noted->lines[i]], name = name_of(line);
		const struct str *before = map_find(&old, name);
		if (before && str_equal(value_of(*before), value_of(line)))
			continue;
		tell_difference(&out, differ++, name, before, value_of(line));
	}
	if (differ > SHOWN_MAX)
		buf_addf(&out, "; and %zu more", differ - SHOWN_MAX);
	struct str reason = str_copy(&reasons->arena, buf_str(&out));
	buf_release(&out);
	return reason;
}

struct str reasons_of_class(struct reasons *reasons, uint64_t class_key)
{
	pthread_mutex_lock(&reasons->lock);
	struct noted *noted =
		map_find(&reasons->classes, key_text(&reasons->arena, class_key));
	if (noted && !noted->asked) {
		noted->reason = find_reason(reasons, noted);
		noted->asked = true;
	}
	pthread_mutex_unlock(&reasons->lock);
	return noted ? noted->reason : S("");
}

static int by_key(const void *left, const void *right)
{
	const struct noted *a = *(struct noted *const *)left, *b = *(struct noted *const *)right;
	return a->key < b->key ? -1 : a->key > b->key;
}

/* Classes of the last build that nobody noted: their products were not looked at. */
static void keep_old(struct reasons *reasons)
{
	read_last(reasons);
	for (size_t i = 0; i < reasons->old_classes.room; i++) {
		const struct map_entry *entry = &reasons->old_classes.entries[i];
		if (!entry->value || map_find(&reasons->classes, entry->key))
			continue;
		struct noted *noted = arena_new(&reasons->arena, sizeof *noted);
		struct str rest = *(struct str *)entry->value;
		noted->lines =
			arena_array(&reasons->arena, rest.len / 2 + 1, sizeof *noted->lines);
		for (uint32_t number; next_number(&rest, &number);)
			if (number < reasons->old_line_count)
				noted->lines[noted->count++] =
					line_number(reasons, reasons->old_lines[number]);
		for (size_t c = 0; c < entry->key.len; c++) {
			char digit = entry->key.text[c];
			noted->key = noted->key * 16 +
				     (uint64_t)(digit >= 'a' ? digit - 'a' + 10 : digit - '0');
		}
		reasons->order = arena_push(&reasons->arena, reasons->order, &reasons->class_count,
					    sizeof *reasons->order);
		reasons->order[reasons->class_count - 1] = noted;
	}
}

void reasons_write(struct reasons *reasons, bool keep, struct buf *out)
{
	if (keep)
		keep_old(reasons);
	for (size_t i = 0; i < reasons->line_count; i++) {
		buf_add(out, reasons->lines[i]);
		buf_byte(out, '\n');
	}
	buf_byte(out, '\n');
	if (reasons->class_count)
		qsort(reasons->order, reasons->class_count, sizeof(struct noted *), by_key);
	for (size_t i = 0; i < reasons->class_count; i++) {
		const struct noted *noted = reasons->order[i];
		buf_addf(out, "%016llx", (unsigned long long)noted->key);
		for (size_t l = 0; l < noted->count; l++)
			buf_addf(out, " %x", noted->lines[l]);
		buf_byte(out, '\n');
	}
}
