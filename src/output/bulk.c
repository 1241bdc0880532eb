/* SPDX-License-Identifier: MIT */
/*
 * In: snippets. Out: rows. The one idea is the table of containers: each is a list of columns, and a column is where its value
 * comes from.
 */
#include "output/bulk.h"

#include <string.h>

#include "table/encode.h"
#include "table/write.h"

/* What a cell holds. */
enum source {
	CELL_FIXED, /* `value` */
	CELL_ID,
	CELL_SLUG,
	CELL_TITLE,
	CELL_CATEGORY,
	CELL_LISTING,
	CELL_GTIN,
	CELL_PRICE,
	CELL_STOCK,
	CELL_IMAGE,
	CELL_FIELD /* the snippet of the field `value` */
};

struct bulk_column {
	const char *head;
	enum source source;
	const char *value;
};

/* How a cell that begins like a formula is written. */
enum shield { SHIELD_SPACE, SHIELD_APOSTROPHE };

struct bulk {
	const char *container, *suffix;
	bool by_site;
	bool ebay; /* begins with its info rows, and names its site in the first column */
	bool backslash; /* a literal \n in a cell would become a line end */
	enum shield shield;
	const char *line_end;
	const struct bulk_column *columns;
};

static const struct bulk_column ebay_columns[] = {
	{ "Action", CELL_FIXED, "Draft" },
	{ "Custom label (SKU)", CELL_ID, NULL },
	{ "Category ID", CELL_CATEGORY, NULL },
	{ "Title", CELL_TITLE, NULL },
	{ "UPC", CELL_GTIN, NULL },
	{ "Price", CELL_PRICE, NULL },
	{ "Quantity", CELL_STOCK, NULL },
	{ "Item photo URL", CELL_IMAGE, NULL },
	{ "Condition ID", CELL_FIXED, "NEW" },
	{ "Description", CELL_FIELD, "description" },
	{ "Format", CELL_FIXED, "FixedPrice" },
	{ NULL, CELL_FIXED, NULL },
};

static const struct bulk_column shopify_columns[] = {
	{ "Title", CELL_TITLE, NULL },
	{ "URL handle", CELL_SLUG, NULL },
	{ "Shipping (product.metafields.upfront.shipping)", CELL_FIELD, "metafield" },
	{ "Shipping, HTML (product.metafields.upfront.shipping_html)", CELL_FIELD, "description" },
	{ NULL, CELL_FIXED, NULL },
};

static const struct bulk_column shopify_old_columns[] = {
	{ "Handle", CELL_SLUG, NULL },
	{ "Title", CELL_TITLE, NULL },
	{ "Shipping (product.metafields.upfront.shipping)", CELL_FIELD, "metafield" },
	{ "Shipping, HTML (product.metafields.upfront.shipping_html)", CELL_FIELD, "description" },
	{ NULL, CELL_FIXED, NULL },
};

static const struct bulk_column woocommerce_columns[] = {
	{ "SKU", CELL_ID, NULL },
	{ "Name", CELL_TITLE, NULL },
	{ "Purchase note", CELL_FIELD, "purchase_note" },
	{ "Meta: upfront_shipping", CELL_FIELD, "description" },
	{ "Meta: upfront_shipping_short", CELL_FIELD, "short_description" },
	{ NULL, CELL_FIXED, NULL },
};

/* control column, item's own number, descriptions for PC and smartphone, sales text for PC */
static const struct bulk_column rakuten_columns[] = {
	{ "コントロールカラム", CELL_FIXED, "u" },
	{ "商品管理番号（商品URL）", CELL_SLUG, NULL },
	{ "PC用商品説明文", CELL_FIELD, "pc_description" },
	{ "スマートフォン用商品説明文", CELL_FIELD, "smartphone_description" },
	{ "PC用販売説明文", CELL_FIELD, "pc_sales_text" },
	{ NULL, CELL_FIXED, NULL },
};

