/* SPDX-License-Identifier: MIT */
/*
 * In: the shop. Out: every file of the site that is no product's page: start, shop, policy,
 * questions, countries, assets, sitemap, robots.txt. Rendered into memory before the gate, by all workers, and
 * published after it.
 */
#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "build/sitemap.h"
#include "build/work.h"

#define ASSET_MAX ((size_t)4 * 1024 * 1024)

struct site_file {
	struct str folder, name, bytes, language;
	size_t destination; /* of a country's page; SIZE_MAX */
};

static struct site_file site_file_of(struct work *work, struct str folder, struct str name,
				     struct str bytes, struct str language)
{
	return (struct site_file){ str_copy(&work->arena, folder), str_copy(&work->arena, name),
				   str_copy(&work->arena, bytes), language, SIZE_MAX };
}

static void add_file(struct work *work, struct site_file file)
{
	work->site_files = arena_push(&work->arena, work->site_files, &work->site_file_count,
				      sizeof *work->site_files);
	work->site_files[work->site_file_count - 1] = file;
}

/* A page that is no product's, for whoever is free; `file` has no folder when it is not made. */
struct site_page {
	size_t language;
	struct page_request request;
	struct site_file file;
};

struct site_pages {
	struct site_page *items; /* in the order in which they are published */
	size_t count, next;
};

static void plan_page(struct work *work, size_t language, struct page_request request)
{
	struct site_pages *pages = work->site_pages;
	request.product_count = work->product_count;
	request.count = plan_list_pages(work->product_count);
	pages->items = arena_push(&work->arena, pages->items, &pages->count, sizeof *pages->items);
	pages->items[pages->count - 1] = (struct site_page){ .language = language, .request = request };
}

static void plan_language(struct work *work, size_t language)
{
	static const enum page_kind plain[] = { PAGE_POLICY, PAGE_FAQ };
	const struct card *cards = work->first_cards ? &work->first_cards[language * FIRST_CARDS] : NULL;
	struct page_request shop = { .kind = PAGE_SHOP,
				     .cards = cards,
				     .card_count = work->first_card_count };
	struct page_request list = shop;
	list.kind = PAGE_PRODUCTS;
	list.number = 1;
	plan_page(work, language, shop);
	plan_page(work, language, list); /* a trial: the lists themselves come with the products */
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
		plan_page(work, language, (struct page_request){ .kind = plain[i] });
	for (size_t i = 0; i < work->shop->destination_count; i++)
		plan_page(work, language, (struct page_request){ .kind = PAGE_TO, .destination = i });
}

void site_plan(struct work *work)
{
	if (work->same_site)
		return;
	cards_load(work);
	work->site_pages = arena_new(&work->arena, sizeof *work->site_pages);
	plan_page(work, 0, (struct page_request){ .kind = PAGE_START });
	for (size_t i = 0; i < work->shop->language_count; i++)
		plan_language(work, i);
}

static void keep_page(struct work *work, struct site_page *page, struct str bytes)
{
	const struct page_request *request = &page->request;
	bool to = request->kind == PAGE_TO;
	struct str code = to ? place_str(&work->shop->destinations[request->destination]) : S("");
	struct buf folder = BUF_INIT, name = BUF_INIT;
	plan_folder(&folder, work->shop, request->kind, page->language, S(""));
	plan_name(&name, request->kind, code, 0);
	pthread_mutex_lock(&work->lock);
	page->file = site_file_of(work, buf_str(&folder), buf_str(&name), bytes,
				  work->shop->languages[page->language].tag);
	pthread_mutex_unlock(&work->lock);
	if (to)
		page->file.destination = request->destination;
	buf_release(&folder);
	buf_release(&name);
}

static struct site_page *take_page(struct work *work)
{
	struct site_pages *pages = work->site_pages;
	pthread_mutex_lock(&work->lock);
	struct site_page *page = pages->next < pages->count ? &pages->items[pages->next++] : NULL;
	pthread_mutex_unlock(&work->lock);
	return page;
}

