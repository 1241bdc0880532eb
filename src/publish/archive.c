/* SPDX-License-Identifier: MIT */
/*
 * In: texts by hash, and which stand where from this day on. Out: packs and days.csv. The one
 * idea: a pack says only what changed, so what stood at a place is what the newest pack up to that
 * day says that says anything about it.
 */
#include "publish/archive.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "publish/pack.h"
#include "shop/date.h"

#define DAYS_MAX ((size_t)16 * 1024 * 1024)

struct day {
	int32_t date;
	uint32_t pack; /* the last one then */
};

struct archive {
	struct arena arena;
	struct str memory; /* "out/.upfront" */
	struct day *days;
	size_t day_count;
	bool days_read, days_bad; /* bad: the file holds a line that is none of ours */
	struct pack **packs; /* by number less one; NULL: not opened yet */
	size_t pack_count;
	struct pack_writer *writer; /* NULL while nothing was added */
	uint64_t *known;	    /* open addressing: hashes of all texts; made on first use */
	size_t known_count, known_room;
	struct str trouble;
};

struct archive *archive_open(const char *memory)
{
	struct archive *archive = calloc(1, sizeof *archive);
	if (!archive)
		arena_exhausted();
	arena_init(&archive->arena);
	archive->memory = str_copy(&archive->arena, str_of(memory));
	return archive;
}

void archive_free(struct archive *archive)
{
	if (!archive)
		return;
	for (size_t i = 0; i < archive->pack_count; i++)
		pack_close(archive->packs[i]);
	pack_writer_free(archive->writer);
	free(archive->known);
	arena_release(&archive->arena);
	free(archive);
}

const char *archive_trouble(const struct archive *archive)
{
	return archive->trouble.len ? archive->trouble.text : archive->memory.text;
}

static struct str path_of(struct archive *archive, const char *name)
{
	return str_format(&archive->arena, "%.*s/archive/%s", STR(archive->memory), name);
}

/* "2026-11-22,17" */
static bool read_day(struct str line, struct day *day)
{
	size_t comma = str_index(line, ',');
	int64_t pack;
	if (!date_parse(str_sub(line, 0, comma), &day->date) ||
	    !str_number(str_sub(line, comma + 1, line.len), &pack) || pack > UINT32_MAX)
		return false;
	day->pack = (uint32_t)pack;
	return true;
}

static void read_days(struct archive *archive)
{
	struct buf text = BUF_INIT;
	struct day day;
	if (archive->days_read)
		return;
	archive->days_read = true;
	if (file_read(path_of(archive, "days.csv").text, DAYS_MAX, &text) == 0) {
		struct str rest = buf_str(&text);
		rest = str_sub(rest, str_index(rest, '\n') + 1, rest.len); /* the header */
		for (size_t len; rest.len; rest = str_sub(rest, len + 1, rest.len)) {
			len = str_index(rest, '\n');
			if (!read_day(str_trim(str_sub(rest, 0, len)), &day)) {
				archive->days_bad = true; /* it is not written over */
				continue;
			}
			archive->days = arena_push(&archive->arena, archive->days,
						   &archive->day_count, sizeof day);
			archive->days[archive->day_count - 1] = day;
		}
	}
	buf_release(&text);
	for (size_t i = 0; i < archive->day_count; i++)
		if (archive->days[i].pack > archive->pack_count)
			archive->pack_count = archive->days[i].pack;
	archive->packs = arena_array(&archive->arena, archive->pack_count, sizeof *archive->packs);
}

uint32_t archive_last_pack(struct archive *archive)
{
	read_days(archive);
	return archive->day_count ? archive->days[archive->day_count - 1].pack : 0;
}

static struct str pack_path(struct archive *archive, size_t number)
{
	return str_format(&archive->arena, "%.*s/archive/%04zu.pack", STR(archive->memory), number);
}

/* NULL with errno. */
static struct pack *get_pack(struct archive *archive, size_t number)
{
	struct pack **place = &archive->packs[number - 1];
	if (*place)
		return *place;
	struct str path = pack_path(archive, number);
	*place = pack_open(path.text);
	if (!*place)
		archive->trouble = path;
	return *place;
}

static void know(void *context, uint64_t hash)
{
	struct archive *archive = context;
	if ((archive->known_count + 1) * 3 > archive->known_room * 2) {
		uint64_t *old = archive->known;
		size_t room = archive->known_room;
		archive->known_room = room ? room * 2 : 1024;
		archive->known_count = 0;
		archive->known = calloc(archive->known_room, sizeof *archive->known);
		if (!archive->known)
			arena_exhausted();
		for (size_t i = 0; i < room; i++)
			if (old[i])
				know(archive, old[i]);
		free(old);
	}
	size_t at = hash & (archive->known_room - 1);
	while (archive->known[at] && archive->known[at] != hash)
		at = (at + 1) & (archive->known_room - 1);
	archive->known_count += !archive->known[at];
	archive->known[at] = hash;
}

static void know_all(struct archive *archive)
{
	read_days(archive);
	archive->known_room = 1024;
	archive->known = calloc(archive->known_room, sizeof *archive->known);
	if (!archive->known)
		arena_exhausted();
	for (size_t number = 1; number <= archive->pack_count; number++) {
		struct pack *pack = get_pack(archive, number);
		if (pack)
			pack_each(pack, know, archive);
	}
}

