/* SPDX-License-Identifier: MIT */
/*
 * Records in, values out. Filling checks each value against its field's type, so that the evaluator
 * never meets a kind that the compiler did not expect.
 */
#include "program/value.h"

#include <assert.h>
#include <string.h>

const char *value_kind_name(enum value_kind kind)
{
	static const char *const names[] = { "later",   "absent", "yes/no",        "number",
					     "percent", "money",  "date",          "weight",
					     "text",    "markup", "composed text", "list",
					     "record" };
	return names[kind];
}

struct record *record_new(struct arena *arena, const struct shape *shape)
{
	struct record *record = arena_new(arena, sizeof *record);
	record->shape = shape;
	record->key = S("");
	record->values = arena_array(arena, shape->count, sizeof *record->values);
	return record;
}

/* Nearly always the field is named by the very literal that the shape has, since the linker keeps each once. */
struct value *record_at(struct record *record, const char *field)
{
	const struct shape *shape = record->shape;
	for (size_t i = 0; i < shape->count; i++)
		if (shape->fields[i].name == field)
			return &record->values[i];
	for (size_t i = 0; i < shape->count; i++)
		if (strcmp(shape->fields[i].name, field) == 0)
			return &record->values[i];
	assert(0 && "the shape has no such field");
	return NULL;
}

/* The field's value, emptied and marked as being of its declared kind. */
static struct value *fill(struct record *record, const char *field, enum value_kind kind)
{
	struct value *value = record_at(record, field);
	assert(record->shape->fields[value - record->values].kind == kind);
	*value = (struct value){ .kind = kind };
	return value;
}

void record_text(struct record *record, const char *field, struct str text)
{
	fill(record, field, VALUE_TEXT)->text = text;
}

void record_html(struct record *record, const char *field, struct str html)
{
	fill(record, field, VALUE_HTML)->text = html;
}

void record_number(struct record *record, const char *field, int64_t number)
{
	fill(record, field, VALUE_NUMBER)->number = number;
}

void record_percent(struct record *record, const char *field, int64_t percent)
{
	fill(record, field, VALUE_PERCENT)->number = percent;
}

void record_weight(struct record *record, const char *field, int64_t grams)
{
	fill(record, field, VALUE_WEIGHT)->number = grams;
}

void record_yes(struct record *record, const char *field, bool yes)
{
	fill(record, field, VALUE_YES_NO)->yes = yes;
}

void record_date(struct record *record, const char *field, int32_t date)
{
	fill(record, field, VALUE_DATE)->date = date;
}

void record_money(struct record *record, const char *field, struct amount money)
{
	fill(record, field, VALUE_MONEY)->money = money;
}

void record_program(struct record *record, const char *field, const struct program *program)
{
	fill(record, field, VALUE_PROGRAM)->program = program;
}

void record_record(struct record *record, const char *field, const struct record *value)
{
	fill(record, field, VALUE_RECORD)->record = value;
}

void record_list(struct record *record, const char *field, const struct record *const *records,
		 size_t count)
{
	fill(record, field, VALUE_LIST)->list = (struct list){ records, count };
}

void record_absent(struct record *record, const char *field)
{
	record_at(record, field)->kind = VALUE_ABSENT;
}
