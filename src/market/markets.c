/* SPDX-License-Identifier: MIT */
/*
 * The rows of all profiles in, marketplaces with their fields out, and what is wrong with a row
 * said at its cell. Which rows hold for a field: layers.c.
 */
#include <stdlib.h>
#include <string.h>

#include "market/founding.h"

struct markets {
	struct market *items; /* sorted by id */
	size_t count;
};

static void check_rule_name(struct founding *founding, size_t i)
{
	const struct market_row *row = &founding->shop->market_rows[i];
	enum rule_kind kind = rule_kind(row->rule);
	struct str near = kind == RULE_UNKNOWN ? rule_nearest(row->rule) : S("");
	struct str cut = str_sub(row->rule, 0, 60);
	if (kind == RULE_UNKNOWN && near.len)
		diag_error(founding->diag, row->rule_pos,
			   "there is no rule '%.*s'; did you mean '%.*s'?", STR(cut), STR(near));
	else if (kind == RULE_UNKNOWN)
		diag_error(founding->diag, row->rule_pos,
			   "there is no rule '%.*s'; the README lists them", STR(cut));
	else if (kind == RULE_OF_MARKET && !is_all_fields(row->field))
		diag_error(founding->diag, row->field_pos,
			   "'%.*s' speaks of the marketplace as a whole; write '*' as its field",
			   STR(row->rule));
	else
		return;
	founding->unsound[i] = true;
}

/* What a profile must say of each rule: how sure it is, and for what was read, where and when. */
static void check_provenance(struct founding *founding, size_t i)
{
	const struct market_row *row = &founding->shop->market_rows[i];
	enum market_confidence confidence;
	if (row->own)
		return;
	if (!row_confidence(row, &confidence)) {
		founding->unsound[i] = true;
		diag_error(founding->diag, row->confidence_pos,
			   "'%.*s' is no confidence; write 'V' (read in an official source), 'V2' "
			   "(second-hand), 'M' (believed) or '?' (not found)",
			   STR(str_sub(row->confidence, 0, 60)));
	} else if (confidence >= MARKET_REPORTED && !row->source.len) {
		diag_warning(
			founding->diag, row->rule_pos,
			"the rule '%.*s' was read but names no source; add it, or write 'M' as "
			"its confidence",
			STR(row->rule));
	} else if (confidence >= MARKET_REPORTED && row->checked_on == DATE_NONE) {
		diag_warning(founding->diag, row->rule_pos,
			     "the rule '%.*s' was read, but not on which day; add 'checked_on'",
			     STR(row->rule));
	}
}

static bool same_place(const struct market_row *a, const struct market_row *b)
{
	return a->own == b->own && str_equal(a->market, b->market) &&
	       str_equal(a->field, b->field) && str_equal(a->rule, b->rule) &&
	       str_equal(a->category, b->category);
}

static void check_once(struct founding *founding, size_t i)
{
	const struct market_row *rows = founding->shop->market_rows;
	if (founding->unsound[i] || rule_kind(rows[i].rule) == RULE_REPEATED)
		return;
	for (size_t j = i; j-- > 0 && str_equal(rows[i].market, rows[j].market);) {
		if (founding->unsound[j] || !same_place(&rows[i], &rows[j]))
			continue;
		founding->unsound[i] = true;
		diag_error(founding->diag, rows[i].rule_pos,
			   "'%.*s' of the field '%.*s' stands in line %u already; take one of them "
			   "out",
			   STR(rows[i].rule), STR(str_sub(rows[i].field, 0, 60)),
			   (unsigned)rows[j].rule_pos.line);
		return;
	}
}

static struct market *market_of(struct markets *markets, struct str id)
{
	for (size_t i = 0; i < markets->count; i++)
		if (str_equal(markets->items[i].id, id))
			return &markets->items[i];
	return NULL;
}

