/* SPDX-License-Identifier: MIT */
/* Reads, compiles and folds what a language's pages have in common. */
#include "output/edition.h"

#include <stdlib.h>
#include <string.h>

#include "output/facts.h"
#include "output/letter.h"
#include "output/support.h"
#include "output/texts.h"

struct amount amount_of(struct money money)
{
	struct amount amount = { money.amount.digits, money.amount.scale, "" };
	memcpy(amount.currency, money.currency.code, sizeof amount.currency);
	return amount;
}

void fill_money(struct record *record, const char *field, struct money money)
{
	if (money.currency.code[0])
		record_money(record, field, amount_of(money));
	else
		record_absent(record, field);
}

void fill_number(struct record *record, const char *field, int number)
{
	if (number >= 0)
		record_number(record, field, number);
	else
		record_absent(record, field);
}

static struct record *shop_record(const struct edition *e)
{
	const struct shop_settings *s = &e->shop->settings;
	struct record *r = record_new(e->arena, &shop_shape);
	record_text(r, "name", s->name);
	record_text(r, "url", s->url);
	record_text(r, "legal_name", s->legal_name);
	record_text(r, "address", s->address);
	record_text(r, "email", s->email);
	record_text(r, "phone", s->phone);
	record_text(r, "chat", s->chat);
	record_text(r, "country", words_country(e->words, e->arena, place_str(&s->country)));
	record_text(r, "currency", str_of(s->currency.code));
	fill_number(r, "reply_hours", s->reply_hours);
	fill_number(r, "returns_days", s->returns_days);
	record_text(r, "returns_payer", s->returns_payer);
	fill_number(r, "grace_days", s->grace_days);
	record_text(r, "address_rule", s->address_rule);
	record_percent(r, "confidence", s->confidence_percent);
	record_number(r, "min_parcels", s->min_parcels);
	fill_number(r, "report_days", s->report_days);
	fill_number(r, "stall_days", s->stall_days);
	fill_number(r, "scan_wait_days", s->scan_wait_days);
	fill_money(r, "packing_photo_from", s->packing_photo_from);
	fill_money(r, "duty_share_up_to", s->duty_share_up_to);
	fill_money(r, "intercept_value_limit", s->intercept_value_limit);
	record_number(r, "languages", (int64_t)e->shop->language_count);
	return r;
}

static struct record *language_record(const struct edition *e)
{
	struct record *r = record_new(e->arena, &language_shape);
	record_text(r, "tag", e->shop->languages[e->language].tag);
	record_text(r, "name", words_own_name(e->words));
	record_text(r, "dir", words_right_to_left(e->words) ? S("rtl") : S("ltr"));
	return r;
}

static void add_remedies(const struct edition *e, struct record *root)
{
	const struct shop *shop = e->shop;
	const struct record **list = arena_array(e->arena, shop->remedy_count, sizeof *list);
	size_t count = 0;
	for (size_t i = 0; i < shop->remedy_count; i++) {
		struct str text = translated_get(&shop->remedies[i].text, e->language);
		if (!text.len)
			continue;
		struct record *r = record_new(e->arena, &remedy_shape);
		record_text(r, "situation", shop->remedies[i].situation);
		record_text(r, "remedy", shop->remedies[i].remedy);
		record_text(r, "lang", edition_translated_lang(e, &shop->remedies[i].text));
		record_text(r, "text", text);
		list[count++] = r;
	}
	record_list(root, "remedies", list, count);
}

struct str edition_lang(const struct edition *e, struct str text, struct str otherwise)
{
	return e->language && text.len && str_equal(text, otherwise) ? e->shop->languages[0].tag :
								      S("");
}

struct str edition_translated_lang(const struct edition *e, const struct translated *text)
{
	return edition_lang(e, translated_get(text, e->language), translated_get(text, 0));
}

static struct record *closure_record(const struct edition *e, struct arena *arena,
				     const struct closure *closure)
{
	struct record *r = record_new(arena, &closure_shape);
	record_text(r, "name", translated_get(&closure->name, e->language));
	record_text(r, "lang", edition_translated_lang(e, &closure->name));
	record_date(r, "from", closure->days.from);
	record_date(r, "to", closure->days.to);
	record_text(r, "kind", closure->kind == CLOSURE_DISPATCH ? S("dispatch") : S("delivery"));
	return r;
}

void edition_closures(const struct edition *e, struct arena *arena, struct record *record,
		      enum closure_kind kind, struct place country, int days_ahead)
{
	const struct shop *shop = e->shop;
	const struct record **list = arena_array(arena, shop->closure_count, sizeof *list);
	size_t count = 0;
	for (size_t i = 0; i < shop->closure_count; i++) {
		const struct closure *closure = &shop->closures[i];
		if (closure->kind == kind && place_equal(closure->country, country) &&
		    closure->days.to >= shop->date && closure->days.from <= shop->date + days_ahead)
			list[count++] = closure_record(e, arena, closure);
	}
	record_list(record, "closures", list, count);
}

