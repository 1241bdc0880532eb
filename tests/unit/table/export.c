/* SPDX-License-Identifier: MIT */
/* Exports of shop systems: recognised by their headers, and delivered as our own columns. */
#include "fixture.h"

static const char *const basics[] = { "id", "title", "price", "shipping_weight", "image_link" };
static const char *const customs[] = { "id", "shipping_weight", "hs_code", "origin",
				       "customs_description" };

/* The texts of five columns, read from a products.csv that should be this kind of export. */
static const char *read_export(const char *kind, const char *text, const char *const *columns)
{
	fixture_write(&f, "products.csv", str_of(text));
	fixture_forget(&f);
	struct table *table = fixture_open(&f, "products.csv");
	assert_string_equal(table_dialect(table), kind);
	const char *shown = fixture_columns(&f, table, columns, 5);
	table_close(table);
	return shown;
}

static const char shopify[] =
	"Title,URL handle,Vendor,Status,SKU,Option1 name,Option1 value,Price,Compare-at "
	"price,Weight value (grams),Requires shipping,Product image URL,Image position,Variant "
	"image URL\n"
	"Desk "
	"lamp,desk-lamp,Lumen,Active,LAMP-OAK,Wood,Oak,64.00,79.00,850,TRUE,https://x/1.jpg,1,\n"
	",desk-lamp,,,LAMP-ASH,Wood,Ash,66.00,,860,TRUE,https://x/2.jpg,2,https://x/ash.jpg\n"
	",desk-lamp,,,,,,,,,,https://x/3.jpg,3,\n"
	"Cup,cup,Lumen,Active,,Title,Default Title,12.00,,300.5,TRUE,https://x/cup.jpg,1,\n"
	"Old cup,old-cup,Lumen,Archived,OLD,Size,L,9.00,,300,TRUE,,,\n"
	",old-cup,,,OLD-2,Size,S,9.00,,300,TRUE,,,\n"
	"Voucher,voucher,Lumen,Active,V-1,,,20.00,,,FALSE,,,\n"
	"Plate,plate,Lumen,Active,,Size,Big,20.00,,400,TRUE,,,\n"
	",plate,,,,Size,Small,15.00,,,TRUE,,,\n";

static void shopify_rows_are_variants_and_images(void **state)
{
	(void)state;
	assert_string_equal(read_export("Shopify products", shopify, basics),
			    "LAMP-OAK|Desk lamp|64.00|850 g|https://x/1.jpg|\n"
			    "LAMP-ASH|Desk lamp|66.00|860 g|https://x/ash.jpg|\n"
			    "cup|Cup|12.00|300.5 g|https://x/cup.jpg|\n"
			    "plate-Big|Plate|20.00|400 g||\n"
			    "plate-Small|Plate|15.00|||\n");
	assert_string_equal(fixture_said(&f),
			    "products.csv:0:0: note: 3 of the export's rows are left out: they are "
			    "not on sale, or need no shipping\n"
			    "products.csv:0:0: note: read as an export: Shopify products\n");
}

static void inherited_cells_point_where_they_stand(void **state)
{
	(void)state;
	fixture_write(&f, "products.csv", str_of(shopify));
	struct table *table = fixture_open(&f, "products.csv");
	int title = table_column(table, "title"), weight = table_column(table, "shipping_weight");
	struct row first, second;
	assert_true(table_next(table, &f.arena, &first));
	assert_true(table_next(table, &f.arena, &second));
	assert_int_equal(row_cell(&second, title)->pos.line, 2);
	assert_int_equal(row_cell(&second, title)->pos.column, 1);
	assert_int_equal(row_cell(&second, weight)->pos.line, 3);
	assert_int_equal(row_cell(&second, weight)->pos.column, 39);
	assert_int_equal(table_header_pos(table, weight).column, 86);
	table_close(table);
}

/* A change of the product is a change of its variants; a further image is none. */
static void the_hash_follows_what_a_row_is_made_of(void **state)
{
	(void)state;
	static const char *const titles[] = { "Lamp", "Lampe" };
	uint64_t hashes[2][2];
	for (int i = 0; i < 2; i++) {
		struct str text =
			str_format(&f.arena, "Title,URL handle,SKU,Price\n%s,l,A,1\n,l,B,2\n,l,,\n",
				   titles[i]);
		fixture_write(&f, "products.csv", text);
		struct table *table = fixture_open(&f, "products.csv");
		struct row row;
		for (int k = 0; k < 2; k++) {
			assert_true(table_next(table, &f.arena, &row));
			hashes[i][k] = row.hash;
		}
		assert_false(table_next(table, &f.arena, &row));
		table_close(table);
	}
	assert_true(hashes[0][0] != hashes[1][0]);
	assert_true(hashes[0][1] != hashes[1][1]);
	assert_true(hashes[0][0] != hashes[0][1]);
}

