/* SPDX-License-Identifier: MIT */
/*
 * In: promises, advice and changes. Out: report/advice.csv, report/promises.csv, every lane's share and claim by day from order
 * to door, and report/changes.csv.
 */
#include <stdio.h>

#include "base/threads.h"
#include "build/work.h"
#include "output/advice.h"
#include "output/backtest.h"
#include "review/review.h"
#include "table/write.h"

/* Pages of a first build are listed one by one up to so many products. */
enum { LISTED_MAX = 2000 };

/* What all rows of a lane begin with, and what they end with. */
static void add_head(struct buf *out, const struct promise *promise)
{
	struct place from = promise->service->ships_from;
	const struct str cells[] = { promise->service->id, place_str(&from), place_str(&promise->to),
				     promise->handling ? promise->handling->profile : S("") };
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		write_cell(out, cells[i]);
		buf_byte(out, ',');
	}
}

static void add_tail(struct buf *out, const struct promise *promise)
{
	buf_addf(out, ",%lld,%lld,%lld,%s,", (long long)promise->parcels, (long long)promise->lost,
		 (long long)promise->open, pooled_name(promise->pooled));
	if (promise->since != DATE_NONE)
		date_add(out, promise->since);
	buf_byte(out, ',');
	if (promise->until != DATE_NONE)
		date_add(out, promise->until);
	buf_byte(out, '\n');
}

/* A share of one in `places` digits behind the point. */
static void add_share(struct buf *out, long parts, int places)
{
	char *digits = buf_grow(out, (size_t)places + 2);
	for (int i = places + 1; i > 1; i--, parts /= 10)
		digits[i] = (char)('0' + parts % 10);
	digits[1] = '.';
	digits[0] = (char)('0' + parts);
	out->len += (size_t)places + 2;
}

static void add_lane(struct buf *out, const struct promise *promise)
{
	struct buf head = BUF_INIT, tail = BUF_INIT;
	add_head(&head, promise);
	add_tail(&tail, promise);
	for (int day = 0; day < PROMISE_DAYS; day++) {
		buf_add(out, buf_str(&head));
		buf_number(out, day);
		buf_byte(out, ',');
		/* six digits: more than the data carry, enough to tell lanes apart */
		add_share(out, (long)(promise->door.share[day] * 1e6 + 0.5), 6);
		buf_byte(out, ',');
		add_share(out, promise->door.claim[day], 2);
		buf_add(out, buf_str(&tail));
	}
	buf_release(&head);
	buf_release(&tail);
}

/* What is written of the lanes of one service. */
struct part {
	struct buf promises, waiting;
	bool made;
};

static void add_service(struct work *work, struct part *part, const struct service *service,
			const struct handling *handling)
{
	const struct shop *shop = work->shop;
	for (size_t i = 0; i < shop->destination_count; i++) {
		if (!service_zone(service, shop->destinations[i]))
			continue;
		const struct promise *promise = promise_get(work->workings.promises, service,
							    shop->destinations[i],
							    service->ships_from, handling);
		add_lane(&part->promises, promise);
		waiting_csv(promise, &part->waiting);
	}
}

static bool is_used(const struct work *work, const struct handling *handling)
{
	return work->profiles >> (handling->index & 63) & 1;
}

/*
 * Services are shared out among the workers. Each has a part of its own, and a part goes out as soon as all
 * before it have, so the order stays and memory holds only what is at hand.
 */
struct lanes_report {
	struct work *work;
	struct part *parts; /* one a service */
	size_t next, out;
	struct publisher_stream *promises, *waiting;
};

static bool take_service(struct lanes_report *report, size_t *service)
{
	pthread_mutex_lock(&report->work->lock);
	*service = report->next++;
	pthread_mutex_unlock(&report->work->lock);
	return *service < report->work->shop->service_count;
}

static void give_part(struct lanes_report *report, struct part *made)
{
	pthread_mutex_lock(&report->work->lock);
	made->made = true;
	for (; report->out < report->work->shop->service_count && report->parts[report->out].made;
	     report->out++) {
		struct part *part = &report->parts[report->out];
		publisher_stream_add(report->promises, buf_str(&part->promises));
		publisher_stream_add(report->waiting, buf_str(&part->waiting));
		buf_release(&part->promises);
		buf_release(&part->waiting);
	}
	pthread_mutex_unlock(&report->work->lock);
}

static void write_services(void *context, unsigned worker)
{
	struct lanes_report *report = context;
	const struct shop *shop = report->work->shop;
	(void)worker;
	for (size_t s; take_service(report, &s);) {
		struct part *part = &report->parts[s];
		if (!shop->handling_count)
			add_service(report->work, part, &shop->services[s], NULL);
		for (size_t h = 0; h < shop->handling_count; h++)
			if (is_used(report->work, &shop->handlings[h]))
				add_service(report->work, part, &shop->services[s], &shop->handlings[h]);
		give_part(report, part);
	}
}

