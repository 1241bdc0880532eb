/* SPDX-License-Identifier: MIT */
/* Ids become file names; a table over the names finds those that meet. */
#include "plan/slug.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "words/words.h"

enum { SLUG_MAX = 120 }; /* bytes; leaves room for the hash and an ending in 255 */

static bool all_ascii(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.text[i] >= 0x80)
			return false;
	return true;
}

static char ascii_slug(char c)
{
	if (c >= 'A' && c <= 'Z')
		return (char)(c + ('a' - 'A'));
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '-';
}

void slug_add(struct buf *out, struct arena *scratch, struct str id)
{
	if (all_ascii(id)) {
		char *at = buf_grow(out, id.len);
		for (size_t i = 0; i < id.len; i++)
			at[i] = ascii_slug(id.text[i]);
		out->len += id.len;
		return;
	}
	struct str folded = words_fold(scratch, id);
	for (size_t at = 0; at < folded.len;) {
		uint32_t c = str_code_point(folded, &at);
		if (c < 0x80)
			buf_byte(out, ascii_slug((char)c));
		else if (words_is_letter_or_digit(c))
			buf_code_point(out, c);
		else
			buf_byte(out, '-');
	}
}

static struct str name_of(const struct slugs *slugs, size_t index)
{
	const struct slug_entry *entry = &slugs->entries[index];
	return (struct str){ slugs->text.text + entry->start, entry->len };
}

static uint32_t *probe(const struct slugs *slugs, struct str name)
{
	size_t mask = slugs->table_room - 1;
	for (size_t at = hash_str(name, 0) & mask;; at = (at + 1) & mask) {
		uint32_t *slot = &slugs->table[at];
		if (!*slot || str_equal(name_of(slugs, *slot - 1), name))
			return slot;
	}
}

static void make_room(struct slugs *slugs)
{
	if (slugs->count == slugs->room) {
		slugs->room = slugs->room ? slugs->room + slugs->room / 2 : 256;
		slugs->entries = realloc(slugs->entries, slugs->room * sizeof *slugs->entries);
		if (!slugs->entries)
			arena_exhausted();
	}
	if ((slugs->count + 1) * 4 <= slugs->table_room * 3)
		return;
	free(slugs->table);
	slugs->table_room = slugs->table_room ? slugs->table_room * 2 : 512;
	slugs->table = calloc(slugs->table_room, sizeof *slugs->table);
	if (!slugs->table)
		arena_exhausted();
	for (size_t i = 0; i < slugs->count; i++) {
		uint32_t *slot = probe(slugs, name_of(slugs, i));
		if (!*slot)
			*slot = (uint32_t)i + 1;
	}
}

/* Enters the name that was just added to the text, from `start` on. */
static size_t enter(struct slugs *slugs, size_t start, uint64_t id_hash, uint32_t line, bool cut,
		    enum slug_meeting *meeting, size_t *other)
{
	size_t index = slugs->count++, len = slugs->text.len - start;
	slugs->entries[index] = (struct slug_entry){
		.id_hash = id_hash,
		.start = (uint32_t)start,
		.line = line,
		.len = (uint16_t)len,
		.hashed = cut || len == 0,
		.cut = cut,
	};
	uint32_t *slot = probe(slugs, name_of(slugs, index));
	*meeting = SLUG_ALONE;
	if (!*slot) {
		*slot = (uint32_t)index + 1;
		return index;
	}
	struct slug_entry *first = &slugs->entries[*slot - 1];
	*other = *slot - 1;
	*meeting = first->id_hash == slugs->entries[index].id_hash ? SLUG_SAME : SLUG_MET;
	if (*meeting == SLUG_MET) {
		first->hashed = slugs->entries[index].hashed = true;
		slugs->met++;
	}
	return index;
}

size_t slugs_add(struct slugs *slugs, struct arena *scratch, struct str id, uint32_t line,
		 enum slug_meeting *meeting, size_t *other)
{
	make_room(slugs);
	size_t start = slugs->text.len;
	slug_add(&slugs->text, scratch, id);
	size_t len = slugs->text.len - start;
	bool cut = len > SLUG_MAX;
	while (len > SLUG_MAX || (cut && len && (slugs->text.text[start + len] & 0xC0) == 0x80))
		len--;
	slugs->text.len = start + len;
	return enter(slugs, start, hash_str(id, 0), line, cut, meeting, other);
}

size_t slugs_add_known(struct slugs *slugs, struct str name, uint64_t id_hash, uint32_t line,
		       bool cut, enum slug_meeting *meeting, size_t *other)
{
	make_room(slugs);
	size_t start = slugs->text.len;
	buf_add(&slugs->text, name);
	return enter(slugs, start, id_hash, line, cut, meeting, other);
}

void slugs_show(const struct slugs *slugs, size_t index, struct buf *out)
{
	const struct slug_entry *entry = &slugs->entries[index];
	buf_add(out, name_of(slugs, index));
	if (entry->hashed)
		buf_addf(out, "-%08x", (unsigned)(entry->id_hash >> 32));
}

void slugs_settle(struct slugs *slugs)
{
	struct buf shown = BUF_INIT;
	bool moved = slugs->count > 0;
	while (moved) {
		moved = false;
		for (size_t i = 0; i < slugs->count; i++) {
			if (!slugs->entries[i].hashed)
				continue;
			buf_reset(&shown);
			slugs_show(slugs, i, &shown);
			uint32_t slot = *probe(slugs, buf_str(&shown));
			if (!slot || slugs->entries[slot - 1].hashed)
				continue;
			moved = slugs->entries[slot - 1].hashed = true;
			slugs->met++;
		}
	}
	buf_release(&shown);
}

bool slugs_hold(const struct slugs *slugs, struct str shown)
{
	uint32_t slot = slugs->count ? *probe(slugs, shown) : 0;
	if (slot && !slugs->entries[slot - 1].hashed)
		return true;
	if (shown.len < SLUG_HASH_LEN || shown.text[shown.len - SLUG_HASH_LEN] != '-')
		return false;
	struct buf name = BUF_INIT;
	bool found = false;
	for (size_t i = 0; i < slugs->count && !found; i++) {
		if (!slugs->entries[i].hashed ||
		    slugs->entries[i].len + (size_t)SLUG_HASH_LEN != shown.len)
			continue;
		buf_reset(&name);
		slugs_show(slugs, i, &name);
		found = str_equal(buf_str(&name), shown);
	}
	buf_release(&name);
	return found;
}

void slugs_release(struct slugs *slugs)
{
	free(slugs->entries);
	free(slugs->table);
	buf_release(&slugs->text);
	memset(slugs, 0, sizeof *slugs);
}