static int by_name(const void *left, const void *right, void *context)
{
	const struct edition *e = context;
	size_t a = *(const size_t *)left, b = *(const size_t *)right;
	int order = words_compare(e->words, e->country_names[a], e->country_names[b]);
	return order ? order : (a < b ? -1 : a > b);
}

/* The countries' names, their order, and which of them is the language's home. */
static void name_countries(struct edition *e)
{
	const struct shop *shop = e->shop;
	size_t count = shop->destination_count, homes;
	e->country_names = arena_array(e->arena, count, sizeof *e->country_names);
	e->destinations_by_name = arena_array(e->arena, count, sizeof *e->destinations_by_name);
	for (size_t i = 0; i < count; i++) {
		e->country_names[i] = words_country(e->words, e->arena, place_str(&shop->destinations[i]));
		e->destinations_by_name[i] = i;
	}
	if (count)
		qsort_r(e->destinations_by_name, count, sizeof *e->destinations_by_name, by_name, e);
	const struct str *codes = words_homes(e->words, &homes);
	e->home = SIZE_MAX;
	for (size_t h = 0; h < homes && e->home == SIZE_MAX; h++)
		for (size_t i = 0; i < count; i++)
			if (str_equal(codes[h], place_str(&shop->destinations[i])))
				e->home = i;
}

/* Handling profiles are on every page: their cities are asked for once. */
static void name_zones(struct edition *e)
{
	const struct shop *shop = e->shop;
	e->handling_cities = arena_array(e->arena, shop->handling_count, sizeof *e->handling_cities);
	for (size_t i = 0; i < shop->handling_count; i++)
		e->handling_cities[i] =
			words_zone_city(e->words, e->arena, shop->handlings[i].timezone);
}

/* Everything that is the same on all pages of the language. */
static void fill_root(struct edition *e, const struct edition *fallback)
{
	struct record *root = record_new(e->arena, &root_shape);
	record_record(root, "shop", shop_record(e));
	record_record(root, "language", language_record(e));
	support_fill(e, root);
	add_remedies(e, root);
	facts_fill(e, root);
	e->root = root;
	if (fallback)
		texts_borrow(e->texts, fallback->texts, fallback->words, fallback->root);
	texts_fill(e->texts, root, e->shop->settings.faq_count);
}

/* A shop without listings needs no text for them. */
static bool edition_has(const struct shop *shop, enum page_kind kind)
{
	if (kind == PAGE_SLIP)
		return str_is(shop->settings.slips, "yes");
	return kind < PAGE_LISTING || shop->listing_count > 0;
}

/* Before the first date is written: how the language writes the first of a month. */
static void tell_first_day(struct words *words, const struct messages *messages)
{
	for (size_t i = 0; i < messages->count; i++)
		if (str_is(messages->items[i].key, "date.first"))
			words_first_day(words, messages->items[i].pattern);
}

static void compile(struct edition *e, struct words *words, const struct edition *fallback,
		    struct diag *diag)
{
	const struct shop *shop = e->shop;
	struct str tag = shop->languages[e->language].tag;
	texts_messages(e->arena, shop, tag, &e->messages, diag);
	tell_first_day(words, &e->messages);
	e->messages.tag = tag;
	e->messages.right_to_left = words_right_to_left(e->words);
	e->messages.fallback = fallback ? &fallback->messages : NULL;
	e->compiler =
		compiler_new(e->arena, shop->folder, &root_shape, e->words, &e->messages, diag);
	for (enum page_kind kind = 0; kind < PAGE_KINDS; kind++)
		if (edition_has(shop, kind))
			e->pages[kind] = template_compile(e->compiler, page_template(kind));
	name_countries(e);
	name_zones(e);
	e->letters = letters_read(e->arena, shop, tag, e->compiler, diag);
	e->texts = texts_read(e->arena, shop, tag, e->compiler, diag);
	fill_root(e, fallback);
}

struct edition **editions_new(struct arena *arena, const struct shop *shop, struct diag *diag)
{
	struct edition **all = arena_array(arena, shop->language_count, sizeof *all);
	for (size_t i = 0; i < shop->language_count; i++) {
		struct edition *e = all[i] = arena_new(arena, sizeof *e);
		*e = (struct edition){ .shop = shop, .language = i, .arena = arena, .all = all };
		struct words *words = words_open(arena, shop->languages[i].tag);
		e->words = words;
		if (words)
			compile(e, words, i && all[0]->words ? all[0] : NULL, diag);
		else
			diag_error(diag, shop->languages[i].pos,
				   "there is no language '%.*s'; use a tag such as en, de or pt-BR",
				   STR(shop->languages[i].tag));
	}
	return all;
}

static int32_t later(int32_t a, int32_t b)
{
	return a > b ? a : b;
}

/*
 * The day of the newest rule of a country that was checked or came into force; of a page about no country
 * (code ""), the day on which any rule was checked last. Both move with the tables, not with the
 * calendar, and a rule of one country does not date the page of another.
 */
