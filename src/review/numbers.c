/* SPDX-License-Identifier: MIT */
/*
 * Numbers typed by hand: days, hours, amounts, percentages in running text. They will not follow the
 * tables. A number counts when a unit of time, a currency or a percent sign stands beside it, and
 * also when it is written in words and is a number of the tables.
 */
#include "review/inside.h"

#include "output/scope.h"

enum { WINDOW = 24 /* bytes behind a number in which its unit is looked for */, FACTS_MAX = 16, NUMBERS_MAX = 500 /* of a text; one with more is no prose */ };

enum number_kind { NUMBER_NONE, NUMBER_TIME, NUMBER_PERCENT, NUMBER_MONEY };

/* A number that a table holds, and how a text writes it. */
struct fact {
	const char *name;
	enum number_kind kind;
	int64_t number;
};

struct numbers {
	struct walker walker;
	const struct reviewing *reviewing;
	const struct words *words;
	const struct str *units;
	size_t unit_count;
	struct fact facts[FACTS_MAX];
	struct str spelled[FACTS_MAX]; /* of numbers of time; else empty */
	size_t fact_count;
	size_t seen; /* numbers of this text so far */
};

static void add_fact(struct numbers *n, const char *name, enum number_kind kind, int64_t number)
{
	if (number >= 0)
		n->facts[n->fact_count++] = (struct fact){ name, kind, number };
}

static void add_money(struct numbers *n, const char *name, struct money money)
{
	int64_t number = money.amount.digits;
	if (!money.currency.code[0])
		return;
	for (int i = 0; i < money.amount.scale; i++)
		number /= 10;
	add_fact(n, name, NUMBER_MONEY, number);
}

static void collect_facts(struct numbers *n, const struct shop *shop)
{
	const struct shop_settings *s = &shop->settings;
	const struct handling *slowest = scope_handling(shop);
	add_fact(n, "shop.returns_days", NUMBER_TIME, s->returns_days);
	add_fact(n, "shop.grace_days", NUMBER_TIME, s->grace_days);
	add_fact(n, "shop.report_days", NUMBER_TIME, s->report_days);
	add_fact(n, "shop.stall_days", NUMBER_TIME, s->stall_days);
	add_fact(n, "shop.scan_wait_days", NUMBER_TIME, s->scan_wait_days);
	add_fact(n, "shop.reply_hours", NUMBER_TIME, s->reply_hours);
	add_fact(n, "handling.max", NUMBER_TIME, slowest ? slowest->days_max : -1);
	add_fact(n, "shop.confidence", NUMBER_PERCENT, s->confidence_percent);
	add_money(n, "shop.duty_share_up_to", s->duty_share_up_to);
	add_money(n, "shop.intercept_value_limit", s->intercept_value_limit);
	add_money(n, "shop.packing_photo_from", s->packing_photo_from);
}

/* --- what stands beside a number --- */

static bool ends_sentence(uint32_t c)
{
	return c == '.' || c == ';' || c == ':' || c == '!' || c == '?' || c == ')' || c == '{' ||
	       c == '}' || c == '\n' || c == '"' || c == 0x201C || c == 0x201D || c == 0xBB ||
	       c == 0x3002 || c == 0xFF0C;
}

/* Does a word end before `at`, or begin there? Scripts without spaces have no such place. */
static bool is_border(struct str text, size_t at)
{
	size_t next = at, last = at;
	uint32_t behind = at < text.len ? str_code_point(text, &next) : ' ';
	while (last && (text.text[last - 1] & 0xC0) == 0x80)
		last--;
	last -= last > 0;
	uint32_t before = at ? str_code_point(text, &last) : ' ';
	return !words_is_letter_or_digit(before) || !words_is_letter_or_digit(behind) ||
	       before >= 0x2E80;
}

