/* SPDX-License-Identifier: MIT */
/*
 * The file: a head of 64-bit numbers, the rows sorted by path, all words one after the other, each
 * with its length before it, and a hash over all of it at the end.
 */
#include "publish/shelf.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/map.h"
#include "base/threads.h"
#include "publish/wordlist.h"

/* Changes with the layout. */
#define MAGIC UINT64_C(0x31306c6873706675) /* "ufpshl01" */

enum { HEAD_NUMBERS = 4 };

/* A set of values, kept until it is handed on. */
struct set {
	uint64_t hash;
	struct str lines;
};

/* The set that an array of values was made into: it is the same array for all products of a class. */
struct seen {
	uint64_t hash;
};

struct shelf {
	pthread_mutex_t lock;
	struct arena arena;
	struct shelf_row *rows;
	size_t count, room;
	bool owns_rows;
	struct wordlist words; /* while it is filled */
	struct str all_words; /* of the file that was read */
	struct numbers by_path; /* of rows, by where their path stands among the words; while it is filled */
	struct map sets;      /* hash as bytes -> struct set */
	struct set **set_list;
	size_t set_count;
	struct map shared; /* place and length of an array of values -> struct seen */
	uint32_t pack;
};

void shelf_name_add(struct buf *out, const struct shelf_name *name)
{
	const struct str parts[] = { name->id,	     name->marketplace, name->site,
				     name->language, name->field,	name->listing };
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (i)
			buf_byte(out, '\t');
		char *to = buf_grow(out, parts[i].len);
		for (size_t c = 0; c < parts[i].len; c++)
			to[c] = (unsigned char)parts[i].text[c] < ' ' ? ' ' : parts[i].text[c];
		out->len += parts[i].len;
	}
}

bool shelf_name_parse(struct str line, struct shelf_name *name)
{
	struct str *const parts[] = { &name->id,       &name->marketplace, &name->site,
				      &name->language, &name->field,	   &name->listing };
	enum { PARTS = sizeof parts / sizeof *parts };
	for (size_t i = 0; i < PARTS; i++) {
		size_t len = str_index(line, '\t');
		*parts[i] = str_sub(line, 0, len);
		if ((len == line.len) != (i + 1 == PARTS))
			return false;
		line = str_sub(line, len + 1, line.len);
	}
	return true;
}

uint64_t shelf_key(const struct shelf_name *name)
{
	char text[256];
	struct buf line = { text, 0, sizeof text };
	size_t len = name->id.len + name->marketplace.len + name->site.len + name->language.len +
		     name->field.len + name->listing.len;
	bool small = len + 16 < sizeof text; /* most are: no memory is asked for */
	if (!small)
		buf_init(&line);
	shelf_name_add(&line, name);
	uint64_t key = hash_str(buf_str(&line), 0);
	if (!small)
		buf_release(&line);
	return key ? key : 1;
}

struct shelf *shelf_new(void)
{
	struct shelf *shelf = calloc(1, sizeof *shelf);
	if (!shelf)
		arena_exhausted();
	threads_lock_init(&shelf->lock);
	arena_init(&shelf->arena);
	shelf->sets.arena = shelf->shared.arena = &shelf->arena;
	shelf->owns_rows = true;
	return shelf;
}

void shelf_free(struct shelf *shelf)
{
	if (!shelf)
		return;
	pthread_mutex_destroy(&shelf->lock);
	if (shelf->owns_rows)
		free(shelf->rows);
	wordlist_release(&shelf->words);
	numbers_release(&shelf->by_path);
	arena_release(&shelf->arena);
	free(shelf);
}

static void add_plain(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		buf_byte(out, (unsigned char)text.text[i] < ' ' ? ' ' : text.text[i]);
}

static uint64_t add_set(struct shelf *shelf, struct str lines)
{
	uint64_t hash = hash_str(lines, 0);
	struct str key = { (const char *)&hash, sizeof hash };
	hash = hash ? hash : 1;
	if (map_find(&shelf->sets, key))
		return hash;
	struct set *set = arena_new(&shelf->arena, sizeof *set);
	*set = (struct set){ hash, str_copy(&shelf->arena, lines) };
	*map_put(&shelf->sets, str_copy(&shelf->arena, key)) = set;
	shelf->set_list = arena_push(&shelf->arena, shelf->set_list, &shelf->set_count,
				     sizeof *shelf->set_list);
	shelf->set_list[shelf->set_count - 1] = set;
	return hash;
}

