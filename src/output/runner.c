/* SPDX-License-Identifier: MIT */
/*
 * In: a product and its class. Out: its page. The one idea: the scope of a product has the same
 * shape every time, so it is laid out once for each worker, and a product only sets its values.
 */
#include <string.h>

#include "output/folded.h"

/* Where the values of one method's customs.* are set. */
struct customs_values {
	struct value *known, *goods, *freight, *duty, *tax, *charges, *at_checkout, *on_delivery,
		*landed, *due, *fee_open, *tax_name, *collected_by, *collected_up_to, *ruled, *valid_from, *checked_on,
		*stale, *pieces, *pieces_due;
};

struct page_runner {
	const struct classes *classes;
	struct arena arena; /* reset for each page */
	struct arena own;
	struct record *scope;
	struct value *id, *title, *lang, *price, *weight, *brand, *link, *image, *box_contents, *hs_code,
		*origin, *url, *method, *methods;
	struct value **hrefs, **urls; /* of page.alternates, one a language */
	const struct record **method_records;
	struct customs_values *customs; /* one for each record */
	struct map origins;		/* language and country -> its name */
};

static void lay_out_customs(struct page_runner *r, size_t count)
{
	r->method_records = arena_array(&r->own, count, sizeof *r->method_records);
	r->customs = arena_array(&r->own, count, sizeof *r->customs);
	for (size_t i = 0; i < count; i++) {
		struct record *method = record_new(&r->own, &method_shape);
		struct record *customs = record_new(&r->own, &customs_shape);
		r->customs[i] = (struct customs_values){
			.known = record_at(customs, "known"),
			.goods = record_at(customs, "goods"),
			.freight = record_at(customs, "freight"),
			.duty = record_at(customs, "duty"),
			.tax = record_at(customs, "tax"),
			.charges = record_at(customs, "charges"),
			.at_checkout = record_at(customs, "at_checkout"),
			.on_delivery = record_at(customs, "on_delivery"),
			.landed = record_at(customs, "landed"),
			.tax_name = record_at(customs, "tax_name"),
			.due = record_at(customs, "due"),
			.fee_open = record_at(customs, "fee_open"),
			.collected_by = record_at(customs, "collected_by"),
			.collected_up_to = record_at(customs, "collected_up_to"),
			.ruled = record_at(customs, "ruled"),
			.valid_from = record_at(customs, "valid_from"),
			.checked_on = record_at(customs, "checked_on"),
			.stale = record_at(customs, "stale"),
			.pieces = record_at(customs, "pieces"),
			.pieces_due = record_at(customs, "pieces_due"),
		};
		record_record(method, "customs", customs);
		r->method_records[i] = method;
	}
}

static void lay_out_page(struct page_runner *r)
{
	size_t count = r->classes->language_count;
	struct record *page = record_new(&r->own, &page_shape);
	const struct record **alternates = arena_array(&r->own, count, sizeof *alternates);
	r->hrefs = arena_array(&r->own, count, sizeof *r->hrefs);
	r->urls = arena_array(&r->own, count, sizeof *r->urls);
	for (size_t i = 0; i < count; i++) {
		struct record *alternate = record_new(&r->own, &alternate_shape);
		r->hrefs[i] = record_at(alternate, "href");
		r->urls[i] = record_at(alternate, "url");
		alternates[i] = alternate;
	}
	r->url = record_at(page, "url");
	record_list(page, "alternates", alternates, count);
	record_record(r->scope, "page", page);
}

static void lay_out_product(struct page_runner *r)
{
	struct record *product = record_new(&r->own, &product_shape);
	r->id = record_at(product, "id");
	r->title = record_at(product, "title");
	r->lang = record_at(product, "lang");
	r->price = record_at(product, "price");
	r->weight = record_at(product, "weight");
	r->brand = record_at(product, "brand");
	r->link = record_at(product, "link");
	r->image = record_at(product, "image");
	r->box_contents = record_at(product, "box_contents");
	r->hs_code = record_at(product, "hs_code");
	r->origin = record_at(product, "origin");
	record_record(r->scope, "product", product);
}

struct page_runner *page_runner_new(struct arena *arena, const struct classes *classes)
{
	struct page_runner *r = arena_new(arena, sizeof *r);
	struct record *to;
	r->classes = classes;
	arena_init(&r->arena);
	arena_init(&r->own);
	r->origins.arena = &r->own;
	r->scope = record_new(&r->own, &root_shape);
	to = record_new(&r->own, &destination_shape);
	r->method = record_at(to, "method");
	r->methods = record_at(to, "methods");
	record_record(r->scope, "to", to);
	lay_out_product(r);
	lay_out_page(r);
	lay_out_customs(r, classes->workings->shop->service_count);
	return r;
}

