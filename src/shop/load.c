/* SPDX-License-Identifier: MIT */
/*
 * A folder of tables in, the shop out: the order of reading, and what the loaders share. The
 * tables are read in the order in which they refer to one another.
 */
#include "shop/load.h"

#include "base/file.h"
#include "base/hash.h"

/* Contents flags that carriers usually ask for: known even where no service refuses them. */
static const char *const usual_flags[] = { "battery", "fragile", "liquid", "magnet", "food" };

/* The shop keeps sets of contents flags and of services in 64 bits. */
enum { FLAGS_MAX = 64 };

void load_sheet(struct loading *loading, struct sheet *sheet, const char *path)
{
	struct shop *shop = loading->shop;
	sheet_open(sheet, loading->arena, path, &shop->reading, shop->date, loading->diag);
	sheet->turns = &shop->turns;
	shop->hash = hash_str(str_of(path), shop->hash);
	shop->hash = hash_number(table_hash(sheet->table), shop->hash);
}

void load_missing(struct loading *loading, const struct sheet *sheet, const char *path,
		  const char *holds)
{
	if (!table_exists(sheet->table) && !sheet->unsound)
		diag_error(loading->diag, (struct pos){ path, 0, 0 },
			   "there is no such file, and it holds %s; 'upfront init DIR' makes a "
			   "shop with all tables to start from",
			   holds);
}

bool load_knows_service(const struct shop *shop, struct reader *r, struct column column,
			struct str id)
{
	if (map_find(&shop->service_known, id))
		return true;
	if (!shop->service_id_count) { /* carriers.csv itself was reported */
		r->bad = true;
		return false;
	}
	struct str near = str_nearest(id, shop->service_ids, shop->service_id_count);
	if (near.len)
		read_fault(r, column, "there is no service '%s'; did you mean '%s'?",
			   shown(id).text, shown(near).text);
	else
		read_fault(r, column, "there is no service '%s'; content/carriers.csv lists them",
			   shown(id).text);
	return false;
}

struct service *load_service(struct loading *loading, struct reader *r, struct column column)
{
	struct str id = read_text(r, column);
	if (!id.len || !load_knows_service(loading->shop, r, column, id))
		return NULL;
	return shop_service(loading->shop, id);
}

uint64_t load_flag_bit(const struct shop *shop, struct str flag)
{
	for (size_t i = 0; i < shop->contents_count; i++)
		if (str_equal_fold(shop->contents[i], flag))
			return UINT64_C(1) << i;
	return 0;
}

uint64_t load_flag(struct loading *loading, struct reader *r, struct column column, struct str flag)
{
	struct shop *shop = loading->shop;
	uint64_t bit = load_flag_bit(shop, flag);
	if (bit)
		return bit;
	if (shop->contents_count == FLAGS_MAX) {
		read_fault(r, column, "'%s' is one flag too many; there may be %d",
			   shown(flag).text, FLAGS_MAX);
		return 0;
	}
	shop->contents = arena_push(loading->arena, shop->contents, &shop->contents_count,
				    sizeof(struct str));
	shop->contents[shop->contents_count - 1] = flag;
	return UINT64_C(1) << (shop->contents_count - 1);
}

static void start_flags(struct loading *loading)
{
	struct shop *shop = loading->shop;
	for (size_t i = 0; i < sizeof usual_flags / sizeof *usual_flags; i++) {
		shop->contents = arena_push(loading->arena, shop->contents, &shop->contents_count,
					    sizeof(struct str));
		shop->contents[i] = str_of(usual_flags[i]);
	}
}

/* shipments.csv is streamed by promise/; here it only matters whether there is one. */
static bool has_shipments(struct arena *arena, const char *folder)
{
	struct file_stat stat;
	return file_look(str_format(arena, "%s/content/shipments.csv", folder).text, &stat) == 0;
}

struct shop *shop_load(struct arena *arena, const char *folder, int32_t date, struct diag *diag)
{
	struct shop *shop = arena_new(arena, sizeof *shop);
	struct loading loading = { .arena = arena, .shop = shop, .diag = diag };
	loading.zones.arena = shop->service_known.arena = arena;
	shop->folder = str_copy(arena, str_of(folder)).text;
	shop->date = date;
	shop->reading.folder = shop->folder;
	shop->service_by_id.arena = shop->handling_by_profile.arena = arena;
	start_flags(&loading);
	if (!load_settings(&loading))
		return shop;
	load_renamings(&loading);
	load_services(&loading);
	load_zones(&loading);
	load_rates(&loading);
	load_handling(&loading);
	load_closures(&loading);
	load_seasons(&loading);
	load_ontime(&loading);
	load_customs(&loading);
	load_chapters(&loading);
	load_tariffs(&loading);
	load_charges(&loading);
	load_fx(&loading);
	load_countries(&loading);
	load_remedies(&loading);
	load_support(&loading);
	load_questions(&loading);
	load_listings(&loading);
	load_listing_settings(&loading);
	load_markets(&loading);
	load_channels(&loading);
	load_placeholders(&loading);
	load_phrases(&loading);
	load_claims(&loading);
	shop->has_shipments = has_shipments(arena, shop->folder);
	return shop;
}