static int32_t rules_date(const struct shop *shop, struct place country)
{
	int32_t newest = DATE_NONE, checked = DATE_NONE;
	for (size_t i = 0; i < shop->customs_count; i++) {
		const struct customs_rule *rule = &shop->customs[i];
		checked = later(checked, rule->checked_on);
		if (!country.code[0] || !place_equal(place_country(rule->country), place_country(country)))
			continue;
		if (rule->checked_on <= shop->date)
			newest = later(newest, rule->checked_on);
		if (rule->validity.from <= shop->date)
			newest = later(newest, rule->validity.from);
	}
	return newest != DATE_NONE ? newest : checked != DATE_NONE ? checked : shop->date;
}

/* The country that a page speaks of at length: its own, or the language's home; code "" when none. */
static struct place country_of(const struct edition *e, enum page_kind kind, struct str slug_or_code)
{
	struct place none = { "" }, place;
	if (kind == PAGE_TO)
		return place_parse(slug_or_code, &place) ? place : none;
	bool product = kind == PAGE_PRODUCT || kind == PAGE_LISTING;
	return product && e->home != SIZE_MAX ? e->shop->destinations[e->home] : none;
}

static struct str url_of(const struct edition *e, struct arena *arena, struct str path)
{
	return str_format(arena, "%.*s/%.*s", STR(e->shop->settings.url), STR(path));
}

static struct record *alternate(const struct edition *e, struct arena *arena, enum page_kind kind,
				size_t language, struct str slug_or_code, size_t number)
{
	struct record *r = record_new(arena, &alternate_shape);
	struct buf path = BUF_INIT;
	enum page_kind target = kind == PAGE_START ? PAGE_SHOP : kind;
	plan_path(&path, e->shop, target, language, slug_or_code, number);
	r->key = e->shop->languages[language].tag;
	record_text(r, "tag", r->key);
	record_text(r, "href",
		    str_format(arena, "%s%.*s", plan_way_up(e->shop, kind), STR(buf_str(&path))));
	record_text(r, "url", url_of(e, arena, buf_str(&path)));
	record_yes(r, "current", kind != PAGE_START && language == e->language);
	buf_release(&path);
	return r;
}

struct record *edition_page(const struct edition *e, struct arena *arena, enum page_kind kind,
			    struct str slug_or_code, size_t number)
{
	struct record *page = record_new(arena, &page_shape);
	struct buf path = BUF_INIT;
	size_t count = e->shop->language_count;
	/* what a listing says is what the product's page says */
	record_text(page, "kind",
		    str_of(page_kind_name(kind == PAGE_LISTING ? PAGE_PRODUCT : kind)));
	record_text(page, "root", str_of(plan_way_up(e->shop, kind)));
	record_text(page, "home", str_of(plan_way_home(e->shop, kind)));
	record_date(page, "date", rules_date(e->shop, country_of(e, kind, slug_or_code)));
	plan_path(&path, e->shop, kind, e->language, slug_or_code, number);
	record_text(page, "url", url_of(e, arena, buf_str(&path)));
	const struct record **list = arena_array(arena, count, sizeof *list);
	for (size_t i = 0; i < count; i++) {
		struct record *r = alternate(e, arena, kind, i, slug_or_code, number);
		record_text(r, "name", words_own_name(e->all[i]->words));
		list[i] = r;
	}
	record_list(page, "alternates", list, count);
	record_number(page, "number", (int64_t)number);
	buf_release(&path);
	return page;
}

/* page.* as far as all pages of a kind agree: the names of the languages, but no addresses. */
static struct record *page_of_kind(const struct edition *e, enum page_kind kind)
{
	struct record *page = edition_page(e, e->arena, kind, S(""), 0);
	if (kind == PAGE_START || kind == PAGE_SHOP || kind == PAGE_POLICY || kind == PAGE_FAQ)
		return page;
	static const char *const later[] = { "url", "number", "count", "previous", "next" };
	for (size_t i = 0; i < sizeof later / sizeof *later; i++)
		record_at(page, later[i])->kind = VALUE_LATER;
	const struct list alternates = record_at(page, "alternates")->list;
	for (size_t i = 0; i < alternates.count; i++) {
		struct record *r = (struct record *)(uintptr_t)alternates.records[i];
		record_at(r, "href")->kind = VALUE_LATER;
		record_at(r, "url")->kind = VALUE_LATER;
	}
	return page;
}

struct record *edition_scope(const struct edition *e, struct arena *arena)
{
	struct record *scope = record_new(arena, &root_shape);
	memcpy(scope->values, e->root->values, root_shape.count * sizeof *scope->values);
	return scope;
}

void edition_fold(struct edition *e)
{
	for (enum page_kind kind = 0; kind < PAGE_KINDS; kind++) {
		if (!e->pages[kind])
			continue;
		struct record *scope = edition_scope(e, e->arena);
		record_record(scope, "page", page_of_kind(e, kind));
		record_text(scope, "products_href",
			    str_format(e->arena, "%s%.*s/products/1.html",
				       plan_way_up(e->shop, kind),
				       STR(e->shop->languages[e->language].tag)));
		e->pages[kind] = program_fold(e->arena, e->pages[kind], e->words, scope, NULL);
	}
}