void page_runner_release(struct page_runner *runner)
{
	arena_release(&runner->arena);
	arena_release(&runner->own);
}

static void set_text(struct value *value, struct str text)
{
	*value = (struct value){ .kind = VALUE_TEXT, .text = text };
}

static void set_money(struct value *value, bool known, struct money money)
{
	*value = known ? (struct value){ .kind = VALUE_MONEY, .money = amount_of(money) } :
			 (struct value){ .kind = VALUE_ABSENT };
}

/* Names of countries are few, and asking for one is dear. */
static struct str origin_name(struct page_runner *r, const struct edition *e, struct place origin)
{
	char text[16] = { 0 };
	struct str key = { text, sizeof text };
	if (!origin.code[0])
		return S("");
	memcpy(text, origin.code, sizeof origin.code);
	text[sizeof text - 1] = (char)e->language;
	const struct str *known = map_find(&r->origins, key);
	if (known)
		return *known;
	struct str *name = arena_new(&r->own, sizeof *name);
	*name = words_country(e->words, &r->own, place_str(&origin));
	*map_put(&r->origins, str_copy(&r->own, key)) = name;
	return *name;
}

static void set_product(struct page_runner *r, const struct edition *e,
			const struct product *product)
{
	set_text(r->id, product->id);
	set_text(r->title, product->titles[e->language]);
	set_text(r->lang, edition_lang(e, product->titles[e->language], product->titles[0]));
	set_money(r->price, true, product->price);
	*r->weight = (struct value){ .kind = VALUE_WEIGHT, .number = product->weight_g };
	set_text(r->brand, product->brand);
	set_text(r->link, product->link);
	set_text(r->image, product->image_link);
	set_text(r->box_contents, translated_get(&product->box_contents, e->language));
	set_text(r->hs_code, product->hs_code);
	set_text(r->origin, origin_name(r, e, product->origin));
}

/* Two texts one behind the other, in the arena of the page. */
static struct str joined(struct arena *arena, struct str first, char between, struct str second)
{
	size_t middle = between ? 1 : 0, len = first.len + middle + second.len;
	char *text = arena_text(arena, len);
	memcpy(text, first.text, first.len);
	if (between)
		text[first.len] = between;
	memcpy(text + first.len + middle, second.text, second.len);
	return (struct str){ text, len };
}

static void set_page(struct page_runner *r, const struct edition *e, struct str slug)
{
	const struct shop *shop = e->shop;
	struct str up = str_of(plan_way_up(shop, PAGE_PRODUCT));
	struct buf path = BUF_INIT;
	for (size_t i = 0; i < r->classes->language_count; i++) {
		buf_reset(&path);
		plan_path(&path, shop, PAGE_PRODUCT, i, slug, 0);
		set_text(r->hrefs[i], joined(&r->arena, up, 0, buf_str(&path)));
		set_text(r->urls[i], joined(&r->arena, shop->settings.url, '/', buf_str(&path)));
	}
	*r->url = *r->urls[e->language];
	buf_release(&path);
}

static void set_date(struct value *value, int32_t date)
{
	*value = date == DATE_NONE ? (struct value){ .kind = VALUE_ABSENT } :
				     (struct value){ .kind = VALUE_DATE, .date = date };
}

static void set_yes(struct value *value, bool yes)
{
	*value = (struct value){ .kind = VALUE_YES_NO, .yes = yes };
}

/* Of what is due one part is nothing: it is collected with the order or at the door. */
static struct money due_of(const struct landed *landed)
{
	return landed->at_checkout.amount.digits ? landed->at_checkout : landed->on_delivery;
}

static void set_landed(struct customs_values *v, const struct edition *e,
		       const struct landed *landed)
{
	set_yes(v->known, landed->known);
	set_money(v->goods, landed->known, landed->goods);
	set_money(v->freight, landed->known, landed->freight);
	set_money(v->duty, landed->known, landed->duty);
	set_money(v->tax, landed->known, landed->tax);
	set_money(v->charges, landed->known, landed->charges);
	set_money(v->at_checkout, landed->known, landed->at_checkout);
	set_money(v->on_delivery, landed->known, landed->on_delivery);
	set_money(v->landed, landed->known, landed->landed);
	set_money(v->due, landed->known, due_of(landed));
	set_yes(v->fee_open, landed->fee_open);
	set_text(v->tax_name,
		 landed->tax_names ? translated_get(landed->tax_names, e->language) : S(""));
	set_text(v->collected_by, landed->collected_by);
	set_money(v->collected_up_to, landed->collected_up_to.currency.code[0], landed->collected_up_to);
	set_yes(v->ruled, landed->ruled);
	set_yes(v->stale, landed->stale);
	set_date(v->valid_from, landed->valid_from);
	set_date(v->checked_on, landed->checked_on);
	v->pieces->kind = v->pieces_due->kind = VALUE_ABSENT;
}

