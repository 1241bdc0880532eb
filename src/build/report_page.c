/* SPDX-License-Identifier: MIT */
/*
 * In: what the build worked out and changed. Out: report/index.html, the seller's report, and
 * report/changes.html beside it.
 */
#include "build/work.h"
#include "output/report.h"

/* Worked out with the promises where there are single parcels; counted ones are replayed for the
 * page. */
static const struct backtest *replay(struct work *work)
{
	const struct backtest *backtest = promises_backtest(work->workings.promises);
	if (backtest || !work->shop->ontime_count)
		return backtest;
	struct diag *said = diag_new(work->options->folder);
	backtest = backtest_run(&work->arena, work->shop, said);
	diag_free(said);
	return backtest;
}

void report_publish(struct work *work)
{
	struct buf out = BUF_INIT;
	if (work->same_context && work->same_profiles &&
	    publisher_keep(work->publisher, "report", S("index.html")))
		return;
	struct report_request request = { .workings = &work->workings,
					  .backtest = replay(work),
					  .profiles = work->profiles };
	report_render(&request, &out);
	enum change change =
		publisher_put(work->publisher, "report", S("index.html"), buf_str(&out));
	changes_add_file(&work->changes,
			 (struct file_change){ .path = S("report/index.html"),
					       .change = change,
					       .reason = "statistics, tables or the date" });
	buf_release(&out);
}

static void add_change(struct work *work, struct report_changes *changes,
		       struct report_change *items, struct report_change change)
{
	change.path = str_copy(&work->arena, change.path);
	items[changes->count++] = change;
}

static void add_pages(struct work *work, struct report_changes *changes,
		      struct report_change *items)
{
	struct buf path = BUF_INIT;
	for (size_t i = 0; i < work->changes.page_count && changes->count < REPORT_CHANGES_MOST;
	     i++) {
		const struct page_change *page = &work->changes.pages[i];
		buf_reset(&path);
		page_change_path(work, page, &path);
		add_change(work, changes, items,
			   (struct report_change){ buf_str(&path), page->reason,
						   change_name((enum change)page->change) });
	}
	buf_release(&path);
}

void changes_page(struct work *work, struct buf *out)
{
	struct report_change *items = arena_array(&work->arena, REPORT_CHANGES_MOST, sizeof *items);
	struct report_changes changes = { .shop = work->shop,
					  .items = items,
					  .made = work->changes.made,
					  .changed = work->changes.changed,
					  .removed = work->changes.removed };
	for (size_t i = 0; i < work->changes.file_count && changes.count < REPORT_CHANGES_MOST;
	     i++) {
		const struct file_change *file = &work->changes.files[i];
		add_change(work, &changes, items,
			   (struct report_change){ file->path, file->reason ? str_of(file->reason) : file->why,
						   change_name(file->change) });
	}
	add_pages(work, &changes, items);
	report_changes_render(&changes, out);
}
