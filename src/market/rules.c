/* SPDX-License-Identifier: MIT */
/* The rules that hold for a field in, the field and its form out. */
#include "market/rules.h"

static const struct rule *rule_find(struct str name)
{
	for (const struct rule *rule = field_rules; rule->name; rule++)
		if (str_is(name, rule->name))
			return rule;
	for (const struct rule *rule = form_rules; rule->name; rule++)
		if (str_is(name, rule->name))
			return rule;
	return NULL;
}

enum rule_kind rule_kind(struct str name)
{
	const struct rule *rule = rule_find(name);
	return rule ? rule->kind : RULE_UNKNOWN;
}

struct str rule_nearest(struct str name)
{
	struct str names[96];
	size_t count = 0;
	for (const struct rule *rule = field_rules; rule->name; rule++)
		names[count++] = str_of(rule->name);
	for (const struct rule *rule = form_rules; rule->name; rule++)
		names[count++] = str_of(rule->name);
	return str_nearest(name, names, count);
}

bool words_have(const struct words *words, struct str word)
{
	for (size_t i = 0; i < words->count; i++)
		if (str_equal(words->items[i], word))
			return true;
	return false;
}

static struct str first_line(struct str address)
{
	size_t end = 0;
	while (end < address.len && address.text[end] != ',' && address.text[end] != '\n')
		end++;
	return str_trim(str_sub(address, 0, end));
}

/* What holds where no row says otherwise. */
static void start_field(struct filling *f, const struct shop *shop)
{
	struct market_form *form = arena_new(f->taking.arena, sizeof *form);
	f->form = form;
	f->field->form = form;
	f->field->ending = "txt";
	f->field->encoding = "UTF-8";
	f->field->title = f->field->id;
	form->entities = true;
	form->bullet = S("- ");
	form->address = first_line(shop->settings.address);
}

static void count_as_written(struct filling *f)
{
	struct counting *counting = arena_new(f->taking.arena, sizeof *counting);
	*counting = (struct counting){
		.markup = true, .li = -1, .br = -1, .p = -1, .nbsp = -1, .cjk_percent = 100
	};
	f->form->counting = counting;
	f->form->counting_count = 1;
}

void rules_apply(struct arena *arena, struct market *market, struct market_field *field,
		 const struct shop *shop, struct diag *diag)
{
	struct filling f = { { arena, diag, NULL }, market, field, NULL, { "", 0 } };
	start_field(&f, shop);
	for (size_t i = 0; i < field->rule_count; i++) {
		const struct rule *rule = rule_find(field->rules[i].rule);
		f.taking.rule = &field->rules[i];
		f.value = field->rules[i].value;
		if (rule)
			rule->take(&f);
	}
	if (field->format == MARKET_PLAIN && !market_rule_find(field, "entities"))
		f.form->entities = false;
	if (!f.form->counting_count)
		count_as_written(&f);
}
