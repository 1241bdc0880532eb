/* SPDX-License-Identifier: MIT */
/* charges.csv and fx.csv in: what clearing a parcel costs beside duty and tax, and exchange rates.
 */
#include "shop/load.h"

struct charge_columns {
	struct column country, amount, percent, percent_on, currency, service, min, max, per, when,
		paid_by, over, up_to;
	struct text_columns name;
};

static void declare_charges(struct sheet *sheet, const struct shop *shop, struct charge_columns *c)
{
	c->country = sheet_column(sheet, "country", NEEDED);
	c->amount = sheet_column(sheet, "amount", NUMBER);
	c->percent = sheet_column(sheet, "percent", NUMBER);
	c->percent_on = sheet_column(sheet, "percent_on", 0);
	c->currency = sheet_column(sheet, "currency", 0);
	c->service = sheet_column(sheet, "service", 0);
	c->name = sheet_text(sheet, shop, "name", 0);
	c->min = sheet_column(sheet, "min", NUMBER);
	c->max = sheet_column(sheet, "max", NUMBER);
	c->per = sheet_column(sheet, "per", 0);
	c->when = sheet_column(sheet, "when", 0);
	c->paid_by = sheet_column(sheet, "paid_by", 0);
	c->over = sheet_column(sheet, "over", NUMBER);
	c->up_to = sheet_column(sheet, "up_to", NUMBER);
}

/* "2%" or "2": two percent. */
static void read_percent(struct reader *r, struct column column, struct charge_rule *rule)
{
	struct str text = read_text(r, column);
	struct str number = str_ends(text, "%") ? str_trim(str_sub(text, 0, text.len - 1)) : text;
	if (!text.len)
		return;
	rule->has_percent = decimal_parse(number, r->sheet->decimal, &rule->percent) &&
			    rule->percent.digits >= 0;
	if (!rule->has_percent)
		read_fault(r, column, "'%s' is no percentage; write it as '2.5%%'",
			   shown(text).text);
}

/*
 * An amount or a percentage, never both. Neither says that there is a charge whose height is
 * not known, and then nothing is known of what import costs there.
 */
static void read_height(struct reader *r, const struct charge_columns *c, struct currency currency,
			struct charge_rule *rule)
{
	rule->amount = read_money(r, c->amount, currency);
	read_percent(r, c->percent, rule);
	rule->percent_on = read_text(r, c->percent_on);
	rule->percent_on_pos = read_pos(r, c->percent_on);
	rule->decimal_sign = r->sheet->decimal;
	rule->min = read_money(r, c->min, currency);
	rule->max = read_money(r, c->max, currency);
	bool amount = read_cell(r, c->amount)->text.len,
	     percent = read_cell(r, c->percent)->text.len;
	if (!amount && !percent)
		diag_warning(r->sheet->diag, rule->pos,
			     "this charge has neither 'amount' nor 'percent', so what import costs "
			     "where it applies is not known; write one of them");
	else if (amount && percent)
		read_fault(r, c->percent,
			   "this charge has both 'amount' and 'percent'; write two rows when both "
			   "are due");
	else if (rule->min.currency.code[0] && rule->max.currency.code[0] &&
		 currency_equal(rule->min.currency, rule->max.currency) &&
		 decimal_compare(rule->min.amount, rule->max.amount) > 0)
		read_fault(r, c->min, "'min' is more than 'max'; exchange them");
}

static void read_charge(struct loading *loading, struct reader *r, const struct charge_columns *c,
			struct charge_rule *rule)
{
	static const char *const units[] = { "parcel", "line" };
	static const char *const times[] = { "due", "always" };
	*rule = (struct charge_rule){ .pos = read_pos(r, c->country), .validity = r->validity };
	struct currency currency = read_currency(r, c->currency, (struct currency){ "" });
	rule->service = load_service(loading, r, c->service);
	rule->name = read_translated(r, &c->name);
	read_height(r, c, currency, rule);
	rule->per_line = read_word(r, c->per, units, 2, 0) == 1;
	rule->always = read_word(r, c->when, times, 2, 0) == 1;
	rule->paid_by = read_text(r, c->paid_by);
	rule->over = read_money(r, c->over, currency);
	rule->up_to = read_money(r, c->up_to, currency);
	rule->source = read_text(r, r->sheet->source);
	rule->checked_on = read_date(r, r->sheet->checked_on);
}

