/* SPDX-License-Identifier: MIT */
/*
 * In: shelf and ledger. Out: the listings between which they differ. Sets of values are compared once
 * for all listings that share them, so that a rate that changes for a whole catalog costs no more than one.
 */
#include "publish/pending.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"

const char *harm_name(enum harm harm)
{
	static const char *const names[] = { "promise", "charge", "other", "never" };
	return names[harm];
}

const char *harm_text(enum harm harm)
{
	static const char *const texts[] = { "it promises more than may be promised now",
					     "it does not name a charge as it is now",
					     "it reads otherwise now", "it was never pasted" };
	return texts[harm];
}

static bool ends_with_part(struct str name, const char *part)
{
	size_t len = strlen(part);
	return str_ends(name, part) && (name.len == len || name.text[name.len - len - 1] == '.');
}

static bool has_part(struct str name, const char *part)
{
	return name.len && memmem(name.text, name.len, part, strlen(part)) != NULL;
}

static bool is_one_of(struct str name, const char *const *parts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (ends_with_part(name, parts[i]))
			return true;
	return false;
}

/* The first number of a value: "18.50 EUR", "12", "90%"; in ten-thousandths. False without one. */
static bool number_of(struct str value, int64_t *number)
{
	size_t at = 0;
	int64_t result = 0;
	int places = -1;
	while (at < value.len && (value.text[at] < '0' || value.text[at] > '9'))
		at++;
	if (at == value.len)
		return false;
	for (; at < value.len && places < 4; at++) {
		char c = value.text[at];
		if (c == '.' && places < 0) {
			places = 0;
			continue;
		}
		if (c < '0' || c > '9' || result > INT64_MAX / 100000)
			break;
		result = result * 10 + (c - '0');
		places += places >= 0;
	}
	for (places = places < 0 ? 0 : places; places < 4; places++)
		result *= 10;
	*number = result;
	return true;
}

static const char *const day_names[] = { "days", "half", "likely", "max" };
static const char *const share_names[] = { "claim", "percent" };
static const char *const charge_names[] = { "duty",	   "tax",    "charges",	  "on_delivery",
					    "at_checkout", "landed", "fee",	  "fee_from",
					    "due",	   "amount", "registered_from" };

/* "buyer" or "unknown": somebody may ask the buyer for money. */
static bool may_be_asked(struct str payer)
{
	return str_is(payer, "buyer") || str_is(payer, "unknown");
}

static enum harm judge(const struct value_change *change)
{
	int64_t before = 0, now = 0;
	bool had = number_of(change->before, &before), has = number_of(change->now, &now);
	if (ends_with_part(change->name, "payer"))
		return may_be_asked(change->now) && !may_be_asked(change->before) ? HARM_CHARGE :
										   HARM_OTHER;
	if (is_one_of(change->name, day_names, sizeof day_names / sizeof *day_names))
		return had && (!has || now > before) ? HARM_PROMISE : HARM_OTHER;
	if (is_one_of(change->name, share_names, sizeof share_names / sizeof *share_names))
		return had && has && now < before ? HARM_PROMISE : HARM_OTHER; /* other columns are no harm */
	if (is_one_of(change->name, charge_names, sizeof charge_names / sizeof *charge_names))
		return has && (!had || now > before) ? HARM_CHARGE : HARM_OTHER;
	return HARM_OTHER;
}

/* A line of a set: name, value and place. */
static bool next_value(struct str *lines, struct value_change *value)
{
	struct str line;
	do {
		if (!lines->len)
			return false;
		size_t len = str_index(*lines, '\n');
		line = str_sub(*lines, 0, len);
		*lines = str_sub(*lines, len + 1, lines->len);
	} while (str_starts(line, SNIPPET_LANE));
	*value = (struct value_change){ .name = str_sub(line, 0, str_index(line, '\t')) };
	line = str_sub(line, value->name.len + 1, line.len);
	value->now = str_sub(line, 0, str_index(line, '\t'));
	value->place = str_sub(line, value->now.len + 1, line.len);
	return true;
}

static int by_harm(const void *left, const void *right)
{
	const struct value_change *a = left, *b = right;
	if (a->harm != b->harm)
		return a->harm < b->harm ? -1 : 1;
	return a->name.text < b->name.text ? -1 : a->name.text > b->name.text;
}

static void add_change(struct arena *arena, struct value_changes *changes,
		       struct value_change change)
{
	/* the columns of a table: their shares say the same */
	if (ends_with_part(change.name, "days") && has_part(change.name, ".by_day."))
		return;
	change.harm = judge(&change);
	changes->items = arena_push(arena, changes->items, &changes->count, sizeof change);
	changes->items[changes->count - 1] = change;
	if (change.harm < changes->harm)
		changes->harm = change.harm;
}

