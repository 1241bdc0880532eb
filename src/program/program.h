/* SPDX-License-Identifier: MIT */
#ifndef UPFRONT_PROGRAM_PROGRAM_H
#define UPFRONT_PROGRAM_PROGRAM_H

/*
 * program - every text is a small program, and what is known early is said early.
 *
 * Templates, Markdown and messages are compiled into one form: a list of operations (text, value,
 * condition, loop, plural). One evaluator runs it against a scope. Where a value is VALUE_LATER the
 * evaluator, told to fold, leaves the operation standing and goes on: the result is a program
 * again, with long runs of finished bytes between the few operations that are left. A page is
 * folded once a language, once a class, and run once a product.
 *
 *	struct compiler *compiler = compiler_new(arena, &root_shape, words, messages, diag);
 *	const struct program *page = template_compile(compiler, "templates/product.html");
 *	const struct program *english = program_fold(arena, page, words, language_scope, NULL);
 *	const struct program *class = program_fold(arena, english, words, class_scope, &reads);
 *	program_run(class, words, product_scope, &buf, &trouble);
 *
 * Programs are immutable and shared by threads. What is wrong with a text (unknown names,
 * wrong types, unbalanced braces, unknown keys) is reported when it is compiled, at its line
 * and column. Escaping belongs to the place and is settled then, too.
 */

#include "program/value.h"

struct program;

/* Where a value lands; chosen by the front end, never by the author of a text. */
enum escape {
	ESCAPE_NONE,
	ESCAPE_TEXT,	  /* between tags */
	ESCAPE_ATTRIBUTE, /* between double quotes */
	ESCAPE_URL,	  /* in double quotes, an address or its beginning: keeps / : ? & = # % */
	ESCAPE_URL_PATH,  /* a later piece of one: keeps / and what is escaped already */
	ESCAPE_URL_QUERY, /* a piece behind a ? or #: only letters, digits and - . _ ~ stay */
	ESCAPE_JSON,	  /* between the quotes of a string; may stand inside <script> */
	ESCAPE_CSV	  /* between the quotes of a cell */
};

/* Adds the text escaped for the place. */
void escape_add(struct buf *out, struct str text, enum escape escape);

/* The texts of a language: content/text/LANG.csv (key,text), ICU MessageFormat patterns. */
struct message {
	struct str key;
	struct str pattern;
	struct pos pos; /* of the pattern's cell */
};

struct messages {
	const struct message *items;
	size_t count;
	const struct messages *fallback; /* the shop's default language, or NULL */
	struct str tag;			 /* of the language: what falls back to it is marked so */
	bool right_to_left;
};

/* Compiles texts of one language against one root shape. Lives in the arena. */
struct compiler;

struct compiler *compiler_new(struct arena *arena, const char *folder, const struct shape *root,
			      const struct words *words, const struct messages *messages,
			      struct diag *diag);

/*
 * Reads and compiles a template, relative to the folder ("templates/product.html"), with its
 * u:include parts. NULL when it had errors (reported).
 */
const struct program *template_compile(struct compiler *compiler, const char *path);

/* The same for a source in memory that is called `path`; parts are read from its folder. */
const struct program *template_parse(struct compiler *compiler, const char *path,
				     struct str source);

/* A Markdown file: front matter keys, and the body as a program. */
struct markdown {
	struct str file; /* base name without .md: the section's id */
	struct front_matter {
		struct str key;
		struct str text;
		struct pos pos;
	} *front;
	size_t front_count;
	const struct program *body; /* HTML, of a letter plain text; NULL when it had errors */
	struct str source;	    /* of a letter: the whole file, to find a place in it */
	const struct program *lead; /* its first paragraph alone, where it begins with one */
};

/* False when it cannot be read or has errors (reported); `markdown` goes as far as it was read. */
bool markdown_compile(struct compiler *compiler, const char *path, struct markdown *markdown);

/* The same for a text in memory that is called `path`. */
bool markdown_parse(struct compiler *compiler, const char *path, struct str text,
		    struct markdown *markdown);

/*
 * The same for a letter: its body is plain text with placeholders, as it is written into a message;
 * marks of Markdown in it are reported.
 */
bool letter_compile(struct compiler *compiler, const char *path, struct markdown *letter);
bool letter_parse(struct compiler *compiler, const char *path, struct str text,
		  struct markdown *letter);

