/* SPDX-License-Identifier: MIT */
/* HTML in, the first tag, attribute, entity or place of one that the field's rules refuse out. */
#include <inttypes.h>
#include <string.h>

#include "market/check.h"

enum { STACK_MAX = 80 };

struct scan {
	struct checking *c;
	struct str html;
	size_t at;
	struct str open[STACK_MAX]; /* names of the open elements, outermost first */
	int depth;
};

static struct str rest_of(const struct scan *s)
{
	return str_sub(s->html, s->at, s->html.len);
}

/* Is it one of the words of the list, with single spaces between? */
static bool in_words(struct str word, const char *list)
{
	for (const char *at = list; *at; at += *at == ' ') {
		const char *from = at;
		while (*at && *at != ' ')
			at++;
		if ((size_t)(at - from) == word.len && !memcmp(from, word.text, word.len))
			return true;
	}
	return false;
}

static bool stands_alone(struct str name)
{
	return in_words(name, "br img hr col wbr");
}

static bool runs_in_line(struct str name)
{
	return in_words(name,
			"a b strong i em u s small span sub sup code mark abbr img wbr time q");
}

/* What no field takes, whatever its profile forgets to say. */
static bool is_active(struct str name)
{
	return in_words(name,
			"script style iframe frame object embed applet form input button select "
			"textarea svg math template noscript head meta link base audio video "
			"canvas source track");
}

static bool tag_may_stand(struct scan *s, struct str name)
{
	struct checking *c = s->c;
	const struct market_form *form = c->form;
	if (is_active(name) || words_have(&form->drop, name) || words_have(&form->unwrap, name) ||
	    (form->tags.given && !words_have(&form->tags, name)))
		return check_fault(c, "the tag '%.*s' is not allowed", STR(name));
	if (!s->depth && form->top.given && !words_have(&form->top, name))
		return check_fault(c, "the tag '%.*s' is not allowed on top", STR(name));
	if (form->depth && s->depth >= form->depth)
		return check_fault(c, "the tag '%.*s' stands too deep", STR(name));
	for (size_t i = 0; s->depth && i < form->inside_count; i++)
		if (str_equal(form->inside[i].parent, s->open[s->depth - 1]) &&
		    !words_have(&form->inside[i].children, name))
			return check_fault(c, "the tag '%.*s' is not allowed inside '%.*s'",
					   STR(name), STR(s->open[s->depth - 1]));
	if (str_is(name, "li") && (!s->depth || !in_words(s->open[s->depth - 1], "ul ol")))
		return check_fault(c, "an item stands in no list");
	return true;
}

/* Is the tag's attribute named by "tag.name" or "*.name"? */
static bool attribute_named(const struct words *list, struct str tag, struct str name)
{
	for (size_t i = 0; i < list->count; i++) {
		struct str item = list->items[i];
		if (str_starts(item, "*.") && str_equal(str_sub(item, 2, item.len), name))
			return true;
		if (item.len == tag.len + 1 + name.len && item.text[tag.len] == '.' &&
		    str_equal(str_sub(item, 0, tag.len), tag) &&
		    str_equal(str_sub(item, tag.len + 1, name.len), name))
			return true;
	}
	return false;
}

static bool contains(struct str text, const char *part)
{
	struct str wanted = str_of(part);
	for (size_t i = 0; i + wanted.len <= text.len; i++)
		if (str_equal_fold(str_sub(text, i, wanted.len), wanted))
			return true;
	return false;
}

static bool css_may_stand(struct checking *c, struct str css)
{
	static const char *const never[] = { "expression", "javascript",   "url(", "@import",
					     "behavior",   "-moz-binding", "\\",   NULL };
	static const char *const not_simple[] = { "(", "@", "position", "z-index", "float", NULL };
	if (c->form->css == CSS_NONE)
		return check_fault(c, "inline CSS is not allowed");
	for (size_t i = 0; never[i]; i++)
		if (contains(css, never[i]))
			return check_fault(c, "the CSS '%.*s' is not allowed", STR(css));
	for (size_t i = 0; c->form->css == CSS_SIMPLE && not_simple[i]; i++)
		if (contains(css, not_simple[i]))
			return check_fault(c, "the CSS '%.*s' is not simple", STR(css));
	return true;
}

/* "https://host/..." where the host is listed, or a part of one that is. */
static bool address_may_stand(struct str address, bool any_host, const struct words *hosts)
{
	struct str prefix = S("https://");
	if (address.len < prefix.len || !str_equal(str_sub(address, 0, prefix.len), prefix))
		return false;
	if (any_host)
		return true;
	size_t end = prefix.len;
	while (end < address.len && !strchr("/?#:@", address.text[end]))
		end++;
	struct str host = str_sub(address, prefix.len, end - prefix.len);
	for (size_t i = 0; i < hosts->count && !(end < address.len && address.text[end] == '@');
	     i++) {
		struct str wanted = hosts->items[i];
		if (host.len < wanted.len ||
		    !str_equal_fold(str_sub(host, host.len - wanted.len, wanted.len), wanted))
			continue;
		if (host.len == wanted.len || host.text[host.len - wanted.len - 1] == '.')
			return true;
	}
	return false;
}