static void compare_sets(struct pending_list *list, struct str before, struct str now,
			 struct value_changes *changes)
{
	struct map old = { .arena = &list->arena };
	struct value_change value, *known;
	while (next_value(&before, &value)) {
		known = arena_new(&list->arena, sizeof *known);
		*known = value;
		*map_put(&old, known->name) = known;
	}
	while (next_value(&now, &value)) {
		known = map_find(&old, value.name);
		if (known) {
			value.before = known->now;
			known->harm = HARM_NEVER; /* met again */
		}
		if (!str_equal(value.before, value.now))
			add_change(&list->arena, changes, value);
	}
	for (size_t i = 0; i < old.room; i++) {
		known = old.entries[i].value;
		if (known && known->harm != HARM_NEVER)
			add_change(&list->arena, changes,
				   (struct value_change){ .name = known->name,
							  .before = known->now,
							  .place = known->place });
	}
	if (changes->count)
		qsort(changes->items, changes->count, sizeof *changes->items, by_harm);
}

static struct str read_set(struct pending_list *list, uint64_t hash)
{
	struct buf bytes = BUF_INIT;
	struct str lines = S("");
	if (hash && archive_text(list->archive, hash, &bytes) == 0)
		lines = str_copy(&list->arena, buf_str(&bytes));
	buf_release(&bytes);
	return lines;
}

/* Compares two sets, or recalls how they compared. */
static const struct value_changes *changes_of(struct pending_list *list, uint64_t before,
					      uint64_t now)
{
	static const struct value_changes none = { .harm = HARM_OTHER };
	uint64_t pair[2] = { before, now };
	struct str key = { (const char *)pair, sizeof pair };
	if (before == now || !before || !now)
		return &none;
	struct value_changes *changes = map_find(list->pairs, key);
	if (!changes) {
		changes = arena_new(&list->arena, sizeof *changes);
		changes->harm = HARM_OTHER;
		*map_put(list->pairs, str_copy(&list->arena, key)) = changes;
		struct str old = read_set(list, before), new = read_set(list, now);
		if (old.len && new.len)
			compare_sets(list, old, new, changes);
	}
	return changes;
}

bool pending_is(const struct shelf_row *row, const struct ledger_row *pasted)
{
	return pasted ? pasted->text != row->text : row->text != 0;
}

static int by_worst(const void *left, const void *right)
{
	const struct pending *a = left, *b = right;
	if (a->harm != b->harm)
		return a->harm < b->harm ? -1 : 1;
	return a->row < b->row ? -1 : a->row > b->row;
}

static void judge_row(struct pending_list *list, const struct shelf_row *row,
		      const struct ledger_row *pasted, size_t *room)
{
	if (list->count == *room) {
		*room = *room ? *room * 2 : 256;
		list->items = realloc(list->items, *room * sizeof *list->items);
		if (!list->items)
			arena_exhausted();
	}
	struct pending *item = &list->items[list->count++];
	bool was = pasted && pasted->text;
	*item = (struct pending){ .row = row, .pasted = was ? pasted : NULL, .harm = HARM_NEVER };
	item->shared = changes_of(list, was ? pasted->shared : 0, row->shared);
	item->own = changes_of(list, was ? pasted->own : 0, row->own);
	if (was)
		item->harm = item->shared->harm < item->own->harm ? item->shared->harm :
								    item->own->harm;
}

struct pending_list *pending_find(const struct shelf *shelf, const struct ledger *ledger,
				  struct archive *archive)
{
	struct pending_list *list = calloc(1, sizeof *list);
	size_t room = 0;
	if (!list)
		arena_exhausted();
	arena_init(&list->arena);
	list->archive = archive;
	list->pairs = arena_new(&list->arena, sizeof *list->pairs);
	list->pairs->arena = &list->arena;
	for (size_t i = 0; i < shelf_count(shelf); i++) {
		const struct shelf_row *row = shelf_row(shelf, i);
		const struct ledger_row *pasted = ledger_find(ledger, row->key);
		if (pending_is(row, pasted))
			judge_row(list, row, pasted, &room);
		else if (row->text)
			list->up_to_date++;
		else
			list->withheld++;
	}
	if (list->count)
		qsort(list->items, list->count, sizeof *list->items, by_worst);
	return list;
}

void pending_free(struct pending_list *list)
{
	if (!list)
		return;
	free(list->items);
	arena_release(&list->arena);
	free(list);
}

const struct value_change *pending_worst(const struct pending *pending)
{
	const struct value_changes *shared = pending->shared, *own = pending->own;
	if (own->count && (!shared->count || own->harm <= shared->harm))
		return &own->items[0];
	return shared->count ? &shared->items[0] : NULL;
}
