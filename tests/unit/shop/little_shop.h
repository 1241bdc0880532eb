/* SPDX-License-Identifier: MIT */
#ifndef TESTS_UNIT_SHOP_LITTLE_SHOP_H
#define TESTS_UNIT_SHOP_LITTLE_SHOP_H

/*
 * little_shop - a shop of a few rows in a folder of its own, one table of which a test replaces.
 *
 *	struct little_shop little;
 *	little_open(&little);
 *	little_put(&little, "rates.csv", "service,zone,up_to,price\npost,WORLD,1 kg,none\n");
 *	little_load(&little);
 *	little_says(&little, "content/rates.csv:2:17: error: ...\n");
 *	little_close(&little);
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shop/catalog.h"

struct little_shop {
	char folder[64];
	struct arena arena;
	struct diag *diag;
	struct shop *shop;
};

static const char *const little_tables[][2] = {
	{ "shop.csv",
	  "key,value\nname,Little\nurl,https://little.example\nlanguages,en de\ncurrency,EUR\n"
	  "country,CN\ntimezone,Asia/Shanghai\n" },
	{ "carriers.csv", "service,carrier,name\npost,Post,Letter mail\nfast,Fast,Express\n" },
	{ "zones.csv", "service,zone,countries\npost,EU,EU\npost,US,US\nfast,WORLD,*\n" },
	{ "rates.csv", "service,zone,up_to,price\npost,EU,500 g,5.00 EUR\npost,EU,2 kg,9.00 EUR\n"
		       "post,US,2 kg,11.00 EUR\nfast,WORLD,,30.00 EUR\n" },
	{ "products.csv", "id,title,price,shipping_weight\nMUG,Mug,12.00 EUR,400 g\n" },
};

static inline void little_put(struct little_shop *little, const char *name, const char *text)
{
	char path[160];
	snprintf(path, sizeof path, "%s/content/%s", little->folder, name);
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
	assert_int_equal(fclose(file), 0);
}

static inline void little_remove(struct little_shop *little, const char *name)
{
	char path[160];
	snprintf(path, sizeof path, "%s/content/%s", little->folder, name);
	assert_int_equal(unlink(path), 0);
}

static inline void little_open(struct little_shop *little)
{
	char content[80];
	strcpy(little->folder, "/tmp/little-shop-XXXXXX");
	assert_non_null(mkdtemp(little->folder));
	snprintf(content, sizeof content, "%s/content", little->folder);
	assert_int_equal(mkdir(content, 0777), 0);
	for (size_t i = 0; i < sizeof little_tables / sizeof *little_tables; i++)
		little_put(little, little_tables[i][0], little_tables[i][1]);
	arena_init(&little->arena);
	little->diag = diag_new(little->folder);
	little->shop = NULL;
}

/* Loads for 2026-11-22. */
static inline const struct shop *little_load(struct little_shop *little)
{
	int32_t date;
	assert_true(date_of(2026, 11, 22, &date));
	little->shop = shop_load(&little->arena, little->folder, date, little->diag);
	return little->shop;
}

/* All diagnostics so far, one a line, as they are printed but without the source lines. */
static inline void little_says(struct little_shop *little, const char *expected)
{
	static const char *const names[] = { "note", "warning", "error" };
	struct buf said = BUF_INIT;
	struct pos pos;
	enum severity severity;
	struct str text;
	for (size_t i = 0; diag_get(little->diag, i, &pos, &severity, &text); i++) {
		if (pos.file)
			buf_addf(&said, "%s:", pos.file);
		if (pos.line)
			buf_addf(&said, "%u:", pos.line);
		if (pos.column)
			buf_addf(&said, "%u:", pos.column);
		buf_addf(&said, " %s: %.*s\n", names[severity], STR(text));
	}
	buf_byte(&said, 0);
	assert_string_equal(said.text, expected);
	buf_release(&said);
}

static inline void little_close(struct little_shop *little)
{
	char command[160];
	diag_free(little->diag);
	arena_release(&little->arena);
	snprintf(command, sizeof command, "rm -r '%s'", little->folder);
	assert_int_equal(system(command), 0);
}

/* One table replaced: what is said on loading. */
static inline void little_case(const char *name, const char *text, const char *expected)
{
	struct little_shop little;
	little_open(&little);
	little_put(&little, name, text);
	little_load(&little);
	little_says(&little, expected);
	little_close(&little);
}

/* The products replaced: what is said on reading all of them. */
static inline void little_products(struct little_shop *little, const char *text)
{
	struct arena scratch;
	struct row row;
	arena_init(&scratch);
	little_put(little, "products.csv", text);
	struct catalog *catalog = catalog_open(
		&little->arena, little->shop ? little->shop : little_load(little), little->diag);
	while (catalog_next(catalog, &scratch, &row)) {
		struct product product;
		catalog_product(catalog, &row, &scratch, &product);
		arena_reset(&scratch);
	}
	catalog_close(catalog);
	arena_release(&scratch);
}

#endif