static void shopify_legacy(void **state)
{
	(void)state;
	assert_string_equal(
		read_export("Shopify products (legacy)",
			    "Handle,Title,Body (HTML),Vendor,Option1 Name,Option1 Value,Variant "
			    "SKU,Variant Grams,Variant Price,Variant Requires Shipping,Variant "
			    "Weight Unit,Image Src,Variant Image,Status,hs_code\n"
			    "lamp,Lamp,\"<p>Good</p>\n<p>Light</p>\",Lumen,Wood,Oak,L-1,1200,64.00,true,kg,i1,,active,9405.21\n"
			    "lamp,,,,,Ash,L-2,0,66.00,true,kg,i2,v2,,\n"
			    "lamp,,,,,,,,,,,i3,,,\n",
			    (const char *const[]){ "id", "title", "shipping_weight", "image_link",
						   "hs_code" }),
		"L-1|Lamp|1200 g|i1|9405.21|\nL-2|Lamp|0 g|v2|9405.21|\n");
	assert_int_equal(diag_errors(f.diag), 0);
}

static void shopify_inventory_has_a_row_a_location(void **state)
{
	(void)state;
	assert_string_equal(
		read_export(
			"Shopify inventory",
			"Handle,Title,Option1 Name,Option1 Value,SKU,HS Code,COO,Location,On hand\n"
			"lamp,Lamp,Wood,Oak,L-1,940521,CN,Here,4\n"
			"lamp,Lamp,Wood,Oak,L-1,940521,CN,There,5\n"
			"lamp,Lamp,Wood,Ash,L-2,940521,CN,Here,1\n"
			"cup,Cup,,,,691200,VN,Here,1\n",
			(const char *const[]){ "id", "title", "hs_code", "origin", "stock" }),
		"L-1|Lamp|940521|CN||\nL-2|Lamp|940521|CN||\ncup|Cup|691200|VN||\n");
}

static const char woocommerce[] =
	"ID,Type,SKU,Name,Published,\"Date sale price starts\",\"Date sale price "
	"ends\",Stock,\"Weight (kg)\",\"Sale price\",\"Regular price\",Images,Parent,\"Commodity "
	"code (HS code)\",\"Country of origin\",\"Customs description\"\n"
	"10,simple,CUP,Cup,1,,,5,\"0,3\",\"9,00\",\"12,00\",\"https://x/a.jpg, "
	"https://x/b.jpg\",,691200,CN,Cup\n"
	"21,variation,SHIRT-M,\"Shirt - M\",1,,,3,\"0,25\",,\"25,00\",,SHIRT,,,\n"
	"20,variable,SHIRT,Shirt,1,,,,\"0,2\",,,https://x/s.jpg,,610910,BD,Shirt\n"
	"22,variation,,\"Shirt - "
	"L\",1,2026-01-01,2026-02-01,2,,\"20,00\",\"25,00\",https://x/l.jpg,id:20,610920,,\n"
	"30,\"simple, virtual\",VIRT,Course,1,,,,,,\"99,00\",,,,,\n"
	"31,external,EXT,Book,1,,,,,,\"9,00\",,,,,\n"
	"32,simple,DRAFT,Draft,-1,,,,1,,\"9,00\",,,,,\n"
	"40,variable,HID,Hidden,0,,,,1,,,,,,,\n"
	"41,variation,HID-1,Hidden one,1,,,,1,,\"5,00\",,HID,,,\n";

