/* SPDX-License-Identifier: MIT */
/*
 * Elements in, operations out. The u: attributes become operations around and inside an element;
 * all else is printed as HTML, not as XML: void elements have no end tag, scripts and styles no
 * escapes. Every place in which a value cannot be made safe is refused here.
 */
#include "program/template.h"

#include <string.h>

enum { DEPTH_MAX = 512 };

/* The u: attributes of an element; NULL where it has none. */
struct directives {
	xmlAttr *each, *if_true, *unless, *include, *text, *html, *t, *omit;
};

static struct str node_name(const xmlNode *node)
{
	return str_of((const char *)node->name);
}

static bool is_void(struct str name)
{
	static const char *const names[] = { "area",  "base",   "br",    "col",  "embed",
					     "hr",    "img",    "input", "link", "meta",
					     "param", "source", "track", "wbr" };
	return IS_ONE_OF(name, names);
}

/* Elements in which HTML knows neither tags nor character references. */
static bool is_raw(struct str name)
{
	static const char *const names[] = { "script",  "style",    "xmp",      "iframe",
					     "noembed", "noframes", "plaintext" };
	return IS_ONE_OF(name, names);
}

static bool is_plain(struct str name)
{
	static const char *const names[] = { "title", "textarea" };
	return IS_ONE_OF(name, names);
}

static bool is_preserved(struct str name)
{
	static const char *const names[] = { "pre", "textarea", "listing" };
	return IS_ONE_OF(name, names);
}

static void fail_at(struct part *part, const void *private, const char *text, struct str subject)
{
	struct passage place = { .text = S(""),
				 .pos = part_pos(part, (size_t)(uintptr_t) private) };
	fail(part->writing, &place, 0, text, STR(subject));
}

/* --- u: attributes --- */

static void fail_directive(struct part *part, const xmlAttr *attr, struct str name)
{
	static const char *const names[] = { "text",    "html", "if",   "unless", "each",
					     "include", "t",    "omit", "attr-" };
	struct str words[sizeof names / sizeof *names];
	size_t count = sizeof names / sizeof *names;
	for (size_t i = 0; i < count; i++)
		words[i] = str_of(names[i]);
	struct str near = str_nearest(name, words, count);
	struct passage place = part_attribute(part, attr);
	if (near.len)
		fail(part->writing, &place, 0, "there is no 'u:%.*s'; did you mean 'u:%.*s'?",
		     STR(name), STR(near));
	else
		fail(part->writing, &place, 0,
		     "there is no 'u:%.*s'; there are u:text u:html u:if "
		     "u:unless u:each u:attr-NAME u:include u:t u:omit",
		     STR(name));
}

static void sort_directives(struct part *part, xmlNode *node, struct directives *d)
{
	const struct {
		const char *name;
		xmlAttr **attr;
	} known[] = {
		{ "each", &d->each },     { "if", &d->if_true },
		{ "unless", &d->unless }, { "include", &d->include },
		{ "text", &d->text },     { "html", &d->html },
		{ "t", &d->t },           { "omit", &d->omit },
	};
	for (xmlAttr *attr = node->properties; attr; attr = attr->next) {
		struct str name = directive_name(attr);
		bool found = !name.len || (str_starts(name, "attr-") && name.len > 5);
		for (size_t i = 0; i < sizeof known / sizeof *known && !found; i++)
			if (str_is(name, known[i].name)) {
				*known[i].attr = attr;
				found = true;
			}
		if (!found)
			fail_directive(part, attr, name);
	}
}

/* --- content --- */

static struct place text_place(const struct surroundings *around)
{
	return (struct place){ .escape = ESCAPE_TEXT,
			       .plain = around->plain,
			       .collapse = !around->preserved };
}

static void write_text(struct part *part, const xmlNode *node, const struct surroundings *around)
{
	struct str text = str_of((const char *)node->content);
	struct place place = text_place(around);
	size_t plain = 0;
	while (plain < text.len && !strchr("{}'", text.text[plain]))
		plain++;
	if (plain == text.len) {
		literal_write(part->writing, text, &place);
		return;
	}
	size_t offset = (size_t)(uintptr_t)node->_private;
	struct passage passage = { .text = text,
				   .pos = part_pos(part, offset),
				   .source = str_sub(part->source, offset, part->source.len) };
	message_write(part->writing, &passage, 0, text.len, &place);
}

/* u:text, u:html, u:t: the value of a name or a text in the element's place. */
static void write_content(struct part *part, const struct directives *d,
			  const struct surroundings *around)
{
	struct writing *writing = part->writing;
	struct place place = text_place(around);
	const xmlAttr *attr = d->t ? d->t : d->html ? d->html : d->text;
	struct passage value = part_attribute(part, attr);
	struct named named;
	if (d->t) {
		text_write(writing, &value, 0, value.text.len, &place);
	} else if (d->text && str_starts(value.text, "t.")) {
		text_write(writing, &value, 2, value.text.len - 2, &place);
	} else if (!is_name(value.text)) {
		fail(writing, &value, 0, "here stands one name, as in u:%s=\"product.title\"",
		     d->html ? "html" : "text");
	} else if (name_find(writing, &value, 0, value.text.len, &named)) {
		bool markup = named.kind == VALUE_HTML || named.kind == VALUE_PROGRAM;
		if (d->html && !markup)
			fail(writing, &value, 0, "'%.*s' is a %s, not markup; write u:text",
			     STR(named.path->name), value_kind_name(named.kind));
		else
			value_write(writing, &value, 0, &named, -1, &place);
	}
}