/* The place of the byte `index` of a letter's source. */
struct pos letter_pos(const struct markdown *letter, const char *path, size_t index);

/* A text of the front matter by its key, as a message; NULL when absent or wrong (reported). */
const struct program *markdown_front(struct compiler *compiler, const struct markdown *markdown,
				     const char *key, enum escape escape);

/* An ICU MessageFormat pattern that begins at `pos`; NULL when it had errors (reported). */
const struct program *message_compile(struct compiler *compiler, struct str pattern, struct pos pos,
				      enum escape escape);

/* A text of text/LANG.csv by its key; NULL and an error at `pos` when there is none. */
const struct program *message_find(struct compiler *compiler, struct str key, struct pos pos,
				   enum escape escape);

/* A condition (`when: shop.returns_days`) as in u:if; NULL when it had errors. */
struct condition;
const struct condition *condition_compile(struct compiler *compiler, struct str text,
					  struct pos pos);

/* 1, 0, or -1 when it needs something that comes later. */
int condition_holds(const struct condition *condition, const struct record *scope);

/* Names that a program read while it was folded, with the value that each had. */
struct read {
	struct str name;  /* "methods.cn-reg.fee" */
	struct str value; /* "18.50 EUR": plain, the same in every language */
};

struct reads {
	struct arena *arena;
	struct read *items; /* each name once, in the order of reading */
	size_t count;
	struct map *seen; /* set by program_fold; zero at the start */
};

/*
 * Folds everything that the scope knows. The result lives in the arena and borrows nothing from
 * `program` or `scope`. A later scope has the same lists in the same order, with more of their
 * fields known. `reads` may be NULL.
 */
const struct program *program_fold(struct arena *arena, const struct program *program,
				   const struct words *words, const struct record *scope,
				   struct reads *reads);

/* The same with finished markup before and behind it. */
const struct program *program_fold_between(struct arena *arena, const struct program *program,
					   const struct words *words, const struct record *scope,
					   struct str before, struct str behind);

/* The same, but values that are known are kept apart from the text, so that a run can leave holes for them, too. */
const struct program *program_fold_apart(struct arena *arena, const struct program *program,
					 const struct words *words, const struct record *scope,
					 struct reads *reads);

/*
 * Runs the program. False when a value was absent or later where one had to be written, or when
 * an address had a scheme other than http, https, mailto and tel: `trouble` then names the value
 * ("product.brand") and `out` is not to be used.
 */
bool program_run(const struct program *program, const struct words *words,
		 const struct record *scope, struct buf *out, struct str *trouble);

/*
 * Values that a run left out, with a word in place of each that occurs in no text: HOLE_WORD and two letters more, which
 * hole_at reads. What is then made from the bytes, with much work, holds for every run that
 * differs in these values alone.
 */
#define HOLE_WORD "zqxjkvwq"
enum { HOLE_LEN = sizeof HOLE_WORD + 1, HOLES_MAX = 26 * 26 };

struct hole {
	struct str name;    /* of the value: "to.methods.cn-reg.customs.duty" */
	size_t start, len; /* of what was to be written, in `text`, escaped for its place */
	bool late;	   /* it was not known yet when the program was folded */
};

struct holes {
	struct buf text;
	struct hole *items;
	size_t count, room;
};

void holes_reset(struct holes *holes);
void holes_release(struct holes *holes);

/* What was to be written. */
struct str hole_text(const struct holes *holes, size_t index);

/* The index of the hole whose word stands at `text` at the place, or -1. */
int hole_at(struct str text, size_t at);

/* program_run that writes words for values; an empty value and finished markup are written as they are. */
bool program_run_holes(const struct program *program, const struct words *words,
		       const struct record *scope, struct buf *out, struct holes *holes,
		       struct str *trouble);

/*
 * Which elements of lists a run will ask for by their index, as bits; all where it goes through a list, or through
 * another text, and past the 64th.
 */
uint64_t program_elements(const struct program *program);

/* Hash of everything in a folded program: equal hashes give equal bytes for equal scopes. */
uint64_t program_hash(const struct program *program);

/* Bytes of finished text in it and operations left: for the log and for tests of folding. */
size_t program_text_size(const struct program *program);
size_t program_operations(const struct program *program);

#endif