static void woocommerce_variations_inherit_from_their_parent(void **state)
{
	(void)state;
	assert_string_equal(read_export("WooCommerce products", woocommerce, basics),
			    "CUP|Cup|9,00|0,3 kg|https://x/a.jpg|\n"
			    "SHIRT-M|Shirt - M|25,00|0,25 kg|https://x/s.jpg|\n"
			    "22|Shirt - L|25,00|0,2 kg|https://x/l.jpg|\n");
	fixture_assert_said(&f, "note: 4 of the export's rows are left out");
	fixture_assert_said(&f, "note: 1 sale prices hold only for a time and are not used; the "
				"regular price stands");
	assert_int_equal(diag_errors(f.diag), 0);
	assert_string_equal(read_export("WooCommerce products", woocommerce, customs),
			    "CUP|0,3 kg|691200|CN|Cup|\n"
			    "SHIRT-M|0,25 kg|610910|BD|Shirt|\n"
			    "22|0,2 kg|610920|BD|Shirt|\n");
}

static void woocommerce_may_write_a_decimal_comma(void **state)
{
	(void)state;
	fixture_write(&f, "products.csv", str_of(woocommerce));
	struct table *table = fixture_open(&f, "products.csv");
	int columns[] = { table_column(table, "price"), table_column(table, "shipping_weight") };
	assert_int_equal(table_decimal(table, columns, 2), ',');
	fixture_assert_said(
		&f, "products.csv:2:32: note: numbers are read with a decimal comma, as in '9,00'");
	table_close(table);
}

static void a_parent_that_is_not_there_is_named(void **state)
{
	(void)state;
	read_export("WooCommerce products",
		    "ID,Type,SKU,Name,Regular price,Parent\n1,variation,A,A,5,id:7\n", basics);
	assert_string_equal(fixture_said(&f),
			    "products.csv:0:0: note: read as an export: WooCommerce products\n"
			    "products.csv:2:19: error: the export has no variable product 'id:7' "
			    "for this variation to inherit from; export variable products too\n");
}

static void google_feeds_are_known_by_googles_own_columns(void **state)
{
	(void)state;
	assert_string_equal(
		read_export("Google Merchant products",
			    "id\ttitle\tlink\timage link\tprice\tsale "
			    "price\tavailability\tcondition\tshipping weight\tadditional image "
			    "link\tadditional image link\n"
			    "A\tLamp\thttps://x/a\thttps://x/a.jpg\t64.00 EUR\t59.00 "
			    "EUR\tin_stock\tnew\t1.2 kg\t\t\n"
			    "B\tCup\thttps://x/b\t\t12.00 EUR\t\tin_stock\tnew\t300 g\t\t\n",
			    basics),
		"A|Lamp|59.00 EUR|1.2 kg|https://x/a.jpg|\nB|Cup|12.00 EUR|300 g||\n");
	assert_int_equal(diag_errors(f.diag), 0);
	read_export("", "id,title,link,image_link,price,availability\nA,Lamp,l,i,1.00,in_stock\n",
		    basics);
}

static void ebay_etsy_and_amazon(void **state)
{
	(void)state;
	static const char *const columns[] = { "id", "title", "price", "currency", "fulfilment" };
	assert_string_equal(
		read_export(
			"eBay active inventory",
			"SKU,ItemID,Channel,Currency,Price,Quantity\nA,123,EBAY_DE,EUR,64.00,3\n",
			columns),
		"A||64.00|EUR||\n");
	assert_string_equal(
		read_export("Etsy listings",
			    "TITLE,DESCRIPTION,PRICE,CURRENCY_CODE,QUANTITY,TAGS,IMAGE1,SKU\n"
			    "Lamp,\"Good,\nlight\",64.00,EUR,3,a,https://x/1.jpg,\"L-1,L-2\"\nCup,x,1.00,EUR,3,a,,\n",
			    columns),
		"L-1|Lamp|64.00|EUR||\nCup|Cup|1.00|EUR||\n");
	assert_string_equal(read_export("Amazon listing report",
					"item-name\titem-description\tseller-sku\tprice\tquantity\tasin1\tfulfillment-channel\n"
					"15\" screen\t\"Best\" one\tS-1\t99.00\t3\tB0\tDEFAULT\n"
					"Lamp\tx\tS-2\t64.00\t3\tB1\tAMAZON_EU\n",
					columns),
			    "S-1|15\" screen|99.00||seller|\nS-2|Lamp|64.00||marketplace|\n");
	assert_int_equal(diag_errors(f.diag), 0);
}

static const char bigcommerce[] = "Item Type,Product Name,Product Code/SKU,Price,Product "
				  "Weight,Product URL,Product Image File - 1\n"
				  "Product,Lamp,L-1,64.00,1.5,https://x/lamp/,lamp.jpg\n"
				  "  SKU,[RT]Wood=Ash,L-2,,,,\n"
				  "  Rule,,L-2,[ADD]5,,,\n";

