/* SPDX-License-Identifier: MIT */
/*
 * A condition and a scope in, yes, no or "not yet" out; in a fold also what is left to be decided.
 * Of `a and b` where a holds, b is left; where one of them does not hold, nothing is.
 */
#include "program/fold.h"

#include <assert.h>
#include <string.h>

static int is_true(const struct value *value, bool zero_is_true)
{
	switch (value->kind) {
	case VALUE_LATER:
		return -1;
	case VALUE_ABSENT:
		return 0;
	case VALUE_YES_NO:
		return value->yes;
	case VALUE_NUMBER:
	case VALUE_PERCENT:
	case VALUE_WEIGHT:
		return zero_is_true || value->number != 0;
	case VALUE_MONEY:
		return zero_is_true || value->money.digits != 0;
	case VALUE_TEXT:
	case VALUE_HTML:
		return value->text.len > 0;
	case VALUE_LIST:
		return value->list.count > 0;
	case VALUE_DATE:
	case VALUE_PROGRAM:
	case VALUE_RECORD:
		return 1;
	}
	return 0;
}

static int sign(__int128 difference)
{
	return difference < 0 ? -1 : difference > 0;
}

static __int128 scaled(struct amount amount, uint8_t scale)
{
	__int128 digits = amount.digits;
	for (; amount.scale < scale; amount.scale++)
		digits *= 10;
	return digits;
}

/* False when the two cannot be held against each other: amounts in different currencies. */
static bool compare(const struct value *a, const struct value *b, int *order)
{
	switch (a->kind) {
	case VALUE_YES_NO:
		*order = (int)a->yes - (int)b->yes;
		return true;
	case VALUE_DATE:
		*order = sign((__int128)a->date - b->date);
		return true;
	case VALUE_TEXT:
		*order = str_compare(a->text, b->text);
		return true;
	case VALUE_MONEY: {
		/* a bare 0 is nothing in any currency */
		bool zero = !a->money.currency[0] || !b->money.currency[0];
		if (!zero && strncmp(a->money.currency, b->money.currency, 3) != 0)
			return false;
		uint8_t scale = a->money.scale > b->money.scale ? a->money.scale : b->money.scale;
		*order = sign(scaled(a->money, scale) - scaled(b->money, scale));
		return true;
	}
	default:
		*order = sign((__int128)a->number - b->number);
		return true;
	}
}

/* An absent value equals nothing, and is neither less nor more. */
static bool relates(const struct value *a, const struct value *b, enum relation relation)
{
	int order;
	if (a->kind == VALUE_ABSENT || b->kind == VALUE_ABSENT || !compare(a, b, &order))
		return relation == RELATION_UNEQUAL;
	switch (relation) {
	case RELATION_EQUAL:
		return order == 0;
	case RELATION_UNEQUAL:
		return order != 0;
	case RELATION_LESS:
		return order < 0;
	case RELATION_LESS_EQUAL:
		return order <= 0;
	}
	return false;
}

/* Keeps an expression in the arena when folding; what it holds is there already. */
static void keep_expression(const struct fold *fold, struct expression e,
			    const struct expression **rest)
{
	if (!fold->builder)
		return;
	struct expression *kept = arena_new(fold->arena, sizeof *kept);
	*kept = e;
	*rest = kept;
}

static struct operand keep_operand(struct fold *fold, const struct operand *operand,
				   const struct value *value)
{
	if (value->kind == VALUE_LATER)
		return (struct operand){ .path = fold_rooted(fold, operand->path) };
	struct operand kept = { .value = *value };
	if (value->kind == VALUE_TEXT)
		kept.value.text = str_copy(fold->arena, value->text);
	return kept;
}

static int decide_compare(struct fold *fold, const struct expression *e,
			  const struct expression **rest)
{
	const struct value *a = e->left.path ? fold_read(fold, e->left.path) : &e->left.value;
	const struct value *b = e->right.path ? fold_read(fold, e->right.path) : &e->right.value;
	if (a->kind != VALUE_LATER && b->kind != VALUE_LATER)
		return relates(a, b, (enum relation)e->relation);
	fold->trouble = a->kind == VALUE_LATER ? e->left.path : e->right.path;
	if (fold->builder) {
		struct expression kept = *e;
		kept.left = keep_operand(fold, &e->left, a);
		kept.right = keep_operand(fold, &e->right, b);
		keep_expression(fold, kept, rest);
	}
	return -1;
}

static int decide_both(struct fold *fold, const struct expression *e,
		       const struct expression **rest)
{
	/* the one answer of either side that settles it: no for `and`, yes for `or` */
	int settles = e->kind == EXPRESSION_OR;
	const struct expression *first = NULL, *second = NULL;
	int a = fold_decide(fold, e->first, &first);
	if (a == settles)
		return a;
	int b = fold_decide(fold, e->second, &second);
	if (b == settles || (a >= 0 && b >= 0))
		return b;
	if (a >= 0)
		*rest = second;
	else if (b >= 0)
		*rest = first;
	else
		keep_expression(
			fold,
			(struct expression){ .kind = e->kind, .first = first, .second = second },
			rest);
	return -1;
}

int fold_decide(struct fold *fold, const struct expression *e, const struct expression **rest)
{
	const struct expression *inner = NULL;
	int answer;
	switch ((enum expression_kind)e->kind) {
	case EXPRESSION_CONSTANT:
		return e->yes;
	case EXPRESSION_TRUE:
	case EXPRESSION_PRESENT:
		answer = is_true(fold_read(fold, e->left.path), e->kind == EXPRESSION_PRESENT);
		if (answer >= 0)
			return answer;
		fold->trouble = e->left.path;
		if (fold->builder) {
			struct expression kept = *e;
			kept.left.path = fold_rooted(fold, e->left.path);
			keep_expression(fold, kept, rest);
		}
		return -1;
	case EXPRESSION_COMPARE:
		return decide_compare(fold, e, rest);
	case EXPRESSION_NOT:
		answer = fold_decide(fold, e->first, &inner);
		if (answer >= 0)
			return !answer;
		keep_expression(fold, (struct expression){ .kind = EXPRESSION_NOT, .first = inner },
				rest);
		return -1;
	case EXPRESSION_AND:
	case EXPRESSION_OR:
		return decide_both(fold, e, rest);
	}
	return 0;
}

int condition_holds(const struct condition *condition, const struct record *scope)
{
	assert(condition->root == scope->shape);
	struct fold fold;
	const struct expression *rest = NULL;
	fold_begin(&fold, NULL, scope);
	return fold_decide(&fold, condition->expression, &rest);
}