/* The same charge, told apart by its lane, name and band. */
static struct str charge_key(struct loading *loading, struct reader *r,
			     const struct charge_columns *c, const struct charge_rule *rule)
{
	return str_format(loading->arena, "%.*s\n%.*s\n%.*s\n%.*s\n%.*s",
			  STR(read_text(r, c->country)), STR(read_text(r, c->service)),
			  STR(rule->name.plain), STR(read_text(r, c->over)),
			  STR(read_text(r, c->up_to)));
}

static void keep_charge(struct loading *loading, const void *read, struct place country,
			bool by_group)
{
	struct shop *shop = loading->shop;
	struct charge_rule rule = *(const struct charge_rule *)read;
	(void)by_group;
	rule.country = country;
	shop->charges = arena_push(loading->arena, shop->charges, &shop->charge_count, sizeof rule);
	shop->charges[shop->charge_count - 1] = rule;
}

struct charge_reading {
	struct loading *loading;
	struct charge_columns columns;
	struct once once;
	struct spread spread;
};

static void read_charge_row(struct charge_reading *charges, struct reader *r)
{
	struct loading *loading = charges->loading;
	const struct charge_columns *c = &charges->columns;
	struct charge_rule rule;
	struct str service = read_text(r, c->service);
	read_charge(loading, r, c, &rule);
	sheet_once(r, &charges->once, charge_key(loading, r, c, &rule), c->country,
		   "this charge of", read_text(r, c->country));
	if (service.len && !rule.service) /* the service does not hold today */
		return;
	struct str rest =
		str_format(loading->arena, "%.*s\n%.*s", STR(service), STR(rule.name.plain));
	load_spread_add(&charges->spread, r, c->country, rest, &rule);
}

void load_charges(struct loading *loading)
{
	struct sheet sheet;
	struct charge_reading charges = { .loading = loading };
	charges.once.rows.arena = loading->arena;
	charges.spread =
		(struct spread){ loading, sizeof(struct charge_rule), .keep = keep_charge };
	load_sheet(loading, &sheet, "content/charges.csv");
	declare_charges(&sheet, loading->shop, &charges.columns);
	struct reader r;
	bool begun = sheet_begin(&sheet);
	if (begun && charges.columns.amount.index < 0 && charges.columns.percent.index < 0)
		diag_error(loading->diag, table_header_pos(sheet.table, -1),
			   "there is neither a column 'amount' nor a column 'percent'; add one of "
			   "them");
	while (begun && sheet_next(&sheet, loading->arena, &r))
		read_charge_row(&charges, &r);
	sheet_close(&sheet);
	load_spread_end(&charges.spread);
}

struct fx_columns {
	struct column date, from, to, rate;
};

static void read_fx(struct loading *loading, struct reader *r, const struct fx_columns *c,
		    struct once *once)
{
	struct shop *shop = loading->shop;
	struct fx_rate fx = { .date = read_date(r, c->date), .pos = read_pos(r, c->rate) };
	fx.from = read_currency(r, c->from, (struct currency){ "" });
	fx.to = read_currency(r, c->to, (struct currency){ "" });
	fx.rate = read_decimal(r, c->rate, (struct decimal){ 0, 0 });
	fx.source = read_text(r, r->sheet->source);
	if (r->bad)
		return;
	if (fx.rate.digits <= 0)
		read_fault(r, c->rate,
			   "a rate of '%s' cannot be; write how much of '%s' one '%s' is worth",
			   shown(read_text(r, c->rate)).text, fx.to.code, fx.from.code);
	if (currency_equal(fx.from, fx.to))
		read_fault(r, c->to, "'from' and 'to' are the same currency; take the row out");
	struct str name = str_format(loading->arena, "%s-%s", fx.from.code, fx.to.code);
	struct str key = str_format(loading->arena, "%.*s\n%d", STR(name), (int)fx.date);
	sheet_once(r, once, key, c->rate, "the rate of that day of", name);
	if (r->bad || !r->holds)
		return;
	shop->fx = arena_push(loading->arena, shop->fx, &shop->fx_count, sizeof fx);
	shop->fx[shop->fx_count - 1] = fx;
}

void load_fx(struct loading *loading)
{
	struct sheet sheet;
	struct fx_columns c;
	struct once once = { { .arena = loading->arena } };
	load_sheet(loading, &sheet, "content/fx.csv");
	c.date = sheet_column(&sheet, "date", NEEDED | DATE);
	c.from = sheet_column(&sheet, "from", NEEDED);
	c.to = sheet_column(&sheet, "to", NEEDED);
	c.rate = sheet_column(&sheet, "rate", NEEDED | NUMBER);
	struct reader r;
	bool begun = sheet_begin(&sheet);
	while (begun && sheet_next(&sheet, loading->arena, &r))
		read_fx(loading, &r, &c, &once);
	sheet_close(&sheet);
}
