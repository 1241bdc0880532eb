/* SPDX-License-Identifier: MIT */
/*
 * The rows of a profile and the seller's own in, those that hold for a field out. The one idea:
 * rows lie in layers, the profile's general ones, the profile's for a field, and above them the
 * seller's own; of a rule that can only hold once the highest layer counts.
 */
#include "market/founding.h"

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

static const char *const marks[] = { "?", "M", "V2", "V", "local" };

const char *market_confidence_mark(enum market_confidence confidence)
{
	return marks[confidence];
}

bool is_all_fields(struct str field)
{
	return str_is(field, "*");
}

bool row_confidence(const struct market_row *row, enum market_confidence *confidence)
{
	*confidence = MARKET_OVERRIDDEN;
	for (size_t i = 0; !row->own && i <= MARKET_READ; i++)
		if (str_is(row->confidence, marks[i]))
			*confidence = (enum market_confidence)i;
	return row->own || *confidence != MARKET_OVERRIDDEN;
}

size_t founding_next(const struct founding *founding, size_t i)
{
	return i + 1 == founding->end ? founding->own : i + 1;
}

size_t founding_first(const struct founding *founding)
{
	return founding->first < founding->end ? founding->first : founding->own;
}

/* The layer in which a row holds for the field and category; LAYERS when it does not. */
static enum layer layer_of(const struct market_row *row, const struct market_field *field)
{
	bool all = is_all_fields(row->field);
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
	row_confidence(row, &rule.confidence);
	return rule;
}

/* The profile's row that the seller's own row stands for. */
static const struct market_rule *replaced_by(struct founding *founding,
					     const struct market_row *own,
					     const struct market_field *field)
{
	const struct market_row *found = NULL;
	for (size_t i = founding_first(founding); i < founding->shop->market_row_count;
	     i = founding_next(founding, i)) {
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
	for (size_t j = founding_first(founding); j < founding->shop->market_row_count;
	     j = founding_next(founding, j))
		if (!founding->unsound[j] && str_equal(rows[i].rule, rows[j].rule) &&
		    is_covered(&rows[i], layer, layer_of(&rows[j], field)))
			return false;
	return true;
}

void founding_rules(struct founding *founding, struct market_field *field)
{
	struct market_rule *rules = NULL;
	for (size_t i = founding_first(founding); i < founding->shop->market_row_count;
	     i = founding_next(founding, i)) {
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

bool founding_states(struct founding *founding, const struct market_field *field, const char *rule)
{
	const struct market_row *rows = founding->shop->market_rows;
	for (size_t i = founding_first(founding); i < founding->shop->market_row_count;
	     i = founding_next(founding, i))
		if (str_is(rows[i].rule, rule) && layer_of(&rows[i], field) != LAYERS)
			return true;
	return false;
}
