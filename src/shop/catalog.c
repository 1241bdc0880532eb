/* SPDX-License-Identifier: MIT */
/*
 * Rows of products.csv in, products out, checked against the shop. The one idea: columns,
 * defaults and sets are settled when the catalog is opened, so that a row needs no more than
 * reading its cells, and any number of workers may do so.
 */
#include "shop/catalog.h"

#include <string.h>

#include "base/hash.h"
#include "shop/goods.h"
#include "shop/load.h"

/* More goes by no parcel service; a customs form has room for this many letters. */
enum { WEIGHT_MAX_G = 1000 * 1000, DESCRIPTION_MAX = 35, BARE_GRAMS_MAX = 100 };

static const char products_csv[] = "content/products.csv";

struct product_columns {
	struct column id, price, weight, currency, hs_code, origin, customs_description, handling,
		ships_from, fulfilment, services, contents, stock, link, image_link, brand, gtin,
		availability, customs_value, dimensions;
	struct text_columns title, box_contents, packing;
};

/* One of our columns as it is told apart between two builds: "title", "title:de". */
struct named_column {
	struct str name;
	int index;
};

struct catalog {
	const struct shop *shop;
	struct arena *arena;
	struct diag *diag;
	struct sheet sheet;
	bool readable;
	struct slicer *slicer; /* NULL: not asked for, or the file is not cut */
	struct product_columns c;
	struct named_column *names;
	size_t name_count;
	const struct handling
		*usual; /* for products that name no profile; NULL when none stands out */
};

/* The profile called `default`, or the only one. */
static const struct handling *usual_profile(const struct shop *shop)
{
	if (shop->handling_count == 1)
		return &shop->handlings[0];
	return map_find(&shop->handling_by_profile, S("default"));
}

static void name_column(struct catalog *catalog, struct str name, int index)
{
	if (index < 0)
		return;
	catalog->names = arena_push(catalog->arena, catalog->names, &catalog->name_count,
				    sizeof *catalog->names);
	catalog->names[catalog->name_count - 1] = (struct named_column){ name, index };
}

static struct column plain(struct catalog *catalog, const char *name, unsigned flags)
{
	struct column column = sheet_column(&catalog->sheet, name, flags);
	name_column(catalog, str_of(name), column.index);
	return column;
}

static struct text_columns translated(struct catalog *catalog, const char *name, unsigned flags)
{
	struct text_columns columns = sheet_text(&catalog->sheet, catalog->shop, name, flags);
	name_column(catalog, str_of(name), columns.plain.index);
	for (size_t i = 0; i < columns.language_count; i++)
		name_column(catalog,
			    str_format(catalog->arena, "%s:%.*s", name,
				       STR(catalog->shop->languages[i].tag)),
			    columns.by_language[i].index);
	return columns;
}

static void declare(struct catalog *catalog, struct product_columns *c)
{
	c->id = plain(catalog, "id", NEEDED);
	c->title = translated(catalog, "title", NEEDED);
	c->price = plain(catalog, "price", NEEDED | NUMBER);
	c->weight = plain(catalog, "shipping_weight", NEEDED | NUMBER);
	c->currency = plain(catalog, "currency", 0);
	c->hs_code = plain(catalog, "hs_code", 0);
	c->origin = plain(catalog, "origin", 0);
	c->customs_description = plain(catalog, "customs_description", 0);
	c->handling = plain(catalog, "handling", 0);
	c->ships_from = plain(catalog, "ships_from", 0);
	c->fulfilment = plain(catalog, "fulfilment", 0);
	c->services = plain(catalog, "services", 0);
	c->contents = plain(catalog, "contents", 0);
	c->stock = plain(catalog, "stock", 0);
	c->link = plain(catalog, "link", 0);
	c->image_link = plain(catalog, "image_link", 0);
	c->brand = plain(catalog, "brand", 0);
	c->gtin = plain(catalog, "gtin", 0);
	c->availability = plain(catalog, "availability", 0);
	c->box_contents = translated(catalog, "box_contents", 0);
	c->customs_value = plain(catalog, "customs_value", NUMBER);
	c->packing = translated(catalog, "packing", 0);
	c->dimensions = plain(catalog, "dimensions", NUMBER);
	name_column(catalog, S("valid_from"), catalog->sheet.valid_from.index);
	name_column(catalog, S("valid_to"), catalog->sheet.valid_to.index);
}

