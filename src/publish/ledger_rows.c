/* SPDX-License-Identifier: MIT */
/* In: the bytes of a ledger. Out: its rows, or that it is not of our own making alone. */
#include "publish/ledger_rows.h"

#include <string.h>

#include "base/hash.h"
#include "shop/date.h"

enum { PARTS = 9, NAME_PARTS = 6, NAME_MAX = 1024 };

/* Can the line be taken byte by byte: no quotes, no control characters, UTF-8? */
static bool is_simple(struct str line)
{
	unsigned high = 0;
	for (size_t i = 0; i < line.len; i++) {
		unsigned char c = (unsigned char)line.text[i];
		if (c < ' ' || c == '"')
			return false;
		high |= c;
	}
	return high < 0x80 || str_is_utf8(line);
}

static bool split(struct str line, struct str *parts)
{
	for (size_t i = 0; i < PARTS; i++) {
		size_t len = str_index(line, ',');
		parts[i] = str_sub(line, 0, len);
		if ((len == line.len) != (i + 1 == PARTS))
			return false;
		if (len && (line.text[0] == ' ' || line.text[len - 1] == ' '))
			return false;
		line = str_sub(line, len + 1, line.len);
	}
	return true;
}

/* shelf_key of the name: the line up to the day, with tabs where it has commas. */
static uint64_t key_of(struct str line, const struct str *parts)
{
	char name[NAME_MAX];
	size_t len = (size_t)(parts[NAME_PARTS - 1].text + parts[NAME_PARTS - 1].len - line.text);
	if (len > sizeof name)
		return 0;
	memcpy(name, line.text, len);
	for (size_t i = 1; i < NAME_PARTS; i++)
		name[parts[i].text - line.text - 1] = '\t';
	uint64_t key = hash_str((struct str){ name, len }, 0);
	return key ? key : 1;
}

/* Could a spreadsheet have made it of a long number? */
static bool may_be_damaged(struct str listing)
{
	return memchr(listing.text, '+', listing.len) != NULL;
}

static bool read_values(struct str cell, struct ledger_row *row)
{
	size_t len = str_index(cell, ' ');
	struct str own = str_sub(cell, len + 1, cell.len);
	if (!cell.len)
		return true;
	return ledger_read_hash(str_sub(cell, 0, len), &row->shared) &&
	       (len == cell.len || ledger_read_hash(own, &row->own));
}

static bool read_line(struct str line, struct ledger_row *row)
{
	struct str parts[PARTS];
	if (!is_simple(line) || !split(line, parts) || !parts[1].len || may_be_damaged(parts[5]) ||
	    !date_parse(parts[6], &row->pasted) || !ledger_read_hash(parts[7], &row->text) ||
	    !read_values(parts[8], row))
		return false;
	row->key = key_of(line, parts);
	return row->key != 0;
}

bool ledger_rows_scan(struct str file, void (*add)(void *context, const struct ledger_row *row),
		      void *context)
{
	size_t at = str_index(file, '\n') + 1;
	for (uint32_t number = 2; at < file.len; number++) {
		size_t len = str_index(str_sub(file, at, file.len), '\n');
		struct ledger_row row = { .line = number, .offset = (int64_t)at };
		if (len == file.len - at || !read_line(str_sub(file, at, len), &row))
			return false;
		add(context, &row);
		at += len + 1;
	}
	return true;
}