void site_render(struct work *work)
{
	struct buf bytes = BUF_INIT;
	struct str trouble;
	for (struct site_page *page; work->site_pages && (page = take_page(work));) {
		buf_reset(&bytes);
		if (!page_render(work->editions[page->language], &work->workings, &page->request, &bytes,
				 &trouble))
			diag_error(work->diag, (struct pos){ .file = page_template(page->request.kind) },
				   "the page would write '%.*s', which is not known here; guard it with u:if",
				   STR(trouble));
		else if (page->request.kind != PAGE_PRODUCTS)
			keep_page(work, page, buf_str(&bytes));
	}
	buf_release(&bytes);
}

/* templates/assets goes out as it is. */
static void read_assets(struct work *work)
{
	struct str folder = str_format(&work->arena, "%s/templates/assets", work->options->folder);
	struct str *names;
	size_t count;
	struct buf bytes = BUF_INIT;
	if (file_list(&work->arena, folder.text, &names, &count) < 0)
		count = 0;
	for (size_t i = 0; i < count; i++) {
		struct file_stat stat;
		struct str path = str_format(&work->arena, "%.*s/%.*s", STR(folder), STR(names[i]));
		if (names[i].text[0] == '.' || file_look(path.text, &stat) < 0 || stat.is_folder)
			continue;
		if (file_read(path.text, ASSET_MAX, &bytes) < 0)
			diag_error(work->diag, (struct pos){ .file = path.text }, "cannot read this file: %s",
				   strerror(errno));
		else
			add_file(work, site_file_of(work, S("site/assets"), names[i], buf_str(&bytes), S("")));
	}
	buf_release(&bytes);
}

static void add_robots(struct work *work)
{
	struct str text = str_format(&work->arena, "User-agent: *\nAllow: /\n\nSitemap: %.*s/sitemap.xml\n",
				     STR(work->shop->settings.url));
	add_file(work, site_file_of(work, S("site"), S("robots.txt"), text, S("")));
}

void site_gather(struct work *work)
{
	if (!work->site_pages)
		return;
	for (size_t i = 0; i < work->site_pages->count; i++)
		if (work->site_pages->items[i].file.folder.len)
			add_file(work, work->site_pages->items[i].file);
	read_assets(work);
	add_robots(work);
}

static const char *reason_of_site(const struct work *work)
{
	return work->same_context ? "the list of products" : "the shop's tables, texts or templates";
}

void site_put(struct work *work, enum page_kind kind, size_t language, struct str code,
	      size_t number, struct str bytes)
{
	struct buf folder = BUF_INIT, name = BUF_INIT;
	plan_folder(&folder, work->shop, kind, language, code);
	plan_name(&name, kind, code, number);
	buf_byte(&folder, 0);
	enum change change = publisher_put(work->publisher, folder.text, buf_str(&name), bytes);
	buf_reset(&folder);
	plan_folder(&folder, work->shop, kind, language, code);
	buf_addf(&folder, "/%.*s", STR(buf_str(&name)));
	changes_add_file(&work->changes,
		    (struct file_change){ .path = buf_str(&folder),
					 .language = work->shop->languages[language].tag,
					 .change = change,
					 .reason = reason_of_site(work) });
	buf_release(&folder);
	buf_release(&name);
}

static void put_file(struct work *work, const struct site_file *file)
{
	enum change change =
		publisher_put(work->publisher, file->folder.text, file->name, file->bytes);
	struct str rule = reason_of_rules(work, file->destination);
	if (change == CHANGE_NONE)
		return;
	changes_add_file(&work->changes,
		    (struct file_change){
			    .path = str_format(&work->arena, "%.*s/%.*s", STR(file->folder), STR(file->name)),
			    .language = file->language,
			    .change = change,
			    .reason = rule.len ? rule.text : reason_of_site(work) });
}

void site_publish(struct work *work)
{
	for (size_t i = 0; i < work->site_file_count; i++)
		put_file(work, &work->site_files[i]);
	if (!work->same_site)
		sitemap_publish(work);
}
