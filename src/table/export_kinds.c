/* SPDX-License-Identifier: MIT */
/*
 * The product exports of shop systems and marketplaces: by which headers each is known, what
 * its columns are to us, and what its rows are.
 */
#include "table/export_kinds.h"

/* A weight column that always counts in one unit. */
#define WEIGHT_IN(counted, header)                                                                 \
	.ours = "shipping_weight", .theirs = (header), .how = WITH_UNIT, .unit = (counted)

static const struct take shopify[] = {
	{ .ours = "id", .theirs = "SKU" },
	{ .ours = "id", .theirs = "URL handle", .how = FROM_HANDLE },
	{ .ours = "title", .theirs = "Title", .inherited = true },
	{ .ours = "price", .theirs = "Price" },
	{ WEIGHT_IN("g", "Weight value (grams)") },
	{ .ours = "image_link", .theirs = "Variant image URL", .inherited = true },
	{ .ours = "image_link", .theirs = "Product image URL", .inherited = true },
	{ .ours = "brand", .theirs = "Vendor", .inherited = true },
	{ .ours = "gtin", .theirs = "Barcode" },
	{ .ours = "stock", .theirs = "Inventory quantity" },
	{ 0 },
};

static const struct take shopify_legacy[] = {
	{ .ours = "id", .theirs = "Variant SKU" },
	{ .ours = "id", .theirs = "Handle", .how = FROM_HANDLE },
	{ .ours = "title", .theirs = "Title", .inherited = true },
	{ .ours = "price", .theirs = "Variant Price" },
	{ WEIGHT_IN("g", "Variant Grams") },
	{ .ours = "image_link", .theirs = "Variant Image", .inherited = true },
	{ .ours = "image_link", .theirs = "Image Src", .inherited = true },
	{ .ours = "brand", .theirs = "Vendor", .inherited = true },
	{ .ours = "gtin", .theirs = "Variant Barcode" },
	{ .ours = "stock", .theirs = "Variant Inventory Qty" },
	{ 0 },
};

static const struct take shopify_inventory[] = {
	{ .ours = "id", .theirs = "SKU" },
	{ .ours = "id", .theirs = "Handle", .how = FROM_HANDLE },
	{ .ours = "title", .theirs = "Title" },
	{ .ours = "hs_code", .theirs = "HS Code" },
	{ .ours = "origin", .theirs = "COO" },
	{ 0 },
};

static const struct take woocommerce[] = {
	{ .ours = "id", .theirs = "SKU" },
	{ .ours = "id", .theirs = "ID" },
	{ .ours = "title", .theirs = "Name", .inherited = true },
	{ .ours = "price", .theirs = "Sale price", .how = SALE_PRICE },
	{ .ours = "price", .theirs = "Regular price" },
	{ WEIGHT_IN("kg", "Weight (kg)"), .inherited = true },
	{ WEIGHT_IN("g", "Weight (g)"), .inherited = true },
	{ WEIGHT_IN("lb", "Weight (lbs)"), .inherited = true },
	{ WEIGHT_IN("oz", "Weight (oz)"), .inherited = true },
	{ .ours = "hs_code", .theirs = "Commodity code (HS code)", .inherited = true },
	{ .ours = "origin", .theirs = "Country of origin", .inherited = true },
	{ .ours = "customs_description", .theirs = "Customs description", .inherited = true },
	{ .ours = "image_link", .theirs = "Images", .how = FIRST, .inherited = true },
	{ .ours = "brand", .theirs = "Brands", .how = FIRST, .inherited = true },
	{ .ours = "gtin", .theirs = "GTIN, UPC, EAN, or ISBN" },
	{ .ours = "stock", .theirs = "Stock" },
	{ 0 },
};

static const struct take google[] = {
	{ .ours = "id", .theirs = "id" },
	{ .ours = "title", .theirs = "title" },
	{ .ours = "price", .theirs = "sale price", .how = SALE_PRICE },
	{ .ours = "price", .theirs = "price" },
	{ .ours = "shipping_weight", .theirs = "shipping weight" },
	{ .ours = "link", .theirs = "link" },
	{ .ours = "image_link", .theirs = "image link" },
	{ .ours = "availability", .theirs = "availability" },
	{ .ours = "brand", .theirs = "brand" },
	{ .ours = "gtin", .theirs = "gtin" },
	{ 0 },
};

