/* SPDX-License-Identifier: MIT */
/*
 * What the default language has and another one lacks: one warning a file, with the list. Texts that
 * only the other one has are told, too: nobody would see that they are not used.
 */
#include "review/inside.h"

enum { LISTED_MAX = 500 };

/* Names, as many as one can take in, and the count of the rest. */
struct listing_of {
	struct buf text;
	size_t count;
};

static void list_add(struct listing_of *list, struct str name)
{
	if (list->count < LISTED_MAX)
		buf_addf(&list->text, "%s%.*s", list->count ? " " : "", STR(name));
	list->count++;
}

static void list_end(struct listing_of *list)
{
	if (list->count > LISTED_MAX)
		buf_addf(&list->text, " and %zu more", list->count - LISTED_MAX);
}

/* The names of one folder (-1: texts) that `from` has and `other` has not. */
static struct listing_of missing(const struct reviewing *r, const struct library *from,
				 const struct library *other, int folder)
{
	struct listing_of list = { BUF_INIT, 0 };
	for (size_t i = 0; i < from->count; i++) {
		const struct written *written = &from->items[i];
		if (written->folder == folder && !library_find(other, written_name(r->arena, written)))
			list_add(&list, written->id);
	}
	list_end(&list);
	return list;
}

static void check_folder(const struct reviewing *r, const struct library *library, int folder)
{
	struct str own = r->shop->languages[library->edition->language].tag;
	struct str first = r->shop->languages[0].tag;
	const char *kind = folder < 0 ? "text" : folder_names[folder];
	const char *end = folder < 0 ? ".csv" : "";
	struct pos pos = { str_format(r->arena, "content/%s/%.*s%s", kind, STR(own), end).text, 0, 0 };
	struct listing_of lacking = missing(r, &r->libraries[0], library, folder);
	struct listing_of alone = missing(r, library, &r->libraries[0], folder);
	if (lacking.count)
		diag_warning(r->diag, pos,
			     "lacks %zu of '%.*s', which are shown in that language instead: %.*s",
			     lacking.count, STR(first), STR(buf_str(&lacking.text)));
	if (alone.count)
		diag_warning(r->diag, pos, "has %zu that '%.*s' has not: %.*s", alone.count,
			     STR(first), STR(buf_str(&alone.text)));
	buf_release(&lacking.text);
	buf_release(&alone.text);
}

/* Cells of a text column that are filled in the default language. */
struct cells {
	const char *path, *column;
	size_t filled, lacking;
};

static void count_cell(struct cells *cells, const struct translated *text, size_t language)
{
	bool own = text->by_language && text->by_language[language].len;
	if (!translated_get(text, 0).len)
		return;
	cells->filled++;
	cells->lacking += !own;
}

static void check_cells(const struct reviewing *r, const struct cells *cells, size_t language)
{
	struct str tag = r->shop->languages[language].tag;
	struct pos pos = { cells->path, 0, 0 };
	if (cells->lacking)
		diag_warning(r->diag, pos,
			     "%zu of %zu rows have no '%s:%.*s'; the default language's is shown",
			     cells->lacking, cells->filled, cells->column, STR(tag));
}

static void check_tables(const struct reviewing *r, size_t language)
{
	const struct shop *shop = r->shop;
	struct cells services = { "content/carriers.csv", "name", 0, 0 };
	struct cells closures = { "content/closures.csv", "name", 0, 0 };
	struct cells remedies = { "content/remedies.csv", "text", 0, 0 };
	struct cells charges = { "content/charges.csv", "name", 0, 0 };
	struct cells taxes = { "content/customs.csv", "tax_name", 0, 0 };
	for (size_t i = 0; i < shop->service_count; i++)
		count_cell(&services, &shop->services[i].name, language);
	for (size_t i = 0; i < shop->closure_count; i++)
		count_cell(&closures, &shop->closures[i].name, language);
	for (size_t i = 0; i < shop->remedy_count; i++)
		count_cell(&remedies, &shop->remedies[i].text, language);
	for (size_t i = 0; i < shop->charge_count; i++)
		count_cell(&charges, &shop->charges[i].name, language);
	for (size_t i = 0; i < shop->customs_count; i++)
		count_cell(&taxes, &shop->customs[i].tax_names, language);
	check_cells(r, &services, language);
	check_cells(r, &closures, language);
	check_cells(r, &remedies, language);
	check_cells(r, &charges, language);
	check_cells(r, &taxes, language);
}

/* Cells of products are not counted: they stream. */
static void check_products(const struct reviewing *r, size_t language)
{
	struct str tag = r->shop->languages[language].tag;
	struct str names = catalog_untranslated(r->catalog, r->arena, language);
	struct pos pos = { "content/products.csv", 0, 0 };
	struct str rest = names, name;
	while (str_next_word(&rest, &name))
		diag_warning(r->diag, pos,
			     "there is no column '%.*s:%.*s'; the default language's is shown",
			     STR(name), STR(tag));
}

void review_lacks(struct reviewing *r)
{
	for (size_t i = 1; i < r->shop->language_count; i++) {
		for (int folder = -1; folder < FOLDERS; folder++)
			check_folder(r, &r->libraries[i], folder);
		check_tables(r, i);
		check_products(r, i);
	}
}