static void note_report(struct work *work, struct str name, enum change change)
{
	struct str path = str_format(&work->arena, "report/%.*s", STR(name));
	changes_add_file(&work->changes, (struct file_change){ .path = path, .change = change,
							       .reason = "statistics, tables or the date" });
}

static void put_report(struct work *work, struct str name, const struct buf *bytes)
{
	note_report(work, name, publisher_put(work->publisher, "report", name, buf_str(bytes)));
}

/* Both are made in one go, so both stand or neither. */
static void write_lanes(struct work *work)
{
	struct buf head = BUF_INIT;
	struct lanes_report report = { .work = work };
	report.parts = arena_array(&work->arena, work->shop->service_count, sizeof *report.parts);
	report.promises = publisher_stream_open(work->publisher, "report", "promises.csv");
	report.waiting = publisher_stream_open(work->publisher, "report", "waiting.csv");
	publisher_stream_add(report.promises, S("service,from,to,handling,days,share,claim,parcels,lost,open,"
						"pooled,since,until\n"));
	waiting_head(&head);
	publisher_stream_add(report.waiting, buf_str(&head));
	buf_release(&head);
	threads_run(work->options->jobs, write_services, &report);
	note_report(work, S("promises.csv"), publisher_stream_close(report.promises));
	note_report(work, S("waiting.csv"), publisher_stream_close(report.waiting));
}

static void write_advice(struct work *work)
{
	struct buf out = BUF_INIT;
	review_advice(&work->arena, work->shop, work->editions[0], &out, work->diag);
	if (out.len)
		put_report(work, S("advice.csv"), &out);
	buf_release(&out);
}

void reports_render(struct work *work)
{
	write_advice(work);
	const struct backtest *backtest = promises_backtest(work->workings.promises);
	bool same = work->same_context && work->same_profiles;
	if (!(work->same_context && publisher_keep(work->publisher, "report", S("methods.csv")))) {
		struct buf out = BUF_INIT;
		methods_report(&work->workings, &out);
		put_report(work, S("methods.csv"), &out);
		buf_release(&out);
	}
	if (backtest && !(same && publisher_keep(work->publisher, "report", S("backtest.csv")))) {
		struct buf out = BUF_INIT;
		backtest_csv(backtest, &out);
		put_report(work, S("backtest.csv"), &out);
		buf_release(&out);
	}
	bool kept = same && publisher_keep(work->publisher, "report", S("promises.csv"));
	if (kept && publisher_keep(work->publisher, "report", S("waiting.csv")))
		return;
	write_lanes(work);
}

static void add_change(struct buf *out, struct str path, struct str id, struct str marketplace,
		       struct str language, enum change change, struct str reason)
{
	const struct str cells[] = { path, id, marketplace, language, str_of(change_name(change)), reason };
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		write_cell(out, cells[i]);
		buf_byte(out, i + 1 < sizeof cells / sizeof *cells ? ',' : '\n');
	}
}

bool first_large_build(const struct work *work)
{
	return !work->last->product_count && work->product_count > LISTED_MAX;
}

/* One row a language instead of one a page. */
static void add_summary(const struct work *work, struct buf *out)
{
	for (size_t i = 0; i < work->shop->language_count; i++) {
		char reason[80];
		struct str tag = work->shop->languages[i].tag;
		int len = snprintf(reason, sizeof reason, "the first build: %zu product pages",
				   work->product_count);
		struct buf path = BUF_INIT;
		buf_addf(&path, "site/%.*s/p/", STR(tag));
		add_change(out, buf_str(&path), S(""), S(""), tag, CHANGE_NEW,
			   (struct str){ reason, (size_t)len });
		buf_release(&path);
	}
}

void page_change_path(const struct work *work, const struct page_change *page, struct buf *path)
{
	struct buf slug = BUF_INIT;
	slugs_show(&work->slugs, page->product, &slug);
	buf_add(path, S("site/"));
	plan_path(path, work->shop, PAGE_PRODUCT, page->language, buf_str(&slug), 0);
	buf_release(&slug);
}

void changes_report(struct work *work, struct buf *out)
{
	const struct changes *changes = &work->changes;
	struct buf path = BUF_INIT;
	changes_sort(&work->changes);
	buf_add(out, S("path,id,marketplace,language,change,reason\n"));
	for (size_t i = 0; i < changes->file_count; i++) {
		const struct file_change *file = &changes->files[i];
		add_change(out, file->path, file->id, file->marketplace, file->language, file->change,
			   file->why.len ? file->why : str_of(file->reason));
	}
	if (first_large_build(work))
		add_summary(work, out);
	for (size_t i = 0; i < changes->page_count; i++) {
		const struct page_change *page = &changes->pages[i];
		buf_reset(&path);
		page_change_path(work, page, &path);
		add_change(out, buf_str(&path), page->id, S(""),
			   work->shop->languages[page->language].tag, (enum change)page->change,
			   page->reason);
	}
	buf_release(&path);
}
