/* SPDX-License-Identifier: MIT */
/*
 * In: listings that were made, the seller's own texts. Out: findings, each at the row or line it is about:
 * what does not fit, promises that go beyond a claim's window, words that a marketplace refuses.
 */
#include "build/listings.h"

#include <string.h>

#include "base/file.h"

/* Texts of the seller's that are looked through. */
#define TEXT_MAX ((size_t)64 * 1024)

static void check_fields(struct work *work, const struct listing_made *made)
{
	for (size_t i = 0; i < made->count; i++) {
		const struct market_field *field = made->fields[i];
		struct str does = market_failure_words(field);
		if (!market_emits(field) || made->fits[i])
			continue;
		if (does.len && !field->summary) /* which may be what does not fit, and has its own */
			diag_error(work->diag, listing_pos(made->listing),
				   "the text for '%.*s' of %.*s: %.*s; %.*s %.*s", STR(field->id),
				   STR(made->market->name), STR(made->fitted[i].why),
				   STR(made->market->name), STR(does));
		else
			diag_error(work->diag, listing_pos(made->listing),
				   "the text for '%.*s' of %.*s: %.*s", STR(field->id),
				   STR(made->market->name), STR(made->fitted[i].why));
	}
}

static void check_way(struct work *work, const struct listing_made *made,
		      const struct product *product)
{
	const struct listing_text *text = made->text;
	if (product->fulfilment != FULFILMENT_SELLER || text->carried)
		return;
	if (text->to.code[0])
		diag_warning(work->diag, listing_pos(made->listing),
			     "no service carries '%.*s' to '%s', where the buyers of this listing live; the text "
			     "says so",
			     STR(product->id), text->to.code);
}

/* The last day that the text promises anything for. */
static int last_day(const struct promise *promise)
{
	for (int level = CLAIM_LEVELS - 1; level >= 0; level--)
		if (promise->door.claim_days[level] >= 0)
			return promise->door.claim_days[level];
	return -1;
}

static void check_window(struct work *work, const struct listing_made *made)
{
	int window = made->market->claim_window_days;
	if (window < 0 || !made->text->promise)
		return;
	int last = last_day(made->text->promise);
	if (last > window)
		diag_warning(work->diag, listing_pos(made->listing),
			     "the text speaks of arrivals within %d days, and buyers at %.*s may open a claim "
			     "after %d; recommend a quicker service there, or answer for the days between",
			     last, STR(made->market->name), window);
}

static void check_title(struct work *work, const struct listing_made *made,
			const struct product *product)
{
	struct str title = product->titles[made->listing->language], found;
	struct str tag = work->shop->languages[made->listing->language].tag;
	const struct market_rule *rule;
	for (size_t i = 0; i < made->count; i++) {
		unsigned refuses = made->fields[i]->refuses;
		uint64_t bit = refuses < 64 ? UINT64_C(1) << refuses : 0;
		if (!market_emits(made->fields[i]) || made->ran->title_passed & bit)
			continue;
		if (!market_forbids(made->fields[i], title, tag, &found, &rule)) {
			made->ran->title_passed |= bit;
			continue;
		}
		diag_warning(work->diag, product->pos,
			     "%.*s refuses '%.*s', which stands in the title of '%.*s'",
			     STR(made->market->name), STR(str_sub(found, 0, 80)), STR(product->id));
		return;
	}
}

void listing_check(struct work *work, const struct listing_made *made, const struct product *product)
{
	if (!made->text)
		return;
	check_fields(work, made);
	check_way(work, made, product);
	check_window(work, made);
	check_title(work, made, product);
}

/* --- the seller's own texts --- */

struct own_text {
	struct str text, language;
	struct pos pos; /* of its first byte */
};

static struct pos place_in(const struct own_text *own, struct str found)
{
	struct pos pos = own->pos;
	size_t end = (size_t)(found.text - own->text.text), start = 0;
	for (size_t i = 0; i < end && i < own->text.len; i++)
		if (own->text.text[i] == '\n') {
			pos.line++;
			pos.column = 1;
			start = i + 1;
		}
	if (end <= own->text.len && end >= start)
		pos.column += (uint32_t)str_code_points(str_sub(own->text, start, end - start));
	return pos;
}

/* One marketplace that refuses it is enough: it is the text that has to change. */
static void check_text(struct work *work, const struct own_text *own)
{
	const struct listings *l = work->listings;
	for (size_t i = 0; i < work->shop->listing_market_count; i++) {
		const struct market *market = l->of[i];
		for (size_t f = 0; market && f < market->field_count; f++) {
			struct str found;
			const struct market_rule *rule;
			if (!market_emits(&market->fields[f]) ||
			    !market_forbids(&market->fields[f], own->text, own->language, &found, &rule))
				continue;
			diag_warning(work->diag, place_in(own, found),
				     "%.*s refuses '%.*s' in '%.*s': the sentence is left out there; word it "
				     "otherwise",
				     STR(market->name), STR(str_sub(found, 0, 80)),
				     STR(market->fields[f].id));
			return;
		}
	}
}

static void check_folder(struct work *work, const char *kind, struct str language)
{
	struct str *names;
	size_t count;
	struct str folder = str_format(&work->arena, "content/%s/%.*s", kind, STR(language));
	struct str path = str_format(&work->arena, "%s/%.*s", work->options->folder, STR(folder));
	if (file_list(&work->arena, path.text, &names, &count) < 0)
		return;
	for (size_t i = 0; i < count; i++) {
		struct buf bytes = BUF_INIT;
		struct str file = str_format(&work->arena, "%.*s/%.*s", STR(folder), STR(names[i]));
		struct str full = str_format(&work->arena, "%s/%.*s", work->options->folder, STR(file));
		if (str_ends(names[i], ".md") && file_read(full.text, TEXT_MAX, &bytes) == 0) {
			struct own_text own = { buf_str(&bytes), language, { file.text, 1, 1 } };
			check_text(work, &own);
		}
		buf_release(&bytes);
	}
}

void texts_check(struct work *work)
{
	const struct shop *shop = work->shop;
	for (size_t i = 0; i < shop->language_count; i++) {
		check_folder(work, "faq", shop->languages[i].tag);
		check_folder(work, "policy", shop->languages[i].tag);
		for (size_t j = 0; j < shop->remedy_count; j++) {
			struct own_text own = { translated_get(&shop->remedies[j].text, i),
						shop->languages[i].tag, shop->remedies[j].pos };
			check_text(work, &own);
		}
	}
}
