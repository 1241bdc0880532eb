/* SPDX-License-Identifier: MIT */
/* Places in text, and what shop.csv says about one file. */
#include "table/source.h"

#include <string.h>

void place_advance(struct place *place, struct str text)
{
	for (size_t at = 0; at < text.len;) {
		size_t end = at;
		while (end < text.len && text.text[end] != '\n' && text.text[end] != '\r')
			end++;
		place_pass(place, text.text + at, end - at);
		if (end < text.len)
			place_line_end(place, text.text[end++]);
		at = end;
	}
}

struct pos source_pos(const struct source *source, struct place place)
{
	return (struct pos){ source->name, place.line, place.column };
}

struct str source_quote(struct str text)
{
	enum { QUOTE_MAX = 60 };
	size_t len = text.len;
	if (len > QUOTE_MAX)
		for (len = QUOTE_MAX; len > 0 && (text.text[len] & 0xC0) == 0x80;)
			len--;
	return str_sub(text, 0, len);
}

const char *source_short_name(const char *name)
{
	static const char folder[] = "content/";
	return strncmp(name, folder, sizeof folder - 1) == 0 ? name + sizeof folder - 1 : name;
}

static bool names_file(struct str key, struct str what, struct str file)
{
	return key.len == what.len + 1 + file.len &&
	       str_equal_fold(str_sub(key, 0, what.len), what) && key.text[what.len] == '.' &&
	       str_equal_fold(str_sub(key, what.len + 1, file.len), file);
}

const struct setting *setting_for(const struct table_options *options, const char *what,
				  const char *name)
{
	struct str file = str_of(source_short_name(name));
	const char *slash = strrchr(name, '/');
	struct str base = str_of(slash ? slash + 1 : name);
	for (size_t i = 0; i < options->setting_count; i++) {
		struct str key = options->settings[i].key;
		if (names_file(key, str_of(what), file) || names_file(key, str_of(what), base))
			return &options->settings[i];
	}
	return NULL;
}
