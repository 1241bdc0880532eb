/* SPDX-License-Identifier: MIT */
/*
 * What no row can say alone: whether the rows of a country leave a value or a day without a
 * rule, or give it two; whether every amount can be converted; and what has grown old.
 */
#include "customs/tables.h"

#include <stdlib.h>

struct checking {
	const struct customs *customs;
	const struct country *country;
	struct arena *arena;
	struct diag *diag;
	bool backed; /* the variant at hand leaves its gaps to the one without conditions */
	struct currency *missing; /* pairs of this country that were reported */
	size_t missing_count;
};

static bool to_common(const struct checking *checking, struct exact amount, struct currency from,
		      struct currency to, struct exact *result)
{
	struct exchange exchange;
	if (!fx_find(checking->customs->fx, from, to, checking->customs->shop->date, &exchange))
		return false;
	*result = exact_multiply(amount, exchange.factor);
	return exact_known(*result);
}

/* A row's band in the currency of its rule; false when it cannot be converted. */
struct band {
	const struct import_row *row;
	struct exact over, up_to;
	bool open_below, open_above;
};

static bool band_of(const struct checking *checking, const struct import_row *row,
		    struct currency to, struct band *band)
{
	const struct customs_rule *rule = row->rule;
	*band = (struct band){ .row = row, .over = EXACT_ZERO, .up_to = EXACT_ZERO };
	band->open_below = !rule->over.currency.code[0];
	band->open_above = !rule->up_to.currency.code[0];
	return (band->open_below ||
		to_common(checking, row->over, rule->over.currency, to, &band->over)) &&
	       (band->open_above ||
		to_common(checking, row->up_to, rule->up_to.currency, to, &band->up_to));
}

static void check_reach(const struct checking *checking, const struct import_row *row)
{
	struct band band;
	if (row->bad || !band_of(checking, row, row->rule->currency, &band) || band.open_above)
		return;
	if (exact_compare(band.up_to, band.over) <= 0)
		diag_error(checking->diag, row->rule->pos,
			   "no value is over 'over' and up to 'up_to' of this row; exchange or correct them");
}

static int compare_bands(const void *left, const void *right)
{
	const struct band *a = left, *b = right;
	int order = exact_compare(a->over, b->over);
	if (order)
		return order;
	return (a->row->rule->pos.line > b->row->rule->pos.line) -
	       (a->row->rule->pos.line < b->row->rule->pos.line);
}

static void say_overlap(const struct checking *checking, const struct band *before,
			const struct band *band)
{
	const struct customs_rule *a = before->row->rule, *b = band->row->rule;
	struct pos first = a->pos, second = b->pos;
	if (second.line < first.line) {
		first = b->pos;
		second = a->pos;
	}
	diag_error(checking->diag, second,
		   "this row and the one in line %u hold for the same values and days of '%s'; end one of them "
		   "with valid_to, over or up_to", (unsigned)first.line, b->country.code);
}

/* Neighbouring bands of one day, lowest first: each has to begin where the one before ends. */
static void check_neighbours(const struct checking *checking, const struct band *bands,
			     size_t count)
{
	if (count && !bands[0].open_below && bands[0].over.over > 0 && !checking->backed)
		diag_warning(checking->diag, bands[0].row->rule->pos,
			     "no row of '%s' holds for values up to this row's 'over'; they stay not known",
			     checking->country->place.code);
	for (size_t i = 1; i < count; i++) {
		const struct band *before = &bands[i - 1], *band = &bands[i];
		if (before->open_above || exact_compare(band->over, before->up_to) < 0)
			say_overlap(checking, before, band);
		else if (exact_compare(band->over, before->up_to) > 0 && !checking->backed)
			diag_warning(checking->diag, band->row->rule->pos,
				     "between line %u and this row of '%s' values have no rule and stay not known; "
				     "let 'over' be the 'up_to' before it",
				     (unsigned)before->row->rule->pos.line, checking->country->place.code);
	}
}