static const struct bulk bulks[] = {
	{ "ebay-draft", "", true, true, false, SHIELD_SPACE, "\r\n", ebay_columns },
	{ "shopify-product", "", false, false, false, SHIELD_SPACE, "\n", shopify_columns },
	{ "shopify-product", "-old", false, false, false, SHIELD_SPACE, "\n",
	  shopify_old_columns },
	{ "woocommerce-product", "", false, false, true, SHIELD_APOSTROPHE, "\n",
	  woocommerce_columns },
	{ "rakuten-rms", "", false, false, false, SHIELD_SPACE, "\r\n",
	  rakuten_columns },
};

const struct bulk *bulk_find(struct str container, size_t dialect)
{
	for (size_t i = 0; i < sizeof bulks / sizeof *bulks; i++)
		if (str_is(container, bulks[i].container) && dialect-- == 0)
			return &bulks[i];
	return NULL;
}

const char *bulk_suffix(const struct bulk *bulk)
{
	return bulk->suffix;
}

bool bulk_by_site(const struct bulk *bulk)
{
	return bulk->by_site;
}

static size_t column_count(const struct bulk *bulk)
{
	size_t count = 0;
	while (bulk->columns[count].head)
		count++;
	return count;
}

/* Rows that its importer wants to find as they stand in its own template. */
static void add_info_rows(const struct bulk *bulk, const struct market_site *site, struct buf *out)
{
	static const char *const texts[] = {
		("#INFO Action and Category ID are required fields. 1) Set Action to Draft 2) Please "
		 "find the category ID for your listings here: "
		 "https://pages.ebay.com/sellerinformation/news/categorychanges.html"),
		("\"#INFO After you've successfully uploaded your draft from the Seller Hub Reports "
		 "tab, complete your drafts to active listings here: https://www.ebay.com/sh/lst/drafts\""),
		"#INFO",
	};
	buf_addf(out, "#INFO,Version=0.0.2,Template= eBay-draft-listings-template_%.*s,,,,,,,,%s",
		 STR(site ? site->country : S("US")), bulk->line_end);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		buf_addf(out, "%s,,,,,,,,,,%s", texts[i], bulk->line_end);
}

static void add_action(const struct market_site *site, struct buf *out)
{
	buf_addf(out, "Action(SiteID=%.*s|Country=%.*s|Currency=%.*s|Version=1193|CC=UTF-8)",
		 STR(site && site->upload.len ? site->upload : S("US")),
		 STR(site ? site->country : S("US")),
		 STR(site && site->currency.len ? site->currency : S("USD")));
}

void bulk_head(const struct bulk *bulk, const struct market_site *site, struct buf *out)
{
	if (bulk->ebay)
		add_info_rows(bulk, site, out);
	for (size_t i = 0; i < column_count(bulk); i++) {
		if (i)
			buf_byte(out, ',');
		if (bulk->ebay && i == 0)
			add_action(site, out);
		else
			write_cell(out, str_of(bulk->columns[i].head));
	}
	buf_add(out, str_of(bulk->line_end));
}

/* Spreadsheets take these at the beginning of a cell, also as full-width signs, for a formula. */
static bool begins_formula(struct str text)
{
	static const char *const signs[] = { "=",	     "+",	     "-",	     "@",	     "\t", "\r",
					     "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D",
					     "\xEF\xBC\xA0" };
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (str_starts(text, signs[i]))
			return true;
	return false;
}

/* A backslash before an n gets a second one: the importer gives one back. */
static void double_backslashes(struct str text, struct buf *out)
{
	while (text.len) {
		size_t sign = str_index(text, '\\');
		buf_add(out, str_sub(text, 0, sign));
		if (sign + 1 < text.len && text.text[sign + 1] == 'n')
			buf_byte(out, '\\');
		buf_add(out, str_sub(text, sign, 1));
		text = str_sub(text, sign + 1, text.len);
	}
}

static void add_cell(const struct bulk *bulk, struct str text, struct buf *out)
{
	bool formula = begins_formula(text);
	if (!formula && !(bulk->backslash && str_index(text, '\\') < text.len)) {
		write_cell(out, text);
		return;
	}
	struct buf cell = BUF_INIT;
	/* the importer that takes an apostrophe off does so before plain signs only */
	bool plain = text.len && (unsigned char)text.text[0] < 0x80;
	if (formula)
		buf_byte(&cell, bulk->shield == SHIELD_SPACE || !plain ? ' ' : '\'');
	if (bulk->backslash)
		double_backslashes(text, &cell);
	else
		buf_add(&cell, text);
	write_cell(out, buf_str(&cell));
	buf_release(&cell);
}

