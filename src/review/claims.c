/* SPDX-License-Identifier: MIT */
/*
 * Phrases of claims.csv in texts: where a text says such a thing, the section must be under `when:
 * claims.NAME`, or its paragraph must ask claims.NAME. So nothing is said that nobody vouches for
 * today, and nothing goes on being said when the claim has ended.
 */
#include "review/inside.h"

/* The paragraph around a place: from one empty line, or item of a list, to the next. */
static struct str paragraph(struct str text, size_t at)
{
	size_t from = at, end = at;
	while (from && !(text.text[from - 1] == '\n'))
		from--;
	while (end < text.len && text.text[end] != '\n')
		end++;
	return str_sub(text, from, end - from);
}

static void check_phrase(const struct reviewing *r, const struct written *written,
			 struct str folded, const struct claim *claim, struct str phrase)
{
	struct str asked = str_format(r->arena, "claims.%.*s", STR(claim->name));
	struct str sought = words_fold(r->arena, phrase);
	struct str when = written_front(written, "when");
	size_t at = str_find(folded, sought);
	if (at == folded.len || str_find(when, asked) < when.len)
		return;
	struct str around = paragraph(folded, at);
	if (str_find(around, asked) < around.len)
		return;
	struct pos pos = written->pos;
	for (size_t i = 0; i < at; i++)
		pos.line += folded.text[i] == '\n';
	pos.column = written->folder < 0 ? pos.column : 0;
	diag_warning(r->diag, pos,
		     "'%.*s' is said whether or not it is true: let the paragraph begin with "
		     "{%.*s, if}, or take it out",
		     STR(phrase), STR(asked));
}

static void check_claim(const struct reviewing *r, const struct library *library,
			const struct claim *claim, const struct str *folded)
{
	struct str rest = translated_get(&claim->says, library->edition->language);
	while (rest.len) {
		size_t len = str_index(rest, ';');
		struct str phrase = str_trim(str_sub(rest, 0, len));
		for (size_t i = 0; phrase.len && i < library->count; i++)
			check_phrase(r, &library->items[i], folded[i], claim, phrase);
		rest = str_sub(rest, len + (len < rest.len), rest.len);
	}
}

void review_claims(struct reviewing *r, const struct library *library)
{
	if (!r->shop->claim_count)
		return;
	struct str *folded = arena_array(r->arena, library->count, sizeof *folded);
	for (size_t i = 0; i < library->count; i++)
		folded[i] = words_fold(r->arena, library->items[i].source);
	for (size_t i = 0; i < r->shop->claim_count; i++)
		check_claim(r, library, &r->shop->claims[i], folded);
}
