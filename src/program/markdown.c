/* SPDX-License-Identifier: MIT */
/*
 * A Markdown file in, its front matter and its body as a program out. The block of `key: value`
 * lines on top is taken off, placeholders are cut out, and prose.c has the rest read by cmark.
 */
#include "program/markdown.h"

#include <errno.h>
#include <string.h>

#include "base/file.h"

/* --- front matter --- */

/* The line that begins at `at`, without its end; `*next` is behind the end. */
static struct str line_at(struct str text, size_t at, size_t *next)
{
	struct str rest = str_sub(text, at, text.len);
	size_t len = str_index(rest, '\n');
	*next = at + len + (len < rest.len);
	if (len && rest.text[len - 1] == '\r')
		len--;
	return str_sub(rest, 0, len);
}

static bool is_rule(struct str line)
{
	return str_is(str_trim(line), "---") && str_starts(line, "---");
}

/* Without the double quotes that YAML's writers are used to. */
static struct str unquoted(struct str text)
{
	if (text.len >= 2 && text.text[0] == '"' && text.text[text.len - 1] == '"')
		return str_sub(text, 1, text.len - 2);
	return text;
}

static const struct front_matter *front_find(const struct markdown *markdown, struct str key)
{
	for (size_t i = 0; i < markdown->front_count; i++)
		if (str_equal(markdown->front[i].key, key))
			return &markdown->front[i];
	return NULL;
}

/* Takes one line `key: value`. */
static void read_front_line(struct writing *writing, const struct passage *file, struct str line,
			    struct markdown *markdown)
{
	size_t at = (size_t)(line.text - file->text.text);
	size_t colon = str_index(line, ':');
	struct str key = str_trim(str_sub(line, 0, colon));
	struct str value = unquoted(str_trim(str_sub(line, colon + 1, line.len)));
	if (!str_trim(line).len || line.text[0] == '#')
		return;
	if (colon == line.len || !key.len) {
		fail(writing, file, at, "a line of the front matter is written 'key: value'");
		return;
	}
	if (front_find(markdown, key)) {
		fail(writing, file, at, "'%.*s' stands here twice", STR(key));
		return;
	}
	struct arena *arena = writing->compiler->arena;
	markdown->front =
		arena_push(arena, markdown->front, &markdown->front_count, sizeof *markdown->front);
	size_t value_at = value.len ? (size_t)(value.text - file->text.text) : at + line.len;
	markdown->front[markdown->front_count - 1] =
		(struct front_matter){ str_copy(arena, key), str_copy(arena, value),
				       passage_pos(file, value_at) };
}

/* Reads the front matter, if there is any; returns where the body begins. */
static size_t read_front(struct writing *writing, const struct passage *file,
			 struct markdown *markdown)
{
	size_t next;
	if (!is_rule(line_at(file->text, 0, &next)))
		return 0;
	for (size_t at = next; at < file->text.len; at = next) {
		struct str line = line_at(file->text, at, &next);
		if (is_rule(line))
			return next;
		read_front_line(writing, file, line, markdown);
	}
	fail(writing, file, 0, "the front matter is not closed; a line '---' ends it");
	return file->text.len;
}

/* --- placeholders --- */

static void add_cut(struct prose *prose, size_t from, size_t end)
{
	prose->cuts = arena_push(prose->writing->compiler->arena, prose->cuts, &prose->cut_count,
				 sizeof *prose->cuts);
	prose->cuts[prose->cut_count - 1] = (struct cut){ .from = from, .end = end, .at = prose->text.len };
	buf_code_point(&prose->text, CUT_FIRST + (uint32_t)prose->cut_count - 1);
}

static bool is_private(struct str text, size_t at)
{
	struct str four = str_sub(text, at, CUT_BYTES);
	return four.len == CUT_BYTES && four.text[0] == '\xF4' && (four.text[1] & '\xF0') == '\x80';
}

static void cut_placeholders(struct prose *prose)
{
	const struct passage *body = &prose->body;
	struct str text = body->text;
	for (size_t at = 0; at < text.len;) {
		size_t plain = at;
		while (at < text.len && !strchr("{}'\xF4", text.text[at]))
			at++;
		buf_add(&prose->text, str_sub(text, plain, at - plain));
		if (at == text.len)
			break;
		size_t end = message_begins(text, at) ? message_skip(text, at) : 0;
		if (end) {
			add_cut(prose, at, end);
			at = end;
			continue;
		}
		if (message_begins(text, at)) {
			fail(prose->writing, body, at, "this %s is not closed",
			     text.text[at] == '{' ? "'{'" : "quote before a brace");
			buf_add(&prose->text, str_sub(text, at, text.len));
			return;
		}
		if (text.text[at] == '}')
			fail(prose->writing, body, at,
			     "there is no '{' to this '}'; a brace itself is "
			     "written '}'");
		else if (is_private(text, at))
			fail(prose->writing, body, at,
			     "a private-use character cannot be shown; "
			     "write another");
		buf_byte(&prose->text, text.text[at++]);
	}
}

size_t prose_source(const struct prose *prose, size_t at)
{
	size_t moved = 0; /* by how much the body is ahead of what cmark reads */
	for (size_t i = 0; i < prose->cut_count && prose->cuts[i].at < at; i++)
		moved = prose->cuts[i].end - prose->cuts[i].at - CUT_BYTES;
	return at + moved;
}

