/* SPDX-License-Identifier: MIT */
/* HTML in, a tree out. Strict: whatever our own writing never does is refused with its place. */
#include "market/tree.h"

#include <string.h>

enum { DEPTH_MAX = 64 };

struct parsing {
	struct tree *tree;
	struct str html;
	size_t at;
	struct node *open; /* the innermost element */
	int depth;
};

static bool refuse(struct parsing *p, const char *what)
{
	p->tree->why = str_format(p->tree->arena, "the text is not well-formed: %s at byte %zu",
				  what, p->at);
	return false;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '_' || c == ':';
}

static bool looking_at(const struct parsing *p, const char *text)
{
	return str_starts(str_sub(p->html, p->at, p->html.len), text);
}

static void skip_space(struct parsing *p)
{
	while (p->at < p->html.len && is_space(p->html.text[p->at]))
		p->at++;
}

/* A name in lower case; empty when there is none. */
static struct str take_name(struct parsing *p)
{
	size_t from = p->at;
	while (p->at < p->html.len && is_name(p->html.text[p->at]))
		p->at++;
	struct str name = str_sub(p->html, from, p->at - from);
	char *lower = arena_text(p->tree->arena, name.len + 1);
	for (size_t i = 0; i < name.len; i++)
		lower[i] =
			(char)(name.text[i] >= 'A' && name.text[i] <= 'Z' ? name.text[i] - 'A' + 'a'
									  : name.text[i]);
	return (struct str){ lower, name.len };
}

/* The character that "#228" or "#xE4" or "amp" stands for; 0: none that we write. */
static uint32_t entity(struct str name)
{
	static const struct {
		const char *name;
		uint32_t code;
	} named[] = { { "amp", '&' },  { "lt", '<' },    { "gt", '>' },
		      { "quot", '"' }, { "apos", '\'' }, { "nbsp", 0xA0 } };
	uint32_t code = 0, base = 10;
	for (size_t i = 0; i < sizeof named / sizeof *named; i++)
		if (str_is(name, named[i].name))
			return named[i].code;
	if (name.len < 2 || name.len > 9 || name.text[0] != '#')
		return 0;
	size_t i = 1;
	if (name.text[1] == 'x' || name.text[1] == 'X') {
		base = 16;
		i = 2;
	}
	for (; i < name.len; i++) {
		char c = name.text[i];
		uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
				 : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10)
				 : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A' + 10)
							: 99;
		if (digit >= base)
			return 0;
		code = code * base + digit;
		if (code > 0x10FFFF)
			return 0;
	}
	bool character = code >= 0x20 && code != 0x7F && !(code >= 0xD800 && code < 0xE000);
	return character || code == '\n' || code == '\t' ? code : 0;
}

/* Decodes p->html up to `end` and moves there. */
static bool take_text(struct parsing *p, size_t end, struct str *text)
{
	struct buf buf = BUF_INIT;
	bool good = true;
	while (good && p->at < end) {
		struct str rest = str_sub(p->html, p->at, end - p->at);
		size_t run = str_index(rest, '&');
		buf_add(&buf, str_sub(rest, 0, run));
		p->at += run;
		if (run == rest.len)
			break;
		struct str name = str_sub(rest, run + 1, 12);
		name = str_sub(name, 0, str_index(name, ';'));
		uint32_t code = entity(name);
		good = code && run + 1 + name.len < rest.len;
		if (!good)
			break;
		buf_code_point(&buf, code);
		p->at += name.len + 2;
	}
	*text = str_copy(p->tree->arena, buf_str(&buf));
	buf_release(&buf);
	return good || refuse(p, "an '&' that is no entity we write");
}

static bool take_attribute(struct parsing *p, struct node *node)
{
	struct attribute attribute = { .name = take_name(p) };
	if (!attribute.name.len)
		return refuse(p, "no attribute");
	if (looking_at(p, "=")) {
		p->at++;
		char quote = p->at < p->html.len ? p->html.text[p->at] : 0;
		if (quote != '"' && quote != '\'')
			return refuse(p, "an attribute without quotes");
		p->at++;
		struct str rest = str_sub(p->html, p->at, p->html.len);
		size_t len = str_index(rest, quote);
		if (len == rest.len)
			return refuse(p, "an attribute without its end");
		if (!take_text(p, p->at + len, &attribute.value))
			return false;
		p->at++;
	}
	node->attributes = arena_push(p->tree->arena, node->attributes, &node->attribute_count,
				      sizeof attribute);
	node->attributes[node->attribute_count - 1] = attribute;
	return true;
}