/* Long words hold the unit ("Kalendertage"); a short unit stands alone (Turkish "ay"). */
static bool holds_unit(struct str window, struct str unit)
{
	size_t at = str_find(window, unit);
	if (at == window.len)
		return false;
	return unit.len > 2 || (is_border(window, at) && is_border(window, at + unit.len));
}

/* Is a unit of time among the next words? */
static bool unit_follows(const struct numbers *n, struct str text, size_t at)
{
	size_t end = at;
	while (end < text.len && end < at + WINDOW) {
		size_t next = end;
		if (ends_sentence(str_code_point(text, &next)))
			break;
		end = next;
	}
	struct str window = words_fold(n->reviewing->arena, str_sub(text, at, end - at));
	for (size_t i = 0; i < n->unit_count; i++)
		if (holds_unit(window, n->units[i]))
			return true;
	return false;
}

static size_t skip_spaces(struct str text, size_t at)
{
	while (at < text.len) {
		size_t next = at;
		uint32_t c = str_code_point(text, &next);
		if (c != ' ' && c != 0xA0 && c != 0x202F && c != 0x2009)
			return at;
		at = next;
	}
	return at;
}

static bool is_code(struct str text, size_t at)
{
	for (size_t i = at; i < at + 3; i++)
		if (i >= text.len || text.text[i] < 'A' || text.text[i] > 'Z')
			return false;
	return at + 3 == text.len || !words_is_letter_or_digit((unsigned char)text.text[at + 3]);
}

/* The character before `at`, spaces passed over; 0 at the beginning. */
static uint32_t before(struct str text, size_t at)
{
	uint32_t c = 0, last = 0;
	for (size_t i = 0; i < at;) {
		c = str_code_point(text, &i);
		if (c != ' ' && c != 0xA0 && c != 0x202F)
			last = c;
	}
	return last;
}

static enum number_kind kind_of(const struct numbers *n, struct str text, size_t from, size_t end)
{
	size_t next = skip_spaces(text, end), after = next;
	uint32_t c = next < text.len ? str_code_point(text, &after) : 0;
	if (c == '%' || c == 0x066A || c == 0xFF05)
		return NUMBER_PERCENT;
	if (words_is_currency_sign(c) || is_code(text, next) ||
	    words_is_currency_sign(before(str_sub(text, 0, from), from)) ||
	    (from >= 4 && is_code(str_sub(text, 0, from - 1), from - 4)))
		return NUMBER_MONEY;
	return unit_follows(n, text, end) ? NUMBER_TIME : NUMBER_NONE;
}

/* --- telling --- */

/* Which fact of the kind the text is about: the one that it names, or that its `when` asks. */
static const struct fact *fact_named(const struct numbers *n, enum number_kind kind)
{
	struct str source = n->walker.written->source;
	for (size_t i = 0; i < n->fact_count; i++)
		if (n->facts[i].kind == kind &&
		    str_find(source, str_of(n->facts[i].name)) < source.len)
			return &n->facts[i];
	return NULL;
}

static void tell(const struct numbers *n, size_t from, struct str shown, enum number_kind kind,
		 int64_t number)
{
	static const char *const ways[] = { "", "plural, ...", "percent", "money" };
	struct pos pos = written_pos(n->walker.written, from);
	const struct fact *named = fact_named(n, kind);
	struct diag *diag = n->reviewing->diag;
	for (size_t i = 0; i < n->fact_count; i++)
		if (n->facts[i].kind == kind && n->facts[i].number == number) {
			diag_warning(diag, pos, "'%.*s' will not follow the data; write {%s, %s}",
				     STR(shown), n->facts[i].name, ways[kind]);
			return;
		}
	if (named)
		diag_warning(diag, pos, "'%.*s' contradicts the tables, where %s is %lld; write {%s, %s}",
			     STR(shown), named->name, (long long)named->number, named->name,
			     ways[kind]);
	else
		diag_warning(diag, pos,
			     "'%.*s' follows no data; a number belongs into a table, and its name "
			     "into the text",
			     STR(shown));
}

