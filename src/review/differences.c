/* SPDX-License-Identifier: MIT */
/*
 * The same text in two languages: which values each of them shows. A language may choose its words by
 * a country or a number as its grammar wants; but a value that one shows and the other does not is
 * information that some buyers do not get.
 */
#include "review/inside.h"

struct names {
	struct walker walker;
	struct arena *arena;
	struct str *names; /* each once */
	size_t *at;
	size_t count, at_count;
};

static void skip_literal(struct walker *walker, size_t from, size_t end)
{
	(void)walker;
	(void)from;
	(void)end;
}

static void add_name(struct names *names, struct str name, size_t at)
{
	for (size_t i = 0; i < names->count; i++)
		if (str_equal(names->names[i], name))
			return;
	names->names = arena_push(names->arena, names->names, &names->count, sizeof *names->names);
	names->at = arena_push(names->arena, names->at, &names->at_count, sizeof *names->at);
	names->names[names->count - 1] = name;
	names->at[names->at_count - 1] = at;
}

/* What chooses words (`select`) is the language's own affair; what is said or left out is not. */
static void take_name(struct walker *walker, struct str name, struct str kind, size_t at)
{
	struct names *names = (struct names *)walker;
	bool choice = str_is(kind, "select");
	bool fact = str_starts(name, "has.") || str_starts(name, "claims.");
	if (!choice || fact)
		add_name(names, name, at);
}

static void collect(struct names *names, struct arena *arena, const struct written *written)
{
	*names = (struct names){ .walker = { skip_literal, take_name, NULL, false },
				 .arena = arena };
	written_walk(written, &names->walker);
}

static bool has(const struct names *names, struct str name)
{
	for (size_t i = 0; i < names->count; i++)
		if (str_equal(names->names[i], name))
			return true;
	return false;
}

static void compare(const struct reviewing *r, const struct written *own,
		    const struct written *first)
{
	struct names mine, theirs;
	collect(&mine, r->arena, own);
	collect(&theirs, r->arena, first);
	for (size_t i = 0; i < theirs.count; i++)
		if (!has(&mine, theirs.names[i]))
			diag_warning(r->diag, written_pos(own, 0),
				     "does not show '%.*s', which %s:%u shows",
				     STR(theirs.names[i]), first->pos.file,
				     written_pos(first, theirs.at[i]).line);
	for (size_t i = 0; i < mine.count; i++)
		if (!has(&theirs, mine.names[i]))
			diag_warning(r->diag, written_pos(own, mine.at[i]),
				     "shows '%.*s', which %s:%u does not show",
				     STR(mine.names[i]), first->pos.file, first->pos.line);
	struct str when = written_front(own, "when"), other = written_front(first, "when");
	if (!str_equal(when, other))
		diag_warning(r->diag, written_pos(own, 0),
			     "stands when '%.*s', but %s when '%.*s'; write the same", STR(when),
			     first->pos.file, STR(other));
}

void review_differences(struct reviewing *r, const struct library *library)
{
	for (size_t i = 0; i < library->count; i++) {
		const struct written *own = &library->items[i];
		const struct written *first =
			library_find(&r->libraries[0], written_name(r->arena, own));
		if (first)
			compare(r, own, first);
	}
}
