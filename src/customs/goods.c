/* SPDX-License-Identifier: MIT */
/* A product's HS code, held against the chapters there are and what the places ask for that it is sent to. */
#include "customs/tables.h"

/* The first six digits are the same all over the world; with fewer no tariff can be found. */
enum { WORLD_DIGITS = 6 };

/* How many digits the rules that hold now ask for; 0 when none asks for a code. */
static int digits_asked(const struct customs *customs, struct place to)
{
	const struct country *country = country_find(customs, place_country(to));
	int asked = 0;
	for (size_t i = 0; country && i < country->variant_count; i++)
		for (size_t j = 0; j < country->variants[i].today_count; j++) {
			const struct import_row *row = country->variants[i].today[j];
			int digits = row->rule->hs_digits;
			if (row->duty.tariff && digits < WORLD_DIGITS)
				digits = WORLD_DIGITS;
			asked = digits > asked ? digits : asked;
		}
	return asked;
}

static void check_digits(const struct customs *customs, const struct product *product,
			 struct diag *diag)
{
	const struct shop *shop = customs->shop;
	int digits = (int)product->hs_code.len, most = 0;
	struct place asking = { "" };
	for (size_t i = 0; i < shop->destination_count && digits < 10; i++) {
		struct place to = shop->destinations[i];
		if (customs_payer(customs, NULL, to, product->ships_from) == PAYER_NOBODY)
			continue;
		int asked = digits_asked(customs, to);
		if (asked > digits && asked > most) {
			most = asked;
			asking = to;
		}
	}
	if (most && !digits)
		diag_warning(diag, product->pos,
			     "'%.*s' has no hs_code, so its duty to %s is not known; write at least %d digits",
			     STR(product->id), asking.code, most);
	else if (most)
		diag_warning(diag, product->pos,
			     "the hs_code '%.*s' of '%.*s' has %d digits; customs of %s asks for %d",
			     STR(product->hs_code), STR(product->id), digits, asking.code, most);
}

const struct chapters *chapters_of(const struct shop *shop, struct str hs)
{
	int chapter = hs.len >= 2 ? (hs.text[0] - '0') * 10 + hs.text[1] - '0' : 0;
	for (size_t i = 0; i < shop->chapter_count; i++)
		if (chapter >= shop->chapters[i].from && chapter <= shop->chapters[i].to)
			return &shop->chapters[i];
	return NULL;
}

static void check_chapter(const struct shop *shop, const struct product *product, struct diag *diag)
{
	const struct chapters *chapters = chapters_of(shop, product->hs_code);
	if (!shop->chapter_count || product->hs_code.len < 2 ||
	    (chapters && chapters->kind == CHAPTER_GOODS))
		return;
	diag_warning(diag, product->pos,
		     chapters && chapters->kind == CHAPTER_NATIONAL ?
			     "the hs_code '%.*s' of '%.*s' is of a national chapter, which other countries do not "
			     "know; write the code of the goods themselves" :
			     "the hs_code '%.*s' of '%.*s' begins with a chapter that does not exist; look it up "
			     "again, and look whether a spreadsheet has cut a zero off",
		     STR(product->hs_code), STR(product->id));
}

void customs_check_product(const struct customs *customs, const struct product *product,
			   struct diag *diag)
{
	if (product->fulfilment == FULFILMENT_MARKETPLACE)
		return;
	check_chapter(customs->shop, product, diag);
	check_digits(customs, product, diag);
}
