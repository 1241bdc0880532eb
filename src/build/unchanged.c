/* SPDX-License-Identifier: MIT */
/* In: the catalog and its copy of the last build. Out: which of its rows cannot have changed. */
#include "base/file.h"
#include "build/scan.h"

static int64_t row_end(const struct manifest *last, size_t index, int64_t size)
{
	return index + 1 < last->product_count ? last->products[index + 1].offset : size;
}

/* Were all rows found again by their place in the file? Not in an export or another encoding. */
static bool places_known(const struct manifest *last)
{
	for (size_t i = 0; i < last->product_count; i++)
		if (last->products[i].offset < 0 ||
		    (i && last->products[i].offset <= last->products[i - 1].offset))
			return false;
	return last->product_count > 0;
}

struct unchanged unchanged_find(const struct work *work)
{
	const struct manifest *last = work->last;
	struct unchanged none = { 0, SIZE_MAX, 0 }, found = none;
	struct file_stat now, then;
	int64_t head, tail;
	if (!work->same_context || !places_known(last))
		return none;
	struct str copy = publisher_memory(work->publisher);
	struct buf path = BUF_INIT, kept = BUF_INIT;
	buf_addf(&path, "%s/content/products.csv", work->options->folder);
	buf_byte(&path, 0);
	buf_addf(&kept, "%.*s/products.csv", STR(copy));
	buf_byte(&kept, 0);
	bool compared = file_look(path.text, &now) == 0 && file_look(kept.text, &then) == 0 &&
			file_common(kept.text, path.text, &head, &tail) == 0;
	buf_release(&path);
	buf_release(&kept);
	if (!compared)
		return none;
	/* the last row may go on in a longer file, so it counts only when both files end with it */
	while (found.head < last->product_count && row_end(last, found.head, then.size) <= head &&
	       (found.head + 1 < last->product_count || now.size == then.size))
		found.head++;
	for (found.tail = last->product_count;
	     found.tail > found.head && last->products[found.tail - 1].offset >= then.size - tail;)
		found.tail--;
	found.shift = now.size - then.size;
	return found;
}