static const struct take ebay[] = {
	{ .ours = "id", .theirs = "SKU" },
	{ .ours = "price", .theirs = "Price" },
	{ .ours = "currency", .theirs = "Currency" },
	{ .ours = "stock", .theirs = "Quantity" },
	{ 0 },
};

static const struct take etsy[] = {
	{ .ours = "id", .theirs = "SKU", .how = FIRST },
	{ .ours = "id", .theirs = "TITLE" },
	{ .ours = "title", .theirs = "TITLE" },
	{ .ours = "price", .theirs = "PRICE" },
	{ .ours = "currency", .theirs = "CURRENCY_CODE" },
	{ .ours = "stock", .theirs = "QUANTITY" },
	{ .ours = "image_link", .theirs = "IMAGE1" },
	{ 0 },
};

static const struct take bigcommerce[] = {
	{ .ours = "id", .theirs = "Product Code/SKU" },
	{ .ours = "title", .theirs = "Product Name", .how = NO_OPTIONS, .inherited = true },
	{ .ours = "price", .theirs = "Price", .inherited = true },
	{ .ours = "shipping_weight",
	  .theirs = "Product Weight",
	  .how = WITH_UNIT,
	  .inherited = true },
	{ .ours = "link", .theirs = "Product URL", .how = IF_URL, .inherited = true },
	{ .ours = "image_link",
	  .theirs = "Product Image URL - 1",
	  .how = IF_URL,
	  .inherited = true },
	{ .ours = "image_link",
	  .theirs = "Product Image File - 1",
	  .how = IF_URL,
	  .inherited = true },
	{ .ours = "brand", .theirs = "Brand Name", .inherited = true },
	{ .ours = "gtin", .theirs = "Product UPC/EAN" },
	{ .ours = "stock", .theirs = "Current Stock Level" },
	{ 0 },
};

static const struct take amazon[] = {
	{ .ours = "id", .theirs = "seller-sku" },
	{ .ours = "title", .theirs = "item-name" },
	{ .ours = "price", .theirs = "price" },
	{ .ours = "stock", .theirs = "quantity" },
	{ .ours = "image_link", .theirs = "image-url", .how = IF_URL },
	{ .ours = "fulfilment", .theirs = "fulfillment-channel", .how = BY_CHANNEL },
	{ 0 },
};

/* Our own products.csv, where the unit of the weight stands in the header or beside it. */
static const struct take own_units[] = {
	{ WEIGHT_IN("kg", "shipping weight (kg)") },
	{ WEIGHT_IN("g", "shipping weight (g)") },
	{ WEIGHT_IN("lb", "shipping weight (lb)") },
	{ WEIGHT_IN("oz", "shipping weight (oz)") },
	{ .ours = "shipping_weight",
	  .theirs = "shipping weight",
	  .how = WITH_UNIT,
	  .unit_column = "shipping weight unit" },
	{ .ours = "shipping_weight",
	  .theirs = "shipping weight",
	  .how = WITH_UNIT,
	  .unit_column = "weight unit" },
	{ 0 },
};

static bool same_group(const struct str *keys, const struct str *group)
{
	return group && keys[KEY_GROUP].len && str_equal(keys[KEY_GROUP], group[KEY_GROUP]);
}

/* One row a variant or image; only the first row of a handle repeats what is the product's. */
static enum fate judge_shopify(const struct str *keys, const struct str *group)
{
	bool same = same_group(keys, group);
	if (same && !keys[KEY_SKU].len && !keys[KEY_PRICE].len && !keys[KEY_OPTION].len)
		return ROW_PART;
	struct str status = same && !keys[KEY_STATUS].len ? group[KEY_STATUS] : keys[KEY_STATUS];
	if (str_equal_fold(status, S("draft")) || str_equal_fold(status, S("archived")) ||
	    str_equal_fold(keys[KEY_SHIPPED], S("false")))
		return ROW_LEFT_OUT;
	return same ? ROW_FOLLOWS : ROW_STANDS;
}

/* One row a variant and location. */
static enum fate judge_inventory(const struct str *keys, const struct str *group)
{
	if (!same_group(keys, group) || !str_equal(keys[KEY_SKU], group[KEY_SKU]))
		return ROW_STANDS;
	for (int i = KEY_OPTION; i <= KEY_OPTION_LAST; i++)
		if (!str_equal(keys[i], group[i]))
			return ROW_STANDS;
	return ROW_PART;
}

