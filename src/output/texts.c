/* SPDX-License-Identifier: MIT */
/* Files of one language become messages, sections and questions, in the order a buyer wants. */
#include "output/texts.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "output/names.h"

/* A Markdown file of policy/ or faq/. */
struct text {
	struct str id;
	int64_t order;
	int64_t asked; /* of questions.csv */
	const struct program *head; /* title or question */
	const struct program *body;
	const struct program *lead; /* its first paragraph */
	const struct condition *when; /* NULL: always */
};

struct text_list {
	struct text *items;
	size_t count;
};

struct texts {
	struct arena *arena;
	struct text_list policy, faq;
};

void texts_messages(struct arena *arena, const struct shop *shop, struct str tag,
		    struct messages *messages, struct diag *diag)
{
	struct str path = str_format(arena, "content/text/%.*s.csv", STR(tag));
	struct table *table = table_open(arena, path.text, &shop->reading, diag);
	int key_column = table_column(table, "key"), text_column = table_column(table, "text");
	struct map seen = { .arena = arena };
	struct message *items = NULL;
	size_t count = 0;
	struct row row;

	table_column(table, "note");
	if (!table_exists(table))
		diag_error(diag, (struct pos){ .file = path.text },
			   "the language '%.*s' of shop.csv has no texts; write this file with the columns "
			   "key,text, or take the language out of 'languages'",
			   STR(tag));
	else if (key_column < 0 || text_column < 0)
		diag_error(diag, table_header_pos(table, -1), "the columns are key and text");
	while (table_next(table, arena, &row)) {
		const struct cell *key = row_cell(&row, key_column);
		const struct cell *text = row_cell(&row, text_column);
		if (!key->text.len)
			continue;
		struct message *before = map_find(&seen, key->text);
		if (before) {
			diag_error(diag, key->pos, "the text '%.*s' stands twice, first on line %u",
				   STR(key->text), before->pos.line);
			continue;
		}
		items = arena_push(arena, items, &count, sizeof *items);
		items[count - 1] = (struct message){ key->text, text->text, text->pos };
		struct message *first = arena_new(arena, sizeof *first);
		*first = items[count - 1];
		*map_put(&seen, key->text) = first;
	}
	table_name_unknown(table);
	table_close(table);
	messages->items = items;
	messages->count = count;
}

static const struct front_matter *front_find(const struct markdown *markdown, const char *key)
{
	for (size_t i = 0; i < markdown->front_count; i++)
		if (str_is(markdown->front[i].key, key))
			return &markdown->front[i];
	return NULL;
}

static int64_t times_asked(const struct shop *shop, struct str topic)
{
	int64_t asked = 0;
	for (size_t i = 0; i < shop->question_count; i++)
		if (str_equal(shop->questions[i].topic, topic))
			asked += shop->questions[i].asked;
	return asked;
}

/* Front matter that nobody reads is a slip of the pen. */
static void check_front(const struct markdown *markdown, const char *head, struct diag *diag)
{
	for (size_t i = 0; i < markdown->front_count; i++) {
		struct str key = markdown->front[i].key;
		if (!str_is(key, head) && !str_is(key, "order") && !str_is(key, "when") &&
		    !str_is(key, "for"))
			diag_warning(diag, markdown->front[i].pos,
				     "'%.*s' has no meaning here; write %s, order or when", STR(key), head);
	}
}

static void read_text(struct text *text, struct compiler *compiler, const struct shop *shop,
		      const char *path, const char *head, struct diag *diag)
{
	struct markdown markdown = { .body = NULL };
	if (!markdown_compile(compiler, path, &markdown))
		return;
	check_front(&markdown, head, diag);
	text->id = markdown.file;
	text->body = markdown.body;
	text->lead = markdown.lead;
	text->asked = str_is(str_of(head), "question") ? times_asked(shop, markdown.file) : 0;
	text->head = markdown_front(compiler, &markdown, head, ESCAPE_TEXT);
	if (!front_find(&markdown, head))
		diag_error(diag, (struct pos){ .file = path, .line = 1 },
			   "the file begins with '---', a line '%s: ...' and '---'", head);
	const struct front_matter *order = front_find(&markdown, "order");
	text->order = INT64_MAX;
	if (order && !str_number(order->text, &text->order))
		diag_error(diag, order->pos, "'order' is a whole number, not '%.*s'", STR(order->text));
	const struct front_matter *when = front_find(&markdown, "when");
	if (when)
		text->when = condition_compile(compiler, when->text, when->pos);
}

static int by_order(const void *left, const void *right)
{
	const struct text *a = left, *b = right;
	if (a->asked != b->asked)
		return a->asked > b->asked ? -1 : 1;
	if (a->order != b->order)
		return a->order < b->order ? -1 : 1;
	return str_compare(a->id, b->id);
}