static void bigcommerce_does_not_say_what_weights_count(void **state)
{
	(void)state;
	static const char *const columns[] = { "id", "title", "price", "shipping_weight", "link" };
	read_export("BigCommerce products", bigcommerce, columns);
	fixture_assert_said(&f, "products.csv:1:47: error: in which unit 'Product Weight' counts, "
				"the export does not say; set 'weight.products.csv' in shop.csv to "
				"g, kg, lb or oz");
	struct setting settings[] = {
		{ S("weight.products.csv"), S("LB"), { "content/shop.csv", 3, 1 } }
	};
	f.options.settings = settings;
	f.options.setting_count = 1;
	assert_string_equal(
		read_export("BigCommerce products", bigcommerce, columns),
		"L-1|Lamp|64.00|1.5 lb|https://x/lamp/|\nL-2|Lamp|64.00|1.5 lb|https://x/lamp/|\n");
	assert_int_equal(diag_errors(f.diag), 0);
}

static void units_in_our_own_headers_are_understood(void **state)
{
	(void)state;
	assert_string_equal(
		read_export(
			"",
			"id,title,Shipping Weight (kg),price\nA,Lamp,0.85,1.00\nB,Cup,300 g,1.00\n",
			basics),
		"A|Lamp|1.00|0.85 kg||\nB|Cup|1.00|300 g||\n");
	fixture_assert_quiet(&f);
	assert_string_equal(
		read_export(
			"",
			"id,title,shipping_weight,weight_unit,price\nA,Lamp,2,lb,1\nB,Cup,300,,1\n",
			basics),
		"A|Lamp|1|2 lb||\nB|Cup|1|300||\n");
	fixture_assert_quiet(&f);
}

static void renamed_columns_go_before_the_exports(void **state)
{
	(void)state;
	struct renaming renamings[] = {
		{ S("products"),
		  S("Meta: weight"),
		  S("shipping_weight"),
		  { "content/columns.csv", 2, 1 } },
	};
	f.options.renamings = renamings;
	f.options.renaming_count = 1;
	assert_string_equal(read_export("WooCommerce products",
					"ID,Type,SKU,Name,Regular price,Weight (kg),Meta: weight\n"
					"1,simple,A,Cup,5,1,900 g\n2,simple,B,Cup,5,1,\n",
					basics),
			    "A|Cup|5|900 g||\nB|Cup|5|1 kg||\n");
}

static void what_an_export_has_beyond_our_needs_is_a_note(void **state)
{
	(void)state;
	fixture_write(&f, "products.csv",
		      S("Title,URL handle,SKU,Price,Tags,SEO title\nA,a,A,1,t,s\n"));
	struct table *table = fixture_open(&f, "products.csv");
	table_column(table, "id");
	table_name_unknown(table);
	table_close(table);
	assert_int_equal(diag_warnings(f.diag), 0);
	fixture_assert_said(&f, "products.csv:1:28: note: columns of the export that are not "
				"needed: 'Tags', 'SEO title'");
}

static void only_products_are_exports(void **state)
{
	(void)state;
	fixture_write(&f, "rates.csv", str_of(shopify));
	struct table *table = fixture_open(&f, "rates.csv");
	assert_string_equal(table_dialect(table), "");
	table_close(table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(shopify_rows_are_variants_and_images, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(inherited_cells_point_where_they_stand, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(the_hash_follows_what_a_row_is_made_of, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(shopify_legacy, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(shopify_inventory_has_a_row_a_location, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(woocommerce_variations_inherit_from_their_parent,
						fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(woocommerce_may_write_a_decimal_comma, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(a_parent_that_is_not_there_is_named, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(google_feeds_are_known_by_googles_own_columns,
						fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(ebay_etsy_and_amazon, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(bigcommerce_does_not_say_what_weights_count, fixture_setup,
						fixture_teardown),
		cmocka_unit_test_setup_teardown(units_in_our_own_headers_are_understood, fixture_setup,
						fixture_teardown),
		cmocka_unit_test_setup_teardown(renamed_columns_go_before_the_exports, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(what_an_export_has_beyond_our_needs_is_a_note,
						fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(only_products_are_exports, fixture_setup, fixture_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
