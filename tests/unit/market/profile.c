/* SPDX-License-Identifier: MIT */
/* Profiles: read strictly, overridden by the seller, each rule with where it comes from. */
#include "unit/market/fixture.h"

/* What is said of a profile with these rows. */
static void says(const char *rows, const char *expected)
{
	struct stall stall;
	little_open(&stall.little);
	stall_put(&stall, "stall.csv", rows, ",test,2026-11-22,V");
	stall_load(&stall);
	little_says(&stall.little, expected);
	stall_close(&stall);
}
#define AT "content/marketplaces/stall.csv:"

static void unknown_rules_and_values_are_named(void **state)
{
	(void)state;
	says("text,placement,allowed\ntext,limt,9 bytes\n",
	     AT "3:6: error: there is no rule 'limt'; did you mean 'limit'?\n");
	says("text,placement,alowed\n", AT
	     "2:16: error: 'alowed' is no value of 'placement'; it may be 'withheld', 'elsewhere', "
	     "'unforbidden', 'allowed'\n");
	says("text,limit,9 bytes\n",
	     AT "2:12: error: the field 'text' has no rule 'placement', so nobody knows whether a "
		"text may stand in it; add one\n");
	says("text,placement,allowed\ntext,limit,many\n",
	     AT "3:12: error: 'many' is no size; write it as '4000 characters', '40000 bytes', '64 "
		"KB' "
		"or '10240 shift_jis'\n");
	says("text,placement,allowed\ntext,limit,9 words\n",
	     AT "3:12: error: 'words' is no unit; it may be 'characters', 'bytes', 'KB' or "
		"'shift_jis'\n");
	says("text,placement,allowed\ntext,drop_order,faq custom\n",
	     AT "3:17: error: there is no block 'custom'; did you mean 'customs'?\n");
	says("text,placement,allowed\ntext,refuse,emojis\n",
	     AT "3:13: error: there are no characters 'emojis'; did you mean 'emoji'?\n");
	says("text,placement,allowed\ntext,count,li=x\n", AT
	     "3:12: error: 'li=x' is no way of counting; it may be 'markup', 'text', 'container', "
	     "'li=3', 'br=50', 'p=50', 'nbsp=1' or 'cjk=1.43'\n");
	says("text,placement,allowed\ntext,attributes,style\n", AT
	     "3:17: error: 'style' is no attribute of a tag; write it as 'img.src' or '*.style'\n");
	says("text,placement,allowed\ntext,style,td: color:url(x)\n",
	     AT "3:12: error: '(' has no place in inline CSS here; write properties and plain "
		"values\n");
}

/* What was asked of one of them need not be asked of the other. */
static void fields_that_refuse_the_same_have_one_number(void **state)
{
	static const char rows[] = "text,placement,allowed\ntext,contact,email phone\n"
				   "same,placement,allowed\nsame,contact,phone email\nsame,limit,9 bytes\n"
				   "more,placement,allowed\nmore,contact,email phone url\n"
				   "word,placement,allowed\nword,contact,email phone\nword,banned,*: cheap\n";
	struct stall stall;
	(void)state;
	little_open(&stall.little);
	stall_put(&stall, "stall.csv", rows, ",test,2026-11-22,V");
	stall_load(&stall);
	little_says(&stall.little, "");
	const struct market *market = stall.field->market;
	assert_int_equal(market_field_find(market, S("same"), S(""))->refuses, stall.field->refuses);
	assert_int_not_equal(market_field_find(market, S("more"), S(""))->refuses, stall.field->refuses);
	assert_int_not_equal(market_field_find(market, S("word"), S(""))->refuses, stall.field->refuses);
	stall_close(&stall);
}