/* No more than the field's images may have: a width, a height. */
static bool image_size_may_stand(struct scan *s, struct str name, struct str value)
{
	for (size_t i = 0; i < s->c->form->image_max_count; i++) {
		const struct image_max *max = &s->c->form->image_max[i];
		int64_t size = 0;
		if (str_equal(name, max->attribute) &&
		    (!str_number(value, &size) || size > max->most))
			return check_fault(s->c, "the '%.*s' of an image is more than %" PRId64,
					   STR(name), max->most);
	}
	return true;
}

static bool attribute_may_stand(struct scan *s, struct str tag, struct str name, struct str value)
{
	struct checking *c = s->c;
	const struct market_form *form = c->form;
	if (str_starts(name, "on"))
		return check_fault(c, "the attribute '%.*s' is not allowed", STR(name));
	if (str_is(name, "style"))
		return css_may_stand(c, value);
	bool target = str_is(tag, "a") && str_is(name, "target") && form->target.len;
	if (target ? !str_equal(value, form->target)
		   : !attribute_named(&form->attributes, tag, name))
		return check_fault(c, "the attribute '%.*s' of '%.*s' is not allowed", STR(name),
				   STR(tag));
	if (str_is(tag, "img") && !image_size_may_stand(s, name, value))
		return false;
	if (str_is(name, "href") &&
	    (form->links == LINKS_NONE ||
	     !address_may_stand(value, form->links == LINKS_HTTPS, &form->link_hosts)))
		return check_fault(c, "the link to '%.*s' is not allowed", STR(value));
	if (str_is(name, "src") &&
	    (!form->images ||
	     !address_may_stand(value, !form->image_hosts.given, &form->image_hosts)))
		return check_fault(c, "the image '%.*s' is not allowed", STR(value));
	return true;
}

/* Takes ` name="value"` one by one up to the end of the tag; `seen` gathers the names. */
static bool scan_attributes(struct scan *s, struct str tag, struct buf *seen)
{
	while (s->at < s->html.len && s->html.text[s->at] == ' ') {
		struct str rest = str_sub(s->html, s->at + 1, s->html.len);
		size_t equals = str_index(rest, '=');
		struct str name = str_sub(rest, 0, equals);
		struct str value = str_sub(rest, equals + 2, rest.len);
		size_t end = str_index(value, '"');
		if (equals + 1 >= rest.len || rest.text[equals + 1] != '"' || end == value.len)
			return check_fault(s->c, "an attribute of '%.*s' has no quotes", STR(tag));
		for (size_t i = 0; i < name.len; i++)
			if (!strchr("abcdefghijklmnopqrstuvwxyz-", name.text[i]))
				return check_fault(s->c, "an attribute of '%.*s' has no name",
						   STR(tag));
		if (!attribute_may_stand(s, tag, name, str_sub(value, 0, end)))
			return false;
		buf_addf(seen, " %.*s ", STR(name));
		s->at += 1 + equals + 2 + end + 1;
	}
	return true;
}

/* Is the name among those that were gathered? */
static bool was_seen(struct str seen, struct str name)
{
	for (size_t i = 0; i + name.len + 2 <= seen.len; i++)
		if (seen.text[i] == ' ' && str_equal(str_sub(seen, i + 1, name.len), name) &&
		    seen.text[i + 1 + name.len] == ' ')
			return true;
	return false;
}

static bool image_is_whole(struct scan *s, struct str seen)
{
	const struct words *needs = &s->c->form->image_needs;
	s->c->images++;
	for (size_t i = 0; i < needs->count; i++)
		if (!was_seen(seen, needs->items[i]))
			return check_fault(s->c, "an image has no '%.*s'", STR(needs->items[i]));
	return s->c->form->images || check_fault(s->c, "images are not allowed");
}

/* A link opens where the field wants it; a name of a place in the page is none. */
static bool link_is_whole(struct scan *s, struct str seen)
{
	if (!s->c->form->target.len || !was_seen(seen, S("href")) || was_seen(seen, S("target")))
		return true;
	return check_fault(s->c, "a link has no 'target'");
}

/* A name from a tag: small letters, and digits behind them. */
static struct str scan_name(struct scan *s)
{
	size_t from = s->at;
	while (s->at < s->html.len && ((s->html.text[s->at] >= 'a' && s->html.text[s->at] <= 'z') ||
				       (s->html.text[s->at] >= '0' && s->html.text[s->at] <= '9')))
		s->at++;
	return str_sub(s->html, from, s->at - from);
}

