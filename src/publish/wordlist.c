/* SPDX-License-Identifier: MIT */
/* In: texts. Out: where they stand. An open table of places over the texts themselves. */
#include "publish/wordlist.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

bool numbers_grow(struct numbers *numbers)
{
	numbers->count++;
	if (numbers->count * 3 <= numbers->room * 2)
		return false;
	free(numbers->items);
	numbers->room = numbers->room ? numbers->room * 2 : 1024;
	numbers->items = calloc(numbers->room, sizeof *numbers->items);
	if (!numbers->items)
		arena_exhausted();
	return true;
}

void numbers_put(struct numbers *numbers, uint64_t hash, uint32_t number)
{
	size_t at = hash & (numbers->room - 1);
	while (numbers->items[at])
		at = (at + 1) & (numbers->room - 1);
	numbers->items[at] = number + 1;
}

bool numbers_at(const struct numbers *numbers, size_t place, uint32_t *number)
{
	if (!numbers->room || !numbers->items[place & (numbers->room - 1)])
		return false;
	*number = numbers->items[place & (numbers->room - 1)] - 1;
	return true;
}

void numbers_release(struct numbers *numbers)
{
	free(numbers->items);
	*numbers = (struct numbers){ .items = NULL };
}

struct str word_at(struct str text, uint32_t at)
{
	uint32_t len;
	memcpy(&len, text.text + at, sizeof len);
	return (struct str){ text.text + at + sizeof len, len };
}

static size_t find(const struct wordlist *list, struct str word, uint64_t hash)
{
	uint32_t at;
	for (size_t i = hash; numbers_at(&list->places, i, &at); i++)
		if (str_equal(word_at(buf_str(&list->text), at), word))
			return at;
	return SIZE_MAX;
}

size_t wordlist_find(const struct wordlist *list, struct str word)
{
	return find(list, word, hash_str(word, 0));
}

static void index_again(struct wordlist *list)
{
	struct str text = buf_str(&list->text);
	for (size_t at = 0; at < text.len;) {
		struct str word = word_at(text, (uint32_t)at);
		numbers_put(&list->places, hash_str(word, 0), (uint32_t)at);
		at += sizeof(uint32_t) + word.len;
	}
}

uint32_t wordlist_add(struct wordlist *list, struct str word)
{
	uint64_t hash = hash_str(word, 0);
	size_t known = find(list, word, hash);
	if (known != SIZE_MAX)
		return (uint32_t)known;
	if (numbers_grow(&list->places))
		index_again(list);
	uint32_t at = (uint32_t)list->text.len, len = (uint32_t)word.len;
	numbers_put(&list->places, hash, at);
	buf_add(&list->text, (struct str){ (const char *)&len, sizeof len });
	buf_add(&list->text, word);
	return at;
}

void wordlist_release(struct wordlist *list)
{
	buf_release(&list->text);
	numbers_release(&list->places);
}
