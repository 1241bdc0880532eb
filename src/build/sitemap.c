/* SPDX-License-Identifier: MIT */
/* Addresses are added to one part until it is full, then the next part begins. */
#include "build/sitemap.h"

/* Smaller than the protocol's 50 MiB, since a part is held in memory while it is made. */
enum { URLS_MAX = 50000, PART_MAX = 8 * 1024 * 1024 };

struct sitemap {
	struct work *work;
	struct buf part, path;
	size_t urls, parts;
};

static void put(struct work *work, struct str name, struct str bytes)
{
	enum change change = publisher_put(work->publisher, "site", name, bytes);
	changes_add_file(&work->changes,
		    (struct file_change){ .path = str_format(&work->arena, "site/%.*s", STR(name)),
					 .change = change,
					 .reason = "the list of pages" });
}

static void end_part(struct sitemap *map)
{
	if (!map->urls)
		return;
	buf_add(&map->part, S("</urlset>\n"));
	struct str name = str_format(&map->work->arena, "sitemap-%zu.xml", ++map->parts);
	put(map->work, name, buf_str(&map->part));
	buf_reset(&map->part);
	map->urls = 0;
}

static void add_address(struct sitemap *map, enum page_kind kind, size_t language, struct str code,
			size_t number)
{
	const struct shop *shop = map->work->shop;
	buf_reset(&map->path);
	plan_path(&map->path, shop, kind, language, code, number);
	escape_add(&map->part, shop->settings.url, ESCAPE_TEXT);
	buf_byte(&map->part, '/');
	escape_add(&map->part, buf_str(&map->path), ESCAPE_TEXT);
}

static void add_page(struct sitemap *map, enum page_kind kind, size_t language, struct str code,
		     size_t number)
{
	const struct shop *shop = map->work->shop;
	struct buf *out = &map->part;
	if (map->urls == URLS_MAX || out->len > PART_MAX)
		end_part(map);
	if (!map->urls++)
		buf_add(out, S("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
			       "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" "
			       "xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n"));
	buf_add(out, S("<url><loc>"));
	add_address(map, kind, language, code, number);
	buf_add(out, S("</loc>"));
	for (size_t i = 0; shop->language_count > 1 && i < shop->language_count; i++) {
		buf_addf(out, "<xhtml:link rel=\"alternate\" hreflang=\"%.*s\" href=\"",
			 STR(shop->languages[i].tag));
		add_address(map, kind, i, code, number);
		buf_add(out, S("\"/>"));
	}
	buf_add(out, S("</url>\n"));
}

static void add_language(struct sitemap *map, size_t language)
{
	struct work *work = map->work;
	struct buf slug = BUF_INIT;
	add_page(map, PAGE_SHOP, language, S(""), 0);
	add_page(map, PAGE_POLICY, language, S(""), 0);
	add_page(map, PAGE_FAQ, language, S(""), 0);
	for (size_t i = 0; i < work->shop->destination_count; i++)
		add_page(map, PAGE_TO, language, place_str(&work->shop->destinations[i]), 0);
	for (size_t i = 0; work->product_count && i < plan_list_pages(work->product_count); i++)
		add_page(map, PAGE_PRODUCTS, language, S(""), i + 1);
	for (size_t i = 0; i < work->product_count; i++) {
		buf_reset(&slug);
		slugs_show(&work->slugs, i, &slug);
		add_page(map, PAGE_PRODUCT, language, buf_str(&slug), 0);
	}
	buf_release(&slug);
}

static void publish_index(struct sitemap *map)
{
	struct buf out = BUF_INIT;
	buf_add(&out, S("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
			"<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"));
	for (size_t i = 1; i <= map->parts; i++) {
		buf_add(&out, S("<sitemap><loc>"));
		escape_add(&out, map->work->shop->settings.url, ESCAPE_TEXT);
		buf_addf(&out, "/sitemap-%zu.xml</loc></sitemap>\n", i);
	}
	buf_add(&out, S("</sitemapindex>\n"));
	put(map->work, S("sitemap.xml"), buf_str(&out));
	buf_release(&out);
}

void sitemap_publish(struct work *work)
{
	struct sitemap map = { .work = work };
	for (size_t i = 0; i < work->shop->language_count; i++)
		add_language(&map, i);
	end_part(&map);
	publish_index(&map);
	buf_release(&map.part);
	buf_release(&map.path);
}
