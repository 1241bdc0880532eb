/* SPDX-License-Identifier: MIT */
/*
 * An element's attributes in, its start tag out. What a value may be escaped as is told by the
 * attribute's name; where it cannot be made safe, it is refused.
 */
#include "program/template.h"

#include <string.h>

/* What an attribute's value is, by its name. */
enum attribute {
	ATTRIBUTE_PLAIN,
	ATTRIBUTE_URL,
	ATTRIBUTE_URLS,
	ATTRIBUTE_REFRESH,
	ATTRIBUTE_CODE
};

bool is_one_of(struct str name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal_fold(name, str_of(names[i])))
			return true;
	return false;
}

static bool is_refresh(const xmlNode *node)
{
	xmlChar *value = xmlGetProp((xmlNode *)(uintptr_t)node, (const xmlChar *)"http-equiv");
	bool refresh = str_equal_fold(str_of((const char *)value), S("refresh"));
	xmlFree(value);
	return refresh;
}

static enum attribute attribute_kind(const xmlNode *node, struct str name)
{
	static const char *const urls[] = { "href",   "src",        "action",     "formaction",
					    "poster", "cite",       "xlink:href", "data",
					    "ping",   "background", "manifest",   "longdesc",
					    "usemap", "codebase",   "classid" };
	static const char *const code[] = { "style", "srcdoc" };
	if (str_equal_fold(str_sub(name, 0, 2), S("on")) || IS_ONE_OF(name, code))
		return ATTRIBUTE_CODE;
	if (IS_ONE_OF(name, urls))
		return ATTRIBUTE_URL;
	if (str_equal_fold(name, S("srcset")) || str_equal_fold(name, S("imagesrcset")))
		return ATTRIBUTE_URLS;
	if (str_equal_fold(name, S("content")) && is_refresh(node))
		return ATTRIBUTE_REFRESH;
	return ATTRIBUTE_PLAIN;
}

static struct place attribute_place(enum attribute kind)
{
	switch (kind) {
	case ATTRIBUTE_URL:
		return (struct place){ .escape = ESCAPE_URL };
	case ATTRIBUTE_URLS:
		return (struct place){ .escape = ESCAPE_URL, .restart = RESTART_COMMA };
	case ATTRIBUTE_REFRESH:
		return (struct place){ .escape = ESCAPE_URL_QUERY, .restart = RESTART_URL };
	default:
		return (struct place){ .escape = ESCAPE_ATTRIBUTE };
	}
}

void part_emit(struct part *part, struct str markup)
{
	buf_add(&part->writing->builder.text, markup);
}

struct str directive_name(const xmlAttr *attr)
{
	struct str name = str_of((const char *)attr->name);
	if (attr->ns && attr->ns->prefix)
		return strcmp((const char *)attr->ns->prefix, "u") == 0 ? name : S("");
	return str_starts(name, "u:") ? str_sub(name, 2, name.len) : S("");
}

/* The name as it is printed, with its prefix. */
static struct str attribute_name(const struct part *part, const xmlAttr *attr)
{
	struct str name = str_of((const char *)attr->name);
	if (!attr->ns || !attr->ns->prefix)
		return name;
	return str_format(part->writing->compiler->arena, "%s:%.*s", (const char *)attr->ns->prefix,
			  STR(name));
}

/* Has the element a u:attr- of this name? */
static bool is_overridden(const xmlNode *node, struct str name)
{
	for (const xmlAttr *attr = node->properties; attr; attr = attr->next) {
		struct str ours = directive_name(attr);
		if (str_starts(ours, "attr-") && str_equal(str_sub(ours, 5, ours.len), name))
			return true;
	}
	return false;
}

bool holds_placeholder(const struct part *part, struct str text, size_t *at)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.text[i] != '{')
			continue;
		size_t end = i + 1;
		while (end < text.len && is_name_byte(text.text[end]))
			end++;
		struct str name = str_sub(text, i + 1, end - i - 1);
		bool closed = end < text.len && (text.text[end] == '}' || text.text[end] == ',');
		if (name.len && closed && name_is_known(part->writing, name)) {
			*at = i;
			return true;
		}
	}
	return false;
}

/* An address may be built behind a scheme that browsers do not run, and behind no other. */
static bool starts_safely(struct str address)
{
	return url_is_safe(str_sub(address, 0, str_index(address, '{')));
}