bool archive_has(struct archive *archive, uint64_t hash)
{
	if (!archive->known)
		know_all(archive);
	size_t at = hash & (archive->known_room - 1);
	while (archive->known[at] && archive->known[at] != hash)
		at = (at + 1) & (archive->known_room - 1);
	return archive->known[at] == hash;
}

static struct pack_writer *writer(struct archive *archive)
{
	if (!archive->writer)
		archive->writer = pack_writer_new();
	return archive->writer;
}

void archive_put(struct archive *archive, uint64_t hash, struct str bytes)
{
	pack_put(writer(archive), hash, bytes);
	know(archive, hash);
}

void archive_place(struct archive *archive, uint64_t place, uint64_t hash)
{
	pack_place(writer(archive), place, hash);
}

void archive_name(struct archive *archive, struct str name)
{
	pack_name(writer(archive), name);
}

static int write_days(struct archive *archive, int folder)
{
	struct buf text = BUF_INIT;
	buf_add(&text, S("date,pack\n"));
	for (size_t i = 0; i < archive->day_count; i++) {
		date_add(&text, archive->days[i].date);
		buf_addf(&text, ",%u\n", archive->days[i].pack);
	}
	int result = file_replace(folder, "days.csv", buf_str(&text));
	buf_release(&text);
	return result;
}

/* A second build for the same day takes the row of the first. */
static void add_day(struct archive *archive, int32_t date, uint32_t pack)
{
	if (!archive->day_count || archive->days[archive->day_count - 1].date != date)
		archive->days = arena_push(&archive->arena, archive->days, &archive->day_count,
					   sizeof *archive->days);
	archive->days[archive->day_count - 1] = (struct day){ date, pack };
}

/* What was written can be read from now on. */
static void take_up(struct archive *archive, size_t pack)
{
	struct pack **packs = arena_array(&archive->arena, pack, sizeof *packs);
	for (size_t i = 0; i < archive->pack_count && i < pack; i++)
		packs[i] = archive->packs[i];
	archive->packs = packs;
	archive->pack_count = pack;
	pack_writer_free(archive->writer);
	archive->writer = NULL;
}

static int open_folder(struct archive *archive)
{
	int memory = folder_open_path(archive->memory.text, true);
	int folder = memory < 0 ? -1 : folder_open(memory, "archive", true);
	int why = errno;
	folder_close(memory);
	errno = why;
	return folder;
}

int archive_close_day(struct archive *archive, int32_t date)
{
	uint32_t pack = archive_last_pack(archive);
	bool more = archive->writer && !pack_is_empty(archive->writer);
	archive->trouble = path_of(archive, "days.csv");
	if (archive->days_bad) {
		errno = EBADMSG;
		return -1;
	}
	if (!more && (!pack || archive->days[archive->day_count - 1].date == date))
		return 0;
	int folder = open_folder(archive), result = folder < 0 ? -1 : 0;
	if (result == 0 && more) {
		char name[24];
		snprintf(name, sizeof name, "%04u.pack", ++pack);
		folder_sweep(folder);
		result = pack_write(archive->writer, folder, name);
	}
	if (result == 0) {
		add_day(archive, date, pack);
		result = write_days(archive, folder);
	}
	if (result == 0 && more)
		take_up(archive, pack);
	int why = errno;
	folder_close(folder);
	errno = why;
	return result;
}

int archive_text(struct archive *archive, uint64_t hash, struct buf *bytes)
{
	read_days(archive);
	int why = ENOENT;
	for (size_t number = archive->pack_count; number > 0; number--) {
		struct pack *pack = get_pack(archive, number);
		if (pack && pack_text(pack, hash, bytes) == 0)
			return 0;
		if (errno == ENOENT && pack)
			continue;
		archive->trouble = pack_path(archive, number);
		why = errno;
	}
	errno = why;
	return -1;
}

int archive_on(struct archive *archive, uint64_t place, int32_t date, uint64_t *hash,
	       int32_t *built)
{
	const struct day *found = NULL;
	read_days(archive);
	for (size_t i = 0; i < archive->day_count; i++)
		if (archive->days[i].date <= date && (!found || archive->days[i].date >= found->date))
			found = &archive->days[i];
	if (!found) {
		errno = ENOENT;
		return -1;
	}
	*built = found->date;
	for (size_t number = found->pack; number > 0; number--) {
		struct pack *pack = get_pack(archive, number);
		if (!pack)
			return -1;
		if (pack_at(pack, place, hash))
			return *hash != 0;
	}
	return 0;
}

int archive_each_name(struct archive *archive, void (*each)(void *context, struct str name),
		      void *context)
{
	read_days(archive);
	for (size_t number = 1; number <= archive->pack_count; number++) {
		struct pack *pack = get_pack(archive, number);
		struct str lines;
		if (!pack || pack_names(pack, &lines) < 0)
			return -1;
		for (size_t len; lines.len; lines = str_sub(lines, len + 1, lines.len)) {
			len = str_index(lines, '\n');
			each(context, str_sub(lines, 0, len));
		}
	}
	return 0;
}