static uint64_t note_values(struct shelf *shelf, struct snippet_values values)
{
	struct buf lines = BUF_INIT;
	if (!values.count)
		return 0;
	for (size_t i = 0; i < values.count; i++) {
		const struct snippet_value *value = &values.items[i];
		add_plain(&lines, value->name);
		buf_byte(&lines, '\t');
		add_plain(&lines, value->value);
		buf_byte(&lines, '\t');
		if (value->pos.file)
			buf_addf(&lines, value->pos.line ? "%s:%u" : "%s", value->pos.file,
				 value->pos.line);
		buf_byte(&lines, '\n');
	}
	uint64_t hash = add_set(shelf, buf_str(&lines));
	buf_release(&lines);
	return hash;
}

uint64_t shelf_set(struct shelf *shelf, struct snippet_values values)
{
	pthread_mutex_lock(&shelf->lock);
	uint64_t set = note_values(shelf, values);
	pthread_mutex_unlock(&shelf->lock);
	return set;
}

/* The shared values of a class are put together once, not for each of its listings. */
static uint64_t note_shared(struct shelf *shelf, struct snippet_values values)
{
	struct str key = { (const char *)&values, sizeof values };
	if (!values.count)
		return 0;
	struct seen *seen = map_find(&shelf->shared, key);
	if (!seen) {
		seen = arena_new(&shelf->arena, sizeof *seen);
		seen->hash = note_values(shelf, values);
		*map_put(&shelf->shared, str_copy(&shelf->arena, key)) = seen;
	}
	return seen->hash;
}

/* The row whose path is this word; NULL when there is none. */
static struct shelf_row *find_row(const struct shelf *shelf, uint32_t path)
{
	uint32_t row;
	for (size_t i = hash_number(path, 0); numbers_at(&shelf->by_path, i, &row); i++)
		if (shelf->rows[row].path == path)
			return &shelf->rows[row];
	return NULL;
}

static void make_room_for_row(struct shelf *shelf)
{
	if (shelf->count == shelf->room) {
		shelf->room = shelf->room ? shelf->room * 2 : 256;
		shelf->rows = realloc(shelf->rows, shelf->room * sizeof *shelf->rows);
		if (!shelf->rows)
			arena_exhausted();
	}
	size_t again = numbers_grow(&shelf->by_path) ? shelf->count : 0;
	for (size_t i = 0; i < again; i++)
		numbers_put(&shelf->by_path, hash_number(shelf->rows[i].path, 0), (uint32_t)i);
}

static struct shelf_row *row_of_path(struct shelf *shelf, uint32_t path)
{
	struct shelf_row *row = find_row(shelf, path);
	if (row)
		return row;
	make_room_for_row(shelf);
	numbers_put(&shelf->by_path, hash_number(path, 0), (uint32_t)shelf->count);
	row = &shelf->rows[shelf->count++];
	*row = (struct shelf_row){ .path = path };
	return row;
}

void shelf_note(struct shelf *shelf, const struct snippet *snippet)
{
	const struct shelf_name name = { snippet->id,	    snippet->marketplace, snippet->site,
					 snippet->language, snippet->field,	  snippet->listing };
	uint64_t key = shelf_key(&name);
	pthread_mutex_lock(&shelf->lock);
	uint32_t path = wordlist_add(&shelf->words, snippet->path);
	struct shelf_row *row = row_of_path(shelf, path);
	*row = (struct shelf_row){
		.key = key,
		.text = snippet_is_shown(snippet) ? snippet->hash : 0,
		.shared = note_shared(shelf, snippet->shared),
		.own = snippet->own_set ? snippet->own_set : note_values(shelf, snippet->own),
		.id = wordlist_add(&shelf->words, snippet->id),
		.marketplace = wordlist_add(&shelf->words, snippet->marketplace),
		.site = wordlist_add(&shelf->words, snippet->site),
		.language = wordlist_add(&shelf->words, snippet->language),
		.field = wordlist_add(&shelf->words, snippet->field),
		.listing = wordlist_add(&shelf->words, snippet->listing),
		.title = wordlist_add(&shelf->words, snippet->title),
		.path = path,
		.unit = wordlist_add(&shelf->words, snippet->unit),
		.left_out = wordlist_add(&shelf->words, snippet->left_out),
		.withheld = wordlist_add(&shelf->words, snippet->withheld),
		.instead = wordlist_add(&shelf->words, snippet->instead),
		.count = (uint32_t)snippet->count,
		.limit = (uint32_t)snippet->limit,
		.size = (uint32_t)snippet->bytes.len,
		.line = snippet->pos.line,
	};
	pthread_mutex_unlock(&shelf->lock);
}

