/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PROGRAM_FORM_H
#define UPFRONT_PROGRAM_FORM_H

/*
 * form - what a program is inside this room.
 *
 * A program is one flat array of operations. An operation that holds others is followed by them,
 * and its `next` leads behind the last of them: running goes forward, skipping is one step, and
 * there is nothing to free. Names were resolved when the text was compiled: a path is a row of
 * field indexes from the root record or from a loop variable's slot.
 *
 * A builder writes programs, for the compiler and for the folder alike. Text is added to
 * `builder.text` by whoever has some; it becomes an operation when another operation comes, and
 * text that meets text becomes one operation. Where white space counts once, text that begins with
 *it is soft: its first byte goes when white space stands before it, whatever is left out in
 *between.
 *
 *	struct mark loop = builder_open(&builder, (struct op){ .kind = OP_EACH, ... });
 *	buf_add(&builder.text, S("<li>"));
 *	builder_close(&builder, loop);
 *	program = builder_finish(&builder, arena, root, ESCAPE_TEXT);
 *	builder_release(&builder);
 */

#include "program/program.h"

enum op_kind {
	OP_TEXT,   /* finished bytes */
	OP_VALUE,  /* a value, formatted and escaped */
	OP_FIXED,  /* a value that is known, finished, but kept apart from the text around it */
	OP_IF,     /* what it holds, when the condition is true */
	OP_EACH,   /* what it holds, for each element of a list */
	OP_CHOICE, /* one of the branches that it holds, by a number's plural form or a word */
	OP_BRANCH
};

enum format {
	FORMAT_TEXT,
	FORMAT_HTML,    /* written as it is: only where elements may stand */
	FORMAT_PROGRAM, /* likewise */
	FORMAT_NUMBER,
	FORMAT_PERCENT,
	FORMAT_MONEY,
	FORMAT_WEIGHT,
	FORMAT_DATE_SHORT, /* the four in the order of enum date_style */
	FORMAT_DATE_MEDIUM,
	FORMAT_DATE_LONG,
	FORMAT_DATE_DAY
};

/* When a branch is taken. */
enum match {
	MATCH_EXACT, /* `=2`: before any other, whatever the order */
	MATCH_PLURAL,
	MATCH_WORD,
	MATCH_OTHER
};

/* A slot that is none: the path starts at the root. */
#define PATH_ROOT UINT32_MAX

/* A step that is the index of a list's element, not of a field: comes from unrolled loops. */
#define STEP_ELEMENT 0x80000000u

struct path {
	struct str name; /* "m.fee" as written; "methods.cn-reg.fee" once the loop is unrolled */
	uint32_t slot;   /* of the loop variable that the steps start from, or PATH_ROOT */
	uint32_t count;
	const uint32_t *steps;
};

enum relation { RELATION_EQUAL, RELATION_UNEQUAL, RELATION_LESS, RELATION_LESS_EQUAL };

enum expression_kind {
	EXPRESSION_CONSTANT, /* `yes` */
	EXPRESSION_TRUE,     /* left: known, and neither no, 0 nor empty */
	EXPRESSION_PRESENT,  /* left: known, and neither no nor empty; 0 is something */
	EXPRESSION_COMPARE,  /* left and right */
	EXPRESSION_NOT,      /* first */
	EXPRESSION_AND,      /* first and second */
	EXPRESSION_OR
};

struct operand {
	const struct path *path; /* NULL: the value itself */
	struct value value;
};

struct expression {
	uint8_t kind;     /* enum expression_kind */
	uint8_t relation; /* enum relation */
	bool yes;
	struct operand left, right;
	const struct expression *first, *second;
};

/* A finished value and the name it had. */
struct fixed {
	struct str name, text;
};

struct op {
	uint8_t kind;   /* enum op_kind */
	uint8_t escape; /* enum escape: OP_VALUE */
	uint8_t format; /* enum format: OP_VALUE */
	union {
		uint8_t match; /* enum match: OP_BRANCH */
		bool soft;     /* OP_TEXT: the first byte goes behind white space */
	};
	uint32_t next; /* index of the operation behind this one and all that it holds */
	union {
		struct str text;
		struct {
			size_t from, len;
		} span; /* text while it is being built */
		const struct fixed *fixed;
		struct {
			const struct path *path;
			int64_t offset; /* taken off the number: `#` in {n, plural, offset:1 ...} */
		} value; /* OP_VALUE; OP_CHOICE by a plural form or an exact number */
		struct {
			const struct path *path;
			uint32_t slot;
		} each;
		const struct expression *condition;
		int64_t exact;
		enum plural plural;
		struct str word;
	};
};

struct program {
	const struct shape *root;
	enum escape escape; /* the place that it was written for */
	uint32_t count;
	uint32_t slots; /* loop variables that live at the same time */
	size_t text_size;
	const struct op *ops;
};

struct condition {
	const struct shape *root;
	const struct expression *expression;
};

struct builder {
	struct buf text;
	struct buf ops;
	uint32_t count;
	uint32_t barrier; /* operations below belong to something closed: text is not joined to them
			   */
	uint32_t slots;
	size_t flushed; /* text up to here belongs to operations */
	bool soft;      /* the text behind that is */
};

struct mark {
	uint32_t op;
	uint32_t barrier;
};

void builder_init(struct builder *builder);
void builder_release(struct builder *builder);

/* Adds an operation that holds nothing. */
void builder_add(struct builder *builder, struct op op);

/* Adds soft text: its first byte is white space. */
void builder_soft(struct builder *builder, struct str text);

/* Space, tab, or an end of line. */
bool is_space(char c);

/* Begins an operation that holds what is added until it is closed. */
struct mark builder_open(struct builder *builder, struct op op);

/* Ends it. A condition or a loop that holds nothing is taken away again. */
void builder_close(struct builder *builder, struct mark mark);

/* The program in the arena; it borrows the paths and expressions that were added. */
const struct program *builder_finish(struct builder *builder, struct arena *arena,
				     const struct shape *root, enum escape escape);

/* A path in the arena: the steps of `from` (NULL: none), then `count` more. The name is lent. */
const struct path *path_new(struct arena *arena, struct str name, uint32_t slot,
			    const struct path *from, const uint32_t *steps, size_t count);

/* The value in plain text, the same in every language: "18.50 EUR", "2026-12-06", "850 g". */
void value_plain(struct buf *out, const struct value *value);

/* Can a browser be sent there: http, https, mailto, tel, or relative? */
bool url_is_safe(struct str url);

/* Escapes what was added to `out` behind the byte `from`. */
void escape_tail(struct buf *out, size_t from, enum escape escape);

#endif
