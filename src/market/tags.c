/* SPDX-License-Identifier: MIT */
/*
 * Elements in, those that the field takes out: dropped with their contents, mapped to others, or
 * unwrapped so that their text stays.
 */
#include "market/lower.h"

/* What a browser does not show as text: never part of a pasted text, whatever a profile says. */
static bool is_no_text(const struct node *node)
{
	static const char *const names[] = { "script",   "style",    "iframe", "frame",  "object",
					     "embed",    "applet",   "form",   "input",  "button",
					     "select",   "textarea", "svg",    "math",   "template",
					     "noscript", "head",     "meta",   "link",   "base",
					     "audio",    "video",    "canvas", "source", "track" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (node_is(node, names[i]))
			return true;
	return false;
}

static bool host_is(struct str host, struct str allowed)
{
	if (str_equal_fold(host, allowed))
		return true;
	if (host.len <= allowed.len || host.text[host.len - allowed.len - 1] != '.')
		return false;
	return str_equal_fold(str_sub(host, host.len - allowed.len, allowed.len), allowed);
}

bool link_stands(enum links policy, const struct words *hosts, struct str address)
{
	if (policy == LINKS_NONE || !str_starts(address, "https://"))
		return false;
	if (policy == LINKS_HTTPS)
		return true;
	struct str host = str_sub(address, 8, address.len);
	size_t end = 0;
	while (end < host.len && host.text[end] != '/' && host.text[end] != '?' &&
	       host.text[end] != '#' && host.text[end] != ':' && host.text[end] != '@')
		end++;
	if (end < host.len && host.text[end] == '@')
		return false;
	for (size_t i = 0; i < hosts->count; i++)
		if (host_is(str_sub(host, 0, end), hosts->items[i]))
			return true;
	return false;
}

/* Does it say of itself that it is larger than the field takes? */
static bool image_too_large(const struct market_form *form, const struct node *image)
{
	for (size_t i = 0; i < form->image_max_count; i++) {
		const struct image_max *max = &form->image_max[i];
		int64_t size;
		for (size_t j = 0; j < image->attribute_count; j++)
			if (str_equal(image->attributes[j].name, max->attribute) &&
			    (!str_number(image->attributes[j].value, &size) || size > max->most))
				return true;
	}
	return false;
}

/* Why an image may not stand, and by which rule; NULL when it may. */
static const char *image_fault(const struct lowering *l, const struct node *image, const char **rule)
{
	const struct market_form *form = l->form;
	struct str source = node_attribute(image, "src");
	*rule = "images";
	if (!form->images || l->field->format == MARKET_PLAIN)
		return "images have no place in this field";
	if (form->tags.given && !words_have(&form->tags, S("img")))
		return "images have no place in this field";
	enum links policy = form->image_hosts.given ? LINKS_HOSTS : LINKS_HTTPS;
	if (!link_stands(policy, &form->image_hosts, source))
		return "the image does not lie where this marketplace allows";
	*rule = "image_needs";
	for (size_t i = 0; i < form->image_needs.count; i++) {
		struct str name = form->image_needs.items[i];
		size_t at = 0;
		while (at < image->attribute_count && !str_equal(image->attributes[at].name, name))
			at++;
		if (at == image->attribute_count)
			return "the image lacks an attribute that this marketplace asks for";
	}
	*rule = "image_max";
	if (image_too_large(form, image))
		return "the image is larger than this marketplace takes";
	return NULL;
}

static void drop_elements(struct lowering *l)
{
	for (struct node *node = l->tree.root->first, *after; node; node = after) {
		const char *why = NULL, *rule = "drop";
		after = node_next(node, l->tree.root);
		if (node_is_text(node))
			continue;
		if (is_no_text(node) || words_have(&l->form->drop, node->name))
			why = "this element has no place in the field";
		else if (node_is(node, "img")) {
			why = image_fault(l, node, &rule);
		}
		if (!why)
			continue;
		after = node_after(node, l->tree.root);
		lose(l, MARKET_LOST_ELEMENT, node->block, node->name, str_of(why), rule);
		node_remove(node);
	}
}

static void unwrap_links(struct lowering *l)
{
	for (struct node *node = l->tree.root->first, *after; node; node = after) {
		after = node_next(node, l->tree.root);
		if (!node_is(node, "a") || (l->field->format != MARKET_PLAIN &&
					    link_stands(l->form->links, &l->form->link_hosts,
							node_attribute(node, "href"))))
			continue;
		after = node->first ? node->first : node_after(node, l->tree.root);
		node_unwrap(node);
	}
}

/* What the tag becomes; the same when no row maps it. */
static struct str mapped(const struct lowering *l, struct str name)
{
	for (size_t i = 0; i < l->form->map_count; i++)
		if (str_equal(l->form->map[i].from, name))
			return l->form->map[i].to;
	return name;
}

static bool taken(const struct lowering *l, struct str name)
{
	const struct market_form *form = l->form;
	return name.len && !words_have(&form->unwrap, name) &&
	       (!form->tags.given || words_have(&form->tags, name));
}

/* A break that must become a new paragraph, where it stands right in one; elsewhere a space. */
static void split_at(struct lowering *l, struct node *br)
{
	struct node *p = br->parent;
	if (!node_is(p, "p")) {
		node_insert(p, node_text(&l->tree, S(" "), br->block), br);
		node_remove(br);
		return;
	}
	struct node *rest = node_element(&l->tree, S("p"), p->block);
	node_insert(p->parent, rest, p->next);
	while (br->next) {
		struct node *moved = br->next;
		node_remove(moved);
		node_insert(rest, moved, NULL);
	}
	node_remove(br);
}

static void split_paragraphs(struct lowering *l)
{
	if (!str_is(mapped(l, S("br")), "p"))
		return;
	for (struct node *node = l->tree.root->first, *after; node; node = after) {
		after = node_next(node, l->tree.root);
		if (!node_is(node, "br"))
			continue;
		split_at(l, node); /* what followed has only moved into another paragraph */
	}
}

/* A line whose element goes: its text is kept apart from what stands before by a break or a space.
 */
static struct node *dissolve_line(struct lowering *l, struct node *line)
{
	struct node *before = line->previous, *first;
	bool breaks = taken(l, S("br"));
	if (before && !node_is_block(before) && !node_is(before, "br") && line->first) {
		struct node *gap = breaks ? node_element(&l->tree, S("br"), line->block)
					  : node_text(&l->tree, S(" "), line->block);
		node_insert(line->parent, gap, line);
	}
	if (line->next && line->first && node_is_text(line->next))
		node_insert(line->parent,
			    breaks ? node_element(&l->tree, S("br"), line->block)
				   : node_text(&l->tree, S(" "), line->block),
			    line->next);
	first = line->first;
	struct node *after = node_after(line, l->tree.root);
	node_unwrap(line);
	return first ? first : after;
}

static bool is_box(const struct node *node)
{
	return node_is_block(node) && node->first && node_is_block(node->first);
}

/* Takes the element away and keeps its text. Returns where the walk goes on. */
static struct node *give_way(struct lowering *l, struct node *node)
{
	struct node *after = node_after(node, l->tree.root);
	if (node_is(node, "br") || node_is(node, "hr") || node_is(node, "wbr")) {
		if (node_is(node, "br"))
			node_insert(node->parent, node_text(&l->tree, S(" "), node->block), node);
		node_remove(node);
		return after;
	}
	if (!node_is_block(node) || is_box(node) || !node->first) {
		struct node *first = node->first;
		node_unwrap(node);
		return first ? first : after;
	}
	struct str p = mapped(l, S("p"));
	if (!node_is(node, "p") && taken(l, p)) {
		node->name = p;
		return node_next(node, l->tree.root);
	}
	return dissolve_line(l, node);
}

/* A box or span that nothing will be written on: it says nothing and takes room. */
static bool is_bare(const struct lowering *l, const struct node *node)
{
	static const char *const names[] = { "span",   "div",  "section", "article", "header",
					     "footer", "main", "aside",   "figure",  "body" };
	size_t i = 0, count = sizeof names / sizeof *names;
	while (i < count && !node_is(node, names[i]))
		i++;
	bool boxed = !node_is_block(node) || (node->first && node_is_block(node->first));
	if (i == count || !boxed)
		return false;
	for (i = 0; i < l->form->style_count; i++)
		if (str_equal(l->form->styles[i].from, node->name))
			return false;
	for (i = 0; i < node->attribute_count; i++)
		if (attribute_stands(l->form, node->name, node->attributes[i].name))
			return false;
	return true;
}

static void map_elements(struct lowering *l)
{
	for (struct node *node = l->tree.root->first, *after; node; node = after) {
		after = node_next(node, l->tree.root);
		if (node_is_text(node))
			continue;
		struct str name = mapped(l, node->name);
		if (str_is(name, "br") && node_is_block(node))
			after = dissolve_line(l, node);
		else if (!taken(l, name) || is_bare(l, node))
			after = give_way(l, node);
		else
			node->name = name;
	}
}

static bool maps_to_items(const struct lowering *l)
{
	for (size_t i = 0; i < l->form->map_count; i++)
		if (str_is(l->form->map[i].to, "li"))
			return true;
	return false;
}

/* Items that stand in no list get one; lists side by side become one where lines became items. */
static void gather_items(struct lowering *l, struct node *box)
{
	bool merge = maps_to_items(l);
	for (struct node *node = box->first, *after; node; node = after) {
		after = node->next;
		gather_items(l, node);
		if (node_is(node, "li") && !node_is_list(box)) {
			struct node *list = node_element(&l->tree, S("ul"), node->block);
			node_insert(box, list, node);
			node_remove(node);
			node_insert(list, node, NULL);
			node = list;
			while (after && node_is(after, "li")) {
				struct node *next = after->next;
				node_remove(after);
				node_insert(list, after, NULL);
				list->block = block_around(list->block, after->block);
				after = next;
			}
		}
		struct node *before = node->previous;
		if (merge && before && node_is(node, "ul") && node_is(before, "ul")) {
			before->block = block_around(before->block, node->block);
			node_take_children(before, node);
			node_remove(node);
		}
	}
}

/* Boxes around blocks go, so that each block stands by itself where pieces are told apart. */
static void open_boxes(struct lowering *l)
{
	for (struct node *node = l->tree.root->first; node;)
		node = is_bare(l, node) && !node->block ? node_unwrap(node) : node->next;
}

void lower_tags(struct lowering *l)
{
	const struct market_form *form = l->form;
	drop_elements(l);
	unwrap_links(l);
	if (l->field->format == MARKET_PLAIN) {
		if (form->between.len || form->block_limit || form->pieces_max)
			open_boxes(l);
		return;
	}
	split_paragraphs(l);
	map_elements(l);
	gather_items(l, l->tree.root);
}
