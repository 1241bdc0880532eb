/* SPDX-License-Identifier: MIT */
/*
 * Rules in that say how a text must look: tags, attributes, characters, contact details, links,
 * images and phrases. Each takes one value.
 */
#include <string.h>

#include "market/rules.h"

static bool take_yes(struct filling *f, bool *yes)
{
	int choice = 0;
	bool good = CHOOSE(f, &choice, "no", "yes", "false", "true", "0", "1");
	if (good)
		*yes = choice % 2 == 1;
	return good;
}

static bool take_tags(struct filling *f)
{
	return value_tags(&f->taking, f->value, &f->form->tags);
}

static bool take_drop(struct filling *f)
{
	return value_tags(&f->taking, f->value, &f->form->drop);
}

static bool take_unwrap(struct filling *f)
{
	return value_tags(&f->taking, f->value, &f->form->unwrap);
}

static bool take_map(struct filling *f)
{
	struct market_form *form = f->form;
	if (!value_pairs(&f->taking, f->value, false, "strong=b", &form->map, &form->map_count))
		return false;
	for (size_t i = 0; i < form->map_count; i++) {
		if (!value_tag(&f->taking, form->map[i].from) ||
		    (form->map[i].to.len && !value_tag(&f->taking, form->map[i].to))) {
			form->map_count = 0;
			return false;
		}
	}
	return true;
}

static bool take_top(struct filling *f)
{
	return value_tags(&f->taking, f->value, &f->form->top);
}

static bool take_inside(struct filling *f)
{
	struct inside_rule rule;
	struct str rest;
	if (!value_headed(&f->taking, f->value, "li: b p", &rule.parent, &rest))
		return false;
	if (!value_tags(&f->taking, rest, &rule.children))
		return false;
	f->form->inside =
		arena_push(f->taking.arena, f->form->inside, &f->form->inside_count, sizeof rule);
	f->form->inside[f->form->inside_count - 1] = rule;
	return true;
}

static bool take_depth(struct filling *f)
{
	int64_t depth;
	if (!value_number(&f->taking, f->value, &depth))
		return false;
	f->form->depth = (int)depth;
	return true;
}

static bool take_attributes(struct filling *f)
{
	struct words words;
	value_words(&f->taking, f->value, &words);
	for (size_t i = 0; i < words.count; i++) {
		size_t point = str_index(words.items[i], '.');
		if (!point || point + 1 >= words.items[i].len)
			return value_fault(&f->taking,
					   "'%.*s' is no attribute of a tag; write it "
					   "as 'img.src' or '*.style'",
					   STR(str_sub(words.items[i], 0, 60)));
	}
	f->form->attributes = words;
	return true;
}

static bool take_css(struct filling *f)
{
	int choice = 0;
	bool good = CHOOSE(f, &choice, "none", "simple", "any");
	f->form->css = (enum css)choice;
	return good;
}

static bool take_style(struct filling *f)
{
	struct pair style;
	if (!value_headed(&f->taking, f->value, "table: border-collapse:collapse", &style.from,
			  &style.to))
		return false;
	for (size_t i = 0; i < style.to.len; i++)
		if (strchr("\"'<>&\\@(){}", style.to.text[i]))
			return value_fault(&f->taking,
					   "'%c' has no place in inline CSS here; "
					   "write properties and plain values",
					   style.to.text[i]);
	f->form->styles =
		arena_push(f->taking.arena, f->form->styles, &f->form->style_count, sizeof style);
	f->form->styles[f->form->style_count - 1] = style;
	return true;
}

static bool take_entities(struct filling *f)
{
	int choice = 0;
	bool good = CHOOSE(f, &choice, "none", "encode");
	f->form->entities = choice == 1;
	return good;
}

static bool take_wellformed(struct filling *f)
{
	int choice = 0;
	bool good = CHOOSE(f, &choice, "nested", "balanced");
	f->form->balanced = choice == 1;
	return good;
}

static bool take_table(struct filling *f)
{
	int choice = 0;
	bool good = CHOOSE(f, &choice, "keep", "list", "lines", "line");
	f->form->table = (enum table_form)choice;
	return good;
}

static bool take_list(struct filling *f)
{
	int choice = 0;
	bool good = CHOOSE(f, &choice, "keep", "lines", "line");
	f->form->list = (enum list_form)choice;
	return good;
}

static bool take_heading(struct filling *f)
{
	int choice = 0;
	bool good = CHOOSE(f, &choice, "keep", "bold", "capitals", "line");
	f->form->heading = (enum heading_form)choice;
	return good;
}

static bool take_faq(struct filling *f)
{
	int choice = 0;
	bool good = CHOOSE(f, &choice, "keep", "heading", "bold", "lines", "leaves");
	f->form->faq = (enum faq_form)choice;
	return good;
}

static bool take_bullet(struct filling *f)
{
	f->form->bullet = str_format(f->taking.arena, "%.*s ", STR(f->value));
	return true;
}

static bool take_allow(struct filling *f)
{
	return value_ranges(&f->taking, f->value, &f->form->allow);
}

static bool take_refuse(struct filling *f)
{
	return value_ranges(&f->taking, f->value, &f->form->refuse);
}

static bool take_replace(struct filling *f)
{
	return value_pairs(&f->taking, f->value, true, "U+2013=-", &f->form->replace,
			   &f->form->replace_count);
}