static void write_attribute(struct part *part, const xmlNode *node, const xmlAttr *attr)
{
	struct str name = attribute_name(part, attr);
	struct passage value = part_attribute(part, attr);
	enum attribute kind = attribute_kind(node, name);
	struct place place = attribute_place(kind);
	struct buf *out = &part->writing->builder.text;
	size_t at = 0;
	if (kind == ATTRIBUTE_CODE && holds_placeholder(part, value.text, &at)) {
		fail(part->writing, &value, at,
		     "'%.*s' is code, in which values cannot be made safe; "
		     "write the value to a data- attribute",
		     STR(name));
		return;
	}
	bool address = kind == ATTRIBUTE_URL || kind == ATTRIBUTE_URLS;
	if (address && str_index(value.text, '{') < value.text.len && !starts_safely(value.text)) {
		fail(part->writing, &value, 0,
		     "an address with values in it begins with http, https, "
		     "mailto, tel or is relative");
		return;
	}
	buf_byte(out, ' ');
	buf_add(out, name);
	buf_add(out, S("=\""));
	if (kind == ATTRIBUTE_CODE)
		escape_add(out, value.text, ESCAPE_ATTRIBUTE);
	else
		message_write(part->writing, &value, 0, value.text.len, &place);
	part_emit(part, S("\""));
}

bool is_name(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!is_name_byte(text.text[i]))
			return false;
	return text.len > 0;
}

/* ` name="value"`, when there is a value: from a text, a path or, for a boolean one, a condition.
 */
static void write_dynamic(struct part *part, const xmlNode *node, const xmlAttr *attr)
{
	struct writing *writing = part->writing;
	struct arena *arena = writing->compiler->arena;
	struct str name = directive_name(attr);
	name = str_sub(name, 5, name.len);
	struct passage value = part_attribute(part, attr);
	enum attribute kind = attribute_kind(node, name);
	struct place place = attribute_place(kind);
	struct str start = str_format(arena, " %.*s=\"", STR(name));
	if (kind == ATTRIBUTE_REFRESH) {
		fail(writing, &value, 0, "write the address in place: content=\"0; url={...}\"");
		return;
	}
	if (kind == ATTRIBUTE_CODE) {
		fail(writing, &value, 0,
		     "'%.*s' is code, in which values cannot be made safe; write "
		     "the value to a data- attribute",
		     STR(name));
		return;
	}
	if (str_starts(value.text, "t.") && is_name(value.text)) {
		part_emit(part, start);
		text_write(writing, &value, 2, value.text.len - 2, &place);
		part_emit(part, S("\""));
		return;
	}
	struct named named = { .kind = VALUE_YES_NO };
	bool lone = is_name(value.text);
	if (lone && !name_find(writing, &value, 0, value.text.len, &named))
		return;
	bool boolean = named.kind == VALUE_YES_NO;
	const struct expression *when =
		!lone     ? expression_read(writing, &value, 0, value.text.len)
		: boolean ? expression_test(arena, EXPRESSION_TRUE, named.path)
			  : expression_test(arena, EXPRESSION_PRESENT, named.path);
	if (!when)
		return;
	struct mark mark =
		builder_open(&writing->builder, (struct op){ .kind = OP_IF, .condition = when });
	part_emit(part, start);
	if (!boolean)
		value_write(writing, &value, 0, &named, -1, &place);
	part_emit(part, S("\""));
	builder_close(&writing->builder, mark);
}

void start_tag_write(struct part *part, const xmlNode *node)
{
	part_emit(part, S("<"));
	part_emit(part, str_of((const char *)node->name));
	for (const xmlNs *ns = node->nsDef; ns; ns = ns->next) {
		if (ns->prefix && strcmp((const char *)ns->prefix, "u") == 0)
			continue;
		part_emit(part, ns->prefix ? S(" xmlns:") : S(" xmlns"));
		part_emit(part, str_of((const char *)ns->prefix));
		part_emit(part, S("=\""));
		escape_add(&part->writing->builder.text, str_of((const char *)ns->href),
			   ESCAPE_ATTRIBUTE);
		part_emit(part, S("\""));
	}
	for (const xmlAttr *attr = node->properties; attr; attr = attr->next) {
		if (str_starts(directive_name(attr), "attr-"))
			write_dynamic(part, node, attr);
		else if (!directive_name(attr).len &&
			 !is_overridden(node, attribute_name(part, attr)))
			write_attribute(part, node, attr);
	}
	part_emit(part, S(">"));
}