struct catalog *catalog_open(struct arena *arena, const struct shop *shop, struct diag *diag)
{
	struct catalog *catalog = arena_new(arena, sizeof *catalog);
	catalog->shop = shop;
	catalog->arena = arena;
	catalog->diag = diag;
	catalog->usual = usual_profile(shop);
	sheet_open(&catalog->sheet, arena, products_csv, &shop->reading, shop->date, diag);
	if (!table_exists(catalog->sheet.table) && !catalog->sheet.unsound)
		diag_error(diag, (struct pos){ products_csv, 0, 0 },
			   "there is no such file, and it holds what is sold; put your products "
			   "there, or the export of your shop system as it is; 'upfront init DIR' "
			   "makes one to start from");
	declare(catalog, &catalog->c);
	catalog->readable = sheet_begin(&catalog->sheet);
	return catalog;
}

void catalog_close(struct catalog *catalog)
{
	slicer_close(catalog->slicer);
	catalog->slicer = NULL;
	sheet_close(&catalog->sheet);
	catalog->readable = false;
}

void catalog_rewind(struct catalog *catalog)
{
	table_rewind(catalog->sheet.table);
}

bool catalog_seek(struct catalog *catalog, int64_t offset, uint32_t line)
{
	return table_seek(catalog->sheet.table, offset, line);
}

bool catalog_readable(const struct catalog *catalog)
{
	return catalog->readable;
}

uint64_t catalog_hash(const struct catalog *catalog)
{
	return table_hash(catalog->sheet.table);
}

uint64_t catalog_reading(const struct catalog *catalog)
{
	const struct sheet *sheet = &catalog->sheet;
	uint64_t hash = hash_number((unsigned char)sheet->decimal, table_reading(sheet->table));
	for (size_t i = 0; i < sheet->date_count; i++)
		hash = hash_number(sheet->dates[i].form, hash);
	return hash;
}

/* Does the row hold on the build date? A fault in its days is reported. */
static bool holds(const struct catalog *catalog, const struct row *row, struct arena *arena)
{
	const struct sheet *sheet = &catalog->sheet;
	if (sheet->valid_from.index < 0 && sheet->valid_to.index < 0)
		return true;
	struct reader r;
	reader_of(&r, sheet, row, arena);
	return r.holds;
}

bool catalog_next(struct catalog *catalog, struct arena *arena, struct row *row)
{
	while (catalog->readable && table_next(catalog->sheet.table, arena, row))
		if (holds(catalog, row, arena))
			return true;
	return false;
}

bool catalog_cut(struct catalog *catalog, size_t rows, struct slice *slice)
{
	if (!catalog->slicer && catalog->readable)
		catalog->slicer = slicer_open(catalog->sheet.table);
	*slice = (struct slice){ .end = 0 };
	return catalog->slicer && slicer_next(catalog->slicer, rows, slice);
}

struct cursor *catalog_cursor(struct catalog *catalog)
{
	struct table *table = catalog->sheet.table;
	return catalog->readable && table_seekable(table) ? cursor_open(table, catalog->diag) : NULL;
}

bool catalog_read(const struct catalog *catalog, struct cursor *cursor, struct arena *arena,
		  struct row *row)
{
	while (cursor_next(cursor, arena, row))
		if (holds(catalog, row, arena))
			return true;
	return false;
}

struct str catalog_id(const struct catalog *catalog, const struct row *row)
{
	return row_cell(row, catalog->c.id.index)->text;
}

struct str catalog_title(const struct catalog *catalog, const struct row *row, size_t language)
{
	const struct text_columns *title = &catalog->c.title;
	struct str text = row_cell(row, title->by_language[language].index)->text;
	return text.len ? text : row_cell(row, title->plain.index)->text;
}

size_t catalog_columns(const struct catalog *catalog)
{
	return catalog->name_count;
}

struct str catalog_column_name(const struct catalog *catalog, size_t index)
{
	return catalog->names[index].name;
}

const struct cell *catalog_cell(const struct catalog *catalog, const struct row *row, size_t index)
{
	return row_cell(row, catalog->names[index].index);
}

struct str catalog_untranslated(const struct catalog *catalog, struct arena *arena,
				size_t language)
{
	const struct text_columns *columns[] = { &catalog->c.title, &catalog->c.box_contents,
						 &catalog->c.packing };
	struct str names = S("");
	for (size_t i = 0; language && i < sizeof columns / sizeof *columns; i++)
		if (columns[i]->plain.index >= 0 && columns[i]->by_language[language].index < 0)
			names = str_format(arena, "%.*s%s%s", STR(names), names.len ? " " : "",
					   columns[i]->plain.name);
	return names;
}

static void read_titles(const struct catalog *catalog, struct reader *r, struct product *product)
{
	size_t count = catalog->shop->language_count;
	read_text(r, catalog->c.title.plain);
	product->titles = arena_array(r->arena, count + 1, sizeof(struct str));
	for (size_t i = 0; i < count; i++)
		product->titles[i] = catalog_title(catalog, &r->row, i);
}

