/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PROGRAM_COMPILE_H
#define UPFRONT_PROGRAM_COMPILE_H

/*
 * compile - what the front ends share while they write a program.
 *
 * A struct writing is one program under way: its builder, the loop variables that can be seen at
 * this point, and whether anything went wrong. Front ends hand over passages, pieces of text that
 * know where they stand, and indexes into them; names, expressions and messages are read in a
 * passage and every fault finds its line and column from it. A fault is reported, marks the
 * writing as failed, and reading goes on.
 *
 *	struct writing writing;
 *	writing_begin(&writing, compiler);
 *	message_write(&writing, &passage, 0, passage.text.len, &place);
 *	program = writing_end(&writing, ESCAPE_TEXT);	// NULL when it failed
 */

#include "base/map.h"
#include "program/form.h"

enum {
	LOOPS_MAX = 16,      /* u:each inside u:each */
	NESTING_MAX = 32,    /* placeholders, parentheses and texts inside one another */
	FAULTS_MAX = 100,    /* of one program that are told */
	PLURALS_KNOWN = 1000 /* a message must have a form for every number below this */
};

struct compiler {
	struct arena *arena;
	const char *folder;
	const struct shape *root;
	const struct words *words;
	const struct messages *messages;
	struct map keys;                /* key to struct message */
	struct map fallback_keys;       /* likewise, of the default language */
	uint8_t plurals[PLURALS_KNOWN]; /* enum plural of each small number */
	struct diag *diag;
};

/* A piece of text and where it stands. */
struct passage {
	struct str text;
	struct pos pos;    /* of its first byte */
	struct str source; /* in XML: the file from there on, longer than the text by its entities;
			      else empty */
};

/* The place of the byte `index` of the text. */
struct pos passage_pos(const struct passage *passage, size_t index);

/* A loop variable that can be seen. */
struct variable {
	struct str name;
	const struct shape *shape;
	uint32_t slot;
	const struct variable *outer;
};

/* A text of LANG.csv that is being written where it is named. */
struct quoting {
	struct str key;
	struct pos used;
	bool foreign; /* taken from the default language: its plural forms are not ours */
	const struct quoting *outer;
};

struct writing {
	struct compiler *compiler;
	struct builder builder;
	const struct variable *variable; /* the innermost, or NULL */
	const struct quoting *quoting;   /* the innermost, or NULL */
	unsigned nesting;                /* of messages in messages */
	unsigned faults;                 /* told so far */
	bool failed;
};

/* Where addresses begin anew inside an attribute. */
enum restart { RESTART_NEVER, RESTART_COMMA /* srcset */, RESTART_URL /* `0; url=` */ };

/* What text and values are written into; follows an address from its beginning to its query. */
struct place {
	enum escape escape;
	enum restart restart;
	bool encode;   /* literal parts of an address are typed by a person, not escaped yet */
	bool plain;    /* between tags, but no tag may stand here: <title>, <textarea> */
	bool collapse; /* white space is worth one byte */
};

void writing_begin(struct writing *writing, struct compiler *compiler);

/* The program, or NULL when something failed; gives the builder back. */
const struct program *writing_end(struct writing *writing, enum escape escape);

/* Reports an error at the byte `index` of the passage and marks the writing as failed. */
void fail(struct writing *writing, const struct passage *passage, size_t index, const char *format,
	  ...) __attribute__((format(printf, 4, 5)));

/* What a name stands for. */
struct named {
	const struct path *path;
	enum value_kind kind;
	const struct shape *shape; /* of a list's elements or a record */
};

bool is_name_byte(char c);

/* Finds the name that stands at `from`; false when there is none (reported, with the nearest). */
bool name_find(struct writing *writing, const struct passage *passage, size_t from, size_t len,
	       struct named *named);

/* Would the name's first word be known here? Reports nothing. */
bool name_is_known(const struct writing *writing, struct str name);

/* Writes text that stands in the file itself. */
void literal_write(struct writing *writing, struct str text, struct place *place);

/* Writes a value in the default format of its kind (`format` < 0) or in the one given. */
void value_write(struct writing *writing, const struct passage *passage, size_t index,
		 const struct named *named, int format, struct place *place);

/* Writes a text of LANG.csv; the key stands at `from`. */
void text_write(struct writing *writing, const struct passage *passage, size_t from, size_t len,
		struct place *place);

/* Writes the message between `from` and `end`. */
void message_write(struct writing *writing, const struct passage *passage, size_t from, size_t end,
		   struct place *place);

/*
 * Behind the placeholder or the quoted text ('{...') that begins at `at`; 0 when it does not end.
 */
size_t message_skip(struct str text, size_t at);

/* Does a placeholder or a quoted brace begin at `at`? */
bool message_begins(struct str text, size_t at);

/* Reads the condition between `from` and `end`; NULL when it is wrong (reported). */
const struct expression *expression_read(struct writing *writing, const struct passage *passage,
					 size_t from, size_t end);

/* New expressions in the arena. */
const struct expression *expression_test(struct arena *arena, enum expression_kind kind,
					 const struct path *path);
const struct expression *expression_join(struct arena *arena, enum expression_kind kind,
					 const struct expression *first,
					 const struct expression *second);

#endif