static bool holds(struct str text, const char *part)
{
	return text.len && memmem(text.text, text.len, part, strlen(part));
}

/* Scripts and styles: as they are, with nothing filled in. */
static void write_raw(struct part *part, const xmlNode *node)
{
	struct str name = node_name(node);
	for (const xmlNode *child = node->children; child; child = child->next) {
		struct str text = str_of((const char *)child->content);
		size_t at = 0;
		if (child->type == XML_COMMENT_NODE || child->type == XML_PI_NODE)
			continue;
		if (child->type != XML_TEXT_NODE) {
			fail_at(part, child->_private,
				"<%.*s> holds text only; put it into <![CDATA[ ]]>", name);
			continue;
		}
		if (holds_placeholder(part, text, &at))
			fail_at(part, child->_private,
				"nothing is filled in inside <%.*s>, where it "
				"cannot be made safe; write the value to a data- attribute",
				name);
		if (holds(text, "</") || holds(text, "<!--"))
			fail_at(part, child->_private,
				"'</' and '<!--' cannot stand inside <%.*s>; "
				"write them as '<\\/' and '<\\!--'",
				name);
		part_emit(part, text);
	}
}

static void write_children(struct part *part, const xmlNode *node, struct surroundings around)
{
	struct str name = node_name(node);
	for (xmlNode *child = node->children; child; child = child->next) {
		if (child->type == XML_TEXT_NODE)
			write_text(part, child, &around);
		else if (child->type == XML_ELEMENT_NODE && around.plain)
			fail_at(part, child->_private, "<%.*s> cannot hold elements", name);
		else if (child->type == XML_ELEMENT_NODE)
			element_write(part, child, around);
	}
}

static void write_inside(struct part *part, const xmlNode *node, const struct directives *d,
			 struct surroundings around)
{
	struct str name = node_name(node);
	bool replaced = d->text || d->html || d->t;
	around.plain |= is_plain(name);
	around.preserved |= is_preserved(name);
	if (is_raw(name) && replaced)
		fail_at(part, node->_private,
			"nothing is filled in inside <%.*s>, where it cannot be "
			"made safe",
			name);
	else if (is_raw(name))
		write_raw(part, node);
	else if (replaced)
		write_content(part, d, &around);
	else
		write_children(part, node, around);
}

static bool check_element(struct part *part, const xmlNode *node, const struct directives *d,
			  unsigned depth)
{
	struct str name = node_name(node);
	int replaced = (d->text != NULL) + (d->html != NULL) + (d->t != NULL);
	if (depth >= DEPTH_MAX) {
		fail_at(part, node->_private, "<%.*s> is more than 512 elements deep", name);
		return false;
	}
	if (str_starts(name, "u:") || (node->ns && node->ns->prefix)) {
		fail_at(part, node->_private,
			"<%.*s> has a prefix; only attributes have the prefix u:", name);
		return false;
	}
	if (replaced > 1)
		fail_at(part, node->_private, "<%.*s> has more than one of u:text, u:html and u:t",
			name);
	if (is_void(name) && (node->children || replaced))
		fail_at(part, node->_private, "<%.*s> cannot hold anything", name);
	return true;
}

/* The tag around what it holds, as far as u:omit leaves it. */
static void write_tagged(struct part *part, xmlNode *node, const struct directives *d,
			 struct surroundings around)
{
	struct writing *writing = part->writing;
	struct str name = node_name(node);
	const struct expression *kept = NULL;
	struct mark mark = { 0 };
	if (d->omit) {
		struct passage value = part_attribute(part, d->omit);
		if (!str_trim(value.text).len || str_is(value.text, "yes")) {
			write_inside(part, node, d, around);
			return;
		}
		const struct expression *omit = expression_read(writing, &value, 0, value.text.len);
		if (!omit)
			return;
		kept = expression_join(writing->compiler->arena, EXPRESSION_NOT, omit, NULL);
	}
	struct op when = { .kind = OP_IF, .condition = kept };
	if (kept)
		mark = builder_open(&writing->builder, when);
	start_tag_write(part, node);
	if (is_preserved(name)) /* HTML drops the first line end, so that one of ours is kept */
		part_emit(part, S("\n"));
	if (kept)
		builder_close(&writing->builder, mark);
	if (is_void(name))
		return;
	write_inside(part, node, d, around);
	if (kept)
		mark = builder_open(&writing->builder, when);
	part_emit(part, S("</"));
	part_emit(part, name);
	part_emit(part, S(">"));
	if (kept)
		builder_close(&writing->builder, mark);
}