/* A parcel of several pieces of the product that is at hand. */
struct several {
	const struct product *product;
	const struct customs_request *request;
};

static bool freight_of(const void *context, int64_t pieces, struct money *freight)
{
	const struct several *several = context;
	return offer_pieces_fee(several->request->service, several->product, several->request->to, pieces,
				freight);
}

/* How many pieces come under another rule; nobody orders more than PIECES_MAX of one thing. */
static void set_pieces(struct page_runner *r, struct customs_values *v,
		       const struct customs_request *request, const struct product *product)
{
	enum { PIECES_MAX = 99 };
	struct several several = { product, request };
	struct landed landed;
	int64_t pieces = customs_next_band(r->classes->workings->customs, request, PIECES_MAX, freight_of,
					   &several, &r->arena, &landed);
	if (!pieces)
		return;
	*v->pieces = (struct value){ .kind = VALUE_NUMBER, .number = pieces };
	set_money(v->pieces_due, landed.known, due_of(&landed));
}

/*
 * Customs for each method of `to` whose customs are asked for: the only part of it that hangs on the product. Several pieces are
 * worked out for the recommended method, which stands first, when the buyer pays.
 */
static void set_home(struct page_runner *r, const struct edition *e, const struct home *home,
		     const struct product *product)
{
	const struct workings *w = r->classes->workings;
	struct customs_request request = customs_request_of(product, w->shop->date);
	request.to = home->place;
	for (size_t i = 0; i < home->count; i++) {
		struct landed landed;
		if (i < 64 && !(home->asked >> i & 1))
			continue;
		request.service = home->services[i];
		request.freight = home->fees[i];
		customs_quote(w->customs, &request, false, &r->arena, &landed);
		set_landed(&r->customs[i], e, &landed);
		if (i == 0 && landed.payer == PAYER_BUYER && landed.ruled)
			set_pieces(r, &r->customs[i], &request, product);
	}
	r->methods->kind = VALUE_LIST;
	r->methods->list = (struct list){ r->method_records, home->count };
	r->method->kind = home->count ? VALUE_RECORD : VALUE_ABSENT;
	r->method->record = home->count ? r->method_records[0] : NULL;
}

/* A text that is pasted once cannot follow the day on which a rule was checked. */
static void forget_dates(struct page_runner *r, const struct home *home)
{
	for (size_t i = 0; i < home->count; i++)
		*r->customs[i].checked_on = (struct value){ .kind = VALUE_ABSENT };
}

bool runner_run(struct page_runner *runner, const struct program *program,
		const struct edition *edition, const struct home *home,
		const struct product *product, struct str slug, struct listing_run *listing,
		struct buf *out, struct str *trouble)
{
	set_product(runner, edition, product);
	set_page(runner, edition, slug);
	set_home(runner, edition, home, product);
	if (listing) {
		forget_dates(runner, home);
		listing->known = home->count && runner->customs[0].known->yes;
	}
	bool done = program_run_holes(program, edition->words, runner->scope, out,
				      listing ? listing->holes : NULL, trouble);
	arena_reset(&runner->arena);
	return done;
}

const struct edition *runner_edition(const struct page_runner *runner, size_t language)
{
	return runner->classes->editions[language];
}

bool slip_run(struct page_runner *runner, const struct page_class *class, size_t language,
	      const struct product *product, struct str slug, struct buf *out, struct str *trouble)
{
	const struct folded_class *folded = (const struct folded_class *)class;
	const struct edition *edition = runner->classes->editions[language];
	return runner_run(runner, edition->pages[PAGE_SLIP], edition, &folded->homes[language], product,
			  slug, NULL, out, trouble);
}

bool class_run(struct page_runner *runner, const struct page_class *class, size_t language,
	       const struct product *product, struct str slug, struct buf *out,
	       struct str *trouble)
{
	const struct folded_class *folded = (const struct folded_class *)class;
	const struct edition *edition = runner->classes->editions[language];
	return runner_run(runner, folded->programs[language], edition, &folded->homes[language],
			  product, slug, NULL, out, trouble);
}
