/* SPDX-License-Identifier: MIT */
/* The lines of shop.csv in, two of its values out; any usual separator may stand between. */
#include "table/shop_words.h"

#include <string.h>

#include "base/buf.h"
#include "base/file.h"

/* The next cell of a line that has neither quoted separators nor several lines. */
static struct str next_cell(struct str *rest)
{
	size_t end = 0;
	while (end < rest->len && !strchr(",;\t|", rest->text[end]))
		end++;
	struct str cell = str_trim(str_sub(*rest, 0, end));
	*rest = str_sub(*rest, end + 1, rest->len);
	if (cell.len >= 2 && cell.text[0] == '"' && cell.text[cell.len - 1] == '"')
		cell = str_trim(str_sub(cell, 1, cell.len - 2));
	return cell;
}

static void take_line(struct shop_words *words, struct str line)
{
	struct str key = next_cell(&line), value = next_cell(&line);
	bool own = str_equal_fold(key, S("encoding.shop.csv"));
	if ((own || str_equal_fold(key, S("encoding"))) && value.len < sizeof words->encoding &&
	    (own || !words->encoding[0])) {
		memcpy(words->encoding, value.text, value.len);
		words->encoding[value.len] = 0;
	}
	if (!str_equal_fold(key, S("country")) || value.len != 2)
		return;
	for (size_t i = 0; i < 2; i++)
		words->country[i] = (char)(value.text[i] & ~0x20);
	words->country[2] = 0;
}

bool shop_words_read(const struct source *source, struct shop_words *words)
{
	memset(words, 0, sizeof *words);
	const char *slash = strrchr(source->name, '/');
	if (strcmp(slash ? slash + 1 : source->name, "shop.csv") != 0)
		return false;
	struct file_reader *reader = file_reader_open(source->path);
	struct buf line = BUF_INIT;
	while (reader && file_reader_line(reader, &line))
		take_line(words, buf_str(&line));
	file_reader_close(reader);
	buf_release(&line);
	return words->encoding[0] || words->country[0];
}