static bool type_has(struct str type, struct str word)
{
	for (size_t i = 0; i + word.len <= type.len; i++)
		if (str_equal_fold(str_sub(type, i, word.len), word))
			return true;
	return false;
}

/* The type is a list such as `simple, virtual`; a variable product is sold as its variations. */
static enum fate judge_woocommerce(const struct str *keys, const struct str *group)
{
	(void)group;
	struct str type = keys[KEY_TYPE];
	if (type_has(type, S("variable")))
		return ROW_PARENT;
	if (type_has(type, S("virtual")) || type_has(type, S("grouped")) ||
	    type_has(type, S("external")) || str_is(keys[KEY_PUBLISHED], "0") ||
	    str_is(keys[KEY_PUBLISHED], "-1"))
		return ROW_LEFT_OUT;
	return type_has(type, S("variation")) ? ROW_CHILD : ROW_STANDS;
}

/* A product, below it its variants as `SKU` rows, and rules that are no goods. */
static enum fate judge_bigcommerce(const struct str *keys, const struct str *group)
{
	if (str_equal_fold(keys[KEY_GROUP], S("product")))
		return ROW_STANDS;
	return group && str_equal_fold(keys[KEY_GROUP], S("sku")) ? ROW_FOLLOWS : ROW_PART;
}

const struct export_kind export_kinds[] = {
	{
		.name = "Shopify inventory",
		.marks = { "Handle", "SKU", "HS Code", "COO", "Location" },
		.takes = shopify_inventory,
		.keys = { "Handle", "SKU", NULL, "Option1 Value", "Option2 Value",
			  "Option3 Value" },
		.judge = judge_inventory,
		.quote = '"',
	},
	{
		.name = "Shopify products",
		.marks = { "URL handle", "Title", "SKU" },
		.takes = shopify,
		.keys = { "URL handle", "SKU", "Price", "Option1 value", "Option2 value",
			  "Option3 value", "Status", "Requires shipping" },
		.judge = judge_shopify,
		.quote = '"',
	},
	{
		.name = "Shopify products (legacy)",
		.marks = { "Handle", "Body (HTML)", "Variant SKU" },
		.takes = shopify_legacy,
		.keys = { "Handle", "Variant SKU", "Variant Price", "Option1 Value",
			  "Option2 Value", "Option3 Value", "Status", "Variant Requires Shipping" },
		.judge = judge_shopify,
		.quote = '"',
	},
	{
		.name = "WooCommerce products",
		.marks = { "ID", "Type", "SKU", "Name", "Regular price" },
		.takes = woocommerce,
		.keys = { "Type", "SKU", "Parent", "ID", "Published" },
		.judge = judge_woocommerce,
		.names_parents = true,
		.period = { "Date sale price starts", "Date sale price ends" },
		.quote = '"',
	},
	{
		.name = "BigCommerce products",
		.marks = { "Item Type", "Product Name", "Product Code/SKU" },
		.takes = bigcommerce,
		.keys = { "Item Type", "Product Code/SKU" },
		.judge = judge_bigcommerce,
		.quote = '"',
	},
	{
		.name = "Amazon listing report",
		.marks = { "seller-sku", "item-name", "asin1" },
		.takes = amazon,
		/* its cells are as they are, inches included */
		.quote = 0,
	},
	{
		.name = "Etsy listings",
		.marks = { "TITLE", "DESCRIPTION", "PRICE", "CURRENCY_CODE", "QUANTITY" },
		.takes = etsy,
		.quote = '"',
	},
	{
		.name = "eBay active inventory",
		.marks = { "SKU", "ItemID", "Channel", "Currency", "Price" },
		.takes = ebay,
		.quote = '"',
	},
	{
		.name = "Google Merchant products",
		.marks = { "id", "title", "link", "image link", "availability" },
		/* the rest of our own columns are Google's: only these tell a feed */
		.any = { "google product category", "condition", "identifier exists", "mpn",
			 "item group id", "sale price", "product type" },
		.takes = google,
		.period = { "sale price effective date" },
		.quote = '"',
	},
	{
		.name = "",
		.any = { "shipping weight (kg)", "shipping weight (g)", "shipping weight (lb)",
			 "shipping weight (oz)", "shipping weight unit", "weight unit" },
		.takes = own_units,
		.quote = '"',
	},
};

const size_t export_kind_count = sizeof export_kinds / sizeof *export_kinds;
