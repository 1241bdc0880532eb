/* SPDX-License-Identifier: MIT */
/* In: a page that was written. Out: why, from its row and from what its class read. */
#include "build/work.h"

struct str reason_of_page(struct work *work, size_t index, enum change change)
{
	const struct product_state *state = &work->products[index];
	const struct manifest *last = work->last;
	if (change == CHANGE_NONE)
		return S("");
	if (state->old == UINT32_MAX)
		return last->product_count ? S("the product is new") : S("the first build");
	if (!publisher_trusts(work->publisher))
		return S("the file was not as the last build left it");
	if (last->products[state->old].row_hash != state->row_hash)
		return S("its row in products.csv");
	struct str reason = reasons_of_class(work->reasons, state->class->key);
	return reason.len ? reason : S("the words or the template of the page");
}