/* The bands that hold on one day. */
static void check_day(const struct checking *checking, const struct variant *variant, int32_t day)
{
	struct band *bands = arena_array(checking->arena, variant->row_count, sizeof *bands);
	const struct import_row *first = NULL;
	size_t count = 0;
	for (size_t i = 0; i < variant->row_count; i++) {
		const struct import_row *row = &variant->rows[i];
		if (row->bad || !validity_holds(row->rule->validity, day))
			continue;
		if (!first)
			first = row;
		if (!band_of(checking, row, first->rule->currency, &bands[count]))
			return;
		if (!term_equal(&row->test, &first->test)) {
			diag_error(checking->diag, row->rule->test_pos,
				   "the bands of '%s' test different values on the same days; write the same 'test' "
				   "in all of them", checking->country->place.code);
			return;
		}
		count++;
	}
	if (count)
		qsort(bands, count, sizeof *bands, compare_bands);
	check_neighbours(checking, bands, count);
}

/* Rows stand with the latest first: is a day between two of them left without any? */
static void check_days(const struct checking *checking, const struct variant *variant)
{
	for (size_t i = 0; !checking->backed && i + 1 < variant->row_count; i++) {
		int32_t from = variant->rows[i].rule->validity.from, end = INT32_MIN;
		for (size_t j = i + 1; j < variant->row_count; j++) {
			struct validity earlier = variant->rows[j].rule->validity;
			int32_t to = earlier.to == DATE_NONE ? INT32_MAX : earlier.to;
			if (earlier.from == from)
				to = INT32_MAX;
			end = to > end ? to : end;
		}
		if (from != DATE_NONE && end < from - 1)
			diag_warning(checking->diag, variant->rows[i].rule->pos,
				     "on the days before this row no row of '%s' holds; what import costs then is not "
				     "known", checking->country->place.code);
	}
}

static void check_variant(const struct checking *checking, const struct variant *variant)
{
	struct arena scratch;
	struct checking inside = *checking;
	arena_init(&scratch);
	inside.arena = &scratch;
	const struct country *country = checking->country;
	inside.backed = variant->condition_count > 0 &&
			country->variants[country->variant_count - 1].condition_count == 0;
	for (size_t i = 0; i < variant->row_count; i++) {
		struct validity validity = variant->rows[i].rule->validity;
		check_reach(&inside, &variant->rows[i]);
		check_day(&inside, variant, validity.from == DATE_NONE ? INT32_MIN + 1 : validity.from);
		if (validity.to != DATE_NONE && validity.to < INT32_MAX)
			check_day(&inside, variant, validity.to + 1);
		arena_reset(&scratch);
	}
	check_days(&inside, variant);
	arena_release(&scratch);
}

/* Charges that are a share of duty or tax cannot be part of what these are taken of. */
static void check_circle(const struct checking *checking, const struct import_row *row)
{
	const struct customs_rule *rule = row->rule;
	bool in_duty = row->duty_on.parts & 1u << PART_CHARGES;
	if (!in_duty && !(row->tax_on.parts & 1u << PART_CHARGES))
		return;
	for (size_t i = 0; i < checking->country->charge_count; i++) {
		const struct charge *charge = &checking->country->charges[i];
		if (!charge->of_duty_or_tax || !validity_overlap(charge->rule->validity, rule->validity))
			continue;
		diag_error(checking->diag, in_duty ? rule->duty_on_pos : rule->tax_on_pos,
			   "'charges' goes round in a circle: line %u of charges.csv is a share of duty or tax; "
			   "give it 'percent_on' goods, or leave 'charges' out",
			   (unsigned)charge->rule->pos.line);
		return;
	}
}

