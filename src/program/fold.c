/* SPDX-License-Identifier: MIT */
/*
 * The one evaluator. A program and a scope come in. When running, bytes go out, and a value that is
 * not there ends the run. When folding, the same walk writes its bytes into a builder, and an
 * operation whose value is not there is kept in the builder instead: that is all the difference.
 *
 * A loop over a list that is known is unrolled. What is kept from its rounds starts no longer from
 * the loop variable but from the root, by the element's index: a later scope has the same lists.
 */
#include "program/fold.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#include "base/map.h"

static const struct value later = { .kind = VALUE_LATER };
static const struct value absent = { .kind = VALUE_ABSENT };

/* The value at the path; VALUE_LATER or VALUE_ABSENT also where a step on the way is so. */
static const struct value *look(const struct fold *fold, const struct path *path)
{
	const struct record *record =
		path->slot == PATH_ROOT ? fold->root : fold->frames[fold->base + path->slot].record;
	if (!record)
		return &later;
	const struct value *value = &absent;
	for (uint32_t i = 0; i < path->count; i++) {
		if (path->steps[i] & STEP_ELEMENT) {
			size_t index = path->steps[i] & ~STEP_ELEMENT;
			if (value->kind != VALUE_LIST)
				return value;
			if (index >= value->list.count)
				return &absent;
			record = value->list.records[index];
			continue;
		}
		value = &record->values[path->steps[i]];
		if (value->kind == VALUE_RECORD)
			record = value->record;
		else if (value->kind <= VALUE_ABSENT)
			return value;
	}
	return value;
}

/* "methods.cn-reg": where the element of this round stands. */
static const struct path *element_of(struct fold *fold, struct frame *frame)
{
	if (frame->element)
		return frame->element;
	const struct path *list = fold_rooted(fold, frame->list);
	struct str key = frame->record->key;
	struct str name =
		key.len ? str_format(fold->arena, "%.*s.%.*s", STR(list->name), STR(key))
			: str_format(fold->arena, "%.*s.%zu", STR(list->name), frame->index + 1);
	uint32_t step = STEP_ELEMENT | (uint32_t)frame->index;
	frame->element = path_new(fold->arena, name, list->slot, list, &step, 1);
	return frame->element;
}

const struct path *fold_rooted(struct fold *fold, const struct path *path)
{
	if (path->slot == PATH_ROOT)
		return path_new(fold->arena, str_copy(fold->arena, path->name), PATH_ROOT, path,
				NULL, 0);
	uint32_t slot = fold->base + path->slot;
	struct frame *frame = &fold->frames[slot];
	if (!frame->record)
		return path_new(fold->arena, str_copy(fold->arena, path->name), slot, path, NULL,
				0);
	const struct path *element = element_of(fold, frame);
	struct str rest = str_sub(path->name, str_index(path->name, '.'), path->name.len);
	struct str name = str_format(fold->arena, "%.*s%.*s", STR(element->name), STR(rest));
	return path_new(fold->arena, name, element->slot, element, path->steps, path->count);
}

/* Remembers that a known value was read. */
static void note(struct fold *fold, const struct path *path, const struct value *value)
{
	struct reads *reads = fold->reads;
	if (!reads || value->kind == VALUE_LATER)
		return;
	struct str name = path->slot == PATH_ROOT ? path->name : fold_rooted(fold, path)->name;
	if (map_find(reads->seen, name))
		return;
	name = str_copy(reads->arena, name);
	*map_put(reads->seen, name) = (void *)(uintptr_t)name.text;
	struct buf plain = BUF_INIT;
	value_plain(&plain, value);
	reads->items = arena_push(reads->arena, reads->items, &reads->count, sizeof *reads->items);
	reads->items[reads->count - 1] =
		(struct read){ name, str_copy(reads->arena, buf_str(&plain)) };
	buf_release(&plain);
}

const struct value *fold_read(struct fold *fold, const struct path *path)
{
	const struct value *value = look(fold, path);
	if (fold->reads)
		note(fold, path, value);
	return value;
}

/* What cannot be done now: ends a run, or is kept as it is in a fold. */
static bool keep_value(struct fold *fold, const struct op *op)
{
	if (!fold->builder) {
		fold->trouble = op->value.path;
		return false;
	}
	struct op kept = *op;
	kept.value.path = fold_rooted(fold, op->value.path);
	builder_add(fold->builder, kept);
	return true;
}