static void end_line(struct scan *s, struct str name)
{
	if (!runs_in_line(name))
		buf_byte(&s->c->text, '\n');
}

static bool scan_start(struct scan *s)
{
	struct buf seen = BUF_INIT;
	s->at++;
	struct str name = scan_name(s);
	bool good = (name.len || check_fault(s->c, "a '<' begins no tag")) &&
		    tag_may_stand(s, name) && scan_attributes(s, name, &seen) &&
		    (!str_is(name, "img") || image_is_whole(s, buf_str(&seen))) &&
		    (!str_is(name, "a") || link_is_whole(s, buf_str(&seen)));
	buf_release(&seen);
	if (!good)
		return false;
	if (s->at >= s->html.len || s->html.text[s->at] != '>')
		return check_fault(s->c, "the tag '%.*s' does not end", STR(name));
	s->at++;
	end_line(s, name);
	if (stands_alone(name))
		return true;
	if (s->depth == STACK_MAX)
		return check_fault(s->c, "the tag '%.*s' stands too deep", STR(name));
	s->open[s->depth++] = name;
	return true;
}

static bool scan_end(struct scan *s)
{
	s->at += 2;
	struct str name = scan_name(s);
	if (!s->depth || !str_equal(name, s->open[s->depth - 1]) || s->at >= s->html.len ||
	    s->html.text[s->at] != '>')
		return check_fault(s->c, "the end tag '%.*s' has no beginning", STR(name));
	s->at++;
	s->depth--;
	end_line(s, name);
	return true;
}

static bool scan_entity(struct scan *s)
{
	static const struct {
		const char *written, *means;
	} known[] = { { "&amp;", "&" },   { "&lt;", "<" },          { "&gt;", ">" },
		      { "&quot;", "\"" }, { "&nbsp;", "\xC2\xA0" }, { NULL, NULL } };
	for (size_t i = 0; known[i].written; i++) {
		if (!str_starts(rest_of(s), known[i].written))
			continue;
		buf_add(&s->c->text, str_of(known[i].means));
		s->at += strlen(known[i].written);
		return true;
	}
	return check_fault(s->c, "an '&' is not written as an entity");
}

/* Text up to the next tag or entity. */
static bool scan_run(struct scan *s)
{
	struct buf *text = &s->c->text;
	size_t from = s->at;
	bool blank = true;
	for (char c; s->at < s->html.len; s->at++) {
		c = s->html.text[s->at];
		if (c == '<' || c == '&')
			break;
		if (c == '>')
			return check_fault(s->c, "a '>' ends no tag");
		blank = blank && (c == ' ' || c == '\n' || c == '\r');
	}
	if (!blank && !s->depth && s->c->form->top.given)
		return check_fault(s->c, "text stands on top, outside of any tag");
	if (!blank && s->depth &&
	    in_words(s->open[s->depth - 1], "ul ol table thead tbody tfoot tr"))
		return check_fault(s->c, "text stands right in '%.*s'", STR(s->open[s->depth - 1]));
	size_t start = text->len;
	buf_add(text, str_sub(s->html, from, s->at - from));
	for (char *c = text->text + start;
	     (c = memchr(c, '\n', text->len - (size_t)(c - text->text)));)
		*c = ' ';
	return true;
}

bool check_html(struct checking *c, struct str html)
{
	struct scan s = { .c = c, .html = html };
	while (s.at < html.len) {
		char next = html.text[s.at];
		bool good = str_starts(rest_of(&s), "</") ? scan_end(&s)
			    : next == '<'                 ? scan_start(&s)
			    : next == '&'                 ? scan_entity(&s)
							  : scan_run(&s);
		if (!good)
			return false;
	}
	if (s.depth)
		return check_fault(c, "the tag '%.*s' is not closed", STR(s.open[s.depth - 1]));
	buf_byte(&c->text, '\n');
	return true;
}

bool check_plain(struct checking *c, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		struct str rest = str_sub(text, i, 40);
		char next = rest.len > 1 ? rest.text[1] : ' ';
		bool letter = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
		if (rest.text[0] == '<' && (letter || strchr("/!?", next)))
			return check_fault(c, "'%.*s' reads like a tag", STR(str_sub(rest, 0, 10)));
		size_t end = 1;
		while (rest.text[0] == '&' && end < rest.len &&
		       strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789#",
			      rest.text[end]))
			end++;
		bool entity = end > 1 && end < 32 && end < rest.len && rest.text[end] == ';';
		if (entity && !c->form->entities)
			return check_fault(c, "'%.*s' reads like an entity",
					   STR(str_sub(rest, 0, end)));
		if (rest.text[0] == '&' && !entity && c->form->entities)
			return check_fault(c, "an '&' is not written as an entity");
	}
	buf_add(&c->text, text);
	buf_byte(&c->text, '\n');
	return true;
}