/* --- the order of the u: attributes --- */

static bool leaves_folder(struct str path)
{
	if (!path.len || str_starts(path, "/") || str_index(path, '\\') < path.len)
		return true;
	while (path.len) {
		size_t slash = str_index(path, '/');
		struct str step = str_sub(path, 0, slash);
		if (!step.len || str_is(step, ".") || str_is(step, ".."))
			return true;
		path = str_sub(path, slash + 1, path.len);
	}
	return false;
}

/* u:include: the part's outermost element stands in this one's place. */
static void write_include(struct part *part, const xmlNode *node, const struct directives *d,
			  unsigned depth)
{
	struct writing *writing = part->writing;
	struct passage value = part_attribute(part, d->include);
	for (const xmlAttr *attr = node->properties; attr; attr = attr->next) {
		bool stays = attr == d->each || attr == d->if_true || attr == d->unless ||
			     attr == d->include || attr == d->omit;
		if (!stays)
			fail_at(part, attr->_private,
				"this attribute of <%.*s> would be lost: a part "
				"stands in place of the whole element",
				node_name(node));
	}
	if (leaves_folder(value.text)) {
		fail(writing, &value, 0,
		     "u:include names a file below '%.*s/', as in parts/head.html",
		     STR(part->folder));
		return;
	}
	struct str path = str_format(writing->compiler->arena, "%.*s/%.*s", STR(part->folder),
				     STR(value.text));
	part_write(part, path, depth, value.pos);
}

static void write_unlooped(struct part *part, xmlNode *node, const struct directives *d,
			   struct surroundings around)
{
	struct writing *writing = part->writing;
	struct arena *arena = writing->compiler->arena;
	const struct expression *when = NULL;
	struct mark mark = { 0 };
	if (d->if_true) {
		struct passage value = part_attribute(part, d->if_true);
		when = expression_read(writing, &value, 0, value.text.len);
	}
	if (d->unless) {
		struct passage value = part_attribute(part, d->unless);
		const struct expression *e = expression_read(writing, &value, 0, value.text.len);
		e = e ? expression_join(arena, EXPRESSION_NOT, e, NULL) : NULL;
		when = when && e ? expression_join(arena, EXPRESSION_AND, when, e) : e;
	}
	if (when)
		mark = builder_open(&writing->builder,
				    (struct op){ .kind = OP_IF, .condition = when });
	if (d->include)
		write_include(part, node, d, around.depth);
	else
		write_tagged(part, node, d, around);
	if (when)
		builder_close(&writing->builder, mark);
}

static struct str take_word(struct str *rest)
{
	*rest = str_trim(*rest);
	size_t len = 0;
	while (len < rest->len && !strchr(" \t\r\n", rest->text[len]))
		len++;
	struct str word = str_sub(*rest, 0, len);
	*rest = str_trim(str_sub(*rest, len, rest->len));
	return word;
}

/* Reads `m in methods`; false when it is wrong (reported). */
static bool read_each(struct part *part, const struct passage *value, struct variable *variable,
		      struct named *list)
{
	struct writing *writing = part->writing;
	struct str rest = value->text;
	struct str name = take_word(&rest), in = take_word(&rest), of = take_word(&rest);
	size_t of_at = (size_t)(of.text - value->text.text);
	if (!is_name(name) || str_index(name, '.') < name.len || !str_is(in, "in") ||
	    !is_name(of) || rest.len) {
		fail(writing, value, 0, "u:each is written as in u:each=\"m in methods\"");
		return false;
	}
	if (name_is_known(writing, name)) {
		fail(writing, value, 0, "there is a '%.*s' already; choose another name",
		     STR(name));
		return false;
	}
	if (!name_find(writing, value, of_at, of.len, list))
		return false;
	if (list->kind != VALUE_LIST) {
		fail(writing, value, of_at, "'%.*s' is a %s, not a list", STR(of),
		     value_kind_name(list->kind));
		return false;
	}
	uint32_t slot = writing->variable ? writing->variable->slot + 1 : 0;
	if (slot >= LOOPS_MAX) {
		fail(writing, value, 0, "loops are more than %d deep", LOOPS_MAX);
		return false;
	}
	*variable = (struct variable){ name, list->shape, slot, writing->variable };
	return true;
}

void element_write(struct part *part, xmlNode *node, struct surroundings around)
{
	struct directives d = { 0 };
	sort_directives(part, node, &d);
	if (!check_element(part, node, &d, around.depth++))
		return;
	if (!d.each) {
		write_unlooped(part, node, &d, around);
		return;
	}
	struct writing *writing = part->writing;
	struct passage value = part_attribute(part, d.each);
	struct variable variable;
	struct named list;
	if (!read_each(part, &value, &variable, &list))
		return;
	struct op loop = { .kind = OP_EACH, .each = { list.path, variable.slot } };
	struct mark mark = builder_open(&writing->builder, loop);
	writing->variable = &variable;
	write_unlooped(part, node, &d, around);
	writing->variable = variable.outer;
	builder_close(&writing->builder, mark);
}