bool shelf_keep(struct shelf *shelf, const struct shelf *last, struct str path)
{
	const struct shelf_row *old = shelf_find(last, path);
	if (!old)
		return false;
	pthread_mutex_lock(&shelf->lock);
	uint32_t place = wordlist_add(&shelf->words, path);
	struct shelf_row *row = row_of_path(shelf, place);
	*row = *old;
	row->path = place;
	uint32_t *const words[] = { &row->id,	    &row->marketplace, &row->site, &row->language,
				    &row->field,    &row->listing,     &row->title, &row->unit,
				    &row->left_out, &row->withheld,    &row->instead };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		*words[i] = wordlist_add(&shelf->words, shelf_words(last, *words[i]));
	pthread_mutex_unlock(&shelf->lock);
	return true;
}

bool shelf_has(struct shelf *shelf, struct str path)
{
	pthread_mutex_lock(&shelf->lock);
	size_t word = wordlist_find(&shelf->words, path);
	bool there = word != SIZE_MAX && find_row(shelf, (uint32_t)word);
	pthread_mutex_unlock(&shelf->lock);
	return there;
}

/* A row by the first bytes of its path, behind what all paths begin with, as numbers that sort like them. */
struct sorted {
	uint64_t first[3];
	uint32_t row, path;
};

static int by_path(const void *left, const void *right, void *context)
{
	const struct shelf *shelf = context;
	const struct sorted *a = left, *b = right;
	for (size_t i = 0; i < sizeof a->first / sizeof *a->first; i++)
		if (a->first[i] != b->first[i])
			return a->first[i] < b->first[i] ? -1 : 1;
	return str_compare(shelf_words(shelf, a->path), shelf_words(shelf, b->path));
}

static void take_first(struct sorted *key, struct str path)
{
	for (size_t i = 0; i < sizeof key->first; i++) {
		uint64_t *first = &key->first[i / sizeof *key->first];
		*first = *first << 8 | (i < path.len ? (unsigned char)path.text[i] : 0);
	}
}

/* Bytes that are the same at the beginning of all paths: where listings lie. */
static size_t common_bytes(const struct shelf *shelf)
{
	static const char common[] = "listings/";
	for (size_t i = 0; i < shelf->count; i++)
		if (!str_starts(shelf_words(shelf, shelf->rows[i].path), common))
			return 0;
	return sizeof common - 1;
}

/* Small keys are sorted, and then each row is moved once. */
void shelf_sort(struct shelf *shelf)
{
	size_t common = common_bytes(shelf);
	if (!shelf->count)
		return;
	struct sorted *keys = calloc(shelf->count, sizeof *keys);
	struct shelf_row *rows = malloc(shelf->count * sizeof *rows);
	if (!keys || !rows)
		arena_exhausted();
	for (size_t i = 0; i < shelf->count; i++) {
		struct str path = shelf_words(shelf, shelf->rows[i].path);
		keys[i].row = (uint32_t)i;
		keys[i].path = shelf->rows[i].path;
		take_first(&keys[i], str_sub(path, common, path.len));
	}
	qsort_r(keys, shelf->count, sizeof *keys, by_path, shelf);
	for (size_t i = 0; i < shelf->count; i++)
		rows[i] = shelf->rows[keys[i].row];
	free(keys);
	free(shelf->rows);
	shelf->rows = rows;
	shelf->room = shelf->count;
}

void shelf_write(struct shelf *shelf, uint32_t pack, struct buf *out)
{
	size_t start = out->len;
	shelf->pack = pack;
	const uint64_t head[HEAD_NUMBERS] = { MAGIC, shelf->count, shelf->words.text.len, pack };
	buf_add(out, (struct str){ (const char *)head, sizeof head });
	buf_add(out, (struct str){ (const char *)shelf->rows, shelf->count * sizeof *shelf->rows });
	buf_add(out, buf_str(&shelf->words.text));
	uint64_t sum = hash_str(str_sub(buf_str(out), start, out->len), MAGIC);
	buf_add(out, (struct str){ (const char *)&sum, sizeof sum });
}

