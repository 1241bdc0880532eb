/* SPDX-License-Identifier: MIT */
/*
 * The rows of all profiles in, marketplaces with their fields out. The one idea: rows lie in
 * layers, the profile's general ones, the profile's for a field, and above them the seller's own;
 * of a rule that can only hold once the highest layer counts.
 */
#include <stdlib.h>
#include <string.h>

#include "market/rules.h"

/* From the weakest to the strongest. */
enum layer {
	LAYER_ALL_FIELDS,
	LAYER_FIELD,
	LAYER_OWN_ALL,
	LAYER_OWN_FIELD,
	LAYER_CATEGORY_ALL,
	LAYER_CATEGORY,
	LAYERS
};

struct markets {
	struct market *items; /* sorted by id */
	size_t count;
};

struct founding {
	struct arena *arena;
	const struct shop *shop;
	struct diag *diag;
	bool *unsound;     /* for each of the shop's rows: reported, not used */
	size_t first, end; /* the profile's rows of the marketplace at hand */
	size_t own;        /* where the seller's own rows begin, behind all profiles */
};

/* Walks over the rows that can speak of the marketplace at hand. */
static size_t next_row(const struct founding *founding, size_t i)
{
	return i + 1 == founding->end ? founding->own : i + 1;
}

static size_t first_row(const struct founding *founding)
{
	return founding->first < founding->end ? founding->first : founding->own;
}

static const char *const marks[] = { "?", "M", "V2", "V", "local" };

const char *market_confidence_mark(enum market_confidence confidence)
{
	return marks[confidence];
}

static bool is_all(struct str field)
{
	return str_is(field, "*");
}

static bool read_confidence(const struct market_row *row, enum market_confidence *confidence)
{
	*confidence = MARKET_OVERRIDDEN;
	for (size_t i = 0; !row->own && i <= MARKET_READ; i++)
		if (str_is(row->confidence, marks[i]))
			*confidence = (enum market_confidence)i;
	return row->own || *confidence != MARKET_OVERRIDDEN;
}

