/* SPDX-License-Identifier: MIT */
/*
 * In: who gets which text. Out: messages/schedule.csv. Lanes that have everything in common but the
 * country are one row, and services that then have all countries in common, too.
 */
#include "build/mail.h"
#include "shop/date.h"
#include "table/write.h"

/* A row of the schedule: services times countries. */
struct entry {
	const struct mail_row *row; /* one of them */
	struct buf services, countries;
};

static bool same_hours(const struct waking *a, const struct waking *b)
{
	return a->from == b->from && a->to == b->to && a->utc_from == b->utc_from &&
	       a->utc_to == b->utc_to && a->until == b->until;
}

/* Do two lanes of one letter differ in nothing but where they go and by what? */
static bool same_letter(const struct mail *mail, const struct mail_row *a, const struct mail_row *b)
{
	return a->text == b->text && a->day_from == b->day_from && a->day_to == b->day_to &&
	       same_hours(&mail->waking[a->lane->destination], &mail->waking[b->lane->destination]);
}

static void add_word(struct buf *list, struct str word)
{
	if (list->len)
		buf_byte(list, ' ');
	buf_add(list, word);
}

static void add_times(struct buf *out, int from, int to)
{
	if (from >= 0)
		buf_addf(out, "%02d:%02d-%02d:%02d", from / 60, from % 60, to / 60, to % 60);
	buf_byte(out, ',');
}

static void add_day(struct buf *out, int day)
{
	if (day >= 0)
		buf_number(out, day);
	buf_byte(out, ',');
}

/* What was counted from the promise has become a day after the payment. */
static const char *after_name(enum letter_after after)
{
	return letter_after_name(after == AFTER_PROMISE ? AFTER_PAYMENT : after);
}

static void add_entry(const struct shop *shop, const struct mail *mail,
		      const struct mail_part *part, const struct entry *entry, struct buf *out)
{
	const struct mail_row *row = entry->row;
	const struct waking *waking = &mail->waking[row->lane->destination];
	const struct str cells[] = {
		shop->languages[part->language].tag,  part->letter->event,
		shop->channels[part->channel].id,     buf_str(&entry->services),
		buf_str(&entry->countries),           str_of(after_name(part->letter->after))
	};
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		write_cell(out, cells[i]);
		buf_byte(out, ',');
	}
	add_day(out, row->day_from);
	add_day(out, row->day_to);
	add_times(out, waking->from, waking->to);
	add_times(out, waking->utc_from, waking->utc_to);
	if (waking->until != DATE_NONE)
		date_add(out, waking->until);
	buf_byte(out, ',');
	write_cell(out, row->text->name);
	buf_byte(out, '\n');
}

/* The rows of one service in `rows` that go with the first open one: they become one entry. */
static void gather(const struct shop *shop, const struct mail *mail, const struct mail_row *rows,
		   size_t count, bool *taken, struct entry *entry)
{
	const struct mail_row *first = entry->row;
	add_word(&entry->services, first->lane->service->id);
	for (size_t i = (size_t)(first - rows); i < count; i++) {
		if (taken[i] || rows[i].lane->service != first->lane->service ||
		    !same_letter(mail, first, &rows[i]))
			continue;
		taken[i] = true;
		add_word(&entry->countries,
			 place_str(&shop->destinations[rows[i].lane->destination]));
	}
}

/* Joins the entry with one of the same letter to the same countries. */
static bool join(const struct mail *mail, struct entry *entries, size_t count,
		 const struct entry *new)
{
	for (size_t i = 0; i < count; i++)
		if (same_letter(mail, entries[i].row, new->row) &&
		    str_equal(buf_str(&entries[i].countries), buf_str(&new->countries))) {
			add_word(&entries[i].services, buf_str(&new->services));
			return true;
		}
	return false;
}

static void add_part(const struct shop *shop, const struct mail *mail, const struct mail_part *part,
		     struct buf *out)
{
	struct arena arena;
	arena_init(&arena);
	bool *taken = arena_array(&arena, part->row_count, sizeof *taken);
	struct entry *entries = arena_array(&arena, part->row_count, sizeof *entries);
	size_t used = 0;
	for (size_t i = 0; i < part->row_count; i++) {
		struct entry entry = { .row = &part->rows[i] };
		if (taken[i])
			continue;
		gather(shop, mail, part->rows, part->row_count, taken, &entry);
		if (join(mail, entries, used, &entry)) {
			buf_release(&entry.services);
			buf_release(&entry.countries);
		} else {
			entries[used++] = entry;
		}
	}
	for (size_t i = 0; i < used; i++) {
		add_entry(shop, mail, part, &entries[i], out);
		buf_release(&entries[i].services);
		buf_release(&entries[i].countries);
	}
	arena_release(&arena);
}

void mail_schedule(const struct shop *shop, const struct mail *mail, struct buf *out)
{
	buf_add(out,
		S("language,event,channel,service,to,after,day_from,day_to,hours,hours_utc,until,"
		  "text\n"));
	for (size_t i = 0; i < mail->part_count; i++)
		if (mail->parts[i].row_count)
			add_part(shop, mail, &mail->parts[i], out);
}
