/* SPDX-License-Identifier: MIT */
/* The texts of one language in, their readable pieces out. */
#include "review/inside.h"

#include <string.h>

#include "base/file.h"

enum { TEXT_MAX = 64 * 1024, DEPTH_MAX = 64 };

const char *const folder_names[FOLDERS] = { "policy", "faq", "messages" };

static void add(struct library *library, struct arena *arena, struct written written)
{
	library->items = arena_push(arena, library->items, &library->count, sizeof written);
	library->items[library->count - 1] = written;
}

static void read_folder(struct library *library, struct arena *arena, const struct shop *shop,
			int folder)
{
	struct str tag = shop->languages[library->edition->language].tag;
	struct str path = str_format(arena, "content/%s/%.*s", folder_names[folder], STR(tag));
	struct str *names;
	size_t count;
	if (file_list(arena, str_format(arena, "%s/%.*s", shop->folder, STR(path)).text, &names,
		      &count) < 0)
		return;
	for (size_t i = 0; i < count; i++) {
		struct str file = str_format(arena, "%.*s/%.*s", STR(path), STR(names[i]));
		struct buf text = BUF_INIT;
		if (str_ends(names[i], ".md") &&
		    file_read(str_format(arena, "%s/%.*s", shop->folder, STR(file)).text, TEXT_MAX,
			      &text) == 0)
			add(library, arena,
			    (struct written){ str_sub(names[i], 0, names[i].len - 3), folder,
					      str_copy(arena, buf_str(&text)),
					      { file.text, 1, 1 } });
		buf_release(&text);
	}
}

void library_read(struct library *library, struct arena *arena, const struct shop *shop,
		  const struct edition *edition)
{
	*library = (struct library){ .edition = edition };
	library->by_name.arena = arena;
	for (int folder = 0; folder < FOLDERS; folder++)
		read_folder(library, arena, shop, folder);
	const struct messages *messages = &edition->messages;
	for (size_t i = 0; i < messages->count; i++)
		if (messages->items[i].pattern.len)
			add(library, arena,
			    (struct written){ messages->items[i].key, -1, messages->items[i].pattern,
					      messages->items[i].pos });
	for (size_t i = 0; i < library->count; i++)
		*map_put(&library->by_name, written_name(arena, &library->items[i])) =
			&library->items[i];
}

struct str written_name(struct arena *arena, const struct written *written)
{
	const char *folder = written->folder < 0 ? "text" : folder_names[written->folder];
	return str_format(arena, "%s/%.*s", folder, STR(written->id));
}

const struct written *library_find(const struct library *library, struct str name)
{
	return map_find(&library->by_name, name);
}

struct pos written_pos(const struct written *written, size_t at)
{
	struct pos pos = written->pos;
	for (size_t i = 0; i < at && i < written->source.len; i++) {
		if (written->source.text[i] == '\n') {
			pos.line++;
			pos.column = 1;
		} else if ((written->source.text[i] & 0xC0) != 0x80) {
			pos.column++;
		}
	}
	return pos;
}

/* The line that begins at `at`; `*next` is behind its end. */
static struct str line_at(struct str text, size_t at, size_t *next)
{
	struct str rest = str_sub(text, at, text.len);
	size_t len = str_index(rest, '\n');
	*next = at + len + (len < rest.len);
	return str_sub(rest, 0, len);
}

/* Behind the front matter; 0 when there is none. */
static size_t body_start(const struct written *written)
{
	size_t next;
	struct str text = written->source;
	if (written->folder < 0 || !str_is(str_trim(line_at(text, 0, &next)), "---"))
		return 0;
	while (next < text.len)
		if (str_is(str_trim(line_at(text, next, &next)), "---"))
			return next;
	return 0;
}

struct str written_front(const struct written *written, const char *key)
{
	size_t end = body_start(written), next;
	for (size_t at = 0; at < end; at = next) {
		struct str line = line_at(written->source, at, &next);
		size_t colon = str_index(line, ':');
		if (colon < line.len && str_is(str_trim(str_sub(line, 0, colon)), key))
			return str_trim(str_sub(line, colon + 1, line.len));
	}
	return S("");
}

/* --- the walk --- */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t skip_blanks(struct str text, size_t at)
{
	while (at < text.len && is_blank(text.text[at]))
		at++;
	return at;
}

static size_t walk_message(struct walker *walker, struct str text, size_t at, int depth);

/* Behind `name, plural` and the like: keys with their branches, up to the closing brace. */
static size_t walk_branches(struct walker *walker, struct str text, size_t at, int depth)
{
	while (at < text.len && text.text[at] != '}') {
		if (text.text[at] == '{')
			at = walk_message(walker, text, at + 1, depth + 1);
		at += at < text.len;
	}
	return at;
}

/* From behind a '{' to its '}'. */
static size_t walk_placeholder(struct walker *walker, struct str text, size_t at, int depth)
{
	size_t from = skip_blanks(text, at), end = from;
	while (end < text.len && text.text[end] != ',' && text.text[end] != '}' &&
	       text.text[end] != '{')
		end++;
	struct str name = str_trim(str_sub(text, from, end - from));
	if (end >= text.len || text.text[end] != ',') {
		walker->name(walker, name, S(""), from);
		return end;
	}
	size_t kind_at = skip_blanks(text, end + 1), kind_end = kind_at;
	while (kind_end < text.len && text.text[kind_end] != ',' && text.text[kind_end] != '}')
		kind_end++;
	walker->name(walker, name, str_trim(str_sub(text, kind_at, kind_end - kind_at)), from);
	if (kind_end < text.len && text.text[kind_end] == ',')
		return walk_branches(walker, text, kind_end + 1, depth);
	return kind_end;
}

/* Literal text and placeholders up to the end, or the '}' of the branch. */
static size_t walk_message(struct walker *walker, struct str text, size_t at, int depth)
{
	size_t from = at;
	while (at < text.len && !(depth && text.text[at] == '}')) {
		if (text.text[at] != '{' || depth >= DEPTH_MAX) {
			at++;
			continue;
		}
		if (at > from)
			walker->literal(walker, from, at);
		at = walk_placeholder(walker, text, at + 1, depth);
		at += at < text.len;
		from = at;
	}
	if (at > from)
		walker->literal(walker, from, at);
	return at;
}

static bool is_readable(struct str line)
{
	static const char *const keys[] = { "title:", "question:", "subject:", "short:" };
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (str_starts(line, keys[i]))
			return true;
	return false;
}

void written_walk(const struct written *written, struct walker *walker)
{
	size_t body = body_start(written), next;
	walker->written = written;
	walker->front = true;
	for (size_t at = 0; at < body; at = next) {
		struct str line = line_at(written->source, at, &next);
		if (is_readable(line))
			walk_message(walker, str_sub(written->source, 0, at + line.len),
				     at + str_index(line, ':') + 1, 0);
	}
	walker->front = false;
	walk_message(walker, written->source, body, 0);
}
