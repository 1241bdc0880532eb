/* SPDX-License-Identifier: MIT */
/*
 * customs.csv and tariffs.csv in, with all of their history. Types are read here; what the
 * terms of a duty or rate mean is known to customs/.
 */
#include "shop/load.h"

struct customs_columns {
	struct column country, variant, currency, over, up_to, test, duty, duty_on, tax, tax_on,
		tax_base_step, waived_up_to, collected_by, collected_up_to, default_tariff,
		hs_digits;
	struct text_columns tax_name;
};

static void declare_customs(struct sheet *sheet, const struct shop *shop, struct customs_columns *c)
{
	c->country = sheet_column(sheet, "country", NEEDED);
	sheet_column(sheet, "valid_from", PRESENT);
	c->variant = sheet_column(sheet, "variant", 0);
	c->currency = sheet_column(sheet, "currency", 0);
	c->over = sheet_column(sheet, "over", NUMBER);
	c->up_to = sheet_column(sheet, "up_to", NUMBER);
	c->test = sheet_column(sheet, "test", NUMBER);
	c->duty = sheet_column(sheet, "duty", NUMBER);
	c->duty_on = sheet_column(sheet, "duty_on", NUMBER);
	c->tax_name = sheet_text(sheet, shop, "tax_name", 0);
	c->tax = sheet_column(sheet, "tax", NUMBER);
	c->tax_on = sheet_column(sheet, "tax_on", NUMBER);
	c->tax_base_step = sheet_column(sheet, "tax_base_step", NUMBER);
	c->waived_up_to = sheet_column(sheet, "waived_up_to", NUMBER);
	c->collected_by = sheet_column(sheet, "collected_by", 0);
	c->collected_up_to = sheet_column(sheet, "collected_up_to", NUMBER);
	c->default_tariff = sheet_column(sheet, "default_tariff", NUMBER);
	c->hs_digits = sheet_column(sheet, "hs_digits", 0);
}

static void read_customs_terms(struct reader *r, const struct customs_columns *c,
			       struct customs_rule *rule)
{
	rule->variant = read_text(r, c->variant);
	rule->test = read_text(r, c->test);
	rule->duty = read_text(r, c->duty);
	rule->duty_on = read_text(r, c->duty_on);
	rule->tax = read_text(r, c->tax);
	rule->tax_on = read_text(r, c->tax_on);
	rule->default_tariff = read_text(r, c->default_tariff);
	rule->variant_pos = read_pos(r, c->variant);
	rule->test_pos = read_pos(r, c->test);
	rule->duty_pos = read_pos(r, c->duty);
	rule->duty_on_pos = read_pos(r, c->duty_on);
	rule->tax_pos = read_pos(r, c->tax);
	rule->tax_on_pos = read_pos(r, c->tax_on);
	rule->tariff_pos = read_pos(r, c->default_tariff);
	rule->decimal_sign = r->sheet->decimal;
}

static void read_customs(struct reader *r, const struct customs_columns *c,
			 struct customs_rule *rule)
{
	static const char *const collectors[] = { "marketplace", "seller", "carrier" };
	*rule = (struct customs_rule){ .pos = read_pos(r, c->country), .validity = r->validity };
	struct currency currency = read_currency(r, c->currency, (struct currency){ "" });
	rule->currency = currency;
	rule->over = read_money(r, c->over, currency);
	rule->up_to = read_money(r, c->up_to, currency);
	rule->tax_base_step = read_money(r, c->tax_base_step, currency);
	rule->waived_up_to = read_money(r, c->waived_up_to, currency);
	rule->collected_up_to = read_money(r, c->collected_up_to, currency);
	rule->tax_names = read_translated(r, &c->tax_name);
	rule->tax_name = rule->tax_names.plain;
	int collector = read_word(r, c->collected_by, collectors, 3, -1);
	rule->collected_by = collector < 0 ? S("") : str_of(collectors[collector]);
	rule->hs_digits = read_int(r, c->hs_digits, 2, 10, 0);
	rule->note = read_text(r, r->sheet->note);
	rule->source = read_text(r, r->sheet->source);
	rule->checked_on = read_date(r, r->sheet->checked_on);
	read_customs_terms(r, c, rule);
	bool same = currency_equal(rule->over.currency, rule->up_to.currency);
	if (rule->over.currency.code[0] && same &&
	    decimal_compare(rule->over.amount, rule->up_to.amount) >= 0)
		read_fault(r, c->up_to,
			   "'up_to' is not more than 'over', so no value lies between them");
}

/* Without a currency of its own a rule is in that of its limits, else of its group or country. */
static void keep_customs(struct loading *loading, const void *read, struct place country,
			 bool by_group)
{
	struct shop *shop = loading->shop;
	struct customs_rule rule = *(const struct customs_rule *)read;
	rule.country = country;
	if (!rule.currency.code[0])
		rule.currency =
			rule.up_to.currency.code[0] ? rule.up_to.currency : rule.over.currency;
	if (!rule.currency.code[0])
		currency_parse(by_group && place_in_eu(country) ? S("EUR")
								: str_of(place_currency(country)),
			       &rule.currency);
	shop->customs =
		arena_push(loading->arena, shop->customs, &shop->customs_count, sizeof rule);
	shop->customs[shop->customs_count - 1] = rule;
}