/* The title in one line, of whole words as far as they fit. */
static void add_title(const struct bulk *bulk, const struct bulk_item *item, struct buf *out)
{
	struct str title = item->title;
	size_t limit = item->title_limit ? item->title_limit : SIZE_MAX;
	struct buf line = BUF_INIT;
	size_t characters = 0, word = 0;
	for (size_t at = 0; at < title.len && characters < limit; characters++) {
		uint32_t c = str_code_point(title, &at);
		if (c < 0x20 || c == 0x7F)
			c = ' ';
		if (c == ' ')
			word = line.len;
		buf_code_point(&line, c);
		if (characters + 1 == limit && at < title.len && title.text[at] != ' ' && word)
			line.len = word;
	}
	add_cell(bulk, str_trim(buf_str(&line)), out);
	buf_release(&line);
}

static struct str snippet_of(const struct bulk_item *item, const char *field)
{
	for (size_t i = 0; i < item->count; i++)
		if (str_is(item->fields[i]->id, field))
			return item->bytes[i];
	return S("");
}

/* The price, where it is in the currency that the site expects. */
static void add_price(const struct bulk_item *item, struct buf *out)
{
	const struct market_site *site = item->site;
	struct money price = item->product->price;
	if (!site || !str_is(site->currency, price.currency.code))
		return;
	money_show_amount(out, price);
}

static void add_value(const struct bulk *bulk, const struct bulk_column *column,
		      const struct bulk_item *item, struct buf *out)
{
	const struct product *product = item->product;
	switch (column->source) {
	case CELL_FIXED:
		add_cell(bulk, str_of(column->value), out);
		break;
	case CELL_ID:
		add_cell(bulk, product->id, out);
		break;
	case CELL_SLUG:
		add_cell(bulk, item->slug, out);
		break;
	case CELL_TITLE:
		add_title(bulk, item, out);
		break;
	case CELL_CATEGORY:
		add_cell(bulk, item->listing->category, out);
		break;
	case CELL_LISTING:
		add_cell(bulk, item->listing->number, out);
		break;
	case CELL_GTIN:
		add_cell(bulk, product->gtin, out);
		break;
	case CELL_PRICE:
		add_price(item, out);
		break;
	case CELL_STOCK:
		add_cell(bulk, product->stock, out);
		break;
	case CELL_IMAGE:
		add_cell(bulk, product->image_link, out);
		break;
	case CELL_FIELD:
		add_cell(bulk, snippet_of(item, column->value), out);
		break;
	}
}

static bool has_text(const struct bulk *bulk, const struct bulk_item *item)
{
	for (const struct bulk_column *column = bulk->columns; column->head; column++)
		if (column->source == CELL_FIELD && snippet_of(item, column->value).len)
			return true;
	return false;
}

void bulk_row(const struct bulk *bulk, const struct bulk_item *item, struct buf *out)
{
	if (!has_text(bulk, item))
		return;
	for (size_t i = 0; i < column_count(bulk); i++) {
		if (i)
			buf_byte(out, ',');
		add_value(bulk, &bulk->columns[i], item, out);
	}
	buf_add(out, str_of(bulk->line_end));
}

/* The first field that travels in such a file: its profile says in which encoding. */
static const struct market_field *field_in(const struct bulk *bulk, const struct market *market)
{
	for (size_t i = 0; i < market->field_count; i++)
		if (str_is(market->fields[i].container, bulk->container))
			return &market->fields[i];
	return NULL;
}

struct str bulk_finish(const struct bulk *bulk, const struct market *market, struct str text,
		       bool first, struct buf *bytes)
{
	const struct market_field *field = field_in(bulk, market);
	bool utf8 = !field || !strcmp(field->encoding, "UTF-8");
	if (utf8 && !(first && field && field->bom))
		return text;
	if (utf8)
		buf_add(bytes, S("\xEF\xBB\xBF"));
	if (utf8 || !encode(bytes, text, field->encoding))
		buf_add(bytes, text);
	return buf_str(bytes);
}