static void need_rate(struct checking *checking, struct pos pos, struct currency from,
		      struct currency to)
{
	struct exchange exchange;
	const struct shop *shop = checking->customs->shop;
	if (!from.code[0] || !to.code[0] ||
	    fx_find(checking->customs->fx, from, to, shop->date, &exchange))
		return;
	for (size_t i = 0; i + 1 < checking->missing_count; i += 2)
		if (currency_equal(checking->missing[i], from) &&
		    currency_equal(checking->missing[i + 1], to))
			return;
	struct currency pair[] = { from, to };
	for (size_t i = 0; i < 2; i++) {
		checking->missing = arena_push(checking->arena, checking->missing, &checking->missing_count,
					       sizeof *checking->missing);
		checking->missing[checking->missing_count - 1] = pair[i];
	}
	diag_warning(checking->diag, pos,
		     "fx.csv has no rate between '%s' and '%s' up to the build date; add one, or what import "
		     "costs in '%s' is not known", from.code, to.code, checking->country->place.code);
}

static void need_levy(struct checking *checking, struct pos pos, const struct levy *levy,
		      struct currency to)
{
	for (size_t i = 0; i < levy->count; i++)
		if (levy->parts[i].unit != LEVY_PERCENT && levy->parts[i].unit != LEVY_TARIFF)
			need_rate(checking, pos, levy->parts[i].currency, to);
}

static bool still_holds(struct validity validity, int32_t date)
{
	return validity.to == DATE_NONE || validity.to >= date;
}

static void need_row(struct checking *checking, const struct import_row *row)
{
	const struct customs_rule *rule = row->rule;
	const struct shop *shop = checking->customs->shop;
	struct currency to = rule->currency;
	struct money amounts[] = { rule->over, rule->up_to, rule->tax_base_step, rule->waived_up_to,
				   rule->collected_up_to };
	need_rate(checking, rule->pos, shop->settings.currency, to);
	for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++)
		need_rate(checking, rule->pos, amounts[i].currency, to);
	need_levy(checking, rule->pos, &row->duty, to);
	need_levy(checking, rule->pos, &row->default_tariff, to);
	for (size_t i = 0; i < checking->country->charge_count; i++) {
		const struct charge_rule *charge = checking->country->charges[i].rule;
		struct money sums[] = { charge->amount, charge->min, charge->max, charge->over,
					charge->up_to };
		for (size_t j = 0; still_holds(charge->validity, shop->date) && j < 5; j++)
			need_rate(checking, charge->pos, sums[j].currency, to);
	}
	for (size_t i = 0; i < checking->country->tariff_count; i++) {
		const struct tariff *tariff = &checking->country->tariffs[i];
		if (!tariff->bad && still_holds(tariff->rule->validity, shop->date))
			need_levy(checking, tariff->rule->rate_pos, &tariff->levy, to);
	}
}

static bool is_destination(const struct shop *shop, struct place place)
{
	for (size_t i = 0; i < shop->destination_count; i++)
		if (place_within(shop->destinations[i], place) || place_within(place, shop->destinations[i]))
			return true;
	return false;
}

/* A service that says duty is paid, to a country whose rule says that the carrier collects it. */
static void check_paid(const struct checking *checking, const struct variant *variant,
		       const struct import_row *row)
{
	const struct shop *shop = checking->customs->shop;
	struct place to = checking->country->place;
	if (!str_is(row->rule->collected_by, "carrier") ||
	    !validity_holds(row->rule->validity, shop->date))
		return;
	for (size_t i = 0; i < shop->service_count; i++) {
		const struct service *service = &shop->services[i];
		struct customs_request request = { .service = service, .to = to,
						   .from = service->ships_from };
		if (service->terms != TERMS_DDP || !service_zone(service, to) ||
		    !variant_matches(variant, &request))
			continue;
		diag_warning(checking->diag, service->pos,
			     "'%.*s' is DDP, but by line %u of customs.csv the carrier collects in '%s'; is duty "
			     "really paid there?", STR(service->id), (unsigned)row->rule->pos.line, to.code);
	}
}

/* Is a row that still matters older than the shop allows? Reported once a country and table. */
static bool is_stale(const struct checking *checking, struct pos pos, struct validity validity,
		     int32_t checked_on)
{
	const struct shop *shop = checking->customs->shop;
	if (!still_holds(validity, shop->date) || !customs_stale(checking->customs, checked_on))
		return false;
	diag_warning(checking->diag, pos,
		     "this row was checked %lld days ago; look at its source again and write the day into "
		     "'checked_on'", (long long)shop->date - checked_on);
	return true;
}