/* Amounts are in the row's currency; a currency in the price's own cell must be the same one. */
static void read_amounts(const struct catalog *catalog, struct reader *r, struct product *product)
{
	const struct product_columns *c = &catalog->c;
	struct currency none = { "" }, stated = read_currency(r, c->currency, none);
	struct currency fallback = stated.code[0] ? stated : catalog->shop->settings.currency;
	product->price = read_money(r, c->price, fallback);
	product->price_pos = read_pos(r, c->price);
	if (product->price.currency.code[0])
		fallback = product->price.currency;
	if (stated.code[0] && !currency_equal(stated, fallback))
		read_fault(r, c->currency,
			   "'%s' is not the currency of the price '%s'; make them agree",
			   stated.code, shown(read_text(r, c->price)).text);
	product->customs_value = read_money(r, c->customs_value, fallback);
}

/* Bare numbers are grams: a small one, or one with decimals, was hardly meant to be. */
static bool hardly_grams(struct str weight, int64_t grams)
{
	bool bare = weight.len > 0;
	bool decimals = false;
	for (size_t i = 0; i < weight.len; i++) {
		char c = weight.text[i];
		bare = bare && ((c >= '0' && c <= '9') || c == '.' || c == ',');
		decimals = decimals || c == '.' || c == ',';
	}
	return bare && decimals && grams <= BARE_GRAMS_MAX;
}

static void read_measures(const struct catalog *catalog, struct reader *r, struct product *product)
{
	const struct product_columns *c = &catalog->c;
	struct str weight = read_cell(r, c->weight)->text;
	product->weight_g = read_weight(r, c->weight, -1);
	product->weight_pos = read_pos(r, c->weight);
	if (product->weight_g == 0)
		read_fault(r, c->weight,
			   "a weight of 0 cannot be; write what the packed parcel weighs");
	else if (product->weight_g > WEIGHT_MAX_G)
		diag_warning(catalog->diag, product->weight_pos,
			     "'%s' is more than a ton; is the unit right?", shown(weight).text);
	else if (product->weight_g > 0 && hardly_grams(weight, product->weight_g))
		diag_warning(catalog->diag, product->weight_pos,
			     "'%s' is read as grams; write '%s kg' where kilograms are meant",
			     shown(weight).text, shown(weight).text);
	struct str dimensions = read_text(r, c->dimensions);
	if (dimensions.len && !volume_parse(dimensions, r->sheet->decimal, &product->volume_mm3))
		read_fault(r, c->dimensions,
			   "'%s' is no size; write three lengths and their unit, such as '30x20x12 "
			   "cm'",
			   shown(dimensions).text);
}

static void read_for_customs(const struct catalog *catalog, struct reader *r,
			     struct product *product)
{
	const struct product_columns *c = &catalog->c;
	product->hs_code = read_hs(r, c->hs_code, 4, 10);
	product->origin = read_place(r, c->origin, (struct place){ "" });
	product->customs_description = read_text(r, c->customs_description);
	if (product->customs_description.len <= DESCRIPTION_MAX)
		return;
	size_t letters = str_code_points(product->customs_description);
	if (letters > DESCRIPTION_MAX)
		diag_warning(catalog->diag, read_pos(r, c->customs_description),
			     "the description has %zu letters, and a customs form has room for %d; "
			     "shorten it",
			     letters, DESCRIPTION_MAX);
}

const struct handling *catalog_handling(const struct catalog *catalog, const struct row *row)
{
	struct str profile = row_cell(row, catalog->c.handling.index)->text;
	return profile.len ? map_find(&catalog->shop->handling_by_profile, profile) : catalog->usual;
}

static const struct handling *read_handling(const struct catalog *catalog, struct reader *r)
{
	const struct shop *shop = catalog->shop;
	struct column column = catalog->c.handling;
	struct str profile = read_text(r, column);
	if (!profile.len && (catalog->usual || !shop->handling_count))
		return catalog->usual;
	const struct handling *handling = map_find(&shop->handling_by_profile, profile);
	if (handling)
		return handling;
	struct str *names = arena_array(r->arena, shop->handling_count + 1, sizeof *names);
	for (size_t i = 0; i < shop->handling_count; i++)
		names[i] = shop->handlings[i].profile;
	struct str near = str_nearest(profile, names, shop->handling_count);
	if (!profile.len)
		read_fault(r, column,
			   "'handling' is empty; name a profile of content/handling.csv, or call "
			   "one there 'default'");
	else if (near.len)
		read_fault(r, column, "there is no profile '%s'; did you mean '%s'?",
			   shown(profile).text, shown(near).text);
	else
		read_fault(r, column, "there is no profile '%s'; content/handling.csv lists them",
			   shown(profile).text);
	return NULL;
}