static struct market_field *field_of(struct market *market, struct str id)
{
	for (size_t i = 0; i < market->field_count; i++)
		if (str_equal(market->fields[i].id, id))
			return &market->fields[i];
	return NULL;
}

static void add_market(struct founding *founding, struct markets *markets, struct str id)
{
	markets->items = arena_push(founding->arena, markets->items, &markets->count,
				    sizeof *markets->items);
	markets->items[markets->count - 1] =
		(struct market){ .id = id, .name = id, .claim_window_days = -1,
				  .agrees = MARKET_AGREES_ALL };
}

static void add_field(struct founding *founding, struct market *market, struct str id)
{
	market->fields = arena_push(founding->arena, market->fields, &market->field_count,
				    sizeof *market->fields);
	market->fields[market->field_count - 1] = (struct market_field){ .id = id };
}

/* A field's id becomes part of a file's name. */
static bool good_id(struct str id)
{
	for (size_t i = 0; i < id.len; i++)
		if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789_-", id.text[i]))
			return false;
	return id.len > 0 && id.len <= 64;
}

static void collect(struct founding *founding, struct markets *markets)
{
	const struct shop *shop = founding->shop;
	for (size_t i = 0; i < shop->market_row_count; i++) {
		const struct market_row *row = &shop->market_rows[i];
		if (row->own)
			continue;
		if (!market_of(markets, row->market))
			add_market(founding, markets, row->market);
		struct market *market = market_of(markets, row->market);
		if (is_all_fields(row->field) || field_of(market, row->field))
			continue;
		if (good_id(row->field)) {
			add_field(founding, market, row->field);
			continue;
		}
		founding->unsound[i] = true;
		diag_error(founding->diag, row->field_pos,
			   "'%.*s' is no name of a field; write small letters, digits and '_', or "
			   "'*' for all fields",
			   STR(str_sub(row->field, 0, 60)));
	}
}

/* A row of the seller's own must name what some profile has. */
static void check_own(struct founding *founding, struct markets *markets, size_t i)
{
	const struct market_row *row = &founding->shop->market_rows[i];
	struct market *market = market_of(markets, row->market);
	struct str near = S("");
	if (!row->own || (market && (is_all_fields(row->field) || field_of(market, row->field))))
		return;
	founding->unsound[i] = true;
	if (!market)
		near = market_nearest(markets, row->market);
	for (size_t j = 0; market && j < market->field_count; j++)
		if (str_equal(str_nearest(row->field, &market->fields[j].id, 1),
			      market->fields[j].id))
			near = market->fields[j].id;
	const char *what = market ? "field" : "marketplace with a profile";
	struct str named = str_sub(market ? row->field : row->market, 0, 60);
	if (near.len)
		diag_error(founding->diag, market ? row->field_pos : row->market_pos,
			   "there is no %s '%.*s'; did you mean '%.*s'?", what, STR(named),
			   STR(near));
	else
		diag_error(founding->diag, market ? row->field_pos : row->market_pos,
			   "there is no %s '%.*s'; content/marketplaces/ lists them", what,
			   STR(named));
}

