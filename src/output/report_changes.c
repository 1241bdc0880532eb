/* SPDX-License-Identifier: MIT */
/* In: files that a build wrote or removed. Out: the page that tells how many, why, and which. */
#include <stdlib.h>

#include "output/report_parts.h"

enum { REASONS_MOST = 12 };

struct reason {
	struct str text;
	size_t count;
};

/* Most files first, then as they were met. */
static int by_count(const void *left, const void *right)
{
	const struct reason *a = left, *b = right;
	if (a->count != b->count)
		return a->count > b->count ? -1 : 1;
	return str_compare(a->text, b->text);
}

static size_t count_reasons(const struct report_changes *changes, struct reason *reasons)
{
	size_t count = 0;
	for (size_t i = 0; i < changes->count; i++) {
		size_t at = 0;
		while (at < count && !str_equal(reasons[at].text, changes->items[i].reason))
			at++;
		if (at == count)
			reasons[count++] = (struct reason){ changes->items[i].reason, 0 };
		reasons[at].count++;
	}
	qsort(reasons, count, sizeof *reasons, by_count);
	return count;
}

static void add_reasons(struct buf *out, const struct report_changes *changes)
{
	struct reason reasons[REPORT_CHANGES_MOST];
	size_t count = count_reasons(changes, reasons);
	html_table(out, "By reason", "Why|#Files|");
	for (size_t i = 0; i < count && i < REASONS_MOST; i++) {
		cell_head(out, reasons[i].text.len ? reasons[i].text : S("not told"));
		cell_number(out, (int64_t)reasons[i].count);
		cell_bar(out, (int64_t)(reasons[i].count * 1000 / reasons[0].count), false);
		row_close(out);
	}
	html_table_end(out);
}

static void add_files(struct buf *out, const struct report_changes *changes)
{
	html_table(out, "File by file", "File|Change|Why");
	for (size_t i = 0; i < changes->count; i++) {
		cell_head(out, changes->items[i].path);
		cell_text(out, str_of(changes->items[i].change));
		cell_text(out, changes->items[i].reason);
		row_close(out);
	}
	html_table_end(out);
}

void report_changes_render(const struct report_changes *changes, struct buf *out)
{
	html_head(out, changes->shop, "What the last build changed");
	buf_add(out, S("<main class=\"changes\">\n<h1>What the last build changed</h1>\n<dl "
		       "class=\"tiles\">\n"));
	html_tile(out, "New files", (int64_t)changes->made, "");
	html_tile(out, "Changed files", (int64_t)changes->changed, "");
	html_tile(out, "Removed files", (int64_t)changes->removed, "");
	buf_add(out, S("</dl>\n"));
	if (changes->count)
		add_reasons(out, changes);
	else
		buf_add(out, S("<p>Nothing: every file stands as it was.</p>\n"));
	if (changes->count)
		add_files(out, changes);
	if (changes->count < changes->made + changes->changed + changes->removed)
		buf_add(out, S("<p class=\"soft\">The first ones; all are in <a "
			       "href=\"changes.csv\">changes.csv</a>.</p>\n"));
	buf_add(out, S("</main>\n</body>\n</html>\n"));
}
