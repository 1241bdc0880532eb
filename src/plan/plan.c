/* SPDX-License-Identifier: MIT */
/* One table of page kinds; folder, name and address are read from it. */
#include "plan/plan.h"

#include "base/hash.h"

struct kind {
	const char *name;
	const char *template;
	const char *folder; /* below the language's folder */
	const char *file;   /* NULL: from slug, code or number */
	int depth;	    /* folders below the web root */
};

static const struct kind kinds[PAGE_KINDS] = {
	[PAGE_START] = { "start", "templates/start.html", "", "index.html", 0 },
	[PAGE_SHOP] = { "shop", "templates/shop.html", "", "index.html", 1 },
	[PAGE_POLICY] = { "policy", "templates/policy.html", "", "policy.html", 1 },
	[PAGE_FAQ] = { "faq", "templates/faq.html", "", "faq.html", 1 },
	[PAGE_PRODUCTS] = { "products", "templates/products.html", "/products", NULL, 2 },
	[PAGE_TO] = { "to", "templates/to.html", "/to", NULL, 2 },
	[PAGE_PRODUCT] = { "product", "templates/product.html", "/p", NULL, 2 },
	/* a listing's text has no address of its own: what it names is the product's page */
	[PAGE_LISTING] = { "listing", "templates/listing.html", "/p", NULL, 2 },
	[PAGE_LISTING_SHOP] = { "listing-shop", "templates/listing-shop.html", "", "policy.html", 1 },
	[PAGE_SLIP] = { "slip", "templates/slip.html", "", NULL, 1 },
};

const char *page_kind_name(enum page_kind kind)
{
	return kinds[kind].name;
}

const char *page_template(enum page_kind kind)
{
	return kinds[kind].template;
}

unsigned plan_shard(struct str slug)
{
	return (unsigned)(hash_str(slug, 0) % PLAN_SHARDS);
}

static void add_folder(struct buf *out, const struct shop *shop, enum page_kind kind,
		       size_t language, struct str slug)
{
	if (kind == PAGE_START)
		return;
	buf_add(out, shop->languages[language].tag);
	buf_add(out, str_of(kinds[kind].folder));
	if ((kind == PAGE_PRODUCT || kind == PAGE_LISTING || kind == PAGE_SLIP) &&
	    shop->settings.sharded)
		buf_addf(out, "/%02x", plan_shard(slug));
}

void plan_folder(struct buf *out, const struct shop *shop, enum page_kind kind, size_t language,
		 struct str slug)
{
	buf_add(out, kind == PAGE_START ? S("site") : kind == PAGE_SLIP ? S("slips/") : S("site/"));
	add_folder(out, shop, kind, language, slug);
}

void plan_name(struct buf *out, enum page_kind kind, struct str slug_or_code, size_t number)
{
	if (kinds[kind].file) {
		buf_add(out, str_of(kinds[kind].file));
		return;
	}
	if (kind == PAGE_PRODUCTS)
		buf_number(out, (int64_t)number);
	else
		buf_add(out, slug_or_code);
	buf_add(out, S(".html"));
}

void plan_path(struct buf *out, const struct shop *shop, enum page_kind kind, size_t language,
	       struct str slug_or_code, size_t number)
{
	size_t before = out->len;
	add_folder(out, shop, kind, language, slug_or_code);
	if (out->len > before)
		buf_byte(out, '/');
	plan_name(out, kind, slug_or_code, number);
}

const char *plan_way_up(const struct shop *shop, enum page_kind kind)
{
	static const char *const ways[] = { "", "../", "../../", "../../../" };
	return ways[kinds[kind].depth + (kind == PAGE_PRODUCT && shop->settings.sharded)];
}

const char *plan_way_home(const struct shop *shop, enum page_kind kind)
{
	const char *up = plan_way_up(shop, kind);
	return *up ? up + 3 : "";
}

size_t plan_list_pages(size_t products)
{
	return products ? (products + PRODUCTS_A_PAGE - 1) / PRODUCTS_A_PAGE : 1;
}
