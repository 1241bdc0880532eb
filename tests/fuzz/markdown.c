/* SPDX-License-Identifier: MIT */
/* Any bytes as a Markdown file with front matter; what compiles runs the same whole and in stages. */
#include "fuzz.h"
#include "names.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct messages none = { NULL, 0, NULL };
	struct markdown markdown;
	struct arena arena;
	fuzz_file(data, size);
	arena_init(&arena);
	struct diag *diag = diag_new(fuzz_folder());
	struct words *words = words_open(&arena, S("en"));
	struct compiler *compiler =
		compiler_new(&arena, fuzz_folder(), &root_shape, words, &none, diag);
	if (!markdown_compile(compiler, "input", &markdown))
		assert(diag_errors(diag) > 0);
	if (markdown.body)
		fuzz_run(&arena, markdown.body, words);
	const struct program *title =
		markdown_front(compiler, &markdown, "title", ESCAPE_TEXT);
	if (title)
		fuzz_run(&arena, title, words);
	fuzz_say(diag);
	diag_free(diag);
	arena_release(&arena);
	return 0;
}