/* --- operations --- */

static bool walk(struct fold *fold, const struct program *program, uint32_t at, uint32_t end);

/* Runs a text that is a value, where it is named; its loop variables live behind ours. */
static bool call(struct fold *fold, const struct program *program, const struct op *op,
		 const struct program *called)
{
	uint32_t base = fold->base + program->slots;
	bool fits = called->escape == ESCAPE_TEXT || called->escape == ESCAPE_ATTRIBUTE;
	assert(called->root == program->root);
	if (!fits || fold->calls == CALLS_MAX || base + called->slots > FRAMES_MAX)
		return keep_value(fold, op);
	uint32_t ours = fold->base;
	fold->base = base;
	fold->calls++;
	bool done = walk(fold, called, 0, called->count);
	fold->calls--;
	fold->base = ours;
	return done;
}

static bool makes_hole(const struct fold *fold, struct str text)
{
	return fold->holes && text.len && fold->holes->count < HOLES_MAX;
}

/* Writes the hole's word. */
static void leave_hole(struct fold *fold, struct str name, struct str text, bool late)
{
	size_t index = hole_add(fold->holes, name, text, late);
	buf_add(fold->out, S(HOLE_WORD));
	buf_byte(fold->out, (char)('a' + index / 26));
	buf_byte(fold->out, (char)('a' + index % 26));
}

static void keep_fixed(struct fold *fold, struct str name, struct str text)
{
	struct fixed *fixed = arena_new(fold->arena, sizeof *fixed);
	*fixed = (struct fixed){ str_copy(fold->arena, name), str_copy(fold->arena, text) };
	builder_add(fold->builder, (struct op){ .kind = OP_FIXED, .fixed = fixed });
}

/* A value has been written from `from` on: it may have to stand apart, or to make room for a hole. */
static void set_apart(struct fold *fold, const struct op *op, size_t from)
{
	struct buf *out = fold->out;
	struct str text = { out->text + from, out->len - from };
	if (makes_hole(fold, text)) {
		out->len = from;
		leave_hole(fold, op->value.path->name, text, true);
	}
	if (!fold->apart || out->len == from)
		return;
	out->len = from;
	keep_fixed(fold, fold_rooted(fold, op->value.path)->name, str_copy(fold->arena, text));
}

static void write_fixed(struct fold *fold, const struct fixed *fixed)
{
	if (fold->builder) {
		keep_fixed(fold, fixed->name, fixed->text);
		return;
	}
	if (makes_hole(fold, fixed->text))
		leave_hole(fold, fixed->name, fixed->text, false);
	else
		buf_add(fold->out, fixed->text);
}

static bool write_text(struct fold *fold, const struct op *op, const struct value *value)
{
	/* the compiler settled that ESCAPE_URL stands where an address begins */
	if (op->escape == ESCAPE_URL && !url_is_safe(value->text))
		return keep_value(fold, op);
	size_t from = fold->out->len;
	escape_add(fold->out, value->text, (enum escape)op->escape);
	set_apart(fold, op, from);
	return true;
}

static bool write_value(struct fold *fold, const struct program *program, const struct op *op)
{
	const struct value *value = fold_read(fold, op->value.path);
	if (value->kind <= VALUE_ABSENT)
		return keep_value(fold, op);
	size_t from = fold->out->len;
	switch ((enum format)op->format) {
	case FORMAT_TEXT:
		return write_text(fold, op, value);
	case FORMAT_HTML:
		buf_add(fold->out, value->text);
		return true;
	case FORMAT_PROGRAM:
		return call(fold, program, op, value->program);
	case FORMAT_NUMBER:
		words_number(fold->words, fold->out, value->number - op->value.offset);
		break;
	case FORMAT_PERCENT:
		words_percent(fold->words, fold->out, value->number);
		break;
	case FORMAT_MONEY:
		words_money(fold->words, fold->out, value->money);
		break;
	case FORMAT_WEIGHT:
		words_weight(fold->words, fold->out, value->number);
		break;
	case FORMAT_DATE_SHORT:
	case FORMAT_DATE_MEDIUM:
	case FORMAT_DATE_LONG:
	case FORMAT_DATE_DAY:
		words_date(fold->words, fold->out, value->date,
			   (enum date_style)(op->format - FORMAT_DATE_SHORT));
		break;
	}
	escape_tail(fold->out, from, (enum escape)op->escape);
	set_apart(fold, op, from);
	return true;
}

