/* SPDX-License-Identifier: MIT */
/*
 * All bytes of a file in, its hash and whether it is strict UTF-8 out. Works in blocks of one
 * fixed size, so that the hash does not depend on how the system hands the bytes over.
 */
#include "table/encoding.h"

#include <string.h>

#include "base/hash.h"

enum { BLOCK = 64 * 1024, CARRY = 3 };

static bool all_ascii(const char *text, size_t len)
{
	uint64_t bits = 0, word;
	size_t i = 0;
	for (; len - i >= sizeof word; i += sizeof word) {
		memcpy(&word, text + i, sizeof word);
		bits |= word;
	}
	for (; i < len; i++)
		bits |= (uint64_t)(unsigned char)text[i];
	return !(bits & 0x8080808080808080u);
}

/* Bytes at the end that begin a sequence which the next block may complete: 0 to 3. */
static size_t open_end(struct str text)
{
	for (size_t back = 1; back <= CARRY && back <= text.len; back++) {
		unsigned char c = (unsigned char)text.text[text.len - back];
		if ((c & 0xC0) == 0x80)
			continue;
		size_t need = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC0 ? 2 : 1;
		return need > back ? back : 0;
	}
	return 0;
}

/* Takes a block that stands behind the `*carried` bytes left over from the one before. */
static void look_at(struct survey *survey, char *block, size_t len, size_t *carried, bool last)
{
	survey->hash = hash_str((struct str){ block, len }, survey->hash);
	survey->nul = survey->nul || memchr(block, 0, len);
	survey->slash = survey->slash || memchr(block, '/', len);
	bool ascii = all_ascii(block, len);
	survey->ascii = survey->ascii && ascii;
	if (!survey->utf8 || (ascii && !*carried))
		return;
	struct str text = { block - *carried, len + *carried };
	size_t open = last ? 0 : open_end(text);
	survey->utf8 = str_is_utf8(str_sub(text, 0, text.len - open));
	memcpy(block - open, block + len - open, open);
	*carried = open;
}

int survey_file(const char *path, struct survey *survey)
{
	memset(survey, 0, sizeof *survey);
	survey->utf8 = survey->ascii = true;
	if (file_look(path, &survey->stat) < 0)
		return -1;
	struct file_reader *reader = file_reader_open(path);
	if (!reader)
		return -1;
	struct buf memory = BUF_INIT;
	char *block = buf_grow(&memory, CARRY + BLOCK) + CARRY;
	size_t filled = 0, carried = 0;
	struct str piece;
	int result;
	while ((result = file_reader_next(reader, &piece)) == 0 && piece.len) {
		survey->size += (int64_t)piece.len;
		while (piece.len) {
			struct str part = str_sub(piece, 0, BLOCK - filled);
			memcpy(block + filled, part.text, part.len);
			filled += part.len;
			piece = str_sub(piece, part.len, piece.len);
			if (survey->size == (int64_t)filled)
				memcpy(survey->head, block, filled < 4 ? filled : 4);
			if (filled == BLOCK) {
				look_at(survey, block, filled, &carried, false);
				filled = 0;
			}
		}
	}
	look_at(survey, block, filled, &carried, true);
	file_reader_close(reader);
	buf_release(&memory);
	return result;
}
