/* SPDX-License-Identifier: MIT */
/* Any text as a language tag, a time zone, a country, and as a name to fold, compare and list. */
#include "fuzz.h"

#include "words/words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = fuzz_text(data, size);
	struct str items[] = { text, S("and"), text };
	struct buf out = BUF_INIT;
	struct arena arena;
	arena_init(&arena);
	struct words *words = words_open(&arena, S("en")), *other = words_open(&arena, text);
	struct str folded = words_fold(&arena, text);
	assert(str_is_utf8(folded));
	assert(str_equal(words_fold(&arena, folded), folded));
	words_list(words, &out, items, 3);
	assert(str_is_utf8(buf_str(&out)));
	assert(words_compare(words, text, text) == 0);
	words_country(words, &arena, text);
	if (words_zone_known(text))
		words_zone_offset(text, 20000);
	if (other) {
		words_money(other, &out, (struct amount){ -123456, 2, "EUR" });
		words_date(other, &out, 20000, DATE_DAY);
		words_weight(other, &out, 1250);
		assert(str_is_utf8(buf_str(&out)));
	}
	buf_release(&out);
	arena_release(&arena);
	return 0;
}