static bool is_void(const struct node *node)
{
	static const char *const names[] = { "br",    "img",   "hr",   "input", "meta",
					     "link",  "col",   "wbr",  "area",  "source",
					     "embed", "track", "base", "param" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (node_is(node, names[i]))
			return true;
	return false;
}

static void note_block(struct parsing *p, struct node *node)
{
	struct tree *tree = p->tree;
	struct str id = node_attribute(node, "data-block"), lang = node_attribute(node, "lang");
	if (!tree->language.len)
		tree->language = lang;
	if (!id.len)
		return;
	struct block *block = arena_new(tree->arena, sizeof *block);
	*block = (struct block){ .id = id, .around = node->block, .order = tree->block_count };
	node->block = block;
	tree->blocks = arena_push(tree->arena, tree->blocks, &tree->block_count, sizeof block);
	tree->blocks[tree->block_count - 1] = block;
}

/* What a browser does not read as markup: up to its end tag. */
static bool take_raw(struct parsing *p, struct node *node)
{
	struct buf end = BUF_INIT;
	buf_addf(&end, "</%.*s", STR(node->name));
	buf_byte(&end, 0);
	while (p->at < p->html.len && !looking_at(p, end.text))
		p->at++;
	buf_release(&end);
	return p->at < p->html.len || refuse(p, "a script or style without its end");
}

/* Elements that hold only certain others, and those that stand only in certain others. */
static const struct {
	const char *parent, *children;
} parts[] = {
	{ "ul", "li" },
	{ "ol", "li" },
	{ "table", "caption colgroup thead tbody tfoot tr" },
	{ "thead", "tr" },
	{ "tbody", "tr" },
	{ "tfoot", "tr" },
	{ "tr", "th td" },
	{ "colgroup", "col" },
	{ "dl", "dt dd" },
	{ NULL, "summary" },
};

/* Is it one of the words of the list, with single spaces between? */
static bool in_list(const char *list, struct str name)
{
	for (const char *at = list; *at; at += *at == ' ') {
		const char *from = at;
		while (*at && *at != ' ')
			at++;
		if ((size_t)(at - from) == name.len && !memcmp(from, name.text, name.len))
			return true;
	}
	return false;
}

/* May the element (or text, with the name "") stand right in the one that is open? */
static bool may_stand(const struct node *open, struct str name)
{
	bool part = false;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		bool listed = in_list(parts[i].children, name);
		if (parts[i].parent && node_is(open, parts[i].parent))
			return listed;
		part |= listed;
	}
	return !part || (str_is(name, "summary") && node_is(open, "details"));
}

static bool take_start(struct parsing *p)
{
	p->at++;
	struct node *node = node_element(p->tree, take_name(p), p->open->block);
	if (!node->name.len)
		return refuse(p, "a '<' that begins no tag");
	if (!may_stand(p->open, node->name))
		return refuse(p, "an element where it cannot stand");
	for (skip_space(p); p->at < p->html.len && is_name(p->html.text[p->at]); skip_space(p))
		if (!take_attribute(p, node))
			return false;
	bool closed = looking_at(p, "/");
	p->at += closed;
	if (!looking_at(p, ">"))
		return refuse(p, "a tag without its end");
	p->at++;
	note_block(p, node);
	node_insert(p->open, node, NULL);
	if (closed || is_void(node))
		return true;
	if (++p->depth > DEPTH_MAX)
		return refuse(p, "too many elements inside one another");
	p->open = node;
	if (node_is(node, "script") || node_is(node, "style"))
		return take_raw(p, node);
	return true;
}

static bool take_end(struct parsing *p)
{
	p->at += 2;
	struct str name = take_name(p);
	skip_space(p);
	if (!looking_at(p, ">") || !str_equal(name, p->open->name) || !p->open->parent)
		return refuse(p, "an end tag that does not fit");
	p->at++;
	p->open = p->open->parent;
	p->depth--;
	return true;
}

static bool skip_to(struct parsing *p, const char *end)
{
	while (p->at < p->html.len && !looking_at(p, end))
		p->at++;
	if (p->at == p->html.len)
		return refuse(p, "a comment without its end");
	p->at += strlen(end);
	return true;
}

static bool take_run(struct parsing *p)
{
	struct str rest = str_sub(p->html, p->at, p->html.len), text;
	if (!take_text(p, p->at + str_index(rest, '<'), &text))
		return false;
	if (!str_trim(text).len && !may_stand(p->open, S("")))
		return true; /* between the parts of a list or table */
	if (!may_stand(p->open, S("")))
		return refuse(p, "text where only elements stand");
	node_insert(p->open, node_text(p->tree, text, p->open->block), NULL);
	return true;
}

static bool has_control(struct str html)
{
	for (size_t i = 0; i < html.len; i++) {
		unsigned char c = (unsigned char)html.text[i];
		if ((c < 0x20 && !is_space((char)c)) || c == 0x7F)
			return true;
	}
	return false;
}

bool tree_parse(struct tree *tree, struct arena *arena, struct str html)
{
	*tree = (struct tree){ .arena = arena };
	tree->root = node_element(tree, S("#"), NULL);
	struct parsing p = { .tree = tree, .html = html, .open = tree->root };
	if (!str_is_utf8(html) || has_control(html))
		return refuse(&p, "bytes that are no text");
	while (p.at < html.len) {
		bool good = looking_at(&p, "<!--") ? skip_to(&p, "-->")
			    : looking_at(&p, "<!") ? skip_to(&p, ">")
			    : looking_at(&p, "</") ? take_end(&p)
			    : looking_at(&p, "<")  ? take_start(&p)
						   : take_run(&p);
		if (!good)
			return false;
	}
	return p.open == tree->root || refuse(&p, "the end with an element open");
}
