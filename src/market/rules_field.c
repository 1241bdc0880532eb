/* SPDX-License-Identifier: MIT */
/*
 * Rules in that say where a text may stand, how long it may be, how that is counted and what
 * leaves first. Each takes one value.
 */
#include <string.h>

#include "market/rules.h"

static bool take_name(struct filling *f)
{
	f->market->name = f->value;
	return true;
}

static bool take_title(struct filling *f)
{
	f->field->title = f->value;
	return true;
}

static bool take_paste(struct filling *f)
{
	f->field->paste = f->value;
	return true;
}

static bool take_reason(struct filling *f)
{
	f->field->reason = f->value;
	return true;
}

static bool take_container(struct filling *f)
{
	/* files of output/bulk.c, and shapes that `before` and `after` write */
	static const struct str known[] = {
		{ "ebay-draft", 10 },	      { "shopify-product", 15 },
		{ "shopify-metafield", 17 },  { "woocommerce-product", 19 },
		{ "rakuten-rms", 11 },	      { "allegro-sections", 16 },
		{ "aliexpress-modules", 18 }, { "coupang-contents", 16 },
		{ "mercadolibre-call", 17 },  { "ozon-rich-content", 17 },
		{ "", 0 },
	};
	struct words words;
	if (!value_known_words(&f->taking, f->value, known, "container", &words))
		return false;
	if (words.count > 1)
		return value_fault(&f->taking, "a field travels in one container; name one");
	f->field->container = words.count ? words.items[0] : S("");
	return true;
}

static bool take_placement(struct filling *f)
{
	int choice = 0;
	if (!CHOOSE(f, &choice, "withheld", "elsewhere", "unforbidden", "allowed"))
		return false;
	f->field->placement = (enum market_placement)choice;
	f->field->placed_by = f->taking.rule;
	return true;
}

static struct market_field *field_named(struct market *market, struct str id)
{
	for (size_t i = 0; i < market->field_count; i++)
		if (str_equal(market->fields[i].id, id))
			return &market->fields[i];
	return NULL;
}

static struct market_field *field_of_value(struct filling *f)
{
	struct market_field *found = field_named(f->market, f->value);
	struct str *ids = arena_array(f->taking.arena, f->market->field_count + 1, sizeof *ids);
	for (size_t i = 0; i < f->market->field_count; i++)
		ids[i] = f->market->fields[i].id;
	struct str near = str_nearest(f->value, ids, f->market->field_count);
	if (found && found != f->field && !str_equal(found->id, f->field->id))
		return found;
	if (!found && near.len)
		value_fault(&f->taking, "there is no field '%.*s'; did you mean '%.*s'?",
			    STR(str_sub(f->value, 0, 60)), STR(near));
	else
		value_fault(&f->taking, "'%.*s' is no other field of this marketplace",
			    STR(str_sub(f->value, 0, 60)));
	return NULL;
}

static bool take_instead(struct filling *f)
{
	f->field->instead = field_of_value(f);
	return f->field->instead;
}

static bool take_summary(struct filling *f)
{
	struct market_field *summary = field_of_value(f);
	if (!summary)
		return false;
	f->field->summary = summary;
	if (!summary->inside)
		summary->inside = f->field;
	return true;
}

static bool take_scope(struct filling *f)
{
	int choice = 0;
	bool good = CHOOSE(f, &choice, "product", "shop", "group");
	f->field->scope = (enum market_scope)choice;
	return good;
}

static bool take_visibility(struct filling *f)
{
	int choice = 0;
	bool good = CHOOSE(f, &choice, "buyer", "seller");
	f->field->seller_only = choice == 1;
	return good;
}

static bool take_format(struct filling *f)
{
	static const char *const endings[] = { "txt", "html", "json", "json" };
	static const enum market_format formats[] = { MARKET_PLAIN, MARKET_HTML, MARKET_JSON,
						      MARKET_PLAIN };
	int choice = 0;
	bool good = CHOOSE(f, &choice, "plain", "html", "json", "json-plain");
	f->field->format = formats[choice];
	f->field->in_json = choice >= 2;
	f->field->ending = endings[choice];
	return good;
}

static bool take_failure(struct filling *f)
{
	int choice = 0;
	bool good = CHOOSE(f, &choice, "unknown", "refused", "filtered", "empty", "truncated");
	f->field->failure = (enum market_failure)choice;
	return good;
}