static struct text_list read_folder(struct arena *arena, struct compiler *compiler,
				    const struct shop *shop, const char *folder, struct str tag,
				    const char *head, struct diag *diag)
{
	struct text_list list = { NULL, 0 };
	struct str path = str_format(arena, "%s/content/%s/%.*s", shop->folder, folder, STR(tag));
	struct str *names;
	size_t count;
	if (file_list(arena, path.text, &names, &count) < 0)
		diag_error(diag, (struct pos){ .file = path.text }, "cannot read this folder");
	list.items = arena_array(arena, count, sizeof *list.items);
	for (size_t i = 0; i < count; i++) {
		if (!str_ends(names[i], ".md"))
			continue;
		struct text *text = &list.items[list.count++];
		struct str file = str_format(arena, "content/%s/%.*s/%.*s", folder, STR(tag), STR(names[i]));
		read_text(text, compiler, shop, file.text, head, diag);
	}
	if (list.count)
		qsort(list.items, list.count, sizeof *list.items, by_order);
	return list;
}

struct texts *texts_read(struct arena *arena, const struct shop *shop, struct str tag,
			 struct compiler *compiler, struct diag *diag)
{
	struct texts *texts = arena_new(arena, sizeof *texts);
	texts->arena = arena;
	texts->policy = read_folder(arena, compiler, shop, "policy", tag, "title", diag);
	texts->faq = read_folder(arena, compiler, shop, "faq", tag, "question", diag);
	return texts;
}

static bool list_has(const struct text_list *list, struct str id)
{
	for (size_t i = 0; i < list->count; i++)
		if (str_equal(list->items[i].id, id))
			return true;
	return false;
}

/* The program in the words of the language that it is written in, inside an element that says so. */
static const struct program *mark(struct arena *arena, const struct program *program,
				  const struct words *words, const struct record *root,
				  const char *element)
{
	struct str before = str_format(arena, "<%s lang=\"%.*s\" dir=\"%s\">", element,
				       STR(words_tag(words)),
				       words_right_to_left(words) ? "rtl" : "ltr");
	struct str behind = str_format(arena, "</%s>", element);
	return program ? program_fold_between(arena, program, words, root, before, behind) : NULL;
}

static void borrow(struct arena *arena, struct text_list *list, const struct text_list *from,
		   const struct words *words, const struct record *root)
{
	struct text *all = arena_array(arena, list->count + from->count, sizeof *all);
	size_t count = list->count;
	if (count)
		memcpy(all, list->items, count * sizeof *all);
	for (size_t i = 0; i < from->count; i++) {
		struct text text = from->items[i];
		if (list_has(list, text.id))
			continue;
		text.head = mark(arena, text.head, words, root, "span");
		text.body = mark(arena, text.body, words, root, "div");
		text.lead = mark(arena, text.lead, words, root, "div");
		all[count++] = text;
	}
	*list = (struct text_list){ all, count };
	if (count)
		qsort(all, count, sizeof *all, by_order);
}

void texts_borrow(struct texts *texts, const struct texts *from, const struct words *words,
		  const struct record *root)
{
	borrow(texts->arena, &texts->policy, &from->policy, words, root);
	borrow(texts->arena, &texts->faq, &from->faq, words, root);
}

static size_t fill(struct arena *arena, const struct text_list *list, struct record *root,
		   const struct shape *shape, const char *head, const char *body,
		   const struct record **records)
{
	size_t count = 0;
	for (size_t i = 0; i < list->count; i++) {
		const struct text *text = &list->items[i];
		if (!text->head || !text->body || (text->when && condition_holds(text->when, root) == 0))
			continue;
		struct record *r = record_new(arena, shape);
		r->key = text->id;
		record_text(r, "id", text->id);
		record_program(r, head, text->head);
		record_program(r, body, text->body);
		record_program(r, "short", text->lead);
		records[count++] = r;
	}
	return count;
}

void texts_fill(const struct texts *texts, struct record *root, int top_count)
{
	struct arena *arena = texts->arena;
	const struct record **policy = arena_array(arena, texts->policy.count, sizeof *policy);
	const struct record **faq = arena_array(arena, texts->faq.count, sizeof *faq);
	size_t sections = fill(arena, &texts->policy, root, &section_shape, "title", "body", policy);
	size_t questions = fill(arena, &texts->faq, root, &question_shape, "question", "answer", faq);
	size_t top = top_count < 0 ? 0 : (size_t)top_count;
	record_list(root, "policy", policy, sections);
	record_list(root, "faq", faq, questions);
	record_list(root, "top_faq", faq, top < questions ? top : questions);
}