static const struct program *compile_body(struct writing *writing, const struct passage *body,
					  bool lead)
{
	struct prose prose = { .writing = writing, .body = *body, .text = BUF_INIT, .lead = lead };
	cut_placeholders(&prose);
	prose_write(&prose);
	buf_release(&prose.text);
	return writing_end(writing, ESCAPE_TEXT);
}

/* The first paragraph once more, by itself: of a text that is known to be right. */
static const struct program *compile_lead(struct compiler *compiler, const struct passage *body)
{
	struct writing writing;
	writing_begin(&writing, compiler);
	return compile_body(&writing, body, true);
}

/* --- files --- */

static struct str base_name(struct str path)
{
	for (size_t slash; (slash = str_index(path, '/')) < path.len;)
		path = str_sub(path, slash + 1, path.len);
	return str_ends(path, ".md") ? str_sub(path, 0, path.len - 3) : path;
}

/* What the body of a file becomes. */
enum body { BODY_PROSE, BODY_LETTER };

/* Marks that a message would show as they are. */
static void refuse_marks(struct writing *writing, const struct passage *body)
{
	static const char *const marks[] = { "**", "](", "`", "\n#", "<br" };
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		const char *found = memmem(body->text.text, body->text.len, marks[i], strlen(marks[i]));
		if (found)
			fail(writing, body, (size_t)(found - body->text.text) + (marks[i][0] == '\n'),
			     "a message is plain text, and '%s' would be read as it stands; leave it out",
			     marks[i] + (marks[i][0] == '\n'));
	}
}

static const struct program *compile_letter(struct writing *writing, const struct passage *body)
{
	struct place place = { .escape = ESCAPE_NONE };
	refuse_marks(writing, body);
	message_write(writing, body, 0, body->text.len, &place);
	return writing_end(writing, ESCAPE_NONE);
}

static bool parse(struct compiler *compiler, const char *path, struct str text, enum body kind,
		  struct markdown *markdown)
{
	struct str own = str_copy(compiler->arena, str_of(path));
	struct pos pos = { own.text, 0, 0 };
	*markdown = (struct markdown){ .file = base_name(own) };
	if (text.len > MARKDOWN_MAX) {
		diag_error(compiler->diag, pos,
			   "a text is at most 64 KiB; split it into several files");
		return false;
	}
	if (!str_is_utf8(text) || str_index(text, 0) < text.len) {
		diag_error(compiler->diag, pos,
			   "a text is kept in UTF-8; save it in that encoding");
		return false;
	}
	struct passage file = { .text = text, .pos = { own.text, 1, 1 } };
	if (str_starts(text, "\xEF\xBB\xBF"))
		file.text = str_sub(text, 3, text.len);
	struct writing writing;
	writing_begin(&writing, compiler);
	if (kind == BODY_LETTER)
		markdown->source = file.text = str_copy(compiler->arena, file.text);
	size_t start = read_front(&writing, &file, markdown);
	struct passage body = { .text = str_sub(file.text, start, file.text.len),
				.pos = passage_pos(&file, start) };
	bool letter = kind == BODY_LETTER;
	markdown->body = letter ? compile_letter(&writing, &body) :
				  compile_body(&writing, &body, false);
	if (markdown->body && !letter)
		markdown->lead = compile_lead(compiler, &body);
	return markdown->body != NULL;
}

bool markdown_parse(struct compiler *compiler, const char *path, struct str text,
		    struct markdown *markdown)
{
	return parse(compiler, path, text, BODY_PROSE, markdown);
}

bool letter_parse(struct compiler *compiler, const char *path, struct str text,
		  struct markdown *letter)
{
	return parse(compiler, path, text, BODY_LETTER, letter);
}

static bool compile_file(struct compiler *compiler, const char *path, enum body kind,
			 struct markdown *markdown)
{
	struct buf text = BUF_INIT;
	struct str full = str_format(compiler->arena, "%s/%s", compiler->folder, path);
	struct pos pos = { str_copy(compiler->arena, str_of(path)).text, 0, 0 };
	bool good = false;
	*markdown = (struct markdown){ .file = base_name(str_of(pos.file)) };
	if (file_read(full.text, MARKDOWN_MAX, &text) == 0)
		good = parse(compiler, path, buf_str(&text), kind, markdown);
	else if (errno == EFBIG)
		diag_error(compiler->diag, pos,
			   "a text is at most 64 KiB; split it into several files");
	else
		diag_error(compiler->diag, pos, "cannot read the file: %s", strerror(errno));
	buf_release(&text);
	return good;
}

bool markdown_compile(struct compiler *compiler, const char *path, struct markdown *markdown)
{
	return compile_file(compiler, path, BODY_PROSE, markdown);
}

bool letter_compile(struct compiler *compiler, const char *path, struct markdown *letter)
{
	return compile_file(compiler, path, BODY_LETTER, letter);
}

struct pos letter_pos(const struct markdown *letter, const char *path, size_t index)
{
	struct passage file = { .text = letter->source, .pos = { path, 1, 1 } };
	return passage_pos(&file, index);
}

const struct program *markdown_front(struct compiler *compiler, const struct markdown *markdown,
				     const char *key, enum escape escape)
{
	const struct front_matter *front = front_find(markdown, str_of(key));
	return front ? message_compile(compiler, front->text, front->pos, escape) : NULL;
}