/* --- looking --- */

/* Reads the number at `at` with its separators; returns where it ends. */
static size_t number_end(struct str text, size_t at, int64_t *number)
{
	bool whole = true;
	*number = 0;
	while (at < text.len) {
		size_t next = at;
		uint32_t c = str_code_point(text, &next);
		int digit = words_digit(c);
		size_t behind = next;
		bool separator = (c == '.' || c == ',' || c == 0xA0 || c == 0x202F) &&
				 next < text.len && words_digit(str_code_point(text, &behind)) >= 0;
		if (digit < 0 && !separator)
			return at;
		whole = whole && !(separator && (c == '.' || c == ','));
		if (digit >= 0 && whole && *number < INT64_MAX / 10 - 10)
			*number = *number * 10 + digit;
		at = next;
	}
	return at;
}

/* A number that begins a line and is followed by a point is an item of a list. */
static bool is_item(struct str text, size_t from, size_t end)
{
	size_t line = from;
	while (line && (text.text[line - 1] == ' ' || text.text[line - 1] == '\t'))
		line--;
	return (!line || text.text[line - 1] == '\n') && end < text.len &&
	       (text.text[end] == '.' || text.text[end] == ')');
}

static void look_for_digits(struct numbers *n, size_t from, size_t end)
{
	struct str text = str_sub(n->walker.written->source, 0, end);
	uint32_t last = 0;
	for (size_t at = from; at < end && n->seen < NUMBERS_MAX;) {
		size_t next = at;
		uint32_t c = str_code_point(text, &next);
		bool starts = words_digit(c) >= 0 && !(words_is_letter_or_digit(last) && last < 0x2E80);
		last = c;
		if (!starts) {
			at = next;
			continue;
		}
		int64_t number;
		n->seen++;
		size_t stop = number_end(text, at, &number);
		enum number_kind kind = is_item(text, at, stop) ? NUMBER_NONE :
								  kind_of(n, text, at, stop);
		if (kind != NUMBER_NONE)
			tell(n, at, str_sub(text, at, stop - at), kind, number);
		last = '0';
		at = stop;
	}
}

/* Numbers of the tables in words: "thirty days". */
static void look_for_words(const struct numbers *n, size_t from, size_t end)
{
	struct str text = words_fold(n->reviewing->arena,
				     str_sub(n->walker.written->source, from, end - from));
	for (size_t i = 0; i < n->fact_count; i++) {
		struct str spelled = n->spelled[i];
		size_t at = str_find(text, spelled), behind = at + spelled.len;
		if (at == text.len || !is_border(text, at) || !is_border(text, behind) ||
		    !unit_follows(n, text, behind))
			continue;
		tell(n, from + at, spelled, n->facts[i].kind, n->facts[i].number);
		return;
	}
}

static void take_literal(struct walker *walker, size_t from, size_t end)
{
	struct numbers *n = (struct numbers *)walker;
	look_for_digits(n, from, end);
	look_for_words(n, from, end);
}

static void skip_name(struct walker *walker, struct str name, struct str kind, size_t at)
{
	(void)walker;
	(void)name;
	(void)kind;
	(void)at;
}

void review_numbers(struct reviewing *r, const struct library *library)
{
	struct numbers n = { .walker = { take_literal, skip_name, NULL, false },
			     .reviewing = r,
			     .words = library->edition->words };
	n.units = words_time_units(n.words, r->arena, &n.unit_count);
	collect_facts(&n, r->shop);
	for (size_t i = 0; i < n.fact_count; i++)
		if (n.facts[i].kind == NUMBER_TIME && n.facts[i].number >= 3)
			n.spelled[i] = words_spellout(n.words, r->arena, n.facts[i].number);
	for (size_t i = 0; i < library->count; i++) {
		n.seen = 0;
		written_walk(&library->items[i], &n.walker);
	}
}
