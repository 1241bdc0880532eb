/* SPDX-License-Identifier: MIT */
/*
 * In: a listing that was made. Out: its rows of report/coverage.csv: for each fact that a buyer asks for, whether the
 * listing shows it, and if not, whose rule took it out or which file has to be filled.
 */
#include <string.h>

#include "build/listings.h"
#include "table/write.h"

/* A fact, the block of the listing's text that tells it, and that of the shop's. */
struct fact {
	const char *name, *block, *shop_block;
};

static const struct fact facts[] = {
	{ "method", "method", "" },	{ "zone", "zone", "" },
	{ "handling", "handling", "" }, { "expected", "expected", "" },
	{ "odds", "odds", "" },		{ "fee", "fee", "" },
	{ "customs", "customs", "customs" }, { "duties", "customs", "" },
	{ "remedies", "remedies", "remedies" }, { "faq", "faq", "faq" },
};

static void add_row(struct buf *out, const struct work *work, const struct listing_made *made,
		    const struct fact *fact, const char *status, struct str why)
{
	const struct str cells[] = { made->listing->id, made->market->id,
				     work->shop->languages[made->listing->language].tag,
				     str_of(fact->name), str_of(status), why };
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		write_cell(out, cells[i]);
		buf_byte(out, i + 1 < sizeof cells / sizeof *cells ? ',' : '\n');
	}
}

static const struct list *list_of(const struct edition *edition, const char *name)
{
	return &record_at(edition->root, name)->list;
}

/* Which file lacks what the fact needs; empty when nothing does. */
static struct str missing_file(const struct work *work, const struct listing_made *made,
			       const struct product *product, const struct fact *fact)
{
	const struct listing_text *text = made->text;
	const struct edition *edition = work->editions[made->listing->language];
	bool is_remedies = strcmp(fact->name, "remedies") == 0, is_faq = strcmp(fact->name, "faq") == 0;
	if (is_remedies)
		return list_of(edition, "remedies")->count ? S("") : S("content/remedies.csv");
	if (is_faq)
		return list_of(edition, "top_faq")->count ? S("") : S("content/faq/");
	if (!text->carried)
		return S("no service carries it there: content/carriers.csv zones.csv rates.csv");
	if (strcmp(fact->name, "handling") == 0)
		return product->handling ? S("") : S("content/handling.csv");
	const struct curve *door = &text->promise->door;
	if (strcmp(fact->name, "expected") == 0)
		return door->claim_days[CLAIM_50] >= 0 || text->service->days_max >= 0 ?
			       S("") :
			       S("content/ontime.csv");
	if (strcmp(fact->name, "odds") == 0)
		return door->claim_days[CLAIM_50] >= 0 ? S("") : S("content/ontime.csv");
	if (strcmp(fact->name, "duties") == 0)
		return text->payer == PAYER_UNKNOWN || (text->payer == PAYER_BUYER && !made->known) ?
			       S("content/customs.csv tariffs.csv charges.csv") :
			       S("");
	return S("");
}

/* Why the block is in none of the fields' texts. False when it is in one. */
static bool left_out(const struct listing_made *made, const struct fact *fact, struct str *why)
{
	*why = S("");
	for (size_t i = 0; i < made->count; i++) {
		bool gone = !made->fits[i];
		for (size_t r = 0; made->fits[i] && r < made->fitted[i].removal_count; r++) {
			const struct market_removal *removal = &made->fitted[i].removals[r];
			if (removal->kind != MARKET_LOST_BLOCK || removal->in_summary ||
			    !str_is(removal->block, fact->block))
				continue;
			gone = true;
			*why = removal->why;
		}
		if (!gone)
			return false;
	}
	return true;
}

/* The shop's own text that tells the fact once for all listings; NULL when there is none. */
static const struct shop_snippet *told_once(const struct work *work, const struct listing_made *made,
					    const struct fact *fact)
{
	const struct listings *l = work->listings;
	char mark[64];
	size_t len = 0;
	for (const char *part = "data-block=\""; *part; part++)
		mark[len++] = *part;
	for (const char *part = fact->shop_block; *part && len + 2 < sizeof mark; part++)
		mark[len++] = *part;
	mark[len++] = '"';
	for (size_t i = 0; *fact->shop_block && i < l->shop_snippet_count; i++) {
		const struct shop_snippet *snippet = &l->shop_snippets[i];
		if (snippet->market == made->market && snippet->language == made->listing->language &&
		    memmem(snippet->html.text, snippet->html.len, mark, len))
			return snippet;
	}
	return NULL;
}

/* The rule that keeps the fact out of all of the listing's fields, and where it belongs. */
static void add_rule(struct buf *why, const struct listing_made *made)
{
	for (size_t i = 0; i < made->count; i++) {
		const struct market_field *field = made->fields[i];
		if (market_emits(field))
			continue;
		buf_addf(why, "%s%.*s: %.*s", why->len ? "; " : "", STR(field->id),
			 STR(field->reason.len ? field->reason : S("the profile says no")));
		if (field->placed_by && field->placed_by->source.len)
			buf_addf(why, " (%.*s)", STR(field->placed_by->source));
		if (field->instead)
			buf_addf(why, "; it belongs in %s%.*s",
				 field->instead->scope == MARKET_PRODUCT ? "" : "shop/",
				 STR(field->instead->id));
		else
			buf_add(why, S("; no other place for it was found"));
		return;
	}
}

static void cover(struct buf *out, const struct work *work, const struct listing_made *made,
		  const struct product *product, const struct fact *fact)
{
	struct str why;
	struct buf reason = BUF_INIT;
	const struct shop_snippet *once = told_once(work, made, fact);
	bool theirs = product->fulfilment == FULFILMENT_MARKETPLACE;
	struct str missing = theirs ? S("") : missing_file(work, made, product, fact);
	if (missing.len) {
		add_row(out, work, made, fact, "missing", missing);
		return;
	}
	bool gone = left_out(made, fact, &why);
	if (gone && once) {
		buf_addf(&reason, "once a shop: shop/%.*s", STR(once->field->id));
		add_row(out, work, made, fact, "shown", buf_str(&reason));
	} else if (gone && why.len) {
		add_row(out, work, made, fact, "withheld", why);
	} else if (gone) {
		add_rule(&reason, made);
		add_row(out, work, made, fact, "withheld", buf_str(&reason));
	} else if (theirs && strcmp(fact->name, "method") != 0) {
		add_row(out, work, made, fact, "withheld",
			S("the marketplace stores and sends it: its own promise counts"));
	} else {
		add_row(out, work, made, fact, "shown", S(""));
	}
	buf_release(&reason);
}

void coverage_add(struct buf *out, const struct work *work, const struct listing_made *made,
		  const struct product *product)
{
	for (size_t i = 0; made->text && i < sizeof facts / sizeof *facts; i++)
		cover(out, work, made, product, &facts[i]);
}