/* The unit of a later row holds for all of the field's sizes, so they must agree. */
bool take_size(struct filling *f, struct str value, int64_t *size)
{
	enum market_unit unit;
	int64_t read;
	if (!value_amount(&f->taking, value, &read, &unit))
		return false;
	if (f->form->sized && unit != f->field->unit)
		return value_fault(&f->taking, "this field's sizes are in another unit; use one");
	f->form->sized = true;
	f->field->unit = unit;
	*size = read;
	return true;
}

static bool take_limit(struct filling *f)
{
	if (str_is(f->value, "?"))
		return true;
	if (f->taking.rule->confidence == MARKET_NOT_FOUND)
		return value_fault(&f->taking, "a limit that was not found is no number; write "
					       "'?' here and the size to obey in a row 'working'");
	f->field->limited_by = f->taking.rule;
	return take_size(f, f->value, &f->field->limit);
}

static bool take_working(struct filling *f)
{
	if (!f->field->limited_by)
		f->field->limited_by = f->taking.rule;
	return take_size(f, f->value, &f->field->working);
}

static bool take_minimum(struct filling *f)
{
	struct str size = f->value;
	if (str_is(size, "?"))
		return true;
	if (str_ends(size, " unless img")) {
		size.len -= strlen(" unless img");
		f->form->minimum_unless_image = true;
	}
	return take_size(f, size, &f->field->minimum);
}

static bool take_limit_from(struct filling *f)
{
	static const char *const whose[] = { "the category", "the product type", "your shop",
					     "the site" };
	int choice = 0;
	if (!CHOOSE(f, &choice, "category", "product_type", "shop", "site"))
		return false;
	f->field->limit_from = whose[choice];
	return true;
}

static bool take_languages(struct filling *f)
{
	struct words words;
	f->field->site_language = str_is(f->value, "site");
	if (f->field->site_language)
		return true;
	if (!value_languages(&f->taking, f->value, &words))
		return false;
	f->field->languages = words.items;
	f->field->language_count = words.count;
	return true;
}

static bool take_claim_window(struct filling *f)
{
	int64_t days;
	if (str_is(f->value, "?"))
		return true;
	if (!value_number(&f->taking, f->value, &days))
		return false;
	f->market->claim_window_days = (int)days;
	return true;
}

static bool take_title_limit(struct filling *f)
{
	int64_t characters;
	enum market_unit unit;
	if (str_is(f->value, "?"))
		return true;
	if (!value_amount(&f->taking, f->value, &characters, &unit))
		return false;
	if (unit != MARKET_CHARACTERS)
		return value_fault(&f->taking, "a title is counted in characters, such as '80 characters'");
	f->market->title_limit = (size_t)characters;
	return true;
}

/* Takes what stands before the sign, or all of it, from `*rest`. */
static struct str cut(struct str *rest, char sign)
{
	size_t end = str_index(*rest, sign);
	struct str part = str_sub(*rest, 0, end);
	*rest = str_sub(*rest, end + 1, rest->len);
	return part;
}

/* "ebay.de=DE:Germany:EUR ebay.com=US": a site, its country, its name in uploads, its currency. */
static bool take_sites(struct filling *f)
{
	struct str rest = f->value, word;
	while (str_next_word(&rest, &word)) {
		struct market_site site = { .site = cut(&word, '=') };
		struct place place;
		site.country = cut(&word, ':');
		site.upload = cut(&word, ':');
		site.currency = word;
		if (!site.site.len || !place_parse(site.country, &place)) {
			value_fault(&f->taking,
				    "'%.*s' is no site with its country, such as ebay.de=DE",
				    STR(str_sub(site.site, 0, 60)));
			return false;
		}
		f->market->sites = arena_push(f->taking.arena, f->market->sites,
					      &f->market->site_count, sizeof site);
		f->market->sites[f->market->site_count - 1] = site;
	}
	return true;
}

static struct market_site *site_named(struct market *market, struct str name)
{
	for (size_t i = 0; i < market->site_count; i++)
		if (str_equal_fold(market->sites[i].site, name))
			return &market->sites[i];
	return NULL;
}

/* "ebay.de=de ebay.be=nl ebay.be=fr" */
static bool take_site_languages(struct filling *f)
{
	struct str rest = f->value, word;
	for (size_t i = 0; i < f->market->site_count; i++)
		f->market->sites[i].language_count = 0;
	while (str_next_word(&rest, &word)) {
		struct str name = cut(&word, '=');
		struct market_site *site = site_named(f->market, name);
		if (!site)
			return value_fault(&f->taking,
					   "'%.*s' is no site of the row 'sites', which must stand "
					   "above",
					   STR(str_sub(name, 0, 60)));
		if (!value_language(&f->taking, word))
			return false;
		site->languages = arena_push(f->taking.arena, site->languages,
					     &site->language_count, sizeof word);
		site->languages[site->language_count - 1] = word;
	}
	return true;
}