static void names_of_things_are_looked_at(void **state)
{
	static const struct {
		const char *row, *why;
	} cases[] = {
		{ "tags,p <br>", "11: error: '<br>' is no name of a tag; write it in small letters and "
				 "without brackets, such as 'li'" },
		{ "inside,li: B", "13: error: 'B' is no name of a tag; write it in small letters and "
				  "without brackets, such as 'li'" },
		{ "links,https://shop.example", "12: error: 'https://shop.example' is no host; write it "
						"as 'shop.example', or 'none', or 'https' alone" },
		{ "links,https shop.example", "12: error: 'https' is no host; write it as "
					      "'shop.example', or 'none', or 'https' alone" },
		{ "images,all", "13: error: 'all' is no host; write it as 'shop.example', or 'none', or "
				"'any' alone" },
		{ "image_max,700", "16: error: '700' is no pair; write it as 'width=700'" },
		{ "map,strong=<b>", "10: error: '<b>' is no name of a tag; write it in small letters "
				    "and without brackets, such as 'li'" },
		{ "bom,perhaps", "10: error: 'perhaps' is no value of 'bom'; it may be 'no', 'yes', "
				 "'false', 'true', '0', '1'" },
		{ "image_max,width=wide", "16: error: 'wide' is no whole number; write digits alone" },
		{ "languages,english", "16: error: 'english' is no language; write its tag, such as "
				       "'de' or 'pt-BR'" },
		{ "banned,German: neu", "13: error: 'German' is no language; write its tag, such as "
					"'de' or 'pt-BR'" },
		{ "container,ebay-drafts", "16: error: there is no container 'ebay-drafts'; did you "
					   "mean 'ebay-draft'?" },
		{ "format,xml", "13: error: 'xml' is no value of 'format'; it may be 'plain', 'html', "
				"'json', 'json-plain'" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char rows[200], why[300];
		snprintf(rows, sizeof rows, "text,placement,allowed\ntext,%s\n", cases[i].row);
		snprintf(why, sizeof why, AT "3:%s\n", cases[i].why);
		says(rows, why);
	}
}

static void rules_that_do_not_fit_each_other_are_named(void **state)
{
	(void)state;
	says("text,placement,elsewhere\n", AT "2:16: error: the field 'text' sends its text "
					      "elsewhere; name the other field in a row "
					      "'instead'\n");
	says("text,placement,elsewhere\ntext,instead,txet\nother,placement,allowed\n",
	     AT "3:14: error: there is no field 'txet'; did you mean 'text'?\n");
	says("text,placement,allowed\ntext,placement,withheld\n",
	     AT "3:6: error: 'placement' of the field 'text' stands in line 2 already; take one of "
		"them "
		"out\n");
	says("text,placement,allowed\ntext,name,Stall\n", AT
	     "3:1: error: 'name' speaks of the marketplace as a whole; write '*' as its field\n");
	says("text,placement,allowed\ntext,mandatory,fee\ntext,drop_order,faq fee\n",
	     AT "4:17: error: 'fee' is mandatory, so it cannot be left out\n");
	says("text,placement,allowed\ntext,limit,9 bytes\ntext,minimum,10 bytes\n",
	     AT "4:14: error: the minimum is more than the limit\n");
	says("text,placement,allowed\ntext,limit,9 bytes\ntext,minimum,3 characters\n",
	     AT "4:14: error: this field's sizes are in another unit; use one\n");
	says("text,placement,allowed\ntext,contact,social\n", AT
	     "3:14: error: 'social' names are forbidden, but no row 'social_names' lists them\n");
	says("text,placement,allowed\ntext,format,html\ntext,entities,none\n",
	     AT "4:15: error: 'text' is written in HTML, which cannot be without entities\n");
	says("text,placement,allowed\n*,site_languages,stall.de=de\n",
	     AT "3:18: error: 'stall.de' is no site of the row 'sites', which must stand above\n");
	says("text,placement,allowed\n*,sites,stall.de=DE\n*,site_languages,stall.de=german\n",
	     AT "4:18: error: 'german' is no language; write its tag, such as 'de' or 'pt-BR'\n");
	says("text,placement,unforbidden\ntext,visibility,seller\n",
	     AT "2:16: error: no buyer sees 'text', so a text there is told to nobody; withhold it, "
		"or write 'buyer' as its 'visibility'\n");
	says("text,placement,allowed\ntext,pieces_max,3\n",
	     AT "3:17: error: where one block of 'text' ends and the next begins is not told; add "
		"a row 'between' with what stands there, such as 'U+000A' for a line end\n");
	says("te xt,placement,allowed\n", AT "2:1: error: 'te xt' is no name of a field; write "
					     "small letters, digits and '_', or '*' "
					     "for all fields\n");
}

static void each_rule_says_how_sure_it_is(void **state)
{
	(void)state;
	struct stall stall;
	little_open(&stall.little);
	stall_put(&stall, "stall.csv", "text,placement,allowed,,,M\ntext,limit,9 bytes,,,V\n"
							"text,working,9 bytes,a book,,V2\n", " ");
	stall_put(
		&stall, "stool.csv",
		"text,placement,allowed,,,X\ntext,limit,9 bytes,,,?\nmore,placement,allowed,,,M\n",
		" ");
	stall_load(&stall);
	little_says(&stall.little,
		    "content/marketplaces/stall.csv:3:6: warning: the rule 'limit' was read but "
		    "names no "
		    "source; add it, or write 'M' as its confidence\n"
		    "content/marketplaces/stall.csv:4:6: warning: the rule 'working' was read, but "
		    "not on which day; add 'checked_on'\n"
		    "content/marketplaces/stool.csv:2:26: error: 'X' is no confidence; write 'V' "
		    "(read in "
		    "an official source), 'V2' (second-hand), 'M' (believed) or '?' (not found)\n"
		    "content/marketplaces/stool.csv:3:12: error: a limit that was not found is no "
		    "number; "
		    "write '?' here and the size to obey in a row 'working'\n");
	assert_string_equal(market_confidence_mark(stall.field->placed_by->confidence), "M");
	stall_close(&stall);
}

static void what_is_not_known_is_no_number(void **state)
{
	(void)state;
	struct stall stall;
	stall_open(&stall, "text,limit,?\ntext,working,9 characters\n*,claim_window_days,?\n");
	assert_int_equal(stall.field->limit, 0);
	assert_int_equal(stall.field->working, 9);
	assert_int_equal(stall.field->market->claim_window_days, -1);
	stall_fails(
		&stall, "<p>one two three</p>",
		"'text' takes 9 characters (a working size, the limit is not known), and what must "
		"stand in it needs 13; shorten the texts");
	stall_close(&stall);
}

static void the_seller_overrides_single_rules(void **state)
{
	(void)state;
	struct stall stall;
	little_open(&stall.little);
	stall_put(&stall, "stall.csv",
		  "*,name,Stall\n*,claim_window_days,30\ntext,placement,withheld\ntext,limit,100 "
		  "bytes\n"
		  "text,banned,en: new\ntext,banned,de: neu\nmore,placement,allowed\n",
		  ",a book,2026-11-22,V2");
	stall_put(&stall, "local.csv",
		  "stall,text,placement,allowed,\nstall,text,limit,50 bytes,\n"
		  "stall,text,limit,20 bytes,socks\nstall,text,banned,en: old,\n"
		  "stall,*,claim_window_days,45,\nstall,text,encoding,shift_jis,\nstall,more,bom,"
		  "true,\n",
		  "");
	stall_load(&stall);
	little_says(&stall.little, "");
	const struct market *market = market_find(stall.markets, S("stall"));
	const struct market_field *socks = market_field_find(market, S("text"), S("socks"));
	assert_int_equal(market->claim_window_days, 45);
	assert_true(market_emits(stall.field));
	assert_int_equal(stall.field->limit, 50);
	assert_int_equal(socks->limit, 20);
	assert_ptr_equal(market_field_find(market, S("text"), S("hats")), stall.field);
	assert_ptr_not_equal(market_field_find(market, S("more"), S("socks")), socks);
	assert_string_equal(stall.field->encoding, "windows-31j");
	assert_string_equal(market_field_find(market, S("more"), S(""))->encoding, "UTF-8");
	assert_true(market_field_find(market, S("more"), S(""))->bom);
	const struct market_rule *rule = market_rule_find(stall.field, "limit");
	assert_string_equal(market_confidence_mark(rule->confidence), "local");
	assert_true(str_is(rule->over->value, "100 bytes") && str_is(rule->over->source, "a book"));
	assert_int_equal(rule->over->confidence, MARKET_REPORTED);
	assert_int_equal(stall.field->form->banned_count, 1);
	stall_close(&stall);
}

static void a_seller_names_what_there_is(void **state)
{
	(void)state;
	struct stall stall;
	little_open(&stall.little);
	stall_put(&stall, "stall.csv", "text,placement,allowed\n", ",test,2026-11-22,V");
	stall_put(&stall, "local.csv", "stal,text,limit,9 bytes,\nstall,txt,limit,9 bytes,\n", "");
	stall_load(&stall);
	little_says(
		&stall.little,
		"content/marketplaces/local.csv:2:1: error: there is no marketplace with a profile "
		"'stal'; did you mean 'stall'?\n"
		"content/marketplaces/local.csv:3:7: error: there is no field 'txt'; did you mean "
		"'text'?\n");
	stall_close(&stall);
}

/* Every marketplace of the list has a profile that says where each of its rules comes from. */
static void the_project_knows_its_marketplaces(void **state)
{
	static const char ids[] =
		"ebay amazon etsy shopify woocommerce mercadolibre allegro aliexpress "
		"walmart tiktok shopee lazada ozon wildberries yandex rakuten temu "
		"cdiscount fnac emag coupang alibaba bol kaufland trendyol google meta";
	struct str rest = str_of(ids), id;
	struct arena arena;
	struct diag *diag = diag_new(".");
	int32_t date;
	(void)state;
	arena_init(&arena);
	assert_true(date_of(2026, 11, 22, &date));
	const struct markets *markets =
		markets_new(&arena, shop_load(&arena, ".", date, diag), diag);
	assert_int_equal(diag_errors(diag) + diag_warnings(diag), 0);
	while (str_next_word(&rest, &id)) {
		const struct market *market = market_find(markets, id);
		if (!market)
			fail_msg("'%.*s' has no profile", STR(id));
		for (size_t i = 0; i < market->field_count; i++) {
			const struct market_field *field = &market->fields[i];
			assert_true(field->rule_count >= 5);
			if (!market_emits(field) && !field->reason.len)
				fail_msg("%.*s %.*s is withheld without a reason", STR(id),
					 STR(field->id));
			if (market_emits(field) && !field->limit && !field->working)
				fail_msg("%.*s %.*s has neither limit nor working size", STR(id),
					 STR(field->id));
			for (size_t j = 0; j < field->rule_count; j++)
				assert_int_not_equal(field->rules[j].checked_on, DATE_NONE);
		}
	}
	diag_free(diag);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(unknown_rules_and_values_are_named),
		cmocka_unit_test(fields_that_refuse_the_same_have_one_number),
		cmocka_unit_test(names_of_things_are_looked_at),
		cmocka_unit_test(rules_that_do_not_fit_each_other_are_named),
		cmocka_unit_test(each_rule_says_how_sure_it_is),
		cmocka_unit_test(what_is_not_known_is_no_number),
		cmocka_unit_test(the_seller_overrides_single_rules),
		cmocka_unit_test(a_seller_names_what_there_is),
		cmocka_unit_test(the_project_knows_its_marketplaces),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