static bool walk_if(struct fold *fold, const struct program *program, uint32_t at)
{
	const struct op *op = &program->ops[at];
	const struct expression *rest = NULL;
	int answer = fold_decide(fold, op->condition, &rest);
	if (answer == 0)
		return true;
	if (answer > 0)
		return walk(fold, program, at + 1, op->next);
	if (!fold->builder)
		return false;
	struct mark mark =
		builder_open(fold->builder, (struct op){ .kind = OP_IF, .condition = rest });
	walk(fold, program, at + 1, op->next);
	builder_close(fold->builder, mark);
	return true;
}

static bool walk_each(struct fold *fold, const struct program *program, uint32_t at)
{
	const struct op *op = &program->ops[at];
	const struct value *value = fold_read(fold, op->each.path);
	struct frame *frame = &fold->frames[fold->base + op->each.slot];
	*frame = (struct frame){ .list = op->each.path };
	if (value->kind == VALUE_ABSENT)
		return true;
	if (value->kind != VALUE_LATER) {
		for (size_t i = 0; i < value->list.count; i++) {
			*frame = (struct frame){ value->list.records[i], op->each.path, i, NULL };
			if (!walk(fold, program, at + 1, op->next))
				return false;
		}
		return true;
	}
	if (!fold->builder) {
		fold->trouble = op->each.path;
		return false;
	}
	struct op kept = { .kind = OP_EACH,
			   .each = { fold_rooted(fold, op->each.path),
				     fold->base + op->each.slot } };
	struct mark mark = builder_open(fold->builder, kept);
	walk(fold, program, at + 1, op->next);
	builder_close(fold->builder, mark);
	return true;
}

static bool branch_matches(const struct op *branch, const struct value *value)
{
	switch ((enum match)branch->match) {
	case MATCH_EXACT:
		return value->number == branch->exact;
	case MATCH_WORD:
		return str_equal(branch->word, value->kind != VALUE_YES_NO ? value->text
					       : value->yes                ? S("yes")
									   : S("no"));
	case MATCH_PLURAL:
	case MATCH_OTHER:
		break;
	}
	return false;
}

/* Index of the branch to take; the compiler saw to it that there is an `other`. */
static uint32_t branch_for(const struct fold *fold, const struct program *program, uint32_t at,
			   const struct value *value)
{
	const struct op *choice = &program->ops[at];
	uint32_t other = choice->next;
	bool counted = value->kind == VALUE_NUMBER;
	enum plural plural = PLURAL_OTHER;
	if (counted) {
		int64_t number = value->number - choice->value.offset;
		plural = words_plural(fold->words, number < 0 ? -number : number);
	}
	for (uint32_t i = at + 1; i < choice->next; i = program->ops[i].next) {
		const struct op *branch = &program->ops[i];
		if (branch_matches(branch, value))
			return i;
		bool form = branch->match == MATCH_PLURAL && counted && branch->plural == plural;
		bool rest = branch->match == MATCH_OTHER && other == choice->next;
		if (form || rest)
			other = i;
	}
	return other;
}

static struct op keep_branch(struct fold *fold, const struct op *branch)
{
	struct op kept = *branch;
	if (branch->match == MATCH_WORD)
		kept.word = str_copy(fold->arena, branch->word);
	return kept;
}

static bool walk_choice(struct fold *fold, const struct program *program, uint32_t at)
{
	const struct op *op = &program->ops[at];
	const struct value *value = fold_read(fold, op->value.path);
	if (value->kind > VALUE_ABSENT) {
		uint32_t branch = branch_for(fold, program, at, value);
		return walk(fold, program, branch + 1, program->ops[branch].next);
	}
	if (!fold->builder) {
		fold->trouble = op->value.path;
		return false;
	}
	struct op kept = *op;
	kept.value.path = fold_rooted(fold, op->value.path);
	struct mark choice = builder_open(fold->builder, kept);
	for (uint32_t i = at + 1; i < op->next; i = program->ops[i].next) {
		struct mark branch =
			builder_open(fold->builder, keep_branch(fold, &program->ops[i]));
		walk(fold, program, i + 1, program->ops[i].next);
		builder_close(fold->builder, branch);
	}
	builder_close(fold->builder, choice);
	return true;
}