/* What one rule alone cannot tell. */
static void judge_field(struct founding *founding, const struct market_field *field)
{
	const struct market_rule *placed = field->placed_by;
	const struct market_form *form = field->form;
	if (!placed && !founding_states(founding, field, "placement"))
		diag_error(founding->diag,
			   field->rule_count ? field->rules[0].pos : (struct pos){ 0 },
			   "the field '%.*s' has no rule 'placement', so nobody knows whether a "
			   "text may stand in it; add one",
			   STR(field->id));
	else if (field->placement == MARKET_ELSEWHERE && !field->instead &&
		 !founding_states(founding, field, "instead"))
		diag_error(
			founding->diag, placed->pos,
			"the field '%.*s' sends its text elsewhere; name the other field in a row "
			"'instead'",
			STR(field->id));
	if (field->seller_only && market_emits(field))
		diag_error(founding->diag, placed->pos,
			   "no buyer sees '%.*s', so a text there is told to nobody; withhold it, or "
			   "write 'buyer' as its 'visibility'",
			   STR(field->id));
	if (form->contact & CONTACT_SOCIAL && !form->social_names.count)
		diag_error(founding->diag, market_rule_find(field, "contact")->pos,
			   "'social' names are forbidden, but no row 'social_names' lists them");
	if (field->format != MARKET_PLAIN && !form->entities)
		diag_error(founding->diag, market_rule_find(field, "entities")->pos,
			   "'%.*s' is written in HTML, which cannot be without entities",
			   STR(field->id));
	if (field->limit && field->minimum > field->limit)
		diag_error(founding->diag, market_rule_find(field, "minimum")->pos,
			   "the minimum is more than the limit");
	if ((form->block_limit || form->pieces_max) && !form->between.len)
		diag_error(founding->diag,
			   market_rule_find(field, form->block_limit ? "block_limit" : "pieces_max")->pos,
			   "where one block of '%.*s' ends and the next begins is not told; add a "
			   "row 'between' with what stands there, such as 'U+000A' for a line end",
			   STR(field->id));
	for (size_t i = 0; i < form->drop_order.count; i++)
		if (words_have(&form->mandatory, form->drop_order.items[i]))
			diag_error(founding->diag, market_rule_find(field, "drop_order")->pos,
				   "'%.*s' is mandatory, so it cannot be left out",
				   STR(form->drop_order.items[i]));
}

static void add_variants(struct founding *founding, struct market *market)
{
	const struct shop *shop = founding->shop;
	for (size_t i = founding_first(founding); i < founding->shop->market_row_count;
	     i = founding_next(founding, i)) {
		const struct market_row *row = &shop->market_rows[i];
		if (founding->unsound[i] || !row->category.len ||
		    !str_equal(row->market, market->id))
			continue;
		for (size_t j = 0; j < market->field_count; j++) {
			struct market_field *field = &market->fields[j];
			bool known = market_field_find(market, field->id, row->category) != field;
			if (known ||
			    (!is_all_fields(row->field) && !str_equal(row->field, field->id)))
				continue;
			market->variants =
				arena_push(founding->arena, market->variants,
					   &market->variant_count, sizeof *market->variants);
			market->variants[market->variant_count - 1] =
				(struct market_field){ .id = field->id, .category = row->category };
		}
	}
}

static void found_field(struct founding *founding, struct market *market,
			struct market_field *field)
{
	field->market = market;
	founding_rules(founding, field);
	rules_apply(founding->arena, market, field, founding->shop, founding->diag);
}

static void find_rows(struct founding *founding, const struct market *market)
{
	const struct shop *shop = founding->shop;
	founding->first = 0;
	while (!str_equal(shop->market_rows[founding->first].market, market->id))
		founding->first++;
	founding->end = founding->first;
	while (founding->end < founding->own &&
	       str_equal(shop->market_rows[founding->end].market, market->id))
		founding->end++;
}

static void found_market(struct founding *founding, struct market *market)
{
	find_rows(founding, market);
	add_variants(founding, market);
	for (size_t i = 0; i < market->field_count; i++)
		found_field(founding, market, &market->fields[i]);
	for (size_t i = 0; i < market->variant_count; i++)
		found_field(founding, market, &market->variants[i]);
	for (size_t i = 0; i < market->field_count; i++)
		judge_field(founding, &market->fields[i]);
	for (size_t i = 0; i < market->variant_count; i++)
		judge_field(founding, &market->variants[i]);
}

static int by_id(const void *a, const void *b)
{
	return str_compare(((const struct market *)a)->id, ((const struct market *)b)->id);
}