static bool take_newline(struct filling *f)
{
	int choice = 0;
	bool good = CHOOSE(f, &choice, "lf", "none", "crlf", "literal");
	f->form->newline = (enum newlines)choice;
	return good;
}

static bool take_encoding(struct filling *f)
{
	int choice = 0;
	bool good = CHOOSE(f, &choice, "utf-8", "shift_jis");
	f->field->encoding = choice == 1 ? "windows-31j" : "UTF-8";
	return good;
}

static bool take_bom(struct filling *f)
{
	return take_yes(f, &f->field->bom);
}

static bool take_contact(struct filling *f)
{
	static const struct str known[] = { { "email", 5 },  { "phone", 5 },   { "url", 3 },
					    { "social", 6 }, { "address", 7 }, { "", 0 } };
	struct words words;
	if (!value_known_words(&f->taking, f->value, known, "kind of contact", &words))
		return false;
	f->form->contact = 0;
	for (size_t i = 0; i < words.count; i++)
		for (size_t bit = 0; known[bit].len; bit++)
			if (str_equal(words.items[i], known[bit]))
				f->form->contact |= 1u << bit;
	return true;
}

static bool take_social_names(struct filling *f)
{
	return value_words(&f->taking, f->value, &f->form->social_names);
}

static bool take_links(struct filling *f)
{
	struct words words;
	if (!value_hosts(&f->taking, f->value, "https", &words))
		return false;
	bool https = words.count == 1 && str_is(words.items[0], "https");
	f->form->links = !words.count ? LINKS_NONE : https ? LINKS_HTTPS : LINKS_HOSTS;
	f->form->link_hosts = words;
	return true;
}

static bool take_target(struct filling *f)
{
	f->form->target = f->value;
	return true;
}

static bool take_images(struct filling *f)
{
	struct words words;
	if (!value_hosts(&f->taking, f->value, "any", &words))
		return false;
	f->form->images = words.count > 0;
	bool any = words.count == 1 && str_is(words.items[0], "any");
	words.given = words.count && !any;
	f->form->image_hosts = words;
	return true;
}

static bool take_image_needs(struct filling *f)
{
	return value_words(&f->taking, f->value, &f->form->image_needs);
}

static bool take_image_max(struct filling *f)
{
	struct pair *pairs = NULL;
	size_t count = 0;
	if (!value_pairs(&f->taking, f->value, false, "width=700", &pairs, &count))
		return false;
	struct image_max *max = arena_array(f->taking.arena, count + 1, sizeof *max);
	for (size_t i = 0; i < count; i++) {
		max[i].attribute = pairs[i].from;
		if (!value_number(&f->taking, pairs[i].to, &max[i].most))
			return false;
	}
	f->form->image_max = max;
	f->form->image_max_count = count;
	return true;
}

static bool take_banned(struct filling *f)
{
	struct banned_phrase banned = { .rule = f->taking.rule };
	struct str rest;
	if (!value_headed(&f->taking, f->value, "en: free shipping | discount", &banned.language,
			  &rest) ||
	    !value_language(&f->taking, banned.language))
		return false;
	while (rest.len) {
		size_t bar = str_index(rest, '|');
		banned.phrase = str_trim(str_sub(rest, 0, bar));
		rest = str_sub(rest, bar + 1, rest.len);
		if (!banned.phrase.len)
			continue;
		f->form->banned = arena_push(f->taking.arena, f->form->banned,
					     &f->form->banned_count, sizeof banned);
		f->form->banned[f->form->banned_count - 1] = banned;
	}
	return true;
}

const struct rule form_rules[] = {
	{ "tags", RULE_SINGLE, take_tags },
	{ "drop", RULE_SINGLE, take_drop },
	{ "unwrap", RULE_SINGLE, take_unwrap },
	{ "map", RULE_SINGLE, take_map },
	{ "top", RULE_SINGLE, take_top },
	{ "inside", RULE_REPEATED, take_inside },
	{ "depth", RULE_SINGLE, take_depth },
	{ "attributes", RULE_SINGLE, take_attributes },
	{ "css", RULE_SINGLE, take_css },
	{ "style", RULE_REPEATED, take_style },
	{ "entities", RULE_SINGLE, take_entities },
	{ "wellformed", RULE_SINGLE, take_wellformed },
	{ "table", RULE_SINGLE, take_table },
	{ "list", RULE_SINGLE, take_list },
	{ "heading", RULE_SINGLE, take_heading },
	{ "faq", RULE_SINGLE, take_faq },
	{ "bullet", RULE_SINGLE, take_bullet },
	{ "allow", RULE_SINGLE, take_allow },
	{ "refuse", RULE_REPEATED, take_refuse },
	{ "replace", RULE_REPEATED, take_replace },
	{ "newline", RULE_SINGLE, take_newline },
	{ "encoding", RULE_SINGLE, take_encoding },
	{ "bom", RULE_SINGLE, take_bom },
	{ "contact", RULE_SINGLE, take_contact },
	{ "social_names", RULE_SINGLE, take_social_names },
	{ "links", RULE_SINGLE, take_links },
	{ "target", RULE_SINGLE, take_target },
	{ "images", RULE_SINGLE, take_images },
	{ "image_needs", RULE_SINGLE, take_image_needs },
	{ "image_max", RULE_SINGLE, take_image_max },
	{ "banned", RULE_REPEATED, take_banned },
	{ NULL, RULE_UNKNOWN, NULL },
};
