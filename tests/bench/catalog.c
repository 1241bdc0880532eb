/* SPDX-License-Identifier: MIT */
/*
 * catalog SHOP N - a catalog of N products on stdout, made from the products of a shop.
 *
 * The shop's rows go round; price and weight of each copy move a little, by a fixed rule, so
 * that bands, limits and break-even prices are all met. Equal arguments give equal bytes, and
 * the first rows of a large catalog equal a small one.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "table/write.h"
#include "shop/catalog.h"

static uint64_t random_state = 20261122;

/* xorshift64*, Marsaglia 2003 and Vigna 2016: repeatable anywhere. */
static unsigned random_below(unsigned limit)
{
	random_state ^= random_state >> 12;
	random_state ^= random_state << 25;
	random_state ^= random_state >> 27;
	return (unsigned)((random_state * UINT64_C(2685821657736338717)) >> 33) % limit;
}

static void add_cell(struct buf *out, const struct catalog *catalog, const struct row *row,
		     size_t column, const struct product *product, size_t copy)
{
	struct str name = catalog_column_name(catalog, column);
	if (str_is(name, "id")) {
		buf_addf(out, "%.*s-%zu", STR(product->id), copy);
	} else if (str_is(name, "price")) {
		int64_t cents = product->price.amount.digits * (70 + random_below(60)) / 100;
		buf_addf(out, "%lld.%02lld EUR", (long long)(cents / 100), (long long)(cents % 100));
	} else if (str_is(name, "shipping_weight")) {
		buf_addf(out, "%lld g", (long long)(product->weight_g * (60 + random_below(80)) / 100 + 1));
	} else {
		write_cell(out, catalog_cell(catalog, row, column)->text);
	}
}

int main(int count, char **arguments)
{
	if (count != 3) {
		fputs("usage: catalog SHOP N\n", stderr);
		return 2;
	}
	struct arena arena;
	arena_init(&arena);
	struct diag *diag = diag_new(arguments[1]);
	struct shop *shop = shop_load(&arena, arguments[1], 0, diag);
	struct catalog *catalog = catalog_open(&arena, shop, diag);
	size_t columns = catalog_columns(catalog), wanted = strtoul(arguments[2], NULL, 10);
	struct buf out = BUF_INIT;
	for (size_t c = 0; c < columns; c++)
		buf_addf(&out, "%s%.*s", c ? "," : "", STR(catalog_column_name(catalog, c)));
	buf_byte(&out, '\n');
	for (size_t made = 0, round = 0; made < wanted; round++) {
		struct row row;
		struct arena scratch;
		arena_init(&scratch);
		catalog_rewind(catalog);
		while (made < wanted && catalog_next(catalog, &scratch, &row)) {
			struct product product;
			if (!catalog_product(catalog, &row, &scratch, &product))
				return 1;
			for (size_t c = 0; c < columns; c++) {
				if (c)
					buf_byte(&out, ',');
				add_cell(&out, catalog, &row, c, &product, round);
			}
			buf_byte(&out, '\n');
			made++;
		}
		fwrite(out.text, 1, out.len, stdout);
		buf_reset(&out);
		arena_release(&scratch);
	}
	return ferror(stdout) || fclose(stdout) ? 3 : 0;
}
