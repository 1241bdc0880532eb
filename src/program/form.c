/* SPDX-License-Identifier: MIT */
/*
 * Operations and text in, a program out; and what can be told of a program without running it.
 * While a program is built its text lies in one piece and text operations are spans of it, so
 * that joining two is adding their lengths.
 */
#include "program/form.h"

#include <string.h>

#include "base/hash.h"

void builder_init(struct builder *builder)
{
	memset(builder, 0, sizeof *builder);
}

void builder_release(struct builder *builder)
{
	buf_release(&builder->text);
	buf_release(&builder->ops);
}

static struct op *op_at(struct builder *builder, uint32_t index)
{
	return (struct op *)(void *)builder->ops.text + index;
}

static void push(struct builder *builder, struct op op)
{
	op.next = builder->count + 1;
	buf_add(&builder->ops, (struct str){ (const char *)&op, sizeof op });
	builder->count++;
}

bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/* Joins the text that none has yet to that of the operation before. */
static void join(struct builder *builder, struct op *last)
{
	char *text = builder->text.text + builder->flushed;
	if (builder->soft && is_space(text[-1])) {
		builder->text.len--;
		memmove(text, text + 1, builder->text.len - builder->flushed);
	}
	last->span.len += builder->text.len - builder->flushed;
}

/* Makes an operation of the text that none has yet. */
static void flush(struct builder *builder)
{
	size_t len = builder->text.len - builder->flushed;
	if (!len)
		return;
	struct op *last =
		builder->count > builder->barrier ? op_at(builder, builder->count - 1) : NULL;
	if (last && last->kind == OP_TEXT)
		join(builder, last);
	else
		push(builder, (struct op){ .kind = OP_TEXT,
					   .soft = builder->soft,
					   .span = { builder->flushed, len } });
	builder->flushed = builder->text.len;
	builder->soft = false;
}

void builder_soft(struct builder *builder, struct str text)
{
	struct buf *before = &builder->text;
	if (before->len == builder->flushed)
		builder->soft = true;
	else if (is_space(before->text[before->len - 1]))
		text = str_sub(text, 1, text.len);
	buf_add(before, text);
}

void builder_add(struct builder *builder, struct op op)
{
	flush(builder);
	push(builder, op);
}

struct mark builder_open(struct builder *builder, struct op op)
{
	flush(builder);
	struct mark mark = { builder->count, builder->barrier };
	push(builder, op);
	builder->barrier = builder->count;
	if (op.kind == OP_EACH && op.each.slot >= builder->slots)
		builder->slots = op.each.slot + 1;
	return mark;
}

void builder_close(struct builder *builder, struct mark mark)
{
	flush(builder);
	struct op *op = op_at(builder, mark.op);
	bool empty = builder->count == mark.op + 1;
	if (empty && (op->kind == OP_IF || op->kind == OP_EACH)) {
		builder->count--;
		builder->ops.len -= sizeof *op;
		builder->barrier = mark.barrier;
		return;
	}
	op->next = builder->count;
	builder->barrier = builder->count;
}

const struct program *builder_finish(struct builder *builder, struct arena *arena,
				     const struct shape *root, enum escape escape)
{
	flush(builder);
	struct program *program = arena_new(arena, sizeof *program);
	struct op *ops = arena_array(arena, builder->count, sizeof *ops);
	struct str text = str_copy(arena, buf_str(&builder->text));
	for (uint32_t i = 0; i < builder->count; i++) {
		ops[i] = *op_at(builder, i);
		if (ops[i].kind == OP_TEXT)
			ops[i].text = str_sub(text, ops[i].span.from, ops[i].span.len);
	}
	*program = (struct program){ root, escape, builder->count, builder->slots, text.len, ops };
	return program;
}

const struct path *path_new(struct arena *arena, struct str name, uint32_t slot,
			    const struct path *from, const uint32_t *steps, size_t count)
{
	size_t start = from ? from->count : 0;
	uint32_t *all = arena_array(arena, start + count, sizeof *all);
	if (start)
		memcpy(all, from->steps, start * sizeof *all);
	if (count)
		memcpy(all + start, steps, count * sizeof *all);
	struct path *path = arena_new(arena, sizeof *path);
	*path = (struct path){ name, slot, (uint32_t)(start + count), all };
	return path;
}

