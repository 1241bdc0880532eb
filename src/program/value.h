/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PROGRAM_VALUE_H
#define UPFRONT_PROGRAM_VALUE_H

/*
 * value - what a text can name.
 *
 * A scope is a record: a shape (names and types, known when texts are compiled) and values (known
 * when they are run). A value may be VALUE_LATER: it belongs to a later stage, and what needs it
 * stays an operation when a program is folded. A value may be VALUE_ABSENT: the shop does not know
 * it. An absent value is false in a condition and must not be written: that fails the build, for no
 * page may have an empty place.
 *
 *	static const struct field product_fields[] = {
 *		{ "title", VALUE_TEXT, NULL, "as the seller wrote it" },
 *		{ "price", VALUE_MONEY, NULL, "with its currency" },
 *	};
 *	static const struct shape product_shape = SHAPE("product", product_fields);
 *
 * Records and lists are made by the output room in its arenas and only read here.
 */

#include "base/diag.h"
#include "words/words.h"

struct program;

enum value_kind {
	VALUE_LATER,   /* not at this stage */
	VALUE_ABSENT,  /* not known to the shop */
	VALUE_YES_NO,
	VALUE_NUMBER,  /* a whole number: days, parcels */
	VALUE_PERCENT, /* whole percent */
	VALUE_MONEY,
	VALUE_DATE,
	VALUE_WEIGHT,  /* grams */
	VALUE_TEXT,
	VALUE_HTML,    /* finished markup made by the program itself: charts */
	VALUE_PROGRAM, /* a compiled text that runs in the scope where it is named: Markdown */
	VALUE_LIST,
	VALUE_RECORD
};

const char *value_kind_name(enum value_kind kind); /* "number", "money", ... */

struct shape;

struct field {
	const char *name;
	enum value_kind kind;
	const struct shape *shape; /* of the record, or of the list's elements */
	const char *about;	   /* one line, for the documentation of names */
};

struct shape {
	const char *name;
	const struct field *fields;
	size_t count;
};

#define SHAPE(name, fields) { (name), (fields), sizeof(fields) / sizeof((fields)[0]) }

/* Elements of one shape, in the order in which they are shown; the pointers are lent. */
struct list {
	const struct record *const *records;
	size_t count;
};

struct value {
	enum value_kind kind;
	union {
		bool yes;
		int64_t number; /* VALUE_NUMBER, VALUE_PERCENT, VALUE_WEIGHT */
		int32_t date;
		struct amount money;
		struct str text; /* VALUE_TEXT, VALUE_HTML */
		const struct program *program;
		struct list list;
		const struct record *record;
	};
};

struct record {
	const struct shape *shape;
	struct str key;	      /* tells it from its neighbours in reads: "cn-reg"; may be empty */
	struct value *values; /* shape->count of them, in the order of its fields */
};

/* A record in the arena whose values are all VALUE_LATER. */
struct record *record_new(struct arena *arena, const struct shape *shape);

/* The value of the field; asserts that the shape has it. For code that fills records by name. */
struct value *record_at(struct record *record, const char *field);

/* Filling, one line each. Empty text stays text: it is false in a condition and writes nothing. */
void record_text(struct record *record, const char *field, struct str text);
void record_html(struct record *record, const char *field, struct str html);
void record_number(struct record *record, const char *field, int64_t number);
void record_percent(struct record *record, const char *field, int64_t percent);
void record_weight(struct record *record, const char *field, int64_t grams);
void record_yes(struct record *record, const char *field, bool yes);
void record_date(struct record *record, const char *field, int32_t date);
void record_money(struct record *record, const char *field, struct amount money);
void record_program(struct record *record, const char *field, const struct program *program);
void record_record(struct record *record, const char *field, const struct record *value);
void record_list(struct record *record, const char *field, const struct record *const *records,
		 size_t count);
void record_absent(struct record *record, const char *field);

#endif