/* The same band of the same country and variant. */
static struct str customs_key(struct loading *loading, struct reader *r,
			      const struct customs_columns *c)
{
	return str_format(loading->arena, "%.*s\n%.*s\n%.*s\n%.*s", STR(read_text(r, c->country)),
			  STR(read_text(r, c->variant)), STR(read_text(r, c->over)),
			  STR(read_text(r, c->up_to)));
}

void load_customs(struct loading *loading)
{
	struct sheet sheet;
	struct customs_columns c;
	struct once once = { { .arena = loading->arena } };
	struct spread spread = { loading, sizeof(struct customs_rule), .keep = keep_customs };
	load_sheet(loading, &sheet, "content/customs.csv");
	declare_customs(&sheet, loading->shop, &c);
	struct reader r;
	bool begun = sheet_begin(&sheet);
	while (begun && sheet_next(&sheet, loading->arena, &r)) {
		struct customs_rule rule;
		read_customs(&r, &c, &rule);
		sheet_once(&r, &once, customs_key(loading, &r, &c), c.country, "this band of",
			   read_text(&r, c.country));
		load_spread_add(&spread, &r, c.country, rule.variant, &rule);
	}
	sheet_close(&sheet);
	load_spread_end(&spread);
}

void load_chapters(struct loading *loading)
{
	static const char *const kinds[] = { "goods", "reserved", "national" };
	struct shop *shop = loading->shop;
	struct sheet sheet;
	struct reader r;
	load_sheet(loading, &sheet, "content/chapters.csv");
	struct column from = sheet_column(&sheet, "from", NEEDED);
	struct column to = sheet_column(&sheet, "to", NEEDED);
	struct column kind = sheet_column(&sheet, "kind", NEEDED);
	bool begun = sheet_begin(&sheet);
	while (begun && sheet_next(&sheet, loading->arena, &r)) {
		struct chapters chapters = { .from = read_int(&r, from, 1, 99, 0),
					     .to = read_int(&r, to, 1, 99, 0),
					     .kind = (enum chapter_kind)read_word(&r, kind, kinds, 3, 0),
					     .pos = read_pos(&r, from) };
		if (r.bad || !r.holds)
			continue;
		shop->chapters = arena_push(loading->arena, shop->chapters, &shop->chapter_count,
					    sizeof chapters);
		shop->chapters[shop->chapter_count - 1] = chapters;
	}
	sheet_close(&sheet);
}

struct tariff_columns {
	struct column country, hs, rate, origin;
};

static void read_tariff(struct reader *r, const struct tariff_columns *c, struct tariff_rule *rule)
{
	*rule = (struct tariff_rule){ .pos = read_pos(r, c->country), .validity = r->validity };
	rule->hs = read_hs(r, c->hs, 2, 10);
	rule->rate = read_text(r, c->rate);
	rule->rate_pos = read_pos(r, c->rate);
	rule->origin = read_place(r, c->origin, (struct place){ "" });
	rule->source = read_text(r, r->sheet->source);
	rule->checked_on = read_date(r, r->sheet->checked_on);
	rule->decimal_sign = r->sheet->decimal;
}

static void keep_tariff(struct loading *loading, const void *read, struct place country,
			bool by_group)
{
	struct shop *shop = loading->shop;
	struct tariff_rule rule = *(const struct tariff_rule *)read;
	(void)by_group;
	rule.country = country;
	shop->tariffs = arena_push(loading->arena, shop->tariffs, &shop->tariff_count, sizeof rule);
	shop->tariffs[shop->tariff_count - 1] = rule;
}

/* A later `valid_from` replaces an earlier one, so only rows of the same first day clash. */
static void once_a_day(struct loading *loading, struct reader *r, struct once *once,
		       const struct tariff_columns *c, const struct tariff_rule *rule)
{
	struct str key =
		str_format(loading->arena, "%.*s\n%.*s\n%s\n%d", STR(read_text(r, c->country)),
			   STR(rule->hs), rule->origin.code, (int)r->validity.from);
	sheet_once(r, once, key, c->hs, "the rate of", rule->hs);
}

void load_tariffs(struct loading *loading)
{
	struct sheet sheet;
	struct tariff_columns c;
	struct once once = { { .arena = loading->arena } };
	struct spread spread = { loading, sizeof(struct tariff_rule), .keep = keep_tariff };
	load_sheet(loading, &sheet, "content/tariffs.csv");
	c.country = sheet_column(&sheet, "country", NEEDED);
	c.hs = sheet_column(&sheet, "hs", NEEDED);
	c.rate = sheet_column(&sheet, "rate", NEEDED | NUMBER);
	c.origin = sheet_column(&sheet, "origin", 0);
	struct reader r;
	bool begun = sheet_begin(&sheet);
	while (begun && sheet_next(&sheet, loading->arena, &r)) {
		struct tariff_rule rule;
		read_tariff(&r, &c, &rule);
		if (!r.bad)
			once_a_day(loading, &r, &once, &c, &rule);
		struct str rest =
			str_format(loading->arena, "%.*s\n%s", STR(rule.hs), rule.origin.code);
		load_spread_add(&spread, &r, c.country, rest, &rule);
	}
	sheet_close(&sheet);
	load_spread_end(&spread);
}
