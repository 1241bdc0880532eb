/* SPDX-License-Identifier: MIT */
/*
 * pending DIR PRODUCTS: puts into DIR what a build of so many products on 6 marketplaces in 3 languages
 * leaves after all of it was pasted and then a rate and a promise changed; says how large it is.
 * Then `upfront pending --out DIR` can be timed.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/hash.h"
#include "publish/archive.h"
#include "publish/ledger.h"
#include "publish/shelf.h"

static const char *const markets[] = { "ebay", "etsy", "shopify", "woocommerce", "aliexpress", "allegro" };
static const char *const languages[] = { "en", "de", "fr" };

enum { CLASSES = 40, VALUES = 60 };

/* Values of a class, before and after the change. */
static struct snippet_values class_values(struct arena *arena, int class, int changed)
{
	struct snippet_value *items = arena_array(arena, VALUES, sizeof *items);
	for (int i = 0; i < VALUES; i++) {
		items[i].name = str_format(arena, "to.methods.cn-reg.by_day.%d.claim", i);
		items[i].value = str_format(arena, "%d%%", (class + i) % 90);
	}
	items[0] = (struct snippet_value){ .name = S("to.methods.cn-reg.likely"),
					   .value = changed && class % 2 ? S("16") : S("14") };
	items[1] = (struct snippet_value){ .name = S("to.methods.cn-reg.fee"),
					   .value = changed ? S("10.10 EUR") : S("9.40 EUR") };
	return (struct snippet_values){ items, VALUES };
}

static void put_set(void *context, uint64_t hash, struct str lines)
{
	if (!archive_has(context, hash))
		archive_put(context, hash, lines);
}

/* A build: its shelf, its texts and sets in the archive. Every third class changed. */
static struct shelf *build(struct arena *arena, struct archive *archive, int products, int changed)
{
	struct shelf *shelf = shelf_new();
	struct buf bytes = BUF_INIT, path = BUF_INIT;
	struct snippet_values classes[CLASSES];
	for (int c = 0; c < CLASSES; c++)
		classes[c] = class_values(arena, c, changed && c % 3 == 0);
	for (int m = 0; m < 6; m++)
		for (int l = 0; l < 3; l++)
			for (int p = 0; p < products; p++) {
				int class = p % CLASSES;
				char id[24], number[24], price[24];
				snprintf(id, sizeof id, "SKU-%d", p);
				snprintf(number, sizeof number, "%lld", 110000000000LL + p * 18 + m * 3 + l);
				snprintf(price, sizeof price, "%d.90 EUR", p % 200);
				struct snippet_value own[] = { { .name = S("product.price"), .value = str_of(price) } };
				buf_reset(&bytes);
				buf_addf(&bytes, "<h2>Lamp %d</h2><p>%s %s, %s</p>", p, markets[m], languages[l],
					 changed && class % 3 == 0 ? "10.10" : "9.40");
				for (int row = 0; row < 60; row++)
					buf_addf(&bytes, "<tr><td>%d days</td><td>%d%%</td></tr>", row, (class + row) % 90);
				buf_reset(&path);
				buf_addf(&path, "listings/%s/%s/sku-%d.description.html", markets[m], languages[l], p);
				struct snippet snippet = { .id = str_of(id),
							   .marketplace = str_of(markets[m]),
							   .language = str_of(languages[l]),
							   .field = S("description"),
							   .listing = str_of(number),
							   .title = str_of(id),
							   .path = buf_str(&path),
							   .bytes = buf_str(&bytes),
							   .hash = hash_str(buf_str(&bytes), 0),
							   .count = bytes.len,
							   .unit = S("characters"),
							   .shared = classes[class],
							   .own = { own, 1 } };
				shelf_note(shelf, &snippet);
				if (!archive_has(archive, snippet.hash))
					archive_put(archive, snippet.hash, snippet.bytes);
			}
	shelf_each_set(shelf, put_set, archive);
	shelf_sort(shelf);
	buf_release(&bytes);
	buf_release(&path);
	return shelf;
}

int main(int count, char **arguments)
{
	struct arena arena;
	if (count != 3)
		return 2;
	arena_init(&arena);
	struct str memory = str_format(&arena, "%s/.upfront", arguments[1]);
	int products = atoi(arguments[2]), out = folder_open_path(arguments[1], true);
	int folder = folder_open(out, ".upfront", true);
	struct archive *archive = archive_open(memory.text);
	struct diag *diag = diag_new(".");
	struct ledger *ledger = ledger_read(memory.text, diag);
	struct shelf *shelf = build(&arena, archive, products, 0);
	for (size_t i = 0; i < shelf_count(shelf); i++) {
		const struct shelf_row *row = shelf_row(shelf, i);
		struct shelf_name name = shelf_row_name(shelf, row);
		ledger_tick(ledger, &name, 20779, row->text, row->shared, row->own);
	}
	shelf_free(shelf);
	shelf = build(&arena, archive, products, 1);
	struct buf bytes = BUF_INIT;
	shelf_write(shelf, 1, &bytes);
	if (archive_close_day(archive, 20780) < 0 || ledger_write(ledger, folder) < 0 ||
	    file_replace(folder, "shelf", buf_str(&bytes)) < 0) {
		perror(arguments[1]);
		return 1;
	}
	printf("%zu texts\n", shelf_count(shelf));
	shelf_free(shelf);
	ledger_free(ledger);
	archive_free(archive);
	diag_free(diag);
	buf_release(&bytes);
	arena_release(&arena);
	folder_close(folder);
	folder_close(out);
	return 0;
}
