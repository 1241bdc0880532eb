/* SPDX-License-Identifier: MIT */
/*
 * Names in, paths out. What a name stands for is settled here, once, against the shapes of the root
 * and of the loop variables; an unknown one is answered with what there is.
 */
#include "program/compile.h"

#include <string.h>

enum { LISTED_MAX = 16, STEPS_MAX = 16 };

bool is_name_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || c == '-' || c == '.';
}

static const struct field *field_find(const struct shape *shape, struct str name)
{
	for (size_t i = 0; i < shape->count; i++)
		if (str_is(name, shape->fields[i].name))
			return &shape->fields[i];
	return NULL;
}

static const struct variable *variable_find(const struct writing *writing, struct str name)
{
	const struct variable *variable = writing->variable;
	while (variable && !str_equal(variable->name, name))
		variable = variable->outer;
	return variable;
}

bool name_is_known(const struct writing *writing, struct str name)
{
	struct str first = str_sub(name, 0, str_index(name, '.'));
	return str_is(first, "t") || variable_find(writing, first) ||
	       field_find(writing->compiler->root, first);
}

/* "it has a, b and c", as far as the list can be read. */
static void list_names(struct buf *out, const struct str *names, size_t count)
{
	for (size_t i = 0; i < count && i < LISTED_MAX; i++)
		buf_addf(out, "%s%.*s", i ? ", " : "", STR(names[i]));
	if (count > LISTED_MAX)
		buf_addf(out, " and %zu more", count - LISTED_MAX);
}

/* All names of the shape, and at the root those of the loop variables. */
static struct str *names_of(struct writing *writing, const struct shape *shape, bool at_root,
			    size_t *count)
{
	struct arena *arena = writing->compiler->arena;
	struct str *names = NULL;
	*count = 0;
	for (const struct variable *v = at_root ? writing->variable : NULL; v; v = v->outer) {
		names = arena_push(arena, names, count, sizeof *names);
		names[*count - 1] = v->name;
	}
	for (size_t i = 0; i < shape->count; i++) {
		names = arena_push(arena, names, count, sizeof *names);
		names[*count - 1] = str_of(shape->fields[i].name);
	}
	return names;
}

static void fail_unknown(struct writing *writing, const struct passage *passage, size_t index,
			 const struct shape *shape, struct str before, struct str name)
{
	size_t count;
	struct str *names = names_of(writing, shape, !before.len, &count);
	struct str near = str_nearest(name, names, count);
	struct buf there = BUF_INIT;
	list_names(&there, names, count);
	const char *dot = before.len ? "." : "";
	if (near.len)
		fail(writing, passage, index,
		     "there is no '%.*s%s%.*s' here; did you mean '%.*s%s%.*s'?", STR(before), dot,
		     STR(name), STR(before), dot, STR(near));
	else if (before.len)
		fail(writing, passage, index, "there is no '%.*s.%.*s'; '%.*s' has %.*s",
		     STR(before), STR(name), STR(before), STR(buf_str(&there)));
	else
		fail(writing, passage, index, "there is no '%.*s' here; there are %.*s", STR(name),
		     STR(buf_str(&there)));
	buf_release(&there);
}

/* A name on the way from its first word to its last. */
struct walk {
	const struct shape *shape;
	const struct field *field; /* NULL while it is a loop variable alone */
	uint32_t slot;
	uint32_t count;
	uint32_t steps[STEPS_MAX];
};

static void walk_step(struct walk *walk, const struct field *field)
{
	walk->steps[walk->count++] = (uint32_t)(field - walk->shape->fields);
	walk->field = field;
	walk->shape = field->shape;
}

/* Takes one word of the name; `before` is what stands in front of it. */
static bool walk_word(struct writing *writing, const struct passage *passage, size_t index,
		      struct walk *walk, struct str before, struct str word)
{
	if (walk->field && walk->field->kind != VALUE_RECORD) {
		if (walk->field->kind == VALUE_LIST)
			fail(writing, passage, index,
			     "'%.*s' is a list; u:each=\"one in %.*s\" names its elements",
			     STR(before), STR(before));
		else
			fail(writing, passage, index, "'%.*s' is a %s and has no fields",
			     STR(before), value_kind_name(walk->field->kind));
		return false;
	}
	const struct field *field = field_find(walk->shape, word);
	if (!field || walk->count == STEPS_MAX) {
		fail_unknown(writing, passage, index, walk->shape, before, word);
		return false;
	}
	walk_step(walk, field);
	return true;
}

bool name_find(struct writing *writing, const struct passage *passage, size_t from, size_t len,
	       struct named *named)
{
	struct str name = str_sub(passage->text, from, len);
	struct walk walk = { .shape = writing->compiler->root, .slot = PATH_ROOT };
	size_t at = 0;
	const struct variable *variable =
		variable_find(writing, str_sub(name, 0, str_index(name, '.')));
	if (variable) {
		walk.shape = variable->shape;
		walk.slot = variable->slot;
		at = variable->name.len + 1;
	}
	while (at <= name.len) {
		struct str rest = str_sub(name, at, name.len);
		struct str word = str_sub(rest, 0, str_index(rest, '.'));
		struct str before = str_sub(name, 0, at ? at - 1 : 0);
		if (!walk_word(writing, passage, from + at, &walk, before, word))
			return false;
		at += word.len + 1;
	}
	if (!walk.field) {
		fail(writing, passage, from, "'%.*s' is a whole %s; name a field of it", STR(name),
		     walk.shape->name);
		return false;
	}
	struct arena *arena = writing->compiler->arena;
	named->path =
		path_new(arena, str_copy(arena, name), walk.slot, NULL, walk.steps, walk.count);
	named->kind = walk.field->kind;
	named->shape = walk.field->shape;
	return true;
}