static void check_age(const struct checking *checking)
{
	const struct country *country = checking->country;
	bool stale = false;
	for (size_t i = 0; i < country->variant_count; i++)
		for (size_t j = 0; j < country->variants[i].row_count && !stale; j++) {
			const struct customs_rule *rule = country->variants[i].rows[j].rule;
			stale = is_stale(checking, rule->pos, rule->validity, rule->checked_on);
		}
	stale = false;
	for (size_t i = 0; i < country->charge_count && !stale; i++) {
		const struct charge_rule *rule = country->charges[i].rule;
		stale = is_stale(checking, rule->pos, rule->validity, rule->checked_on);
	}
	stale = false;
	for (size_t i = 0; i < country->tariff_count && !stale; i++) {
		const struct tariff_rule *rule = country->tariffs[i].rule;
		stale = is_stale(checking, rule->pos, rule->validity, rule->checked_on);
	}
}

static void check_rows(struct checking *checking, const struct variant *variant)
{
	const struct shop *shop = checking->customs->shop;
	bool reached = is_destination(shop, checking->country->place);
	check_variant(checking, variant);
	for (size_t i = 0; i < variant->row_count; i++) {
		const struct import_row *row = &variant->rows[i];
		check_circle(checking, row);
		check_paid(checking, variant, row);
		if (reached && !row->bad && still_holds(row->rule->validity, shop->date))
			need_row(checking, row);
	}
}

static void check_tariffs(const struct checking *checking)
{
	const struct shop *shop = checking->customs->shop;
	const struct country *country = checking->country;
	for (size_t i = 0; shop->chapter_count && i < country->tariff_count; i++) {
		const struct tariff_rule *rule = country->tariffs[i].rule;
		const struct chapters *chapters = chapters_of(shop, rule->hs);
		if (!chapters || chapters->kind == CHAPTER_RESERVED)
			diag_warning(checking->diag, rule->pos,
				     "'%.*s' begins with a chapter that does not exist, so no goods come under this "
				     "row; look the code up again", STR(rule->hs));
	}
}

static bool has_rules(const struct customs *customs, struct place to)
{
	struct chain chain = country_chain(customs, to);
	const struct country *places[] = { chain.own[0], chain.own[1], chain.elsewhere };
	for (size_t i = 0; i < 3; i++)
		if (places[i] && places[i]->variant_count)
			return true;
	return false;
}

static bool crosses_border(const struct customs *customs, struct place to)
{
	const struct shop *shop = customs->shop;
	for (size_t i = 0; i < shop->service_count; i++)
		if (service_zone(&shop->services[i], to) &&
		    customs_payer(customs, &shop->services[i], to, shop->services[i].ships_from) != PAYER_NOBODY)
			return true;
	return false;
}

void customs_check(struct arena *arena, const struct customs *customs, struct diag *diag)
{
	for (size_t i = 0; i < customs->country_count; i++) {
		struct checking checking = { .customs = customs, .country = customs->all[i],
					     .arena = arena, .diag = diag };
		for (size_t j = 0; j < customs->all[i]->variant_count; j++)
			check_rows(&checking, &customs->all[i]->variants[j]);
		check_age(&checking);
		check_tariffs(&checking);
	}
}

void customs_check_destinations(const struct customs *customs, struct diag *diag)
{
	const struct shop *shop = customs->shop;
	struct buf names = BUF_INIT;
	size_t count = 0;
	for (size_t i = 0; i < shop->destination_count; i++) {
		struct place to = shop->destinations[i];
		if (has_rules(customs, to) || !crosses_border(customs, to))
			continue;
		buf_addf(&names, " %s", to.code);
		count++;
	}
	if (count && shop->customs_count)
		diag_warning(diag, (struct pos){ .file = "content/customs.csv" },
			     "there is no rule for %zu of the countries that are served, and their pages say so:%.*s",
			     count, STR(buf_str(&names)));
	buf_release(&names);
}