static bool take_agrees(struct filling *f)
{
	/* in the order of the bits of enum market_agreement */
	static const struct str known[] = { { "handling_days", 13 }, { "price", 5 },
					    { "returns_days", 12 }, { "service", 7 },
					    { "", 0 } };
	struct words words;
	if (!value_known_words(&f->taking, f->value, known, "setting", &words))
		return false;
	f->market->agrees = 0;
	for (size_t i = 0; i < words.count; i++)
		for (unsigned bit = 0; bit < 4; bit++)
			if (str_equal(words.items[i], known[bit]))
				f->market->agrees |= 1U << bit;
	f->market->agrees_by = f->taking.rule;
	return true;
}

static bool take_count(struct filling *f)
{
	struct counting counting;
	if (!value_counting(&f->taking, f->value, &counting))
		return false;
	f->form->counting = arena_push(f->taking.arena, f->form->counting, &f->form->counting_count,
				       sizeof counting);
	f->form->counting[f->form->counting_count - 1] = counting;
	return true;
}

static bool take_blocks(struct filling *f)
{
	return value_known_words(&f->taking, f->value, market_blocks, "block", &f->form->blocks);
}

static bool take_drop_order(struct filling *f)
{
	return value_known_words(&f->taking, f->value, market_blocks, "block",
				 &f->form->drop_order);
}

static bool take_mandatory(struct filling *f)
{
	return value_known_words(&f->taking, f->value, market_blocks, "block", &f->form->mandatory);
}

static bool take_block_limit(struct filling *f)
{
	return take_size(f, f->value, &f->form->block_limit);
}

static bool take_pieces_max(struct filling *f)
{
	return value_number(&f->taking, f->value, &f->form->pieces_max);
}

static bool take_before(struct filling *f)
{
	f->form->before = value_characters(&f->taking, f->value);
	return true;
}

static bool take_between(struct filling *f)
{
	f->form->between = value_characters(&f->taking, f->value);
	return true;
}

static bool take_after(struct filling *f)
{
	f->form->after = value_characters(&f->taking, f->value);
	return true;
}

const struct rule field_rules[] = {
	{ "name", RULE_OF_MARKET, take_name },
	{ "claim_window_days", RULE_OF_MARKET, take_claim_window },
	{ "title_limit", RULE_OF_MARKET, take_title_limit },
	{ "sites", RULE_OF_MARKET, take_sites },
	{ "site_languages", RULE_OF_MARKET, take_site_languages },
	{ "agrees", RULE_OF_MARKET, take_agrees },
	{ "title", RULE_SINGLE, take_title },
	{ "paste", RULE_SINGLE, take_paste },
	{ "placement", RULE_SINGLE, take_placement },
	{ "reason", RULE_SINGLE, take_reason },
	{ "instead", RULE_SINGLE, take_instead },
	{ "scope", RULE_SINGLE, take_scope },
	{ "visibility", RULE_SINGLE, take_visibility },
	{ "format", RULE_SINGLE, take_format },
	{ "container", RULE_SINGLE, take_container },
	{ "before", RULE_SINGLE, take_before },
	{ "between", RULE_SINGLE, take_between },
	{ "after", RULE_SINGLE, take_after },
	{ "pieces_max", RULE_SINGLE, take_pieces_max },
	{ "block_limit", RULE_SINGLE, take_block_limit },
	{ "limit", RULE_SINGLE, take_limit },
	{ "working", RULE_SINGLE, take_working },
	{ "minimum", RULE_SINGLE, take_minimum },
	{ "limit_from", RULE_SINGLE, take_limit_from },
	{ "count", RULE_REPEATED, take_count },
	{ "summary", RULE_SINGLE, take_summary },
	{ "languages", RULE_SINGLE, take_languages },
	{ "failure", RULE_SINGLE, take_failure },
	{ "blocks", RULE_SINGLE, take_blocks },
	{ "drop_order", RULE_SINGLE, take_drop_order },
	{ "mandatory", RULE_SINGLE, take_mandatory },
	{ NULL, RULE_UNKNOWN, NULL },
};
