/* SPDX-License-Identifier: MIT */
/* The order in which texts are reviewed, and what needs no text to be seen. */
#include "review/inside.h"

#include "output/facts.h"

/* Buyers are to have a choice: two ways out of every situation, at least. */
static void check_remedies(const struct reviewing *r)
{
	const struct shop *shop = r->shop;
	for (size_t i = 0; i < shop->remedy_count; i++) {
		size_t choices = 0;
		for (size_t j = 0; j < shop->remedy_count; j++)
			choices += str_equal(shop->remedies[i].situation, shop->remedies[j].situation);
		if (choices < 2)
			diag_error(r->diag, shop->remedies[i].pos,
				   "for '%.*s' there is one remedy only, and a buyer should have a "
				   "choice; add a row with another",
				   STR(shop->remedies[i].situation));
	}
}

static bool told_before(const struct shop *shop, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (str_equal(shop->questions[i].topic, shop->questions[index].topic))
			return true;
	return false;
}

/* What buyers ask and nobody answers. */
static void check_topics(const struct reviewing *r)
{
	const struct shop *shop = r->shop;
	for (size_t i = 0; i < shop->question_count; i++) {
		struct str topic = shop->questions[i].topic;
		int64_t asked = 0;
		if (told_before(shop, i) ||
		    library_find(&r->libraries[0], str_format(r->arena, "faq/%.*s", STR(topic))))
			continue;
		for (size_t j = i; j < shop->question_count; j++)
			if (str_equal(topic, shop->questions[j].topic))
				asked += shop->questions[j].asked;
		diag_warning(r->diag, shop->questions[i].pos,
			     "'%.*s' was asked %lld times and has no answer; write "
			     "content/faq/%.*s/%.*s.md",
			     STR(topic), (long long)asked, STR(shop->languages[0].tag), STR(topic));
	}
}

static void check_claims(const struct reviewing *r)
{
	struct buf known = BUF_INIT;
	for (size_t i = 0; i < claims_shape.count; i++)
		buf_addf(&known, "%s%s", i ? " " : "", claims_shape.fields[i].name);
	for (size_t i = 0; i < r->shop->claim_count; i++)
		if (!claim_is_known(r->shop->claims[i].name))
			diag_warning(r->diag, r->shop->claims[i].pos,
				     "no text can ask for the claim '%.*s'; there are %.*s",
				     STR(r->shop->claims[i].name), STR(buf_str(&known)));
	buf_release(&known);
}

void review_texts(struct arena *arena, const struct shop *shop, const struct catalog *catalog,
		  struct edition *const *editions, struct diag *diag)
{
	struct reviewing r = { arena, shop, catalog, editions, NULL, diag };
	for (size_t i = 0; i < shop->language_count; i++)
		if (!editions[i]->words)
			return;
	if (!shop->language_count)
		return;
	r.libraries = arena_array(arena, shop->language_count, sizeof *r.libraries);
	for (size_t i = 0; i < shop->language_count; i++)
		library_read(&r.libraries[i], arena, shop, editions[i]);
	check_remedies(&r);
	check_topics(&r);
	check_claims(&r);
	review_lacks(&r);
	for (size_t i = 0; i < shop->language_count; i++) {
		review_numbers(&r, &r.libraries[i]);
		review_claims(&r, &r.libraries[i]);
		if (i)
			review_differences(&r, &r.libraries[i]);
	}
}