struct markets *markets_new(struct arena *arena, const struct shop *shop, struct diag *diag)
{
	struct markets *markets = arena_new(arena, sizeof *markets);
	struct founding founding = { .arena = arena, .shop = shop, .diag = diag };
	founding.unsound = arena_array(arena, shop->market_row_count + 1, sizeof(bool));
	while (founding.own < shop->market_row_count && !shop->market_rows[founding.own].own)
		founding.own++;
	for (size_t i = 0; i < shop->market_row_count; i++) {
		check_rule_name(&founding, i);
		check_provenance(&founding, i);
		check_once(&founding, i);
	}
	collect(&founding, markets);
	if (markets->count)
		qsort(markets->items, markets->count, sizeof *markets->items, by_id);
	for (size_t i = 0; i < shop->market_row_count; i++)
		check_own(&founding, markets, i);
	for (size_t i = 0; i < markets->count; i++)
		found_market(&founding, &markets->items[i]);
	founding_number(&founding, markets->items, markets->count);
	return markets;
}

size_t markets_count(const struct markets *markets)
{
	return markets->count;
}

const struct market *market_at(const struct markets *markets, size_t index)
{
	return index < markets->count ? &markets->items[index] : NULL;
}

const struct market *market_find(const struct markets *markets, struct str id)
{
	for (size_t i = 0; i < markets->count; i++)
		if (str_equal(markets->items[i].id, id))
			return &markets->items[i];
	return NULL;
}

const struct market_site *market_site_find(const struct market *market, struct str site)
{
	for (size_t i = 0; i < market->site_count; i++)
		if (str_equal_fold(market->sites[i].site, site))
			return &market->sites[i];
	return NULL;
}

struct str market_nearest(const struct markets *markets, struct str id)
{
	struct str *ids = calloc(markets->count + 1, sizeof *ids);
	if (!ids)
		arena_exhausted();
	for (size_t i = 0; i < markets->count; i++)
		ids[i] = markets->items[i].id;
	struct str near = str_nearest(id, ids, markets->count);
	free(ids);
	return near;
}

const struct market_field *market_field_find(const struct market *market, struct str id,
					     struct str category)
{
	for (size_t i = 0; category.len && i < market->variant_count; i++)
		if (str_equal(market->variants[i].id, id) &&
		    str_equal(market->variants[i].category, category))
			return &market->variants[i];
	for (size_t i = 0; i < market->field_count; i++)
		if (str_equal(market->fields[i].id, id))
			return &market->fields[i];
	return NULL;
}

const struct market_rule *market_rule_find(const struct market_field *field, const char *rule)
{
	const struct market_rule *found = NULL;
	for (size_t i = 0; i < field->rule_count; i++)
		if (str_is(field->rules[i].rule, rule))
			found = &field->rules[i];
	return found;
}

bool market_speaks(const struct market_field *field, const struct market_site *site,
		   struct str language, struct arena *arena, struct str *why)
{
	struct str base = str_sub(language, 0, str_index(language, '-'));
	if (!field->site_language || !site || !site->language_count)
		return true;
	for (size_t i = 0; i < site->language_count; i++)
		if (str_equal_fold(site->languages[i], base) ||
		    str_equal_fold(site->languages[i], language))
			return true;
	*why = str_format(arena,
			  "'%.*s' on %.*s must be written in '%.*s', and this text is in '%.*s'",
			  STR(field->title), STR(site->site), STR(site->languages[0]),
			  STR(language));
	return false;
}

struct str market_failure_words(const struct market_field *field)
{
	static const char *const words[] = {
		[MARKET_FAILURE_UNKNOWN] = "",
		[MARKET_REFUSES] = "refuses such a text",
		[MARKET_FILTERS] = "filters such a text without a word",
		[MARKET_PUBLISHES_EMPTY] = "publishes the listing without such a text",
		[MARKET_TRUNCATES] = "cuts such a text off",
	};
	return str_of(words[field->failure]);
}

bool market_emits(const struct market_field *field)
{
	return field->placement >= MARKET_UNFORBIDDEN;
}
