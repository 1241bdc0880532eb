/* SPDX-License-Identifier: MIT */
/* In: a folded program. Out: which elements of lists its paths still lead through. */
#include "program/form.h"

static uint64_t of_path(const struct path *path)
{
	uint64_t elements = 0;
	if (path->slot != PATH_ROOT)
		return UINT64_MAX;
	for (uint32_t i = 0; i < path->count; i++) {
		uint32_t index = path->steps[i] & ~STEP_ELEMENT;
		if (path->steps[i] & STEP_ELEMENT)
			elements |= index < 64 ? UINT64_C(1) << index : UINT64_MAX;
	}
	return elements;
}

static uint64_t of_expression(const struct expression *e)
{
	uint64_t elements = 0;
	if (!e)
		return 0;
	if (e->left.path)
		elements |= of_path(e->left.path);
	if (e->right.path)
		elements |= of_path(e->right.path);
	return elements | of_expression(e->first) | of_expression(e->second);
}

static uint64_t of_op(const struct op *op)
{
	switch ((enum op_kind)op->kind) {
	case OP_TEXT:
	case OP_FIXED:
	case OP_BRANCH:
		return 0;
	case OP_EACH:
		return UINT64_MAX;
	case OP_IF:
		return of_expression(op->condition);
	case OP_VALUE:
		return op->format == FORMAT_PROGRAM ? UINT64_MAX : of_path(op->value.path);
	case OP_CHOICE:
		return of_path(op->value.path);
	}
	return UINT64_MAX;
}

uint64_t program_elements(const struct program *program)
{
	uint64_t elements = 0;
	for (uint32_t i = 0; i < program->count; i++)
		elements |= of_op(&program->ops[i]);
	return elements;
}