static void write_finished(struct fold *fold, const struct op *op)
{
	struct str text = op->text;
	const struct buf *out = fold->out;
	if (op->soft && fold->builder) {
		builder_soft(fold->builder, text);
		return;
	}
	if (op->soft && out->len > fold->start && is_space(out->text[out->len - 1]))
		text = str_sub(text, 1, text.len);
	buf_add(fold->out, text);
}

/* Walks the operations from `at` to `end`. False only when running, with the trouble named. */
static bool walk(struct fold *fold, const struct program *program, uint32_t at, uint32_t end)
{
	bool done = true;
	while (done && at < end) {
		const struct op *op = &program->ops[at];
		switch ((enum op_kind)op->kind) {
		case OP_TEXT:
			write_finished(fold, op);
			break;
		case OP_VALUE:
			done = write_value(fold, program, op);
			break;
		case OP_FIXED:
			write_fixed(fold, op->fixed);
			break;
		case OP_IF:
			done = walk_if(fold, program, at);
			break;
		case OP_EACH:
			done = walk_each(fold, program, at);
			break;
		case OP_CHOICE:
			done = walk_choice(fold, program, at);
			break;
		case OP_BRANCH:
			assert(0 && "a branch is run by its choice");
			break;
		}
		at = op->next;
	}
	return done;
}

void fold_begin(struct fold *fold, const struct words *words, const struct record *root)
{
	memset(fold, 0, offsetof(struct fold, frames));
	fold->words = words;
	fold->root = root;
}

/* Folds a program with a fold that was begun, between two texts. */
static const struct program *fold_program(struct fold *fold, struct arena *arena,
					  const struct program *program, struct str before,
					  struct str behind)
{
	assert(program->root == fold->root->shape);
	struct builder builder;
	builder_init(&builder);
	fold->builder = &builder;
	fold->out = &builder.text;
	fold->arena = arena;
	buf_add(&builder.text, before);
	walk(fold, program, 0, program->count);
	buf_add(&builder.text, behind);
	const struct program *folded =
		builder_finish(&builder, arena, program->root, program->escape);
	builder_release(&builder);
	return folded;
}

static void note_reads(struct fold *fold, struct reads *reads)
{
	fold->reads = reads;
	if (!reads || reads->seen)
		return;
	reads->seen = arena_new(reads->arena, sizeof *reads->seen);
	reads->seen->arena = reads->arena;
}

const struct program *program_fold_between(struct arena *arena, const struct program *program,
					   const struct words *words, const struct record *scope,
					   struct str before, struct str behind)
{
	struct fold fold;
	fold_begin(&fold, words, scope);
	return fold_program(&fold, arena, program, before, behind);
}

const struct program *program_fold(struct arena *arena, const struct program *program,
				   const struct words *words, const struct record *scope,
				   struct reads *reads)
{
	struct fold fold;
	fold_begin(&fold, words, scope);
	note_reads(&fold, reads);
	return fold_program(&fold, arena, program, S(""), S(""));
}

const struct program *program_fold_apart(struct arena *arena, const struct program *program,
					 const struct words *words, const struct record *scope,
					 struct reads *reads)
{
	struct fold fold;
	fold_begin(&fold, words, scope);
	note_reads(&fold, reads);
	fold.apart = true;
	return fold_program(&fold, arena, program, S(""), S(""));
}

bool program_run(const struct program *program, const struct words *words,
		 const struct record *scope, struct buf *out, struct str *trouble)
{
	return program_run_holes(program, words, scope, out, NULL, trouble);
}

bool program_run_holes(const struct program *program, const struct words *words,
		       const struct record *scope, struct buf *out, struct holes *holes,
		       struct str *trouble)
{
	assert(program->root == scope->shape);
	struct fold fold;
	fold_begin(&fold, words, scope);
	fold.holes = holes;
	fold.out = out;
	fold.start = out->len;
	buf_grow(out, program->text_size + 1);
	if (walk(&fold, program, 0, program->count))
		return true;
	*trouble = fold.trouble->name;
	return false;
}