/* Do all numbers of words point at words? A damaged file is caught by its hash; this is for a wrong one. */
static bool is_sound(const struct shelf *shelf)
{
	for (size_t i = 0; i < shelf->count; i++) {
		const struct shelf_row *row = &shelf->rows[i];
		const uint32_t words[] = { row->id,	row->marketplace, row->site,	row->language,
					   row->field,	row->listing,	  row->title,	row->path,
					   row->unit,	row->left_out,	  row->withheld, row->instead };
		for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
			uint32_t len;
			if (words[w] > shelf->all_words.len ||
			    shelf->all_words.len - words[w] < sizeof len)
				return false;
			memcpy(&len, shelf->all_words.text + words[w], sizeof len);
			if (len > shelf->all_words.len - words[w] - sizeof len)
				return false;
		}
	}
	return true;
}

struct shelf *shelf_read(struct str bytes)
{
	uint64_t head[HEAD_NUMBERS], sum;
	if (bytes.len < sizeof head + sizeof sum)
		return NULL;
	size_t room = bytes.len - sizeof head - sizeof sum;
	memcpy(head, bytes.text, sizeof head);
	memcpy(&sum, bytes.text + bytes.len - sizeof sum, sizeof sum);
	if (head[0] != MAGIC || head[1] > room / sizeof(struct shelf_row) ||
	    head[1] * sizeof(struct shelf_row) + head[2] != room ||
	    sum != hash_str(str_sub(bytes, 0, bytes.len - sizeof sum), MAGIC))
		return NULL;
	struct shelf *shelf = shelf_new();
	shelf->owns_rows = false;
	/* the head is a multiple of eight bytes and so is a buffer's place in memory */
	shelf->rows = (void *)(uintptr_t)(bytes.text + sizeof head);
	shelf->count = (size_t)head[1];
	shelf->all_words = str_sub(bytes, sizeof head + shelf->count * sizeof *shelf->rows,
				   (size_t)head[2]);
	shelf->pack = (uint32_t)head[3];
	if (is_sound(shelf))
		return shelf;
	shelf_free(shelf);
	return NULL;
}

uint32_t shelf_pack(const struct shelf *shelf)
{
	return shelf ? shelf->pack : 0;
}

size_t shelf_count(const struct shelf *shelf)
{
	return shelf ? shelf->count : 0;
}

const struct shelf_row *shelf_row(const struct shelf *shelf, size_t index)
{
	return &shelf->rows[index];
}

struct str shelf_words(const struct shelf *shelf, uint32_t words)
{
	return word_at(shelf->all_words.text ? shelf->all_words : buf_str(&shelf->words.text), words);
}

struct shelf_name shelf_row_name(const struct shelf *shelf, const struct shelf_row *row)
{
	return (struct shelf_name){ shelf_words(shelf, row->id),
				    shelf_words(shelf, row->marketplace),
				    shelf_words(shelf, row->site),
				    shelf_words(shelf, row->language),
				    shelf_words(shelf, row->field),
				    shelf_words(shelf, row->listing) };
}

const struct shelf_row *shelf_find(const struct shelf *shelf, struct str path)
{
	size_t from = 0, to = shelf_count(shelf);
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		const struct shelf_row *row = &shelf->rows[middle];
		int order = str_compare(shelf_words(shelf, row->path), path);
		if (order == 0)
			return row;
		if (order < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return NULL;
}

static int by_hash(const void *left, const void *right)
{
	const struct set *a = *(struct set *const *)left, *b = *(struct set *const *)right;
	return a->hash < b->hash ? -1 : a->hash > b->hash;
}

void shelf_each_set(struct shelf *shelf,
		    void (*each)(void *context, uint64_t hash, struct str lines), void *context)
{
	if (shelf->set_count)
		qsort(shelf->set_list, shelf->set_count, sizeof *shelf->set_list, by_hash);
	for (size_t i = 0; i < shelf->set_count; i++)
		each(context, shelf->set_list[i]->hash, shelf->set_list[i]->lines);
}