static void check_rule_name(struct founding *founding, size_t i)
{
	const struct market_row *row = &founding->shop->market_rows[i];
	enum rule_kind kind = rule_kind(row->rule);
	struct str near = rule_nearest(row->rule), cut = str_sub(row->rule, 0, 60);
	if (kind == RULE_UNKNOWN && near.len)
		diag_error(founding->diag, row->rule_pos,
			   "there is no rule '%.*s'; did you mean '%.*s'?", STR(cut), STR(near));
	else if (kind == RULE_UNKNOWN)
		diag_error(founding->diag, row->rule_pos,
			   "there is no rule '%.*s'; the README lists them", STR(cut));
	else if (kind == RULE_OF_MARKET && !is_all(row->field))
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
	if (!read_confidence(row, &confidence)) {
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
		(struct market){ .id = id, .name = id, .claim_window_days = -1 };
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
		if (is_all(row->field) || field_of(market, row->field))
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
	if (!row->own || (market && (is_all(row->field) || field_of(market, row->field))))
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

/* The layer in which a row holds for the field and category; LAYERS when it does not. */
static enum layer layer_of(const struct market_row *row, const struct market_field *field)
{
	bool all = is_all(row->field);
	if (!str_equal(row->market, field->market->id) ||
	    (!all && !str_equal(row->field, field->id)))
		return LAYERS;
	if (row->category.len && !str_equal(row->category, field->category))
		return LAYERS;
	if (!row->own)
		return all ? LAYER_ALL_FIELDS : LAYER_FIELD;
	if (row->category.len)
		return all ? LAYER_CATEGORY_ALL : LAYER_CATEGORY;
	return all ? LAYER_OWN_ALL : LAYER_OWN_FIELD;
}

/* Does another row take the place of this one? */
static bool is_covered(const struct market_row *row, enum layer layer, enum layer other)
{
	if (other == LAYERS || other <= layer)
		return false;
	return other >= LAYER_OWN_ALL || rule_kind(row->rule) != RULE_REPEATED;
}

static struct market_rule rule_of(const struct market_row *row)
{
	struct market_rule rule = { .field = row->field,
				    .rule = row->rule,
				    .value = row->value,
				    .source = row->source,
				    .checked_on = row->checked_on,
				    .pos = row->value_pos };
	read_confidence(row, &rule.confidence);
	return rule;
}

/* The profile's row that the seller's own row stands for. */
static const struct market_rule *replaced_by(struct founding *founding,
					     const struct market_row *own,
					     const struct market_field *field)
{
	const struct market_row *found = NULL;
	for (size_t i = first_row(founding); i < founding->shop->market_row_count;
	     i = next_row(founding, i)) {
		const struct market_row *row = &founding->shop->market_rows[i];
		if (!founding->unsound[i] && !row->own && str_equal(row->rule, own->rule) &&
		    layer_of(row, field) != LAYERS)
			found = row;
	}
	if (!found)
		return NULL;
	struct market_rule *rule = arena_new(founding->arena, sizeof *rule);
	*rule = rule_of(found);
	return rule;
}

static bool row_counts(struct founding *founding, const struct market_field *field, size_t i)
{
	const struct market_row *rows = founding->shop->market_rows;
	enum layer layer = layer_of(&rows[i], field);
	if (founding->unsound[i] || layer == LAYERS)
		return false;
	for (size_t j = first_row(founding); j < founding->shop->market_row_count;
	     j = next_row(founding, j))
		if (!founding->unsound[j] && str_equal(rows[i].rule, rows[j].rule) &&
		    is_covered(&rows[i], layer, layer_of(&rows[j], field)))
			return false;
	return true;
}

static void collect_rules(struct founding *founding, struct market_field *field)
{
	struct market_rule *rules = NULL;
	for (size_t i = first_row(founding); i < founding->shop->market_row_count;
	     i = next_row(founding, i)) {
		const struct market_row *row = &founding->shop->market_rows[i];
		if (!row_counts(founding, field, i))
			continue;
		rules = arena_push(founding->arena, rules, &field->rule_count, sizeof *rules);
		rules[field->rule_count - 1] = rule_of(row);
		if (row->own)
			rules[field->rule_count - 1].over = replaced_by(founding, row, field);
	}
	field->rules = rules;
}

/* Is there such a row for the field, be it a wrong one? */
static bool is_stated(struct founding *founding, const struct market_field *field, const char *rule)
{
	const struct market_row *rows = founding->shop->market_rows;
	for (size_t i = first_row(founding); i < founding->shop->market_row_count;
	     i = next_row(founding, i))
		if (str_is(rows[i].rule, rule) && layer_of(&rows[i], field) != LAYERS)
			return true;
	return false;
}

/* What one rule alone cannot tell. */
static void judge_field(struct founding *founding, const struct market_field *field)
{
	const struct market_rule *placed = field->placed_by;
	const struct market_form *form = field->form;
	if (!placed && !is_stated(founding, field, "placement"))
		diag_error(founding->diag,
			   field->rule_count ? field->rules[0].pos : (struct pos){ 0 },
			   "the field '%.*s' has no rule 'placement', so nobody knows whether a "
			   "text may stand in it; add one",
			   STR(field->id));
	else if (field->placement == MARKET_ELSEWHERE && !field->instead &&
		 !is_stated(founding, field, "instead"))
		diag_error(
			founding->diag, placed->pos,
			"the field '%.*s' sends its text elsewhere; name the other field in a row "
			"'instead'",
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
	for (size_t i = 0; i < form->drop_order.count; i++)
		if (words_have(&form->mandatory, form->drop_order.items[i]))
			diag_error(founding->diag, market_rule_find(field, "drop_order")->pos,
				   "'%.*s' is mandatory, so it cannot be left out",
				   STR(form->drop_order.items[i]));
}

static void add_variants(struct founding *founding, struct market *market)
{
	const struct shop *shop = founding->shop;
	for (size_t i = first_row(founding); i < founding->shop->market_row_count;
	     i = next_row(founding, i)) {
		const struct market_row *row = &shop->market_rows[i];
		if (founding->unsound[i] || !row->category.len ||
		    !str_equal(row->market, market->id))
			continue;
		for (size_t j = 0; j < market->field_count; j++) {
			struct market_field *field = &market->fields[j];
			bool known = market_field_find(market, field->id, row->category) != field;
			if (known || (!is_all(row->field) && !str_equal(row->field, field->id)))
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
	collect_rules(founding, field);
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

bool market_emits(const struct market_field *field)
{
	return field->placement >= MARKET_UNFORBIDDEN;
}