static uint64_t read_services(const struct catalog *catalog, struct reader *r)
{
	const struct shop *shop = catalog->shop;
	struct str rest = read_text(r, catalog->c.services), id;
	if (!rest.len)
		return UINT64_MAX;
	uint64_t set = 0;
	while (str_next_word(&rest, &id)) {
		const struct service *service = shop_service(shop, id);
		if (service)
			set |= UINT64_C(1) << service->index;
		else
			load_knows_service(shop, r, catalog->c.services, id);
	}
	return set;
}

/*
 * Flags that no service refuses do nothing. One that is nearly the name of another is an
 * error all the same: a misspelt `battery` would travel where batteries may not.
 */
static uint64_t read_contents(const struct catalog *catalog, struct reader *r)
{
	const struct shop *shop = catalog->shop;
	struct str rest = read_text(r, catalog->c.contents), flag;
	uint64_t set = 0;
	while (str_next_word(&rest, &flag)) {
		uint64_t bit = load_flag_bit(shop, flag);
		set |= bit;
		if (bit)
			continue;
		struct str near = str_nearest(flag, shop->contents, shop->contents_count);
		if (near.len)
			read_fault(r, catalog->c.contents,
				   "no service refuses '%s'; did you mean '%s'?", shown(flag).text,
				   shown(near).text);
		else
			diag_warning(catalog->diag, read_pos(r, catalog->c.contents),
				     "no service refuses '%s', so it does nothing; name it in "
				     "'refuses' of content/carriers.csv, or take it out",
				     shown(flag).text);
	}
	return set;
}

static void read_texts(const struct catalog *catalog, struct reader *r, struct product *product)
{
	const struct product_columns *c = &catalog->c;
	product->stock = read_text(r, c->stock);
	product->link = read_text(r, c->link);
	product->image_link = read_text(r, c->image_link);
	product->brand = read_text(r, c->brand);
	product->gtin = read_id(r, c->gtin);
	product->availability = read_text(r, c->availability);
	product->packing = read_translated(r, &c->packing);
	product->box_contents = read_translated(r, &c->box_contents);
	if (product->gtin.len && !looks_shortened(product->gtin) && !gtin_holds(product->gtin))
		diag_warning(catalog->diag, read_pos(r, c->gtin),
			     "'%s' is no GTIN (8, 12, 13 or 14 digits with a check digit); look it "
			     "up on the package, and format the column as text",
			     shown(product->gtin).text);
}

bool catalog_product(const struct catalog *catalog, const struct row *row, struct arena *arena,
		     struct product *product)
{
	static const char *const fulfilments[] = { "seller", "marketplace" };
	const struct product_columns *c = &catalog->c;
	struct reader r;
	reader_of(&r, &catalog->sheet, row, arena);
	memset(product, 0, sizeof *product);
	product->id = read_id(&r, c->id);
	product->pos = read_pos(&r, c->id);
	read_titles(catalog, &r, product);
	read_amounts(catalog, &r, product);
	read_measures(catalog, &r, product);
	read_for_customs(catalog, &r, product);
	product->handling = read_handling(catalog, &r);
	product->ships_from = read_place(&r, c->ships_from, catalog->shop->settings.country);
	product->fulfilment =
		(enum fulfilment)read_word(&r, c->fulfilment, fulfilments, 2, FULFILMENT_SELLER);
	product->services = read_services(catalog, &r);
	product->contents = read_contents(catalog, &r);
	read_texts(catalog, &r, product);
	product->hash = row->hash;
	product->offset = row->offset;
	return !r.bad;
}

/* The row with its texts in an arena that lives longer. */
static struct row keep_row(const struct row *row, struct arena *arena)
{
	struct row kept = *row;
	kept.cells = arena_array(arena, row->count + 1, sizeof *kept.cells);
	for (size_t i = 0; i < row->count; i++)
		kept.cells[i] =
			(struct cell){ str_copy(arena, row->cells[i].text), row->cells[i].pos };
	return kept;
}

bool catalog_find(struct catalog *catalog, struct arena *arena, struct str id,
		  struct product *product)
{
	struct arena scratch;
	struct row row;
	bool found = false;
	arena_init(&scratch);
	catalog_rewind(catalog);
	while (!found && catalog_next(catalog, &scratch, &row)) {
		if (str_equal(catalog_id(catalog, &row), id)) {
			struct row kept = keep_row(&row, arena);
			found = catalog_product(catalog, &kept, arena, product);
			break;
		}
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	catalog_rewind(catalog);
	return found;
}
