/* SPDX-License-Identifier: MIT */
/* In: a page that changed. Out: why, from what was read. */
#include "build/reason.h"

struct str reason_of_page(struct work *work, struct arena *arena, size_t index,
			  enum change change)
{
	const struct product_state *state = &work->products[index];
	(void)arena;
	if (change == CHANGE_NEW)
		return state->old == UINT32_MAX ? S("the product is new") : S("the page was not there");
	const struct product_record *old = &work->last->products[state->old];
	if (old->row_hash != state->row_hash)
		return S("products.csv: the row");
	return S("what the page read");
}