static void plain_date(struct buf *out, int32_t date)
{
	/* days since 1970-01-01 to the civil calendar, in eras of 400 years that begin on March 1
	 */
	int64_t days = (int64_t)date + 719468;
	int64_t era = (days >= 0 ? days : days - 146096) / 146097;
	int64_t day_of_era = days - era * 146097;
	int64_t year_of_era =
		(day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int64_t day_of_year =
		day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t month_from_march = (5 * day_of_year + 2) / 153;
	int64_t day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
	int64_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
	int64_t year = year_of_era + era * 400 + (month <= 2);
	buf_addf(out, "%04d-%02d-%02d", (int)year, (int)month, (int)day);
}

static void plain_money(struct buf *out, struct amount money)
{
	char digits[24];
	uint64_t left = money.digits < 0 ? 0 - (uint64_t)money.digits : (uint64_t)money.digits;
	size_t at = sizeof digits;
	for (unsigned place = 0; (left || place <= money.scale) && at > 1; place++) {
		if (place == money.scale && place)
			digits[--at] = '.';
		digits[--at] = (char)('0' + left % 10);
		left /= 10;
	}
	if (money.digits < 0)
		buf_byte(out, '-');
	buf_add(out, (struct str){ digits + at, sizeof digits - at });
	buf_byte(out, ' ');
	buf_add(out, (struct str){ money.currency, strnlen(money.currency, 3) });
}

void value_plain(struct buf *out, const struct value *value)
{
	switch (value->kind) {
	case VALUE_YES_NO:
		buf_add(out, value->yes ? S("yes") : S("no"));
		return;
	case VALUE_NUMBER:
		buf_number(out, value->number);
		return;
	case VALUE_PERCENT:
		buf_number(out, value->number);
		buf_byte(out, '%');
		return;
	case VALUE_WEIGHT:
		buf_number(out, value->number);
		buf_add(out, S(" g"));
		return;
	case VALUE_MONEY:
		plain_money(out, value->money);
		return;
	case VALUE_DATE:
		plain_date(out, value->date);
		return;
	case VALUE_TEXT:
		buf_add(out, value->text);
		return;
	case VALUE_HTML: /* long and of no interest in itself: only whether it is another one */
		buf_addf(out, "#%016llx", (unsigned long long)hash_str(value->text, 0));
		return;
	case VALUE_PROGRAM:
		buf_addf(out, "#%016llx", (unsigned long long)program_hash(value->program));
		return;
	case VALUE_LIST:
		for (size_t i = 0; i < value->list.count; i++) {
			if (i)
				buf_byte(out, ' ');
			buf_add(out, value->list.records[i]->key);
		}
		return;
	case VALUE_RECORD:
		buf_add(out, value->record->key);
		return;
	case VALUE_LATER:
	case VALUE_ABSENT:
		return;
	}
}

/* A text's hash with its length, so that two texts in a row are not one. */
static uint64_t hash_text(struct str text, uint64_t hash)
{
	return hash_str(text, hash_number(text.len, hash));
}

static uint64_t hash_path(const struct path *path, uint64_t hash)
{
	hash = hash_text(path->name, hash_number(path->slot, hash));
	for (uint32_t i = 0; i < path->count; i++)
		hash = hash_number(path->steps[i], hash);
	return hash_number(path->count, hash);
}

static uint64_t hash_operand(const struct operand *operand, uint64_t hash)
{
	if (operand->path)
		return hash_path(operand->path, hash_number(1, hash));
	struct buf plain = BUF_INIT;
	value_plain(&plain, &operand->value);
	hash = hash_text(buf_str(&plain), hash_number(operand->value.kind, hash));
	buf_release(&plain);
	return hash;
}

static uint64_t hash_expression(const struct expression *e, uint64_t hash)
{
	hash = hash_number((uint64_t)e->kind << 16 | (uint64_t)e->relation << 8 | e->yes, hash);
	if (e->kind >= EXPRESSION_TRUE && e->kind <= EXPRESSION_COMPARE)
		hash = hash_operand(&e->left, hash);
	if (e->kind == EXPRESSION_COMPARE)
		hash = hash_operand(&e->right, hash);
	if (e->first)
		hash = hash_expression(e->first, hash);
	return e->second ? hash_expression(e->second, hash) : hash;
}

static uint64_t hash_op(const struct op *op, uint64_t hash)
{
	hash = hash_number((uint64_t)op->kind << 24 | (uint64_t)op->escape << 16 |
				   (uint64_t)op->format << 8 | op->match,
			   hash);
	hash = hash_number(op->next, hash);
	switch ((enum op_kind)op->kind) {
	case OP_TEXT:
		return hash_text(op->text, hash);
	case OP_VALUE:
	case OP_CHOICE:
		return hash_number((uint64_t)op->value.offset, hash_path(op->value.path, hash));
	case OP_FIXED:
		return hash_text(op->fixed->text, hash_text(op->fixed->name, hash));
	case OP_EACH:
		return hash_number(op->each.slot, hash_path(op->each.path, hash));
	case OP_IF:
		return hash_expression(op->condition, hash);
	case OP_BRANCH:
		break;
	}
	switch ((enum match)op->match) {
	case MATCH_EXACT:
		return hash_number((uint64_t)op->exact, hash);
	case MATCH_PLURAL:
		return hash_number(op->plural, hash);
	case MATCH_WORD:
		return hash_text(op->word, hash);
	case MATCH_OTHER:
		return hash;
	}
	return hash;
}

uint64_t program_hash(const struct program *program)
{
	uint64_t hash = hash_number(program->count, hash_number(program->escape, 0));
	for (uint32_t i = 0; i < program->count; i++)
		hash = hash_op(&program->ops[i], hash);
	return hash;
}

size_t program_text_size(const struct program *program)
{
	return program->text_size;
}

size_t program_operations(const struct program *program)
{
	size_t count = 0;
	for (uint32_t i = 0; i < program->count; i++)
		count += program->ops[i].kind != OP_TEXT;
	return count;
}
